// A table's stream carries the images that its view type names, and no others: code that reads
// another one finds nothing.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Source: Amazon DynamoDB API Reference, StreamSpecification.
struct StreamView {
  std::string_view type, image;
};
constexpr std::array kWithout{
    StreamView{"KEYS_ONLY", "NewImage"}, StreamView{"KEYS_ONLY", "OldImage"},
    StreamView{"NEW_IMAGE", "OldImage"}, StreamView{"OLD_IMAGE", "NewImage"}};

struct ViewOfTable {
  const Relation* trigger = nullptr;
  const Property* property = nullptr;
  std::string type = {};
};

// Of all tables whose streams come to the function; empty: it is not known of all.
std::vector<ViewOfTable> views_of(const Project& project, const RelationsTo& relations,
                                  ResourceId function) {
  std::vector<ViewOfTable> views;
  for (const Relation* const row : relations[function]) {
    if (row->kind != RelationKind::Trigger) continue;
    if (!row->from.exists() || project.stacks[row->from].kind != ResourceKind::Table) return {};
    const Property* type = property_of(project, row->from, "StreamSpecification.StreamViewType");
    const auto text = type == nullptr ? std::nullopt : as_text(*project.pool, type->value);
    if (!text) return {};
    views.push_back({row, type, std::string(*text)});
  }
  return views;
}

// "NewImage" of what is read, where no stream has it.
std::string_view missing_image(std::string_view path, const std::vector<ViewOfTable>& views) {
  constexpr std::string_view kRecord = "Records[].dynamodb.";
  if (!path.starts_with(kRecord)) return {};
  const std::string_view field = path.substr(kRecord.size());
  const std::string_view image = field.substr(0, field.find_first_of(".["));
  const bool all = std::ranges::all_of(views, [&](const ViewOfTable& view) {
    return std::ranges::any_of(kWithout, [&](const StreamView& row) {
      return row.type == view.type && row.image == image;
    });
  });
  return all ? image : std::string_view();
}

// Something is done only where the image is there, or it has a default.
bool is_asked(const ValuePool& pool, const LambdaFunction& function, std::string_view image) {
  const std::string path = cat("Records[].dynamodb.", image);
  const auto asks = [&](std::span<const Fact> facts) {
    return std::ranges::any_of(facts, [&](const Fact& fact) {
      bool found = false;
      for_each_below(pool, fact.test, [&](ValueId id) {
        found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event &&
                          pool.text(id) == path);
      });
      return found;
    });
  };
  return std::ranges::any_of(function.reads,
                             [&](const InputRead& read) {
                               return asks(read.holds) ||
                                      (read.absence_expected && event_path(pool, read) == path);
                             }) ||
         std::ranges::any_of(function.effects, asks, &Effect::holds) ||
         std::ranges::any_of(function.unknown_calls, asks, &Effect::holds) ||
         std::ranges::any_of(function.returns, asks, &ReturnedValue::holds);
}

std::uint8_t uncertainty_of(const Project& project, const InputRead& read,
                            const ViewOfTable& view) {
  auto uncertainty = static_cast<std::uint8_t>(read.uncertainty | view.trigger->uncertainty |
                                            (*project.pool)[view.property->value].uncertainty);
  if ((read.flags & kUnderUnknownTest) != 0 || !project.pool->always(view.trigger->when))
    uncertainty |= kConditional;
  return uncertainty;
}

void check_images(const Project& project, const LambdaFunction& function,
                  const std::vector<ViewOfTable>& views, Findings& findings) {
  std::vector<std::string_view> told;
  for (const InputRead& read : function.reads) {
    const std::optional<std::string_view> path = event_path(*project.pool, read);
    if (!path || read.absence_expected || read.phase != CallPhase::Invocation) continue;
    const std::string_view image = missing_image(*path, views);
    if (image.empty() || std::ranges::find(told, image) != told.end()) continue;
    told.push_back(image);
    const ViewOfTable& view = views.front();
    std::uint8_t uncertainty = uncertainty_of(project, read, view);
    // Other tables' records may have it, for which the code was written as well.
    if (is_asked(*project.pool, function, image)) uncertainty |= kHeuristic;
    findings.push_back(FindingBuilder("event-stream-view-mismatch", uncertainty)
                           .about(function)
                           .at(read.where)
                           .says("'", image, "' is read of each record, but the stream of '",
                                 name_of(project, view.trigger->from), "' is ", view.type,
                                 ": no record has it.")
                           .identified(function.name, ':', image)
                           .with_steps(read.path, read.where, "It is read here.")
                           .related(anchor_of(*view.property), "The stream's view is set here."));
  }
}

}  // namespace

void event_stream_view(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || function.reads.empty()) continue;
    const std::vector<ViewOfTable> views = views_of(project, relations, function.resource);
    if (!views.empty()) check_images(project, function, views, findings);
  }
}

}  // namespace fnlint
