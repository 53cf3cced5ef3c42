// What a module takes from the clock while it loads stays: a warm environment goes on for hours
// with the time at which it began.

#include "checks/event/called_seldom.h"
#include "checks/state/rules.h"
#include "checks/state/state_view.h"
#include "checks/view/deployment_functions.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

namespace {

// Where an invocation uses it for what the time is now.
struct TimeUse {
  std::string what = {};
  Span where = {};
  std::uint8_t uncertainty = 0;
  bool doubted = false;  // what is made of it is not known
};

// Finds a time of a module's loading in what an invocation makes of it.
class KeptTime {
 public:
  KeptTime(const ValuePool& pool, ValueId kept) : pool_(pool) {
    for_each_below(pool, kept, [&](ValueId id) {
      if (is_time(id)) times_.insert(id);
    });
  }

  // Not where it only says how long that has been, or which year it is; Unknown: in what a library
  // that no row describes makes of it.
  [[nodiscard]] Answer is_in(ValueId value) const {
    Answer answer = Answer::No;
    struct Part {
      ValueId id = {};
      bool of_object = false;  // a method's object, or what it was made with
    };
    std::vector<Part> open{{value}};
    std::set<ValueId> seen;
    while (!open.empty()) {
      const auto [id, of_object] = open.back();
      open.pop_back();
      if (!id.exists() || !seen.insert(id).second) continue;
      if (times_.contains(id)) return Answer::Yes;
      if ((pool_.origins(id) & kOfClock) == 0 || tells_age(id) || tells_year(id)) continue;
      if (is_made_otherwise(id)) {
        answer = Answer::Unknown;
        continue;
      }
      if (of_object || gives_of_object(id)) {
        for (const ValueId part : parts_of(id))
          if (!pool_.is(part, ValueKind::Record) && !pool_.is(part, ValueKind::List))
            open.push_back({part, true});
        continue;
      }
      for (const ValueId part : held_by(id, 0)) open.push_back({part});
    }
    return answer;
  }
  [[nodiscard]] bool is_asked(std::span<const Fact> holds) const {
    return std::ranges::any_of(holds, [&](const Fact& fact) {
      return !asks_for_entry(fact.test) && is_in(fact.test) == Answer::Yes;
    });
  }

 private:
  static constexpr std::size_t kEntryDepth = 4;
  static constexpr std::uint32_t kOfClock = 1U << static_cast<unsigned>(Origin::Clock);

  [[nodiscard]] bool is_time(ValueId id) const {
    return pool_.is(id, ValueKind::Hole) && pool_[id].origin == Origin::Clock;
  }

  [[nodiscard]] bool is_entry(ValueId id) const {
    const Opcode opcode = pool_.opcode(id);
    return (opcode == Opcode::Member || opcode == Opcode::Index) && pool_.operands(id).size() == 2;
  }
  // `scenarios[id] ? ... : ...`: whether it is there, whatever it holds.
  [[nodiscard]] bool asks_for_entry(ValueId test) const {
    while (pool_.opcode(test) == Opcode::Truthy || pool_.opcode(test) == Opcode::Not)
      test = pool_.operands(test)[0];
    const std::vector<ValueId> found = tables_of(test, 0);
    return is_entry(test) && !found.empty() && std::ranges::all_of(found, [&](ValueId one) {
             return pool_.is(one, ValueKind::Record) || pool_.is(one, ValueKind::List);
           });
  }
  // The parts of a value; of an entry of a known table that entry alone, by an unknown key any.
  [[nodiscard]] std::vector<ValueId> held_by(ValueId id, std::size_t depth) const {
    const auto operands = pool_.operands(id);
    std::vector<ValueId> all(operands.begin(), operands.end());
    if (!is_entry(id) || depth > kEntryDepth) return all;
    std::vector<ValueId> held;
    for (const ValueId table : tables_of(operands[0], depth)) {
      if (!pool_.is(table, ValueKind::Record)) return all;
      const auto names = pool_.names(table);
      for (std::size_t i = 0; i < names.size(); ++i)
        if (!pool_.is(operands[1], ValueKind::Text) || pool_[names[i]] == kRest ||
            pool_[names[i]] == pool_.text(operands[1]))
          held.push_back(pool_.operands(table)[i]);
    }
    return held;
  }
  [[nodiscard]] std::vector<ValueId> tables_of(ValueId id, std::size_t depth) const {
    std::vector<ValueId> tables;
    const bool is_one = !pool_.is(id, ValueKind::OneOf) && !is_entry(id);
    if (is_one) return {id};
    for (const ValueId part : held_by(id, depth + 1)) {
      const std::vector<ValueId> below = tables_of(part, depth + 1);
      tables.insert(tables.end(), below.begin(), below.end());
    }
    return tables;
  }

  // `Since.text(STARTED)` of a library of which nobody knows what it computes. What is made of a
  // class holds what it is given.
  [[nodiscard]] bool is_made_otherwise(ValueId id) const {
    if (!pool_.is(id, ValueKind::Object) || !times_given(id)) return false;
    std::string_view path = pool_.text(id);
    if (!path.ends_with("()")) return false;
    path.remove_suffix(2);
    const std::string_view own = path.substr(path.rfind('.') + 1);
    return !own.empty() && own.front() >= 'a' && own.front() <= 'z' &&
           path.find('(') == path.npos && find_library_model(Language::Unknown, path) == nullptr &&
           !only_computes(Language::Unknown, path) && !is_of_sdk(path);
  }
  // What a method of a library's object gives is the time that the object is,
  // `moment(START).add(1)`, and not one of all that it was made with: `model("post",
  // schema).find()`.
  [[nodiscard]] bool gives_of_object(ValueId id) const {
    if (!pool_.is(id, ValueKind::Object)) return false;
    const std::string_view path = pool_.text(id);
    const std::size_t made = path.find("().");
    return made != path.npos && path.find("()", made + 1) != path.npos;
  }
  // One of the times is an argument as it is.
  [[nodiscard]] bool times_given(ValueId id) const {
    return std::ranges::any_of(parts_of(id), [&](ValueId part) { return times_.contains(part); });
  }

  // Parts of a computation, and what a call was given.
  [[nodiscard]] std::vector<ValueId> parts_of(ValueId id) const {
    std::vector<ValueId> parts;
    for (const ValueId part : pool_.operands(id))
      if (pool_.is(part, ValueKind::Record))
        parts.insert(parts.end(), pool_.operands(part).begin(), pool_.operands(part).end());
      else
        parts.push_back(part);
    return parts;
  }

  // `now() - START`, `now() > EXPIRY`, `Duration.between(START, now())`: a part is another time.
  [[nodiscard]] bool tells_age(ValueId id) const {
    if (!pool_.is(id, ValueKind::Computed) && !pool_.is(id, ValueKind::Object)) return false;
    const std::vector<ValueId> parts = parts_of(id);
    const auto has = [&](ValueId part, bool kept) {
      bool found = false;
      for_each_below(pool_, part, [&](ValueId inner) {
        found = found || (is_time(inner) && times_.contains(inner) == kept);
      });
      return found;
    };
    return std::ranges::any_of(parts, [&](ValueId one) {
      return has(one, true) && std::ranges::any_of(parts, [&](ValueId other) {
               return one != other && has(other, false);
             });
    });
  }

  // `today.year`, `now.getFullYear()`, `now.strftime("%Y")`: no environment lives as long.
  [[nodiscard]] bool tells_year(ValueId id) const {
    if (!pool_.is(id, ValueKind::Computed) && !pool_.is(id, ValueKind::Object)) return false;
    const auto is_year = [&](std::string_view text) {
      text = text.substr(text.rfind('.') + 1);
      if (text.ends_with("()")) text.remove_suffix(2);
      return std::ranges::find(known::year_words(), text) != known::year_words().end();
    };
    if (is_year(pool_.text(id))) return true;
    return std::ranges::any_of(parts_of(id), [&](ValueId part) {
      return pool_.is(part, ValueKind::Text) && is_year(pool_.text(part));
    });
  }

  const ValuePool& pool_;
  std::set<ValueId> times_ = {};
};

// Its name says that it is the time of the loading: `COLD_START`, `bootTime`.
bool is_meant_so(std::string_view name) {
  const std::string form = flat_name(name.substr(name.rfind('.') + 1));
  return form == "start" || std::ranges::any_of(known::loading_words(), [&](std::string_view word) {
           return form.find(word) != std::string::npos;
         });
}

// An invocation gives it another value.
bool is_renewed_later(const ValuePool& pool, const LambdaFunction& function,
                      const InitValue& value) {
  return std::ranges::any_of(function.changes, [&](const StateChange& change) {
    return change.name == value.name ||
           (change.initial.exists() && mentions(pool, change.initial, value.value));
  });
}

std::vector<TimeUse> uses_of(const LambdaFunction& function, const KeptTime& time) {
  std::vector<TimeUse> uses;
  for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list) {
      const Operation& operation = operations()[effect.operation];
      if (operation.service == "file") continue;  // under the name of an earlier one's file
      Answer given = Answer::No;
      for (const ValueId one : {effect.target_value, effect.key, effect.arguments})
        if (one.exists() && given != Answer::Yes)
          if (const Answer in = time.is_in(one); in != Answer::No) given = in;
      if (given != Answer::No)
        uses.push_back({cat(operation.id, " is given it"), effect.where, effect.uncertainty,
                        given == Answer::Unknown});
      else if (time.is_asked(effect.holds))
        uses.push_back({cat("whether ", operation.id, " is called depends on it"), effect.where,
                        effect.uncertainty});
    }
  for (const ReturnedValue& returned : function.returns)
    if (const Answer held = returned.value.exists() ? time.is_in(returned.value) : Answer::No;
        held != Answer::No)
      uses.push_back(
          {"the answer holds it", returned.where, returned.uncertainty, held == Answer::Unknown});
    else if (time.is_asked(returned.holds))
      uses.push_back({"the answer depends on it", returned.where, returned.uncertainty});
  return uses;
}

void check_times(const ValuePool& pool, const LambdaFunction& function, Findings& findings) {
  std::set<Span> told;
  for (const InitValue& value : function.init_values) {
    if (value.origin != Origin::Clock || !value.read_later || is_meant_so(value.name) ||
        has_origin(pool, value.value, Origin::Fresh) || is_renewed_later(pool, function, value))
      continue;
    const std::vector<TimeUse> uses = uses_of(function, KeptTime(pool, value.value));
    if (uses.empty() || !told.insert(value.where).second) continue;
    const auto sure = std::ranges::find(uses, false, &TimeUse::doubted);
    const TimeUse& use = sure != uses.end() ? *sure : uses.front();
    auto uncertainty = static_cast<std::uint8_t>(use.uncertainty & ~kUncertain);
    if (use.doubted) uncertainty |= kUncertain;
    // What is not read may set it anew.
    if (function.cut != 0 || !function.not_followed.empty()) uncertainty |= kHeuristic;
    findings.push_back(
        FindingBuilder("state-frozen-time", uncertainty)
            .about(function)
            .at(value.where)
            .says("'", value.name, "' is set from the clock while the module loads, and ", use.what,
                  ": an environment that stays warm goes on with that time, for hours.")
            .identified(function.name, ':', value.name)
            .along(value.path, value.where, "The time is taken here.")
            .related(use.where, "It is used here."));
  }
}

bool keeps_snapshots(const Project& project, const LambdaFunction& function) {
  const Property* property = property_of(project, function.resource, "SnapStart.ApplyOn");
  return property != nullptr &&
         as_text(*project.pool, property->value) != std::optional<std::string_view>("None");
}

}  // namespace

void state_frozen_time(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  const DeploymentFunctions of_deployments(project);
  for (const LambdaFunction& function : project.functions) {
    if (of_deployments.contains(function) || keeps_snapshots(project, function) ||
        is_called_seldom(project, relations, others, function.resource))
      continue;
    check_times(*project.pool, function, findings);
  }
}

}  // namespace fnlint
