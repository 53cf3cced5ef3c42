// /tmp keeps files between invocations. What gets a name of its own with each of them, and is not
// deleted, is there until the environment goes, or until the space is used up.

#include "checks/event/called_seldom.h"
#include "checks/state/done_once.h"
#include "checks/storage/rules.h"
#include "checks/view/deployment_functions.h"
#include "checks/view/file_use.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kTemporary = "/tmp";

bool makes_file(FileUse use) {
  return use == FileUse::Write || use == FileUse::Append || use == FileUse::Change;
}

bool is_new_each_time(const ValuePool& pool, ValueId path) {
  return std::ranges::any_of(
      std::array{Origin::Fresh, Origin::Event, Origin::Clock, Origin::Context},
      [&](Origin origin) { return has_origin(pool, path, origin); });
}

// Below /tmp, under a name of which a part is the invocation's own.
bool is_own_file(const ValuePool& pool, const FileAccess& access) {
  if (access.at_init || !makes_file(access.use) || access.paths.size() != 1) return false;
  const KnownPath& path = access.paths.front();
  return path.known() && !path.whole && is_in_folder(path.text, kTemporary) &&
         access.path_value.exists() && is_new_each_time(pool, access.path_value);
}

// The calls that each gave a name that nothing else has: `uuid4()`.
std::set<ValueId> fresh_parts(const ValuePool& pool, ValueId path) {
  std::set<ValueId> parts;
  if (path.exists())
    for_each_below(pool, path, [&](ValueId id) {
      if (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Fresh) parts.insert(id);
    });
  return parts;
}

// Two names of which each has a part of its own making are never one.
bool are_named_apart(const ValuePool& pool, ValueId one, ValueId other) {
  const std::set<ValueId> own = fresh_parts(pool, one), others = fresh_parts(pool, other);
  return !own.empty() && !others.empty() &&
         std::ranges::none_of(own, [&](ValueId part) { return others.contains(part); });
}

// What is deleted, or moved away, may be the file.
bool may_remove(const ValuePool& pool, const FileAccess& access, const FileAccess& file) {
  const bool moves = access.use == FileUse::Read && access.name == "file.Move";
  if (access.use != FileUse::Delete && access.use != FileUse::ChangeFolder && !moves) return false;
  if (access.path_value == file.path_value) return true;
  if (are_named_apart(pool, access.path_value, file.path_value)) return false;
  return std::ranges::any_of(access.paths, [&](const KnownPath& one) {
    if (!one.known()) return true;
    const std::string& own = file.paths.front().text;
    return one.whole ? is_in_folder(own, one.text)
                     : one.text.starts_with(own) || own.starts_with(one.text);
  });
}

// A program is started that deletes files.
bool runs_removal(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.work, [&](const CodeCall& call) {
    bool removes = false;
    if (call.arguments.exists())
      for_each_below(pool, call.arguments, [&](ValueId id) {
        if (!pool.is(id, ValueKind::Text)) return;
        const std::string_view text = pool.text(id);
        removes = removes || text == "rm" || text.starts_with("rm ") ||
                  text.find(" rm ") != std::string_view::npos;
      });
    return removes;
  });
}

void check_left_files(const ValuePool& pool, const LambdaFunction& function, Findings& findings) {
  if (runs_removal(pool, function)) return;
  const std::vector<FileAccess> accesses = file_accesses(pool, function);
  std::set<ValueId> told;
  for (const FileAccess& file : accesses) {
    if (!is_own_file(pool, file) || told.contains(file.path_value)) continue;
    const AskedCall making{
        .holds = file.holds, .where = file.where, .path = file.path, .given = {file.path_value}};
    if (is_done_once(pool, function, making)) continue;
    if (std::ranges::any_of(accesses,
                            [&](const FileAccess& one) { return may_remove(pool, one, file); }))
      continue;
    told.insert(file.path_value);
    std::uint8_t uncertainty = file.uncertainty;
    if ((file.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
    if (!function.not_followed.empty()) uncertainty |= kHeuristic;  // it may delete the file
    if (function.cut != 0) uncertainty |= kCut;
    findings.push_back(
        FindingBuilder("storage-tmp-leak", uncertainty)
            .about(function)
            .at(file.where)
            .says("Each invocation leaves a file of its own below '", file.paths.front().text,
                  "': nothing deletes it, and /tmp keeps it for as long as the environment lives.")
            .identified(function.name, ':', file.name)
            .along({file.path.begin(), file.path.end()}, file.where, "The file is made here."));
  }
}

}  // namespace

void storage_tmp_leak(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  const DeploymentFunctions of_deployments(project);
  for (const LambdaFunction& function : project.functions) {
    // No environment of theirs lives to see another invocation.
    if (of_deployments.contains(function) ||
        is_called_seldom(project, relations, others, function.resource))
      continue;
    check_left_files(*project.pool, function, findings);
  }
}

}  // namespace fnlint
