#include "app/package_stage.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/packages/zip_directory.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

// What no deployer puts into a package that it builds or copies.
constexpr std::array kLeftOut{std::string_view(".git"), std::string_view(".aws-sam"),
                              std::string_view(".serverless"), std::string_view("__pycache__")};

using Parts = std::map<std::string, std::uint64_t, std::less<>>;

void finish(const Parts& parts, ContentSize& size) {
  size.largest.assign(parts.begin(), parts.end());
  std::ranges::sort(size.largest, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  constexpr std::size_t kShown = 8;
  if (size.largest.size() > kShown) size.largest.resize(kShown);
}

std::string first_part(std::string_view path) {
  return std::string(path.substr(0, path.find('/')));
}

ContentSize measure_folder(const FileSystem& files, const std::string& folder, bool built) {
  ContentSize size;
  Parts parts;
  std::vector<std::string> open{""};
  std::size_t entries = 0;
  while (!open.empty()) {
    const std::string inner = std::move(open.back());
    open.pop_back();
    const std::vector<Entry> listed = files.list(join_path(folder, inner));
    // A build installs anew what a manifest names, without tools.
    const bool installs =
        built && std::ranges::find(listed, "package.json", &Entry::name) != listed.end();
    for (const Entry& entry : listed) {
      if (++entries > kArchiveEntries) {
        size.reason = "has too many files to measure";
        return size;
      }
      const bool left_out = std::ranges::find(kLeftOut, entry.name) != kLeftOut.end() ||
                            (installs && entry.name == "node_modules");
      if (left_out) continue;
      const std::string path = inner.empty() ? entry.name : cat(inner, '/', entry.name);
      if (entry.kind == EntryKind::Folder && !entry.link) open.push_back(path);
      if (entry.kind != EntryKind::File) continue;
      size.bytes += entry.bytes;
      parts[first_part(path)] += entry.bytes;
    }
  }
  size.source = SizeSource::Folder;
  finish(parts, size);
  return size;
}

std::uint64_t file_bytes(const FileSystem& files, std::string_view path) {
  for (const Entry& entry : files.list(folder_of(path)))
    if (entry.name == file_name_of(path)) return entry.bytes;
  return 0;
}

ContentSize measure_zip(const FileSystem& files, const std::string& path) {
  ContentSize size;
  const std::uint64_t bytes = file_bytes(files, path);
  const std::uint64_t tail = std::min(bytes, kZipEndBytes);
  const Result<std::string> end_bytes = files.read_part(path, bytes - tail, tail);
  if (!end_bytes) {
    size.reason = end_bytes.error();
    return size;
  }
  const ZipEnd end = find_zip_directory(end_bytes.value(), bytes);
  const Result<std::string> directory = end.problem.empty()
                                            ? files.read_part(path, end.offset, end.bytes)
                                            : Result<std::string>(Error{end.problem});
  if (!directory) {
    size.reason = directory.error();
    return size;
  }
  const ArchiveListing listing = read_zip_directory(directory.value(), end);
  if (!listing.trusted) {
    size.reason = listing.problems.empty() ? "is damaged" : listing.problems.front();
    return size;
  }
  Parts parts;
  for (const ArchiveEntry& entry : listing.entries) {
    size.bytes += entry.bytes;
    parts[first_part(entry.name)] += entry.bytes;
  }
  size.zipped = bytes;
  size.source = SizeSource::Zip;
  finish(parts, size);
  return size;
}

class Measurer {
 public:
  explicit Measurer(const FileSystem& files) : files_(files) {}

  const ContentSize& of(const CodeLocation& code) {
    if (!code.package.empty()) {  // a build has made it already
      CodeLocation made{.path = code.package};
      made.kind = files_.kind(made.path) == EntryKind::Folder ? CodeKind::Folder : CodeKind::Zip;
      return of(made);
    }
    const auto [row, added] = known_.try_emplace({code.path, code.kind, code.built});
    if (added) row->second = measure(code);
    return row->second;
  }

 private:
  struct Key {
    std::string path = {};
    CodeKind kind{};
    bool built = false;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  ContentSize measure(const CodeLocation& code) const {
    if (code.build_method == "esbuild") return unknown("is bundled when it is built");
    // The folder alone would count what the patterns leave out.
    if (!code.patterns.empty()) return unknown("is packaged by patterns");
    if (code.kind == CodeKind::Folder && files_.kind(code.path) == EntryKind::Folder)
      return measure_folder(files_, code.path, code.built);
    if (code.kind == CodeKind::Zip && files_.kind(code.path) == EntryKind::File)
      return measure_zip(files_, code.path);
    return unknown(code.reason.empty() ? "is not in the project" : code.reason);
  }
  static ContentSize unknown(std::string reason) {
    ContentSize size;
    size.reason = std::move(reason);
    return size;
  }

  const FileSystem& files_;
  std::map<Key, ContentSize> known_;
};

}  // namespace

void measure_packages(Project& project, const FileSystem& files) {
  Measurer measurer(files);
  std::map<ResourceId, std::size_t> rows;
  for (std::size_t i = 0; i < project.functions.size(); ++i) {
    LambdaFunction& function = project.functions[i];
    rows[function.resource] = i;
    function.size = measurer.of(project.stacks.functions[function.declared].code);
    function.layers.clear();
  }
  std::map<ResourceId, const DeclaredLayer*> layers;
  for (const DeclaredLayer& layer : project.stacks.layers) layers[layer.resource] = &layer;
  for (const Relation& relation : project.stacks.relations) {
    if (relation.kind != RelationKind::Attaches || !rows.contains(relation.from)) continue;
    LayerUse use;
    use.layer = relation.to;
    if (const auto found = layers.find(relation.to); found != layers.end())
      use.size = measurer.of(found->second->code);
    else
      use.size.reason = "is not in the project";
    project.functions[rows[relation.from]].layers.push_back(std::move(use));
  }
}

}  // namespace fnlint
