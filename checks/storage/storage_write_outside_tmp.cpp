// Of a function's file system only /tmp and what the template mounts can be written to: all else is
// read-only, so that the call fails.

#include "checks/storage/rules.h"
#include "checks/view/file_use.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kHomeVariable = "HOME";  // that "~" is taken from

// Which folders take what is written, the mounted file systems included.
class Writable {
 public:
  Writable(const Project& project, const LambdaFunction& function) {
    const ValuePool& pool = *project.pool;
    constexpr int kMounts = 8;
    for (int i = 0; i < kMounts; ++i) {
      const Property* mount = property_of(
          project, function.resource, cat("FileSystemConfigs.", i, ".LocalMountPath"));
      if (mount == nullptr) continue;
      const std::optional<std::string_view> text = as_text(pool, mount->value);
      if (text)
        mounts_.emplace_back(*text);
      else
        unknown_mount_ = true;
    }
    // Where the template has none, one may be added by what it does not show (a construct, a
    // deployment's own step): the code that writes to /mnt was made for one.
    unknown_mount_ = unknown_mount_ || mounts_.empty();
    const bool is_set = std::ranges::any_of(
        function.variables_set, [](const CodeCall& one) { return one.name == kHomeVariable; });
    home_is_elsewhere_ = is_set || project.stacks.functions[function.declared].image ||
                         property_of(project, function.resource,
                                     cat("Environment.Variables.", kHomeVariable)) != nullptr;
  }

  [[nodiscard]] bool refuses(const KnownPath& path) const {
    if (!path.known()) return false;
    constexpr std::string_view kMountRoot = "/mnt";
    if (unknown_mount_ && is_in_folder(path.text, kMountRoot)) return false;
    if (home_is_elsewhere_ && is_in_folder(path.text, kHomeFolder)) return false;
    return !accepts(path, "/tmp") && !accepts(path, "/dev") && !accepts(path, "/proc") &&
           std::ranges::none_of(mounts_,
                                [&](const std::string& one) { return accepts(path, one); });
  }
  [[nodiscard]] std::string words() const {
    std::string words = "/tmp";
    for (const std::string& mount : mounts_) words += cat(" and ", mount);
    return words;
  }

 private:
  // A path of which only the start is known may still turn out to lie there.
  static bool accepts(const KnownPath& path, std::string_view root) {
    return is_in_folder(path.text, root) || (!path.whole && cat(root, '/').starts_with(path.text));
  }

  std::vector<std::string> mounts_;
  bool unknown_mount_ = false;
  bool home_is_elsewhere_ = false;
};

bool writes(FileUse use) {
  switch (use) {
    case FileUse::Write:
    case FileUse::Append:
    case FileUse::Change:
    case FileUse::Create:
    case FileUse::MakeFolder:
    case FileUse::WriteFolder: return true;
    default: return false;
  }
}

// "Only on my machine" asks the environment for something that the template does not set.
bool asks_environment(const ValuePool& pool, const FileAccess& access) {
  return std::ranges::any_of(access.holds, [&](const Fact& fact) {
    return has_origin(pool, fact.test, Origin::Environment);
  });
}

// The folder may be there: it is the system's, or the package brings it.
bool may_exist(const LambdaFunction& function, const KnownPath& folder) {
  constexpr std::string_view kSystem[] = {"/",    "/var", "/var/task", "/opt",
                                          "/mnt", "/home", "/usr",     "/etc"};
  if (std::ranges::find(kSystem, folder.text) != std::end(kSystem)) return true;
  constexpr std::string_view kCode = "/var/task/";
  if (!folder.text.starts_with(kCode)) return false;
  std::string_view first = std::string_view(folder.text).substr(kCode.size());
  first = first.substr(0, first.find('/'));
  const auto& largest = function.size.largest;
  return std::ranges::any_of(largest, [&](const auto& one) { return one.first == first; });
}

// Where each call of a path leads: the file in which it goes on.
FileId next_file(std::span<const PlacedText> path, std::size_t call, const Span& end) {
  return call + 1 < path.size() ? path[call + 1].where.file : end.file;
}

// A call on the way leads into other files as well: to one implementation of several, of which what
// is deployed takes the one that works there.
bool leads_elsewhere(const LambdaFunction& function, const FileAccess& access) {
  const auto differs = [&](const Effect& other) {
    for (std::size_t i = 0; i < access.path.size(); ++i) {
      const auto same = std::ranges::find(other.path, access.path[i].where, &PlacedText::where);
      if (same == other.path.end()) continue;
      const auto at = static_cast<std::size_t>(same - other.path.begin());
      if (next_file(other.path, at, other.where) != next_file(access.path, i, access.where))
        return true;
    }
    return false;
  };
  return std::ranges::any_of(function.effects, differs) ||
         std::ranges::any_of(function.unknown_calls, differs);
}

void report(const LambdaFunction& function, const FileAccess& access, const KnownPath& path,
            const Writable& writable, std::uint8_t uncertainty, Findings& findings) {
  const std::string shown = path.whole ? path.text : cat(path.text, "…");
  const std::string_view verb = access.use == FileUse::MakeFolder    ? "makes the folder"
                                : access.use == FileUse::WriteFolder ? "writes files to"
                                                                     : "writes";
  findings.push_back(
      FindingBuilder("storage-write-outside-tmp", uncertainty)
          .about(function)
          .at_most(leads_elsewhere(function, access) ? Confidence::Possible : Confidence::Certain)
          .at(access.where)
          .says("This ", verb, " '", shown, "'",
                path.relative ? " (relative paths start in the code's folder)" : "",
                ": the file system is read-only there, so the call fails; only ", writable.words(),
                " can be written to.")
          .identified(function.name, ':', shown)
          .along({access.path.begin(), access.path.end()}, access.where, "This is refused."));
}

bool is_image(const Project& project, const LambdaFunction& function) {
  const Property* type = property_of(project, function.resource, "PackageType");
  return type != nullptr &&
         as_text(*project.pool, type->value) != std::optional<std::string_view>("Zip");
}

void check_writes(const Project& project, const LambdaFunction& function, Findings& findings) {
  const std::vector<FileAccess> accesses = file_accesses(*project.pool, function);
  const Writable writable(project, function);
  const bool moves = std::ranges::any_of(
      accesses, [](const FileAccess& one) { return one.use == FileUse::ChangeFolder; });
  std::vector<Span> told;
  for (const FileAccess& access : accesses) {
    if (!writes(access.use) || asks_environment(*project.pool, access)) continue;
    const bool refused = std::ranges::all_of(access.paths, [&](const KnownPath& path) {
      const bool in_place = !(path.relative && moves);
      const bool stands = access.use == FileUse::MakeFolder && may_exist(function, path);
      return in_place && !stands && writable.refuses(path);
    });
    if (!refused || std::ranges::find(told, access.where) != told.end()) continue;
    told.push_back(access.where);
    const KnownPath& path = access.paths.front();
    std::uint8_t uncertainty = access.uncertainty;
    if ((access.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
    // An image chooses its working directory.
    if (path.relative && is_image(project, function)) uncertainty |= kHeuristic;
    report(function, access, path, writable, uncertainty, findings);
  }
}

}  // namespace

void storage_write_outside_tmp(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions)
    check_writes(project, function, findings);
}

}  // namespace fnlint
