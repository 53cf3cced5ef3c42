// Prints one function section by section: settings, triggers, init costs, effects, cycles, state,
// and what is not known.

#include "app/commands/function_page.h"

#include "app/configuration/targets.h"
#include "app/files/exit_code.h"
#include "app/pictures/init_picture.h"
#include "app/pictures/model_json.h"
#include "app/pictures/named_functions.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/state/state_verdict.h"
#include "checks/view/project_view.h"
#include "core/lines.h"
#include "core/text.h"
#include "report/unicode.h"
#include "tables/platform.h"
#include "tables/quotas.h"
#include "values/asked.h"
#include "values/pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <ostream>

namespace fnlint {

namespace {

constexpr std::int64_t kBarWidth = 24;

class FunctionPage {
 public:
  FunctionPage(const LinkedModel& model, const Settings& settings, std::ostream& out)
      : model_(model),
        project_(model.project),
        pool_(*project_.pool),
        settings_(settings),
        out_(out) {}

  void write(const LambdaFunction& function);

 private:
  std::string place(const Span& where);
  void row(std::string_view text, const Span& where);
  void head(const LambdaFunction& function);
  [[nodiscard]] std::string number(const LambdaFunction& function, std::string_view path,
                                   std::string_view unit,
                                   std::optional<std::int64_t> fallback) const;
  void triggers(const LambdaFunction& function);
  void init(const LambdaFunction& function);
  void waterfall(const InitPicture& picture);
  void effects(const LambdaFunction& function);
  void loops(const LambdaFunction& function);
  void loop(const LambdaFunction& function, std::uint32_t effect);
  void state(const LambdaFunction& function);
  void unknown(const LambdaFunction& function);

  const LinkedModel& model_;
  const Project& project_;
  const ValuePool& pool_;
  const Settings& settings_;
  std::ostream& out_;
  std::map<FileId, Lines> lines_;
};

std::string FunctionPage::place(const Span& where) {
  if (!where.file.exists()) return {};
  const Lines& lines = lines_.try_emplace(where.file, model_.files.text(where.file)).first->second;
  return one_line(
      cat(model_.files.path(where.file), ':', lines.place(where.range.begin).line));
}

void FunctionPage::row(std::string_view text, const Span& where) {
  const std::string at = place(where), shown = line_start(text);
  out_ << (at.empty() ? fmt::format("  {}\n", shown) : fmt::format("  {:<52}  {}\n", shown, at));
}

void FunctionPage::head(const LambdaFunction& function) {
  const Resource& resource = project_.stacks[function.resource];
  out_ << line_start(shown_name(project_, function)) << " ("
       << one_line(pool_[resource.native_type]) << ", " << place(resource.where) << ")\n";
  row(cat(function.runtime.empty() ? std::string_view("runtime not known")
                                   : std::string_view(function.runtime),
          ", memory ", number(function, "MemorySize", "MB", quotas().default_memory), ", timeout ",
          number(function, "Timeout", "s", platform_default(pool_[resource.type], "Timeout"))),
      {});
  if (function.resolved)
    row("handler", function.handler_where);
  else
    row(cat("handler not found: ", function.unresolved), {});
  for (const Guess& guess : function.guesses)
    row(cat("its code is a guess, ", guess.score, " of 100: ", guess.reason), {});
}

// "512 MB", "3 s (default)".
std::string FunctionPage::number(const LambdaFunction& function, std::string_view path,
                                 std::string_view unit,
                                 std::optional<std::int64_t> fallback) const {
  const Property* const property = property_of(project_, function.resource, path);
  if (property == nullptr)
    return fallback ? cat(*fallback, ' ', unit, " (default)") : std::string("not known");
  const std::optional<std::int64_t> value = as_integer(pool_, property->value);
  return value ? cat(*value, ' ', unit) : describe(pool_, property->value);
}

void FunctionPage::triggers(const LambdaFunction& function) {
  out_ << "\nStarted by\n";
  bool any = false;
  for (const Relation& relation : project_.stacks.relations) {
    if (relation.kind != RelationKind::Trigger || relation.to != function.resource) continue;
    any = true;
    row(relation.from.exists() ? cat(kind_label(project_.stacks[relation.from].kind), " '",
                                     name_of(project_, relation.from), "'")
                               : std::string("a source that no template declares"),
        relation.where);
  }
  if (!any) row("nothing in these templates", {});
}

void FunctionPage::waterfall(const InitPicture& picture) {
  std::vector<const InitRow*> rows;
  for (const InitRow& each : picture.rows) rows.push_back(&each);
  std::ranges::stable_sort(rows, std::ranges::greater{}, &InitRow::ms);
  const std::int64_t most = std::max<std::int64_t>(rows.empty() ? 1 : rows.front()->ms, 1);
  for (const InitRow* const each : rows) {
    const auto width = static_cast<std::size_t>(each->ms * kBarWidth / most);
    row(fmt::format("{:<24} {:>5} ms {:>4} MB  {}, {}", std::string(width, '#'), each->ms, each->mb,
                    each->name, each->use),
        each->where);
    for (const PlacedText& link : each->chain)
      row(cat(std::string(44, ' '), link.message), link.where);
  }
  for (const PlacedText& each : picture.sdks) row(each.message, each.where);
  row(fmt::format("{} ms in total, of a budget of {} (init-total-ms)", picture.total,
                  picture.budget),
      {});
  row(fmt::format("others: {}, cheap or not in the table of costs; unused: {}", picture.others,
                  picture.unused),
      {});
  if (!picture.advice.empty()) row(cat("What matters most: ", picture.advice), {});
}

void FunctionPage::init(const LambdaFunction& function) {
  out_ << "\nInit, at every cold start\n";
  const InitPicture picture = init_picture(project_, function, settings_);
  if (picture.unknown.empty())
    waterfall(picture);
  else if (picture.unknown == kNoInitCosts)
    row(picture.unknown, {});
  for (const PlacedText& each : picture.work) row(cat("work: ", each.message), each.where);
}

void FunctionPage::effects(const LambdaFunction& function) {
  out_ << "\nDoes\n";
  if (function.effects.empty() && function.unknown_calls.empty()) row("nothing known", {});
  const RelationsTo relations(project_.stacks);
  const std::vector<DeliverySource> sources = DeliverySources(project_, relations).of(function);
  for (const Effect& effect : function.effects) {
    const Operation& operation = operations()[effect.operation];
    std::string target;  // what is written like a file may be a buffer: it is named
    if (effect.target.exists())
      target = cat(" on '", name_of(project_, effect.target), "'");
    else if (operation.id.starts_with("file.") && effect.target_value.exists())
      target = cat(" on ", describe(pool_, effect.target_value));
    row(cat(operation.id, target), effect.where);
    if (!sources.empty())
      row(cat("  delivered twice: ",
              reason_of(judge_repeat(project_, function, sources.front(), effect).how).words),
          {});
  }
  for (const Effect& effect : function.unknown_calls)
    row(cat(operations()[effect.operation].id, " on an unknown target"), effect.where);
  for (const Safeguard& guard : function.safeguards)
    row(cat("guarded: ", library_models()[guard.library].guard), guard.where);
}

// Whether what an effect causes comes back, and where not, what ended it.
void FunctionPage::loop(const LambdaFunction& function, std::uint32_t effect) {
  const Effect& row = function.effects[effect];
  const auto number = static_cast<std::uint32_t>(&function - project_.functions.data());
  this->row(cat(operations()[row.operation].id, " on '", name_of(project_, row.target), "'"),
            row.where);
  const bool is_closed = std::ranges::any_of(project_.cycles, [&](const Cycle& cycle) {
    return std::ranges::any_of(cycle.steps, [&](const CycleStep& step) {
      return step.kind == EdgeKind::Effect && step.function == number && step.effect == effect;
    });
  });
  if (is_closed) this->row("  comes back: a loop, see its finding", {});
  bool any = is_closed;
  for (const ChainEnd& end : project_.chain_ends) {
    if (end.function != number || end.effect != effect || is_closed) continue;
    std::string path;
    for (const ResourceId at : end.path)
      path += cat(path.empty() ? "'" : " to '", name_of(project_, at), "'");
    this->row(cat("  ", path, ": ", end.why), end.where);
    any = true;
  }
  if (!any)
    this->row(cat("  nothing leads from '", name_of(project_, row.target), "' back to '",
                  shown_name(project_, function), "'"),
              {});
}

void FunctionPage::loops(const LambdaFunction& function) {
  const auto causes = [](const Effect& effect) {
    return effect.target.exists() && !operations()[effect.operation].events.empty();
  };
  if (std::ranges::none_of(function.effects, causes) && function.unknown_calls.empty()) return;
  out_ << "\nMay come back\n";
  for (std::uint32_t i = 0; i < function.effects.size(); ++i)
    if (causes(function.effects[i])) loop(function, i);
  for (const Effect& effect : function.unknown_calls)
    if (!operations()[effect.operation].events.empty())
      row(cat(operations()[effect.operation].id,
              " on an unknown target: --confidence possible considers what the role allows"),
          effect.where);
}

void FunctionPage::state(const LambdaFunction& function) {
  if (function.changes.empty()) return;
  out_ << "\nLeaves behind\n";
  for (const StateChange& change : function.changes)
    row(cat(change.name, change.of_request ? ", with data of the request" : "", ": ",
            judge(pool_, function, change).reason.words),
        change.where);
}

// What its findings, and their absence, do not speak of.
void FunctionPage::unknown(const LambdaFunction& function) {
  if (!function.resolved) return;
  out_ << "\nNot known about its code\n";
  if (function.not_followed.empty() && function.cut == 0)
    row("nothing: every call is followed or known", {});
  for (const NotFollowed& one : function.not_followed) row(label_of(one), one.where);
  if (function.cut != 0) row("what is beyond a limit: see --show-unresolved", {});
}

void FunctionPage::write(const LambdaFunction& function) {
  head(function);
  triggers(function);
  init(function);
  effects(function);
  loops(function);
  state(function);
  unknown(function);
}

}  // namespace

int explain_function_command(const CommandLine& line, Console& console) {
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets) {
    say(console, targets.error());
    return kCouldNotRun;
  }
  if (targets.value().size() > 1) {
    say(console, "explain covers one project, but the paths belong to several roots");
    return kCouldNotRun;
  }
  std::string wrong;
  const Inspect print = [&](const LinkedModel& model) {
    const auto found = functions_named(model.project, line.function);
    if (found.empty()) wrong = nothing_named(model.project, line.function);
    bool first = true;
    for (const LambdaFunction* function : found) {
      if (!std::exchange(first, false)) console.out << '\n';
      FunctionPage(model, model.settings, console.out).write(*function);
    }
  };
  const Result<ProjectRun> run =
      run_project(targets.value().front(), targets.value(), line, console, print);
  if (!run) wrong = run.error();
  if (wrong.empty()) return kNothingFound;
  say(console, wrong);
  return kCouldNotRun;
}

}  // namespace fnlint
