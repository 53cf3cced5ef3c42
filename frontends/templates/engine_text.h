// Files that a template engine still has to fill in: recognises them, and makes some readable.
#pragma once

#include "core/problem.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The first sign that a text is still input of a template engine: Jinja's or cookiecutter's
// {{ name }} and {% statement %}, Handlebars' {{#block}}, ERB's <%= %>. CloudFormation's own
// {{resolve:...}} is none, nor is the {% $expression %} of state machines. Signs also stand in
// inline code and in documents of other services: what they mean is for the caller to judge.
[[nodiscard]] std::optional<Range> find_engine_sign(std::string_view text);

// "{{ cookiecutter.name }}", which stands in nothing else.
[[nodiscard]] std::optional<Range> find_cookiecutter(std::string_view text);

// A place that an engine fills in, and what stands there while the text is read as it is: a word of
// the same length.
struct EngineBlank {
  Range where = {};
  std::string name = {};  // "cookiecutter.project_name", without filters
  std::string word = {};  // "__cookiecutter_project_name__"
};
// A text that can be read without its engine, byte for byte in the same places: blanks are words,
// and statements are left out, so that all of their branches are there.
struct EngineText {
  std::string text = {};
  std::vector<EngineBlank> blanks = {};    // by place
  std::optional<Problem> statements = {};  // the first, where there are any
};
[[nodiscard]] EngineText without_engine(std::string_view text);

// What is said of such a text, and whether it is what was said.
[[nodiscard]] Problem engine_problem(std::string_view text, Range sign);
[[nodiscard]] bool is_engine_input(const Problems& problems);

}  // namespace fnlint
