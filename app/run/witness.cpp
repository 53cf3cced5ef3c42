// Records every question with a digest of its answer, and can ask a recorded one again.

#include "app/run/witness.h"

#include "core/text.h"

#include <array>
#include <utility>

namespace fnlint {

namespace {

using About = Question::About;

Digest answered(std::uint64_t number) { return {0, number}; }

// What was read and why it could not be never look alike.
Digest answered(const Result<std::string>& read) {
  return read ? digest_of(read.value()) : digest_of(read.error(), 1);
}

Digest answered(const std::vector<Entry>& entries) {
  std::string text;
  for (const Entry& entry : entries) {
    text.append(entry.name) += '/';  // no name has one
    text += static_cast<char>(entry.kind);
    text += entry.link ? 'l' : '-';
    text.append(reinterpret_cast<const char*>(&entry.bytes), sizeof entry.bytes);
  }
  return digest_of(text);
}

Digest answered(const Settings& settings) {
  std::string text = cat(settings.today);
  for (const Threshold& row : kThresholds) text += cat(' ', settings.*row.field);
  for (const SettingList& row : kSettingLists) {
    for (const std::string& one : settings.*row.field) text += cat(' ', one.size(), ' ', one);
    text += ';';
  }
  return digest_of(text);
}

Digest answered(const std::map<std::string, std::string>& values) {
  std::string text;
  for (const auto& [name, value] : values)
    text += cat(name.size(), ' ', name, value.size(), ' ', value);
  return digest_of(text);
}

Digest answered_rules(const PipelineOptions& options) {
  std::string text(options.possible ? "+" : "-");
  for (const Rule* rule : options.rules) text += cat(' ', rule->id);
  return digest_of(text);
}

}  // namespace

bool says_missing(const Question& question) {
  if (question.about == About::Kind)
    return question.answer == answered(static_cast<std::uint64_t>(EntryKind::Missing));
  if (question.about == About::List) return question.answer == answered(std::vector<Entry>());
  return question.about == About::Resolved && question.answer == digest_of("");
}

PipelineOptions Witness::options() {
  PipelineOptions options = options_;
  if (options_.search.excluded)
    options.search.excluded = [this](std::string_view path, bool is_folder) {
      const bool excluded = options_.search.excluded(path, is_folder);
      note(is_folder ? About::ExcludedFolder : About::ExcludedFile, path,
           answered(std::uint64_t{excluded}));
      return excluded;
    };
  if (options_.search.why_unlisted)
    options.search.why_unlisted = [this](std::string_view folder) {
      std::string why = options_.search.why_unlisted(folder);
      note(About::Unlisted, folder, digest_of(why));
      return why;
    };
  if (options_.settings_of)
    options.settings_of = [this](std::string_view path) {
      const Settings settings = options_.settings_of(path);
      note(About::Settings, path, answered(settings));
      return settings;
    };
  if (options_.parameters_of)
    options.parameters_of = [this](std::string_view path) {
      auto parameters = options_.parameters_of(path);
      note(About::Parameters, path, answered(parameters));
      return parameters;
    };
  if (options_.amend)
    options.amend = [this](PipelineOptions& amended) {
      options_.amend(amended);
      note(About::Rules, {}, answered_rules(amended));
    };
  if (options_.clang.program)
    options.clang.program = [this](const std::string& root) {
      std::string program = options_.clang.program(root);
      if (!program.empty()) doubt("there is C++, and what Clang reads of it cannot be determined");
      note(About::Clang, root, digest_of(program));
      return program;
    };
  options.begins = [this](Stage stage) {
    stage_ = stage;
    if (options_.begins) options_.begins(stage);
  };
  return options;
}

std::vector<Question> Witness::taken_questions() {
  known_.clear();
  return std::move(questions_);
}

void Witness::doubt(std::string why) const {
  const std::scoped_lock lock(mutex_);
  if (doubt_.empty()) doubt_ = std::move(why);
}

void Witness::note(About about, std::string_view path, Digest answer) const {
  const std::scoped_lock lock(mutex_);
  questions_.push_back(
      {.about = about, .path = std::string(path), .answer = answer, .by = Stages(stage_)});
}

// Those that resolve imports ask for the same again and again.
void Witness::note_of_file(About about, std::string_view path, Digest answer, std::uint64_t from,
                           std::uint64_t bytes) const {
  const std::array<std::uint64_t, 3> parts{static_cast<std::uint64_t>(about), from, bytes};
  const Digest question = digest_of(
      path,
      digest_of(std::string_view(reinterpret_cast<const char*>(parts.data()), sizeof parts)).low);
  const std::scoped_lock lock(mutex_);
  const Stages by(stage_);
  const auto [known, is_new] =
      known_.try_emplace(question, static_cast<std::uint32_t>(questions_.size()));
  if (is_new) {
    questions_.push_back({about, std::string(path), from, bytes, answer, by});
    return;
  }
  Question& first = questions_[known->second];
  first.by.add(by);
  if (first.answer != answer && doubt_.empty()) doubt_ = cat(path, " changed while it was linted");
}

bool Witness::holds(const Question& question, std::string* text) const {
  return answer(question, text) == question.answer;
}

Digest Witness::answer(const Question& question, std::string* text) const {
  const std::string& path = question.path;
  const auto taken = [text](Result<std::string> read) {
    const Digest digest = answered(read);
    if (text != nullptr && read) *text = std::move(read.value());
    return digest;
  };
  switch (question.about) {
    case About::Kind: return answered(static_cast<std::uint64_t>(files_.kind(path)));
    case About::List: return answered(files_.list(path));
    case About::Read: return taken(files_.read(path, question.bytes));
    case About::Start: return taken(files_.read_start(path, question.bytes));
    case About::Part: return taken(files_.read_part(path, question.from, question.bytes));
    case About::Resolved: return digest_of(files_.resolved(path));
    case About::ExcludedFile: return answered(std::uint64_t{options_.search.excluded(path, false)});
    case About::ExcludedFolder:
      return answered(std::uint64_t{options_.search.excluded(path, true)});
    case About::Unlisted: return digest_of(options_.search.why_unlisted(path));
    case About::Settings: return answered(options_.settings_of(path));
    case About::Parameters: return answered(options_.parameters_of(path));
    case About::Clang: return digest_of(options_.clang.program(path));
    case About::Rules: break;
  }
  PipelineOptions amended = options_;
  options_.amend(amended);
  return answered_rules(amended);
}

EntryKind Witness::kind(std::string_view path) const {
  const EntryKind kind = files_.kind(path);
  note_of_file(About::Kind, path, answered(static_cast<std::uint64_t>(kind)));
  return kind;
}

std::vector<Entry> Witness::list(std::string_view folder) const {
  std::vector<Entry> entries = files_.list(folder);
  note_of_file(About::List, folder, answered(entries));
  return entries;
}

Result<std::string> Witness::read(std::string_view path, std::size_t limit) const {
  Result<std::string> text = files_.read(path, limit);
  note_of_file(About::Read, path, answered(text), 0, limit);
  return text;
}

Result<std::string> Witness::read_start(std::string_view path, std::size_t bytes) const {
  Result<std::string> text = files_.read_start(path, bytes);
  note_of_file(About::Start, path, answered(text), 0, bytes);
  return text;
}

Result<std::string> Witness::read_part(std::string_view path, std::uint64_t offset,
                                       std::uint64_t bytes) const {
  Result<std::string> text = files_.read_part(path, offset, bytes);
  note_of_file(About::Part, path, answered(text), offset, bytes);
  return text;
}

std::string Witness::resolved(std::string_view path) const {
  std::string target = files_.resolved(path);
  note_of_file(About::Resolved, path, digest_of(target));
  return target;
}

}  // namespace fnlint
