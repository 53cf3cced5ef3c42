// What a condition of IAM says about who calls.

#include "core/text.h"
#include "policies/reach.h"
#include "tables/tables.h"
#include "values/answers.h"

#include <algorithm>
#include <array>

namespace fnlint::reach {

namespace {

// Operators that name what is allowed. Others say what is not, when, or that there is something.
constexpr std::array<std::string_view, 8> kNaming{
    "stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike",
    "ipaddress",    "binaryequals",           "bool"};

bool is_in_table(std::string_view name, std::string_view word) {
  const auto tables = policy_tables();
  const auto table = std::ranges::find(tables, name, &PolicyTable::name);
  return table != tables.end() && std::ranges::find(table->rows, word) != table->rows.end();
}

bool is_open(std::string_view text) { return text.find_first_not_of("*?") == text.npos; }

// "*", "0.0.0.0/0", and an ARN that leaves the account and the name open: "arn:aws:sns:*:*:*".
bool is_everything(std::string_view text) {
  if (!text.starts_with("arn:")) return is_open(text) || text.ends_with("/0");
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() < 6) return text.ends_with('*');
  std::string_view name = text.substr(static_cast<std::size_t>(parts[5].data() - text.data()));
  if (const std::size_t kind = name.find_first_of("/:"); kind != name.npos && parts[4] == "*")
    name.remove_prefix(kind + 1);  // "rule/*" of any account
  return is_open(parts[4]) && is_open(name);
}

Answer limits(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::List)) {
    Answer all = pool[value].ref == 1 ? Answer::Unknown : Answer::Yes;
    for (const ValueId one : pool.operands(value)) {
      const Answer found = limits(pool, one);
      if (found == Answer::No) return Answer::No;
      if (found == Answer::Unknown) all = found;
    }
    return pool.operands(value).empty() ? Answer::No : all;
  }
  if (const auto text = as_text(pool, value))
    return is_everything(*text) ? Answer::No : Answer::Yes;
  // A reference, or a text with a name of the template in it, names something.
  if (pool.is(value, ValueKind::Reference) || pool.is(value, ValueKind::Pattern))
    return Answer::Yes;
  if (pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Pseudo) return Answer::Yes;
  return Answer::Unknown;
}

// One row: {StringEquals: {aws:SourceAccount: ...}}.
Answer limits(const ValuePool& pool, std::string_view operation, std::string_view key,
              ValueId value) {
  constexpr std::string_view kIfExists = "ifexists";
  std::string by = lower(operation);
  const std::string name = lower(key);
  // For all values holds where there is none.
  if (by.starts_with("forallvalues:")) return Answer::No;
  if (by.ends_with(kIfExists)) {
    if (!is_in_table("keys-always-there", name)) return Answer::No;
    by.resize(by.size() - kIfExists.size());
  }
  if (const std::size_t colon = by.find(':'); colon != by.npos) by.erase(0, colon + 1);
  if (std::ranges::find(kNaming, by) == kNaming.end()) return Answer::No;
  if (is_in_table("keys-of-callers", name)) return limits(pool, value);
  const std::string_view service = std::string_view(name).substr(0, name.find(':'));
  return is_in_table("keys-of-requests", name) ||
                 is_in_table("keys-of-requests", cat(service, ":*"))
             ? Answer::No
             : Answer::Unknown;
}

}  // namespace

void limits_callers(const PolicyView& view, const Item& item, Reached& to) {
  const ValuePool& pool = view.pool;
  Answer all = Answer::Unknown;
  if (item.value.exists() && pool.is(item.value, ValueKind::Record)) {
    all = pool[item.value].ref == 1 ? Answer::Unknown : Answer::No;
    for (std::size_t i = 0; i < pool.names(item.value).size() && all != Answer::Yes; ++i) {
      const ValueId keys = pool.operands(item.value)[i];
      if (!pool.is(keys, ValueKind::Record)) {
        all = Answer::Unknown;
        continue;
      }
      for (std::size_t k = 0; k < pool.names(keys).size(); ++k) {
        const Answer one = limits(pool, pool[pool.names(item.value)[i]], pool[pool.names(keys)[k]],
                                  pool.operands(keys)[k]);
        if (one == Answer::Yes || all == Answer::No) all = one;
        if (all == Answer::Yes) break;
      }
    }
  }
  if (all == Answer::Unknown)
    to.items.push_back(unknown_item(ItemType::Scalar));
  else
    to.items.push_back(flag_item(all == Answer::Yes));
}

}  // namespace fnlint::reach
