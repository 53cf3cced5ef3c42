#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/bundled_entry.h"
#include "link/resolve/candidates.h"
#include "link/resolve/image_code.h"
#include "link/stacks/asset_users.h"
#include "link/stacks/code_sources.h"
#include "link/stacks/dialects.h"
#include "link/stacks/image_names.h"
#include "link/stacks/run_folders.h"
#include "link/stacks/stack_properties.h"
#include "link/terraform/terraform_archives.h"
#include "values/whole_text.h"

#include <algorithm>

// Where the code of Terraform's functions lies: archives that are made on the way, images, buckets.
namespace fnlint::stacks {

namespace {

constexpr std::string_view kArchiveData = "data.archive_file.";
constexpr std::string_view kArchive = "archive_file";
constexpr std::string_view kImage = "docker_image", kPushedImage = "docker_registry_image";
constexpr std::size_t kImageSteps = 64;  // from an image's address to what builds it

class TerraformCode {
 public:
  TerraformCode(LinkContext& build, ResourceId id, UnresolvedKind kind)
      : build_(build),
        pool_(build.pool),
        id_(id),
        kind_(kind),
        draft_(build.draft(id)),
        properties_(draft_.properties) {
    location_.where = build.resource(id).name;
  }

  CodeLocation locate();

 private:
  using Archive = TerraformArchive;
  [[nodiscard]] Archive archive_of(const ScopedExpr& at);
  void archive(const Archive& from);
  bool archived_text(const Archive& from);
  bool archived_blocks(const Archive& from);
  void packed(std::string_view written, ScopeId scope);
  bool archived_at(const ScopedExpr& given);
  void file(const ScopedExpr& at, Span where);
  void path(std::string_view written, ScopeId scope);
  void object_of(const ScopedExpr& key, const Node& node);
  ScopedExpr source_of(ResourceId object);
  ScopedExpr uploaded_as(const ScopedExpr& key);
  void image(const ScopedExpr& uri);
  bool built_image(ResourceId image);
  ResourceId named_image(const ScopedExpr& given, std::size_t& steps);
  ResourceId image_called(ValueId uri);
  void cloud_control(const ScopedExpr& code);
  bool inline_code(const ScopedExpr& at);
  void stand_in();
  bool beside(const std::string& zip);
  bool named(std::string_view archive, const std::string& below);
  void unknown(std::string reason) {
    location_.kind = CodeKind::Unknown;
    location_.reason = std::move(reason);
  }
  [[nodiscard]] ScopedExpr argument(std::string_view name) {
    return {draft_.scope, build_.entry(build_.body(draft_), name)};
  }
  [[nodiscard]] std::string_view text_of(const ScopedExpr& at) {
    return at.exists() ? as_text(pool_, placed_value(build_, at)).value_or("") : std::string_view{};
  }

  LinkContext& build_;
  ValuePool& pool_;
  ResourceId id_;
  UnresolvedKind kind_;
  ResourceBuilder draft_;
  Node properties_;
  CodeLocation location_;
  std::string output_;  // the archive that is made of it
};

TerraformCode::Archive TerraformCode::archive_of(const ScopedExpr& given) {
  const ScopedExpr at = followed(build_, given);
  if (!at.exists() || build_.expr(at.written).kind != ExprKind::Member) return {};
  ExprClosure base = at.written;
  base.expr = ExprId{build_.expr(at.written).ref};
  ValueId value = value_of(build_, at.scope, base);
  if (pool_.is(value, ValueKind::OneOf) && !pool_.operands(value).empty())
    value = pool_.operands(value).front();
  if (const auto found = stood_for(build_, value)) {
    if (!found->address.starts_with(kArchiveData)) return {};
    const Instances* of = instances_of(build_, found->scope, found->address);
    return {{found->scope, {of->text, of->declaration->body, found->instance->bindings}}, true};
  }
  if (!pool_.is(value, ValueKind::Reference)) return {};
  const ResourceId resource{static_cast<std::uint32_t>(pool_[value].ref)};
  if (pool_[build_.resource(resource).native_type] != kArchive) return {};
  const ResourceBuilder& draft = build_.draft(resource);
  return {{draft.scope, build_.body(draft)}, true};
}

// Code that stands in the configuration. False: what it is is not known.
bool TerraformCode::inline_code(const ScopedExpr& at) {
  LongText text = terraform_text(build_, at);
  if (text.text.empty() || !unreadable_code(pool_, text).empty()) return false;
  write_as_code(pool_, text);
  location_.kind = CodeKind::Inline;
  location_.inline_file = build_.span(at.written).file;
  location_.inline_text = std::move(text.text);
  location_.places = std::move(text.places);
  return true;
}

// archive_file with the text of its one file.
bool TerraformCode::archived_text(const Archive& from) {
  const auto entry = [&](std::string_view name) {
    return ScopedExpr{from.body.scope, build_.entry(from.body.written, name)};
  };
  const ScopedExpr content = followed(build_, entry("source_content"));
  if (!content.exists() || !inline_code(content)) return false;
  location_.entry_points = {std::string(text_of(entry("source_content_filename")))};
  return true;
}

// The end of a file's path that stands for its name in the archive: of "code/app/main.py", with the
// name "app/main.py", that, with "main.py" or "index.py" the file's own name. Empty: none does.
static std::string_view name_below(std::string_view path, std::string_view name) {
  if (name.find('/') == name.npos) return file_name_of(path);
  const bool is_same = path == name || path.ends_with(cat("/", name));
  return is_same ? path.substr(path.size() - name.size()) : std::string_view();
}

// archive_file with source blocks: the files that they name, else the text that they hold.
bool TerraformCode::archived_blocks(const Archive& from) {
  const ExprClosure blocks = build_.entry(from.body.written, "source");
  if (!blocks.exists() || build_.expr(blocks).kind != ExprKind::List) return false;
  // Of a layer the folders before a name are where it is unpacked.
  const bool is_layer = asset_user(build_, id_).handler.empty();
  std::string folder;
  std::size_t found = 0;
  const std::size_t count = build_.operands(blocks).size();
  for (std::size_t i = 0; i < count; ++i) {
    const ExprClosure block = build_.operand(blocks, i);
    if (!block.exists()) continue;
    const ScopedExpr content = followed(build_, {from.body.scope, build_.entry(block, "content")});
    if (!content.exists()) continue;
    const std::string_view name =
        text_of({from.body.scope, build_.entry(block, "filename")});  // in the archive
    const std::string_view function = build_.function(content.written);
    if (function == "file" || function == "templatefile") {
      const std::string_view written = text_of({content.scope, build_.operand(content.written, 0)});
      const auto full = terraform_path(build_, content.scope, written);
      if (!full || build_.files.kind(*full) != EntryKind::File) continue;
      const std::string_view below = is_layer ? file_name_of(*full) : name_below(*full, name);
      if (below.empty()) {
        unknown("files have other folders in the archive than their own");
        return true;
      }
      const std::size_t before = full->size() - below.size();
      const std::string around = full->substr(0, before > 0 ? before - 1 : 0);
      if (found == 0) folder = around;
      if (around != folder) continue;
      location_.patterns.push_back({std::string(below), true});
      if (!name.empty() && file_name_of(name) != file_name_of(*full))
        location_.entry_points.emplace_back(below);
      ++found;
    } else if (found == 0 && count == 1) {
      if (!inline_code(content)) continue;
      // Of inline code the one entry point is its file's name.
      location_.entry_points = {std::string(name)};
      return true;
    }
  }
  if (found == 0) return false;
  if (found > 1 && !location_.entry_points.empty()) {
    unknown("files have other names in the archive than their own");
    return true;
  }
  location_.kind = CodeKind::Folder;
  location_.path = folder;
  location_.only_included = true;
  return true;
}

void TerraformCode::archive(const Archive& from) {
  const ScopedExpr output{from.body.scope, build_.entry(from.body.written, "output_path")};
  output_ = terraform_path(build_, output.scope, text_of(output)).value_or("");
  const ScopedExpr folder{from.body.scope, build_.entry(from.body.written, "source_dir")};
  const ScopedExpr one{from.body.scope, build_.entry(from.body.written, "source_file")};
  if (folder.exists()) {
    location_.where = terraform_span(build_, folder);
    const ValueId value = placed_value(build_, folder);
    if (const auto text = as_text(pool_, value))
      packed(*text, from.body.scope);
    else
      unknown(cat("the folder that is archived is ", describe(pool_, value)));
    const ScopedExpr excludes{from.body.scope, build_.entry(from.body.written, "excludes")};
    const ValueId list = excludes.exists() ? placed_value(build_, excludes) : pool_.absent();
    const Elements left_out = elements_of(build_, list);
    location_.open = excludes.exists() && !left_out.known;
    for (const Element& element : left_out.rows)
      if (const auto glob = as_text(pool_, element.value))
        location_.patterns.push_back({std::string(*glob), false});
      else
        location_.open = true;
  } else if (one.exists()) {
    location_.where = terraform_span(build_, one);
    const ValueId value = placed_value(build_, one);
    if (const auto text = as_text(pool_, value)) {
      packed(*text, from.body.scope);
      if (pool_[value].uncertainty == 0) location_.only_file = file_name_of(*text);
    } else
      unknown(cat("the file that is archived is ", describe(pool_, value)));
  } else if (!archived_text(from) && !archived_blocks(from)) {
    unknown("what is archived cannot be determined");
  }
}

// The sources of a zip that a build outside of Terraform is to make.
bool TerraformCode::beside(const std::string& zip) {
  const AssetUser user = asset_user(build_, id_);
  const std::string stem = zip.substr(0, zip.size() - extension_of(zip).size());
  if (PathCandidate folder = code_sources(build_).assets.packed_folder(user, zip)) {
    take_sources(*std::move(folder), location_);
    return true;
  }
  if (!user.runtime.starts_with("nodejs")) return false;
  // A bundler calls its output what it likes; the package says what it makes it of.
  const std::string folder(folder_of(zip)), above(folder_of(folder));
  for (const std::string& candidate : {folder, stem, above}) {
    if (candidate.starts_with("..")) continue;
    std::string entry = bundled_entry(build_.builds, candidate);
    if (entry.empty()) continue;
    take_entry(candidate == "." ? "" : candidate, std::move(entry),
               guess_by(guesses::entry_of_package()), location_);
    return true;
  }
  PathCandidate entry = code_sources(build_).assets.entry_named_after(user, zip);
  if (!entry) return false;
  std::string place(folder_of(entry->thing)), file(file_name_of(entry->thing));
  if (!is_of_the_run(build_, place)) return false;
  take_entry(std::move(place), std::move(file), std::move(entry->guess), location_);
  return true;
}

// By the names alone of what a build makes; of a path from elsewhere also by the build that makes
// it.
bool TerraformCode::named(std::string_view archive, const std::string& below) {
  const AssetUser user = asset_user(build_, id_);
  PathCandidate folder = code_sources(build_).assets.named_folder(user, archive);
  if (folder && !is_of_the_run(build_, folder->thing)) folder.reset();
  if (!folder && !below.empty()) folder = code_sources(build_).assets.building_folder(user, below);
  if (!folder) return false;
  take_sources(*std::move(folder), location_);
  location_.reason = cat(archive, " is not in the repository");
  return true;
}

void TerraformCode::path(std::string_view written, ScopeId scope) {
  const auto full = terraform_path(build_, scope, written);
  if (!full) {
    if (is_archive_name(written) && named(written, path_in_project(build_, scope, written))) return;
    // Where it lies says nothing; what it is called may.
    if (is_archive_name(written)) location_.path = file_name_of(written);
    unknown(cat(written, " lies outside of the root"));
    return;
  }
  location_.path = *full;
  switch (build_.files.kind(*full)) {
    case EntryKind::Folder: location_.kind = CodeKind::Folder; return;
    case EntryKind::File:
      location_.kind = is_archive_name(*full) ? CodeKind::Zip : CodeKind::File;
      return;
    case EntryKind::Missing: break;
  }
  if (is_archive_name(*full) && (beside(*full) || named(*full, {}))) return;
  unknown(cat(written, " is not there; a build may make it"));
}

// What an archive is made of, also where Terraform is run from elsewhere: that it is, only the path
// tells, and the code keeps the reason.
void TerraformCode::packed(std::string_view written, ScopeId scope) {
  path(written, scope);
  if (location_.kind != CodeKind::Unknown) return;
  const auto found = path_from_elsewhere(build_, scope, written);
  if (!found) return;
  location_.path = *found;
  const bool is_folder = build_.files.kind(*found) == EntryKind::Folder;
  location_.kind = is_folder ? CodeKind::Folder : CodeKind::File;
  location_.reason = cat(written, " is not in the module's folder");
}

// The archive that is written where the code is taken from: its sources go before what is there.
bool TerraformCode::archived_at(const ScopedExpr& given) {
  const ScopedExpr at = followed(build_, given);
  const std::string_view written = text_of(at);
  // One outside of the project ("/tmp/code.zip") goes by what is written.
  const std::string full = terraform_path(build_, at.scope, written).value_or(std::string(written));
  if (written.empty() || !is_archive_name(full)) return false;
  const Archive from = archive_written_to(build_, at.scope, full);
  if (!from.exists) return false;
  const Span where = location_.where;
  archive(from);
  if (location_.kind != CodeKind::Unknown) return true;
  location_ = {};
  location_.where = where;
  return false;
}

void TerraformCode::file(const ScopedExpr& at, Span where) {
  location_.where = where;
  if (const Archive from = archive_of(at); from.exists) {
    archive(from);
    return;
  }
  if (archived_at(at)) return;
  const ValueId value = placed_value(build_, at);
  const std::size_t count = pool_.is(value, ValueKind::OneOf) ? pool_.operands(value).size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const ValueId one = pool_.is(value, ValueKind::OneOf) ? pool_.operands(value)[i] : value;
    const auto text = as_text(pool_, one);
    if (!text || text->empty()) continue;
    path(*text, at.scope);
    if (location_.kind != CodeKind::Unknown) return;
  }
  // A version in an archive's name says nothing of what it is made of.
  const std::string known = known_parts(pool_, value);
  if (is_archive_name(known) && named(known, {})) return;
  if (location_.reason.empty()) unknown(cat("the code's place is ", describe(pool_, value)));
}

// What an object of the configuration is uploaded from; none: it is another resource.
ScopedExpr TerraformCode::source_of(ResourceId object) {
  const std::string_view type = pool_[build_.resource(object).native_type];
  if (type != "aws_s3_object" && type != "aws_s3_bucket_object") return {};
  const ResourceBuilder draft = build_.draft(object);
  return {draft.scope, build_.entry(build_.body(draft), "source")};
}

// An object of the same bucket and key, which both may name in the same words.
ScopedExpr TerraformCode::uploaded_as(const ScopedExpr& key) {
  const auto same = [&](const ResourceBuilder& draft, std::string_view theirs,
                        const ScopedExpr& own) {
    const ExprClosure entry = build_.entry(build_.body(draft), theirs);
    if (!entry.exists() || !own.exists()) return false;
    const ValueId a = value_of(build_, draft.scope, entry), b = placed_value(build_, own);
    return pool_.identified(a) && pool_.identified(b) && pool_.plain(a) == pool_.plain(b);
  };
  for (std::uint32_t i = 0; i < build_.stacks.resources.size(); ++i) {
    const ScopedExpr source = source_of(ResourceId{i});
    if (!source.exists()) continue;
    const ResourceBuilder draft = build_.draft(ResourceId{i});
    if (same(draft, "key", key) && same(draft, "bucket", argument("s3_bucket"))) return source;
  }
  return {};
}

// An object that this configuration uploads itself leads to what it is made of.
void TerraformCode::object_of(const ScopedExpr& key, const Node& node) {
  location_.where = node.where();
  const ScopedExpr at = followed(build_, key);
  if (at.exists() && build_.expr(at.written).kind == ExprKind::Member) {
    ExprClosure base = at.written;
    base.expr = ExprId{build_.expr(at.written).ref};
    const ValueId value = value_of(build_, at.scope, base);
    if (pool_.is(value, ValueKind::Reference))
      if (const ScopedExpr source =
              source_of(ResourceId{static_cast<std::uint32_t>(pool_[value].ref)});
          source.exists())
        return file(source, terraform_span(build_, source));
  }
  if (const ScopedExpr source = uploaded_as(key); source.exists())
    return file(source, terraform_span(build_, source));
  const auto words = [&](std::string_view name) {
    const ScopedExpr part = argument(name);
    return part.exists() ? describe(pool_, placed_value(build_, part)) : std::string("?");
  };
  const std::string where = cat("the code is in S3: ", words("s3_bucket"), "/", words("s3_key"));
  const std::string known = key.exists() ? known_parts(pool_, placed_value(build_, key)) : "";
  if (!is_archive_name(known) || !named(known, {})) {
    location_.kind = CodeKind::Remote;
    if (is_archive_name(known)) location_.path = known;
  }
  location_.reason = where;
}

// The context of the build block of an image, a list of one.
bool TerraformCode::built_image(ResourceId image) {
  const ResourceBuilder draft = build_.draft(image);
  ExprClosure block = build_.entry(build_.body(draft), "build");
  if (block.exists() && build_.expr(block).kind == ExprKind::List) block = build_.operand(block, 0);
  if (!block.exists()) return false;
  const auto text = [&](std::string_view name) {
    return std::string(text_of({draft.scope, build_.entry(block, name)}));
  };
  std::string written = text("context");
  if (written.empty()) written = text("path");  // before version 3 of the provider
  const auto context = terraform_path(build_, draft.scope, written);
  if (written.empty() || !context || build_.files.kind(*context) != EntryKind::Folder) {
    location_.reason = cat("the image's context ", written, " is not in the repository");
    return false;
  }
  location_.path = *context;
  location_.docker_target = text("target");
  const std::string file = text("dockerfile");
  if (file.empty()) {
    location_.docker_file = docker_file(build_.files, *context);
    return true;
  }
  // From the context, or from where Terraform runs.
  const auto from_root = terraform_path(build_, draft.scope, file);
  const std::string beside = normal_path(join_path(*context, file));
  const bool there = build_.files.kind(beside) == EntryKind::File || !from_root;
  location_.docker_file = there ? beside : *from_root;
  return true;
}

// The image that an expression names, through as many others as it takes.
ResourceId TerraformCode::named_image(const ScopedExpr& given, std::size_t& steps) {
  const ScopedExpr at = followed(build_, given);
  if (!at.exists() || steps == 0) return {};
  --steps;
  const Expr& expr = build_.expr(at.written);
  if (build_.function(at.written) == "resource.") {
    ValueId value = placed_value(build_, at);
    if (pool_.is(value, ValueKind::OneOf) || pool_.is(value, ValueKind::List))
      if (!pool_.operands(value).empty()) value = pool_.operands(value).front();
    if (!pool_.is(value, ValueKind::Reference)) return {};
    const ResourceId resource{static_cast<std::uint32_t>(pool_[value].ref)};
    const std::string_view type = pool_[build_.resource(resource).native_type];
    if (type != kImage && type != kPushedImage) return {};
    const ResourceBuilder& draft = build_.draft(resource);
    if (build_.entry(build_.body(draft), "build").exists()) return resource;
    return named_image({draft.scope, build_.entry(build_.body(draft), "name")}, steps);
  }
  if (expr.kind == ExprKind::Member || expr.kind == ExprKind::Index) {
    ExprClosure base = at.written;
    base.expr = ExprId{expr.ref};
    if (const ResourceId found = named_image({at.scope, base, at.uncertainty}, steps);
        found.exists())
      return found;
  }
  for (std::size_t i = 0; i < build_.operands(at.written).size(); ++i) {
    const ScopedExpr one{at.scope, build_.operand(at.written, i), at.uncertainty};
    if (!one.exists()) continue;
    if (const ResourceId found = named_image(one, steps); found.exists()) return found;
  }
  return {};
}

// An image that is pushed under the very name.
ResourceId TerraformCode::image_called(ValueId uri) {
  if (!uri.exists() || !pool_.identified(uri)) return {};
  const ValueId plain = pool_.plain(uri);
  for (std::uint32_t i = 0; i < build_.stacks.resources.size(); ++i) {
    if (pool_[build_.stacks.resources[i].native_type] != kImage) continue;
    const ResourceBuilder draft = build_.draft(ResourceId{i});
    const ExprClosure name = build_.entry(build_.body(draft), "name");
    if (name.exists() && pool_.plain(value_of(build_, draft.scope, name)) == plain)
      return ResourceId{i};
  }
  return {};
}

void TerraformCode::image(const ScopedExpr& uri) {
  const Node node = properties_["Code"]["ImageUri"];
  location_.kind = CodeKind::Image;
  if (node) location_.where = node.where();
  std::size_t steps = kImageSteps;
  ResourceId image = uri.exists() ? named_image(uri, steps) : ResourceId{};
  if (!image.exists() && uri.exists()) image = image_called(placed_value(build_, uri));
  location_.reason = "no Dockerfile is known to make the image";
  if (image.exists()) {
    if (built_image(image)) location_.reason.clear();
  } else if (uri.exists()) {
    find_image_sources(build_, id_, placed_value(build_, uri), location_);
  }
}

// code = { zip_file, s3_key, image_uri } of the provider whose names are CloudFormation's.
void TerraformCode::cloud_control(const ScopedExpr& code) {
  const auto entry = [&](std::string_view name) {
    return ScopedExpr{code.scope, build_.entry(code.written, name)};
  };
  const ScopedExpr written = followed(build_, entry("zip_file"));
  if (written.exists()) {
    if (!inline_code(written)) unknown("the inline code cannot be determined");
  } else if (entry("image_uri").exists()) {
    image(entry("image_uri"));
  } else if (entry("s3_key").exists()) {
    object_of(entry("s3_key"), properties_["Code"]["S3Key"]);
  } else {
    unknown("the configuration says nothing about its code");
  }
}

// What is packed only stands in for the function's code. The sources may lie in the project all the
// same, where a folder is called like the archive: nothing but the name says so, and the code keeps
// the reason.
void TerraformCode::stand_in() {
  const bool packs_project = location_.kind == CodeKind::Folder || location_.kind == CodeKind::File;
  const AssetUser user = asset_user(build_, id_);
  const std::string folder = location_.kind == CodeKind::File
                                 ? std::string(folder_of(location_.path))
                                 : location_.path;
  constexpr std::string_view kReason = "something else deploys its code (ignore_changes)";
  const bool is_named = location_.guess && location_.build_method.empty();  // the file is there
  if ((packs_project && (is_named || may_hold_handler(build_.files, folder, user))) ||
      (location_.kind == CodeKind::Image && !location_.path.empty())) {
    location_.reason = kReason;
    return;
  }
  const std::string archive = is_archive_name(location_.path) ? location_.path : output_;
  CodeLocation code{.kind = CodeKind::Unknown,
                    .path = archive,
                    .reason = std::string(kReason),
                    .where = location_.where,
                    .uploaded_directly = location_.uploaded_directly};
  if (!archive.empty()) {
    PathCandidate named = code_sources(build_).assets.named_folder(user, archive);
    if (named && is_of_the_run(build_, named->thing)) take_sources(*std::move(named), code);
  }
  location_ = std::move(code);
}

CodeLocation TerraformCode::locate() {
  const ScopedExpr name = argument("filename"), key = argument("s3_key");
  // Of several ways, as the inputs' defaults have it: the first.
  const auto is_given = [&](const ScopedExpr& at) {
    if (!at.exists()) return false;
    ValueId value = placed_value(build_, at);
    if (pool_.is(value, ValueKind::OneOf)) value = pool_.operands(value)[0];
    // The provider takes an empty text for none.
    return !pool_.is(value, ValueKind::Null) && !pool_.is(value, ValueKind::Absent) &&
           as_text(pool_, value) != "";
  };
  const ScopedExpr code = followed(build_, argument("code"));
  if (code.exists() && build_.expr(code.written).kind == ExprKind::Record) {
    cloud_control(code);
  } else if (properties_["PackageType"].text() == "Image" || is_given(argument("image_uri"))) {
    image(argument("image_uri"));
  } else if (is_given(name)) {
    file(name, terraform_span(build_, name));
    location_.uploaded_directly = true;
  } else if (is_given(key)) {
    object_of(key,
              properties_[kind_ == UnresolvedKind::LayerContent ? "Content" : "Code"]["S3Key"]);
  } else {
    unknown("the configuration says nothing about its code");
  }
  if (is_left_to_others(build_, draft_)) stand_in();
  const bool away = location_.kind == CodeKind::Unknown || location_.kind == CodeKind::Remote ||
                    (location_.kind == CodeKind::Image && location_.path.empty());
  if (away && !location_.reason.empty())
    build_.unresolved(kind_, location_.reason, location_.where, build_.address(id_));
  return std::move(location_);
}

}  // namespace

CodeLocation terraform_code(LinkContext& build, ResourceId id, UnresolvedKind kind) {
  return TerraformCode(build, id, kind).locate();
}

}  // namespace fnlint::stacks
