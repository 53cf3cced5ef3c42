// The lattice of values: kinds, origins of holes, and the uncertainty bits of what is less than
// certain.
#pragma once

#include "core/id.h"

#include <string_view>

namespace fnlint {

using ValueId = Id<struct ValueTag>;
using GuardId = Id<struct GuardTag>;

// What is known of a value at lint time, one domain for templates and code. Immutable and
// hash-consed by ValuePool: equal ids are equal values.
enum class ValueKind : std::uint8_t {
  Absent,  // not there at all (AWS::NoValue, a missing property)
  Null,
  Bool,
  Number,
  Text,       // text: the literal
  Pattern,    // text with holes: operands are Text and Hole (or Computed, Reference) parts
  Hole,       // unknown with an origin and an identity: equal holes hold equal run-time values
  List,       // operands; ref 1: more elements may follow ("open")
  Record,     // names and operands; ref 1: open
  Reference,  // ref: ResourceId; text: attribute ("" is what Ref gives, "Arn", ...)
  Function,   // ref: function_ref(); names/operands: captured variables and their values
  Object,    // ref: allocation site; text: class path when it is a library's; operands: constructor
             // arguments
  Task,      // async result nobody awaited yet; operands[0]: what awaiting gives
  Computed,  // text: function name; operands; kept for later ("member", "call", "replace",
             // "starts_with", ...)
  OneOf,     // operands: at most kAlternatives, each with a guard
  Unknown,   // text: why; equal to nothing, itself included (ref makes each one distinct)
};

// Where a hole comes from; `text` is its path or name.
enum class Origin : std::uint8_t {
  None,
  Parameter,    // of a project function; ref: function and position
  Receiver,     // `this`, `self` of a project function; ref: function
  Capture,      // a variable of an enclosing function; ref: module and variable
  Global,       // a module variable; ref: module and variable
  Field,        // a field of an object that is not known
  CallResult,   // what an unknown call gave; ref: the call's place
  Element,      // of a loop; ref: the loop's place
  Environment,  // text: variable name
  Event,    // text: path below the handler's event, "Records[].s3.object.key"; ref: entry (0 until
            // the join)
  Context,  // text: path below the handler's context
  TemplateInput,  // text: parameter name; ref: scope
  Pseudo,         // AWS::AccountId, AWS::Region, ... by that name
  Attribute,  // of a resource that the template does not settle; ref: ResourceId, text: attribute
  Fresh,      // uuid, random
  Clock,
  Secret,
  Library,  // an imported package or symbol: text is its dotted path
  Outside,  // anything else from beyond the project
};

// What a value, or a link of a proof, rests on. United when values combine.
enum Uncertainty : std::uint8_t {
  kOverridable = 1,  // the default of an input that a deployment may replace
  kHeuristic = 2,
  kConditional = 4,  // a branch or condition that could not be decided
  kCut = 8,          // a limit was reached
  kBrokenSource = 16,
  kUncertain = 32,  // a hole or an unknown stands in a link that decides
  kClosedWay = 64,  // the template's variables or routes close the way to it: somebody may set one
                    // by hand, or call the function otherwise
  kUngated = 128,   // a choice where two paths met, of which no test tells which it is
};
// Of what an effect rests on, that which says whether it is one and happens at all, wherever it
// goes.
inline constexpr std::uint8_t kOfHappening = kHeuristic | kBrokenSource | kClosedWay;

struct Value {
  ValueKind kind{};
  Origin origin{};
  std::uint8_t uncertainty = 0;
  std::uint8_t finished = 0;  // Hole: 1 when nothing will replace it any more
  StringId text = {};
  Slice<ValueId> operands = {};
  Slice<StringId> names = {};
  Slice<GuardId> guards = {};
  std::uint64_t ref = 0;
};

// The text of a CallResult that a handler of errors has caught: one that takes any error, or one
// that takes some kinds alone.
inline constexpr std::string_view kCaughtAny = "caught", kCaughtKind = "caught kind";

// A test that holds or fails: `test` is a Bool, or a Computed that asks something.
struct Fact {
  ValueId test = {};
  bool holds = true;
  friend auto operator<=>(const Fact&, const Fact&) = default;
};

}  // namespace fnlint
