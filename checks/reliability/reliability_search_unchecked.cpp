// A search that finds nothing gives nothing, and that has no groups, fields or entries. What is
// searched was written by somebody else, who may write it otherwise tomorrow.

#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <set>
#include <vector>

namespace fnlint {

namespace {

// What AWS writes into an event has a form that does not change: names of resources, times.
bool is_of_fixed_form(std::string_view path) {
  const std::string last = lower(path.substr(path.rfind('.') + 1));
  return std::ranges::any_of(known::ends_of_fixed_fields(),
                             [&](std::string_view end) { return last.ends_with(end); });
}

// What a library got from somewhere else: the answer to a request, or to an operation of a service.
bool is_answer(const ValuePool& pool, ValueId part) {
  if (!pool.is(part, ValueKind::Object)) return false;
  std::string_view path = pool.text(part);
  if (!path.ends_with("()")) return false;
  path.remove_suffix(2);
  const LibraryModel* row = find_library_model(Language::Unknown, path);
  const Operation* operation = row != nullptr ? find_operation(row->operation) : nullptr;
  return operation != nullptr && !is_local(*operation);
}

// Parts of a value that come from outside of the project.
std::vector<ValueId> parts_from_outside(const ValuePool& pool, ValueId value) {
  std::vector<ValueId> parts;
  for_each_below(pool, value, [&](ValueId part) {
    const bool is_event = pool.is(part, ValueKind::Hole) && pool[part].origin == Origin::Event;
    const bool is_outside =
        pool.is(part, ValueKind::Hole) &&
        (pool[part].origin == Origin::Outside || pool[part].origin == Origin::CallResult);
    if ((is_event && !is_of_fixed_form(pool.text(part))) || is_outside || is_answer(pool, part))
      parts.push_back(part);
  });
  return parts;
}

// `text != "x"`, `!text.startsWith("x")`, `text`: says nothing of the form that a text has.
bool says_no_form(const ValuePool& pool, Fact fact, const std::vector<ValueId>& parts) {
  while (pool.opcode(fact.test) == Opcode::Not) fact = {pool.operands(fact.test)[0], !fact.holds};
  if (pool.opcode(fact.test) == Opcode::NotEqual && fact.holds) return true;
  if (std::ranges::find(parts, fact.test) != parts.end()) return true;
  const Opcode asks = pool.opcode(fact.test);
  if (asks == Opcode::IsNull) return true;
  const bool measures =
      has_opcode(pool, fact.test, Opcode::IndexOf) || has_opcode(pool, fact.test, Opcode::Length);
  return !fact.holds && !measures &&
         (asks == Opcode::Equal || asks == Opcode::StartsWith || asks == Opcode::EndsWith ||
          asks == Opcode::Contains);
}

// Some test on the way asks something of what is searched.
bool is_asked(const ValuePool& pool, const CodeCall& search, const std::vector<ValueId>& parts) {
  return std::ranges::any_of(search.holds, [&](const Fact& fact) {
    bool mentions = false;
    for_each_below(pool, fact.test, [&](ValueId part) {
      mentions = mentions || std::ranges::find(parts, part) != parts.end();
    });
    return mentions && !says_no_form(pool, fact, parts);
  });
}

// The trigger's filter asks something of that field, so that others never come: the key of an
// object, a field of a rule's pattern.
bool is_filtered(const ValuePool& pool, const Relation& trigger, std::string_view field) {
  if (!trigger.filter.exists()) return false;
  bool asks = false;
  for_each_below(pool, trigger.filter, [&](ValueId part) {
    if (!pool.is(part, ValueKind::Record)) return;
    for (const StringId name : pool.names(part))
      asks = asks || pool[name] == field ||
             (field == "key" && (pool[name] == "prefix" || pool[name] == "suffix"));
  });
  return asks;
}
bool is_of_filtered_form(const ValuePool& pool, const RelationsTo& relations,
                         const LambdaFunction& function, const std::vector<ValueId>& parts) {
  return std::ranges::any_of(parts, [&](ValueId part) {
    const std::string_view path = pool.is(part, ValueKind::Hole) ? pool.text(part) : "";
    const std::string_view field = path.substr(path.rfind('.') + 1);
    return std::ranges::any_of(relations[function.resource], [&](const Relation* relation) {
      return relation->kind == RelationKind::Trigger && is_filtered(pool, *relation, field);
    });
  });
}

// What is searched, or, of what is made of much, the first part that comes from outside.
std::string described(const ValuePool& pool, const CodeCall& search,
                      const std::vector<ValueId>& parts) {
  constexpr std::size_t kWords = 60;
  std::string whole = describe(pool, search.value);
  return whole.size() <= kWords ? whole : describe(pool, parts.front());
}

}  // namespace

void reliability_search_unchecked(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const RelationsTo relations(project.stacks);
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const CodeCall& search : function.sinks) {
      if (pool.text(search.key) != kSearch) continue;
      const std::vector<ValueId> parts = parts_from_outside(pool, search.value);
      if (parts.empty() || is_asked(pool, search, parts) ||
          is_of_filtered_form(pool, relations, function, parts) ||
          !told.insert(search.left_at).second)
        continue;
      findings.push_back(
          FindingBuilder("reliability-search-unchecked", search.uncertainty | kHeuristic)
              .about(function)
              .at(search.left_at)
              .says("'", search.name, "' may find nothing in '", described(pool, search, parts),
                    "', and this uses what it gives as if it had: then it fails.")
              .identified(function.name, ':', search.name)
              .with_steps(search.path, search.where, "This searches."));
    }
}

}  // namespace fnlint
