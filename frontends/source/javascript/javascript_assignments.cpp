#include "frontends/source/javascript/javascript_lowering.h"
#include "frontends/source/javascript/javascript_text.h"

// JavaScript's assignments: what is assigned to, patterns that take values apart, `a ||= b`.
namespace fnlint {

bool JavaScriptLowering::is_pattern(Js kind) {
  return kind == Js::ObjectPattern || kind == Js::ArrayPattern;
}

ExprId JavaScriptLowering::assignment(JsId node) {
  const JsId left = unwrapped(tree_.child(node, JsField::Left));
  const JsId right = tree_.child(node, JsField::Right);
  const Range where = tree_.range(node);
  if (is_pattern(tree_.kind(left))) {
    const ExprId value = right.exists() ? expression(right) : code_.unknown("syntax", where);
    const ExprId source = is_stable(value) ? value : spill(value);
    destructure(left, source, AssignMode::Set);
    return source;
  }
  const ExprId target = assignment_target(left);
  const auto [name, name_range] = name_of_target(left);
  const ExprId value =
      right.exists() ? named_expression(right, name, name_range) : code_.unknown("syntax", where);
  store(target, value, where);
  const bool is_read_back = code_.expr(target).kind == ExprKind::Variable && !is_stable(value);
  return is_read_back ? target : value;
}

ExprId JavaScriptLowering::augmented_assignment(JsId node) {
  const Range where = tree_.range(node);
  const JsId right = tree_.child(node, JsField::Right);
  const ExprId target = assignment_target(tree_.child(node, JsField::Left));
  const Js op = tree_.kind(tree_.child(node, JsField::Operator));
  if (op == Js::NullishAssign || op == Js::OrAssign || op == Js::AndAssign) {
    feature(JsFeature::LogicalAssignment, node);
    logical_assignment(op, target, right, where);
    return target;
  }
  const ExprId value = right.exists() ? expression(right) : code_.unknown("syntax", where);
  store(target, value, where, AssignMode::Update, updated_by(op));
  return target;
}

OperatorKind JavaScriptLowering::updated_by(Js op) {
  switch (op) {
    case Js::MinusAssign: return OperatorKind::Subtract;
    case Js::StarAssign: return OperatorKind::Multiply;
    case Js::SlashAssign: return OperatorKind::Divide;
    case Js::PercentAssign: return OperatorKind::Modulo;
    case Js::StarStarAssign: return OperatorKind::Power;
    case Js::BitAndAssign: return OperatorKind::BitAnd;
    case Js::BitOrAssign: return OperatorKind::BitOr;
    case Js::BitXorAssign: return OperatorKind::BitXor;
    case Js::ShiftLeftAssign: return OperatorKind::ShiftLeft;
    case Js::ShiftRightAssign: return OperatorKind::ShiftRight;
    default: return OperatorKind::Add;
  }
}

void JavaScriptLowering::logical_assignment(Js op, ExprId target, JsId right, Range where) {
  if (op != Js::AndAssign && !tree_.has(right, kJsOps))
    return store(target, expression(right), where, AssignMode::SetIfAbsent);
  ExprId test = target;
  if (op == Js::NullishAssign)
    test = code_.operation(OperatorKind::Equal, target, code_.null(where), code_.range(target));
  if (op == Js::OrAssign)
    test = code_.operation(OperatorKind::Not, target, {}, code_.range(target));
  const OpId branch = code_.open_branch(test, where);
  store(target, expression(right), where);
  code_.close(branch);
}

// A Variable, Member or Index. What cannot be assigned to becomes a temporary.
ExprId JavaScriptLowering::assignment_target(JsId wrapped) {
  const JsId node = unwrapped(wrapped);
  switch (tree_.kind(node)) {
    case Js::Identifier:
    case Js::Undefined:
    case Js::ShorthandPattern: return written_name(node);
    case Js::Member:
    case Js::Subscript: {
      const ExprId target = chain(node);
      const ExprKind kind = code_.expr(target).kind;
      if (kind == ExprKind::Variable || kind == ExprKind::Member || kind == ExprKind::Index)
        return target;
      break;
    }
    default:
      if (tree_.has(node, kJsOps)) effect(node);
      break;
  }
  return code_.variable(code_.temporary(code_.current()), tree_.range(wrapped));
}

// The variable of a name that is written; a name that nothing declares becomes a global.
ExprId JavaScriptLowering::written_name(JsId node) {
  const std::string_view name = tree_.text(node);
  const Range where = tree_.range(node);
  VariableId variable = names_.find(scope_, name);
  if (!variable.exists()) {
    variable = names_.resolve(ScopeId{0}, name, where);
    implicit_globals_.push_back(variable);
  } else if (variable != exports_variable_ &&
             code_.variable(variable).kind == VariableKind::Import && names_.is_builtin(variable)) {
    implicit_globals_.push_back(variable);
  }
  return code_.variable(variable, where);
}

void JavaScriptLowering::store(ExprId target, ExprId value, Range where, AssignMode mode,
                               OperatorKind update) {
  const Expr row = code_.expr(target);
  if (row.kind == ExprKind::Variable) {
    const VariableId variable{row.ref};
    if (code_.variable(variable).owner != code_.current()) code_.mark(variable, kWrittenByInner);
    if (value.exists() && code_.expr(value).kind == ExprKind::Variable &&
        code_.expr(value).ref == variable.index && mode == AssignMode::Set)
      return;  // exports = module.exports = …
  }
  if (row.kind == ExprKind::Member && value.exists()) mark_exported(row, value);
  code_.assign(target, value, where, mode, update);
}

// exports.name = variable
void JavaScriptLowering::mark_exported(const Expr& member, ExprId value) {
  const Expr base = code_.expr(ExprId{member.ref});
  const Expr exported = code_.expr(value);
  if (base.kind == ExprKind::Variable && base.ref == exports_variable_.index &&
      exported.kind == ExprKind::Variable)
    code_.mark(VariableId{exported.ref}, kExported);
}

// What a function that is assigned to it is called.
std::pair<std::string, Range> JavaScriptLowering::name_of_target(JsId node) const {
  switch (tree_.kind(node)) {
    case Js::Identifier: return {std::string(tree_.text(node)), tree_.range(node)};
    case Js::Member: {
      const JsId property = tree_.child(node, JsField::Property);
      return {std::string(tree_.text(property)), tree_.range(property)};
    }
    case Js::Subscript: {
      const JsId index = tree_.child(node, JsField::Index);
      return {literal_text(index).value_or(""), tree_.range(index)};
    }
    default: return {};
  }
}

// A source that is read more than once.
ExprId JavaScriptLowering::kept_source(ExprId value) {
  switch (code_.expr(value).kind) {
    case ExprKind::Variable:
    case ExprKind::Result:
    case ExprKind::Member:
    case ExprKind::Index:
    case ExprKind::Unknown: return value;
    default: return spill(value);
  }
}

void JavaScriptLowering::destructure(JsId pattern, ExprId source, AssignMode mode) {
  const Level level(depth_);
  if (too_deep(pattern)) return;
  if (tree_.kind(pattern) == Js::ObjectPattern) return destructure_object(pattern, source, mode);
  destructure_array(pattern, source, mode);
}

void JavaScriptLowering::destructure_object(JsId pattern, ExprId source, AssignMode mode) {
  std::vector<Operand> taken;  // what a rest leaves out
  for (const JsId node : tree_.children(pattern)) {
    const Range where = tree_.range(node);
    JsId target = node, fallback, key = node;
    switch (tree_.kind(node)) {
      case Js::ShorthandPattern: break;
      case Js::ObjectAssignmentPattern:
        key = target = tree_.child(node, JsField::Left);
        fallback = tree_.child(node, JsField::Right);
        break;
      case Js::PairPattern:
        key = tree_.child(node, JsField::Key);
        target = tree_.child(node, JsField::Value);
        break;
      case Js::RestPattern: {
        feature(JsFeature::ObjectSpread, node);
        taken.insert(taken.begin(), {.name = {}, .key = {}, .value = source, .spread = 2});
        take(tree_.first_child(node), code_.record(taken, where), {}, mode);
        continue;
      }
      default: continue;
    }
    Operand entry{.value = code_.null(where), .spread = kLeftOutOfSpread};
    set_key(entry, key);
    const ExprId value = entry.name.exists()
                             ? code_.member(source, std::string(code_.string(entry.name)), where)
                         : entry.key.exists() ? code_.index(source, entry.key, where)
                                              : code_.unknown("syntax", where);
    taken.push_back(entry);
    take(target, value, fallback, mode);
  }
}

void JavaScriptLowering::destructure_array(JsId pattern, ExprId source, AssignMode mode) {
  std::size_t position = 0;
  for (const JsId node : tree_.children(pattern)) {
    if (tree_.kind(node) == Js::Comma) {
      ++position;
      continue;
    }
    const Range where = tree_.range(node);
    const ExprId at = code_.number(std::to_string(position), where);
    if (tree_.kind(node) == Js::RestPattern) {
      take(tree_.first_child(node), code_.part(source, at, {}, {}, where), {}, mode);
    } else {
      take(node, code_.index(source, at, where), {}, mode);
    }
  }
}

// Gives one target of a pattern its value, or its default where the value is undefined.
void JavaScriptLowering::take(JsId wrapped, ExprId value, JsId fallback, AssignMode mode) {
  JsId target = unwrapped(wrapped);
  if (tree_.kind(target) == Js::AssignmentPattern) {
    fallback = tree_.child(target, JsField::Right);
    target = unwrapped(tree_.child(target, JsField::Left));
  }
  if (!target.exists()) return;
  const Range where = tree_.range(target);
  if (fallback.exists()) {
    const ExprId missing = code_.operation(OperatorKind::Equal, value, code_.null(where), where);
    const auto [name, name_range] = name_of_target(target);
    if (!tree_.has(fallback, kJsOps)) {
      value = code_.choose(missing, named_expression(fallback, name, name_range), value, where);
    } else {
      const ExprId chosen = code_.variable(code_.temporary(code_.current()), where);
      const OpId branch = code_.open_branch(missing, where);
      code_.assign(chosen, expression(fallback), tree_.range(fallback));
      code_.otherwise(branch);
      code_.assign(chosen, value, where);
      code_.close(branch);
      value = chosen;
    }
  }
  if (is_pattern(tree_.kind(target)))
    return destructure(target, fallback.exists() ? spill(value) : value, mode);
  store(assignment_target(target), value, where, mode);
}

}  // namespace fnlint
