// An item is found by all attributes of its table's key and by nothing else, an index by its name:
// DynamoDB compares a request with the table, and refuses what does not fit.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/table_keys.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

// What a request says the item by. `alone`: nothing but the key may stand there.
struct KeyMember {
  std::string_view operation = {}, member = {};
  bool alone = false;
};
constexpr std::array kKeyMembers{
    KeyMember{"dynamodb.DeleteItem", "Key", true},
    KeyMember{"dynamodb.GetItem", "Key", true},
    KeyMember{"dynamodb.PutItem", "Item", false},
    KeyMember{"dynamodb.UpdateItem", "Key", true},
};

std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += cat(text.empty() ? "'" : ", '", name, '\'');
  return text;
}

class KeysOf {
 public:
  KeysOf(const Project& project, const LambdaFunction& function, const Effect& effect)
      : project_(project), pool_(*project.pool), function_(function), effect_(effect) {}

  void check(Findings& findings) const {
    const std::string_view id = operations()[effect_.operation].id;
    const auto* const row = std::ranges::find(kKeyMembers, id, &KeyMember::operation);
    if (row != kKeyMembers.end()) return check_key(*row, findings);
    if (id == "dynamodb.Query" || id == "dynamodb.Scan") check_index(findings);
  }

 private:
  // However the language writes it.
  [[nodiscard]] ValueId member(std::string_view wanted) const {
    if (!pool_.is(effect_.arguments, ValueKind::Record)) return {};
    for (const StringId name : pool_.names(effect_.arguments))
      if (flat_name(pool_[name]) == flat_name(wanted))
        return entry_of(pool_, effect_.arguments, pool_[name]);
    return {};
  }
  // Nothing but these names can be among its own.
  [[nodiscard]] bool is_closed(ValueId record) const {
    return record.exists() && pool_.is(record, ValueKind::Record) && pool_[record].ref == 0 &&
           !entry_of(pool_, record, kRest).exists() && !entry_of(pool_, record, "**").exists();
  }
  [[nodiscard]] FindingBuilder finding(std::string_view about) const {
    const bool is_one_of_several = (effect_.uncertainty & (kUncertain | kConditional)) != 0;
    FindingBuilder built("handler-dynamodb-key-mismatch",
                         effect_.uncertainty & ~(kUncertain | kConditional));
    built.at_most(is_one_of_several ? Confidence::Likely : Confidence::Certain)
        .about(function_)
        .at(effect_.where)
        .identified(function_.name, ' ', operations()[effect_.operation].id, ' ', about)
        .with_steps(effect_.path)
        .related(project_.stacks[effect_.target].where, "The table is declared here.");
    return built;
  }

  void check_key(const KeyMember& row, Findings& findings) const {
    const ValueId given = member(row.member);
    const std::vector<std::string_view> key = table_key(project_, effect_.target);
    if (key.empty() || !is_closed(given) || pool_.names(given).empty()) return;
    std::vector<std::string_view> lacking, more;
    for (const std::string_view name : key)
      if (!entry_of(pool_, given, name).exists()) lacking.push_back(name);
    for (const StringId name : pool_.names(given))
      if (row.alone && std::ranges::find(key, pool_[name]) == key.end())
        more.push_back(pool_[name]);
    if (lacking.empty() && more.empty()) return;
    const std::string what = row.alone ? "key" : "item";
    std::string words =
        cat("The ", what, " of this call (", operations()[effect_.operation].id, ") ");
    if (!lacking.empty()) words += cat("lacks ", listed(lacking));
    if (!lacking.empty() && !more.empty()) words += " and ";
    if (!more.empty()) words += cat("has ", listed(more));
    findings.push_back(
        finding(listed(lacking) + listed(more))
            .at_most(effect_.members_whole ? Confidence::Certain : Confidence::Likely)
            .says(words, "; the key of '", name_of(project_, effect_.target), "' is ", listed(key),
                  ": DynamoDB refuses the request."));
  }

  void check_index(Findings& findings) const {
    const ValueId given = member("IndexName");
    const auto wanted = given.exists() ? as_text(pool_, given) : std::nullopt;
    const auto known = index_names(project_, effect_.target);
    if (!wanted || wanted->empty() || !known || std::ranges::find(*known, *wanted) != known->end())
      return;
    findings.push_back(finding(*wanted).says(
        "This call (", operations()[effect_.operation].id, ") names the index '", *wanted,
        "', and '", name_of(project_, effect_.target),
        known->empty() ? "' has no index" : cat("' has only ", listed(*known)),
        ": DynamoDB refuses the request."));
  }

  const Project& project_;
  const ValuePool& pool_;
  const LambdaFunction& function_;
  const Effect& effect_;
};

}  // namespace

void handler_dynamodb_key_mismatch(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const Effect& effect : function.effects) {
      if (operations()[effect.operation].service != "dynamodb" || !effect.arguments.exists() ||
          !effect.target.exists() || told.contains(effect.where))
        continue;
      const std::size_t before = findings.size();
      KeysOf(project, function, effect).check(findings);
      if (findings.size() > before) told.insert(effect.where);
    }
}

}  // namespace fnlint
