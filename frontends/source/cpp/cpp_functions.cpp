// Parameters, bodies, member initialisers, lambdas.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

namespace fnlint {

bool CppLowering::is_own_function(NodeId node) const { return is(node, Syn::Class); }

NodeId CppLowering::function_declarator(NodeId function) const {
  const NodeId written = child(function, CppField::Declarator);
  if (is(written, Cpp::AbstractFunctionDeclarator)) return written;
  return declarator(written).function;
}

NodeId CppLowering::parameter_list(NodeId function) const {
  return child(function_declarator(function), SynField::Parameters);
}

void CppLowering::add_cpp_parameters(NodeId list) {
  std::vector<Parameter> parameters;
  const FunctionId function = out_.current();
  if (list != kNoNode) {
    for (const NodeId node : parameter_nodes(list)) {
      const Declarator what = declarator(child(node, CppField::Declarator));
      const NodeId type_node = child(node, SynField::Type);
      if (what.name == kNoNode && text(type_node) == "void" && !what.pointer) continue;  // f(void)
      const std::string_view name = what.name == kNoNode ? std::string_view{} : text(what.name);
      const VariableId variable = out_.add_variable(name, function, VariableKind::Parameter);
      TypeId declared = declared_type(type_node);
      if (!declared.exists() && what.name != kNoNode) declared = known_type(what.name);
      out_.set(variable, &Variable::type, declared);
      if (!name.empty()) bind(name, {.variable = variable});
      const bool constant = has_word(node, Cpp::Qualifier, "const");
      const bool moved =
          what.reference && text(child(node, CppField::Declarator)).starts_with("&&");
      const TypeShape shape = shape_of(type_node);
      if ((what.reference || what.pointer) && !constant && !moved)
        references_.insert(variable.index);
      if (what.pointer) pointers_.insert(variable.index);
      if (shape.shape == Shape::Stream) streams_.insert(variable.index);
      if (shape.shape == Shape::Text) texts_.insert(variable.index);
      ExprId fallback;
      if (const NodeId value = child(node, SynField::Value); value != kNoNode && !has_ops(value))
        fallback = expression(value);
      const bool rest = is(node, Syn::RestParameter);
      parameters.push_back({.variable = variable,
                            .fallback = fallback,
                            .rest = rest ? RestKind::Positional : RestKind::None});
    }
  }
  out_.set_parameters(function, parameters);
  // What is passed by value is the function's own.
  for (std::size_t i = 0; list != kNoNode && i < parameters.size(); ++i) {
    const NodeId node = parameter_nodes(list)[i];
    const Declarator what = declarator(child(node, CppField::Declarator));
    const NodeId type_node = child(node, SynField::Type);
    const Shape shape = shape_of(type_node).shape;
    const bool is_whole = shape == Shape::List || shape == Shape::Map || is_own_class(type_node);
    if (what.name == kNoNode || !is_whole || what.reference || what.pointer) continue;
    const ExprId own = out_.variable(parameters[i].variable, range(what.name));
    out_.assign(own, copy_of(own, range(what.name)), range(what.name));
  }
}

bool CppLowering::is_own_class(NodeId type_node) const {
  const Path path = type_node == kNoNode ? Path{} : path_of(type_node);
  if (path.empty()) return false;
  std::string found;
  const Global* known = global(unaliased(path, type_node), type_node, found);
  return known != nullptr && known->in_class != kNone;
}

void CppLowering::function_body(NodeId function, NodeId body) {
  unset_.clear();
  add_cpp_parameters(parameter_list(function));
  if (const NodeId initialisers = child(function, Cpp::InitializerList); initialisers != kNoNode)
    member_initializers(initialisers);
  if (body == kNoNode) return;
  if (is(body, Syn::Block)) {
    for (const NodeId node : children(body)) statement(node);
    return;
  }
  statement(body);  // a try block
}

// C::C(...) : base(x), field_(y)
void CppLowering::member_initializers(NodeId list) {
  for (const NodeId one : children(list)) {
    if (!is(one, Cpp::MemberInitializer)) continue;
    const NodeId name = first(one);
    NodeId given = last(one);
    const Path path = path_of(name);
    if (path.empty() || given == name) continue;
    const Range where = range(one);
    const ExprId self = receiver(where);
    const Member* field = field_named(path.back());
    bool is_base = false;
    if (class_ != kNone && field == nullptr) {
      for (const NodeId base : base_types(classes_[class_].node))
        if (const Path base_path = path_of(base); !base_path.empty() &&
                                                  base_path.back() == path.back() &&
                                                  !partial_.contains(classes_[class_].node))
          is_base = true;
      if (path.back() == classes_[class_].name) {
        call_of(out_.member(self, "<this>", where), arguments_in(given), where);
        continue;
      }
    }
    if (is_base) {
      call_of(out_.member(self, "<super>", where), arguments_in(given), where);
      continue;
    }
    ExprId value;
    if (field != nullptr) {
      Declarator what = field_declarator(*field);
      what.value = given;
      value = initial_value(field->type, what, where);
    } else {  // of a type that the file does not show
      const std::vector<Operand> values = arguments_in(given);
      value = values.size() == 1 ? values.front().value
                                 : out_.unknown("a member made from several values", where);
    }
    if (value.exists()) out_.assign(out_.member(self, path.back(), where), value, where);
  }
}

std::vector<Operand> CppLowering::arguments_in(NodeId list) {
  if (!is(list, Cpp::Braces)) return arguments(list);
  std::vector<Operand> values;
  for (const NodeId node : children(list))
    if (!is(node, Cpp::DesignatedValue)) values.push_back({.value = expression(node)});
  return values;
}

// [x = f()] is a variable of the function around, seen by the lambda alone.
ExprId CppLowering::lambda(NodeId node) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  bool copies = false;
  if (const NodeId captures = child(node, CppField::Captures); captures != kNoNode) {
    copies = text(captures).find('&') == std::string_view::npos;
    for (const NodeId one : children(captures)) {
      if (!is(one, Cpp::CaptureInitializer)) continue;
      const NodeId name = child(one, SynField::Left), given = child(one, SynField::Right);
      if (name == kNoNode || given == kNoNode) continue;
      const ExprId value = expression(given);
      const VariableId local = declare_local(text(name));
      out_.assign(out_.variable(local, range(name)), value, range(one), AssignMode::Declare);
    }
  }
  const ExprId made = closure(node);
  if (copies) out_.mark(FunctionId{out_.expr(made).ref}, kCopies);
  scope_ = around;
  return made;
}

}  // namespace fnlint
