// C++ by a real compiler frontend, in a process of its own, where one is installed.
#pragma once

#include "app/files/console.h"
#include "app/files/parallel.h"
#include "app/files/process.h"
#include "core/files.h"
#include "frontends/clang/compile_database.h"
#include "frontends/clang/request.h"
#include "model/code.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

struct ClangOptions {
  ClangProgram program = {};
  std::string root = {};      // absolute: what paths are relative to
  // The compile database of a source as its configuration names it; none, or "": where CMake puts
  // it.
  std::function<std::string(std::string_view source)> database = {};
  ProcessLimits limits = {};
};

// The second layer of the C++ frontend: facts by fnlint-clang, a process for each source with the
// headers that are wanted of it. Without the executable there are none, quietly; what goes wrong
// there costs one problem for a source, and the first layer's facts are used.
class ClangLayer {
 public:
  ClangLayer(ClangOptions options, const FileSystem& files, const Workers& workers = {})
      : options_(std::move(options)), files_(files), workers_(workers) {}

  // Asks for files; what they answer stays.
  void ask(const std::vector<ClangRequest::File>& files);

  struct Answer {
    std::optional<CodeFacts> facts = {};
    std::string problem = {};
  };
  // Of a file that was asked for. Safe to use from several threads.
  [[nodiscard]] Answer facts(std::string_view path, std::size_t file_bytes) const;
  // Those that were looked for, by how they are named.
  using Databases = std::map<std::string, CompileDatabase>;
  [[nodiscard]] const Databases& databases() const { return databases_; }

 private:
  struct Known {
    std::string bytes = {}, problem = {};
  };
  struct Work {
    ClangRequest request = {};
    std::vector<Known> answers = {};  // parallel to the request's files
    bool too_slow = false;
  };
  void prepare();
  const CompileDatabase& database_of(std::string_view source);
  void note_includes(const ClangRequest::File& file);
  [[nodiscard]] std::string source_of(std::string_view header) const;
  void run(Work& work) const;

  const ClangOptions options_;
  const FileSystem& files_;
  const Workers workers_;
  bool prepared_ = false;
  std::string program_ = {}, root_ = {};
  Databases databases_ = {};
  std::map<std::string, Known, std::less<>> known_ = {};                        // by file
  std::map<std::string, std::vector<std::string>, std::less<>> includes_ = {};  // names, by file
  std::set<std::string, std::less<>> failed_ = {};                              // sources
  std::size_t slow_ = 0;
};

}  // namespace fnlint
