// Callbacks without a `return`, whose callers want what they return.

#include "flow/syntax/given_nothing.h"

#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/known.h"

#include <algorithm>
#include <optional>
#include <span>

namespace fnlint {

namespace {

class Callbacks {
 public:
  explicit Callbacks(const CodeFacts& code) : code_(code), traits_(traits(code.language)) {}

  std::vector<GivesNothing> find() {
    for (OpId at{0}; at.index < code_.ops.size(); ++at.index)
      if (code_.ops[at.index].kind == OpKind::Call) take(at);
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool is_dropped(OpId call) {
    if (!uses_) uses_ = call_uses(code_);
    return uses_->results[call.index] == ResultUse::Dropped;
  }
  [[nodiscard]] FunctionId function_of(ExprId value) {
    if (!value.exists()) return {};
    const Expr* row = &code_.exprs[value.index];
    if (row->kind == ExprKind::Variable) {
      if (!values_) values_ = sole_values(code_);
      if (const ExprId sole = (*values_)[row->ref]; sole.exists()) row = &code_.exprs[sole.index];
    }
    return row->kind == ExprKind::Function ? FunctionId{row->ref} : FunctionId{};
  }
  [[nodiscard]] bool gives_nothing(const Function& function) const {
    if (!function.first.exists() || (function.flags & (kBroken | kGenerator)) != 0) return false;
    for (OpId at = function.first; at < function.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Yield || op.kind == OpKind::Opaque) return false;
      if (op.kind == OpKind::Exit && code_.exits[op.detail].kind == ExitKind::Return &&
          code_.exits[op.detail].value.exists())
        return false;
    }
    return !surely_raises(code_, function.first, function.end);
  }
  // A callback of Node.js is told of the end: `find({}, (err, rows) => ...)`.
  [[nodiscard]] bool takes_error(const Function& function) const {
    if (function.parameters.count == 0) return false;
    const VariableId first = code_.parameters[function.parameters.first].variable;
    const std::string_view name =
        first.exists() ? code_.string(code_.variables[first.index].name) : std::string_view();
    return name == "err" || name == "error" || name == "e";
  }
  void add(ExprId value, OpId call, std::string_view taker, std::string_view wants) {
    const FunctionId given = function_of(value);
    if (!given.exists()) return;
    const Function& function = code_.functions[given.index];
    const bool is_async = (function.flags & kAsync) != 0;
    if (is_async && wants == "truth")
      found_.push_back({given, call, taker, true});
    else if (!is_async && gives_nothing(function))
      found_.push_back({given, call, taker, false});
  }
  void take(OpId at) {
    const Call& call = code_.calls[code_.ops[at.index].detail];
    if (!call.callee.exists()) return;
    const Expr& callee = code_.exprs[call.callee.index];
    const auto given = code_.operands_of(call.arguments);
    const std::string_view name = name_of(code_, call.callee);
    for (const auto& [method, language, place, wants] : known::takers_of_results()) {
      const std::size_t index = place == "1" ? 1 : 0;
      if (name != method || language != traits_.word ||
          traits_.filters_by_functions != (callee.kind == ExprKind::Variable) ||
          given.size() <= index)
        continue;
      const FunctionId function = function_of(given[index].value);
      const bool is_told = traits_.callbacks_take_errors && function.exists() &&
                           takes_error(code_.functions[function.index]);
      const std::size_t before = found_.size();
      if (!is_told) add(given[index].value, at, method, wants);
      if (found_.size() > before && is_dropped(at)) found_.pop_back();
    }
    for (const Operand& operand : given) options(operand, at);
  }
  // `retry({errorFilter: (error) => ...})`, `sorted(rows, key=by_name)`
  void options(const Operand& operand, OpId call) {
    if (operand.name.exists()) option(code_.string(operand.name), operand.value, call);
    if (!operand.value.exists()) return;
    const Expr& row = code_.exprs[operand.value.index];
    if (row.kind != ExprKind::Record) return;
    for (const Operand& entry : code_.operands_of(row.operands))
      if (entry.name.exists()) option(code_.string(entry.name), entry.value, call);
  }
  void option(std::string_view name, ExprId value, OpId call) {
    for (const auto& [option, language, wants] : known::options_that_give_results())
      if (name == option && language == traits_.word) add(value, call, option, wants);
  }

  const CodeFacts& code_;
  const LanguageTraits& traits_;
  std::optional<std::vector<ExprId>> values_ = {};  // once they are asked for
  std::optional<CallUses> uses_ = {};
  std::vector<GivesNothing> found_ = {};
};

}  // namespace

std::vector<GivesNothing> given_nothing(const CodeFacts& code) {
  const auto is_of_it = [&](const auto& row) { return row[1] == traits(code.language).word; };
  if (std::ranges::none_of(known::takers_of_results(), is_of_it)) return {};
  return Callbacks(code).find();
}

}  // namespace fnlint
