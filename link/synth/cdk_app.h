// A run of a program of the CDK or SST: what it has made so far, and what its libraries do.
#pragma once

#include "core/files.h"
#include "flow/program/interpret.h"
#include "link/synth/deployment_program.h"
#include "tables/cdk.h"
#include "tables/templates.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fnlint::cdk {

// A resource that the program makes.
struct SynthesisedResource {
  std::string address = {};  // the construct's path
  std::string type = {};
  DatumId properties = {}, metadata = {};  // Records
  std::vector<PathTest> exists = {};
  CodePlace where = {}, name = {};
};
struct ProgramInput {  // an environment variable, a context value, a CfnParameter
  std::string name = {};
  DatumId fallback = {};
  CodePlace where = {};
  bool secret = false;  // NoEcho
  bool of_context = false;
};
struct ProgramOutput {
  std::string name = {};
  DatumId value = {}, export_name = {};
  CodePlace where = {};
};

// A value with its place in the program, for messages.
struct PlacedDatum {
  DatumId value = {};
  CodePlace key = {}, where = {};
};

// How the paths of SST's constructs begin, of the versions that make stacks of the CDK.
inline constexpr std::string_view kSstStacks = "sst2.";
// How those of the provider's resources begin that SST's programs have beside its components.
inline constexpr std::string_view kProvider = "provider.", kAnyRole = "provider.iam.Role";

// What a construct or a value may hold below it, and a class above it.
inline constexpr int kDeepest = 24;

// "Function" of "awslambda.Function".
std::string last_of(std::string_view path);
// The path of a construct, function or enumeration as the tables have it, in whatever language and
// version the program names it: "awslambda.Function". Empty: it is not the CDK's.
std::string cdk_path(std::string_view library);
// The same of Go's packages and names: "awslambda.Code.fromAsset" of
// "github.com/aws/aws-cdk-go/awscdk/awslambda.Code_FromAsset".
std::string go_cdk_path(std::string_view library);
// Absolute paths of a program, as it sees them: below folders that stand for what lies above the
// root, so that a program may climb out of it and is seen to.
std::string absolute_path(std::string_view from_root);
std::string path_from_root(std::string_view absolute);
// "AWS::Lambda::Function" of "awslambda.CfnFunction"; empty: no L1 construct of a known service.
std::string cloudformation_type(std::string_view cls);
bool is_class_name(std::string_view name);
// The map or list that a program makes by its language's own library; no id: it is none.
DatumId collection(Interpreter& program, const LibraryUse& use);
// The context value that a token stands for; null: it stands for something else.
const ProgramInput* context_of(const Interpreter& program, const std::vector<ProgramInput>& inputs,
                               DatumId token);
// What a member of an enumeration of the provider is: "nodejs20.x" of
// aws.lambda.Runtime.NodeJS20dX.
DatumId provider_value(Interpreter& program, std::string_view path);
// Whether a library's aspect, function or method leaves functions and roles as they are, whatever
// it is given.
bool changes_no_role(std::string_view path);
// "addEventNotification" of "add_event_notification".
std::string camel(std::string_view name);
// "memory_size" of "memorySize", as Python, C# and Terraform write it.
std::string snake(std::string_view name);

// The CDK's libraries, for the interpreter: what constructs make is in data/cdk_constructs.yaml,
// the tree of constructs and the application itself are here.
class CdkApp : public InterpreterHost {
 public:
  CdkApp(const FileSystem& files, const DeploymentProgram& app,
         const std::vector<std::string>& paths, std::string_view definition);

  DatumId call(Interpreter& program, const LibraryUse& use) override;
  DatumId member(Interpreter& program, DatumId object, std::string_view name) override;
  std::string file_of(ModuleId module) override;
  bool assign(Interpreter& program, DatumId object, std::string_view name,
              const Slot& value) override;
  std::optional<bool> is_a(Interpreter& program, DatumId object, std::string_view type) override;
  std::string canonical(std::string_view path) override;
  void missed(Interpreter& program, std::string_view why, const Arguments& arguments,
              CodePlace where) override;
  // Calls what a configuration of SST 2 exports, with its application.
  void start(Interpreter& program);
  // What the CDK does when the program has come to its end.
  void finish(Interpreter& program);

  [[nodiscard]] const std::vector<SynthesisedResource>& made() const { return made_; }
  [[nodiscard]] const std::vector<ProgramInput>& inputs() const { return inputs_; }
  [[nodiscard]] const std::vector<ProgramOutput>& outputs() const { return outputs_; }
  [[nodiscard]] const std::vector<std::pair<std::string, CodePlace>>& notes() const {
    return notes_;
  }
  // The address of the stack that is deployed with what is at an address; empty: there is none.
  [[nodiscard]] std::string stack_at(std::string_view address) const;
  // The value as a template has it: references for constructs, texts for enumerations.
  DatumId plain(Interpreter& program, DatumId value, int depth = 0);

 private:
  // What the names of a rule stand for.
  struct Names {
    std::vector<std::pair<std::string, PlacedDatum>> rows = {};
    DatumId self = {};
    CodePlace where = {};
    std::uint32_t made = UINT32_MAX;  // the row that was made last
    [[nodiscard]] const PlacedDatum* find(std::string_view name) const;
    void put(std::string_view name, PlacedDatum value);
  };

  // cdk_app.cpp
  DatumId construct(std::string cls, const LibraryUse& use, DatumId self);
  DatumId method(const LibraryUse& use);
  DatumId builder(const LibraryUse& use, std::size_t ending);
  DatumId built(const LibraryUse& use, DatumId properties);
  bool overrides(const LibraryUse& use, std::string_view name);
  DatumId function(const std::string& path, const LibraryUse& use);
  DatumId pseudo_parameter(DatumId object, std::string_view name);
  DatumId of_runtime(const std::string& path, std::string_view name);
  DatumId stack_of(DatumId construct) const;
  // False: the program has made a construct of that path already; it would raise.
  bool place_in_tree(const LibraryUse& use, DatumId self);
  void note(std::string reason, CodePlace where);
  std::string class_of(DatumId object) const;
  std::string address_of(DatumId object) const;
  const CdkRule* rule_of(CdkUse use, std::string cls, std::string_view name) const;

  // cdk_go.cpp
  bool go_constructs(const LibraryUse& use) const;
  DatumId go_value(const LibraryUse& use);

  // sst_app.cpp
  DatumId sst_call(const LibraryUse& use);
  DatumId sst_static(const LibraryUse& use);
  DatumId sst_method(const LibraryUse& use, const std::string& cls, std::string_view name);
  bool sst_notify(const LibraryUse& use, DatumId options);
  DatumId sst_function(DatumId given, DatumId component);
  DatumId transform_of_functions(DatumId component);
  DatumId sst_filter(std::string_view filter, DatumId given);
  DatumId sst_handler(std::string_view part, DatumId properties);
  [[nodiscard]] std::string python_root(std::string_view handler) const;
  DatumId apply_call(const CdkRule& rule, const LibraryUse& use, std::vector<Slot> given);

  // provider_resources.cpp
  // Where an argument stands: as Terraform calls it, as CloudFormation does, and the place of what
  // holds it.
  struct ProviderPlace {
    const TerraformResource& row;
    std::string native = {}, path = {}, base = {};
  };
  DatumId provider_resource(std::string_view cls, const LibraryUse& use, DatumId self);
  DatumId provider_member(DatumId object, std::string_view name);
  DatumId provider_call(std::string_view path, const LibraryUse& use);
  DatumId provider_code(DatumId given);
  void provider_argument(DatumId to, const Slot& one, const ProviderPlace& at);
  bool adds_to_owner(const TerraformResource& row, DatumId properties);
  DatumId policy_document(DatumId given);
  DatumId document_of(DatumId given);

  // sst_stacks.cpp: SST 1 and 2, whose constructs are the CDK's
  DatumId stacks_call(const LibraryUse& use, std::string_view name);
  DatumId stacks_method(const LibraryUse& use, const std::string& cls, std::string_view name);
  DatumId begin_stack(const LibraryUse& use);
  void inherit_defaults(DatumId stack);
  DatumId stacks_function(std::span<const PlacedDatum> given, DatumId component);
  DatumId stacks_properties(DatumId function, DatumId given);
  DatumId stacks_source(std::span<const PlacedDatum> given);
  DatumId stacks_events(DatumId item);
  DatumId merged_properties(DatumId base, DatumId own);
  void permit(DatumId function, const PlacedDatum& given, CodePlace where);
  void permit_one(DatumId function, const Slot& one, CodePlace where);
  void permit_all(const LibraryUse& use);

  // cdk_tree.cpp
  DatumId resource_of(DatumId construct);
  DatumId node_value(const LibraryUse& use, std::string_view name);
  DatumId children_of(DatumId node);
  DatumId member_of_library(std::string_view library, std::string_view written);
  DatumId member_of_node(DatumId node, std::string_view name);
  DatumId given_at_making(DatumId object, std::string_view name);
  DatumId of_nested_stack(DatumId stack, std::string_view name);
  std::vector<DatumId> constructs_below(const std::string& above);
  bool is_whole_app(DatumId scope) const;
  DatumId type_test(const std::string& path, const LibraryUse& use);
  DatumId construct_at(std::string_view address) const;
  bool adds_aspect(const LibraryUse& use, std::string_view name);
  void visit(DatumId visitor, DatumId construct);
  DatumId produced(DatumId lazy);

  // cdk_low_level.cpp
  DatumId special_construct(const std::string& cls, const LibraryUse& use, DatumId self);
  DatumId low_level(const std::string& cls, const LibraryUse& use, DatumId self);
  DatumId capital(DatumId given, const std::string& type, bool own, int depth,
                  std::uint16_t shape = 0);
  DatumId mapping(const LibraryUse& use, std::string_view name);
  void pattern_function(const LibraryUse& use, DatumId self);

  // cdk_inputs.cpp
  DatumId configured(std::string_view name);
  DatumId context_value(const LibraryUse& use);
  DatumId environment(const Arguments& arguments);
  DatumId with_default(const Arguments& arguments);
  DatumId input(const std::string& name, DatumId fallback, bool of_context = false);
  DatumId json_value(const void* node);
  DatumId file_object(const Arguments& arguments);
  std::optional<std::string> file_text(DatumId object);
  DatumId parsed(const Arguments& arguments);
  DatumId json_text(const Arguments& arguments);
  bool add_json(DatumId value, std::vector<DatumId>& parts, int depth);

  // cdk_rules.cpp
  Names names_of(const CdkRule& rule, const Arguments& arguments);
  DatumId apply(const CdkRule& rule, Names& names);
  void make(const CdkStep& step, Names& names);
  void set(const CdkStep& step, Names& names, bool metadata);
  void set_field(const CdkStep& step, Names& names);
  void set_path(DatumId record, std::string_view path, const PlacedDatum& value, Names& names);
  DatumId own_child(DatumId holder, std::string_view name, DatumKind wanted,
                    const PlacedDatum& value);
  void append_all(DatumId list, const PlacedDatum& value);
  void append_item(DatumId list, const PlacedDatum& value, bool is_value);
  std::optional<std::string> name_of_part(std::string_view part, Names& names);
  void like(const CdkStep& step, const Names& names);
  void apply_to_each(const CdkStep& step, const Names& names);
  void apply_to_one(const CdkRule& rule, const std::string& name, const Slot& item,
                    const Names& outer);
  void attach(const CdkStep& step, Names& names);
  void attach(const CdkStep& step, DatumId what, Names& names);
  void attach_one(DatumId what, std::string_view slot, const Names& names);
  void add_items(DatumId given, std::vector<Slot>& items);
  void grant(const CdkStep& step, Names& names);
  std::uint32_t row_of(std::string_view subject, const Names& names) const;
  std::uint32_t made_row(DatumId object) const;
  std::uint32_t granted_row(DatumId grantee);
  void add_statement(std::uint32_t row, DatumId statement, CodePlace where);
  DatumId add_made(std::string address, std::string_view type, CodePlace where, DatumId object);

  // cdk_handed.cpp
  // What may be changed: roles that are given as such (the CDK's constructs call functions, and
  // give them nothing), functions' roles as well (what grants), and their variables and layers.
  enum class Opened : std::uint8_t { Roles, Rights, All };
  struct Handed {
    CodePlace where = {};
    Opened what = Opened::All;
    bool found = false;
    std::set<std::uint32_t> seen = {};
  };
  void hand_over_value(DatumId given, Handed& to, int depth);
  bool hand_over(const Arguments& arguments, CodePlace where, Opened what);
  void hand_to_construct(const LibraryUse& use, Opened what);
  void open_construct(DatumId construct, const Handed& to);
  void open_configuration(std::uint32_t row, CodePlace where);
  void open_indexes(std::uint32_t row, CodePlace where);
  void open_role(std::uint32_t row, CodePlace where);
  void open_all(CodePlace where);

  // cdk_values.cpp
  PlacedDatum value(std::string_view text, const Names& names);
  PlacedDatum primary(std::string_view text, const Names& names);
  struct Filter;
  DatumId filtered(std::string_view filter, std::string_view argument,
                   std::vector<PlacedDatum>& heads, const Names& names);
  DatumId each(DatumId value, const std::function<DatumId(DatumId)>& change);
  DatumId items(DatumId given, std::string_view members);
  DatumId pseudo_arn(std::string_view service);
  DatumId last_part(DatumId arn, std::string_view part);
  DatumId attribute(DatumId object, std::string_view name);
  DatumId arn_of(DatumId object);
  DatumId ref_of(DatumId object);
  DatumId code_object(DatumId object, const Names& names);
  DatumId path_below_app(DatumId path);
  PlacedDatum entry(DatumId holder, std::string_view name);
  DatumId reference(std::string_view address, std::string_view attribute);

  // cdk_documents.cpp
  DatumId principal(DatumId given);
  DatumId principals(DatumId given);
  DatumId statement(DatumId object);
  DatumId statements(DatumId list);
  DatumId key_rules(DatumId filters);
  DatumId event_pattern(DatumId pattern);
  DatumId input_object(DatumId input);
  DatumId definition(DatumId start);
  DatumId task_state(DatumId task);

  // cdk_functions.cpp
  DatumId call_value(const std::string& path, const Arguments& arguments);
  DatumId function_value(const std::string& path, DatumId first, DatumId second);
  DatumId filter_value(const std::string& path, const Arguments& arguments, DatumId first);
  DatumId subscription_filter(std::string_view kind, DatumId options);
  DatumId formatted_arn(DatumId parts);

  const FileSystem& files_;
  const DeploymentProgram& app_;
  const std::vector<std::string>& paths_;
  std::string definition_;
  Interpreter* p_ = nullptr;  // while the program runs
  std::vector<SynthesisedResource> made_ = {};
  std::unordered_map<std::uint32_t, std::uint32_t> rows_ = {};          // by object: row of made_
  std::unordered_map<std::uint32_t, std::string> addresses_ = {};       // by object
  std::vector<std::pair<std::string, std::uint32_t>> by_address_ = {};  // sorted, without resources
  std::size_t known_places_ = 0;                           // how many addresses there were then
  std::unordered_map<std::uint32_t, DatumId> items_ = {};  // by list: its last item
  std::set<std::string> places_ = {};                      // addresses, and under which tests
  std::set<std::string> taken_ = {};                       // addresses
  std::map<std::string, DatumId> stacks_ = {};             // by address
  std::vector<ProgramInput> inputs_ = {};
  std::vector<ProgramOutput> outputs_ = {};
  std::vector<std::pair<std::string, CodePlace>> notes_ = {};
  struct Aspect {
    DatumId scope = {}, visitor = {};
    std::vector<PathTest> path = {};
    CodePlace where = {};
  };
  std::vector<Aspect> aspects_ = {};
  std::set<std::pair<std::uint32_t, bool>> opened_ = {};  // rows; true: as roles
  DatumId sst_application_ = {};                          // of SST 1 and 2
  std::vector<std::pair<FunctionRef, DatumId>> stack_results_ =
      {};                                                      // by the function that a stack is
  std::unordered_map<std::uint32_t, DatumId> documents_ = {};  // by JSON text: what it is made of
  // By $transform: a class of SST whose constructs a function of the program changes (empty: any;
  // kAnyRole: the provider's roles, which something unknown gives rights).
  std::vector<std::pair<std::string, CodePlace>> transformed_ = {};
  int subscribers_ = 0;  // of SST: functions that are written where they are subscribed
  int depth_ = 0;
};

}  // namespace fnlint::cdk
