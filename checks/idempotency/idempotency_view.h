#pragma once

#include "checks/view/project_view.h"
#include "checks/view/reason.h"
#include "model/project.h"
#include "tables/platform.h"
#include "values/failures.h"
#include "values/pool.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The parts of the check of idempotency (idempotency.cpp), and the questions that both ask.

// What brings the same event again sooner or later.
struct DeliverySource {
  std::string words = {};  // "queue 'Charges'"
  Span where = {};
  std::uint8_t uncertainty = 0;
  const Relation* trigger = nullptr;  // null: known by a permission or the handler's event alone
  // Second deliveries are retries of an asynchronous invocation: they have its id.
  bool keeps_id = false;
  bool is_function = false;          // a function invokes it
  std::uint8_t of_coming_again =
      0;  // uncertainty: kUncertain, where nothing is tried a second time
  bool by_clock = false;
};
// What brings each function its events more than once: its triggers, or, where none is known, who
// is permitted to invoke it or what its handler's event is; then the functions that invoke it
// asynchronously and the state machines that retry it.
class DeliverySources {
 public:
  DeliverySources(const Project& project, const RelationsTo& relations);
  [[nodiscard]] std::vector<DeliverySource> of(const LambdaFunction& function) const;

 private:
  const Project& project_;
  const RelationsTo& relations_;
  std::map<std::uint32_t, std::vector<DeliverySource>> invokers_ = {};  // by the function's row
  std::set<ResourceId> waited_for_ = {};  // functions of which others wait for the answer
  bool hands_on_ = false;  // a function is invoked of which it is not known which one it is
};

// The service that a permission lets invoke a function without waiting for an answer; null: none
// that is known.
const InvocationRight* asynchronous_right(const Project& project, const Relation& permission);

// A schedule's events have no data of their own: what is to be done is looked up.
bool goes_by_clock(const Project& project, const DeliverySource& source);

// Whether the template switches the library's layer off.
const Property* switched_off(const Project& project, const LambdaFunction& function);

// Values under a path of the operation's members: "Entries[].MessageDeduplicationId".
ValueId member_at(const ValuePool& pool, ValueId members, std::string_view path);

// Tokens that the service remembers, or headers of that meaning; several, where a batch or the
// paths to the call have several.
std::vector<ValueId> tokens_of(const ValuePool& pool, const Operation& operation,
                               const Effect& effect);
// Sent to a FIFO queue or topic that itself knows the message again.
bool is_compared(const Project& project, const Operation& operation, const Effect& effect);
// A POST that changes nothing: for an access token (OAuth 2), or a question that is its body: a
// search, a query, a reading method of JSON-RPC.
bool only_asks(const ValuePool& pool, const Operation& operation, const Effect& effect);
// A request to a search index (OpenSearch, Elasticsearch) that names the document: a second one
// writes the same document, or is refused.
bool writes_under_id(const ValuePool& pool, const Operation& operation, const Effect& effect);
// Of which it is plain that a second one does something again: not what measures, sets or computes,
// and not what goes to an address of which nothing is known.
bool is_clear_request(const ValuePool& pool, const Operation& operation, const Effect& effect);
// Of those, one that says itself what it adds: of others only the method speaks for it.
bool tells_what_it_adds(const ValuePool& pool, const Operation& operation, const Effect& effect);

// What a time is cut to: a second delivery, minutes later, makes the same. Day: or month, or year.
enum class TimeCut : std::uint8_t { None, ToHour, ToDay };
TimeCut cut_time(const ValuePool& pool, ValueId value);
// Cut out of the text of a time, and not out of what was asked for by one.
bool is_part_of_time(const ValuePool& pool, ValueId value, ValueId base);

// The text that decides what an operation does: an update's expression, a statement, a method; of
// each alternative one.
std::vector<std::string> statements_of(const ValuePool& pool, const Operation& operation,
                                       const Effect& effect);
// The first of them, without what stands around it.
std::string statement_of(const ValuePool& pool, const Operation& operation, const Effect& effect);
// "SET #a = :v": a field that an update gives one of its values as it is.
struct FieldSet {
  std::string field = {};
  std::string placeholder = {};  // ":v"
};
std::vector<FieldSet> fields_set(const ValuePool& pool, const Effect& update);
// An update that adds among the entries of a batch or transaction.
bool entry_differs(const ValuePool& pool, const Effect& effect);
// What a second delivery makes of an effect; Unknown: what a function does that it invokes;
// AddsToStored: it writes an item with a sum that is made of what the function has read of it
// before, so that it only sets, and adds all the same; AppendsToStored: the same of a list.
enum class RepeatOutcome : std::uint8_t { Same, Unknown, Differs, AddsToStored, AppendsToStored };
// An effect with that answer, which is asked for once.
struct RepeatedEffect {
  const Effect* effect = nullptr;
  RepeatOutcome again{};
  bool hangs_on_kept_state = false;
};
RepeatOutcome repeat_outcome(const Project& project, const LambdaFunction& function,
                             const Effect& effect);
// Whether a key names that item, or one with the same key: each entry is the same in both.
bool is_key_of(const ValuePool& pool, ValueId key, ValueId item);
// Whether that is AddsToStored or AppendsToStored; Same: neither.
RepeatOutcome with_what_is_stored(const Project& project, const LambdaFunction& function,
                          const Effect& write);
// A kind of resource that hands on what it is sent.
bool carries(ResourceKind kind);
// It costs money, reaches people or counts.
bool is_grave(const Project& project, const RepeatedEffect& repeated);
enum class ListUse : std::uint8_t { None, Looks, TicksOff };
// What an effect does to a list of work, and which list that is: a resource, or what else is known
// of the target; of statements the table that they name.
struct ListAccess {
  ListUse use{};
  ResourceId resource = {};
  ValueId target = {};
  std::string table = {};
};

// State that a function keeps: what it reads of stores in which it also writes. Each effect is
// asked about; what is the same for all of them is found out once.
class KeptLists {
 public:
  KeptLists(const Project& project, const LambdaFunction& function)
      : project_(project), function_(function) {}

  // The effect hangs on it: nobody knows whether that stops a second delivery.
  [[nodiscard]] bool decide(const DeliverySource& source, const Effect& effect);
  // An insert that fails the second time stands before the effect, on each way to it.
  [[nodiscard]] bool follows_failing_insert(const DeliverySource& source, const Effect& effect);

 private:
  struct Row {
    const Effect* effect = nullptr;
    ListAccess access = {};
    std::optional<bool> repeated = {};
  };
  void read();
  [[nodiscard]] bool is_repeated(Row& tick) const;

  const Project& project_;
  const LambdaFunction& function_;
  bool is_read_ = false, empties_queue_ = false;
  std::vector<Row> ticks_ = {}, looks_ = {};
  std::map<const Relation*, std::vector<const Effect*>> failing_ = {};
};

// Whether the source's events have what the way to the effect asks for: a handler that several
// start tells them apart by their fields.
bool comes_of(const Project& project, const DeliverySource& source, const Effect& effect);
// Nothing that may be otherwise by then leaves it open whether a second delivery does it again.
bool is_surely_repeated(const Project& project, const LambdaFunction& function,
                        const DeliverySource& source, const RepeatedEffect& repeated);

// A part of a value that is another with each delivery of the same event.
struct UnsteadyPart {
  std::string words = {};  // "a random value"
  Confidence confidence{};
  Span where = {};             // the call that gives it, where it is one
  std::string_view when = {};  // it is another only then: " on another day"
  bool shared = false;         // the same each time, but two events may have it
};
std::optional<UnsteadyPart> unsteady_part(const Project& project, const LambdaFunction& function,
                                          const DeliverySource& source, ValueId value);

// Why a second delivery does an effect again, or does not. The first that says so decides, in this
// order; the last stands where none does.
enum class RepeatWay : std::uint8_t {
  ByCondition,
  ByInsert,
  Same,
  Compared,
  Guarded,
  UnsafeToken,
  ByToken,
  UnsafeMark,
  IsMark,
  EndsWhereRefused,
  IdleMark,
  KeptState,
  Nothing,
};
constexpr std::size_t kRepeatWays = static_cast<std::size_t>(RepeatWay::Nothing) + 1;
Reason reason_of(RepeatWay how);
struct JudgedRepeat {
  RepeatWay how{};
  RepeatOutcome again{};
  std::optional<UnsteadyPart> part = {};  // UnsafeToken, UnsafeMark
  const Effect* mark = nullptr;           // UnsafeMark, EndsWhereRefused, IdleMark
};
JudgedRepeat judge_repeat(const Project& project, const LambdaFunction& function,
                          const DeliverySource& source, const Effect& effect, KeptLists& lists);
inline JudgedRepeat judge_repeat(const Project& project, const LambdaFunction& function,
                                 const DeliverySource& source, const Effect& effect) {
  KeptLists lists(project, function);
  return judge_repeat(project, function, source, effect, lists);
}

// Where a call stands that a value comes from; none where that is not known.
Span value_site(const LambdaFunction& function, std::uint64_t ref);

// New each time, itself or a part of it.
bool is_fresh(const ValuePool& pool, ValueId value);
// Whether what an item is stored under is.
bool item_key_is_fresh(const Project& project, const Effect& effect);
// Whether what writes an item under its key, or updates one there, makes another each time.
bool makes_item(const Project& project, const Effect& effect);
// Whether another delivery of the same event comes with another one: besides what is new each time,
// the id of the invocation, the receipt handle.
bool item_key_is_unsteady(const Project& project, const LambdaFunction& function,
                          const DeliverySource& source, const Effect& effect);
// The first part of its key of which that is so; no id: of none.
ValueId unsteady_item_key(const Project& project, const LambdaFunction& function,
                          const DeliverySource& source, const Effect& effect);
// The same of any of the items of a batch or transaction.
bool any_item_key_is_fresh(const Project& project, const Effect& effect);
// A write that says under which condition.
bool is_conditional(const ValuePool& pool, const Operation& operation, const Effect& effect);
// A condition that stops no second delivery: it holds once more when the write is done.
bool holds_again(const ValuePool& pool, const LambdaFunction& function, const Effect& effect);
// It asks for what this write leaves as it was, and another one may have changed.
bool rests_on_others(const ValuePool& pool, const Effect& effect);
// The condition asks for something of an item, which must be there: its key is not new.
bool needs_item(const ValuePool& pool, const Effect& effect);
// A write that fails where the event was handled before.
bool is_mark(const Project& project, const Effect& effect);
// A lock: once the effect is done, the mark is taken away again, whether all went well or not. It
// keeps others out in the meantime, and a second delivery does not find it.
bool is_released(const Project& project, const LambdaFunction& function, const Effect& mark,
                 const Effect& effect);

// Where errors are values: what the effect waits for does not hold where the write of a mark was
// refused, and its error was asked for that.
bool ends_where_refused(const ValuePool& pool, const Effect& effect);
// Whether it waits for what is true on one way and false on another, and nobody knows which.
bool waits_for_choice(const ValuePool& pool, const Effect& effect);
// Whether a part of what it waits for is such a choice, and a store was asked for something of the
// event before: that answer may be what chooses.
bool may_wait_for_answer(const Project& project, const LambdaFunction& function,
                         const Effect& effect);

// Of two answers, that for nothing: no row, no length, a number that is zero; and that for
// something, whatever it is.
bool finds_nothing(const ValuePool& pool, const Fact& fact);
bool asks_for_presence(const ValuePool& pool, const Fact& fact);
// The effect is made of what was fetched by something of the event, and the function takes such
// things away: once all is done, a second delivery finds nothing to do it with.
bool consumes_input(const Project& project, const LambdaFunction& function, const Effect& effect);
// Whether it is done for what is found in a database, by something other than the event, and the
// function sets there what it has done: a second delivery may find nothing to do.
bool takes_found_work(const Project& project, const LambdaFunction& function, const Effect& effect);
// An operation that only asks, by its name.
bool only_reads(const Operation& operation);
// What a table, database or bucket has answered: which rows it is hangs on what was asked, what
// stands in them does not.
bool is_stored_data(const ValuePool& pool, ValueId value);
// Whether a call was given all that a key is made of, in whichever form its library takes that.
bool is_given(const ValuePool& pool, ValueId call, ValueId key);
// That a database was asked for something of the event, and the answer is another once the event
// was handled.
bool reads_a_mark(const Project& project, const LambdaFunction& function, const Fact& fact);
// That tables were asked for something of the event in which the function itself leaves nothing: a
// second delivery finds the same there, unless others have changed it.
bool asks_what_others_keep(const Project& project, const LambdaFunction& function, ValueId test);
// An update whose filter the update itself ends: `findOneAndUpdate({state: "new"}, {$set: {state:
// "begun"}})`. A second one finds nothing to change.
bool ends_its_own_filter(const ValuePool& pool, const Effect& effect);
// The object that the event names is read before, and removed at last: a second delivery that comes
// when the first is done finds nothing, as where a mark is set last.
bool ends_with_input_taken(const ValuePool& pool, const LambdaFunction& function,
                           const Effect& effect);
// The object that the event names is read and then removed before the effect: a second delivery has
// nothing to read, and fails there.
bool takes_input_away(const ValuePool& pool, const LambdaFunction& function, const Effect& effect);
// An object that the event names is copied elsewhere and then removed: a second delivery has
// nothing to copy, and fails there.
bool takes_source_away(const ValuePool& pool, const LambdaFunction& function, const Effect& copy);
// That a statement about the event has found no row of it: an insert that passes over what is
// there, by what it says; a question, by finding nothing.
bool finds_no_row(const Project& project, const LambdaFunction& function,
                  const DeliverySource& source, const Fact& fact);
// An insert under a key of the event, the failure of which is known to say that the row is there;
// or a request with an id of the event, of which the service may say that it had it before.
bool marks_by_insert(const Project& project, const LambdaFunction& function,
                     const DeliverySource& source, const Effect& effect);
// An insert of a row whose key, as the project's own DDL has it, is made of the event.
bool fails_when_repeated(const Project& project, const LambdaFunction& function,
                         const DeliverySource& source, const Effect& effect);
// Whether the function makes such an insert by that operation.
bool follows_marking_insert(const Project& project, const LambdaFunction& function,
                            const DeliverySource& source, std::string_view operation);

// Judges an effect that a second delivery would repeat; nothing where anything guards it.
std::optional<RepeatedEffect> unguarded(const Project& project, const LambdaFunction& function,
                                        const DeliverySource& source, const Effect& effect,
                                        KeptLists& lists, Findings& findings);
// What becomes of what the function sends, where that is all that it does.
enum class Handed : std::uint8_t { No, ToUnknown, ToHarm, Harmlessly };
void report_missing(const Project& project, const LambdaFunction& function,
                    const DeliverySource& source, const std::vector<RepeatedEffect>& effects,
                    std::uint8_t uncertainty, Handed handed, Findings& findings);

// Effects that a second delivery repeats, and what was meant to stop that.
void idempotency_effects(const Project& project, const RelationsTo& relations,
                         Findings& findings);
// Libraries' layers around what an invocation does.
void idempotency_layers(const Project& project, const RelationsTo& relations, Findings& findings);
// Tables in which the code itself remembers what it has handled.
void idempotency_marks(const Project& project, const RelationsTo& relations, Findings& findings);

}  // namespace fnlint
