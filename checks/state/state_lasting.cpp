// Walks a value's operands and accepts only origins that do not change between invocations.

#include "checks/state/state_lasting.h"

#include "checks/state/state_view.h"
#include "checks/view/project_view.h"
#include "tables/known.h"
#include "values/request_data.h"
#include "values/value_memo.h"

#include <string_view>
#include <vector>

namespace fnlint {

namespace {

// `table.values()`: what is in a map, a list or a text.
bool only_asks(const ValuePool& pool, ValueId call) {
  const auto parts = pool.operands(call);
  const auto callee = parts.empty() ? parts : pool.operands(parts[0]);
  return callee.size() == 2 && pool.is(callee[1], ValueKind::Text) &&
         is_one_of(known::asking_methods(), pool.text(callee[1]));
}

}  // namespace

bool is_of_the_process(const ValuePool& pool, ValueId value) {
  std::vector<ValueId> open{value};
  ValueMemo seen;
  while (!open.empty()) {
    const ValueId id = open.back();
    open.pop_back();
    if (seen.find(id) != nullptr) continue;
    seen.add(id, id);
    if (is_content_of_package(pool, id)) continue;
    for (const ValueId part : pool.operands(id)) open.push_back(part);
    const Origin origin = pool[id].origin;
    const bool lasts = origin == Origin::Global || origin == Origin::Environment ||
                       origin == Origin::TemplateInput || origin == Origin::Pseudo ||
                       origin == Origin::Attribute || origin == Origin::Library ||
                       (origin == Origin::Context &&
                        is_one_of(known::context_of_environment(), context_field(pool.text(id))));
    const bool is_answer = pool.is(id, ValueKind::Object) &&
                           pool.text(id).find(':') == std::string_view::npos &&
                           class_of(pool, id) == LibraryClass::None;
    if (pool.is(id, ValueKind::Unknown) || is_answer ||
        (pool.opcode(id) == Opcode::Call && !only_asks(pool, id)) ||
        (pool.is(id, ValueKind::Hole) && !lasts))
      return false;
  }
  return true;
}

}  // namespace fnlint
