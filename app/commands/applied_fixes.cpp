// Tries fixes in rounds, by linting the edited texts in memory: together first, then one by one in
// files where that has gone wrong.

#include "app/commands/applied_fixes.h"

#include "app/files/disk_file_system.h"
#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "app/files/paths.h"
#include "app/run/fixes.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"
#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"
#include "report/words.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

constexpr std::size_t kRounds = 1'000;  // that lint

struct FixedFile {
  std::string bytes = {};            // as the disk has it
  std::string text = {};             // in UTF-8, with the edits that are known to be good
  std::string tried = {};            // ... and with those of this round
  std::vector<TextEdit> edits = {};  // these
  std::size_t made = 0, trying = 0;  // fixes
  bool one_by_one = false;           // several together were not good
  bool is_left = false;              // nothing more is tried in it
};

// What is found in a file, in words that do not move with its lines.
using FoundIn = std::map<std::string, std::multiset<std::string>>;

// One target, linted and edited until there is nothing more to fix.
class Fixing {
 public:
  Fixing(Target target, std::span<const Target> all, const CommandLine& line, Console& console)
      : target_(std::move(target)), all_(all), line_(line), console_(console), disk_(target_.root) {
    line_.fix = true;
  }
  std::string find();   // what went wrong
  std::string write();  // likewise
  [[nodiscard]] std::size_t made() const { return made_; }
  [[nodiscard]] std::size_t files() const { return written_; }

 private:
  bool take(const ProjectRun& run);
  bool take(const ProjectRun& run, const Fix& fix);
  void judge(const ProjectRun& run);
  void leave(const std::string& path, FixedFile& file, std::size_t tried);
  FixedFile* file_of(const std::string& path);
  [[nodiscard]] static FoundIn found_in(const ProjectRun& run);
  [[nodiscard]] std::string shown(const std::string& path) const {
    return relative_path(join_path(target_.root, path), console_.working_directory);
  }

  Target target_;
  std::span<const Target> all_;
  CommandLine line_;
  Console& console_;
  const DiskFileSystem disk_;
  std::map<std::string, FixedFile> files_ = {};
  FoundIn before_ = {};
  bool alone_ = false;  // one fix a round: several together have brought up something elsewhere
  std::size_t made_ = 0, written_ = 0;
};

FoundIn Fixing::found_in(const ProjectRun& run) {
  FoundIn found;
  const auto add = [&](const Span& where, std::string words) {
    found[where.file.exists() ? run.run.files.path(where.file) : std::string()].insert(
        std::move(words));
  };
  for (const ReportedFinding& each : run.findings)
    add(each.finding.where, cat(each.finding.rule, ' ', each.finding.identity));
  for (const LocatedProblem& each : run.run.problems) add(each.where, "problem");
  return found;
}

// Null: it cannot be written.
FixedFile* Fixing::file_of(const std::string& path) {
  const auto [row, is_new] = files_.try_emplace(path);
  FixedFile& file = row->second;
  if (is_new) {
    Result<std::string> bytes = disk_.read(path, kTemplateBytes);
    if (bytes) file.bytes = std::move(bytes).value();
    file.text = file.tried = as_utf8(file.bytes);
    // Outside of the project, in an archive, or with bytes that are no characters.
    file.is_left = !bytes || path.starts_with("../") || disk_.resolved(path) != path ||
                   encoded_like(file.bytes, file.text) != file.bytes;
  }
  return file.is_left ? nullptr : &file;
}

// With all of its edits, or not at all.
bool Fixing::take(const ProjectRun& run, const Fix& fix) {
  std::map<std::string, std::vector<TextEdit>> by_file;
  for (const TextEdit& edit : fix.edits)
    by_file[run.run.files.path(edit.where.file)].push_back(edit);
  std::vector<std::tuple<FixedFile*, std::vector<TextEdit>, std::string>> taken;
  for (auto& [path, edits] : by_file) {
    FixedFile* const file = file_of(path);
    if (file == nullptr || (file->one_by_one && file->trying > 0)) return false;
    edits.insert(edits.begin(), file->edits.begin(), file->edits.end());
    std::vector<bool> made;
    std::string text = edited(file->text, edits, made);
    if (std::ranges::find(made, false) != made.end()) return false;
    taken.emplace_back(file, std::move(edits), std::move(text));
  }
  for (auto& [file, edits, text] : taken) {
    file->edits = std::move(edits);
    file->tried = std::move(text);
    ++file->trying;
  }
  return !taken.empty();
}

bool Fixing::take(const ProjectRun& run) {
  bool tries = false;
  for (const ReportedFinding& each : run.findings)
    for (const Fix& fix : each.finding.fixes)
      if (!(alone_ && tries) && (fix.safety == FixSafety::Safe || line_.unsafe_fixes) &&
          take(run, fix)) {
        tries = true;
        break;
      }
  return tries;
}

bool has_no_more(const FoundIn& before, const FoundIn& now, const std::string& path) {
  const auto was = before.find(path), is = now.find(path);
  if (is == now.end()) return true;
  return was != before.end() && std::ranges::includes(was->second, is->second);
}

// A round that leaves fewer findings in a file, and no new one anywhere, is kept.
void Fixing::judge(const ProjectRun& run) {
  const FoundIn now = found_in(run);
  std::size_t tried = 0;
  for (const auto& [path, file] : files_) tried += file.trying;
  if (tried == 0) return;
  const bool is_worse_elsewhere = std::ranges::any_of(now, [&](const auto& found) {
    const auto file = files_.find(found.first);
    return (file == files_.end() || file->second.trying == 0) &&
           !has_no_more(before_, now, found.first);
  });
  for (auto& [path, file] : files_) {
    if (file.trying == 0) continue;
    const auto is = now.find(path);
    const std::size_t left = is == now.end() ? 0 : is->second.size();
    if (!is_worse_elsewhere && has_no_more(before_, now, path) && left < before_[path].size()) {
      file.text = file.tried;
      file.made += file.trying;
    } else {
      leave(path, file, is_worse_elsewhere ? tried : file.trying);
    }
    file.edits.clear();
    file.trying = 0;
  }
  alone_ = alone_ || is_worse_elsewhere;
}

// What was tried together is tried again one by one.
void Fixing::leave(const std::string& path, FixedFile& file, std::size_t tried) {
  file.tried = file.text;
  file.is_left = tried == 1;
  file.one_by_one = true;
  if (file.is_left)
    say(console_, cat(shown(path),
                      ": a fix does not settle its finding, or brings up another "
                      "one, and is not made"));
}

std::string Fixing::find() {
  for (std::size_t round = 0; round < kRounds; ++round) {
    Result<ProjectRun> run = run_project(target_, all_, line_, console_);
    if (!run) return run.error();
    judge(run.value());
    // What was taken back is linted again before anything else is tried.
    const bool is_as_linted = std::ranges::all_of(files_, [&](const auto& row) {
      const auto overlay = target_.overlays.find(row.first);
      return overlay == target_.overlays.end() || overlay->second == row.second.text;
    });
    if (is_as_linted) {
      before_ = found_in(run.value());
      if (!take(run.value())) return {};
    }
    target_.overlays.clear();
    for (const auto& [path, file] : files_)
      if (file.tried != as_utf8(file.bytes)) target_.overlays.emplace(path, file.tried);
  }
  return {};
}

std::string Fixing::write() {
  for (const auto& [path, file] : files_) {
    if (file.made == 0) continue;
    const Result<std::string> now = disk_.read(path, kTemplateBytes);
    if (!now || now.value() != file.bytes)
      return cat(shown(path), " has changed since it was read, and is left as it is");
    const std::string error =
        write_file(join_path(target_.root, path), encoded_like(file.bytes, file.text));
    if (!error.empty()) return cat("cannot write ", shown(path), ": ", error);
    made_ += file.made;
    ++written_;
  }
  return {};
}

}  // namespace

int apply_fixes(std::span<const Target> targets, const CommandLine& line, Console& console) {
  std::size_t made = 0, files = 0;
  std::string error;
  for (const Target& target : targets) {
    Fixing one(target, targets, line, console);
    error = one.find();
    if (error.empty()) error = one.write();
    made += one.made();
    files += one.files();
    if (!error.empty()) break;
  }
  if (!error.empty()) say(console, error);
  if (!line.quiet && !line.silent && made > 0)
    say(console, cat(made, made == 1 ? " fix" : " fixes", " made in ", counted(files, "file")));
  return error.empty() ? kNothingFound : kCouldNotRun;
}

}  // namespace fnlint
