#include "frontends/source/javascript_tree.h"

#include "core/text.h"
#include "frontends/source/javascript_symbols.h"
#include "frontends/source/syntax.h"

#include <algorithm>
#include <string>

namespace fnlint {

namespace {

constexpr std::size_t kReportedErrors = 3;

bool is_leaf(Js kind) {
  switch (kind) {
    case Js::Comment:
    case Js::Identifier:
    case Js::PropertyIdentifier:
    case Js::ShorthandIdentifier:
    case Js::ShorthandPattern:
    case Js::PrivateName:
    case Js::LabelIdentifier:
    case Js::TypeIdentifier:
    case Js::String:
    case Js::Number:
    case Js::Regex:
    case Js::MetaProperty:
    case Js::OptionalChain:
    case Js::PredefinedType:
    case Js::AccessibilityModifier:
    case Js::OverrideModifier:
    case Js::JsxText: return true;
    default: return false;
  }
}

bool opens_type(Js kind) {
  return (kind >= Js::TypeAnnotation && kind <= Js::OtherType && kind != Js::NestedIdentifier) ||
         kind == Js::TypeDeclaration || kind == Js::IndexSignature;
}

// Tokens count only where a rule asks for them.
bool is_kept(Js kind, JsField field, Js parent) {
  switch (kind) {
    case Js::None: return false;
    case Js::Comma: return parent == Js::Array || parent == Js::ArrayPattern;
    case Js::EqualsToken:
    case Js::AsToken: return parent == Js::ExportStatement;
    case Js::AwaitToken: return parent != Js::Await;
    case Js::Star:
    case Js::Typeof: return true;
    default: return kind < Js::Star || field == JsField::Operator;
  }
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

// `typeof import("x")` as a type is a gap of the grammars; an identifier of the same length is
// none.
std::string without_import_types(std::string_view text) {
  std::string masked(text);
  for (std::size_t at = masked.find("typeof import("); at != std::string::npos;
       at = masked.find("typeof import(", at + 1)) {
    const std::size_t close = masked.find(')', at);
    if (close == std::string::npos || close - at > 500) continue;
    for (std::size_t i = at; i <= close; ++i) masked[i] = '_';
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

class JsTreeBuilder {
 public:
  JsTreeBuilder(std::string_view text, const JsSymbols& symbols, TSNode root)
      : symbols_(symbols), root_(root), broken_(ts_node_has_error(root)) {
    tree_.text_ = text;
    tree_.nodes_.reserve(text.size() / 8 + 16);
  }

  JsTree build() {
    TSTreeCursor cursor = ts_tree_cursor_new(root_);
    bool more = true;
    while (more) {
      const JsId node = enter(cursor);
      if (node.exists() && !is_leaf(tree_.kind(node)) && ts_tree_cursor_goto_first_child(&cursor)) {
        open_.push_back(node);
        continue;
      }
      if (node.exists()) leave(node);
      more = advance(cursor);
    }
    ts_tree_cursor_delete(&cursor);
    if (broken_ && tree_.error_count_ == 0) error({}, "syntax error");
    return std::move(tree_);
  }

 private:
  // Moves to the next node in preorder, closing what ends.
  bool advance(TSTreeCursor& cursor) {
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (open_.empty() || !ts_tree_cursor_goto_parent(&cursor)) return false;
      const JsId closed = open_.back();
      open_.pop_back();
      leave(closed);
    }
    return true;
  }

  JsId enter(const TSTreeCursor& cursor) {
    const TSNode syntax = ts_tree_cursor_current_node(&cursor);
    const Js kind = symbols_.kind(ts_node_symbol(syntax));
    const bool missing = broken_ && ts_node_is_missing(syntax);
    if (kind == Js::Error || missing) report(syntax, missing);
    if (kind == Js::None) return {};
    if (kind == Js::Comment) {
      tree_.comments_.push_back(range_of(syntax));
      return {};
    }
    const JsField field = symbols_.fields[ts_tree_cursor_current_field_id(&cursor)];
    const Js parent = open_.empty() ? Js::None : tree_.kind(open_.back());
    if (!is_kept(kind, field, parent)) return {};
    const JsId id{tree_.size()};
    tree_.nodes_.push_back({.where = range_of(syntax),
                            .next = id.index + 1,
                            .kind = kind,
                            .field = field,
                            .flags = flags_of(kind, missing)});
    if (kind == Js::Other) tree_.other_names_.push_back({id, ts_node_type(syntax)});
    return id;
  }

  [[nodiscard]] std::uint16_t flags_of(Js kind, bool missing) const {
    std::uint16_t flags = own_flags(kind);
    if (opens_type(kind) || (!open_.empty() && tree_.has(open_.back(), kJsType))) flags |= kJsType;
    if (kind == Js::Error) flags |= kJsBroken;
    if (missing) flags |= kJsMissing | kJsBroken;
    return flags;
  }

  void leave(JsId id) {
    JsNode& node = tree_.nodes_[id.index];
    node.next = tree_.size();
    if (is_function(node.kind)) {
      node.flags &= kJsBroken | kJsType | kJsMissing;  // the rest is its body's own
      return;
    }
    if (open_.empty()) return;
    tree_.nodes_[open_.back().index].flags |=
        node.flags & (kJsOps | kJsWrites | kJsContinue | kJsBroken);
  }

  void report(TSNode syntax, bool missing) {
    if (!open_.empty()) tree_.nodes_[open_.back().index].flags |= kJsBroken;
    const Range where = range_of(syntax);
    if (missing) return error(where, cat("syntax error: `", ts_node_type(syntax), "` is missing"));
    std::string_view near = tree_.text_.substr(where.begin, where.end - where.begin);
    near = trim(near.substr(0, near.find_first_of("\r\n")));
    if (near.size() > 40) {
      near = near.substr(0, 40);
      while (!near.empty() && (near.back() & 0x80) != 0) near.remove_suffix(1);  // whole characters
    }
    error(where, cat("syntax error near `", near, "`"));
  }
  void error(Range where, std::string message) {
    ++tree_.error_count_;
    if (tree_.errors_.size() < kReportedErrors)
      tree_.errors_.push_back({where, std::move(message)});
  }

  JsTree tree_;
  const JsSymbols& symbols_;
  TSNode root_;
  bool broken_;
  std::vector<JsId> open_;
};

namespace {

// `masked` is what the grammar reads; the tree shows `text`.
JsTree parse_with(JsGrammar grammar, std::string_view masked, std::string_view text) {
  const JsSymbols& symbols = js_symbols(grammar);
  const SyntaxTree syntax = parse_syntax(symbols.language, masked);
  if (!syntax) return {};
  return JsTreeBuilder(text, symbols, ts_tree_root_node(syntax.get())).build();
}

}  // namespace

JsTree JsTree::parse(std::string_view text, JavaScriptDialect dialect) {
  const JsGrammar grammar = dialect == JavaScriptDialect::TypeScript ? JsGrammar::TypeScript
                            : dialect == JavaScriptDialect::Tsx      ? JsGrammar::Tsx
                                                                     : JsGrammar::JavaScript;
  JsTree best = parse_with(grammar, text, text);
  if (best.empty() || best.error_count_ == 0) return best;
  const auto retry = [&](JsGrammar other, std::string_view masked) {
    JsTree second = parse_with(other, masked, text);
    if (!second.empty() && second.error_count_ < best.error_count_) best = std::move(second);
  };
  if (dialect == JavaScriptDialect::JavaScript) {
    retry(JsGrammar::Tsx, text);  // knows what the JavaScript grammar does not: `assert {…}`, types
  } else if (text.find("typeof import(") != std::string_view::npos) {
    retry(grammar, without_import_types(text));
  }
  return best;
}

JsId JsTree::child(JsId id, JsField field) const {
  for (const JsId at : children(id))
    if ((*this)[at].field == field) return at;
  return {};
}
JsId JsTree::child(JsId id, Js kind) const {
  for (const JsId at : children(id))
    if ((*this)[at].kind == kind) return at;
  return {};
}
JsId JsTree::first_child(JsId id) const {
  return id.exists() && nodes_[id.index].next > id.index + 1 ? JsId{id.index + 1} : JsId{};
}
JsId JsTree::last_child(JsId id) const {
  JsId last;
  for (const JsId at : children(id)) last = at;
  return last;
}
JsId JsTree::first_from(std::uint32_t offset) const {
  const auto at = std::lower_bound(
      nodes_.begin() + 1, nodes_.end(), offset,
      [](const JsNode& node, std::uint32_t wanted) { return node.where.begin < wanted; });
  return at == nodes_.end() ? JsId{} : JsId{static_cast<std::uint32_t>(at - nodes_.begin())};
}
std::string_view JsTree::name_of(JsId id) const {
  for (const OtherName& row : other_names_)
    if (row.node == id) return row.name;
  return "ERROR";
}

}  // namespace fnlint
