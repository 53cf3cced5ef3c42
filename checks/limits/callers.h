// For timeouts: who is blocked while a function runs, and when does each of them give up?
#pragma once

#include "checks/view/project_view.h"
#include "values/relations_to.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// How long somebody waits. No number: for ever, or not known.
struct TimeLimit {
  std::optional<std::int64_t> ms = {};
  std::uint8_t uncertainty = 0;
  std::string words = {};
  Span where = {};
};

// Who waits for a function's answer; empty where something does not wait, or is not known.
class Callers {
 public:
  explicit Callers(const Project& project);
  // Code that was not read, or a call whose target is not known, may invoke a function without
  // waiting for it.
  [[nodiscard]] bool may_be_others() const;
  [[nodiscard]] std::vector<TimeLimit> waiting_for(ResourceId function) const;
  // The same without its function URL, which waits as long as the function runs.
  [[nodiscard]] std::vector<TimeLimit> waiting_beside_url(ResourceId function) const;

 private:
  [[nodiscard]] std::vector<TimeLimit> limits_of(ResourceId function, bool with_url) const;
  [[nodiscard]] bool may_invoke(ResourceId role) const;
  [[nodiscard]] TimeLimit limit_of_call(const LambdaFunction& caller, const Effect& effect) const;

  const Project& project_;
  RelationsTo relations_;
  std::multimap<std::uint32_t, std::pair<const LambdaFunction*, const Effect*>> calls_;
};

}  // namespace fnlint
