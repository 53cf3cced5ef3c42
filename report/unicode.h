#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Texts of a project on a terminal: their characters, their width, and what would move its cursor.
namespace fnlint {

inline constexpr char32_t kReplacement = 0xFFFD;

// Takes one code point off the front of a text that is not empty. Each longest part that cannot be
// UTF-8 is one replacement character, as browsers and Python decode it.
char32_t take_code_point(std::string_view& text);

// What may be shown on one line of a terminal: line ends and tabs are blanks; other control
// characters, those that reverse the direction of text among them, are left out; what a build
// server would take for a command in its log is broken by a character of no width.
std::string one_line(std::string_view text);
// The same for a text that the user's project gives and that begins a line of output, where blanks
// and "::" begin a command of GitHub's runner.
std::string line_start(std::string_view text);
// Of "##[error]" and "##vso[task.complete]", which the runners of GitHub and Azure find anywhere in
// a line, the second "#" is written so.
void break_log_commands(std::string& text, std::string_view second = "\u200B#");

// The columns that a terminal gives to a character: 0, 1 or 2.
int width_of(char32_t point);
bool is_control(char32_t point);

}  // namespace fnlint
