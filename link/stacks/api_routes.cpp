// The routes of all APIs, whichever tool's words they are declared in: what stands twice is told.
#include "link/stacks/api_routes.h"

#include "core/text.h"
#include "link/stacks/stack_faults.h"

#include <array>
#include <map>
#include <vector>

namespace fnlint::stacks {

struct ApiRoutes {
  std::map<std::string, std::vector<Route>> rows = {};  // by API, method and normal path
};

namespace {

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// "users/{id}" as "users/{}"; "{proxy+}" stays another one.
std::string without_names(std::string_view path) {
  std::string out;
  bool inside = false;
  for (const char c : path) {
    if (c == '}') inside = false;
    if (!inside || c == '+') out += c;
    if (c == '{') inside = true;
  }
  return out;
}

constexpr std::array<std::string_view, 9> kMethods{"",        "ANY",   "DELETE", "GET", "HEAD",
                                                   "OPTIONS", "PATCH", "POST",   "PUT"};

// An event without its method is told elsewhere.
void judge_method(LinkContext& build, std::string_view method, const Route& route) {
  if (is_one_of(kMethods, method)) return;
  const bool sure = build.pool.always(route.when);
  add_fault(
      build,
      {.kind = TemplateFaultKind::Refused,
       .uncertainty = sure ? std::uint8_t{0} : std::uint8_t{kConditional},
       .resource = route.resource,
       .what = cat("the route '", route.words, "' has a method that API Gateway does not know; ",
                   "accepted are GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS and ANY"),
       .where = route.where});
}

}  // namespace

void note_route(LinkContext& build, ValueId api, std::string_view method, std::string_view path,
                bool rest, Route route) {
  if (build.superseded(route.resource)) return;
  const std::string word = method == "*" || method == "x-amazon-apigateway-any-method"
                               ? std::string("ANY")
                               : upper_case(method);
  while (path.starts_with('/')) path.remove_prefix(1);
  route.words = cat(word, word.empty() ? "" : " ", "/", path);
  judge_method(build, word, route);
  const std::string key = cat(build.pool.plain(api).index, '\n', word, '\n',
                              rest ? without_names(path) : std::string(path));
  std::vector<Route>& routes = build.routes->rows[key];
  for (const Route& other : routes) {
    if (other.where == route.where && other.resource == route.resource) return;
    const auto both = build.pool.both(other.when, route.when);
    if (!both) continue;
    const bool sure = build.pool.always(*both) && !build.pool.symbolic(api);
    add_fault(build, {.kind = TemplateFaultKind::RouteTwice,
                      .uncertainty = sure ? std::uint8_t{0} : std::uint8_t{kConditional},
                      .resource = route.resource,
                      .what = route.words,
                      .where = route.where,
                      .other = other.where});
    break;
  }
  routes.push_back(std::move(route));
}

}  // namespace fnlint::stacks
