// Finds the archive that a path names, the folder that it packs, and arguments that `lifecycle`
// leaves to others.

#include "link/terraform/terraform_archives.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/stacks/stack_properties.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

constexpr std::array<std::string_view, 2> kArchiveTypes{"data.archive_file", "archive_file"};

// How the files end that a runtime calls as they are written, or as they are compiled one by one.
struct PlainFiles {
  std::string_view runtime;
  std::array<std::string_view, 4> endings;
};
constexpr std::array kPlainFiles{PlainFiles{"nodejs", {".js", ".mjs", ".cjs", ".ts"}},
                                 PlainFiles{"python", {".py"}}, PlainFiles{"ruby", {".rb"}}};

}  // namespace

TerraformArchive archive_written_to(LinkContext& build, ScopeId scope, const std::string& path) {
  TerraformArchive found;
  for (const TextId text : std::vector<TextId>(build[scope].texts)) {
    const TemplateFacts& facts = build.facts(text);
    for (const Declaration& row : facts.declarations) {
      if (!is_one_of(kArchiveTypes, facts.string(row.type))) continue;
      const Instances* of = instances_of(build, scope, facts.string(row.address));
      if (of == nullptr || of->progress != Progress::Done) continue;
      for (const Instance& one : std::vector<Instance>(of->rows)) {
        const ExprClosure body{text, row.body, one.bindings};
        const ExprClosure output = build.entry(body, "output_path");
        if (!output.exists()) continue;
        const auto written = as_text(build.pool, placed_value(build, {scope, output}));
        const bool is_it =
            written &&
            terraform_path(build, scope, *written).value_or(std::string(*written)) == path;
        if (!is_it) continue;
        if (found.exists) return {};
        found = {{scope, body}, true};
      }
    }
  }
  return found;
}

std::optional<std::string> path_from_elsewhere(const LinkContext& build, ScopeId scope,
                                               std::string_view written) {
  if (written.empty() || written.starts_with('/') || written.starts_with('~')) return std::nullopt;
  const auto lies_there = [&](const std::string& path) {
    return !path.empty() && !path.starts_with("..") && build.files.kind(path) != EntryKind::Missing;
  };
  const std::string root = module_of(build, scope).root;
  for (std::string at = root; !at.empty() && at != ".";) {
    at = std::string(folder_of(at));
    if (std::string path = normal_path(join_path(at, written)); lies_there(path)) return path;
  }
  for (std::size_t slash = written.find('/'); slash != written.npos; slash = written.find('/')) {
    written.remove_prefix(slash + 1);
    if (written.empty()) break;
    if (std::string path = normal_path(join_path(root, written)); lies_there(path)) return path;
  }
  return std::nullopt;
}

std::string path_in_project(const LinkContext& build, ScopeId scope, std::string_view written) {
  while (written.starts_with("../") || written.starts_with("./"))
    written.remove_prefix(written.find('/') + 1);
  const std::string first(written.substr(0, written.find('/')));
  for (std::string at = module_of(build, scope).root; !at.empty() && at != ".";) {
    at = std::string(folder_of(at));
    if (build.files.kind(join_path(at, first)) == EntryKind::Folder)
      return normal_path(join_path(at, written));
  }
  return {};
}

// The argument that an entry of the list names, as a native path:
// `environment[0].variables["KEY"]`. Empty: it cannot be told.
static std::string ignored_path(const LinkContext& build, const ExprClosure& at,
                                std::size_t depth) {
  if (!at.exists() || depth > kNestingDepth) return {};
  const Expr& expr = build.expr(at);
  if (expr.kind == ExprKind::Text) return std::string(build.literal(at).value_or(""));
  const std::string_view function = build.function(at);
  if (function == "name." || function == "resource.") {
    std::string path;
    for (std::size_t i = 0; i < build.operands(at).size(); ++i)
      path += cat(i > 0 ? "." : "", build.literal(build.operand(at, i)).value_or(""));
    return path;
  }
  if (expr.kind != ExprKind::Member && expr.kind != ExprKind::Index) return {};
  ExprClosure base = at;
  base.expr = ExprId{expr.ref};
  std::string path = ignored_path(build, base, depth + 1);
  if (path.empty()) return {};
  if (expr.kind == ExprKind::Member) return cat(path, ".", build.facts(at.text).string(expr.name));
  const ExprClosure index = build.operand(at, 0);
  // The number of a block is no part of a path.
  const bool is_key = index.exists() && build.expr(index).kind == ExprKind::Text;
  return is_key ? cat(path, ".", build.literal(index).value_or("")) : path;
}

std::vector<std::string> ignored_arguments(const LinkContext& build, const ResourceBuilder& draft) {
  if (draft.declaration == nullptr) return {};
  const ExprClosure attributes{draft.text, draft.declaration->attributes, draft.bindings};
  const ExprClosure ignored = build.entry(build.entry(attributes, "lifecycle"), "ignore_changes");
  if (!ignored.exists()) return {};
  std::vector<std::string> paths;
  const auto add = [&](const ExprClosure& at) {
    std::string path = ignored_path(build, at, 0);
    if (path == "*") path = kAllArguments;  // before Terraform 0.12
    if (!path.empty()) paths.push_back(std::move(path));
  };
  if (build.expr(ignored).kind != ExprKind::List)
    add(ignored);
  else
    for (std::size_t i = 0; i < build.operands(ignored).size(); ++i) add(build.operand(ignored, i));
  return paths;
}

bool is_replaced_with_others(const LinkContext& build, const ResourceBuilder& draft) {
  if (draft.declaration == nullptr) return false;
  const ExprClosure attributes{draft.text, draft.declaration->attributes, draft.bindings};
  return build.entry(build.entry(attributes, "lifecycle"), "replace_triggered_by").exists();
}

bool is_left_to_others(const LinkContext& build, const ResourceBuilder& draft) {
  return std::ranges::any_of(ignored_arguments(build, draft), [](const std::string& path) {
    return is_one_of(known::code_arguments(), path);
  });
}

bool may_hold_handler(const FileSystem& files, const std::string& folder, const AssetUser& user) {
  const auto row = std::ranges::find_if(
      kPlainFiles, [&](const PlainFiles& each) { return user.runtime.starts_with(each.runtime); });
  const std::size_t dot = user.handler.rfind('.');
  if (row == kPlainFiles.end() || dot == user.handler.npos) return true;
  const std::string_view symbol = user.handler.substr(dot + 1);
  std::string module(user.handler.substr(0, dot));
  if (row->runtime == "python") std::ranges::replace(module, '.', '/');
  return std::ranges::any_of(row->endings, [&](std::string_view ending) {
    if (ending.empty()) return false;
    const Result<std::string> text =
        files.read(join_path(folder, cat(module, ending)), kSourceBytes);
    return text && text.value().find(symbol) != std::string::npos;
  });
}

}  // namespace fnlint::stacks
