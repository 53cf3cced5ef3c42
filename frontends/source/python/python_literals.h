// Values of Python's literals, and the fields of its format strings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What stands before a Python string's text: `rb"""`.
struct StringPrefix {
  bool raw = false, bytes = false, formatted = false, is_template = false;
};
StringPrefix string_prefix(std::string_view start);

// The text that a string's content stands for; nothing when it names a character (`\N{...}`).
// Bytes above 127 become the characters of that number.
std::optional<std::string> unescape(std::string_view content, StringPrefix prefix);

// The number in decimal without underscores, where it fits; else as written.
std::string number_text(std::string_view literal);

// One piece of a format string: literal text, or a field.
struct FormatPiece {
  std::string text = {};
  bool is_field = false;
  std::string_view name = {};                 // "0", "user", "" (the next argument)
  std::vector<std::string_view> access = {};  // ".attr" and "[key]" after it, as ".attr", "[key"
  std::string layout = {};  // ":>5", where that gives more than str() or int does; else ""
};
// `"{a.b[0]!r:>5}"`; nothing when it is malformed.
std::optional<std::vector<FormatPiece>> brace_format(std::string_view format);
// `"%(name)s %d"`; nothing when it is malformed or takes a width from an argument.
std::optional<std::vector<FormatPiece>> percent_format(std::string_view format);

// How a value is laid out by that specification and conversion, ":02d"; "": as str() gives it.
std::string layout_of(std::string_view specification, std::string_view conversion);

}  // namespace fnlint
