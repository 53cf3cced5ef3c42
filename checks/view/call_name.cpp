// Shortens a library's path to the name that stands in the code; operations keep the API's name.

#include "checks/view/call_name.h"

#include "tables/models.h"

#include <string_view>

namespace fnlint {

namespace {

// "HttpClient.send" of "java.net.http.HttpClient().send": without the package of what it is asked
// of.
std::string short_name(std::string_view path) {
  const std::size_t object = path.find("()");
  const std::size_t package =
      object == path.npos ? path.rfind('/') : path.substr(0, object).find_last_of("./");
  if (package != path.npos) path.remove_prefix(package + 1);
  std::string name;
  for (const char c : path)
    if (c != '(' && c != ')') name += c;
  return name;
}

}  // namespace

std::string call_name(std::uint32_t operation, std::uint32_t library) {
  const Operation& called = operations()[operation];
  const bool by_library = is_request(called) && library != UINT32_MAX;
  const std::string_view path = by_library ? library_models()[library].path : std::string_view();
  return path.empty() || path.starts_with('*') ? std::string(called.id) : short_name(path);
}

std::string call_name(const Effect& effect) { return call_name(effect.operation, effect.library); }

}  // namespace fnlint
