// How tests of the house read sources: as text with comments and texts blanked, and its functions.
// No parser stands behind it: what the layout of clang-format makes plain is taken for granted.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::house {

extern const std::filesystem::path kSourceRoot;

bool is_name(char c);

// Blanks in place of comments, texts and what the preprocessor reads; lines stay. `text_mark` is
// what a text literal begins with.
std::string bare(std::string_view text, char text_mark = ' ');

bool has_word(std::string_view text, std::string_view word);

// The end of what is opened at `at`, behind its bracket.
std::size_t closed(std::string_view text, std::size_t at);

// Where the parameters begin of a function whose head this is; none: it is no function's.
std::size_t parameters_of(std::string_view head);

// `head` behind the last `public:` and the like.
std::string_view without_access(std::string_view head);

bool is_type_head(std::string_view head);

// `: name_{value}, other_(value) {`: whether the brace behind such a head is a member's.
bool initialises_member(std::string_view head, std::size_t parameters);

struct Function {
  std::string name = {};
  std::size_t lines = 0, parameters = 0;
  std::size_t begin = 0, end = 0;  // in the bare text, from its head to its last brace
};

// The functions of a bare text, those inside of others (lambdas, local types) as a part of them.
std::vector<Function> functions_of(std::string_view bare_text);

struct Source {
  std::string file = {};  // from the root: "link/code/code.cpp"
  std::string text = {}, bare_text = {};
};

// What the program is made of, in the order of names.
std::vector<Source> sources_of_program();

std::string text_of(const std::filesystem::path& file);

}  // namespace fnlint::house
