// Random damage to an input, reproducible by its seed.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace fnlint::fuzz {

// Small damage to an input, as an editor, a broken transfer or malice does it: the same for the
// same state of `random`. `donor` is another input, of which pieces are taken.
class Mutation {
 public:
  explicit Mutation(std::uint64_t seed) : random_(seed) {}

  std::string operator()(std::string text, std::string_view donor) {
    for (std::size_t edits = 1 + below(6); edits > 0; --edits) edit(text, donor);
    return text;
  }
  std::size_t below(std::size_t count) { return count == 0 ? 0 : random_() % count; }

 private:
  void edit(std::string& text, std::string_view donor) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = 1 + below(60);
    switch (below(7)) {
      case 0: text.resize(at); return;
      case 1: text.insert(at, kPieces[below(std::size(kPieces))]); return;
      case 2: text.erase(at, length); return;
      case 3: text.insert(at, donor.substr(below(donor.size() + 1), length * 5)); return;
      case 4: repeat(text, at, length); return;
      case 5: move(text, at, length); return;
      default: flip(text, at); return;
    }
  }
  void repeat(std::string& text, std::size_t at, std::size_t length) {
    const std::string piece = text.substr(at, length);
    for (std::size_t times = 1 + below(20); times > 0; --times) text.insert(at, piece);
  }
  void move(std::string& text, std::size_t at, std::size_t length) {
    const std::string piece = text.substr(at, length);
    text.erase(at, length);
    text.insert(below(text.size() + 1), piece);
  }
  void flip(std::string& text, std::size_t at) {
    if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
  }

  static constexpr std::string_view kPieces[] = {"\"",
                                                 "'",
                                                 "(",
                                                 ")",
                                                 "[",
                                                 "]",
                                                 "{",
                                                 "}",
                                                 "${",
                                                 "#{",
                                                 ": ",
                                                 "- ",
                                                 ",",
                                                 ";",
                                                 "\n",
                                                 "\r",
                                                 "\t",
                                                 "\\",
                                                 "&a ",
                                                 "*a",
                                                 "!Sub ",
                                                 "<<: ",
                                                 "|",
                                                 "=>",
                                                 "...",
                                                 "@",
                                                 "/*",
                                                 "*/",
                                                 "\"\"\"",
                                                 "await ",
                                                 "return ",
                                                 "class A:",
                                                 "<<A\n",
                                                 "\xff",
                                                 "\xef\xbb\xbf",
                                                 "\xed\xa0\x80",
                                                 "PK\x05\x06",
                                                 "9223372036854775808"};

  std::mt19937_64 random_;
};

}  // namespace fnlint::fuzz
