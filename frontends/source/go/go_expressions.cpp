// Selectors, calls, builtins, operators.
#include "frontends/source/go/go_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 18> kBuiltins{
    "append", "cap", "clear", "close", "complex", "copy", "delete", "imag",    "len",
    "make",   "max", "min",   "new",   "panic",   "print", "println", "real", "recover"};

bool is_builtin(std::string_view name) {
  return std::find(kBuiltins.begin(), kBuiltins.end(), name) != kBuiltins.end();
}

}  // namespace

bool GoLowering::makes_op(NodeId node) const {
  if (is(node, Syn::Unary)) return text(child(node, SynField::Operator)) == "<-";
  switch (go_kind(node)) {
    case GoSyn::Conversion: return is_generic_call(node);
    case GoSyn::Composite:
    case GoSyn::ShortVariables:
    case GoSyn::VarSpec:
    case GoSyn::Send:
    case GoSyn::Defer:
    case GoSyn::GoStatement: return true;
    default: return false;
  }
}

std::string GoLowering::literal_text(NodeId node) const {
  const std::string_view whole = text(node);
  if (whole.size() < 2) return {};
  if (whole[0] != '`') return unescaped(whole.substr(1, whole.size() - 2));
  return replace_all(whole.substr(1, whole.size() - 2), "\r", "");
}

// What is neither declared nor imported is the language's own, or another file's of the package.
ExprId GoLowering::unknown_name(std::string_view name, NodeId node) {
  if (name == "_") return out_.unknown("blank", range(node));
  if (is_builtin(name)) return out_.variable(builtin(name), range(node));
  if (is_type_name(node) || type_parameters_.contains(name))
    return out_.unknown("a type", range(node));
  return ScopedLowering::unknown_name(name, node);
}

ExprId GoLowering::expression_of(NodeId node) {
  const Range where = range(node);
  switch (kind(node)) {
    case Syn::Unary: return unary(node);
    case Syn::QualifiedType: {
      const NodeId path = child(node, SynField::Path), name = child(node, SynField::Name);
      const Binding bound = path == kNoNode ? Binding{} : find(text(path));
      const auto package = packages_.find(bound.variable.index);
      if (package == packages_.end() || name == kNoNode) return out_.unknown("a type", where);
      return out_.variable(import_member(package->second, text(name), where, text(path)), where);
    }
    case Syn::GenericType:
      return expression_or_unknown(child(node, SynField::Type), node);
    case Syn::Index: {
      const NodeId base = child(node, SynField::Object);
      if (is_instantiation(node)) return expression_or_unknown(base, node);
      const ExprId object = expression_or_unknown(base, node);
      const ExprId key = expression_or_unknown(child(node, SynField::Index), node);
      return out_.index(object, key, where);
    }
    default: break;
  }
  switch (go_kind(node)) {
    case GoSyn::Composite: return composite(node);
    case GoSyn::LiteralValue: return literal_of(kNoNode, node, where);
    case GoSyn::Element:
      return first(node) == kNoNode ? out_.unknown("missing", where) : expression(first(node));
    case GoSyn::SliceExpression: {
      const ExprId base = expression_or_unknown(child(node, SynField::Object), node);
      const NodeId from = child(node, SynField::Init), to = child(node, SynField::Update);
      const ExprId begin = from == kNoNode ? ExprId{} : expression(from);
      const ExprId end = to == kNoNode ? ExprId{} : expression(to);
      return begin.exists() || end.exists() ? out_.part(base, begin, end, {}, where) : base;
    }
    case GoSyn::Conversion:
      if (is_generic_call(node)) {
        const ExprId callee = expression_or_unknown(callee_node(node), node);
        const ExprId given = expression_or_unknown(child(node, SynField::Object), node);
        return call_of(callee, {{.name = {}, .key = {}, .value = given, .spread = 0}}, where);
      }
      [[fallthrough]];
    case GoSyn::Assertion: return expression_or_unknown(child(node, SynField::Object), node);
    case GoSyn::Instantiation: return expression_or_unknown(child(node, SynField::Type), node);
    case GoSyn::Iota: return out_.number(std::to_string(iota_), where);
    case GoSyn::PointerType:
    case GoSyn::SliceType:
    case GoSyn::ArrayType:
    case GoSyn::MapType:
    case GoSyn::ChannelType:
    case GoSyn::FunctionType:
    case GoSyn::InterfaceType:
    case GoSyn::StructType: return out_.unknown("a type", where);
    default: return ScopedLowering::expression_of(node);
  }
}

// &x and *x are x: whoever has the address has the object.
ExprId GoLowering::unary(NodeId node) {
  const std::string_view op = text(child(node, SynField::Operator));
  const NodeId operand = last(node);
  if (op == "<-") return received(operand, range(node));
  if (op == "&") copy_before_change(operand);
  if (op == "&") keep_address(node, operand);
  if (op == "&" || op == "*") return expression_or_unknown(operand, node);
  return ScopedLowering::expression_of(node);
}

NodeId GoLowering::dereferenced(NodeId node) const {
  const bool is_pointed = is(node, Syn::Unary) && text(child(node, SynField::Operator)) == "*";
  return is_pointed ? last(node) : kNoNode;
}

// --- Names of packages, type arguments.

ExprId GoLowering::qualified(NodeId node) {
  const NodeId object = child(node, SynField::Object), name = child(node, SynField::Name);
  if (!is(object, Syn::Name) || name == kNoNode) return {};
  const Binding bound = find(text(object));
  const auto package = packages_.find(bound.variable.index);
  if (!bound.variable.exists() || package == packages_.end()) return {};
  return out_.variable(import_member(package->second, text(name), range(node), text(object)),
                       range(node));
}

// f[T](x) with one argument reads like a conversion to a generic type.
bool GoLowering::is_generic_call(NodeId node) const {
  if (!is_go(node, GoSyn::Conversion)) return false;
  const NodeId type = child(node, SynField::Type);
  if (!is(type, Syn::GenericType)) return false;
  const NodeId base = child(type, SynField::Type);
  return is(base, Syn::QualifiedType) || !types_.contains(text(base));
}

// f[T](x): without the T.
NodeId GoLowering::callee_node(NodeId call) const {
  if (is_generic_call(call)) return child(child(call, SynField::Type), SynField::Type);
  NodeId callee = child(call, SynField::Function);
  if (callee == kNoNode) return call;
  callee = unwrapped(callee);
  if (is(callee, Syn::Index) && is_instantiation(callee)) return child(callee, SynField::Object);
  if (is_go(callee, GoSyn::Instantiation)) return child(callee, SynField::Type);
  return callee;
}

// x[T] where x is a function or a type and T a type; else an element of x.
bool GoLowering::is_instantiation(NodeId node) const {
  const NodeId base = unwrapped(child(node, SynField::Object));
  const NodeId at = unwrapped(child(node, SynField::Index));
  if (is(base, Syn::Name)) {
    const Binding bound = find(text(base));
    const bool is_global = !bound.exists() || out_.variable(bound.variable).owner.index == 0;
    if (is_global && (functions_.contains(text(base)) || types_.contains(text(base)))) return true;
  }
  if (is_type_name(at)) return true;
  if (is(at, Syn::Name) && type_parameters_.contains(text(at)) && !find(text(at)).exists())
    return true;
  switch (go_kind(at)) {
    case GoSyn::PointerType:
    case GoSyn::SliceType:
    case GoSyn::MapType: return true;
    default: return is(at, Syn::QualifiedType) || is(at, Syn::GenericType);
  }
}

// A flag or a number whose address an object of the file keeps may be changed by its methods.
void GoLowering::keep_address(NodeId node, NodeId operand) {
  if (!is(operand, Syn::Name)) return;
  NodeId around = nodes_[node].parent;
  while (is_go(around, GoSyn::Element) || is_go(around, GoSyn::KeyedElement) ||
         is_go(around, GoSyn::LiteralValue))
    around = nodes_[around].parent;
  if (!is_go(around, GoSyn::Composite)) return;
  const NodeId type = bare_type(child(around, SynField::Type));
  if (!is(type, Syn::TypeName) || !types_.contains(text(type))) return;
  const VariableId variable = find(text(operand)).variable;
  if (!variable.exists() || out_.variable(variable).owner != out_.current()) return;
  const auto initial = variable_types_.find(variable.index);
  const NodeId form = initial == variable_types_.end() ? kNoNode : initial->second;
  const bool is_plain = is(form, Syn::Number) || is(form, Syn::False) || is(form, Syn::True) ||
                        (is(form, Syn::TypeName) && (text(form) == "bool" || text(form) == "int"));
  if (is_plain)
    out_.assign(out_.variable(variable, range(operand)),
                out_.unknown("kept by its address", range(node)), range(node));
}

// So is what a pointer that is handed on points to.
void GoLowering::hand_on(NodeId name) {
  const VariableId variable = find(text(name)).variable;
  if (!variable.exists() || out_.variable(variable).owner != out_.current()) return;
  const NodeId form = static_type(name);
  const NodeId pointed = is_go(form, GoSyn::PointerType) ? underlying(first(form)) : kNoNode;
  if (!is(pointed, Syn::TypeName) || !is_type_name(pointed) || text(pointed) == "any") return;
  out_.assign(out_.member(out_.variable(variable, range(name)), "*", range(name)),
              out_.unknown("written through its address", range(name)), range(name));
}

// What is passed by its address may be written: texts and numbers are, by whoever gets theirs.
ExprId GoLowering::link_call(NodeId link, ExprId callee) {
  const ExprId result = ScopedLowering::link_call(link, callee);
  const Shape shape = results_of_call(link).shape;
  bool gives_error = shape == Shape::Error;
  for (const NodeId given : all_children(child(link, SynField::Arguments))) {
    const NodeId target = last(given);
    if (is(given, Syn::Name)) {
      hand_on(given);
      continue;
    }
    if (!is(given, Syn::Unary) || text(child(given, SynField::Operator)) != "&") continue;
    gives_error = gives_error || shape == Shape::Unknown;  // all else goes through the address
    if (!is(target, Syn::Name)) continue;
    const VariableId variable = find(text(target)).variable;
    if (!variable.exists() || out_.variable(variable).owner != out_.current()) continue;
    const NodeId form = underlying(static_type(target));
    const auto initial = variable_types_.find(variable.index);
    const Syn literal = initial == variable_types_.end() ? Syn::None : kind(initial->second);
    const bool is_plain = is(form, Syn::TypeName) && is_type_name(form) && text(form) != "any";
    if (is_plain || literal == Syn::Text || literal == Syn::Number || literal == Syn::False ||
        literal == Syn::True)
      out_.assign(out_.variable(variable, range(target)),
                  out_.unknown("written through its address", range(given)), range(given));
  }
  const Expr row = out_.expr(result);
  if (gives_error && row.kind == ExprKind::Result) error_calls_.insert(row.ref);
  return result;
}

// `if json.Unmarshal(data, &event) != nil`
ExprId GoLowering::combine(std::string_view op, ExprId left, ExprId right, Range where) {
  const bool compares = (op == "==" || op == "!=") && left.exists() && right.exists() &&
                        out_.expr(right).kind == ExprKind::Null;
  if (compares && out_.expr(left).kind == ExprKind::Result &&
      error_calls_.contains(out_.expr(left).ref))
    left = out_.error_of(OpId{out_.expr(left).ref}, out_.range(left));
  return ScopedLowering::combine(op, left, right, where);
}

// --- Builtins and conversions.

bool GoLowering::is_special_call(NodeId call) const {
  const NodeId written = child(call, SynField::Function);
  const NodeId callee = unwrapped(written);
  switch (kind(callee)) {
    case Syn::Name:
      return is_type_name(callee) || type_parameters_.contains(text(callee))
                 ? true
                 : is_builtin(text(callee)) && !find(text(callee)).exists();
    case Syn::Unary:  // (*T)(x)
      return is(written, Syn::Parenthesized) && text(callee).starts_with("*");
    case Syn::GenericType:
    case Syn::TypeName: return true;
    default: break;
  }
  switch (go_kind(callee)) {
    case GoSyn::PointerType:
    case GoSyn::SliceType:
    case GoSyn::ArrayType:
    case GoSyn::MapType:
    case GoSyn::FunctionType:
    case GoSyn::ChannelType:
    case GoSyn::InterfaceType: return true;
    default: return false;
  }
}

ExprId GoLowering::own_call(NodeId node) {
  if (!is_special_call(node)) return {};
  const NodeId callee = unwrapped(child(node, SynField::Function));
  if (is(callee, Syn::Name) && is_builtin(text(callee)) && !find(text(callee)).exists())
    return builtin_call(text(callee), node);
  const NodeId list = child(node, SynField::Arguments);
  const NodeId given = first(list);
  return given == kNoNode ? out_.unknown("a conversion of nothing", range(node))
                          : expression(given);
}

ExprId GoLowering::builtin_call(std::string_view name, NodeId node) {
  const Range where = range(node);
  const std::vector<NodeId> given = all_children(child(node, SynField::Arguments));
  if ((name == "make" || name == "new") && !given.empty()) return made(node, given);
  if (name == "append" && !given.empty()) return appended(given, where);
  if (name == "panic") {
    const ExprId value = given.empty() ? ExprId{} : expression(given[0]);
    out_.panic(value, where);
    return out_.null(where);
  }
  if (name == "delete" && given.size() == 2) {
    const ExprId base = expression(given[0]), key = expression(given[1]);
    out_.assign(out_.index(base, key, where), {}, where, AssignMode::Delete);
    return out_.null(where);
  }
  return call_of(out_.variable(builtin(name), range(child(node, SynField::Function))),
                 arguments(child(node, SynField::Arguments)), where);
}

// A new list of what is there and what comes.
ExprId GoLowering::appended(const std::vector<NodeId>& given, Range where) {
  std::vector<Operand> elements;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const bool all = is(given[i], Syn::Spread);
    const NodeId one = all ? first(given[i]) : given[i];
    if (one == kNoNode) continue;
    const bool is_empty = i == 0 && (is(unwrapped(one), Syn::Null) || is_zero(one));
    if (is_empty) continue;
    elements.push_back({.name = {},
                        .key = {},
                        .value = expression(one),
                        .spread = i == 0 || all ? 1U : 0U});
  }
  return out_.list(elements, where);
}

ExprId GoLowering::made(NodeId node, const std::vector<NodeId>& given) {
  const Range where = range(node);
  const NodeId type = given[0], form = underlying(type);
  const bool is_new = text(child(node, SynField::Function)) == "new";
  std::vector<ExprId> sizes;
  for (std::size_t i = 1; i < given.size(); ++i) sizes.push_back(expression(given[i]));
  if (is_go(form, GoSyn::MapType)) return out_.record({}, where);
  if (is_go(form, GoSyn::SliceType) || is_go(form, GoSyn::ArrayType)) {
    const bool is_empty = sizes.empty() || is_zero(given[1]);
    if (is_empty) return out_.list({}, where);
    return out_.list({{.name = {},
                       .key = {},
                       .value = out_.unknown("zero values", where),
                       .spread = 1}},
                     where);
  }
  if (is_go(form, GoSyn::ChannelType)) {
    std::vector<Operand> arguments;
    for (const ExprId size : sizes)
      arguments.push_back({.name = {}, .key = {}, .value = size, .spread = 0});
    return call_of(out_.variable(builtin("chan"), where), arguments, where, CallMode::Construct);
  }
  return is_new ? zero_value(type, where) : constructed(bare_type(type), kNoNode, where);
}

}  // namespace fnlint
