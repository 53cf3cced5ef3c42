// Skips the pipeline where nothing that it would ask has changed.
#pragma once

#include "app/files/cache_folder.h"
#include "app/run/pipeline.h"
#include "app/run/workspace.h"
#include "core/files.h"

#include <optional>
#include <string>

namespace fnlint {

// Runs that were made before, with all that they asked for. One is taken where each question has
// the same answer now: then it would find the same again. What the answers are made into afterwards
// (levels, suppressions, baselines, reports) is not kept but done anew.
class RunCache {
 public:
  // `about` is what no question asks for: the program, and where the root is.
  RunCache(std::string folder, std::string about)
      : folder_(std::move(folder)), about_(std::move(about)) {}

  // Nothing: there is none that holds. The callbacks of `options` have been asked then, but not
  // about all that a new run will ask, so that what they keep in mind is of no use for it.
  std::optional<Run> find(const PipelineOptions& options, Workspace& workspace,
                          const FileSystem& disk);
  // Makes a run, and keeps it where that can be.
  Run make(const PipelineOptions& options, Workspace& workspace, const FileSystem& disk);

  // What became of it: "taken from FILE".
  [[nodiscard]] const std::string& words() const { return words_; }

 private:
  [[nodiscard]] Digest key_of(const PipelineOptions& options) const;

  CacheFolder folder_;
  std::string about_;
  std::string words_ = {};
};

}  // namespace fnlint
