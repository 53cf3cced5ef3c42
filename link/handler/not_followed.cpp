// Lists unknown callees, libraries without a model, lost modules, computed imports and broken
// files, and leaves out what cannot matter: methods of data, of answers and of any class.

#include "link/handler/not_followed.h"

#include "core/text.h"
#include "link/code/code_imports.h"
#include "link/code/init_modules.h"
#include "link/handler/call_places.h"
#include "link/handler/handler_calls.h"
#include "link/handler/sdk_names.h"
#include "tables/libraries.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kNotFollowed = 64;  // further ones tell nothing new

void add(LambdaFunction& function, UnknownPart part, std::string what, Span where) {
  std::vector<NotFollowed>& parts = function.not_followed;
  const bool is_known = std::ranges::any_of(parts, [&](const NotFollowed& one) {
    return one.part == part && one.what == what && (!what.empty() || one.where.file == where.file);
  });
  if (is_known || parts.size() >= kNotFollowed) return;
  NotFollowed row{.part = part, .what = std::move(what), .where = where};
  parts.insert(std::ranges::upper_bound(parts, row), std::move(row));
}

// Texts, numbers, lists, and what the event or a template gave: JSON values, none of which has a
// method that acts.
bool is_data(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::Number:
    case ValueKind::Bool:
    case ValueKind::Null:
    case ValueKind::Absent: return true;
    case ValueKind::Hole: {
      const Origin origin = pool[value].origin;
      return origin == Origin::Event || origin == Origin::Context ||
             origin == Origin::Environment || origin == Origin::TemplateInput ||
             origin == Origin::Pseudo || origin == Origin::Attribute || origin == Origin::Clock ||
             origin == Origin::Fresh || origin == Origin::Secret;
    }
    case ValueKind::Computed:
      if (pool.opcode(value) == Opcode::Converted) return is_data(pool, pool.operands(value)[0]);
      [[fallthrough]];
    case ValueKind::List:
    case ValueKind::Record:
    case ValueKind::OneOf:
      return std::ranges::all_of(pool.operands(value),
                                 [&](ValueId part) { return is_data(pool, part); });
    default: return false;
  }
}

// What an operation of an SDK answered, or is in it: its methods read.
bool is_answer(const ValuePool& pool, ValueId value) {
  while (pool.is(value, ValueKind::Computed) && !pool.operands(value).empty())
    value = pool.operands(value)[0];
  return pool.is(value, ValueKind::Object) && is_of_sdk(pool.text(value));
}

// `console[level](text)`: whichever entry it is, the library changes nothing.
bool is_entry_of_computing(const ValuePool& pool, ValueId callee) {
  if (pool.opcode(callee) != Opcode::Index) return false;
  const ValueId base = pool.operands(callee)[0];
  const Value& row = pool[base];
  const bool is_library = row.kind == ValueKind::Object ||
                          (row.kind == ValueKind::Hole && row.origin == Origin::Library);
  return is_library && only_computes(Language::Unknown, pool.text(base));
}

// An element of lists that a table holds, all of which are empty: nothing is called.
bool is_of_empty_lists(const ValuePool& pool, ValueId callee) {
  if (pool.opcode(callee) != Opcode::Element) return false;
  const ValueId lookup = pool.operands(callee)[0];
  if (pool.opcode(lookup) != Opcode::Index) return false;
  const ValueId table = pool.operands(lookup)[0];
  return pool.is(table, ValueKind::Record) && pool[table].ref == 0 &&
         std::ranges::all_of(pool.operands(table), [&](ValueId list) {
           return pool.is(list, ValueKind::List) && pool[list].ref == 0 &&
                  pool.operands(list).empty();
         });
}

// A request of an SDK that its service has, whether or not a row says more of it: what it asks for
// is LambdaFunction::requests.
bool is_request(std::string_view library) {
  return is_of_sdk(library) && !actions_of(sdk_name(library)).empty();
}

// `Order.class::cast`: what every class has.
bool is_of_every_class(const ValuePool& pool, ValueId callee) {
  if (pool.opcode(callee) != Opcode::Member) return false;
  const ValueId base = pool.operands(callee)[0];
  return project_object(pool, base).kind == ProjectObject::Kind::Class &&
         changes_itself_alone(lower(pool.text(pool.operands(callee)[1])));
}

// A method or an entry by its name alone: what it is taken of may be long.
std::string callee_words(const ValuePool& pool, ValueId callee) {
  if (pool.opcode(callee) == Opcode::Index)
    return cat("[", describe(pool, pool.operands(callee)[1]), "]");
  if (is_method(pool, callee)) return cat(".", pool.text(pool.operands(callee)[1]), "()");
  return describe(pool, callee);
}

}  // namespace

void add_unknown_callee(const ValuePool& pool, std::span<const ModuleInfo> modules,
                        const Step& call, LambdaFunction& function) {
  // What a library gives to a callback is that library's own, and is told of with it.
  const Value& callee = pool[call.subject];
  const bool is_of_callback =
      (callee.kind == ValueKind::Unknown && pool.text(call.subject) == "argument of a callback") ||
      (callee.kind == ValueKind::Hole && callee.origin == Origin::CallResult);
  // A library's row takes for a callback what is an option here: `find({where: ...})`.
  const bool is_no_callable = callee.kind == ValueKind::Record || is_data(pool, call.subject);
  const bool is_chosen = callee.kind == ValueKind::Hole || callee.kind == ValueKind::Computed;
  // `event["body"].update(more)`: a method of data, whatever it is called.
  const bool is_of_event = callee.kind == ValueKind::Hole && callee.origin == Origin::Event;
  if (is_of_callback || is_of_event || (is_no_callable && !is_chosen)) return;
  if (is_entry_of_computing(pool, call.subject) || is_of_every_class(pool, call.subject) ||
      is_of_empty_lists(pool, call.subject))
    return;
  if (is_method(pool, call.subject) &&
      (is_data(pool, pool.operands(call.subject)[0]) ||
       is_answer(pool, pool.operands(call.subject)[0]) ||
       changes_itself_alone(lower(pool.text(pool.operands(call.subject)[1])))))
    return;
  add(function, UnknownPart::Callee, callee_words(pool, call.subject),
      span_of_call(modules, call.at));
}

void add_unknown_libraries(Engine& engine, const LoadedFunction& loaded,
                           const std::vector<Unfollowed>& called,
                           std::span<const ModuleInfo> modules, LambdaFunction& function) {
  const auto take = [&](const std::vector<Unfollowed>& all) {
    for (const Unfollowed& one : all)
      if (const std::string_view library = engine.pool()[one.callee]; !is_request(library))
        add(function, UnknownPart::Library, std::string(library), span_of_call(modules, one.at));
  };
  const auto take_calls = [&](const std::vector<Step>& steps) {
    for (const Step& step : steps)
      if (step.kind == StepKind::Call) add_unknown_callee(engine.pool(), modules, step, function);
  };
  take(called);
  for (const LoadedModule& one : loaded.modules) take(engine.loader().initialiser(one.module).unfollowed);
  // What its class and those that its file names do as they are loaded, and the making of the
  // object whose method is called.
  if (!loaded.code->found) return;
  const std::set<ModuleId> named = modules_named(engine.program(), loaded.code->module);
  for (const ModuleId module : named)
    for (const Class& type : engine.facts(module).classes) {
      if (!type.class_init.exists()) continue;
      const Summary& made = engine.summary({module, type.class_init});
      take(made.unfollowed);
      take_calls(made.steps);
    }
  const HandlerValue& handler = loaded.handler;
  if (handler.type.kind != ProjectObject::Kind::Class) return;
  const HandlerObject& object = engine.handler_objects().of(handler.type.module, handler.type.type);
  take(object.unfollowed);
  take_calls(object.steps);
}

// Whether a class of the module stands for one of the project, wherever that is named.
bool extends_own_class(const Program& program, ModuleId at) {
  const CodeFacts& facts = program.facts(at);
  for (const Class& one : facts.classes)
    for (std::uint32_t i = 0; i < one.bases.count; ++i) {
      const Expr& base = facts.exprs[facts.bases[one.bases.first + i].index];
      for (std::size_t row = 0; row < facts.imports.size(); ++row)
        if (base.kind == ExprKind::Variable && facts.imports[row].local.index == base.ref &&
            program.modules[at.index].imports[row].module.exists())
          return true;
    }
  return false;
}

void add_unread_modules(const LinkedCode& code, const LoadedFunction& loaded,
                        std::span<const ModuleInfo> modules, LambdaFunction& function) {
  const FunctionCode& own = *loaded.code;
  if (!own.found) return;
  const bool is_java = code.program.facts(own.module).language == Language::Java;
  const std::set<ModuleId> named = modules_named(code.program, own.module);
  for (const ModuleId at : modules_reached(code.program, own.module)) {
    const CodeFacts& facts = code.program.facts(at);
    const FileId file = modules[at.index].file;
    // Another function's class that is compiled with this one's says nothing of it.
    const bool counts = !is_java || named.contains(at) || extends_own_class(code.program, at);
    if (!facts.problems.empty() && counts)
      add(function, UnknownPart::Syntax, {}, {file, facts.problems[0].where});
    if (const std::optional<Range> computed = computed_import(facts))
      add(function, UnknownPart::Computed, std::string(start_of_computed(facts, *computed)),
          {file, *computed});
    const ProgramModule& module = code.program.modules[at.index];
    for (std::size_t i = 0; i < facts.imports.size(); ++i)
      if (is_lost(facts, module, i))
        add(function, UnknownPart::Module, std::string(facts.string(facts.imports[i].module)),
            {file, facts.imports[i].where});
  }
}

}  // namespace fnlint
