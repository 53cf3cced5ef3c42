// JSON by the events of nlohmann's parser, with the byte offset of each value recovered from how
// far its lexer has read.

#include "core/limits.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/documents/readable_text.h"
#include "frontends/documents/scalar_places.h"
#include "frontends/documents/tree_builder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint {
namespace {

// With them a plan of 256 MB stays below 1 GB of memory; they are some 100,000 small resources.
constexpr std::uint64_t kPlanValues = 1'500'000;

// An input iterator all of whose copies count through one counter: what the lexer took so far.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* taken) : at_(at), taken_(taken) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*taken_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  std::size_t* taken_;
};

bool number_character(char c) {
  return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
}

// "[json...] parse error at line 1, column 5: syntax error while parsing value - unexpected '}';
// expected ..." without its first part, which says the place again, and without the text read last.
std::string plain_message(std::string_view message) {
  constexpr std::string_view kStart = "syntax error ", kLast = "; last read: ";
  const std::size_t start = message.find(kStart);
  if (start == std::string_view::npos) {
    const std::size_t bracket = message.find("] ");
    return std::string(bracket == std::string_view::npos ? message : message.substr(bracket + 2));
  }
  message.remove_prefix(start + kStart.size());
  const std::size_t last = message.find(kLast);
  if (last == std::string_view::npos) return std::string(message);
  const std::size_t expected = message.rfind("; expected ");
  const bool has_expected = expected != std::string_view::npos && expected > last;
  return cat(message.substr(0, last), has_expected ? message.substr(expected) : "");
}

// nlohmann's events as calls of the builder. The parser is iterative; nothing here recurses.
class JsonReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonReader(std::string_view file, const ReadableText& readable,
             std::span<const std::string_view> left_out)
      : file_(file),
        text_(readable.text()),
        skipped_(readable.skipped()),
        builder_(file, left_out.empty() ? kExpandedNodes : kPlanValues),
        left_out_(left_out) {}

  Document read() {
    const bool read =
        nlohmann::json::sax_parse(CountingIterator(text_.data(), &taken_),
                                  CountingIterator(text_.data() + text_.size(), &taken_), this);
    return builder_.finish(read);
  }

  bool null() override { return add(NodeKind::Null, taken_ - 4, taken_, ""); }
  bool boolean(bool value) override {
    return add(NodeKind::Bool, taken_ - (value ? 4 : 5), taken_, value ? "true" : "false");
  }
  bool number_integer(number_integer_t) override { return number(); }
  bool number_unsigned(number_unsigned_t) override { return number(); }
  bool number_float(number_float_t, const string_t&) override { return number(); }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& value) override {
    if (leaves_out(0)) return true;
    Node node;
    node.kind = NodeKind::Text;
    node.style = ScalarStyle::DoubleQuoted;
    node.range = file_range(opening_quote(), taken_);
    node.text = std::move(value);
    const std::size_t length = node.range.end - node.range.begin;
    if (length != node.text.size() + 2 ||
        file_.substr(node.range.begin, length).find('\\') != std::string_view::npos) {
      std::vector<Segment>& rows = builder_.segments();
      const std::size_t first = rows.size();
      place_flow_text(file_, {node.range.begin + 1, node.range.end - 1}, node.text,
                      Escapes::Backslash, LineBreaks::Keep, rows);
      node.segments = {static_cast<std::uint32_t>(first),
                       static_cast<std::uint32_t>(rows.size() - first)};
    }
    return builder_.add(std::move(node));
  }

  bool key(string_t& value) override {
    if (left_at_ != 0) return true;
    if (depth_ == 1 && std::ranges::find(left_out_, value) != left_out_.end()) {
      left_at_ = depth_;
      return true;
    }
    return builder_.key(value, file_range(opening_quote(), taken_));
  }
  bool start_object(std::size_t) override { return open(NodeKind::Map); }
  bool start_array(std::size_t) override { return open(NodeKind::List); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    builder_.end(std::max<std::size_t>(position, 1) - 1 + skipped_,
                 cat("not readable as JSON: ", plain_message(error.what())));
    return false;
  }

 private:
  [[nodiscard]] Range file_range(std::size_t begin, std::size_t end) const {
    return {static_cast<std::uint32_t>(begin) + skipped_,
            static_cast<std::uint32_t>(end) + skipped_};
  }
  // Of the string that was taken last: an inner quote has an odd run of backslashes before it.
  [[nodiscard]] std::size_t opening_quote() const {
    for (std::size_t i = taken_ - 1; i-- > 0;) {
      if (text_[i] != '"') continue;
      std::size_t backslashes = 0;
      while (backslashes < i && text_[i - 1 - backslashes] == '\\') ++backslashes;
      if (backslashes % 2 == 0) return i;
    }
    return 0;
  }
  // After a number the lexer has taken one character too many, unless the text ended.
  bool number() {
    if (leaves_out(0)) return true;
    std::size_t end = taken_;
    if (end > 0 && !number_character(text_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && number_character(text_[begin - 1])) --begin;
    return add(NodeKind::Number, begin, end, text_.substr(begin, end - begin));
  }
  bool add(NodeKind kind, std::size_t begin, std::size_t end, std::string_view text) {
    if (leaves_out(0)) return true;
    Node node;
    node.kind = kind;
    node.range = file_range(begin, end);
    node.text = text;
    return builder_.add(std::move(node));
  }
  bool open(NodeKind kind) {
    if (leaves_out(1)) return true;
    Node node;
    node.kind = kind;
    node.range = file_range(taken_ - 1, taken_);
    return builder_.open(std::move(node));
  }
  bool close() {
    if (leaves_out(-1)) return true;
    builder_.close(static_cast<std::uint32_t>(taken_) + skipped_);
    return true;
  }

  // Whether what begins or ends here is part of an entry that is left out.
  bool leaves_out(int step) {
    const bool inside = left_at_ != 0;
    depth_ += step;
    if (inside && step <= 0 && depth_ == left_at_) left_at_ = 0;
    return inside;
  }

  std::string_view file_, text_;
  std::uint32_t skipped_;
  std::size_t taken_ = 0;
  TreeBuilder builder_;
  std::span<const std::string_view> left_out_;
  int depth_ = 0;
  int left_at_ = 0;  // how deep the map stands one of whose entries is left out; 0: none is
};

}  // namespace

Document read_json(std::string_view text) { return read_json_without(text, {}); }

Document read_json_without(std::string_view text, std::span<const std::string_view> keys) {
  Problems problems;
  const ReadableText readable(text, kPlanBytes, problems);
  Document document;
  if (!readable.refused()) document = JsonReader(text, readable, keys).read();
  document.complete = document.complete && !readable.refused();
  document.problems.insert(document.problems.begin(), problems.begin(), problems.end());
  return document;
}

}  // namespace fnlint
