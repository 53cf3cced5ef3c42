#include "core/text.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/library_names.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>

// Which file a script of Ruby requires, and which declares a constant.
namespace fnlint {

namespace {

constexpr std::string_view kRubySources[] = {".rb"};

// The files of Ruby scripts: what they require lies beside them, in the function's folder, its lib
// or a layer's; constants are found in whichever file declares them.
class RubyFiles : public LanguageFiles {
 public:
  explicit RubyFiles(const FileSystem& files) : files_(files) {}
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;

 private:
  [[nodiscard]] std::string script(std::string_view folder, std::string_view name) const;
  [[nodiscard]] std::string required(const UnitRoots& roots, std::string_view from,
                                     std::string_view name) const;
  ImportPath constant(const ImportQuery& query);
  std::string declaring(const ImportQuery& query, const std::vector<std::string>& folders,
                        std::string_view path);
  SourceIndex& index(const std::string& folder);

  const FileSystem& files_;
  std::map<std::string, SourceIndex> indexes_;  // by folder
};

// What gems bring, and tests.
bool holds_no_ruby(std::string_view folder) {
  const std::string_view name = file_name_of(folder);
  return name == "spec" || name == "test" || name == "gems";
}

SourceIndex& RubyFiles::index(const std::string& folder) {
  const auto found = indexes_.find(folder);
  if (found != indexes_.end()) return found->second;
  return indexes_
      .emplace(folder,
               SourceIndex(files_, files_below(files_, folder, kRubySources, holds_no_ruby)))
      .first->second;
}

std::string RubyFiles::script(std::string_view folder, std::string_view name) const {
  std::string path = join_path(folder, name);
  if (!path.ends_with(".rb")) path += ".rb";
  return files_.kind(path) == EntryKind::File ? path : std::string();
}

HandlerFile RubyFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const HandlerParts parts = split_handler(query.handler, HandlerDot::First);
  if (parts.symbol.empty() || parts.module.find("::") != std::string::npos) {
    lacks_form(found, query.handler, "file.method");
    return found;
  }
  found.symbol = replace_all(parts.symbol, "::", ".");
  found.path = script(query.root, parts.module);
  if (!found.path.empty()) return found;
  found.lack = ResolutionFailure::File;
  found.looked_for = cat(parts.module, ".rb");
  found.reason = cat("no file '", parts.module, ".rb' in ", folder_words(query.root));
  return found;
}

std::string RubyFiles::required(const UnitRoots& roots, std::string_view from,
                                std::string_view name) const {
  if (std::string beside = script(folder_of(from), name); name.starts_with('.') && !beside.empty())
    return beside;
  if (name.starts_with("/opt/")) name = file_name_of(name);
  for (const std::string_view folder : known::ruby_load_folders())
    if (std::string file = script(join_path(roots.code, folder), name); !file.empty()) return file;
  for (const std::string& layer : roots.layers)
    for (const std::string_view folder : {"", "lib", "ruby/lib"})
      if (std::string file = script(join_path(layer, folder), name); !file.empty()) return file;
  return {};
}

// A name of the modules around goes before one of theirs around, and so on outwards.
ImportPath RubyFiles::constant(const ImportQuery& query) {
  const std::string_view name = query.name();
  std::vector<std::string> folders{query.roots.code};
  folders.insert(folders.end(), query.roots.layers.begin(), query.roots.layers.end());
  std::string_view space = query.facts.string(query.facts.package);
  for (;;) {
    const std::string path = space.empty() ? std::string(name) : cat(space, '.', name);
    if (const std::string file = declaring(query, folders, path); !file.empty())
      return {file, false, {}, path.find('.') == std::string::npos ? std::string() : path};
    if (space.empty()) break;
    const std::size_t dot = space.rfind('.');
    space = space.substr(0, dot == std::string_view::npos ? 0 : dot);
  }
  return {{}, false, std::string(name), {}};
}

std::string RubyFiles::declaring(const ImportQuery& query, const std::vector<std::string>& folders,
                                 std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::string_view space = dot == std::string_view::npos ? "" : path.substr(0, dot);
  const std::string_view name = path.substr(dot == std::string_view::npos ? 0 : dot + 1);
  // What the file requires itself goes first.
  for (const Import& row : query.facts.imports) {
    const std::string_view module = query.facts.string(row.module);
    if (module.empty()) continue;
    const std::string file = required(query.roots, query.from, module);
    if (file.empty()) continue;
    const std::vector<Declared>& names = index(query.roots.code).declarations(file).names;
    const bool there = std::ranges::any_of(
        names, [&](const Declared& one) { return one.space == space && one.name == name; });
    if (there) return file;
  }
  if (knows_library(Language::Ruby, path)) return {};
  for (const std::string& folder : folders)
    for (const std::string& file : index(folder).declaring(space, name))
      if (file != query.from) return file;
  return {};
}

ImportPath RubyFiles::resolve(const ImportQuery& query) {
  if ((query.row.flags & kImplicit) != 0) return constant(query);
  const std::string_view module = query.module(), name = query.name();
  const std::string file = required(query.roots, query.from, module);
  if (!file.empty()) return {file, name.empty(), {}, {}};
  if (module.starts_with('.')) return {};
  return {{}, name.empty(), name.empty() ? std::string(module) : cat(module, '.', name), {}};
}

}  // namespace

std::unique_ptr<LanguageFiles> ruby_files(BuildFacts& builds) {
  return std::make_unique<RubyFiles>(builds.files());
}

}  // namespace fnlint
