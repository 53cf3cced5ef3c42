// State that a function keeps: what it reads of a store in which it also writes decides what it
// does, so that a second delivery may find that it is done.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/call_name.h"
#include "checks/view/code_calls.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint {

namespace {

ListAccess by_statement(const std::string& statement) {
  static const RE2 kLooks(R"((?is)^\s*(?:WITH\b.*?)?SELECT\b.*?\bFROM\s+["'`\[]?([\w.]+))"),
      kTicksOff(
          R"((?is)^\s*(?:UPDATE|DELETE\s+FROM|INSERT\s+(?:\w+\s+)*?INTO)\s+["'`\[]?([\w.]+))");
  ListAccess access;
  if (RE2::PartialMatch(statement, kLooks, &access.table)) access.use = ListUse::Looks;
  if (RE2::PartialMatch(statement, kTicksOff, &access.table)) access.use = ListUse::TicksOff;
  access.table = lower(access.table);
  return access;
}

ListAccess access_of(const Project& project, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  if (operation.repeat == Repeat::BySql || operation.id == "dynamodb.ExecuteStatement")
    return by_statement(statement_of(*project.pool, operation, effect));
  // An address says nothing of what lies there; files are this run's own.
  if (operation.target_kind == ResourceKind::Function || is_request(operation) ||
      operation.service == "file")
    return {};
  const bool is_known = effect.target.exists() || effect.target_value.exists();
  const ListUse use = only_reads(operation) ? ListUse::Looks : ListUse::TicksOff;
  return {is_known ? use : ListUse::None, effect.target, effect.target_value, {}};
}

bool is_same_list(const ListAccess& a, const ListAccess& b) {
  if (!a.table.empty() || !b.table.empty()) return a.table == b.table;
  if (a.resource.exists() || b.resource.exists()) return a.resource == b.resource;
  return a.target == b.target;
}

// The test that ends a loop over what was found is no question whether there was anything.
bool counts_rounds(const ValuePool& pool, ValueId test) {
  const auto is_round = [&](ValueId id) {
    return pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Element;
  };
  return std::ranges::any_of(pool.operands(test), [&](ValueId one) {
    return is_round(one) || (pool.is(one, ValueKind::OneOf) &&
                             std::ranges::any_of(pool.operands(one), is_round));
  });
}

// Whether there is anything to do: how many were found, or a flag that a loop over them has set.
bool asks_what_was_found(const ValuePool& pool, Language language, ValueId test) {
  if (pool.is(test, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(test), [&](ValueId one) {
      return pool.is(one, ValueKind::Bool) || asks_what_was_found(pool, language, one);
    });
  if (pool.is(test, ValueKind::Object))
    return language == Language::Python;  // an empty list is false
  if (!pool.is(test, ValueKind::Computed) || counts_rounds(pool, test)) return false;
  bool asks = false;
  for_each_below(pool, test, [&](ValueId id) {
    const ValueKind kind = pool[id].kind;
    asks = asks || pool.opcode(id) == Opcode::Length ||
           (kind == ValueKind::Object && pool.text(id).ends_with(".length"));
  });
  return asks;
}

// A run that the clock starts does it for each piece of what was found, or where there is any.
bool is_about_what_was_found(const Project& project, const LambdaFunction& function,
                             const DeliverySource& source, const Effect& effect) {
  return goes_by_clock(project, source) &&
         ((effect.flags & kInLoop) != 0 || std::ranges::any_of(effect.holds, [&](const Fact& fact) {
            return asks_what_was_found(*project.pool, function.language, fact.test);
          }));
}

// Besides what it adds, the update sets a field to a constant: a state that the next run does not
// look for. "SET #state = :expired, #log = list_append(#log, :entry)".
bool sets_state(const Project& project, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const ValueId values = entry_of(pool, effect.arguments, "ExpressionAttributeValues");
  if (!values.exists()) return false;
  for (const FieldSet& set : fields_set(pool, effect)) {
    ValueId value = entry_of(pool, values, set.placeholder);
    if (value.exists() && pool.is(value, ValueKind::Record) && pool.operands(value).size() == 1)
      value = pool.operands(value)[0];  // {"S": "expired"}
    if (value.exists() && as_text(pool, value)) return true;
  }
  return false;
}

// Ways on which one test is answered differently.
bool exclude_each_other(const Effect& one, const Effect& other) {
  return std::ranges::any_of(one.holds, [&](const Fact& fact) {
    return std::ranges::find(other.holds, Fact{fact.test, !fact.holds}) != other.holds.end();
  });
}

// What a read gives, where the very thing may be written that was read, and is not only taken away;
// or what is not known, where it surely is that thing.
class KeptState {
 public:
  KeptState(const Project& project, const Effect& read, const Effect& written)
      : pool_(*project.pool), read_(read) {
    const bool has_keys = read.key.exists() && written.key.exists();
    const bool takes_away = operations()[written.operation].id.find("Delete") != std::string::npos;
    is_same_ = has_keys && !takes_away &&
               (read.key == written.key || is_key_of(pool_, read.key, written.key));
    may_be_same_ = is_same_ || !has_keys;
  }

  // Whether a test of it that asks more than whether there is anything lets the effect come about.
  [[nodiscard]] bool lets(const Effect& effect) const {
    return may_be_same_ && std::ranges::any_of(effect.holds, [&](const Fact& fact) {
             const bool was_asked_before =
                 std::ranges::find(read_.holds, fact) != read_.holds.end();
             return !was_asked_before && !asks_for_presence(pool_, fact) &&
                    !is_failure(pool_, fact) && is_below(fact.test);
           });
  }

  // Whether the effect is done for its elements.
  [[nodiscard]] bool gives_work(const Effect& effect) const {
    bool gives = false;
    for (const ValueId made_of : {effect.key, effect.arguments})
      if (made_of.exists() && may_be_same_)
        for_each_below(pool_, made_of, [&](ValueId id) {
          gives = gives || (pool_.opcode(id) == Opcode::Element && is_below(id));
        });
    return gives;
  }

 private:
  [[nodiscard]] bool is_below(ValueId value) const {
    bool found = false;
    for_each_below(pool_, value, [&](ValueId id) { found = found || is_part(id); });
    return found;
  }

  [[nodiscard]] bool is_part(ValueId id) const {
    if (pool_.is(id, ValueKind::Unknown)) return is_same_;
    const Operation& operation = operations()[read_.operation];
    if (pool_.is(id, ValueKind::Hole))
      return pool_[id].origin == Origin::Secret && operation.target_kind == ResourceKind::Parameter;
    if (!pool_.is(id, ValueKind::Object)) return false;
    const ValueId asked = read_.key.exists() ? read_.key : read_.arguments;
    const bool is_its_answer = asked.exists() && is_given(pool_, id, asked);
    if (operation.repeat != Repeat::BySql) return is_its_answer && is_stored_data(pool_, id);
    return is_its_answer || (is_of_client(id) && !names_statement(id));
  }

  [[nodiscard]] bool is_of_client(ValueId answer) const {
    return !read_.receiver.empty() && pool_.text(answer).starts_with(read_.receiver);
  }

  [[nodiscard]] bool names_statement(ValueId answer) const {
    bool names = false;
    for_each_below(pool_, answer,
                   [&](ValueId id) { names = names || entry_of(pool_, id, kStatement).exists(); });
    return names;
  }

  const ValuePool& pool_;
  const Effect& read_;
  bool is_same_ = false, may_be_same_ = false;
};

}  // namespace

void KeptLists::read() {
  is_read_ = true;
  for (const std::vector<Effect>* list : {&function_.effects, &function_.unknown_calls})
    for (const Effect& effect : *list) {
      empties_queue_ = empties_queue_ || deletes_messages(effect);
      ListAccess access = access_of(project_, effect);
      if (access.use == ListUse::None) continue;
      (access.use == ListUse::Looks ? looks_ : ticks_).push_back({&effect, std::move(access)});
    }
}

bool KeptLists::is_repeated(Row& tick) const {
  if (!tick.repeated)
    tick.repeated = repeat_outcome(project_, function_, *tick.effect) != RepeatOutcome::Same &&
                    !sets_state(project_, *tick.effect);
  return *tick.repeated;
}

bool KeptLists::decide(const DeliverySource& source, const Effect& effect) {
  if (!is_read_) read();
  if (!empties_queue_ && (looks_.empty() || ticks_.empty())) return false;
  const bool by_run = is_about_what_was_found(project_, function_, source, effect);
  if (by_run && empties_queue_) return true;
  return std::ranges::any_of(ticks_, [&](Row& tick) {
    return std::ranges::any_of(looks_, [&](const Row& read) {
      if (read.effect->order > effect.order || !is_same_list(read.access, tick.access) ||
          exclude_each_other(*tick.effect, effect))
        return false;
      const KeptState state(project_, *read.effect, *tick.effect);
      // What is itself done once more ticks nothing off, unless it asks first.
      if (is_repeated(tick) && !state.lets(*tick.effect)) return false;
      return by_run || state.lets(effect) || state.gives_work(effect);
    });
  });
}

}  // namespace fnlint
