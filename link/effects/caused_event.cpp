// Builds the event by substitution of the incoming one, and replays the path condition on it: a
// test that is then surely false ends the chain.

#include "link/effects/caused_event.h"

#include "core/text.h"
#include "link/effects/key_samples.h"
#include "link/effects/own_marks.h"
#include "link/effects/sent_entries.h"
#include "values/answers.h"
#include "values/lookups.h"
#include "values/progress.h"
#include "values/regex_text.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kKeyPaths[] = {"Records[].s3.object.key", "detail.object.key",
                                          "detail.requestParameters.key"};
constexpr std::string_view kNamePaths[] = {"Records[].eventName"};

// Values with the event's fields put in; those that are not known are holes of its number.
class WithEvent {
 public:
  WithEvent(Engine& engine, const CausedEvent& event)
      : engine_(engine), pool_(engine.pool()), event_(event) {}
  WithEvent(const WithEvent&) = delete;
  WithEvent& operator=(const WithEvent&) = delete;
  ValueId operator()(ValueId value) { return value.exists() ? substituted_(value) : value; }

 private:
  ValueId of_leaf(ValueId leaf) {
    const Value& row = pool_[leaf];
    if (row.kind != ValueKind::Hole || row.origin != Origin::Event || row.ref != 0) return {};
    const std::string path(pool_.text(leaf));
    const std::string inner(path_inside(path));
    if (event_.key.exists() && is_one_of(kKeyPaths, inner)) return event_.key;
    if (event_.message.exists())
      if (const ValueId field = field_at(pool_, event_.message, path); field.exists()) return field;
    if (is_one_of(kNamePaths, inner) && !event_.types.empty()) {
      std::vector<Alternative> names;
      for (const std::string_view type : event_.types)
        names.push_back({pool_.text_value(type.substr(type.starts_with("s3:") ? 3 : 0)), {}});
      return pool_.one_of(names);
    }
    return pool_.hole(Origin::Event, path, event_.round);
  }
  ValueId computed(std::string_view name, std::span<const ValueId> operands) {
    const bool of_record =
        name == "member" && operands.size() == 2 && pool_.is(operands[0], ValueKind::Record);
    return of_record ? member_spelled(pool_, operands[0], std::string(pool_.text(operands[1])))
                     : engine_.recompute(name, operands, 0);
  }

  Engine& engine_;
  ValuePool& pool_;
  const CausedEvent& event_;
  Substitution substitution_{
      .leaf = [this](ValueId leaf) { return of_leaf(leaf); },
      .recompute = [this](std::string_view name,
                          std::span<const ValueId> operands) { return computed(name, operands); },
      .concerns = &ValuePool::waits};
  Substituter substituted_{pool_, substitution_};
};

// The one field of the event that a test asks for and that comes back as one of several values; no
// id: there is none, or there are more.
ValueId field_of_choices(const ValuePool& pool, ValueId test, WithEvent& with_event) {
  std::set<ValueId> fields;
  for_each_below(pool, test, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind == ValueKind::Hole && row.origin == Origin::Event && row.ref == 0)
      fields.insert(id);
  });
  std::erase_if(fields,
                [&](ValueId field) { return !pool.is(with_event(field), ValueKind::OneOf); });
  return fields.size() == 1 ? *fields.begin() : ValueId{};
}

// What the event answers; where it has one of several values, what it answers with each of them.
Answer answered_by(Engine& engine, ValueId test, ValueId asked, WithEvent& with_event) {
  ValuePool& pool = engine.pool();
  const Answer known = truth(pool, asked);
  const ValueId field =
      known == Answer::Unknown ? field_of_choices(pool, test, with_event) : ValueId{};
  if (!field.exists()) return known;
  const ValueId choice = with_event(field);
  const std::vector<ValueId> values(pool.operands(choice).begin(), pool.operands(choice).end());
  std::optional<Answer> same;
  for (const ValueId value : values) {
    Substitution substitution;
    substitution.leaf = [&](ValueId leaf) { return leaf == field ? value : leaf; };
    substitution.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
      return engine.recompute(name, operands, 0);
    };
    const ValueId here = with_event(substituted(engine.pool(), test, substitution));
    const Answer answer = truth(pool, here);
    if (answer == Answer::Unknown || (same && *same != answer)) return Answer::Unknown;
    same = answer;
  }
  return same.value_or(known);
}

// A key with the literals that it is known to begin and end with; what it holds already stays.
ValueId with_ends(ValuePool& pool, ValueId key, std::string_view start, std::string_view end) {
  std::vector<ValueId> parts{key};
  if (pool.is(key, ValueKind::Pattern))
    parts.assign(pool.operands(key).begin(), pool.operands(key).end());
  else if (!pool.is(key, ValueKind::Hole))
    return key;
  const auto replaces = [&](ValueId part, std::string_view text, bool at_start) {
    if (text.empty()) return false;
    if (!pool.is(part, ValueKind::Text)) return true;
    const std::string_view known = pool.text(part);
    return text.size() > known.size() &&
           (at_start ? text.starts_with(known) : text.ends_with(known));
  };
  const auto put = [&](std::string_view text, bool at_start) {
    const ValueId part = at_start ? parts.front() : parts.back();
    if (!replaces(part, text, at_start)) return;
    if (pool.is(part, ValueKind::Text)) parts.erase(at_start ? parts.begin() : parts.end() - 1);
    parts.insert(at_start ? parts.begin() : parts.end(), pool.text_value(text));
  };
  put(start, true);
  put(end, false);
  return pool.concat(parts);
}

// The event that comes as far as an effect: the tests before it say how its key begins and ends.
CausedEvent narrowed(ValuePool& pool, const Effect& effect, const CausedEvent& event) {
  CausedEvent met = event;
  for (const Fact& fact : effect.holds) {
    if (!met.key.exists() || !fact.holds || !pool.is(fact.test, ValueKind::Computed)) continue;
    const auto operands = pool.operands(fact.test);
    if (operands.size() != 2 || !pool.is(operands[0], ValueKind::Hole) ||
        pool[operands[0]].origin != Origin::Event ||
        !is_one_of(kKeyPaths, path_inside(pool.text(operands[0]))) ||
        !pool.is(operands[1], ValueKind::Text))
      continue;
    const std::string_view name = pool.text(fact.test), text = pool.text(operands[1]);
    if (name == "starts_with") met.key = with_ends(pool, met.key, text, {});
    if (name == "ends_with") met.key = with_ends(pool, met.key, {}, text);
    const std::optional<Regex> regex =
        name == "matches" ? regex_of(pool, operands[1]) : std::nullopt;
    if (!regex || !regex->case_matters) continue;
    const RegexEnds ends = required_ends(regex->source);
    met.key = with_ends(pool, met.key, ends.start, ends.end);
  }
  return met;
}

class EventEmitter {
 public:
  EventEmitter(Engine& engine, const Stacks& stacks, const Effect& effect, const CausedEvent& given)
      : pool_(engine.pool()),
        stacks_(stacks),
        effect_(effect),
        operation_(operations()[effect.operation]) {
    const CausedEvent incoming = narrowed(pool_, effect, given);
    WithEvent with_event(engine, incoming);
    const auto of_event = [&](ValueId chosen, ValueId plain) {
      const ValueId value = chosen.exists() ? chosen : plain;
      if (!value.exists()) return value;
      const ValueId met =
          simplified_under(pool_, with_event(value), [&](std::span<const ValueId> tests) {
            Answer all = Answer::Yes;
            for (const ValueId test : tests) all = both_of(all, truth(pool_, test));
            return all;
          });
      return any_entry(pool_, without_conditions(pool_, met));
    };
    arguments_ = of_event(effect.chosen_arguments, effect.arguments);
    key_ = of_event(effect.chosen_key, effect.key);
  }

  std::vector<Caused> events() {
    switch (operation_.target_kind) {
      case ResourceKind::Bucket: return objects();
      case ResourceKind::Table: return items();
      case ResourceKind::Function: return invocation();
      default: return messages();
    }
  }

 private:
  CausedEvent begin() const {
    CausedEvent event;
    event.types.assign(operation_.events.begin(), operation_.events.end());
    event.source = effect_.target;
    return event;
  }

  std::vector<Caused> objects() {
    CausedEvent event = begin();
    event.key = key_;
    return {{.event = event}};
  }

  std::vector<Caused> items() {
    std::vector<Caused> caused;
    for (TableWrite& write : table_writes(pool_, stacks_, effect_, arguments_)) {
      CausedEvent event = begin();
      event.types = write.types;
      event.message = write.record;
      caused.push_back({event, std::move(write), 0});
    }
    return caused;
  }

  std::vector<Caused> invocation() {
    CausedEvent event = begin();
    event.invocation = Invocation::Synchronous;
    if (const ValueId type = entry_of_record(pool_, arguments_, "InvocationType"); type.exists()) {
      const auto text = as_text(pool_, type);
      if (text == std::optional<std::string_view>("DryRun")) return {};
      event.invocation = !text              ? Invocation::Unknown
                         : *text == "Event" ? Invocation::Asynchronous
                                            : Invocation::Synchronous;
    }
    if (operation_.id == "lambda.InvokeAsync") event.invocation = Invocation::Asynchronous;
    // What calls itself at a time of its choice goes round as slowly as it wants to.
    const bool timed = operation_.service == "scheduler";
    if (timed) event.invocation = Invocation::Asynchronous;
    std::vector<Caused> caused;
    add_invocation(caused, event, key_, timed ? kUncertain : 0);
    return caused;
  }

  // Of alternatives each is what may be handed on.
  void add_invocation(std::vector<Caused>& caused, CausedEvent event, ValueId payload,
                      std::uint8_t uncertainty) {
    if (payload.exists() && pool_.is(payload, ValueKind::OneOf)) {
      const std::vector<ValueId> all(pool_.operands(payload).begin(),
                                     pool_.operands(payload).end());
      for (const ValueId one : all)
        add_invocation(caused, event, one, static_cast<std::uint8_t>(uncertainty | kConditional));
      return;
    }
    const bool closed = arguments_.exists() && pool_.is(arguments_, ValueKind::Record) &&
                        pool_[arguments_].ref == 0;
    event.message = payload.exists() && !pool_.is(payload, ValueKind::Absent)
                        ? json_content(pool_, payload)
                    : closed ? pool_.record({})
                             : ValueId{};
    caused.push_back({.event = std::move(event), .uncertainty = uncertainty});
  }

  std::vector<Caused> messages() {
    const Entries entries = entries_of(pool_, operation_, arguments_);
    std::vector<Caused> caused;
    for (const ValueId entry : entries.rows) {
      if (operation_.target_kind == ResourceKind::Bus &&
          !is_for(pool_, stacks_, entry, effect_.target))
        continue;
      ValueId sent = entries.selector.empty() ? entry
                                              : member_of_entry(pool_, entry, entries.selector);
      if (!sent.exists() && !entries.batch) sent = key_;
      add_message(caused, sent, entry);
    }
    if (entries.rows.empty()) add_message(caused, key_, {});
    return caused;
  }

  // Of alternatives each is what may be sent.
  void add_message(std::vector<Caused>& caused, ValueId sent, ValueId entry) {
    if (sent.exists() && pool_.is(sent, ValueKind::OneOf)) {
      const std::vector<ValueId> all(pool_.operands(sent).begin(), pool_.operands(sent).end());
      for (const ValueId one : all) {
        add_message(caused, one, entry);
        caused.back().uncertainty |= kConditional;
      }
      return;
    }
    CausedEvent event = begin();
    if (operation_.target_kind == ResourceKind::Bus)
      event.message = event_of_entry(pool_, sent);
    else
      event.message = json_content(pool_, sent);
    event.attributes = attributes_of(pool_, entry);
    caused.push_back({.event = event});
  }

  ValuePool& pool_;
  const Stacks& stacks_;
  const Effect& effect_;
  const Operation& operation_;
  ValueId arguments_ = {}, key_ = {};
};

// A field that the service itself fills, and not whoever sent the event.
bool is_envelope(std::string_view path) {
  constexpr std::string_view kContents[] = {"body", "Message", "Attributes", "Image", "data",
                                            "s3"};
  return path.empty() || (path.starts_with("Records") &&
                          std::ranges::none_of(kContents, [&](std::string_view content) {
                            return path.find(content) != path.npos;
                          }));
}

// What comes back was made by code that is not known: nobody knows how it begins or ends.
bool asks_what_is_not_known(const ValuePool& pool, ValueId test) {
  bool asks = false;
  for_each_below(pool, test, [&](ValueId id) {
    const Value& row = pool[id];
    const bool is_given = row.kind == ValueKind::Hole &&
                          (row.origin == Origin::Outside || row.origin == Origin::CallResult);
    const bool is_result = row.kind == ValueKind::Object && pool[row.text].ends_with(')');
    asks = asks || is_given || is_result || row.kind == ValueKind::Unknown;
  });
  return asks;
}

// One record stands for a batch, however many come.
bool asks_how_many(const ValuePool& pool, ValueId test) {
  return has_opcode(pool, test, Opcode::Length);
}

// What is asked of the event besides the object's key. Tests of the event's shape ask nothing,
// because the next event has the same.
bool asks_other_fields(const ValuePool& pool, ValueId test) {
  const std::string_view name =
      pool[test].kind == ValueKind::Computed ? pool.text(test) : std::string_view{};
  const bool of_shape =
      name == "has" || name == "has_items" || name == "type_is" || name == "is_null" ||
      name == "truthy";
  if (name == "not" || name == "and" || name == "or")
    return std::ranges::any_of(pool.operands(test),
                               [&](ValueId part) { return asks_other_fields(pool, part); });
  bool asks = false;
  for_each_below(pool, test, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind != ValueKind::Hole) return;
    const std::string_view path = pool.text(id);
    const bool key = is_one_of(kKeyPaths, path_inside(path)) || (of_shape && is_envelope(path));
    asks = asks || (row.origin == Origin::Event && !key) || row.origin == Origin::Context;
  });
  return asks;
}

// A bound for a field of a message that its sender writes and of which nothing is known: it may be
// a count.
bool may_bound_count(const ValuePool& pool, ValueId test) {
  bool bounds = false;
  for_each_below(pool, test, [&](ValueId id) {
    if (!pool.is(id, ValueKind::Computed)) return;
    const Opcode opcode = pool.opcode(id);
    if (opcode != Opcode::Less && opcode != Opcode::LessEqual) return;
    bounds = bounds || std::ranges::any_of(pool.operands(id), [&](ValueId side) {
               if (pool.opcode(side) == Opcode::Converted) side = pool.operands(side)[0];
               return pool.is(side, ValueKind::Hole) && pool[side].origin == Origin::Event;
             });
  });
  return bounds;
}

bool asks_for_key(const ValuePool& pool, ValueId test) {
  bool asks = false;
  for_each_below(pool, test, [&](ValueId id) {
    asks = asks || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event &&
                    is_one_of(kKeyPaths, path_inside(pool.text(id))));
  });
  return asks;
}

std::uint8_t uncertainty_of(Sampled sampled) {
  if (sampled == Sampled::Ends) return kUncertain;
  return sampled == Sampled::NotRead || sampled == Sampled::Some ? kConditional : 0;
}

// What S3 tells of an object: nothing of it is a sender's own.
bool is_of_object(const CausedEvent& event) {
  return std::ranges::any_of(event.types,
                             [](std::string_view type) { return type.starts_with("s3:"); });
}

}  // namespace

std::vector<Caused> caused_by(Engine& engine, const Stacks& stacks, const Effect& effect,
                              const CausedEvent& incoming) {
  return EventEmitter(engine, stacks, effect, incoming).events();
}

bool may_reach(Engine& engine, std::span<const Fact> holds, const CausedEvent& event,
              EventAnswers& answers) {
  ValuePool& pool = engine.pool();
  WithEvent with_event(engine, event);
  return std::ranges::none_of(holds, [&](const Fact& fact) {
    const bool of_event =
        (pool.origins(fact.test) & (1U << static_cast<unsigned>(Origin::Event))) != 0;
    if (!of_event) return false;
    const auto [known, is_new] = answers.try_emplace(fact.test, Answer::Unknown);
    if (is_new && !asks_how_many(pool, fact.test))
      known->second = truth(pool, with_event(fact.test));
    return known->second != Answer::Unknown && (known->second == Answer::Yes) != fact.holds;
  });
}

namespace {

// A test before an effect, as the event that comes back answers it: that is not decided.
struct AskedAgain {
  ValuePool& pool;
  const Effect& effect;
  const CausedEvent& event;
  const Fact& fact;
  ValueId before = {};  // the test as the round before had it; none: there was no such round
  ValueId test = {};
};

// It was asked of the event before, and held: of the one that comes back it asks the same.
bool has_held(const AskedAgain& asked) {
  return asked.before.exists() && asked.before == asked.test &&
         is_readable(asked.pool, asked.fact.test);
}

struct AskedRow {
  std::string_view words = {};
  std::uint8_t uncertainty = 0;
  bool (*holds)(const AskedAgain&) = nullptr;
};

// What ends the chain; the first that does.
constexpr std::array kEnding{
    AskedRow{"looks for a mark that its own write sets", 0,
             [](const AskedAgain& asked) {
               return tests_own_mark(asked.pool, asked.effect, asked.fact.test);
             }},
    AskedRow{"compares what it writes with what is there", 0,
             [](const AskedAgain& asked) {
               return compares_own_content(asked.pool, asked.effect, asked.fact);
             }},
    AskedRow{"is a limit that a counter in the event reaches", 0, [](const AskedAgain& asked) {
               return !is_success(asked.pool, asked.fact) &&
                      !is_bound_of_loop(asked.pool, asked.fact.test) && asked.before.exists() &&
                      runs_out(asked.pool, asked.pool.plain(asked.before),
                               asked.pool.plain(asked.test), asked.fact.holds);
             }}};
// What says that it goes on as before; the first that does.
constexpr std::array kGoingOn{
    AskedRow{"asks whether a call succeeded", 0,
             [](const AskedAgain& asked) { return is_success(asked.pool, asked.fact); }},
    AskedRow{"asks whether there is another record", 0,
             [](const AskedAgain& asked) { return is_bound_of_loop(asked.pool, asked.fact.test); }},
    AskedRow{"held for the previous event, and asks the same", 0, has_held}};
// What leaves it open; all that do.
constexpr std::array kAskedAgain{
    AskedRow{"is known only when the program runs", kConditional,
             [](const AskedAgain& asked) { return !is_readable(asked.pool, asked.fact.test); }},
    AskedRow{"asks for other fields of the event", kConditional,
             [](const AskedAgain& asked) { return asks_other_fields(asked.pool, asked.test); }},
    AskedRow{
        "asks for the result of unknown code", kConditional,
        [](const AskedAgain& asked) { return asks_what_is_not_known(asked.pool, asked.test); }},
    AskedRow{"may be a limit for a counter", kUncertain, [](const AskedAgain& asked) {
               return !is_of_object(asked.event) && may_bound_count(asked.pool, asked.test);
             }}};

constexpr std::string_view kUndecided = "is not decided for the event that comes back";

}  // namespace

bool replay_is_feasible(Engine& engine, const Effect& effect, const CausedEvent* before,
                   const CausedEvent& event, std::uint8_t& uncertainty, std::string* why) {
  ValuePool& pool = engine.pool();
  const auto tell = [&](const Fact& fact, std::string_view words) {
    if (why == nullptr) return;
    *why += why->empty() ? cat("its test ", describe(pool, fact.test), ' ') : std::string(", ");
    *why += words;
  };
  WithEvent with_event(engine, event), with_before(engine, before == nullptr ? event : *before);
  std::vector<AskedTwice> of_key;
  bool is_open = false;  // one of these is not decided
  for (const Fact& fact : effect.holds) {
    AskedAgain asked{.pool = pool, .effect = effect, .event = event, .fact = fact};
    asked.test = with_event(fact.test);
    const Answer answer = answered_by(engine, fact.test, asked.test, with_event);
    const bool is_of_key = before != nullptr && asks_for_key(pool, fact.test);
    if (before != nullptr && (is_of_key || answer == Answer::Unknown))
      asked.before = with_before(fact.test);
    if (is_of_key) {
      of_key.push_back({asked.before, asked.test, fact.holds});
      is_open = is_open || (answer == Answer::Unknown && asked.before != asked.test);
    }
    if (answer != Answer::Unknown && (answer == Answer::Yes) != fact.holds) {
      if (why != nullptr) why->clear();
      tell(fact, fact.holds ? "is false for the event that comes back"
                            : "is true for the event that comes back");
      return false;
    }
    if (answer != Answer::Unknown) continue;
    const auto says_so = [&](const AskedRow& row) { return row.holds(asked); };
    if (const auto row = std::ranges::find_if(kEnding, says_so); row != kEnding.end()) {
      if (why != nullptr) why->clear();
      tell(fact, row->words);
      return false;
    }
    if (std::ranges::any_of(kGoingOn, says_so)) continue;
    bool has_reason = is_of_key;  // whose samples are tried below
    for (const AskedRow& row : kAskedAgain) {
      if (!row.holds(asked)) continue;
      has_reason = true;
      if ((uncertainty & row.uncertainty) != 0) continue;
      uncertainty |= row.uncertainty;
      tell(fact, row.words);
    }
    if (has_reason) continue;
    uncertainty |= kConditional;
    tell(fact, kUndecided);
  }
  if (is_open) uncertainty |= uncertainty_of(try_keys(engine, of_key));
  return true;
}

std::vector<std::string_view> replay_reasons() {
  std::vector<std::string_view> all;
  for (const AskedRow& row : kEnding) all.push_back(row.words);
  for (const AskedRow& row : kAskedAgain) all.push_back(row.words);
  all.push_back(kUndecided);
  return all;
}

}  // namespace fnlint
