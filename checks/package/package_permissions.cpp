// Lambda unpacks an archive with the permissions that it says, and runs the function as a user who
// owns none of the files.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

bool is_code_file(std::string_view path) {
  static constexpr std::array<std::string_view, 9> kEnds{".py",  ".js",    ".mjs", ".cjs", ".rb",
                                                         ".jar", ".class", ".dll", ".so"};
  return path == "bootstrap" ||
         std::ranges::any_of(kEnds, [&](std::string_view end) { return path.ends_with(end); });
}

// What the runtime itself opens: the handler's file or a folder on the way to it, a bootstrap.
bool is_opened(std::string_view path, std::string_view handler, bool own_runtime) {
  if (own_runtime && path == "bootstrap") return true;
  const std::size_t dot = handler.rfind('.');
  if (handler.empty() || dot == handler.npos) return false;
  const std::string module = replace_all(handler.substr(0, dot), ".", "/");
  if (path.ends_with('/')) return module.starts_with(path);
  return path.substr(0, path.size() - extension_of(path).size()) == module && is_code_file(path);
}

void report_permissions(const Project& project, const PackageUsers& users, Findings& findings) {
  const LambdaFunction& function = *users.functions.front();
  const ValueId named = project.stacks.functions[function.declared].handler;
  const std::string handler =
      named.exists() ? std::string(as_text(*project.pool, named).value_or("")) : std::string();
  const bool own_runtime = function.runtime.starts_with("provided");
  const std::string* first = nullptr;
  bool opened = false;
  std::size_t count = 0;
  for (const std::string& path : users.package->unreadable) {
    const bool by_runtime = is_opened(path, handler, own_runtime);
    if (!by_runtime && !is_code_file(path) && !path.ends_with('/')) continue;
    ++count;
    if (first == nullptr || (by_runtime && !opened)) first = &path;
    opened = opened || by_runtime;
  }
  const bool no_program = own_runtime && !users.package->no_program.empty();
  if (first == nullptr && no_program) first = &users.package->no_program.front();
  if (first == nullptr) return;
  const std::string more = count > 1 ? cat(" (and ", count - 1, " more)") : std::string();
  findings.push_back(
      FindingBuilder("package-unreadable-file", opened || (count == 0 && no_program)
                                                    ? Confidence::Certain
                                                    : Confidence::Likely)
          .about(function)
          .at(code_place(project, function))
          .says(
              count == 0
                  ? cat("'", *first, "' in the archive of '", function.name,
                        "' may not be executed by other users than its owner; Lambda cannot start "
                        "it.")
                  : cat("'", *first, "'", more, " in the archive of '", function.name,
                        "' may not be ", first->ends_with('/') ? "entered" : "read",
                        " by other users than its owner; Lambda runs the function as another one."))
          .identified(function.name, ':', *first));
}

}  // namespace

void package_permissions(const Project& project, const Settings&, Findings& findings) {
  for (const PackageUsers& users : package_users(project))
    report_permissions(project, users, findings);
}

}  // namespace fnlint
