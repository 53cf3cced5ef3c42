// Reads prefixes, escapes, numbers, and both kinds of format strings, or says that it cannot.

#include "frontends/source/python/python_literals.h"

#include "core/encoding.h"
#include "core/text.h"

#include <charconv>
#include <cstdint>

namespace fnlint {

namespace {

// Reads up to `count` digits of the base at the front of `rest`; all of them, or nothing.
std::optional<std::uint32_t> digits(std::string_view& rest, std::size_t count, int base,
                                    bool exactly) {
  std::uint32_t value = 0;
  const std::string_view part = rest.substr(0, count);
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, base);
  const auto used = static_cast<std::size_t>(end - part.data());
  if (error != std::errc{} || (exactly && used != count)) return std::nullopt;
  rest.remove_prefix(used);
  return value;
}

char simple_escape(char c) {
  switch (c) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    case '\\':
    case '\'':
    case '"': return c;
    default: return 0;
  }
}

// `rest` begins after the backslash. False: the escape is known by name only.
bool append_escape(std::string& out, std::string_view& rest, bool bytes) {
  const char c = rest.front();
  if (const char simple = simple_escape(c); simple != 0) {
    out += simple;
    rest.remove_prefix(1);
    return true;
  }
  if (c == '\n') {
    rest.remove_prefix(1);
    return true;
  }
  if (c >= '0' && c <= '7') {
    append_utf8(out, digits(rest, 3, 8, false).value_or(0) & 0x1FFU);
    return true;
  }
  if (c == 'N' && !bytes && rest.substr(1).starts_with("{")) return false;
  const std::size_t count = c == 'x' ? 2 : bytes ? 0 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (count > 0) {
    std::string_view after = rest.substr(1);
    if (const auto code = digits(after, count, 16, true)) {
      append_utf8(out, *code);
      rest = after;
      return true;
    }
  }
  out += '\\';  // Python keeps a backslash that escapes nothing
  return true;
}

// Reads "[key]" and ".attr" parts behind a field's name.
bool read_access(std::string_view rest, FormatPiece& piece) {
  while (!rest.empty()) {
    const bool index = rest.front() == '[';
    const std::size_t end = index ? rest.find(']') : rest.find_first_of(".[", 1);
    if (index && end == std::string_view::npos) return false;
    if (!index && rest.front() != '.') return false;
    piece.access.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + (index ? 1 : 0));
  }
  return true;
}

bool read_field(std::string_view field, FormatPiece& piece) {
  piece.is_field = true;
  const std::size_t colon = field.find(':');
  const std::string_view specification =
      colon == std::string_view::npos ? std::string_view{} : field.substr(colon + 1);
  std::string_view subject = field.substr(0, colon);
  std::string_view conversion;
  if (const std::size_t mark = subject.find('!'); mark != std::string_view::npos) {
    conversion = subject.substr(mark);
    subject = subject.substr(0, mark);
  }
  piece.layout = layout_of(specification, conversion);
  const std::size_t end = subject.find_first_of(".[");
  piece.name = subject.substr(0, end);
  return end == std::string_view::npos || read_access(subject.substr(end), piece);
}

void flush(std::vector<FormatPiece>& pieces, std::string& text) {
  if (!text.empty()) pieces.push_back({.text = text});
  text.clear();
}

}  // namespace

StringPrefix string_prefix(std::string_view start) {
  StringPrefix prefix;
  for (const char c : start) {
    if (c == 'r' || c == 'R') prefix.raw = true;
    if (c == 'b' || c == 'B') prefix.bytes = true;
    if (c == 'f' || c == 'F') prefix.formatted = true;
    if (c == 't' || c == 'T') prefix.is_template = true;
  }
  return prefix;
}

std::optional<std::string> unescape(std::string_view rest, StringPrefix prefix) {
  const std::string_view special = prefix.formatted || prefix.is_template ? "\\\r{}" : "\\\r";
  std::string out;
  out.reserve(rest.size());
  for (;;) {
    const std::size_t at = rest.find_first_of(special);
    out.append(rest.substr(0, at));
    if (at == std::string_view::npos) return out;
    const char c = rest[at];
    rest.remove_prefix(at + 1);
    if (c == '\r') {  // every line end of the source is one newline
      out += '\n';
      if (rest.starts_with('\n')) rest.remove_prefix(1);
    } else if (c == '\\' && !prefix.raw && !rest.empty()) {
      if (rest.starts_with("\r\n")) rest.remove_prefix(1);
      if (!append_escape(out, rest, prefix.bytes)) return std::nullopt;
    } else {
      out += c;
      if (c != '\\' && rest.starts_with(c)) rest.remove_prefix(1);  // {{ and }}
    }
  }
}

std::string number_text(std::string_view literal) {
  std::string text;
  for (const char c : literal)
    if (c != '_') text += c;
  if (text.ends_with('l') || text.ends_with('L')) text.pop_back();  // Python 2
  if (text.size() < 3 || text[0] != '0') return text;
  const char mark = text[1];
  const int base = mark == 'x' || mark == 'X'   ? 16
                   : mark == 'o' || mark == 'O' ? 8
                   : mark == 'b' || mark == 'B' ? 2
                                                : 0;
  if (base == 0) return text;
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + 2, end, value, base);
  return read.ec == std::errc{} && read.ptr == end ? std::to_string(value) : text;
}

std::string layout_of(std::string_view specification, std::string_view conversion) {
  const bool is_converted = !conversion.empty() && conversion != "!s";
  const bool is_plain = specification.empty() || specification == "s" || specification == "d";
  return is_converted || !is_plain ? cat(":", specification, is_converted ? conversion : "")
                                   : std::string();
}

std::optional<std::vector<FormatPiece>> brace_format(std::string_view format) {
  std::vector<FormatPiece> pieces;
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    const bool doubled = i + 1 < format.size() && format[i + 1] == c;
    if ((c != '{' && c != '}') || doubled) {
      text += c;
      if (c == '{' || c == '}') ++i;
      continue;
    }
    if (c == '}') return std::nullopt;
    std::size_t depth = 1, end = i + 1;
    for (; end < format.size() && depth > 0; ++end)
      depth += format[end] == '{' ? 1U : format[end] == '}' ? -std::size_t{1} : 0U;
    if (depth > 0) return std::nullopt;
    flush(pieces, text);
    FormatPiece piece;
    if (!read_field(format.substr(i + 1, end - i - 2), piece)) return std::nullopt;
    pieces.push_back(std::move(piece));
    i = end - 1;
  }
  flush(pieces, text);
  return pieces;
}

std::optional<std::vector<FormatPiece>> percent_format(std::string_view format) {
  std::vector<FormatPiece> pieces;
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      text += format[i];
      continue;
    }
    FormatPiece piece{.text = {}, .is_field = true};
    if (++i < format.size() && format[i] == '(') {
      const std::size_t close = format.find(')', i);
      if (close == std::string_view::npos) return std::nullopt;
      piece.name = format.substr(i + 1, close - i - 1);
      i = close + 1;
    }
    const std::size_t type = format.find_first_not_of("#0- +.123456789hlL", i);
    if (type == std::string_view::npos) return std::nullopt;
    const char c = format[type];
    if (c == '%') {
      text += '%';
    } else if (std::string_view("diouxXeEfFgGcrsa").find(c) == std::string_view::npos) {
      return std::nullopt;
    } else {
      flush(pieces, text);
      if (type > i || (c != 's' && c != 'd' && c != 'i' && c != 'u'))
        piece.layout = cat(":", format.substr(i, type + 1 - i));
      pieces.push_back(std::move(piece));
    }
    i = type;
  }
  flush(pieces, text);
  return pieces;
}

}  // namespace fnlint
