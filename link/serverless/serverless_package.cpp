#include "core/glob.h"
#include "core/text.h"
#include "link/resolve/languages.h"
#include "link/serverless/serverless.h"
#include "link/serverless/serverless_inputs.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/asset_users.h"
#include "link/stacks/image_names.h"
#include "link/stacks/stack_properties.h"

#include <algorithm>
#include <array>

// Where the code of a service's functions and layers lies, and what their packages leave out.
namespace fnlint::stacks {

namespace {

// Plugins that take the content of folders: what lies below them is at the package's root.
constexpr std::array<std::string_view, 1> kFolderPackers{"serverless-package-python-functions"};

bool packs_folders(const Service& service) {
  return std::ranges::any_of(kFolderPackers, [&](std::string_view plugin) {
    return std::ranges::find(service.plugins, plugin) != service.plugins.end();
  });
}

constexpr std::string_view kByPlugin = "plugin";  // no BuildMethod that anybody knows

// A plugin puts a handler of its own into the package, which calls the project's application.
bool is_brought(const Service& service, std::string_view handler) {
  const std::string_view module = handler.substr(0, handler.rfind('.'));
  return std::ranges::any_of(service.plugins, [&](const std::string& plugin) {
    const ServerlessPlugin* row = find_serverless_plugin(plugin);
    return row != nullptr && std::ranges::find(row->brings, module) != row->brings.end();
  });
}

// By which plugin the package is made, where one does that: what then is in it is not what stands
// in the folder. Of a plugin that may change the package nothing else is known.
std::string_view build_method_of(const Service& service) {
  for (const std::string& plugin : service.plugins)
    if (const ServerlessPlugin* row = find_serverless_plugin(plugin);
        row != nullptr && !row->builds.empty())
      return row->builds;
  return plugin_that_changes(service, &ServerlessPlugin::package).empty() ? "" : kByPlugin;
}

// Version 4 bundles with esbuild by itself, unless it is told not to, or a plugin does it.
bool bundles_itself(LinkContext& build, const Service& service) {
  if (framework_major(build, service) != 4) return false;
  const Node options = service.build_options["esbuild"];
  return !options || as_text(build.pool, options.value()) != "false";
}

class Packaging {
 public:
  Packaging(LinkContext& build, ResourceId id, UnresolvedKind kind)
      : build_(build), service_(*service_of(build, build.draft(id).scope)), id_(id), kind_(kind) {}

  CodeLocation of_function(const ServiceFunction& function);
  CodeLocation of_layer(const ServiceLayer& layer);

 private:
  void artifact(const Node& node);
  void folder(std::string path);
  void image(const Node& node);
  void packed_folders(const Node& own);
  void look_above(std::string_view handler);
  void add_patterns(const Node& package);
  void leave_out(const Node& esbuild);
  void add(std::string_view glob, bool includes) {
    location_.patterns.push_back({std::string(glob), includes});
  }
  void unknown(std::string reason) {
    location_.kind = CodeKind::Unknown;
    location_.reason = std::move(reason);
  }
  CodeLocation finish() {
    if (!location_.reason.empty())
      build_.unresolved(kind_, location_.reason, location_.where, build_.address(id_));
    return std::move(location_);
  }
  [[nodiscard]] bool is_undecided(const Node& node) const {
    return node && is_unsaid(build_.pool, node.value());
  }
  [[nodiscard]] bool is_true(const Node& node) const {
    return node && as_text(build_.pool, node.value()) == "true";
  }
  // The framework takes one that is empty for none: `${opt:artifact, ""}`.
  [[nodiscard]] bool is_artifact(const Node& node) const {
    return node && as_text(build_.pool, node.value()) != "";
  }

  LinkContext& build_;
  const Service& service_;
  ResourceId id_;
  UnresolvedKind kind_;
  CodeLocation location_ = {};
};

void Packaging::artifact(const Node& node) {
  location_.where = node.where();
  const auto text = as_text(build_.pool, node.value());
  if (!text) {
    unknown(cat("the artifact is ", describe(build_.pool, node.value())));
    return;
  }
  if (text->starts_with("s3://") || text->find("amazonaws.com/") != text->npos) {
    location_.kind = CodeKind::Remote;
    location_.reason = cat("the code is at ", *text);
    return;
  }
  location_.path = join_path(service_.folder, *text);
  switch (build_.files.kind(location_.path)) {
    case EntryKind::File: location_.kind = CodeKind::Zip; break;
    case EntryKind::Folder:
      location_.kind = CodeKind::Folder;
      if ((build_.pool[node.value()].uncertainty & kOverridable) == 0) break;
      location_.path.clear();  // whoever gives another has built it
      unknown("an option gives the artifact");
      break;
    case EntryKind::Missing: unknown(cat(*text, " is not there; a build may make it")); break;
  }
}

void Packaging::folder(std::string path) {
  location_.path = path == "." ? std::string() : std::move(path);
  if (location_.path.starts_with("..")) {
    unknown(cat(location_.path, " lies outside of the root"));
    return;
  }
  location_.kind =
      build_.files.kind(location_.path) == EntryKind::Missing && !location_.path.empty()
          ? CodeKind::Unknown
          : CodeKind::Folder;
  if (location_.kind == CodeKind::Unknown)
    location_.reason = cat(location_.path, " is not in the repository");
}

// One folder stands for the package; what several hold is put together by the plugin.
void Packaging::packed_folders(const Node& own) {
  const std::vector<Node> items = own["include"].children();
  if (items.size() != 1 || items.front().text().empty()) {
    unknown("a plugin puts the package together");
    return;
  }
  location_.where = items.front().where();
  folder(join_path(service_.folder, items.front().text()));
  location_.build_method = "python";
  location_.built = true;
}

// `exclude`, `include` and `patterns`, in the order in which the framework applies them.
void Packaging::add_patterns(const Node& package) {
  location_.open = location_.open || is_undecided(package);
  const auto each = [&](std::string_view key, bool excludes) {
    const Node list = package[key];
    location_.open = location_.open || is_undecided(list);
    for (const Node& item : package[key].children()) {
      std::string_view glob = item.text();
      location_.open = location_.open || glob.empty();
      const bool negated = glob.starts_with('!');
      if (negated) glob.remove_prefix(1);
      if (glob.starts_with("./")) glob.remove_prefix(2);
      if (!glob.empty()) add(glob, negated == excludes);
    }
  };
  each("exclude", true);
  each("include", false);
  each("patterns", false);
}

void Packaging::image(const Node& node) {
  location_.kind = CodeKind::Image;
  location_.where = node.where();
  const Node images = at_path(service_.provider, "ecr.images");
  Node name = node.has_children() ? node["name"] : node;
  const auto text = name ? as_text(build_.pool, name.value()) : std::nullopt;
  const Node known = text ? images[*text] : Node{};
  const std::string_view path = known["path"].text();
  if (path.empty()) {
    location_.reason = "no Dockerfile is known to make the image";
    Node address = known["uri"] ? known["uri"] : node["uri"];
    if (!address) address = name;
    if (address) find_image_sources(build_, id_, address.value(), location_);
    return;
  }
  location_.built = true;
  location_.path = join_path(service_.folder, path);
  const std::string_view file = known["file"].text();
  if (!file.empty()) location_.docker_file = join_path(location_.path, file);
  if (location_.path.empty()) location_.path = ".";  // the root of the run
  if (location_.path == "." || build_.files.kind(location_.path) == EntryKind::Folder) return;
  location_.reason = cat("the image's context ", path, " is not in the repository");
  location_.path.clear();
}

// How many folders above its own a pattern begins.
std::size_t levels_above(std::string_view glob) {
  std::size_t levels = 0;
  for (; glob.starts_with("../"); glob.remove_prefix(3)) ++levels;
  return levels;
}

// Whether a pattern that begins above takes the module that a handler names, were it there.
bool takes_module(const PackagePattern& pattern, std::string_view module) {
  const std::size_t levels = levels_above(pattern.glob);
  if (!pattern.includes || levels == 0) return false;
  const Glob glob(cat('/', std::string_view(pattern.glob).substr(levels * 3)));
  return std::ranges::any_of(dialect_rows(), [&](const DialectRow& row) {
    return std::ranges::any_of(row.extensions, [&](std::string_view extension) {
      return glob.covers(cat(module, extension));
    });
  });
}

// "../lib/a.js" is packaged as "lib/a.js". Where the handler is such a file, the folder above is
// the one that the package is like: of its content, what the patterns say of it and of the
// service's own.
void Packaging::look_above(std::string_view handler) {
  const std::string module(handler.substr(0, handler.rfind('.')));
  const auto taking = std::ranges::find_if(location_.patterns, [&](const PackagePattern& pattern) {
    return takes_module(pattern, module);
  });
  const std::string path = location_.path;
  if (taking == location_.patterns.end() ||
      build_.files.kind(join_path(path, folder_of(module))) == EntryKind::Folder)
    return;
  const std::size_t levels = levels_above(taking->glob);
  std::string_view above = path;
  for (std::size_t i = 0; i < levels; ++i) {
    if (above.empty()) return;  // outside of the root
    above = folder_of(above);
  }
  const std::string below(path.substr(above.empty() ? 0 : above.size() + 1));
  std::vector<PackagePattern> patterns{{"**", false}, {cat(below, "/**"), true}};
  for (PackagePattern& pattern : location_.patterns) {
    const std::size_t begins = levels_above(pattern.glob);
    if (begins == 0)
      patterns.push_back({cat(below, "/", pattern.glob), pattern.includes});
    else if (begins == levels)
      patterns.push_back({pattern.glob.substr(levels * 3), pattern.includes});
  }
  location_.patterns = std::move(patterns);
  location_.path = above;
}

// What it calls external stays outside of the bundle, and is packaged beside it; what it excludes
// is not: https://github.com/floydspace/serverless-esbuild#options
void Packaging::leave_out(const Node& esbuild) {
  location_.left_out = texts_of(esbuild["exclude"]);
  location_.external = texts_of(esbuild["external"]);
  location_.external.insert(location_.external.end(), location_.left_out.begin(),
                            location_.left_out.end());
}

CodeLocation Packaging::of_function(const ServiceFunction& function) {
  const Node own = function.body["package"];
  location_.where = function.body["handler"] ? function.body["handler"].where()
                                             : function.entry.key;
  if (const Node node = function.body["image"]) {
    image(node);
    return finish();
  }
  if (is_brought(service_, function.body["handler"].text())) {
    unknown("a plugin brings the handler");
    return finish();
  }
  Node built = own["artifact"];
  const bool alone = is_true(own["individually"]) || is_true(service_.package["individually"]);
  if (!is_artifact(built) && !is_true(own["individually"])) built = service_.package["artifact"];
  if (is_artifact(built)) {
    artifact(built);
    return finish();
  }
  if (packs_folders(service_) && own["include"]) {
    packed_folders(own);
    return finish();
  }
  const std::string_view method = build_method_of(service_);
  const std::string_view module = function.body["module"].text();
  const bool in_module = alone && !module.empty() && method == "python";
  folder(in_module ? join_path(service_.folder, module)
                   : service_.folder.empty() ? std::string(".") : service_.folder);
  if (own || service_.package) location_.where = own ? own.key() : service_.package_key;
  for (const std::string_view glob :
       {".git", ".gitignore", ".DS_Store", "npm-debug.log", "yarn-*.log", ".serverless",
        ".serverless_plugins"})
    add(glob, false);
  add(file_name_of(build_[service_.text].source->path), false);
  if (reads_dotenv(build_, service_.scope)) add(".env*", false);
  for (const ServiceLayer& layer : service_.layers)
    if (const std::string_view path = layer.body["path"].text(); !path.empty()) add(path, false);
  add_patterns(service_.package);
  if (alone) add_patterns(own);
  location_.packed_alone = alone;
  location_.open = location_.open || service_.package_unread || is_undecided(own["individually"]) ||
                   is_undecided(service_.package["individually"]);
  if (location_.kind == CodeKind::Folder) look_above(function.body["handler"].text());
  const Node keeps = service_.package["excludeDevDependencies"];
  location_.drops_development = !keeps || as_text(build_.pool, keeps.value()) != "false";
  const bool is_known = !method.empty() && method != kByPlugin;
  location_.build_method = !is_known && bundles_itself(build_, service_) ? "esbuild" : method;
  location_.built = !location_.build_method.empty();
  if (location_.build_method == "esbuild")
    leave_out(is_known ? service_.esbuild : service_.build_options["esbuild"]);
  return finish();
}

CodeLocation Packaging::of_layer(const ServiceLayer& layer) {
  location_.where = layer.entry.key;
  if (const Node built = at_path(layer.body, "package.artifact"); is_artifact(built)) {
    artifact(built);
    return finish();
  }
  const Node path = layer.body["path"];
  if (path.text().empty()) {
    unknown("the layer's folder cannot be determined");
    return finish();
  }
  location_.where = path.where();
  folder(join_path(service_.folder, path.text()));
  add_patterns(layer.body["package"]);
  return finish();
}

template <class Row>
const Row* row_of(const std::vector<Row>& rows, ResourceId Row::* member, ResourceId id) {
  const auto found = std::ranges::find(rows, id, member);
  return found != rows.end() ? &*found : nullptr;
}

}  // namespace

CodeLocation code_of_service_function(LinkContext& build, ResourceId id) {
  const Service* service = service_of(build, build.draft(id).scope);
  const auto* row = row_of(service->functions, &ServiceFunction::function, id);
  if (row == nullptr) return {};
  return Packaging(build, id, UnresolvedKind::CodeLocation).of_function(*row);
}

CodeLocation code_of_service_layer(LinkContext& build, ResourceId id) {
  const Service* service = service_of(build, build.draft(id).scope);
  const auto* row = row_of(service->layers, &ServiceLayer::layer, id);
  if (row == nullptr) return {};
  return Packaging(build, id, UnresolvedKind::LayerContent).of_layer(*row);
}

}  // namespace fnlint::stacks
