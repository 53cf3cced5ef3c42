#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Texts put together, cut and compared.
namespace fnlint {

std::string concat(std::initializer_list<std::string_view> parts);

// What `cat` prints of a part. Texts, which most parts are, need no template: thousands of calls
// name them.
inline std::string_view part_text(std::string_view part) { return part; }
inline std::string part_text(char part) { return std::string(1, part); }
std::string part_text(double part);
template <std::integral Number>
std::string part_text(Number part) {
  if constexpr (std::same_as<Number, bool>)
    return part ? "true" : "false";
  else
    return std::to_string(part);
}

// Joins texts, characters and numbers.
template <class... Parts>
std::string cat(const Parts&... parts) {
  return concat({part_text(parts)...});
}

// 64-bit FNV-1a: for identities inside a run, never for security.
constexpr std::uint64_t hash_of(std::string_view text,
                                std::uint64_t seed = 14695981039346656037ULL) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return seed;
}

std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
std::string lower(std::string_view text);  // ASCII only
// A name as it is whoever writes it: "hasitems" of "hasItems", "has_items" and "has-items".
std::string flat_name(std::string_view name);
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

// Lexically normal form of a relative or absolute path with '/' between parts: "a/./b/../c" is
// "a/c". Parts that would climb above a relative path's start stay as "..".
std::string normal_path(std::string_view path);
// A relative path of a template with '/' between parts: some are written on Windows.
std::string with_slashes(std::string_view path);
std::string join_path(std::string_view folder,
                      std::string_view name);       // normal; an absolute name wins
std::string_view folder_of(std::string_view path);  // "a/b" of "a/b/c"; "" of "c"
std::string_view file_name_of(std::string_view path);
std::string_view extension_of(std::string_view path);  // ".py"; "" when there is none
std::string_view stem_of(std::string_view path);       // "c" of "a/b/c.d.e"
// Whether a file is called so: "pom.xml", or by its ending, ".csproj".
bool is_file_called(std::string_view name, std::string_view wanted);

bool is_digits(std::string_view text);  // and not empty
bool is_one_of(std::span<const std::string_view> words, std::string_view word);

// How many letters are to be added, left out or changed (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b);
// The closest of `candidates` to a mistyped word, or empty when none is near: for "did you mean".
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);
// The same of names that end in a version: the newest of the word's family, "python3.14" for
// "python4"; of those that only lack some of its characters, where there are such: "nodejs22.x" for
// "nodejs22". Empty: no candidate is of its family.
std::string_view newest_of_family(std::string_view word,
                                  const std::vector<std::string_view>& candidates);

}  // namespace fnlint
