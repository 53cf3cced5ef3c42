// Functions that are called as methods of their first argument.
#include "core/characters.h"
#include "core/text.h"
#include "flow/engine/engine.h"
#include "flow/syntax/code_queries.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string_view last_word(std::string_view path) {
  path = path.substr(0, path.find('<'));
  return path.substr(path.rfind('.') + 1);
}

// `this T record`: any type, by the custom that says what stands for one.
bool stands_for_any(std::string_view type) {
  return type.starts_with('T') && (type.size() == 1 || is_upper(type[1]));
}

}  // namespace

ValueId Engine::extension_method(ValueId receiver, std::string_view name,
                                 const CallInput& invocation) {
  if (!invocation.at.module.exists()) return {};
  const std::uint32_t unit = program_.modules[invocation.at.module.index].unit;
  const auto [row, added] = extensions_.try_emplace(unit);
  if (added)
    for (const ModuleId module : program_.modules_of(unit)) {
      const CodeFacts& code = facts(module);
      for (std::uint32_t f = 0; f < code.functions.size(); ++f)
        if ((code.functions[f].flags & kExtension) != 0)
          row->second[std::string(code.string(code.functions[f].name))].push_back(
              {module, FunctionId{f}});
    }
  const auto found = row->second.find(std::string(name));
  if (found == row->second.end()) return {};
  // A method that the object has itself goes first.
  const std::string path = library_path(receiver);
  const Language spoken = language(invocation.at.module);
  if (!path.empty() && find_library_model(spoken, cat(path, '.', name)) != nullptr) return {};
  const bool may_be_own = find_library_model(spoken, cat("*.", name)) != nullptr;
  const ProjectObject object = project_object(pool_, receiver);
  const std::string own(
      object.kind == ProjectObject::Kind::Instance
          ? facts(object.module).string(facts(object.module).classes[object.type.index].name)
          : std::string_view{});
  const std::size_t given = pool_.operands(invocation.arguments).size() + 1;
  std::vector<FunctionRef> fitting, meant;  // meant: for the object's own class
  for (const FunctionRef& one : found->second) {
    const CodeFacts& code = facts(one.module);
    const Function& function = code.functions[one.function.index];
    if (function.parameters.count == 0 || !takes(code, function, given)) continue;
    const VariableId first = code.parameters[function.parameters.first].variable;
    const TypeId type = code.variables[first.index].type;
    const std::string_view wanted =
        type.exists() ? last_word(code.string(code.types[type.index].path)) : std::string_view{};
    if (may_be_own && (own.empty() || (own != wanted && !stands_for_any(wanted)))) continue;
    if (!own.empty() && own == wanted) meant.push_back(one);
    fitting.push_back(one);
  }
  // Of an object of which nothing is known it may be any of them: which one, its type decides. One
  // for a list asks those for its elements, not itself.
  std::vector<FunctionRef>& chosen = meant.empty() ? fitting : meant;
  if (own.empty() && chosen.size() > 1)
    std::erase_if(chosen, [&](FunctionRef one) { return in_progress_.contains(pack(one)); });
  const bool is_any = chosen.size() > 1 && own.empty() && !is_open(pool_, receiver) &&
                      chosen.size() <= kImplementers;
  if (chosen.size() != 1 && !is_any) return {};
  const NamedValue bound{pool_.string("<bound>"), pool_.list(std::span(&receiver, 1))};
  std::vector<Alternative> all;
  for (const FunctionRef& one : chosen)
    all.push_back({pool_.function(pack(one), std::span(&bound, 1)), {}});
  if (!is_any) return all.front().value;
  for (Alternative& one : all) one.value = pool_.with_evidence(one.value, kHeuristic);
  return pool_.one_of(all);
}

}  // namespace fnlint
