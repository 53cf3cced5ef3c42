// All texts that a run has read, under the ids by which spans refer to them.
#pragma once

#include "core/id.h"

#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace fnlint {

// The files of a run: each once, under the path without symbolic links. Ids follow the order of
// adding. Texts and paths do not move.
class SourceFiles {
 public:
  FileId add(std::string path, std::string text) {
    const FileId id = place(std::move(path));
    Row& row = rows_[id.index];
    if (!row.is_read) row.text = std::move(text);
    row.is_read = true;
    return id;
  }
  // A file that something is said of and whose text nobody has: it is not empty for that.
  FileId place(std::string path) {
    const FileId id{static_cast<std::uint32_t>(rows_.size())};
    const auto [known, is_new] = ids_.emplace(path, id);
    if (is_new) rows_.push_back({.path = std::move(path)});
    return known->second;
  }
  // Of those whose text is there.
  [[nodiscard]] FileId find_read(std::string_view path) const {
    const FileId file = find(path);
    return file.exists() && rows_[file.index].is_read ? file : FileId{};
  }
  [[nodiscard]] FileId find(std::string_view path) const {
    const auto found = ids_.find(path);
    return found == ids_.end() ? FileId{} : found->second;
  }
  [[nodiscard]] const std::string& path(FileId file) const { return rows_[file.index].path; }
  [[nodiscard]] const std::string& text(FileId file) const { return rows_[file.index].text; }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

 private:
  struct Row {
    std::string path = {};
    std::string text = {};
    bool is_read = false;
  };
  std::deque<Row> rows_ = {};
  std::map<std::string, FileId, std::less<>> ids_ = {};
};

}  // namespace fnlint
