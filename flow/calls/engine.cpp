// Composes the parts of the engine, and makes summaries of functions when they are first asked for.
#include "flow/engine/engine.h"

#include "core/text.h"
#include "flow/calls/arguments.h"
#include "flow/calls/dispatch.h"
#include "flow/engine/body.h"
#include "flow/engine/library_call.h"

#include <utility>
#include <vector>

namespace fnlint {

namespace {

// Each call puts its arguments into all that its callee returns: of values that grow with every
// call of a chain (trees of records), one that is larger than this is not kept.
constexpr std::size_t kReturnedParts = 4096;

void keep_what_is_small(ValuePool& pool, Summary& summary) {
  const auto keep = [&](ValueId& value) {
    if (!value.exists() || !has_more_parts_than(pool, value, kReturnedParts)) return;
    value = pool.unknown("more parts than are kept");
    summary.uncertainty |= kCut;
    summary.cut |= kCutParts;
  };
  keep(summary.returned);
  for (Step& step : summary.steps)
    if (step.kind == StepKind::Return) keep(step.value);
}

}  // namespace

std::string library_path(const ValuePool& pool, Language spoken, ValueId id) {
  const Value& value = pool[id];
  if (value.kind == ValueKind::Hole && value.origin == Origin::Library)
    return std::string(pool.text(id));
  if (value.kind == ValueKind::Object)
    return project_object(pool, id).kind == ProjectObject::Kind::None ? std::string(pool.text(id))
                                                                       : std::string();
  if (value.kind != ValueKind::Computed || pool.operands(id).size() < 2) return {};
  const ValueId object = pool.operands(id)[0];
  const bool is_member = pool.opcode(id) == Opcode::Member || pool.opcode(id) == Opcode::Method;
  // An operator that a row knows by its function's name: `Path("/tmp") / "x"`.
  const bool is_operator = pool.operands(id).size() == 2 && pool[object].kind != ValueKind::Hole;
  if (!is_member && !is_operator) return {};
  const std::string base = library_path(pool, spoken, object);  // once: chains of members are long
  if (base.empty()) return {};
  if (is_member) return cat(base, '.', pool.text(pool.operands(id)[1]));
  const LibraryModel* row = find_model_any(spoken, cat(base, '.', pool.text(id)));
  const bool gives = row != nullptr && row->returns.starts_with('=');
  return gives ? std::string(row->returns.substr(1)) : std::string();
}

Engine::Engine(ValuePool& pool, const Program& program)
    : index_(program),
      modules_(pool, program, index_),
      base_{pool, program, index_, modules_, context_},
      classes_(base_, *this),
      static_types_(program, modules_, classes_, *this),
      providers_(program, pool, classes_, *this),
      container_(base_, classes_, types_, providers_, *this),
      types_(base_, classes_, container_, *this),
      members_(base_, classes_, types_, container_, summaries_, *this),
      loader_(base_, classes_, types_, container_, members_, *this),
      handler_objects_(base_, types_, loader_, *this) {
  registrations_.begin_units(program.modules.size());
}

ValueId Engine::constant(ModuleId module, ExprId expr) {
  return default_value(*this, {module, FunctionId{0}}, expr);
}

CallResult Engine::call(const CallInput& invocation, int depth) {
  return call_value(*this, invocation, depth);
}

BodyResult Engine::walk(FunctionRef function, std::span<const ValueId> given) {
  return walk_body(*this, function, given);
}

std::string Engine::library_path(ValueId value) const {
  return fnlint::library_path(pool(), context_.language(), value);
}

ValueId Engine::attribute_of(ValueId base, const LibraryModel& model, const std::string& path,
                             std::span<const NamedValue> arguments) {
  const CallInput invocation{.callee = base, .arguments = pool().record(arguments)};
  const LibraryCall call{.engine = *this,
                         .invocation = invocation,
                         .language = model.language,
                         .path = path,
                         .receiver = base};
  return apply_model(call, model).value;
}

// None: it is being walked already, or so much else is that this one is not.
std::optional<Summary> Engine::walked(FunctionRef ref, std::span<const ValueId> given) {
  if (!context_.may_nest() || !summaries_.begin(ref)) return std::nullopt;
  const WalkContext::Nested deeper(context_);
  Missed missed = context_.exchange_missed({});
  BodyResult result = walk_body(*this, ref, given);
  missed = context_.exchange_missed(std::move(missed));
  result.summary.cut = missed.cuts;
  keep_what_is_small(pool(), result.summary);
  result.summary.unfollowed = std::move(missed.unfollowed);
  summaries_.end(ref);
  if (result.place.exists()) summaries_.keep_returned_place(ref, result.place);
  return std::move(result.summary);
}

const Summary& Engine::summary(FunctionRef ref) {
  static const Summary kUnknown{
      .steps = {}, .returned = {}, .on_return = {}, .uncertainty = kCut, .returns = true};
  if (const Summary* known = summaries_.find(ref)) return *known;
  std::optional<Summary> made = walked(ref, {});
  return made ? summaries_.keep(ref, std::move(*made)) : kUnknown;
}

const Summary& Engine::entered(FunctionRef ref, ValueId arguments) {
  const SummaryStore::Entered* known = summaries_.find_entered(ref);
  if (known != nullptr && known->arguments == arguments) return known->summary;
  const CodeFacts& code = facts(ref.module);
  const Slice<Parameter> parameters = code.functions[ref.function.index].parameters;
  // What is called otherwise as well has a summary for all.
  if (known != nullptr || parameters.count == 0 || summaries_.find(ref) != nullptr)
    return summary(ref);
  std::vector<ValueId> given;
  for (std::uint32_t i = 0; i < parameters.count; ++i) {
    const VariableId variable = code.parameters[parameters.first + i].variable;
    given.push_back(types_.refined(bound_parameter(*this, ref, i, arguments), ref.module,
                                   code.variables[variable.index].type));
  }
  std::optional<Summary> made = walked(ref, given);
  if (!made) return summary(ref);
  return summaries_.keep_entered(ref, {arguments, std::move(*made)});
}

std::optional<CallResult> Engine::settled(const Step& step) {
  if (step.kind != StepKind::Call || !is_method(pool(), step.subject)) return {};
  const CallInput invocation{.callee = step.subject,
                             .arguments = step.arguments,
                             .places = step.key,
                             .receiver_place = step.value,
                             .at = step.at};
  const Language spoken = language(step.at.module);
  const Language outer = context_.exchange_language(spoken);
  std::optional<CallResult> found =
      call_declared({.engine = *this,
                     .invocation = invocation,
                     .language = spoken,
                     .method = std::string(pool().text(pool().operands(step.subject)[1])),
                     .receiver = pool().operands(step.subject)[0]},
                    true);
  context_.exchange_language(outer);
  if (!found) return {};
  for (Step& one : found->steps) {
    one.via.insert(one.via.begin(), step.via.begin(), step.via.end());
    add_facts(one.holds, step.holds);
  }
  return found;
}

void Engine::forget_summaries(const IsForgotten& is_forgotten) {
  summaries_.forget(is_forgotten);
  container_.forget_given();
  members_.forget(is_forgotten);
  types_.forget(is_forgotten);
  classes_.forget(is_forgotten);
  handler_objects_.forget(is_forgotten);
  registrations_.forget(modules_.first_open(), is_forgotten);
  loader_.forget(modules_.first_open(), is_forgotten);
}

void Engine::begin_second_round() {
  modules_.begin_second_round();
  forget_summaries([this](ModuleId module) {
    return modules_.wants_second_round().contains(program().modules[module.index].unit);
  });
}

void Engine::begin_units() {
  context_.begin_function();
  modules_.begin_units();
  registrations_.begin_units(program().modules.size());
  loader_.begin_units();
}

void Engine::end_units() {
  forget_summaries([](ModuleId) { return true; });
  index_.end_units();
  classes_.end_units();
  static_types_.end_units();
  providers_.end_units();
  registrations_.end_units();
  modules_.end_units();
}

void Engine::keep_stored(const Engine& other, ValueTransfer& transfer) {
  index_.keep(other.index_);
  begin_units();
  modules_.keep_stored(other.modules_, transfer);
}

void Engine::keep_stored(const Engine& other) {
  index_.keep(other.index_);
  begin_units();
  modules_.keep_stored(other.modules_);
}

}  // namespace fnlint
