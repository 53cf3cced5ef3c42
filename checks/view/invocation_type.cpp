// Whether who invokes a function waits for what that answers.

#include "checks/view/invocation_type.h"

#include "checks/view/project_view.h"
#include "core/text.h"

namespace fnlint {

std::optional<std::string> invocation_type(const ValuePool& pool, ValueId arguments) {
  const ValueId given = entry_of(pool, arguments, "InvocationType");
  if (!given.exists() || pool[given].kind == ValueKind::Absent ||
      pool[given].kind == ValueKind::Null) {
    const bool open = !arguments.exists() || may_have_more(pool, arguments);
    return open ? std::nullopt : std::optional(std::string());
  }
  const bool named = pool[given].kind == ValueKind::Text ||
                     (pool[given].kind == ValueKind::Hole && pool[given].origin == Origin::Library);
  if (!named) return std::nullopt;
  const std::string_view text = pool.text(given);
  std::string word = lower(text.substr(text.find_last_of(".:") + 1));
  std::erase(word, '_');
  return word;
}

bool waits_for_answer(std::string_view type) { return type.empty() || type == "requestresponse"; }

}  // namespace fnlint
