// A cache by the request's own key is safe to share, but where nothing leaves it again it grows
// with every new key until the environment runs out of memory.

#include "checks/state/rules.h"
#include "checks/state/state_view.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/request_data.h"

#include <algorithm>

namespace fnlint {

namespace {

// Whether a test asks how much there is, or how old it is.
bool asks_for_size_or_age(const ValuePool& pool, const StateChange& change) {
  return std::ranges::any_of(change.holds, [&](const Fact& fact) {
    return has_origin(pool, fact.test, Origin::Clock) ||
           has_opcode(pool, fact.test, Opcode::Length);
  });
}

// Whether an invocation ever makes the place smaller, or anew.
bool is_emptied(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  const ValueId root = base_of(pool, change.place);
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    if (base_of(pool, other.place) != root) return false;
    return other.how == StoreKind::Clear || other.how == StoreKind::Delete ||
           other.how == StoreKind::Remove || is_set_by(pool, change, other);
  });
}

// What a test has found to be there: `x`, `x != null`; no id: it has found something else.
ValueId found_there(const ValuePool& pool, ValueId test, bool holds) {
  const auto operands = pool.operands(test);
  const std::string_view asked = pool.is(test, ValueKind::Computed) && !operands.empty()
                                     ? pool.text(test)
                                     : std::string_view();
  if (asked == "not") return found_there(pool, operands[0], !holds);
  if (asked == "truthy") return found_there(pool, operands[0], holds);
  if (asked == "is_null") return found_there(pool, operands[0], !holds);
  if (asked != "equal" && asked != "not_equal") return holds ? test : ValueId{};
  const auto is_nothing = [&](ValueId one) {
    return pool.is(one, ValueKind::Null) || pool.is(one, ValueKind::Absent);
  };
  if ((asked == "not_equal") != holds) return {};
  return is_nothing(operands[1]) ? operands[0] : is_nothing(operands[0]) ? operands[1] : ValueId{};
}

// The key, or a text that has it in it: `SHOP_${name.toUpperCase()}`.
bool names_key(const ValuePool& pool, ValueId name, ValueId key) {
  if (name == key) return true;
  const bool is_text = pool.is(name, ValueKind::Pattern) ||
                       (pool.is(name, ValueKind::Computed) &&
                        (pool.opcode(name) == Opcode::Upper || pool.opcode(name) == Opcode::Lower ||
                         pool.opcode(name) == Opcode::Replace));
  return is_text && std::ranges::any_of(pool.operands(name), [&](ValueId part) {
           return names_key(pool, part, key);
         });
}

// The key was found before in a table that requests do not change: there are as many keys as that
// has.
bool is_of_fixed_table(const ValuePool& pool, const StateChange& change) {
  return std::ranges::any_of(change.holds, [&](const Fact& fact) {
    const ValueId found = found_there(pool, fact.test, fact.holds);
    if (!found.exists() || !pool.is(found, ValueKind::Computed)) return false;
    const Opcode opcode = pool.opcode(found);
    const auto operands = pool.operands(found);
    const bool is_in = opcode == Opcode::In;
    if (operands.size() < 2 ||
        (!is_in && opcode != Opcode::Get && opcode != Opcode::Has && opcode != Opcode::Index))
      return false;
    const ValueId table = operands[is_in ? 1 : 0], key = operands[is_in ? 0 : 1];
    return names_key(pool, key, change.key) && !is_request_data(pool, table) &&
           !mentions(pool, table, base_of(pool, change.place));
  });
}

// A parameter or a secret is there, or reading it fails: there are as many as were set.
bool is_of_settings(const ValuePool& pool, const StateChange& change) {
  return has_origin(pool, change.value, Origin::Secret);
}

// Each is made of a file of the package: there are as many as that has.
bool is_of_packaged_files(const ValuePool& pool, const StateChange& change) {
  bool found = false;
  if (change.value.exists())
    for_each_below(pool, change.value,
                   [&](ValueId id) { found = found || is_content_of_package(pool, id); });
  return found;
}

bool grows(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  return puts_entry(change) && change.key.exists() && is_of_many_values(pool, change.key) &&
         !is_shared_by_design(pool, change) && !is_part_of_library(pool, change) &&
         !is_environment(pool, change.place) && !asks_for_size_or_age(pool, change) &&
         !is_of_fixed_table(pool, change) && !is_of_settings(pool, change) &&
         !is_of_packaged_files(pool, change) && !is_emptied(pool, function, change);
}

// The id of the key that a token is signed with: its issuers have few.
bool is_id_of_signing_key(const ValuePool& pool, ValueId key) {
  bool found = false;
  for_each_below(pool, key, [&](ValueId id) {
    const std::string_view path = pool.text(id);
    const bool names = pool.is(id, ValueKind::Object) || pool.is(id, ValueKind::Hole) ||
                       pool.is(id, ValueKind::Text);
    found = found || (names && (path == "kid" || path.ends_with(".kid")));
  });
  return found;
}

// Of a library's result that was asked for with the request nobody knows how many there are.
bool is_given_by_a_call(const ValuePool& pool, ValueId key) {
  bool found = false;
  for_each_below(pool, key, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Object) && is_request_data(pool, id));
  });
  return found;
}

// "'Records[].messageId'", "key".
std::string key_words(const ValuePool& pool, const StateChange& change) {
  constexpr std::string_view kEvent = "event ";
  const std::string words = describe(pool, change.key);
  return words.starts_with(kEvent) && pool[change.key].kind == ValueKind::Hole
             ? cat("'", std::string_view(words).substr(kEvent.size()), "'")
             : std::string("key");
}

// A library's cache around a function, without a limit.
bool is_unbounded(const ValuePool& pool, const Safeguard& guard) {
  const LibraryModel& row = library_models()[guard.library];
  if (row.guard != "once") return false;
  const ValueId limit = entry_of(pool, guard.told, "limit");
  if (row.kind == LibraryClass::Cache) return !limit.exists();
  return row.kind == LibraryClass::BoundedCache && limit.exists() &&
         pool[limit].kind == ValueKind::Null;
}

// `load.cache_clear()`: of the function, or of what the wrapper keeps beside it.
bool is_forgotten(const ValuePool& pool, const LambdaFunction& function, const Safeguard& guard) {
  return std::ranges::any_of(function.changes, [&](const StateChange& change) {
    return change.how == StoreKind::Clear && change.initial.exists() && guard.layer.exists() &&
           mentions(pool, change.initial, guard.layer);
  });
}

Finding memoiser_finding(const LambdaFunction& function, const Safeguard& guard) {
  return FindingBuilder("state-unbounded-cache")
      .about(function)
      .at(guard.where)
      .says(
          "The results of this function are kept for each value that requests bring, without a "
          "limit: they grow as long as the environment lives.")
      .identified(function.name, ":memoised")
      .related_if(guard.called.file.exists(), guard.called,
                  "It is called with data of the request.");
}

}  // namespace

void state_unbounded_cache(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    for (const StateChange& change : function.changes) {
      if (!grows(pool, function, change)) continue;
      auto finding =
          finding_at(pool, "state-unbounded-cache", function, change)
              .says("'", change.name, "' keeps an entry for every ", key_words(pool, change),
                    " that requests bring, and nothing removes one: it grows as long as the "
                    "environment lives.");
      if (is_given_by_a_call(pool, change.key)) finding.at_most(Confidence::Likely);
      if (is_id_of_signing_key(pool, change.key)) finding.with(Confidence::Possible);
      findings.push_back(std::move(finding));
    }
    for (const Safeguard& guard : function.safeguards)
      if (is_unbounded(pool, guard) && is_of_many_values(pool, guard.arguments) &&
          !is_forgotten(pool, function, guard))
        findings.push_back(memoiser_finding(function, guard));
  }
}

}  // namespace fnlint
