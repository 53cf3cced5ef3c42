// What a role allows and nothing needs is of use to nobody but an attacker.

#include "checks/role/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kShown = 4;

// "a", "a and b", "a, b and c", "a, b, c, d and 5 more".
std::string listed_actions(const std::vector<std::string>& all) {
  std::string text;
  const std::size_t shown = all.size() > kShown + 1 ? kShown : all.size();
  for (std::size_t i = 0; i < shown; ++i)
    text += cat(i == 0                                      ? ""
                : i + 1 == all.size()                       ? " and "
                                                            : ", ",
                all[i]);
  if (shown < all.size()) text += cat(" and ", all.size() - shown, " more");
  return text;
}

// "The role of 'A'", "The role of 'A' and 'B'".
std::string owner_words(const Project& project, const UnusedRight& right) {
  std::vector<std::string> names;
  for (const ResourceId function : right.functions)
    if (std::string name = cat("'", name_of(project, function), "'");
        std::ranges::find(names, name) == names.end())
      names.push_back(std::move(name));
  return cat("The role of ", listed_actions(names));
}

// "The role of 'A' allows dynamodb:GetItem on 'Orders', to which it does nothing."
std::string untouched_message(const Project& project, const UnusedRight& right) {
  std::vector<std::string> names;
  for (const ResourceId one : right.untouched)
    names.push_back(cat("'", name_of(project, one), "'"));
  return cat(owner_words(project, right), " allows ", listed_actions(right.actions), " on ",
             listed_actions(names), ", but ",
             right.functions.size() > 1 ? "none of them does" : "it does not do", " anything with ",
             names.size() > 1 ? "these." : "that.");
}

std::string message(const Project& project, const UnusedRight& right) {
  if (!right.untouched.empty()) return untouched_message(project, right);
  const std::string users = right.functions.size() > 1 ? "none of them uses" : "it does not use";
  if (!right.narrower.empty())
    return cat(owner_words(project, right), " allows ", listed_actions(right.actions), ", which ",
               users, ": ", right.narrower, " is enough.");
  if (right.policy && right.all)
    return cat(owner_words(project, right), " allows ", listed_actions(right.actions),
               " through this, but ", users, " any of that.");
  return cat(owner_words(project, right), " allows ", listed_actions(right.actions), ", which ",
             users, ".");
}

}  // namespace

void role_unused_permission(const Project& project, const Settings&, Findings& findings) {
  for (const UnusedRight& right : project.unused_rights) {
    const std::string name = name_of(project, right.functions.front());
    std::string on;
    for (const ResourceId one : right.untouched) on += cat(':', name_of(project, one));
    auto finding = FindingBuilder("role-unused-permission", right.uncertainty)
                       .about(name)
                       .at(right.where)
                       .says(message(project, right))
                       .identified(name, ':', listed_actions(right.actions), on);
    for (const ResourceId one : right.untouched)
      finding.related(project.stacks[one].name, "Nothing is done to this.");
    for (const ResourceId function : right.functions)
      finding.related(project.stacks[function].name, "This function has the role.");
    findings.push_back(std::move(finding));
  }
}

}  // namespace fnlint
