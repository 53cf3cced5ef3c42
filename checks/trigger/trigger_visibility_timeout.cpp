// A queue shows a message again once its visibility timeout is over, whether the function is done
// with it or not. Below the function's timeout Lambda refuses the mapping; below six times of it
// messages that had to wait may come twice.

#include "checks/trigger/rules.h"
#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/platform.h"
#include "values/confidence.h"

#include <map>

namespace fnlint {

namespace {

constexpr std::int64_t kAdvised = 6;  // times the function's timeout

// A number that a template gives, or the platform where it gives none.
struct Given {
  std::vector<Amount> amounts = {};
  const Property* property = nullptr;  // null: the default
};

Given given(const Project& project, ResourceId resource, std::string_view path,
            const std::vector<Test>& outer) {
  const ValuePool& pool = *project.pool;
  const auto fallback = platform_default(pool[project.stacks[resource].type], path);
  Given result;
  result.property = property_of(project, resource, path);
  if (result.property != nullptr) {
    result.amounts = amounts_of(pool, result.property->value, outer, fallback);
    if (pool[result.property->value].kind == ValueKind::Null ||
        pool[result.property->value].kind == ValueKind::Absent)
      result.property = nullptr;
  }
  if (result.property == nullptr) result.amounts = {{fallback, outer, 0}};
  return result;
}

// How far off it is: what is refused, what waits too long, what the platform advises against.
enum class TimeoutLack : std::uint8_t { None, Advised, Window, Refused };

struct Timing {
  TimeoutLack lack{};
  std::int64_t visible = 0, timeout = 0, window = 0;
  std::uint8_t uncertainty = 0;
};

TimeoutLack lack_of(const Timing& timing) {
  if (timing.visible < timing.timeout) return TimeoutLack::Refused;
  if (timing.visible < timing.timeout + timing.window) return TimeoutLack::Window;
  if (timing.visible < kAdvised * timing.timeout + timing.window) return TimeoutLack::Advised;
  return TimeoutLack::None;
}

// The worst of all branches; where some of them are fine, that it is so depends on the branch.
class Worst {
 public:
  void add(const Amount& visible, const Amount& timeout, const Amount& window) {
    const auto some = both(visible.tests, timeout.tests);
    const auto tests = some ? both(*some, window.tests) : some;
    if (!tests || ++pairs_ > kComparedPairs) return;
    if (!visible.number || !timeout.number || !window.number) {
      every_ = false;
      return;
    }
    Timing timing{.visible = *visible.number, .timeout = *timeout.number, .window = *window.number};
    timing.uncertainty =
        static_cast<std::uint8_t>(visible.uncertainty | timeout.uncertainty | window.uncertainty);
    timing.lack = lack_of(timing);
    every_ = every_ && timing.lack != TimeoutLack::None;
    if (timing.lack > worst_.lack) worst_ = timing;
  }
  [[nodiscard]] Timing take() const {
    Timing timing = worst_;
    if (!every_) timing.uncertainty |= kConditional;
    return timing;
  }

 private:
  Timing worst_ = {};
  bool every_ = true;
  std::size_t pairs_ = 0;
};

// How long a batch is collected. One of a single message is full with the first.
std::vector<Amount> window_of(const Project& project, const Relation& mapping,
                              const std::vector<Test>& outer) {
  const ValueId window = entry_of(*project.pool, mapping.filter, "window");
  if (!window.exists()) return {{0, outer, 0}};
  const std::vector<Amount> windows = amounts_of(*project.pool, window, outer, 0);
  const ValueId size = entry_of(*project.pool, mapping.filter, "batch_size");
  if (!size.exists()) return windows;
  std::vector<Amount> result;
  for (const Amount& most : amounts_of(*project.pool, size, outer, std::nullopt)) {
    if (most.number == 1) {
      result.push_back({0, most.tests, most.uncertainty});
      continue;
    }
    for (const Amount& one : windows)
      if (const auto tests = both(most.tests, one.tests))
        result.push_back(
            {one.number, *tests, static_cast<std::uint8_t>(most.uncertainty | one.uncertainty)});
  }
  return result;
}

// What becomes of messages that had to wait: after a single receive the dead-letter queue has them.
std::string_view outcome_of(const Project& project, ResourceId queue) {
  const Property* most = property_of(project, queue, "RedrivePolicy.maxReceiveCount");
  return most != nullptr && as_integer(*project.pool, most->value) == 1
             ? ": messages of a batch that is throttled may go to the dead-letter queue unhandled."
             : ": messages of a batch that is throttled or tried again may come twice.";
}

std::string message_of(const Project& project, const Relation& mapping, const Timing& timing,
                       bool by_default) {
  const std::string queue = name_of(project, mapping.from), work = name_of(project, mapping.to);
  const std::string shown =
      cat("Visibility timeout ", timing.visible, " s", by_default ? " (the default)" : "",
          " of queue '", queue, "' is below ");
  if (timing.lack == TimeoutLack::Refused)
    return cat(shown, "the ", timing.timeout, " s that '", work,
               "' may run: Lambda refuses the mapping, and if the mapping already exists, messages "
               "may be delivered again while they are being handled.");
  if (timing.lack == TimeoutLack::Window)
    return cat(shown, timing.window + timing.timeout, " s: a batch is collected for up to ",
               timing.window, " s, and '", work, "' may run ", timing.timeout,
               " s. Messages may be delivered again while they are being handled.");
  return cat(shown, kAdvised, " times the ", timing.timeout, " s that '", work, "' may run",
             timing.window > 0 ? cat(" and the batching window of ", timing.window, " s") : "",
             outcome_of(project, mapping.from));
}

bool is_declared(const Project& project, ResourceId resource, ResourceKind kind) {
  return resource.exists() && project.stacks[resource].kind == kind &&
         !project.stacks[resource].external && !project.stacks[resource].superseded;
}

struct Judged {
  Timing timing = {};
  Finding finding = {};
};

// What came once is gone before it could come again.
bool expires_before(const Project& project, ResourceId queue, std::int64_t visible) {
  const Property* retention = property_of(project, queue, "MessageRetentionPeriod");
  if (retention == nullptr) return false;
  const auto seconds = as_integer(*project.pool, retention->value);
  return seconds && *seconds <= visible;
}

Judged judge(const Project& project, const Relation& mapping) {
  const std::vector<Test> outer = tests_of(*project.pool, mapping.when);
  const Given visible = given(project, mapping.from, "VisibilityTimeout", outer);
  const Given timeout = given(project, mapping.to, "Timeout", outer);
  Worst worst;
  for (const Amount& a : visible.amounts)
    for (const Amount& b : timeout.amounts)
      for (const Amount& c : window_of(project, mapping, outer)) worst.add(a, b, c);
  Judged judged{.timing = worst.take()};
  const std::string name = name_of(project, mapping.to);
  judged.finding =
      FindingBuilder("trigger-visibility-timeout", judged.timing.uncertainty | mapping.uncertainty)
          .about(name)
          .at(visible.property != nullptr ? anchor_of(*visible.property)
                                          : project.stacks[mapping.from].name)
          .says(message_of(project, mapping, judged.timing, visible.property == nullptr))
          .identified(name_of(project, mapping.from), ':', name)
          .grade_if(judged.timing.lack == TimeoutLack::Window, Severity::Warning)
          .grade_if(judged.timing.lack == TimeoutLack::Advised, Severity::Note)
          .related(timeout.property != nullptr ? anchor_of(*timeout.property)
                                               : project.stacks[mapping.to].name,
                   "'", name, "' may run ", judged.timing.timeout, " s",
                   timeout.property == nullptr ? ", the default." : ".")
          .related(mapping.where, "This mapping reads the queue.");
  return judged;
}

}  // namespace

void trigger_visibility_timeout(const Project& project, const Settings&, Findings& findings) {
  std::map<Span, Judged> worst;  // one finding for each place, of the mapping that is furthest off
  for (const Relation& relation : project.stacks.relations) {
    if (relation.kind != RelationKind::Trigger || relation.invocation != Invocation::Polled)
      continue;
    if (!is_declared(project, relation.from, ResourceKind::Queue) ||
        !is_declared(project, relation.to, ResourceKind::Function))
      continue;
    Judged judged = judge(project, relation);
    const bool again =
        judged.timing.lack == TimeoutLack::Advised || judged.timing.lack == TimeoutLack::Window;
    if (judged.timing.lack == TimeoutLack::None ||
        (again && expires_before(project, relation.from, judged.timing.visible)))
      continue;
    const auto [place, added] = worst.try_emplace(judged.finding.where, judged);
    if (!added && judged.timing.lack > place->second.timing.lack) place->second = std::move(judged);
  }
  for (auto& [where, judged] : worst) findings.push_back(std::move(judged.finding));
}

}  // namespace fnlint
