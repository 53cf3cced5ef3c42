// Bounds of ids and slices, values of enumerations, and the number of operands of each kind.

#include "frontends/source/common/validate_rows.h"

#include "core/text.h"

#include <map>
#include <string_view>

namespace fnlint {

namespace {

class Rows {
 public:
  explicit Rows(const CodeFacts& facts) : facts_(facts) {}
  std::vector<std::string> run();

 private:
  void sizes();
  void strings();
  void exprs();
  void operands_of_kind(const Expr& row, std::uint32_t id);
  void ops();
  void details();
  void variables();
  void types();
  void functions();
  void classes();
  void notes();

  template <class... Parts>
  void fault(const Parts&... parts) {
    if (faults_.size() < kMostFaults) faults_.push_back(cat(parts...));
  }
  template <class T, class Row>
  void names(const std::vector<Row>& table, Id<T> id, std::string_view what) {
    if (id.index >= table.size()) fault(what, " names no row");
  }
  template <class T, class Row>
  void may_name(const std::vector<Row>& table, Id<T> id, std::string_view what) {
    if (id.exists()) names(table, id, what);
  }
  template <class Row, class T>
  void lies_in(const std::vector<Row>& table, Slice<T> slice, std::string_view what) {
    if (std::size_t{slice.first} + slice.count > table.size()) fault(what, " is out of range");
    if ((taken_[&table] += slice.count) > table.size()) fault(what, " is another row's as well");
  }
  template <class Enum>
  void is_one_of(Enum value, Enum last, std::string_view what) {
    if (value > last) fault(what, " is of no kind");
  }

  const CodeFacts& facts_;
  std::vector<std::string> faults_;
  std::map<const void*, std::size_t> taken_;  // of each table, by slices
};

std::vector<std::string> Rows::run() {
  sizes();
  strings();
  exprs();
  ops();
  details();
  variables();
  types();
  functions();
  classes();
  notes();
  return faults_;
}

void Rows::sizes() {
  if (facts_.functions.empty() || facts_.functions[0].kind != FunctionKind::ModuleInit)
    fault("function 0 is not the module's initialiser");
  if (facts_.function_ranges.size() != facts_.functions.size() ||
      facts_.function_name_ranges.size() != facts_.functions.size())
    fault("function ranges and functions differ in number");
  if (facts_.op_ranges.size() != facts_.ops.size()) fault("op ranges and ops differ in number");
  if (facts_.expr_ranges.size() != facts_.exprs.size())
    fault("expression ranges and expressions differ in number");
  if (facts_.operand_ranges.size() != facts_.operands.size())
    fault("operand ranges and operands differ in number");
}

void Rows::strings() {
  std::uint32_t reached = 0;
  for (const Range at : facts_.strings) {
    if (at.begin != reached || at.end < at.begin || at.end > facts_.text.size())
      fault("a string lies outside the string table");
    reached = at.end;
  }
  may_name(facts_.strings, facts_.package, "the package");
}

void Rows::exprs() {
  for (std::uint32_t id = 0; id < facts_.exprs.size(); ++id) {
    const Expr& row = facts_.exprs[id];
    is_one_of(row.kind, ExprKind::Comprehend, "an expression");
    may_name(facts_.strings, row.name, "an expression's name");
    lies_in(facts_.operands, row.operands, "an expression's operands");
    operands_of_kind(row, id);
  }
  for (const Operand& row : facts_.operands) {
    may_name(facts_.strings, row.name, "an operand's name");
    may_name(facts_.exprs, row.key, "an operand's key");
    may_name(facts_.exprs, row.value, "an operand's value");
  }
}

void Rows::operands_of_kind(const Expr& row, std::uint32_t id) {
  std::size_t operands = 0;
  switch (row.kind) {
    case ExprKind::Variable:
      return names(facts_.variables, VariableId{row.ref}, "a variable's expression");
    case ExprKind::Function:
      return names(facts_.functions, FunctionId{row.ref}, "a function's expression");
    case ExprKind::Result:
    case ExprKind::ErrorOf: return names(facts_.ops, OpId{row.ref}, "a result");
    case ExprKind::Member:
    case ExprKind::TypeTest: break;
    case ExprKind::Index: operands = 1; break;
    case ExprKind::Part: operands = 3; break;
    case ExprKind::Operator: {
      const auto how = static_cast<OperatorKind>(row.detail);
      is_one_of(how, OperatorKind::Format, "an operator");
      operands = how == OperatorKind::Not ? 1 : 2;
      break;
    }
    case ExprKind::Choose: operands = 3; break;
    default: return;
  }
  const bool has_base = row.kind != ExprKind::Operator && row.kind != ExprKind::Choose;
  if (has_base && row.ref >= id) fault("e", id, " has no base before it");
  if (row.operands.count != operands) fault("e", id, " has not the operands of its kind");
}

void Rows::ops() {
  const auto rows_of = [&](OpKind kind) -> std::size_t {
    switch (kind) {
      case OpKind::Assign: return facts_.assigns.size();
      case OpKind::Call: return facts_.calls.size();
      case OpKind::Await: return facts_.awaits.size();
      case OpKind::Yield: return facts_.yields.size();
      case OpKind::Branch: return facts_.branches.size();
      case OpKind::Loop: return facts_.loops.size();
      case OpKind::Try: return facts_.tries.size();
      case OpKind::Block: return facts_.blocks.size();
      case OpKind::Exit: return facts_.exits.size();
      case OpKind::Define: return facts_.defines.size();
      case OpKind::Opaque: return facts_.opaques.size();
    }
    return 0;
  };
  for (std::uint32_t id = 0; id < facts_.ops.size(); ++id) {
    const Op& row = facts_.ops[id];
    if (row.detail >= rows_of(row.kind)) fault("#", id, " has no row");
    if (row.end.index <= id || row.end.index > facts_.ops.size()) fault("#", id, " has no end");
  }
}

// The rows of the ops' own tables.
void Rows::details() {
  for (const Assign& row : facts_.assigns) {
    is_one_of(row.mode, AssignMode::Evaluate, "an assignment");
    is_one_of(row.update, OperatorKind::Format, "an update");
    may_name(facts_.exprs, row.target, "a target");
    may_name(facts_.exprs, row.value, "an assigned value");
  }
  for (const Call& row : facts_.calls) {
    is_one_of(row.mode, CallMode::Annotate, "a call");
    names(facts_.exprs, row.callee, "a callee");
    lies_in(facts_.operands, row.arguments, "an argument list");
    may_name(facts_.types, row.given, "a call's type argument");
  }
  for (const Await& row : facts_.awaits) may_name(facts_.exprs, row.value, "an awaited value");
  for (const Yield& row : facts_.yields) may_name(facts_.exprs, row.value, "a yielded value");
  for (const Block& row : facts_.blocks) may_name(facts_.strings, row.label, "a label");
  for (const Define& row : facts_.defines) names(facts_.classes, row.type, "a defined class");
  for (const Branch& row : facts_.branches) names(facts_.exprs, row.condition, "a condition");
  for (const Loop& row : facts_.loops) {
    is_one_of(row.kind, LoopKind::Forever, "a loop");
    may_name(facts_.exprs, row.target, "a loop's target");
    may_name(facts_.exprs, row.subject, "a loop's subject");
  }
  for (const Try& row : facts_.tries) lies_in(facts_.catches, row.catches, "a try's catches");
  for (const Catch& row : facts_.catches) {
    may_name(facts_.variables, row.caught, "a caught variable");
    lies_in(facts_.type_arguments, row.types, "what is caught");
  }
  for (const Exit& row : facts_.exits) {
    is_one_of(row.kind, ExitKind::Stop, "an exit");
    may_name(facts_.ops, row.target, "an exit's target");
    may_name(facts_.exprs, row.value, "an exit's value");
  }
  for (const Opaque& row : facts_.opaques) {
    may_name(facts_.strings, row.syntax, "an opaque op");
    lies_in(facts_.written, row.may_write, "what an opaque op writes");
  }
}

void Rows::variables() {
  for (const Variable& row : facts_.variables) {
    is_one_of(row.kind, VariableKind::Element, "a variable");
    may_name(facts_.strings, row.name, "a variable's name");
    names(facts_.functions, row.owner, "a variable's owner");
    may_name(facts_.types, row.type, "a variable's type");
  }
  for (const VariableId row : facts_.written) names(facts_.variables, row, "a written variable");
}

void Rows::types() {
  for (std::uint32_t id = 0; id < facts_.types.size(); ++id) {
    const Type& row = facts_.types[id];
    may_name(facts_.strings, row.path, "a type's path");
    may_name(facts_.variables, row.named, "a type's variable");
    lies_in(facts_.type_arguments, row.arguments, "a type's arguments");
    const std::size_t end = std::size_t{row.arguments.first} + row.arguments.count;
    for (std::size_t at = row.arguments.first; at < end && at < facts_.type_arguments.size(); ++at)
      if (facts_.type_arguments[at].index >= id) fault("type ", id, " has a later type as argument");
  }
  for (const TypeId row : facts_.type_arguments) names(facts_.types, row, "a type argument");
}

void Rows::functions() {
  for (std::uint32_t id = 0; id < facts_.functions.size(); ++id) {
    const Function& row = facts_.functions[id];
    is_one_of(row.kind, FunctionKind::InstanceInit, "a function");
    may_name(facts_.strings, row.name, "a function's name");
    may_name(facts_.classes, row.owner, "a function's class");
    may_name(facts_.variables, row.receiver, "a receiver");
    may_name(facts_.types, row.returns, "a function's type");
    lies_in(facts_.parameters, row.parameters, "a parameter list");
    lies_in(facts_.annotations, row.annotations, "a function's annotations");
    if (id == 0 ? row.parent.exists() : row.parent.index >= id)
      fault("function ", id, " stands before its parent");
    if (!row.first.exists() || row.end < row.first || row.end.index > facts_.ops.size())
      fault("function ", id, " has no body");
  }
  for (const Parameter& row : facts_.parameters) {
    is_one_of(row.rest, RestKind::Named, "a parameter");
    names(facts_.variables, row.variable, "a parameter's variable");
    may_name(facts_.exprs, row.fallback, "a parameter's fallback");
    lies_in(facts_.annotations, row.annotations, "a parameter's annotations");
  }
}

void Rows::classes() {
  for (const Class& row : facts_.classes) {
    may_name(facts_.strings, row.name, "a class's name");
    lies_in(facts_.bases, row.bases, "a class's bases");
    lies_in(facts_.type_arguments, row.generic_bases, "a class's generic bases");
    lies_in(facts_.fields, row.fields, "a class's fields");
    lies_in(facts_.methods, row.methods, "a class's methods");
    lies_in(facts_.methods, row.declared_methods, "a class's declared methods");
    may_name(facts_.functions, row.class_init, "a class's initialiser");
    may_name(facts_.functions, row.instance_init, "an object's initialiser");
    lies_in(facts_.annotations, row.annotations, "a class's annotations");
  }
  for (const Field& row : facts_.fields) {
    may_name(facts_.strings, row.name, "a field's name");
    may_name(facts_.types, row.type, "a field's type");
    lies_in(facts_.annotations, row.annotations, "a field's annotations");
  }
  for (const ExprId row : facts_.bases) names(facts_.exprs, row, "a base");
  for (const FunctionId row : facts_.methods) names(facts_.functions, row, "a method");
  for (const Annotation& row : facts_.annotations) {
    may_name(facts_.strings, row.path, "an annotation's path");
    lies_in(facts_.operands, row.arguments, "an annotation's arguments");
  }
}

void Rows::notes() {
  for (const Import& row : facts_.imports) {
    may_name(facts_.strings, row.module, "an import's module");
    may_name(facts_.strings, row.name, "an import's name");
    may_name(facts_.variables, row.local, "an import's variable");
    names(facts_.functions, row.executed_in, "an import's function");
  }
  for (const FeatureUse& row : facts_.features) {
    may_name(facts_.strings, row.feature, "a feature");
    may_name(facts_.strings, row.since, "a feature's version");
  }
  for (const HandlerComment& row : facts_.handler_comments)
    may_name(facts_.strings, row.text, "a comment");
}

}  // namespace

std::vector<std::string> row_faults(const CodeFacts& facts) { return Rows(facts).run(); }

}  // namespace fnlint
