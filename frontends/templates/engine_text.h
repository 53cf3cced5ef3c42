#pragma once

#include "core/problem.h"

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

// What is said of such a text, and whether it is what was said.
[[nodiscard]] Problem engine_problem(std::string_view text, Range sign);
[[nodiscard]] bool is_engine_input(const Problems& problems);

}  // namespace fnlint
