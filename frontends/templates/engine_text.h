#pragma once

#include "core/span.h"

#include <optional>
#include <string_view>

namespace fnlint {

// The first sign that a text is still input of a template engine: Jinja's or cookiecutter's
// {{ name }} and {% statement %}, Handlebars' {{#block}}, ERB's <%= %>. CloudFormation's own
// {{resolve:...}} is none, nor is the {% $expression %} of state machines. Signs also stand in
// inline code and in documents of other services: what they mean is for the caller to judge.
[[nodiscard]] std::optional<Range> find_engine_sign(std::string_view text);

// "{{ cookiecutter.name }}", which stands in nothing else.
[[nodiscard]] std::optional<Range> find_cookiecutter(std::string_view text);

}  // namespace fnlint
