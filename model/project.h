#pragma once

#include "model/code.h"
#include "model/code_fault.h"
#include "model/finding.h"
#include "model/resources.h"
#include "model/summary.h"
#include "model/value.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The linked project, which checks and policies judge: functions with what they do, and all that is
// known of them.
namespace fnlint {

class ValuePool;

// One source file of a code unit.
struct ModuleInfo {
  FileId file = {};
  const CodeFacts* facts = nullptr;
  std::uint32_t unit = 0;
  bool aside = false;  // not deployed with the unit's functions, as far as that is known
};

// Whether the function's role lets it make a call. Unknown: the role, the target or a condition is.
enum class Permission : std::uint8_t { Unknown, Allowed, Missing };

// The list that a call of an SDK is given: how long it may be where it is cut from a longer one, as
// by `rows.slice(i, i + 25)` or in a round over `chunk(rows, 25)`.
struct SliceSize {
  std::int64_t most = 0;       // 0: it is no such list
  bool by_name = false;        // what cuts it is only known by its name
  bool written = false;        // it stands there with all that its entries have
  bool perhaps_empty = false;  // it is filled on some ways alone, and nobody asks whether it is
};

// Where the content of the answer to a request is used as if the request had succeeded: nothing
// that is seen looks at the status, at what the content says of an error, or fails without what is
// wanted of it. No place: there is none, or not all that becomes of it is known.
struct UncheckedAnswer {
  Span used = {};
  bool parsed = false;  // what is no JSON raises before
  bool unseen = false;  // nobody uses it, nor looks at what it says, but in a log
  bool held = false;    // what raised there would come to a handler that does nothing about it
  [[nodiscard]] bool is_asked() const { return !unseen && !used.file.exists(); }  // or may be
};

// What of an error decides something, though the errors of its SDK do not have it.
struct MisreadError {
  std::string field = {};  // empty: there is nothing of that kind
  std::string value = {};  // that it is compared with
  std::uint8_t uncertainty = 0;
  Span where = {};
};

// What a function's code does to the world beyond it, with everything put in that its template
// says.
struct Effect {
  std::uint32_t operation = UINT32_MAX;  // row of operations()
  ResourceId target = {};                // none: not known, or outside the project
  ValueId target_value = {}, key = {};
  ValueId arguments = {};  // Record of the operation's members
  // The same where some of it is one of several things: each still under the tests that choose it.
  ValueId chosen_key = {}, chosen_arguments = {};
  ValueId rounds = {};           // of the loops around it, at most; no id: of none, or not known
  std::vector<Fact> holds = {};  // on every path to it, in terms of the event
  std::uint8_t uncertainty = 0;     // of the path to it and of its target
  std::uint32_t flags = 0;       // StepFlags
  std::string receiver = {};     // library path of the object that was asked ...
  ValueId object = {};           // ... and that object
  // Of what adds a listener: the object, and what is added, were made while the modules loaded.
  bool object_lasts = false, key_lasts = false;
  std::uint32_t library = UINT32_MAX;  // row of library_models(), where one described the call
  // What is read of what the call gives: a List of the members' names, open where it goes on to
  // where that is not seen. None: nothing reads it.
  ValueId result = {};
  bool members_whole = false;  // of `arguments`: they stand in the code, and nothing adds to them
  std::uint32_t parameters = UINT32_MAX;  // of a request: row of sdk_parameters()
  SliceSize entries = {};                 // of an operation that takes so many at most
  Permission permission{};
  std::string missing_action = {};  // Missing: the IAM action ...
  ResourceId missing_on = {};       // ... and what for, where that is not `target`: what is copied
  std::size_t order = 0;            // of the step within the invocation
  Span lost_in = {};  // the try in whose handler its errors are lost, where that is one ...
  Span taken_away_by =
      {};  // ... and the exit of its last part that takes them away, where one does
  bool lost_on_purpose = false;  // ... and a comment there says that this is meant
  // ... and all that is done afterwards is done just so where it has succeeded.
  bool lost_unseen = false;
  UncheckedAnswer unchecked = {};  // of a request
  bool error_asked =
      false;  // of an invocation: its answer is asked for what tells of an error, or may be
  bool ends_loop = false;     // an error of it is taken, but around a loop that it stands in
  Span missing_used = {};     // what is not there where nothing was found is used as if it were
  MisreadError misread = {};  // where an error of it is answered
  std::vector<std::uint32_t> never_by = {};  // rows of Stacks::relations: triggers of the function
                                             // whose events never come as far
  Span where = {};
  std::vector<PlacedText> path = {};  // calls from the handler down to it
};

// What an invocation reads of what earlier ones left in a module variable.
enum class ResidualRead : std::uint8_t {
  Unknown,   // it is no such variable, or not all that reads it is known
  NotRead,   // nothing that is known reads the variable
  OnlyKept,  // nothing that runs does anything with what it holds but add to it
  Replaced,  // it is read, and always behind an assignment of the same invocation
  Perhaps,   // it is read, behind an assignment or not: what decides that is not known
  Merged,    // it is read, and always where the same invocation has put entries into it before
  Read,      // some path reads what was there
};

constexpr bool may_be_read(ResidualRead left) {
  return left == ResidualRead::Perhaps || left == ResidualRead::Merged ||
         left == ResidualRead::Read;
}

// A change of something that lives longer than one invocation.
struct StateChange {
  StoreKind how{};
  ValueId place = {};  // Global, Object, Library (process.env) or member/index of one
  ValueId key = {}, value = {};
  ValueId initial = {};                // what the initialiser leaves there, where that is known
  bool holds_client = false;           // its declared type says so: a library's client
  bool of_logger = false;              // ... or, of what it is a part of: a library's logger
  std::uint32_t library = UINT32_MAX;  // row of library_models(), where one describes the call
  std::string name = {};               // as the code names it: "history", "Cache.items"
  std::vector<Fact> holds = {};
  bool unsettled = false;                 // a task, whose failure would be kept with it
  bool of_request = false;                // what is stored depends on the event or the context
  ResidualRead left = ResidualRead::Unknown;  // of the variable that the place is a part of
  std::vector<Span> read_by_pending = {};    // calls of LambdaFunction::left that read it
  bool read_before = false;  // something that the handler did before depends on what was there
  bool found_new = false;    // Assign: what depends on it afterwards always finds this value
  std::uint32_t flags = 0;
  std::uint8_t uncertainty = 0;  // of the way to it: what variables of the template leave open
  std::size_t order = 0;      // of the step within the invocation
  Span where = {};
  std::vector<PlacedText> path = {};
};

// Unseen: something else may use it, an annotation or another module.
enum class ImportUse : std::uint8_t { Never, Unseen, SomePaths, EveryPath };
// A package that is loaded while the function initialises.
struct InitImport {
  std::string path = {};                // "pandas", "aws-sdk", "googleapiclient.discovery"
  std::string symbol = {};              // the imported name, "*" for the whole package
  std::vector<std::string> names = {};  // all that is used of it by name; none: not known
  ImportUse use{};
  bool effect_only = false;
  bool in_bundle = false;  // its package's own files are not deployed
  bool may_be_in_bundle = false;
  bool on_branch = false;  // it stands in a part of a branch
  bool by_name = false;    // a bundle, where there may be one, can do with what is used of it
  Span where = {};
  std::vector<PlacedText> chain = {};  // imports from the handler's module down to it
};

// An import inside of a function that saves no cold start anything.
struct DeferredImport {
  std::string path = {};
  Span where = {};
  Span loaded_at = {};  // where the same package is loaded with its module; none: the function is
                        // called while the modules load
};

// What a file of the project says of the versions of a language that it is made for.
struct VersionDemand {
  std::string words = {};  // "engines.node"
  std::string range = {};  // as written
  bool pinned = false;     // one version that developers use, no range
  bool own = false;        // it lies where the function's code lies, and not in a folder above
  Span where = {};
};

struct CodeImports;  // model/package.h
struct LostModule;
struct PackageSurroundings;
struct Package;

// Listed: nothing is there to be measured, but a lock file or manifest says what will be.
enum class SizeSource : std::uint8_t { Unknown, Zip, Folder, Listed };
struct ContentSize {
  SizeSource source{};
  std::uint64_t bytes = 0;      // unzipped, as measured
  std::uint64_t estimated = 0;  // what is not there yet and is added: from manifests and tables
  std::uint64_t zipped = 0;
  std::string reason = {};  // Unknown: why
  std::vector<std::pair<std::string, std::uint64_t>> largest =
      {};  // entries of the first level, largest first
};
struct LayerUse {
  ResourceId layer = {};  // none: outside the project
  ValueId value = {};
  ContentSize size = {};
  std::shared_ptr<const Package> package = {};  // none: its content is not known
};

// What the project does not have of a handler that a template names. Code: where its code lies is
// not known, or no such code is read; Form: no handler of its runtime looks like that.
enum class ResolutionFailure : std::uint8_t { None, Code, Form, File, Class, Function };
// When a call runs: once for each event; while the modules are loaded; while the runtime makes the
// handler's object; in what was registered to run before a snapshot, or after it is restored.
enum class CallPhase : std::uint8_t { Invocation, Load, Construct, Snapshot, Restore };
// A call on the handler's paths, or one that runs before the first of its events.
// Of a connection that a function opens: whether it closes it again, as far as its code says.
enum class Closing : std::uint8_t { Unknown, Closed, LeftOpen };
struct CodeCall {
  CallPhase phase{};
  Closing closing{};
  std::uint32_t library = UINT32_MAX;            // row of library_models(), where one describes it
  std::uint32_t operation = UINT32_MAX;          // row of operations()
  std::string name = {};                         // as the code spells it: "db.send"
  ValueId value = {}, key = {}, arguments = {};  // of an operation: what its target and key select
  ValueId rounds = {};                           // as of an effect
  std::vector<Fact> holds = {};
  std::uint8_t uncertainty = 0;
  std::uint32_t flags = 0;  // StepFlags
  // Of a task that other ways wait for: where the function returns on this one; `where`: at its
  // end. Of a search: where the result is used as if something had been found.
  Span left_at = {};
  // Of an operation while the modules are loaded: as of an effect.
  ResourceId target = {};
  Permission permission{};
  std::string missing_action = {};
  Span where = {};
  std::vector<PlacedText> path = {};  // calls from the handler, or imports from its module, to it
  bool of_handler = false;            // while the modules are loaded: in the function's own handler
};

// A right that a layer needs where it remembers, and the role does not give: what for, and which.
struct MissingRight {
  std::string purpose = {};  // "records", "completes", "forgets", "looks_up"
  std::string action = {};   // "dynamodb:PutItem"
};
// A library's layer that stops repetitions, around the handler or something that it calls.
struct Safeguard {
  std::uint32_t library = UINT32_MAX;  // row of library_models()
  ValueId told = {};       // Record: what `tells` of the row names: "key", "expiry", "table"
  ValueId layer = {};      // which of all that were made
  ValueId arguments = {};  // what the function inside is called with
  ResourceId table = {};   // where it remembers; none: not known, or outside the project
  std::vector<MissingRight> missing_rights = {};
  std::uint8_t uncertainty = 0;
  // What calls it is a library that got it while the modules loaded: `holds` has nothing of the
  // handler.
  bool by_library = false;
  std::vector<Fact> holds = {};
  Span where = {};                    // the decorator or the call that wraps
  Span called = {};                   // the call of what is wrapped; none: the runtime's own
  std::vector<PlacedText> path = {};  // calls from the handler to it
};

// What code reads of what it is given: a hole of the event, the context or the environment.
struct InputRead {
  CallPhase phase{};
  ValueId value = {};
  bool absence_expected = false;  // has a default, or is read where a test asks for it
  bool given_by_code = false;     // of the context: code of the project puts it there
  std::vector<Fact> holds = {};
  std::uint8_t uncertainty = 0;
  std::uint32_t flags = 0;  // StepFlags
  Span where = {};
  std::vector<PlacedText> path = {};  // calls from the handler, or imports from its module, to it
  Span left_at = {};  // a list: where the loop over it, which is left in its first round, is left
  // `event.get("a", {})["b"]`: where what is read is used as if it could not be null, for which the
  // default is not given.
  Span null_used = {};
};
// What the handler gives back at one of its returns.
struct ReturnedValue {
  ValueId value = {};
  std::vector<Fact> holds = {};
  std::uint8_t uncertainty = 0;
  bool beside_error = false;  // an error may be given with it, and then this is not sent
  Span where = {};
  // Parts of it, as they are written, that the runtime cannot make JSON of: what each is.
  std::vector<PlacedText> unserializable = {};
  // The handler of errors of a loop that goes on behind it, by whose failures alone a list in it is
  // filled.
  Span goes_on_after = {};
  Span skips_rest_of = {};  // the loop over the event's records that ends with it
  // It answers a failure in what goes over elements and answers those of each itself.
  bool behind_caught_rounds = false;
  std::vector<std::uint32_t> never_by = {};  // as of an Effect
};
// Where a loop over the event's records is left for one of them: the others are not looked at.
struct LeftRecords {
  Span where = {}, loop = {};
};
// What initialisation leaves in a variable for all invocations that come after it, and every
// environment made of one snapshot shares.
struct InitValue {
  Origin origin{};  // Clock; of a snapshot also Fresh or Secret
  std::string name = {};
  ValueId value = {};
  bool read_later = false;  // an invocation reads it
  Span where = {};
  std::vector<PlacedText> path = {};
};
// What one statement of a role, or one policy by its name, allows and nothing needs: neither code
// nor the platform in the name of a function that has the role.
struct UnusedRight {
  ResourceId role = {};
  std::vector<std::string> actions = {};   // as written, in their order
  std::vector<ResourceId> functions = {};  // that have the role
  bool all = false;                        // all that it allows, but for what is never unused
  bool policy = false;  // a policy by its name: one of its actions is not written anywhere
  // A policy template, or a method that grants, that allows what is used of this one.
  std::string narrower = {};
  // Those of its resources that nothing is done to: the actions are used, on others.
  std::vector<ResourceId> untouched = {};
  std::uint8_t uncertainty = 0;
  Span where = {};  // of the statement, else of the first of the actions or resources
};

// Something that not every version of the runtime has.
struct VersionUse {
  std::string name = {};  // "match", "tomllib", "aws-sdk"; of a target: ".NET 8", "Java 21"
  std::string since = {}, until = {}, remedy = {};
  std::string option = {};  // of the runtime's options variable, that brings it all the same
  bool syntax = false;      // the file cannot even be loaded
  bool package = false;     // brought by the runtime, and not by the function
  bool target = false;      // what the sources are compiled for; `remedy` says where that stands
  std::uint8_t uncertainty = 0;
  Span where = {};
};

// A handler of errors around all that an invocation does, which only writes them to a log, or does
// nothing at all, so that the invocation ends well.
struct LostRun {
  Span handler = {};
  bool logged = false;
  bool gives_nothing = false;  // the handler's function gives nothing on any way
  bool last_alone = false;     // of the last call's error alone, which stands there
};

// What fails in a module that the function loads.
struct CodeFault {
  CodeFaultKind kind{};
  std::string name = {};     // but for Syntax
  std::string message = {};  // of the syntax error
  std::string owner = {};    // MissingMember: the module as it is imported, or the class
  bool of_class = false;
  bool imported = false;  // ... by name
  ArgumentFault fault{};
  std::string argument = {};           // that is missing, or unknown
  std::uint32_t takes = 0, given = 0;  // TooMany
  UnboundBy unbound{};
  bool in_loop = false;        // Unbound: the value of an earlier round may be there instead
  bool while_failing = false;  // ... it is read in a handler, or in a part that runs at the end
  bool is_null = false;        // ... it is null, None or undefined there, and a part is asked of it
  bool is_list = false;  // NullUsed: it is an empty list, and an entry of a name is asked of it
  Range cause = {};      // Unbound: the try or the branch
  // NullUsed: the return of null; LateTest, ErrorLogged: the test; NoResult, EmptyAnswer: the call;
  // KeyEscapes: the try in the loop; KeyTwice: the first one
  Span elsewhere = {};
  bool at_load = false;  // it is reached while the module loads
  std::uint8_t uncertainty = 0;
  Span where = {};
  std::vector<PlacedText> path = {};  // imports from the handler's module to it
};

// When the platform takes an invocation to be over.
enum class Completion : std::uint8_t {
  Unknown,
  AtReturn,  // the handler has returned, or what it returned is settled
  AtOnce,    // the handler has returned, though it gives no promise: newer runtimes alone
  WhenIdle,  // nothing is left running
};

// Why the runtime cannot find or call what the template names.
enum class HandlerFault : std::uint8_t { None, Form, NoFile, NoClass, NoSymbol, NoFunction };
struct HandlerProblem {
  HandlerFault fault{};
  std::string wanted = {};              // the file or the name that is missing, or the handler
  std::string form = {};                // that handlers have
  std::vector<std::string> known = {};  // of the same kind, that are there
  std::uint8_t uncertainty = 0;
};

// The function that the runtime calls, as its source declares it.
struct CalledFunction {
  bool known = false;  // the runtime calls that very function: no decorator or wrapper before it
  std::string name = {};
  std::uint8_t flags = 0;               // FunctionFlags
  std::size_t least = 0, most = 0;      // positional arguments that it takes ...
  bool any = false, any_named = false;  // ... and any further ones
  std::vector<std::string> parameters = {};
  // Of a method that the runtime finds by the names of its class and itself: the types of the
  // parameters of each of that name, by their last words.
  std::vector<std::vector<std::string>> overloads = {};
  bool overloads_known = false;
  bool gives_nothing = false;    // by its declared type
  std::string type = {};         // its class ...
  std::uint32_t type_flags = 0;  // ... with its ClassFlags
  bool of_object = false;        // the runtime makes an object of the class
  bool by_interface = false;     // the handler names the class alone ...
  bool implements = true;        // ... and that is of a type that the runtime calls
};

// A function with everything that is known of it.
// A part of what a function's code does that is not known.
enum class UnknownPart : std::uint8_t {
  Library,   // a function or base class of a library that no row describes
  Callee,    // a call of what is not known
  Module,    // a module of the project that is not found
  Computed,  // modules whose names the code computes
  Syntax,    // a file that could not be read whole
};
struct NotFollowed {
  UnknownPart part{};
  // The library's function, the callee, the module, how a computed name begins; "": its place says
  // it.
  std::string what = {};
  Span where = {};
  friend auto operator<=>(const NotFollowed&, const NotFollowed&) = default;
};

// A call by which a handler tells its callback, or the context in its place, that it has finished;
// and what stands behind it on the same way.
struct CallbackAnswer {
  Span where = {};
  bool late = false;   // in a function that nothing waits for
  bool waits = false;  // it is sent when nothing is left running: no error, and not by the context
  Span again = {};     // another such call
  Span returned = {};  // a return of something else
  std::vector<Span> calls = {}, awaits = {};
};

// What the clients of a function's code act as: its role; perhaps, where an address of their own is
// given on some paths alone; or something else.
enum class ActsAs : std::uint8_t { Role, PerhapsRole, Other };

struct LambdaFunction {
  std::uint32_t declared = 0;  // row of Stacks::functions
  ResourceId resource = {};
  std::string name = {};  // logical id
  Language language{};
  std::string runtime = {};   // "" when it is not one known text
  bool resolved = false;      // the handler's function was found
  // ... in code that something weaker than the template's words led to; by what
  std::vector<Guess> guesses = {};
  FunctionRef handler = {};
  std::string unresolved = {};  // why not
  ResolutionFailure lack{};           // what is missing ...
  std::string looked_for =
      {};                      // ... by its name in the code: "app.py", "com.example.App", "handle"
  std::string looked_in = {};  // the folder (of a file or class) or file (of a function)
  Span handler_where = {};     // the handler's name in its definition
  std::vector<std::string> event_types =
      {};  // of the handler's first parameter, as the code names them
  std::vector<Effect> effects = {};
  std::vector<Effect> unknown_calls = {};  // writes of a known operation whose target is not known
  // What it asks AWS for beside these, wherever in its code: operations that no row describes, and
  // addresses that it signs for later. `receiver` is the path of what is called; `operation` may be
  // none.
  std::vector<Effect> requests = {};
  std::vector<StateChange> changes = {};
  std::vector<InitImport> imports = {};
  std::vector<DeferredImport> deferred_in_vain = {};
  std::uint8_t cut = 0;  // CutFlags: not all that its code does is known
  // What else of it is not known: each part once, sorted. None and no cut: all that it does is
  // known.
  std::vector<NotFollowed> not_followed = {};
  HandlerProblem handler_problem = {};
  CalledFunction called = {};
  Completion completion{};
  std::vector<CodeCall> made = {};  // objects that are meant to be kept, made by an invocation
  std::vector<CodeCall> left = {};  // what an invocation may leave running ...
  std::vector<std::uint32_t> waits = {};  // ... and the rows of library_models() whose calls wait
                                          // for such; UINT32_MAX: takes from a channel
  std::vector<CodeCall> init_work = {};   // what takes time while the modules are loaded
  std::vector<CodeCall> work = {};        // what takes time on the handler's paths
  std::vector<CodeCall> exits = {};       // calls that end the process
  std::vector<CallbackAnswer> answers = {};  // where the handler's own code tells its callback
  // The library's function around the handler that may tell the callback, as a row of
  // library_models(), and the version of its package that the nearest manifest asks for.
  std::uint32_t called_back_by = UINT32_MAX;
  std::string wrapper_version = {};
  bool gives_task = false;      // it is asynchronous, or returns a promise
  bool may_leave_loop = false;  // its code tells the runtime not to wait until nothing is left
  std::vector<CodeCall> made_at_init = {};  // objects that are meant to be kept
  // What is given where it may do harm, `value`, and what it is clean of afterwards; `key`: a Text,
  // as of StepKind::Sink.
  std::vector<CodeCall> sinks = {};
  // Variables of the process that it gives another value, `name` each and `value`.
  std::vector<CodeCall> variables_set = {};
  ActsAs all_clients{};  // by what its code gives to all of them
  std::vector<InitValue> init_values = {};
  std::vector<InputRead> reads = {};
  std::vector<std::string> image_variables = {};  // that the Dockerfile of its image sets
  bool image_known = false;  // ... which are all: its base image is Lambda's own
  bool never_loads = false;  // its modules surely raise for a variable that it does not have
  bool reads_known = false;  // nothing else is read: no code that is not understood gets the input
  std::vector<ReturnedValue> returns = {};
  std::vector<ReturnedValue> dropped_returns =
      {};  // with each an error is given, and it is not sent
  std::vector<LeftRecords> left_records = {};
  bool returns_known = false;  // these are all, and nothing that wraps the handler changes them
  std::vector<Safeguard> safeguards = {};
  // Where calls stand that values of its effects and safeguards come from, by `ref`; sorted.
  std::vector<std::pair<std::uint64_t, Span>> value_sites = {};
  std::vector<VersionUse> versions = {};
  std::vector<VersionDemand> demands = {};
  std::vector<CodeFault> code_faults = {};
  std::vector<LostRun> lost_runs = {};
  ContentSize size = {};
  std::vector<LayerUse> layers = {};
  std::shared_ptr<const CodeImports> libraries = {};  // none: its code was not read
  std::shared_ptr<const Package> package = {};        // none: nothing is known of its content
  std::shared_ptr<const std::vector<LostModule>> lost_modules = {};  // none: all seem to be there
  std::shared_ptr<const PackageSurroundings> around = {};  // none: nothing seems to be missing
};

// How one event gets from one node to the next.
enum class EdgeKind : std::uint8_t { Trigger, Effect, Forward, FailureForward };
struct CycleStep {
  EdgeKind kind{};
  ResourceId from = {}, to = {};
  std::uint32_t function = UINT32_MAX;  // Effect: row of Project::functions
  std::uint32_t effect = UINT32_MAX;    // Effect: row of its effects
  std::uint32_t relation = UINT32_MAX;  // others: row of Stacks::relations
  Span where = {};
  std::string why = {};  // what was asked on the way along it, and the answer
};
// A chain of events that returns to its start.
struct Cycle {
  std::vector<CycleStep> steps = {};  // begins with a trigger, where it has one
  std::uint8_t uncertainty = 0;
  bool denied = false;               // the role does not allow one of the writes
  bool by_permission = false;        // rests on what the role allows, not on a call that was read
  bool stopped_by_platform = false;  // recursion detection covers every hop
  bool allowed = false;              // RecursiveLoop of all its functions is Allow
  std::vector<ResourceKind> services = {};  // that count for the choice of the rule, sorted
};

// Where a chain of events ended that an effect began, so that it is no cycle.
struct ChainEnd {
  std::uint32_t function = UINT32_MAX, effect = UINT32_MAX;  // rows of what began it
  std::vector<ResourceId> path = {};  // the resources that the event came to, the effect's first
  std::string why = {};               // which filter, guard or write ended it
  Span where = {};                    // of that
};

// A text in code that looks like a credential.
struct SecretLiteral {
  std::string kind = {};      // row of the table of known forms; "" by its name and entropy
  std::string name = {};      // of the variable, field or argument that takes it
  std::string given_to = {};  // the call that takes it as what its name is, as the code spells it
  std::uint32_t text = 0;     // the same number where the same text stands
  std::optional<std::int32_t> last_day = {};  // it is good until then, since 1970-01-01
  std::uint8_t uncertainty = 0;
  bool beside_code = false;  // in a pipeline, a script, settings or a state
  Span where = {};
};

// Columns of a table that together stand there once, in lower case: a second row with the same is
// refused.
struct UniqueKey {
  std::string table = {};
  std::vector<std::string> columns = {};
};

// The linked model of a run: what checks read. Immutable once made.
struct Project {
  const ValuePool* pool = nullptr;
  Stacks stacks = {};
  std::vector<ModuleInfo> modules = {};
  std::vector<LambdaFunction> functions = {};
  std::vector<Cycle> cycles = {};
  std::vector<ChainEnd> chain_ends = {};  // only where they are asked for
  std::vector<UnusedRight> unused_rights = {};
  std::vector<UniqueKey> unique_keys = {};          // where functions insert rows
  std::vector<SecretLiteral> secret_literals = {};  // of all files that a function's code reaches
  std::vector<Unresolved> unresolved = {};
  std::vector<LocatedProblem> problems = {};
};

}  // namespace fnlint
