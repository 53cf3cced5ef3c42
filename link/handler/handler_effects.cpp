#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/dropped_errors.h"
#include "flow/syntax/failure_forms.h"
#include "flow/syntax/locks.h"
#include "flow/syntax/missing_item.h"
#include "flow/syntax/pointers.h"
#include "flow/syntax/same_way.h"
#include "link/effects/table_statement.h"
#include "link/effects/table_writes.h"
#include "link/handler/answer_uses.h"
#include "link/handler/duplicate_errors.h"
#include "link/handler/handler_run.h"
#include "link/handler/handler_safeguards.h"
#include "link/handler/later_reads.h"
#include "link/handler/read_places.h"
#include "link/handler/residual_reads.h"
#include "link/handler/result_reads.h"
#include "link/handler/sdk_error_fields.h"
#include "link/handler/set_limits.h"
#include "link/handler/slice_size.h"
#include "link/handler/state_places.h"
#include "link/handler/stored_parameters.h"
#include "link/handler/value_sites.h"
#include "link/handler/whole_request.h"
#include "link/handler/written_answers.h"
#include "link/stacks/arn.h"
#include "link/stacks/names.h"
#include "tables/known.h"
#include "tables/quotas.h"
#include "tables/sdk_parameters.h"
#include "values/lookups.h"
#include "values/request_data.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {

// What a run of a handler does to what outlives it.

// The tables that statements name; no id where none does.
ValueId HandlerRun::table_of(ValueId statements) const {
  if (!pool_.is(statements, ValueKind::OneOf)) {
    const std::optional<TableStatement> one = table_statement(pool_, statements);
    return one ? one->table : ValueId{};
  }
  std::vector<Alternative> tables;
  const std::vector<ValueId> all(pool_.operands(statements).begin(),
                                 pool_.operands(statements).end());
  for (const ValueId statement : all)
    if (const std::optional<TableStatement> one = table_statement(pool_, statement))
      tables.push_back({one->table, {}});
  return tables.empty() ? ValueId{} : pool_.one_of(tables);
}

// Where it is, on which way, and what a failure of it does.
Effect HandlerRun::effect_at(const Step& step, std::uint32_t operation, std::uint8_t uncertainty,
                             const FactSet& holds) const {
  Effect effect;
  effect.holds = holds;
  effect.operation = operation;
  effect.flags = step.flags | (is_route_ ? kInRoute : 0U);
  effect.uncertainty = (step.flags & kGuessed) != 0
                           ? static_cast<std::uint8_t>(uncertainty | kHeuristic)
                           : uncertainty;
  effect.where = span_of(step.at);
  effect.path = path_of(step);
  effect.library = step.library;
  effect.order = order_;
  const bool inserts = !operations()[operation].inserts.empty();
  const auto tells = [&](CallSite at) {
    if (at.module.index >= modules_.size()) return false;
    const CodeFacts& code = *modules_[at.module.index].facts;
    return inserts ? tells_duplicates(code, at.op) : tells_repeated_requests(code, at.op);
  };
  if ((inserts || operations()[operation].service == "http") &&
      (tells(step.at) || std::ranges::any_of(step.via, tells)))
    effect.flags |= kTellsDuplicates;
  note_lost_errors(step, effect);
  note_error_field(modules_, step, effect);
  effect.flags |= flags_by_form(engine_, step);
  effect.ends_loop = ends_loop(engine_, step);
  return effect;
}

// Whether an error that is raised beside the step ends before it comes to the runtime, and nothing
// is done about it.
bool HandlerRun::is_held(const Step& step) const {
  const auto holds = [&](CallSite at) {
    if (at.module.index >= modules_.size()) return false;
    const CodeFacts& code = *modules_[at.module.index].facts;
    if (has_error_values(code.language)) return false;  // the caller decides what comes of it
    const ErrorEnd end = error_end(code, at.op);
    return end == ErrorEnd::Dropped || end == ErrorEnd::Logged;
  };
  return holds(step.at) || std::ranges::any_of(step.via, holds);
}

void HandlerRun::note_lost_errors(const Step& step, Effect& effect) const {
  const LostErrors lost = lost_errors(step);
  effect.flags |= lost.how;
  if (lost.how == 0) return;
  effect.lost_in = handler_around(lost.at, library_of(step));
  if (lost.at.module.index >= modules_.size()) return;
  const CodeFacts& code = *modules_[lost.at.module.index].facts;
  const OpId attempt = taken_by(code, lost.at.op, library_of(step));
  if (const OpId exit = taken_away_by(code, lost.at.op); exit.exists())
    effect.taken_away_by = {modules_[lost.at.module.index].file, code.op_ranges[exit.index]};
  const bool is_told = (lost.how & kErrorsReturned) != 0;
  effect.lost_unseen = !is_told && (lost.by_caller ? !tells_success(code, lost.at.op, attempt)
                                                   : goes_on_alike(code, lost.at.op, attempt));
  if (effect.lost_in.file.exists()) effect.lost_on_purpose = is_meant_to_be_lost(code, attempt);
}

// What it is done with: the object, its result, key, arguments and target.
void HandlerRun::settle_effect(const Step& step, const EffectParts& parts, Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  if (step.subject.exists()) {
    effect.receiver = engine_.library_path(step.subject);
    effect.object = scope_.settle(step.subject);
    if (step.library != UINT32_MAX)
      effect.object =
          with_set_limits(pool_, modules_, step, library_models()[step.library], effect.object);
  }
  effect.result = read_of_result(step, operation);
  if (!operation.absent.empty() && step.at.module.index < modules_.size()) {
    const ModuleInfo& module = modules_[step.at.module.index];
    const Range used = missing_item_use(*module.facts, step.at.op, operation.absent);
    if (used.begin != used.end) effect.missing_used = {module.file, used};
  }
  if (operation.service == "http" && step.library != UINT32_MAX)
    if (const auto members = answer_members(library_models()[step.library].path))
      effect.unchecked = unchecked_answer(modules_, step, *members);
  if (effect.unchecked.unseen) effect.unchecked.held = is_held(step);
  if (const auto members = members_of_called(operation.id))
    effect.error_asked = unchecked_answer(modules_, step, *members).is_asked();
  effect.key = specialised_value(parts.key);
  if (operation.service == kListeners) {
    effect.object_lasts = step.subject.exists() && lasts(effect.object);
    effect.key_lasts = lasts(effect.key);
  }
  if (operation.target_kind == ResourceKind::Bucket) effect.key = key_in_address(pool_, effect.key);
  effect.arguments = with_spread_members(pool_, specialised_value(parts.arguments));
  if (step.rounds.exists()) effect.rounds = scope_.settle(step.rounds);
  effect.members_whole =
      find_sdk_parameters(operation.id) != nullptr && is_whole_request(modules_, step);
  for (const EntryLimit& limit : entry_limits())
    if (limit.operation == operation.id) effect.entries = slice_size(modules_, step, limit.list);
  if (chosen_key_.exists() && is_path_dependent(pool_, chosen_key_))
    effect.chosen_key = scope_.settle(chosen_key_);
  if (chosen_arguments_.exists() && is_path_dependent(pool_, chosen_arguments_)) {
    std::vector<ValueId> of_loops;  // among `tests` already
    effect.chosen_arguments = as_plain_lists(pool_, scope_.settle(chosen_arguments_), of_loops);
  }
  effect.target_value = any_entry(pool_, parameters_.put_in(specialised_value(parts.target)));
  if (effect.target_value.exists() && pool_.is(effect.target_value, ValueKind::List))
    effect.target_value = element(pool_, effect.target_value);  // of writes by table
  if (targets_in_statement(operation) && effect.target_value.exists())
    effect.target_value = table_of(effect.target_value);
}

// To each resource that its target may be.
void HandlerRun::add_to_targets(Effect effect) {
  const ResourceKind kind = operations()[effect.operation].target_kind;
  if (!effect.target_value.exists() || kind == ResourceKind::Other) {
    (kind == ResourceKind::Other ? function_.effects : function_.unknown_calls)
        .push_back(std::move(effect));
    return;
  }
  const std::vector<Match> matches = find_resource(pool_, stacks_, effect.target_value, kind);
  for (const Match& match : matches) {
    Effect one = effect;
    one.target = match.resource;
    // A default that the name and the resource share is the same whatever a deployment gives.
    const std::uint8_t own = pool_[effect.target_value].uncertainty;
    const bool shared = match.exact && (match.uncertainty & kOverridable) == 0;
    one.uncertainty = static_cast<std::uint8_t>(one.uncertainty | match.uncertainty |
                                             (shared ? own & ~kOverridable : own));
    if (matches.size() > 1 || pool_.is(effect.target_value, ValueKind::OneOf))
      one.uncertainty |= kConditional;
    function_.effects.push_back(std::move(one));
  }
  if (matches.empty()) {
    const bool literal = as_text(pool_, effect.target_value).has_value();
    (literal ? function_.effects : function_.unknown_calls).push_back(std::move(effect));
  }
}

namespace {

// Whether the record has one of the names, or parts that are not known and may.
bool may_have(const ValuePool& pool, ValueId record, std::string_view names) {
  if (!pool.is(record, ValueKind::Record)) return true;
  for (std::size_t i = 0; i < pool.names(record).size(); ++i) {
    const std::string_view name = pool[pool.names(record)[i]];
    if (name == kRest ? may_have(pool, pool.operands(record)[i], names)
                      : std::ranges::any_of(split(names, '|'), [&](std::string_view one) {
                          return one.substr(0, one.find('.')) == name;
                        }))
      return true;
  }
  return false;
}

// By its name alone a method is the SDK's if it is told what to do it to.
bool is_of_another_library(const ValuePool& pool, const Step& step, const Operation& operation,
                           ValueId arguments) {
  return step.library != UINT32_MAX && library_models()[step.library].path.starts_with("*.") &&
         !operation.target.empty() && arguments.exists() &&
         !may_have(pool, arguments, operation.target);
}

}  // namespace

void HandlerRun::take_effect(const Step& given, std::uint32_t operation, std::uint8_t uncertainty,
                             EffectParts parts) {
  Step step = given;
  std::vector<ValueId> tests;  // under which a loop has put together what is sent
  for (ValueId* const one : {&parts.arguments, &parts.target})
    if (one->exists()) *one = as_plain_lists(pool_, *one, tests);
  for (const ValueId test : tests) add_fact(step.holds, {test, true});
  const FactSet* const holds = settled_facts(step);
  if (holds == nullptr) return;
  Effect effect = effect_at(step, operation, uncertainty, *holds);
  settle_effect(step, parts, effect);
  if (is_of_another_library(pool_, step, operations()[operation], effect.arguments)) return;
  add_value_sites(pool_, modules_, effect.key, sited_, function_);
  add_value_sites(pool_, modules_, effect.arguments, sited_, function_);
  for (const Fact& fact : effect.holds)
    if (!is_readable(pool_, fact.test) && !is_success(pool_, fact))
      effect.flags |= kUnderUnknownTest;
  take_asked_of_extension(given, operation, uncertainty, parts.target);
  add_to_targets(std::move(effect));
}

void HandlerRun::take_asked_of_extension(const Step& step, std::uint32_t operation,
                                         std::uint8_t uncertainty, ValueId address) {
  if (operations()[operation].service != "http" || !address.exists()) return;
  const ValueId settled = specialised_value(address);
  for (const auto& [path, parameter, id] : known::extension_addresses()) {
    const ValueId named = named_in_query(pool_, settled, path, parameter);
    const Operation* const asked = find_operation(id);
    if (!named.exists() || asked == nullptr) continue;
    take_effect(step, static_cast<std::uint32_t>(asked - operations().data()), uncertainty,
                {.target = named});
  }
}

// Looked for where something depends on it.
ValueId HandlerRun::read_of_result(const Step& step, const Operation& operation) const {
  const bool may_wait = step.library != UINT32_MAX && library_models()[step.library].endless;
  const bool tells =
      !operation.failures.empty() || !operation.more.empty() || !operation.error_in.empty();
  if (!tells && !may_wait) return {};
  const ResultReads reads = result_reads(modules_, step);
  if (reads.members.empty() && !reads.goes_on) return {};
  std::vector<ValueId> names;
  for (const std::string& name : reads.members) names.push_back(pool_.text_value(name));
  if (!operation.error_in.empty() && step.at.module.index < modules_.size() &&
      names_any_beside(*modules_[step.at.module.index].facts, step.at.op, operation.error_in))
    names.push_back(pool_.text_value(operation.error_in.substr(0, operation.error_in.find('|'))));
  return pool_.list(names, reads.goes_on);
}

bool HandlerRun::outlives(ValueId place) const {
  ValueId root = place;
  while (pool_[root].kind == ValueKind::Computed && !pool_.operands(root).empty())
    root = pool_.operands(root)[0];
  const Value& value = pool_[root];
  if (value.kind == ValueKind::Object)
    return !engine_.registrations().is_per_request(project_object(pool_, root));
  if (value.kind != ValueKind::Hole) return false;
  if (value.origin == Origin::Global || value.origin == Origin::Library) return true;
  if (value.origin != Origin::Capture) return false;
  const ModuleId home{static_cast<std::uint32_t>(value.ref >> 32U)};
  const FunctionId maker =
      engine_.facts(home).variables[static_cast<std::uint32_t>(value.ref)].owner;
  if (engine_.summaries().is_called_at_init_only({home, maker})) return true;
  // A variable of a factory that the initialiser called: the handler was made inside it.
  const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
  if (module != function_.handler.module) return false;
  const CodeFacts& code = engine_.facts(module);
  const FunctionId owner = code.variables[static_cast<std::uint32_t>(value.ref)].owner;
  for (FunctionId at = code.functions[function_.handler.function.index].parent;
       at.exists() && at.index != 0; at = code.functions[at.index].parent)
    if (at == owner) return true;
  return false;
}

// Whether a value was made while the modules loaded, or is of a variable of one.
bool HandlerRun::lasts(ValueId value) const {
  if (!value.exists()) return false;
  if (pool_.is(value, ValueKind::OneOf))
    return std::ranges::all_of(pool_.operands(value), [&](ValueId one) { return lasts(one); });
  if (pool_.opcode(value) == Opcode::Member) return lasts(pool_.operands(value)[0]);
  if (!pool_.is(value, ValueKind::Object))
    return pool_.is(value, ValueKind::Hole) && pool_[value].origin == Origin::Global;
  const CallSite at = unpack_site(pool_[value].ref);
  if (at.module.index >= modules_.size() || !at.op.exists()) return false;
  const CodeFacts& code = engine_.facts(at.module);
  const FunctionId maker =
      at.op.index < code.ops.size() ? function_around(code, at.op) : FunctionId{};
  if (!maker.exists()) return false;
  const FunctionKind kind = code.functions[maker.index].kind;
  return kind == FunctionKind::ModuleInit || kind == FunctionKind::ClassInit ||
         engine_.summaries().is_called_at_init_only({at.module, maker});
}

void HandlerRun::take_change(const Step& step, std::uint8_t way) {
  if (!step.subject.exists() || !outlives(step.subject)) return;
  // A call has its address, and may write there: nothing says that it does.
  const CodeFacts& code = engine_.facts(step.at.module);
  const Op* const op = step.at.op.exists() ? &code.ops[step.at.op.index] : nullptr;
  if (op != nullptr && op->kind == OpKind::Assign &&
      is_left_by_call(code, code.assigns[op->detail].value))
    return;
  const FactSet* const holds = settled_facts(step);
  if (holds == nullptr) return;
  StateChange change;
  change.holds = *holds;
  change.how = step.store;
  change.place = step.subject;
  change.read_before = read_.contains(step.subject);
  change.key = scope_.settle(step.key);
  change.value = scope_.settle(step.value);
  change.unsettled = step.unsettled;
  change.of_request = is_request_data(pool_, change.value);
  const auto is_at_last = [&](const CallSite& site) {
    return is_in_finally(engine_.facts(site.module), site.op);
  };
  const bool at_last = is_at_last(step.at) || std::ranges::any_of(step.via, is_at_last);
  const auto is_held = [&](const CallSite& site) {
    return is_locked(engine_.facts(site.module), site.op);
  };
  const bool locked = is_held(step.at) || std::ranges::any_of(step.via, is_held);
  change.flags =
      step.flags | (in_hook_ ? kInHook : 0U) | (at_last ? kAtLast : 0U) | (locked ? kLocked : 0U);
  change.uncertainty = way;
  change.library = step.library;
  change.order = order_;
  change.where = span_of(step.at);
  change.path = path_of(step);
  change.name = place_name(engine_, step.subject, engine_.facts(step.at.module).language);
  change.holds_client = is_declared_client(engine_, modules_.size(), step.subject);
  change.of_logger = is_in_declared_logger(engine_, modules_.size(), step.subject);
  change.initial = initial_of(engine_, modules_.size(), step.subject, step.store);
  if (!change.initial.exists() && step.store != StoreKind::Assign)
    change.initial = held_since(engine_, function_.changes, step.subject);
  later_.add(change, function_.changes.size(), step);
  function_.changes.push_back(std::move(change));
}

}  // namespace fnlint
