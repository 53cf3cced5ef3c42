// A recursive descent over one text, with the quirks of the framework's versions.

#include "frontends/templates/serverless_variables.h"

#include "core/characters.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace fnlint {
namespace {

constexpr std::uint32_t kVariableDepth = 16;  // of variables inside variables
constexpr std::size_t kVariableSources = 32;  // of one variable
constexpr std::size_t kRefused = 4096;        // bytes of one that cannot be read

bool is_name(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

bool is_number(std::string_view text) {
  const std::size_t digits = text.starts_with('-') ? 1 : 0;
  std::size_t dots = 0;
  for (std::size_t i = digits; i < text.size(); ++i) {
    if (text[i] == '.')
      ++dots;
    else if (text[i] < '0' || text[i] > '9')
      return false;
  }
  return text.size() > digits && dots < 2 && text.back() != '.' && text[digits] != '.';
}

// Recursive descent over one text. A step that fails leaves the reader where it stands and says so
// by nothing; the whole variable is then no variable, or one that cannot be read.
class VariableReader {
 public:
  VariableReader(TemplateBuilder& builder, const TextSource& source)
      : builder_(builder), source_(source), text_(source.text()) {}

  std::optional<ServerlessVariable> read(std::size_t at, std::uint32_t depth) {
    at_ = at + 2;
    if (!begins_with_type()) return builder_.compose ? output(at) : std::nullopt;
    std::vector<ExprId> sources;
    while (true) {
      const std::optional<ExprId> one = source_at(depth, sources.empty());
      if (!one || sources.size() == kVariableSources) return refused(at, depth);
      sources.push_back(*one);
      blanks();
      if (peek() == '}') break;
      if (peek() != ',') return refused(at, depth);
      ++at_;
      blanks();
    }
    ++at_;
    const Range range = source_.range_of(at, at_);
    const bool whole = at == 0 && at_ == text_.size();
    const Range where = whole ? source_.range() : range;
    if (sources.size() == 1) {
      builder_.facts.expr_ranges[sources[0].index] = where;
      return ServerlessVariable{sources[0], at_};
    }
    return ServerlessVariable{builder_.apply("sls:first", sources, where), at_};
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') ++at_;
  }

  // "type:" or "type(", but not "type::", which is a name of somebody else.
  [[nodiscard]] bool begins_with_type() const {
    std::size_t at = at_;
    if (at >= text_.size() || !is_lower(text_[at])) return false;
    while (at < text_.size() && is_name(text_[at])) ++at;
    if (at >= text_.size()) return false;
    return text_[at] == '(' || (text_[at] == ':' && text_.substr(at + 1, 1) != ":");
  }

  // "service.output}" of a serverless-compose.yml.
  std::optional<ServerlessVariable> output(std::size_t at) {
    const auto is_part = [](char c) { return (is_name(c) && c != '.') || c == '_'; };
    const std::size_t begin = at_;
    while (is_part(peek())) ++at_;
    const std::size_t dot = at_;
    if (dot == begin || peek() != '.') return std::nullopt;
    ++at_;
    while (is_part(peek()) || peek() == '.') ++at_;
    if (at_ == dot + 1 || peek() != '}') return std::nullopt;
    const std::size_t end = at_++;
    const std::array operands{
        builder_.text(text_.substr(dot + 1, end - dot - 1), source_.range_of(dot + 1, end)),
        builder_.text(text_.substr(begin, dot - begin), source_.range_of(begin, dot))};
    return ServerlessVariable{
        builder_.apply("sls:output", operands, source_.range_of(at, at_)), at_};
  }

  // What cannot be read is taken to its closing brace, so that the rest of the text is still read.
  // Of variables inside others, the outermost is refused.
  std::optional<ServerlessVariable> refused(std::size_t at, std::uint32_t depth) {
    if (depth > 0) return std::nullopt;
    const std::size_t limit = std::min(text_.size(), at + kRefused);
    std::size_t open = 0, end = at;
    for (; end < limit; ++end) {
      if (text_[end] == '{') ++open;
      if (text_[end] == '}' && --open == 0) break;
    }
    if (end >= limit) return std::nullopt;
    at_ = end + 1;
    const Range range = source_.range_of(at, at_);
    return ServerlessVariable{
        builder_.unknown("a variable that the Serverless Framework cannot read", range), at_};
  }

  std::optional<ExprId> source_at(std::uint32_t depth, bool first) {
    if (!first && (peek() == '"' || peek() == '\'')) return quoted();
    const std::size_t begin = at_;
    while (is_name(peek())) ++at_;
    const std::string_view type = text_.substr(begin, at_ - begin);
    if (peek() == '(' && !type.empty()) return typed(type, begin, depth);
    if (peek() == ':' && !type.empty()) return typed(type, begin, depth);
    if (first) return std::nullopt;
    // Serverless v2 and older took "${opt:stage, dev stage}" too; only blanks may follow.
    return literal(begin);
  }

  std::optional<ExprId> literal(std::size_t begin) {
    const std::size_t end = std::min(text_.find_first_of(",}", at_), text_.size());
    const std::string_view text = trim(text_.substr(begin, end - begin));
    const Range range = source_.range_of(begin, begin + text.size());
    at_ = end;
    if (text == "true" || text == "false") return builder_.boolean(text == "true", range);
    if (text == "null") return builder_.null(range);
    if (is_number(text)) return builder_.number(text, range);
    return std::nullopt;
  }

  // 'single' or "double quoted", the latter with JSON's escapes.
  std::optional<ExprId> quoted() {
    const char quote = peek();
    const std::size_t begin = ++at_;
    std::string value;
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        const char escaped = text_[at_];
        value += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
      } else {
        value += text_[at_];
      }
    }
    if (at_ >= text_.size()) return std::nullopt;
    const Range range = source_.range_of(begin, at_);
    ++at_;
    return builder_.text(value, range);
  }

  std::optional<ExprId> typed(std::string_view type, std::size_t begin, std::uint32_t depth) {
    std::vector<ExprId> operands(1);
    if (peek() == '(' && !parameters(operands, depth)) return std::nullopt;
    if (peek() == ':') {
      ++at_;
      blanks();
      if (peek() == ':') return std::nullopt;
      if (peek() != ',' && peek() != '}') {
        const auto address = piece(",}", depth);
        if (!address) return std::nullopt;
        operands[0] = *address;
      }
    }
    const Range range = source_.range_of(begin, at_);
    if (!operands[0].exists()) operands[0] = builder_.null(range);
    return builder_.apply(cat("sls:", type), operands, range);
  }

  bool parameters(std::vector<ExprId>& operands, std::uint32_t depth) {
    ++at_;
    while (true) {
      blanks();
      if (peek() == ')') break;
      if (at_ >= text_.size() || operands.size() == kVariableSources) return false;
      if (peek() == ',') {
        operands.push_back(builder_.null(source_.range_of(at_, at_)));
      } else {
        const auto one = piece(",)", depth);
        if (!one) return false;
        operands.push_back(*one);
      }
      blanks();
      if (peek() == ',') ++at_;
    }
    ++at_;
    blanks();
    return true;
  }

  // An address or a parameter: a string, or a text with variables that ends before one of `ends`.
  std::optional<ExprId> piece(std::string_view ends, std::uint32_t depth) {
    if (peek() == '"' || peek() == '\'') {
      const auto text = quoted();
      blanks();
      return text && ends.find(peek()) != ends.npos && peek() != '\0' ? text : std::nullopt;
    }
    std::vector<Written> parts;
    const std::size_t begin = at_;
    std::size_t kept = at_;
    const auto keep = [&](std::size_t end, bool last) {
      std::string_view text = text_.substr(kept, end - kept);
      if (last) text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
      if (text.empty()) return;
      const Range range = source_.range_of(kept, kept + text.size());
      parts.push_back({{.value = builder_.text(text, range)}, range});
    };
    while (at_ < text_.size() && ends.find(text_[at_]) == ends.npos) {
      const bool opens = text_[at_] == '$' && text_.substr(at_ + 1, 1) == "{";
      // A text in parentheses ends at a brace only where it is broken.
      if (ends[1] == ')' && text_[at_] == '}') return std::nullopt;
      if (!opens) {
        ++at_;
        continue;
      }
      if (depth >= kVariableDepth) return std::nullopt;
      const std::size_t open = at_;
      VariableReader inner(builder_, source_);
      const auto variable = inner.read(open, depth + 1);
      if (!variable) return std::nullopt;
      keep(open, false);
      const Range range = source_.range_of(open, variable->end);
      parts.push_back({{.value = variable->value}, range});
      at_ = kept = variable->end;
    }
    if (at_ >= text_.size()) return std::nullopt;
    keep(at_, true);
    const Range range = source_.range_of(begin, at_);
    if (parts.empty()) return builder_.null(range);
    if (parts.size() == 1 && builder_.facts[parts[0].operand.value].kind == ExprKind::Text)
      return parts[0].operand.value;
    return builder_.concat(parts, range);
  }

  TemplateBuilder& builder_;
  const TextSource& source_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<ServerlessVariable> read_serverless_variable(TemplateBuilder& builder,
                                                           const TextSource& source,
                                                           std::size_t at) {
  return VariableReader(builder, source).read(at, 0);
}

}  // namespace fnlint
