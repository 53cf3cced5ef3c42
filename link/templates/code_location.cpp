// Tries metadata, local paths, assets, images and inline code in turn, by package type and tool;
// what is elsewhere is looked for among the project's builds.

#include "link/templates/code_location.h"

#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/candidates.h"
#include "link/resolve/image_code.h"
#include "link/resolve/source_index.h"
#include "link/serverless/serverless.h"
#include "link/stacks/code_sources.h"
#include "link/stacks/image_names.h"
#include "link/stacks/run_folders.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_texts.h"
#include "link/templates/cdk_helpers.h"
#include "link/templates/duplicate_definitions.h"
#include "link/templates/guessed_code.h"
#include "link/terraform/terraform.h"
#include "values/whole_text.h"
#include "values/yes_no.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

class Locating {
 public:
  Locating(LinkContext& build, ResourceId id, UnresolvedKind kind)
      : build_(build), id_(id), kind_(kind), properties_(build.draft(id).properties) {
    location_.where = build.resource(id).name;
    read_metadata();
  }

  CodeLocation function();
  CodeLocation layer();

 private:
  void read_metadata();
  void local(const Node& node);
  void local_path(std::string_view written);
  bool asset();
  bool uploaded(std::string_view name);
  void take_context(const std::string& folder, std::string_view file, std::string_view target);
  void downloaded();
  void inline_code(const ExprClosure& written, const Node& node);
  void image(const Node& uri);
  void remote(const Node& node);
  void unknown(std::string reason);
  CodeLocation finish();
  [[nodiscard]] std::string folder() const {
    return std::string(folder_of(build_[build_.draft(id_).text].source->path));
  }
  [[nodiscard]] bool is_snapshot() const {
    return build_.facts(build_.draft(id_).text).dialect == TemplateDialect::LambdaApi;
  }
  [[nodiscard]] bool is_sam() const {
    return build_.pool[build_.resource(id_).type].starts_with("AWS::Serverless::");
  }

  LinkContext& build_;
  ResourceId id_;
  UnresolvedKind kind_;
  Node properties_;
  CodeLocation location_;
};

void Locating::read_metadata() {
  const Node metadata = build_.draft(id_).metadata;
  location_.build_method = metadata["BuildMethod"].text();
  const Node properties = metadata["BuildProperties"];
  location_.entry_points = texts_of(properties["EntryPoints"]);
  location_.own_output_paths = properties["Outbase"] || properties["EntryNames"];
  if (const std::string_view binary = properties["Binary"].text(); !binary.empty())
    location_.entry_points.emplace_back(binary);
  location_.external = texts_of(properties["External"]);
}

void Locating::unknown(std::string reason) {
  location_.kind = CodeKind::Unknown;
  location_.reason = std::move(reason);
}

CodeLocation Locating::finish() {
  // What a Dockerfile puts together is taken out of the image.
  if (const Node file = build_.draft(id_).metadata["Dockerfile"];
      location_.kind == CodeKind::Folder && file)
    location_.docker_file = join_path(location_.path, file.text());
  const bool away = location_.kind == CodeKind::Unknown || location_.kind == CodeKind::Remote ||
                    (location_.kind == CodeKind::Image && !has_context(location_));
  if (away && !location_.reason.empty())
    build_.unresolved(kind_, location_.reason, location_.where, build_.address(id_));
  return std::move(location_);
}

// A path from the template's folder.
void Locating::local_path(std::string_view written) {
  if (written.starts_with("s3://") || written.starts_with("https://")) {
    location_.kind = CodeKind::Remote;
    location_.reason = cat("the code is at ", written);
    return;
  }
  const std::string full = join_path(folder(), with_slashes(written));
  location_.path = full == "." ? "" : full;
  if (full.starts_with("..") || full.starts_with("/")) {
    unknown(cat(written, " lies outside of the root"));
    return;
  }
  const std::string_view extension = extension_of(location_.path);
  switch (build_.files.kind(location_.path)) {
    case EntryKind::Folder: location_.kind = CodeKind::Folder; break;
    case EntryKind::File:
      location_.kind = extension == ".zip" || extension == ".jar" ? CodeKind::Zip : CodeKind::File;
      break;
    case EntryKind::Missing: unknown(cat(written, " is not there; a build may make it")); break;
  }
  // sam build makes the package of a folder, unless the template says that it is one.
  const Node skip = build_.draft(id_).metadata["SkipBuild"];
  const bool skips = skip && is_yes(build_.pool, skip.value());
  location_.built = is_sam() && location_.kind == CodeKind::Folder && !skips;
}

// CDK says in the metadata of what it synthesised where the asset is.
bool Locating::asset() {
  const Node path = build_.draft(id_).metadata["aws:asset:path"];
  if (path.text().empty()) return false;
  const std::string full = join_path(folder(), path.text());
  if (build_.files.kind(full) == EntryKind::Missing && !full.starts_with("..")) {
    location_.path = full;
    unknown(cat("the asset ", path.text(), " is not in the repository"));
    return true;
  }
  if (const Node file = build_.draft(id_).metadata["aws:asset:dockerfile-path"]) {
    const Node target = build_.draft(id_).metadata["aws:asset:docker-build-target"];
    take_context(full, file.text(), target.text());
    return true;
  }
  local_path(path.text());
  return true;
}

// What an account runs is in the account, unless somebody has put it beside the answer: a folder or
// an archive of the function's name. Requests may name an archive themselves.
void Locating::downloaded() {
  if (properties_["Code"]["ImageUri"]) {
    image(properties_["Code"]["ImageUri"]);
    return;
  }
  constexpr std::string_view kFile = "fileb://";
  const std::string_view zip = properties_["Code"]["ZipFile"].text();
  if (zip.starts_with(kFile)) {
    location_.where = properties_["Code"]["ZipFile"].where();
    local_path(zip.substr(kFile.size()));
    location_.uploaded_directly = true;
    return;
  }
  std::string_view name = properties_["LayerName"].text();
  if (name.empty()) name = build_.address(id_);
  const std::string beside = join_path(folder(), name);
  for (const std::string& path : {beside, cat(beside, ".zip")}) {
    if (build_.files.kind(path) == EntryKind::Missing) continue;
    local_path(file_name_of(path));
    return;
  }
  location_.kind = CodeKind::Remote;
  location_.reason = "what it holds is in the account";
}

void Locating::inline_code(const ExprClosure& written, const Node& node) {
  location_.kind = CodeKind::Inline;
  location_.where = node.where();
  location_.inline_file = written.exists() ? build_.span(written).file : node.where().file;
  if (!written.exists() || build_.function(written) == "Fn::If") {
    location_.inline_text = node.text();
    location_.places = {{0, node.where().range.begin}};
    if (location_.inline_text.empty()) unknown("a condition decides which code it has");
    return;
  }
  LongText text = assemble_text(build_, build_.draft(id_).scope, written, Holes::Marked);
  if (std::string why = unreadable_code(build_.pool, text); !why.empty()) {
    unknown(std::move(why));
    return;
  }
  write_as_code(build_.pool, text);
  if (trim(text.text).empty()) {
    unknown("the inline code is empty: what fills it in is not seen");
    return;
  }
  location_.inline_text = std::move(text.text);
  location_.places = std::move(text.places);
  for (TextPlace& place : location_.places)
    place.file_begin =
        build_.span(written.text, {place.file_begin, place.file_begin}).range.begin;
}

void Locating::take_context(const std::string& folder, std::string_view file,
                            std::string_view target) {
  location_.kind = CodeKind::Image;
  location_.path = folder;
  if (!file.empty()) location_.docker_file = join_path(folder, file);
  location_.docker_target = target;
}

// By the name under which CDK uploads it, where the metadata says nothing.
bool Locating::uploaded(std::string_view name) {
  const Asset* asset = name.empty() ? nullptr : code_sources(build_).manifests.find(folder(), name);
  if (asset == nullptr) return false;
  if (asset->image)
    take_context(join_path(folder(), asset->path), asset->docker_file, asset->docker_target);
  else
    local_path(asset->path);
  return true;
}

void Locating::remote(const Node& node) {
  location_.where = node.where();
  if (asset()) return;
  Node bucket = node["S3Bucket"], key = node["S3Key"];
  if (uploaded(key.text())) return;
  // What is written as empty; a parameter's empty default waits for the deployment.
  const auto is_blank = [&](const Node& part) {
    return part && as_text(build_.pool, part.value()) == std::optional<std::string_view>("") &&
           (build_.pool[part.value()].uncertainty & kOverridable) == 0;
  };
  if (is_blank(bucket) && is_blank(key)) {  // `dotnet lambda deploy-serverless` fills them in
    local_path("");
    return;
  }
  location_.kind = CodeKind::Remote;
  if (!bucket) bucket = node["Bucket"];
  if (!key) key = node["Key"];
  const auto words = [&](const Node& part) {
    const std::string said = part ? describe(build_.pool, part.value()) : std::string();
    return said.empty() ? std::string("?") : said;
  };
  location_.reason = cat("the code is in S3: ", words(bucket), "/", words(key));
}

void Locating::image(const Node& uri) {
  location_.kind = CodeKind::Image;
  if (uri) location_.where = uri.where();
  const Node metadata = build_.draft(id_).metadata;
  const Node context = metadata["DockerContext"];
  if (metadata["aws:asset:path"] && asset()) {
    if (location_.kind != CodeKind::Unknown) location_.kind = CodeKind::Image;
    return;
  }
  const std::string words = uri ? whole_words(build_.pool, uri.value()) : std::string();
  if (const std::size_t tag = words.rfind(':');
      tag != words.npos && uploaded(words.substr(tag + 1)))
    return;
  const std::string_view file = metadata["Dockerfile"].text();
  if (!context && file.empty()) {
    location_.reason = "no Dockerfile is known to make the image";
    if (uri) find_image_sources(build_, id_, uri.value(), location_);
    return;
  }
  location_.built = true;  // and tagged, by `sam build`
  const std::string full = join_path(folder(), context ? context.text() : ".");
  location_.path = full == "." ? "" : full;
  if (full.starts_with("..") || build_.files.kind(location_.path) != EntryKind::Folder) {
    location_.path.clear();
    location_.reason = cat("the image's context ", context.text(), " is not in the repository");
    return;
  }
  if (!file.empty()) location_.docker_file = join_path(location_.path, file);
  if (location_.docker_file.empty() ||
      build_.files.kind(location_.docker_file) != EntryKind::File)
    location_.docker_file = docker_file(build_.files, location_.path);
  location_.docker_target = metadata["DockerBuildTarget"].text();
  if (location_.path.empty()) location_.path = ".";  // the root of the run
}

// A property with a path, an S3 place, or something that only a deployment decides.
void Locating::local(const Node& node) {
  location_.where = node.where();
  if (node.has_children()) {
    remote(node);
    return;
  }
  if (const auto text = as_text(build_.pool, node.value())) {
    if (!asset()) local_path(*text);
    return;
  }
  if (build_.pool.is(node.value(), ValueKind::OneOf)) {
    for (const ValueId one : build_.pool.operands(node.value())) {
      const auto text = as_text(build_.pool, one);
      if (!text) continue;
      local_path(*text);
      if (location_.kind != CodeKind::Unknown && location_.kind != CodeKind::Remote) return;
    }
  }
  unknown(cat("the code's place is ", describe(build_.pool, node.value())));
}

CodeLocation Locating::function() {
  const ExprClosure body = build_.body(build_.draft(id_));
  const Node code = properties_["Code"];
  if (is_snapshot()) {
    downloaded();
  } else if (is_sam()) {
    // Beside an archive, an image's address is nothing to SAM: without a PackageType it packs a
    // zip.
    const bool archived = properties_["CodeUri"] || properties_["InlineCode"];
    if (properties_["PackageType"].text() == "Image" || (properties_["ImageUri"] && !archived))
      image(properties_["ImageUri"]);
    else if (const Node text = properties_["InlineCode"])
      inline_code(build_.entry(body, "InlineCode"), text);
    else if (const Node uri = properties_["CodeUri"])
      local(uri);
    else
      local_path(".");
  } else if (const Node text = code["ZipFile"]) {
    inline_code(build_.entry(build_.entry(body, "Code"), "ZipFile"), text);
  } else if (code["ImageUri"] || properties_["PackageType"].text() == "Image") {
    image(code["ImageUri"]);
  } else if (code) {
    local(code);
  } else {
    unknown("the template says nothing about its code");
  }
  return finish();
}

CodeLocation Locating::layer() {
  Node content = properties_["ContentUri"];
  if (!content) content = properties_["Content"];
  if (is_snapshot())
    downloaded();
  else if (content)
    local(content);
  else if (is_sam())
    local_path(".");
  else
    unknown("the template says nothing about its content");
  return finish();
}

}  // namespace

namespace {

bool is_here(const CodeLocation& code) {
  return code.kind == CodeKind::Folder || code.kind == CodeKind::File ||
         code.kind == CodeKind::Zip || code.kind == CodeKind::Inline || has_context(code);
}

// Of a resource that a tool's output and its source describe: the source's files, where they are
// there, with what the tool has made of them.
CodeLocation with_twin(const LinkContext& build, ResourceId id, CodeLocation made,
                       const std::function<CodeLocation(ResourceId)>& of) {
  const ResourceId twin = id.index < build.described_twice->twins.size()
                              ? build.described_twice->twins[id.index]
                              : ResourceId{};
  if (!twin.exists()) return made;
  CodeLocation source = of(twin);
  if (!is_here(source) || source.kind == CodeKind::Inline) return made;
  if (made.kind == CodeKind::Folder || made.kind == CodeKind::Zip)
    source.package = made.package.empty() ? made.path : made.package;
  return source;
}

bool is_zip(std::string_view path) { return lower(path).ends_with(".zip"); }

// What a value surely ends with, after what else is known of it: "orders/.zip" of
// "orders/${Version}.zip".
std::string text_at_end(const ValuePool& pool, ValueId value) {
  const bool is_cut = pool.is(value, ValueKind::Pattern) &&
                      as_text(pool, pool.operands(value).back()).value_or("").empty();
  return is_cut ? std::string() : known_parts(pool, value);
}

// An archive that a build is to make, or has put into a bucket: the sources that it is made of,
// where the project has a folder of that name. That this is the one, nothing says but the name:
// the code keeps the reason why it is not there.
void find_sources(LinkContext& build, ResourceId id, const AssetUser& user, CodeLocation& code) {
  const Node properties = build.draft(id).properties;
  std::string archive;
  if (code.kind == CodeKind::Unknown) {
    archive = code.path;
  } else if (code.kind == CodeKind::Remote) {
    const Node uri = properties["CodeUri"] ? properties["CodeUri"] : properties["Code"];
    const Node key = uri["S3Key"] ? uri["S3Key"] : uri["Key"];
    archive = key ? text_at_end(build.pool, key.value()) : std::string(uri.text());
    if (is_zip(archive) && archive.find(':') == archive.npos) code.path = archive;
  }
  // A folder that a build is to make is called like its sources as well; so is an object of a
  // bucket.
  // What a compiler's output is made of, its settings say.
  const bool is_output = says_nothing(archive) && user.runtime.starts_with("nodejs");
  if (!is_zip(archive) && (archive.empty() || !extension_of(archive).empty() || is_output)) return;
  PathCandidate folder;
  if (code.kind == CodeKind::Unknown && is_zip(archive))
    folder = code_sources(build).assets.packed_folder(user, archive);
  if (!folder) folder = code_sources(build).assets.named_folder(user, archive);
  if (folder && is_of_the_run(build, folder->thing)) take_sources(*std::move(folder), code);
}

// sam build makes it there.
void find_build_of_sam(const LinkContext& build, ResourceId id, CodeLocation& code) {
  if (!code.built || !code.package.empty()) return;
  const std::string_view folder = folder_of(build[build.drafts[id.index].text].source->path);
  const std::string made = join_path(folder, cat(".aws-sam/build/", build.address(id)));
  if (build.files.kind(made) == EntryKind::Folder) code.package = made;
}

}  // namespace

CodeLocation code_of_function(LinkContext& build, ResourceId id) {
  const AssetUser user = asset_user(build, id);
  if (build[build.draft(id).scope].is_module()) {
    CodeLocation code = terraform_code(build, id, UnresolvedKind::CodeLocation);
    code_sources(build).assets.lead_back(user, code);
    guess_code(build, id, user, code);
    return code;
  }
  if (is_cdk_helper(build.construct_path(id), build.address(id)))
    return {.kind = CodeKind::Remote,
            .reason = "CDK brings its code",
            .where = build.resource(id).name};
  const auto of = [&](ResourceId one) {
    if (is_compiled(build, one)) return code_of_service_function(build, one);
    return Locating(build, one, UnresolvedKind::CodeLocation).function();
  };
  CodeLocation code = with_twin(build, id, of(id), of);
  code_sources(build).assets.lead_back(user, code);
  find_sources(build, id, user, code);
  guess_code(build, id, user, code);
  find_build_of_sam(build, id, code);
  return code;
}

CodeLocation code_of_layer(LinkContext& build, ResourceId id) {
  if (build[build.draft(id).scope].is_module())
    return terraform_code(build, id, UnresolvedKind::LayerContent);
  const auto of = [&](ResourceId one) {
    if (is_compiled(build, one)) return code_of_service_layer(build, one);
    return Locating(build, one, UnresolvedKind::LayerContent).layer();
  };
  CodeLocation code = with_twin(build, id, of(id), of);
  find_build_of_sam(build, id, code);
  return code;
}

}  // namespace fnlint::stacks
