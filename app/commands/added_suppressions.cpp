// Adds comments, lints the edited texts in memory, takes back the comments that do not help or
// break the file, and repeats this until nothing changes.

#include "app/commands/added_suppressions.h"

#include "app/files/disk_file_system.h"
#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "app/files/paths.h"
#include "app/run/duplicate_findings.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"
#include "app/run/syntax_findings.h"
#include "app/suppressions/suppression_edits.h"
#include "core/encoding.h"
#include "core/limits.h"
#include "core/lines.h"
#include "core/text.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

// A file that comments are written into.
struct EditedFile {
  std::string bytes = {}, text = {};  // as the disk has it; in UTF-8
  LineEdits edits = {};
  LineEdits linted = {};  // those that the last run has seen
  LineEdits tried = {};
};

struct LeftFinding {
  std::string place = {}, why = {};
  friend auto operator<=>(const LeftFinding&, const LeftFinding&) = default;
};

bool is_about_a_suppression(const Finding& finding) {
  return finding.rule.starts_with("config-suppression-");
}

// One target, linted again and again until what is found has its comments.
class Suppressing {
 public:
  Suppressing(Target target, std::span<const Target> all, const CommandLine& line, Console& console)
      : target_(std::move(target)), all_(all), line_(line), console_(console), disk_(target_.root) {
    reason_ = one_line(line.reason);
  }
  // Returns what went wrong.
  std::string find();
  std::string write();
  [[nodiscard]] std::size_t added() const { return added_; }
  [[nodiscard]] const std::vector<std::string>& written() const { return written_; }
  [[nodiscard]] std::set<LeftFinding> left() const {
    std::set<LeftFinding> all = left_;
    all.insert(mistakes_.begin(), mistakes_.end());
    return all;
  }

 private:
  struct LineRange {
    std::uint32_t first = 0, last = 0;
  };
  using Troubles = std::map<std::string, std::vector<LineRange>>;  // what cannot be read, by path
  [[nodiscard]] static Troubles troubles_of(const ProjectRun& run);
  bool take(const ProjectRun& run);
  bool take(const ProjectRun& run, const Finding& finding);
  void leave_mistakes(const ProjectRun& run);
  bool undo_broken(const Troubles& now);
  std::string why_not(const std::string& path, const EditedFile& file,
                      const Finding& finding) const;
  EditedFile& file_of(const std::string& path);
  void leave(const std::string& path, std::uint32_t line, const Finding& finding, std::string why);
  void overlay();
  [[nodiscard]] std::string shown(const std::string& path) const {
    return relative_path(join_path(target_.root, path), console_.working_directory);
  }

  Target target_;
  std::span<const Target> all_;
  const CommandLine& line_;
  Console& console_;
  const DiskFileSystem disk_;
  std::string reason_ = {};
  std::map<std::string, EditedFile> files_ = {};
  Troubles troubles_ = {};  // of the first run, and its findings by path, line and rule
  std::set<std::tuple<std::string, std::uint32_t, std::string_view>> found_ = {};
  bool is_first_ = true, took_back_ = false;
  std::set<LeftFinding> mistakes_ = {}, left_ = {};
  std::size_t added_ = 0;
  std::vector<std::string> written_ = {};  // files, as they are shown
};

EditedFile& Suppressing::file_of(const std::string& path) {
  const auto [row, is_new] = files_.try_emplace(path);
  if (!is_new) return row->second;
  if (Result<std::string> bytes = disk_.read(path, kTemplateBytes)) {
    row->second.bytes = std::move(bytes.value());
    row->second.text = as_utf8(row->second.bytes);
  }
  return row->second;
}

// Their words name lines, which move.
Suppressing::Troubles Suppressing::troubles_of(const ProjectRun& run) {
  Troubles troubles;
  const auto add = [&](const Span& where) {
    if (!where.file.exists()) return;
    const Lines lines(run.run.files.text(where.file));
    troubles[run.run.files.path(where.file)].push_back(
        {lines.place(where.range.begin).line, lines.place(where.range.end).line});
  };
  for (const LocatedProblem& each : run.run.problems) add(each.where);
  for (const Finding& each : run.run.findings)
    if (each.rule == kHandlerSyntax || each.rule == kDuplicateKey) add(each.where);
  return troubles;
}

void Suppressing::leave(const std::string& path, std::uint32_t line, const Finding& finding,
                        std::string why) {
  left_.insert({cat(shown(path), ':', line, ": ", finding.rule), std::move(why)});
}

// Of the user's own: a comment of ours that proves unused is taken back.
void Suppressing::leave_mistakes(const ProjectRun& run) {
  for (const ReportedFinding& each : run.findings)
    if (is_about_a_suppression(each.finding) && each.finding.where.file.exists()) {
      const std::string& path = run.run.files.path(each.finding.where.file);
      const Lines lines(run.run.files.text(each.finding.where.file));
      mistakes_.insert({cat(shown(path), ':', lines.place(each.finding.where.range.begin).line,
                            ": ", each.finding.rule),
                        "it is about a suppression: correct that, or take it out"});
    }
}

// Why no comment can be written there; empty: one can.
std::string Suppressing::why_not(const std::string& path, const EditedFile& file,
                                 const Finding& finding) const {
  if (file.bytes.empty()) return "the file is in an archive, or cannot be read";
  if (path.starts_with("../") || disk_.resolved(path) != path)
    return "the file lies outside of the project";
  if (comment_mark_of(path, file.text).empty())
    return cat("the file cannot have comments; in .fnlint.yaml it is per-path-ignores: {\"", path,
               "\": [", finding.rule, "]}");
  if (encoded_like(file.bytes, file.text) != file.bytes)
    return "the file's bytes are not all characters";
  return {};
}

// True: another comment is to be tried.
bool Suppressing::take(const ProjectRun& run, const Finding& finding) {
  if (!finding.where.file.exists()) {
    left_.insert({std::string(finding.rule), "it is about no file"});
    return false;
  }
  const std::string& path = run.run.files.path(finding.where.file);
  EditedFile& file = file_of(path);
  const std::uint32_t now =
      Lines(run.run.files.text(finding.where.file)).place(finding.where.range.begin).line;
  const std::uint32_t line = line_before(file.linted, file.text, now);
  // What comes up later a comment of ours has brought about, which is taken back.
  if (is_first_) found_.emplace(path, line, finding.rule);
  if (!found_.contains({path, line, finding.rule})) return false;
  if (std::string why = why_not(path, file, finding); !why.empty()) {
    leave(path, line, finding, std::move(why));
    return false;
  }
  const std::string rule(finding.rule);
  LineEdit& edit = file.edits[line];
  LineEdit& tried = file.tried[line];
  const std::size_t taken = edit.beside.erase(rule) + edit.above.erase(rule);
  if (can_stand_beside(path, file.text, line) && tried.beside.insert(rule).second) {
    edit.beside.insert(rule);
    return true;
  }
  if (tried.above.insert(rule).second) {
    edit.above.insert(rule);
    return true;
  }
  took_back_ = took_back_ || taken > 0;
  leave(path, line, finding, "no comment beside or above the line is one that counts");
  return false;
}

bool Suppressing::take(const ProjectRun& run) {
  bool tries = false;
  for (const ReportedFinding& each : run.findings)
    if (!is_about_a_suppression(each.finding)) tries = take(run, each.finding) || tries;
  return tries;
}

// Takes back the comments of a line: those beside it, else those above. False: it has none.
bool take_back(LineEdit& edit) {
  std::set<std::string>& rules = edit.beside.empty() ? edit.above : edit.beside;
  const bool has_any = !rules.empty();
  rules.clear();
  return has_any;
}

// Where a comment has broken its file, those of the lines that cannot be read are taken back, or
// all of the file where none of these has one: true.
bool Suppressing::undo_broken(const Troubles& now) {
  bool undone = false;
  for (auto& [path, file] : files_) {
    const auto found = now.find(path);
    if (found == now.end() || found->second.size() <= troubles_[path].size()) continue;
    const auto is_in_trouble = [&](std::uint32_t line) {
      return std::ranges::any_of(found->second, [&](const LineRange& range) {
        return line >= line_before(file.linted, file.text, range.first) &&
               line <= line_before(file.linted, file.text, range.last);
      });
    };
    bool is_found = false;
    for (auto& [line, edit] : file.edits)
      is_found = (is_in_trouble(line) && take_back(edit)) || is_found;
    if (!is_found)
      for (auto& [line, edit] : file.edits) is_found = take_back(edit) || is_found;
    undone = undone || is_found;
  }
  return undone;
}

void Suppressing::overlay() {
  target_.overlays.clear();
  for (auto& [path, file] : files_) {
    if (file.bytes.empty()) continue;
    file.linted = file.edits;
    target_.overlays.emplace(path, with_suppressions(path, file.text, file.edits, reason_));
  }
}

std::string Suppressing::find() {
  // It ends: each comment is tried once, and taken back once.
  for (;; is_first_ = false) {
    const Result<ProjectRun> run = run_project(target_, all_, line_, console_);
    if (!run) return run.error();
    const Troubles troubles = troubles_of(run.value());
    if (is_first_) {
      troubles_ = troubles;
      leave_mistakes(run.value());
    }
    if (!undo_broken(troubles)) {
      left_.clear();
      took_back_ = false;
      if (!take(run.value()) && !took_back_) return {};
    }
    overlay();
  }
}

std::string Suppressing::write() {
  for (const auto& [path, file] : files_) {
    std::size_t comments = 0;
    for (const auto& [line, edit] : file.edits) comments += edit.beside.size() + edit.above.size();
    if (comments == 0) continue;
    const Result<std::string> now = disk_.read(path, kTemplateBytes);
    if (!now || now.value() != file.bytes)
      return cat(shown(path), " has changed since it was read, and is left as it is");
    const std::string text = with_suppressions(path, file.text, file.edits, reason_);
    const std::string error =
        write_file(join_path(target_.root, path), encoded_like(file.bytes, text));
    if (!error.empty()) return cat("cannot write ", shown(path), ": ", error);
    added_ += comments;
    written_.push_back(shown(path));
  }
  return {};
}

std::string enumerated(const std::vector<std::string>& names) {
  std::string listed;
  for (const std::string& name : names) listed += cat(listed.empty() ? "" : ", ", name);
  return listed;
}

}  // namespace

int add_suppressions(std::span<const Target> targets, const CommandLine& line, Console& console) {
  std::size_t added = 0;
  std::vector<std::string> written;
  std::set<LeftFinding> left;
  for (const Target& target : targets) {
    Suppressing one(target, targets, line, console);
    std::string error = one.find();
    if (error.empty()) error = one.write();
    added += one.added();
    written.insert(written.end(), one.written().begin(), one.written().end());
    if (!error.empty()) {
      say(console, error);
      if (added > 0)
        say(console, cat(counted(added, "suppression"), " had been written to ", enumerated(written)));
      return kCouldNotRun;
    }
    left.merge(one.left());
  }
  for (const LeftFinding& each : left) say(console, cat(each.place, ": ", each.why));
  if (!line.quiet)
    say(console, cat(counted(added, "suppression"), " written to ", counted(written.size(), "file"),
                     left.empty() ? "" : cat("; ", counted(left.size(), "finding"), " left")));
  return left.empty() || line.exit_zero ? kNothingFound : kFindings;
}

}  // namespace fnlint
