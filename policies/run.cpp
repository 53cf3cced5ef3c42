// Runs policies over a project: each resource of the right kind, each item below it, each branch of
// the template.

#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/fixes.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/glob.h"
#include "core/text.h"
#include "policies/evaluate.h"
#include "policies/reach.h"
#include "values/confidence.h"

#include <algorithm>
#include <map>
#include <utility>

namespace fnlint {

namespace {

bool is_of_type(std::string_view type, std::string_view pattern) {
  if (!pattern.ends_with('*')) return type == pattern;
  pattern.remove_suffix(1);
  return type.starts_with(pattern);
}

// The resources of one kind and type, which the same policies are about.
struct ResourceGroup {
  ResourceKind kind{};
  std::string_view type = {};
  std::vector<ResourceId> resources = {};
};

std::vector<ResourceGroup> groups_of(const PolicyView& view) {
  std::map<std::pair<ResourceKind, StringId>, ResourceGroup> groups;
  for (std::uint32_t i = 0; i < view.project.stacks.resources.size(); ++i) {
    const Resource& row = view.project.stacks.resources[i];
    if (row.external || row.superseded) continue;
    ResourceGroup& group = groups[{row.kind, row.type}];
    group.kind = row.kind;
    group.type = view.pool[row.type];
    group.resources.push_back(ResourceId{i});
  }
  std::vector<ResourceGroup> all;
  for (auto& [key, group] : groups) all.push_back(std::move(group));
  return all;
}

bool is_about(const Policy& policy, const ResourceGroup& group) {
  return std::ranges::find(policy.kinds, group.kind) != policy.kinds.end() ||
         std::ranges::any_of(policy.types, [&](const std::string& pattern) {
           return is_of_type(group.type, pattern);
         });
}

bool is_of_tools(const PolicyView& view, const Policy& policy, ResourceId id) {
  if (policy.tools.empty()) return true;
  Reached tool;
  reach::tool(view, {.type = ItemType::Resource, .resource = id}, tool);
  return !tool.items.empty() &&
         std::ranges::find(policy.tools, tool.items[0].text) != policy.tools.end();
}

// Where a finding about an item stands, and the property that is there.
struct ItemPlace {
  Span where = {};
  const Property* property = nullptr;
};

ItemPlace place_of(const PolicyView& view, const Item& item) {
  if (item.presence != Presence::There) return {};
  if (item.where.file.exists()) return {item.where};
  // The nearest of what is around it that has a place.
  std::string_view path = item.path;
  while (item.resource.exists() && !path.empty()) {
    const Property* const property = property_of(view.project, item.resource, path);
    if (property != nullptr && view.pool[property->path] == path) {
      const Span where = anchor_of(*property);
      if (where.file.exists()) return {where, property};
    }
    const std::size_t dot = path.rfind('.');
    path = dot == path.npos ? std::string_view() : path.substr(0, dot);
  }
  if (item.resource.exists() && view.project.stacks[item.resource].name.file.exists())
    return {view.project.stacks[item.resource].name};
  return {};
}

// The branches in which an item is wrong, and whether it is not in others.
struct Wrong {
  std::optional<Judged> worst = {};
  bool all = true;
};

class PolicyRun {
 public:
  PolicyRun(const PolicyView& view, const Policy& policy, Findings& out)
      : view_(view), policy_(policy), evaluator_(view), placed_(view.project), out_(out) {}

  void resource(ResourceId id);
  void finish() { placed_.move_to(out_); }
  [[nodiscard]] bool is_spent() const { return evaluator_.is_spent(); }

 private:
  [[nodiscard]] Wrong judge(const AskedItems& asked, const World& world) const;
  void report(const AskedItems& asked, const Judged& wrong);
  [[nodiscard]] std::string function_of(const Item& subject) const;

  const PolicyView& view_;
  const Policy& policy_;
  Evaluator evaluator_;
  PlacedFindings placed_;
  Findings& out_;
};

Wrong PolicyRun::judge(const AskedItems& asked, const World& world) const {
  Wrong wrong;
  // Most resources are as they should be, or not asked about.
  if ((policy_.has_where && evaluator_.surely(policy_.where, asked) == Answer::No) ||
      evaluator_.surely(policy_.wrong, asked) == Answer::No)
    return {.all = false};
  const auto take = [&](Judged row) {
    if (row.verdict != Answer::Yes) {
      wrong.all = false;
    } else if (!wrong.worst || confidence_of(row.world.uncertainty) >
                                   confidence_of(wrong.worst->world.uncertainty)) {
      wrong.worst = std::move(row);
    }
  };
  std::vector<Judged> ways{{.world = world, .verdict = Answer::Yes}};
  if (policy_.has_where) ways = evaluator_.judge(policy_.where, asked, world);
  for (Judged& way : ways) {
    if (way.verdict != Answer::Yes) {
      wrong.all = false;
      continue;
    }
    for (Judged& row : evaluator_.judge(policy_.wrong, asked, way.world)) take(std::move(row));
  }
  if (wrong.worst && !wrong.all) wrong.worst->world.uncertainty |= kConditional;
  return wrong;
}

std::string PolicyRun::function_of(const Item& subject) const {
  if (view_.declared(subject.resource) != nullptr) return name_of(view_.project, subject.resource);
  Reached functions;
  reach::functions(view_, subject, functions);
  return functions.items.size() == 1 ? name_of(view_.project, functions.items[0].resource)
                                     : std::string();
}

void PolicyRun::report(const AskedItems& asked, const Judged& wrong) {
  const std::string name = name_of(view_.project, asked.subject.resource);
  // The place: as the policy says, of what decided, of the item, of the resource.
  ItemPlace place;
  const auto try_item = [&](const Item& item) {
    if (!place.where.file.exists()) place = place_of(view_, item);
  };
  if (!policy_.at.steps.empty())
    for (const Reached& way : evaluator_.reach(policy_.at, asked, wrong.world))
      for (const Item& item : way.items) try_item(item);
  const bool is_own =
      wrong.decided.resource == asked.subject.resource || wrong.decided.where.file.exists();
  if (policy_.at.steps.empty() && is_own) try_item(wrong.decided);
  try_item(asked.item);
  try_item(asked.subject);
  const Resource& row = view_.project.stacks[asked.subject.resource];
  const Span where = place.where.file.exists() ? place.where : row.where;
  if (!where.file.exists()) return;
  auto finding =
      FindingBuilder(policy_.rule, wrong.world.uncertainty | (policy_.guess ? kHeuristic : 0))
          .about(function_of(asked.subject))
          .at(where)
          .says(evaluator_.text_of(policy_.message, asked, wrong.world))
          .identified(asked.item.path.empty() ? name : cat(name, ':', asked.item.path))
          .grade(policy_.severity);
  if (!policy_.remedy.texts.empty())
    finding.settled_by(evaluator_.text_of(policy_.remedy, asked, wrong.world));
  for (const PolicyNote& note : policy_.related)
    for (const Reached& way : evaluator_.reach(note.at, asked, wrong.world))
      for (const Item& item : way.items)
        if (const ItemPlace at = place_of(view_, item); at.where.file.exists() && at.where != where)
          finding.related(at.where, evaluator_.text_of(note.text, asked, wrong.world));
  if (policy_.once)
    finding.caused_by({.key = std::string(policy_.rule), .subject = name, .apart = 1});
  if (policy_.fix && place.property != nullptr)
    finding.fix(policy_.fix->removes ? removal_of(view_.pool, *place.property, policy_.fix->safety)
                                     : setting_of(view_.pool, *place.property, policy_.fix->value,
                                                  policy_.fix->safety));
  if (is_spent()) return;  // the words are not whole
  const bool is_function = view_.declared(asked.subject.resource) != nullptr;
  if (place.property != nullptr && is_function)
    placed_.add(asked.subject.resource, *place.property, std::move(finding));
  else
    out_.push_back(std::move(finding));
}

void PolicyRun::resource(ResourceId id) {
  if (!is_of_tools(view_, policy_, id)) return;
  view_.forget_texts();
  evaluator_.forget_subject();
  const Item subject{.type = ItemType::Resource, .resource = id};
  const World world{tests_of(view_.pool, view_.project.stacks[id].exists), 0};
  if (policy_.each.steps.empty()) {
    if (const Wrong wrong = judge({subject, subject}, world); wrong.worst && !is_spent())
      report({subject, subject}, *wrong.worst);
    return;
  }
  // The same item of several branches is one.
  std::vector<std::pair<Item, Wrong>> found;
  for (const Reached& way : evaluator_.reach(policy_.each, {subject, subject}, world))
    for (const Item& item : way.items) {
      if (item.presence != Presence::There) continue;
      Wrong wrong = judge({subject, item}, way.world);
      if (is_spent()) return;
      const auto same = std::ranges::find_if(found, [&](const auto& row) {
        const Item& other = row.first;
        return other.path == item.path && other.where == item.where && other.text == item.text &&
               other.number == item.number && other.resource == item.resource &&
               other.statement == item.statement && other.trigger == item.trigger &&
               other.effect == item.effect && other.import == item.import;
      });
      if (same == found.end()) {
        found.emplace_back(item, std::move(wrong));
      } else if (wrong.worst && !same->second.worst) {
        wrong.worst->world.uncertainty |= kConditional;
        *same = {item, std::move(wrong)};
      }
    }
  for (const auto& [item, wrong] : found)
    if (wrong.worst && !is_spent()) report({subject, item}, *wrong.worst);
}

}  // namespace

Policies run_policies(const Policies& policies, const Project& project, const Settings& settings,
                      Findings& out) {
  Policies spent;
  if (policies.empty()) return spent;
  const PolicyView view(project, settings);
  const std::vector<ResourceGroup> groups = groups_of(view);
  std::vector<ResourceId> asked;
  for (const auto& policy : policies) {
    asked.clear();
    for (const ResourceGroup& group : groups)
      if (is_about(*policy, group))
        asked.insert(asked.end(), group.resources.begin(), group.resources.end());
    std::ranges::sort(asked);
    PolicyRun run(view, *policy, out);
    for (const ResourceId id : asked) {
      run.resource(id);
      if (run.is_spent()) break;
    }
    run.finish();
    if (run.is_spent()) spent.push_back(policy);
  }
  return spent;
}

}  // namespace fnlint
