// What is asked of a database before an effect: for what a first delivery has left there, or for
// whom the effect is.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/call_name.h"
#include "core/text.h"
#include "tables/libraries.h"
#include "values/presence.h"
#include "values/update_expression.h"
#include "values/write_changes.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

enum class Asked : std::uint8_t { Nothing, One, Several, Claim };

bool has_word(std::string_view path, std::span<const std::string_view> words) {
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return path.find(word) != path.npos; });
}

// `_, created = Handled.objects.get_or_create(...)`.
bool is_claim_beside(const ValuePool& pool, ValueId id) {
  if (pool.opcode(id) != Opcode::Index) return false;
  const ValueId pair = pool.operands(id)[0], place = pool.operands(id)[1];
  return pool.is(place, ValueKind::Number) && pool.text(place) == "1" &&
         pool.is(pair, ValueKind::Object) && has_origin(pool, pair, Origin::Event) &&
         has_word(lower(pool.text(pair)), store_claims_beside());
}

// What the test asks of a database by something of the event: for one thing, for a list.
Asked asked_of_store(const ValuePool& pool, ValueId test) {
  Asked asked = Asked::Nothing;
  for_each_below(pool, test, [&](ValueId id) {
    if (is_claim_beside(pool, id)) asked = Asked::Claim;
    if (pool[id].kind != ValueKind::Object || !has_origin(pool, id, Origin::Event)) return;
    const std::string path = lower(pool.text(id));
    if (has_word(path, store_claims()))
      asked = Asked::Claim;
    else if (has_word(path, store_reads()))
      asked = std::max(asked, path.find("query") != path.npos ? Asked::Several : Asked::One);
  });
  return asked;
}

// Whether an effect changes what a database would answer; `removes`: takes something away.
bool changes_store(const ValuePool& pool, const Effect& effect, bool removes) {
  const Operation& operation = operations()[effect.operation];
  const std::string_view name = operation.id.substr(operation.id.find('.') + 1);
  const std::string statement = lower(statement_of(pool, operation, effect));
  if (std::ranges::find(storing_services(), operation.service) == storing_services().end())
    return false;
  if (only_reads(operation) || statement.starts_with("select")) return false;
  return !removes || name.find("Delete") != name.npos || name.find("Remove") != name.npos ||
         name.find("Transact") != name.npos || statement.starts_with("delete");
}

bool any_changes_store(const Project& project, const LambdaFunction& function, bool removes) {
  const auto changes = [&](const Effect& effect) {
    return changes_store(*project.pool, effect, removes);
  };
  return std::ranges::any_of(function.effects, changes) ||
         std::ranges::any_of(function.unknown_calls, changes);
}

// Whether a second delivery may find in a table what this effect has left there: not under a key
// that is new each time.
bool may_leave_in(const Project& project, const Effect& effect, ResourceId table) {
  return changes_store(*project.pool, effect, false) &&
         (!effect.target.exists() || effect.target == table) && !makes_item(project, effect);
}

// Who gets what the function sends or starts may write what it asks for.
bool hands_on(const LambdaFunction& function) {
  const auto starts = [](const Effect& effect) {
    const Operation& operation = operations()[effect.operation];
    switch (operation.target_kind) {
      case ResourceKind::Queue:
      case ResourceKind::Topic:
      case ResourceKind::Bus:
      case ResourceKind::Stream:
      case ResourceKind::Function:
      case ResourceKind::StateMachine: return operation.repeat != Repeat::Same;
      default: return is_request(operation);
    }
  };
  return std::ranges::any_of(function.effects, starts) ||
         std::ranges::any_of(function.unknown_calls, starts);
}

// Names of attributes, and words that may be such: all that a question says but its values.
std::vector<std::string> label_of(const ValuePool& pool, const Effect& question) {
  std::vector<std::string> words;
  for_each_below(pool, question.arguments, [&](ValueId id) {
    if (!pool.is(id, ValueKind::Text)) return;
    std::string word;
    for (const char c : cat(pool.text(id), ' ')) {
      if (is_expression_word(c) || c == '.' || c == '#' || c == ':') {
        word += c;
        continue;
      }
      if (!word.empty() && !word.starts_with(':') && !word.starts_with('#')) words.push_back(word);
      word.clear();
    }
  });
  return words;
}

// The question to a table whose answer a test looks at; null: it is none that is known.
const Effect* question_to_table(const ValuePool& pool, const LambdaFunction& function,
                                ValueId call) {
  const auto found = std::ranges::find_if(function.effects, [&](const Effect& effect) {
    const Operation& operation = operations()[effect.operation];
    return operation.id == "dynamodb.Query" && effect.target.exists() &&
           effect.arguments.exists() && !may_have_more(pool, effect.arguments) &&
           is_given(pool, call, effect.arguments);
  });
  return found == function.effects.end() ? nullptr : &*found;
}

// Whether the effect may take what was found out of the question's answer: it removes things, or
// writes an attribute that the question is about.
bool may_take_from_answer(const ValuePool& pool, const Effect& question, const Effect& effect) {
  if (!changes_store(pool, effect, false)) return false;
  if (effect.target.exists() && effect.target != question.target) return false;
  if (operations()[effect.operation].id != "dynamodb.UpdateItem") return true;
  const WriteChanges changes(pool, effect.arguments);
  return std::ranges::any_of(label_of(pool, question), [&](const std::string& word) {
    return changes.touch(word).change != WriteChanges::Change::None;
  });
}

// What the test has found is found again: nothing that the function does takes it from the answer.
bool finds_again(const Project& project, const LambdaFunction& function, ValueId test) {
  const ValuePool& pool = *project.pool;
  bool is_known = true, any = false;
  for_each_below(pool, test, [&](ValueId id) {
    if (!is_known || pool[id].kind != ValueKind::Object || !has_origin(pool, id, Origin::Event))
      return;
    const Effect* question = question_to_table(pool, function, id);
    const auto takes = [&](const Effect& effect) {
      return may_take_from_answer(pool, *question, effect);
    };
    any = true;
    is_known = question != nullptr && std::ranges::none_of(function.effects, takes) &&
               std::ranges::none_of(function.unknown_calls, takes);
  });
  return any && is_known;
}

// Looked up in something else by what was found: a table of the code's, a list of states. What was
// found is there all the same.
bool is_looked_up_elsewhere(const ValuePool& pool, ValueId test) {
  if (!pool.is(test, ValueKind::Computed) || pool.operands(test).size() < 2) return false;
  const Opcode opcode = pool.opcode(test);
  const auto operands = pool.operands(test);
  const bool by_key = opcode == Opcode::Index || opcode == Opcode::Get || opcode == Opcode::Has;
  const ValueId whole = opcode == Opcode::In ? operands[1] : by_key ? operands[0] : ValueId{};
  const ValueId key = opcode == Opcode::In ? operands[0] : operands[1];
  return whole.exists() && asked_of_store(pool, whole) == Asked::Nothing &&
         asked_of_store(pool, key) != Asked::Nothing;
}

// How many there are, by a function or a member.
bool counts_elements(const ValuePool& pool, ValueId value) {
  const auto is_count = [](std::string_view name) { return name == "length" || name == "Count"; };
  const std::string_view text = pool.text(value);
  if (pool.is(value, ValueKind::Object)) return is_count(text.substr(text.rfind('.') + 1));
  if (!pool.is(value, ValueKind::Computed) || pool.operands(value).empty()) return false;
  const auto operands = pool.operands(value);
  if (text == "or_default") return counts_elements(pool, operands[0]);
  if (text == "member" || text == "index")
    return pool.is(operands[1], ValueKind::Text) && is_count(pool.text(operands[1]));
  return text == "length";
}

}  // namespace

bool finds_nothing(const ValuePool& pool, const Fact& fact) {
  return holds_of_nothing(pool, fact,
                          [&](ValueId test) { return is_looked_up_elsewhere(pool, test); });
}

bool asks_for_presence(const ValuePool& pool, const Fact& fact) {
  if (pool.is(fact.test, ValueKind::Object)) return fact.holds;
  if (!pool.is(fact.test, ValueKind::Computed)) return false;
  const Opcode opcode = pool.opcode(fact.test);
  if (!is_test(opcode)) return fact.holds;
  const auto operands = pool.operands(fact.test);
  const auto has_null = [&] {
    return std::ranges::any_of(operands,
                               [&](ValueId one) { return pool.is(one, ValueKind::Null); });
  };
  if (opcode == Opcode::HasItems || opcode == Opcode::Truthy || opcode == Opcode::Has)
    return fact.holds;
  if (opcode == Opcode::In) return fact.holds && pool.is(operands[0], ValueKind::Text);
  if (opcode == Opcode::Not || opcode == Opcode::IsNull) return !fact.holds;
  // Without a length of nothing there is something.
  const auto counts_none = [&] {
    return operands.size() == 2 && counts_elements(pool, operands[0]) &&
           pool.is(operands[1], ValueKind::Number) && pool.text(operands[1]) == "0";
  };
  if (opcode == Opcode::Equal) return !fact.holds && (has_null() || counts_none());
  if (opcode == Opcode::NotEqual) return fact.holds && (has_null() || counts_none());
  return opcode == Opcode::Less && fact.holds && !operands.empty() &&
         pool.is(operands[0], ValueKind::Number) && pool.text(operands[0]) == "0";
}

bool is_given(const ValuePool& pool, ValueId call, ValueId key) {
  std::set<ValueId> missing;
  for_each_below(pool, key, [&](ValueId part) {
    if (pool.operands(part).empty()) missing.insert(part);
  });
  const bool any = !missing.empty();
  for_each_below(pool, call, [&](ValueId given) { missing.erase(given); });
  return any && missing.empty();
}

bool only_reads(const Operation& operation) {
  static const RE2 kReading("(Get|Query|Scan|List|Head|Batch-?Get|Find|Select|Exists|Download).*");
  return RE2::FullMatch(operation.id.substr(operation.id.find('.') + 1), kReading);
}

bool is_stored_data(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Object)) return false;
  const std::string path = lower(pool.text(value));
  return has_word(path, store_reads()) || has_word(path, store_gets());
}

bool consumes_input(const Project& project, const LambdaFunction& function, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  if (!effect.arguments.exists() || !any_changes_store(project, function, true)) return false;
  bool found = false;
  for_each_below(pool, effect.arguments, [&](ValueId id) {
    if (found || !pool.is(id, ValueKind::Object) || !has_origin(pool, id, Origin::Event)) return;
    found = has_word(lower(pool.text(id)), store_gets());
  });
  return found;
}

bool takes_found_work(const Project& project, const LambdaFunction& function,
                      const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const auto is_found = [&](const Fact& fact) {
    bool found = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      found = found || (pool.is(id, ValueKind::Object) && !has_origin(pool, id, Origin::Event) &&
                        has_word(lower(pool.text(id)), store_reads()));
    });
    return found && asks_for_presence(pool, fact);
  };
  const auto sets_state = [&](const Effect& other) {
    return &other != &effect && operations()[other.operation].repeat == Repeat::Same &&
           changes_store(pool, other, false);
  };
  return std::ranges::any_of(effect.holds, is_found) &&
         std::ranges::any_of(function.effects, sets_state);
}

namespace {

// On every way to the effect, unless something fails.
bool is_on_its_ways(const ValuePool& pool, const Effect& removal, const Effect& effect) {
  return (removal.flags & kUnderUnknownTest) == 0 &&
         std::ranges::all_of(removal.holds, [&](const Fact& fact) {
           const bool is_success = pool.opcode(fact.test) == Opcode::Failed && !fact.holds;
           return is_success || std::ranges::find(effect.holds, fact) != effect.holds.end();
         });
}

bool is_of_input(const ValuePool& pool, const Effect& other, std::string_view what) {
  const Operation& operation = operations()[other.operation];
  return operation.id == what && other.key.exists() && has_origin(pool, other.key, Origin::Event);
}

}  // namespace

bool ends_with_input_taken(const ValuePool& pool, const LambdaFunction& function,
                           const Effect& effect) {
  const auto is_read_before = [&](const Effect& read) {
    return is_of_input(pool, read, "s3.GetObject") && read.order < effect.order;
  };
  const auto is_removed_after = [&](const Effect& removal) {
    return is_of_input(pool, removal, "s3.DeleteObject") && removal.order > effect.order;
  };
  return std::ranges::any_of(function.effects, is_read_before) &&
         std::ranges::any_of(function.effects, is_removed_after);
}

bool takes_input_away(const ValuePool& pool, const LambdaFunction& function, const Effect& effect) {
  return std::ranges::any_of(function.effects, [&](const Effect& removal) {
    return is_of_input(pool, removal, "s3.DeleteObject") && removal.order < effect.order &&
           is_on_its_ways(pool, removal, effect) &&
           std::ranges::any_of(
               function.effects,
               [&](const Effect& read) {
                 return is_of_input(pool, read, "s3.GetObject") && read.key == removal.key &&
                        read.target == removal.target && read.order < removal.order &&
                        (read.flags & kErrorsDropped) == 0;
               });
  });
}

bool takes_source_away(const ValuePool& pool, const LambdaFunction& function, const Effect& copy) {
  const Operation& operation = operations()[copy.operation];
  if (operation.source.empty()) return false;
  const ValueId source = member_at(pool, copy.arguments, split(operation.source, '|')[0]);
  if (!source.exists()) return false;
  return std::ranges::any_of(function.effects, [&](const Effect& removal) {
    if (!is_of_input(pool, removal, "s3.DeleteObject") || removal.order <= copy.order ||
        removal.key == copy.key || !is_on_its_ways(pool, removal, copy))
      return false;
    bool is_source = false;
    for_each_below(pool, source, [&](ValueId id) { is_source = is_source || id == removal.key; });
    return is_source;
  });
}

namespace {

// What an update gave that a second one would not: `if (!claimed) return`, `modifiedCount === 1`.
bool asks_own_update(const ValuePool& pool, const LambdaFunction& function, const Fact& fact) {
  bool found = false;
  for_each_below(pool, fact.test, [&](ValueId id) {
    if (found || !pool.is(id, ValueKind::Object)) return;
    found = std::ranges::any_of(function.effects, [&](const Effect& effect) {
      return operations()[effect.operation].repeat == Repeat::ByEntries && effect.key.exists() &&
             is_given(pool, id, effect.key) && ends_its_own_filter(pool, effect);
    });
  });
  return found && !finds_nothing(pool, fact);
}

}  // namespace

bool asks_what_others_keep(const Project& project, const LambdaFunction& function, ValueId test) {
  const ValuePool& pool = *project.pool;
  const auto is_of_others = [&](ResourceId table) {
    const auto leaves = [&](const Effect& effect) { return may_leave_in(project, effect, table); };
    return table.exists() && std::ranges::none_of(function.effects, leaves) &&
           std::ranges::none_of(function.unknown_calls, leaves);
  };
  bool any = false, all = true;
  for_each_below(pool, test, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Object || !has_origin(pool, id, Origin::Event) || !all) return;
    const auto read = std::ranges::find_if(function.effects, [&](const Effect& effect) {
      return effect.target.exists() && effect.key.exists() &&
             only_reads(operations()[effect.operation]) && is_given(pool, id, effect.key);
    });
    any = true;
    all = read != function.effects.end() && is_of_others(read->target);
  });
  return any && all;
}

bool reads_a_mark(const Project& project, const LambdaFunction& function, const Fact& fact) {
  const ValuePool& pool = *project.pool;
  if (asks_own_update(pool, function, fact)) return true;
  const Asked asked = asked_of_store(pool, fact.test);
  if (asked == Asked::Nothing) return false;
  if (asked == Asked::Claim) return true;
  const bool is_of_others = asks_what_others_keep(project, function, fact.test);
  if (finds_nothing(pool, fact)) return !is_of_others || hands_on(function);
  if (is_of_others) return false;
  // Whom it is for is there the next time, too, unless the function takes it away; a list may be of
  // what is still to be done.
  const bool asks_for_any = asks_for_presence(pool, fact);
  if (asks_for_any && finds_again(project, function, fact.test)) return false;
  const bool is_one = asked == Asked::One && asks_for_any;
  return any_changes_store(project, function, is_one);
}

}  // namespace fnlint
