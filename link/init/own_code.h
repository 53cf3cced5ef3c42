// Definitions of a unit by name: the closed world in which absence proves something.
#pragma once

#include "flow/syntax/program.h"
#include "link/init/raised_errors.h"

#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fnlint {

// The module of names that the language has without an import.
inline constexpr std::string_view kBuiltins = "<builtins>";

// Whether the code makes or asks for names by their texts: `globals()`, `locals()`, `exec`.
bool makes_names(const CodeFacts& code);
// Whether all names of the file are known: none come from stars, none are made by their texts, and
// no part of it could not be read.
bool has_closed_names(const CodeFacts& code);

// A function or a class of the project that code names.
struct OwnTarget {
  ModuleId module = {};
  FunctionId function = {};  // exists: a function ...
  ClassId type = {};         // ... or a class
};

// What the modules of a program's units define, found without evaluating anything. Answers are kept
// until forget(), and are views into the modules' facts.
class OwnCode {
 public:
  explicit OwnCode(const Program& program) : program_(program) {}

  // Whether nothing makes names of a module that do not stand in it: no stars, no globals(), no
  // __getattr__, and it could be read whole.
  [[nodiscard]] bool is_closed(ModuleId module);
  // Whether a closed module binds a name (Python), or exports it (JavaScript).
  [[nodiscard]] bool has(ModuleId module, std::string_view name);
  // The names of all that a class and its own bases define or set; open: some are not known.
  struct Members {
    std::unordered_set<std::string_view> names = {};
    bool open = false;
  };
  [[nodiscard]] const Members& members_of(ModuleId module, ClassId type);
  // Whether a class that derives from it has members that are not known: its objects may have
  // those.
  [[nodiscard]] bool is_open_below(ModuleId module, ClassId type);
  // Whether any module of the unit has a member of that name, on whatever object, or has the name
  // as a text; or members are made by their names there.
  [[nodiscard]] bool is_member_somewhere(std::uint32_t unit, std::string_view name);
  // What an expression in a function names, where one definition alone may stand for it, and no
  // decorator stands before that; a method where its object is the function's own receiver.
  [[nodiscard]] OwnTarget named(ModuleId module, FunctionId in, ExprId callee);
  // The method of an object that is not known, where one class alone of the unit has a method of
  // that name, which is of several words, and no library's object is asked:
  // `this.store.loadOrder()`.
  [[nodiscard]] OwnTarget only_method(ModuleId module, ExprId callee);
  // Whether code of the unit calls the method by the class, and hands over no object of its own:
  // `Orders.parse(text)`.
  [[nodiscard]] bool is_called_on_class(ModuleId module, ClassId type, std::string_view method);
  // The constructor of a class, which one of its bases may have; `known` false: it may have one
  // that is not seen.
  struct Constructor {
    OwnTarget target = {};
    bool known = false;
  };
  [[nodiscard]] Constructor constructor_of(ModuleId module, ClassId type);

  // Whether an error of the class that a handler in the module names may come of the call: not
  // where only code of the project raises it, and none that the call leads to.
  [[nodiscard]] bool may_raise(ModuleId module, OpId call, std::string_view error);

  void forget();

 private:
  struct Names {
    // To the module's variable of that name; of an export none.
    std::unordered_map<std::string_view, VariableId> bound = {};
    bool closed = true;
  };
  struct UnitNames {
    std::unordered_map<std::string_view, int> members = {};  // how often each is defined or set
    std::unordered_set<std::string_view> texts = {};
    // Functions of classes by their names; none: several have it.
    std::unordered_map<std::string_view, OwnTarget> methods = {};
    bool open = false;
  };
  using ClassCall = std::tuple<ModuleId, ClassId, std::string_view>;
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const { return program_.facts(module); }
  const Names& names_of(ModuleId module);
  const UnitNames& unit_names(std::uint32_t unit);
  const std::vector<ExprId>& values_of(ModuleId module);
  [[nodiscard]] OwnTarget of_variable(ModuleId module, std::uint32_t variable);
  [[nodiscard]] OwnTarget of_name(ModuleId module, std::string_view name);
  [[nodiscard]] OwnTarget of_import(ModuleId module, std::uint32_t variable, std::string_view name);
  [[nodiscard]] OwnTarget exported(ModuleId module, std::string_view name);
  [[nodiscard]] OwnTarget method(ModuleId module, ClassId type, std::string_view name, int depth);
  [[nodiscard]] std::vector<OwnTarget> bases(ModuleId module, ClassId type, bool& open);
  void add_members(ModuleId module, ClassId type, int depth, Members& to);
  void add_above(const OwnTarget& type, int depth);
  void add_class_calls(ModuleId module, std::set<ClassCall>& to);

  const Program& program_;
  std::map<std::uint32_t, RaisedErrors> raised_ = {};  // by unit
  std::map<ModuleId, Names> names_ = {};
  std::map<std::uint32_t, UnitNames> units_ = {};
  std::map<ModuleId, std::vector<ExprId>> values_ = {};
  std::map<std::pair<ModuleId, ClassId>, Members> members_ = {};
  std::map<std::uint32_t, std::set<std::pair<ModuleId, ClassId>>> open_below_ = {};  // by unit
  std::map<std::uint32_t, std::set<ClassCall>> class_calls_ = {};                    // by unit
};

}  // namespace fnlint
