// The only access to a repository's history and index.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A file as git keeps it.
struct GitFile {
  std::string path = {};  // relative to the folder that is asked about
  std::string object = {};
  enum class Kind : std::uint8_t { File, Link, Submodule } kind{};
};

// Asks the git of the PATH what a repository holds. It is told to run no hook, no monitor and no
// filter, and to fetch nothing; git itself refuses a repository that belongs to somebody else.
class Git {
 public:
  using Variables = std::function<std::string(std::string_view name)>;
  // An error where there is no git, or the folder is in no repository.
  static Result<Git> at(const std::string& folder, const Variables& variables);

  // The commit that a revision names.
  [[nodiscard]] Result<std::string> commit(std::string_view revision) const;
  // The last commit that both have; `commit` itself where there is none, or a shallow clone lacks
  // it.
  [[nodiscard]] std::string merge_base(const std::string& commit) const;
  // All below the folder: of a commit, and of what is staged.
  [[nodiscard]] Result<std::vector<GitFile>> files_of(const std::string& commit) const;
  [[nodiscard]] Result<std::vector<GitFile>> staged_files() const;
  // Files and folders below that git is told to ignore, folders without what is in them.
  [[nodiscard]] Result<std::vector<std::string>> ignored() const;
  // The names that git would give to files as they are on the disk now, in the order of `paths`.
  [[nodiscard]] Result<std::vector<std::string>> objects_of(
      const std::vector<std::string>& paths) const;
  // Texts by name. What is larger than a limit, or is not there, has none.
  [[nodiscard]] Result<std::map<std::string, std::string>> contents(
      const std::vector<std::string>& objects) const;

 private:
  Git() = default;
  [[nodiscard]] Result<std::string> ask(std::vector<std::string> arguments,
                                        std::string_view input = {}) const;

  std::string program_ = {}, folder_ = {};
  std::vector<std::string> environment_ = {};
};

}  // namespace fnlint
