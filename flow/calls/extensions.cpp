// Functions that are called as methods of their first argument.
#include "core/characters.h"
#include "core/text.h"
#include "flow/calls/dispatch.h"
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

// Those of that name that the object fits.
struct Extensions {
  std::vector<FunctionRef> fitting = {}, meant = {};  // meant: for the object's own class
};

// `own`: the object's class, by its name. `may_be_own`: a method that the object may have itself.
Extensions fitting_extensions(const Program& program, std::span<const FunctionRef> all,
                              std::size_t given, std::string_view own, bool may_be_own) {
  Extensions found;
  for (const FunctionRef& one : all) {
    const CodeFacts& code = program.facts(one.module);
    const Function& function = code.functions[one.function.index];
    if (function.parameters.count == 0 || !takes(code, function, given)) continue;
    const VariableId first = code.parameters[function.parameters.first].variable;
    const TypeId type = code.variables[first.index].type;
    const std::string_view wanted =
        type.exists() ? last_word(code.string(code.types[type.index].path)) : std::string_view{};
    if (may_be_own && (own.empty() || (own != wanted && !stands_for_any(wanted)))) continue;
    if (!own.empty() && own == wanted) found.meant.push_back(one);
    found.fitting.push_back(one);
  }
  return found;
}

}  // namespace

ValueId extension_method(Engine& engine, ValueId receiver, std::string_view name,
                         const CallInput& invocation) {
  if (!invocation.at.module.exists()) return {};
  ValuePool& pool = engine.pool();
  const std::span<const FunctionRef> all = engine.index().extensions(
      engine.program().modules[invocation.at.module.index].unit, name);
  if (all.empty()) return {};
  // A method that the object has itself goes first.
  const std::string path = engine.library_path(receiver);
  const Language spoken = engine.language(invocation.at.module);
  if (!path.empty() && find_library_model(spoken, cat(path, '.', name)) != nullptr) return {};
  const bool may_be_own = find_library_model(spoken, cat("*.", name)) != nullptr;
  const ProjectObject object = project_object(pool, receiver);
  const bool is_instance = object.kind == ProjectObject::Kind::Instance;
  const std::string own(is_instance ? engine.facts(object.module)
                                          .string(engine.facts(object.module)
                                                      .classes[object.type.index]
                                                      .name)
                                    : std::string_view{});
  const std::size_t given = pool.operands(invocation.arguments).size() + 1;
  Extensions found = fitting_extensions(engine.program(), all, given, own, may_be_own);
  // Of an object of which nothing is known it may be any of them: which one, its type decides. One
  // for a list asks those for its elements, not itself.
  std::vector<FunctionRef>& chosen = found.meant.empty() ? found.fitting : found.meant;
  if (own.empty() && chosen.size() > 1)
    std::erase_if(chosen,
                  [&](FunctionRef one) { return engine.summaries().is_in_progress(one); });
  const bool is_any = chosen.size() > 1 && own.empty() && !is_open(pool, receiver) &&
                      chosen.size() <= kImplementers;
  if (chosen.size() != 1 && !is_any) return {};
  const NamedValue bound{pool.string("<bound>"), pool.list(std::span(&receiver, 1))};
  std::vector<Alternative> methods;
  for (const FunctionRef& one : chosen)
    methods.push_back({pool.function(pack(one), std::span(&bound, 1)), {}});
  if (!is_any) return methods.front().value;
  for (Alternative& one : methods) one.value = pool.with_uncertainty(one.value, kHeuristic);
  return pool.one_of(methods);
}

}  // namespace fnlint
