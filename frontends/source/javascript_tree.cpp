#include "frontends/source/javascript_tree.h"

#include "core/text.h"
#include "frontends/source/javascript_symbols.h"
#include "frontends/source/syntax.h"

#include <algorithm>
#include <string>

namespace fnlint {

namespace {

constexpr std::size_t kReportedErrors = 3;

bool opens_type(Js kind) {
  return (kind >= Js::TypeAnnotation && kind <= Js::OtherType && kind != Js::NestedIdentifier) ||
         kind == Js::TypeDeclaration || kind == Js::IndexSignature ||
         kind == Js::AmbientDeclaration;
}

std::uint16_t own_flags(Js kind) {
  switch (kind) {
    case Js::Call:
    case Js::New:
    case Js::Await:
    case Js::Yield:
    case Js::Class:
    case Js::ClassDeclaration:
    case Js::AbstractClassDeclaration: return kJsOps;
    case Js::Assignment:
    case Js::AugmentedAssignment:
    case Js::Update:
    case Js::Delete: return kJsOps | kJsWrites;
    case Js::ContinueStatement: return kJsContinue;
    default: return 0;
  }
}

constexpr std::string_view kImportType = "typeof import(";

// As a type it is a gap of the grammars; an identifier of the same length is none.
std::string without_import_types(std::string_view text) {
  std::string masked(text);
  for (std::size_t at = masked.find(kImportType); at != std::string::npos;
       at = masked.find(kImportType, at + 1)) {
    const std::size_t length = std::string_view(masked).substr(at, 500).find(')');
    if (length == std::string_view::npos) continue;
    std::fill_n(masked.begin() + static_cast<std::ptrdiff_t>(at), length + 1, '_');
  }
  return masked;
}

}  // namespace

bool is_function(Js kind) {
  switch (kind) {
    case Js::FunctionDeclaration:
    case Js::GeneratorDeclaration:
    case Js::FunctionExpression:
    case Js::GeneratorFunction:
    case Js::ArrowFunction:
    case Js::MethodDefinition: return true;
    default: return false;
  }
}

JsTree JsTree::parse_with(const Grammar& grammar, std::string_view masked, std::string_view text) {
  JsTree tree;
  tree.text_ = text;
  if (const SyntaxTree syntax = parse_syntax(grammar.language(), masked)) {
    tree.nodes_.emplace(grammar, syntax.get());
    tree.set_flags();
  }
  return tree;
}

JsTree JsTree::parse(std::string_view text, JavaScriptDialect dialect) {
  const JsGrammar grammar = dialect == JavaScriptDialect::TypeScript ? JsGrammar::TypeScript
                            : dialect == JavaScriptDialect::Tsx      ? JsGrammar::Tsx
                                                                     : JsGrammar::JavaScript;
  const bool is_masked =
      dialect != JavaScriptDialect::JavaScript && text.find(kImportType) != std::string_view::npos;
  JsTree best = is_masked ? parse_with(js_grammar(grammar), without_import_types(text), text)
                          : parse_with(js_grammar(grammar), text, text);
  if (dialect != JavaScriptDialect::JavaScript || best.empty() || !best.is_broken()) return best;
  // The TypeScript grammar knows some of what the other does not: `assert {…}`, types.
  JsTree second = parse_with(js_grammar(JsGrammar::Tsx), text, text);
  if (!second.empty() && second.error_count() < best.error_count()) return second;
  return best;
}

// Types from the outside in, the others from the inside out.
void JsTree::set_flags() {
  const SyntaxNodes& nodes = *nodes_;
  flags_.resize(nodes.size());
  for (const SyntaxFault& fault : nodes.faults())
    if (fault.parent != kNoNode) flags_[fault.parent] |= kJsBroken;
  for (NodeId i = 0; i < nodes.size(); ++i) {
    const Js kind = static_cast<Js>(nodes[i].kind);
    const NodeId parent = nodes[i].parent;
    const bool is_type = opens_type(kind) || (parent != kNoNode && (flags_[parent] & kJsType) != 0);
    flags_[i] |= is_type ? kJsType : own_flags(kind);
  }
  for (NodeId i = nodes.size(); i-- > 1;) {
    if (is_function(static_cast<Js>(nodes[i].kind))) {
      flags_[i] =
          static_cast<std::uint16_t>(flags_[i] & (kJsBroken | kJsType));  // the rest is its own
      continue;
    }
    flags_[nodes[i].parent] |=
        static_cast<std::uint16_t>(flags_[i] & (kJsOps | kJsWrites | kJsContinue | kJsBroken));
  }
}

Problems JsTree::errors() const {
  Problems problems;
  for (const SyntaxFault& fault : nodes_->faults()) {
    if (problems.size() == kReportedErrors) break;
    std::string_view near = text_.substr(fault.where.begin, fault.where.end - fault.where.begin);
    near = trim(near.substr(0, near.find_first_of("\r\n")));
    if (near.size() > 40) {
      near = near.substr(0, 40);
      while (!near.empty() && (near.back() & 0x80) != 0) near.remove_suffix(1);  // whole characters
    }
    problems.push_back({fault.where, !fault.missing.empty()
                                         ? cat("syntax error: missing ", fault.missing)
                                     : near.empty() ? std::string("syntax error")
                                                    : cat("syntax error near ", near)});
  }
  return problems;
}

JsId JsTree::child(JsId id, JsField wanted) const {
  for (const JsId at : children(id))
    if (field(at) == wanted) return at;
  return {};
}
JsId JsTree::child(JsId id, Js wanted) const {
  for (const JsId at : children(id))
    if (kind(at) == wanted) return at;
  return {};
}
JsId JsTree::first_child(JsId id) const {
  return id.exists() && next(id) > id.index + 1 ? JsId{id.index + 1} : JsId{};
}
JsId JsTree::last_child(JsId id) const {
  JsId last;
  for (const JsId at : children(id)) last = at;
  return last;
}
JsId JsTree::first_from(std::uint32_t offset) const {
  NodeId first = 1, count = size() - 1;  // nodes begin in ascending order
  while (count > 0) {
    const NodeId half = count / 2;
    if ((*nodes_)[first + half].range.begin < offset) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first < size() ? JsId{first} : JsId{};
}
std::string_view JsTree::name_of(JsId id) const { return nodes_->name(id.index); }

}  // namespace fnlint
