#pragma once

#include <span>
#include <string_view>

// What lies in events of each source, as filters ask for it: data/event_shapes.yaml.
namespace fnlint {

enum class FieldHolds : std::uint8_t { Any, Text, Number, Bool, Record, Attributes, Texts };

// A field of a record as a filter sees it.
struct EventField {
  std::string_view path = {};  // "dynamodb.NewImage"
  FieldHolds holds{};
  std::span<const std::string_view> only = {};  // the texts that it may be; empty: any
};
// The fields of one kind of source: "queue", "table", "bus", "bucket" (S3 by EventBridge), ...
struct EventShape {
  std::string_view source = {};
  std::string_view words = {};  // "a message of a queue"
  std::span<const EventField> fields = {};
};
const EventShape* find_event_shape(std::string_view source);  // null: of no known form

}  // namespace fnlint
