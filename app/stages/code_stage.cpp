// Picks the frontend for each wanted file, compiles in parallel and ahead of the join, and compiles
// equal files once.

#include "app/stages/code_stage.h"

#include "app/files/crash_report.h"
#include "app/files/timings.h"
#include "core/helpers.h"
#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/cpp/cpp.h"
#include "frontends/source/csharp/csharp.h"
#include "frontends/source/go/go.h"
#include "frontends/source/java/java.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/javascript/json_module.h"
#include "frontends/source/kotlin/kotlin.h"
#include "frontends/source/python/python.h"
#include "frontends/source/ruby/ruby.h"
#include "frontends/source/rust/rust.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <utility>

namespace fnlint {

namespace {

template <JavaScriptDialect Dialect>
CodeFacts lower_script(std::string_view text) {
  return lower_javascript(text, Dialect);
}

CodeFacts lower_cpp_source(std::string_view text) { return lower_cpp(text); }

// The frontends. A dialect without a row is not read.
struct Frontend {
  SourceDialect dialect{};
  CodeFacts (*lower)(std::string_view text) = nullptr;
};
constexpr Frontend kFrontends[] = {
    {SourceDialect::Python, lower_python},
    {SourceDialect::JavaScript, lower_script<JavaScriptDialect::JavaScript>},
    {SourceDialect::TypeScript, lower_script<JavaScriptDialect::TypeScript>},
    {SourceDialect::Tsx, lower_script<JavaScriptDialect::Tsx>},
    {SourceDialect::Java, lower_java},
    {SourceDialect::Kotlin, lower_kotlin},
    {SourceDialect::Go, lower_go},
    {SourceDialect::CSharp, lower_csharp},
    {SourceDialect::Rust, lower_rust},
    {SourceDialect::Ruby, lower_ruby},
    {SourceDialect::Cpp, lower_cpp_source},
};

DialectSet readable_dialects() {
  DialectSet dialects;
  for (const Frontend& row : kFrontends) dialects.set(static_cast<std::size_t>(row.dialect));
  return dialects;
}

// Offsets of an inline text to offsets of the template that holds it.
std::uint32_t placed(const std::vector<TextPlace>& places, std::uint32_t offset) {
  const auto after = std::ranges::upper_bound(places, offset, {}, &TextPlace::text_begin);
  if (after == places.begin()) return offset;
  const TextPlace& place = *(after - 1);
  return place.file_begin + (offset - place.text_begin);
}
void place(const std::vector<TextPlace>& places, Range& range) {
  range = {placed(places, range.begin), placed(places, range.end)};
}

void place_inline(const std::vector<TextPlace>& places, CodeFacts& facts) {
  for (std::vector<Range>* table : {&facts.op_ranges, &facts.expr_ranges, &facts.operand_ranges,
                                    &facts.function_ranges, &facts.function_name_ranges})
    for (Range& range : *table) place(places, range);
  for (Import& row : facts.imports) place(places, row.where);
  for (FeatureUse& row : facts.features) place(places, row.where);
  for (Problem& row : facts.problems) place(places, row.where);
  for (SuppressionComment& row : facts.suppressions) {
    place(places, row.where);
    place(places, row.covers);
  }
}

}  // namespace

struct CodeJob {
  WantedSource source = {};
  bool is_done = false;
  FileId file = {};
  std::string_view text = {};
  std::string error = {};
  CodeFacts facts = {};

  [[nodiscard]] bool is_inline() const { return source.inline_function != UINT32_MAX; }
};

namespace {

void read(const WantedSource& source, const Stacks& stacks, const FileSystem& files,
          SourceFiles& sources, CodeJob& job) {
  job.source = source;
  if (source.inline_function != UINT32_MAX) {
    const CodeLocation& code = stacks.functions[source.inline_function].code;
    job.file = code.inline_file;
    job.text = code.inline_text;
    return;
  }
  // One file, however many linked folders lead to it.
  std::string path = files.resolved(source.path);
  if (path.empty()) path = source.path;
  job.file = sources.find_read(path);
  if (!job.file.exists()) {
    Result<std::string> text = files.read(path, kSourceBytes);
    if (!text) job.error = text.error();
    job.file = text ? sources.add(std::move(path), std::move(text.value()))
                    : sources.place(std::move(path));
  }
  job.text = sources.text(job.file);
}

// C++ goes to the second layer first; the first one has what that does not answer.
bool is_for_clang(const CodeJob& job) {
  return job.source.dialect == SourceDialect::Cpp && !job.is_inline() && job.error.empty();
}
bool is_json(const CodeJob& job) { return !job.is_inline() && job.source.path.ends_with(".json"); }
CodeFacts lower_job(const CodeJob& job, const Stacks& stacks, const ClangLayer& clang) {
  note_reading(job.source.path);
  ClangLayer::Answer answer;
  if (is_for_clang(job)) answer = clang.facts(job.source.path, job.text.size());
  if (answer.facts) return std::move(*answer.facts);
  // What a module of JavaScript loads as one.
  CodeFacts facts =
      is_json(job) ? lower_json_module(job.text) : lower_text(job.text, job.source.dialect);
  if (!answer.problem.empty()) facts.problems.push_back({{}, std::move(answer.problem)});
  if (job.is_inline())
    place_inline(stacks.functions[job.source.inline_function].code.places, facts);
  return facts;
}

// Of each job the first that has the same contents: a file that several functions have copies of is
// compiled once. What a file is compiled into does not depend on where it lies; what Clang reads
// does, and places of a text in a template are the template's.
std::vector<std::size_t> firsts_of_same(const std::vector<CodeJob>& jobs) {
  struct Contents {
    SourceDialect dialect{};
    bool is_json = false;
    std::string_view text = {};
    bool operator==(const Contents&) const = default;
  };
  constexpr auto hash = [](const Contents& contents) {
    return std::hash<std::string_view>()(contents.text);
  };
  std::unordered_map<Contents, std::size_t, decltype(hash)> seen(jobs.size());
  std::vector<std::size_t> firsts(jobs.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const CodeJob& job = jobs[i];
    const bool alone = job.is_inline() || is_for_clang(job) || !job.error.empty();
    firsts[i] =
        alone ? i : seen.try_emplace({job.source.dialect, is_json(job), job.text}, i).first->second;
  }
  return firsts;
}

}  // namespace

CodeFacts lower_text(std::string_view text, SourceDialect dialect) {
  return std::ranges::find(kFrontends, dialect, &Frontend::dialect)->lower(text);
}

bool is_broken(const CodeFacts& facts) {
  return std::ranges::any_of(facts.functions,
                             [](const Function& row) { return (row.flags & kBroken) != 0; });
}

// Sources that are compiled while the units before theirs are joined. Whoever waits for them helps.
struct CodeCompiler::Ahead {
  std::vector<CodeJob> jobs = {};
  std::function<void(CodeJob&)> lower = {};
  std::atomic<std::size_t> next = 0;
  double milliseconds = 0;  // of the helper's processor
  Helpers helper = {};

  void run() {
    for (std::size_t i = next++; i < jobs.size(); i = next++) lower(jobs[i]);
  }
  void help() {
    run();
    milliseconds = processor_milliseconds_of_thread();
  }
  void finish() {
    run();
    helper.join();
  }
};

CodeCompiler::~CodeCompiler() = default;

void CodeCompiler::begin_ahead(std::size_t functions) {
  if (threads_of(workers_) < 2) return;
  ahead_ = std::make_unique<Ahead>();
  for (const WantedSource& source : reach_.next_handlers(functions)) {
    if (source.dialect == SourceDialect::Cpp) continue;  // Clang is asked for many at once
    ahead_->jobs.emplace_back();
    read(source, stacks_, files_, sources_, ahead_->jobs.back());
  }
  ahead_->lower = [this](CodeJob& job) {
    if (job.error.empty()) job.facts = lower_job(job, stacks_, clang_);
    job.is_done = true;
  };
  // Without a thread for it, it is done when it is asked for.
  static_cast<void>(ahead_->helper.start([work = ahead_.get()] { work->help(); }));
}

CodeCompiler::CodeCompiler(const ValuePool& pool, const Stacks& stacks, BuildFacts& builds,
                           SourceFiles& sources, ClangOptions clang, const Workers& workers)
    : stacks_(stacks),
      files_(builds.files()),
      sources_(sources),
      reach_(pool, stacks, builds, readable_dialects()),
      clang_(std::move(clang), builds.files(), workers),
      workers_(workers) {}

bool CodeCompiler::add_units(LinkedCode& code, std::size_t functions) {
  if (!reach_.begin_units(functions)) return false;
  compile_wanted();
  reach_.finish_units(code);
  return true;
}

void CodeCompiler::add_program(LinkedCode& code, const std::vector<std::string>& paths,
                               const UnitRoots& roots) {
  for (const std::string& path : paths) reach_.begin_program(path, roots);
  compile_wanted();
  reach_.finish_units(code);
}

void CodeCompiler::compile_wanted() {
  for (std::vector<WantedSource> wanted = reach_.wanted(); !wanted.empty();
       wanted = reach_.wanted())
    compile(wanted);
}

void CodeCompiler::compile(const std::vector<WantedSource>& wanted) {
  std::vector<CodeJob> jobs(wanted.size());
  const std::unique_ptr<Ahead> ahead = std::move(ahead_);
  if (ahead) {
    ahead->finish();
    milliseconds_ahead_ += ahead->milliseconds;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (ahead) {
      const auto made = std::ranges::lower_bound(ahead->jobs, wanted[i], {}, &CodeJob::source);
      if (made != ahead->jobs.end() && made->source == wanted[i]) jobs[i] = std::move(*made);
    }
    if (!jobs[i].is_done) read(wanted[i], stacks_, files_, sources_, jobs[i]);
  }
  std::vector<ClangRequest::File> for_clang;
  for (const CodeJob& job : jobs)
    if (is_for_clang(job)) for_clang.push_back({job.source.path, std::string(job.text)});
  clang_.ask(for_clang);
  const std::vector<std::size_t> firsts = firsts_of_same(jobs);
  in_parallel(workers_, jobs.size(), [&](std::size_t i) {
    if (jobs[i].error.empty() && !jobs[i].is_done && firsts[i] == i)
      jobs[i].facts = lower_job(jobs[i], stacks_, clang_);
  });
  for (const auto& [named, database] : clang_.databases())
    if (!database.problem().empty() && told_of_databases_.insert(named).second)
      problems.push_back({{sources_.place(database.path()), {}}, database.problem()});
  std::vector<const CodeFacts*> made(jobs.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    CodeJob& job = jobs[i];
    made[i] = firsts[i] == i ? &facts_.emplace_back(std::move(job.facts)) : made[firsts[i]];
    if (!job.error.empty()) {
      problems.push_back({{job.file, {}}, std::move(job.error)});
      unread.insert(job.file);
    }
    if (unread.contains(job.file)) continue;
    if (is_broken(*made[i])) broken.insert(job.file);
    if (read_.emplace(job.file, job.source.inline_function, job.source.dialect).second) {
      for (const Problem& problem : made[i]->problems)
        problems.push_back({{job.file, problem.where}, problem.message});
      for (const SuppressionComment& comment : made[i]->suppressions)
        suppressions.push_back({job.file, comment});
    }
    reach_.add(job.source, job.file, made[i]);
  }
}

void CodeCompiler::free_units(LinkedCode& code) {
  for (ProgramModule& module : code.program.modules) module.facts = nullptr;
  for (ModuleInfo& module : code.modules) module.facts = nullptr;
  facts_.clear();
  code.program.again = [this, &code](ModuleId id) -> const CodeFacts& {
    const std::scoped_lock lock(making_again_);
    const auto [row, added] = again_.try_emplace(id.index);
    if (added) {
      CodeJob job;
      read(code.sources[id.index], stacks_, files_, sources_, job);
      row->second = lower_job(job, stacks_, clang_);
    }
    return row->second;
  };
}

}  // namespace fnlint
