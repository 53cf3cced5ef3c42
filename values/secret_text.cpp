#include "values/secret_text.h"

#include "core/text.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace fnlint {

namespace {

constexpr std::size_t kShortest = 6, kLongest = 16'384;
constexpr std::size_t kRandomLength = 16, kLongestWord = 64;
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

// "dbPassword", "DB_PASSWORD" and "db-password" are "db_password".
std::string words_of(std::string_view name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const Kind kind = kind_of(name[i]);
    const bool begins_word =
        i > 0 && kind == Kind::Upper &&
        (kind_of(name[i - 1]) == Kind::Lower || kind_of(name[i - 1]) == Kind::Digit ||
         (i + 1 < name.size() && kind_of(name[i - 1]) == Kind::Upper &&
          kind_of(name[i + 1]) == Kind::Lower));
    const bool is_word = kind == Kind::Lower || kind == Kind::Upper || kind == Kind::Digit;
    if ((begins_word || !is_word) && !words.empty() && words.back() != '_') words += '_';
    if (is_word) words += kind == Kind::Upper ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
  }
  while (words.ends_with('_')) words.pop_back();
  return words;
}

bool ends_in_words(std::string_view words, std::string_view end) {
  return words.ends_with(end) &&
         (words.size() == end.size() || words[words.size() - end.size() - 1] == '_');
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
  });
}

// What people make up for a password: no single word, no sentence.
bool looks_chosen(std::string_view text) {
  if (text.size() > 128 || has(text, Kind::Blank) || has(text, Kind::Other)) return false;
  const bool letters = has(text, Kind::Lower) || has(text, Kind::Upper);
  return letters && (has(text, Kind::Digit) || has(text, Kind::Symbol));
}

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
      compiled_(tables.forms.size() + tables.safe.size() + tables.sequences.size() +
                tables.own_hosts.size()) {}
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

// Nobody's sample names a host of somebody's.
bool SecretReader::is_safe(std::string_view text, Host host) const {
  const std::size_t safe = tables_.forms.size();
  return matches(safe, tables_.safe, text) ||
         (host != Host::Foreign && matches(safe + tables_.safe.size(), tables_.sequences, text));
}

SecretReader::Host SecretReader::host_of(std::string_view text) const {
  const bool is_host = text.find('.') != text.npos && !has(text, Kind::Other) &&
                       !has(text, Kind::Blank) && text.find_first_of("${}<>/@") == text.npos;
  if (!is_host) return Host::Unknown;
  const std::size_t rows = tables_.forms.size() + tables_.safe.size() + tables_.sequences.size();
  return matches(rows, tables_.own_hosts, text) ? Host::Own : Host::Foreign;
}

bool SecretReader::names_host(std::string_view name) const {
  const std::string words = words_of(name);
  return std::ranges::any_of(tables_.host_names,
                             [&](std::string_view end) { return ends_in_words(words, end); });
}

const SecretName* SecretReader::named(std::string_view name) const {
  const std::string all = words_of(name);
  if (std::ranges::find(tables_.other_names, all) != tables_.other_names.end()) return nullptr;
  std::string_view words = all;
  for (;;) {
    for (const SecretName& row : tables_.names)
      if (ends_in_words(words, row.ends)) return &row;
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
    if (entropy_of(secret) < kFormEntropy || is_safe(secret, host) || host == Host::Own ||
        whole.ends_with("EXAMPLE"))
      continue;
    return SecretSign{.form = &form, .likely = form.likely};
  }
  return std::nullopt;
}

std::optional<SecretSign> SecretReader::read(std::string_view name, std::string_view text,
                                             std::string_view host) const {
  if (const auto sign = by_form(text)) return sign;
  if (text.size() < kShortest || text.size() > kLongest || text.find("${}") != text.npos)
    return std::nullopt;
  const SecretName* row = named(name);
  if (row == nullptr) return std::nullopt;
  for (const std::string_view scheme : {"Bearer ", "Basic ", "bearer ", "token "})
    if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
  const bool random = looks_random(text);
  const Host opens = row->chosen ? host_of(host) : Host::Unknown;
  const bool is_word = opens == Host::Foreign && text.size() <= kLongestWord &&
                       !has(text, Kind::Blank) && !has(text, Kind::Other);
  const bool looks_so = random || is_word || (row->chosen && looks_chosen(text)) ||
                        (!row->random && looks_written(text));
  if (!looks_so || is_safe(text, opens)) return std::nullopt;
  const bool sure = random || (row->chosen && entropy_of(text) >= kSureEntropy);
  return SecretSign{.name = row, .likely = !sure};
}

}  // namespace fnlint
