// Looks for role names in commands that attach or put policies.

#include "link/templates/role_scripts.h"

#include "core/text.h"

namespace fnlint::stacks {

namespace {

template <class Visit>
void for_each_role(std::string_view text, std::string_view verb, const Visit& visit) {
  for (std::size_t at = text.find(verb); at != text.npos; at = text.find(verb, at + 1))
    if (const std::string_view role = option_of(command_at(text, at), "--role-name"); !role.empty())
      visit(role);
}

void add_names(const std::string& text, std::set<std::string>& names) {
  std::set<std::string_view> made;  // roles of the script's own
  for_each_role(text, "create-role", [&](std::string_view role) { made.insert(role); });
  for (const std::string_view verb : {"attach-role-policy", "put-role-policy"})
    for_each_role(text, verb, [&](std::string_view role) {
      if (made.contains(role)) return;
      names.emplace(is_literal(role) ? role : assigned(text, role));
    });
}

}  // namespace

const std::set<std::string>& RoleScripts::names_near(const std::string& folder) {
  const auto [row, added] = near_.try_emplace(folder);
  if (added)
    for (const Script* const script : scripts_.near(folder)) add_names(script->text, row->second);
  return row->second;
}

bool RoleScripts::may_add(ResourceId function, ResourceId role) {
  const std::string folder(folder_of(build_[build_.draft(function).text].source->path));
  const std::set<std::string>& names = names_near(folder);
  if (names.empty()) return false;
  const ValueId own = build_.resource(role).physical_name;
  return may_name(build_, names, role, !own.exists() || build_.pool.is(own, ValueKind::Absent));
}

}  // namespace fnlint::stacks
