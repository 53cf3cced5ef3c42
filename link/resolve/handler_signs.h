// Handlers in projects without a template, recognised by how they look.
#pragma once

#include "model/code.h"
#include "tables/languages.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A handler that a file of code has by its form: a function of the runtime's parameters under a
// handler's name, a class of a handler's interface, a program that gives one to the runtime.
struct FoundHandler {
  std::string symbol = {};  // "lambda_handler"; "com.example.App"; "Shop.Orders::Handle"; of a
                            // program: empty
  std::string name = {};    // that its author would call it by: "lambda_handler", "App"
  Range where = {};         // of its name
  const EventSign* event = nullptr;  // which events it takes; null: not known
  bool needs_aws = false;            // one only in a project that works with AWS
};

// Whether a text names what a file with a handler has, and whether it names a library of AWS: asked
// before it is parsed.
[[nodiscard]] bool may_have_handler(Language language, std::string_view text);
[[nodiscard]] bool works_with_aws(Language language, std::string_view text);

// In the order of the file, 60 at most. Tables: data/handler_signatures.yaml,
// data/handler_contracts.yaml.
[[nodiscard]] std::vector<FoundHandler> find_handlers(const CodeFacts& code);

}  // namespace fnlint
