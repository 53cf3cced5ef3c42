// Judges a text by the forms of known credentials, by the name of what holds it, and by its
// entropy; placeholders and samples are let through.

#include "values/secret_text.h"

#include "core/text.h"
#include "values/name_text.h"
#include "values/token_expiry.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace fnlint {

namespace {

constexpr std::size_t kShortest = 6, kLongest = 16'384;
constexpr std::size_t kRandomLength = 16, kLongestWord = 64, kShortestWord = 3;
// Bits a character. Chosen on the literals of public projects; those of placeholders lie below.
constexpr double kFormEntropy = 2.5, kRandomEntropy = 3.2, kHexEntropy = 3.0, kSureEntropy = 3.0;

enum class Kind : std::uint8_t { Lower, Upper, Digit, Joint, Symbol, Blank, Other };
Kind kind_of(char c) {
  if (c >= 'a' && c <= 'z') return Kind::Lower;
  if (c >= 'A' && c <= 'Z') return Kind::Upper;
  if (c >= '0' && c <= '9') return Kind::Digit;
  if (c == '-' || c == '_' || c == '.') return Kind::Joint;
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return Kind::Blank;
  return c > ' ' && c < 0x7f ? Kind::Symbol : Kind::Other;
}

bool has(std::string_view text, Kind kind) {
  return std::ranges::any_of(text, [kind](char c) { return kind_of(c) == kind; });
}

bool ends_in_words(std::string_view words, std::string_view end) {
  return words.ends_with(end) &&
         (words.size() == end.size() || words[words.size() - end.size() - 1] == '_');
}

// "SLACKTOKEN": capitals in one piece show no words. Short ends stand in others: COMPASS.
constexpr std::size_t kShortestEnd = 5;
bool ends_in_capitals(std::string_view name, std::string_view end) {
  if (end.size() < kShortestEnd || has(name, Kind::Lower) || has(name, Kind::Joint)) return false;
  std::string joined;
  for (const char c : end)
    if (c != '_') joined += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name.ends_with(joined);
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
  });
}

// Base64 of words ("c3RhZ2luZ29ubHkK" is "stagingonly"): whoever writes that hides nothing.
bool encodes_words(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (text.ends_with('=')) text.remove_suffix(1);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == kDigits.npos) return false;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const Kind kind = kind_of(static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xffU));
    if (kind != Kind::Lower && kind != Kind::Blank && kind != Kind::Joint) return false;
  }
  return !text.empty();
}

// What people make up for a password: no single word, no sentence.
bool looks_chosen(std::string_view text) {
  if (text.size() > 128 || has(text, Kind::Blank) || has(text, Kind::Other)) return false;
  const bool letters = has(text, Kind::Lower) || has(text, Kind::Upper);
  return letters && (has(text, Kind::Digit) || has(text, Kind::Symbol));
}

std::uint8_t unless_sure(bool sure) { return sure ? 0U : static_cast<std::uint8_t>(kHeuristic); }

// Long and in one piece, though it may be made of words: names of resources are joined.
bool looks_written(std::string_view text) {
  return text.size() >= kRandomLength && text.size() <= 128 && !has(text, Kind::Joint) &&
         text.find('/') == text.npos && looks_chosen(text) && has(text, Kind::Digit) &&
         entropy_of(text) >= kRandomEntropy;
}

}  // namespace

double entropy_of(std::string_view text) {
  std::array<std::size_t, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool looks_random(std::string_view text) {
  if (text.size() < kRandomLength || has(text, Kind::Blank) || has(text, Kind::Other)) return false;
  const bool letters = has(text, Kind::Lower) || has(text, Kind::Upper);
  if (!letters || !has(text, Kind::Digit)) return false;
  if (is_hex(text)) return entropy_of(text) >= kHexEntropy;
  std::size_t changes = 0;  // words and numbers have few, whatever joins them
  for (std::size_t i = 1; i < text.size(); ++i) {
    const Kind before = kind_of(text[i - 1]), here = kind_of(text[i]);
    if (before != here && before != Kind::Joint && here != Kind::Joint) ++changes;
  }
  return entropy_of(text) >= kRandomEntropy && changes * 4 >= text.size();
}

SecretReader::SecretReader(const SecretTables& tables)
    : tables_(tables),
      compiled_(tables.forms.size() + tables.safe.size() + tables.samples.size() +
                tables.sequences.size() + tables.own_hosts.size()) {}
SecretReader::~SecretReader() = default;

const re2::RE2& SecretReader::expression(std::size_t row, std::string_view regex) const {
  if (!compiled_[row])
    compiled_[row] = std::make_unique<re2::RE2>(re2::StringPiece(regex.data(), regex.size()),
                                                re2::RE2::Quiet);
  return *compiled_[row];
}

bool SecretReader::matches(std::size_t row, std::span<const std::string_view> rows,
                           std::string_view text) const {
  for (const std::string_view regex : rows)
    if (re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                               expression(row++, regex)))
      return true;
  return false;
}

bool SecretReader::is_safe(std::string_view text) const {
  return matches(tables_.forms.size(), tables_.safe, text);
}

// Nobody's sample names a host of somebody's.
bool SecretReader::is_sample(std::string_view text, Host host) const {
  const std::size_t samples = tables_.forms.size() + tables_.safe.size();
  return matches(samples, tables_.samples, text) ||
         (host != Host::Foreign &&
          matches(samples + tables_.samples.size(), tables_.sequences, text));
}

SecretReader::Host SecretReader::host_of(std::string_view text) const {
  const bool is_host = text.find('.') != text.npos && !has(text, Kind::Other) &&
                       !has(text, Kind::Blank) && text.find_first_of("${}<>/@") == text.npos;
  const std::size_t rows = tables_.forms.size() + tables_.safe.size() + tables_.samples.size() +
                           tables_.sequences.size();
  if (matches(rows, tables_.own_hosts, text)) return Host::Own;
  return is_host ? Host::Foreign : Host::Unknown;
}

bool SecretReader::names_host(std::string_view name) const {
  const std::string words = words_of_name(name);
  return std::ranges::any_of(tables_.host_names,
                             [&](std::string_view end) { return ends_in_words(words, end); });
}

const SecretName* SecretReader::named(std::string_view name) const {
  const std::string all = words_of_name(name);
  const bool is_other = std::ranges::any_of(tables_.other_names, [&](std::string_view other) {
    return all == other || ends_in_capitals(name, other);
  });
  if (is_other) return nullptr;
  std::string_view words = all;
  for (;;) {
    for (const SecretName& row : tables_.names)
      if (ends_in_words(words, row.ends) || ends_in_capitals(name, row.ends)) return &row;
    const std::size_t last = words.rfind('_');
    if (last == words.npos) return nullptr;
    const std::string_view qualifier = words.substr(last + 1);
    if (std::ranges::find(tables_.qualifiers, qualifier) == tables_.qualifiers.end())
      return nullptr;
    words = words.substr(0, last);
  }
}

std::optional<SecretSign> SecretReader::by_form(std::string_view text) const {
  if (text.size() < kRandomLength || text.size() > kLongest) return std::nullopt;
  for (std::size_t i = 0; i < tables_.forms.size(); ++i) {
    const SecretForm& form = tables_.forms[i];
    const bool worth_it = std::ranges::any_of(form.needles, [&](std::string_view needle) {
      return text.find(needle) != text.npos;
    });
    if (!worth_it) continue;
    const re2::RE2& regex = expression(i, form.regex);
    std::array<re2::StringPiece, 3> found;
    const re2::StringPiece all(text.data(), text.size());
    if (!regex.ok() || !regex.Match(all, 0, text.size(), re2::RE2::UNANCHORED, found.data(),
                                    std::max(form.group, form.host) + 1))
      continue;
    const re2::StringPiece part = found[static_cast<std::size_t>(form.group)];
    const std::string_view secret(part.data(), part.size());
    const std::string_view whole(found[0].data(), found[0].size());
    const re2::StringPiece at = found[static_cast<std::size_t>(form.host)];
    const Host host = form.host == 0 ? Host::Unknown : host_of({at.data(), at.size()});
    if (entropy_of(secret) < kFormEntropy || is_safe(secret) ||
        is_sample(secret, host) || host == Host::Own || whole.ends_with("EXAMPLE"))
      continue;
    return SecretSign{.form = &form,
                      .last_day = form.dated ? token_expiry(whole) : std::nullopt,
                      .uncertainty = unless_sure(!form.likely)};
  }
  return std::nullopt;
}

bool SecretReader::is_of_a_deed(std::string_view name, const SecretName& row) const {
  const std::string words = words_of_name(name);
  const std::size_t end = words.rfind(row.ends);
  if (end == words.npos || end == 0) return false;
  const std::string_view before = std::string_view(words).substr(0, end - 1);
  return std::ranges::any_of(tables_.deeds,
                             [&](std::string_view deed) { return ends_in_words(before, deed); });
}

std::optional<SecretSign> SecretReader::read(std::string_view name, std::string_view text,
                                             std::string_view host) const {
  if (const auto sign = by_form(text)) return sign;
  if (text.size() < kShortestWord || text.size() > kLongest || text.find("${}") != text.npos)
    return std::nullopt;
  const SecretName* row = named(name);
  if (row == nullptr || names_something(text, row->ends)) return std::nullopt;
  for (const std::string_view scheme : {"Bearer ", "Basic ", "bearer ", "token "})
    if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
  if (is_safe(text) || encodes_words(text)) return std::nullopt;
  const bool in_one_piece = !has(text, Kind::Blank) && !has(text, Kind::Other);
  const bool random = looks_random(text);
  const Host opens = row->chosen ? host_of(host) : Host::Unknown;
  const bool is_word =
      opens == Host::Foreign && text.size() <= kLongestWord && in_one_piece;
  const bool looks_so = random || is_word || (row->chosen && looks_chosen(text)) ||
                        (!row->random && looks_written(text));
  if (looks_so && text.size() >= kShortest && !is_sample(text, opens) &&
      !is_of_a_deed(name, *row)) {
    const bool sure = random || (row->chosen && entropy_of(text) >= kSureEntropy);
    return SecretSign{.name = row, .uncertainty = unless_sure(sure)};
  }
  // Who calls something a password and gives it a word may well mean it. A short number counts.
  const bool is_count =
      text.size() < kShortest && !has(text, Kind::Lower) && !has(text, Kind::Upper);
  if (row->chosen && in_one_piece && !is_count && text.size() <= kLongestWord)
    return SecretSign{.name = row, .uncertainty = kUncertain};
  return std::nullopt;
}

}  // namespace fnlint
