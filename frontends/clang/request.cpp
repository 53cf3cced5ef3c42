#include "frontends/clang/request.h"

#include <charconv>

namespace fnlint {

namespace {

constexpr std::string_view kMark = "fnlint-clang request\n";

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

}  // namespace

std::string request_bytes(const ClangRequest& request) {
  std::string out(kMark);
  add(out, request.root);
  add(out, request.path);
  add(out, request.text);
  add(out, request.through);
  add(out, request.has_database ? "1" : "");
  add(out, std::to_string(request.arguments.size()));
  for (const std::string& argument : request.arguments) add(out, argument);
  return out;
}

std::optional<ClangRequest> read_request(std::string_view bytes) {
  if (!bytes.starts_with(kMark)) return std::nullopt;
  bytes.remove_prefix(kMark.size());
  ClangRequest request;
  std::string database, count;
  if (!take(bytes, request.root) || !take(bytes, request.path) || !take(bytes, request.text) ||
      !take(bytes, request.through) || !take(bytes, database) || !take(bytes, count))
    return std::nullopt;
  request.has_database = !database.empty();
  while (!bytes.empty())
    if (!take(bytes, request.arguments.emplace_back())) return std::nullopt;
  if (std::to_string(request.arguments.size()) != count) return std::nullopt;
  return request;
}

}  // namespace fnlint
