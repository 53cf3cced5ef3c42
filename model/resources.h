// Linked templates: resources with canonical properties, the relations between them, and the
// declared functions with their code and roles.
#pragma once

#include "core/problem.h"
#include "core/span.h"
#include "model/guard.h"
#include "model/guess.h"
#include "model/template.h"
#include "model/value.h"

#include <string>
#include <vector>

namespace fnlint {

using ResourceId = Id<struct ResourceTag>;

// The canonical kinds. Resources of other types are kept as Other, so that nothing is lost.
enum class ResourceKind : std::uint8_t {
  Other,
  Function,
  Layer,
  Version,
  Alias,
  EventSourceMapping,
  EventInvokeConfig,
  Permission,
  FunctionUrl,
  ScalableTarget,
  ScalingPolicy,
  Bucket,
  Queue,
  Topic,
  Subscription,
  Table,
  Stream,
  Bus,
  Rule,
  Schedule,
  Pipe,
  StateMachine,
  Api,
  Role,
  Policy,
  LogGroup,
  Parameter,
  Secret,
  Cluster,
  Broker,
  UserPool,
  DeliveryStream,
  Stack,
  CodeSigningConfig,
  CapacityProvider,
  TopicRule,  // of AWS IoT
  LayerPermission,
};

// One property at its canonical path: CloudFormation's names, parts joined by '.', list items by
// number: "Environment.Variables.BUCKET", "Layers", "Layers.0". Containers have rows as well as
// leaves.
struct Property {
  StringId path = {};
  StringId native_path = {};  // as the tool spells it, where that differs
  ValueId value = {};
  Span key = {};           // of the key (of a list item: the item)
  Span where = {};         // of the value
  bool inherited = false;  // from a Globals section: `key` and `where` are there
  // Nobody says it: the Serverless Framework's own, or a default that a module's call leaves to it.
  bool by_default = false;
};

// Rows are in document order; properties of one resource are consecutive, parents before children.
struct Resource {
  std::uint32_t scope = 0;
  StringId address = {};      // logical id, unique in its scope
  StringId native_type = {};  // the tool's word: "aws_lambda_function", "AWS::Serverless::Function"
  // CloudFormation's type of the same resource, by which everything after the template goes:
  // "AWS::Lambda::Function". The native type where CloudFormation has none, and SAM's own types.
  StringId type = {};
  ResourceKind kind{};
  bool generated = false;  // made by a transform (SAM's alias, role, rule); `where` is what made it
  // Declared by no template of the run, only named by one: `physical_name` is the name, ARN or URL
  // as the template has it, and equal expressions are one such resource. It has no properties.
  bool external = false;
  // Of a stack that a tool's output describes as well (link/templates/duplicate_definitions.h): it
  // has no properties and no part in anything, and what means it means `twin`, where there is one.
  bool superseded = false;
  ResourceId twin = {};
  // What its tool calls it where `address` is made up by a machine: CDK's "Media/Resize".
  StringId shown = {};
  GuardId exists = {};
  ValueId physical_name =
      {};  // the name that the template gives it; Absent: the platform makes one
  // What becomes of it with its stack, as CloudFormation's DeletionPolicy says; "?": it cannot be
  // read.
  StringId on_deletion = {};
  Slice<Property> properties = {};
  Span name = {};   // of the logical id
  Span where = {};  // of the whole declaration
};

enum class RelationKind : std::uint8_t {
  Trigger,         // from: source, to: function; filter as below
  Forward,         // from: resource, to: resource that gets its events; filter as below
  FailureForward,  // the same for events that could not be handled (dead-letter queue, OnFailure)
  Grants,          // from: function, to: its role
  MayInvoke,       // a permission: from: source resource (may be none), to: function
  Provisions,      // from: alias or version, to: function; amount: provisioned concurrency
  Scales,          // from: scalable target, to: function; amount: maximum
  Attaches,        // from: function, to: layer; one for each layer, in order
  Refines,         // from: version, alias, event invoke config, url, to: the function it is about
};
// How a trigger invokes its function: the platform waits, puts the event into the function's own
// queue, or polls the source.
enum class Invocation : std::uint8_t { Unknown, Synchronous, Asynchronous, Polled };
// `filter` by the source's kind:
//   Bucket: Record {events: List of Text, prefix: Text, suffix: Text} (absent entries: no such
//   condition) Queue, Stream, Table (event source mapping): Record {patterns: List of Record,
//   batch_size, window} Topic: Record {policy: Record, scope: Text} Bus: Record, the rule's event
//   pattern (Absent for schedules) DeliveryStream: Record {prefix: Text} of what it writes
//   StateMachine (Forward): Record {action: Text}, what a task does with its target; others: Absent
struct Relation {
  RelationKind kind{};
  Invocation invocation{};  // of a Trigger
  std::uint8_t uncertainty = 0;
  ResourceId from = {}, to = {};
  ResourceId declared_by =
      {};  // the mapping, rule, subscription or permission resource, where there is one
  ValueId filter = {}, amount = {};
  ValueId input = {};  // what the target gets in place of the event: a Record; no id: none is known
  GuardId when = {};
  // Triggers: of the alias or version that is invoked; "${stageVariables.name}" where no stage of
  // the run sets the variable.
  StringId qualifier = {};
  bool batch_failures = false;  // ReportBatchItemFailures
  Span where = {};  // Trigger: the event or mapping; Provisions/Scales: the amount's property
  Span filter_where = {};
};

// One statement of a role's policies, evaluated.
struct Statement {
  ResourceId role = {};
  bool allows = true;           // false: Deny
  bool inverted = false;        // NotAction or NotResource: no question is answered by it
  Slice<ValueId> actions = {};  // rows of Stacks::statement_values
  Slice<ValueId> resources = {};
  bool conditional = false;  // has a Condition block
  bool generated = false;    // nobody wrote it: the tool adds it for a source or target
  bool named = false;        // written nowhere: the name of a policy, or of a method, stands for it
  Span where = {};
};

enum class CodeKind : std::uint8_t { Unknown, Folder, File, Zip, Inline, Image, Remote };
// What a deploying tool takes of a folder, or leaves out: paths relative to the folder. "*" and "?"
// stay within a name, "**" spans any number of folders, "{a,b}" are alternatives. A pattern that
// matches a folder covers all below it.
struct PackagePattern {
  std::string glob = {};
  bool includes = false;
};
// Where a function's (or a layer's) own code lies.
struct CodeLocation {
  CodeKind kind{};
  // Folder, File, Zip: relative to the root; Image: the build's context folder; Unknown: where the
  // template says that it is, though nothing is there; Remote: the archive's name there, as far as
  // the template says it.
  std::string path = {};
  std::string inline_text = {};        // Inline
  FileId inline_file = {};             // the template that holds it
  std::vector<TextPlace> places = {};  // of the inline text in that file
  std::string reason = {};             // Unknown, Remote: why nothing is read ("the code is in S3")
  Guess guess = {};  // why it may be there: good to find the handler, not to measure
  bool built = false;    // the deploying tool's build makes the package or image of it: sam build
  std::string build_method = {};       // Metadata BuildMethod: "esbuild", "makefile", ...
  std::vector<std::string> entry_points = {};  // of esbuild; the binary of cargo
  bool own_output_paths = false;               // the bundler is told where to write what
  std::vector<std::string> external = {};      // esbuild's External
  std::vector<std::string> left_out = {};      // of these: not packaged beside the bundle either
  Span where = {};
  // Folder: of the files that several patterns match, the last one decides. A file that none
  // matches is packaged, unless `only_included`.
  std::vector<PackagePattern> patterns = {};
  bool only_included = false;
  // Some patterns are not known, or whether some count: good to find the handler, not to measure.
  bool open = false;
  bool packed_alone = false;       // the template asks for a package of this function's own
  bool drops_development = false;  // what the manifests name for development alone is taken out
  bool uploaded_directly = false;  // Zip: with the call that makes the function, not by a bucket
  // A folder or archive that is there already and is what will be deployed, made from the above by
  // a build: what measures packages reads it. Empty: the package is yet to be made.
  std::string package = {};
  // The name of the one file that is in the archive, where the template itself makes that and says
  // so for sure. Else empty.
  std::string only_file = {};
  std::string docker_file = {};    // Image: relative to the root; empty: the context's own
  std::string docker_target = {};  // Image: the stage that is built; empty: the last
};
// Whether an image's code is there: its context may be the root, whose path is empty.
bool has_context(const CodeLocation& code);
// Whether a bundler makes the package: one file of what is imported, wherever that came from.
bool is_bundled(const CodeLocation& code);

// A function as the templates declare it; what checks need in one place. `code` by CodeLocation.
struct DeclaredFunction {
  ResourceId resource = {};
  ResourceId role = {};        // none: imported or unknown
  bool role_complete = false;  // every policy of the role is in the statements
  bool default_role = false;   // nobody wrote one: SAM without Policies
  bool variables_by_scripts = false;  // a script of the project may set some, or others
  bool code_by_scripts = false;       // likewise for its code
  // Scripts run its template in an emulator, and none deploys it, or its provider is one ...
  bool undeployed = false;
  bool emulated = false;          // ... and it stands in the place of what is deployed ...
  bool packed_otherwise = false;  // ... which is made in another way, as far as is known
  bool uncalled = false;  // of a module of Terraform's that nothing deploys
  bool by_form = false;   // no template has it: its code shows that it is one
  bool image = false;
  ValueId handler = {}, runtime = {};
  CodeLocation code = {};
  std::string publishes_alias = {};  // AutoPublishAlias
};
struct DeclaredLayer {
  ResourceId resource = {};
  CodeLocation code = {};
};

struct PlacedName {
  std::string name = {};
  Span where = {};
};
struct Scope {
  std::uint32_t parent = UINT32_MAX;
  FileId file = {};
  std::string name = {};      // "" for a root stack, else the nested stack's logical id
  bool complete = true;       // false: the template is broken
  std::uint16_t dialect = 0;  // TemplateDialect
  bool transformed = false;   // CloudFormation, SAM: it names a transform
  bool rewritten = false;     // ... or a macro, which may change whatever is written
  // "serverless.template": the AWS Toolkit for Eclipse fills in the transform where there is none.
  // So does `chalice package --merge-template`, and a tool that merges templates which need each
  // other.
  bool may_be_completed = false;
  // SAM: the sections of Globals, and their entries ("Function.Timeout"), at their keys.
  std::vector<PlacedName> globals = {};
  std::vector<std::string> hidden_inputs = {};  // NoEcho, sensitive
};

enum class UnresolvedKind : std::uint8_t {
  Parameter,
  Import,
  Handler,
  CodeLocation,
  LayerContent,
  RolePolicy,
  Intrinsic,
  Include,
  TriggerSource,
  CallTarget,
  CodeLimit,
  NotFollowed,
};
// Something that was not understood, at its place, for --show-unresolved.
struct Unresolved {
  UnresolvedKind kind{};
  std::string reason = {};
  std::string function = {};  // logical id, where it is about one
  Span where = {};
};

// A name by which texts may mean a resource: see link/stacks/names.h.
struct KnownName {
  ResourceKind kind{};
  ValueId name = {};
  ResourceId resource = {};
};

// What is wrong in a template by itself, for the rule that says so.
enum class TemplateFaultKind : std::uint8_t {
  NothingNamed,    // a reference that leads to nothing
  StateMachine,    // a state machine's definition that cannot run
  StateUncaught,   // a state of one whose failure ends it, where those of others are caught
  PolicyDocument,  // a policy document that IAM refuses
  IgnoredKey,      // a key of a resource that its tool drops
  IgnoredAtTop,    // a setting of functions that stands where its tool reads none
  NetworkDropped,  // a setting of the network that its tool drops, for what it has not
  RouteTwice,      // the same method and path of an API, again
  SecretDefault,   // an input that is a secret has one as its default
  SecretProvider,  // a provider of Terraform is given a credential as plain text
  SamAttribute,    // an attribute of a resource that only SAM's transform reads, which is not named
  IgnoredGlobal,   // what IgnoreGlobals names and Globals does not have
  Refused,         // a value that the service does not take
  UnknownKey,      // a key of a function that its tool does not know ...
};
struct TemplateFault {
  TemplateFaultKind kind{};
  std::uint8_t uncertainty = 0;
  ResourceId resource = {};  // that it is a part of, where that is known
  std::string what = {};  // NothingNamed, Ignored..., NetworkDropped, Sam...: the name; UnknownKey:
                          // the name, '\n' and the one that is meant; Secret...:
                          // the name, '\n' and the text; RouteTwice: the route; else a clause
  Span where = {};
  Span other = {};  // RouteTwice: of the first of them
  std::uint32_t scope = UINT32_MAX;  // NothingNamed: where the name is sought
};
// One resource is made after another, because its declaration says so (DependsOn, depends_on) or,
// in CloudFormation, refers to it.
struct MadeAfter {
  ResourceId from = {}, to = {};  // no `to`: what it is made after is not known
  StringId property = {};         // the outermost that refers to it; none: its declaration says so
  Span where = {};
  friend auto operator<=>(const MadeAfter&, const MadeAfter&) = default;
};

// What link.templates makes of all templates of a run.
struct Stacks {
  std::vector<Scope> scopes = {};
  std::vector<Resource> resources = {};
  std::vector<Property> properties = {};
  std::vector<Relation> relations = {};
  std::vector<Statement> statements = {};
  std::vector<ValueId> statement_values = {};
  std::vector<Span> statement_places = {};  // parallel; of a policy by its name: that of the name
  std::vector<DeclaredFunction> functions = {};
  std::vector<DeclaredLayer> layers = {};
  std::vector<Unresolved> unresolved = {};
  std::vector<LocatedProblem> problems = {};
  std::vector<TemplateFault> faults = {};
  std::vector<MadeAfter> dependencies = {};  // sorted
  std::vector<KnownName> names = {};  // sorted by kind, name, resource
  // Sorted: what is given to modules and nested stacks that are not in the run, which may add to
  // it.
  std::vector<ResourceId> handed_over = {};
  std::vector<FileId> uncalled_files = {};        // sorted; of modules that nothing deploys, alone
  std::vector<std::uint32_t> function_rows = {};  // of `functions`, by ResourceId; UINT32_MAX: none

  // UINT32_MAX: the resource is no function, or none of the run's.
  [[nodiscard]] std::uint32_t function_at(ResourceId id) const {
    return id.index < function_rows.size() ? function_rows[id.index] : UINT32_MAX;
  }
  [[nodiscard]] const Resource& operator[](ResourceId id) const { return resources[id.index]; }
  // Of a resource that is described twice, the description that counts.
  [[nodiscard]] ResourceId meant(ResourceId id) const {
    const Resource& row = resources[id.index];
    return row.superseded && row.twin.exists() ? row.twin : id;
  }
};

}  // namespace fnlint
