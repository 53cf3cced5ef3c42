#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fnlint {

inline constexpr char32_t kReplacement = 0xFFFD;

// Takes one code point off the front of a text that is not empty. Each longest part that cannot be
// UTF-8 is one replacement character, as browsers and Python decode it.
char32_t take_code_point(std::string_view& text);
void append_utf8(std::string& text, char32_t point);

// What may be shown on one line of a terminal: line ends and tabs are blanks; other control
// characters, those that reverse the direction of text among them, are left out.
std::string one_line(std::string_view text);

// The columns that a terminal gives to a character: 0, 1 or 2.
int width_of(char32_t point);
bool is_control(char32_t point);

}  // namespace fnlint
