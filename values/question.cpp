// Decides globs over texts with holes: by comparing literal ends first, then by walking both
// patterns at once within a budget of steps.

#include "values/question.h"

#include "values/functions.h"

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>

namespace fnlint {
namespace {

enum class Glob : std::uint8_t { Byte, One, Many };
struct Token {
  Glob kind{};
  char byte = 0;
};
using Tokens = std::vector<Token>;

void add_literal(Tokens& tokens, std::string_view text) {
  for (const char c : text) tokens.push_back({Glob::Byte, c});
}
void add_many(Tokens& tokens) {
  if (tokens.empty() || tokens.back().kind != Glob::Many) tokens.push_back({Glob::Many, 0});
}

Tokens tokens_of_glob(std::string_view glob) {
  Tokens tokens;
  tokens.reserve(glob.size());
  for (const char c : glob) {
    if (c == '*')
      add_many(tokens);
    else
      tokens.push_back({c == '?' ? Glob::One : Glob::Byte, c});
  }
  return tokens;
}

Tokens tokens_of_wildcard(std::string_view wildcard) {
  Tokens tokens;
  for (std::size_t i = 0; i < wildcard.size(); ++i) {
    const bool escapes = wildcard[i] == '\\' && i + 1 < wildcard.size() &&
                         (wildcard[i + 1] == '*' || wildcard[i + 1] == '\\');
    if (wildcard[i] == '*')
      add_many(tokens);
    else
      tokens.push_back({Glob::Byte, wildcard[escapes ? ++i : i]});
  }
  return tokens;
}

// --- The walk: over the pattern's symbols, with the sets of glob positions that can be reached.

struct Symbol {
  bool hole = false;
  char byte = 0;
  std::string_view excludes = {};
};

std::vector<Symbol> symbols_of(std::span<const Piece> pattern) {
  std::vector<Symbol> symbols;
  for (const Piece& piece : pattern) {
    if (piece.hole)
      symbols.push_back({true, 0, piece.excludes});
    else
      for (const char c : piece.text) symbols.push_back({false, c, {}});
  }
  return symbols;
}

// Glob positions as bits: in place where they are few, as they nearly always are.
using FewPlaces = std::array<std::uint64_t, 4>;
using Places = std::vector<std::uint64_t>;
constexpr std::size_t kFewTokens = 64 * std::tuple_size_v<FewPlaces> - 1;

template <class Places>
class Walk {
 public:
  Walk(const Tokens& tokens, std::size_t budget) : tokens_(tokens), budget_(budget) {}

  Answer run(const std::vector<Symbol>& symbols) {
    Places start = no_places();
    reach(start, 0);
    std::vector<Places> sets{start};
    for (const Symbol& symbol : symbols) {
      if (symbol.hole)
        close_over(sets, symbol.excludes);
      else
        for (Places& places : sets) places = after(places, symbol.byte);
      if (sets.size() > 1) {
        std::ranges::sort(sets);
        sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
      }
      if (spent_ > budget_) return Answer::Unknown;
    }
    bool can_match = false, can_fail = false;
    for (const Places& places : sets) (has(places, tokens_.size()) ? can_match : can_fail) = true;
    return !can_match ? Answer::No : can_fail ? Answer::Unknown : Answer::Yes;
  }

 private:
  [[nodiscard]] Places no_places() const {
    if constexpr (std::same_as<Places, FewPlaces>)
      return {};
    else
      return Places(tokens_.size() / 64 + 1, 0);
  }
  static bool has(const Places& places, std::size_t at) {
    return (places[at / 64] >> (at % 64) & 1U) != 0;
  }
  // A position, and what follows it without a byte.
  void reach(Places& places, std::size_t at) const {
    places[at / 64] |= 1ULL << (at % 64);
    if (at < tokens_.size() && tokens_[at].kind == Glob::Many) reach(places, at + 1);
  }
  Places after(const Places& places, char byte) {
    ++spent_;
    Places next = no_places();
    for (std::size_t word = 0; word < places.size(); ++word) {
      for (std::uint64_t left = places[word]; left != 0; left &= left - 1) {
        const std::size_t at = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
        if (at == tokens_.size()) continue;
        if (tokens_[at].kind == Glob::Many)
          reach(next, at);
        else if (tokens_[at].kind == Glob::One || tokens_[at].byte == byte)
          reach(next, at + 1);
      }
    }
    return next;
  }
  // The allowed bytes that the places tell apart, and one that stands for all others.
  [[nodiscard]] std::string alphabet_at(const Places& places, std::string_view excludes) const {
    std::string bytes, alphabet;
    for (std::size_t word = 0; word < places.size(); ++word) {
      for (std::uint64_t left = places[word]; left != 0; left &= left - 1) {
        const std::size_t at = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
        if (at == tokens_.size() || tokens_[at].kind != Glob::Byte) continue;
        const char c = tokens_[at].byte;
        if (bytes.find(c) != std::string::npos) continue;
        bytes += c;
        if (excludes.find(c) == std::string_view::npos) alphabet += c;
      }
    }
    for (int c = 1; c < 256; ++c) {
      const char other = static_cast<char>(c);
      if (bytes.find(other) != std::string::npos) continue;
      if (excludes.find(other) != std::string_view::npos) continue;
      alphabet += other;
      break;
    }
    return alphabet;
  }
  // Adds what any text of allowed bytes leads to.
  void close_over(std::vector<Places>& sets, std::string_view excludes) {
    for (std::size_t n = 0; n < sets.size() && spent_ <= budget_; ++n) {
      for (const char c : alphabet_at(sets[n], excludes)) {
        Places next = after(sets[n], c);
        if (std::ranges::find(sets, next) == sets.end()) sets.push_back(std::move(next));
      }
    }
  }

  const Tokens& tokens_;
  std::size_t budget_, spent_ = 0;
};

// --- Literal ends, which settle nearly all questions.

bool matches_literal(std::string_view text, const Tokens& tokens) {
  std::size_t at = 0, token = 0, back_at = 0, back_token = SIZE_MAX;
  while (at < text.size()) {
    if (token < tokens.size() && tokens[token].kind == Glob::Many) {
      back_token = ++token;
      back_at = at;
    } else if (token < tokens.size() &&
               (tokens[token].kind == Glob::One || tokens[token].byte == text[at])) {
      ++at;
      ++token;
    } else if (back_token != SIZE_MAX) {
      token = back_token;
      at = ++back_at;
    } else {
      return false;
    }
  }
  while (token < tokens.size() && tokens[token].kind == Glob::Many) ++token;
  return token == tokens.size();
}

struct Ends {
  std::string_view start = {}, end = {};  // literals before the first and after the last hole
  std::size_t bytes = 0;                  // of all literals
  int holes = 0;
  bool first_plain = false, last_plain = false;  // the first (last) hole can be any text
};

// Of pieces in which literals are merged.
Ends ends_of(std::span<const Piece> pattern) {
  Ends ends;
  for (const Piece& piece : pattern) {
    if (!piece.hole) {
      ends.bytes += piece.text.size();
      continue;
    }
    if (++ends.holes == 1) ends.first_plain = piece.excludes.empty();
    ends.last_plain = piece.excludes.empty();
  }
  if (!pattern.empty() && !pattern.front().hole) ends.start = pattern.front().text;
  if (!pattern.empty() && !pattern.back().hole) ends.end = pattern.back().text;
  return ends;
}

bool fits(const Token& token, char c) { return token.kind == Glob::One || token.byte == c; }

// How many tokens before the first "*" (after the last one).
std::size_t fixed_start(const Tokens& tokens) {
  std::size_t n = 0;
  while (n < tokens.size() && tokens[n].kind != Glob::Many) ++n;
  return n;
}
std::size_t fixed_end(const Tokens& tokens) {
  std::size_t n = 0;
  while (n < tokens.size() && tokens[tokens.size() - 1 - n].kind != Glob::Many) ++n;
  return n;
}

bool starts_conflict(std::string_view start, const Tokens& tokens, std::size_t fixed) {
  for (std::size_t i = 0; i < std::min(start.size(), fixed); ++i)
    if (!fits(tokens[i], start[i])) return true;
  return false;
}
bool ends_conflict(std::string_view end, const Tokens& tokens, std::size_t fixed) {
  for (std::size_t i = 0; i < std::min(end.size(), fixed); ++i)
    if (!fits(tokens[tokens.size() - 1 - i], end[end.size() - 1 - i])) return true;
  return false;
}

// Is there a byte that another text would not have?
bool asks_bytes(std::span<const Token> tokens) {
  return std::ranges::any_of(tokens, [](const Token& token) { return token.kind == Glob::Byte; });
}

// Can every hole hold every byte of the text?
bool holes_hold(std::span<const Piece> pattern, std::string_view text) {
  for (const Piece& piece : pattern)
    if (piece.hole && text.find_first_of(piece.excludes) != std::string_view::npos) return false;
  return true;
}

// Of "*part*", without a walk. Nothing when only a walk can tell.
std::optional<Answer> holds(std::span<const Piece> pattern, std::string_view part) {
  bool holes = false;
  for (const Piece& piece : pattern) {
    holes |= piece.hole;
    if (!piece.hole && piece.text.find(part) != std::string_view::npos) return Answer::Yes;
  }
  if (part.empty()) return Answer::Yes;
  if (!holes) return Answer::No;
  // A hole can hold the part, and a byte that is neither in the part nor excluded keeps it away.
  if (holes_hold(pattern, part) && part.size() < 128) return Answer::Unknown;
  return std::nullopt;
}

// The part of "*part*".
std::optional<std::string> sought_part(const Tokens& tokens) {
  if (tokens.size() < 2) return std::nullopt;
  if (tokens.front().kind != Glob::Many || tokens.back().kind != Glob::Many) return std::nullopt;
  std::string part;
  for (const Token& token : std::span(tokens).subspan(1, tokens.size() - 2)) {
    if (token.kind != Glob::Byte) return std::nullopt;
    part += token.byte;
  }
  return part;
}

Answer ask(std::span<const Piece> pattern, const Tokens& tokens, std::size_t budget = 4096) {
  const Ends ends = ends_of(pattern);
  if (ends.holes == 0) return matches_literal(ends.start, tokens) ? Answer::Yes : Answer::No;
  const std::size_t first = fixed_start(tokens), last = fixed_end(tokens);
  if (starts_conflict(ends.start, tokens, first) || ends_conflict(ends.end, tokens, last))
    return Answer::No;
  if (first == tokens.size()) {  // no "*"
    if (ends.bytes > tokens.size()) return Answer::No;
    if (ends.holes == 1 && ends.first_plain) return Answer::Unknown;
  } else if (first + last + 1 == tokens.size()) {  // one "*": only the ends matter
    const bool start_known = ends.start.size() >= first, end_known = ends.end.size() >= last;
    if (start_known && end_known) return Answer::Yes;
    const auto left = std::span(tokens).first(first).subspan(std::min(first, ends.start.size()));
    const auto right = std::span(tokens).last(last).first(last - std::min(last, ends.end.size()));
    const bool can_match = (left.empty() || ends.first_plain) && (right.empty() || ends.last_plain);
    if (can_match && (asks_bytes(left) || asks_bytes(right))) return Answer::Unknown;
  }
  if (const std::optional<std::string> part = sought_part(tokens))
    if (const std::optional<Answer> answer = holds(pattern, *part)) return *answer;
  const std::vector<Symbol> symbols = symbols_of(pattern);
  return tokens.size() <= kFewTokens ? Walk<FewPlaces>(tokens, budget).run(symbols)
                                     : Walk<Places>(tokens, budget).run(symbols);
}

// Adjacent literals become one, and empty ones go.
std::vector<Piece> merged(std::span<const Piece> pattern, std::string& storage) {
  std::size_t bytes = 0;
  for (const Piece& piece : pattern) bytes += piece.text.size();
  storage.reserve(bytes);  // views of it must not move
  std::vector<Piece> pieces;
  for (const Piece& piece : pattern) {
    if (!piece.hole && piece.text.empty()) continue;
    const std::size_t at = storage.size();
    if (!piece.hole) storage.append(piece.text);
    const std::string_view text = std::string_view(storage).substr(at);
    if (!piece.hole && !pieces.empty() && !pieces.back().hole)
      pieces.back().text = {pieces.back().text.data(), pieces.back().text.size() + text.size()};
    else
      pieces.push_back(piece.hole ? Piece{{}, piece.excludes, true} : Piece{text, {}, false});
  }
  return pieces;
}

Answer ask_merged(std::span<const Piece> pattern, const Tokens& tokens, std::size_t budget = 4096) {
  std::string storage;
  return ask(merged(pattern, storage), tokens, budget);
}

}  // namespace

Answer matches(std::span<const Piece> pattern, std::string_view glob, std::size_t budget) {
  return ask_merged(pattern, tokens_of_glob(glob), budget);
}

Answer matches_wildcard(std::span<const Piece> pattern, std::string_view wildcard) {
  return ask_merged(pattern, tokens_of_wildcard(wildcard));
}

Answer starts_with(std::span<const Piece> pattern, std::string_view prefix) {
  Tokens tokens;
  add_literal(tokens, prefix);
  add_many(tokens);
  return ask_merged(pattern, tokens);
}

Answer ends_with(std::span<const Piece> pattern, std::string_view suffix) {
  Tokens tokens;
  add_many(tokens);
  add_literal(tokens, suffix);
  return ask_merged(pattern, tokens);
}

Answer contains(std::span<const Piece> pattern, std::string_view part) {
  Tokens tokens;
  add_many(tokens);
  add_literal(tokens, part);
  add_many(tokens);
  return ask_merged(pattern, tokens);
}

Answer equals(std::span<const Piece> pattern, std::string_view text) {
  Tokens tokens;
  add_literal(tokens, text);
  return ask_merged(pattern, tokens);
}

}  // namespace fnlint
