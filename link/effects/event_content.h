#pragma once

#include "model/resources.h"
#include "values/compute.h"

#include <array>
#include <compare>
#include <string_view>
#include <vector>

namespace fnlint {

// What events hold, as the functions and resources see them that they arrive at.

// An event on its way: what an effect caused, in terms of the event that its function got.
struct CausedEvent {
  std::vector<std::string_view> types = {};  // any of them: "s3:ObjectCreated:Put"
  ValueId key = {};         // of S3 objects; no id: not known
  ValueId message = {};     // what it carries where it is now: a body, a record, at a function the
                            // whole event; no id: not known
  ValueId attributes = {};  // of a message: Record of name to value; no id: not known
  ResourceId source = {};   // the resource that it first arrived at
  Invocation invocation{};  // at a function: how that was started
  std::uint64_t round = 2;  // what is not known of it are event holes of this number
  friend auto operator<=>(const CausedEvent&, const CausedEvent&) = default;
};

// The number of the event that begins a chain.
inline constexpr std::uint64_t kFirstEvent = 1;

// The types of DynamoDB's attribute values.
inline constexpr std::array<std::string_view, 10> kAttributeTypes = {
    "S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"};
// {S: x}, or x under several types where it is not known of which it is.
bool is_attribute_value(const ValuePool& pool, ValueId value);

// The field at a path below an event: "Records[].body.job.id". Bodies in JSON are read through, and
// so are the types of DynamoDB's attribute values. No id: not known.
ValueId field_at(ValuePool& pool, ValueId event, std::string_view path);

// A field of the event that queues and topics carry as a text: of
// "Records[].body.Message.Records[].s3.object.key" the last four parts.
std::string_view path_inside(std::string_view path);

ValueId record_of(ValuePool& pool,
                  std::initializer_list<std::pair<std::string_view, ValueId>> entries, bool open);
// The entry of a record; no id where there is none.
ValueId entry_of_record(const ValuePool& pool, ValueId record, std::string_view name);
// The member of that name, or of the same letters: typed code spells fields in its own way.
ValueId member_spelled(ValuePool& pool, ValueId value, std::string_view name);
// The content of JSON text; the value itself where it is none.
ValueId json_content(ValuePool& pool, ValueId value);

// What EventBridge makes of an event of S3; `bucket`: what stands for the bucket's name.
ValueId bridged(ValuePool& pool, const CausedEvent& event, std::string_view type, ValueId bucket);

// What the trigger's filter says of the event that it lets pass, with holes of kFirstEvent for the
// rest: what begins a chain.
CausedEvent first_event(ValuePool& pool, const Stacks& stacks, const Relation* trigger);

// The event behind the relation, in the form in which its target gets it.
CausedEvent carried(ValuePool& pool, const Stacks& stacks, const Relation& relation,
                    const CausedEvent& event);

}  // namespace fnlint
