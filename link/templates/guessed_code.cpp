// Collects all names that a function has, and takes a folder or file only if it is the one answer.

#include "link/templates/guessed_code.h"

#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/candidates.h"
#include "link/resolve/languages.h"
#include "link/stacks/code_sources.h"
#include "link/stacks/run_folders.h"
#include "link/stacks/stack_properties.h"
#include "values/whole_text.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

// What is known of a text whose other parts a deployment gives: "refund" of "${var.stage}-refund".
std::string known_name(const ValuePool& pool, ValueId value) {
  const std::string known = known_parts(pool, value);
  constexpr std::string_view kJoints = "-_./ ";
  const std::size_t first = known.find_first_not_of(kJoints);
  if (first == known.npos) return {};
  return known.substr(first, known.find_last_not_of(kJoints) - first + 1);
}

// What the function is called: by its name, by its resource's, by that of the module around it.
std::vector<std::string> names_of_function(const LinkContext& build, ResourceId id) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    const bool is_path = name.find('/') != name.npos;
    if (!name.empty() && !is_path && !says_nothing(name)) names.push_back(std::move(name));
  };
  if (const Node name = build.draft(id).properties["FunctionName"])
    add(known_name(build.pool, name.value()));
  std::vector<std::string_view> parts = split(build.address(id), '.');
  while (!parts.empty()) {  // "module.orders.aws_lambda_function.this[0]"
    const std::string_view last = file_name_of(parts.back());
    if (!last.starts_with("aws_lambda_function") && last != "module")
      add(std::string(last.substr(0, last.find('['))));
    parts.pop_back();
  }
  return names;
}

bool has_programs(std::string_view runtime) {
  const std::vector<const LanguageRow*> rows = languages_of(runtime);
  return !runtime.empty() && std::ranges::any_of(rows, &LanguageRow::names_archive);
}

}  // namespace

void guess_code(LinkContext& build, ResourceId id, const AssetUser& user, CodeLocation& code) {
  if (code.kind != CodeKind::Unknown && code.kind != CodeKind::Remote) return;
  if (code.reason.empty()) return;
  const bool has_place = !code.path.empty();
  // What a compiler's or a bundler's output is made of, its settings say, and then its path.
  if (has_place && code.kind == CodeKind::Unknown && user.runtime.starts_with("nodejs")) return;
  std::vector<std::string> names{code.path};
  if (!has_place) names = names_of_function(build, id);
  if (has_programs(user.runtime)) {
    // The surest of the names stands last, as in the path of an archive.
    if (has_place || names.empty()) return;
    std::ranges::reverse(names);
    for (const std::string& name : names) code.path = join_path(code.path, name);
    code.kind = CodeKind::Remote;
    return;
  }
  const auto is_taken = [&](PathCandidate folder) {
    if (!folder || !is_of_the_run(build, folder->thing)) return false;
    take_sources(*std::move(folder), code);
    return true;
  };
  for (const std::string& name : names)
    if (is_taken(code_sources(build).assets.named_folder(user, name))) return;
  is_taken(code_sources(build).assets.folder_of_handler(user));
}

}  // namespace fnlint::stacks
