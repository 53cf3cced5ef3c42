// A function knows which region it runs in. A region that is written into the code is right until
// the stack is deployed anywhere else.

#include "checks/config/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// Services that are asked there whatever the region is, and models that are only there.
constexpr std::string_view kCentral = "us-east-1";

bool names_region(std::string_view name) {
  std::string plain;
  for (const char c : lower(name))
    if (c != '_') plain += c;
  return plain == "region" || plain == "regionname" || plain == "regionendpoint" ||
         plain == "withregion";
}

// "EUWest1" as "eu-west-1".
std::string with_dashes(std::string_view name) {
  static const RE2 kWords("^([A-Z]{2})(?:(Gov)Cloud|(Iso[a-f]?))?((?:[A-Z][a-z]+)+?)([0-9])$");
  std::string area, gov, iso, side, number;
  if (!RE2::FullMatch(name, kWords, &area, &gov, &iso, &side, &number)) return {};
  const std::string part = cat(gov, iso);
  return lower(cat(area, '-', part.empty() ? "" : cat(part, "-"), side, '-', number));
}

// "eu-west-1", also of a constant of the SDK: `Region.EU_WEST_1`, `RegionEndpoint.EUWest1`; empty:
// it is none.
std::string region_in(const ValuePool& pool, ValueId value) {
  static const RE2 kRegion("[a-z]{2}(-[a-z]+)+-[0-9]");
  std::string text;
  if (pool[value].uncertainty != 0) return text;  // a default of what a deployment sets
  if (const auto literal = as_text(pool, value))
    text = std::string(*literal);
  else if (pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Library) {
    const std::string_view name = pool.text(value).substr(pool.text(value).rfind('.') + 1);
    text = with_dashes(name);
    if (text.empty()) text = replace_all(lower(name), "_", "-");
  }
  return RE2::FullMatch(text, kRegion) ? text : std::string();
}

// A constant of a class of regions: "Amazon.RegionEndpoint.EUWest1".
bool is_region_constant(const ValuePool& pool, ValueId id) {
  if (!pool.is(id, ValueKind::Hole) || pool[id].origin != Origin::Library) return false;
  const std::string_view path = pool.text(id);
  const std::string_view of = path.substr(0, std::min(path.rfind('.'), path.size()));
  return of.substr(of.rfind('.') + 1).starts_with("Region");
}

// Of what a client is made with; empty: none is written there.
std::string region_of(const ValuePool& pool, ValueId arguments) {
  std::string found;
  if (!arguments.exists()) return found;
  for_each_below(pool, arguments, [&](ValueId id) {
    if (found.empty() && is_region_constant(pool, id)) found = region_in(pool, id);
    if (!pool.is(id, ValueKind::Record)) return;
    for (std::size_t i = 0; i < pool.names(id).size(); ++i)
      if (names_region(pool[pool.names(id)[i]]) && found.empty())
        found = region_in(pool, pool.operands(id)[i]);
  });
  return found;
}

// The region by its place among the arguments, where the row of what makes the client has it.
std::string region_by_place(const ValuePool& pool, const CodeCall& call) {
  constexpr std::string_view kRegion = "region=";
  if (call.library == UINT32_MAX || !call.arguments.exists()) return {};
  const std::string_view tells = library_models()[call.library].tells;
  if (!tells.starts_with(kRegion)) return {};
  const ValueId given = argument_of(pool, call.arguments, tells.substr(kRegion.size()));
  return given.exists() ? region_in(pool, given) : std::string();
}

bool is_client(const ValuePool& pool, const CodeCall& call) {
  const LibraryClass kind =
      call.library != UINT32_MAX ? library_models()[call.library].kind : class_of(pool, call.value);
  return kind == LibraryClass::Client || kind == LibraryClass::Session;
}

// What the template gives the function by a variable is written there, and not in the code.
bool is_of_environment(const Project& project, const LambdaFunction& function,
                       std::string_view region) {
  const auto rows = properties_below(project, function.resource, "Environment.Variables");
  return std::ranges::any_of(rows, [&](const NamedProperty& row) {
    return as_text(*project.pool, row.property->value) == region;
  });
}

struct FixedClient {
  const CodeCall* call = nullptr;
  std::string region = {};
};

void check_regions(const Project& project, const LambdaFunction& function, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::vector<FixedClient> clients;
  std::set<std::string> regions;
  for (const std::vector<CodeCall>* const list : {&function.made_at_init, &function.made})
    for (const CodeCall& call : *list) {
      if (!is_client(pool, call)) continue;
      std::string region = region_of(pool, call.arguments);
      if (region.empty()) region = region_by_place(pool, call);
      if (region.empty()) region = region_of(pool, call.value);
      if (region.empty() || is_of_environment(project, function, region)) continue;
      regions.insert(region);
      clients.push_back({&call, std::move(region)});
    }
  if (regions.size() != 1 || regions.contains(std::string(kCentral))) return;  // each has its work
  std::set<Span> told;
  for (const FixedClient& one : clients) {
    if (!told.insert(one.call->where).second) continue;
    findings.push_back(FindingBuilder("config-hardcoded-region", one.call->uncertainty)
                           .at_call(function, *one.call, "The client is made here.")
                           .says("'", one.call->name, "' is tied to ", one.region,
                                 ": deployed to another region, the function still works there. "
                                 "Without the argument, the SDK takes the function's own.")
                           .caused_by({.key = one.region, .apart = 1}));
  }
}

}  // namespace

void config_hardcoded_region(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions)
    check_regions(project, function, findings);
}

}  // namespace fnlint
