// The interface between the linker and one tool's templates, as a row of functions.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// What link has to know of a deploying tool's templates beyond their facts. Everything after it
// works on canonical types and paths.
struct Dialect {
  TemplateDialect dialect{};
  // What an expression of such a template is worth; value_of() is its only caller.
  ValueId (*evaluate)(LinkContext&, ScopeId, const ExprClosure&);
  // CloudFormation's type for the tool's; null: they are the same.
  std::string_view (*type)(std::string_view native);
  // The tool's property paths of a type to canonical ones; null: they are the same.
  std::span<const Rename> (*renames)(std::string_view native);
  // Where what an expression stands for is written, so that its parts keep their places; nothing
  // for what stands for itself. Null: nothing ever does.
  std::optional<ExprClosure> (*follow)(LinkContext&, ScopeId, const ExprClosure&) = nullptr;
  // Evaluates the properties of a resource where paths alone do not lead to canonical ones; null:
  // they do.
  void (*locate)(LinkContext&, ResourceId) = nullptr;
  // A resource by a name that the tool has for it beside the template's own; null: it has none.
  ResourceId (*named)(const LinkContext&, ScopeId, std::string_view name) = nullptr;
};

[[nodiscard]] constexpr bool is_terraform(TemplateDialect dialect) {
  return dialect == TemplateDialect::Terraform || dialect == TemplateDialect::TerraformPlan;
}

// What an expression of a template is worth in a scope, by its dialect's functions. Absent where
// there is no expression; Unknown where its value asks for itself.
ValueId value_of(LinkContext& build, ScopeId scope, const ExprClosure& at);

// The row of a text's dialect; CloudFormation's where none is given.
const Dialect& dialect_of(const LinkContext& build, TextId text);

}  // namespace fnlint::stacks
