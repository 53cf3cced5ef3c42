// Dispatch: which function, class or library row a called value is, and what that call does.
#include "core/text.h"
#include "flow/calls/generated_members.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/called_by_key.h"
#include "flow/models/fluent.h"
#include "flow/models/library_guards.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

// A call's place as a value, so that a call kept for later still knows where it stands.
ValueId site_value(ValuePool& pool, CallSite at) {
  return pool.text_value(cat(at.module.index, ':', at.op.index));
}

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

// `claim(order).isEmpty()` of what is nothing on some ways: the method answers of these, too.
bool asks_whether_there(const ValuePool& pool, Language language, ValueId receiver,
                        std::string_view name) {
  if (!pool.is(receiver, ValueKind::OneOf) || !pool.conditioned(receiver)) return false;
  const LibraryModel* model = find_library_model(language, cat("*.", name));
  return model != nullptr && model->of == "receiver" && is_test(model->computes) &&
         std::ranges::none_of(pool.operands(receiver),
                              [&](ValueId one) { return pool.is(one, ValueKind::Object); });
}

// Of several that may be called: a variable or a field, or a part of one, beside what is stored in
// it. The place stands for these.
bool is_called_by_place(const ValuePool& pool, ValueId callee) {
  ValueId whose = bare(pool, is_method(pool, callee) ? pool.operands(callee)[0] : callee);
  const auto is_part = [&](std::string_view name) {
    return name == "member" || name == "index" || name == "element";
  };
  while (pool.is(whose, ValueKind::Computed) && is_part(pool.text(whose)))
    whose = pool.operands(whose)[0];
  const Value& value = pool[whose];
  return value.kind == ValueKind::Hole &&
         (value.origin == Origin::Global || value.origin == Origin::Field);
}

// A method of a list or a text that is written down: it says nothing of what a place holds later.
bool is_called_on_data(const ValuePool& pool, ValueId callee) {
  if (!is_method(pool, callee)) return false;
  switch (pool[bare(pool, pool.operands(callee)[0])].kind) {
    case ValueKind::List:
    case ValueKind::Record:
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Bool: return true;
    default: return false;
  }
}

// What one of several calls does. One that is not followed promises nothing.
Outcome met(std::span<const Outcome> outcomes) {
  Outcome all;
  all.understood = false;
  for (const Outcome& one : outcomes) {
    const bool is_first = &one == outcomes.data();
    all.on_return = is_first ? one.on_return : common(all.on_return, one.on_return);
    all.sets = is_first ? one.sets : common_places(all.sets, one.sets);
    all.steps.insert(all.steps.end(), one.steps.begin(), one.steps.end());
    if (!one.understood) continue;
    all.understood = true;
    all.task = all.task || one.task;
    all.changes = one.changes;
    if (one.started == UINT32_MAX) continue;
    all.started = one.started;
    all.told_by_callback = one.told_by_callback;
  }
  return all;
}

}  // namespace

ValueId given_by(ValuePool& pool, const CallInput& call) {
  const std::array<ValueId, 3> operands{call.callee, call.arguments, site_value(pool, call.at)};
  return pool.computed(Opcode::Call, operands);
}

ValueId returned_test(ValuePool& pool, const CallInput& call) {
  const std::array<ValueId, 3> operands{call.callee, call.arguments, site_value(pool, call.at)};
  return pool.computed(Opcode::Returned, operands);
}

bool is_open(const ValuePool& pool, ValueId value) {
  constexpr auto bit = [](Origin origin) { return 1U << static_cast<unsigned>(origin); };
  return (pool.origins(value) & (bit(Origin::Parameter) | bit(Origin::Receiver) |
                                 bit(Origin::Capture) | bit(Origin::Global))) != 0;
}

namespace {

// Each call puts its arguments into all that its callee returns: of values that grow with every
// call of a chain (trees of records), one that is larger than this is not kept.
constexpr std::size_t kReturnedParts = 4096;

void keep_what_is_small(ValuePool& pool, Summary& summary) {
  const auto keep = [&](ValueId& value) {
    if (!value.exists() || !has_more_parts_than(pool, value, kReturnedParts)) return;
    value = pool.unknown("more parts than are kept");
    summary.evidence |= kCut;
    summary.cut |= kCutParts;
  };
  keep(summary.returned);
  for (Step& step : summary.steps)
    if (step.kind == StepKind::Return) keep(step.value);
}

}  // namespace

// None: it is being walked already, or so much else is that this one is not.
std::optional<Summary> Engine::walked(FunctionRef ref, std::span<const ValueId> given) {
  const std::uint64_t key = pack(ref);
  if (nesting_ >= kNesting || !in_progress_.insert(key).second) return std::nullopt;
  ++nesting_;
  const std::uint8_t outer = take_cuts();
  std::vector<Unfollowed> unfollowed = take_unfollowed();
  BodyResult result = walk_body(*this, ref, given);
  result.summary.cut = std::exchange(cuts_, outer);
  keep_what_is_small(pool_, result.summary);
  result.summary.unfollowed = std::exchange(unfollowed_, std::move(unfollowed));
  --nesting_;
  in_progress_.erase(key);
  if (result.place.exists()) returned_places_[key] = result.place;
  return std::move(result.summary);
}

const Summary& Engine::summary(FunctionRef ref) {
  static const Summary kUnknown{
      .steps = {}, .returned = {}, .on_return = {}, .evidence = kCut, .returns = true};
  const std::uint64_t key = pack(ref);
  if (const auto known = summaries_.find(key); known != summaries_.end()) return known->second;
  std::optional<Summary> made = walked(ref, {});
  return made ? summaries_.emplace(key, std::move(*made)).first->second : kUnknown;
}

const Summary& Engine::entered(FunctionRef ref, ValueId arguments) {
  const std::uint64_t key = pack(ref);
  const auto known = entered_.find(key);
  if (known != entered_.end() && known->second.arguments == arguments) return known->second.summary;
  const CodeFacts& code = facts(ref.module);
  const Slice<Parameter> parameters = code.functions[ref.function.index].parameters;
  // What is called otherwise as well has a summary for all.
  if (known != entered_.end() || parameters.count == 0 || summaries_.contains(key))
    return summary(ref);
  std::vector<ValueId> given;
  for (std::uint32_t i = 0; i < parameters.count; ++i) {
    const VariableId variable = code.parameters[parameters.first + i].variable;
    given.push_back(refined(bound_parameter(code, ref, i, arguments), ref.module,
                            code.variables[variable.index].type));
  }
  std::optional<Summary> made = walked(ref, given);
  if (!made) return summary(ref);
  return entered_.emplace(key, Entered{arguments, std::move(*made)}).first->second.summary;
}

ValueId Engine::substitute(ValueId value, const Substitution& substitution) {
  return value.exists() ? Substituter(pool_, substitution)(value) : value;
}

// Whether a library says that the annotation changes what it stands at.
bool Engine::wraps(const CallInput& annotation) const {
  const std::string path = library_path(annotation.callee);
  const LibraryModel* model =
      path.empty() ? nullptr : find_model_any(Language::Unknown, path);
  return model != nullptr && !model->wraps.empty();
}

Outcome Engine::call(const CallInput& invocation, int depth) {
  if (invocation.mode == CallMode::Annotate && !wraps(invocation)) {
    Outcome out;
    for (std::size_t i = 0; i < pool_.names(invocation.arguments).size(); ++i)
      if (pool_[pool_.names(invocation.arguments)[i]] == "0")
        out.value = pool_.operands(invocation.arguments)[i];
    return out;
  }
  if (depth > static_cast<int>(kCallDepth)) {
    const ValueId whose = is_method(pool_, invocation.callee) ? pool_.operands(invocation.callee)[0]
                                                              : invocation.callee;
    if (pool_.is(whose, ValueKind::Function) ||
        project_object(pool_, whose).kind != ProjectObject::Kind::None)
      note_cut(kCutCalls);
    return call_unknown(invocation);
  }
  const ValueKind kind = pool_[invocation.callee].kind;
  if (std::optional<Outcome> made = made_of_name(invocation)) return *std::move(made);
  if (is_method(pool_, invocation.callee)) return call_method(invocation, depth);
  if (is_where(pool_, invocation.callee)) {
    const auto parts = pool_.operands(invocation.callee);
    return call_under_conditions(invocation, parts[0], parts.subspan(1), depth);
  }
  if (const ValueId any = callable_by_key(pool_, invocation.callee); any.exists()) {
    CallInput settled = invocation;
    settled.callee = any;
    return call(settled, depth);
  }
  if (is_partial(pool_, invocation.callee)) return call(applied(pool_, invocation), depth);
  if (kind == ValueKind::OneOf) return call_alternatives(invocation, depth);
  if (kind == ValueKind::Function && invocation.mode == CallMode::Decorator)
    return decorate(invocation, depth);
  if (kind == ValueKind::Function) return call_function(invocation, depth);
  if (kind == ValueKind::Object &&
      project_object(pool_, invocation.callee).kind == ProjectObject::Kind::Class)
    return construct(invocation, depth);
  if (const auto itself = call_by_method(invocation.callee, {}, invocation))
    return call_method(*itself, depth + 1);
  return call_library(invocation, depth);
}

// `found.map(...)`, `found.orElse(x)` of what is nothing on some ways: these are ways of it, too.
bool Engine::answers_for_nothing(const CallInput& invocation, ValueId receiver) {
  if (!pool_.is(receiver, ValueKind::OneOf) || !invocation.at.module.exists()) return false;
  const auto is_nothing = [&](ValueId one) { return is_nullish(pool_, one); };
  if (std::ranges::none_of(pool_.operands(receiver), is_nothing)) return false;
  const LibraryModel* model =
      model_by_name({.engine = *this,
                     .invocation = invocation,
                     .language = language(invocation.at.module),
                     .method = std::string(pool_.text(pool_.operands(invocation.callee)[1]))});
  return model != nullptr && (model->times == Times::Maybe || model->computes == "held_or");
}

// A method of one of several receivers.
Outcome Engine::call_on_alternatives(const CallInput& invocation, int depth) {
  const ValueId receiver = pool_.operands(invocation.callee)[0];
  const ValueId name = pool_.operands(invocation.callee)[1];
  std::vector<Alternative> methods;
  const std::vector<ValueId> receivers(pool_.operands(receiver).begin(),
                                       pool_.operands(receiver).end());
  const std::vector<GuardId> guards(pool_.guards(receiver).begin(), pool_.guards(receiver).end());
  for (std::size_t i = 0; i < receivers.size(); ++i) {
    const ValueKind kind = pool_[receivers[i]].kind;
    if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;  // it would raise
    methods.push_back({method_value(pool_, receivers[i], name), guards[i]});
  }
  if (methods.empty()) return call_unknown(invocation);
  CallInput settled = invocation;
  settled.callee = pool_.one_of(methods);
  if (pool_[settled.callee].kind != ValueKind::OneOf) return call_method(settled, depth);
  Outcome out = call_alternatives(settled, depth);
  // Which of several classes it is, is decided elsewhere: where the object was made, or by what
  // implements an interface.
  std::set<std::pair<ModuleId, ClassId>> classes;
  for (const ValueId one : receivers)
    if (const ProjectObject object = project_object(pool_, one);
        object.kind == ProjectObject::Kind::Instance)
      classes.insert({object.module, object.type});
  if (classes.size() > 1)
    for (Step& step : out.steps) step.flags |= kGuessed;
  return out;
}

// A method by its name: the receiver tells whether it is the project's own, a library's, or any
// value's.
Outcome Engine::call_method(const CallInput& invocation, int depth) {
  const ValueId receiver = pool_.operands(invocation.callee)[0];
  const ValueId name = pool_.operands(invocation.callee)[1];
  CallInput settled = invocation;
  if (asks_whether_there(pool_, spoken_, receiver, pool_.text(name)) ||
      answers_for_nothing(invocation, receiver))
    return call_library(invocation, depth);
  if (is_where(pool_, receiver)) {
    const auto parts = pool_.operands(receiver);
    return call_under_conditions(invocation, method_value(pool_, parts[0], name), parts.subspan(1),
                                 depth);
  }
  if (const ValueId any = receiver_by_key(pool_, receiver, name); any.exists()) {
    settled.callee = method_value(pool_, any, name);
    return call_method(settled, depth);
  }
  if (pool_[receiver].kind == ValueKind::OneOf) return call_on_alternatives(invocation, depth);
  const bool is_given = pool_[receiver].kind == ValueKind::Hole &&
                        (pool_[receiver].origin == Origin::Event ||
                         pool_[receiver].origin == Origin::Context);
  if (is_given) {
    settled.callee = extension_method(receiver, pool_.text(name), invocation);
    if (settled.callee.exists()) return call(settled, depth);
    settled.callee = invocation.callee;
    if (Outcome outcome = call_event(invocation, receiver, name); outcome.value.exists()) {
      add_read(pool_, outcome.value, invocation.at, false, outcome.steps);
      return outcome;
    }
  }
  const bool sends =
      invocation.at.module.exists() && traits(language(invocation.at.module)).sends_messages;
  const std::string method_name(pool_.text(name));
  if (const auto itself = call_by_method(receiver, method_name, invocation))
    return call(*itself, depth);
  const bool may_be_function =
      pool_.is(receiver, ValueKind::Hole) || pool_.is(receiver, ValueKind::Computed);
  if (may_be_function && is_open(pool_, receiver) && invocation.at.module.exists() &&
      hands_receiver(language(invocation.at.module), method_name))
    return call_unknown(invocation);
  if (std::optional<Outcome> given = call_component(invocation, receiver, method_name))
    return std::move(*given);
  const ValueId member = called_member(receiver, method_name, invocation.at.module);
  if (sends && is_attribute(receiver, member) && pool_.operands(invocation.arguments).empty()) {
    Outcome out;
    out.value = member;
    return out;
  }
  if (const ValueId component = component_read(invocation, receiver, member); component.exists()) {
    Outcome out;
    out.value = component;
    return out;
  }
  const ValueKind kind = pool_[member].kind;
  // What the base class of a library has: `Order.model_validate(data)`.
  const bool is_inherited = kind == ValueKind::Hole && pool_[member].origin == Origin::Library &&
                            project_object(pool_, receiver).kind != ProjectObject::Kind::None;
  const bool is_own = kind == ValueKind::Function || kind == ValueKind::OneOf || is_inherited ||
                      project_object(pool_, member).kind == ProjectObject::Kind::Class;
  // A method of a library's object that a struct embeds, or of a library's class that is its base.
  const ProjectObject::Kind owner = project_object(pool_, receiver).kind;
  const bool is_promoted =
      pool_.opcode(member) == Opcode::Member && pool_.operands(member)[0] != receiver &&
      depth < static_cast<int>(kCallDepth) &&
      (owner == ProjectObject::Kind::Instance || owner == ProjectObject::Kind::Class) &&
      !library_path(pool_.operands(member)[0]).empty();
  if (is_promoted) {
    settled.callee = method_value(pool_, pool_.operands(member)[0], name);
    return call_method(settled, depth + 1);
  }
  if (is_own) {
    settled.callee = bound_to_record(member, receiver);
    return call(settled, depth);
  }
  if (owner == ProjectObject::Kind::Class && invocation.at.module.exists() &&
      method_name == traits(language(invocation.at.module)).derived_constructor) {
    settled.callee = receiver;
    return construct(settled, depth + 1);
  }
  if (const auto held = call_by_method(member, {}, invocation))
    return call_method(*held, depth + 1);
  // What a library gave is kept by the project's own and called there: `lib.send(x)`.
  const bool is_kept =
      kind == ValueKind::Object && library_path(receiver).empty() && !library_path(member).empty();
  if (is_kept) {
    settled.callee = member;
    return call_library(settled, depth);
  }
  if (is_super(pool_, receiver)) {  // of a library's class
    settled.callee = method_value(pool_, pool_.object(0, "super()"), name);
    return call_library(settled, depth);
  }
  if (owner == ProjectObject::Kind::Instance &&
      is_generated(project_object(pool_, receiver), method_name))
    return call_generated(pool_, invocation, method_name);
  const ValueId extension = extension_method(receiver, pool_.text(name), invocation);
  const bool is_constructor = method_name.starts_with('<');  // whoever makes the object runs it
  if (!extension.exists() && !is_constructor &&
      find_model_any(spoken_, cat("*.", method_name)) == nullptr)
    if (const ValueId base = computing_base(project_object(pool_, receiver), 0); base.exists()) {
      settled.callee = method_value(pool_, base, name);
      return call_library(settled, depth);
    }
  if (!extension.exists()) return call_library(invocation, depth);
  settled.callee = extension;
  return call(settled, depth);
}

// What a method that nobody wrote gives: of a record its component, and of a class whose getters
// are generated the field; no id: it is another one.
ValueId Engine::component_read(const CallInput& invocation, ValueId receiver, ValueId member) {
  const bool may_read = invocation.at.module.exists() &&
                        traits(language(invocation.at.module)).has_accessor_methods &&
                        pool_.operands(invocation.arguments).empty() &&
                        project_object(pool_, receiver).kind == ProjectObject::Kind::Instance;
  if (!may_read) return {};
  if (is_attribute(receiver, member)) return member;
  const std::string method(pool_.text(pool_.operands(invocation.callee)[1]));
  if (pool_.is(member, ValueKind::Function)) return {};
  for (const std::string_view verb : {"get", "is"})
    if (const std::string name = field_behind(method, verb); !name.empty())
      if (const ValueId field = member_of(receiver, name); is_attribute(receiver, field))
        return field;
  return {};
}

// What is called only where tests hold: so is all that it does and gives.
Outcome Engine::call_under_conditions(const CallInput& invocation, ValueId callee,
                                      std::span<const ValueId> tests, int depth) {
  CallInput settled = invocation;
  settled.callee = callee;
  Outcome out = call(settled, depth);
  for (Step& step : out.steps)
    for (const ValueId test : tests) add_fact(step.holds, {test, true});
  if (out.value.exists()) out.value = where(pool_, out.value, tests);
  return out;
}

// What an object of the project has under a name, where that is no function.
bool Engine::is_attribute(ValueId receiver, ValueId member) const {
  if (project_object(pool_, receiver).kind == ProjectObject::Kind::None) return false;
  const Value& value = pool_[member];
  if (value.kind == ValueKind::OneOf)
    return std::ranges::none_of(pool_.operands(member), [&](ValueId one) {
      return pool_[bare(pool_, one)].kind == ValueKind::Function;
    });
  const bool unknown =
      pool_.opcode(member) == Opcode::Member && pool_.operands(member)[0] == receiver;
  return !unknown && value.kind != ValueKind::Function && value.kind != ValueKind::Absent &&
         project_object(pool_, member).kind != ProjectObject::Kind::Class;
}

Outcome Engine::call_alternatives(const CallInput& invocation, int depth) {
  if (const ValueId fitting = overload_for(invocation.callee, invocation.arguments);
      fitting.exists()) {
    CallInput settled = invocation;
    settled.callee = fitting;
    return call(settled, depth);
  }
  std::vector<Outcome> outcomes;
  std::vector<Alternative> values;
  const std::vector<ValueId> callees(pool_.operands(invocation.callee).begin(),
                                     pool_.operands(invocation.callee).end());
  const std::vector<GuardId> guards(pool_.guards(invocation.callee).begin(),
                                    pool_.guards(invocation.callee).end());
  const auto stands_alone = [&](ValueId one) {
    return !tells_nothing(pool_, one) && !is_called_by_place(pool_, one) &&
           !is_called_on_data(pool_, one);
  };
  const bool has_others = std::ranges::any_of(callees, stands_alone);
  for (std::size_t i = 0; i < callees.size(); ++i) {
    if (tells_nothing(pool_, callees[i])) continue;
    if (has_others && is_called_by_place(pool_, callees[i])) continue;
    CallInput one = invocation;
    one.callee = callees[i];
    outcomes.push_back(call(one, depth));
    if (outcomes.back().value.exists()) values.push_back({outcomes.back().value, guards[i]});
  }
  Outcome all = met(outcomes);
  all.value = values.empty() ? pool_.unknown("nothing callable") : pool_.one_of(values);
  return all;
}

ValueId Engine::promise_of(const Outcome& outcome) {
  return outcome.returns ? all_of(pool_, outcome.on_return) : pool_.boolean(false);
}

// `event.get("name")`: what is not there is nothing, or the default.
void Engine::add_got(const LibraryCall& call, const LibraryModel& row, Outcome& out) {
  if (row.computes != "get" && row.computes != "first" && row.computes != "index") return;
  if (!out.value.exists() || out.value == call.receiver) return;
  const bool raises =
      traits(call.language).sends_messages && pool_.operands(call.invocation.arguments).size() < 2;
  add_read(pool_, out.value, call.invocation.at, row.computes == "get" && !raises, out.steps);
}

Outcome Engine::call_library(const CallInput& invocation, int depth) {
  const std::string path = library_path(invocation.callee);
  const bool is_method = fnlint::is_method(pool_, invocation.callee);
  // `const { cleanup } = await file()`: what is taken out of an object is still its own.
  const bool is_member = is_method || pool_.opcode(invocation.callee) == Opcode::Member;
  const ValueId receiver = is_member ? pool_.operands(invocation.callee)[0] : ValueId{};
  const std::string method =
      is_method ? std::string(pool_.text(pool_.operands(invocation.callee)[1])) : std::string();
  const Language spoken =
      invocation.at.module.exists() ? language(invocation.at.module) : Language::Unknown;
  LibraryCall call{.engine = *this,
                   .invocation = invocation,
                   .language = spoken,
                   .path = path,
                   .method = method,
                   .receiver = receiver,
                   .depth = depth};
  const LibraryModel* exact = path.empty() ? nullptr : find_model_any(spoken, path);
  if (exact != nullptr) return apply_model(call, *exact);
  if (is_method)
    if (std::optional<Outcome> set = call_fluent(call)) return std::move(*set);
  const LibraryModel* generic = is_method ? model_by_name(call) : nullptr;
  const bool pure = generic != nullptr && generic->operation.empty() &&
                    generic->store == StoreHow::None && generic->invokes.empty() &&
                    generic->effect_of.empty();
  const bool may_be_own = is_method && may_be_of_project(pool_, receiver) && path.empty() &&
                          !(pure && is_plain_type(declared_type(receiver))) &&
                          !asks_whether_there(pool_, spoken, receiver, method) &&
                          (generic == nullptr || !is_map(pool_, receiver, method));
  if (generic == nullptr && path.empty())
    if (std::optional<Outcome> known = call_declared(call, false)) return std::move(*known);
  if (may_be_own) {
    Outcome out = call_unknown(invocation);
    // What is called like a method of a collection may be the project's own where it is asked of
    // the object itself, or where each value has a class.
    const bool of_own =
        has_origin(pool_, receiver, Origin::Receiver) || !traits(spoken).has_untyped_data;
    if (pure) out.on_return.clear();
    if (pure && !of_own) {
      out.steps.clear();
      // Asked twice, it answers the same: it does not matter where.
      out.value = pool_.computed(Opcode::Call,
                                 std::array<ValueId, 2>{invocation.callee, invocation.arguments});
      add_wait(call, *generic, out);
      add_got(call, *generic, out);
    }
    if (generic != nullptr && generic->store == StoreHow::Remove && generic->store_key.empty())
      out.changes.push_back({.into_receiver = true, .argument = {}, .how = StoreKind::Remove});
    const bool puts = generic != nullptr && !of_own &&
                      (generic->store == StoreHow::Update || generic->store == StoreHow::PutKey ||
                       generic->store == StoreHow::Append);
    if (puts && generic->invokes.empty()) out.changes = apply_model(call, *generic).changes;
    if (generic != nullptr && generic->itself) out.place = invocation.receiver_place;
    const ValueId callback =
        generic != nullptr && !generic->invokes.empty() ? select(call, generic->invokes) : ValueId{};
    const bool is_callback = callback.exists() && pool_[callback].kind == ValueKind::Function;
    if (callback.exists() && (is_callback || !of_own)) {
      Outcome called = apply_model(call, *generic);
      called.value = out.value;
      // Of the object itself: what it is given is called; that it is kept, nobody has said.
      if (pool_.is(receiver, ValueKind::Hole) && pool_[receiver].origin == Origin::Receiver) {
        called.changes.clear();
        std::erase_if(called.steps, [&](const Step& step) {
          return step.kind == StepKind::Store && step.at == invocation.at;
        });
      }
      return called;
    }
    return out;
  }
  if (generic != nullptr) {
    Outcome out = apply_model(call, *generic);
    if (is_method) add_got(call, *generic, out);
    return out;
  }
  // What an unknown library gave is what the project declares it to be.
  if (!path.empty() && !unknown_in(spoken, path).empty())
    if (std::optional<Outcome> known = call_declared(call, false)) return std::move(*known);
  if (!path.empty()) return unknown_library_call(call);
  Outcome out = call_unknown(invocation);
  if (traits(spoken).sends_messages && !is_open(pool_, invocation.callee)) run_callbacks(call, out);
  return out;
}

Outcome Engine::call_unknown(const CallInput& invocation) {
  Outcome out;
  out.understood = false;
  out.value = given_by(pool_, invocation);
  if (is_open(pool_, invocation.callee)) {
    const ValueId has_returned = returned_test(pool_, invocation);
    add_fact(out.on_return, {has_returned, true});
    out.sets = {has_returned};  // whatever it assigns
  }
  if (!invocation.at.module.exists()) return out;  // the platform calls it
  Step step;
  step.kind = StepKind::Call;
  step.at = invocation.at;
  step.subject = invocation.callee;
  step.value = invocation.receiver_place;
  step.arguments = invocation.arguments;
  if (invocation.places.exists() && !pool_.operands(invocation.places).empty())
    step.key = invocation.places;
  out.steps.push_back(std::move(step));
  return out;
}

}  // namespace fnlint
