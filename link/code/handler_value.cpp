// Evaluates the handler's symbol as a function, a method, an inherited method, or what `main` gives
// to the runtime, and says what is missing where it is none.

#include "link/code/handler_value.h"

#include "core/text.h"
#include "link/code/handler_arguments.h"
#include "link/code/handler_method.h"
#include "link/code/web_applications.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {

namespace {

HandlerValue missing(ResolutionFailure lack, std::string_view what, std::string reason) {
  HandlerValue none;
  none.lack = lack;
  none.looked_for = what;
  none.reason = std::move(reason);
  return none;
}

bool is_known(const ValuePool& pool, ValueId value) {
  return value.exists() && pool[value].kind != ValueKind::Absent &&
         pool[value].kind != ValueKind::Computed;
}

bool needs_object(Engine& engine, ValueId method) {
  const ValueId function = runtime_choice(engine, method);
  if (!function.exists()) return true;
  const FunctionRef ref = unpack(engine.pool()[function].ref);
  return engine.facts(ref.module).functions[ref.function.index].kind == FunctionKind::Method;
}

// Base classes of libraries whose handler method calls one of the project's.
struct Delegate {
  std::string_view base = {}, method = {}, calls = {};
};
constexpr Delegate kDelegates[] = {
    {"io.micronaut.function.aws.MicronautRequestHandler", "handleRequest", "execute"},
    {"io.micronaut.function.aws.MicronautRequestStreamHandler", "handleRequest", "execute"},
};

std::string_view delegate_of(Engine& engine, const ProjectObject& type,
                             std::string_view method) {
  for (const Delegate& row : kDelegates)
    if (row.method == method && has_library_base(engine, type, row.base)) return row.calls;
  return {};
}

// A handler that a base class of a library has: what it calls of the class is registered with it.
HandlerValue inherited_handler(Engine& engine, const ProjectObject& type, std::string_view method) {
  const std::string base = unread_base(engine, type);
  const std::vector<std::string> called = base.empty() || !may_inherit(engine, type, method)
                                              ? std::vector<std::string>{}
                                              : called_by_base(engine, type);
  if (called.empty()) return {};
  const HandlerObject& object = engine.handler_objects().of(type.module, type.type);
  for (const std::string& name : called)
    engine.registrations().register_callback(type.module,
                     {.function = engine.member_of(object.instance, name), .handler = type.type});
  HandlerValue found;
  found.value = engine.pool().hole(Origin::Library, cat(base, '.', method));
  found.place = object.place;
  found.type = type;
  return found;
}

// A method of a class: where the runtime makes an object of it, of that.
HandlerValue method_of(Engine& engine, const ProjectObject& type, ValueId type_value,
                       std::string_view method) {
  ValuePool& pool = engine.pool();
  const CodeFacts& code = engine.facts(type.module);
  const ValueId plain = engine.member_of(type_value, method);
  HandlerValue found;
  found.type = type;
  if (!makes_objects(code.language) || (is_known(pool, plain) && !needs_object(engine, plain))) {
    found.value = plain;
  } else {
    const HandlerObject& object = engine.handler_objects().of(type.module, type.type);
    found.value = engine.member_of(object.instance, method);
    found.place = object.place;
  }
  if (!is_known(pool, found.value) && found.place.exists())
    if (const std::string_view calls = delegate_of(engine, type, method); !calls.empty())
      found.value =
          engine.member_of(engine.handler_objects().of(type.module, type.type).instance, calls);
  if (is_known(pool, found.value)) {
    if (const ValueId chosen = runtime_choice(engine, found.value); chosen.exists())
      found.value = chosen;
    return found;
  }
  if (const HandlerValue inherited = inherited_handler(engine, type, method);
      inherited.value.exists())
    return inherited;
  if (HandlerValue served = served_by_base(engine, type, method); served.value.exists())
    return served;
  const std::string name =
      cat(code.string(code.classes[type.type.index].name), '.', method);
  HandlerValue none =
      may_inherit(engine, type, method)
          ? missing(ResolutionFailure::Code, name,
                    cat("'", name, "' is not in the class, and a base class of it is not read"))
          : missing(ResolutionFailure::Function, name, cat("the class has no '", name, "'"));
  none.type = type;
  return none;
}

HandlerValue by_symbol(Engine& engine, const FunctionCode& code) {
  ValuePool& pool = engine.pool();
  const std::vector<std::string_view> parts = split(code.symbol, '.');
  HandlerValue found;
  std::string path;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    path += path.empty() ? std::string(parts[i]) : cat('.', parts[i]);
    const bool is_last = i + 1 == parts.size();
    if (i == 0) {
      found.value = engine.exported(code.module, parts[i]);
    } else if (const ProjectObject type = project_object(pool, found.value);
               is_last && type.kind == ProjectObject::Kind::Class) {
      return method_of(engine, type, found.value, parts[i]);
    } else {
      found.value = engine.member_of(found.value, parts[i]);
    }
    if (!is_known(pool, found.value))
      return missing(is_last ? ResolutionFailure::Function : ResolutionFailure::Class, path,
                     cat("the module has no '", path, "'"));
  }
  return found;
}

// What the program's main gave to the runtime.
HandlerValue by_entry(Engine& engine, const FunctionCode& code) {
  engine.loader().initialiser(code.module);
  for (const ValueId entry : engine.registrations().entries(code.module)) {
    HandlerValue found;
    found.value = entry_function(engine, entry);
    if (found.value.exists()) return found;
    if (HandlerValue served = served_by_entry(engine, code.module, entry); served.value.exists())
      return served;
  }
  if (HandlerValue served = served_by_main(engine, code.module); served.value.exists())
    return served;
  return missing(ResolutionFailure::Code, "main",
                 engine.registrations().entries(code.module).empty()
                     ? "its main passes no function to the runtime that could be followed"
                     : "what its main passes to the runtime could not be followed");
}

}  // namespace

HandlerValue handler_value(Engine& engine, const FunctionCode& code) {
  if (code.form == HandlerForm::Entry) return by_entry(engine, code);
  HandlerValue found = by_symbol(engine, code);
  if (code.form == HandlerForm::Made && found.value.exists()) {
    const CallInput making{.callee = found.value,
                           .arguments = engine.pool().record({}),
                           .receiver_place = found.place,
                           .in_init = true};
    found.value = without_conditions(engine.pool(), engine.call(making, 0).value);
    found.place = {};
    if (!is_known(engine.pool(), found.value))
      return missing(ResolutionFailure::Code, code.symbol,
                     cat("what '", code.symbol, "' makes could not be followed"));
  }
  return found;
}

}  // namespace fnlint
