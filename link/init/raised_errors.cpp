// Who may raise which error of the project's own, by names.

#include "link/init/raised_errors.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/unbound_reads.h"
#include "tables/known.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

// "?": it has no name.
std::string callee_of(const CodeFacts& code, const Call& call) {
  const std::string_view name = name_of(code, call.callee);
  return name.empty() ? "?" : std::string(name);
}

// What a call calls, and what it hands over that may be called; an empty name is a function without
// one.
std::set<std::string> names_of(const CodeFacts& code, const Call& call) {
  std::set<std::string> names{callee_of(code, call)};
  for (const Operand& operand : code.operands_of(call.arguments)) {
    if (!operand.value.exists()) continue;
    const std::string name(name_of(code, operand.value));
    if (!name.empty() || code.exprs[operand.value.index].kind == ExprKind::Function)
      names.insert(name);
  }
  return names;
}

// It runs without a call that is written down: `with`, `for`, an operator, a property of an object.
bool is_implicit(std::string_view name) {
  return name.starts_with("__") && name.ends_with("__") && name != "__init__";
}

// Nothing but plain ops on its own variables and their members: what goes over something, waits, or
// reads a member of a member may ask a library for it.
bool stays(const CodeFacts& code, OpId at) {
  const OpKind kind = code.ops[at.index].kind;
  if (kind == OpKind::Loop || kind == OpKind::Try || kind == OpKind::Await ||
      kind == OpKind::Yield || kind == OpKind::Opaque)
    return false;
  bool plain = true;
  visit_expressions(code, at, [&](ExprId expr) {
    visit_parts(code, expr, [&](const Expr& part) {
      const bool is_member = part.kind == ExprKind::Member || part.kind == ExprKind::Index;
      const ExprKind base = is_member ? code.exprs[part.ref].kind : ExprKind::Variable;
      plain = plain && (base == ExprKind::Variable || base == ExprKind::Text ||
                        is_one_of(known::calls_that_do_not_fail(), code.string(part.name)));
    });
  });
  return plain;
}

}  // namespace

RaisedErrors::RaisedErrors(const Program& program, std::uint32_t unit) {
  for (const ModuleId module : program.modules_of(unit)) add_module(program.facts(module));
  for (const auto& [name, body] : functions_)
    for (const std::string& called : body.calls) callers_[called].push_back(name);
}

void RaisedErrors::add_module(const CodeFacts& code) {
  for (const Function& function : code.functions)
    if (function.first.exists())
      add_body(code, function, functions_[std::string(code.string(function.name))]);
  for (const Class& row : code.classes) {
    const std::string name(code.string(row.name));
    std::set<std::string>& above = bases_[name];
    for (std::uint32_t i = 0; i < row.bases.count; ++i)
      above.emplace(name_of(code, code.bases[row.bases.first + i]));
    for (std::uint32_t i = 0; i < row.methods.count; ++i) {
      const Function& method = code.functions[code.methods[row.methods.first + i].index];
      if (code.string(method.name) == "__init__" && method.first.exists())
        add_body(code, method, functions_[name]);
    }
  }
}

void RaisedErrors::add_body(const CodeFacts& code, const Function& function, Named& to) const {
  for (OpId at = function.first; at < function.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Opaque) to.raises_any = true;
    to.leaves = to.leaves || !stays(code, at);
    if (op.kind == OpKind::Call) {
      const Call& call = code.calls[op.detail];
      if (!is_harmless(code, at)) to.leaves = true;
      to.calls.merge(names_of(code, call));
    }
    if (op.kind != OpKind::Exit || code.exits[op.detail].kind != ExitKind::Raise) continue;
    const ExprId value = code.exits[op.detail].value;
    if (!value.exists()) continue;  // what a call has raised
    const Expr& row = code.exprs[value.index];
    const bool is_made = row.kind == ExprKind::Result && code.ops[row.ref].kind == OpKind::Call;
    const ExprId named = is_made ? code.calls[code.ops[row.ref].detail].callee : value;
    const std::string name(name_of(code, named));
    const auto is_of = [&](ExprId expr, VariableKind kind) {
      const Expr& one = code.exprs[expr.index];
      return one.kind == ExprKind::Variable && code.variables[one.ref].kind == kind;
    };
    if (name.empty())
      to.raises_any = true;
    else if (!is_of(value, VariableKind::Caught))
      to.raises.insert(is_of(named, VariableKind::Import) ? name : cat('?', name));
  }
}

const RaisedErrors::Raisers& RaisedErrors::raisers(const std::string& error) {
  const auto [at, is_new] = raisers_.try_emplace(error);
  Raisers& found = at->second;
  if (!is_new) return found;
  std::set<std::string> errors{error};
  const auto share = [](const std::set<std::string>& some, const std::set<std::string>& others) {
    return std::ranges::any_of(some, [&](const std::string& one) { return others.contains(one); });
  };
  for (bool grows = true; grows;) {
    grows = false;
    for (const auto& [name, above] : bases_)
      grows = (share(above, errors) && errors.insert(name).second) || grows;
  }
  // `raise failure`, `raise refused(order)`: a class of that name, or whatever that holds or gives.
  const auto is_of_it = [&](const std::string& raised) {
    if (!raised.starts_with('?')) return errors.contains(raised);
    const std::string name = raised.substr(1);
    return errors.contains(name) || !bases_.contains(name);
  };
  std::vector<std::string> open;
  for (const auto& [name, body] : functions_)
    if (body.raises_any || body.calls.contains("?") || std::ranges::any_of(body.raises, is_of_it))
      open.push_back(name);
  add_callers(std::move(open), found);
  return found;
}

void RaisedErrors::add_callers(std::vector<std::string> open, Raisers& found) const {
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    if (!found.names.insert(name).second) continue;
    found.implicitly = found.implicitly || is_implicit(name);
    if (const auto callers = callers_.find(name); callers != callers_.end())
      open.insert(open.end(), callers->second.begin(), callers->second.end());
  }
}

bool RaisedErrors::may_raise(const CodeFacts& code, OpId call, std::string_view error) {
  const Raisers& all = raisers(std::string(error));
  if (all.implicitly) return true;
  const std::set<std::string> called = names_of(code, code.calls[code.ops[call.index].detail]);
  return called.contains("?") || std::ranges::any_of(called, [&](const std::string& one) {
           return all.names.contains(one);
         });
}

bool RaisedErrors::may_leave(const CodeFacts& code, OpId call) const {
  const auto named = functions_.find(callee_of(code, code.calls[code.ops[call.index].detail]));
  return named == functions_.end() || named->second.leaves;
}

}  // namespace fnlint
