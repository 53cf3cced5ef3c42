// What a call sends has at least the size of its known parts: above what the service takes, the
// call always fails.

#include "checks/limits/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/invocation_type.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/quotas.h"
#include "values/size.h"

#include <algorithm>

namespace fnlint {

namespace {

std::uint64_t bytes_below(const ValuePool& pool, ValueId value, std::string_view path) {
  if (!value.exists()) return 0;
  if (path.empty()) return least_bytes(pool, value);
  if (path.starts_with("[]")) {
    path.remove_prefix(path.starts_with("[].") ? 3 : 2);
    std::uint64_t sum = 0;
    if (pool.is(value, ValueKind::List))
      for (const ValueId one : pool.operands(value)) sum += bytes_below(pool, one, path);
    return sum;
  }
  const std::size_t end = std::min({path.find('.'), path.find("[]"), path.size()});
  const std::string_view rest = path.substr(end);
  if (!pool.is(value, ValueKind::Record)) return 0;
  return bytes_below(pool, entry_of(pool, value, path.substr(0, end)),
                     rest.starts_with('.') ? rest.substr(1) : rest);
}

bool holds(const ValuePool& pool, const PayloadLimit& limit, const Effect& effect) {
  if (operations()[effect.operation].id != limit.operation || !effect.arguments.exists())
    return false;
  if (limit.when.empty()) return true;
  if (!pool.is(effect.arguments, ValueKind::Record)) return false;
  return invocation_type(pool, effect.arguments) == lower(limit.when);
}

void check(const Project& project, const LambdaFunction& function, const Effect& effect,
           Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const PayloadLimit& limit : payload_limits()) {
    if (!holds(pool, limit, effect)) continue;
    const std::uint64_t size = bytes_below(pool, effect.arguments, limit.member);
    if (size <= static_cast<std::uint64_t>(limit.most)) continue;
    findings.push_back(
        FindingBuilder("limits-payload", effect.uncertainty & ~(kUncertain | kConditional))
            .about(function)
            .at(effect.where)
            .says("This sends ", size, " bytes or more as ", limit.member, " of ", limit.operation,
                  ", which accepts at most ", limit.most, ": the call always fails.")
            .identified(function.name, ' ', limit.operation)
            .with_steps(effect.path));
    return;
  }
}

}  // namespace

void limits_payload(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) check(project, function, effect, findings);
}

}  // namespace fnlint
