// Terraform's JSON syntax, and what it has in common with the HCL reader.
#pragma once

#include "frontends/templates/template_builder.h"
#include "model/document.h"

#include <span>
#include <string_view>

namespace fnlint {

// Terraform's JSON syntax into the tables; `values`: a file of values (.tfvars.json).
void read_terraform_json(TemplateBuilder& builder, std::string_view text, bool values);

// A null, boolean, number or text as it is; no id for a map or list.
[[nodiscard]] ExprId scalar_of(TemplateBuilder& builder, const Document& document, NodeId node);

// Asks for what a module block is about.
void want_terraform_module(TemplateBuilder& builder, const Declaration& module);

// Whether a variable's type has optional attributes.
[[nodiscard]] bool gives_terraform_defaults(std::string_view type);
void allow_terraform_type(TemplateBuilder& builder, Input& input, ExprId type);

// What Terraform itself reads in a block of this type: "resource", "data", "module".
[[nodiscard]] std::span<const std::string_view> terraform_own_names(std::string_view block);

}  // namespace fnlint
