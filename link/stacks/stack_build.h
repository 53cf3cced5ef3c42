#pragma once

#include "link/resolve/build_facts.h"
#include "link/stacks/located_tree.h"
#include "link/stacks/own_state.h"
#include "link/stacks/template_source.h"
#include "tables/templates.h"
#include "values/evaluate.h"
#include "values/pool.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

// What link_templates() works on until the stacks are complete. The functions that work on it are
// declared in the stack_*.h headers, one subject each; this is the state they share.
namespace fnlint::stacks {

using ScopeId = Id<struct ScopeTag>;
using TextId = Id<struct TextTag>;  // a template or fragment
using BindingId = Id<struct BindingTag>;

// A variable of a Fn::ForEach.
struct Binding {
  std::string_view variable = {};
  ValueId value = {};
  BindingId outer = {};
};

// An expression with all that its value depends on, beside the scope.
struct ExprClosure {
  TextId text = {};
  ExprId expr = {};
  BindingId bindings = {};
  GuardId when = {};          // the branch of a Fn::If that it stands in
  bool inherited = false;     // from a Globals section
  std::uint8_t includes = 0;  // how many files deep
  std::uint8_t uncertainty = 0;  // that the way to it rests on: a variable's default, an open test
  [[nodiscard]] bool exists() const { return expr.exists(); }
};

// A row of a table of TemplateFacts: a scope may take its sections from several texts.
struct RowAt {
  TextId text = {};
  std::uint32_t row = 0;
  BindingId bindings = {};
};

enum class Progress : std::uint8_t { Untouched, Begun, Done };

// What a condition says of the template's inputs.
struct Condition {
  Progress progress{};
  std::optional<bool> decided = {};
  std::vector<Test> holds = {}, fails = {};  // what is so where it holds; where it fails
  bool exact = false;  // the tests say all of it; otherwise it stands for itself as well
  bool open = false;  // something that nobody chooses is not known: what hangs on it is not certain
};

struct InputState {
  Progress progress{};
  ValueId value = {};
  std::optional<std::uint32_t> choice = {};
  bool closed = false;  // AllowedValues: no value outside the choice's domain
};

struct Scope {
  TextId text = {};
  std::vector<TextId> texts = {};  // of a module: all files of its folder, which are one
  ScopeId parent = {};
  std::uint32_t depth = 0;
  ResourceId stack = {};                               // the nested stack's resource in the parent
  std::uint32_t first_resource = 0, end_resource = 0;  // those that it declares
  bool superseded = false;  // a tool's output describes it: see duplicate_definitions.h
  // What it asks for before all resources have rows is asked for again after: nothing is told yet.
  bool asked_again = false;
  std::unordered_map<std::string_view, ResourceId> resources = {};
  std::unordered_set<std::string_view> dropped = {};  // by a condition that never holds
  std::unordered_map<std::string_view, RowAt> inputs = {}, conditions = {}, mappings = {},
                                              outputs = {};
  std::unordered_map<std::string_view, InputState> input_states = {};
  std::unordered_map<std::string_view, Condition> condition_states = {};
  std::unordered_map<std::string_view, ValueId> output_values = {};
  std::unordered_map<std::string_view, ExprClosure> bound =
      {};  // parameters, in the parent's terms
  std::unordered_map<std::string_view, ScopeId> children = {};
  std::unordered_map<std::string_view, std::vector<StringId>> domains = {};
  [[nodiscard]] bool is_module() const { return !texts.empty(); }
};

// What belongs to a resource and does not outlive the build.
struct ResourceBuilder {
  ScopeId scope = {};
  TextId text = {};
  const Declaration* declaration = nullptr;  // null: generated
  // Made with all its properties, as if it were declared: what a service's framework makes.
  bool compiled = false;
  BindingId bindings = {};
  std::vector<ExprClosure> further = {};  // Properties that other texts have of the same resource
  Node properties = {}, metadata = {};
  // It has its own properties, and relates by them.
  [[nodiscard]] bool is_whole() const { return declaration != nullptr || compiled; }
};

// A call of a module whose files are not in the run: what it does with what it is given is not
// known.
struct OpenCall {
  ScopeId caller = {};
  ExprClosure arguments = {};
  Span where = {};
};

struct Text {
  const TemplateSource* source = nullptr;
  ExprTables tables = {};
  // Literals that an input or pseudo parameter is compared with, or a map is asked for by it.
  std::vector<std::pair<std::string_view, std::string_view>> compared = {};
};

// States of dialects.
struct CloudFormationState;  // link/cloudformation/cloudformation_state.h
struct Services;             // link/serverless/serverless_service.h
struct TerraformModules;     // link/terraform/terraform_module.h
// States of subjects: see the members of Build.
struct ApiRoutes;
struct CodeSources;
struct DescribedTwice;
struct ExternalResources;
struct ParameterStore;
struct PseudoDomains;
struct StackExports;
struct TemplateParts;

struct LinkContext {
  ValuePool& pool;
  const TemplateParameters& parameters;
  BuildFacts& builds;
  const FileSystem& files;
  Stacks stacks = {};

  std::deque<Text> texts = {};
  std::unordered_map<std::string_view, TextId> templates = {};  // by path
  std::unordered_map<std::string, TextId> fragments = {};       // by fragment_key()
  std::vector<bool> instantiated = {};                          // by text
  std::deque<Scope> scopes = {};
  std::deque<Binding> bindings = {};
  std::deque<ResourceBuilder> drafts = {};  // as many as stacks.resources
  std::vector<Property> attribute_rows = {};
  LocatedTree properties, attributes;
  bool declared = false;    // every resource that a template declares has its row
  std::uint32_t depth = 0;  // of evaluations that ask for one another
  std::uint64_t nodes_left = 0;
  std::vector<OpenCall> open_calls = {};
  std::unordered_set<std::uint64_t> noted = {};  // unresolved rows that stand already

  // One member a dialect, of which only its own room knows what is inside.
  OwnState<CloudFormationState> cloudformation;
  OwnState<Services> serverless;
  OwnState<TerraformModules> terraform;
  // Likewise one a subject that all dialects have: what keeps it is said beside it.
  OwnState<PseudoDomains> pseudo_domains;    // stack_inputs.cpp
  OwnState<StackExports> exports;            // stack_exchange.cpp
  OwnState<ParameterStore> parameter_store;  // parameter_store.cpp
  OwnState<ExternalResources> external;      // external_resources.cpp
  OwnState<ApiRoutes> routes;                // api_routes.cpp
  OwnState<CodeSources> code_sources;        // code_sources.h
  OwnState<TemplateParts> parts;             // parted_templates.h
  OwnState<DescribedTwice> described_twice;  // link/templates/duplicate_definitions.h

  LinkContext(const LinkContext&) = delete;
  LinkContext& operator=(const LinkContext&) = delete;
  LinkContext(ValuePool& the_pool, const TemplateParameters& the_parameters, BuildFacts& the_builds)
      : pool(the_pool),
        parameters(the_parameters),
        builds(the_builds),
        files(the_builds.files()),
        properties(the_pool, stacks.properties),
        attributes(the_pool, attribute_rows) {}

  [[nodiscard]] Scope& operator[](ScopeId id) { return scopes[id.index]; }
  [[nodiscard]] const Scope& operator[](ScopeId id) const { return scopes[id.index]; }
  [[nodiscard]] const Text& operator[](TextId id) const { return texts[id.index]; }
  [[nodiscard]] const TemplateFacts& facts(TextId id) const {
    return *texts[id.index].source->facts;
  }
  [[nodiscard]] const Expr& expr(const ExprClosure& at) const {
    return facts(at.text).exprs[at.expr.index];
  }
  [[nodiscard]] std::span<const Operand> operands(const ExprClosure& at) const {
    return facts(at.text).operands_of(expr(at).operands);
  }
  // The function of an Apply; empty for anything else.
  [[nodiscard]] std::string_view function(const ExprClosure& at) const {
    const Expr& row = expr(at);
    return row.kind == ExprKind::Apply ? facts(at.text).string(row.name) : std::string_view{};
  }
  // The text of a Text expression; nothing for anything else.
  [[nodiscard]] std::optional<std::string_view> literal(const ExprClosure& at) const {
    if (!at.exists() || expr(at).kind != ExprKind::Text) return std::nullopt;
    return facts(at.text).string(expr(at).name);
  }
  [[nodiscard]] ExprClosure operand(const ExprClosure& at, std::size_t index) const {
    ExprClosure out = at;
    const auto all = operands(at);
    out.expr = index < all.size() ? all[index].value : ExprId{};
    return out;
  }
  // The entry of a Record by its literal key; none when it is not there or `record` is none.
  [[nodiscard]] ExprClosure entry(const ExprClosure& record, std::string_view key) const;
  [[nodiscard]] ExprClosure body(const ResourceBuilder& draft) const;  // the Properties
  // The place of a range of the text: in its file, or in one of those that it is made of.
  [[nodiscard]] Span span(TextId text, Range range) const;
  [[nodiscard]] Span span(const ExprClosure& at) const {
    return span(at.text, facts(at.text).expr_ranges[at.expr.index]);
  }
  [[nodiscard]] Resource& resource(ResourceId id) { return stacks.resources[id.index]; }
  [[nodiscard]] const Resource& resource(ResourceId id) const { return stacks[id]; }
  [[nodiscard]] ResourceBuilder& draft(ResourceId id) { return drafts[id.index]; }
  [[nodiscard]] const ResourceBuilder& draft(ResourceId id) const { return drafts[id.index]; }
  [[nodiscard]] std::string_view address(ResourceId id) const {
    return pool[stacks.resources[id.index].address];
  }

  void problem(Span where, std::string message) {
    stacks.problems.push_back({where, std::move(message)});
  }
  // Adds a resource to the scope. One of that name that is there already is given back.
  ResourceId add_resource(ScopeId scope, std::string_view address, std::string_view type,
                          const Resource& row, const ResourceBuilder& draft);
  // One that a transform makes out of `maker`.
  ResourceId generate(ResourceId maker, std::string_view address, std::string_view type,
                      Span where);

  // Where the program that wrote the template made a resource; null: not known.
  [[nodiscard]] const Construct* construct(ResourceId id) const;
  // A text of its Metadata; empty: none.
  [[nodiscard]] std::string_view metadata(ResourceId id, std::string_view name) const;
  // The path of the construct that a resource is; empty where no program tells.
  [[nodiscard]] std::string_view construct_path(ResourceId id) const;
  [[nodiscard]] bool superseded(ResourceId id) const {
    return stacks.resources[id.index].superseded;
  }

  // Once for each place and reason.
  void unresolved(UnresolvedKind kind, std::string reason, Span where,
                  std::string_view function = {});
  // Once for each reason in a scope, at the first place.
  void unresolved_once(ScopeId scope, UnresolvedKind kind, std::string reason, Span where);
};

std::string fragment_key(std::string_view path, bool has_section, std::string_view section);
std::string variable_key(std::string_view path);  // of a file that a service's variables name

}  // namespace fnlint::stacks
