// What variables may be where a `try` fails: what they were before it, or were given in it.

#include "flow/body/attempts.h"

#include "flow/syntax/code_queries.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kWays = 6;  // of one variable

// To which something other than an assignment of the whole variable gives a value there.
std::set<VariableId> written_otherwise(const CodeFacts& code, OpId first, OpId end) {
  std::set<VariableId> written;
  for (OpId at = first; at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Loop) written.insert(root_variable(code, code.loops[op.detail].target));
    if (op.kind == OpKind::Assign) {
      const Assign& row = code.assigns[op.detail];
      const VariableId root = root_variable(code, row.target);
      if (row.mode == AssignMode::Update || !is_variable(code, row.target, root))
        written.insert(root);
    }
    if (op.kind == OpKind::Call) {
      const Call& call = code.calls[op.detail];
      if (call.callee.exists() && puts_into_receiver(code, call))
        written.insert(root_variable(code, call.callee));
    }
    if (op.kind != OpKind::Opaque) continue;
    const Slice<VariableId> slice = code.opaques[op.detail].may_write;
    for (std::uint32_t i = 0; i < slice.count; ++i) written.insert(code.written[slice.first + i]);
  }
  return written;
}

}  // namespace

Attempts::Begun Attempts::begins(OpId first, OpId end, const BodyState& state) {
  ++around_;
  Begun begun{first, end, bound_.size(), {}};
  const std::set<VariableId> otherwise = written_otherwise(code_, first, end);
  for (const VariableId id : written_variables(code_, first, end).assigned)
    if (const ValueId value = get(state.variables, id);
        value.exists() && (code_.variables[id.index].flags & kWrittenByInner) == 0 &&
        !otherwise.contains(id))
      begun.values.push_back({id, value});
  return begun;
}

void Attempts::settles(Begun begun, BodyState& raised) {
  --around_;
  if (bound_.size() >= kBound) begun.values.clear();  // not all were noted
  for (const auto& [id, before] : begun.values) {
    std::vector<ValueId> ways{before};
    for (std::size_t i = begun.bound; i < bound_.size(); ++i)
      if (bound_[i].first == id && std::ranges::find(ways, bound_[i].second) == ways.end())
        ways.push_back(bound_[i].second);
    if (ways.size() < 2 || ways.size() > kWays) continue;
    ValueId joined = ways[0];
    for (std::size_t i = 1; i < ways.size(); ++i) joined = pool_.join(joined, ways[i]);
    put(raised.variables, id, pool_.with_uncertainty(joined, kUngated));
  }
  if (around_ == 0) bound_.clear();
}

}  // namespace fnlint
