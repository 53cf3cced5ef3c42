// Finds the nested template by local path, asset, or the file name at the end of an address.

#include "link/templates/nested_templates.h"

#include "core/text.h"
#include "link/stacks/code_sources.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_texts.h"
#include "link/templates/duplicate_definitions.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

// How CDK names the templates of nested stacks.
constexpr std::string_view kNestedTemplate = ".nested.template.json";
// Builds give templates another ending when they upload them.
constexpr std::array<std::string_view, 4> kEndings{".json", ".template", ".yaml", ".yml"};

// What CDK uploads as the object that an address ends with, where no metadata says so.
const Asset* uploaded_template(LinkContext& build, ScopeId scope, const ExprClosure& location,
                               const std::string& folder) {
  const LongText address = assemble_text(build, scope, location, Holes::AsWritten);
  const std::size_t slash = address.text.rfind('/');
  if (!address.known || slash == std::string::npos || !address.text.ends_with(".json"))
    return nullptr;
  return code_sources(build).manifests.find(folder, address.text.substr(slash + 1));
}

// The last text of an address, whatever stands before it.
std::string_view end_of_address(const LinkContext& build, ExprClosure at) {
  for (std::size_t depth = 0; at.exists() && depth < 8; ++depth) {
    const ExprKind kind = build.expr(at).kind;
    const std::string_view function = build.function(at);
    if (kind == ExprKind::Text) return build.literal(at).value_or(std::string_view{});
    if (function == "Fn::Sub")
      at = build.operand(at, 0);
    else if (function == "Fn::Join")
      at = build.operand(at, 1);
    else if (const std::size_t count = build.operands(at).size();
             count > 0 && (kind == ExprKind::Concat || kind == ExprKind::List))
      at = build.operand(at, count - 1);
    else
      return {};
  }
  return {};
}

std::string_view template_stem(std::string_view name) {
  const std::string_view ending = extension_of(name);
  if (std::ranges::find(kEndings, ending) == kEndings.end()) return {};
  return name.substr(0, name.size() - ending.size());
}

// The template whose copy an address names: the only one of that name, or the one beside it.
TextId template_called(const LinkContext& build, TextId from, std::string_view address) {
  const std::string_view stem = template_stem(file_name_of(address));
  if (stem.empty() || address.find('/') == std::string_view::npos) return {};
  TextId found;
  bool several = false;
  for (const auto& [path, text] : build.templates) {
    if (text == from || build.described_twice->copies[text.index] ||
        template_stem(file_name_of(path)) != stem)
      continue;
    if (folder_of(path) == folder_of(build[from].source->path)) return text;
    several = several || found.exists();
    found = text;
  }
  return several ? TextId{} : found;
}

}  // namespace

ExprClosure location_of(const LinkContext& build, const ExprClosure& body) {
  const ExprClosure location = build.entry(body, "TemplateURL");
  return location.exists() ? location : build.entry(body, "Location");
}

NestedTemplate nested_template(LinkContext& build, ResourceId stack, ExprClosure& location) {
  const ResourceBuilder& draft = build.draft(stack);
  // CDK uploads it, and says in the metadata which file it is.
  const ExprClosure metadata =
      build.entry({draft.text, draft.declaration->attributes, draft.bindings}, "Metadata");
  if (build.literal(build.entry(metadata, "aws:asset:property")) == "TemplateURL")
    if (const ExprClosure asset = build.entry(metadata, "aws:asset:path"); asset.exists())
      location = asset;
  std::optional<std::string> path;
  if (const auto text = as_text(build.pool, value_of(build, draft.scope, location)))
    path = std::string(*text);
  const std::string folder(folder_of(build[draft.text].source->path));
  if (const Asset* asset = uploaded_template(build, draft.scope, location, folder))
    path = asset->path;
  if (path)
    if (const auto found = build.templates.find(join_path(folder, with_slashes(*path)));
        found != build.templates.end())
      return {found->second, false};
  return {template_called(build, draft.text, end_of_address(build, location)), true};
}

std::set<std::string, std::less<>> nested_paths(const LinkContext& build) {
  std::set<std::string, std::less<>> nested;
  for (std::uint32_t i = 0; i < build.texts.size(); ++i) {
    const TemplateSource& source = *build.texts[i].source;
    if (source.fragment) continue;
    if (source.path.ends_with(kNestedTemplate)) nested.insert(source.path);
    const std::string_view folder = folder_of(source.path);
    for (const Wanted& wanted : source.facts->wanted) {
      if (wanted.kind != WantedKind::NestedTemplate) continue;
      const std::string path = join_path(folder, source.facts->string(wanted.path));
      if (path != source.path) nested.insert(path);
    }
    for (const Declaration& row : source.facts->declarations) {
      const std::string_view type = source.facts->string(row.type);
      if (type != "AWS::CloudFormation::Stack" && type != "AWS::Serverless::Application") continue;
      const ExprClosure location = location_of(build, {TextId{i}, row.body});
      if (!location.exists()) continue;
      const TextId named = template_called(build, TextId{i}, end_of_address(build, location));
      if (named.exists()) nested.insert(build[named].source->path);
    }
  }
  return nested;
}

}  // namespace fnlint::stacks
