// A runtime that its maker has left gets no security fixes, and from the announced dates on no
// function can be created or updated with it: the fix of a bug must then wait for the upgrade.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "model/package.h"
#include "tables/tables.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <chrono>
#include <optional>

namespace fnlint {

namespace {

std::string words_of(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string successor_words(const Runtime& runtime) {
  std::string_view next = runtime.successor;
  if (next.empty())
    for (const Runtime& other : runtimes())
      if (other.language == runtime.language && !other.preview && !other.image_only &&
          !other.deprecated)
        next = other.id;
  return next.empty() ? std::string() : cat(" Move to ", next, ".");
}

// Creation and updates: which are blocked, and which will be.
std::string block_words(const Runtime& runtime, Day today) {
  const auto words = [&](std::string_view what, std::optional<Day> day) {
    if (!day) return std::string();
    return cat(" ", what, *day <= today ? " has been blocked since " : " will be blocked from ",
               words_of(*day), ".");
  };
  return words("Creating functions", runtime.block_create) +
         words("Updating them", runtime.block_update);
}

std::optional<Finding> judge(std::string_view id, const Settings& settings) {
  Finding finding;
  const Runtime* runtime = find_runtime(id);
  if (runtime == nullptr) {
    std::vector<std::string_view> ids;
    for (const Runtime& row : runtimes())  // an ended one is no advice
      if (!row.image_only && !row.preview && (!row.deprecated || *row.deprecated > settings.today))
        ids.push_back(row.id);
    const std::string_view near = nearest(id, ids);
    finding.rule = "runtime-unknown";
    finding.message = cat("There is no runtime '", id, "'",
                          near.empty() ? "." : cat("; did you mean '", near, "'?"));
    return finding;
  }
  if (!runtime->deprecated) return std::nullopt;
  const Day today = settings.today;
  if (*runtime->deprecated <= today) {
    finding.rule = "runtime-deprecated";
    const bool blocked = runtime->block_create && *runtime->block_create <= today;
    finding.severity = blocked ? Severity::Error : Severity::Warning;
    finding.message =
        cat("The runtime ", id, " has been deprecated since ", words_of(*runtime->deprecated), ".",
            block_words(*runtime, today), successor_words(*runtime));
    return finding;
  }
  if (*runtime->deprecated - today > settings.runtime_soon_days) return std::nullopt;
  finding.rule = "runtime-deprecating-soon";
  finding.message = cat("The runtime ", id, " will be deprecated on ",
                        words_of(*runtime->deprecated), ", in ", *runtime->deprecated - today,
                        " days.", block_words(*runtime, today), successor_words(*runtime));
  return finding;
}

void check_function(const Project& project, const DeclaredFunction& function,
                    const Settings& settings, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const Property* property = property_of(project, function.resource, "Runtime");
  if (property == nullptr || function.image) return;
  const Value& value = pool[property->value];
  std::vector<ValueId> alternatives{property->value};
  if (value.kind == ValueKind::OneOf)
    alternatives.assign(pool.operands(property->value).begin(),
                        pool.operands(property->value).end());
  for (const ValueId one : alternatives) {
    const std::optional<std::string_view> id = as_text(pool, one);
    if (!id || id->empty() || *id == "custom") continue;
    std::optional<Finding> finding = judge(*id, settings);
    if (!finding) continue;
    std::uint8_t evidence = static_cast<std::uint8_t>(value.evidence | pool[one].evidence);
    if (alternatives.size() > 1)
      evidence |= (value.evidence & kOverridable) != 0 ? kUncertain : kConditional;
    finding->confidence = confidence_of(evidence);
    finding->where = anchor_of(*property);
    finding->function = name_of(project, function.resource);
    finding->identity =
        cat(property->inherited ? std::string("Globals") : finding->function, ':', *id);
    findings.push_back(std::move(*finding));
  }
}

// Nothing blocks a function on an image: but its base gets no fixes any more.
void check_image(const LambdaFunction& function, const Settings& settings, Findings& findings) {
  if (!function.package || function.package->image.runtime.empty()) return;
  const Runtime* runtime = find_runtime(function.package->image.runtime);
  if (runtime == nullptr || !runtime->deprecated) return;
  const Day today = settings.today;
  const bool ended = *runtime->deprecated <= today;
  if (!ended && *runtime->deprecated - today > settings.runtime_soon_days) return;
  Finding finding;
  finding.rule = ended ? "runtime-deprecated" : "runtime-deprecating-soon";
  finding.severity = Severity::Warning;
  finding.function = function.name;
  finding.message = cat("The base image's runtime ", runtime->id,
                        ended ? " has been deprecated since " : " will be deprecated on ",
                        words_of(*runtime->deprecated), "; its images get no fixes",
                        ended ? "." : " then.", successor_words(*runtime));
  finding.where = function.package->image.where;
  finding.identity = cat(function.name, ":image:", runtime->id);
  findings.push_back(std::move(finding));
}

}  // namespace

void runtime_lifecycle(const Project& project, const Settings& settings, Findings& findings) {
  for (const DeclaredFunction& function : project.stacks.functions)
    check_function(project, function, settings, findings);
  for (const LambdaFunction& function : project.functions)
    if (project.stacks.functions[function.declared].image)
      check_image(function, settings, findings);
}

}  // namespace fnlint
