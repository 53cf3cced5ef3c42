// Typed events: leads the accessors of a library's event classes back to fields of the raw event.

#include "flow/models/events.h"

#include "core/text.h"
#include "flow/models/fluent.h"
#include "model/language_traits.h"
#include "tables/events.h"
#include "values/compute.h"

#include <algorithm>

namespace fnlint {

namespace {

ValueId follow(ValuePool& pool, ValueId at, std::string_view path) {
  if (path.empty()) return at;
  for (std::string_view part : split(path, '.')) {
    const bool each = part.ends_with("[]");
    at = member(pool, at, each ? part.substr(0, part.size() - 2) : part);
    if (each) at = element(pool, at);
  }
  return at;
}

// "Records[].dynamodb.Keys.id" is documented as "Records[].dynamodb.Keys.*".
const EventMember* documented(std::string_view parent, std::string_view form) {
  if (const EventMember* exact = find_event_member(parent, form)) return exact;
  const std::size_t dot = parent.rfind('.');
  return dot == std::string_view::npos ? nullptr
                                       : find_event_member(cat(parent.substr(0, dot), ".*"), form);
}

}  // namespace

ValueId event_member(ValuePool& pool, Language spoken, ValueId event, std::string_view name) {
  const std::string_view parent = pool.text(event);
  // Raw events are read by their entries' names; elsewhere classes of the event stand between.
  if (traits(spoken).declares_types) {
    if (std::ranges::find(traits(spoken).length_members, name) !=
        traits(spoken).length_members.end())
      return compute(pool, Opcode::Length, std::span(&event, 1));
    const std::string plain = member_name(name, "get");
    const EventMember* field = documented(parent, member_form(name));
    if (field == nullptr && plain != name) field = documented(parent, member_form(plain));
    if (field != nullptr) return follow(pool, event, field->path);
    return {};
  }
  std::string_view owner = parent;
  if (owner.ends_with("[]")) owner.remove_suffix(2);
  owner = owner.substr(owner.rfind('.') + 1);
  const EventAttribute* attribute = find_event_attribute(cat(owner, '.', name));
  if (attribute == nullptr) attribute = find_event_attribute(name);
  return attribute != nullptr ? follow(pool, event, attribute->path) : ValueId{};
}

}  // namespace fnlint
