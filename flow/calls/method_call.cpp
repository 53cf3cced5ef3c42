// A method by its name. Who the receiver is decides in a fixed order whose method it is.
#include "core/text.h"
#include "flow/calls/dispatch.h"
#include "flow/calls/generated_members.h"
#include "flow/engine/reads.h"
#include "flow/models/table_dispatch.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace fnlint {

bool asks_whether_there(const ValuePool& pool, Language language, ValueId receiver,
                        std::string_view name) {
  if (!pool.is(receiver, ValueKind::OneOf) || !pool.conditioned(receiver)) return false;
  const LibraryModel* model = find_library_model(language, cat("*.", name));
  return model != nullptr && model->of == "receiver" && is_test(model->computes) &&
         std::ranges::none_of(pool.operands(receiver),
                              [&](ValueId one) { return pool.is(one, ValueKind::Object); });
}

namespace {

// What an object of the project has under a name, where that is no function.
bool is_attribute(const ValuePool& pool, ValueId receiver, ValueId member) {
  if (project_object(pool, receiver).kind == ProjectObject::Kind::None) return false;
  const Value& value = pool[member];
  if (value.kind == ValueKind::OneOf)
    return std::ranges::none_of(pool.operands(member), [&](ValueId one) {
      return pool[bare(pool, one)].kind == ValueKind::Function;
    });
  const bool unknown =
      pool.opcode(member) == Opcode::Member && pool.operands(member)[0] == receiver;
  return !unknown && value.kind != ValueKind::Function && value.kind != ValueKind::Absent &&
         project_object(pool, member).kind != ProjectObject::Kind::Class;
}

class MethodCall {
 public:
  MethodCall(Engine& engine, const CallInput& invocation, int depth)
      : engine_(engine),
        pool_(engine.pool()),
        invocation_(invocation),
        depth_(depth),
        receiver_(pool_.operands(invocation.callee)[0]),
        name_(pool_.operands(invocation.callee)[1]),
        method_(pool_.text(name_)),
        language_(invocation.at.module.exists() ? engine.language(invocation.at.module)
                                                : Language::Unknown),
        owner_(project_object(pool_, receiver_)) {}

  using Taken = std::optional<CallResult>;
  struct NamedStep {
    MethodStep takes{};
    Taken (MethodCall::*take)();
  };
  // The first that knows the call answers for it; what none of them takes is a library's.
  static std::span<const NamedStep> steps();

  CallResult run() {
    for (const NamedStep& step : steps())
      if (Taken taken = (this->*step.take)()) return std::move(*taken);
    return call_library(engine_, invocation_, depth_);
  }

 private:
  Taken take_question_of_nothing();
  Taken take_conditions();
  Taken take_entries_by_key();
  Taken take_alternatives();
  Taken take_declared_own();
  Taken take_event();
  Taken take_function();
  Taken take_open_function();
  Taken take_component();
  Taken look_up();
  Taken take_attribute();
  Taken take_accessor();
  Taken take_promoted();
  Taken take_own();
  Taken take_base_constructor();
  Taken take_callable_object();
  Taken take_kept_library();
  Taken take_super();
  Taken take_generated();
  Taken take_extension();
  Taken take_computing_base();

  [[nodiscard]] bool stands_in_code() const { return invocation_.at.module.exists(); }
  [[nodiscard]] bool gives_nothing() const {
    return pool_.operands(invocation_.arguments).empty();
  }
  [[nodiscard]] CallInput with_callee(ValueId callee) const {
    CallInput settled = invocation_;
    settled.callee = callee;
    return settled;
  }
  static CallResult giving(ValueId value) {
    CallResult out;
    out.value = value;
    return out;
  }
  [[nodiscard]] bool answers_for_nothing() const;
  ValueId component_read();
  ValueId only_method(const StaticType& type);

  Engine& engine_;
  ValuePool& pool_;
  const CallInput& invocation_;
  const int depth_;
  const ValueId receiver_, name_;
  const std::string method_;
  const Language language_;  // Unknown: it stands in no code
  const ProjectObject owner_;
  ValueId member_;  // what the receiver has under the name, once that is looked up
};

std::span<const MethodCall::NamedStep> MethodCall::steps() {
  static constexpr std::array kMethodSteps{
      NamedStep{MethodStep::QuestionOfNothing, &MethodCall::take_question_of_nothing},
      NamedStep{MethodStep::Conditions, &MethodCall::take_conditions},
      NamedStep{MethodStep::EntryByKey, &MethodCall::take_entries_by_key},
      NamedStep{MethodStep::Alternatives, &MethodCall::take_alternatives},
      NamedStep{MethodStep::DeclaredOwn, &MethodCall::take_declared_own},
      NamedStep{MethodStep::Event, &MethodCall::take_event},
      NamedStep{MethodStep::Function, &MethodCall::take_function},
      NamedStep{MethodStep::OpenFunction, &MethodCall::take_open_function},
      NamedStep{MethodStep::Component, &MethodCall::take_component},
      NamedStep{MethodStep::LookUp, &MethodCall::look_up},
      NamedStep{MethodStep::Attribute, &MethodCall::take_attribute},
      NamedStep{MethodStep::Accessor, &MethodCall::take_accessor},
      NamedStep{MethodStep::Promoted, &MethodCall::take_promoted},
      NamedStep{MethodStep::Own, &MethodCall::take_own},
      NamedStep{MethodStep::BaseConstructor, &MethodCall::take_base_constructor},
      NamedStep{MethodStep::CallableObject, &MethodCall::take_callable_object},
      NamedStep{MethodStep::KeptLibrary, &MethodCall::take_kept_library},
      NamedStep{MethodStep::Super, &MethodCall::take_super},
      NamedStep{MethodStep::Generated, &MethodCall::take_generated},
      NamedStep{MethodStep::Extension, &MethodCall::take_extension},
      NamedStep{MethodStep::ComputingBase, &MethodCall::take_computing_base},
  };
  return kMethodSteps;
}

// `found.map(...)`, `found.orElse(x)` of what is nothing on some ways: these are ways of it, too.
bool MethodCall::answers_for_nothing() const {
  if (!pool_.is(receiver_, ValueKind::OneOf) || !stands_in_code()) return false;
  const auto is_nothing = [&](ValueId one) { return is_nullish(pool_, one); };
  if (std::ranges::none_of(pool_.operands(receiver_), is_nothing)) return false;
  const LibraryModel* model = model_by_name({.engine = engine_,
                                             .invocation = invocation_,
                                             .language = language_,
                                             .method = method_});
  return model != nullptr && (model->times == Times::Maybe || model->computes == "held_or");
}

MethodCall::Taken MethodCall::take_question_of_nothing() {
  if (!asks_whether_there(pool_, engine_.context().language(), receiver_, method_) &&
      !answers_for_nothing())
    return {};
  return call_library(engine_, invocation_, depth_);
}

MethodCall::Taken MethodCall::take_conditions() {
  if (!is_where(pool_, receiver_)) return {};
  const auto parts = pool_.operands(receiver_);
  return call_under_conditions(engine_, invocation_, method_value(pool_, parts[0], name_),
                               parts.subspan(1), depth_);
}

MethodCall::Taken MethodCall::take_entries_by_key() {
  const ValueId any = receiver_by_key(pool_, receiver_, name_);
  if (!any.exists()) return {};
  return call_method(engine_, with_callee(method_value(pool_, any, name_)), depth_);
}

MethodCall::Taken MethodCall::take_alternatives() {
  if (!pool_.is(receiver_, ValueKind::OneOf)) return {};
  std::vector<Alternative> methods;
  const std::vector<ValueId> receivers(pool_.operands(receiver_).begin(),
                                       pool_.operands(receiver_).end());
  const std::vector<GuardId> guards(pool_.guards(receiver_).begin(), pool_.guards(receiver_).end());
  for (std::size_t i = 0; i < receivers.size(); ++i) {
    const ValueKind kind = pool_[receivers[i]].kind;
    if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;  // it would raise
    methods.push_back({method_value(pool_, receivers[i], name_), guards[i]});
  }
  if (methods.empty()) return unknown_call(pool_, invocation_);
  const CallInput settled = with_callee(pool_.one_of(methods));
  if (!pool_.is(settled.callee, ValueKind::OneOf)) return call_method(engine_, settled, depth_);
  CallResult out = call_alternatives(engine_, settled, depth_);
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

// `json.Unmarshal(body, &job)`: what comes of the event is held as what its declaration says, whose
// methods read it as their own object. None where it may be of another class below that one.
MethodCall::Taken MethodCall::take_declared_own() {
  const bool is_read = pool_.is(receiver_, ValueKind::Hole)
                           ? pool_[receiver_].origin == Origin::Event
                           : pool_.is(receiver_, ValueKind::Computed) &&
                                 has_origin(pool_, receiver_, Origin::Event);
  if (!is_read || !stands_in_code() || depth_ >= static_cast<int>(kCallDepth)) return {};
  const std::optional<StaticType> type = engine_.static_types().of_receiver(invocation_.at);
  if (!type || !type->own.type.exists()) return {};
  const ValueId method = only_method(*type);
  if (!method.exists()) return {};
  return engine_.call(with_callee(with_this(pool_, method, receiver_)), depth_ + 1);
}

// What every object of that declared type has under the name; no id: it may be one of several, or
// nobody wrote it.
ValueId MethodCall::only_method(const StaticType& type) {
  const std::vector<ProjectObject> all =
      engine_.classes().implementers_of(type.own, type.module, type.type);
  const ValueId below = engine_.classes().classes_that_are(type.own);
  if (all.size() != 1 || (below.exists() && pool_.operands(below).size() > 1)) return {};
  const ValueId found = engine_.written_member(all.front(), method_);
  if (!found.exists() || !pool_.is(found, ValueKind::Function)) return {};
  const FunctionRef ref = unpack(pool_[found].ref);
  const Function& function = engine_.facts(ref.module).functions[ref.function.index];
  const bool is_written = function.first.exists() && function.first != function.end;
  return is_written && function.kind != FunctionKind::Accessor ? found : ValueId{};
}

MethodCall::Taken MethodCall::take_event() {
  const Value& value = pool_[receiver_];
  const bool is_given = value.kind == ValueKind::Hole &&
                        (value.origin == Origin::Event || value.origin == Origin::Context);
  if (!is_given) return {};
  const ValueId extension = extension_method(engine_, receiver_, method_, invocation_);
  if (extension.exists()) return engine_.call(with_callee(extension), depth_);
  CallResult outcome = call_event(engine_, invocation_, receiver_, name_);
  if (!outcome.value.exists()) return {};
  add_read(pool_, outcome.value, invocation_.at, false, outcome.steps);
  return outcome;
}

MethodCall::Taken MethodCall::take_function() {
  const auto itself = call_by_method(engine_, receiver_, method_, invocation_);
  if (!itself) return {};
  return engine_.call(*itself, depth_);
}

MethodCall::Taken MethodCall::take_open_function() {
  const bool may_be_function =
      pool_.is(receiver_, ValueKind::Hole) || pool_.is(receiver_, ValueKind::Computed);
  if (!may_be_function || !is_open(pool_, receiver_) || !stands_in_code() ||
      !hands_receiver(language_, method_))
    return {};
  return unknown_call(pool_, invocation_);
}

MethodCall::Taken MethodCall::take_component() {
  return engine_.container().call_component(invocation_, receiver_, method_);
}

MethodCall::Taken MethodCall::look_up() {
  member_ = engine_.members().called_member(receiver_, method_, invocation_.at.module);
  return {};
}

MethodCall::Taken MethodCall::take_attribute() {
  const bool sends = stands_in_code() && traits(language_).sends_messages;
  if (!sends || !is_attribute(pool_, receiver_, member_) || !gives_nothing()) return {};
  return giving(member_);
}

MethodCall::Taken MethodCall::take_accessor() {
  const ValueId component = component_read();
  if (!component.exists()) return {};
  return giving(component);
}

// What a method that nobody wrote gives: of a record its component, and of a class whose getters
// are generated the field; no id: it is another one.
ValueId MethodCall::component_read() {
  const bool may_read = stands_in_code() && traits(language_).has_accessor_methods &&
                        gives_nothing() && owner_.kind == ProjectObject::Kind::Instance;
  if (!may_read) return {};
  if (is_attribute(pool_, receiver_, member_)) return member_;
  if (pool_.is(member_, ValueKind::Function)) return {};
  for (const std::string_view verb : {"get", "is"})
    if (const std::string name = field_behind(method_, verb); !name.empty())
      if (const ValueId field = engine_.member_of(receiver_, name);
          is_attribute(pool_, receiver_, field))
        return field;
  return {};
}

// A method of a library's object that a struct embeds, or of a library's class that is its base.
MethodCall::Taken MethodCall::take_promoted() {
  const bool is_promoted =
      pool_.opcode(member_) == Opcode::Member && pool_.operands(member_)[0] != receiver_ &&
      depth_ < static_cast<int>(kCallDepth) &&
      (owner_.kind == ProjectObject::Kind::Instance || owner_.kind == ProjectObject::Kind::Class) &&
      !engine_.library_path(pool_.operands(member_)[0]).empty();
  if (!is_promoted) return {};
  return call_method(engine_, with_callee(method_value(pool_, pool_.operands(member_)[0], name_)),
                     depth_ + 1);
}

MethodCall::Taken MethodCall::take_own() {
  const ValueKind kind = pool_[member_].kind;
  // What the base class of a library has: `Order.model_validate(data)`.
  const bool is_inherited = kind == ValueKind::Hole && pool_[member_].origin == Origin::Library &&
                            owner_.kind != ProjectObject::Kind::None;
  const bool is_own = kind == ValueKind::Function || kind == ValueKind::OneOf || is_inherited ||
                      project_object(pool_, member_).kind == ProjectObject::Kind::Class;
  if (!is_own) return {};
  return engine_.call(with_callee(engine_.members().bound_to_record(member_, receiver_)), depth_);
}

MethodCall::Taken MethodCall::take_base_constructor() {
  if (owner_.kind != ProjectObject::Kind::Class || !stands_in_code() ||
      method_ != traits(language_).derived_constructor)
    return {};
  return construct(engine_, with_callee(receiver_), depth_ + 1);
}

MethodCall::Taken MethodCall::take_callable_object() {
  const auto held = call_by_method(engine_, member_, {}, invocation_);
  if (!held) return {};
  return call_method(engine_, *held, depth_ + 1);
}

// What a library gave is kept by the project's own and called there: `lib.send(x)`.
MethodCall::Taken MethodCall::take_kept_library() {
  const bool is_kept = pool_.is(member_, ValueKind::Object) &&
                       engine_.library_path(receiver_).empty() &&
                       !engine_.library_path(member_).empty();
  if (!is_kept) return {};
  return call_library(engine_, with_callee(member_), depth_);
}

MethodCall::Taken MethodCall::take_super() {
  if (!is_super(pool_, receiver_)) return {};  // of a library's class
  return call_library(engine_,
                      with_callee(method_value(pool_, pool_.object(0, "super()"), name_)), depth_);
}

MethodCall::Taken MethodCall::take_generated() {
  if (owner_.kind != ProjectObject::Kind::Instance ||
      !engine_.static_types().is_generated(owner_, method_))
    return {};
  return call_generated(pool_, invocation_, method_);
}

MethodCall::Taken MethodCall::take_extension() {
  const ValueId extension = extension_method(engine_, receiver_, method_, invocation_);
  if (!extension.exists()) return {};
  return engine_.call(with_callee(extension), depth_);
}

MethodCall::Taken MethodCall::take_computing_base() {
  const bool is_constructor = method_.starts_with('<');  // whoever makes the object runs it
  if (is_constructor ||
      find_model_any(engine_.context().language(), cat("*.", method_)) != nullptr)
    return {};
  const ValueId base = engine_.members().computing_base(owner_);
  if (!base.exists()) return {};
  return call_library(engine_, with_callee(method_value(pool_, base, name_)), depth_);
}

}  // namespace

CallResult call_method(Engine& engine, const CallInput& invocation, int depth) {
  return MethodCall(engine, invocation, depth).run();
}

std::vector<MethodStep> steps_of_method_call() {
  std::vector<MethodStep> all;
  for (const MethodCall::NamedStep& step : MethodCall::steps()) all.push_back(step.takes);
  return all;
}

}  // namespace fnlint
