// A call of something outside the project, or of what nothing is known of: which row of
// data/models it is, and what it is where none is.
#include "core/text.h"
#include "flow/calls/arguments.h"
#include "flow/calls/dispatch.h"
#include "flow/calls/overloads.h"
#include "flow/engine/reads.h"
#include "flow/models/fluent.h"
#include "flow/models/library_select.h"
#include "flow/state/named_entry.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "values/functions.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fnlint {

namespace {

// Whether it is a map, whatever is in it, and has no entry of that name: its methods are those of
// the library.
bool is_map(const ValuePool& pool, ValueId value, std::string_view method) {
  if (!pool.is(value, ValueKind::Record)) return false;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const std::string_view name = pool[pool.names(value)[i]];
    const ValueId entry = pool.operands(value)[i];
    const bool is_filled = pool.opcode(entry) == Opcode::WithEntry;
    if (name == method || (name == kRest && !is_filled)) return false;
  }
  return true;
}

// Whether a value may turn out to be an object of the project: a text or a list is none, whatever
// is in it.
bool may_be_of_project(const ValuePool& pool, ValueId value) {
  value = bare(pool, value);
  switch (pool[value].kind) {
    case ValueKind::List:
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::Number:
    case ValueKind::Bool: return false;
    case ValueKind::OneOf:
      return std::ranges::any_of(pool.operands(value),
                                 [&](ValueId one) { return may_be_of_project(pool, one); });
    default: return is_open(pool, value);
  }
}

// Nothing is done, kept or called.
bool is_pure(const LibraryModel& row) {
  return row.operation.empty() && row.store == StoreHow::None && row.invokes.empty() &&
         row.effect_of.empty();
}

bool puts_in(const LibraryModel& row) {
  return row.store == StoreHow::Update || row.store == StoreHow::PutKey ||
         row.store == StoreHow::Append;
}

// `event.get("name")`: what is not there is nothing, or the default.
void add_got(ValuePool& pool, const LibraryCall& call, const LibraryModel& row, CallResult& out) {
  if (row.computes != "get" && row.computes != "first" && row.computes != "index") return;
  if (!out.value.exists() || out.value == call.receiver) return;
  const bool raises =
      traits(call.language).sends_messages && pool.operands(call.invocation.arguments).size() < 2;
  add_read(pool, out.value, call.invocation.at, row.computes == "get" && !raises, out.steps);
}

class LibraryDispatch {
 public:
  LibraryDispatch(Engine& engine, const CallInput& invocation, int depth)
      : engine_(engine),
        pool_(engine.pool()),
        invocation_(invocation),
        is_method_(is_method(pool_, invocation.callee)),
        call_{.engine = engine,
              .invocation = invocation,
              .language = invocation.at.module.exists() ? engine.language(invocation.at.module)
                                                        : Language::Unknown,
              .path = engine.library_path(invocation.callee),
              .method = is_method_ ? std::string(pool_.text(pool_.operands(invocation.callee)[1]))
                                   : std::string(),
              .receiver = receiver_of(invocation.callee),
              .depth = depth} {}

  using Taken = std::optional<CallResult>;
  struct NamedStep {
    LibraryStep takes{};
    Taken (LibraryDispatch::*take)();
  };
  static std::span<const NamedStep> steps();

  CallResult run() {
    for (const NamedStep& step : steps())
      if (Taken taken = (this->*step.take)()) return std::move(*taken);
    return take_unknown();
  }

 private:
  Taken take_reference();
  Taken take_row();
  Taken take_fluent();
  Taken look_up();
  Taken take_declared();
  Taken take_perhaps_own();
  Taken take_row_by_name();
  Taken take_declared_of_library();
  Taken take_unknown_library();
  CallResult take_unknown();

  // `const { cleanup } = await file()`: what is taken out of an object is still its own.
  [[nodiscard]] ValueId receiver_of(ValueId callee) const {
    return is_method_ || pool_.opcode(callee) == Opcode::Member ? pool_.operands(callee)[0]
                                                                : ValueId{};
  }
  [[nodiscard]] bool may_be_own() const;
  [[nodiscard]] bool is_of_own() const;
  void take_as_data(CallResult& out);
  Taken take_callback(const CallResult& out);

  Engine& engine_;
  ValuePool& pool_;
  const CallInput& invocation_;
  const bool is_method_;
  const LibraryCall call_;
  const LibraryModel* generic_ = nullptr;  // the row of the method by its name alone
  bool pure_ = false;                      // it only computes
};

std::span<const LibraryDispatch::NamedStep> LibraryDispatch::steps() {
  static constexpr std::array kLibrarySteps{
      NamedStep{LibraryStep::Reference, &LibraryDispatch::take_reference},
      NamedStep{LibraryStep::Row, &LibraryDispatch::take_row},
      NamedStep{LibraryStep::Fluent, &LibraryDispatch::take_fluent},
      NamedStep{LibraryStep::LookUp, &LibraryDispatch::look_up},
      NamedStep{LibraryStep::Declared, &LibraryDispatch::take_declared},
      NamedStep{LibraryStep::PerhapsOwn, &LibraryDispatch::take_perhaps_own},
      NamedStep{LibraryStep::RowByName, &LibraryDispatch::take_row_by_name},
      NamedStep{LibraryStep::DeclaredOfLibrary, &LibraryDispatch::take_declared_of_library},
      NamedStep{LibraryStep::UnknownLibrary, &LibraryDispatch::take_unknown_library},
  };
  return kLibrarySteps;
}

// `records.map(SQSMessage::getBody)`: of a library's class that has no such function of its own.
LibraryDispatch::Taken LibraryDispatch::take_reference() {
  const CallSite at = invocation_.at;
  const std::size_t dot = call_.path.rfind('.');
  if (is_method_ || dot == std::string::npos || !at.module.exists() || !at.op.exists() ||
      !traits(call_.language).references_take_receiver ||
      find_library_model(call_.language, call_.path) != nullptr)
    return {};
  const CodeFacts& code = engine_.facts(at.module);
  const Op& op = code.ops[at.op.index];
  const std::string name = call_.path.substr(dot + 1);
  const bool is_direct =
      op.kind != OpKind::Call || name_of(code, code.calls[op.detail].callee) == name;
  const ValueId object = named_entry(pool_, invocation_.arguments, "0");
  if (is_direct || !object.exists()) return {};
  CallInput method = invocation_;
  method.callee = method_value(pool_, object, pool_.text_value(name));
  method.arguments = without_first(pool_, invocation_.arguments);
  method.places = pool_.record({});
  return call_method(engine_, method, call_.depth + 1);
}

LibraryDispatch::Taken LibraryDispatch::take_row() {
  const LibraryModel* exact =
      call_.path.empty() ? nullptr : find_model_any(call_.language, call_.path);
  if (exact == nullptr) return {};
  return apply_model(call_, *exact);
}

LibraryDispatch::Taken LibraryDispatch::take_fluent() {
  if (!is_method_) return {};
  return call_fluent(call_);
}

LibraryDispatch::Taken LibraryDispatch::look_up() {
  if (is_method_) generic_ = model_by_name(call_);
  pure_ = generic_ != nullptr && is_pure(*generic_);
  return {};
}

LibraryDispatch::Taken LibraryDispatch::take_declared() {
  if (generic_ != nullptr || !call_.path.empty()) return {};
  return call_declared(call_, false);
}

bool LibraryDispatch::may_be_own() const {
  return is_method_ && may_be_of_project(pool_, call_.receiver) && call_.path.empty() &&
         !(pure_ && is_plain_type(declared_type(pool_, engine_.program(), call_.receiver))) &&
         !asks_whether_there(pool_, call_.language, call_.receiver, call_.method) &&
         (generic_ == nullptr || !is_map(pool_, call_.receiver, call_.method));
}

// What is called like a method of a collection may be the project's own where it is asked of the
// object itself, or where each value has a class.
bool LibraryDispatch::is_of_own() const {
  return has_origin(pool_, call_.receiver, Origin::Receiver) ||
         !traits(call_.language).has_untyped_data;
}

LibraryDispatch::Taken LibraryDispatch::take_perhaps_own() {
  if (!may_be_own()) return {};
  CallResult out = unknown_call(pool_, invocation_);
  if (generic_ == nullptr) return out;
  if (pure_) out.on_return.clear();
  if (pure_ && !is_of_own()) take_as_data(out);
  if (generic_->store == StoreHow::Remove && generic_->store_key.empty())
    out.changes.push_back({.into_receiver = true, .argument = {}, .how = StoreKind::Remove});
  if (!is_of_own() && puts_in(*generic_) && generic_->invokes.empty())
    out.changes = apply_model(call_, *generic_).changes;
  if (generic_->itself) out.place = invocation_.receiver_place;
  if (Taken called = take_callback(out)) return called;
  return out;
}

// Asked twice, it answers the same: it does not matter where.
void LibraryDispatch::take_as_data(CallResult& out) {
  out.steps.clear();
  out.value = pool_.computed(Opcode::Call,
                             std::array<ValueId, 2>{invocation_.callee, invocation_.arguments});
  add_wait(call_, *generic_, out);
  add_got(pool_, call_, *generic_, out);
}

// What is given to be called is called, whosever method it is.
LibraryDispatch::Taken LibraryDispatch::take_callback(const CallResult& out) {
  const ValueId callback =
      generic_->invokes.empty() ? ValueId{} : select(call_, generic_->invokes);
  if (!callback.exists() || (!pool_.is(callback, ValueKind::Function) && is_of_own())) return {};
  CallResult called = apply_model(call_, *generic_);
  called.value = out.value;
  // Of the object itself: what it is given is called; that it is kept, nobody has said.
  if (pool_.is(call_.receiver, ValueKind::Hole) &&
      pool_[call_.receiver].origin == Origin::Receiver) {
    called.changes.clear();
    std::erase_if(called.steps, [&](const Step& step) {
      return step.kind == StepKind::Store && step.at == invocation_.at;
    });
  }
  return called;
}

LibraryDispatch::Taken LibraryDispatch::take_row_by_name() {
  if (generic_ == nullptr) return {};
  CallResult out = apply_model(call_, *generic_);
  if (is_method_) add_got(pool_, call_, *generic_, out);
  return out;
}

// What an unknown library gave is what the project declares it to be.
LibraryDispatch::Taken LibraryDispatch::take_declared_of_library() {
  if (call_.path.empty() || unknown_in(call_.language, call_.path).empty()) return {};
  return call_declared(call_, false);
}

LibraryDispatch::Taken LibraryDispatch::take_unknown_library() {
  if (call_.path.empty()) return {};
  return unknown_library_call(call_);
}

CallResult LibraryDispatch::take_unknown() {
  CallResult out = unknown_call(pool_, invocation_);
  if (traits(call_.language).sends_messages && !is_open(pool_, invocation_.callee))
    run_callbacks(call_, out);
  return out;
}

// Nothing is known of it but its type, now (`settled`: in any way) or ever.
bool is_typed_alone(const Engine& engine, Language spoken, ValueId value, bool settled) {
  const ValuePool& pool = engine.pool();
  const Value& row = pool[bare(pool, value)];
  if (row.kind == ValueKind::Object)
    return project_object(pool, bare(pool, value)).kind == ProjectObject::Kind::None &&
           !unknown_in(spoken, engine.library_path(value)).empty();
  if (row.kind == ValueKind::OneOf || row.kind == ValueKind::Function ||
      (!settled && is_open(pool, value)))
    return false;
  if (row.kind != ValueKind::Hole) return settled || is_unsettled(pool, bare(pool, value));
  constexpr std::array kNobodys = {Origin::None,    Origin::Receiver,   Origin::Parameter,
                                   Origin::Capture, Origin::Global,     Origin::Field,
                                   Origin::Element, Origin::CallResult, Origin::Outside};
  return std::ranges::find(kNobodys, row.origin) != kNobodys.end();
}

// The class says what the method does: no interface, no abstract method.
bool is_written(Engine& engine, ProjectObject type, std::string_view method) {
  const ValueId found = engine.written_member(type, method);
  if (!found.exists() || !engine.pool().is(found, ValueKind::Function)) return found.exists();
  const FunctionRef ref = unpack(engine.pool()[found].ref);
  const CodeFacts& code = engine.facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  const bool is_empty = !function.first.exists() || function.first == function.end;
  return !is_empty || !function.owner.exists() ||
         !is_abstract(code, code.classes[function.owner.index]);
}

// Of a class of the project that somebody else has made: nothing is known of its fields.
std::optional<CallResult> call_of_declared_class(const LibraryCall& call, const StaticType& type) {
  Engine& engine = call.engine;
  ValuePool& pool = engine.pool();
  if (engine.static_types().is_generated(type.own, call.method) ||
      engine.static_types().is_component(type.own, call.method)) {
    CallResult out;
    out.value = given_by(pool, call.invocation);
    return out;
  }
  const std::vector<ProjectObject> all =
      engine.classes().implementers_of(type.own, type.module, type.type);
  const ValueId below = all.size() > 1 ? ValueId{} : engine.classes().classes_that_are(type.own);
  const bool has_others =
      below.exists() && pool.operands(below).size() > 1 && all.front().type == type.own.type;
  if (has_others || !std::ranges::all_of(all, [&](ProjectObject one) {
        return is_written(engine, one, call.method);
      }))
    return {};
  std::vector<Alternative> objects;
  for (const ProjectObject& one : all) objects.push_back({engine.types().bare_instance(one), {}});
  CallInput known = call.invocation;
  known.callee = method_value(pool, pool.one_of(objects), pool.text_value(call.method));
  CallResult out = call_method(engine, known, call.depth + 1);
  for (Step& step : out.steps) step.flags |= kGuessed;  // it may be of a class below that one
  out.value = given_by(pool, call.invocation);
  out.on_return.clear();
  out.returns = true;
  return out;
}

}  // namespace

CallResult call_library(Engine& engine, const CallInput& invocation, int depth) {
  return LibraryDispatch(engine, invocation, depth).run();
}

std::vector<LibraryStep> steps_of_library_call() {
  std::vector<LibraryStep> all;
  for (const LibraryDispatch::NamedStep& step : LibraryDispatch::steps())
    all.push_back(step.takes);
  return all;
}

std::optional<CallResult> call_declared(const LibraryCall& call, bool settled) {
  Engine& engine = call.engine;
  if (call.method.empty() || call.depth >= static_cast<int>(kCallDepth)) return {};
  const std::optional<StaticType> type = engine.static_types().of_receiver(call.invocation.at);
  if (!type || !is_typed_alone(engine, engine.context().language(), call.receiver, settled))
    return {};
  if (type->own.type.exists()) return call_of_declared_class(call, *type);
  LibraryCall known = call;
  known.path = cat(type->path, "().", call.method);
  const bool is_function =
      std::ranges::any_of(known::function_types(),
                          [&](std::string_view begin) { return type->path.starts_with(begin); });
  if (type->path.empty() || is_function || !only_computes(call.language, known.path)) return {};
  return unknown_library_call(known);
}

const LibraryModel* model_by_name(const LibraryCall& call) {
  const LibraryModel* generic = find_model_any(call.language, cat("*.", call.method));
  const std::optional<StaticType> type =
      call.engine.static_types().of_receiver(call.invocation.at);
  if (!type || type->path.empty()) return generic;
  const LibraryModel* typed_row =
      find_library_model(call.engine.language(call.invocation.at.module),
                         cat(type->path, "().", call.method));
  if (typed_row == nullptr) return generic;
  // What several types have under one name differs in how often it calls what it is given, and in
  // whether it waits.
  const bool is_asked =
      generic == nullptr || generic->times == Times::Each || !typed_row->waits.empty();
  return is_asked ? typed_row : generic;
}

}  // namespace fnlint
