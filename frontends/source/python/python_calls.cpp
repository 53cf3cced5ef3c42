#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

// Python's calls, and those that are an operator or an import in the code form.
namespace fnlint {

namespace {

constexpr std::size_t kMemberLinks = 100;  // of one chain without a call

}  // namespace

// Calls that are none in the code form: isinstance(x, T), "{}".format(...) on a literal,
// import_module("literal").
std::uint8_t PythonLowering::special_call(NodeId call) const {
  const NodeId function = child(call, PyField::Function), list = child(call, PyField::Arguments);
  if (function == kNoNode || !is(list, Py::ArgumentList)) return 0;
  const NodeId first = nodes_.first_child(list);
  const NodeId second = first == kNoNode ? kNoNode : nodes_.next_sibling(first);
  std::string_view name = text(function);
  if (kind(function) == Py::Attribute) {
    const NodeId object = child(function, PyField::Object);
    const NodeId attribute = child(function, PyField::Attribute);
    if (object == kNoNode || attribute == kNoNode) return 0;
    name = text(attribute);
    if (name == "format" && plain_text(object)) return kFormatCall;
  } else if (kind(function) == Py::Identifier && name == "isinstance") {
    const bool tests =
        second != kNoNode && nodes_.next_sibling(second) == kNoNode && names_types(second);
    return tests ? std::uint8_t{kTypeTestCall} : std::uint8_t{0};
  }
  const bool imports = (name == "import_module" || name == "__import__") && first != kNoNode &&
                       second == kNoNode && is(first, Py::String);
  return imports ? std::uint8_t{kImportCall} : std::uint8_t{0};
}

// A dotted name, a tuple of them, or some joined by `|`.
bool PythonLowering::names_types(NodeId node) const {
  const NodeId end = nodes_[node].next;
  for (NodeId at = node; at < end; ++at) {
    switch (kind(at)) {
      case Py::Identifier:
      case Py::Attribute:
      case Py::Tuple:
      case Py::ParenthesizedExpression:
      case Py::None:
      case Py::Pipe: break;
      case Py::BinaryOperator:
        if (!is(child(at, PyField::Operator), Py::Pipe)) return false;
        break;
      default: return false;
    }
  }
  return true;
}

// `a.b(c)[d].e`: walked from its end to its base without recursion, then built outwards.
ExprId PythonLowering::postfix(NodeId node) {
  const std::size_t floor = links_.size();
  ExprId base;
  for (;;) {
    const Py form = kind(node);
    if (form == Py::Call && (marks_[node] & (kTypeTestCall | kFormatCall | kImportCall)) != 0)
      base = special(node);
    if (base.exists()) break;
    const PyField inner = form == Py::Call        ? PyField::Function
                          : form == Py::Attribute ? PyField::Object
                                                  : PyField::Value;
    if (form != Py::Call && form != Py::Attribute && form != Py::Subscript) {
      base = expression(node);
      break;
    }
    links_.push_back(node);
    const NodeId next = child(node, inner);
    if (next == kNoNode) base = out_.unknown("missing", range(node));
    if (base.exists()) break;
    node = next;
  }
  std::size_t members = 0;
  while (links_.size() > floor) {
    const NodeId link = links_.back();
    links_.pop_back();
    if (++members % kMemberLinks == 0) base = kept(base, range(link));
    base = apply_link(link, base);
  }
  return base;
}

ExprId PythonLowering::apply_link(NodeId link, ExprId base) {
  if (kind(link) == Py::Call) return call(link, base);
  if (kind(link) == Py::Subscript) return subscript(link, base);
  const NodeId name = child(link, PyField::Attribute);
  if (name == kNoNode) return base;  // `event.` being typed
  const Expr above = out_.expr(base);
  const bool constructs = above.kind == ExprKind::Member && text(name) == "__init__" &&
                          out_.string(above.name) == "<super>";
  if (constructs) return base;
  return out_.member(base, out_.string(text(name)), link_range(link));
}

ExprId PythonLowering::subscript(NodeId node, ExprId base) {
  std::vector<NodeId> keys;
  for (const NodeId part : nodes_.children(node))
    if (nodes_[part].field == static_cast<std::uint8_t>(PyField::Subscript)) keys.push_back(part);
  if (keys.empty())
    return out_.index(base, out_.unknown("missing", link_range(node)), link_range(node));
  if (keys.size() == 1 && kind(keys[0]) == Py::Slice) return slice(keys[0], base, link_range(node));
  if (keys.size() == 1 && kind(keys[0]) != Py::ListSplat)
    return out_.index(base, expression(keys[0]), link_range(node));
  std::vector<Operand> parts;
  for (const NodeId key : keys) {
    if (kind(key) == Py::ListSplat) feature("star-index", "3.11", key);
    if (kind(key) == Py::Slice)
      parts.push_back({.value = slice(key, base, range(key))});
    else
      parts.push_back(element(key));
  }
  return out_.index(base, out_.list(parts, link_range(node)), link_range(node));
}

// The colons are no nodes: they are counted in the text between the bounds.
ExprId PythonLowering::slice(NodeId node, ExprId base, Range where) {
  std::array<ExprId, 3> bounds;
  std::size_t slot = 0;
  std::uint32_t reached = range(node).begin;
  for (const NodeId part : nodes_.children(node)) {
    bool comment = false;
    for (const char c : text_.substr(reached, range(part).begin - reached)) {
      comment = c != '\n' && (comment || c == '#');
      if (c == ':' && !comment && slot < 2) ++slot;
    }
    bounds[slot] = expression(part);
    reached = range(part).end;
  }
  return out_.part(base, bounds[0], bounds[1], bounds[2], where);
}

// `super()` and `super(Shop, self)` in a method: its receiver as the base class has it. No id: it
// is called for something else.
ExprId PythonLowering::super_value(NodeId call, Range where) {
  const NodeId function = child(call, PyField::Function);
  if (!is(function, Py::Identifier) || text(function) != "super" ||
      scopes_.resolve(scope_, out_.string("super")).variable.exists())
    return {};
  for (FunctionId at = function_; at.exists(); at = out_.function(at).parent)
    if (const VariableId receiver = out_.function(at).receiver; receiver.exists())
      return out_.member(out_.variable(receiver, where), "<super>", where);
  return {};
}

ExprId PythonLowering::call(NodeId node, ExprId callee) {
  const ExprId above = super_value(node, link_range(node));
  if (above.exists()) return above;
  const NodeId list = child(node, PyField::Arguments);
  const std::vector<Operand> given = list == kNoNode ? std::vector<Operand>{} : arguments(list);
  return out_.result(out_.call(callee, given, link_range(node)), link_range(node));
}

std::vector<Operand> PythonLowering::arguments(NodeId list) {
  std::vector<Operand> given;
  if (kind(list) == Py::GeneratorExpression) {
    given.push_back({.value = expression(list)});
    return given;
  }
  for (const NodeId part : nodes_.children(list)) {
    if (kind(part) == Py::KeywordArgument) {
      const NodeId name = child(part, PyField::Name), value = child(part, PyField::Value);
      Operand row{.value = expression_or_unknown(value, part)};
      if (name != kNoNode) row.name = out_.string(text(name));
      given.push_back(row);
      continue;
    }
    NodeId at = part;
    while (is(at, Py::ParenthesizedListSplat) && nodes_.first_child(at) != kNoNode)
      at = nodes_.first_child(at);
    given.push_back(element(at));
  }
  return given;
}

// Nothing when the name is not the builtin's or the library's after all: then it is a call.
ExprId PythonLowering::special(NodeId node) {
  const std::uint8_t mark = marks_[node];
  if ((mark & kFormatCall) != 0) return format_call(node);
  if ((mark & kImportCall) != 0) return dynamic_import(node);
  const bool builtin_name = !scopes_.resolve(scope_, out_.string("isinstance")).variable.exists();
  return builtin_name ? type_test(node) : ExprId{};
}

ExprId PythonLowering::type_test(NodeId node) {
  const NodeId subject = nodes_.first_child(child(node, PyField::Arguments));
  return type_tests(nodes_.next_sibling(subject), expression(subject), range(node));
}

ExprId PythonLowering::type_tests(NodeId type, ExprId subject, Range where) {
  std::vector<NodeId> rest{type};
  ExprId any;
  while (!rest.empty()) {
    const NodeId at = rest.back();
    rest.pop_back();
    if (kind(at) == Py::Pipe) continue;
    if (kind(at) == Py::Tuple || kind(at) == Py::ParenthesizedExpression ||
        kind(at) == Py::BinaryOperator) {
      std::vector<NodeId> parts;
      for (const NodeId part : nodes_.children(at)) parts.push_back(part);
      rest.insert(rest.end(), parts.rbegin(), parts.rend());
      continue;
    }
    const ExprId one = kind(at) == Py::None
                           ? out_.operation(OperatorKind::Equal, subject, out_.null(where), where)
                           : out_.type_test(subject, type_path(at), where);
    any = any.exists() ? out_.operation(OperatorKind::Or, any, one, where) : one;
  }
  return any.exists() ? any : out_.boolean(false, where);  // isinstance(x, ())
}

ExprId PythonLowering::dynamic_import(NodeId node) {
  const std::string path = type_path(child(node, PyField::Function));
  if (path != "importlib.import_module" && path != "__import__") return {};
  const NodeId argument = nodes_.first_child(child(node, PyField::Arguments));
  const std::optional<std::string> module = plain_text(argument);
  if (!module || module->empty() || module->front() == '.') return {};
  const bool binds_root = path == "__import__" && module->find('.') != std::string::npos;
  const std::string_view bound =
      std::string_view(*module).substr(0, binds_root ? module->find('.') : std::string::npos);
  const VariableId local = out_.add_variable(bound, function_, VariableKind::Import);
  add_import(local, bound, "", 0, node);
  if (binds_root) add_import({}, *module, "", kEffectOnly, node);
  return out_.variable(local, range(node));
}

}  // namespace fnlint
