#pragma once

#include "model/code.h"
#include "model/resources.h"

#include <span>
#include <string_view>

// What events look like, by their sources: constant data, as all of tables.h.
namespace fnlint {

// What a function's response has to be.
enum class ResponseForm : std::uint8_t {
  Any,         // nobody reads it, or anything will do
  Proxy,       // statusCode, and a body that is text
  Policy,      // policyDocument
  SameRecord,  // the event, filled
};

struct SentEvent {
  std::string_view name = {};   // "sqs"
  std::string_view words = {};  // "SQS": for messages
  std::string_view group = {};  // shapes of one group are read by the same types
  // Fields of the event, and of each element of Records; none: it has no Records.
  std::span<const std::string_view> fields = {}, records = {};
  // Classes of typed languages and of type annotations, by their last words.
  std::span<const std::string_view> types = {};
  std::string_view identifier = {};  // below an element: what a reported failure has to name
  std::span<const std::string_view> answers = {};  // classes of what lists such failures
  std::int64_t batch = 0;            // elements at most where the mapping does not say; 0: no batch
  // Words of its configuration with which it neither sends nor reads this.
  std::span<const std::string_view> except = {};
  std::string_view envelope = {};    // the field that holds what was sent, as text
  std::string_view carried_as = {};  // the shape of it inside a message of a queue or a topic
  ResponseForm response{};
  // What who sends it may write, AWS writes the rest; who that is, and whether anybody may be.
  std::span<const std::string_view> chosen = {};
  std::string_view chosen_by = {};
  bool strangers = false;
  // Fields that say which form of the event it is: a source sends always the same.
  std::span<const std::string_view> forms = {};
  // Fields that are null, or not there, in a request that has none.
  std::span<const std::string_view> absent = {};
  std::span<const std::string_view> always =
      {};  // fields that every event has, with something in them
  bool nulls = false;  // those of `absent` are null
};
std::span<const SentEvent> sent_events();
const SentEvent* find_sent_event(std::string_view name);

// The shape of what resources of this kind, or declared by this type, send to a function.
struct ShapeOfSource {
  ResourceKind kind{};
  std::string_view declared = {};  // type of what declares the trigger; goes before `type`
  std::string_view type = {};      // type of the source
  std::string_view shape = {};
};
std::span<const ShapeOfSource> shapes_of_sources();

// Whether accessors of this normal form (as find_member()'s) give a field out of its URL form.
bool gives_decoded(std::string_view form);

// A field whose text is no payload yet: base64, and packed below that.
struct EncodedField {
  ResourceKind kind{};         // of the source
  std::string_view path = {};  // below the event
  std::string_view words = {};
  bool zipped = false;
  // Languages whose classes of this event give the bytes.
  std::span<const Language> decoded_in = {};
};
std::span<const EncodedField> encoded_fields();

// Keys that come back in an event as an operation was given them.
struct GivenKeys {
  ResourceKind kind{};         // of the trigger's source
  std::string_view from = {};  // what a rule's pattern asks for as its source
  std::string_view path = {};  // where the event has them, up to the key
  std::string_view operation = {}, entries = {}, member = {};
  std::string_view words = {};
};
std::span<const GivenKeys> given_keys();

}  // namespace fnlint
