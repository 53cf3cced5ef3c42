// Splitting, joining and trimming of texts and paths, and the search for similar words for
// suggestions.

#include "core/text.h"

#include "core/characters.h"

#include <fmt/core.h>  // format.h costs two more seconds

#include <algorithm>

namespace fnlint {

std::string part_text(double part) { return fmt::format("{}", part); }

std::string concat(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string text;
  text.reserve(size);
  for (const std::string_view part : parts) text += part;
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string flat_name(std::string_view name) {
  std::string flat = lower(name);
  std::erase_if(flat, [](char c) { return c == '_' || c == '-'; });
  return flat;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  if (from.empty()) return std::string(text);
  std::string result;
  for (;;) {
    const std::size_t at = text.find(from);
    result.append(text.substr(0, at));
    if (at == std::string_view::npos) return result;
    result.append(to);
    text.remove_prefix(at + from.size());
  }
}

namespace {

// No part of it is empty, "." or "..".
bool is_normal(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  for (;;) {
    const std::size_t end = path.find('/');
    const std::string_view part = path.substr(0, end);
    if (part.empty() || part == "." || part == "..") return false;
    if (end == std::string_view::npos) return true;
    path.remove_prefix(end + 1);
  }
}

}  // namespace

std::string normal_path(std::string_view path) {
  if (is_normal(path)) return std::string(path);
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!absolute) {
      parts.push_back(part);
    }
  }
  std::string result = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += '/';
    result += parts[i];
  }
  return result;
}

std::string with_slashes(std::string_view path) { return replace_all(path, "\\", "/"); }

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty() || name.starts_with('/')) return normal_path(name);
  std::string joined = cat(folder, '/', name);
  return is_normal(joined) ? joined : normal_path(joined);
}

std::string_view folder_of(std::string_view path) {
  const std::size_t at = path.rfind('/');
  if (at == std::string_view::npos || path == "/") return {};  // nothing is above the root
  return path.substr(0, at == 0 ? 1 : at);
}

std::string_view file_name_of(std::string_view path) {
  const std::size_t at = path.rfind('/');
  return at == std::string_view::npos ? path : path.substr(at + 1);
}

std::string_view extension_of(std::string_view path) {
  const std::string_view name = file_name_of(path);
  const std::size_t at = name.rfind('.');
  return at == std::string_view::npos || at == 0 ? std::string_view{} : name.substr(at);
}

bool is_file_called(std::string_view name, std::string_view wanted) {
  return wanted.starts_with('.') ? name.ends_with(wanted) : name == wanted;
}

std::string_view stem_of(std::string_view path) {
  const std::string_view name = file_name_of(path);
  return name.substr(0, name.find('.'));
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool is_one_of(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j < row.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = word.size() / 3 + 2;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    // Of two that are as near, the one of which only the end is missing: "nodejs10" of
    // "nodejs10.x".
    const bool ends_alone = distance == best_distance && !best.empty() &&
                            candidate.starts_with(word) && !best.starts_with(word);
    if (distance < best_distance || ends_alone) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

namespace {

std::string_view family_of(std::string_view word) {
  return word.substr(0, word.find_first_of("0123456789"));
}

std::vector<std::uint64_t> numbers_in(std::string_view word) {
  std::vector<std::uint64_t> numbers;
  bool is_inside = false;
  for (const char c : word) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit && !is_inside) numbers.push_back(0);
    if (is_digit) numbers.back() = numbers.back() * 10 + static_cast<std::uint64_t>(c - '0');
    is_inside = is_digit;
  }
  return numbers;
}

bool is_part_of(std::string_view word, std::string_view longer) {
  for (const char c : longer)
    if (!word.empty() && word.front() == c) word.remove_prefix(1);
  return word.empty();
}

}  // namespace

std::string_view newest_of_family(std::string_view word,
                                  const std::vector<std::string_view>& candidates) {
  std::string_view newest;
  bool is_part = false;
  for (const std::string_view one : candidates) {
    const std::string_view family = family_of(one);
    if (family.size() == one.size() || family.empty() || family != family_of(word)) continue;
    const bool has_all = is_part_of(word, one);
    if (is_part && !has_all) continue;
    if (newest.empty() || has_all != is_part || numbers_in(one) > numbers_in(newest)) newest = one;
    is_part = has_all;
  }
  return newest;
}

}  // namespace fnlint
