#include "core/characters.h"
#include "core/limits.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/documents/readable_text.h"
#include "frontends/documents/scalar_places.h"
#include "frontends/documents/tree_builder.h"
#include "frontends/documents/yaml_scalar.h"

#include <yaml.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// YAML as libyaml's parser meets it, with the bytes of the file in place of its characters.
namespace fnlint {
namespace {

constexpr std::size_t kReadAgainBytes = 64U << 20U;  // of one file, for its tabs

// libyaml counts characters; everything here counts bytes of the file.
class ByteOffsets {
 public:
  explicit ByteOffsets(const ReadableText& readable)
      : text_(readable.text()), skipped_(readable.skipped()) {
    if (readable.ascii()) return;
    std::size_t character = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (continues(text_[i])) continue;
      if (character++ % kStep == 0) samples_.push_back(static_cast<std::uint32_t>(i));
    }
  }
  [[nodiscard]] std::uint32_t operator()(const yaml_mark_t& mark) const {
    std::size_t at = mark.index;
    if (!samples_.empty()) {
      const std::size_t sample = std::min(mark.index / kStep, samples_.size() - 1);
      at = samples_[sample];
      for (std::size_t left = mark.index - sample * kStep; left > 0 && at < text_.size(); --left) {
        do ++at;
        while (at < text_.size() && continues(text_[at]));
      }
    }
    return static_cast<std::uint32_t>(std::min(at, text_.size())) + skipped_;
  }

 private:
  static constexpr std::size_t kStep = 64;
  static bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
  std::string_view text_;
  std::uint32_t skipped_;
  std::vector<std::uint32_t> samples_;  // the byte of every kStep-th character
};

struct Parser {
  yaml_parser_t state = {};
  explicit Parser(std::string_view text) {
    yaml_parser_initialize(&state);
    yaml_parser_set_encoding(&state, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~Parser() { yaml_parser_delete(&state); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
};

struct Event {
  yaml_event_t data = {};
  Event() = default;
  ~Event() { yaml_event_delete(&data); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
};

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

ScalarStyle style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return ScalarStyle::SingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return ScalarStyle::DoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE: return ScalarStyle::Literal;
    case YAML_FOLDED_SCALAR_STYLE: return ScalarStyle::Folded;
    default: return ScalarStyle::Plain;
  }
}

class YamlReader {
 public:
  YamlReader(std::string_view file, const ReadableText& readable, std::string_view parsed,
             YamlWords words)
      : file_(file), readable_(parsed), words_(words), offset_(readable), builder_(file) {}

  Document read() {
    Parser parser(readable_);
    bool more = true, complete = true;
    Event held;  // a quoted text: where a quote is not closed, it is none, and an error follows
    bool is_held = false;
    while (more) {
      Event event;
      const bool is_read = yaml_parser_parse(&parser.state, &event.data) != 0;
      if (is_held && !is_read && is_unclosed(held.data, parser.state)) {
        unclosed(held.data);
        complete = more = is_held = false;
        continue;
      }
      if (is_held && !take(held.data)) complete = more = false;
      is_held = false;
      if (!more) break;
      if (!is_read) {
        syntax_error(parser.state);
        complete = more = false;
      } else if (event.data.type == YAML_STREAM_END_EVENT) {
        more = false;
      } else if (is_quoted(event.data)) {
        yaml_event_delete(&held.data);
        std::swap(held.data, event.data);
        is_held = true;
      } else if (!take(event.data)) {
        complete = more = false;
      }
    }
    Document document = builder_.finish(complete);
    std::erase_if(document.roots, [&](NodeId root) {
      const Node& node = document[root];
      return node.kind == NodeKind::Null && node.range.begin == node.range.end;
    });
    return document;
  }

  // Where a tab stopped the parser that indents nothing: only a comment or nothing follows it on
  // its line.
  [[nodiscard]] std::optional<std::uint32_t> idle_tab() const { return idle_tab_; }

 private:
  struct Properties {  // what stands before a node's content
    Range tag = {};
    std::uint32_t content = 0;
  };

  bool take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        anchors_.clear();
        key_anchors_.clear();
        return true;
      case YAML_SCALAR_EVENT: return scalar(event);
      case YAML_ALIAS_EVENT: return alias(event);
      case YAML_SEQUENCE_START_EVENT: {
        const auto& start = event.data.sequence_start;
        return open(event, NodeKind::List, start.anchor, start.tag,
                    start.style == YAML_FLOW_SEQUENCE_STYLE);
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& start = event.data.mapping_start;
        return open(event, NodeKind::Map, start.anchor, start.tag,
                    start.style == YAML_FLOW_MAPPING_STYLE);
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(event); return true;
      default: return true;
    }
  }

  bool scalar(const yaml_event_t& event) {
    const auto& data = event.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(data.value), data.length);
    Node node;
    node.style = style_of(data.style);
    place(node, event, data.anchor, data.tag);
    const std::uint32_t end = node.range.end;
    if (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded) trim(node.range);
    if (builder_.at_key()) {
      const bool plain = node.style == ScalarStyle::Plain && node.tag.empty();
      const bool merge = (plain && text == "<<") || node.tag == "!!merge";
      if (data.anchor != nullptr) keep_key(std::string(view(data.anchor)), text);
      return builder_.key(text, node.range,
                          merge ? TreeBuilder::KeyKind::Merge : TreeBuilder::KeyKind::Plain);
    }
    node.text = text;
    add_locations(node, end);
    node.kind = kind_of(node, data.plain_implicit != 0);
    if (!builder_.add(std::move(node))) return false;
    keep(std::string(view(data.anchor)));
    return true;
  }

  [[nodiscard]] NodeKind kind_of(Node& node, bool plain_implicit) const {
    if (node.tag.starts_with("!!")) return resolve_tagged(node.tag, node.text, words_);
    return plain_implicit && node.tag.empty() ? resolve_plain(node.text, words_) : NodeKind::Text;
  }

  bool alias(const yaml_event_t& event) {
    const std::string name(view(event.data.alias.anchor));
    const Range at{offset_(event.start_mark), offset_(event.end_mark)};
    const auto found = anchors_.find(name);
    if (builder_.at_key()) {
      if (found != anchors_.end()) return builder_.key(builder_.text(found->second.id), at);
      const auto key = key_anchors_.find(name);
      if (key != key_anchors_.end()) return builder_.key(key->second, at);
    }
    if (found != anchors_.end()) return builder_.reuse(found->second, at);
    const auto key = key_anchors_.find(name);
    if (key == key_anchors_.end()) {
      builder_.problem(at, cat("there is no anchor &", name, " before this alias"));
      if (builder_.at_key()) return builder_.key(cat('*', name), at);
    }
    Node node;
    node.range = at;
    if (key != key_anchors_.end()) {
      node.kind = NodeKind::Text;
      node.text = key->second;
    }
    return builder_.add(std::move(node));
  }

  bool open(const yaml_event_t& event, NodeKind kind, const yaml_char_t* anchor,
            const yaml_char_t* tag, bool flow) {
    Node node;
    node.kind = kind;
    place(node, event, anchor, tag);
    open_.push_back({std::string(view(anchor)), flow});
    return builder_.open(std::move(node));
  }

  void close(const yaml_event_t& event) {
    // A pair in a flow list ([a: b]) is a flow map that no brace ends.
    if (open_.back().flow && event.end_mark.index > event.start_mark.index) {
      builder_.close(offset_(event.end_mark));
    } else {
      builder_.close_at_last_child();
    }
    const std::string anchor = std::move(open_.back().anchor);
    open_.pop_back();
    keep(anchor);
  }

  // An anchor counts from its node's end on, so that no cycle can form.
  void keep(const std::string& anchor) {
    if (anchor.empty()) return;
    anchors_[anchor] = builder_.last();
    key_anchors_.erase(anchor);
  }
  void keep_key(const std::string& anchor, std::string_view key) {
    key_anchors_[anchor] = key;
    anchors_.erase(anchor);
  }

  void place(Node& node, const yaml_event_t& event, const yaml_char_t* anchor,
             const yaml_char_t* tag) const {
    node.range = {offset_(event.start_mark), offset_(event.end_mark)};
    if (anchor == nullptr && tag == nullptr) return;
    constexpr std::string_view kOwnTags = "tag:yaml.org,2002:";
    const std::string_view name = view(tag);
    node.tag = name.starts_with(kOwnTags) ? cat("!!", name.substr(kOwnTags.size())) : name;
    const Properties properties = properties_at(node.range.begin);
    node.tag_range = properties.tag;
    node.range.begin = properties.content;
    const bool container = event.type != YAML_SCALAR_EVENT;
    node.range.end = std::max(node.range.begin, node.range.end);
    if (!container && event.data.scalar.length == 0 &&
        event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
      node.range.begin = node.range.end = offset_(event.end_mark);
    }
  }

  // The tag and anchor that begin at `at`, in either order, and where the content after them
  // begins.
  [[nodiscard]] Properties properties_at(std::uint32_t at) const {
    Properties result;
    std::size_t i = at;
    while (i < file_.size()) {
      if (is_blank(file_[i])) {
        ++i;
      } else if (file_[i] == '#' && i > at && is_blank(file_[i - 1])) {
        while (i < file_.size() && file_[i] != '\n' && file_[i] != '\r') ++i;
      } else if (file_[i] == '&' || (file_[i] == '!' && result.tag.end == 0)) {
        const std::size_t begin = i;
        const bool verbatim = file_.substr(i, 2) == "!<";
        while (i < file_.size() && !is_blank(file_[i]) &&
               (verbatim || std::string_view(",[]{}").find(file_[i]) == std::string_view::npos)) {
          ++i;
        }
        if (file_[begin] == '!') {
          result.tag = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i)};
        }
        if (i == begin) break;
      } else {
        break;
      }
    }
    result.content = static_cast<std::uint32_t>(i);
    return result;
  }

  void trim(Range& range) const {
    while (range.end > range.begin + 1 && is_blank(file_[range.end - 1])) --range.end;
  }

  void add_locations(Node& node, std::uint32_t end) {
    std::vector<Segment>& rows = builder_.segments();
    const std::size_t first = rows.size();
    const std::size_t length = node.range.end - node.range.begin;
    switch (node.style) {
      case ScalarStyle::Literal:
      case ScalarStyle::Folded:
        place_block_text(file_, {node.range.begin, end}, node.text,
                         node.style == ScalarStyle::Folded, rows);
        break;
      case ScalarStyle::Plain:
        if (length == node.text.size()) return;
        place_flow_text(file_, node.range, node.text, Escapes::None, LineBreaks::Fold, rows);
        break;
      default: {
        const bool escapes = node.style == ScalarStyle::DoubleQuoted;
        const std::string_view raw = file_.substr(node.range.begin, length);
        const bool simple = !escapes || raw.find('\\') == std::string_view::npos;
        if (length == node.text.size() + 2 && simple) return;
        place_flow_text(file_, {node.range.begin + 1, node.range.end - 1}, node.text,
                        escapes ? Escapes::Backslash : Escapes::DoubledQuote, LineBreaks::Fold,
                        rows);
      }
    }
    node.segments = {static_cast<std::uint32_t>(first),
                     static_cast<std::uint32_t>(rows.size() - first)};
  }

  static bool is_quoted(const yaml_event_t& event) {
    return event.type == YAML_SCALAR_EVENT &&
           (event.data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
            event.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE);
  }
  // Whether nothing but blanks is between a quoted text and what cannot be read.
  [[nodiscard]] bool is_unclosed(const yaml_event_t& quoted, const yaml_parser_t& parser) const {
    const std::uint32_t end = offset_(quoted.end_mark), at = offset_(parser.problem_mark);
    if (at < end || at >= file_.size() || file_[at] == '\t') return false;
    return parser.problem_mark.line == quoted.end_mark.line &&
           fnlint::trim(file_.substr(end, at - end)).empty();
  }
  void unclosed(const yaml_event_t& quoted) {
    const bool spreads = quoted.start_mark.line != quoted.end_mark.line;
    const bool is_single = quoted.data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE;
    builder_.end(offset_(quoted.start_mark),
                 spreads
                     ? cat("not readable as YAML: the quote that begins here is closed only at ",
                           builder_.place(offset_(quoted.end_mark) - 1),
                           ", where more follows it: is one missing?")
                     : cat("not readable as YAML: more follows the quoted text that begins here; a "
                           "quote inside of it is written ",
                           is_single ? "''" : "\\\""));
  }

  void syntax_error(const yaml_parser_t& parser) {
    if (view_of(parser.problem) == "found unexpected end of stream" &&
        view_of(parser.context) == "while scanning a quoted scalar")
      return builder_.end(offset_(parser.context_mark),
                          "not readable as YAML: the quote that begins here is not closed");
    const bool alias = view_of(parser.context) == "while scanning an alias";
    const std::uint32_t at = offset_(alias ? parser.context_mark : parser.problem_mark);
    if (at < file_.size() && file_[at] == '\t' && !alias) {
      const std::size_t next = file_.find_first_not_of(" \t", at);
      const bool idle = next == file_.npos ||
                        std::string_view("\r\n#").find(file_[next]) != std::string_view::npos;
      if (idle) idle_tab_ = at;
    }
    std::string message(alias ? "a value that begins with * must be quoted"
                              : hint(view_of(parser.problem), at));
    if (message.empty()) {
      message = view_of(parser.problem);
      if (parser.context != nullptr) {
        message += cat(' ', view_of(parser.context), " that begins at ",
                       builder_.place(offset_(parser.context_mark)));
      }
    }
    builder_.end(at, cat("not readable as YAML: ", message));
  }
  static std::string_view view_of(const char* text) { return text == nullptr ? "" : text; }

  // Plainer words for the mistakes that people make most.
  [[nodiscard]] std::string hint(std::string_view problem, std::uint32_t at) const {
    const char c = at < file_.size() ? file_[at] : ' ';
    const bool tab = problem.find("tab character") != std::string_view::npos;
    const bool token = problem.find("cannot start any token") != std::string_view::npos;
    if (tab || (token && c == '\t')) return "a tab cannot be used for indentation";
    if (token) {
      return cat("a value cannot begin with ", c, " unless it is quoted");
    }
    if (problem == "mapping values are not allowed in this context") {
      return "a second ': ' on this line, or wrong indentation; quote a value that holds ': '";
    }
    return {};
  }

  struct OpenContainer {
    std::string anchor = {};
    bool flow = false;
  };
  std::string_view file_, readable_;
  YamlWords words_;
  ByteOffsets offset_;
  TreeBuilder builder_;
  std::optional<std::uint32_t> idle_tab_;
  std::vector<OpenContainer> open_;
  std::unordered_map<std::string, TreeBuilder::Finished> anchors_;
  std::unordered_map<std::string, std::string> key_anchors_;
};

// YAML takes lines of blanks, and blanks before a comment, whatever they are; libyaml does not take
// tabs there. They are read as spaces, one after the other: inside of a literal text they would not
// be idle, and only the parser knows where that ends.
Document read_with_idle_tabs(std::string_view file, const ReadableText& readable, YamlWords words) {
  std::string mended;
  std::string_view parsed = readable.text();
  for (std::size_t read = 0;; read += parsed.size()) {
    YamlReader reader(file, readable, parsed, words);
    Document document = reader.read();
    const std::optional<std::uint32_t> tab = reader.idle_tab();
    if (!tab || read > kReadAgainBytes) return document;
    if (mended.empty()) parsed = mended = readable.text();
    for (std::size_t i = *tab - readable.skipped(); i < mended.size() && mended[i] == '\t'; ++i) {
      mended[i] = ' ';
    }
  }
}

}  // namespace

Document read_yaml(std::string_view text, YamlWords words) {
  Problems problems;
  const ReadableText readable(text, kTemplateBytes, problems);
  Document document;
  if (!readable.refused()) document = read_with_idle_tabs(text, readable, words);
  document.complete = document.complete && !readable.refused();
  document.problems.insert(document.problems.begin(), problems.begin(), problems.end());
  return document;
}

}  // namespace fnlint
