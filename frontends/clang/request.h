#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What fnlint asks of fnlint-clang, on its standard input: one file. The answer on its standard
// output is kAnswer and the file's facts as code_bytes().
struct ClangRequest {
  std::string root = {};  // absolute: nothing outside of it is read
  std::string path = {};  // of the file, below the root
  std::string text = {};
  // Of a header: the source that it is compiled through, as its templates are instantiated and its
  // macros are defined there. Empty: the file is compiled by itself.
  std::string through = {};
  // What a compiler was given: filtered, with absolute paths. Of no compile database: empty.
  std::vector<std::string> arguments = {};
  bool has_database = false;  // the arguments say which parts of `#if` are compiled
};
inline constexpr std::string_view kClangAnswer = "fnlint-clang facts\n";

std::string request_bytes(const ClangRequest& request);
// Nothing: no request, or not all of it.
std::optional<ClangRequest> read_request(std::string_view bytes);

}  // namespace fnlint
