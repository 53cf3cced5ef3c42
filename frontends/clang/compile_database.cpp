// Finds compile_commands.json where builds put it, moves paths of the machine that it was made on,
// and gives headers the flags of a source of their name or near them.

#include "frontends/clang/compile_database.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/clang/compile_flags.h"
#include "frontends/documents/document.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kName = "compile_commands.json";
constexpr std::size_t kRows = 20'000;

std::string below(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : cat(folder, '/', name);
}

// CMake is told where to build by its user: "." and "build" by custom, "out" and "cmake-build-..."
// by development environments, each with one folder a configuration at most.
std::string conventional_place(const FileSystem& files) {
  const auto has = [&files](std::string_view folder) {
    return files.kind(below(folder, kName)) == EntryKind::File;
  };
  if (has("")) return std::string(kName);
  std::vector<std::string> folders{"build", "out", "out/build"};
  for (const Entry& entry : files.list(""))
    if (entry.kind == EntryKind::Folder && entry.name.starts_with("cmake-build"))
      folders.push_back(entry.name);
  for (const std::string& folder : folders) {
    if (files.kind(folder) != EntryKind::Folder) continue;
    if (has(folder)) return below(folder, kName);
    for (const Entry& entry : files.list(folder))
      if (entry.kind == EntryKind::Folder && has(below(folder, entry.name)))
        return below(below(folder, entry.name), kName);
  }
  return {};
}

std::string text_at(const Document& document, NodeId map, std::string_view key) {
  const NodeId node = document.find(map, key);
  return node.exists() && document[node].kind == NodeKind::Text ? document[node].text
                                                                : std::string();
}

struct Written {
  std::string folder = {}, file = {};  // absolute, where the database was made
  std::vector<std::string> words = {};
};

Written written_row(const Document& document, NodeId row) {
  Written out{.folder = plain_path(text_at(document, row, "directory"))};
  out.file = path_from(out.folder, text_at(document, row, "file"));
  const NodeId arguments = document.find(row, "arguments");
  if (arguments.exists() && document[arguments].kind == NodeKind::List) {
    for (const NodeId word : document.items_of(document[arguments]))
      out.words.push_back(document[word].text);
  } else {
    out.words = command_words(text_at(document, row, "command"));
  }
  return out;
}

// Where the root lay when the database was made, in a container or on another machine: what comes
// before the path of a file that is there.
std::string former_root(const FileSystem& files, const std::vector<Written>& rows,
                        const std::string& root) {
  for (const Written& row : rows)
    if (is_inside(row.file, root)) return root;
  for (const Written& row : rows)
    for (std::size_t at = row.file.find('/', 1); at != std::string::npos;
         at = row.file.find('/', at + 1))
      if (files.kind(std::string_view(row.file).substr(at + 1)) == EntryKind::File)
        return row.file.substr(0, at);
  return root;
}

std::string moved(std::string_view path, std::string_view from, std::string_view to) {
  return is_inside(path, from) ? cat(to, path.substr(from.size())) : std::string(path);
}

std::string_view folder_of_file(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

// How many folders two paths have in common.
std::size_t common_folders(std::string_view a, std::string_view b) {
  const std::vector<std::string_view> left = split(folder_of_file(a), '/'),
                                      right = split(folder_of_file(b), '/');
  std::size_t same = 0;
  while (same < left.size() && same < right.size() && left[same] == right[same]) ++same;
  return same;
}

}  // namespace

CompileDatabase CompileDatabase::find(const FileSystem& files, const std::string& root,
                                      std::string_view named) {
  CompileDatabase found;
  std::string path(named);
  while (path.ends_with('/')) path.pop_back();
  if (path.starts_with("./")) path.erase(0, 2);
  if (named.empty())
    path = conventional_place(files);
  else if (files.kind(path) == EntryKind::Folder)
    path = below(path == "." ? std::string_view() : std::string_view(path), kName);
  if (path.empty()) return found;
  found.path_ = path;
  const Result<std::string> text = files.read(path, kTemplateBytes);
  if (!text) {
    found.problem_ = cat("a compile database that ", text.error());
    return found;
  }
  found.read(files, root, text.value());
  return found;
}

void CompileDatabase::read(const FileSystem& files, const std::string& root,
                           std::string_view text) {
  const Document document = read_json(text);
  if (document.roots.empty() || document[document.roots[0]].kind != NodeKind::List) {
    problem_ = "a compile database that is no list of commands";
    return;
  }
  std::vector<Written> rows;
  for (const NodeId row : document.items_of(document[document.roots[0]])) {
    if (rows.size() == kRows) break;
    if (document[row].kind == NodeKind::Map) rows.push_back(written_row(document, row));
  }
  const std::string former = former_root(files, rows, root);
  for (const Written& row : rows) {
    const std::string file = moved(row.file, former, root);
    if (!is_inside(file, root) || file.size() <= root.size() + 1) continue;
    std::vector<std::string> words = row.words;
    if (former != root)  // "-I/src/include" of the container that it was made in
      for (std::string& word : words)
        if (const std::size_t at = word.find('/');
            at != std::string::npos && word.find(former) == at)
          word = cat(word.substr(0, at), moved(word.substr(at), former, root));
    rows_.push_back({file.substr(root.ends_with('/') ? root.size() : root.size() + 1),
                     safe_compile_flags(words, moved(row.folder, former, root), root)});
  }
}

const std::vector<std::string>* CompileDatabase::flags(std::string_view path) const {
  constexpr std::size_t kSameName = 1'000;  // more than any folders in common
  const Row* best = nullptr;
  std::size_t best_rank = 0;
  for (const Row& row : rows_) {
    if (row.file == path) return &row.flags;
    const bool same_name = stem_of(row.file) == stem_of(path);
    const std::size_t rank = common_folders(row.file, path) + (same_name ? kSameName : 0);
    if (best != nullptr && rank <= best_rank) continue;
    best = &row;
    best_rank = rank;
  }
  return best == nullptr ? nullptr : &best->flags;
}

}  // namespace fnlint
