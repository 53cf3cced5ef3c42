// A number outside of what Lambda accepts: the deployment fails, often minutes after it began.

#include "checks/limits/rules.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "tables/quotas.h"

#include <charconv>

namespace fnlint {

namespace {

struct Written {
  double number = 0;
  bool whole = false;
};

std::optional<Written> number_of(const ValuePool& pool, ValueId value) {
  if (const auto integer = as_integer(pool, value))
    return Written{static_cast<double>(*integer), true};
  if (!pool.is(value, ValueKind::Number) && !pool.is(value, ValueKind::Text)) return std::nullopt;
  const std::string_view text = trim(pool.text(value));
  Written written;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), written.number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return written;
}

void compare(const Project& project, const DeclaredFunction& function, const NumberRange& range,
             PlacedFindings& findings) {
  const ValuePool& pool = *project.pool;
  const Property* property = property_of(project, function.resource, range.path);
  if (property == nullptr) return;
  const bool managed = range.managed.has_value() &&
                       is_set(project, function.resource, "CapacityProviderConfig") != Answer::No;
  const std::int64_t most = managed ? *range.managed : range.most;
  const auto is_outside = [&](ValueId value) {
    const std::optional<Written> written = number_of(pool, value);
    return written && (!written->whole || written->number < static_cast<double>(range.least) ||
                       written->number > static_cast<double>(most));
  };
  const auto wrong = wrong_case(cases_of(pool, property->value), is_outside);
  if (!wrong) return;
  Finding finding;
  finding.rule = range.rule;
  finding.confidence = confidence_of(wrong->evidence);
  finding.function = name_of(project, function.resource);
  finding.message =
      cat("The ", range.words, " of '", finding.function, "' is ", trim(pool.text(wrong->value)),
          ' ', range.unit, "; Lambda allows ", range.least, " to ", most, ' ', range.unit,
          number_of(pool, wrong->value)->whole ? "." : ", in whole numbers.");
  finding.where = anchor_of(*property);
  finding.identity = cat(finding.function, ':', range.path);
  findings.add(function.resource, *property, std::move(finding));
}

}  // namespace

void limits_number(const Project& project, const Settings&, Findings& out) {
  PlacedFindings findings(project);
  for (const DeclaredFunction& function : project.stacks.functions)
    for (const NumberRange& range : number_ranges()) compare(project, function, range, findings);
  findings.move_to(out);
}

}  // namespace fnlint
