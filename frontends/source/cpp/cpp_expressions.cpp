// Names, literals, members, lambdas, braces.
#include "core/text.h"
#include "frontends/source/cpp/cpp.h"
#include "frontends/source/cpp/cpp_lowering.h"
#include "frontends/source/cpp/cpp_text.h"

#include <algorithm>

namespace fnlint {

bool CppLowering::makes_op(NodeId node) const {
  switch (static_cast<Cpp>(nodes_[node].kind)) {
    case Cpp::Declaration:
    case Cpp::TypedBraces:
    case Cpp::CaptureInitializer:
    case Cpp::CoReturn:
    case Cpp::CoYield:
    case Cpp::Goto: return true;
    default: break;
  }
  if (!is(node, Syn::Binary)) return false;
  const std::string_view op = text(child(node, SynField::Operator));
  return op == "<<" || op == ">>";
}

ExprId CppLowering::expression_of(NodeId node) {
  if (node == kNoNode || !has_own_expression(node)) return ScopedLowering::expression_of(node);
  return own_expression(node);
}

bool CppLowering::has_own_expression(NodeId node) const {
  if (nodes_[node].kind >= static_cast<std::uint8_t>(Syn::Own)) return true;
  switch (kind(node)) {
    case Syn::Call:
    case Syn::Member:
    case Syn::Lambda:
    case Syn::New:
    case Syn::Index:
    case Syn::Assignment:
    case Syn::Number: return true;
    case Syn::Cast: return text(child(node, SynField::Type)) == "void";
    case Syn::Binary: return is_stream_chain(node, false);
    default: return false;
  }
}

ExprId CppLowering::own_expression(NodeId node) {
  const Range where = range(node);
  switch (static_cast<Cpp>(nodes_[node].kind)) {
    case Cpp::Qualified:
      if (partial_bases_.contains(node)) return partial_base(node);
      return path_value(path_of(node), node);
    case Cpp::TemplateType:
    case Cpp::TemplateFunction: return path_value(path_of(node), node);
    case Cpp::TypeDescriptor: return expression_or_unknown(child(node, SynField::Type), node);
    case Cpp::PointerExpression: return expression_or_unknown(child(node, SynField::Object), node);
    case Cpp::Braces: return braces(node, Shape::Unknown);
    case Cpp::TypedBraces:
      return made_of(child(node, SynField::Type), child(node, SynField::Value), where);
    case Cpp::Declaration: {  // in a condition: the value of what it declares
      statement(node);
      for (const Declarator& what : declarators(node))
        if (what.name != kNoNode) return name_value(text(what.name), what.name);
      return out_.unknown("a declaration", where);
    }
    case Cpp::ConditionClause: {
      if (const NodeId init = child(node, SynField::Init); init != kNoNode) statement(init);
      return expression_or_unknown(child(node, SynField::Value), node);
    }
    case Cpp::Comma: {
      if (const NodeId left = child(node, SynField::Left); left != kNoNode && has_ops(left))
        statement(left);
      return expression_or_unknown(child(node, SynField::Right), node);
    }
    case Cpp::RawText: {
      std::string_view written = text(node);
      const std::size_t open = written.find('('), close = written.rfind(')');
      if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return out_.text(written, where);
      return out_.text(written.substr(open + 1, close - open - 1), where);
    }
    case Cpp::ConcatenatedText: return text_of_parts(node);
    case Cpp::UserLiteral: {
      const NodeId literal = first(node);
      if (is(literal, Syn::Number)) {
        std::string_view digits = text(node);
        digits = digits.substr(0, digits.find_first_not_of("0123456789.'"));
        return out_.number(replace_all(digits, "'", ""), where);
      }
      return expression_or_unknown(literal, node);
    }
    case Cpp::Delete:
      if (has_ops(node)) expression_or_unknown(first(node), node);
      return out_.null(where);
    case Cpp::Sizeof: return out_.unknown("a size", where);
    case Cpp::Primitive: return out_.unknown("a type", where);
    default: break;
  }
  if (nodes_[node].kind >= static_cast<std::uint8_t>(Syn::Own)) {
    opaque(node);
    return out_.unknown(nodes_.name(node), where);
  }
  switch (kind(node)) {
    case Syn::Call: return cpp_call(node);
    case Syn::Member: return chain(node);
    case Syn::Lambda: return lambda(node);
    case Syn::New: {
      const NodeId type_node = child(node, SynField::Type);
      if (child(node, Cpp::NewArray) != kNoNode) return out_.list({}, where);
      return made_of(type_node, child(node, SynField::Arguments), where);
    }
    case Syn::Index: {
      const ExprId base = expression_or_unknown(child(node, SynField::Object), node);
      const NodeId list = child(node, SynField::Index);
      const ExprId at = list == kNoNode ? out_.unknown("missing", where)
                                        : expression_or_unknown(first(list), node);
      if (out_.expr(at).kind == ExprKind::Text)
        return out_.member(base, std::string(out_.string(out_.expr(at).name)), where);
      return out_.index(base, at, where);
    }
    case Syn::Binary: return stream_chain(node);
    case Syn::Assignment: return cpp_assignment(node);
    case Syn::Number: {
      std::string digits = replace_all(text(node), "'", "");
      const bool hex = digits.starts_with("0x") || digits.starts_with("0X");
      while (!hex && !digits.empty() &&
             std::string_view("uUlLzZfF").find(digits.back()) != std::string_view::npos)
        digits.pop_back();
      while (hex && !digits.empty() &&
             std::string_view("uUlLzZ").find(digits.back()) != std::string_view::npos)
        digits.pop_back();
      return out_.number(digits.empty() ? "0" : digits, where);
    }
    default: break;
  }
  const NodeId value = child(node, SynField::Value);  // (void)x
  return value != kNoNode && has_ops(value) ? expression(value) : out_.null(where);
}

// "a" "b" NAME "c"
ExprId CppLowering::text_of_parts(NodeId node) {
  std::vector<ExprId> parts;
  std::string whole;
  bool literal = true;
  for (const NodeId part : children(node)) {
    const ExprId value = expression(part);
    parts.push_back(value);
    literal = literal && out_.expr(value).kind == ExprKind::Text;
    if (literal) whole += out_.string(out_.expr(value).name);
  }
  if (literal) return out_.text(whole, range(node));
  return out_.concat(parts, range(node));
}

std::string CppLowering::literal_text(NodeId node) const {
  std::string_view written = text(node);
  const std::size_t quote = written.find_first_of("\"'<");  // after a prefix such as u8
  if (quote == std::string_view::npos) return std::string(written);
  written = written.substr(quote + 1);
  if (!written.empty()) written.remove_suffix(1);
  return unescaped(written);
}

std::string_view CppLowering::member_name(NodeId name) const {
  if (is(name, Cpp::DependentName)) name = last(name);
  if (is(name, Cpp::TemplateFunction)) name = child(name, SynField::Name);
  while (is(name, Cpp::Qualified)) name = child(name, SynField::Name);
  return name == kNoNode ? std::string_view{} : text(name);
}

// The same class in the header that declares it.
ExprId CppLowering::partial_base(NodeId name) {
  Path path = path_of(name);
  if (!path.empty()) path.pop_back();
  Path around;
  for (NodeId at = nodes_[name].parent; at != kNoNode; at = nodes_[at].parent)
    if (is(at, Cpp::Namespace)) {
      const Path part = path_of(child(at, SynField::Name));
      around.insert(around.begin(), part.begin(), part.end());
    }
  around.insert(around.end(), path.begin(), path.end());
  return out_.variable(implicit_import(dotted_path(around), range(name)), range(name));
}

// --- Assignments.

// What a reference or a pointer stands for is changed, wherever that lives: `*p = x`, `r = x`.
NodeId CppLowering::dereferenced(NodeId node) const {
  if (is(node, Cpp::PointerExpression) && text(node).starts_with('*')) {
    const NodeId pointer = unwrapped(child(node, SynField::Object));
    return is(pointer, Syn::Name) || is(pointer, Syn::Member) ? pointer : kNoNode;
  }
  return is(node, Syn::Name) && is_reference_name(node) ? node : kNoNode;
}

ExprId CppLowering::pointed(ExprId place, Range where) {
  const Expr row = out_.expr(place);
  const bool is_reference = row.kind == ExprKind::Variable && references_.contains(row.ref);
  return is_reference ? out_.member(place, "*", where) : place;
}

void CppLowering::assign_to(NodeId target, ExprId value, Range where) {
  const ExprId place = target_place(target, target);
  const ExprKind form = out_.expr(place).kind;
  if (form != ExprKind::Variable && form != ExprKind::Member && form != ExprKind::Index) return;
  out_.assign(place, value, where);
  if (form == ExprKind::Variable) unset_.erase(out_.expr(place).ref);
}

// p = q lets a pointer point elsewhere; *p = x writes what it points to.
bool CppLowering::is_reference_name(NodeId name) const {
  const Binding bound = find(text(name));
  return bound.variable.exists() && references_.contains(bound.variable.index) &&
         !pointers_.contains(bound.variable.index);
}

ExprId CppLowering::cpp_assignment(NodeId node) {
  const Range where = range(node);
  const NodeId target = child(node, SynField::Left), value = child(node, SynField::Right);
  const std::string_view op = text(child(node, SynField::Operator));
  if (op == "=" && target != kNoNode && value != kNoNode) {
    const bool emptied = is(value, Cpp::Braces) && first(value) == kNoNode;
    ExprId given = emptied ? out_.null(range(value)) : expression(value);
    if (Declarator copied{.value = value}; is_copied(kNoNode, copied))
      given = copy_of(given, where);
    assign_to(target, given, where);
    return given;
  }
  const ExprId changed = assignment(node);
  if (out_.expr(changed).kind == ExprKind::Variable) unset_.erase(out_.expr(changed).ref);
  return changed;
}

CodeFacts lower_cpp(std::string_view text) { return lower_cpp(text, CppKnown{}); }

CodeFacts lower_cpp(std::string_view text, const CppKnown& known) {
  const std::string readable = text.size() > kSourceBytes ? std::string(text) : readable_cpp(text);
  return read_source(readable, {.language = Language::Cpp,
                                .grammar = cpp_grammar(),
                                .lower =
                                    [&known](CodeBuilder& out, const SourceFile& file) {
                                      CppLowering(out, file, known).lower_file();
                                    },
                                .is_known = {},
                                .block_kind = static_cast<std::uint8_t>(Syn::Block)});
}

}  // namespace fnlint
