#pragma once

#include "app/console.h"
#include "app/process.h"
#include "core/files.h"
#include "frontends/clang/compile_database.h"
#include "model/code.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

struct ClangOptions {
  ClangProgram program = {};
  std::string root = {};      // absolute: what paths are relative to
  std::string database = {};  // as the configuration names it
  ProcessLimits limits = {};
};

// The second layer of the C++ frontend: facts by fnlint-clang, a process for each file. Without the
// executable there are none, quietly; what goes wrong there costs one problem and the first layer's
// facts are used. Safe to use from several threads. A file is asked for once: what it answered
// stays.
class ClangLayer {
 public:
  ClangLayer(ClangOptions options, const FileSystem& files)
      : options_(std::move(options)), files_(files) {}

  struct Answer {
    std::optional<CodeFacts> facts = {};
    std::string problem = {};
  };
  Answer facts(const std::string& path, std::string_view text);
  // Before a batch of files is asked for: which source a header is compiled through is among these
  // and earlier ones.
  void note(const std::string& path, std::string_view text);
  // Between batches of files: several that took too long end the asking.
  void end_batch();
  [[nodiscard]] const CompileDatabase& database() const { return database_; }
  [[nodiscard]] const std::string& program() const { return program_; }

 private:
  struct Known {
    std::string bytes = {}, problem = {};
  };
  void prepare();
  Known ask(const std::string& path, std::string_view text);
  [[nodiscard]] std::string source_of(std::string_view header) const;

  const ClangOptions options_;
  const FileSystem& files_;
  std::once_flag prepared_ = {};
  std::string program_ = {}, root_ = {};
  CompileDatabase database_ = {};
  std::mutex mutex_ = {};
  std::map<std::string, Known, std::less<>> known_ = {};
  std::map<std::string, std::vector<std::string>, std::less<>> includes_ = {};  // names, by file
  std::size_t slow_ = 0;
  bool gives_up_ = false;
};

}  // namespace fnlint
