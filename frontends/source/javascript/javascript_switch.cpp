// JavaScript's switch with its fall-through, lowered to branches.

#include "frontends/source/javascript/javascript_lowering.h"

namespace fnlint {

// A Block with one Branch after another: a body that ends in `break` leaves the Block, and one that
// falls into the next sets a flag that the next one's condition asks.
void JavaScriptLowering::switch_statement(JsId node) {
  const JsId value = tree_.child(node, JsField::Value);
  const JsId body = tree_.child(node, JsField::Body);
  const Range where = tree_.range(node);
  const JsId subject_node = unwrapped(value);
  const ExprId subject = value.exists() ? expression(value) : code_.unknown("syntax", where);
  const OpId block = code_.open_block("", where);
  targets_.push_back(target(block, {}, false));
  const ScopeId around = scope_;
  scope_ = names_.open(around, names_.function(around));
  if (body.exists()) {
    for (const JsId arm : tree_.children(body)) declare_block(arm, scope_);
    for (const JsId arm : tree_.children(body)) hoist_functions(arm, JsField::Body);
    switch_arms(switch_parts(body, subject, tree_.kind(subject_node) == Js::True));
  }
  scope_ = around;
  targets_.pop_back();
  code_.close(block);
}

// Cases without a body join the next one that has one.
std::vector<JavaScriptLowering::SwitchArm> JavaScriptLowering::switch_parts(JsId body,
                                                                            ExprId subject,
                                                                            bool is_true) {
  std::vector<SwitchArm> arms;
  bool joins = false;
  for (const JsId node : tree_.children(body)) {
    const bool is_default = tree_.kind(node) == Js::SwitchDefault;
    if (!is_default && tree_.kind(node) != Js::SwitchCase) continue;
    if (!joins) arms.emplace_back();
    SwitchArm& arm = arms.back();
    arm.node = node;
    arm.is_default |= is_default;
    if (const JsId value = tree_.child(node, JsField::Value); value.exists()) {
      const ExprId test = expression(value);
      arm.tests.push_back(
          is_true ? test : code_.operation(OperatorKind::Equal, subject, test, tree_.range(value)));
    }
    joins = !tree_.child(node, JsField::Body).exists();
    arm.falls_into_next = !joins && runs_through(node);
  }
  return arms;
}

void JavaScriptLowering::switch_arms(const std::vector<SwitchArm>& arms) {
  VariableId fallen;  // whether the body before ran into this one
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const SwitchArm& arm = arms[i];
    const Range where = tree_.range(arm.node);
    std::vector<ExprId> tests = arm.tests;
    if (arm.is_default) {
      std::vector<ExprId> later;
      for (std::size_t k = i + 1; k < arms.size(); ++k)
        later.insert(later.end(), arms[k].tests.begin(), arms[k].tests.end());
      tests.clear();
      if (!later.empty())
        tests.push_back(code_.operation(OperatorKind::Not, any_of(later, where), {}, where));
    }
    const bool is_unconditional = tests.empty();
    if (i > 0 && arms[i - 1].falls_into_next && !is_unconditional)
      tests.insert(tests.begin(), code_.variable(fallen, where));
    const bool sets_flag = arm.falls_into_next && i + 1 < arms.size();
    if (sets_flag && !fallen.exists()) {
      fallen = code_.temporary(code_.current());
      code_.assign(code_.variable(fallen, where), code_.boolean(false, where), where,
                   AssignMode::Declare);
    }
    const OpId branch = is_unconditional ? OpId{} : code_.open_branch(any_of(tests, where), where);
    if (sets_flag) code_.assign(code_.variable(fallen, where), code_.boolean(true, where), where);
    statements(arm.node, JsField::Body);
    if (branch.exists()) code_.close(branch);
  }
}

ExprId JavaScriptLowering::any_of(const std::vector<ExprId>& tests, Range where) {
  // Halves, so that hundreds of cases do not nest hundreds deep.
  std::vector<ExprId> row = tests;
  while (row.size() > 1) {
    std::vector<ExprId> next;
    for (std::size_t i = 0; i + 1 < row.size(); i += 2)
      next.push_back(code_.operation(OperatorKind::Or, row[i], row[i + 1], where));
    if (row.size() % 2 == 1) next.push_back(row.back());
    row = std::move(next);
  }
  return row.front();
}

// Whether control may reach the end of a case.
bool JavaScriptLowering::runs_through(JsId arm) const {
  const JsId last = last_statement(arm, JsField::Body);
  return !last.exists() || completes(last, 0);
}

JsId JavaScriptLowering::last_statement(JsId parent, JsField field) const {
  JsId last;
  for (const JsId node : tree_.children(parent)) {
    const Js kind = tree_.kind(node);
    if (kind == Js::FunctionDeclaration || kind == Js::GeneratorDeclaration ||
        kind == Js::EmptyStatement)
      continue;
    if (field == JsField::None || tree_.field(node) == field) last = node;
  }
  return last;
}

// Whether control may reach the statement's end.
bool JavaScriptLowering::completes(JsId node, std::size_t depth) const {
  switch (tree_.kind(node)) {
    case Js::BreakStatement:
    case Js::ContinueStatement:
    case Js::ReturnStatement:
    case Js::ThrowStatement: return false;
    case Js::IfStatement: {
      const JsId otherwise = tree_.child(node, JsField::Alternative);
      if (!otherwise.exists() || depth > 8) return true;
      return completes(tree_.child(node, JsField::Consequence), depth + 1) ||
             completes(tree_.first_child(otherwise), depth + 1);
    }
    case Js::StatementBlock: {
      const JsId last = depth > 8 ? JsId{} : last_statement(node, JsField::None);
      return !last.exists() || completes(last, depth + 1);
    }
    default: return true;
  }
}

}  // namespace fnlint
