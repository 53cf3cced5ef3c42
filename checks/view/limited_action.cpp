// Expands an action pattern over IAM's lists of actions and their resource types.

#include "checks/view/limited_action.h"

#include "core/glob.h"
#include "core/text.h"
#include "tables/iam_actions.h"
#include "tables/known.h"
#include "values/actions.h"

#include <algorithm>
#include <string>
#include <vector>

namespace fnlint {

namespace {

bool has_resources(std::string_view prefix, std::string_view name) {
  const auto is_done_to_one = [&](const IamResources& row) {
    return row.prefix == prefix && !row.arn.starts_with('?') && lists_action(row.actions, name);
  };
  return std::ranges::any_of(iam_resources(), is_done_to_one) ||
         std::ranges::any_of(further_iam_resources(), is_done_to_one) ||
         std::ranges::any_of(known::limited_all_the_same(), [&](std::string_view pattern) {
           return matches_ignoring_case(pattern, cat(prefix, ':', name));
         });
}

bool is_needed_everywhere(std::string_view action) {
  return std::ranges::any_of(known::needed_everywhere(), [&](std::string_view one) {
    return matches_ignoring_case(one, action);
  });
}

}  // namespace

bool can_be_limited(std::string_view action) {
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string prefix = lower(action.substr(0, colon));
  const std::string_view pattern = action.substr(colon + 1);
  const IamService* const service = find_iam_service(prefix);
  if (service == nullptr) return false;
  std::size_t meant = 0, limited = 0;
  for (const std::string_view name : split(service->actions, ' ')) {
    if (!matches_ignoring_case(pattern, name)) continue;
    if (is_needed_everywhere(cat(prefix, ':', name))) return false;
    ++meant;
    if (has_resources(prefix, name)) ++limited;
  }
  return limited * 2 > meant;
}

bool is_on_all_of_kind(std::string_view action, std::string_view beginning,
                       std::string_view ending) {
  const std::string plain = lower(action);
  const std::string_view service = std::string_view(plain).substr(0, plain.find(':'));
  const std::vector<std::string_view> parts = split(beginning, ':');
  if (parts.size() > 3 && parts[0] == "arn" && parts[2] != service) return false;
  const auto is_begun = [&](std::string_view one) {
    const std::string begins = lower(one);
    return plain.starts_with(begins) || plain == cat(begins.substr(0, begins.find(':')), ":*");
  };
  return std::ranges::any_of(iam_kinds(), [&](const IamKind& kind) {
    return std::ranges::any_of(kind.all,
                               [&](std::string_view all) { return ending.ends_with(all); }) &&
           std::ranges::any_of(kind.actions, is_begun);
  });
}

}  // namespace fnlint
