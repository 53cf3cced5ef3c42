#pragma once

#include "frontends/templates/terraform_form.h"
#include "model/template.h"

#include <string_view>

// Terraform's and OpenTofu's configuration, HCL and JSON, in its own words: see terraform_form.h.
namespace fnlint {

[[nodiscard]] bool is_terraform_name(std::string_view name);
[[nodiscard]] bool is_terraform_values(std::string_view name);  // .tfvars, .tfvars.json
[[nodiscard]] TemplateDialect recognise_terraform(std::string_view path, std::string_view text);
[[nodiscard]] TemplateFacts read_terraform(std::string_view path, std::string_view text);

// A file that templatefile() or a template_file names: its text as TemplateFacts::fragment, with
// its names as name. [identifier].
[[nodiscard]] TemplateFacts read_terraform_text(std::string_view text);

// What `terraform show -json` prints of a plan: each planned resource is a declaration with its
// whole address; the values of root variables are mappings.
[[nodiscard]] TemplateDialect recognise_terraform_plan(std::string_view text);
[[nodiscard]] TemplateFacts read_terraform_plan(std::string_view text);

}  // namespace fnlint
