#pragma once

#include "link/stacks/stack_texts.h"
#include "link/terraform/terraform.h"
#include "link/terraform/terraform_module.h"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What the files of Terraform's room ask one another: modules and their instances, expressions in
// their scopes, conditions, collections, functions, texts.
namespace fnlint::stacks {

// The types of the declarations that say where a root module's state is kept, and with which
// settings a provider is used.
inline constexpr std::string_view kTerraformBackend = "terraform.backend";
inline constexpr std::string_view kTerraformProvider = "terraform.provider";

using TerraformFolders = std::map<std::string, std::vector<TextId>, std::less<>>;
// A wrapper may copy a file of variables into many folders before it runs them (`generate` of
// Terragrunt). Adds to the files of a folder that asks for variables which it does not declare the
// only file of the project that declares all of them, and lies where there is nothing but
// variables.
void share_variables(const LinkContext& build, TerraformFolders& folders);

// An expression in its scope, and what its being the one that counts rests on.
struct ScopedExpr {
  ScopeId scope = {};
  ExprClosure written = {};
  std::uint8_t uncertainty = 0;
  [[nodiscard]] bool exists() const { return written.exists(); }
};

// By which a module of the registry is known in Build::templates.
[[nodiscard]] std::string stand_in_path(std::string_view source);
[[nodiscard]] const TerraformModule& module_of(const LinkContext& build, ScopeId scope);
// The same, to be changed; null: the scope is no module.
[[nodiscard]] TerraformModule* module_at(LinkContext& build, ScopeId scope);
// Null: nothing of that address is declared in the module. Made where it has not been asked for.
const Instances* instances_of(LinkContext& build, ScopeId scope, std::string_view address);
// What expression an input, a local value or an output of a scope has; none: not written.
[[nodiscard]] ScopedExpr definition_of(LinkContext& build, ScopeId scope, std::string_view what,
                                   std::string_view name);
// The tags that the provider of a resource gives to all that it makes; none: it gives none.
[[nodiscard]] ScopedExpr default_tags_of(const LinkContext& build, ResourceId id);
// The expression that another one is only a name of, as far as names alone lead.
[[nodiscard]] ScopedExpr followed(LinkContext& build, ScopedExpr at);
[[nodiscard]] ValueId placed_value(LinkContext& build, const ScopedExpr& at);
// Where an expression is shown.
[[nodiscard]] Span terraform_span(const LinkContext& build, const ScopedExpr& at);

// Whether a condition holds; the guards under which it does and does not, where that is open.
struct Decision {
  std::optional<bool> decided = {};
  GuardId holds = {}, fails = {};
};
[[nodiscard]] Decision decide(LinkContext& build, const ScopedExpr& condition);

// The elements of a collection with their keys; `known` false: there may be others.
struct Element {
  ValueId key = {}, value = {};
};
struct Elements {
  std::vector<Element> rows = {};
  bool known = true;
  bool list = false;
};
[[nodiscard]] Elements elements_of(LinkContext& build, ValueId collection);
// The same of an expression: as many as are written, where a value keeps only the first.
[[nodiscard]] Elements elements_written(LinkContext& build, const ScopedExpr& collection);
// Of what is made for each of what only a deployment knows, that of the same one:
// `aws_sqs_queue.jobs[each.key]`, where both have one `for_each`; no id: there is no such one.
[[nodiscard]] ValueId made_for(const LinkContext& build, ValueId instances, ValueId key);
// Whether the expression gives a set, by the function that makes it or a variable's type.
[[nodiscard]] bool is_set(LinkContext& build, const ScopedExpr& collection);
// The elements of a value, which `collection` gives: those of a set are their own keys.
[[nodiscard]] Elements elements_of(LinkContext& build, ValueId value, const ScopedExpr& collection);
[[nodiscard]] BindingId bind(LinkContext& build, std::string_view variable, ValueId value,
                             BindingId outer);

// The attribute of a resource, a data source, a module's output.
[[nodiscard]] ValueId module_output(LinkContext& build, ScopeId scope, std::string_view name);
[[nodiscard]] ValueId resource_attribute(LinkContext& build, ResourceId id, std::string_view name);
[[nodiscard]] ValueId data_attribute(LinkContext& build, ScopeId scope, std::string_view address,
                                     const Instance& instance, std::string_view name);
// The value that stands for a whole module instance or data source until its attribute is named.
[[nodiscard]] ValueId stand_for(ValuePool& pool, ScopeId scope, std::string_view address,
                                std::size_t row);
struct StandFor {
  ScopeId scope = {};
  std::string address = {};
  const Instance* instance = nullptr;
};
[[nodiscard]] std::optional<StandFor> stood_for(LinkContext& build, ValueId value);
// Texts and numbers have no attributes: what asks for one gives way in try().
[[nodiscard]] bool has_no_members(const ValuePool& pool, ValueId value);
[[nodiscard]] ValueId attribute_of(LinkContext& build, ValueId base, std::string_view name);

// A function by its name; no id: there is none of that name.
struct FunctionCall {
  LinkContext& build;
  ScopeId scope = {};
  ExprClosure at = {};
  std::vector<ValueId> arguments = {};
  // Of an operand that is evaluated only where it is wanted.
  std::function<ValueId(std::size_t)> operand = {};
};
[[nodiscard]] ValueId terraform_function(FunctionCall& call, std::string_view name);
using Arguments = std::span<const ValueId>;
using TerraformFunction = ValueId (*)(FunctionCall&, Arguments);
// A function once for each alternative of its arguments.
[[nodiscard]] ValueId over_alternatives(FunctionCall& call, std::string_view name,
                                        TerraformFunction apply, std::vector<ValueId> args,
                                        std::size_t from = 0);
// Those about texts and files; those that take operands as they are.
[[nodiscard]] ValueId terraform_text_function(FunctionCall& call, std::string_view name);
[[nodiscard]] ValueId terraform_lazy_function(FunctionCall& call, std::string_view name);
// Functions that take their operands unevaluated: try, can, templatefile.
[[nodiscard]] bool is_lazy_function(std::string_view name);

// A text as long as it is: heredocs, templates, files.
[[nodiscard]] LongText terraform_text(LinkContext& build, const ScopedExpr& at);
// A path that a function takes, from the run's root; nothing where it leads out of it.
[[nodiscard]] std::optional<std::string> terraform_path(const LinkContext& build, ScopeId scope,
                                                        std::string_view written);
// The file of text that templatefile() names, with the variables bound; none: it was not read.
[[nodiscard]] ScopedExpr template_text(LinkContext& build, const ScopedExpr& call);

}  // namespace fnlint::stacks
