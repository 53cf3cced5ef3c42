// Calls git's plumbing commands with everything switched off that would run other programs, and
// parses their output.

#include "app/files/git.h"

#include "app/files/paths.h"
#include "app/files/process.h"
#include "core/text.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

namespace fnlint {

namespace {

constexpr std::string_view kGitSays = "git says:\n";
constexpr std::size_t kBlobBytes = 8U << 20U;  // more than any file that is read as a whole

// The first of the folders of PATH that has it. One that is not absolute may be anybody's.
std::string program_in(std::string_view folders, std::string_view name) {
  for (const std::string_view folder : split(folders, ':')) {
    if (!folder.starts_with('/')) continue;
    std::string path = cat(folder, '/', name);
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

std::vector<std::string_view> ended_by_zero(std::string_view text) {
  std::vector<std::string_view> parts = split(text, '\0');
  if (!parts.empty() && parts.back().empty()) parts.pop_back();
  return parts;
}

// "100644 blob OBJECT\tPATH" of ls-tree, "100644 OBJECT 0\tPATH" of ls-files; the object is the
// word at `place`.
Result<std::vector<GitFile>> listed(const Result<std::string>& text, std::size_t place) {
  if (!text) return Error{text.error()};
  std::vector<GitFile> files;
  for (const std::string_view row : ended_by_zero(text.value())) {
    const std::size_t tab = row.find('\t');
    if (tab == row.npos) continue;
    const std::vector<std::string_view> words = split(row.substr(0, tab), ' ');
    if (words.size() <= place) continue;
    GitFile file{std::string(row.substr(tab + 1)), std::string(words[place])};
    if (words[0] == "120000") file.kind = GitFile::Kind::Link;
    if (words[0] == "160000") file.kind = GitFile::Kind::Submodule;
    files.push_back(std::move(file));
  }
  return files;
}

std::string lines_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += cat(word, '\n');
  return text;
}

// What `cat-file --batch` prints of an object: "OBJECT blob SIZE", that many bytes, a line's end.
void take_contents(std::string_view text, std::map<std::string, std::string>& contents) {
  while (!text.empty()) {
    const std::string_view head = first_line(text);
    const std::vector<std::string_view> words = split(head, ' ');
    text.remove_prefix(std::min(text.size(), head.size() + 1));
    std::size_t size = 0;
    if (words.size() != 3 ||
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), size).ec != std::errc{})
      continue;  // "OBJECT missing"
    size = std::min(size, text.size());
    contents.emplace(words[0], text.substr(0, size));
    text.remove_prefix(std::min(text.size(), size + 1));
  }
}

}  // namespace

Result<Git> Git::at(const std::string& folder, const Variables& variables) {
  Git git;
  git.program_ = program_in(variables("PATH"), "git");
  git.folder_ = folder;
  if (git.program_.empty()) return Error{"git is not on the PATH"};
  git.environment_ = {"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
                      "GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1"};
  // Where a hook runs, git says so by these: the index of a commit in the making is another file.
  for (const std::string_view name :
       {"HOME", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})
    if (const std::string value = variables(name); !value.empty())
      git.environment_.push_back(cat(name, '=', value));
  if (const auto answer = git.ask({"rev-parse", "--is-inside-work-tree"}); !answer)
    return Error{cat(folder, " is not in a repository that git can read: ", answer.error())};
  return git;
}

Result<std::string> Git::ask(std::vector<std::string> arguments, std::string_view input) const {
  ProcessStart start{.program = program_, .environment = environment_};
  start.arguments = {"-C", folder_,           "-c", "core.fsmonitor=false",
                     "-c", "core.hooksPath=", "-c", "core.quotePath=false"};
  std::ranges::move(arguments, std::back_inserter(start.arguments));
  constexpr std::uint64_t kAddresses = 1ULL << 42U;  // it maps whole packs
  ProcessResult result =
      run_process(start, input, {.cpu_seconds = 60, .memory = kAddresses, .output = 1U << 30U});
  if (result.failure.empty()) return std::move(result.output);
  const std::string_view said = trim(result.errors);
  return Error{said.empty() ? cat("git ", result.failure) : cat(kGitSays, said)};
}

Result<std::string> Git::commit(std::string_view revision) const {
  const Result<std::string> text =
      ask({"rev-parse", "--verify", "--quiet", "--end-of-options", cat(revision, "^{commit}")});
  if (!text)
    return Error{cat("git finds no commit '", revision, "' here",
                     text.error().starts_with(kGitSays) ? cat(": ", text.error()) : "")};
  return std::string(first_line(text.value()));
}

std::string Git::merge_base(const std::string& commit) const {
  const Result<std::string> text = ask({"merge-base", commit, "HEAD"});
  return text && !text.value().empty() ? std::string(first_line(text.value())) : commit;
}

Result<std::vector<GitFile>> Git::files_of(const std::string& commit) const {
  return listed(ask({"ls-tree", "-r", "-z", commit}), 2);
}

Result<std::vector<GitFile>> Git::staged_files() const {
  return listed(ask({"ls-files", "--stage", "-z"}), 1);
}

Result<std::vector<std::string>> Git::ignored() const {
  const Result<std::string> text =
      ask({"ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"});
  if (!text) return Error{text.error()};
  std::vector<std::string> paths;
  for (std::string_view path : ended_by_zero(text.value())) {
    if (path.ends_with('/')) path.remove_suffix(1);
    paths.emplace_back(path);
  }
  return paths;
}

Result<std::vector<std::string>> Git::objects_of(const std::vector<std::string>& paths) const {
  if (paths.empty()) return std::vector<std::string>{};
  // These git takes from the top of the repository, wherever it is started.
  std::vector<std::string> absolute;
  for (const std::string& path : paths) absolute.push_back(join_path(folder_, path));
  const Result<std::string> text =
      ask({"hash-object", "--no-filters", "--stdin-paths"}, lines_of(absolute));
  if (!text) return Error{text.error()};
  std::vector<std::string> objects;
  for (const std::string_view line : split(text.value(), '\n'))
    if (!line.empty()) objects.emplace_back(line);
  if (objects.size() != paths.size()) return Error{"git did not name all files"};
  return objects;
}

Result<std::map<std::string, std::string>> Git::contents(
    const std::vector<std::string>& objects) const {
  std::map<std::string, std::string> found;
  if (objects.empty()) return found;
  const Result<std::string> sizes = ask({"cat-file", "--batch-check"}, lines_of(objects));
  if (!sizes) return Error{sizes.error()};
  std::vector<std::string> small;
  for (const std::string_view line : split(sizes.value(), '\n')) {
    const std::vector<std::string_view> words = split(line, ' ');
    std::size_t size = 0;
    if (words.size() == 3 &&
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), size).ec ==
            std::errc{} &&
        size <= kBlobBytes)
      small.emplace_back(words[0]);
  }
  const Result<std::string> text = ask({"cat-file", "--batch"}, lines_of(small));
  if (!text) return Error{text.error()};
  take_contents(text.value(), found);
  return found;
}

}  // namespace fnlint
