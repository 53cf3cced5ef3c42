// IAM takes any text for an action, and allows nothing by one that does not exist: what the
// statement was written for stays forbidden, or what it denies stays allowed.

#include "checks/role/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/fixes.h"
#include "checks/view/project_view.h"
#include "core/glob.h"
#include "core/text.h"
#include "tables/iam_actions.h"
#include "tables/sdk_parameters.h"
#include "values/actions.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace fnlint {

namespace {

struct NamedAction {
  std::string_view text = {}, prefix = {}, name = {};  // "s3:GetObjects", "s3", "GetObjects"
};

bool is_known(const IamService& service, const NamedAction& action) {
  return lists_action(service.actions, action.name) ||
         std::ranges::any_of(further_iam_actions(), [&](std::string_view one) {
           return matches_ignoring_case(action.text, one);
         });
}

// The only other service that has an action of the name: "logs" for "cloudwatch:CreateLogGroup".
std::string in_another_service(const NamedAction& action) {
  const IamService* only = nullptr;
  for (const IamService& service : iam_services()) {
    if (!lists_action(service.actions, action.name)) continue;
    if (only != nullptr) return {};
    only = &service;
  }
  return only == nullptr ? std::string() : cat(only->prefix, ':', action.name);
}

// What was meant: `known` where AWS says so, else by its spelling. None: nobody knows.
struct Meant {
  std::vector<std::string> actions = {};
  bool known = false;
  bool is_operation = false;
};

// "Get" of "GetObject".
std::string_view verb_of(std::string_view action) {
  return action.substr(0, action.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1));
}

// Whether what a statement is on are ARNs of the action's own service: another one's action would
// allow nothing there.
bool is_on_own(const ValuePool& pool, std::span<const ValueId> resources, std::string_view prefix) {
  return !resources.empty() && std::ranges::all_of(resources, [&](ValueId one) {
    const ValueId first = pool.is(one, ValueKind::Pattern) ? pool.operands(one)[0] : one;
    const auto text = as_text(pool, first);
    if (!text || !text->starts_with("arn:")) return false;
    const std::vector<std::string_view> parts = split(*text, ':');
    return parts.size() > 3 && parts[2] == prefix;
  });
}

Meant meant(const IamService& service, const NamedAction& action, bool is_on_own) {
  std::string operation = lower(action.text);
  if (operation.ends_with('*')) operation.pop_back();  // "s3:CopyObject*"
  for (const AllowedOtherwise& row : operations_allowed_otherwise())
    if (lower(row.action) == operation) return {{row.by.begin(), row.by.end()}, true};
  if (action.name.find_first_of("*?") != action.name.npos) return {};
  // An operation that another action allows is no slip of the pen.
  if (find_sdk_parameters(cat(service.prefix, '.', action.name)) != nullptr)
    return {.is_operation = true};
  // Another verb is another thing.
  std::vector<std::string_view> alike = split(service.actions, ' ');
  std::erase_if(alike, [&](std::string_view one) { return verb_of(one) != verb_of(action.name); });
  const std::string_view near = nearest(action.name, alike);
  std::string one = !near.empty() ? cat(service.prefix, ':', near)
                    : is_on_own   ? std::string()
                                  : in_another_service(action);
  return one.empty() ? Meant{} : Meant{{std::move(one)}};
}

std::string label_of(const Meant& meant, bool is_beside) {
  if (meant.is_operation)
    return ": an operation is called so, and an action of another name allows it.";
  if (meant.actions.empty()) return ".";
  std::string names;
  for (std::size_t i = 0; i < meant.actions.size(); ++i)
    names += cat(i == 0 ? "" : i + 1 == meant.actions.size() ? " and " : ", ", meant.actions[i]);
  // One that is only spelled alike may be for something else.
  if (is_beside)
    return meant.known ? cat("; what stands beside it allows the operation: ", names, ".")
                       : cat("; ", names, " stands beside it.");
  return meant.known ? cat("; the operation is allowed by ", names, ".")
                     : cat("; did you mean ", names, "?");
}

class UnknownActions {
 public:
  UnknownActions(const Project& project, Findings& findings)
      : project_(project), pool_(*project.pool), findings_(findings) {}

  // A value that stands for an action, or for one of several. `beside` gives the actions of the
  // same statement, which is `on` resources.
  template <class Beside>
  void look(ValueId value, Span where, ResourceId owner, const Beside& beside,
            std::span<const ValueId> on = {}, std::uint8_t uncertainty = 0) {
    if (!value.exists()) return;
    if (pool_.is(value, ValueKind::OneOf)) {
      for (const ValueId one : pool_.operands(value))
        look(one, where, owner, beside, on, static_cast<std::uint8_t>(uncertainty | kConditional));
      return;
    }
    const auto [at, is_new] = is_wrong_.try_emplace(value);
    const auto text = as_text(pool_, value);
    if (is_new) at->second = text && names_none(*text);
    if (at->second)
      check(*text, where, owner, beside, on,
            static_cast<std::uint8_t>(uncertainty | pool_[value].uncertainty));
  }

 private:
  template <class Beside>
  void check(std::string_view text, Span where, ResourceId owner, const Beside& beside,
             std::span<const ValueId> on, std::uint8_t uncertainty) {
    if (!where.file.exists() || !told_.emplace(where, std::string(text)).second) return;
    const NamedAction action = action_of(text);
    const IamService* const service = find_iam_service(action.prefix);
    const bool pattern = action.name.find_first_of("*?") != action.name.npos;
    const Meant right = meant(*service, action, is_on_own(pool_, on, action.prefix));
    // Then nothing is refused that was to be allowed: the name is dead, and no more.
    const bool is_beside =
        !right.actions.empty() && std::ranges::all_of(right.actions, [&](const std::string& one) {
          return std::ranges::any_of(beside(), [&](ValueId other) {
            return action_matches(pool_, other, one) == Answer::Yes;
          });
        });
    auto finding =
        FindingBuilder("role-unknown-action", uncertainty)
            .at(where)
            .says(pattern ? "No action of IAM matches '" : "IAM has no action '", text, "'",
                  label_of(right, is_beside))
            .identified(owner.exists() ? name_of(project_, owner) : std::string(), ':', text)
            .grade_if(is_beside, Severity::Note);
    if (!pattern && !is_beside && right.actions.size() == 1)
      finding.fix(replacement_of(where, text, right.actions.front(), FixSafety::Unsafe));
    findings_.push_back(std::move(finding));
  }

  static NamedAction action_of(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos) return {text};
    return {text, text.substr(0, colon), text.substr(colon + 1)};
  }
  // A service has no action of that name.
  static bool names_none(std::string_view text) {
    const NamedAction action = action_of(text);
    const IamService* const service = find_iam_service(action.prefix);
    const bool is_plain = action.name.find_first_of("${} :") == action.name.npos;
    return service != nullptr && !action.name.empty() && is_plain && !is_known(*service, action);
  }

  const Project& project_;
  const ValuePool& pool_;
  std::map<ValueId, bool> is_wrong_ = {};  // many statements have the same
  Findings& findings_;
  std::set<std::pair<Span, std::string>> told_;
};

// "PolicyDocument.Statement.0.Action", and an item of such a list.
bool is_action_path(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot != path.npos && is_digits(path.substr(dot + 1))) path = path.substr(0, dot);
  return path.ends_with(".Action") && path.find("Statement.") != path.npos;
}

// The actions in the same list.
std::span<const ValueId> list_around(const Project& project, ResourceId resource,
                                     std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == path.npos || !is_digits(path.substr(dot + 1))) return {};
  const Property* const list = property_of(project, resource, path.substr(0, dot));
  if (list == nullptr || !project.pool->is(list->value, ValueKind::List)) return {};
  return project.pool->operands(list->value);
}

// The actions of a statement, and those that the role has on everything, or on as much.
std::vector<ValueId> allowed_beside(const Stacks& stacks, const ValuePool& pool,
                                    const Statement& row) {
  const auto actions_of = [&](const Statement& one) {
    return std::span(stacks.statement_values).subspan(one.actions.first, one.actions.count);
  };
  const auto resources_of = [&](const Statement& one) {
    return std::span(stacks.statement_values).subspan(one.resources.first, one.resources.count);
  };
  const auto is_on_all = [&](const Statement& one) {
    const auto theirs = resources_of(one);
    return std::ranges::any_of(theirs,
                               [&](ValueId resource) {
                                 return as_text(pool, resource) ==
                                        std::optional<std::string_view>("*");
                               }) ||
           std::ranges::all_of(resources_of(row), [&](ValueId resource) {
             return std::ranges::find(theirs, resource) != theirs.end();
           });
  };
  const auto own = actions_of(row);
  std::vector<ValueId> all(own.begin(), own.end());
  for (const Statement& other : stacks.statements) {
    const bool is_other = &other != &row && row.role.exists() && other.role == row.role;
    if (!is_other || !row.allows || !other.allows || other.inverted || other.conditional ||
        other.generated || !is_on_all(other))
      continue;
    const auto theirs = actions_of(other);
    all.insert(all.end(), theirs.begin(), theirs.end());
  }
  return all;
}

}  // namespace

void role_unknown_action(const Project& project, const Settings&, Findings& findings) {
  UnknownActions unknown(project, findings);
  const Stacks& stacks = project.stacks;
  for (const Statement& row : stacks.statements) {
    if (row.generated || row.inverted) continue;
    const auto all = [&] { return allowed_beside(stacks, *project.pool, row); };
    for (std::uint32_t i = row.actions.first; i < row.actions.first + row.actions.count; ++i)
      unknown.look(
          stacks.statement_values[i],
          i < stacks.statement_places.size() ? stacks.statement_places[i] : row.where, row.role,
          all,
          std::span(stacks.statement_values).subspan(row.resources.first, row.resources.count));
  }
  // Policies of resources, and roles that no function has.
  for (std::uint32_t i = 0; i < stacks.resources.size(); ++i) {
    const Resource& resource = stacks.resources[i];
    if (resource.generated || resource.superseded) continue;
    const bool is_permission = (*project.pool)[resource.type] == "AWS::Lambda::Permission";
    const Slice<Property> rows = resource.properties;
    for (std::uint32_t at = rows.first; at < rows.first + rows.count; ++at) {
      const Property& property = stacks.properties[at];
      const std::string_view path = (*project.pool)[property.path];
      if (is_action_path(path) || (path == "Action" && is_permission))
        unknown.look(property.value, property.where, ResourceId{i},
                     [&] { return list_around(project, ResourceId{i}, path); });
    }
  }
}

}  // namespace fnlint
