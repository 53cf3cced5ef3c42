// Runs a CDK or SST program that a test writes down, and prints its resources.
#pragma once

#include "core/text.h"
#include "frontends/source/go/go.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/python/python.h"
#include "link/synth/synth.h"
#include "tests/link/stacks.h"

#include <deque>
#include <string>
#include <string_view>

namespace fnlint::test {

// What a program of one file makes, in words: each resource with its properties.
class Synthesis {
 public:
  Synthesis(std::string_view source, Language language, std::string_view definition) {
    facts_.push_back(language == Language::Python ? lower_python(source)
                     : language == Language::Go
                         ? lower_go(source)
                         : lower_javascript(source, JavaScriptDialect::TypeScript));
    ProgramModule module{.facts = &facts_.front()};
    for (const Import& row : facts_.front().imports) module.imports.push_back(target(row));
    program_.modules.push_back(std::move(module));
    program_.units.push_back({facts_.front().language, {}});
    const DeploymentProgram app{.roots = {},
                                .folder = "app",
                                .entry = "app/main.ts",
                                .reason = {},
                                .also = {},
                                .is_sst = source.find("stacks(app") != std::string_view::npos};
    made_ = synthesise(program_, {{FileId{1}, &facts_.front(), 0}}, {"app/main.ts"}, ModuleId{0},
                       app, FileId{0}, definition, files_);
  }
  std::string words(std::string_view type) const {
    std::string text = "\n";
    const TemplateFacts& facts = made_.facts;
    for (const Declaration& row : facts.declarations) {
      if (!type.empty() && facts.string(row.type) != type) continue;
      text += cat(facts.string(row.address),
                  row.condition.exists() ? cat(" if ", facts.string(row.condition)) : std::string(),
                  ": ", expr(row.body), '\n');
    }
    return text;
  }
  std::string notes() const {
    std::string text;
    for (const Unresolved& row : made_.unresolved) text += cat(row.reason, '\n');
    return text;
  }

 private:
  ImportTarget target(const Import& row) const {
    const CodeFacts& code = facts_.front();
    // Go's paths have the versions of their modules inside.
    const std::string module =
        replace_all(replace_all(code.string(row.module), "/v2", ""), "/v10", "");
    const std::string name(code.string(row.name));
    if (module == "<builtins>") return {.path = name};
    const bool whole = name.empty() || name == "*";
    return {.whole = whole, .path = whole ? module : cat(module, '.', name)};
  }
  std::string expr(ExprId id) const {
    const TemplateFacts& facts = made_.facts;
    const Expr& row = facts[id];
    std::string inner;
    for (const Operand& one : facts.operands_of(row.operands)) {
      if (!inner.empty()) inner += ' ';
      if (one.name.exists()) inner += cat(facts.string(one.name), '=');
      inner += expr(one.value);
    }
    switch (row.kind) {
      case ExprKind::List: return cat('[', inner, ']');
      case ExprKind::Record: return cat('{', inner, '}');
      case ExprKind::Apply: return cat(facts.string(row.name), '(', inner, ')');
      case ExprKind::Bool: return row.detail == 1 ? "true" : "false";
      case ExprKind::Unknown: return "?";
      default: return std::string(facts.string(row.name));
    }
  }

  std::deque<CodeFacts> facts_;
  Program program_;
  StackProject files_;
  SynthesisedTemplate made_;
};

inline std::string typescript(std::string_view source, std::string_view type = {},
                              std::string_view definition = "{\"app\": \"node main.ts\"}") {
  return Synthesis(source, Language::JavaScript, definition).words(type);
}
inline std::string python(std::string_view source, std::string_view type = {}) {
  return Synthesis(source, Language::Python, "{\"app\": \"python main.py\"}").words(type);
}

}  // namespace fnlint::test
