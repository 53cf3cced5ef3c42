// Old outputs of builds: what their source surely says of a function, and they do not.
#include "link/templates/outdated_outputs.h"

#include "core/text.h"
#include "link/serverless/serverless.h"
#include "link/templates/duplicate_definitions.h"
#include "values/compute.h"
#include "values/environment_block.h"
#include "values/properties.h"

#include <algorithm>
#include <optional>
#include <set>

namespace fnlint::stacks {

namespace {

const Property* property_of(const LinkContext& build, ResourceId id, std::string_view path) {
  return find_property(build.pool, build.stacks, id, path);
}

// What is written, whatever a deployment chooses; nothing: that is not so.
std::optional<std::string> decided(const LinkContext& build, const Property* row) {
  if (row == nullptr || build.pool[row->value].uncertainty != 0) return std::nullopt;
  if (const auto text = as_text(build.pool, row->value)) return std::string(*text);
  if (!build.pool.is(row->value, ValueKind::Number)) return std::nullopt;
  return describe(build.pool, row->value);
}

// Tools put handlers of their own around a service's: dashboards, and layers that watch.
bool is_wrapper(std::string_view handler) {
  return handler.starts_with("/opt/") || handler.starts_with("node_modules/") ||
         file_name_of(handler).starts_with("s_");
}

// A property that both say, each otherwise.
std::string differing_property(const LinkContext& build, ResourceId output, ResourceId source) {
  const bool is_built = !build.metadata(source, "BuildMethod").empty();
  for (const std::string_view path : {"Runtime", "Handler", "MemorySize", "Timeout"}) {
    const auto there = decided(build, property_of(build, output, path));
    const auto here = decided(build, property_of(build, source, path));
    if (!there || !here || *there == *here) continue;
    if (path == "Handler" && (is_built || is_wrapper(*there))) continue;
    return cat(path, " is ", *there, " in it, and ", *here, " in its source");
  }
  return {};
}

// A variable that the source surely sets, and the output does not.
std::string missing_variable(const LinkContext& build, ResourceId output, ResourceId source) {
  const EnvironmentBlock there = environment_block(build.pool, build.stacks, output);
  const EnvironmentBlock here = environment_block(build.pool, build.stacks, source);
  if (!there.known || there.uncertainty != 0) return {};
  for (const std::string_view name : here.named) {
    const Property* row = property_of(build, source, cat(kEnvironmentVariables, ".", name));
    const bool surely = row != nullptr && build.pool[row->value].kind != ValueKind::OneOf &&
                        build.pool[row->value].kind != ValueKind::Absent &&
                        build.pool[row->value].kind != ValueKind::Unknown;
    if (surely && !there.named.contains(name))
      return cat("it does not set ", name, ", which its source does");
  }
  return {};
}

std::set<std::string> actions_of(const LinkContext& build, ResourceId role) {
  std::set<std::string> actions;
  const Slice<Property> rows = build.stacks[role].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = build.stacks.properties[i];
    const std::string_view path = build.pool[row.path];
    const std::size_t at = path.rfind(".Action");
    if (at == path.npos || !path.starts_with("Policies.")) continue;
    // Which rights to write logs the framework gives differs from version to version.
    if (const auto text = as_text(build.pool, row.value); text && !text->starts_with("logs:"))
      actions.emplace(lower(*text));
  }
  return actions;
}

// Of a service's own role, which both write statement by statement.
std::string missing_action(const LinkContext& build, ResourceId output, ResourceId source) {
  const std::set<std::string> there = actions_of(build, output);
  for (const std::string& action : actions_of(build, source))
    if (!there.contains(action))
      return cat("it does not allow ", action, ", which its source does");
  return {};
}

bool is_of_service(const LinkContext& build, ResourceId id) {
  return is_service(build, build.drafts[id.index].scope);
}

std::string difference(const LinkContext& build, ResourceId output, ResourceId source) {
  if (build.pool[build.stacks[source].type] == "AWS::IAM::Role")
    return is_of_service(build, source) ? missing_action(build, output, source) : std::string();
  if (build.stacks[output].kind != ResourceKind::Function) return {};
  std::string said = differing_property(build, output, source);
  return said.empty() ? missing_variable(build, output, source) : said;
}

}  // namespace

std::vector<OutdatedOutput> outdated_outputs(const LinkContext& build) {
  std::vector<OutdatedOutput> found;
  for (std::uint32_t i = 0; i < build.described_twice->twins.size(); ++i) {
    const ResourceId output{i}, source = build.described_twice->twins[i];
    if (!source.exists() || build.superseded(output)) continue;
    const TextId text = build.drafts[i].text;
    if (std::ranges::find(found, text, &OutdatedOutput::text) != found.end()) continue;
    const std::string said = difference(build, output, source);
    if (said.empty()) continue;
    found.push_back({text, build.stacks[source].name,
                     cat(build[text].source->path, " is out of date: for '", build.address(source),
                         "' ", said, ". The source is linted; the output is left out")});
  }
  return found;
}

}  // namespace fnlint::stacks
