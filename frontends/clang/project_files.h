// The sandbox of fnlint-clang: which files a compilation may see.
#pragma once

#include "frontends/clang/request.h"
#include "frontends/clang/stub_headers.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

inline constexpr std::string_view kStubFolder = "/fnlint-stubs";

// What fnlint-clang may read: stub headers, and files below the root. The machine's own headers are
// never read, nor what a compile database or a symbolic link leads to outside of the root: what a
// file means must not depend on where it is looked at.
class ProjectFiles {
 public:
  // `source`: what is compiled; what it and its headers include is looked through, so that stubs
  // have what they ask for. `files` have their texts, whatever is on the disk by now.
  ProjectFiles(std::string root, std::string_view source,
               const std::vector<ClangRequest::File>& files);

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] std::string absolute(std::string_view path) const;
  // Null: does not exist.
  const std::string* text(const std::string& path);
  bool is_folder(const std::string& path);
  // Where headers are by custom: the file's own folder and those above it, with their "include".
  [[nodiscard]] std::vector<std::string> guessed_folders() const { return folders_; }

 private:
  void look_through(std::string_view text, const std::string& folder, int depth);
  const std::string* read(const std::string& path);
  [[nodiscard]] bool is_allowed(const std::string& path) const;

  std::string root_;
  std::vector<std::string> folders_ = {};
  StubHeaders stubs_ = {};
  std::map<std::string, std::string, std::less<>> texts_ = {};
  std::map<std::string, bool, std::less<>> missing_ = {};
  std::map<std::string, bool, std::less<>> seen_ = {};
  std::size_t bytes_ = 0;
};

}  // namespace fnlint
