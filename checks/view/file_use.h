#pragma once

#include "model/project.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a function's code does with files, in the order in which it runs.

// What "~" stands for where HOME is not set: the home of the runtime's user, which is not there.
inline constexpr std::string_view kHomeFolder = "/home/sbx_user1051";

// Change: content stays, and more may come. Create: nothing but the name is made.
enum class FileUse : std::uint8_t {
  Read,
  Write,
  Append,
  Change,
  Create,
  MakeFolder,
  WriteFolder,
  Delete,
  ChangeFolder,
  Unknown
};

// A path as far as it is known: its start, or all of it.
struct KnownPath {
  std::string text = {};  // absolute: what is relative is below the code's folder
  bool whole = false;
  bool relative = false;  // as it is written
  [[nodiscard]] bool known() const { return whole || !text.empty(); }
};

struct FileAccess {
  FileUse use{};
  std::vector<KnownPath> paths = {};  // alternatives
  ValueId path_value = {};            // what they are of
  std::string name = {};              // of the call: "open", or the operation
  std::string_view words = {};        // "opens", "writes"
  std::span<const Fact> holds = {};
  std::uint8_t uncertainty = 0;
  std::uint32_t flags = 0;  // StepFlags
  bool at_init = false;
  Span where = {};
  std::span<const PlacedText> path = {};
};
// Those before the first event come first. Views into the function.
std::vector<FileAccess> file_accesses(const ValuePool& pool, const LambdaFunction& function);

// What a value says as a path; no rows: there is none.
std::vector<KnownPath> known_paths(const ValuePool& pool, ValueId value);
// "/a/../tmp/x" -> "/tmp/x"; what is not known may follow where the path is not whole.
std::string tidy_path(std::string_view path);
// Whether it opens a file of a mounted file system, to add to what is there: what is written stays
// when the environment is gone. Logs are not told apart by their entries.
bool appends_to_mount(const ValuePool& pool, const Effect& effect);
// Whether `path` is `root` or lies below it.
bool is_in_folder(std::string_view path, std::string_view root);

}  // namespace fnlint
