// What a handler amounts to: which errors it takes, and whether it ignores them, logs them, counts
// them, answers for them or raises again.

#include "flow/syntax/error_handlers.h"

#include "core/text.h"
#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/code_words.h"
#include "tables/known.h"
#include "tables/models.h"

#include <algorithm>

namespace fnlint {

namespace {

// `DynamoDbException` of the package of DynamoDB: what its modelled errors are made from.
bool is_base_of_package(std::string_view path) {
  constexpr std::string_view kModel = ".model.", kEnding = "Exception";
  const std::size_t model = path.rfind(kModel);
  if (model == std::string_view::npos || !path.ends_with(kEnding)) return false;
  const std::string_view package = path.substr(0, model);
  std::string_view name = path.substr(model + kModel.size());
  name.remove_suffix(kEnding.size());
  return lower(name) == package.substr(package.rfind('.') + 1);
}

// "Amazon*Exception" of a last word, "botocore.exceptions.ClientError" of the whole, "Exception" of
// one that no package stands before.
bool is_error_of(std::string_view path, std::string_view known) {
  const std::size_t any = known.find('*');
  if (any == std::string_view::npos) return path == known;
  const std::string_view name = path.substr(path.find_last_of(".:") + 1);
  return name.size() >= known.size() && name.starts_with(known.substr(0, any)) &&
         name.ends_with(known.substr(any + 1));
}

}  // namespace

bool is_any_error(std::string_view type) {
  const std::string_view name = type.substr(type.find_last_of(".:") + 1);
  const bool is_of_service = name == "ServiceError" && type.find("Errors") < type.size();
  return is_of_service || is_base_of_package(type) ||
         std::ranges::any_of(known::any_errors(),
                             [&](std::string_view known) { return is_error_of(type, known); });
}

bool takes_any(const CodeFacts& code, const Catch& handler) {
  const std::vector<std::string_view> types = caught_types(code, handler);
  return types.empty() || std::ranges::any_of(types, is_any_error);
}

namespace {

// The batch as a whole, or a record of it, is delivered again.
bool reports_failures(const CodeFacts& code, ExprId value) {
  if (!value.exists() || code.exprs[value.index].kind != ExprKind::Record) return false;
  const auto entries = code.operands_of(code.exprs[value.index].operands);
  return std::ranges::any_of(entries, [&](const Operand& entry) {
    if (code.string(entry.name) != "batchItemFailures" || !entry.value.exists()) return false;
    const Expr& list = code.exprs[entry.value.index];
    return list.kind != ExprKind::List || list.operands.count != 0;
  });
}

}  // namespace

bool does_nothing(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Block || op.kind == OpKind::Branch) continue;
    if (op.kind != OpKind::Exit) return false;
    const ExitKind kind = code.exits[op.detail].kind;
    if (kind == ExitKind::Raise || kind == ExitKind::Stop ||
        reports_failures(code, code.exits[op.detail].value))
      return false;
  }
  return true;
}

bool is_log(const CodeFacts& code, ExprId called) {
  if (!called.exists()) return false;
  const Expr& callee = code.exprs[called.index];
  const auto logs = [&](const std::string& path) {
    const LibraryModel* row = find_library_model(code.language, path);
    return row != nullptr && row->sink.starts_with("log");
  };
  // Of languages whose models say nothing of logs.
  const auto is_known = [&](std::string_view name) {
    while (name.ends_with('!')) name.remove_suffix(1);
    name = name.substr(name.find_last_of(".:") + 1);
    return !traits(code.language).log_calls_are_known && is_one_of(known::log_calls(), name);
  };
  if (callee.kind == ExprKind::Variable) {
    const std::string_view name = code.string(code.variables[callee.ref].name);
    return logs(std::string(name)) || is_known(name);
  }
  if (callee.kind != ExprKind::Member) return false;
  const std::string_view name = code.string(callee.name);
  const Expr& base = code.exprs[callee.ref];
  const bool is_named = base.kind == ExprKind::Variable;
  return is_known(name) || logs(cat("*.", name)) ||
         (is_named && logs(cat(code.string(code.variables[base.ref].name), '.', name)));
}

namespace {

enum class Behind : std::uint8_t;
bool logs_there(const CodeFacts& code, OpId first, OpId end, Behind behind, bool follows);

// The file's own functions that a call may be of: `report(e)`, `this.report(e)`.
std::vector<const Function*> own_functions(const CodeFacts& code, ExprId called) {
  if (!called.exists()) return {};
  const Expr& callee = code.exprs[called.index];
  const bool is_member = callee.kind == ExprKind::Member;
  const ExprId owner = is_member ? ExprId{callee.ref} : called;
  if (code.exprs[owner.index].kind != ExprKind::Variable) return {};
  const Variable& variable = code.variables[code.exprs[owner.index].ref];
  if (is_member && variable.kind != VariableKind::Receiver) return {};
  const std::string_view name = code.string(is_member ? callee.name : variable.name);
  std::vector<const Function*> found;
  for (const Function& one : code.functions)
    if (one.first.exists() && !name.empty() && code.string(one.name) == name) found.push_back(&one);
  return found;
}

// `follows`: what a function of the file does is asked of its body, whatever it is called.
bool is_log_call(const CodeFacts& code, const Op& op, bool follows) {
  if (op.kind != OpKind::Call) return false;
  const ExprId callee = code.calls[op.detail].callee;
  // `err.Error()` is the error's text, and `log.Error(err)` a log.
  const bool is_text = traits(code.language).errors_are_values &&
                       code.calls[op.detail].arguments.count == 0 &&
                       code.exprs[callee.index].kind == ExprKind::Member &&
                       code.string(code.exprs[callee.index].name) == "Error";
  if (is_text) return false;
  const std::vector<const Function*> own =
      follows ? own_functions(code, callee) : std::vector<const Function*>{};
  if (own.empty()) return is_log(code, callee);
  return std::ranges::all_of(own, [&](const Function* one) {
    return logs_there(code, one->first, one->end, Behind{}, false);
  });
}

// `failed += 1`
bool counts(const CodeFacts& code, const Op& op) {
  if (op.kind != OpKind::Assign) return false;
  const Assign& row = code.assigns[op.detail];
  return row.mode == AssignMode::Update && row.value.exists() &&
         code.exprs[row.value.index].kind == ExprKind::Number;
}

// A count that nothing asks, but that a log or an answer tells it.
bool is_for_show(const CodeFacts& code, const Op& counting) {
  const VariableId count = root_variable(code, code.assigns[counting.detail].target);
  if (!count.exists()) return false;
  bool shown = true;
  for (OpId at{0}; shown && at.index < code.ops.size(); ++at.index) {
    const Op& op = code.ops[at.index];
    bool is_named = false;
    visit_expressions(code, at, [&](ExprId expr) {
      visit_parts(code, expr, [&](const Expr& part) {
        is_named = is_named || (part.kind == ExprKind::Variable && part.ref == count.index);
      });
    });
    if (!is_named || op.kind == OpKind::Call) continue;
    const bool is_set =
        op.kind == OpKind::Assign && root_variable(code, code.assigns[op.detail].target) == count;
    const bool is_told = op.kind == OpKind::Exit &&
                         code.exits[op.detail].kind == ExitKind::Return &&
                         !reports_failures(code, code.exits[op.detail].value);
    shown = is_set || is_told;
  }
  return shown;
}

// `message = str(error)`, which nothing outside of the stretch reads; and what the log itself gives
// as the value of an arm: `Err(e) => println!("{e}")`.
bool is_for_this_alone(const CodeFacts& code, const Op& assigning, OpId first, OpId end) {
  const Assign& row = code.assigns[assigning.detail];
  if (row.mode == AssignMode::Evaluate) return true;
  if (!row.target.exists() || code.exprs[row.target.index].kind != ExprKind::Variable) return false;
  const std::uint32_t made = code.exprs[row.target.index].ref;
  const VariableKind kind = code.variables[made].kind;
  bool is_read = kind != VariableKind::Local && kind != VariableKind::Caught;
  for (OpId at{0}; !is_read && at.index < code.ops.size(); ++at.index) {
    if (at == first)
      at = OpId{end.index - 1};
    else
      visit_expressions(code, at, [&](ExprId expr) {
        visit_parts(code, expr, [&](const Expr& part) {
          is_read = is_read || (part.kind == ExprKind::Variable && part.ref == made);
        });
      });
  }
  return !is_read;
}

// What a log gives is nothing, whoever takes it: `items.forEach { try { put(it) } catch (e:
// Exception) { println(e) } }`.
bool takes_of_log(const CodeFacts& code, const Op& assigning, bool follows) {
  const ExprId value = code.assigns[assigning.detail].value;
  if (!value.exists() || code.exprs[value.index].kind != ExprKind::Result) return false;
  return is_log_call(code, code.ops[code.exprs[value.index].ref], follows);
}

// What is behind the log: nothing that raises; that, at last.
enum class Behind : std::uint8_t { Nothing, Raised };

bool logs_there(const CodeFacts& code, OpId first, OpId end, Behind behind, bool follows) {
  bool is_there = false;
  for (OpId at = first; !is_there && at.exists() && at < end; ++at.index)
    is_there = is_log_call(code, code.ops[at.index], follows);
  if (!is_there) return false;  // before the whole file is looked at
  const CallUses uses = call_uses(code);
  bool logs = false, raises = false;
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Block || op.kind == OpKind::Branch) continue;
    if (op.kind == OpKind::Call) {
      const bool is_told = is_log_call(code, op, follows);
      logs = logs || is_told;
      if (!is_told && uses.results[at.index] == ResultUse::Dropped) return false;
      continue;
    }
    if (counts(code, op) && is_for_show(code, op)) continue;
    if (op.kind == OpKind::Assign &&
        (is_for_this_alone(code, op, first, end) || takes_of_log(code, op, follows)))
      continue;
    if (op.kind != OpKind::Exit) return false;
    const ExitKind kind = code.exits[op.detail].kind;
    if (kind == ExitKind::Raise && behind == Behind::Raised) {
      raises = true;
      continue;
    }
    if (kind == ExitKind::Raise || kind == ExitKind::Stop ||
        reports_failures(code, code.exits[op.detail].value))
      return false;
  }
  return logs && (raises || behind == Behind::Nothing);
}

}  // namespace

bool only_logs(const CodeFacts& code, OpId first, OpId end) {
  return logs_there(code, first, end, Behind::Nothing, true);
}

bool logs_and_raises(const CodeFacts& code, OpId first, OpId end) {
  return logs_there(code, first, end, Behind::Raised, true);
}

bool returns_count(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (!counts(code, op)) continue;
    const VariableId count = root_variable(code, code.assigns[op.detail].target);
    const bool is_returned = std::ranges::any_of(code.exits, [&](const Exit& left) {
      bool found = false;
      if (left.kind == ExitKind::Return && left.value.exists())
        visit_parts(code, left.value, [&](const Expr& part) {
          found = found || (part.kind == ExprKind::Variable && part.ref == count.index);
        });
      return found;
    });
    if (is_returned) return true;
  }
  return false;
}

bool returns_value(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Exit) continue;
    const Exit& row = code.exits[code.ops[at.index].detail];
    if (row.kind != ExitKind::Return || !row.value.exists()) continue;
    const Expr& value = code.exprs[row.value.index];
    const bool is_of_log =
        value.kind == ExprKind::Result && is_log_call(code, code.ops[value.ref], true);
    if (!is_of_log) return true;
  }
  return false;
}

}  // namespace fnlint
