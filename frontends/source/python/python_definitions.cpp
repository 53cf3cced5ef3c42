// Functions, classes and their decorators.
#include "frontends/source/python/python_lowering.h"

#include <unordered_map>

namespace fnlint {

namespace {

// `@a.b` and `@a.b(c)` always were decorators; other expressions since 3.9.
bool is_plain_decorator(Py kind) {
  return kind == Py::Identifier || kind == Py::Attribute || kind == Py::Call;
}

}  // namespace

void PythonLowering::decorated_definition(NodeId node) {
  const NodeId definition = child(node, PyField::Definition);
  if (definition == kNoNode) return salvage_parts(node);
  if (kind(definition) == Py::ClassDefinition) return class_definition(definition, node);
  function_definition(definition, node);
}

void PythonLowering::function_definition(NodeId node, NodeId holder) {
  if (scopes_.is_passed_over(node)) return too_deep(node);
  const FunctionId function = scopes_.function_at(node);
  const NodeId name = child(node, PyField::Name);
  if (child(node, PyField::TypeParameters) != kNoNode) feature("type-parameters", "3.12", node);
  const bool in_class = out_.function(function).owner.exists();
  const std::vector<ExprId> decorators = decorator_values(holder, in_class);
  lower_fallbacks(function);
  if (name == kNoNode) return;
  const ExprId value = decorated(out_.function(function, range(node)), decorators, holder);
  if (scopes_.functions()[function.index].is_setter) return;
  const ExprId target = name_for(out_.string(text(name)), range(name), true);
  out_.assign(target, value, range(holder), AssignMode::Declare);
}

// Default values belong to the function around, which evaluates them once.
void PythonLowering::lower_fallbacks(FunctionId function) {
  const PyFunction& row = scopes_.functions()[function.index];
  std::vector<ExprId>& fallbacks = fallbacks_[function.index];
  for (const PyParameter& parameter : row.parameters)
    fallbacks.push_back(parameter.fallback == kNoNode ? ExprId{} : expression(parameter.fallback));
  const NodeId parameters = child(row.node, PyField::Parameters);
  if (parameters == kNoNode) return;
  for (const NodeId part : nodes_.children(parameters))
    if (kind(part) == Py::PositionalSeparator) feature("positional-only-parameters", "3.8", part);
}

std::vector<ExprId> PythonLowering::decorator_values(NodeId holder, bool in_class) {
  std::vector<ExprId> values;
  if (kind(holder) != Py::DecoratedDefinition) return values;
  for (const NodeId part : nodes_.children(holder)) {
    if (kind(part) != Py::Decorator) continue;
    const NodeId written = nodes_.first_child(part);
    if (written == kNoNode || (in_class && method_decorator(text(written)))) continue;
    if (!is_plain_decorator(kind(written))) feature("decorator-expression", "3.9", written);
    values.push_back(expression(written));
  }
  return values;
}

ExprId PythonLowering::decorated(ExprId value, const std::vector<ExprId>& decorators,
                                 NodeId holder) {
  for (auto at = decorators.rbegin(); at != decorators.rend(); ++at) {
    const Range where = out_.range(*at);
    const OpId call = out_.call(*at, {{.value = value}}, where, CallMode::Decorator);
    value = out_.result(call, range(holder));
  }
  return value;
}

void PythonLowering::class_definition(NodeId node, NodeId holder) {
  if (scopes_.is_passed_over(node)) return too_deep(node);
  const FunctionId init = scopes_.function_at(node);
  const ClassId type = out_.function(init).owner;
  const NodeId name = child(node, PyField::Name), body = child(node, PyField::Body);
  if (child(node, PyField::TypeParameters) != kNoNode) feature("type-parameters", "3.12", node);
  const std::vector<ExprId> decorators = decorator_values(holder, false);
  const std::vector<ExprId> bases = base_classes(node);
  std::vector<Field> fields;
  if (body != kNoNode) fields = class_fields(body, init);
  out_.set_class(type, bases, fields, scopes_.methods(type));
  const OpId define = out_.define(type, range(node));
  const ExprId value = decorated(out_.result(define, range(node)), decorators, holder);
  if (name == kNoNode) return;
  const ExprId target = name_for(out_.string(text(name)), range(name), true);
  out_.assign(target, value, range(holder), AssignMode::Declare);
}

std::vector<ExprId> PythonLowering::base_classes(NodeId node) {
  std::vector<ExprId> bases;
  const NodeId list = child(node, PyField::Superclasses);
  if (list == kNoNode) return bases;
  for (const Operand& base : arguments(list)) {
    if (!base.name.exists() && base.spread == 0)
      bases.push_back(base.value);
    else
      out_.evaluate(base.value, range(list));  // metaclass and its arguments
  }
  return bases;
}

// The names that a class body gives a type or a value, in the order of their first mention.
std::vector<Field> PythonLowering::class_fields(NodeId body, FunctionId init) {
  std::vector<Field> fields;
  std::unordered_map<std::uint32_t, std::size_t> places;  // by name
  const PyScopeId outer = std::exchange(scope_, scopes_.functions()[init.index].scope);
  for (const NodeId statement_node : nodes_.children(body)) {
    const NodeId node = nodes_.first_child(statement_node);
    if (kind(statement_node) != Py::ExpressionStatement || !is(node, Py::Assignment)) continue;
    const NodeId left = child(node, PyField::Left), annotation = child(node, PyField::Type);
    if (!is(left, Py::Identifier)) continue;
    const StringId name = out_.string(text(left));
    const auto [place_of, added] = places.try_emplace(name.index, fields.size());
    if (added) fields.push_back({.name = name});
    Field* row = &fields[place_of->second];
    if (child(node, PyField::Right) != kNoNode) row->is_static = 1;
    if (annotation == kNoNode) continue;
    row->type = type(annotation);
    const std::string_view path = out_.type_path(row->type);
    if (is_final(path)) row->is_constant = 1;
    if (path == "ClassVar" || path == "typing.ClassVar") row->is_static = 1;
  }
  scope_ = outer;
  return fields;
}

}  // namespace fnlint
