// Follows a call's result through an await or a variable to a return that gives it unchanged.

#include "flow/state/forwarded.h"

namespace fnlint {

namespace {

bool is_whole(const CodeFacts& code, ExprId value, ExprKind kind, std::uint32_t of) {
  return value.exists() && code.exprs[value.index].kind == kind &&
         code.exprs[value.index].ref == of;
}

}  // namespace

OpId forwarded_by(const CodeFacts& code, OpId call) {
  ExprKind kind = ExprKind::Result;
  std::uint32_t held = call.index;
  const auto is_held = [&](ExprId value) { return is_whole(code, value, kind, held); };
  constexpr int kOps = 4;  // an await, a variable
  OpId at = code.ops[call.index].end;
  for (int i = 0; i < kOps && at.index < code.ops.size(); ++i, at = code.ops[at.index].end) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Await && is_held(code.awaits[op.detail].value)) {
      kind = ExprKind::Result;
      held = at.index;
    } else if (op.kind == OpKind::Assign && is_held(code.assigns[op.detail].value)) {
      const Assign& row = code.assigns[op.detail];
      const bool is_plain = row.mode == AssignMode::Set || row.mode == AssignMode::Declare;
      if (!is_plain || !row.target.exists() ||
          code.exprs[row.target.index].kind != ExprKind::Variable)
        return {};
      kind = ExprKind::Variable;
      held = code.exprs[row.target.index].ref;
    } else {
      const bool returns = op.kind == OpKind::Exit &&
                           code.exits[op.detail].kind == ExitKind::Return &&
                           is_held(code.exits[op.detail].value);
      return returns ? at : OpId{};
    }
  }
  return {};
}

}  // namespace fnlint
