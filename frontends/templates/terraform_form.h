#pragma once

#include <cstdint>
#include <string_view>

// The words of Terraform in the template form.
//
// Rows: a variable is an Input (secret: sensitive), a local value a mapping, an output an output.
// In a file of values (.tfvars) each value is a mapping. Resources, data sources and modules are
// declarations with the address as it is written inside their module: "aws_sqs_queue.jobs",
// "data.archive_file.code", "module.worker"; of the types "aws_sqs_queue", "data.archive_file",
// "module". Their body holds the arguments; `attributes` what Terraform itself reads (count,
// for_each, source, version, provider, depends_on, lifecycle).
//
// A nested block is an entry with a List, one Record for each block of that name; a dynamic block
// is a spread Comprehend in it.
//
// The backend of a root module's state is a declaration of type kTerraformBackend, its address the
// backend's name: "s3", "remote", "cloud". A provider's settings are one of type
// kTerraformProvider, its address the provider's name. Of a variable whose type gives attributes
// defaults, that type is the one row of Input::allowed: object, map, list, set, tuple and optional
// are functions, other types name. [type].
//
// Names are Expr::Apply with their parts as Texts; attributes behind them are Members:
//   var. [name]; local. [name]; resource. [type, name]; data. [type, name]; module. [name];
//   path. [module, root or cwd]; terraform. [workspace]
//   name. [identifier]: each, count, self, an iterator, a variable of a for expression
// Functions are Applys by their own name; a last operand with `...` is spread.
//   choose. [condition, then, else]: a conditional; equals. [a, b]: ==
// A Comprehend has [collection, value, key, condition]; those that are not there have no id. Its
// name is its variables, "k,v" or "v"; detail unites ComprehendForm.
namespace fnlint {

enum ComprehendForm : std::uint8_t {
  kGivesRecord = 1,
  kGroups = 2,   // `...` behind the value: a list of values a key
  kSplat = 4,    // x[*].y: of anything but a list, a list of one; of null, an empty one
  kDynamic = 8,  // a dynamic block: its one variable is a Record of key and value
};

inline constexpr std::string_view kTerraformBackend = "terraform.backend";
inline constexpr std::string_view kTerraformProvider = "terraform.provider";

// Expr::detail of a List of blocks; a list that is an argument has none.
inline constexpr std::uint8_t kBlocks = 1;

}  // namespace fnlint
