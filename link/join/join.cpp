// Gives units to threads in equal shares, and finishes what needs all of them: cycles, unused
// rights, what could not be read.

#include "link/join/join.h"

#include "core/helpers.h"
#include "core/limits.h"
#include "core/text.h"
#include "core/worthwhile_threads.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace fnlint {

namespace {

// Below that many functions a thread, a pool of its own costs more than it brings.
constexpr std::size_t kFunctionsAThread = 16;

Project begun(ValuePool& pool, Stacks stacks) {
  Project project;
  project.pool = &pool;
  project.stacks = std::move(stacks);
  project.functions.resize(project.stacks.functions.size());
  return project;
}

std::string_view label_of(UnknownPart part) {
  return part == UnknownPart::Library ? "fnlint does not know what these library calls do"
                                      : "what these call could not be determined";
}

}  // namespace

Join::Join(ValuePool& pool, Stacks stacks, const JoinQuestions& questions)
    : cycles_(questions.cycles),
      project_(begun(pool, std::move(stacks))),
      relations_(project_.stacks),
      engine_(pool, code_.program) {
  if (questions.unused_rights) unused_rights_.emplace(pool, project_.stacks, relations_);
  const std::size_t threads = questions.threads != 0
                                  ? questions.threads
                                  : worthwhile_threads(project_.stacks.functions.size(),
                                                       kFunctionsAThread, questions.most_threads);
  while (joins_.size() < threads)
    joins_.push_back(std::make_unique<UnitJoin>(pool, project_.stacks, code_, relations_,
                                                questions.begins));
}

// Places of code that is not there, of functions whose sources were found all the same.
std::set<std::pair<Span, std::string>> Join::led_back_code() const {
  std::set<std::pair<Span, std::string>> places;
  for (const LambdaFunction& function : project_.functions)
    if (code_.functions[function.declared].found)
      places.emplace(project_.stacks.functions[function.declared].code.where, function.name);
  return places;
}

void Join::add_unresolved_handlers() {
  std::set<std::pair<std::string, std::string>> told;  // where the template says where the code is
  for (const Unresolved& one : project_.unresolved) told.emplace(one.function, one.reason);
  for (const LambdaFunction& function : project_.functions) {
    if (function.resolved || told.contains({function.name, function.unresolved})) continue;
    const Resource& resource = project_.stacks[function.resource];
    project_.unresolved.push_back({.kind = code_.functions[function.declared].found
                                              ? UnresolvedKind::Handler
                                              : code_.functions[function.declared].why,
                                  .reason = function.unresolved,
                                  .function = function.name,
                                  .where = resource.name});
  }
}

void Join::add_unknown_code() {
  for (const LambdaFunction& function : project_.functions) {
    // Modules that were not read have rows of their own.
    for (const UnknownPart part : {UnknownPart::Library, UnknownPart::Callee}) {
      constexpr std::size_t kListed = 8;
      std::string list;
      std::size_t count = 0;
      std::optional<Span> where;
      for (const NotFollowed& one : function.not_followed) {
        if (one.part != part) continue;
        if (!where) where = one.where;
        if (count++ < kListed) list += cat(list.empty() ? ": '" : ", '", one.what, '\'');
      }
      if (!where) continue;
      if (count > kListed) list += cat(" and ", count - kListed, " more");
      project_.unresolved.push_back({.kind = UnresolvedKind::NotFollowed,
                                     .reason = cat(label_of(part), list),
                                     .function = function.name,
                                     .where = *where});
    }
    const auto add = [&](CutFlags limit, std::string reason) {
      if ((function.cut & limit) == 0) return;
      const Span begins = function.handler_where;
      project_.unresolved.push_back(
          {.kind = UnresolvedKind::CodeLimit,
           .reason = std::move(reason),
           .function = function.name,
           .where = begins.file.exists() ? begins : project_.stacks[function.resource].name});
    };
    add(kCutSteps, cat("it does more than fnlint keeps of one function (", 2 * kSummarySteps,
                       " effects, reads and calls, ", kSummarySteps,
                       " of them on unknown targets): what comes after them is not checked"));
    add(kCutCalls,
        "the chain of calls here is too deep to follow: what comes after that many calls is "
        "unknown");
    add(kCutParts, "a value here has more parts than fnlint keeps: it is unknown");
  }
}

// The functions of the units that came last, for each thread: whole units, and about as much code
// of each language, since languages differ in what they cost. The same shares in each run.
std::vector<Join::Rows> Join::shares() const {
  std::vector<Rows> shares(joins_.size());
  std::map<Language, std::vector<std::size_t>> code;  // operations, by share
  std::map<std::uint32_t, std::size_t> shares_by_unit;
  for (const std::uint32_t row : code_.latest) {
    const std::uint32_t unit = code_.functions[row].unit;
    const auto [known, is_new] = shares_by_unit.try_emplace(unit);
    if (is_new) {
      std::vector<std::size_t>& work = code[code_.functions[row].language];
      work.resize(shares.size());
      known->second = static_cast<std::size_t>(std::ranges::min_element(work) - work.begin());
      if (unit < code_.program.units.size())  // one that no code was found for may have no row
        for (const ModuleId module : code_.program.modules_of(unit))
          work[known->second] += code_.program.facts(module).ops.size();
    }
    shares[known->second].push_back(row);
  }
  return shares;
}

void Join::add_units() {
  const std::vector<Rows> rows = shares();
  std::vector<LambdaFunction>& functions = project_.functions;
  Helpers helpers;
  for (std::size_t i = 1; i < joins_.size(); ++i) {
    const auto join = [&, i] { joins_[i]->join(rows[i], functions); };
    if (!rows[i].empty() && !helpers.start(join)) join();
  }
  joins_[0]->join(rows[0], functions);
  helpers.join();
  for (std::size_t i = 0; i < joins_.size(); ++i)
    if (!rows[i].empty()) joins_[i]->hand_over(rows[i], functions, engine_);
  if (unused_rights_)
    for (const std::uint32_t row : code_.latest)
      unused_rights_->add(code_, project_.stacks.functions[row], functions[row]);
  for (std::size_t i = std::exchange(joined_modules_, code_.modules.size());
       i < code_.modules.size(); ++i)
    secrets_.add(code_.sources[i], code_.modules[i]);
}

std::set<std::uint32_t> Join::functions_that_reach(const Project& project,
                                                   std::set<FileId> files) const {
  for (const Unresolved& one : project.unresolved)
    if (one.kind == UnresolvedKind::Import) files.insert(one.where.file);
  const std::vector<ProgramModule>& modules = code_.program.modules;
  std::vector<std::vector<std::uint32_t>> importers(modules.size());
  for (std::uint32_t i = 0; i < modules.size(); ++i)
    for (const ImportTarget& target : modules[i].imports)
      if (target.module.exists()) importers[target.module.index].push_back(i);
  std::vector<bool> reaches(modules.size());
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < modules.size(); ++i)
    if (files.contains(project.modules[i].file)) open.push_back(i);
  while (!open.empty()) {
    const std::uint32_t module = open.back();
    open.pop_back();
    if (reaches[module]) continue;
    reaches[module] = true;
    open.insert(open.end(), importers[module].begin(), importers[module].end());
  }
  std::set<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < project.functions.size(); ++i) {
    const FunctionCode& code = code_.functions[project.functions[i].declared];
    if (code.found && reaches[code.module.index]) rows.insert(i);
  }
  return rows;
}

Project Join::finish(bool with_cycles) {
  joins_.clear();  // all that they made is handed over
  project_.modules = std::move(code_.modules);
  for (const LambdaFunction& function : project_.functions)
    for (const CodeCall& call : function.sinks) secrets_.add_given(engine_.pool(), call);
  project_.secret_literals = secrets_.take();
  if (unused_rights_) project_.unused_rights = unused_rights_->take();
  FoundCycles found;
  if (with_cycles) found = find_cycles(engine_, project_, cycles_);
  project_.cycles = std::move(found.cycles);
  project_.chain_ends = std::move(found.ends);
  for (const ResourceId at : found.cut)
    project_.problems.push_back(
        {project_.stacks[at].name,
         "so many loops start here that the search for loops reached its limit"});
  project_.unresolved = std::move(code_.unresolved);
  const auto led_back = led_back_code();
  for (const Unresolved& one : project_.stacks.unresolved)
    if (one.kind != UnresolvedKind::CodeLocation || !led_back.contains({one.where, one.function}))
      project_.unresolved.push_back(one);
  add_unresolved_handlers();
  add_unknown_code();
  return std::move(project_);
}

}  // namespace fnlint
