#pragma once

#include "flow/facts.h"
#include "flow/program.h"
#include "model/summary.h"
#include "tables/models.h"
#include "values/pool.h"

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// What a call is given.
struct CallInput {
  ValueId callee = {};
  ValueId arguments = {};  // Record: "0", "1", ... and names
  ValueId places =
      {};  // Record, parallel names: where an argument's object lives, where that outlives the call
  ValueId receiver_place = {};
  CallMode mode{};
  CallSite at = {};
  bool in_init = false;  // stands in a module's initialiser
};
// A change of an object that the caller may hold: of the receiver, or of an argument.
struct Change {
  bool into_receiver = true;
  std::string argument = {};
  StoreKind how{};
  ValueId key = {}, value = {};
};
// What a call does and gives. `steps` are in the caller's terms.
struct Outcome {
  ValueId value = {};
  std::vector<Step> steps = {};
  std::vector<Change> changes = {};
  ValueId invoked = {};  // what the callbacks that it ran gave
  FactSet on_return = {};
  bool returns = true;
  bool understood = true;  // false: nothing is known of the callee
};

// A module variable, once its module's initialiser has run.
struct GlobalState {
  ValueId initial = {};
  bool rebound = false;  // a function other than the initialiser assigns it
  std::vector<ValueId> stored =
      {};  // what those assignments stored, where that is free of their own parameters
  bool changed_inside = false;  // its contents are changed by a function
};

// Makes a Summary of each function that something reaches, callees first, over the code form and
// the library models. Knows no template. One engine serves one program; serial.
class Engine {
 public:
  Engine(ValuePool& pool, const Program& program);

  // The value that a module gives under a name once it is loaded. No id: there is none.
  ValueId exported(ModuleId module, std::string_view name);
  // Whether the module's initialiser has been summarised without an end by an unconditional raise.
  const Summary& initialiser(ModuleId module);
  // Where a module keeps what it gives under a name; no id: in no variable of its own.
  ValueId exported_place(ModuleId module, std::string_view name);
  // A factory of closures that live as long as the module.
  bool is_called_at_init_only(FunctionRef function) const;
  const Summary& summary(FunctionRef function);
  // What calling this value does. Used by the walk of bodies, and by the join for handlers.
  Outcome call(const CallInput& invocation, int depth);

  // Functions that initialisers handed to a library to be called later (routes): for handlers of
  // these modules.
  const std::vector<ValueId>& later(ModuleId module) { return later_[module.index]; }
  // The import row that binds a variable; no row: UINT32_MAX.
  std::uint32_t import_of(ModuleId module, VariableId variable);
  void add_later(ModuleId module, ValueId function) { later_[module.index].push_back(function); }

  ValueId member_of(ValueId base, std::string_view name);
  ValueId index_of(ValueId base, ValueId index);
  // The library path by which a model would know this value: empty when it has none.
  std::string library_path(ValueId value) const;
  ValueId global(ModuleId module, VariableId variable);
  ValueId global_place(ModuleId module, VariableId variable);
  GlobalState& global_state(ModuleId module, VariableId variable);
  // Another module's function binds the variable anew.
  void add_rebound(GlobalState& global) {
    wants_second_round_ = wants_second_round_ || (!global.rebound && !second_round_);
    global.rebound = true;
  }
  ValueId import_value(ModuleId module, const Import& row, std::size_t index);
  ValueId class_value(ModuleId module, ClassId type);
  // Variables of enclosing functions that the function, or one inside it, uses.
  const std::vector<VariableId>& captures(FunctionRef function);
  ValueId substitute(ValueId value, const Substitution& substitution);
  // A Computed of this name anew, with what modules and library models know.
  ValueId recompute(std::string_view name, std::span<const ValueId> operands, int depth);

  ValuePool& pool() { return pool_; }
  const ValuePool& pool() const { return pool_; }
  const Program& program() const { return program_; }
  const CodeFacts& facts(ModuleId id) const { return program_.facts(id); }
  Language language(ModuleId id) const { return program_.facts(id).language; }
  // True when a second round would know more: module variables are assigned by functions.
  bool wants_second_round() const { return wants_second_round_; }
  void begin_second_round();
  // The program has grown by units of their own: their modules are walked in a first round.
  void begin_units();
  // What was made of the units so far is forgotten, but for what their module variables hold.
  void end_units();

 private:
  struct ModuleState {
    bool started = false, done = false;
    Summary initialiser = {};
    std::unordered_map<std::uint32_t, GlobalState> globals = {};
    std::unordered_map<std::string, VariableId> names = {};
    std::unordered_map<std::uint32_t, std::uint32_t> imports = {};  // variable to row
    bool indexed = false;
  };
  void forget_summaries();
  void run_initialiser(ModuleId module);
  void index_module(ModuleId module);
  ValueId module_member(ModuleId module, std::string_view name);
  ValueId library_member(ValueId base, std::string_view name);
  CallInput with_bound(const CallInput& invocation);
  ValueId folder_member(std::string_view path, std::string_view name);
  ValueId instance_member(ValueId object, std::string_view name);
  ValueId class_member(ModuleId module, ClassId type, std::string_view name, ValueId receiver,
                       int depth);
  [[nodiscard]] bool wraps(const CallInput& annotation) const;
  Outcome call_method(const CallInput& invocation, int depth);
  Outcome call_function(const CallInput& invocation, int depth);
  Outcome construct(const CallInput& invocation, int depth);
  void add_declared_fields(const Class& type, const CodeFacts& code, ValueId arguments,
                           std::vector<NamedValue>& fields);
  Outcome call_library(const CallInput& invocation, int depth);
  Outcome call_unknown(const CallInput& invocation);
  Outcome call_alternatives(const CallInput& invocation, int depth);
  void replay_steps(const Summary& callee, const Substitution& values, const Substitution& places,
                    const CallInput& invocation, std::span<const Fact> guards, int depth,
                    Outcome& out);
  ValueId bound_parameter(const CodeFacts& code, FunctionRef function, std::size_t position,
                          ValueId arguments, std::size_t shift);

  ValuePool& pool_;
  const Program& program_;
  std::vector<ModuleState> modules_;
  std::vector<std::vector<ValueId>> later_;
  std::unordered_map<std::uint64_t, Summary> summaries_;
  std::set<std::uint64_t> in_progress_;
  std::unordered_map<std::uint64_t, std::vector<VariableId>> captures_;
  std::unordered_map<std::uint64_t, ValueId> classes_;
  std::set<std::uint64_t> called_at_init_, called_later_;
  std::size_t first_open_ = 0;  // the first module of the units in work
  int nesting_ = 0;
  bool wants_second_round_ = false;
  bool second_round_ = false;
};

// Calls of calls that are still followed, whatever they do: a bound on the machine's own stack.
inline constexpr int kNesting = 64;
// The name under which a bound method captures its receiver.
inline constexpr std::string_view kThis = "<this>";

std::string object_path(std::string_view kind, ModuleId module, std::uint32_t index);
// A method that is called, by its receiver and name: kept apart from the member, which for an
// event's field is a path.
ValueId method_value(ValuePool& pool, ValueId receiver, ValueId name);
bool is_method(const ValuePool& pool, ValueId callee);

// "module:4", "class:4:2", "instance:4:2": the paths of Objects that are the project's own.
struct ProjectObject {
  enum class Kind : std::uint8_t { None, Module, Class, Instance } kind{};
  ModuleId module = {};
  ClassId type = {};
};
ProjectObject project_object(const ValuePool& pool, ValueId value);

}  // namespace fnlint
