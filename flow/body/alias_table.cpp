// One object under several names: `same = plan`, `plans = [plan]`, `Holder(plan)`. Values are
// copies, so that a change by one of the names is given to the others here: as it is where these
// are surely one object, else as something that may be so.

#include "flow/body/alias_table.h"

#include "flow/models/library_select.h"
#include "model/language_traits.h"
#include "values/answers.h"
#include "values/functions.h"
#include "values/places.h"

#include <algorithm>

namespace fnlint {

// What it is given stands in one place of the function, so that it is that wherever it is read.
bool is_given_once(const CodeFacts& code, const Function& function, VariableId variable) {
  const auto is_it = [&](ExprId target) {
    return target.exists() && code.exprs[target.index].kind == ExprKind::Variable &&
           code.exprs[target.index].ref == variable.index;
  };
  std::size_t times = code.variables[variable.index].kind == VariableKind::Parameter ? 1 : 0;
  for (OpId at = function.first; at < function.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Assign) times += is_it(code.assigns[op.detail].target);
    if (op.kind == OpKind::Loop) times += is_it(code.loops[op.detail].target);
  }
  return times == 1;
}

namespace {

// Variables that stand in an expression as they are, and not only a part of what they hold.
void add_whole(const CodeFacts& code, ExprId expr, std::vector<VariableId>& out) {
  if (!expr.exists()) return;
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable) out.emplace_back(row.ref);
  if (row.kind != ExprKind::List && row.kind != ExprKind::Record && row.kind != ExprKind::Choose)
    return;
  for (const Operand& operand : code.operands_of(row.operands))
    if (operand.spread == 0) add_whole(code, operand.value, out);
}

bool holds_whole(const CodeFacts& code, ExprId expr, VariableId variable) {
  std::vector<VariableId> whole;
  add_whole(code, expr, whole);
  return std::ranges::find(whole, variable) != whole.end();
}

bool is_literal(const CodeFacts& code, ExprId expr) {
  if (!expr.exists()) return false;
  const ExprKind kind = code.exprs[expr.index].kind;
  return kind == ExprKind::List || kind == ExprKind::Record;
}

// A list or record of one element, which is the variable: each other may have an equal one.
bool is_literal_of(const CodeFacts& code, ExprId expr, VariableId variable) {
  return is_literal(code, expr) && code.exprs[expr.index].operands.count == 1 &&
         holds_whole(code, expr, variable);
}

bool are_given_once(const CodeFacts& code, const Function& function, VariableId a, VariableId b) {
  return is_given_once(code, function, a) && is_given_once(code, function, b);
}

}  // namespace

// Own variables whose objects other names may lead to.
const std::vector<VariableId>& AliasTable::shared_variables() {
  if (shared_) return *shared_;
  std::vector<VariableId>& shared = shared_.emplace();
  if (traits(code_.language).copies_objects && !traits(code_.language).assigns_copies)
    return shared;
  for (OpId at = scope_.function.first; at < scope_.function.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Assign) {
      add_whole(code_, code_.assigns[op.detail].value, shared);
      const ExprId target = code_.assigns[op.detail].target;
      if (target.exists() && code_.exprs[target.index].kind == ExprKind::Variable &&
          code_.assigns[op.detail].value.exists() &&
          !is_literal(code_, code_.assigns[op.detail].value))
        shared.emplace_back(code_.exprs[target.index].ref);
    } else if (op.kind == OpKind::Call) {
      for (const Operand& operand : code_.operands_of(code_.calls[op.detail].arguments))
        add_whole(code_, operand.value, shared);
    } else if (op.kind == OpKind::Loop) {
      add_whole(code_, code_.loops[op.detail].subject, shared);
    }
  }
  std::erase_if(shared, [&](VariableId id) { return !scope_.is_mine(id); });
  std::ranges::sort(shared);
  shared.erase(std::unique(shared.begin(), shared.end()), shared.end());
  return shared;
}

// Own variables that a pointer was given as they are, by the one of several ways, or by another
// one.
void AliasTable::add_pointed(VariableId pointer, std::vector<VariableId>& out, int depth) const {
  constexpr int kPointers = 4;
  if (depth > kPointers) return;
  std::vector<VariableId> whole;
  for (OpId at = scope_.function.first; at < scope_.function.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Assign) continue;
    const Assign& row = code_.assigns[op.detail];
    if (row.mode != AssignMode::Update && row.target.exists() &&
        code_.exprs[row.target.index].kind == ExprKind::Variable &&
        code_.exprs[row.target.index].ref == pointer.index)
      add_whole(code_, row.value, whole);
  }
  for (const VariableId one : whole) {
    if (!scope_.is_mine(one) || one == pointer || std::ranges::find(out, one) != out.end())
      continue;
    out.push_back(one);
    add_pointed(one, out, depth + 1);
  }
}

std::vector<VariableId> AliasTable::pointed_by(VariableId pointer) const {
  std::vector<VariableId> pointed;
  add_pointed(pointer, pointed, 0);
  return pointed;
}

const ExprId* AliasTable::given(VariableId id) const {
  const auto row = given_.find(id.index);
  return row == given_.end() ? nullptr : &row->second;
}

ExprId AliasTable::given_to(VariableId id) const {
  const ExprId* const last = given(id);
  return last == nullptr ? ExprId{} : *last;
}

// Whether a variable's object is what `base` leads to: Yes, No, or perhaps.
Answer AliasTable::is_same_object(ExprId base, VariableId variable) const {
  const VariableId root = root_variable(code_, base);
  if (!root.exists()) return Answer::Unknown;
  const ExprId of_root = given_to(root), of_variable = given_to(variable);
  const bool by_name = code_.exprs[base.index].kind == ExprKind::Variable;
  const bool is_copy = traits(code_.language).assigns_copies && of_root.exists() &&
                       code_.exprs[of_root.index].kind == ExprKind::Choose;
  if (by_name && (is_copy || is_literal(code_, of_root)) && !holds_whole(code_, of_variable, root))
    return Answer::No;
  const bool is_it =
      by_name ? is_variable(code_, of_root, variable) || is_variable(code_, of_variable, root)
              : is_literal_of(code_, of_root, variable);
  return is_it && are_given_once(code_, scope_.function, root, variable) ? Answer::Yes
                                                                         : Answer::Unknown;
}

// The same of what a variable's list or record holds.
Answer AliasTable::holds_object(ExprId base, VariableId variable) const {
  if (code_.exprs[base.index].kind != ExprKind::Variable) return Answer::No;
  const VariableId root{code_.exprs[base.index].ref};
  const ExprId given = given_to(variable);
  if (!holds_whole(code_, given, root)) return Answer::No;
  return is_literal_of(code_, given, root) && are_given_once(code_, scope_.function, root, variable)
             ? Answer::Yes
             : Answer::Unknown;
}

// What a variable holds once the object `before`, which it is or holds, has become `after`.
ValueId AliasTable::with_changed_object(ValueId value, ValueId before, ValueId after,
                                        bool is_sure) {
  const auto changed = [&](ValueId one) {
    if (one != before) return one;
    return is_sure ? after : pool_.with_uncertainty(pool_.join(before, after), kUngated);
  };
  if (value == before) return changed(value);
  std::vector<ValueId> parts(pool_.operands(value).begin(), pool_.operands(value).end());
  if (std::ranges::find(parts, before) == parts.end()) return value;
  const bool open = pool_[value].ref != 0;
  if (pool_.is(value, ValueKind::List)) {
    std::ranges::transform(parts, parts.begin(), changed);
    return pool_.list(parts, open);
  }
  if (!pool_.is(value, ValueKind::Record)) return value;
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < parts.size(); ++i)
    entries.push_back({pool_.names(value)[i], changed(parts[i])});
  return pool_.record(entries, open);
}

void AliasTable::change(ExprId base, ValueId before, ValueId after, BodyState& state) {
  if (before == after || scope_.in_initialiser()) return;
  const VariableId root = root_variable(code_, base);
  for (const VariableId variable : shared_variables()) {
    if (variable == root) continue;
    const ValueId value = get(state.variables, variable);
    if (!value.exists()) continue;
    const Answer same =
        value == before ? is_same_object(base, variable) : holds_object(base, variable);
    if (same == Answer::No) continue;
    put(state.variables, variable, with_changed_object(value, before, after, same == Answer::Yes));
  }
}

void AliasTable::change_variable(VariableId variable, ValueId before, ValueId after,
                                 BodyState& state) {
  for (const VariableId other : shared_variables())
    if (other != variable && get(state.variables, other) == before && before != after)
      put(state.variables, other, with_changed_object(before, before, after, false));
}

void AliasTable::change_by_method(const Step& store, std::uint64_t call, BodyState& state) {
  if (!store.key.exists() || !pool_.is(store.key, ValueKind::Text) ||
      !is_field(pool_, store.subject))
    return;
  const std::string name(pool_.text(store.key));
  const ValueId later = pool_.hole(Origin::Element, "changed by a method", call);
  for (const VariableId variable : shared_variables()) {
    const ValueId value = get(state.variables, variable);
    if (!value.exists() || !pool_.is(value, ValueKind::Record)) continue;
    const ValueId old = named_entry(pool_, value, name);
    if (!old.exists()) continue;
    const ValueId either = pool_.with_uncertainty(pool_.join(old, later), kUngated);
    put(state.variables, variable, with_entry(pool_, value, pool_.text_value(name), either));
  }
}

}  // namespace fnlint
