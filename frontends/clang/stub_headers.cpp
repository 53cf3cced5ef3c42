// Generates the SDK's client and model classes from the names that the project's sources use, and
// hands out the fixed stubs under the names of the standard headers.

#include "frontends/clang/stub_headers.h"

#include "core/characters.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kStandardNames[] = {"algorithm",
                                               "any",
                                               "array",
                                               "atomic",
                                               "barrier",
                                               "bit",
                                               "bitset",
                                               "cassert",
                                               "cctype",
                                               "cerrno",
                                               "cfloat",
                                               "charconv",
                                               "chrono",
                                               "cinttypes",
                                               "climits",
                                               "clocale",
                                               "cmath",
                                               "codecvt",
                                               "compare",
                                               "complex",
                                               "concepts",
                                               "condition_variable",
                                               "coroutine",
                                               "csignal",
                                               "cstdarg",
                                               "cstddef",
                                               "cstdint",
                                               "cstdio",
                                               "cstdlib",
                                               "cstring",
                                               "ctime",
                                               "cwchar",
                                               "deque",
                                               "exception",
                                               "execution",
                                               "expected",
                                               "filesystem",
                                               "format",
                                               "forward_list",
                                               "fstream",
                                               "functional",
                                               "future",
                                               "initializer_list",
                                               "iomanip",
                                               "ios",
                                               "iosfwd",
                                               "iostream",
                                               "istream",
                                               "iterator",
                                               "latch",
                                               "limits",
                                               "list",
                                               "locale",
                                               "map",
                                               "memory",
                                               "memory_resource",
                                               "mutex",
                                               "new",
                                               "numbers",
                                               "numeric",
                                               "optional",
                                               "ostream",
                                               "print",
                                               "queue",
                                               "random",
                                               "ranges",
                                               "ratio",
                                               "regex",
                                               "scoped_allocator",
                                               "semaphore",
                                               "set",
                                               "shared_mutex",
                                               "source_location",
                                               "span",
                                               "sstream",
                                               "stack",
                                               "stdexcept",
                                               "stop_token",
                                               "streambuf",
                                               "string",
                                               "string_view",
                                               "system_error",
                                               "thread",
                                               "tuple",
                                               "type_traits",
                                               "typeindex",
                                               "typeinfo",
                                               "unordered_map",
                                               "unordered_set",
                                               "utility",
                                               "valarray",
                                               "variant",
                                               "vector",
                                               "version",
                                               "assert.h",
                                               "ctype.h",
                                               "errno.h",
                                               "float.h",
                                               "inttypes.h",
                                               "limits.h",
                                               "locale.h",
                                               "math.h",
                                               "signal.h",
                                               "stdarg.h",
                                               "stdbool.h",
                                               "stddef.h",
                                               "stdint.h",
                                               "stdio.h",
                                               "stdlib.h",
                                               "string.h",
                                               "strings.h",
                                               "time.h",
                                               "wchar.h",
                                               "unistd.h",
                                               "sys/time.h",
                                               "sys/types.h",
                                               "sys/stat.h",
                                               "experimental/filesystem"};

// Where the SDK's folder is not its namespace in small letters. Looked up: aws/aws-sdk-cpp
// generated/src.
struct Folder {
  std::string_view folder, space;
};
constexpr Folder kServiceFolders[] = {{"monitoring", "CloudWatch"},
                                      {"logs", "CloudWatchLogs"},
                                      {"events", "EventBridge"},
                                      {"states", "SFN"},
                                      {"email", "SES"},
                                      {"config", "ConfigService"},
                                      {"cognito-idp", "CognitoIdentityProvider"},
                                      {"streams", "DynamoDBStreams"},
                                      {"elasticmapreduce", "EMR"}};

bool is_cpp_word(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_cpp_word(text[end])) ++end;
  return text.substr(at, end - at);
}

std::size_t after_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t')) ++at;
  return at;
}

std::string bare(std::string_view name) {
  std::string out;
  for (const char c : lower(name))
    if (is_cpp_word(c) && c != '_') out += c;
  return out;
}

constexpr std::size_t kNames = 2'000;

template <class Set>
void add(Set& names, std::string name) {
  if (names.size() < kNames) names.insert(std::move(name));
}

}  // namespace

void StubHeaders::ask(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const bool calls = text[at] == '.' || (text[at] == '-' && text[at + 1] == '>');
    if (calls) {
      const std::size_t begin = after_blanks(text, at + (text[at] == '.' ? 1 : 2));
      const std::string_view name = word_at(text, begin);
      const std::size_t after = after_blanks(text, begin + name.size());
      const bool is_call = after < text.size() && (text[after] == '(' || text[after] == '<');
      if (is_call && !name.empty() && is_upper(name[0])) add(methods_, std::string(name));
    } else if (text[at] == ':' && text[at + 1] == ':' && at > 0 && is_cpp_word(text[at - 1])) {
      std::size_t begin = at;
      while (begin > 0 && is_cpp_word(text[begin - 1])) --begin;
      const std::string_view left = text.substr(begin, at - begin), right = word_at(text, at + 2);
      if (left == "Aws" && !right.empty()) add(spaces_, std::string(right));
      if (is_upper(left[0]) && !right.empty()) add(members_, cat(left, "::", right));
    }
  }
  // namespace S3 = Aws::S3, and #include <aws/dynamodb/DynamoDBClient.h>
  constexpr std::string_view kClient = "Client.h";
  for (std::size_t at = text.find(kClient); at != std::string_view::npos;
       at = text.find(kClient, at + 1)) {
    const std::size_t slash = text.rfind('/', at);
    if (slash != std::string_view::npos && at - slash < 64)
      add(spaces_, std::string(text.substr(slash + 1, at - slash - 1)));
  }
}

bool StubHeaders::exists(std::string_view path) {
  return path.starts_with("aws/") || std::find(std::begin(kStandardNames), std::end(kStandardNames),
                                               path) != std::end(kStandardNames);
}

std::string StubHeaders::text(std::string_view path) const {
  if (!exists(path)) return {};
  std::string out = cat("#pragma once\n#ifndef FNLINT_STANDARD\n#define FNLINT_STANDARD\n",
                        kStandardStub, "#endif\n");
  if (path.starts_with("aws/lambda-runtime/"))
    return cat(out, "#ifndef FNLINT_RUNTIME\n#define FNLINT_RUNTIME\n", kRuntimeStub, "#endif\n");
  if (!path.starts_with("aws/")) return out;
  out += cat("#ifndef FNLINT_SDK\n#define FNLINT_SDK\n", object(), kSdkStub, "#endif\n");
  const bool is_core = path.starts_with("aws/core/") || path.starts_with("aws/crt/");
  return is_core ? out : out + service(path);
}

// The class that all of the SDK's are derived from: it has every method that the file calls.
std::string StubHeaders::object() const {
  std::string out =
      "namespace fnlint_stub {\nstruct Object {\n"
      "  template <class... A> Object(A&&...);\n"
      "  template <class T> operator T() const;\n"
      "  explicit operator bool() const;\n"
      "  template <class T> Object operator[](T&&) const;\n"
      "  Object* operator->() const;\n  Object& operator*() const;\n"
      "  Object* begin() const;\n  Object* end() const;\n"
      "  template <class... A> Object size(A&&...) const;\n"
      "  template <class... A> Object c_str(A&&...) const;\n"
      "  template <class... A> Object empty(A&&...) const;\n";
  for (const std::string& name : methods_)
    out += cat("  template <class... A> Object ", name, "(A&&...) const;\n");
  return out + "};\n}\n";
}

std::string StubHeaders::space_of(std::string_view folder) const {
  for (const Folder& row : kServiceFolders)
    if (row.folder == folder) return std::string(row.space);
  for (const std::string& space : spaces_)
    if (bare(space) == bare(folder)) return space;
  return {};
}

// aws/<service>/<Name>.h and aws/<service>/model/<Name>.h
std::string StubHeaders::service(std::string_view path) const {
  const std::vector<std::string_view> parts = split(path, '/');
  if (parts.size() < 3 || !path.ends_with(".h")) return {};
  const std::string space = space_of(parts[1]);
  const std::string_view file = parts.back().substr(0, parts.back().size() - 2);
  const bool is_name = !file.empty() && std::all_of(file.begin(), file.end(), is_cpp_word);
  if (space.empty() || !is_name) return {};
  const bool model = parts.size() == 4 && parts[2] == "model";
  std::string members;
  for (const std::string& one : members_)
    if (one.starts_with(cat(file, "::")))
      members += cat("  static Object ", one.substr(file.size() + 2), ";\n");
  return cat("namespace Aws { namespace ", space, " { namespace Model {} ",
             model ? "namespace Model {" : "", "\nclass ", file,
             " : public fnlint_stub::Object {\n public:\n  using Object::Object;\n", members,
             "};\n} }", model ? " }\n" : "\n");
}

}  // namespace fnlint
