// Macro expansion that keeps a map back to the source, so that findings have their true places.
#pragma once

#include "model/code.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What the preprocessor put in the place of a part of a file.
struct Replacement {
  struct Token {
    std::string text = {};
    std::uint32_t key = 0;  // of the compiler's: asked of ExpandedText again
    bool is_written = false;
    std::uint32_t offset = 0;  // written: where it stands in the file, as a macro's argument
  };
  std::uint32_t begin = 0, end = 0;
  std::vector<Token> tokens = {};
};

// A file with its macros expanded and the parts left out that the compiler does not see, and where
// each part of it stands in the file.
class ExpandedText {
 public:
  // `parts` in any order; of two that overlap the first one counts. `skipped` become blanks.
  ExpandedText(std::string_view file, std::vector<Replacement> parts,
               const std::vector<Range>& skipped);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool is_changed() const { return changed_; }
  // Where a place of the file, or a token of a replacement, is in the text; kNowhere: replaced.
  static constexpr std::uint32_t kNowhere = UINT32_MAX;
  [[nodiscard]] std::uint32_t of_file(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t of_token(std::uint32_t key) const;
  // The place in the file of a place in the text.
  [[nodiscard]] Range in_file(Range range) const;
  // All ranges of facts of the text become places of the file.
  void place(CodeFacts& facts) const;

 private:
  struct Piece {
    std::uint32_t text_begin = 0, text_end = 0, file_begin = 0, file_end = 0;
    bool copied = false;
  };
  void copy(std::string_view file, std::uint32_t begin, std::uint32_t end);
  void replace(const Replacement& part);
  void append(std::string_view text, std::uint32_t begin, std::uint32_t end, bool copied);
  [[nodiscard]] const Piece* piece_of(std::uint32_t offset) const;

  std::string text_ = {};
  bool changed_ = false;
  std::uint32_t file_size_ = 0;
  std::vector<Piece> pieces_ = {};  // by text_begin
  std::vector<Piece> copies_ = {};  // what stands between replacements, by file_begin
  std::vector<std::pair<std::uint32_t, std::uint32_t>> token_keys_ = {};  // key, offset: sorted
};

}  // namespace fnlint
