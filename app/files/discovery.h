// Which files of a project are templates, and which folders belong to it.
#pragma once

#include "app/files/parallel.h"
#include "core/files.h"
#include "core/ignore_files.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Whether a path below the root is left out by the user.
using Excluded = std::function<bool(std::string_view path, bool is_folder)>;

struct SearchRequest {
  std::vector<std::string> folders = {};  // searched with all below them; "" is the root
  std::vector<std::string> files = {};    // named by the user: their projects are what is meant
  Excluded excluded = {};
  bool reads_ignore_files = true;  // .gitignore; else what it names is searched, too
  // Why nobody knows what a folder holds; empty: it is known.
  std::function<std::string(std::string_view folder)> why_unlisted = {};
  Workers workers = {};
};

struct FoundFile {
  std::string path = {};  // relative to the root
  std::string text = {};
};
struct Unread {
  std::string path = {};
  std::string reason = {};
  bool is_template = false;  // by its name or its first bytes
};

struct SearchResult {
  std::vector<std::string> folders = {};  // that were searched: the files' projects among them
  std::vector<FoundFile> templates = {};  // by path
  std::vector<std::string> assemblies = {};  // folders with what `cdk synth` wrote, by path
  std::vector<Unread> unread = {};        // what looks like a template and could not be read
  std::vector<Unread> unsearched = {};    // folders that could not be listed, or lie too deep
  std::vector<std::string> docker_files = {};
  std::vector<std::string> other_tools = {};  // files of tools that are not read
  std::size_t looked_at = 0;              // files whose content was asked
};

// What is said of a tool's own file, by the file's name, where the tool is not read; empty: it is
// none.
std::string_view words_of_other_tool(std::string_view name);

// Whether a folder of that name is searched: it is not hidden, and holds no installed packages.
bool is_searched_folder(std::string_view name);

// Finds the templates: files that are one by their content, whatever their name. Ignored files,
// hidden folders, installed packages and snapshots that tests keep are not searched, except where
// the user names them, or where a tool's own file points to them: the cdk.out of a cdk.json. Of
// what `cdk synth` wrote only the templates that its manifest names are taken: the rest is assets,
// and stacks of other days.
SearchResult find_templates(const FileSystem& files, const SearchRequest& request);

// The files of code in what find_templates() searches, by path.
std::vector<std::string> find_sources(const FileSystem& files, const SearchRequest& request);

// The nearest folder that holds a template or a deploying tool's own file: the named one, else one
// above it.
std::optional<std::string> project_above(const FileSystem& files, std::string_view folder);

// The folder that a named file belongs to: the nearest above it that holds a template or a
// deploying tool's own file, else its own.
std::string project_folder(const FileSystem& files, std::string_view file);

}  // namespace fnlint
