// A runtime that its maker has left gets no security fixes, and from the announced dates on no
// function can be created or updated with it: the fix of a bug must then wait for the upgrade.

#include "checks/runtime/broken_by_move.h"
#include "checks/runtime/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/fixes.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/package.h"
#include "tables/tables.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

std::string label_of(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string_view successor_of(const Runtime& runtime) {
  std::string_view next = runtime.successor;
  if (next.empty())
    for (const Runtime& other : runtimes())
      if (other.language == runtime.language && !other.preview && !other.image_only &&
          !other.deprecated)
        next = other.id;
  return next;
}

std::string successor_words(const Runtime& runtime) {
  const std::string_view next = successor_of(runtime);
  if (next.empty()) return {};
  return cat(" Move to ", next, runtime.move.empty() ? "" : ". ", runtime.move, ".");
}

// Creation and updates: which are blocked, and which will be.
std::string block_words(const Runtime& runtime, Day today) {
  const auto words = [&](std::string_view what, std::optional<Day> day) {
    if (!day) return std::string();
    return cat(" ", what, *day <= today ? " has been blocked since " : " will be blocked from ",
               label_of(*day), ".");
  };
  return words("Creating functions", runtime.block_create) +
         words("Updating existing ones", runtime.block_update);
}

// "nodejs22.x": of which family, by what stands before and after the version, and which version.
struct Version {
  std::string_view family = {}, suffix = {};
  int major = 0, minor = -1;  // -1: its versions have none
};

std::optional<Version> version_of(std::string_view id) {
  const auto digits = [&id] {
    int number = 0;
    while (!id.empty() && id.front() >= '0' && id.front() <= '9' && number < 1000) {
      number = number * 10 + (id.front() - '0');
      id.remove_prefix(1);
    }
    return number;
  };
  const std::size_t begin = id.find_first_of("0123456789");
  if (begin == std::string_view::npos || begin == 0) return std::nullopt;
  Version version{.family = id.substr(0, begin)};
  id.remove_prefix(begin);
  version.major = digits();
  if (id.size() > 1 && id[0] == '.' && id[1] >= '0' && id[1] <= '9') {
    id.remove_prefix(1);
    version.minor = digits();
  }
  version.suffix = id;
  return version;
}

// What may have come since the facts were compared: a version a little after the newest that they
// have of its family.
bool may_be_newer(std::string_view id) {
  constexpr int kMajors = 4, kMinors = 2;
  const std::optional<Version> asked = version_of(id);
  if (!asked) return false;
  std::optional<Version> newest;
  for (const Runtime& row : runtimes()) {
    const std::optional<Version> known = version_of(row.id);
    if (row.image_only || !known || known->family != asked->family ||
        known->suffix != asked->suffix || (known->minor < 0) != (asked->minor < 0))
      continue;
    if (!newest || std::pair(known->major, known->minor) > std::pair(newest->major, newest->minor))
      newest = known;
  }
  if (!newest) return false;
  if (asked->major == newest->major)
    return asked->minor > newest->minor && asked->minor - newest->minor <= kMinors;
  return asked->minor <= 0 && asked->major > newest->major &&
         asked->major - newest->major <= (asked->minor < 0 ? kMajors : 1);
}

// Something that another tool puts a runtime in the place of: "RUNTIME", "<runtime>", "@@runtime".
bool is_placeholder(std::string_view id) {
  return id.find_first_of("<>{}%$@#") != std::string_view::npos ||
         std::ranges::none_of(
             id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

// A name like no other: in a service it is a plugin's, which puts a real one in its place.
bool is_of_a_plugin(const Project& project, const DeclaredFunction& function, std::string_view id,
                    std::string_view near) {
  const std::uint32_t scope = project.stacks[function.resource].scope;
  if (static_cast<TemplateDialect>(project.stacks.scopes[scope].dialect) !=
          TemplateDialect::ServerlessFramework ||
      !near.empty())
    return false;
  const std::optional<Version> asked = version_of(id);
  return !asked || std::ranges::none_of(runtimes(), [&](const Runtime& row) {
    const std::optional<Version> known = version_of(row.id);
    return known && known->family == asked->family;
  });
}

std::optional<FindingBuilder> judge(const Project& project, const DeclaredFunction& function,
                                    std::string_view id, const Settings& settings) {
  const Runtime* runtime = find_runtime(id);
  if (runtime == nullptr) {
    std::vector<std::string_view> ids;
    for (const Runtime& row : runtimes())  // an ended one is no advice
      if (!row.image_only && !row.preview && (!row.deprecated || *row.deprecated > settings.today))
        ids.push_back(row.id);
    if (is_placeholder(id)) return std::nullopt;
    if (may_be_newer(id))
      return FindingBuilder("runtime-unknown")
          .grade(Severity::Note)
          .says("The runtime '", id, "' is not in fnlint's list of runtimes of ",
                label_of(runtimes_as_of()), "; it may be newer.");
    const std::string_view newest = newest_of_family(id, ids);
    const std::string_view near = newest.empty() ? nearest(id, ids) : newest;
    if (is_of_a_plugin(project, function, id, near)) return std::nullopt;
    return FindingBuilder("runtime-unknown")
        .says("There is no runtime '", id, "'",
              near.empty() ? "." : cat("; did you mean '", near, "'?"));
  }
  if (!runtime->deprecated) return std::nullopt;
  const Day today = settings.today;
  if (*runtime->deprecated <= today) {
    const bool blocked = runtime->block_create && *runtime->block_create <= today;
    return FindingBuilder("runtime-deprecated")
        .grade(blocked ? Severity::Error : Severity::Warning)
        .says("The runtime ", id, " has been deprecated since ", label_of(*runtime->deprecated),
              ".", block_words(*runtime, today), successor_words(*runtime));
  }
  if (*runtime->deprecated - today > settings.runtime_soon_days) return std::nullopt;
  return FindingBuilder("runtime-deprecating-soon")
      .says("The runtime ", id, " will be deprecated on ", label_of(*runtime->deprecated), ", in ",
            *runtime->deprecated - today, " days.", block_words(*runtime, today),
            successor_words(*runtime));
}

void add_new(std::vector<PlacedText>& all, PlacedText one) {
  const bool is_new = std::ranges::none_of(all, [&](const PlacedText& other) {
    return other.where == one.where && other.message == one.message;
  });
  if (is_new) all.push_back(std::move(one));
}

// By where their runtime stands: Globals give one to many.
using RuntimeUsers = std::map<Span, std::vector<const LambdaFunction*>>;

RuntimeUsers runtime_users(const Project& project) {
  RuntimeUsers users;
  for (const LambdaFunction& function : project.functions)
    if (const Property* const own = property_of(project, function.resource, "Runtime");
        own != nullptr)
      users[own->where].push_back(&function);
  return users;
}

// What the code of the functions that have their runtime there loses by the move.
void add_broken(const RuntimeUsers& users, const Property& property, const Runtime& runtime,
                FindingBuilder& finding) {
  constexpr std::size_t kMost = 4;
  const auto found = users.find(property.where);
  if (found == users.end()) return;
  const std::string_view next = successor_of(runtime);
  std::vector<PlacedText> broken;
  for (const LambdaFunction* const function : found->second)
    for (PlacedText& place : broken_by_move(*function, runtime.id, next))
      add_new(broken, std::move(place));
  if (broken.empty()) return;
  finding.adds(" The code does not run there as it is: ", broken.size(),
               broken.size() == 1 ? " use is" : " uses are", " of what it lacks.");
  if (broken.size() > kMost) broken.resize(kMost);
  for (PlacedText& place : broken) finding.related(std::move(place));
}

void check_function(const Project& project, const RuntimeUsers& users,
                    const DeclaredFunction& function, const Settings& settings,
                    Findings& findings) {
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
    std::optional<FindingBuilder> finding = judge(project, function, *id, settings);
    if (!finding) continue;
    std::uint8_t uncertainty = static_cast<std::uint8_t>(value.uncertainty | pool[one].uncertainty);
    if (alternatives.size() > 1)
      uncertainty |= (value.uncertainty & kOverridable) != 0 ? kUncertain : kConditional;
    const std::string name = name_of(project, function.resource);
    finding->with(uncertainty)
        .about(name)
        .at(*property)
        .identified(property->inherited ? std::string("Globals") : name, ':', *id)
        .given_at(*property)
        .caused_by({.key = std::string(*id), .subject = name, .apart = 5});
    if (const Runtime* runtime = find_runtime(*id); runtime != nullptr) {
      finding->fix(replacement_of(property->where, *id, successor_of(*runtime), FixSafety::Unsafe));
      add_broken(users, *property, *runtime, *finding);
    }
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
  findings.push_back(FindingBuilder(ended ? "runtime-deprecated" : "runtime-deprecating-soon")
                         .about(function)
                         .at(function.package->image.where)
                         .says("The base image's runtime ", runtime->id,
                               ended ? " has been deprecated since " : " will be deprecated on ",
                               label_of(*runtime->deprecated), "; its images get no fixes",
                               ended ? "." : " then.", successor_words(*runtime))
                         .identified(function.name, ":image:", runtime->id)
                         .grade(Severity::Warning));
}

// One block of a module stands for several calls: each of its findings names where all of them give
// this runtime.
void share_given(Findings& findings) {
  std::map<std::pair<Span, std::string>, std::vector<PlacedText>> given;
  const auto key_of = [](const Finding& one) { return std::pair(one.where, one.cause.key); };
  for (const Finding& finding : findings)
    for (const PlacedText& one : finding.related) add_new(given[key_of(finding)], one);
  for (Finding& finding : findings)
    if (const auto all = given.find(key_of(finding)); all != given.end())
      finding.related = all->second;
}

}  // namespace

void runtime_lifecycle(const Project& project, const Settings& settings, Findings& findings) {
  const RuntimeUsers users = runtime_users(project);
  Findings declared;
  for (const DeclaredFunction& function : project.stacks.functions)
    check_function(project, users, function, settings, declared);
  share_given(declared);
  std::ranges::move(declared, std::back_inserter(findings));
  for (const LambdaFunction& function : project.functions)
    if (project.stacks.functions[function.declared].image)
      check_image(function, settings, findings);
}

}  // namespace fnlint
