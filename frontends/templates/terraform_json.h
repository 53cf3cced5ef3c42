#pragma once

#include "frontends/templates/template_builder.h"

#include <span>
#include <string_view>

namespace fnlint {

// Terraform's JSON syntax into the tables; `values`: a file of values (.tfvars.json).
void read_terraform_json(TemplateBuilder& builder, std::string_view text, bool values);

// Asks for what a module block is about.
void want_terraform_module(TemplateBuilder& builder, const Declaration& module);

// What Terraform itself reads in a block of this type: "resource", "data", "module".
[[nodiscard]] std::span<const std::string_view> terraform_own_names(std::string_view block);

}  // namespace fnlint
