// a << b << c: text that a stream collects, a call of operator<<, or a shift of numbers.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_manipulator(std::string_view name) {
  return name == "flush" || name == "hex" || name == "dec" || name == "fixed" ||
         name == "boolalpha" || name == "ends" || name == "scientific" || name == "ws";
}

}  // namespace

// The leftmost operand says what it is: a number is shifted, text is joined, and all else takes
// what is inserted; where nothing says so, what is done with the value does.
bool CppLowering::is_stream_chain(NodeId node, bool discarded) const {
  const std::string_view op = text(child(node, SynField::Operator));
  if (op != "<<" && op != ">>") return false;
  NodeId base = node, right = kNoNode;
  for (std::size_t step = 0; is(base, Syn::Binary) && step < 100'000; ++step) {
    if (const std::string_view inner = text(child(base, SynField::Operator)); inner != op) break;
    right = child(base, SynField::Right);
    base = unwrapped(child(base, SynField::Left));
  }
  if (is(base, Syn::Number) || is(base, Syn::Character)) return false;
  if (is(base, Syn::Text) || is(base, Cpp::RawText) || is(base, Cpp::ConcatenatedText)) return true;
  if (is(base, Syn::Name)) {
    const Binding bound = find(text(base));
    if (bound.variable.exists()) {
      if (streams_.contains(bound.variable.index)) return true;
      const TypeId declared = out_.facts().variables[bound.variable.index].type;
      if (is_number_type(out_.type_path(declared))) return false;
      if (declared.exists()) return true;
    }
  }
  if (discarded) return true;
  return !is(right, Syn::Number) && !is(right, Syn::Name) && !is(right, Syn::Parenthesized);
}

ExprId CppLowering::stream_chain(NodeId node) {
  const std::string_view op = text(child(node, SynField::Operator));
  std::vector<NodeId> rights;
  NodeId base = node;
  while (is(base, Syn::Binary) && text(child(base, SynField::Operator)) == op) {
    rights.push_back(child(base, SynField::Right));
    base = unwrapped(child(base, SynField::Left));
  }
  std::reverse(rights.begin(), rights.end());
  const Range where = range(node);
  ExprId stream = expression_or_unknown(base, node);
  const Expr row = out_.expr(stream);
  const bool collects = row.kind == ExprKind::Variable
                            ? streams_.contains(row.ref)
                            : row.kind == ExprKind::Member && is_stream_field(base);
  if (op == ">>") return extracted(stream, rights, where);
  if (collects || is_text(stream)) {
    std::vector<ExprId> parts;
    if (!collects) parts.push_back(stream);
    for (const NodeId right : rights) {
      if (right == kNoNode) continue;
      const Path path = path_of(right);
      if (!path.empty() && is_manipulator(path.back())) continue;
      parts.push_back(!path.empty() && path.back() == "endl" ? out_.text("\n", range(right))
                                                             : expression(right));
    }
    if (parts.empty()) return stream;
    const ExprId all = out_.concat(parts, where);
    if (!collects) return all;
    out_.assign(pointed(stream, where), all, where, AssignMode::Update, OperatorKind::Add);
    return stream;
  }
  for (const NodeId right : rights) {
    if (right == kNoNode) continue;
    const Range part{where.begin, range(right).end};
    const ExprId given = expression(right);
    stream = call_of(out_.member(stream, "operator<<", part), {{.value = given}}, part,
                     CallMode::Implicit);
  }
  return stream;
}

// in >> a >> b sets a and b.
ExprId CppLowering::extracted(ExprId stream, const std::vector<NodeId>& rights, Range where) {
  for (const NodeId right : rights) {
    if (right == kNoNode) continue;
    const ExprId place = expression(right);
    const ExprId read =
        call_of(out_.member(stream, "operator>>", where), {}, where, CallMode::Implicit);
    const ExprKind form = out_.expr(place).kind;
    if (form == ExprKind::Variable || form == ExprKind::Member || form == ExprKind::Index)
      out_.assign(place, read, range(right));
    if (form == ExprKind::Variable) unset_.erase(out_.expr(place).ref);
  }
  return stream;
}

bool CppLowering::is_stream_field(NodeId base) const {
  const std::string_view name =
      is(base, Syn::Member) ? member_name(child(base, SynField::Name)) : text(base);
  const Member* field = field_named(name);
  return field != nullptr && shape_of(field->type).shape == Shape::Stream;
}

}  // namespace fnlint
