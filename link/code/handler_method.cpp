// Looks along the base classes, to those of the project and to libraries, for what the runtime
// would find there: constructors, annotations, handler methods.

#include "link/code/handler_method.h"

#include "core/text.h"
#include "link/code/handler_arguments.h"
#include "link/resolve/declarations.h"
#include "model/hole_at.h"
#include "tables/languages.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

namespace fnlint {

namespace {

constexpr int kBaseClasses = 8;

std::string_view last_word(std::string_view path) {
  path = path.substr(0, path.find('<'));
  return path.substr(path.rfind('.') + 1);
}

// A base class: of the project, or a library's path; an empty one where nothing is known of it.
struct Base {
  ProjectObject own = {};
  std::string library = {};
};
// "Amazon.Lambda.AspNetCoreServer.APIGatewayProxyFunction" as it is written.
std::string qualified_name(const CodeFacts& code, ExprId name) {
  std::string path;
  for (; name.exists(); name = ExprId{code.exprs[name.index].ref}) {
    const Expr& row = code.exprs[name.index];
    const bool is_member = row.kind == ExprKind::Member;
    if (!is_member && row.kind != ExprKind::Variable) return {};
    const std::string_view word = code.string(is_member ? row.name : code.variables[row.ref].name);
    path = path.empty() ? std::string(word) : cat(word, '.', path);
    if (!is_member) break;
  }
  return path;
}

std::vector<Base> bases_of(Engine& engine, const ProjectObject& type) {
  std::vector<Base> found;
  const CodeFacts& code = engine.facts(type.module);
  const Slice<ExprId> bases = code.classes[type.type.index].bases;
  for (std::uint32_t i = 0; i < bases.count; ++i) {
    Base one;
    const ExprId written = code.bases[bases.first + i];
    const Expr& base = code.exprs[written.index];
    if (base.kind == ExprKind::Member) one.library = qualified_name(code, written);
    if (base.kind == ExprKind::Variable) {
      const ValueId value = engine.loader().global(type.module, VariableId{base.ref});
      if (value.exists()) one.own = project_object(engine.pool(), value);
      if (value.exists() && one.own.kind != ProjectObject::Kind::Class)
        one.library = engine.library_path(value);
    }
    found.push_back(std::move(one));
  }
  return found;
}

using Visit = std::function<bool(const ProjectObject&)>;
using VisitLibrary = std::function<bool(std::string_view)>;

bool any_above(Engine& engine, const ProjectObject& type, const Visit& visit,
               const VisitLibrary& visit_library, std::set<std::uint64_t>& seen, int depth) {
  const std::uint64_t key = pack(type.module, type.type);
  if (depth > kBaseClasses) return true;
  if (!seen.insert(key).second) return false;
  if (visit(type)) return true;
  for (const Base& base : bases_of(engine, type)) {
    const bool is_own = base.own.kind == ProjectObject::Kind::Class;
    if (is_own ? any_above(engine, base.own, visit, visit_library, seen, depth + 1)
               : visit_library(base.library))
      return true;
  }
  return false;
}

// Calls visit with the class and those of the project above it, each once, and with each base that
// is not one; until one of them gives true.
bool any_above(Engine& engine, const ProjectObject& type, const Visit& visit,
               const VisitLibrary& visit_library) {
  std::set<std::uint64_t> seen;
  return any_above(engine, type, visit, visit_library, seen, 0);
}

bool never(const ProjectObject&) { return false; }

// "RequestHandler:handleRequest" says that what is of this type has that method and no other.
bool adds_method(const HandlerContract& contract, std::string_view library,
                 std::string_view method) {
  for (const std::string_view row : contract.plain_bases) {
    const std::size_t colon = row.find(':');
    if (row.substr(0, colon) != last_word(library)) continue;
    if (colon == std::string_view::npos) return false;
    const std::vector<std::string_view> names = split(row.substr(colon + 1), ',');
    return std::ranges::find(names, method) != names.end();
  }
  return true;
}

std::vector<std::string> parameter_types(const CodeFacts& code, const Function& function) {
  std::vector<std::string> types;
  for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
    const VariableId variable = code.parameters[function.parameters.first + i].variable;
    const TypeId type = code.variables[variable.index].type;
    types.emplace_back(type.exists() ? last_word(code.string(code.types[type.index].path))
                                     : std::string_view{});
  }
  return types;
}

// Whether the runtime can make an object of the class.
bool needs_arguments(const CodeFacts& code, const Class& type, const HandlerContract& contract) {
  if (has_annotation(code, type.annotations, contract.made_without_arguments)) return false;
  bool needs = (type.flags & kNeedsArguments) != 0;
  for (std::uint32_t i = 0; i < type.methods.count; ++i) {
    const Function& function = code.functions[code.methods[type.methods.first + i].index];
    if (function.kind != FunctionKind::Constructor) continue;
    needs = true;
    const std::span<const Parameter> parameters =
        std::span(code.parameters).subspan(function.parameters.first, function.parameters.count);
    if (std::ranges::all_of(parameters, [](const Parameter& row) {
          return row.fallback.exists() || row.rest != RestKind::None;
        }))
      return false;
  }
  return needs;
}

}  // namespace

bool has_annotation(const CodeFacts& code, Slice<Annotation> notes,
                    std::span<const std::string_view> wanted) {
  for (std::uint32_t i = 0; i < notes.count; ++i) {
    const std::string_view path = code.string(code.annotations[notes.first + i].path);
    if (std::ranges::find(wanted, last_word(path)) != wanted.end()) return true;
  }
  return false;
}

std::string library_base_named(Engine& engine, const ProjectObject& type,
                               std::span<const std::string_view> names) {
  std::string found;
  any_above(engine, type, never, [&](std::string_view library) {
    if (std::ranges::find(names, last_word(library)) != names.end()) found = library;
    return !found.empty();
  });
  return found;
}

bool has_library_base(Engine& engine, const ProjectObject& type, std::string_view path) {
  return any_above(engine, type, never,
                   [&](std::string_view library) { return library == path; });
}

std::vector<ProjectObject> classes_above(Engine& engine, const ProjectObject& type) {
  std::vector<ProjectObject> found;
  if (type.kind != ProjectObject::Kind::Class || !makes_objects(engine.language(type.module)))
    return found;
  any_above(
      engine, type,
      [&](const ProjectObject& one) {
        found.push_back(one);
        return false;
      },
      [](std::string_view) { return false; });
  return found;
}

CallResult initialised_class(Engine& engine, const ProjectObject& type) {
  const FunctionId init = engine.facts(type.module).classes[type.type.index].class_init;
  if (!init.exists()) return {};
  ValuePool& pool = engine.pool();
  const NamedValue self{pool.string(kThis), engine.class_value(type.module, type.type)};
  const CallInput loading{.callee = pool.function(pack({type.module, init}), std::span(&self, 1)),
                          .arguments = pool.record({}),
                          .in_init = true};
  return engine.call(loading, 0);
}

bool may_inherit(Engine& engine, const ProjectObject& type, std::string_view method) {
  const Language language = engine.language(type.module);
  const HandlerContract* contract = find_handler_contract(language);
  if (contract == nullptr) return true;
  return any_above(
      engine, type,
      [&](const ProjectObject& one) {
        const CodeFacts& code = engine.facts(one.module);
        return !code.problems.empty() ||
               (code.classes[one.type.index].flags & kPartialClass) != 0;
      },
      [&](std::string_view library) {
        const bool plain_interface = language == Language::CSharp &&
                                     is_interface_name(last_word(library));
        return library.empty() || (!plain_interface && adds_method(*contract, library, method));
      });
}

std::string unread_base(Engine& engine, const ProjectObject& type) {
  std::string found;
  any_above(engine, type, never, [&](std::string_view library) {
    found = library;
    return !found.empty();
  });
  return found;
}

namespace {

std::vector<std::string> overridden_here(Engine& engine, const ProjectObject& type) {
  constexpr std::array<std::string_view, 1> kOverride{"Override"};
  const CodeFacts& code = engine.facts(type.module);
  const Class& row = code.classes[type.type.index];
  const auto imports = [&](std::string_view package) {
    return std::ranges::any_of(code.imports, [&](const Import& one) {
      return code.string(one.module).starts_with(package);
    });
  };
  std::vector<std::string> found;
  // A snapshot's hooks take a context of that name, too.
  if (!imports("com.amazonaws.services.lambda.runtime") || imports("org.crac")) return found;
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const Function& method = code.functions[code.methods[row.methods.first + i].index];
    const std::vector<std::string> types = parameter_types(code, method);
    if (has_annotation(code, method.annotations, kOverride) &&
        std::ranges::find(types, "Context") != types.end())
      found.emplace_back(code.string(method.name));
  }
  return found;
}

}  // namespace

std::vector<std::string> called_by_base(Engine& engine, const ProjectObject& type) {
  std::vector<std::string> found;
  for (const ProjectObject& one : classes_above(engine, type))
    for (std::string& name : overridden_here(engine, one))
      if (std::ranges::find(found, name) == found.end()) found.push_back(std::move(name));
  return found;
}

namespace {

// The methods of the handler's name, down to the first class that has one where the runtime looks
// no further. False: generated code calls them.
bool add_overloads(Engine& engine, const ProjectObject& type, const HandlerContract& contract,
                   CalledFunction& called) {
  bool generated = false;
  called.overloads_known = true;
  any_above(
      engine, type,
      [&](const ProjectObject& one) {
        const CodeFacts& code = engine.facts(one.module);
        const Class& row = code.classes[one.type.index];
        if (!code.problems.empty() || (row.flags & kPartialClass) != 0)
          called.overloads_known = false;
        for (std::uint32_t i = 0; i < row.methods.count; ++i) {
          const Function& method = code.functions[code.methods[row.methods.first + i].index];
          if (code.string(method.name) != called.name) continue;
          generated = generated ||
                      has_annotation(code, method.annotations, contract.called_by_generated);
          if (!contract.only_public || (method.flags & kHidden) == 0)
            called.overloads.push_back(parameter_types(code, method));
        }
        return contract.one_overload && !called.overloads.empty();
      },
      [&](std::string_view library) {
        if (library.empty() || adds_method(contract, library, called.name))
          called.overloads_known = false;
        return false;
      });
  return !generated;
}

// Functions of no class, which the runtime finds in one that is named after their file.
void add_functions(const CodeFacts& code, CalledFunction& called) {
  called.overloads_known = true;
  for (const Function& row : code.functions)
    if (row.parent.index == 0 && row.kind == FunctionKind::Plain &&
        code.string(row.name) == called.name && (row.flags & kHidden) == 0)
      called.overloads.push_back(parameter_types(code, row));
}

}  // namespace

void add_method_of_class(Engine& engine, const FunctionCode& code, const HandlerValue& handler,
                         CalledFunction& called) {
  if (code.by_framework || code.form != HandlerForm::Named || !called.known) return;
  const ProjectObject& type = handler.type;
  const bool is_method = type.kind == ProjectObject::Kind::Class;
  const CodeFacts& facts = engine.facts(is_method ? type.module : code.module);
  const HandlerContract* contract = find_handler_contract(facts.language);
  if (contract == nullptr || contract->forms.empty() || !facts.problems.empty()) return;
  if (!is_method) return add_functions(facts, called);
  if (!add_overloads(engine, type, *contract, called)) {
    called.overloads_known = false;
    return;
  }
  const Class& row = facts.classes[type.type.index];
  called.type = facts.string(row.name);
  called.type_flags = row.flags & ~static_cast<std::uint32_t>(kNeedsArguments);
  called.of_object = handler.place.exists();
  if (needs_arguments(facts, row, *contract)) called.type_flags |= kNeedsArguments;
  called.by_interface = code.by_interface;
  called.implements = any_above(engine, type, never, [&](std::string_view library) {
    const auto wanted = contract->handler_types;
    return library.empty() || std::ranges::find(wanted, last_word(library)) != wanted.end() ||
           adds_method(*contract, library, "");
  });
}

HandlerProblem missing_handler_member(Engine& engine, const FunctionCode& code,
                                      const HandlerValue& handler) {
  const CodeFacts& facts = engine.facts(code.module);
  const HandlerContract* contract = find_handler_contract(facts.language);
  if (contract == nullptr || contract->by_file || !facts.problems.empty()) return {};
  HandlerProblem problem;
  if (handler.lack == ResolutionFailure::Class) {
    const bool is_inner = handler.looked_for.find('.') != std::string::npos;
    if (!is_inner || last_word(handler.looked_for) == "Companion") return {};
    problem.fault = HandlerFault::NoClass;
    problem.wanted = handler.looked_for;
    for (const Class& row : facts.classes) problem.known.emplace_back(facts.string(row.name));
    return problem;
  }
  problem.fault = HandlerFault::NoSymbol;
  if (handler.type.kind == ProjectObject::Kind::None && handler.looked_for == code.symbol) {
    for (const Function& row : facts.functions)  // of a class that is named after their file
      if (row.parent.index == 0 && row.kind == FunctionKind::Plain)
        problem.known.emplace_back(facts.string(row.name));
    problem.wanted = handler.looked_for;
    return problem;
  }
  if (handler.type.kind != ProjectObject::Kind::Class) return {};
  problem.wanted = handler.looked_for.substr(handler.looked_for.rfind('.') + 1);
  any_above(
      engine, handler.type,
      [&](const ProjectObject& one) {
        const CodeFacts& at = engine.facts(one.module);
        const Class& row = at.classes[one.type.index];
        for (std::uint32_t i = 0; i < row.methods.count; ++i) {
          const Function& method = at.functions[at.methods[row.methods.first + i].index];
          if (method.kind == FunctionKind::Method || method.kind == FunctionKind::StaticMethod)
            problem.known.emplace_back(at.string(method.name));
        }
        return false;
      },
      [](std::string_view) { return false; });
  return problem;
}

}  // namespace fnlint
