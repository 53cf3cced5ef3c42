// Looks in the nearest handler for comparisons with fields that errors of version 3 do not have,
// unless it asks for theirs as well or something else may be raised there.

#include "link/handler/sdk_error_fields.h"

#include "core/characters.h"
#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "tables/code_words.h"
#include "tables/models.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

constexpr std::string_view kPackages = "@aws-sdk/", kFormer = "aws-sdk";
constexpr int kDeep = 4;  // functions of the file that are attempted

// Where an error is answered: the ops, the variable that holds it, and what was attempted.
struct Answering {
  OpId first = {}, end = {};
  VariableId error = {};
  OpId tried_first = {}, tried_end = {};  // none: the call alone
};

struct ErrorField {
  std::string_view name = {}, value = {};
  bool only_sdk = false;  // nothing else that is attempted there raises such errors
};

// What system calls and sockets tell, which errors of v3 hand on: "ECONNRESET".
bool is_of_system(std::string_view code) {
  return std::ranges::none_of(code, [](char c) { return is_lower(c); });
}

class ErrorFields {
 public:
  explicit ErrorFields(const CodeFacts& code) : code_(code) {}

  [[nodiscard]] std::optional<Answering> answering(OpId op) const {
    if (const auto promised = handler_of_promise(op)) return promised;
    const std::vector<OpId> around = ops_holding(code_, op);
    for (std::size_t i = around.size(); i-- > 0;) {
      const Op& row = code_.ops[around[i].index];
      if (row.kind != OpKind::Try) continue;
      const Try& attempt = code_.tries[row.detail];
      if (attempt.catches.count == 0 || attempt.body_end <= op) continue;
      const Catch& taken = code_.catches[attempt.catches.first];
      return Answering{.first = taken.first,
                       .end = taken.end,
                       .error = taken.caught,
                       .tried_first = OpId{around[i].index + 1},
                       .tried_end = attempt.body_end};
    }
    return std::nullopt;
  }
  [[nodiscard]] bool raises_on(const Answering& at) const {
    for (OpId op = at.first; op < at.end; ++op.index)
      if (code_.ops[op.index].kind == OpKind::Exit) {
        const Exit& exit = code_.exits[code_.ops[op.index].detail];
        if (exit.kind == ExitKind::Raise && exit.value.exists() &&
            is_variable(code_, exit.value, at.error))
          return true;
      }
    return false;
  }

  // The first field that decides something there; nothing where the handler looks at what v3 has.
  ErrorField find(const Answering& at) {
    found_ = {};
    knows_ = false;
    error_ = at.error;
    if (!error_.exists()) return {};
    values_ = sole_values(code_);
    for (OpId op = at.first; op < at.end; ++op.index) {
      visit_expressions(code_, op, [&](ExprId expr) { look(expr); });
      take(op);
    }
    if (knows_ || found_.name.empty()) return {};
    found_.only_sdk = !at.tried_first.exists() || is_of_sdk_alone(at.tried_first, at.tried_end, 0);
    return found_;
  }
  [[nodiscard]] Range range() const { return where_; }

 private:
  // `call.catch((error) => ...)`, `call.then(found, (error) => ...)`
  [[nodiscard]] std::optional<Answering> handler_of_promise(OpId call) const {
    for (OpId at{call.index + 1}; at.index < code_.ops.size() && at.index < call.index + 6;
         ++at.index) {
      if (code_.ops[at.index].kind != OpKind::Call) continue;
      const Call& row = code_.calls[code_.ops[at.index].detail];
      const Expr& callee = code_.exprs[row.callee.index];
      if (callee.kind != ExprKind::Member) continue;
      const Expr& base = code_.exprs[callee.ref];
      if (base.kind != ExprKind::Result || base.ref != call.index) continue;
      const std::string_view name = code_.string(callee.name);
      const std::size_t place = name == "catch" ? 0 : 1;
      const auto given = code_.operands_of(row.arguments);
      if ((name != "catch" && name != "then") || given.size() <= place) return std::nullopt;
      const Expr& handler = code_.exprs[given[place].value.index];
      if (handler.kind != ExprKind::Function) return std::nullopt;
      const Function& function = code_.functions[handler.ref];
      if (function.parameters.count == 0) return std::nullopt;
      return Answering{.first = function.first,
                       .end = function.end,
                       .error = code_.parameters[function.parameters.first].variable};
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_error(ExprId expr) const { return is_variable(code_, expr, error_); }
  // `error.code`; no field that v3's errors lack: empty.
  [[nodiscard]] std::string_view field(ExprId expr) const {
    if (!expr.exists()) return {};
    const Expr& row = code_.exprs[expr.index];
    if (row.kind != ExprKind::Member || !is_error(ExprId{row.ref})) return {};
    const std::string_view name = code_.string(row.name);
    return name == "code" || name == "statusCode" || name == "retryable" ? name
                                                                         : std::string_view();
  }
  [[nodiscard]] std::string_view text(ExprId expr) const {
    const Expr& row = code_.exprs[expr.index];
    return row.kind == ExprKind::Text ? code_.string(row.name) : std::string_view();
  }

  void note(ExprId expr, std::string_view value) {
    const std::string_view name = field(expr);
    if (!found_.name.empty() || (name == "code" && (value.empty() || is_of_system(value)))) return;
    found_.name = name;
    found_.value = value;
    where_ = code_.expr_ranges[expr.index];
  }

  // Comparisons, and what of the error v3 has.
  void look(ExprId expr) {
    if (!expr.exists()) return;
    const Expr& row = code_.exprs[expr.index];
    const auto operands = code_.operands_of(row.operands);
    if (has_base(row.kind) && is_error(ExprId{row.ref})) {
      const std::string_view name = code_.string(row.name);
      knows_ = knows_ || row.kind == ExprKind::TypeTest || row.kind == ExprKind::Index ||
               is_one_of(known::fields_of_newer_errors(), name);
    }
    if (row.kind == ExprKind::Operator) {
      const auto kind = static_cast<OperatorKind>(row.detail);
      const bool compares = kind == OperatorKind::Equal || kind == OperatorKind::NotEqual ||
                            kind == OperatorKind::Less || kind == OperatorKind::LessEqual;
      for (std::size_t i = 0; i < operands.size(); ++i) {
        const ExprId one = operands[i].value;
        if (field(one).empty()) continue;
        if (compares && operands.size() == 2) note(one, text(operands[1 - i].value));
        if (kind == OperatorKind::Not) note(one, "");
        // `error.code || error.name`: what there is else.
        if (kind == OperatorKind::Coalesce || kind == OperatorKind::Or) knows_ = true;
      }
    }
    if (row.kind == ExprKind::Choose && !operands.empty() && !field(operands[0].value).empty())
      note(operands[0].value, "");
    if (has_base(row.kind)) look(ExprId{row.ref});
    for (const Operand& one : operands) {
      look(one.key);
      look(one.value);
    }
  }
  // `if (error.retryable)`, `[403, 404].includes(error.statusCode)`
  void take(OpId op) {
    const Op& row = code_.ops[op.index];
    if (row.kind == OpKind::Branch) {
      const ExprId asked = code_.branches[row.detail].condition;
      if (!field(asked).empty()) note(asked, "");
    }
    if (row.kind != OpKind::Call) return;
    const Call& call = code_.calls[row.detail];
    const Expr& callee = code_.exprs[call.callee.index];
    const auto given = code_.operands_of(call.arguments);
    if (callee.kind != ExprKind::Member || code_.string(callee.name) != "includes" ||
        given.size() != 1 || field(given[0].value).empty())
      return;
    note(given[0].value, first_text(ExprId{callee.ref}));
  }
  // A text of a list that stands there, or in a variable.
  [[nodiscard]] std::string_view first_text(ExprId list) const {
    const Expr* row = &code_.exprs[list.index];
    if (row->kind == ExprKind::Variable) {
      const ExprId value = values_[row->ref];
      if (!value.exists()) return {};
      row = &code_.exprs[value.index];
    }
    if (row->kind != ExprKind::List) return {};
    for (const Operand& one : code_.operands_of(row->operands))
      if (const std::string_view found = text(one.value); !found.empty() && !is_of_system(found))
        return found;
    return {};
  }

  // Whether nothing between raises errors of another making with such fields.
  [[nodiscard]] bool is_of_sdk_alone(OpId first, OpId end, int depth) const {
    if (depth > kDeep) return false;
    for (OpId op = first; op < end; ++op.index) {
      const Op& row = code_.ops[op.index];
      if (row.kind == OpKind::Call && !is_harmless(op, depth)) return false;
      if (row.kind == OpKind::Exit && !raises_plainly(code_.exits[row.detail])) return false;
    }
    return true;
  }
  // What is caught is handed on, or an Error of the language.
  [[nodiscard]] bool raises_plainly(const Exit& exit) const {
    if (exit.kind != ExitKind::Raise || !exit.value.exists()) return true;
    const Expr& row = code_.exprs[exit.value.index];
    if (row.kind == ExprKind::Variable)
      return code_.variables[row.ref].kind == VariableKind::Caught;
    return row.kind == ExprKind::Result && is_builtin(code_.ops[row.ref]);
  }
  [[nodiscard]] bool is_builtin(const Op& made) const {
    if (made.kind != OpKind::Call) return false;
    return module_of(code_.calls[made.detail].callee) == "<builtins>";
  }
  // `new S3Client()`; null: nothing of the kind gives the value.
  [[nodiscard]] const Call* constructed_by(const Expr& value) const {
    if (value.kind != ExprKind::Result || code_.ops[value.ref].kind != OpKind::Call) return nullptr;
    const Call& call = code_.calls[code_.ops[value.ref].detail];
    return call.mode == CallMode::Construct ? &call : nullptr;
  }
  // The module that a callee's first part was imported from; empty: it is of the file.
  [[nodiscard]] std::string_view module_of(ExprId expr) const {
    constexpr int kNames = 4;  // `const { S3Client } = require(...)`, `const s3 = new S3Client()`
    for (int i = 0; i < kNames && expr.exists(); ++i) {
      while (has_base(code_.exprs[expr.index].kind)) expr = ExprId{code_.exprs[expr.index].ref};
      const Expr& row = code_.exprs[expr.index];
      if (const Call* const made = constructed_by(row)) {
        expr = made->callee;
        continue;
      }
      if (row.kind != ExprKind::Variable) return {};
      for (const Import& import : code_.imports)
        if (import.local.index == row.ref) return code_.string(import.module);
      expr = values_[row.ref];
    }
    return {};
  }
  [[nodiscard]] bool is_harmless(OpId op, int depth) const {
    const Call& call = code_.calls[code_.ops[op.index].detail];
    const Expr& callee = code_.exprs[call.callee.index];
    if (is_log(code_, call.callee)) return true;
    const std::string_view module = module_of(call.callee);
    if (module == "<builtins>" || module.starts_with(kPackages) || module.starts_with("@smithy/"))
      return true;
    if (callee.kind == ExprKind::Member && code_.string(callee.name) == "send")
      return sends_command(code_.operands_of(call.arguments));
    if (!module.empty()) return false;
    if (callee.kind == ExprKind::Variable) return is_harmless_function(callee.ref, depth);
    const auto given = code_.operands_of(call.arguments);
    return is_one_of(known::plain_methods(), code_.string(callee.name)) &&
           std::ranges::none_of(given, [&](const Operand& one) {
             return one.value.exists() && code_.exprs[one.value.index].kind == ExprKind::Function;
           });
  }
  [[nodiscard]] bool sends_command(std::span<const Operand> given) const {
    if (given.empty() || !given[0].value.exists()) return false;
    ExprId command = given[0].value;
    if (code_.exprs[command.index].kind == ExprKind::Variable)
      command = values_[code_.exprs[command.index].ref];
    if (!command.exists() || code_.exprs[command.index].kind != ExprKind::Result) return false;
    const Op& made = code_.ops[code_.exprs[command.index].ref];
    return made.kind == OpKind::Call &&
           module_of(code_.calls[made.detail].callee).starts_with(kPackages);
  }
  [[nodiscard]] bool is_harmless_function(std::uint32_t variable, int depth) const {
    if (code_.variables[variable].kind == VariableKind::Parameter)
      return is_harmless_callback(VariableId{variable}, depth + 1);
    const ExprId value = values_[variable];
    return value.exists() && is_harmless_value(value, depth);
  }
  [[nodiscard]] bool is_harmless_value(ExprId value, int depth) const {
    if (!value.exists() || depth > kDeep) return false;
    const Expr& row = code_.exprs[value.index];
    if (row.kind == ExprKind::Variable) return is_harmless_function(row.ref, depth + 1);
    if (row.kind != ExprKind::Function) return false;
    const Function& function = code_.functions[row.ref];
    return function.first.exists() && is_of_sdk_alone(function.first, function.end, depth + 1);
  }
  // A function that is handed over: by all calls of the file.
  [[nodiscard]] bool is_harmless_callback(VariableId parameter, int depth) const {
    const FunctionId owner = code_.variables[parameter.index].owner;
    const Function& function = code_.functions[owner.index];
    std::uint32_t place = 0;
    while (place < function.parameters.count &&
           code_.parameters[function.parameters.first + place].variable != parameter)
      ++place;
    bool is_called = false;
    for (const Call& call : code_.calls) {
      const Expr& callee = code_.exprs[call.callee.index];
      const ExprId value = callee.kind == ExprKind::Variable ? values_[callee.ref] : ExprId{};
      const bool is_it = value.exists() && code_.exprs[value.index].kind == ExprKind::Function &&
                         code_.exprs[value.index].ref == owner.index;
      if (!is_it) continue;
      const auto given = code_.operands_of(call.arguments);
      is_called = true;
      if (place >= given.size() || !is_harmless_value(given[place].value, depth)) return false;
    }
    return is_called;
  }

  const CodeFacts& code_;
  std::vector<ExprId> values_ = {};
  VariableId error_ = {};
  ErrorField found_ = {};
  Range where_ = {};
  bool knows_ = false;  // the handler asks for what errors of v3 have
};

bool uses_former(std::span<const ModuleInfo> modules, std::uint32_t unit) {
  return std::ranges::any_of(modules, [&](const ModuleInfo& one) {
    if (one.unit != unit || one.facts == nullptr) return false;
    return std::ranges::any_of(one.facts->imports, [&](const Import& row) {
      const std::string_view module = one.facts->string(row.module);
      return (row.flags & kTypeOnly) == 0 && (module == kFormer || module.starts_with("aws-sdk/"));
    });
  });
}

}  // namespace

void note_error_field(std::span<const ModuleInfo> modules, const Step& step, Effect& effect) {
  const std::string_view path = step.library == UINT32_MAX ? std::string_view(effect.receiver)
                                                           : library_models()[step.library].path;
  if (!path.starts_with(kPackages)) return;
  std::vector<CallSite> sites(step.via);
  sites.push_back(step.at);
  for (std::size_t i = sites.size(); i-- > 0;) {
    const CallSite at = sites[i];
    if (at.module.index >= modules.size() || !at.op.exists()) return;
    const ModuleInfo& module = modules[at.module.index];
    if (module.facts->language != Language::JavaScript) return;
    ErrorFields fields(*module.facts);
    const std::optional<Answering> answering = fields.answering(at.op);
    if (!answering) continue;
    const ErrorField found = fields.find(*answering);
    if (found.name.empty() && fields.raises_on(*answering)) continue;
    const bool is_told = !found.name.empty() && (found.only_sdk || !found.value.empty());
    if (!is_told || uses_former(modules, module.unit)) return;
    effect.misread = {.field = std::string(found.name),
                      .value = std::string(found.value),
                      .uncertainty = found.only_sdk ? std::uint8_t{0} : std::uint8_t{kHeuristic},
                      .where = {module.file, fields.range()}};
    return;
  }
}

}  // namespace fnlint
