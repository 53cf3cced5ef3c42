#include "checks/code_calls.h"

#include "checks/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <utility>

namespace fnlint {

void place_call(const LambdaFunction& function, const CodeCall& call, std::string what,
                Finding& finding) {
  finding.where = call.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', call.name);
  add_path_from(function, call.path, finding);
  finding.flow.push_back({call.where, std::move(what)});
}

ValueId argument_of(const ValuePool& pool, ValueId arguments, std::string_view selector) {
  if (!arguments.exists()) return {};
  for (const std::string_view one : split(selector, '|')) {
    ValueId at = arguments;
    for (const std::string_view part : split(one, '.'))
      if (at.exists()) at = entry_of(pool, at, part);
    if (at.exists() && pool[at].kind != ValueKind::Absent) return at;
  }
  return {};
}

}  // namespace fnlint
