// Operators, literals, assignments, types.
#include "frontends/source/common/scoped_lowering.h"

#include "core/text.h"

#include <charconv>

namespace fnlint {

ExprId ScopedLowering::expression_of(NodeId node) {
  const Range where = range(node);
  switch (kind(node)) {
    case Syn::Parenthesized:
    case Syn::ExpressionStatement:
      return first(node) == kNoNode ? out_.unknown("empty", where) : expression(first(node));
    case Syn::Name: return name_value(text(node), node);
    case Syn::This: return receiver(where);
    case Syn::Super: return out_.member(receiver(where), "<super>", where);
    case Syn::Text:
    case Syn::Character: return out_.text(literal_text(node), where);
    case Syn::Number: return out_.number(text(node), where);
    case Syn::True: return out_.boolean(true, where);
    case Syn::False: return out_.boolean(false, where);
    case Syn::Null: return out_.null(where);
    case Syn::Binary: return binary(node);
    case Syn::Unary: {
      const std::string_view op = prefix_of(node);
      NodeId operand = child(node, SynField::Operand);
      if (operand == kNoNode) operand = last(node);
      const ExprId value = expression_or_unknown(operand, node);
      if (is_not(op)) return out_.operation(OperatorKind::Not, value, {}, where);
      if (op == "-" && out_.expr(value).kind == ExprKind::Number)
        return out_.number(cat("-", out_.string(out_.expr(value).name)), where);
      if (op == "-")
        return out_.operation(OperatorKind::Subtract, out_.number("0", where), value, where);
      return op == "+" ? value : out_.unknown("operator", where);
    }
    case Syn::Update: {
      NodeId operand = child(node, SynField::Operand);
      if (operand == kNoNode) operand = first(node);
      const ExprId target = target_place(operand, node);
      const bool grows = text(node).find("++") != std::string_view::npos;
      const ExprKind form = out_.expr(target).kind;
      if (form == ExprKind::Variable || form == ExprKind::Member || form == ExprKind::Index)
        out_.assign(target, out_.number("1", where), where, AssignMode::Update,
                    grows ? OperatorKind::Add : OperatorKind::Subtract);
      return target;
    }
    case Syn::Conditional: return conditional(node);
    case Syn::Assignment: return assignment(node);
    case Syn::Cast: {
      const NodeId value = child(node, SynField::Value);
      return expression_or_unknown(value == kNoNode ? last(node) : value, node);
    }
    case Syn::TypeTest: return type_test(node);
    case Syn::Call:
    case Syn::Member: return chain(node);
    case Syn::New: return construct(node);
    case Syn::Index: {
      const ExprId base = expression_or_unknown(child(node, SynField::Object), node);
      const NodeId at = child(node, SynField::Index);
      const ExprId index = expression_or_unknown(at == kNoNode ? last(node) : at, node);
      const Expr row = out_.expr(index);
      if (row.kind == ExprKind::Text) return out_.member(base, row.name, where);
      return out_.index(base, index, where);
    }
    case Syn::Lambda: return closure(node);
    case Syn::Await: {
      const ExprId value = expression_or_unknown(first(node), node);
      return out_.result(out_.await(value, where), where);
    }
    case Syn::List: {
      std::vector<Operand> elements;
      for (const NodeId element : children(node)) {
        const bool spread = is(element, Syn::Spread);
        const NodeId value = spread ? first(element) : element;
        if (value == kNoNode) continue;
        elements.push_back({.name = {},
                            .key = {},
                            .value = expression(value),
                            .spread = spread ? 1U : 0U});
      }
      return out_.list(elements, where);
    }
    case Syn::TypeName:
    case Syn::GenericType:
    case Syn::QualifiedType:
    case Syn::WrappedType: {
      const std::string_view name = text(node);
      if (kind(node) == Syn::TypeName) return name_value(name, node);
      return first(node) == kNoNode ? out_.unknown("a type", where) : expression(first(node));
    }
    case Syn::Return:
    case Syn::Throw:
    case Syn::Break:
    case Syn::Continue:  // where they are expressions
      statement(node);
      return out_.null(where);
    case Syn::None: return out_.unknown("missing", where);
    default: {
      opaque(node);
      return out_.unknown(nodes_.name(node), where);
    }
  }
}

bool ScopedLowering::is_text(ExprId value) const {
  const ExprKind form = out_.expr(value).kind;
  return form == ExprKind::Text || form == ExprKind::Concat;
}

ExprId ScopedLowering::concat(ExprId left, ExprId right, Range where) {
  std::vector<ExprId> parts;
  for (const ExprId side : {left, right}) {
    if (out_.expr(side).kind != ExprKind::Concat) {
      parts.push_back(side);
      continue;
    }
    for (const Operand& part : out_.operands_of(side)) parts.push_back(part.value);
  }
  return out_.concat(parts, where);
}

std::optional<OperatorKind> ScopedLowering::operator_of(std::string_view op) {
  struct Row {
    std::string_view text;
    OperatorKind kind;
  };
  static constexpr Row kRows[] = {
      {"+", OperatorKind::Add},          {"-", OperatorKind::Subtract},
      {"*", OperatorKind::Multiply},     {"/", OperatorKind::Divide},
      {"%", OperatorKind::Modulo},       {"==", OperatorKind::Equal},
      {"!=", OperatorKind::NotEqual},    {"===", OperatorKind::Equal},
      {"!==", OperatorKind::NotEqual},   {"<", OperatorKind::Less},
      {"<=", OperatorKind::LessEqual},   {"&&", OperatorKind::And},
      {"||", OperatorKind::Or},          {"and", OperatorKind::And},
      {"or", OperatorKind::Or},          {"??", OperatorKind::Coalesce},
      {"?:", OperatorKind::Coalesce},    {"&", OperatorKind::BitAnd},
      {"|", OperatorKind::BitOr},        {"^", OperatorKind::BitXor},
      {"<<", OperatorKind::ShiftLeft},   {">>", OperatorKind::ShiftRight},
      {">>>", OperatorKind::ShiftRight}, {"in", OperatorKind::In},
      {"**", OperatorKind::Power}};
  for (const Row& row : kRows)
    if (row.text == op) return row.kind;
  return std::nullopt;
}

ExprId ScopedLowering::combine(std::string_view op, ExprId left, ExprId right, Range where) {
  if (op == "+" && (is_text(left) || is_text(right))) return concat(left, right, where);
  if (op == ">") return out_.operation(OperatorKind::Less, right, left, where);
  if (op == ">=") return out_.operation(OperatorKind::LessEqual, right, left, where);
  const std::optional<OperatorKind> how = operator_of(op);
  return how ? out_.operation(*how, left, right, where) : out_.unknown("operator", where);
}

// Chains of operators lean to the left and may be hundreds long: they are folded.
ExprId ScopedLowering::binary(NodeId node) {
  constexpr std::size_t kFolded = 150;  // a value any deeper is kept in a temporary
  std::vector<NodeId> spine;
  NodeId base = node;
  for (; is(base, Syn::Binary); base = unwrapped(child(base, SynField::Left)))
    spine.push_back(base);
  ExprId value = expression_or_unknown(base, node);
  std::size_t folded = 0;
  for (auto at = spine.rbegin(); at != spine.rend(); ++at) {
    const std::string_view op = text(child(*at, SynField::Operator));
    const NodeId right = child(*at, SynField::Right);
    const Range where = range(*at);
    const bool skips = is_and(op) || is_or(op) || op == "??" || op == "?:";
    if (skips && has_ops(right)) {
      const ExprId left = value;
      const bool coalesces = !is_and(op) && !is_or(op);
      value = temporary(where, [&](ExprId target) {
        const ExprId test = coalesces ? out_.operation(OperatorKind::NotEqual, left,
                                                       out_.null(where), out_.range(left))
                                      : left;
        const OpId branch = out_.open_branch(test, where);
        const auto take_right = [&] {
          out_.assign(target, expression_or_unknown(right, *at), range(right));
        };
        const auto take_left = [&] { out_.assign(target, left, out_.range(left)); };
        is_and(op) ? take_right() : take_left();
        out_.otherwise(branch);
        is_and(op) ? take_left() : take_right();
        out_.close(branch);
      });
      folded = 0;
      continue;
    }
    value = combine(op, value, expression_or_unknown(right, *at), where);
    if (++folded < kFolded) continue;
    value = kept(value, where);
    folded = 0;
  }
  return value;
}

ExprId ScopedLowering::short_circuit(NodeId left, NodeId right, std::string_view op, Range where) {
  const ExprId first_value = expression(left);
  if (!has_ops(right)) return combine(op, first_value, expression(right), where);
  return temporary(where, [&](ExprId target) {
    out_.assign(target, first_value, range(left));
    const ExprId test = is_or(op) ? out_.operation(OperatorKind::Not, target, {}, where) : target;
    const OpId branch = out_.open_branch(test, where);
    out_.assign(target, expression(right), range(right));
    out_.close(branch);
  });
}

ExprId ScopedLowering::temporary(Range where, const std::function<void(ExprId)>& fill) {
  const ExprId target = out_.variable(out_.temporary(out_.current()), where);
  fill(target);
  return target;
}

ExprId ScopedLowering::kept(ExprId value, Range where) {
  return temporary(where, [&](ExprId target) { out_.assign(target, value, where); });
}

ExprId ScopedLowering::conditional(NodeId node) {
  const NodeId condition = child(node, SynField::Condition);
  const NodeId then = child(node, SynField::Consequence);
  const NodeId otherwise = child(node, SynField::Alternative);
  const Range where = range(node);
  if (!has_ops(then) && !has_ops(otherwise) && !jumps(condition)) {
    const ExprId test = expression_or_unknown(condition, node);
    const ExprId yes = expression_or_unknown(then, node);
    return out_.choose(test, yes, expression_or_unknown(otherwise, node), where);
  }
  return temporary(where, [&](ExprId target) {
    when(
        condition, true,
        [&] { out_.assign(target, expression_or_unknown(then, node), range(then)); },
        [&] { out_.assign(target, expression_or_unknown(otherwise, node), range(otherwise)); },
        where);
  });
}

ExprId ScopedLowering::assignment(NodeId node) {
  const Range where = range(node);
  const NodeId target = child(node, SynField::Left), value = child(node, SynField::Right);
  std::string_view op = text(child(node, SynField::Operator));
  if (op.ends_with('=')) op.remove_suffix(1);
  if (op.empty() || op == ":") {
    const ExprId given = expression_or_unknown(value, node);
    if (target != kNoNode) assign_to(target, given, where);
    return given;
  }
  const ExprId place = target_place(target, node);
  const ExprKind form = out_.expr(place).kind;
  if (form != ExprKind::Variable && form != ExprKind::Member && form != ExprKind::Index)
    return expression_or_unknown(value, node);
  if (op == "??" || op == "||") {
    if (!has_ops(value)) {
      out_.assign(place, expression_or_unknown(value, node), where, AssignMode::SetIfAbsent);
      return place;
    }
    const ExprId test =
        op == "??" ? out_.operation(OperatorKind::Equal, place, out_.null(where), out_.range(place))
                   : out_.operation(OperatorKind::Not, place, {}, out_.range(place));
    const OpId branch = out_.open_branch(test, where);
    out_.assign(place, expression(value), where);
    out_.close(branch);
    return place;
  }
  const ExprId given = expression_or_unknown(value, node);
  const std::optional<OperatorKind> how = operator_of(op);
  out_.assign(place, how ? given : out_.unknown("operator", where), where,
              how ? AssignMode::Update : AssignMode::Set, how.value_or(OperatorKind::Add));
  return place;
}

// `*x = v` changes what x points at: the member "*" of x.
ExprId ScopedLowering::target_place(NodeId node, NodeId around) {
  const NodeId target = node == kNoNode ? node : unwrapped(node);
  const NodeId pointer = target == kNoNode ? kNoNode : dereferenced(target);
  if (pointer == kNoNode) return expression_or_unknown(node, around);
  return out_.member(expression_or_unknown(pointer, target), "*", range(target));
}

void ScopedLowering::assign_to(NodeId target, ExprId value, Range where) {
  const ExprId place = target_place(target, target);
  const ExprKind form = out_.expr(place).kind;
  if (form == ExprKind::Variable || form == ExprKind::Member || form == ExprKind::Index)
    out_.assign(place, value, where);
}

// x is C: what a pattern binds is the same object.
ExprId ScopedLowering::type_test(NodeId node) {
  const Range where = range(node);
  const ExprId value = expression_or_unknown(child(node, SynField::Left), node);
  const NodeId written = child(node, SynField::Right);
  const TypeId tested = written == kNoNode ? TypeId{} : type(written);
  if (const NodeId name = child(node, SynField::Name); name != kNoNode) {
    const VariableId bound = declare_local(text(name), 0, tested);
    out_.assign(out_.variable(bound, range(name)), value, where, AssignMode::Declare);
  }
  return out_.type_test(value, out_.type_path(tested), where);
}

TypeId ScopedLowering::type_of(NodeId node) {
  switch (kind(node)) {
    case Syn::Name:
    case Syn::TypeName: return named_type(text(node), {}, range(node));
    case Syn::QualifiedType: {
      std::string dotted;
      for (const char letter : text(node))
        if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t') dotted += letter;
      return named_type(replace_all(dotted, "::", "."), {}, range(node));
    }
    case Syn::GenericType: {
      std::vector<TypeId> arguments;
      NodeId list = child(node, SynField::TypeArguments);
      if (list == kNoNode) list = child(node, Syn::TypeArguments);
      if (list != kNoNode)
        for (const NodeId argument : children(list))
          if (const TypeId one = type(argument); one.exists()) arguments.push_back(one);
      const TypeId base = first(node) == kNoNode ? TypeId{} : type(first(node));
      if (!base.exists()) return {};
      const VariableId named = out_.facts().types[base.index].named;
      return out_.add_type(std::string(out_.type_path(base)), arguments, named);
    }
    case Syn::WrappedType:
      for (const NodeId inner : children(node))
        if (const TypeId one = type(inner); one.exists()) return one;
      return {};
    default: return {};
  }
}

namespace {

void add_code_point(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6U));
    out += static_cast<char>(0x80 | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12U));
    out += static_cast<char>(0x80 | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80 | (code & 0x3FU));
  } else if (code < 0x110000) {
    out += static_cast<char>(0xF0 | (code >> 18U));
    out += static_cast<char>(0x80 | ((code >> 12U) & 0x3FU));
    out += static_cast<char>(0x80 | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80 | (code & 0x3FU));
  }
}

}  // namespace

// "a\n\u0041\x41\101": the escapes of C and its heirs.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char letter = text[++i];
    const auto number = [&](std::size_t from, std::size_t digits, int base) {
      std::uint32_t code = 0;
      const std::string_view rest = text.substr(std::min(from, text.size()), digits);
      const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), code, base);
      i = from + static_cast<std::size_t>(read.ptr - rest.data()) - 1;
      add_code_point(out, code);
    };
    switch (letter) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case 'r': out += '\r'; break;
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case 'v': out += '\v'; break;
      case 'a': out += '\a'; break;
      case 'e': out += '\x1B'; break;
      case 's': out += ' '; break;
      case '\n': break;
      case 'x': number(i + 1, 2, 16); break;
      case 'u':
        if (i + 1 < text.size() && text[i + 1] == '{') {
          number(i + 2, 6, 16);
          if (i + 1 < text.size() && text[i + 1] == '}') ++i;
        } else {
          number(i + 1, 4, 16);
        }
        break;
      case 'U': number(i + 1, 8, 16); break;
      default:
        if (letter >= '0' && letter <= '7')
          number(i, 3, 8);
        else
          out += letter;
    }
  }
  return out;
}

std::string ScopedLowering::literal_text(NodeId node) const {
  std::string_view inner = text(node);
  if (inner.size() >= 2) inner = inner.substr(1, inner.size() - 2);
  return unescaped(inner);
}

}  // namespace fnlint
