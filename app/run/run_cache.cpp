// Derives a run's key from what no question covers, and keeps or restores the run in the cache
// folder.

#include "app/run/run_cache.h"

#include "app/run/witness.h"
#include "core/text.h"

#include <utility>

namespace fnlint {

namespace {

void add(std::string& text, std::string_view part) { text += cat(part.size(), ' ', part, '\n'); }

void add(std::string& text, const std::vector<std::string>& parts) {
  add(text, cat(parts.size()));
  for (const std::string& part : parts) add(text, part);
}

}  // namespace

Digest RunCache::key_of(const PipelineOptions& options) const {
  std::string text;
  add(text, about_);
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

std::optional<Run> RunCache::find(const PipelineOptions& options, const FileSystem& files) {
  const Digest key = key_of(options);
  const std::optional<std::string> bytes = folder_.read(key);
  if (!bytes) return std::nullopt;
  const Witness witness(files, options);
  std::optional<KeptRun> kept =
      kept_run(*bytes, options.registry ? *options.registry : built_in_rules(),
               [&witness](const Question& question, std::string* text) {
                 return witness.holds(question, text);
               });
  if (!kept) return std::nullopt;
  words_ = cat("taken from ", folder_.file_of(key));
  return std::move(kept->run);
}

Run RunCache::make(const PipelineOptions& options, const FileSystem& files) {
  Witness witness(files, options);
  KeptRun kept{.run = run_pipeline(witness.options(), witness)};
  kept.questions = witness.taken_questions();
  const Digest key = key_of(options);
  std::string why_not = witness.doubt();
  // The search, which the next run would have to do again to know, was all that it did.
  if (kept.run.functions == 0) why_not = "there is no function";
  if (kept.run.cancelled) why_not = "it was cancelled";
  if (why_not.empty()) why_not = folder_.write(key, bytes_of(kept));
  words_ = why_not.empty() ? cat("kept in ", folder_.file_of(key)) : cat("not kept: ", why_not);
  return std::move(kept.run);
}

}  // namespace fnlint
