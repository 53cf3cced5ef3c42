// Compares what the stages had to read with what they have read.

#include "app/run/unread.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint {

void tell_by_form(const Stacks& stacks, Run& run) {
  for (const DeclaredFunction& function : stacks.functions)
    run.unresolved.push_back({.kind = UnresolvedKind::Handler,
                              .reason = "no template names this handler: how it is configured "
                                        "and what starts it is not known",
                              .where = stacks[function.resource].name});
}

void tell_unreadable_archives(const Stacks& stacks, const ArchiveFiles& files, Run& run) {
  constexpr std::string_view kSignature = "PK";
  std::set<std::string> paths;
  for (const DeclaredFunction& row : stacks.functions)
    if (row.code.kind == CodeKind::Zip) paths.insert(row.code.path);
  for (const DeclaredLayer& row : stacks.layers)
    if (row.code.kind == CodeKind::Zip) paths.insert(row.code.path);
  for (const std::string& path : paths) {
    std::string why = files.why_unlisted(path);
    if (why.empty()) continue;
    const FileId file = run.files.place(path);
    run.problems.push_back({{file, {}}, std::move(why)});
    // Something else may only hold its place until a build has been there.
    const Result<std::string> start = files.read_start(path, kSignature.size());
    if (start && start.value() == kSignature) run.broken.insert(file);
  }
}

void count_unread(const Project& project, const Join& join, const CodeCompiler& code, Run& run) {
  std::set<FileId> faulty = code.broken;
  faulty.insert(code.unread.begin(), code.unread.end());
  const std::set<std::uint32_t> reaching = join.functions_that_reach(project, std::move(faulty));
  for (std::uint32_t i = 0; i < project.functions.size(); ++i) {
    const LambdaFunction& function = project.functions[i];
    if (function.handler_where.file.exists())
      run.handlers.emplace(project.stacks[function.resource].name.file,
                           function.handler_where.file);
    if (!function.resolved)
      ++run.unread;
    else if (function.cut != 0 || reaching.contains(i))
      ++run.partly;
    else if (!function.not_followed.empty())
      ++run.open;
    if (!function.resolved || function.cut != 0 || reaching.contains(i)) {
      run.unread_in.insert(project.stacks[function.resource].name.file);
      run.not_read.insert(function.name);
    }
    if (function.resolved || function.looked_in.empty()) continue;
    const FileId handler = run.files.find(function.looked_in);
    if (code.unread.contains(handler)) run.broken.insert(handler);
  }
}

}  // namespace fnlint
