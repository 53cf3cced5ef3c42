// Length-prefixed fields after a mark, with every count checked: neither side trusts the other.

#include "frontends/clang/request.h"

#include <charconv>

namespace fnlint {

namespace {

constexpr std::string_view kMark = "fnlint-clang request\n", kAnswer = "fnlint-clang facts\n";

// "12:text", one after another.
void add(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

bool take(std::string_view& rest, std::string& text) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
  if (error != std::errc{} || end == rest.data() + rest.size() || *end != ':') return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
  if (size > rest.size()) return false;
  text.assign(rest.substr(0, size));
  rest.remove_prefix(size);
  return true;
}

bool take_count(std::string_view& rest, std::size_t& count) {
  std::string text;
  if (!take(rest, text)) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc{} && end == text.data() + text.size() && count <= rest.size();
}

}  // namespace

std::string request_bytes(const ClangRequest& request) {
  std::string out(kMark);
  add(out, request.root);
  add(out, request.source);
  add(out, request.has_database ? "1" : "");
  add(out, std::to_string(request.arguments.size()));
  for (const std::string& argument : request.arguments) add(out, argument);
  add(out, std::to_string(request.files.size()));
  for (const ClangRequest::File& file : request.files) {
    add(out, file.path);
    add(out, file.text);
  }
  return out;
}

std::optional<ClangRequest> read_request(std::string_view bytes) {
  if (!bytes.starts_with(kMark)) return std::nullopt;
  bytes.remove_prefix(kMark.size());
  ClangRequest request;
  std::string database;
  std::size_t arguments = 0, files = 0;
  if (!take(bytes, request.root) || !take(bytes, request.source) || !take(bytes, database) ||
      !take_count(bytes, arguments))
    return std::nullopt;
  request.has_database = !database.empty();
  for (std::size_t i = 0; i < arguments; ++i)
    if (!take(bytes, request.arguments.emplace_back())) return std::nullopt;
  if (!take_count(bytes, files)) return std::nullopt;
  for (std::size_t i = 0; i < files; ++i) {
    ClangRequest::File& file = request.files.emplace_back();
    if (!take(bytes, file.path) || !take(bytes, file.text)) return std::nullopt;
  }
  return bytes.empty() ? std::optional(std::move(request)) : std::nullopt;
}

std::string answer_bytes(const std::vector<std::string>& facts) {
  std::string out(kAnswer);
  for (const std::string& one : facts) add(out, one);
  return out;
}

std::optional<std::vector<std::string>> read_answer(std::string_view bytes, std::size_t files) {
  if (!bytes.starts_with(kAnswer)) return std::nullopt;
  bytes.remove_prefix(kAnswer.size());
  std::vector<std::string> facts;
  while (facts.size() < files)
    if (!take(bytes, facts.emplace_back())) return std::nullopt;
  return bytes.empty() ? std::optional(std::move(facts)) : std::nullopt;
}

}  // namespace fnlint
