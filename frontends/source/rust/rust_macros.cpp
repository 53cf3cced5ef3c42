// Renders the arguments of all macros as statements, parses these at once, and grafts the nodes
// into the tree with their places moved back.

#include "frontends/source/rust/rust_macros.h"

#include "core/characters.h"
#include "core/limits.h"
#include "frontends/source/rust/rust_syntax.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

namespace fnlint {

namespace {

constexpr int kNestedMacros = 8;

bool is_token_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// A token of a macro's arguments: a word, a literal, a bracket or one mark ("::" and "=>" are one).
struct Token {
  Range range = {};
  std::uint32_t closes = 0;  // of an opening bracket: the token that closes it
};

class Lexer {
 public:
  Lexer(std::string_view text, Range range) : text_(text), at_(range.begin), end_(range.end) {}

  std::vector<Token> tokens() {
    std::vector<std::uint32_t> open;
    std::vector<Token> all;
    while (skip_blanks(), at_ < end_) {
      const std::uint32_t begin = at_;
      const char c = text_[begin];
      take();
      const auto index = static_cast<std::uint32_t>(all.size());
      all.push_back({{begin, at_}, index});
      if (c == '(' || c == '[' || c == '{') open.push_back(index);
      if ((c == ')' || c == ']' || c == '}') && !open.empty()) {
        all[open.back()].closes = index;
        open.pop_back();
      }
    }
    return all;
  }

 private:
  char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < end_ ? text_[at_ + ahead] : '\0';
  }
  void skip_blanks() {
    for (;;) {
      while (at_ < end_ && is_blank(text_[at_])) ++at_;
      if (peek() == '/' && peek(1) == '/') {
        while (at_ < end_ && text_[at_] != '\n') ++at_;
      } else if (peek() == '/' && peek(1) == '*') {
        const std::size_t close = text_.find("*/", at_ + 2);
        at_ = close == std::string_view::npos
                  ? end_
                  : std::min(end_, static_cast<std::uint32_t>(close + 2));
      } else {
        return;
      }
    }
  }
  void take() {
    const char c = peek();
    if (c == '"') return take_string();
    if (c == '\'') return take_quote();
    if (is_token_word(c)) {
      const std::uint32_t begin = at_;
      while (is_token_word(peek())) ++at_;
      const std::string_view word = text_.substr(begin, at_ - begin);
      const bool prefixes = word == "r" || word == "b" || word == "br" || word == "c";
      if (prefixes && (peek() == '"' || (peek() == '#' && word != "b"))) take_raw(word);
      else if (word == "b" && peek() == '\'') take_quote();
      return;
    }
    const bool is_pair = (c == ':' && peek(1) == ':') || (c == '=' && peek(1) == '>');
    at_ += is_pair ? 2 : 1;
  }
  void take_string() {
    ++at_;
    while (at_ < end_ && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(end_, at_ + 1);
  }
  void take_raw(std::string_view word) {
    if (word == "b" || word == "c") return take_string();
    std::string close = "\"";
    while (peek() == '#') {
      close += '#';
      ++at_;
    }
    if (peek() != '"') return;  // r#name
    const std::size_t found = text_.find(close, at_ + 1);
    at_ = found == std::string_view::npos
              ? end_
              : std::min(end_, static_cast<std::uint32_t>(found + close.size()));
  }
  // 'a', '\n', or the lifetime 'a
  void take_quote() {
    ++at_;
    if (peek() == '\\') {
      at_ = std::min(end_, at_ + 2);
      while (at_ < end_ && text_[at_] != '\'') ++at_;
      at_ = std::min(end_, at_ + 1);
      return;
    }
    std::uint32_t letter = at_ + 1;  // behind one code point
    while (letter < end_ && (static_cast<unsigned char>(text_[letter]) & 0xC0U) == 0x80U) ++letter;
    if (letter < end_ && text_[letter] == '\'') {
      at_ = letter + 1;
      return;
    }
    while (is_token_word(peek())) ++at_;
  }

  std::string_view text_;
  std::uint32_t at_, end_;
};

// Text that parses, made of pieces of the file and of what was put between them.
class Rendered {
 public:
  explicit Rendered(std::string_view text) : text_(text) {}
  void copy(Range range) {
    pieces_.push_back({size(), range.begin});
    out_.append(text_.substr(range.begin, range.end - range.begin));
    end_ = range.end;
  }
  void put(std::string_view made) {
    pieces_.push_back({size(), end_, true});
    out_.append(made);
  }
  void at(std::uint32_t offset) { end_ = offset; }  // where the next made text is said to stand
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(out_.size()); }
  [[nodiscard]] std::string_view view() const { return out_; }
  // Where an offset of the rendered text stands in the file.
  [[nodiscard]] std::uint32_t source(std::uint32_t offset) const {
    const auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::begin);
    if (after == pieces_.begin()) return offset;
    const Piece& piece = *(after - 1);
    return piece.made ? piece.source : piece.source + (offset - piece.begin);
  }
  // The end of something: where the piece that it ends in ends.
  [[nodiscard]] std::uint32_t source_end(std::uint32_t offset) const {
    return offset == 0 ? 0 : source(offset - 1) + (is_made(offset - 1) ? 0 : 1);
  }

 private:
  struct Piece {
    std::uint32_t begin = 0, source = 0;
    bool made = false;
  };
  [[nodiscard]] bool is_made(std::uint32_t offset) const {
    const auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::begin);
    return after != pieces_.begin() && (after - 1)->made;
  }
  std::string_view text_;
  std::string out_;
  std::vector<Piece> pieces_;
  std::uint32_t end_ = 0;
};

// Writes one macro's arguments as a statement.
class Renderer {
 public:
  Renderer(std::string_view text, std::string_view name, Range tokens, Rendered& out)
      : text_(text), name_(name), where_(tokens), out_(out) {}

  void render() {
    out_.at(where_.begin);
    if (where_.end < where_.begin + 2) return;
    tokens_ = Lexer(text_, {where_.begin + 1, where_.end - 1}).tokens();
    const std::size_t end = tokens_.size();
    if (name_ == "matches" || name_ == "assert_matches") return render_match();
    if (holds_items()) return render_items();
    if (name_ == "select" || name_ == "select_biased") return render_select();
    if (is_object(0, end) && text_[where_.begin] == '{') return render_pairs(0, end, ";");
    if (end > 0 && tokens_[0].closes + 1 == end && is_object_at(0)) {
      render_value(0, end);
      return out_.put(";");
    }
    if (text_[where_.begin] == '[') {
      out_.put("[");
      render_arguments(0, end, true);
      return out_.put("];");
    }
    out_.put("m(");
    render_arguments(0, end, false);
    out_.put(");");
  }

 private:
  std::string_view word(std::size_t token) const {
    return token < tokens_.size()
               ? text_.substr(tokens_[token].range.begin,
                              tokens_[token].range.end - tokens_[token].range.begin)
               : std::string_view{};
  }
  std::size_t behind(std::size_t token) const { return tokens_[token].closes + 1; }
  void copy(std::size_t from, std::size_t to) {
    if (from < to) out_.copy({tokens_[from].range.begin, tokens_[to - 1].range.end});
  }
  // The first comma at this level, or `end`.
  std::size_t comma(std::size_t from, std::size_t end) const {
    std::size_t at = from;
    int angles = 0;  // a::<b, c>
    for (; at < end; at = std::max(at + 1, behind(at))) {
      if (word(at) == "<" && at > from && word(at - 1) == "::") ++angles;
      if (word(at) == ">" && angles > 0) --angles;
      if (word(at) == "," && angles == 0) break;
    }
    return std::min(at, end);
  }

  // --- "key": value and key => value
  std::size_t key_end(std::size_t from, std::size_t end) const {
    std::size_t at = from;
    for (; at < end && word(at) != ","; at = std::max(at + 1, behind(at)))
      if (word(at) == ":" || word(at) == "=>") return at;
    return end;
  }
  bool is_object(std::size_t from, std::size_t end) const {
    if (from == end) return true;
    const std::size_t colon = key_end(from, end);
    if (colon == end || colon == from) return false;
    const bool one = std::max(from + 1, behind(from)) == colon;
    return one || word(colon) == "=>";
  }
  bool is_object_at(std::size_t brace) const {
    return word(brace) == "{" && is_object(brace + 1, tokens_[brace].closes);
  }
  void render_pairs(std::size_t from, std::size_t end, std::string_view close) {
    out_.put("[");
    for (std::size_t at = from; at < end;) {
      const std::size_t stop = comma(at, end), colon = key_end(at, stop);
      if (colon < stop) {
        out_.put("(");
        copy(at, colon);
        out_.put(",");
        render_value(colon + 1, stop);
        out_.put("),");
      }
      at = stop + 1;
    }
    out_.put("]");
    out_.put(close);
  }
  void render_value(std::size_t from, std::size_t end) {
    if (from < end && behind(from) == end && is_object_at(from)) {
      out_.at(tokens_[from].range.begin);
      render_pairs(from + 1, tokens_[from].closes, "");
      out_.at(tokens_[from].range.end);
      return;
    }
    if (from < end && behind(from) == end && word(from) == "[") {
      out_.copy(tokens_[from].range);
      const std::size_t close = tokens_[from].closes;
      for (std::size_t at = from + 1; at < close;) {
        const std::size_t stop = comma(at, close);
        render_value(at, stop);
        out_.put(",");
        at = stop + 1;
      }
      return out_.put("]");
    }
    copy(from, end);
  }

  // --- Arguments. A log's marks (%a, ?b, target: c) are left out.
  void render_arguments(std::size_t from, std::size_t end, bool is_array) {
    for (std::size_t at = from; at < end;) {
      const std::size_t stop = comma(at, end);
      std::size_t begin = at;
      if (!is_array) begin = without_mark(at, stop);
      copy_without_marks(begin, stop, is_array);
      if (stop < end) out_.put(",");
      at = stop + 1;
    }
  }
  std::size_t without_mark(std::size_t from, std::size_t end) const {
    if (from + 1 < end && (word(from) == "%" || word(from) == "?")) return from + 1;
    if (from + 2 < end && word(from + 1) == ":" && is_token_word(word(from)[0])) return from + 2;
    return from;
  }
  void copy_without_marks(std::size_t from, std::size_t end, bool is_array) {
    for (std::size_t at = from; !is_array && at + 2 < end; ++at) {
      const bool assigns = word(at) == "=" && tokens_[at].range.end <= tokens_[at + 1].range.begin;
      if (!assigns || (word(at + 1) != "%" && word(at + 1) != "?")) continue;
      copy(from, at + 1);
      return copy(at + 2, end);
    }
    copy(from, end);
  }

  void render_match() {
    const std::size_t end = tokens_.size(), stop = comma(0, end);
    out_.put("match (");
    copy(0, stop);
    out_.put(") {");
    std::size_t last = end;
    if (last > 0 && word(last - 1) == ",") --last;
    if (stop + 1 < last) copy(stop + 1, last);
    out_.put("=> true, _ => false };");
  }

  // --- pattern = future => body, ...: what comes first runs its body
  void render_select() {
    const std::size_t end = tokens_.size();
    for (std::size_t at = 0; at < end;) {
      std::size_t arrow = at, equals = at;
      while (arrow < end && word(arrow) != "=>") arrow = std::max(arrow + 1, behind(arrow));
      while (equals < arrow && word(equals) != "=") equals = std::max(equals + 1, behind(equals));
      if (arrow + 1 >= end) return;
      const bool has_block = word(arrow + 1) == "{";
      const std::size_t stop = has_block ? behind(arrow + 1) : comma(arrow + 1, end);
      if (equals < arrow) {
        out_.put("if let ");
        copy(at, equals);
        out_.put(" = (");
        copy(equals + 1, guard(equals + 1, arrow));
        out_.put(").await ");
      }
      out_.put("{");
      copy(arrow + 1, stop);
      out_.put("}\n");
      at = stop < end && word(stop) == "," ? stop + 1 : stop;
    }
  }
  // future, if condition
  std::size_t guard(std::size_t from, std::size_t end) const {
    const std::size_t at = comma(from, end);
    return at < end && word(at + 1) == "if" ? at : end;
  }

  // --- static ref X: T = e;
  bool holds_items() const {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const std::string_view first = word(at);
      if (first == "#") {  // an attribute
        if (word(at + 1) != "[") return false;
        at = tokens_[at + 1].closes;
        continue;
      }
      if (first == "pub") {
        if (word(at + 1) == "(") at = tokens_[at + 1].closes;
        continue;
      }
      const std::string_view next = word(at + 1);
      return first == "static" && (next == "ref" || next == "mut" || word(at + 2) == ":");
    }
    return false;
  }
  void render_items() {
    std::size_t from = 0;
    for (std::size_t at = 0; at + 1 < tokens_.size(); at = std::max(at + 1, behind(at))) {
      if (word(at) != "static" || word(at + 1) != "ref") continue;
      copy(from, at + 1);
      out_.put(" ");
      from = at + 2;
    }
    copy(from, tokens_.size());
    out_.put(";");  // the last one of thread_local! may go without
  }

  std::string_view text_, name_;
  Range where_;
  Rendered& out_;
  std::vector<Token> tokens_ = {};
};

struct Wanted {
  NodeId node = kNoNode;     // Tokens
  std::uint32_t begin = 0, end = 0;  // in the rendered text
};

std::string_view macro_name(const SyntaxNodes& nodes, NodeId tokens, std::string_view text) {
  const NodeId macro = nodes[tokens].parent;
  if (macro == kNoNode) return {};
  std::string_view name = text.substr(nodes[macro].range.begin,
                                      nodes[tokens].range.begin - nodes[macro].range.begin);
  name = name.substr(0, name.find('!'));
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_macro(const SyntaxNodes& nodes, NodeId node) {
  return nodes[node].kind == static_cast<std::uint8_t>(Rs::Tokens) &&
         nodes[node].parent != kNoNode &&
         nodes[nodes[node].parent].kind == static_cast<std::uint8_t>(Rs::Macro);
}

// One statement as it came out of the parser: the nodes that stand for the macro's arguments.
void add_graft(const SyntaxNodes& parsed, NodeId first, NodeId end, const Rendered& rendered,
               NodeId at, std::vector<SyntaxGraft>& grafts) {
  SyntaxGraft graft{.at = at, .nodes = {}};
  for (NodeId node = first; node < end; ++node) {
    SyntaxNode row = parsed[node];
    row.range = {rendered.source(row.range.begin), rendered.source_end(row.range.end)};
    row.range.end = std::max(row.range.end, row.range.begin);
    row.next -= first;
    const bool is_top = row.parent == kNoNode || row.parent < first;
    row.parent = is_top ? kNoNode : row.parent - first;
    graft.nodes.push_back(row);
  }
  if (!graft.nodes.empty()) grafts.push_back(std::move(graft));
}

// The statements of the rendered text that lie in [begin, end) and are sound.
void take_statements(const SyntaxNodes& parsed, const Rendered& rendered, const Wanted& wanted,
                     NodeId& statement, std::vector<SyntaxGraft>& grafts) {
  NodeId first = kNoNode, end = kNoNode;
  for (; statement < parsed.size() && parsed[statement].range.begin < wanted.end;
       statement = parsed[statement].next) {
    if (parsed[statement].range.begin < wanted.begin) continue;
    if (first == kNoNode) first = statement;
    end = parsed[statement].next;
  }
  if (first == kNoNode) return;
  const bool is_expression =
      static_cast<Syn>(parsed[first].kind) == Syn::ExpressionStatement && parsed[first].next == end;
  if (is_expression) {
    ++first;
    // m(a, b): what is between the brackets
    const NodeId arguments = parsed.child(first, static_cast<std::uint8_t>(SynField::Arguments));
    const bool is_call = static_cast<Syn>(parsed[first].kind) == Syn::Call &&
                         rendered.view().substr(parsed[first].range.begin, 2) == "m(" &&
                         parsed[first].range.begin == wanted.begin;
    if (is_call && arguments != kNoNode) {
      first = arguments + 1;
      end = parsed[arguments].next;
    }
  }
  add_graft(parsed, first, end, rendered, wanted.node, grafts);
}

std::optional<SyntaxNodes> parsed(std::string_view text) {
  const Grammar& grammar = rust_grammar();
  const SyntaxTree tree = parse_syntax(grammar.language(), text);
  if (!tree) return std::nullopt;
  return SyntaxNodes(grammar, tree.get());
}

}  // namespace

void expand_macros(SyntaxNodes& nodes, std::string_view text) {
  std::vector<NodeId> fresh;
  for (NodeId node = 0; node < nodes.size(); ++node)
    if (is_macro(nodes, node)) fresh.push_back(node);
  for (int round = 0; round < kNestedMacros && !fresh.empty(); ++round) {
    std::vector<Wanted> wanted;
    Rendered all(text);
    for (const NodeId node : fresh) {
      Wanted row{.node = node, .begin = all.size()};
      Renderer(text, macro_name(nodes, node, text), nodes[node].range, all).render();
      row.end = all.size();
      all.put("\n");
      wanted.push_back(row);
    }
    std::vector<SyntaxGraft> grafts;
    const std::optional<SyntaxNodes> together = parsed(all.view());
    if (together && together->faults().empty()) {
      NodeId statement = 1;
      for (const Wanted& row : wanted) take_statements(*together, all, row, statement, grafts);
    } else {  // one that does not parse must not spoil the others
      for (const Wanted& row : wanted) {
        Rendered one(text);
        Renderer(text, macro_name(nodes, row.node, text), nodes[row.node].range, one).render();
        const std::optional<SyntaxNodes> alone = parsed(one.view());
        if (!alone || !alone->faults().empty()) continue;
        NodeId statement = 1;
        take_statements(*alone, one, {.node = row.node, .begin = 0, .end = one.size()}, statement,
                        grafts);
      }
    }
    const std::vector<NodeId> added = nodes.graft(grafts);
    fresh.clear();
    for (const NodeId node : added)
      if (is_macro(nodes, node)) fresh.push_back(node);
  }
}

}  // namespace fnlint
