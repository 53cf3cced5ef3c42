// /tmp outlives the invocation: what one leaves under a fixed name is there for the next that the
// same environment serves, another customer's data among it.

#include "checks/storage/rules.h"
#include "checks/view/file_use.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kFolder = "/tmp";

const KnownPath* fixed_path(const FileAccess& access) {
  if (access.paths.size() != 1 || !access.paths.front().whole) return nullptr;
  const KnownPath& path = access.paths.front();
  return is_in_folder(path.text, kFolder) && path.text != kFolder ? &path : nullptr;
}

bool puts_content(FileUse use) { return use == FileUse::Write || use == FileUse::WriteFolder; }

// Wherever `later` happens, `earlier` has happened.
bool holds_for(const FileAccess& earlier, const FileAccess& later) {
  return std::ranges::all_of(earlier.holds, [&](const Fact& fact) {
    return std::ranges::find(later.holds, fact) != later.holds.end();
  });
}

// What is written or deleted at `access` may decide what `path` holds.
bool touches(const FileAccess& access, const std::string& path) {
  return std::ranges::any_of(access.paths, [&](const KnownPath& one) {
    if (!one.known()) return true;
    if (!one.whole) return std::string_view(path).starts_with(one.text);
    const bool is_whole_folder =
        access.use == FileUse::WriteFolder || access.use == FileUse::Delete;
    return one.text == path || (is_whole_folder && is_in_folder(path, one.text));
  });
}

bool renews(const FileAccess& access) {
  return puts_content(access.use) || access.use == FileUse::Delete;
}

// A test of the file, of a variable that outlives the invocation, or one that cannot be read: the
// code looks whether what it has is still good.
bool is_validated(const ValuePool& pool, const FileAccess& write, const FileAccess& read) {
  for (const Fact& fact : write.holds) {
    if (std::ranges::find(read.holds, fact) != read.holds.end()) continue;
    bool by_event = false, otherwise = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      const Value& row = pool[id];
      by_event = by_event || (row.kind == ValueKind::Hole && row.origin == Origin::Event);
      otherwise = otherwise || row.kind == ValueKind::Object || row.kind == ValueKind::Unknown ||
                  (row.kind == ValueKind::Hole && row.origin != Origin::Event) ||
                  (row.kind == ValueKind::Text && pool.text(id).starts_with(kFolder));
    });
    if (!by_event || otherwise) return true;
  }
  return (write.flags & kUnderUnknownTest) != 0;
}

class StaleFiles {
 public:
  StaleFiles(const ValuePool& pool, const LambdaFunction& function)
      : pool_(pool), function_(function), accesses_(file_accesses(pool, function)) {}

  void check(Findings& findings) {
    std::vector<std::string> told;
    for (std::size_t i = 0; i < accesses_.size(); ++i) {
      const FileAccess& access = accesses_[i];
      const KnownPath* path = fixed_path(access);
      const bool appends = access.use == FileUse::Append || access.use == FileUse::Change;
      if (path == nullptr || access.at_init || (access.use != FileUse::Read && !appends)) continue;
      if (std::ranges::find(told, path->text) != told.end() || is_renewed(i, path->text)) continue;
      const FileAccess* write = appends ? nullptr : left_by(i, path->text);
      if (appends ? is_deleted_after(i, path->text) : write == nullptr) continue;
      told.push_back(path->text);
      report(access, *path, write, findings);
    }
  }

 private:
  // On every path to the access, this invocation or init has written or deleted it.
  [[nodiscard]] bool is_renewed(std::size_t at, const std::string& path) const {
    for (std::size_t i = 0; i < at; ++i) {
      const FileAccess& before = accesses_[i];
      if (!renews(before) || !touches(before, path)) continue;
      const bool is_sure = before.paths.size() == 1 && before.paths.front().whole;
      if (before.at_init || !is_sure || holds_for(before, accesses_[at])) return true;
    }
    return false;
  }
  // The write of an earlier invocation that the access reads back; null: none that is known.
  [[nodiscard]] const FileAccess* left_by(std::size_t at, const std::string& path) const {
    const FileAccess* found = nullptr;
    for (std::size_t i = 0; i < accesses_.size(); ++i) {
      const FileAccess& one = accesses_[i];
      const KnownPath* own = fixed_path(one);
      if (i == at || own == nullptr || own->text != path || !renews(one)) continue;
      if (one.use == FileUse::Delete && i > at) return nullptr;
      if (one.use == FileUse::Delete) continue;
      if (is_validated(pool_, one, accesses_[at])) return nullptr;
      const bool after = i > at;
      if (after && (one.flags & (kUnderTest | kUnderUnknownTest)) != 0 &&
          !holds_for(one, accesses_[at]))
        continue;
      if (found == nullptr) found = &one;
    }
    return found;
  }
  [[nodiscard]] bool is_deleted_after(std::size_t at, const std::string& path) const {
    for (std::size_t i = at + 1; i < accesses_.size(); ++i)
      if (renews(accesses_[i]) && touches(accesses_[i], path)) return true;
    return false;
  }

  void report(const FileAccess& access, const KnownPath& path, const FileAccess* write,
              Findings& findings) const {
    std::uint8_t uncertainty = access.uncertainty;
    if ((access.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
    if (write != nullptr) uncertainty |= write->uncertainty;
    auto finding =
        FindingBuilder("storage-tmp-stale", uncertainty)
            .about(function_)
            .at(access.where)
            .says(write == nullptr
                      ? cat("This continues '", path.text,
                            "', but nothing in this invocation has started it over: /tmp keeps "
                            "files between invocations, so what earlier ones wrote is still in it.")
                      : cat("This reads '", path.text,
                            "' on a path where this invocation has not written it: /tmp keeps "
                            "files between invocations, so it may hold what an earlier one left."))
            .identified(function_.name, ':', path.text)
            .along({access.path.begin(), access.path.end()}, access.where,
                   "The file is used here.");
    if (write != nullptr) finding.related(write->where, "'", path.text, "' is written here.");
    findings.push_back(std::move(finding));
  }

  const ValuePool& pool_;
  const LambdaFunction& function_;
  std::vector<FileAccess> accesses_;
};

}  // namespace

void storage_tmp_stale(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions)
    StaleFiles(*project.pool, function).check(findings);
}

}  // namespace fnlint
