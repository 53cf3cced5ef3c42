// The commands of a project's builds, readable without a shell.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// One command of a build, with the variables of its script filled in; what is not known of a word
// stands there as a hole: "orders-${}.zip".
struct BuildCommand {
  std::string folder = {};  // that it is run in
  std::vector<std::string> words = {};
  [[nodiscard]] bool has(std::string_view word) const;
  [[nodiscard]] bool packs() const;                             // into an archive
  [[nodiscard]] std::string path(std::string_view word) const;  // of a word, from the root
  // Whether one of its words names that file, exactly or with a hole; of a name that says nothing,
  // as "bootstrap.zip", by its whole path.
  [[nodiscard]] bool speaks_of(std::string_view file, bool exactly) const;
};
struct BuildScript {
  std::string folder = {}, text = {};
  std::vector<BuildCommand> commands = {};
};

// How the commands of a file stand: whether each line begins in the script's own folder.
enum class ScriptForm : std::uint8_t { Shell, Lines, Steps, Program };
ScriptForm form_of_script(std::string_view name);

// The commands of one script: `name` is the file's own.
BuildScript read_build_script(std::string folder, std::string_view name, std::string text);

// The folders whose files a build packs into an archive of that name, surest first.
std::vector<std::string> folders_of_archive(std::span<const BuildScript> scripts,
                                            std::string_view archive);

}  // namespace fnlint
