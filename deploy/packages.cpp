// Measures each place of code once, and gives every function its package, layers, total size, and
// the surroundings that may hold what it seems to lack.

#include "deploy/packages.h"

#include "core/limits.h"
#include "core/text.h"
#include "deploy/content.h"
#include "deploy/image_client.h"
#include "deploy/natives.h"
#include "deploy/npm_pack.h"
#include "deploy/package_filter.h"
#include "deploy/secret_files.h"
#include "deploy/version_demands.h"
#include "frontends/packages/dockerfile.h"
#include "tables/known.h"
#include "tables/models.h"
#include "tables/packages.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace fnlint {

namespace {

struct Measured {
  ContentSize size = {};
  std::shared_ptr<Package> package = {};
};

class Measurer {
 public:
  Measurer(const FileSystem& files, const KeepFile& keep)
      : files_(files), keep_(keep), manifests_(files, keep) {}

  // A place, seen as a runtime's: "python3.12"; of a layer, what it is built for.
  struct Question {
    const CodeLocation& code;
    std::string runtime = {}, kept = {};
    bool layer = false;
  };
  // What lies in a folder is measured once, for all whose handlers lie in folders of it.
  Measured& of(const Question& question) {
    Measured& whole = known({question.code, question.runtime, {}, question.layer});
    return may_keep(whole, question.kept) ? known(question) : whole;
  }

  // What else may put packages there: looked for where something seems to be missing.
  PackageSurroundings around(const CodeLocation& code, Registry registry,
                             const std::set<std::string>& importing) {
    PackageSurroundings around{.installer = manifests_.installer(code.path, registry)};
    std::set<std::string> names;
    if (!code.path.empty())
      add(manifests_.mentioned(std::string(folder_of(code.path)), registry), names);
    for (const std::string_view folder : importing) look_beside(folder, code, registry, names);
    around.mentioned.assign(names.begin(), names.end());
    return around;
  }

  Manifests& manifests() { return manifests_; }

 private:
  struct Key {
    std::string path = {};
    CodeKind kind{};
    bool built = false, layer = false;
    std::string runtime = {}, kept = {}, patterns = {};
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  static Key key_of(const Question& question) {
    const CodeLocation& code = question.code;
    Key key{.path = code.path,
            .kind = code.kind,
            .built = code.built,
            .layer = question.layer,
            .runtime = question.runtime,
            .kept = question.kept};
    for (const PackagePattern& pattern : code.patterns)
      key.patterns += cat(pattern.includes ? '+' : '-', pattern.glob, '\n');
    key.patterns +=
        cat(code.package, '\n', code.only_included, code.open, code.drops_development,
            code.build_method, code.docker_file, code.docker_target);
    return key;
  }

  Measured& known(const Question& question) {
    const auto [row, added] = known_.try_emplace(key_of(question));
    if (added) row->second = measure(question);
    return row->second;
  }

  // Whether something that nobody seems to need is on the way to what surely is.
  static bool may_keep(const Measured& measured, std::string_view kept) {
    return !kept.empty() && measured.package &&
           std::ranges::any_of(measured.package->unneeded, [&](const UnneededPart& part) {
             return kept == part.path || kept.starts_with(cat(part.path, '/'));
           });
  }

  static void add(const std::set<std::string>& more, std::set<std::string>& names) {
    names.insert(more.begin(), more.end());
  }

  // A package of the same workspace has dependencies of its own, which are installed with it; so
  // may a folder inside of the package that has a manifest.
  void look_beside(std::string_view folder, const CodeLocation& code, Registry registry,
                   std::set<std::string>& names) {
    const bool inside =
        code.path.empty() || folder == code.path || folder.starts_with(cat(code.path, '/'));
    if (!inside) return add(manifests_.mentioned(std::string(folder), registry), names);
    for (; folder.size() > code.path.size(); folder = folder_of(folder))
      add(manifests_.listed(std::string(folder), registry), names);
  }

  static Measured unknown(std::string reason) {
    Measured measured;
    measured.size.reason = std::move(reason);
    return measured;
  }

  Measured measure(const Question& question) {
    const CodeLocation& code = question.code;
    if (code.kind == CodeKind::Image) return image(code);
    // The rules are SAM's; who takes development packages out has rules of its own, its patterns.
    const bool sam = !question.layer && !code.drops_development;
    const BuildRule* build = find_build_rule(code.build_method);
    if (build == nullptr || !build->compiles) build = sam ? find_build_rule(question.runtime) : nullptr;
    const bool built = code.built && (!question.layer || !code.build_method.empty());
    if (!code.package.empty()) return made(question, built, build);
    if (is_bundled(code)) return unknown("is bundled when it is built");
    if (built && code.build_method == "makefile") return unknown("is made by a makefile");
    // A command of a CDK program's own makes what lies in the package.
    const bool is_made = built || code.build_method == "cdk";
    if (is_made && build != nullptr && build->compiles) return compiled(question, build);
    if (code.kind == CodeKind::Folder && files_.kind(code.path) == EntryKind::Folder)
      return folder(question, built, build);
    if (code.kind == CodeKind::Zip && files_.kind(code.path) == EntryKind::File)
      return archive(question);
    if (code.kind == CodeKind::Inline) {
      Measured measured = unknown("stands in the template");
      measured.package = std::make_shared<Package>();
      return measured;
    }
    return unknown(code.reason.empty() ? "is not in the project" : code.reason);
  }

  // A build has made it already: that is what is deployed, and the source's manifests say why.
  Measured made(const Question& question, bool built, const BuildRule* build) {
    CodeLocation place{.path = question.code.package};
    place.kind = files_.kind(place.path) == EntryKind::Folder ? CodeKind::Folder : CodeKind::Zip;
    const ContentQuestion asked{.path = place.path, .code = place, .kept = question.kept,
                                .layer = question.layer};
    const Content content = place.kind == CodeKind::Folder ? content_of_folder(files_, asked)
                                                           : content_of_zip(files_, asked);
    Measured measured{.size = content.size};
    if (content.size.source == SizeSource::Unknown) return measured;
    measured.package = std::make_shared<Package>();
    take(content, *measured.package);
    add_natives(content, place.path, content.archive.entries, *measured.package);
    add_keys(content, place.path, *measured.package);
    if (question.code.kind != CodeKind::Folder || is_bundled(question.code)) return measured;
    Package source;
    add_named(question, built, build, content, source);
    measured.package->named = source.named;
    measured.package->has_manifest = source.has_manifest;
    measured.package->assumed = source.assumed;
    measured.package->development = source.development;
    measured.package->whole_project = is_whole_project(question.code.path);
    return measured;
  }

  // What the manifests name is all that is known of it.
  Measured compiled(const Question& question, const BuildRule* build) {
    Measured measured = unknown("is compiled when it is built");
    auto package = std::make_shared<Package>();
    package->complete = false;
    add_named(question, true, build, {}, *package);
    measured.package = package;
    return measured;
  }

  Measured folder(const Question& question, bool built, const BuildRule* build) {
    CodeLocation code = question.code;
    // What no deployer puts into a package that it copies.
    static constexpr std::string_view kTools[] = {".aws-sam", ".serverless"};
    ContentQuestion asked{.path = code.path, .code = code, .left_out = kTools, .kept = question.kept,
                          .layer = question.layer};
    const bool has_manifest = files_.kind(join_path(code.path, "package.json")) == EntryKind::File;
    if (built && build != nullptr) {
      asked.left_out = build->leaves_out;
      if (build->packs && has_manifest) add_npm_patterns(files_, code.path, code);
    } else if (built) {
      asked.left_out = known::made_folders_of_packages();
    }
    asked.installs_anew = built;
    const Content content = content_of_folder(files_, asked);
    Measured measured{.size = content.size};
    auto package = std::make_shared<Package>();
    take(content, *package);
    if (built)  // the build lays it out
      for (PackagedDependency& row : package->dependencies) row.off_path = false;
    add_natives(content, code.path, {}, *package);
    add_keys(content, code.path, *package);
    add_named(question, built, build, content, *package);
    package->may_leave_out = code.open;
    package->whole_project = is_whole_project(code.path);
    if (measured.size.source == SizeSource::Folder)
      package->planned =
          planned_parts(*package, [&, filter = PackageFilter({}, code)](const auto& row) {
            return row.registry != Registry::Npm || takes_module(filter, row.name);
          });
    for (const MeasuredPart& each : package->planned) measured.size.estimated += each.bytes;
    measured.package = package;
    return measured;
  }

  Measured archive(const Question& question) {
    ContentQuestion asked{.path = question.code.path, .code = question.code,
                          .kept = question.kept, .layer = question.layer};
    const Content content = content_of_zip(files_, asked);
    Measured measured{.size = content.size};
    if (content.size.source != SizeSource::Zip) return measured;
    auto package = std::make_shared<Package>();
    take(content, *package);
    add_natives(content, question.code.path, content.archive.entries, *package);
    add_keys(content, question.code.path, *package);
    measured.package = package;
    return measured;
  }

  [[nodiscard]] bool is_whole_project(const std::string& folder) const {
    return std::ranges::any_of(known::deployment_files(), [&](std::string_view name) {
      return files_.kind(join_path(folder, name)) == EntryKind::File;
    });
  }

  static void take(const Content& content, Package& package) {
    package.dependencies = content.installed;
    package.modules = content.modules;
    package.unneeded = content.unneeded;
    package.parts = content.parts;
    package.misplaced = content.misplaced;
    package.unreadable = content.unreadable;
    package.no_program = content.no_program;
  }

  // Files that are there, and whose text holds a credential.
  void add_keys(const Content& content, const std::string& path, Package& package) {
    const std::vector<ArchiveEntry>& entries = content.archive.entries;
    for (const Content::Candidate& one : content.texts) {
      const std::string place = join_path(path, one.path);
      std::string text;
      if (entries.empty()) {
        if (auto read = files_.read(place, kSecretFileBytes)) text = std::move(read.value());
      } else {
        text = entry_start(files_, path, entries[one.entry], kSecretFileBytes);
      }
      const std::optional<FoundSecret> found = secrets_.find(one.path, text);
      if (!found) continue;
      SecretFile row{.path = one.path, .words = found->words, .sure = found->sure};
      if (entries.empty())
        row.where = {keep_(files_.resolved(place), std::move(text)), found->where};
      package.keys.push_back(std::move(row));
    }
  }

  // Reads no more of a file than says what it is.
  void add_natives(const Content& content, const std::string& path,
                   std::span<const ArchiveEntry> entries, Package& package) {
    for (const Content::Candidate& candidate : content.candidates) {
      std::string start;
      if (entries.empty()) {
        Result<std::string> read =
            files_.read_start(join_path(path, candidate.path), kNativeBytes);
        if (read) start = std::move(read.value());
      } else {
        start = entry_start(files_, path, entries[candidate.entry], kNativeBytes);
      }
      if (auto form = native_form(start))
        package.natives.push_back(
            {candidate.path, std::move(form->machine), form->linux, candidate.installed});
    }
  }

  // What will be installed beside what lies there.
  void add_named(const Question& question, bool built, const BuildRule* build,
                 const Content& content, Package& package) {
    const CodeLocation& code = question.code;
    std::vector<Registry> registries;
    if (const auto own = registry_of(question.runtime))
      registries = {*own};
    else if (question.layer)
      registries = {Registry::Python, Registry::Npm};
    for (const Registry registry : registries) {
      DependencyQuestion asked{.folder = code.path, .registry = registry};
      // Of a layer, Node.js sees that folder alone.
      const std::string in_layer = join_path(code.path, "nodejs");
      if (question.layer && registry == Registry::Npm &&
          files_.kind(join_path(in_layer, "package.json")) != EntryKind::Missing)
        asked.folder = in_layer;
      // A tool that takes development packages out of node_modules has had the others put in.
      asked.surely = built || (code.drops_development && registry == Registry::Npm);
      if (built && build != nullptr && !question.layer && code.build_method != "python-uv")
        asked.installs = build->manifest;
      if (built && question.layer && registry == Registry::Python)
        asked.installs = "requirements.txt";
      // Where packages lie already, the manifest beside them says no more.
      const bool there = !asked.surely && std::ranges::any_of(content.installed, [&](const auto& row) {
        return row.registry == registry;
      });
      const std::size_t before = package.dependencies.size();
      add_dependencies(manifests_, asked, package);
      if (there) package.dependencies.resize(before);
      // npm, run by hand in the layer's own folder, puts them where Node.js does not look.
      if (question.layer && !built && registry == Registry::Npm && asked.folder == code.path)
        for (std::size_t i = before; i < package.dependencies.size(); ++i)
          package.dependencies[i].off_path = true;
    }
    drop_left_out(code, package);
  }

  // What the patterns keep out of the package, whatever installs it: "!node_modules/**".
  static void drop_left_out(const CodeLocation& code, Package& package) {
    if (code.patterns.empty()) return;
    const PackageFilter filter({}, code);
    std::erase_if(package.named, [&](const NamedDependency& one) {
      return one.registry == Registry::Npm && !takes_module(filter, one.row.name);
    });
  }
  static bool takes_module(const PackageFilter& filter, std::string_view name) {
    return filter.takes(cat("node_modules/", name, "/package.json"));
  }

  Measured image(const CodeLocation& code) {
    Measured measured = unknown("is a container image");
    const std::string path = code.docker_file;
    const Result<std::string> text = path.empty() ? Result<std::string>(Error{"no Dockerfile"})
                                                  : files_.read(path, kSourceBytes);
    if (!text) return measured;
    const Dockerfile file = read_dockerfile(text.value());
    const DockerStage* stage = file.built(code.docker_target);
    if (stage == nullptr) return measured;
    const DockerStage& bottom = bottom_stage(file, *stage);
    auto package = std::make_shared<Package>();
    package->complete = false;
    package->image = {.image = bottom.base,
                      .runtime = runtime_of_image(bottom.base),
                      .platform = bottom.platform,
                      .client = image_client(files_, code, text.value(), file, *stage),
                      .where = {keep_(files_.resolved(path), text.value()), bottom.base_where}};
    measured.package = package;
    return measured;
  }

  const FileSystem& files_;
  const KeepFile& keep_;
  Manifests manifests_;
  SecretFinder secrets_;
  std::map<Key, Measured> known_;
};

// Whether an import is of nothing that the package or the language's own library surely has.
bool may_lack(const LambdaFunction& function, Registry registry, const Package& package) {
  if (!function.libraries) return false;
  return std::ranges::any_of(function.libraries->rows, [&](const LibraryImport& row) {
    const std::string_view module = row.module;
    const std::string_view name = module.substr(0, module.find_first_of("./", 1));
    const auto has = [&](const PackagedDependency& one) { return one.name == module; };
    return row.at_init && !is_standard_module(registry, name) &&
           std::ranges::find(package.modules, name) == package.modules.end() &&
           std::ranges::none_of(package.dependencies, has);
  });
}

// The text of a property, where it is one.
std::string text_of(const Project& project, ResourceId resource, std::string_view path) {
  const Slice<Property> rows = project.stacks[resource].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = project.stacks.properties[rows.first + i];
    if ((*project.pool)[row.path] == path)
      return std::string(as_text(*project.pool, row.value).value_or(""));
  }
  return {};
}

// Of what is around a handler and may tell the callback: the version that its manifest asks for.
std::string wrapper_version(const LambdaFunction& function, Manifests& manifests,
                            const PathOf& path_of) {
  if (function.called_back_by == UINT32_MAX) return {};
  std::string_view package = library_models()[function.called_back_by].path;
  package = package.substr(0, package.find('.'));
  FileId importing = function.handler_where.file;
  if (function.libraries)
    for (const LibraryImport& row : function.libraries->rows)
      if (row.module == package) importing = row.where.file;
  return manifests.asked_version(std::string(folder_of(path_of(importing))), Registry::Npm,
                                 package);
}

// The first folder on the way to the handler's file, below the code's own.
std::string handler_path(const Project& project, const LambdaFunction& function) {
  std::string handler(
      as_text(*project.pool, project.stacks.functions[function.declared].handler).value_or(""));
  const std::size_t slash = handler.rfind('/');
  return slash == handler.npos ? std::string() : handler.substr(0, slash);
}

}  // namespace

void add_packages(Project& project, const FileSystem& files, const KeepFile& keep,
                  const PathOf& path_of) {
  Measurer measurer(files, keep);
  VersionDemands demands(files, keep);
  std::map<ResourceId, std::size_t> rows;
  for (std::size_t i = 0; i < project.functions.size(); ++i) {
    LambdaFunction& function = project.functions[i];
    rows[function.resource] = i;
    const CodeLocation& code = project.stacks.functions[function.declared].code;
    function.wrapper_version = wrapper_version(function, measurer.manifests(), path_of);
    function.demands = demands.of(code, function.runtime, handler_path(project, function));
    if (code.guess || (code.kind == CodeKind::Folder && !code.reason.empty())) {
      function.size.reason = code.reason;  // what a build takes of the sources is not known
      if (code.reason.empty()) function.size.reason = "is made by a build";
      function.layers.clear();
      continue;
    }
    const Measurer::Question question{code, function.runtime, handler_path(project, function)};
    const Measured& found = measurer.of(question);
    const auto registry = registry_of(function.runtime);
    if (registry && found.package && code.kind == CodeKind::Folder &&
        may_lack(function, *registry, *found.package)) {
      std::set<std::string> importing;
      for (const LibraryImport& row : function.libraries->rows)
        importing.emplace(folder_of(path_of(row.where.file)));
      function.around =
          std::make_shared<PackageSurroundings>(measurer.around(code, *registry, importing));
    }
    function.size = found.size;
    function.package = found.package;
    function.layers.clear();
  }
  std::map<ResourceId, const DeclaredLayer*> layers;
  for (const DeclaredLayer& layer : project.stacks.layers) layers[layer.resource] = &layer;
  for (const Relation& relation : project.stacks.relations) {
    if (relation.kind != RelationKind::Attaches || !rows.contains(relation.from)) continue;
    LayerUse use;
    use.layer = relation.to;
    use.size.reason = "is not in the project";
    if (const auto found = layers.find(relation.to); found != layers.end()) {
      std::string runtime = found->second->code.build_method;
      if (!registry_of(runtime)) runtime = text_of(project, relation.to, "CompatibleRuntimes.0");
      const Measured& content = measurer.of({found->second->code, runtime, {}, true});
      use.size = content.size;
      use.package = content.package;
    }
    project.functions[rows[relation.from]].layers.push_back(std::move(use));
  }
}

}  // namespace fnlint
