// Groups wanted files by the source that includes them, runs fnlint-clang on each, and validates
// the bytes that come back.

#include "app/stages/clang_stage.h"

#include "app/files/paths.h"
#include "core/text.h"
#include "frontends/source/common/validate.h"
#include "model/code_bytes.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <utility>

namespace fnlint {

namespace {

constexpr std::size_t kSlow = 3;  // sources that take too long before no others are asked for

std::string resolved_path(const std::string& path) {
  const std::string real = real_path(path);
  return real.empty() ? path : real;
}

bool is_header(std::string_view path) {
  const std::string_view kind = extension_of(path);
  return kind.starts_with(".h") || kind == ".ipp";
}

// What another process says is input like any other.
std::optional<CodeFacts> checked_facts(std::string_view bytes, std::size_t file_bytes) {
  std::optional<CodeFacts> facts = read_code_bytes(bytes);
  if (!facts || facts->language != Language::Cpp || !validate(*facts).empty() ||
      facts->function_ranges[0].end > file_bytes)
    return std::nullopt;
  return facts;
}

}  // namespace

void ClangLayer::prepare() {
  if (std::exchange(prepared_, true)) return;
  if (options_.program) program_ = options_.program(options_.root);
  if (program_.empty()) return;
  root_ = resolved_path(options_.root);
}

const CompileDatabase& ClangLayer::database_of(std::string_view source) {
  const std::string named = options_.database ? options_.database(source) : std::string();
  const auto [row, is_new] = databases_.try_emplace(named);
  if (is_new) row->second = CompileDatabase::find(files_, root_, named);
  return row->second;
}

void ClangLayer::note_includes(const ClangRequest::File& file) {
  std::vector<std::string>& names = includes_[file.path];
  const std::string_view text = file.text;
  constexpr std::string_view kInclude = "#include";
  for (std::size_t at = text.find(kInclude); at != std::string_view::npos;
       at = text.find(kInclude, at + 1)) {
    const std::size_t open = text.find_first_of("\"<\n", at);
    if (open == std::string_view::npos || text[open] == '\n') continue;
    const std::size_t close = text.find_first_of("\">\n", open + 1);
    if (close == std::string_view::npos || text[close] == '\n') continue;
    names.emplace_back(file_name_of(text.substr(open + 1, close - open - 1)));
  }
}

// The first source, by its path, that includes the header, itself or through other headers.
std::string ClangLayer::source_of(std::string_view header) const {
  std::set<std::string, std::less<>> seen{std::string(header)};
  std::vector<std::string> open(seen.begin(), seen.end());
  for (std::size_t at = 0; at < open.size(); ++at) {
    const std::string name(file_name_of(open[at]));
    for (const auto& [path, names] : includes_) {
      if (std::ranges::find(names, name) == names.end() || !seen.insert(path).second) continue;
      if (!is_header(path)) return path;
      open.push_back(path);
    }
  }
  return std::string(header);
}

void ClangLayer::run(Work& work) const {
  const std::vector<ClangRequest::File>& files = work.request.files;
  work.answers.resize(files.size());
  const ProcessResult result =
      run_process({.program = program_}, request_bytes(work.request), options_.limits);
  work.too_slow = result.too_slow;
  std::string failure = result.failure;
  if (failure.empty()) {
    std::optional<std::vector<std::string>> answer = read_answer(result.output, files.size());
    for (std::size_t i = 0; answer && i < files.size(); ++i) {
      if ((*answer)[i].empty()) continue;  // Clang has nothing to say of it
      if (checked_facts((*answer)[i], files[i].text.size()))
        work.answers[i].bytes = std::move((*answer)[i]);
      else
        failure = "gave no facts";
    }
    if (!answer) failure = "gave no facts";
  }
  if (!failure.empty())
    work.answers[0].problem =
        cat(files.size() > 1 ? "is read only as text, like the others that are compiled with it"
                             : "is read only as text",
            ": fnlint-clang ", failure);
}

void ClangLayer::ask(const std::vector<ClangRequest::File>& files) {
  if (files.empty()) return;
  prepare();
  if (program_.empty()) return;
  std::map<std::string, Work> works;  // by source
  for (const ClangRequest::File& file : files)
    if (!includes_.contains(file.path)) note_includes(file);
  for (const ClangRequest::File& file : files) {
    if (known_.contains(file.path) || file.path.starts_with("../") || file.path.starts_with('/'))
      continue;
    known_[file.path];
    if (slow_ >= kSlow) continue;
    const std::string source = is_header(file.path) ? source_of(file.path) : file.path;
    if (failed_.contains(source)) continue;
    works[source].request.files.push_back(file);
  }
  std::vector<Work*> open;
  for (auto& [source, work] : works) {
    work.request.root = root_;
    work.request.source = source;
    if (const std::vector<std::string>* flags = database_of(source).flags(source)) {
      work.request.arguments = *flags;
      work.request.has_database = true;
    }
    open.push_back(&work);
  }
  in_parallel(workers_, open.size(), [&](std::size_t i) { run(*open[i]); });
  for (const auto& [source, work] : works) {
    slow_ += work.too_slow ? 1 : 0;
    if (!work.answers[0].problem.empty()) failed_.insert(source);
    for (std::size_t i = 0; i < work.answers.size(); ++i)
      known_[work.request.files[i].path] = work.answers[i];
  }
}

ClangLayer::Answer ClangLayer::facts(std::string_view path, std::size_t file_bytes) const {
  const auto known = known_.find(path);
  if (known == known_.end()) return {};
  if (known->second.bytes.empty()) return {.facts = {}, .problem = known->second.problem};
  return {.facts = checked_facts(known->second.bytes, file_bytes),
          .problem = known->second.problem};
}

}  // namespace fnlint
