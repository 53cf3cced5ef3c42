// Definitions of state machines, held against what Step Functions wants of them.
// Source: Amazon States Language specification, https://states-language.net/spec.html

#include "core/text.h"
#include "link/stacks/stack_faults.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fnlint::stacks {

namespace {

constexpr std::uint32_t kDepth = 20;

// The states of one level: a machine's, a branch's or those of a map's processor.
class StateLevel {
 public:
  StateLevel(LinkContext& build, ResourceId machine, const Node& level)
      : build_(build),
        machine_(machine),
        substitutions_(build.draft(machine).properties["DefinitionSubstitutions"]),
        level_(level),
        states_(level["States"]) {}
  void judge(std::uint32_t depth);

 private:
  void fault(const Node& at, std::string what) {
    std::uint8_t uncertainty = 0;
    if (conditional_) uncertainty |= kConditional;
    add_fault(build_, {TemplateFaultKind::StateMachine, uncertainty, machine_, std::move(what),
                       at.where()});
  }
  [[nodiscard]] bool is_open(const Node& node) const {
    const Value& row = build_.pool[node.value()];
    return row.kind != ValueKind::Record || row.ref != 0 ||
           node.children().size() != build_.pool.operands(node.value()).size();
  }
  [[nodiscard]] std::string_view substituted(std::string_view text) const;
  [[nodiscard]] std::string_view text_of(const Node& node) const {
    return substituted(node.text());
  }
  void judge_start();
  void judge_state(const Node& state);
  void go_to(const Node& state, const Node& next);
  void judge_reached();
  [[nodiscard]] std::set<std::string_view> reached_from(std::vector<std::string_view> next) const;
  void judge_uncaught();

  LinkContext& build_;
  ResourceId machine_;
  Node substitutions_, level_, states_;
  std::map<std::string_view, Node> named_ = {};
  std::map<std::string_view, std::set<std::string_view>> ways_ = {};
  bool open_ = false;         // a state leads to one whose name is not known
  bool conditional_ = false;  // some of it is there only where a condition holds
};

// With what the resource puts in for "${name}"; empty: that is not known, or a part of the text.
std::string_view StateLevel::substituted(std::string_view text) const {
  const std::size_t open = text.find("${");
  const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
  if (!substitutions_ || close == text.npos) return text;
  const Node value = substitutions_[text.substr(open + 2, close - open - 2)];
  const bool is_whole = open == 0 && close + 1 == text.size();
  if (!value && is_whole && !is_open(substitutions_)) return text;
  const bool is_given = value && is_whole && build_.pool[value.value()].uncertainty == 0;
  const auto given = is_given ? as_text(build_.pool, value.value()) : std::nullopt;
  return given.value_or(std::string_view());
}

void StateLevel::judge_start() {
  const Node start = level_["StartAt"];
  if (!start) {
    if (!is_open(level_)) fault(level_, "it has States, and no StartAt");
    open_ = true;
    return;
  }
  if (text_of(start).empty()) {
    open_ = true;
  } else if (!named_.contains(text_of(start))) {
    fault(start, cat("StartAt names '", text_of(start), "', and there is no such state"));
    open_ = true;
  }
}

void StateLevel::go_to(const Node& state, const Node& next) {
  if (!next) return;
  const std::string_view name = text_of(next);
  if (name.empty()) {
    open_ = true;
    return;
  }
  ways_[substituted(state.name())].insert(name);
  if (!named_.contains(name))
    fault(next,
          cat("the state '", state.name(), "' leads to '", name, "', and there is no such state"));
}

void StateLevel::judge_state(const Node& state) {
  const std::string_view type = text_of(state["Type"]);
  if (!state["Type"] && !is_open(state))
    fault(state, cat("the state '", state.name(), "' has no Type"));
  if (!type.empty() && !is_one_of(known::state_types(), type))
    fault(state["Type"], cat("'", type, "' is no type of a state"));
  go_to(state, state["Next"]);
  go_to(state, state["Default"]);
  for (const Node& rule : state["Choices"].children()) go_to(state, rule["Next"]);
  for (const Node& rule : state["Catch"].children()) go_to(state, rule["Next"]);
  const bool goes_on = state["Next"] || state["End"];
  if (!goes_on && is_one_of(known::state_types(), type) &&
      !is_one_of(known::states_without_next(), type) && !is_open(state))
    fault(state, cat("the state '", state.name(), "' has neither Next nor End"));
  if (type == "Choice" && !state["Choices"] && !is_open(state))
    fault(state, cat("the state '", state.name(), "' has no Choices"));
}

std::set<std::string_view> StateLevel::reached_from(std::vector<std::string_view> next) const {
  std::set<std::string_view> reached;
  while (!next.empty()) {
    const std::string_view name = next.back();
    next.pop_back();
    if (!reached.insert(name).second) continue;
    if (const auto ways = ways_.find(name); ways != ways_.end())
      next.insert(next.end(), ways->second.begin(), ways->second.end());
  }
  return reached;
}

void StateLevel::judge_reached() {
  const std::set<std::string_view> reached = reached_from({text_of(level_["StartAt"])});
  for (const auto& [name, state] : named_)
    if (!reached.contains(name)) fault(state, cat("nothing leads to the state '", name, "'"));
}

// Catches any error, and which state takes it.
std::string_view taker_of(const Node& state) {
  for (const Node& rule : state["Catch"].children())
    for (const Node& error : rule["ErrorEquals"].children())
      if (error.text() == "States.ALL") return rule["Next"].text();
  return {};
}

bool catches_inside(const Node& state) {
  const auto has_catch = [](const Node& level) {
    return std::ranges::any_of(level["States"].children(),
                               [](const Node& one) { return static_cast<bool>(one["Catch"]); });
  };
  return has_catch(state["Iterator"]) || has_catch(state["ItemProcessor"]) ||
         std::ranges::any_of(state["Branches"].children(), has_catch);
}

// Something that is asked of others, and may fail: not what only chooses and passes on.
bool works_inside(const Node& state) {
  const auto works = [](const Node& level) {
    return std::ranges::any_of(level["States"].children(), [](const Node& one) {
      const std::string_view type = one["Type"].text();
      return type == "Task" || type == "Map" || type == "Parallel";
    });
  };
  return works(state["Iterator"]) || works(state["ItemProcessor"]) || state["ItemReader"] ||
         std::ranges::any_of(state["Branches"].children(), works);
}

std::string listed(const std::vector<std::string>& all) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i)
    text += cat(i == 0 ? "" : i + 1 == all.size() ? " and " : ", ", all[i]);
  return text;
}

// Several things at once, of which one that fails ends the machine, where what others fail with is
// caught; not where a failure has been caught already.
void StateLevel::judge_uncaught() {
  std::vector<std::string_view> takers;
  std::string_view catching;
  const auto tells = [&](std::string_view taker) {  // a state that only fails tells nobody
    const auto row = named_.find(taker);
    return row != named_.end() && row->second["Type"].text() != "Fail";
  };
  for (const auto& [name, state] : named_)
    if (const std::string_view taker = taker_of(state); !taker.empty() && tells(taker)) {
      if (takers.empty()) catching = name;
      takers.push_back(taker);
    }
  if (takers.empty()) return;
  const std::set<std::string_view> after_failure = reached_from(takers);
  std::map<Span, std::vector<std::string>> uncaught;  // of another file all stand in one place
  for (const auto& [name, state] : named_) {
    const std::string_view type = state["Type"].text();
    if ((type != "Map" && type != "Parallel") || state["Catch"] || is_open(state) ||
        state["ToleratedFailurePercentage"] || state["ToleratedFailureCount"] ||
        after_failure.contains(name) || catches_inside(state) || !works_inside(state))
      continue;
    uncaught[state.where()].push_back(cat("the ", type, " state '", name, '\''));
  }
  const std::uint8_t uncertainty = conditional_ ? kConditional : 0;
  for (const auto& [where, states] : uncaught)
    add_fault(build_, {TemplateFaultKind::StateUncaught, uncertainty, machine_,
                       cat(listed(states), states.size() > 1 ? " have" : " has",
                           " no Catch, though what fails in '", catching, "' goes to '",
                           takers.front(), "'"),
                       where});
}

void StateLevel::judge(std::uint32_t depth) {
  if (!states_ || !states_.has_children() || depth > kDepth) return;
  bool whole = !is_open(states_);
  for (const Node& state : states_.children()) {
    const std::string_view name = substituted(state.name());
    whole = whole && !name.empty();
    named_.emplace(name, state);
    conditional_ = conditional_ || !build_.pool.always(state.when());
  }
  for (const Node& state : states_.children()) {
    for (const Node& branch : state["Branches"].children())
      StateLevel(build_, machine_, branch).judge(depth + 1);
    StateLevel(build_, machine_, state["Iterator"]).judge(depth + 1);
    StateLevel(build_, machine_, state["ItemProcessor"]).judge(depth + 1);
  }
  if (!whole) return;
  judge_start();
  for (const Node& state : states_.children()) judge_state(state);
  if (!open_) judge_reached();
  judge_uncaught();
}

}  // namespace

void judge_definition(LinkContext& build, ResourceId machine, const Node& definition) {
  if (definition && definition.has_children()) StateLevel(build, machine, definition).judge(0);
}

}  // namespace fnlint::stacks
