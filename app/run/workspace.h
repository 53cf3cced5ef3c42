// What stays between the runs of one root: texts that are not on the disk, what the last run has
// read, and that run itself with all that it asked, for whoever keeps it.
#pragma once

#include "app/files/digest.h"
#include "app/files/overlay_files.h"
#include "app/run/pipeline.h"
#include "app/run/stage.h"
#include "app/run/witness.h"
#include "core/files.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// What decides a run besides what it asks for: its options.
Digest options_key(const PipelineOptions& options);

// A run is made of texts: those of open buffers, and of the disk where no buffer lies over it. The
// disk is given anew each time, since a disk that was asked before answers as it did then. The run
// itself is the caller's; kept is what it takes to know that another one would find the same.
class Workspace {
 public:
  explicit Workspace(Overlays buffers = {}) : buffers_(std::move(buffers)) {}

  // What an editor has not saved, by the path relative to the root.
  void open(std::string path, std::string text) {
    buffers_.insert_or_assign(std::move(path), std::move(text));
  }
  void close(const std::string& path) { buffers_.erase(path); }

  // A run of which nothing is kept.
  [[nodiscard]] Run make(PipelineOptions options, const FileSystem& disk) const;
  // Takes the place of the last run, unless it is cancelled.
  Run make_and_keep(const PipelineOptions& options, const FileSystem& disk);
  // The last run, where the options are the same and each question has the same answer now: a new
  // one would find the same again. Nothing else: the callbacks of `options` have been asked then,
  // but not about all that a new run will ask.
  [[nodiscard]] std::optional<Run> last_run(const PipelineOptions& options,
                                            const FileSystem& disk) const;
  // Why the run that was made last is not kept; empty: it is.
  [[nodiscard]] const std::string& why_not_kept() const { return why_not_; }
  // What the last run that was made asked, in its order, and which of that a stage has asked.
  [[nodiscard]] const std::vector<Question>& questions() const { return questions_; }
  [[nodiscard]] std::vector<Question> questions_of(Stage stage) const;

  // The last run, to be kept elsewhere, which this forgets; and back again.
  [[nodiscard]] std::string taken_bytes() { return std::exchange(bytes_, {}); }
  void keep_bytes(std::string bytes, const PipelineOptions& options);

  // What the run that was reported last has searched and read: where a change may be one of
  // findings. None: there was none.
  struct Reach {
    std::vector<std::string> folders = {}, files = {};
  };
  void note_reported(const Run& run);
  [[nodiscard]] const std::optional<Reach>& reach() const { return reach_; }

 private:
  template <class Work>
  auto with_texts(const FileSystem& disk, const Work& work) const;

  Overlays buffers_ = {};
  Digest key_ = {};
  std::string bytes_ = {};  // of the last run; empty: there is none
  std::string why_not_ = {};
  std::vector<Question> questions_ = {};
  std::optional<Reach> reach_ = {};
};

using Workspaces = std::map<std::string, Workspace>;  // by root

}  // namespace fnlint
