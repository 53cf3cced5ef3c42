// Marks functions as running from the roots on, until no further name is met.

#include "link/resolve/reached_names.h"

#include "flow/syntax/code_queries.h"
#include "link/resolve/library_names.h"
#include "tables/known.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fnlint {

namespace {

bool is_named_target(const CodeFacts& code, const Assign& row) {
  if (!row.target.exists()) return false;
  const ExprKind kind = code.exprs[row.target.index].kind;
  return kind == ExprKind::Variable || kind == ExprKind::Member;
}

// `take = function`: run where something bears the name.
bool names_function(const CodeFacts& code, const Assign& row) {
  return row.value.exists() && code.exprs[row.value.index].kind == ExprKind::Function &&
         is_named_target(code, row);
}

// `exports.take = take`: whoever imports it bears its name.
bool is_export(const CodeFacts& code, const Assign& row) {
  if (code.language != Language::JavaScript || !row.target.exists() || !row.value.exists())
    return false;
  const Expr &target = code.exprs[row.target.index], &value = code.exprs[row.value.index];
  return target.kind == ExprKind::Member && value.kind == ExprKind::Variable &&
         name_of(code, code.exprs[target.ref]) == "exports" &&
         name_of(code, target) == name_of(code, value);
}

bool is_filling(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  return puts_into_receiver(code, call) && !name_of(code, code.exprs[callee.ref]).empty();
}

// `waiting = []`, `waiting[key] = one`
bool gives(const CodeFacts& code, const Assign& row) {
  if (row.mode != AssignMode::Set && row.mode != AssignMode::Declare) return false;
  const Expr& target = code.exprs[row.target.index];
  const Expr& whole = target.kind == ExprKind::Index ? code.exprs[target.ref] : target;
  return !name_of(code, whole).empty();
}

// The innermost function around each op.
std::vector<std::vector<OpId>> ops_by_function(const CodeFacts& code) {
  std::vector<std::uint32_t> owners(code.ops.size(), 0);
  const auto size_at = [&](std::uint32_t function) {
    const Function& row = code.functions[function];
    return row.end.index - row.first.index;
  };
  for (std::uint32_t i = 1; i < code.functions.size(); ++i)
    for (std::uint32_t at = code.functions[i].first.index; at < code.functions[i].end.index; ++at)
      if (owners[at] == 0 || size_at(i) < size_at(owners[at])) owners[at] = i;
  std::vector<std::vector<OpId>> ops(code.functions.size());
  for (std::uint32_t at = 0; at < owners.size(); ++at) ops[owners[at]].push_back(OpId{at});
  return ops;
}

}  // namespace

// Most are met again and again.
bool ReachedNames::note(std::string_view name, Names& names) {
  return !names.contains(name) && names.emplace(name).second;
}

void ReachedNames::add(const CodeFacts& code) {
  const auto file = static_cast<std::uint32_t>(files_.size());
  files_.push_back({&code, static_cast<std::uint32_t>(rows_.size()), ops_by_function(code)});
  for (std::uint32_t i = 0; i < code.functions.size(); ++i) {
    const std::string_view name = last_part(code.string(code.functions[i].name));
    by_name_.emplace(name.substr(0, name.find('/')), static_cast<std::uint32_t>(rows_.size()));
    rows_.push_back({file, FunctionId{i}});
  }
  for (const Class& type : code.classes) note(code.string(type.name), classes_);
  for (const Import& row : code.imports) {
    const std::string_view symbol = code.string(row.name);
    if (!row.local.exists() || symbol == code.string(code.variables[row.local.index].name))
      continue;
    name(symbol);  // it is read by another name
    note(symbol, read_);
    note(symbol, handed_on_);
  }
}

void ReachedNames::add_root(std::string_view symbol) { name(last_part(symbol)); }

// What a library or the language calls: the project's code need not name it.
bool ReachedNames::is_called_by_others(const CodeFacts& code, const Function& function) const {
  const std::string_view name = code.string(function.name);
  const bool is_init =
      function.kind == FunctionKind::ModuleInit || function.kind == FunctionKind::ClassInit ||
      function.kind == FunctionKind::InstanceInit || function.kind == FunctionKind::Constructor;
  if (is_init || name.starts_with("__") || (function.flags & kBroken) != 0) return true;
  for (std::uint32_t i = 0; i < function.annotations.count; ++i)
    if (last_part(code.string(code.annotations[function.annotations.first + i].path)) != "Override")
      return true;
  if (!function.owner.exists()) return false;
  const Class& type = code.classes[function.owner.index];
  for (std::uint32_t i = 0; i < type.bases.count; ++i) {
    const Expr& base = code.exprs[code.bases[type.bases.first + i].index];
    if (!classes_.contains(name_of(code, base))) return true;
  }
  return false;
}

void ReachedNames::settle() {
  for (const std::string_view one : known::implied_names()) name(one);
  for (std::uint32_t row = 0; row < rows_.size(); ++row) {
    const CodeFacts& code = *files_[rows_[row].file].code;
    if (is_called_by_others(code, code.functions[rows_[row].function.index])) reach(row);
  }
  for (const std::string& one : Names(named_)) reach_named(one);
  while (!open_.empty()) {
    const Row row = rows_[open_.back()];
    open_.pop_back();
    run(files_[row.file], row.function);
  }
}

void ReachedNames::reach(std::uint32_t row) {
  if (std::exchange(rows_[row].reached, true)) return;
  open_.push_back(row);
}

void ReachedNames::reach_named(std::string_view used) {
  const auto [first, end] = by_name_.equal_range(used);
  for (auto row = first; row != end; ++row) reach(row->second);
}

void ReachedNames::name(std::string_view used) {
  if (note(used, named_)) reach_named(used);
}

void ReachedNames::run(const File& file, FunctionId function) {
  const CodeFacts& code = *file.code;
  const Slice<Parameter> parameters = code.functions[function.index].parameters;
  for (std::uint32_t i = 0; i < parameters.count; ++i) {
    const ExprId fallback = code.parameters[parameters.first + i].fallback;
    take_named(file, fallback);
    take(code, fallback);
  }
  for (const OpId at : file.ops[function.index]) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Assign && is_export(code, code.assigns[op.detail])) continue;
    const bool defines = op.kind == OpKind::Assign && names_function(code, code.assigns[op.detail]);
    if (!defines) visit_expressions(code, at, [&](ExprId expr) { take_named(file, expr); });
    take_read(code, at);
  }
}

// A name as a text may be one that a member is looked up by.
void ReachedNames::take_named(const File& file, ExprId expr) {
  if (!expr.exists()) return;
  visit_parts(*file.code, expr, [&](const Expr& row) {
    if (row.kind == ExprKind::Function) reach(file.first + row.ref);
    if (row.kind == ExprKind::Text) name(file.code->string(row.name));
    if (const std::string_view used = name_of(*file.code, row); !used.empty()) name(used);
  });
}

void ReachedNames::take_read(const CodeFacts& code, OpId at) {
  const Op& op = code.ops[at.index];
  if (op.kind == OpKind::Call && is_filling(code, code.calls[op.detail])) {
    const Call& call = code.calls[op.detail];
    take_below(code, code.exprs[code.exprs[call.callee.index].ref]);
    for (const Operand& one : code.operands_of(call.arguments)) take(code, one.value);
  } else if (op.kind == OpKind::Assign && gives(code, code.assigns[op.detail])) {
    take(code, code.assigns[op.detail].value);
    take_target(code, code.exprs[code.assigns[op.detail].target.index]);
  } else {
    visit_expressions(code, at, [&](ExprId expr) { take(code, expr); });
  }
}

// Each named part is handed on, unless a member is read of it.
void ReachedNames::take(const CodeFacts& code, ExprId expr) {
  if (!expr.exists()) return;
  tsl::robin_map<std::string_view, int> alone;
  visit_parts(code, expr, [&](const Expr& row) {
    const std::string_view used = name_of(code, row);
    if (used.empty()) return;
    note(used, read_);
    ++alone[used];
    if (row.kind != ExprKind::Member) return;
    if (const std::string_view base = name_of(code, code.exprs[row.ref]); !base.empty())
      --alone[base];
  });
  for (const auto& [used, times] : alone)
    if (times > 0) note(used, handed_on_);
}

// What that is a member of.
void ReachedNames::take_below(const CodeFacts& code, const Expr& row) {
  if (row.kind != ExprKind::Member) return;
  const Expr& base = code.exprs[row.ref];
  if (const std::string_view used = name_of(code, base); used.empty())
    take(code, ExprId{row.ref});
  else
    note(used, read_);
  take_below(code, base);
}

void ReachedNames::take_target(const CodeFacts& code, const Expr& target) {
  take_below(code, target);
  if (target.kind != ExprKind::Index) return;
  take_below(code, code.exprs[target.ref]);
  for (const Operand& one : code.operands_of(target.operands)) take(code, one.value);
}

}  // namespace fnlint
