// Matching of names and paths, folder by folder, and the test whether two patterns have any match
// in common.

#include "core/glob.h"

#include "core/text.h"

#include <span>

namespace fnlint {

namespace {

constexpr std::string_view kAnyFolders = "**";

// Whether "[...]" at the pattern's start takes `c`; moves past it. An unclosed '[' is itself.
bool takes_class(std::string_view& pattern, char c) {
  std::size_t at = 1;
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool found = false, first = true;
  while (at < pattern.size() && (pattern[at] != ']' || first)) {
    first = false;
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    char low = pattern[at++], high = low;
    if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
      high = pattern[at + 1];
      at += 2;
    }
    found |= c >= low && c <= high;
  }
  if (at >= pattern.size()) {
    pattern.remove_prefix(1);
    return c == '[';
  }
  pattern.remove_prefix(at + 1);
  return found != negated;
}

// One character of the name against the pattern's start; moves past that.
bool takes(std::string_view& pattern, char c) {
  if (pattern.front() == '[') return takes_class(pattern, c);
  if (pattern.front() == '?') {
    pattern.remove_prefix(1);
    return true;
  }
  if (pattern.front() == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
  const bool equal = pattern.front() == c;
  pattern.remove_prefix(1);
  return equal;
}

bool matches_names(std::span<const std::string> pattern, std::span<const std::string_view> names) {
  std::size_t p = 0, n = 0;
  std::size_t retry_pattern = 0, retry_name = 0;  // behind the last "**", and where it may end next
  bool can_retry = false;
  while (n < names.size()) {
    if (p < pattern.size() && pattern[p] == kAnyFolders) {
      retry_pattern = ++p;
      retry_name = n;
      can_retry = true;
      if (p == pattern.size()) return true;
      continue;
    }
    if (p < pattern.size() && matches_name(pattern[p], names[n])) {
      ++p;
      ++n;
    } else if (can_retry) {
      p = retry_pattern;
      n = ++retry_name;
    } else {
      return false;
    }
  }
  return p == pattern.size();
}

}  // namespace

bool matches_name(std::string_view pattern, std::string_view name) {
  // Most names are told apart by their last letter.
  constexpr std::string_view kSpecial = "*?]\\";
  if (!pattern.empty() && kSpecial.find(pattern.back()) == kSpecial.npos &&
      (name.empty() || name.back() != pattern.back()))
    return false;
  std::string_view retry_pattern, retry_name;
  bool can_retry = false;
  for (;;) {
    if (!pattern.empty() && pattern.front() == '*') {
      while (!pattern.empty() && pattern.front() == '*') pattern.remove_prefix(1);
      if (pattern.empty()) return true;
      retry_pattern = pattern;
      retry_name = name;
      can_retry = true;
    } else if (name.empty()) {
      return pattern.empty();
    } else if (!pattern.empty() && takes(pattern, name.front())) {
      name.remove_prefix(1);
    } else if (can_retry && !retry_name.empty()) {
      retry_name.remove_prefix(1);
      pattern = retry_pattern;
      name = retry_name;
    } else {
      return false;
    }
  }
}

bool matches_ignoring_case(std::string_view pattern, std::string_view text) {
  const auto folded = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::size_t p = 0, t = 0, retry_p = std::string_view::npos, retry_t = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      retry_p = ++p;
      retry_t = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || folded(pattern[p]) == folded(text[t]))) {
      ++p;
      ++t;
    } else if (retry_p != std::string_view::npos) {
      p = retry_p;
      t = ++retry_t;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool patterns_meet(std::string_view first, std::string_view second) {
  // Whether what is left of the first, from a character on, meets what is left of the second.
  const std::size_t end = second.size();
  std::vector<char> left(end + 1), before(end + 1);
  left[end] = 1;
  for (std::size_t s = end; s-- > 0 && second[s] == '*';) left[s] = 1;
  for (std::size_t f = first.size(); f-- > 0;) {
    before.swap(left);
    const char one = first[f];
    const bool is_any = one == '*' || one == '+';
    left[end] = is_any && before[end] != 0 ? 1 : 0;
    for (std::size_t s = end; s-- > 0;) {
      const char other = second[s];
      bool meets = is_any && before[s] != 0;
      if (other == '*') meets = meets || left[s + 1] != 0 || before[s] != 0;
      if (is_any)
        meets = meets || ((one == '*' || (other != '/' && other != ':')) && left[s + 1] != 0);
      else
        meets = meets || ((one == other || one == '?' || other == '?') && before[s + 1] != 0);
      left[s] = meets ? 1 : 0;
    }
  }
  return left[0] != 0;
}

Glob::Glob(std::string_view pattern) {
  if (pattern.ends_with('/')) {
    folders_only_ = true;
    pattern.remove_suffix(1);
  }
  if (pattern.find('/') == std::string_view::npos) names_.emplace_back(kAnyFolders);
  for (const std::string_view name : split(pattern, '/'))
    if (!name.empty() && name != ".") names_.emplace_back(name);
  any_depth_ = names_.size() == 2 && names_[0] == kAnyFolders && names_[1] != kAnyFolders;
}

bool Glob::matches(std::string_view path, bool is_folder) const {
  const std::vector<std::string_view> names = split(path, '/');
  return matches(names, is_folder);
}

bool Glob::matches(std::span<const std::string_view> names, bool is_folder) const {
  if (folders_only_ && !is_folder) return false;
  if (any_depth_) return !names.empty() && matches_name(names_[1], names.back());
  return matches_names(names_, names);
}

bool Glob::covers(std::string_view file) const {
  for (std::size_t at = file.find('/'); at != std::string_view::npos; at = file.find('/', at + 1))
    if (matches(file.substr(0, at), true)) return true;
  return matches(file, false);
}

}  // namespace fnlint
