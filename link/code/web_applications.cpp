// Finds controllers and routes of a unit by bases and annotations, and registers their methods.

#include "link/code/web_applications.h"

#include "core/text.h"
#include "link/code/handler_method.h"
#include "tables/code_words.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_controller(Engine& engine, const ProjectObject& type) {
  const CodeFacts& code = engine.facts(type.module);
  const Class& row = code.classes[type.type.index];
  return (row.flags & kAbstractClass) == 0 &&
         (has_annotation(code, row.annotations, known::controller_annotations()) ||
          !library_base_named(engine, type, known::controller_bases()).empty());
}

// Each request gets a controller of its own, with services that are made for it unless they are
// registered as singletons, of which nothing is known here. Source: Microsoft, "Dependency
// injection into controllers in ASP.NET Core".
void add_routes(Engine& engine, const ProjectObject& type) {
  engine.registrations().set_per_request(type);
  const HandlerObject& object = engine.handler_objects().of(type.module, type.type);
  for (const ProjectObject& one : classes_above(engine, type)) {
    const CodeFacts& code = engine.facts(one.module);
    const Slice<FunctionId> methods = code.classes[one.type.index].methods;
    for (std::uint32_t i = 0; i < methods.count; ++i) {
      const Function& method = code.functions[code.methods[methods.first + i].index];
      if (!has_annotation(code, method.annotations, known::route_annotations())) continue;
      const ValueId route = engine.member_of(object.instance, code.string(method.name));
      const std::vector<LaterCall>& known = engine.registrations().later(type.module);
      if (std::ranges::find(known, route, &LaterCall::function) == known.end())
        engine.registrations().register_callback(type.module, {route});
    }
  }
}

// Such a library looks through all that the program has.
HandlerValue served(Engine& engine, ModuleId module, std::string_view library) {
  const Program& program = engine.program();
  for (const ModuleId one : program.modules_of(program.modules[module.index].unit)) {
    const std::size_t count = engine.facts(one).classes.size();
    for (std::uint32_t i = 0; i < count; ++i) {
      const ProjectObject type{ProjectObject::Kind::Class, one, ClassId{i}};
      if (is_controller(engine, type)) add_routes(engine, type);
    }
  }
  HandlerValue found;
  found.value = engine.pool().hole(Origin::Library, library);
  return found;
}

}  // namespace

HandlerValue served_by_base(Engine& engine, const ProjectObject& type, std::string_view method) {
  const std::string base = library_base_named(engine, type, known::web_entry_bases());
  if (base.empty()) return {};
  HandlerValue found = served(engine, type.module, cat(base, '.', method));
  found.place = engine.handler_objects().of(type.module, type.type).place;
  found.type = type;
  return found;
}

HandlerValue served_by_entry(const Engine& engine, ModuleId module, ValueId entry) {
  // `lambda.Start(httpadapter.New(mux).ProxyWithContext)`: a method of the application.
  const ValuePool& pool = engine.pool();
  const bool is_method =
      pool.opcode(entry) == Opcode::Method || pool.opcode(entry) == Opcode::Member;
  const ValueId application = is_method ? pool.operands(entry)[0] : entry;
  if (!pool.is(application, ValueKind::Object)) return {};
  const Program& program = engine.program();
  const auto registers = [&](ModuleId one) { return !engine.registrations().later(one).empty(); };
  HandlerValue found;
  if (std::ranges::any_of(program.modules_of(program.modules[module.index].unit), registers))
    found.value = entry;
  return found;
}

HandlerValue served_by_main(Engine& engine, ModuleId module) {
  const CodeFacts& code = engine.facts(module);
  for (const Call& call : code.calls) {
    const Expr& callee = code.exprs[call.callee.index];
    if (callee.kind != ExprKind::Member) continue;
    const std::string_view name = code.string(callee.name);
    if (std::ranges::find(known::web_hosting_calls(), name) != known::web_hosting_calls().end())
      return served(engine, module, name);
  }
  return {};
}

}  // namespace fnlint
