// With which flags was a C++ file compiled? Asked of the project's own compile database.
#pragma once

#include "core/files.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a project's compile database (compile_commands.json) says of its sources.
class CompileDatabase {
 public:
  // `named`: a file, or a folder that has one, of the configuration; else where CMake puts it.
  // `root`: the absolute path of the file system's root. No database is an empty one.
  static CompileDatabase find(const FileSystem& files, const std::string& root,
                              std::string_view named);

  [[nodiscard]] const std::string& path() const { return path_; }  // empty: there is none
  // Why it cannot be read, for the user.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  // The flags of a file: its own; a header's are those of the source of its name, else of the
  // nearest one. `path` is relative to the root. Null: there is none.
  [[nodiscard]] const std::vector<std::string>* flags(std::string_view path) const;

 private:
  struct Row {
    std::string file = {};  // relative to the root
    std::vector<std::string> flags = {};
  };
  void read(const FileSystem& files, const std::string& root, std::string_view text);

  std::string path_ = {}, problem_ = {};
  std::vector<Row> rows_ = {};
};

}  // namespace fnlint
