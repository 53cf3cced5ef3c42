// Compares the versions in which each language feature and library exists with the runtime before
// and after the move.

#include "checks/runtime/broken_by_move.h"

#include "core/text.h"
#include "tables/languages.h"

namespace fnlint {

bool is_refused_for_callback(const LambdaFunction& function, const std::vector<int>& version) {
  constexpr std::size_t kWithCallback = 3;
  const HandlerContract* const form = find_handler_contract(function.language);
  if (form == nullptr || form->callbacks_until.empty() || is_before(version, form->callbacks_until))
    return false;
  const CalledFunction& row = function.called;
  return row.known && row.parameters.size() >= kWithCallback && (row.flags & kAsync) == 0;
}

std::vector<PlacedText> broken_by_move(const LambdaFunction& function, std::string_view from,
                                       std::string_view to) {
  std::vector<PlacedText> broken;
  const std::vector<int> now = version_of_runtime(from), then = version_of_runtime(to);
  if (now.empty() || then.empty()) return broken;
  for (const VersionUse& use : function.versions) {
    const bool goes = !use.until.empty() && !use.target && is_before(now, use.until) &&
                      !is_before(then, use.until);
    if (!goes) continue;
    std::string words =
        use.package ? cat(to, " does not include '", use.name, "', and neither does the function.")
                    : cat(to, " does not have '", use.name, "'.");
    if (!use.remedy.empty()) words += cat(' ', use.remedy);
    broken.push_back({use.where, std::move(words)});
  }
  if (is_refused_for_callback(function, then) && !is_refused_for_callback(function, now))
    broken.push_back(
        {function.handler_where,
         cat(to, " refuses a handler that takes a callback: it must return a promise.")});
  return broken;
}

}  // namespace fnlint
