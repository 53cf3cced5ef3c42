// The dependencies of a run, recorded as it goes, which is what makes caching sound.
#pragma once

#include "app/files/digest.h"
#include "app/run/pipeline.h"
#include "app/run/stage.h"
#include "core/files.h"

#include <tsl/robin_map.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A question that a run asks of what surrounds it, with a digest of the answer.
struct Question {
  enum class About : std::uint8_t {
    Kind,
    List,
    Read,
    Start,
    Part,
    Resolved,
    // Of what the user has set up, for a path:
    ExcludedFile,
    ExcludedFolder,
    Unlisted,
    Settings,
    Parameters,
    Clang,  // the program, for the root
    Rules   // in effect for what was met until then; has no path
  };
  About about{};
  std::string path = {};
  std::uint64_t from = 0, bytes = 0;  // of Read, Start and Part, as they have them
  Digest answer = {};
  Stages by = {};  // that have asked it
};

// Whether the answer was that there is nothing of that path, of the questions that can have it.
[[nodiscard]] bool says_missing(const Question& question);

// Stands between a run and all that surrounds it: the files, and what options say of a path. A run
// whose questions have the same answers again would find the same again. Safe to use from several
// threads.
class Witness final : public FileSystem {
 public:
  // `files` outlive it.
  Witness(const FileSystem& files, PipelineOptions options)
      : files_(files), options_(std::move(options)) {}

  // The options for the run, which ask through this.
  PipelineOptions options();
  // What it asked, which this forgets; of files each question once, whoever else has asked it.
  std::vector<Question> taken_questions();
  // Why the answers do not decide what is found; empty: they do.
  [[nodiscard]] const std::string& doubt() const { return doubt_; }

  // Whether a question of an earlier run has the same answer now. They have to be asked in their
  // order, since what is in effect depends on the paths that were asked about. `text` takes what
  // was read.
  bool holds(const Question& question, std::string* text) const;

  EntryKind kind(std::string_view path) const override;
  std::vector<Entry> list(std::string_view folder) const override;
  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_start(std::string_view path, std::size_t bytes) const override;
  Result<std::string> read_part(std::string_view path, std::uint64_t offset,
                                std::uint64_t bytes) const override;
  std::string resolved(std::string_view path) const override;

 private:
  Digest answer(const Question& question, std::string* text) const;
  void note(Question::About about, std::string_view path, Digest answer) const;
  void note_of_file(Question::About about, std::string_view path, Digest answer,
                    std::uint64_t from = 0, std::uint64_t bytes = 0) const;
  void doubt(std::string why) const;

  struct Hash {
    std::size_t operator()(const Digest& digest) const { return digest.low; }
  };

  const FileSystem& files_;
  const PipelineOptions options_;
  std::atomic<Stage> stage_ = Stage::Discover;  // that asks
  mutable std::mutex mutex_ = {};
  mutable std::vector<Question> questions_ = {};
  mutable tsl::robin_map<Digest, std::uint32_t, Hash> known_ = {};  // questions about files
  mutable std::string doubt_ = {};
};

}  // namespace fnlint
