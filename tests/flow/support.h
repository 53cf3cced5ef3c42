// Runs programs that a test writes down, and prints the steps of their summaries.
#pragma once

#include "core/text.h"
#include "flow/engine/engine.h"
#include "frontends/source/csharp/csharp.h"
#include "frontends/source/go/go.h"
#include "frontends/source/java/java.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/kotlin/kotlin.h"
#include "frontends/source/python/python.h"
#include "frontends/source/ruby/ruby.h"
#include "frontends/source/rust/rust.h"
#include "values/compute.h"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fnlint::testing {

// A little program written in a test: module names to their texts. Imports between them are
// resolved by name (of Java: a module is called as its class); everything else is a library.
class LittleProgram {
 public:
  static LittleProgram python(const std::map<std::string, std::string>& modules) {
    return {modules, Language::Python, lower_python};
  }
  static LittleProgram javascript(const std::map<std::string, std::string>& modules) {
    return {modules, Language::JavaScript, [](std::string_view text) {
              return lower_javascript(text, JavaScriptDialect::TypeScript);
            }};
  }
  static LittleProgram kotlin(const std::map<std::string, std::string>& modules) {
    return {modules, Language::Java, lower_kotlin};
  }
  static LittleProgram csharp(const std::map<std::string, std::string>& modules) {
    return {modules, Language::CSharp, lower_csharp};
  }
  static LittleProgram ruby(const std::map<std::string, std::string>& modules) {
    return {modules, Language::Ruby, lower_ruby};
  }
  static LittleProgram go(const std::map<std::string, std::string>& modules) {
    return {modules, Language::Go, lower_go};
  }
  static LittleProgram rust(const std::map<std::string, std::string>& modules) {
    return {modules, Language::Rust, lower_rust};
  }
  static LittleProgram java(const std::map<std::string, std::string>& modules) {
    return {modules, Language::Java, lower_java};
  }

  // The steps of calling `symbol` of a module as a handler, one line each, and what it returns.
  std::string run(const std::string& module, const std::string& symbol) {
    return run_by(&LittleProgram::exported, module, symbol);
  }
  // The same for a handler that takes `event` and `context` by name.
  std::string run_named(const std::string& module, const std::string& symbol) {
    by_name_ = true;
    return run(module, symbol);
  }
  // "Class.method" of the module of that class, called on the handler's object.
  std::string run_method(const std::string& module, const std::string& method) {
    return run_by(&LittleProgram::method_of_handler, module, method);
  }
  // What the module's initialiser handed to the runtime.
  std::string run_entry(const std::string& module) {
    return run_by(&LittleProgram::entry, module, "");
  }
  // What such a call makes to be kept, works at, leaves running and waits for.
  std::string work(const std::string& module, const std::string& symbol) {
    work_.clear();
    run(module, symbol);
    return work_;
  }
  // What such a call reads of what it is given: "event Records[].body", with "?" where its absence
  // is expected.
  std::string reads(const std::string& module, const std::string& symbol) {
    run(module, symbol);
    return reads_;
  }
  std::string reads_of_named(const std::string& module, const std::string& symbol) {
    run_named(module, symbol);
    return reads_;
  }
  std::string reads_of_method(const std::string& module, const std::string& method) {
    run_method(module, method);
    return reads_;
  }
  std::string reads_of_entry(const std::string& module) {
    run_entry(module);
    return reads_;
  }
  // What it gives back, a line for each return.
  std::string returns(const std::string& module, const std::string& symbol) {
    run(module, symbol);
    return returns_;
  }
  // The module variables that it reads, a line each.
  std::string finds(const std::string& module, const std::string& symbol) {
    run(module, symbol);
    return found_;
  }
  ValuePool& pool() { return *pool_; }

 private:
  static bool is_work(const Step& step) { return step.kind > StepKind::Raise; }
  struct Callee {
    ValueId function = {}, place = {};
  };
  using Find = Callee (LittleProgram::*)(Engine&, ModuleId, const std::string&);
  std::string run_by(Find find, const std::string& module, const std::string& symbol) {
    Engine engine(*pool_, program_);
    CallResult outcome = call(engine, (this->*find)(engine, rows_[module], symbol));
    if (!engine.modules().wants_second_round().empty()) {
      engine.begin_second_round();
      outcome = call(engine, (this->*find)(engine, rows_[module], symbol));
    }
    std::string text;
    reads_.clear();
    returns_.clear();
    found_.clear();
    for (const Step& step : outcome.steps) {
      if (step.kind == StepKind::Sink) continue;
      if (step.kind == StepKind::Read)
        reads_ += read(step);
      else if (step.kind == StepKind::Find)
        found_ += describe(*pool_, step.subject) +
                  ((step.flags & kSetBefore) != 0 ? " set before\n" : "\n");
      else if (step.kind == StepKind::Return)
        returns_ += describe(*pool_, step.value) + "\n";
      else
        (is_work(step) ? work_ : text) += line(step) + "\n";
    }
    if (outcome.value.exists()) text += "returns " + describe(*pool_, outcome.value) + "\n";
    return text;
  }
  Callee exported(Engine& engine, ModuleId module, const std::string& symbol) {
    return {engine.exported(module, symbol), {}};
  }
  Callee method_of_handler(Engine& engine, ModuleId module, const std::string& method) {
    const HandlerObject& object = engine.handler_objects().of(module, ClassId{0});
    return {engine.member_of(object.instance, method), object.place};
  }
  Callee entry(Engine& engine, ModuleId module, const std::string&) {
    engine.loader().initialiser(module);
    const auto& entries = engine.registrations().entries(module);
    return {entries.empty() ? ValueId{} : entries[0], {}};
  }
  LittleProgram(const std::map<std::string, std::string>& modules, Language language,
                CodeFacts (*lower)(std::string_view))
      : pool_(std::make_unique<ValuePool>()) {
    program_.units.resize(1);
    program_.units[0].language = language;
    for (const auto& [name, text] : modules) {
      rows_[name] = ModuleId{static_cast<std::uint32_t>(facts_.size())};
      facts_.push_back(lower(text));
    }
    for (const CodeFacts& facts : facts_) {
      ProgramModule row{&facts, 0, {}};
      for (const Import& import : facts.imports) row.imports.push_back(target(facts, import));
      program_.modules.push_back(std::move(row));
    }
    for (const auto& [name, id] : rows_) program_.units[0].modules[name] = id;
    program_.units[0].end = static_cast<std::uint32_t>(program_.modules.size());
  }
  ImportTarget target(const CodeFacts& facts, const Import& import) {
    std::string module(facts.string(import.module));
    const std::string name(facts.string(import.name));
    if ((import.flags & kImplicit) != 0)
      if (const ModuleId home = declaring(name); home.exists()) return {home, false, {}};
    const bool by_class = (import.flags & kStar) == 0 && facts.language == Language::Java;
    if (by_class && rows_.contains(name)) return {rows_[name], false, {}};
    if (by_class && module.empty()) return {{}, false, cat("java.lang.", name)};
    if ((import.flags & kImplicit) != 0)  // of a namespace that the file uses, if a model has it
      for (const bool by_row : {true, false})
        for (const Import& star : facts.imports) {
          if ((star.flags & kStar) == 0) continue;
          const std::string path = cat(facts.string(star.module), ".", name);
          if (by_row ? find_library_model(facts.language, path) != nullptr
                     : find_library_family(path + "()") != nullptr)
            return {{}, false, path};
        }
    if (module == "<builtins>") return {{}, false, name};
    std::string local = module;
    while (local.starts_with('.') || local.starts_with('/')) local.erase(0, 1);
    const bool whole = name.empty() || name == "*";
    if (rows_.contains(local)) return {rows_[local], whole, {}};
    if (module == "." && rows_.contains(name)) return {rows_[name], true, {}};
    if (module.starts_with("node:")) module.erase(0, 5);
    if (module.empty()) return {{}, false, name};
    return {{}, whole, whole || name == "default" ? module : module + "." + name};
  }
  // The module that declares a name of the package.
  ModuleId declaring(std::string_view name) const {
    for (std::uint32_t m = 0; m < facts_.size(); ++m)
      for (const Variable& variable : facts_[m].variables)
        if (variable.owner.index == 0 && variable.kind == VariableKind::Module &&
            facts_[m].string(variable.name) == name)
          return ModuleId{m};
    return {};
  }
  CallResult call(Engine& engine, Callee callee) {
    const std::vector<NamedValue> arguments{
        {pool_->string(by_name_ ? "event" : "0"), pool_->hole(Origin::Event, "")},
        {pool_->string(by_name_ ? "context" : "1"), pool_->hole(Origin::Context, "")}};
    if (!callee.function.exists()) return {};
    return engine.call({.callee = callee.function,
                        .arguments = pool_->record(arguments),
                        .places = {},
                        .receiver_place = callee.place,
                        .mode = {},
                        .at = {},
                        .in_init = false,
                        .from = {}},
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
    if (step.kind == StepKind::Make) line = "make " + text(step.value);
    if (step.kind == StepKind::Work) line = "work " + text(step.subject);
    if (step.kind == StepKind::Wait) line = "wait";
    if (step.kind == StepKind::Start)
      line = (step.flags & kGivenCallback) != 0 ? "start with a callback" : "start";
    if (step.kind == StepKind::Store)
      line = "store " + text(step.subject) + " value " + text(step.value);
    for (const Fact& fact : step.holds)
      line += std::string(fact.holds ? " if " : " unless ") + text(fact.test);
    if ((step.flags & kInLoop) != 0) line += " in loop";
    return line;
  }

  std::string read(const Step& step) const {
    if (!step.value.exists()) return "and more\n";
    const bool expected = (step.flags & kAbsenceExpected) != 0;
    const bool fails = (step.flags & kAbsenceFails) != 0;
    return describe(*pool_, step.value) + (expected ? "?" : fails ? "!" : "") + "\n";
  }

  std::string work_ = {}, reads_ = {}, returns_ = {}, found_ = {};
  std::unique_ptr<ValuePool> pool_;
  std::deque<CodeFacts> facts_;
  std::map<std::string, ModuleId> rows_;
  Program program_;
  bool by_name_ = false;
};

}  // namespace fnlint::testing
