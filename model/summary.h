// Function summaries: the steps that a body takes, each with its path condition, and what holds
// when it returns.
#pragma once

#include "model/code.h"
#include "model/value.h"

#include <vector>

namespace fnlint {

using ModuleId = Id<struct ModuleTag>;

// A function of the project's code.
struct FunctionRef {
  ModuleId module = {};
  FunctionId function = {};
  friend auto operator<=>(const FunctionRef&, const FunctionRef&) = default;
};
constexpr std::uint64_t pack(FunctionRef ref) {
  return (static_cast<std::uint64_t>(ref.module.index) << 32U) | ref.function.index;
}
constexpr FunctionRef unpack(std::uint64_t ref) {
  return {ModuleId{static_cast<std::uint32_t>(ref >> 32U)},
          FunctionId{static_cast<std::uint32_t>(ref)}};
}

// What a body does, control flow folded away, in evaluation order.
enum class StepKind : std::uint8_t {
  Effect,  // a library call that a model knows: `model`, `arguments`
  Call,    // a call whose callee is not known yet: `subject` is the callee, `arguments`; settled by
           // substitution
  Store,   // `subject` (Global, Field or Object place) takes `value`; `text` is how
  Read,    // of the event, the context or the environment: `value`
  Raise,
  Make,    // a library makes an object that is meant to be kept (a client, a session, a pool):
           // `value`, `arguments`; `library`, none for one of a family
  Work,    // takes its time and is no operation: what `library` says, or a client's request
  Start,   // leaves something running: `library` where a row says so, else a task that is dropped;
           // `subject`: the object that it is asked of, where it is a method of one
  Wait,    // for what was started: `library`, none for what takes from a channel; or tells who
           // waits, where its row `completes`
  Guard,   // a layer that stops repetitions is entered: `value` is what it was told ("guarded")
  Return,  // of the function itself, at one of its returns: `value`
  Sink,    // what is given where it may do harm if a stranger chose it: `value`; `key`: the kind, a
           // Text of a row's `sink`, or what the value is clean of from there on
  Request,  // asks AWS for something that no row of operations() describes, or signs an address for
            // later: `value`: the path of what is called, a Text; `subject`: the client
  Find,     // reads a module variable or a field that functions assign: `subject`; none: it is not
            // known which variable; absent: nor which field; member(absent, name): of which object
};
enum StepFlags : std::uint32_t {
  kInLoop = 1,
  kUnderTest = 2,  // some test must hold that is not about the loop
  kResultUnused = 4,
  kErrorsDropped = 8,
  kErrorsLogged = 16,      // dropped, but that they are written to a log
  kDetached = 32,          // left running: Start, and each step of a task that nobody takes;
                           // Find: by what the call at `at` leaves running,
                           // or calls back later
  kUnderUnknownTest = 64,  // a test among them could not be read
  kInInit = 128,           // runs while the module is loaded
  kGuessed = 256,          // an operation known by its method's name alone
                           // Find: by a call that nobody knows, which may not read it
  kGivenCallback = 512,    // Start: a callback is told of the end; Call: it is called back later
  kInSnapshot = 1024,      // in what runs before a snapshot of the initialised environment is taken
  kInRestore = 2048,       // in what runs after one is restored
  kStaleRead = 4096,       // Store: of what was read before the function waited for something else
  kManyAtOnce = 8192,      // in a function of which several run at once
  kAbsenceExpected = 16384,  // Read: what is not there has a default or is asked for
  kAbsenceFails = 32768,     // Read: what is not there raises, there or by a test of it
  kWaitedFor = 65536,   // Call: who makes it waits for what it starts, as a promise's executor does
  kSetBefore = 131072,  // Find: on every path the same invocation has assigned it
  kWhole = 262144,      // Find: where all that it holds may be read
  kInHook = 524288,     // Store: in what a server runs before and after an application's events
  kPaused = 2097152,    // Find: of an asynchronous function, behind its first wait
                        // Call: who waits for it waits for its own tasks alone
  kCompletes = 4194304,        // Start: completes by hand what somebody may wait for
  kTellsDuplicates = 1048576,  // Effect: what answers its failure knows that of a row already
                               // there, or of a request that the service had before
  kErrorsPass = 8388608,    // Effect: nothing on the way from the handler answers its failure
  kTriedAgain = 16777216,   // Effect: done again by a loop of the code's own where it fails
  kBesideError = 67108864,  // Return: an error is given with it, which takes its place
  kAtLast = 134217728,      // Store: done however what is before it ends (`finally`)
  kLocked = 536870912,      // Store: others that take the same lock wait for it
  kBesideTasks = 33554432,  // Effect, Work: in an asynchronous function that runs beside others
  kPerhapsElsewhere = 1073741824,  // Effect: its client is given another address on some path
  kInRoute = 268435456,            // Effect: in what is registered with a library that calls it
  kErrorsReturned = 2147483648,    // dropped or logged, but that what the handler returns may tell
};

// One call on the way from the summarised function down to the step: for the path that a finding
// shows.
struct CallSite {
  ModuleId module = {};
  OpId op = {};
  friend auto operator<=>(const CallSite&, const CallSite&) = default;
};
constexpr std::uint64_t pack(CallSite site) {
  return (static_cast<std::uint64_t>(site.module.index) << 32U) | site.op.index;
}
constexpr CallSite unpack_site(std::uint64_t site) {
  return {ModuleId{static_cast<std::uint32_t>(site >> 32U)},
          OpId{static_cast<std::uint32_t>(site)}};
}

// How state is changed by a Store.
enum class StoreKind : std::uint8_t {
  Assign,
  SetIfAbsent,
  Update,
  Append,
  PutKey,
  Remove,
  Clear,
  Delete
};

struct Step {
  StepKind kind{};
  StoreKind store{};
  bool unsettled = false;  // Store: a task that nothing has waited for yet, nor answers its failure
  std::uint32_t flags = 0;
  std::uint32_t model = UINT32_MAX;  // Effect: row of tables::operations()
  std::uint32_t library =
      UINT32_MAX;                  // Effect: row of tables::library_models(), where one was used
  CallSite at = {};                // the call or assignment itself
  std::vector<CallSite> via = {};  // outermost first; empty: in the summarised function itself
  ValueId subject = {};            // Effect: the receiver; Call: the callee; Store: the place
  ValueId key = {};                // Store PutKey, Remove: the key
  ValueId value = {};  // Store: what is stored; Find: where it is set before, in question;
                       // Start: of a task that other ways wait for, the return (or, at the end, the
                       // call itself)
  ValueId arguments = {};          // Record: "0", "1", ... and names
  ValueId rounds = {};  // of the loops around it, as often as they go round at most; not all known
  std::vector<Fact> holds = {};  // sorted; hold on every path to it
  std::vector<ValueId> sets =
      {};  // Call: sorted; variables and fields that every path to it assigns
};

// Which limits left out a part of what is done.
enum CutFlags : std::uint8_t {
  kCutSteps = 1,  // kSummarySteps of one function
  kCutCalls = 2,  // kPathCalls up to a caller, or kCallDepth of calls that wait for their callees
  kCutParts = 4,  // parts of what a function returns
};

// What a body calls that is neither followed nor described: nobody knows what it does.
struct Unfollowed {
  StringId callee = {};  // the library, as the code names it
  CallSite at = {};      // the first such call
};

struct Summary {
  std::vector<Step> steps = {};
  ValueId returned = {};             // joined over the returns
  std::vector<Fact> on_return = {};  // hold whenever it returns
  std::vector<ValueId> sets = {};    // sorted; variables and fields that are assigned then
  std::uint8_t uncertainty = 0;
  std::uint8_t cut = 0;  // CutFlags
  bool returns = true;
  bool task = false;  // what it returns must be awaited
  std::vector<Fact> task_holds = {};  // hold wherever it waits for something, or returns a task
  std::vector<Unfollowed> unfollowed = {};  // each callee once, sorted
};

}  // namespace fnlint
