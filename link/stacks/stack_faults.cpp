// Notes names that lead nowhere and keys that are ignored, and holds back where something that is
// not read might bring them.

#include "link/stacks/stack_faults.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/nearest_folder.h"
#include "link/stacks/cut_resources.h"
#include "link/stacks/dialects.h"
#include "link/stacks/parted_templates.h"
#include "tables/known.h"
#include "tables/secrets.h"
#include "values/secret_text.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

constexpr std::string_view kSamTypes = "AWS::Serverless::";

// Whether a service of the Serverless Framework stands beside the file or above: it may take it in.
bool is_of_service(LinkContext& build, std::string_view path) {
  for (std::string_view folder = folder_of(path);; folder = folder_of(folder)) {
    for (const std::string_view name :
         {"serverless.yml", "serverless.yaml", "serverless.json", "serverless.ts", "serverless.js"})
      if (build.files.kind(join_path(folder, name)) != EntryKind::Missing) return true;
    if (folder.empty()) return false;
  }
}

// "terraform/chalice.tf.json" of `chalice package ... > terraform/chalice.tf.json`, or of what
// version control leaves out. Files of overrides add no names.
bool is_of_module(std::string_view word, const std::string& at, std::string_view folder) {
  const bool is_terraform_file = word.ends_with(".tf") || word.ends_with(".tf.json");
  if (!is_terraform_file || word.find_first_of("*$") != word.npos ||
      file_name_of(word).find("override") != word.npos)
    return false;
  const bool anywhere = word.find('/') == word.npos;
  return anywhere || folder_of(join_path(at, word)) == folder;
}

// Whether something puts further files of Terraform into the folder: a build there or above names
// one that is not there; a tool has a folder of what all of them share.
bool gets_more_files(const FileSystem& files, const std::string& folder) {
  return nearest_above(
             folder,
             [&](const std::string& at) {
               for (const std::string_view shared : known::terraform_shared_folders())
                 if (const std::string place = join_path(at, shared);
                     place != folder && files.kind(place) == EntryKind::Folder)
                   return true;
               for (const std::string_view name :
                    {"Makefile", "makefile", "package.json", ".gitignore"}) {
                 const Result<std::string> text = files.read(join_path(at, name), kSourceBytes);
                 if (!text) continue;
                 std::string words = text.value();
                 static constexpr std::string_view kBetween = "\t\r\n\"'>;";
                 std::ranges::replace_if(
                     words, [](char c) { return kBetween.find(c) != kBetween.npos; }, ' ');
                 for (const std::string_view word : split(words, ' '))
                   if (is_of_module(word, at, folder) &&
                       files.kind(join_path(folder, file_name_of(word))) == EntryKind::Missing)
                     return true;
               }
               return false;
             })
      .has_value();
}

// Whether a template of the run takes the file in by a tag that is no function of templates.
bool is_taken_in(const LinkContext& build, std::string_view path) {
  return std::ranges::any_of(build.texts, [&](const Text& text) {
    if (text.source == nullptr || text.source->facts == nullptr) return false;
    const TemplateFacts& facts = *text.source->facts;
    const std::string_view folder = folder_of(text.source->path);
    return std::ranges::any_of(
        facts.parts, [&](StringId part) { return join_path(folder, facts.string(part)) == path; });
  });
}

// Whether all that a name may be is in the scope's own texts.
bool has_all_names(LinkContext& build, ScopeId scope) {
  if (!build.stacks.scopes[scope.index].complete || build[scope].superseded) return false;
  const TextId text = build[scope].text;
  if (!text.exists()) return false;
  const TemplateFacts& facts = build.facts(text);
  if (is_terraform(facts.dialect))
    return facts.dialect == TemplateDialect::Terraform && build[scope].is_module() &&
           !build[text].source->stand_in &&
           !gets_more_files(build.files, std::string(folder_of(build[text].source->path)));
  if (facts.dialect != TemplateDialect::CloudFormation && facts.dialect != TemplateDialect::Sam)
    return false;
  // Resources alone are a part of something that may bring the rest.
  const bool is_part = facts.inputs.empty() && facts.conditions.empty() &&
                       facts.transforms.empty() && facts.mappings.empty();
  const std::string_view path = build[text].source->path;
  if (is_part || build.parts->alone[text.index] || is_of_service(build, path) ||
      is_taken_in(build, path))
    return false;
  // What a loop or a module makes has names of its own.
  const auto is_module = [&](const Declaration& row) {
    return row.type.exists() && facts.string(row.type).ends_with("::MODULE");
  };
  if (!facts.loops.empty() || facts.has_section_macros ||
      std::ranges::any_of(facts.declarations, is_module))
    return false;
  const auto is_macro = [&](StringId name) {
    return !facts.string(name).starts_with("AWS::") || facts.string(name) == "AWS::Include";
  };
  return std::ranges::none_of(facts.transforms, is_macro) &&
         std::ranges::none_of(
             facts.wanted, [](const Wanted& wanted) { return wanted.kind == WantedKind::Include; });
}

// SAM's own names begin with that of what they are made of: "OrdersRole", "ServerlessRestApi".
bool may_be_made(LinkContext& build, ScopeId scope, std::string_view name) {
  if (build.facts(build[scope].text).dialect != TemplateDialect::Sam) return false;
  const auto makes_it = [&](const auto& row) {
    if (!name.starts_with(row.first)) return false;
    const ResourceBuilder& draft = build.draft(row.second);
    return draft.declaration == nullptr ||
           build.facts(draft.text).string(draft.declaration->type).starts_with(kSamTypes) ||
           build.entry({draft.text, draft.declaration->attributes}, "Connectors").exists();
  };
  return name.starts_with("Serverless") || std::ranges::any_of(build[scope].resources, makes_it);
}

}  // namespace

void add_fault(LinkContext& build, TemplateFault fault) {
  if (fault.resource.exists() && build.superseded(fault.resource)) return;
  const auto kind = static_cast<std::uint64_t>(fault.kind);
  const std::uint64_t key =
      hash_of(cat("fault ", kind, ' ', fault.where.file.index, ' ', fault.where.range.begin),
              hash_of(fault.what));
  if (build.noted.insert(key).second) build.stacks.faults.push_back(std::move(fault));
}

void note_nothing_named(LinkContext& build, ScopeId scope, std::string_view name, Span where) {
  if (!build.declared || !has_all_names(build, scope) || may_be_made(build, scope, name)) return;
  // Further files of a Terraform module may be made when it is deployed.
  const bool terraform = is_terraform(build.facts(build[scope].text).dialect);
  add_fault(build, {.kind = TemplateFaultKind::NothingNamed,
                    .uncertainty = terraform ? std::uint8_t{kHeuristic} : std::uint8_t{0},
                    .what = std::string(name),
                    .where = where,
                    .scope = scope.index});
}

void judge_inputs(LinkContext& build) {
  // That it is a secret says the input: its name need not.
  constexpr std::string_view kSecret = "password";
  const SecretReader reader(secret_tables());
  for (std::size_t i = 0; i < build.scopes.size(); ++i) {
    if (build.scopes[i].superseded) continue;
    for (const auto& [name, at] : build.scopes[i].inputs) {
      const Input& input = build.facts(at.text).inputs[at.row];
      if (!input.secret) continue;
      build.stacks.scopes[i].hidden_inputs.emplace_back(name);
      if (!input.fallback.exists()) continue;
      const ExprClosure fallback{at.text, input.fallback};
      const auto text = build.literal(fallback);
      if (!text) continue;
      std::optional<SecretSign> sign = reader.read(name, *text);
      if (!sign) sign = reader.read(kSecret, *text);
      if (!sign || (sign->uncertainty & kUncertain) != 0) continue;
      add_fault(build, {.kind = TemplateFaultKind::SecretDefault,
                        .uncertainty = sign->uncertainty,
                        .what = cat(name, '\n', *text),
                        .where = build.span(fallback)});
    }
  }
}

namespace {

// Of a resource that SAM does not make, where its transform is not named.
bool is_of_sam_alone(const LinkContext& build, ResourceId id, std::string_view key) {
  const fnlint::Scope& scope = build.stacks.scopes[build.resource(id).scope];
  const auto dialect = static_cast<TemplateDialect>(scope.dialect);
  return (key == "Connectors" || key == "IgnoreGlobals") && !scope.transformed && scope.complete &&
         !scope.may_be_completed &&
         (dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Sam);
}

}  // namespace

void judge_keys(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i) {
    const ResourceBuilder& draft = build.drafts[i];
    const ResourceId id{i};
    if (draft.declaration == nullptr || has_macros(build, draft.text)) continue;
    const bool of_sam = build.pool[build.resource(id).native_type].starts_with(kSamTypes);
    const ExprClosure attributes{draft.text, draft.declaration->attributes, draft.bindings};
    if (!attributes.exists() || build.expr(attributes).kind != ExprKind::Record) continue;
    const Slice<Operand> slice = build.expr(attributes).operands;
    const TemplateFacts& facts = build.facts(draft.text);
    for (std::uint32_t k = slice.first; k < slice.first + slice.count; ++k) {
      const StringId name = facts.operands[k].name;
      if (!name.exists()) continue;
      const bool is_ignored =
          of_sam && !is_one_of(known::resource_attributes(), facts.string(name));
      if (!is_ignored && (of_sam || !is_of_sam_alone(build, id, facts.string(name)))) continue;
      add_fault(build, {.kind = is_ignored ? TemplateFaultKind::IgnoredKey
                                           : TemplateFaultKind::SamAttribute,
                        .resource = id,
                        .what = std::string(facts.string(name)),
                        .where = build.span(draft.text, facts.operand_ranges[k])});
    }
  }
}

}  // namespace fnlint::stacks
