// For findings about untrusted input: which stranger controls this part of the event?
#pragma once

#include "checks/view/project_view.h"
#include "tables/events.h"
#include "values/request_routes.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// Who may write a field of a function's event, as its triggers say.
struct EventWriter {
  std::string field = {};  // "'title' of the body of POST /notes"
  std::string who = {};    // "anyone who can call it"
  std::uint8_t uncertainty = 0;
  const Relation* trigger = nullptr;  // null: none is known
};

class EventWriters {
 public:
  explicit EventWriters(const Project& project)
      : project_(project), relations_(project.stacks), routes_(*project.pool, project.stacks) {}
  // Of the field at a path below the event; nothing: AWS writes it.
  [[nodiscard]] std::optional<EventWriter> of(const LambdaFunction& function,
                                              std::string_view path) const;
  // Whether what it brings is a request that somebody makes, with what says who that is.
  [[nodiscard]] bool is_request(const Relation& trigger) const;

 private:
  [[nodiscard]] std::optional<EventWriter> by_trigger(const Relation& trigger,
                                                      std::string_view path) const;
  [[nodiscard]] std::string route_of(const Relation& trigger) const;

  const Project& project_;
  RelationsTo relations_;
  RequestRoutes routes_;
};

}  // namespace fnlint
