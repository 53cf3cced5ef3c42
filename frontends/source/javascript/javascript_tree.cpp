// Chooses the grammar with the fewest errors, corrects operands of `await` and `!` that grammars
// attach to the wrong node, and sets the flags.

#include "frontends/source/javascript/javascript_tree.h"

#include "core/text.h"
#include "frontends/source/common/syntax.h"
#include "frontends/source/javascript/javascript_symbols.h"
#include "frontends/source/javascript/typescript_masks.h"

#include <algorithm>
#include <string>

namespace fnlint {

namespace {

constexpr std::size_t kReportedErrors = 3;
constexpr std::size_t kMovesPerNode = 64;

int precedence(Js op) {
  switch (op) {
    case Js::Nullish:
    case Js::OrOr: return 1;
    case Js::AndAnd: return 2;
    case Js::BitOr: return 3;
    case Js::BitXor: return 4;
    case Js::BitAnd: return 5;
    case Js::EqualEqual:
    case Js::NotEqual: return 6;
    case Js::Less:
    case Js::LessEqual:
    case Js::Greater:
    case Js::GreaterEqual:
    case Js::InstanceOf:
    case Js::In: return 7;
    case Js::ShiftLeft:
    case Js::ShiftRight: return 8;
    case Js::Plus:
    case Js::Minus: return 9;
    case Js::Star:
    case Js::Slash:
    case Js::Percent: return 10;
    case Js::StarStar: return 11;
    default: return 0;  // an error
  }
}

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

// `await` whose operand stands on another line, or behind a comment: the JavaScript grammar takes
// it for a name that a line end closes.
bool awaits_across_lines(std::string_view text) {
  constexpr std::string_view kAwait = "await";
  for (std::size_t at = text.find(kAwait); at != text.npos; at = text.find(kAwait, at + 1)) {
    std::size_t next = at + kAwait.size();
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
    const std::string_view rest = text.substr(next, 2);
    if (rest == "//" || rest == "/*" || rest.starts_with('\n') || rest.starts_with('\r'))
      return true;
  }
  return false;
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
    const bool is_typed = &grammar != &js_grammar(JsGrammar::JavaScript);
    if (is_typed || tree.mend_awaits()) tree.mend_operands();
    tree.set_flags();
  }
  return tree;
}

JsTree JsTree::parse(std::string_view text, JavaScriptDialect dialect) {
  const JsGrammar grammar = dialect == JavaScriptDialect::TypeScript ? JsGrammar::TypeScript
                            : dialect == JavaScriptDialect::Tsx      ? JsGrammar::Tsx
                                                                     : JsGrammar::JavaScript;
  const std::string masked =
      dialect == JavaScriptDialect::JavaScript ? std::string() : typescript_masked(text);
  const std::string_view readable = masked.empty() ? text : masked;
  JsTree best = parse_with(js_grammar(grammar), readable, text);
  if (best.is_broken() && grammar != JsGrammar::TypeScript)
    if (const std::string plain = markup_masked(readable); !plain.empty())
      if (JsTree other = parse_with(js_grammar(grammar), plain, text);
          !other.empty() && other.error_count() < best.error_count())
        best = std::move(other);
  if (dialect != JavaScriptDialect::JavaScript || best.empty()) return best;
  const bool is_misread = awaits_across_lines(text);
  if (!best.is_broken() && !is_misread) return best;
  // The TypeScript grammar knows some of what the other does not: `assert {…}`, types.
  JsTree second = parse_with(js_grammar(JsGrammar::Tsx), text, text);
  const bool is_better = second.error_count() < best.error_count() ||
                         (is_misread && second.error_count() == best.error_count());
  if (!second.empty() && is_better) return second;
  return best;
}

// The JavaScript grammar reads `await (f)()` as a call of `await`; whether there was one.
bool JsTree::mend_awaits() {
  bool found = false;
  for (NodeId i = 0; i + 2 < nodes_->size(); ++i) {
    const JsId arguments{i + 2};
    if (kind(JsId{i}) != Js::Call || kind(JsId{i + 1}) != Js::Identifier ||
        kind(arguments) != Js::Arguments || text(JsId{i + 1}) != "await")
      continue;
    const JsId only = first_child(arguments);
    if (!only.exists() || next(only) != next(arguments) || kind(only) == Js::Spread) continue;
    found = true;
    nodes_->edit(i).kind = static_cast<std::uint8_t>(Js::Await);
    SyntaxNode& name = nodes_->edit(i + 1);
    SyntaxNode& list = nodes_->edit(i + 2);
    name.kind = list.kind = static_cast<std::uint8_t>(Js::Parenthesized);
    name.field = list.field = static_cast<std::uint8_t>(JsField::None);
    name.next = list.next;
    name.range = list.range;
    list.parent = i + 1;
  }
  return found;
}

// The TypeScript grammars read `await f<T>(x)` as `(await f)<T>(x)` and `a && b!.c` as
// `(a && b)!.c`: what stands behind an operand sinks to it. Inner nodes first.
void JsTree::mend_operands() {
  std::size_t moves_left = nodes_->size() * kMovesPerNode;
  for (NodeId i = nodes_->size(); i-- > 0;) {
    for (JsId outer{i}; is_misread(outer);) {
      const JsId operand = last_child(JsId{outer.index + 1});
      const std::size_t moves = operand.index - outer.index + nodes_->faults().size();
      if (moves > moves_left) return;  // no code is like that
      moves_left -= moves;
      nodes_->sink(outer.index);
      outer = JsId{operand.index - 1};
    }
  }
}

// Whether the node's first child is an operator that binds less than the node does.
bool JsTree::is_misread(JsId node) const {
  const JsId inner = first_child(node);
  const Js below = kind(inner);
  const bool is_prefix = below == Js::Await || below == Js::Unary ||
                         (below == Js::Update && field(first_child(inner)) == JsField::Operator);
  if ((!is_prefix && below != Js::Binary) || !first_child(inner).exists()) return false;
  switch (kind(node)) {
    case Js::Member:
    case Js::Subscript:
    case Js::Call:
    case Js::NonNull:
    case Js::Instantiation: return true;
    case Js::Update: return field(inner) == JsField::Argument;
    case Js::Binary:
      return below == Js::Binary && precedence(kind(child(inner, JsField::Operator))) <
                                        precedence(kind(child(node, JsField::Operator)));
    default: return false;
  }
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
    const auto own = static_cast<std::uint16_t>(is_type ? static_cast<int>(kJsType)
                                                        : static_cast<int>(own_flags(kind)));
    flags_[i] = static_cast<std::uint16_t>(flags_[i] | own);
  }
  for (NodeId i = nodes.size(); i-- > 1;) {
    if (jumps(JsId{i})) flags_[i] |= kJsJumps;
    if (is_function(static_cast<Js>(nodes[i].kind))) {
      flags_[i] =
          static_cast<std::uint16_t>(flags_[i] & (kJsBroken | kJsType));  // the rest is its own
      continue;
    }
    flags_[nodes[i].parent] |=
        static_cast<std::uint16_t>(flags_[i] & (kJsOps | kJsWrites | kJsContinue | kJsBroken));
  }
}

// Asked of a node when the flags of its children are set.
bool JsTree::jumps(JsId node) const {
  switch (kind(node)) {
    case Js::Binary: {
      const Js op = kind(child(node, JsField::Operator));
      return (op == Js::AndAnd || op == Js::OrOr) && (has(child(node, JsField::Right), kJsOps) ||
                                                      has(child(node, JsField::Left), kJsJumps));
    }
    case Js::Unary:
      return kind(child(node, JsField::Operator)) == Js::Not &&
             has(child(node, JsField::Argument), kJsJumps);
    case Js::Parenthesized:
    case Js::NonNull:
    case Js::As: return has(first_child(node), kJsJumps);
    default: return false;
  }
}

bool JsTree::is_in_type(const SyntaxFault& fault) const {
  if (fault.parent == kNoNode) return false;
  const JsId parent{fault.parent};
  if ((flags_[parent.index] & kJsType) != 0) return true;
  if (kind(parent) != Js::As && kind(parent) != Js::Satisfies) return false;
  const JsId value = first_child(parent);
  return value.exists() && fault.where.begin >= range(value).end;
}

Problems JsTree::errors() const {
  Problems problems;
  for (const SyntaxFault& fault : nodes_->faults()) {
    if (problems.size() == kReportedErrors) break;
    if (is_in_type(fault)) continue;  // not understood, it is left out like all others
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
