// The HTTP methods and paths under which an API invokes a function.
#pragma once

#include "values/pool.h"

#include <map>
#include <string>
#include <vector>

namespace fnlint {

// What an API calls a function for.
struct RequestRoute {
  std::string method = {};  // in capitals; empty: any
  std::string path = {};    // empty: not known
};

// The routes that triggers stand for, as templates say them.
class RequestRoutes {
 public:
  RequestRoutes(const ValuePool& pool, const Stacks& stacks);
  // Of a trigger; none: not known.
  [[nodiscard]] std::vector<RequestRoute> of(const Relation& trigger) const;

 private:
  [[nodiscard]] std::vector<RequestRoute> own_route(const Relation& trigger) const;
  [[nodiscard]] std::vector<RequestRoute> of_method(ResourceId method) const;
  [[nodiscard]] std::string path_of(ResourceId resource, int depth) const;

  const ValuePool& pool_;
  const Stacks& stacks_;
  // Of routes of HTTP APIs, by what they lead to.
  std::map<ResourceId, std::vector<RequestRoute>> by_integration_ = {};
};

}  // namespace fnlint
