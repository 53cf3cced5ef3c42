// The modules of a program: their names, what imports bind, and what their variables hold.
#pragma once

#include "flow/modules/code_index.h"
#include "flow/state/stored_entries.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/program.h"
#include "model/hole_at.h"
#include "values/pool.h"
#include "values/transfer.h"

#include <tsl/robin_map.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// A module variable, once its module's initialiser has run.
struct GlobalState {
  ValueId initial = {};
  bool rebound = false;  // a function other than the initialiser assigns it
  std::vector<ValueId> stored =
      {};  // what those assignments stored, where that is free of their own parameters
  StoredEntries inside = {};  // of its contents, which functions change
};

// Knows what the code of a module says, and what walks have noted of its variables; walks nothing.
class ModuleStore {
 public:
  ModuleStore(ValuePool& pool, const Program& program, CodeIndex& index);

  [[nodiscard]] std::size_t size() const { return modules_.size(); }
  // The first module of the units in work.
  [[nodiscard]] std::size_t first_open() const { return first_open_; }

  // Looks up its names, and marks what functions change in its variables: once, while the unit is in
  // work. All that is asked below does it.
  void index(ModuleId module);
  // A module's own variable of that name; none: no id.
  VariableId named(ModuleId module, std::string_view name);
  // The import row that binds a variable; no row: UINT32_MAX.
  std::uint32_t import_of(ModuleId module, VariableId variable);
  AlsoAssigned also_assigned(ModuleId module, VariableId variable);
  // The rows of `from x import *`, which are asked for each unknown name.
  std::span<const std::uint32_t> stars(ModuleId module);
  // What a variable is given, or is an element of, where that is one thing alone; none: no id.
  ExprId sole_value(ModuleId module, VariableId variable);
  ExprId iterated(ModuleId module, VariableId variable);
  // The call that a function is handed to where it is written; none: no id.
  OpId passed_to(ModuleId module, FunctionId function);

  ValueId place(ModuleId module, VariableId variable);
  GlobalState& state(ModuleId module, VariableId variable) {
    return modules_[module.index].globals[variable.index];
  }
  // Whether functions assign the module variable that a place is.
  bool is_rebound(ValueId place);
  // Another module's function binds the variable anew.
  void add_rebound(ModuleId module, GlobalState& global);
  // A function changes what is inside of the module variable that a place is a part of.
  void add_stored(ValueId place, ValueId key, ValueId value, StoreKind how);
  // The same of a module that does so while it is loaded, so that it is there for all that follow.
  void add_registered(ValueId place, ValueId key, ValueId value, StoreKind how);
  // What a module gave under a name, once functions have changed it: it is the object that its own
  // variable of that name still holds.
  ValueId as_changed_since(ModuleId module, std::string_view name, ValueId given);

  // Units of which a second round would know more: functions assign their modules' variables.
  [[nodiscard]] const std::set<std::uint32_t>& wants_second_round() const {
    return assigned_units_;
  }
  void want_second_round(ModuleId module);
  // Whether its unit is one of them, and the first round is not over: what is found now is not all.
  [[nodiscard]] bool is_walked_again(ModuleId module) const {
    return !second_round_ && assigned_units_.contains(program_.modules[module.index].unit);
  }
  void begin_second_round() { second_round_ = true; }
  // The program has grown by units of their own: their modules are walked in a first round.
  void begin_units();
  void end_units();
  // Takes what functions keep in module variables, as another store of the program knows it.
  void keep_stored(const ModuleStore& other, ValueTransfer& transfer);
  // The same of a store of whose pool this one's is a copy.
  void keep_stored(const ModuleStore& other);

 private:
  // While the unit is in work. Parallel to variables or to functions of the module.
  struct Names {
    bool known = false;
    tsl::robin_map<std::string_view, VariableId> own = {};
    std::vector<std::uint32_t> imports = {}, stars = {};
    std::vector<AlsoAssigned> also_assigned = {};
    std::vector<ExprId> sole_values = {}, iterated = {};
    std::vector<OpId> passed_to = {};
  };
  struct Row {
    Names names = {};
    std::unordered_map<std::uint32_t, GlobalState> globals = {};
  };
  const Names& names(ModuleId module);
  void mark_changed_inside(ModuleId module);
  ValueId written_place(ModuleId module, ExprId expr);
  template <class Note>  // bool(StoredEntries&): whether there is more
  void note_inside(ValueId place, const Note& note);

  ValuePool& pool_;
  const Program& program_;
  CodeIndex& index_;
  std::vector<Row> modules_;
  std::size_t first_open_ = 0;
  std::set<std::uint32_t> assigned_units_;
  bool second_round_ = false;
};

}  // namespace fnlint
