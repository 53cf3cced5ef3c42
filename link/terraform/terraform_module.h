#pragma once

#include "link/stacks/stack_build.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

// What Terraform alone keeps while templates are linked: of each scope that is a module, what it
// has beside its rows.
namespace fnlint::stacks {

// The root modules whose state a data source may ask for; `exact`: surely the first.
struct StateOwners {
  bool exact = false;
  std::vector<ScopeId> roots = {};
};

// More instances than this one declaration does not get.
inline constexpr std::size_t kInstances = 1024;

// One copy of a declaration.
struct Instance {
  ValueId key = {};          // a Number of count, a Text of for_each; none: neither
  ResourceId resource = {};  // none: a data source or a module
  ScopeId scope = {};        // of a module that is read
  BindingId bindings = {};   // of each and count
  GuardId exists = {};
};
enum class InstanceForm : std::uint8_t { One, Counted, Keyed };
struct Instances {
  TextId text = {};
  const Declaration* declaration = nullptr;
  Progress progress{};
  InstanceForm form{};
  bool open = false;  // how many there are is not known
  std::vector<Instance> rows = {};
};

// What a plan says of the resources of a root module and of all below it, by whole address.
struct TerraformPlanned {
  TextId text = {};
  std::unordered_map<std::string_view, const Declaration*> rows = {};
};

struct TerraformModule {
  std::string prefix = {};  // of addresses: "module.network[0]."
  std::string folder = {};  // of its files
  std::string root = {};    // the root module's folder: what relative paths begin at
  std::unordered_map<std::string_view, Instances> instances = {};  // by address in the module
  std::unordered_map<std::string_view, std::vector<RowAt>> values =
      {};                            // that files give to inputs
  std::vector<TextId> choices = {};  // further files of values, of which a deployment takes one
  std::unordered_map<std::string, StateOwners> states = {};  // by data source
  std::vector<RowAt> providers = {};
  RowAt backend = {};   // where its state is kept; no text: it does not say
  GuardId exists = {};  // of the call
  std::shared_ptr<const TerraformPlanned> planned = {};  // none: there is no plan of it
  Span call = {};  // of a stand-in: the module block, where everything in it is shown
  // Uncertainty of what is left to the defaults of its inputs: of a root, a deployment may give it.
  std::uint8_t by_default = kOverridable;
  bool uncalled = false;  // nothing deploys its root: see UncalledModules
  bool stand_in = false;  // what a module of the registry does, as a table has it
};

// What the AWS provider compares source_code_hash with.
enum class HashCompared : std::uint8_t {
  Unknown,
  WithArgument,  // the argument as it was before: what stays the same says that nothing has changed
  WithCode,      // before 5.51: the hash that Lambda tells of the code
};

struct TerraformModules {
  std::vector<std::unique_ptr<TerraformModule>> by_scope = {};  // null: the scope is no module
  std::unordered_map<std::string, std::vector<TextId>> folders = {};  // the texts of each
  std::unordered_map<std::string, HashCompared> hashes = {};  // by root, see hash_compared()
  std::uint32_t tried = 0;  // evaluations by what takes an error for an answer: try(), can()
};

}  // namespace fnlint::stacks
