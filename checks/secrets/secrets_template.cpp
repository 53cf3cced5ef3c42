// A credential in a property of any resource is as plain as one in a function's variables.

#include "checks/secrets/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/secrets.h"
#include "values/secret_text.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

namespace fnlint {

namespace {

// The last name of a path: "Password" of "Items.0.Password".
std::string_view last_part_of(std::string_view path) {
  while (!path.empty() && is_digits(path.substr(path.rfind('.') + 1)) &&
         path.find('.') != path.npos)
    path = path.substr(0, path.rfind('.'));
  return path.substr(path.rfind('.') + 1);
}

// Names of things, texts for people, and what other rules speak of.
bool is_of_others(const Resource& resource, std::string_view path) {
  return path.starts_with("Tags") || path.starts_with("Environment.") ||
         path.starts_with("Code.") || path.find("Description") != path.npos ||
         (resource.kind == ResourceKind::Function && path.starts_with("Events."));
}

// What an API's description shows for its readers: "paths./token.post.responses.201.example".
bool is_example(std::string_view path) {
  return std::ranges::any_of(split(path, '.'), [](std::string_view part) {
    return part == "example" || part == "examples";
  });
}

// A credential in a text, and what of it that is: all, or an entry of the JSON that it holds.
struct FoundSecret {
  SecretSign sign = {};
  std::string entry = {};
  std::size_t size = 0;
};

std::optional<FoundSecret> find_secret(const SecretReader& reader, std::string_view name,
                                       std::string_view text) {
  if (const auto sign = reader.read(name, text)) return FoundSecret{*sign, {}, text.size()};
  if (!text.starts_with('{') || !is_one_of(known::properties_of_settings(), name))
    return std::nullopt;
  static const re2::RE2 kEntry(R"re("([\w.-]+)"\s*:\s*"([^"\\]*)")re");
  re2::StringPiece rest(text.data(), text.size());
  std::string key, value;
  std::optional<FoundSecret> found;
  while (re2::RE2::FindAndConsume(&rest, kEntry, &key, &value)) {
    const auto sign = reader.read(key, value);
    if (!sign || (found && (sign->uncertainty & kUncertain) != 0)) continue;
    found = FoundSecret{*sign, key, value.size()};
    if ((sign->uncertainty & kUncertain) == 0) break;
  }
  return found;
}

// What variables of functions hold: of these another rule speaks, where they are set.
std::set<std::string_view> texts_of_variables(const Project& project) {
  std::set<std::string_view> texts;
  for (const DeclaredFunction& function : project.stacks.functions)
    for (const NamedProperty& variable :
         properties_below(project, function.resource, kEnvironmentVariables))
      for_each_below(*project.pool, variable.property->value, [&](ValueId one) {
        if (project.pool->is(one, ValueKind::Text)) texts.insert(project.pool->text(one));
      });
  return texts;
}

void check_defaults(const Project& project, Findings& findings) {
  const std::set<std::string_view> variables = texts_of_variables(project);
  for (const TemplateFault& fault : project.stacks.faults) {
    const bool of_provider = fault.kind == TemplateFaultKind::SecretProvider;
    if (fault.kind != TemplateFaultKind::SecretDefault && !of_provider) continue;
    const std::string_view whole = fault.what;  // the name, and the text on a line of its own
    const std::string_view name = whole.substr(0, whole.find('\n'));
    if (variables.contains(whole.substr(name.size() + 1))) continue;
    findings.push_back(FindingBuilder("secrets-in-template", fault.uncertainty)
                           .at(fault.where)
                           .says(of_provider ? "The provider's '" : "The default of '", name,
                                 "' is a secret as plain text (not shown): anyone who can read the "
                                 "template or its history has it.")
                           .identified(of_provider ? "provider:" : "default:", name));
  }
}

}  // namespace

void secrets_template(const Project& project, const Settings&, Findings& findings) {
  check_defaults(project, findings);
  const SecretReader reader(secret_tables());
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    const Resource& resource = project.stacks[id];
    if (resource.generated || resource.external || resource.superseded) continue;
    const Slice<Property> rows = resource.properties;
    for (std::uint32_t k = rows.first; k < rows.first + rows.count; ++k) {
      const Property& row = project.stacks.properties[k];
      const Value& value = (*project.pool)[row.value];
      const std::string_view path = (*project.pool)[row.path];
      // What an input gives is told where that has it.
      if (value.kind != ValueKind::Text || (value.uncertainty & kOverridable) != 0 ||
          is_of_others(resource, path) || is_example(path))
        continue;
      const std::string_view text = project.pool->text(row.value);
      const auto found = find_secret(reader, last_part_of(path), text);
      if (!found) continue;
      const SecretSign& sign = found->sign;
      const std::string entry =
          found->entry.empty() ? std::string() : cat("'", found->entry, "' in ");
      findings.push_back(
          FindingBuilder("secrets-in-template", value.uncertainty | sign.uncertainty)
              .at(row)
              .says(entry, "'", path, "' of '", name_of(project, id), "' is ",
                    sign.form != nullptr ? sign.form->words : sign.name->words, " as plain text (",
                    found->size,
                    " characters, not shown): anyone who can read the template, its history or the "
                    "resource has it.")
              .identified(name_of(project, id), ':', path)
              .caused_by(
                  {.key = cat("text ", text), .apart = 1, .also = "The same text is here."}));
    }
  }
}

}  // namespace fnlint
