// The library models: what operations of services and calls of libraries do, need and give.
#pragma once

#include "model/code.h"
#include "model/resources.h"

#include <span>
#include <string_view>

namespace fnlint {

// Whether doing an operation twice for one event leaves the world as doing it once would.
enum class Repeat : std::uint8_t {
  Same,     // reads, deletes, full overwrites
  Differs,  // sends, publishes, charges, counters
  ByKey,    // the same when the key (and for items: what is stored under it) comes from the event
  ByExpression,  // DynamoDB update and PartiQL: ADD, x = x + :n and list_append differ
  ByName,        // the same when the member named in `repeat_members` is given from the event
  BySql,         // the statement's text decides
  Batch,         // a list of writes (`key`): each entry's kind decides
  ByMethod,      // HTTP: GET, HEAD, OPTIONS, PUT and DELETE are the same, all else differs
  ByEntries,     // an update of a document: differs where it has entries named as in `adding`
};

// What a call does to the world beyond the function: AWS operations, and those of other services
// that matter.
struct Operation {
  std::string_view id = {};       // "s3.PutObject", "stripe.Charge"
  std::string_view service = {};  // "s3"
  ResourceKind target_kind = {};  // what `target` names; Other: nothing of a template
  std::string_view target =
      {};  // selector among the operation's members: "Bucket", "TopicArn|TargetArn"
  std::string_view key = {};  // selector of what is written inside the target: "Key", "Item"
  std::span<const std::string_view> events =
      {};  // what it causes, any of them: "s3:ObjectCreated:Put"
  std::span<const std::string_view> actions = {};  // IAM actions that it needs: "s3:PutObject";
                                                   // "a|b": one of these
  Repeat repeat = Repeat::Same;
  std::span<const std::string_view> repeat_members =
      {};              // tokens that make repetition safe: "ClientRequestToken"
  bool grave = false;  // a repetition costs money or reaches people: payment, e-mail, SMS, counter
  bool failure_is_skip =
      false;  // where `condition` is there, failure raises and so stops what follows
  std::string_view words = {};  // "writes an object to", "charges a card through"
  // Selectors again. `expression`: the text that decides where the class is ByExpression, BySql or
  // ByMethod; "data='POST'": that text where the member is given. `condition`: what makes the write
  // conditional ("ConditionExpression"), or does where its text begins so ("Statement^INSERT").
  // `inserts`: likewise, what makes it an insert, which fails where the row's unique key is there
  // already. `source`: what is copied ("CopySource").
  std::string_view expression = {}, condition = {}, inserts = {}, source = {};
  std::span<const std::string_view> grave_members = {};  // with one of them it is grave
  // Of an update (ByEntries): entries below `expression` that add to what is there ("$inc").
  std::span<const std::string_view> adding = {};
  bool bulk = false;  // moves much, or may wait long: a scan, a download, a request to anywhere
  bool lasting = false;  // what it gives stays as it is for as long as the function is deployed
  // Members of its result: what lists the entries that failed though the call succeeded
  // ("UnprocessedItems"), and what says that there is more ("LastEvaluatedKey").
  std::string_view failures = {}, more = {};
  // ... and what says that the call, though it succeeded, brings an error ("FunctionError"), then
  // words of code that looks for it in what was answered.
  std::string_view error_in = {};
  // Members that say of the key what is asked for; with all of a table's there is one item at most.
  std::string_view asks_key = {};
  std::string_view absent = {};  // ... and what is not there where nothing was found ("Item")
  std::string_view sink = {};  // as a row of a library has it, over the operation's members
  // The member of its result that says which content an object has ("ETag"): such an operation
  // gives an object, or what is kept beside it.
  std::string_view entity_tag = {};
};

// The service of what adds listeners and removes them.
inline constexpr std::string_view kListeners = "listener";

// Sorted by id.
std::span<const Operation> operations();
const Operation* find_operation(std::string_view id);
// Done within the environment, and asked of nobody else.
constexpr bool is_local(const Operation& operation) {
  return operation.service == "file" || operation.service == kListeners ||
         operation.service == "address";
}

enum class StoreHow : std::uint8_t {
  None,
  Append,
  PutKey,
  Update,
  Remove,
  Clear,
  SetIfAbsent,
  Assign,  // `into` becomes `store_value`, else the result
  Merge,   // the entries of `store_value` are put in
};
// Maybe: once where the receiver holds something, else never.
enum class Times : std::uint8_t { Once, Each, Later, Maybe };
enum class LibraryClass : std::uint8_t {
  None,
  Client,
  Logger,
  Metrics,
  Tracer,
  Regex,
  Lock,
  Cache,
  BoundedCache,
  Session,
  Pool,
  Idempotency,
  EventClass,
  Container,   // a list, map or set of the language
  Middleware,  // collects what runs around a handler
};

// A fluent object that statements are given to, a cursor, keeps the last of them as this member.
inline constexpr std::string_view kStatement = "statement";

// A summary of a library call, written by hand or expanded from naming patterns. `path` is how the
// code form reaches the callee: the imported module and members joined by '.', "(args)" after a
// call whose model says so or "()" after any other: "boto3.client(s3).put_object",
// "aws-sdk.S3().putObject", "@aws-sdk/client-s3.PutObjectCommand"; builtins stand without a module
// ("JSON.stringify", "str"); methods of any value by "*.name" (used where the exact path has no row
// and the receiver is not a project object). "X().*.name": where the exact path has no row, below
// any one member of such an object, whose names are the user's own.
//
// A module's default import and its namespace are the module itself; a prefix "node:" is left off.
// A declared type stands for the object that its constructor's row makes.
//
// A fluent object collects members, whatever the language calls this: a builder, a request with
// setters, a struct with named fields. A call on it that has no row of its own sets the member of
// its name and gives the object back (`bucket(b)`, `withKey(k)`, `set_key(k)`; two arguments: an
// entry of that member); so does an assignment to its member, a named argument of its construction,
// and a function given to such a call, which fills a new object. A call without arguments is none
// of these (`build()` has a row). An operation's members are found whatever their case, '_' and
// "with", "set" or "add" before them (find_member).
//
// A selector names a part of a call: "receiver", "0" (a positional argument), "Bucket" (a keyword,
// or an entry of what `members_in` selects), followed by ".entry" (of a list: its item;
// of an object: that argument of the call that made it, "receiver" what that was called on; a text
// or function has none; ".@Table": the first argument of that annotation of its class), "[]" (any
// element) or a last "." (the keys); "a|b": the first that is there; "'text'": a literal. Of a
// method that a class of the project has from a library, "receiver.receiver" is the object it is
// called on, or the class. Besides: "@event": the event that the handler got; "?": a value that is
// not known; "@fresh": one that nothing else has; "nothing"; "[]" and "{}", empty ones; "@beside":
// what stands before the first function that is given, or behind it if that is the first; "#60":
// that number; "arguments": all of the call's; "named": those that are given by name, as a record;
// "1+": the positional ones from that on, a list; "1*": likewise, or a list that is given alone in
// their place; "decorated": the first, unless it is plain data and so an option of the decorator;
// "result": what the invoked function gives; "results": a list, for each. A row says what it can;
// what it names and the call does not have is as if it were not said: a row with a path alone says
// that the call has no effect. Rows by
// "*.name":
// - with a store: for containers, caches and values that are not known; other objects of libraries
//   are left as they are;
// - with an operation: only where its target, if it has one, is among the arguments; heuristic;
// - without `invokes`: not for a library's object that is given a function, which may be a
// callback.
// A group of `starts` and `waits`: tasks, which are waited for one by one.
inline constexpr std::string_view kTaskGroup = "tasks";
// What waits for an object that other code completes by hand waits under this name.
inline constexpr std::string_view kCompletionGroup = "completion";

struct LibraryModel {
  Language language = {};
  std::string_view path = {};
  std::string_view operation = {};  // performed by the call
  std::string_view command = {};    // constructing this object describes that operation (then
                                    // `returns`, `under` and `origin` are of performing it) ...
  std::string_view effect_of =
      {};                         // ... which is performed by a call that takes it here (selector)
  std::string_view members_in = {};  // selector of what has the operation's members as entries: a
                                     // record, a fluent object, or a function that fills one;
                                     // otherwise they are the named arguments
  std::string_view positions = {};   // names of positional arguments, separated by commas: of an
                                     // object that is constructed; of the operation's members,
                                     // where the call is given no request: "Bucket,Key"
  std::string_view target = {}, key = {};  // selectors, where they differ from the operation's
  std::string_view returns = {};    // selector, or "=path": an object of that library path; "{0}",
                                    // "{0|name}" in it: that selector's text, "?" where not known.
                                    // With `computes`: made with what that gives, as if that were
                                    // its first argument. "new 0", "new 0[]": an object of the
                                    // project's class that the selector gives, a list of such
  std::string_view computes = {};   // a function of values/compute.h ...
  std::string_view of = {};         // ... over these selectors, separated by commas, up to the
                                    // first that is not there
  // The declared type of what it gives, where `returns` does not show it: methods of that are found
  // by it ("java.util.Optional().map") where several types have one of the name. "class 1": the
  // project's class that the second argument names.
  std::string_view gives = {};
  // Changes `into`; "environment": the variables of the process. Append with a `store_key`: an
  // entry of that key, where the call is given both.
  StoreHow store = StoreHow::None;
  std::string_view into = {}, store_key = {}, store_value = {};
  // Selector of a function value that it calls, "0[]": of all in a list or in entries; several, by
  // commas ...
  std::string_view invokes = {};
  std::string_view with = {};  // ... with these, by commas; "name=selector": by name; "=path"
  std::string_view done = {};  // what it calls back at the end of that, with an error and results
  Times times = Times::Once;
  std::string_view wraps = {};  // the result is this function, wrapped (decorators, middleware);
                                // without `invokes`, `with` is bound before its own arguments
  // With `wraps`: before this version of its package, what it gives tells the runtime's callback,
  // and no promise, whatever it wraps.
  std::string_view calls_back_until = {};
  // Wrapped or called, "idempotency" stops repetitions, "once" runs what it wraps or invokes a
  // first time and remembers what that gave, "log-context" keeps a logger's keys to one invocation;
  // "idempotency-context" tells the former how much time is left, "idempotency-config" what they
  // are not told themselves.
  std::string_view guard = {};
  Origin origin = Origin::None;            // of the result: Fresh, Clock, Secret, Outside
  LibraryClass kind = LibraryClass::None;  // of the object it makes
  bool task = false;                       // the result must be awaited
  bool or_callback = false;  // ... unless `invokes` selects a function: then there is no result
  bool raises = false;                     // never returns
  std::string_view under = {};             // `returns` is this entry of the result: "QueueUrl"
  // What its `guard` was told, as a record of the selectors behind the names: "table=0.tableName".
  // Without: "file=2|Filename", "connection='a database'", "seed=0"; of its error: "error=Scan".
  std::string_view tells = {};
  std::string_view guard_of = {};          // selector of a middleware whose own row has a `guard`:
                                           // that is around what it `wraps`
  bool attribute = false;                  // read as a member, not called: "pathlib.Path().stem"
  bool fluent = false;          // the object that it makes collects members (see above); with
                                // `invokes`: that function fills the receiver, which is the result
  // The object holds the text or the bytes that it is made with, "0": whoever reads it gets these.
  bool carries = false;
  bool itself = false;          // the result is the receiver itself, where that lives: a lock's
                                // content; its entry, where there is a `store_key` and no `store`
  std::string_view entry = {};  // selector of the function that the runtime calls with each event
  std::string_view event_as = {};  // with `entry`: the names under which that function gets event
                                   // and context in one object, separated by a comma
  std::string_view work = {};      // what takes its time, where it is no operation: "sleeps"; of an
                                   // operation, "suspends": nobody is billed until it is done
  std::string_view starts = {};  // leaves something of this group running ("thread"); where
                                 // `invokes` is Later: what the callback is told of. With `task`:
                                 // only where nothing takes the result
  std::string_view waits = {};   // for what was started of these groups, separated by commas; a row
                                 // by "*.name" only where it is given nothing, or a time
  bool settles = false;          // its result waits for all that the functions leave running which
                                 // it invokes: a promise's executor
  bool completes = false;        // tells who waits under kCompletionGroup: `future.complete(x)`
  // When the platform calls what `invokes` selects: "snapshot", before it takes one of the
  // initialised environment; "restore", after one is restored and before the first event. Of an
  // object, methods and when each is called: "beforeCheckpoint:snapshot,afterRestore:restore".
  std::string_view phase = {};
  bool brief = false;            // of a kind that is kept, but made anew each time by custom
  bool lends = false;  // clients that are given it use its connections: another one costs nothing
  // Of a kind that is kept: the selector of what it may have of its own. Without that it uses what
  // the process has, and another one costs nothing: net/http's clients and their transport.
  std::string_view owns = {};
  // Selectors of the longest time that it (of a client: each request) waits, each with the
  // milliseconds of one: "timeout*1000|receiver.timeout|'5000'"; the text: unless it is told.
  std::string_view timeout = {};
  bool endless = false;  // waits for ever where `timeout` is not given
  // ... and where it is one of these, "0|none"; "none" is among them where `endless` is told.
  std::string_view endless_with = {};
  // Likewise, how long what it gives is good: an address that it signs.
  std::string_view lifetime = {};
  // Selectors of functions that fill an object with what the call is told: the object stands for
  // the function among its arguments.
  std::string_view options = {};
  // Functions, or lists of such, that it registers for the life of an application and no event:
  // "startup", "shutdown", "lifespan" (a generator around all events) or "process" (nothing that a
  // deployed function comes to), each with a selector: "startup=on_startup,lifespan=lifespan"; with
  // a condition: "process=1 when 0 is exit|SIGTERM". Then `invokes` says nothing.
  std::string_view hooks = {};
  bool runs_hooks = false;  // called with an event, it starts and stops the application around it
  // Selectors of what may be missing, as far as the call goes, and of what raises where it is.
  std::string_view asks = {}, needs = {};
  bool sent = false;  // no call: a member whose content goes along with each later call
  // It gives a request, which is sent where a callback (`invokes`) is given or the request is used:
  // left alone, or only awaited, it performs nothing.
  bool unsent = false;
  // Methods of what it gives, "onConflict|ignore": where one of them is called there, it is no
  // operation.
  std::string_view unless = {};
  // "delete is false", "block is nothing", "1 is no list": elsewhere it is no operation.
  std::string_view when = {};
  // Of the elements, `returns` gives those alone of which the invoked function's result "holds" or
  // "fails": of a list some, of `x[]` one. "test": the receiver, if that is one, says whether it
  // gives anything.
  std::string_view keeps = {};
  // A selector of a test: it returns only where that holds, and raises elsewhere.
  std::string_view holds = {};
  // Where what the call is given may do harm if a stranger chose it, and which part of it:
  // "sql=0|query", with a condition: "command=0 when shell is true"; "a,b": several. Without a
  // selector, what its operation's `target` is. It goes before the operation's own; "none": there
  // is none. Kinds: sql command code path html nosql expression
  // request deserialize log tls, a token that is read without its signature, and "verified": one
  // whose signature is asked for, where it names the token: what it says is no stranger's choice;
  // "secret", "password": a key or a password, which is none where it is written in the code;
  // "stacked": statements behind each other are taken for one; "pool": how many connections it may
  // hold.
  std::string_view sink = {};
  // It searches what `of` names first, else the receiver, and may find nothing. Which uses of that
  // fail then: "*" any member or entry, "[]" any entry, "get|take" those methods, "!Key|Value" any
  // member but these. Not told where the pattern fits any text.
  std::string_view nothing = {};
  // For which of these what it gives does none, though it is made of what it was given:
  // "html,path"; "all": of a number, a date, an identifier; "checked": a schema may say so. A
  // function that gives the same value says so of all that the code does with that.
  std::string_view cleans = {};
};

// The kind of sink that asks for a token's signature.
inline constexpr std::string_view kVerified = "verified";
// What the call takes for a key or a password: written down, whoever reads the code has it.
inline constexpr std::string_view kGivenSecret = "secret";
inline constexpr std::string_view kGivenPassword = "password";
// Of a step: a search, of whose result what fails on nothing is asked.
inline constexpr std::string_view kSearch = "search";
// Of a step: what was given is this from there on ("cleaned html,path").
inline constexpr std::string_view kCleaned = "cleaned ";
// Of a step: what is made here answers a request, and nothing takes it.
inline constexpr std::string_view kDroppedAnswer = "dropped answer";
// Behind it, of a field of what a schema of several fields has read: it is no text that a stranger
// chose; the schema may say more of it than is read here.
inline constexpr std::string_view kHarmlessField = "harmless field";
inline constexpr std::string_view kCheckedField = "checked field";

// Sorted by language, then path.
std::span<const LibraryModel> library_models();
// Null: no row of exactly that path. Language Unknown: of any.
const LibraryModel* find_library_model(Language language, std::string_view path);

// What objects are whose path begins and ends so, has the other text between, and whose maker has no
// row: the many classes of an SDK that differ in their names alone.
struct LibraryFamily {
  Language language = {};
  std::string_view begins = {}, contains = {}, ends = {};
  LibraryClass kind = LibraryClass::None;
  bool fluent = false;
  bool requests = false;  // each method of such an object that no row describes is a request
  bool fills = false;     // what such a method is given as a function fills its request
};
// The first family of an object's path; null: none.
const LibraryFamily* find_library_family(std::string_view object_path);

// What kind of thing an object of this path is: by the row that made it, else by its family.
LibraryClass library_class(std::string_view object_path);

// A member of a service's operations by the normal form of what an SDK calls it: lower case without
// '_' and '-' ("bucketname" -> "Bucket"). Null: no selector asks for it.
struct ServiceMember {
  std::string_view service = {}, form = {}, name = {};
  bool is_list = false;
  bool is_data = false;  // its entries are named by the user
};
const ServiceMember* find_member(std::string_view service, std::string_view form);

// Properties of typed event classes (of Python, where raw events have no attributes) to what they
// are below the object that they are read of: "get_object" -> "object", "bucket_name" ->
// "Records[].s3.bucket.name". A name qualified by the last entry of that object's own path goes
// first: "Sns.message_id" -> "MessageId". Null: no such name.
struct EventAttribute {
  std::string_view name = {}, path = {};
  bool decoded = false;  // out of its URL form
};
const EventAttribute* find_event_attribute(std::string_view name);

// The documented fields of events, for languages whose events are typed: below the field `parent`
// ("Records[].s3", "" for the event itself; "*" in it is any one name), an accessor of this normal
// form (as find_member()'s, also without "get") leads to `path`, empty for the field itself.
struct EventMember {
  std::string_view parent = {}, form = {}, path = {};
};
// Null: no such field is documented.
const EventMember* find_event_member(std::string_view parent, std::string_view form);
// Methods of any language's collections that give an element: "get", "first".
bool gives_element(std::string_view method);

}  // namespace fnlint
