// Texts with something to evaluate in them: substitutions, dynamic references, variables of loops.
#pragma once

#include "frontends/templates/template_builder.h"
#include "frontends/templates/text_source.h"

#include <span>
#include <string_view>
#include <unordered_map>

namespace fnlint {

using SubVariables = std::unordered_map<std::string_view, ExprId>;

// A text as an expression: a Text, or, where it holds ${...}, a loop's variable or a dynamic
// reference ({{resolve:...}}), the Concat of its parts, each with its exact range. A text that is
// nothing but a dynamic reference is that reference.
[[nodiscard]] ExprId read_text(TemplateBuilder& builder, const TextSource& source,
                               std::span<const std::string_view> loop_variables);

// The text of a Fn::Sub: ${Name} is a Ref, ${Name.Attribute} a Fn::GetAtt, ${!Name} the text
// ${Name}; a name in `variables` is that variable's expression.
[[nodiscard]] ExprId read_sub_text(TemplateBuilder& builder, const TextSource& source,
                                   std::span<const std::string_view> loop_variables,
                                   const SubVariables& variables);

// "Resource.Attribute", split at the first dot outside ${...}.
[[nodiscard]] ExprId read_attribute_name(TemplateBuilder& builder, const TextSource& source,
                                         Range where,
                                         std::span<const std::string_view> loop_variables);

}  // namespace fnlint
