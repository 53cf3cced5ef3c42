// An index of a project's declarations, made on demand, and searches for its files.
#pragma once

#include "core/files.h"
#include "core/text.h"
#include "link/resolve/declarations.h"
#include "link/resolve/nearest_folder.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Files below a folder with one of these extensions, sorted. Folders that the question skips,
// hidden ones and what package managers install are left out.
std::vector<std::string> files_below(const FileSystem& files, const std::string& folder,
                                     std::span<const std::string_view> extensions,
                                     const std::function<bool(std::string_view)>& skips);

// The same, by what is asked of a file's name.
std::vector<std::string> files_called(const FileSystem& files, const std::string& folder,
                                      const std::function<bool(std::string_view)>& takes,
                                      const std::function<bool(std::string_view)>& skips);

// The nearest folder at or above a path that is there.
std::string existing_folder(const FileSystem& files, std::string_view path);

// Whether a name stands in a text as a word of its own. `$` is a part of words: it is of names
// where there is one.
bool contains_word(std::string_view text, std::string_view word);

// Whether a file belongs to tests by its name or a folder's, as most languages' tools have it.
bool is_of_tests(std::string_view path);

bool lies_below(std::string_view path, std::string_view folder);  // or the folder itself

// Which file of a project declares which name. Lists the project's files when it is made; reads
// them when a name is first asked for that no file's own name gives away.
class SourceIndex {
 public:
  SourceIndex(const FileSystem& files, std::vector<std::string> sources)
      : files_(files), sources_(std::move(sources)) {}

  [[nodiscard]] const std::vector<std::string>& sources() const { return sources_; }
  // Those whose file name without its extension is this.
  const std::vector<std::string>& named(std::string_view stem);
  const Declarations& declarations(const std::string& file);
  // Files that declare the name in this package or namespace, sorted.
  const std::vector<std::string>& declaring(std::string_view space, std::string_view name);
  // The packages and namespaces of all its files.
  const std::set<std::string, std::less<>>& spaces();
  // Whether all files were read: what no file declares, none has.
  bool is_whole();
  // Whether the project has something in that package or namespace, or in one around or beside it:
  // what has nothing to do with them is a library's.
  bool is_at_home(std::string_view space);
  // Files with classes that name this one, or this interface, as a base; a few at most, sorted.
  const std::vector<std::string>& deriving(std::string_view base);
  // Files with what may stand for a type that the file declares, where that is abstract.
  std::vector<std::string> standing_for(const std::string& file, std::string_view name);
  // What the project imports for all its files, sorted.
  const std::set<std::string, std::less<>>& stars();

 private:
  void read_all();
  const FileSystem& files_;
  std::vector<std::string> sources_;
  std::map<std::string, std::vector<std::string>, std::less<>> stems_;
  std::map<std::string, Declarations> read_;
  std::map<std::string, std::vector<std::string>, std::less<>> declared_;  // "space name"
  std::map<std::string, std::vector<std::string>, std::less<>> bases_;
  std::set<std::string, std::less<>> spaces_, stars_;
  bool listed_ = false, all_ = false, whole_ = true;
};

}  // namespace fnlint
