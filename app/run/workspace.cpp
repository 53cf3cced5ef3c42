// Lays buffers over the disk, and keeps a run as the bytes of the run cache, which hold its
// questions and no text that a question brings back.

#include "app/run/workspace.h"

#include "app/run/run_bytes.h"
#include "core/text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace fnlint {

namespace {

void add(std::string& text, std::string_view part) { text += cat(part.size(), ' ', part, '\n'); }

void add(std::string& text, const std::vector<std::string>& parts) {
  add(text, cat(parts.size()));
  for (const std::string& part : parts) add(text, part);
}

}  // namespace

Digest options_key(const PipelineOptions& options) {
  std::string text;
  add(text, options.search.folders);
  add(text, options.search.files);
  add(text, options.config_env);
  for (const bool is_so : {options.search.reads_ignore_files, options.config_env_named,
                           options.possible, options.chain_ends, options.draws})
    text += is_so ? '+' : '-';
  add(text, cat(options.settings.today));
  for (const Threshold& row : kThresholds) add(text, cat(options.settings.*row.field));
  for (const SettingList& row : kSettingLists) {
    for (const std::string& one : options.settings.*row.field) add(text, one);
    add(text, "");
  }
  for (const auto& [name, value] : options.parameters) {
    add(text, name);
    add(text, value);
  }
  for (const Rule* rule : options.rules) add(text, rule->id);
  if (options.registry) add(text, options.registry->text());
  return digest_of(text);
}

template <class Work>
auto Workspace::with_texts(const FileSystem& disk, const Work& work) const {
  return buffers_.empty() ? work(disk) : work(OverlayFiles(disk, buffers_));
}

Run Workspace::make(PipelineOptions options, const FileSystem& disk) const {
  return with_texts(disk, [&options](const FileSystem& files) {
    return run_pipeline(std::move(options), files);
  });
}

Run Workspace::make_and_keep(const PipelineOptions& options, const FileSystem& disk) {
  return with_texts(disk, [&](const FileSystem& files) {
    Witness witness(files, options);
    KeptRun kept{.run = run_pipeline(witness.options(), witness)};
    kept.questions = witness.taken_questions();
    why_not_ = witness.doubt();
    // The search, which the next run would have to do again to know, was all that it did.
    if (kept.run.functions == 0) why_not_ = "there is no function";
    if (kept.run.cancelled) {
      why_not_ = "it was cancelled";
      return std::move(kept.run);
    }
    key_ = options_key(options);
    bytes_ = why_not_.empty() ? bytes_of(kept) : std::string();
    questions_ = std::move(kept.questions);
    return std::move(kept.run);
  });
}

std::optional<Run> Workspace::last_run(const PipelineOptions& options,
                                       const FileSystem& disk) const {
  if (bytes_.empty() || !(key_ == options_key(options))) return std::nullopt;
  return with_texts(disk, [&](const FileSystem& files) -> std::optional<Run> {
    const Witness witness(files, options);
    std::optional<KeptRun> kept =
        kept_run(bytes_, options.registry ? *options.registry : built_in_rules(),
                 [&witness](const Question& question, std::string* text) {
                   return witness.holds(question, text);
                 });
    if (!kept) return std::nullopt;
    kept->run.cancelled = options.workers.are_cancelled();
    return std::move(kept->run);
  });
}

std::vector<Question> Workspace::questions_of(Stage stage) const {
  std::vector<Question> asked;
  std::ranges::copy_if(questions_, std::back_inserter(asked),
                       [stage](const Question& one) { return one.by.has(stage); });
  return asked;
}

void Workspace::keep_bytes(std::string bytes, const PipelineOptions& options) {
  bytes_ = std::move(bytes);
  key_ = options_key(options);
}

void Workspace::note_reported(const Run& run) {
  reach_ = {.folders = run.folders};
  for (std::uint32_t i = 0; i < run.files.size(); ++i)
    reach_->files.push_back(run.files.path(FileId{i}));
}

}  // namespace fnlint
