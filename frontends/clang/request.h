// The protocol between fnlint and fnlint-clang.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What fnlint asks of fnlint-clang, on its standard input: files that are compiled together.
struct ClangRequest {
  struct File {
    std::string path = {}, text = {};
  };
  std::string root = {};  // absolute: nothing outside of it is read
  // What is compiled: one of the files, or the source that they are headers of, as their templates
  // are instantiated and their macros are defined there.
  std::string source = {};
  // What a compiler was given: filtered, with absolute paths. Of no compile database: empty.
  std::vector<std::string> arguments = {};
  bool has_database = false;  // the arguments say which parts of `#if` are compiled
  std::vector<File> files = {};
};

std::string request_bytes(const ClangRequest& request);
// Nothing: no request, or not all of it.
std::optional<ClangRequest> read_request(std::string_view bytes);

// The answer on standard output: of each file its facts as code_bytes(), in the request's order;
// empty where there are none.
std::string answer_bytes(const std::vector<std::string>& facts);
std::optional<std::vector<std::string>> read_answer(std::string_view bytes, std::size_t files);

}  // namespace fnlint
