// Gives a workspace the run that the cache folder has, and keeps there what the workspace made.

#include "app/run/run_cache.h"

#include "core/text.h"

#include <utility>

namespace fnlint {

Digest RunCache::key_of(const PipelineOptions& options) const {
  const Digest key = options_key(options);
  return digest_of(cat(about_, '\n', key.high, ' ', key.low));
}

std::optional<Run> RunCache::find(const PipelineOptions& options, Workspace& workspace,
                                  const FileSystem& disk) {
  const Digest key = key_of(options);
  std::optional<std::string> bytes = folder_.read(key);
  if (!bytes) return std::nullopt;
  workspace.keep_bytes(std::move(*bytes), options);
  std::optional<Run> run = workspace.last_run(options, disk);
  static_cast<void>(workspace.taken_bytes());
  if (run) words_ = cat("taken from ", folder_.file_of(key));
  return run;
}

Run RunCache::make(const PipelineOptions& options, Workspace& workspace, const FileSystem& disk) {
  Run run = workspace.make_and_keep(options, disk);
  const Digest key = key_of(options);
  std::string why_not = workspace.why_not_kept();
  if (why_not.empty()) why_not = folder_.write(key, workspace.taken_bytes());
  words_ = why_not.empty() ? cat("kept in ", folder_.file_of(key)) : cat("not kept: ", why_not);
  return run;
}

}  // namespace fnlint
