// A project in memory, for tests and for callers that have its texts already.
#pragma once

#include "core/files.h"
#include "core/text.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint {

// A project that is written down: paths and their contents.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem(std::initializer_list<std::pair<const std::string, std::string>> files)
      : files_(files) {}
  explicit MemoryFileSystem(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  EntryKind kind(std::string_view path) const override {
    if (files_.contains(std::string(path))) return EntryKind::File;
    return list(path).empty() ? EntryKind::Missing : EntryKind::Folder;
  }
  std::vector<Entry> list(std::string_view folder) const override {
    std::map<std::string, Entry> entries;
    const std::string start = folder.empty() ? std::string{} : cat(folder, '/');
    for (const auto& [path, text] : files_) {
      if (!path.starts_with(start)) continue;
      const std::string rest = path.substr(start.size());
      const std::string name = rest.substr(0, rest.find('/'));
      const bool is_file = name.size() == rest.size();
      entries[name] = {name, is_file ? EntryKind::File : EntryKind::Folder,
                       is_file ? text.size() : 0};
    }
    std::vector<Entry> sorted;
    for (auto& [name, entry] : entries) sorted.push_back(entry);
    return sorted;
  }
  Result<std::string> read(std::string_view path, std::size_t limit) const override {
    const auto found = files_.find(std::string(path));
    if (found == files_.end()) return Error{"does not exist"};
    if (found->second.size() > limit) return Error{"is too large"};
    return found->second;
  }

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace fnlint
