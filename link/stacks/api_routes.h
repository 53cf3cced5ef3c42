// Collects routes to find those that are declared twice.
#pragma once

#include "link/stacks/stack_build.h"

#include <string>
#include <string_view>

namespace fnlint::stacks {

// A method and path of an API, as one of its resources says.
struct Route {
  std::string words = {};  // "GET /users/{id}"
  ResourceId resource = {};
  GuardId when = {};
  Span where = {};
};

// A route of the API that `api` names. In paths of REST APIs the names of parameters do not count.
// Where the API has that route already, both are told.
void note_route(LinkContext& build, ValueId api, std::string_view method, std::string_view path,
                bool rest, Route route);

}  // namespace fnlint::stacks
