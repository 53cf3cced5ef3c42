// A layer may list the runtimes and architectures that it was made for. A function that is none of
// them finds modules for another version, or binaries that it cannot load.

#include "checks/layer/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/tables.h"
#include "values/pool.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

struct Choice {
  std::string text = {};
  std::uint8_t uncertainty = 0;
};

// The texts that a value may be; those that are not known are left out.
std::vector<Choice> choices_of(const ValuePool& pool, ValueId value) {
  std::vector<Choice> choices;
  if (pool[value].kind != ValueKind::OneOf) {
    if (const auto text = as_text(pool, value))
      choices.push_back({std::string(*text), pool[value].uncertainty});
    return choices;
  }
  const std::uint8_t shared = pool[value].uncertainty;
  for (const ValueId one : pool.operands(value))
    if (const auto text = as_text(pool, one))
      choices.push_back({std::string(*text), static_cast<std::uint8_t>(
                                                 shared | ((shared & kOverridable) != 0
                                                               ? kUncertain
                                                               : kConditional))});
  return choices;
}

// What the layer lists; nothing where it lists none, or where not all of it is known.
std::vector<std::string> listed(const Project& project, ResourceId layer, std::string_view path) {
  const Property* property = property_of(project, layer, path);
  const ValuePool& pool = *project.pool;
  if (property == nullptr || pool[property->value].kind != ValueKind::List) return {};
  std::vector<std::string> texts;
  for (const ValueId item : pool.operands(property->value)) {
    const auto text = as_text(pool, item);
    if (!text) return {};
    texts.emplace_back(*text);
  }
  return texts;
}

struct Aspect {
  std::string_view rule, list, own, words, otherwise;
};
constexpr Aspect kRuntime{"layer-incompatible-runtime", "CompatibleRuntimes", "Runtime", "runtime",
                          ""};
constexpr Aspect kArchitecture{"layer-incompatible-architecture", "CompatibleArchitectures",
                               "Architectures.0", "architecture", "x86_64"};

// For no runtime of the function's language: what is in it may be no modules but a program, which
// the code starts, or what it reads.
bool is_of_other_languages(const std::vector<std::string>& fits, std::string_view own) {
  const Runtime* const row = find_runtime(own);
  return row != nullptr && std::ranges::all_of(fits, [&](const std::string& one) {
           const Runtime* const listed = find_runtime(one);
           return listed != nullptr && listed->language != row->language;
         });
}

void compare(const Project& project, const DeclaredFunction& function, const Relation& relation,
             const Aspect& aspect, Findings& findings) {
  const std::vector<std::string> fits = listed(project, relation.to, aspect.list);
  if (fits.empty()) return;
  std::vector<Choice> choices;
  if (const Property* own = property_of(project, function.resource, aspect.own))
    choices = choices_of(*project.pool, own->value);
  else if (!aspect.otherwise.empty() &&
           property_of(project, function.resource, "Architectures") == nullptr)
    choices.push_back({std::string(aspect.otherwise), 0});
  for (const Choice& choice : choices) {
    if (choice.text.empty() || std::ranges::find(fits, choice.text) != fits.end()) continue;
    std::string words;
    for (const std::string& one : fits) words += cat(words.empty() ? "" : ", ", one);
    const std::string name = name_of(project, function.resource);
    const std::string layer = name_of(project, relation.to);
    auto finding =
        FindingBuilder(aspect.rule, relation.uncertainty | choice.uncertainty)
            .about(name)
            .at(relation.where)
            .says("The layer '", layer, "' is built for ", words, "; the ", aspect.words, " of '",
                  name, "' is ", choice.text, ".")
            .identified(name, ':', layer, ':', choice.text)
            // One list of the layer is mended once, for however many functions.
            .caused_by({.key = cat(relation.to.index, ' ', aspect.list, ' ', choice.text),
                        .subject = name,
                        .apart = 1});
    if (is_of_other_languages(fits, choice.text))
      finding.with(Confidence::Possible).grade(Severity::Note);
    if (const Property* list = property_of(project, relation.to, aspect.list))
      finding.related(list->where, "'", layer, "' is built for ", words, ".");
    findings.push_back(std::move(finding));
  }
}

}  // namespace

void layer_fit(const Project& project, const Settings&, Findings& findings) {
  for (const Relation& relation : project.stacks.relations) {
    if (relation.kind != RelationKind::Attaches || !relation.to.exists() || !relation.from.exists())
      continue;
    const Resource& layer = project.stacks[relation.to];
    if (layer.kind != ResourceKind::Layer || layer.external) continue;
    const std::uint32_t row = project.stacks.function_at(relation.from);
    if (row == UINT32_MAX || project.stacks.functions[row].image) continue;
    compare(project, project.stacks.functions[row], relation, kRuntime, findings);
    compare(project, project.stacks.functions[row], relation, kArchitecture, findings);
  }
}

}  // namespace fnlint
