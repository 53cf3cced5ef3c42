#include "app/clang_stage.h"

#include "core/text.h"
#include "frontends/clang/request.h"
#include "frontends/source/validate.h"
#include "model/code_bytes.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kSlow = 3;  // files that take too long before no others are asked for

std::string real_path(const std::string& path) {
  char buffer[PATH_MAX];
  return ::realpath(path.c_str(), buffer) == nullptr ? path : std::string(buffer);
}

bool is_header(std::string_view path) {
  const std::string_view kind = extension_of(path);
  return kind.starts_with(".h") || kind == ".ipp";
}

// What another process says is input like any other.
std::optional<CodeFacts> checked_facts(std::string_view answer, std::size_t file_bytes) {
  if (!answer.starts_with(kClangAnswer)) return std::nullopt;
  std::optional<CodeFacts> facts = read_code_bytes(answer.substr(kClangAnswer.size()));
  if (!facts || facts->language != Language::Cpp || !validate(*facts).empty() ||
      facts->function_ranges[0].end > file_bytes)
    return std::nullopt;
  return facts;
}

}  // namespace

void ClangLayer::note(const std::string& path, std::string_view text) {
  if (!options_.program || includes_.contains(path)) return;
  std::vector<std::string>& names = includes_[path];
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
  return {};
}

void ClangLayer::prepare() {
  if (options_.program) program_ = options_.program();
  if (program_.empty()) return;
  root_ = real_path(options_.root);
  database_ = CompileDatabase::find(files_, root_, options_.database);
}

ClangLayer::Known ClangLayer::ask(const std::string& path, std::string_view text) {
  ClangRequest request{.root = root_, .path = path, .text = std::string(text)};
  if (is_header(path)) request.through = source_of(path);
  const std::string& compiled = request.through.empty() ? path : request.through;
  if (const std::vector<std::string>* flags = database_.flags(compiled)) {
    request.arguments = *flags;
    request.has_database = true;
  }
  ProcessResult result = run_process(program_, request_bytes(request), options_.limits);
  Known known{.bytes = std::move(result.output), .problem = std::move(result.failure)};
  if (known.problem.empty() && !checked_facts(known.bytes, text.size()))
    known.problem = "gave no facts";
  if (!known.problem.empty())
    known = {.bytes = {},
             .problem = cat("is read by its text alone: fnlint-clang ", known.problem)};
  const std::scoped_lock lock(mutex_);
  slow_ += result.too_slow ? 1 : 0;
  return known;
}

ClangLayer::Answer ClangLayer::facts(const std::string& path, std::string_view text) {
  std::call_once(prepared_, [this] { prepare(); });
  if (program_.empty() || path.starts_with("../") || path.starts_with('/')) return {};
  const Known* known = nullptr;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto row = known_.find(path); row != known_.end()) known = &row->second;
    if (known == nullptr && gives_up_) return {};
  }
  if (known == nullptr) {
    Known answer = ask(path, text);
    const std::scoped_lock lock(mutex_);
    known = &known_.try_emplace(path, std::move(answer)).first->second;
  }
  if (!known->problem.empty()) return {.facts = {}, .problem = known->problem};
  return {.facts = checked_facts(known->bytes, text.size()), .problem = {}};
}

void ClangLayer::end_batch() {
  const std::scoped_lock lock(mutex_);
  gives_up_ = gives_up_ || slow_ >= kSlow;
}

}  // namespace fnlint
