// Turns Read and Return steps into rows with their facts, and decides whether a decorator or the
// runtime's adapter may change a return value.

#include "link/handler/handler_reads.h"

#include "flow/engine/reads.h"
#include "flow/state/first_round.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/list_uses.h"
#include "flow/syntax/missing_item.h"
#include "link/handler/call_places.h"
#include "link/handler/handler_calls.h"
#include "link/handler/written_answers.h"
#include "tables/models.h"
#include "values/summarised_lists.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kRecords = "Records";
constexpr std::size_t kReads = 512;  // of one function; what is beyond leaves them unknown

// The expression that reads, or the call.
Span span_of_read(const ValuePool& pool, std::span<const ModuleInfo> modules, const Step& step) {
  const std::optional<std::int64_t> expr =
      step.key.exists() ? as_integer(pool, step.key) : std::nullopt;
  if (!expr || step.at.module.index >= modules.size()) return span_of_call(modules, step.at);
  const ModuleInfo& module = modules[step.at.module.index];
  if (static_cast<std::size_t>(*expr) >= module.facts->expr_ranges.size())
    return span_of_call(modules, step.at);
  return {module.file, module.facts->expr_ranges[static_cast<std::size_t>(*expr)]};
}

// What becomes of a list that is read: where a loop over it is left in its first round; its first
// element is taken as by `[0]`; nothing but its length is asked for.
void note_use(ValuePool& pool, std::span<const ModuleInfo> modules, const Step& step,
              InputRead& read) {
  if (step.at.module.index >= modules.size()) return;
  const CodeFacts& code = *modules[step.at.module.index].facts;
  const std::optional<std::int64_t> key =
      step.key.exists() ? as_integer(pool, step.key) : std::nullopt;
  const ExprId expr = key ? ExprId{static_cast<std::uint32_t>(*key)} : ExprId{};
  if (expr.exists() && expr.index >= code.exprs.size()) return;
  const OpId left = expr.exists() ? left_in_first_round(code, expr) : OpId{};
  if (left.exists()) {
    read.left_at = span_of_call(modules, {.module = step.at.module, .op = left});
    return;
  }
  if (pool.text(step.value) != kRecords) return;  // of nothing else it is asked
  const ListUse use =
      expr.exists() ? use_of_list(code, expr) : use_of_entry(code, step.at.op, kRecords);
  if (use == ListUse::Asked) read.flags |= kResultUnused;
  if (use != ListUse::First) return;
  const std::array<ValueId, 2> first{step.value, pool.number(0)};
  read.value = pool.computed(kItem, first);
}

// Where what `event.get("a", {})` gives is used as if it could not be null.
Span null_used(std::span<const ModuleInfo> modules, const Step& step) {
  if (step.at.module.index >= modules.size() || !step.at.op.exists()) return {};
  const ModuleInfo& module = modules[step.at.module.index];
  const CodeFacts& code = *module.facts;
  if (code.ops[step.at.op.index].kind != OpKind::Call) return {};
  const Call& call = code.calls[code.ops[step.at.op.index].detail];
  const std::string_view name = name_of(code, call.callee);
  if (call.arguments.count != 2 || (name != "get" && name != "fetch")) return {};
  const Range used = search_use(code, step.at.op, "*");
  return used.end > used.begin ? Span{module.file, used} : Span{};
}

// With all that the template says; nothing where the path to the step is impossible.
std::optional<std::vector<Fact>> settled_holds(Engine& engine, FunctionScope& scope,
                                               const Step& step) {
  FactSet holds;
  for (const Fact& fact : step.holds)
    if (!assume(engine.pool(), holds, scope.settle_test(fact.test), fact.holds))
      return std::nullopt;
  return holds;
}

// The row of a decorator, itself or what its arguments make: `@logger.inject_lambda_context(...)`.
const LibraryModel* row_of_decorator(Engine& engine, ModuleId module, ExprId callee) {
  const CodeFacts& code = engine.facts(module);
  std::vector<std::string_view> members;
  constexpr int kParts = 8;
  for (int i = 0; i < kParts && callee.exists(); ++i) {
    const Expr& row = code.exprs[callee.index];
    if (row.kind == ExprKind::Member) {
      members.push_back(code.string(row.name));
      callee = ExprId{row.ref};
    } else if (row.kind == ExprKind::Result && code.ops[row.ref].kind == OpKind::Call) {
      callee = code.calls[code.ops[row.ref].detail].callee;
    } else if (row.kind == ExprKind::Variable) {
      ValueId value = engine.loader().global(module, VariableId{row.ref});
      for (std::size_t m = members.size(); m-- > 0;) value = engine.member_of(value, members[m]);
      return find_library_model(code.language, engine.library_path(value));
    } else {
      break;
    }
  }
  return nullptr;
}

// A program's main: what it hands the handler to is the runtime, which answers with what that
// returns. Libraries of HTTP make a response of it first.
bool hands_to_runtime(Engine& engine, ModuleId module, const Call& row) {
  if (row.mode != CallMode::Plain) return false;
  const LibraryModel* model = row_of_decorator(engine, module, row.callee);
  if (model == nullptr) return false;
  const bool is_http = model->path.starts_with("lambda_http.");
  return !is_http && (!model->entry.empty() || model->path.ends_with(".service_fn"));
}

// `export const handler = Sentry.wrapHandler(take)`: it answers what that answers. A middleware may
// make something else of it.
bool gives_as_is(const LibraryModel& model) {
  return model.wraps == "0" && model.with.empty() && model.kind == LibraryClass::None &&
         model.guard.empty();
}

}  // namespace

void add_input_read(const HandlerContext& context, const Step& step, CallPhase phase,
                    std::uint8_t uncertainty, std::span<const PlacedText> before) {
  ValuePool& pool = context.engine.pool();
  if (!step.value.exists() || context.function.reads.size() >= kReads) {
    context.function.reads_known = false;
    return;
  }
  const Value& value = pool[step.value];
  const std::string_view mark =
      value.kind == ValueKind::Computed ? pool.text(step.value) : std::string_view();
  const bool is_item = is_mark(mark);
  const ValueId hole = is_item ? pool.operands(step.value)[0] : step.value;
  const Origin origin = pool[hole].kind == ValueKind::Hole ? pool[hole].origin : Origin::None;
  if (is_item && mark != kItem && origin != Origin::Event) return;
  if (origin != Origin::Event && origin != Origin::Context && origin != Origin::Environment) return;
  if (!is_item && pool.text(hole).empty()) context.function.reads_known = false;
  std::optional<std::vector<Fact>> holds = settled_holds(context.engine, context.scope, step);
  if (!holds) return;
  InputRead read;
  read.phase = phase;
  read.value = step.value;
  read.absence_expected =
      (step.flags & kAbsenceExpected) != 0 || is_asked_for(pool, step.holds, step.value);
  if (const std::string_view path = pool.text(hole); origin == Origin::Context)
    read.given_by_code = context.engine.index().is_assigned_field(
        step.at.module, path.substr(0, path.find_first_of(".[")));
  read.holds = std::move(*holds);
  read.uncertainty = uncertainty;
  const bool may_fail = mark == kParsed || has_origin(pool, step.value, Origin::Event);
  read.flags = step.flags | (may_fail ? flags_by_form(context.engine, step) : 0);
  read.where = span_of_read(pool, context.modules, step);
  if (origin == Origin::Event && !is_item) {
    note_use(pool, context.modules, step, read);
    read.null_used = null_used(context.modules, step);
  }
  read.path.assign(before.begin(), before.end());
  std::ranges::move(path_of_step(context.modules, step), std::back_inserter(read.path));
  const bool again = std::ranges::any_of(context.function.reads, [&](const InputRead& one) {
    return one.value == read.value && one.where == read.where && one.holds == read.holds;
  });
  if (!again) context.function.reads.push_back(std::move(read));
}

void add_unknown_reader(const ValuePool& pool, std::span<const ModuleInfo> modules,
                        const Step& step, LambdaFunction& function) {
  if (!step.arguments.exists()) return;
  for (const ValueId argument : pool.operands(step.arguments)) {
    const bool given = is_whole_environment(pool, argument) || is_whole(pool, argument);
    const bool of_caller =
        pool[argument].kind == ValueKind::Hole && (pool[argument].origin == Origin::Parameter ||
                                                   pool[argument].origin == Origin::Capture);
    if (!given || of_caller) continue;
    function.reads_known = false;
    InputRead read;
    read.value = argument;
    read.holds = step.holds;
    read.flags = step.flags;
    read.where = span_of_call(modules, step.at);
    read.path = path_of_step(modules, step);
    if (function.reads.size() < kReads) function.reads.push_back(std::move(read));
  }
}

namespace {

// What a function of another file returns, which the handler hands on as it is, is the handler's
// answer: many may share that file.
CallSite returned_here(const Step& step) {
  return step.via.empty() || step.via.front().module == step.at.module ? step.at : step.via.front();
}

}  // namespace

void add_returned(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
                  const Step& step, std::uint8_t uncertainty, LambdaFunction& function) {
  ValuePool& pool = engine.pool();
  std::optional<std::vector<Fact>> holds = settled_holds(engine, scope, step);
  if (!holds) return;
  ReturnedValue returned;
  returned.value = scope.settle(step.value);
  std::vector<ValueId> tests;  // of what loops put in: what is returned may have it
  if (returned.value.exists()) returned.value = as_plain_lists(pool, returned.value, tests);
  returned.goes_on_after = goes_on_after(engine, modules, tests);
  std::vector<ValueId> held;
  for (const Fact& fact : step.holds) held.push_back(fact.test);
  returned.behind_caught_rounds = is_behind_caught_rounds(engine, held);
  returned.unserializable = unserializable_parts(engine, modules, step.at);
  while (returned.value.exists() && pool.is(returned.value, ValueKind::Task))
    returned.value = pool.operands(returned.value)[0];
  returned.holds = std::move(*holds);
  returned.uncertainty = uncertainty;
  const CallSite at = returned_here(step);
  returned.beside_error =
      at.op.exists() && is_beside_error(engine.facts(step.at.module), step.at.op);
  returned.where = at.op.exists() ? span_of_call(modules, at) : function.handler_where;
  const bool is_dropped = (step.flags & kBesideError) != 0;
  (is_dropped ? function.dropped_returns : function.returns).push_back(std::move(returned));
}

bool returns_as_written(Engine& engine, FunctionRef handler) {
  const CodeFacts& code = engine.facts(handler.module);
  std::vector<std::uint32_t> holders;
  const auto is_function = [&](ExprId expr) {
    if (!expr.exists()) return false;
    const Expr& row = code.exprs[expr.index];
    return (row.kind == ExprKind::Function && row.ref == handler.function.index) ||
           (row.kind == ExprKind::Variable && std::ranges::find(holders, row.ref) != holders.end());
  };
  for (const Assign& row : code.assigns)
    if (row.target.exists() && is_function(row.value) &&
        code.exprs[row.target.index].kind == ExprKind::Variable)
      holders.push_back(code.exprs[row.target.index].ref);
  std::vector<std::uint32_t> decorated;  // results of decorators that give back what they are given
  for (std::uint32_t at = 0; at < code.ops.size(); ++at) {
    if (code.ops[at].kind != OpKind::Call) continue;
    const Call& row = code.calls[code.ops[at].detail];
    for (const Operand& operand : code.operands_of(row.arguments)) {
      const bool of_result =
          operand.value.exists() && code.exprs[operand.value.index].kind == ExprKind::Result &&
          std::ranges::find(decorated, code.exprs[operand.value.index].ref) != decorated.end();
      if (!is_function(operand.value) && !of_result) continue;
      if (row.mode == CallMode::Annotate) continue;
      if (hands_to_runtime(engine, handler.module, row)) {
        decorated.push_back(at);
        continue;
      }
      const LibraryModel* model = row_of_decorator(engine, handler.module, row.callee);
      const bool hands_on =
          model != nullptr &&
          (row.mode == CallMode::Decorator ? !model->wraps.empty()
                                           : row.mode == CallMode::Plain && gives_as_is(*model));
      if (!hands_on) return false;
      decorated.push_back(at);
    }
  }
  return true;
}

}  // namespace fnlint
