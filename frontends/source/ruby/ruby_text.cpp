// Texts: escapes, interpolation, heredocs.
#include "core/encoding.h"
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

#include <algorithm>
#include <limits>

namespace fnlint {

namespace {

constexpr std::uint32_t kQuestionMark = '?';  // for what is no character

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

std::uint32_t number(std::string_view digits, int base) {
  std::uint32_t value = 0;
  for (const char c : digits) {
    if (digit(c) >= base || value > 0xFFFFFF) break;
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit(c));
  }
  return value;
}

// Between single quotes only the quote and the backslash are escaped.
std::string raw_content(std::string_view content) {
  return replace_all(replace_all(std::string(content), "\\'", "'"), "\\\\", "\\");
}

// What `<<~` leaves out at the beginning of each line: the least indentation of a line that is not
// blank.
std::size_t indentation(std::string_view body) {
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (const std::string_view line : split(body, '\n')) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos) least = std::min(least, first);
  }
  return least == std::numeric_limits<std::size_t>::max() ? 0 : least;
}

}  // namespace

std::string ruby_unescaped(std::string_view escape, bool raw) {
  if (escape.size() < 2 || escape[0] != '\\') return std::string(escape);
  const std::string_view rest = escape.substr(1);
  if (raw) return rest == "\\" || rest == "'" ? std::string(rest) : std::string(escape);
  std::string out;
  switch (rest[0]) {
    case 'n': return "\n";
    case 't': return "\t";
    case 'r': return "\r";
    case 's': return " ";
    case 'e': return "\x1b";
    case 'a': return "\a";
    case 'b': return "\b";
    case 'f': return "\f";
    case 'v': return "\v";
    case '\n': return "";
    case 'x': append_utf8(out, number(rest.substr(1), 16), kQuestionMark); return out;
    case 'u':
      append_utf8(out, number(rest.substr(rest.size() > 1 && rest[1] == '{' ? 2 : 1), 16),
                  kQuestionMark);
      return out;
    default: break;
  }
  if (rest[0] >= '0' && rest[0] <= '7') {
    append_utf8(out, number(rest, 8), kQuestionMark);
    return out;
  }
  return std::string(rest);
}

ExprId RubyLowering::string(NodeId node) {
  const Range where = range(node);
  if (kind(node) == Rb::Character)
    return out_.text(text(node).size() > 1 ? text(node).substr(1) : text(node), where);
  if (kind(node) == Rb::ChainedString) {
    std::vector<ExprId> parts;
    for (const NodeId part : nodes_.children(node)) parts.push_back(expression(part));
    std::string whole;
    for (const ExprId part : parts) {
      if (out_.expr(part).kind != ExprKind::Text) return out_.concat(parts, where);
      whole += out_.string(out_.expr(part).name);
    }
    return out_.text(whole, where);
  }
  const std::string_view written = text(node);
  const bool raw = written.starts_with('\'') || written.starts_with("%q") ||
                   written.starts_with(":'");
  return string_of(node, raw ? "'" : "\"");
}

// The parts between the quotes: literal text and what is interpolated.
ExprId RubyLowering::string_of(NodeId node, std::string_view quote) {
  const bool raw = quote == "'";
  std::string literal;
  std::vector<ExprId> parts;
  const auto flush = [&] {
    if (!literal.empty()) parts.push_back(out_.text(literal, range(node)));
    literal.clear();
  };
  for (const NodeId part : nodes_.children(node)) {
    switch (kind(part)) {
      case Rb::StringContent: literal += raw ? raw_content(text(part)) : std::string(text(part)); break;
      case Rb::EscapeSequence: literal += ruby_unescaped(text(part), raw); break;
      case Rb::Interpolation: {
        flush();
        parts.push_back(interpolation(part));
        break;
      }
      default: break;
    }
  }
  if (parts.empty()) return out_.text(literal, range(node));
  flush();
  return out_.concat(parts, range(node));
}

ExprId RubyLowering::interpolation(NodeId node) {
  NodeId only = kNoNode;
  std::size_t count = 0;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Rb::EmptyStatement || kind(part) == Rb::HeredocBody) continue;
    only = part;
    ++count;
  }
  if (count == 0) return out_.text("", range(node));
  if (count == 1) return expression(only);
  const ExprId kept = out_.variable(out_.temporary(function_), range(node));
  statements(node, {Sink::Kind::Keep, kept});
  return kept;
}

ExprId RubyLowering::heredoc(NodeId node) {
  const NodeId body = scopes_.heredoc_body(node);
  const Range where = range(node);
  if (body == kNoNode) return out_.unknown("heredoc", where);
  const std::string_view begins = text(node);
  const bool raw = begins.find('\'') != std::string_view::npos;
  std::string_view inner = text(body);
  const bool squiggly = begins.find('~') != std::string_view::npos;
  for (const NodeId part : nodes_.children(body))
    if (kind(part) == Rb::HeredocEnd)
      inner = inner.substr(0, range(part).begin - range(body).begin);
  if (const std::size_t last = inner.rfind('\n'); last != std::string_view::npos)
    inner = inner.substr(0, last);  // the line of the end
  const std::size_t least = squiggly ? indentation(inner) : 0;
  std::string literal;
  std::vector<ExprId> parts;
  bool at_line = false;  // the first line break ends the line of the beginning
  bool first = true;
  const auto add = [&](std::string_view content) {
    std::size_t indented = least;
    for (const char c : content) {
      if (first) {
        first = false;
        at_line = true;
        indented = 0;
        if (c == '\n') continue;
      }
      if (c == '\n') {
        at_line = true;
        indented = 0;
      } else if (at_line && indented < least && (c == ' ' || c == '\t')) {
        ++indented;
        continue;
      } else {
        at_line = false;
      }
      literal += c;
    }
  };
  const auto flush = [&] {
    if (!literal.empty()) parts.push_back(out_.text(literal, where));
    literal.clear();
  };
  for (const NodeId part : nodes_.children(body)) {
    if (kind(part) == Rb::HeredocContent || kind(part) == Rb::StringContent) add(text(part));
    if (kind(part) == Rb::EscapeSequence) literal += ruby_unescaped(text(part), raw);
    if (kind(part) != Rb::Interpolation) continue;
    flush();
    at_line = false;
    parts.push_back(interpolation(part));
  }
  const bool indents_end = squiggly || begins.find('-') != std::string_view::npos;
  while (indents_end && !literal.empty() && (literal.back() == ' ' || literal.back() == '\t'))
    literal.pop_back();
  flush();
  if (parts.empty()) return out_.text("", where);
  if (parts.size() == 1 && out_.expr(parts[0]).kind == ExprKind::Text) return parts[0];
  return out_.concat(parts, where);
}

// A literal without anything interpolated.
std::optional<std::string> RubyLowering::plain_text(NodeId node) const {
  if (kind(node) == Rb::SimpleSymbol) return std::string(text(node).substr(1));
  if (kind(node) != Rb::String && kind(node) != Rb::DelimitedSymbol &&
      kind(node) != Rb::BareString && kind(node) != Rb::BareSymbol)
    return std::nullopt;
  const bool raw = text(node).starts_with('\'') || text(node).starts_with(":'");
  std::string literal;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Rb::StringContent) literal += raw ? raw_content(text(part)) : std::string(text(part));
    if (kind(part) == Rb::EscapeSequence) literal += ruby_unescaped(text(part), raw);
    if (kind(part) == Rb::Interpolation) return std::nullopt;
  }
  return literal;
}

std::optional<std::string> RubyLowering::key_text(NodeId node) const {
  if (kind(node) == Rb::HashKeySymbol) return std::string(text(node));
  return plain_text(node);
}

}  // namespace fnlint
