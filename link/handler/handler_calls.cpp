// Sorts calls into the lists of LambdaFunction, and decides what a missing or uncallable handler
// name proves, and when an invocation is over.

#include "link/handler/handler_calls.h"

#include "core/text.h"
#include "flow/models/library_sinks.h"
#include "flow/syntax/closed_results.h"
#include "flow/syntax/missing_item.h"
#include "link/handler/call_places.h"
#include "link/handler/own_credentials.h"
#include "link/handler/value_sites.h"
#include "link/handler/written_answers.h"
#include "tables/languages.h"
#include "tables/models.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace fnlint {

namespace {

bool is_library_star(const CodeFacts& code, const Program& program, ModuleId module) {
  for (std::size_t i = 0; i < code.imports.size(); ++i) {
    const bool star = (code.imports[i].flags & kStar) != 0 ||
                      ((code.imports[i].flags & kReexport) != 0 &&
                       !code.imports[i].local.exists());
    if (star && !program.modules[module.index].imports[i].module.exists()) return true;
  }
  return false;
}

// `new Server(module.exports, "run")`: whoever is given all that a module exports may add to it.
bool hands_out_exports(const CodeFacts& code) {
  if (code.language != Language::JavaScript) return false;
  const auto is_exports = [&](ExprId expr) {
    if (!expr.exists() || code.exprs[expr.index].kind != ExprKind::Variable) return false;
    const Variable& row = code.variables[code.exprs[expr.index].ref];
    return row.kind == VariableKind::Module && row.owner.index == 0 &&
           code.string(row.name) == "exports";
  };
  return std::ranges::any_of(code.calls, [&](const Call& row) {
    return std::ranges::any_of(code.operands_of(row.arguments),
                               [&](const Operand& operand) { return is_exports(operand.value); });
  });
}

// Names that a module makes in ways that its text does not show.
bool makes_names(const CodeFacts& code) {
  if (hands_out_exports(code)) return true;
  constexpr std::string_view kMakers[] = {"globals", "exec", "eval", "vars", "setattr",
                                          "define_method", "alias_method", "instance_eval"};
  for (const Import& row : code.imports)
    if (code.string(row.module) == "<builtins>" &&
        std::find(std::begin(kMakers), std::end(kMakers), code.string(row.name)) !=
            std::end(kMakers))
      return true;
  return std::any_of(code.functions.begin(), code.functions.end(), [&](const Function& row) {
    return code.string(row.name) == "__getattr__" && row.parent.index == 0;
  });
}

// `handler :query do |event|`: what is called with the name and a block may make a method of it.
bool is_named_with_block(const CodeFacts& code, std::string_view name) {
  const auto is_kind = [&](const Operand& one, ExprKind kind) {
    return one.value.exists() && code.exprs[one.value.index].kind == kind;
  };
  return std::ranges::any_of(code.calls, [&](const Call& row) {
    const auto given = code.operands_of(row.arguments);
    return given.size() > 1 && code.exprs[row.callee.index].kind != ExprKind::Member &&
           is_kind(given.front(), ExprKind::Text) && is_kind(given.back(), ExprKind::Function) &&
           code.string(code.exprs[given.front().value.index].name) == name;
  });
}

// Whether a call takes the function, itself or by a variable that holds it.
bool is_handed_over(const CodeFacts& code, FunctionId function) {
  const auto is_function = [&](ExprId expr) {
    return expr.exists() && code.exprs[expr.index].kind == ExprKind::Function &&
           code.exprs[expr.index].ref == function.index;
  };
  std::vector<std::uint32_t> holders;
  for (const Assign& row : code.assigns)
    if (row.target.exists() && is_function(row.value) &&
        code.exprs[row.target.index].kind == ExprKind::Variable)
      holders.push_back(code.exprs[row.target.index].ref);
  return std::any_of(code.calls.begin(), code.calls.end(), [&](const Call& row) {
    const auto operands = code.operands_of(row.arguments);
    return std::any_of(operands.begin(), operands.end(), [&](const Operand& operand) {
      if (!operand.value.exists()) return false;
      const Expr& value = code.exprs[operand.value.index];
      return is_function(operand.value) ||
             (value.kind == ExprKind::Variable &&
              std::find(holders.begin(), holders.end(), value.ref) != holders.end());
    });
  });
}

// `if err != nil`: what follows runs wherever nothing failed.
bool asks_error(const ValuePool& pool, ValueId test) {
  bool found = false;
  for_each_below(pool, test, [&](ValueId id) {
    found = found || (pool[id].kind == ValueKind::Hole &&
                      pool[id].origin == Origin::CallResult && pool.text(id) == "error");
  });
  return found;
}

}  // namespace

CalledFunction called_function(const Engine& engine, FunctionRef handler) {
  CalledFunction called;
  const CodeFacts& code = engine.facts(handler.module);
  if (handler.function.index == 0 || is_handed_over(code, handler.function)) return called;
  const Function& row = code.functions[handler.function.index];
  called.known = true;
  called.name = std::string(code.string(row.name));
  called.flags = row.flags;
  called.gives_nothing =
      row.returns.exists() && code.string(code.types[row.returns.index].path) == "void";
  for (std::uint32_t i = 0; i < row.parameters.count; ++i) {
    const Parameter& parameter = code.parameters[row.parameters.first + i];
    called.parameters.emplace_back(code.string(code.variables[parameter.variable.index].name));
    if (parameter.rest == RestKind::Positional) called.any = true;
    if (parameter.rest == RestKind::Named) called.any_named = true;
    if (parameter.rest != RestKind::None) continue;
    ++called.most;
    if (!parameter.fallback.exists()) ++called.least;
  }
  return called;
}

std::optional<CodeCall> call_of_step(Engine& engine, FunctionScope& scope,
                                     std::span<const ModuleInfo> modules, const Step& step,
                                     std::uint8_t uncertainty) {
  ValuePool& pool = engine.pool();
  CodeCall call;
  FactSet holds;
  for (const Fact& fact : step.holds)
    if (!assume(pool, holds, scope.settle_test(fact.test), fact.holds)) return std::nullopt;
  call.holds = std::move(holds);
  call.library = step.library;
  const bool of_operation = step.kind == StepKind::Effect || step.kind == StepKind::Sink;
  call.operation = of_operation ? step.model : UINT32_MAX;
  call.name = name_of_call(engine, step.at);
  call.value = scope.settle(step.value);
  call.key = scope.settle(step.key);
  call.arguments = scope.settle(step.arguments);
  if (step.rounds.exists()) call.rounds = scope.settle(step.rounds);
  call.uncertainty = uncertainty;
  if ((step.flags & kGuessed) != 0) call.uncertainty |= kHeuristic;
  call.flags = step.flags | flags_by_form(engine, step);
  for (const Fact& fact : call.holds)
    if (!is_readable(pool, fact.test) && !asks_error(pool, fact.test))
      call.flags |= kUnderUnknownTest;
  call.where = span_of_call(modules, step.at);
  call.path = path_of_step(modules, step);
  if (step.kind == StepKind::Start && step.value.exists())
    call.left_at = span_of_call(modules, unpack_site(pool[step.value].ref));
  return call;
}

namespace {

bool is_null_test(const ValuePool& pool, ValueId test) {
  if (!pool.is(test, ValueKind::Computed)) return false;
  if (pool.opcode(test) == Opcode::IsNull) return true;
  if (pool.opcode(test) != Opcode::Equal) return false;
  return std::ranges::any_of(pool.operands(test),
                             [&](ValueId one) { return pool.is(one, ValueKind::Null); });
}

// Of a test of several parts, whether it says so whichever of them holds.
bool says_failed(const ValuePool& pool, const Fact& fact) {
  const bool computed = pool.is(fact.test, ValueKind::Computed);
  const Opcode opcode = computed ? pool.opcode(fact.test) : Opcode::Equal;
  const auto part_says = [&](bool holds) {
    return [&pool, holds](ValueId part) { return says_failed(pool, {part, holds}); };
  };
  if (opcode == Opcode::Not) return says_failed(pool, {pool.operands(fact.test)[0], !fact.holds});
  if (opcode == Opcode::And || opcode == Opcode::Or)
    return (opcode == Opcode::And) == fact.holds
               ? std::ranges::any_of(pool.operands(fact.test), part_says(fact.holds))
               : std::ranges::all_of(pool.operands(fact.test), part_says(fact.holds));
  return asks_error(pool, fact.test) && fact.holds != is_null_test(pool, fact.test);
}

// Something has failed where the call runs: it stands in a handler of errors, or where an error is
// there.
bool after_error(const Engine& engine, const Step& step, const CodeCall& call) {
  std::vector<CallSite> sites = step.via;
  sites.push_back(step.at);
  for (const CallSite& site : sites) {
    if (site.module.index >= engine.program().modules.size()) continue;
    const CodeFacts& code = engine.facts(site.module);
    for (const Catch& handler : code.catches)
      if (handler.first <= site.op && site.op < handler.end) return true;
  }
  const ValuePool& pool = engine.pool();
  return std::ranges::any_of(call.holds, [&](const Fact& fact) { return says_failed(pool, fact); });
}

// A row that says what is left running says it in another step.
void add_work(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
              const Step& step, std::uint8_t uncertainty, LambdaFunction& function) {
  if (step.library != UINT32_MAX && !library_models()[step.library].starts.empty()) return;
  std::optional<CodeCall> call = call_of_step(engine, scope, modules, step, uncertainty);
  // Waiting before another attempt is what a call that failed is answered with.
  if (call && !after_error(engine, step, *call)) function.work.push_back(std::move(*call));
}

// Asked of the value alone before the facts are: most of what is given there is the code's own.
// What is logged is kept as the code has it as well: a variable's name says what it holds.
void add_sink(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
              const Step& step, std::uint8_t uncertainty, LambdaFunction& function) {
  const ValuePool& pool = engine.pool();
  const std::string_view kind = pool.text(step.key);
  const bool is_log = kind == "log";
  const bool is_given = is_log && may_do_harm(pool, kind, step.value);
  if (!is_given && !may_do_harm(pool, kind, scope.settle(step.value))) return;
  std::optional<CodeCall> call = call_of_step(engine, scope, modules, step, uncertainty);
  if (!call) return;
  if (is_log) call->arguments = step.value;
  if (ValueMemo seen; is_log) add_value_sites(pool, modules, call->value, seen, function);
  function.sinks.push_back(std::move(*call));
}

// What becomes of a connection: in the function that opens it, or in those that it is given on to.
Closing closing_of(const Engine& engine, const Step& step) {
  std::vector<CallSite> sites = step.via;
  sites.push_back(step.at);
  for (const CallSite& site : std::views::reverse(sites)) {
    if (site.module.index >= engine.program().modules.size()) return Closing::Unknown;
    switch (result_end(engine.facts(site.module), site.op)) {
      case ResultEnd::Closed: return Closing::Closed;
      case ResultEnd::Dropped: return Closing::LeftOpen;
      case ResultEnd::Unknown: return Closing::Unknown;
      case ResultEnd::Returned: break;
    }
  }
  return Closing::Unknown;
}

// A search of which the function uses the result as if it had found something.
void add_search(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
                const Step& step, std::uint8_t uncertainty, LambdaFunction& function) {
  std::optional<CodeCall> call = call_of_step(engine, scope, modules, step, uncertainty);
  const bool is_known = step.at.module.index < modules.size();
  if (!call || !is_known || is_answered_on_way(engine, step)) return;
  const ModuleInfo& module = modules[step.at.module.index];
  call->left_at = {module.file,
                   search_use(*module.facts, step.at.op, library_models()[step.library].nothing)};
  function.sinks.push_back(std::move(*call));
}

}  // namespace

bool ends_process(const Step& step) {
  return step.kind == StepKind::Work && step.library != UINT32_MAX &&
         library_models()[step.library].raises && !hands_over_handler(step);
}

bool hands_over_handler(const Step& step) {
  return step.kind == StepKind::Work && step.library != UINT32_MAX &&
         !library_models()[step.library].entry.empty();
}

void add_variables_set(const HandlerContext& context, const Step& step, CallPhase phase,
                       std::uint8_t uncertainty) {
  for (std::string& name : variables_set(context.engine, step)) {
    std::optional<CodeCall> call =
        call_of_step(context.engine, context.scope, context.modules, step, uncertainty);
    if (!call) return;
    call->name = std::move(name);
    call->phase = phase;
    context.function.variables_set.push_back(std::move(*call));
  }
}

void add_call(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
              const Step& step, std::uint8_t uncertainty, LambdaFunction& function) {
  if (step.kind == StepKind::Wait) {
    function.waits.push_back(step.library);
    return;
  }
  if (step.kind == StepKind::Sink && engine.pool().text(step.key) == kSearch)
    return add_search(engine, scope, modules, step, uncertainty, function);
  if (step.kind == StepKind::Sink)
    return add_sink(engine, scope, modules, step, uncertainty, function);
  if (ends_process(step)) {
    if (std::optional<CodeCall> call = call_of_step(engine, scope, modules, step, uncertainty))
      function.exits.push_back(std::move(*call));
    return;
  }
  if (step.kind == StepKind::Work && !hands_over_handler(step))
    add_work(engine, scope, modules, step, uncertainty, function);
  if (step.kind != StepKind::Make && step.kind != StepKind::Start) return;
  std::optional<CodeCall> call = call_of_step(engine, scope, modules, step, uncertainty);
  if (!call) return;
  if (step.kind == StepKind::Make) call->closing = closing_of(engine, step);
  (step.kind == StepKind::Make ? function.made : function.left).push_back(std::move(*call));
}

// Parameters of a handler that takes the context, or a callback as well.
constexpr std::uint32_t kWithContext = 2, kWithCallback = 3;

bool is_parameter(const CodeFacts& code, FunctionRef handler, const Expr& expr,
                  std::uint32_t number) {
  const Function& row = code.functions[handler.function.index];
  return row.parameters.count >= number && expr.kind == ExprKind::Variable &&
         expr.ref == code.parameters[row.parameters.first + number - 1].variable.index;
}

bool names_callback(const CodeFacts& code, FunctionRef handler) {
  return std::ranges::any_of(code.exprs, [&](const Expr& expr) {
    return is_parameter(code, handler, expr, kWithCallback);
  });
}

bool answers_by_context(Engine& engine, const Step& step) {
  const ValuePool& pool = engine.pool();
  const HandlerContract* form = find_handler_contract(engine.language(step.at.module));
  if (form == nullptr || !step.subject.exists() || !has_origin(pool, step.subject, Origin::Context))
    return false;
  const std::string_view name = pool.is(step.subject, ValueKind::Hole) ? pool.text(step.subject)
                                : is_method(pool, step.subject)
                                    ? pool.text(pool.operands(step.subject)[1])
                                    : std::string_view();
  return std::ranges::find(form->context_answers, name) != form->context_answers.end();
}

bool uses_callback(const Engine& engine, FunctionRef handler) {
  if (!may_call_back(engine, handler.module)) return false;
  const CodeFacts& code = engine.facts(handler.module);
  const auto told_by = find_handler_contract(code.language)->context_answers;
  const auto answers = [&](const Expr& expr) {
    return expr.kind == ExprKind::Member &&
           is_parameter(code, handler, code.exprs[expr.ref], kWithContext) &&
           std::ranges::find(told_by, code.string(expr.name)) != told_by.end();
  };
  return names_callback(code, handler) || std::ranges::any_of(code.exprs, answers);
}

Completion completion_of(const Engine& engine, const LambdaFunction& function, bool task) {
  const HandlerContract* form = find_handler_contract(engine.language(function.handler.module));
  if (form == nullptr) return Completion::Unknown;
  if (form->callbacks_until.empty()) return Completion::AtReturn;
  const CodeFacts& code = engine.facts(function.handler.module);
  const std::vector<int> version = version_of_runtime(function.runtime);
  if (!version.empty() && is_before(version, form->promises_since)) return Completion::WhenIdle;
  const bool takes_callbacks = version.empty() || is_before(version, form->callbacks_until);
  // An answer by the callback is sent when nothing is left running, also by an async function.
  if (task || (code.functions[function.handler.function.index].flags & kAsync) != 0)
    return takes_callbacks && names_callback(code, function.handler) ? Completion::Unknown
                                                                     : Completion::AtReturn;
  if (code.functions[function.handler.function.index].parameters.count >= kWithCallback)
    return Completion::WhenIdle;  // or refused
  if (version.empty()) return Completion::Unknown;
  return takes_callbacks ? Completion::WhenIdle : Completion::AtOnce;
}

bool may_call_back(const Engine& engine, ModuleId module) {
  const HandlerContract* form = find_handler_contract(engine.language(module));
  return form != nullptr && !form->callbacks_until.empty();
}

std::uint8_t code_uncertainty(const Engine& engine, const FunctionCode& code) {
  std::uint8_t uncertainty = are_doubted(code.guesses) ? kHeuristic : 0;
  if (!engine.facts(code.module).problems.empty()) uncertainty |= kBrokenSource;
  return uncertainty;
}

bool is_never_callable(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Number:
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::List: return true;
    case ValueKind::Record: return pool[value].ref == 0;
    default: return false;
  }
}

// Ruby's functions are one another's, whichever file of the project has them.
bool is_brought_along(const Engine& engine, ModuleId module, std::string_view name, int depth) {
  const CodeFacts& facts = engine.facts(module);
  const bool here = std::ranges::any_of(facts.functions, [&](const Function& row) {
    return row.parent.index == 0 && facts.string(row.name) == name;
  });
  if (here || depth == 0 || !facts.problems.empty() || !facts.opaques.empty()) return true;
  return std::ranges::any_of(
      engine.program().modules[module.index].imports, [&](const ImportTarget& target) {
        return target.module.exists() && target.module != module &&
               is_brought_along(engine, target.module, name, depth - 1);
      });
}

namespace {

// `module.exports = copied(all)`, `addRoutes(exports)`: what a call gives, or was handed, may have
// more than the module itself writes down.
bool hands_exports_to_call(const CodeFacts& facts) {
  const auto is_exports = [&](std::uint32_t variable) {
    return facts.string(facts.variables[variable].name) == "exports";
  };
  std::set<std::uint32_t> whole;  // variables that are all that is exported
  for (const Assign& row : facts.assigns) {
    if (!row.target.exists() || !row.value.exists()) continue;
    const Expr& target = facts.exprs[row.target.index];
    if (target.kind != ExprKind::Variable || !is_exports(target.ref)) continue;
    const Expr& value = facts.exprs[row.value.index];
    if (value.kind == ExprKind::Result) return true;
    if (value.kind == ExprKind::Variable) whole.insert(value.ref);
  }
  return std::ranges::any_of(facts.calls, [&](const Call& call) {
    return std::ranges::any_of(facts.operands_of(call.arguments), [&](const Operand& one) {
      if (!one.value.exists()) return false;
      const Expr& given = facts.exprs[one.value.index];
      return given.kind == ExprKind::Variable &&
             (is_exports(given.ref) || whole.contains(given.ref));
    });
  });
}

}  // namespace

HandlerProblem missing_handler_symbol(Engine& engine, const FunctionCode& code) {
  const CodeFacts& facts = engine.facts(code.module);
  const HandlerContract* contract = find_handler_contract(facts.language);
  if (contract == nullptr || !contract->by_file || code.symbol.empty()) return {};
  const bool shares_names = facts.language == Language::Ruby;
  const bool is_open = is_library_star(facts, engine.program(), code.module);
  if (!facts.problems.empty() || !facts.opaques.empty() || makes_names(facts) ||
      (is_open && !shares_names))
    return {};
  const std::string symbol = code.symbol.substr(0, code.symbol.find('.'));
  constexpr int kRequired = 8;
  if (shares_names && (is_brought_along(engine, code.module, symbol, kRequired) ||
                       is_named_with_block(facts, symbol)))
    return {};
  HandlerProblem problem{.fault = HandlerFault::NoSymbol,
                         .wanted = symbol,
                         .uncertainty = code_uncertainty(engine, code)};
  if (is_open) problem.uncertainty |= kHeuristic;  // a library hardly has the handler
  ValuePool& pool = engine.pool();
  const ValueId exports = engine.exported(code.module, "*");
  const bool by_exports = facts.language == Language::JavaScript;
  if (by_exports) {
    if (!exports.exists() || pool[exports].kind != ValueKind::Record || pool[exports].ref == 1 ||
        hands_exports_to_call(facts))
      return {};
    for (const StringId name : pool.names(exports)) problem.known.emplace_back(pool[name]);
  } else {
    for (std::uint32_t i = 0; i < facts.functions.size(); ++i) {
      const Function& row = facts.functions[i];
      const bool is_block = shares_names && is_handed_over(facts, {i});
      if (row.parent.index == 0 && row.kind == FunctionKind::Plain && !is_block)
        problem.known.emplace_back(facts.string(row.name));
    }
    for (const Variable& row : facts.variables)
      if (row.owner.index == 0 && row.kind == VariableKind::Module &&
          facts.string(row.name) == symbol)
        return {};  // it is bound somewhere
  }
  const bool there =
      std::find(problem.known.begin(), problem.known.end(), symbol) != problem.known.end();
  return there ? HandlerProblem{} : problem;
}

}  // namespace fnlint
