#pragma once

#include "flow/engine.h"
#include "frontends/source/javascript.h"
#include "frontends/source/python.h"
#include "values/compute.h"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fnlint::testing {

// A little program written in a test: module names to Python or JavaScript texts. Relative imports
// between them are resolved by name; everything else is a library.
class LittleProgram {
 public:
  static LittleProgram python(std::map<std::string, std::string> modules) {
    return LittleProgram(std::move(modules), true);
  }
  static LittleProgram javascript(std::map<std::string, std::string> modules) {
    return LittleProgram(std::move(modules), false);
  }

  // The steps of calling `symbol` of a module as a handler, one line each, and what it returns.
  std::string run(const std::string& module, const std::string& symbol) {
    Engine engine(*pool_, program_);
    Outcome outcome = call(engine, module, symbol);
    if (engine.wants_second_round()) {
      engine.begin_second_round();
      outcome = call(engine, module, symbol);
    }
    std::string text;
    for (const Step& step : outcome.steps) text += line(step) + "\n";
    if (outcome.value.exists()) text += "returns " + describe(*pool_, outcome.value) + "\n";
    return text;
  }
  ValuePool& pool() { return *pool_; }

 private:
  LittleProgram(std::map<std::string, std::string> modules, bool is_python)
      : pool_(std::make_unique<ValuePool>()) {
    program_.units.resize(1);
    program_.units[0].language = is_python ? Language::Python : Language::JavaScript;
    for (const auto& [name, text] : modules) {
      rows_[name] = ModuleId{static_cast<std::uint32_t>(facts_.size())};
      facts_.push_back(is_python ? lower_python(text)
                                 : lower_javascript(text, JavaScriptDialect::TypeScript));
    }
    for (const CodeFacts& facts : facts_) {
      ProgramModule row{&facts, 0, {}};
      for (const Import& import : facts.imports) row.imports.push_back(target(facts, import));
      program_.modules.push_back(std::move(row));
    }
  }
  ImportTarget target(const CodeFacts& facts, const Import& import) {
    std::string module(facts.string(import.module));
    const std::string name(facts.string(import.name));
    if (module == "<builtins>") return {{}, false, name};
    std::string local = module;
    while (local.starts_with('.') || local.starts_with('/')) local.erase(0, 1);
    const bool whole = name.empty() || name == "*";
    if (rows_.contains(local)) return {rows_[local], whole, {}};
    if (module == "." && rows_.contains(name)) return {rows_[name], true, {}};
    if (module.starts_with("node:")) module.erase(0, 5);
    return {{}, whole, whole || name == "default" ? module : module + "." + name};
  }
  Outcome call(Engine& engine, const std::string& module, const std::string& symbol) {
    const std::vector<NamedValue> arguments{{pool_->string("0"), pool_->hole(Origin::Event, "")},
                                            {pool_->string("1"), pool_->hole(Origin::Context, "")}};
    const ValueId handler = engine.exported(rows_[module], symbol);
    if (!handler.exists()) return {};
    return engine.call({.callee = handler,
                        .arguments = pool_->record(arguments),
                        .places = {},
                        .receiver_place = {},
                        .mode = {},
                        .at = {},
                        .in_init = false},
                       0);
  }
  std::string line(const Step& step) const {
    const auto text = [&](ValueId value) {
      return value.exists() ? describe(*pool_, value) : std::string("-");
    };
    std::string line;
    if (step.kind == StepKind::Effect)
      line = "effect " + std::string(operations()[step.model].id) + " target " + text(step.value) +
             " key " + text(step.key);
    if (step.kind == StepKind::Call) line = "call " + text(step.subject);
    if (step.kind == StepKind::Store)
      line = "store " + text(step.subject) + " value " + text(step.value);
    for (const Fact& fact : step.holds)
      line += std::string(fact.holds ? " if " : " unless ") + text(fact.test);
    if ((step.flags & kInLoop) != 0) line += " in loop";
    return line;
  }

  std::unique_ptr<ValuePool> pool_;
  std::deque<CodeFacts> facts_;
  std::map<std::string, ModuleId> rows_;
  Program program_;
};

}  // namespace fnlint::testing
