// Typed events: leads the accessors of a library's event classes back to fields of the raw event.

#include "tables/events.h"

#include "core/text.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/fluent.h"
#include "model/language_traits.h"

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

// A field of the event by an accessor's name; no id: as it is written.
ValueId Engine::event_member(ValueId event, std::string_view name) {
  const std::string_view parent = pool_.text(event);
  // Raw events are read by their entries' names; elsewhere classes of the event stand between.
  if (traits(spoken_).declares_types) {
    if (std::ranges::find(traits(spoken_).length_members, name) !=
        traits(spoken_).length_members.end())
      return compute(pool_, Opcode::Length, std::span(&event, 1));
    const std::string plain = member_name(name, "get");
    const EventMember* field = documented(parent, member_form(name));
    if (field == nullptr && plain != name) field = documented(parent, member_form(plain));
    if (field != nullptr) return follow(pool_, event, field->path);
    return {};
  }
  std::string_view owner = parent;
  if (owner.ends_with("[]")) owner.remove_suffix(2);
  owner = owner.substr(owner.rfind('.') + 1);
  const EventAttribute* attribute = find_event_attribute(cat(owner, '.', name));
  if (attribute == nullptr) attribute = find_event_attribute(name);
  return attribute != nullptr ? follow(pool_, event, attribute->path) : ValueId{};
}

// A method of a typed event or context: an accessor, or a collection's way to its elements.
Outcome Engine::call_event(const CallInput& invocation, ValueId receiver, ValueId name) {
  Outcome out;
  const std::string method(pool_.text(name));
  if (!traits(spoken_).declares_types) return out;
  if (pool_[receiver].origin == Origin::Context) {
    if (pool_.operands(invocation.arguments).empty()) out.value = member(pool_, receiver, method);
    return out;
  }
  const auto names = pool_.names(invocation.arguments);
  const auto values = pool_.operands(invocation.arguments);
  if (values.size() == 1 && pool_[names[0]] == "0" && gives_element(method)) {
    const ValueId at = values[0];
    const bool by_name = pool_[at].kind == ValueKind::Text;
    out.value = by_name ? member(pool_, receiver, std::string(pool_.text(at)))
                        : index_of(receiver, at);
    return out;
  }
  if (!values.empty()) return out;
  out.value = event_member(receiver, method);
  if (out.value.exists() && gives_decoded(member_form(member_name(method, "get"))))
    add_read(pool_, pool_.computed(kDecoded, std::span(&out.value, 1)), invocation.at, true,
             out.steps);
  if (out.value.exists()) return out;
  if (gives_element(method)) {
    out.value = element(pool_, receiver);
    return out;
  }
  const LibraryModel* row = find_library_model(spoken_, cat("*.", method));
  if (row != nullptr && row->computes != "index") return out;  // of an event: no entry of a map
  std::string field = member_name(method, "get");
  if (field != method) field[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(field[0])));
  out.value = member(pool_, receiver, field);
  return out;
}

}  // namespace fnlint
