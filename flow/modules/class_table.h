// The project's classes: which of them a name or a declared type means, and what stands above and
// below it.
#pragma once

#include "flow/modules/code_base.h"
#include "flow/modules/evaluation.h"
#include "flow/state/project_object.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// Whether what was found in a module is to be found anew.
using IsForgotten = std::function<bool(ModuleId)>;
// Of rows that are kept by the module that they are of, in the upper half of their keys.
template <class Rows>
void forget_of_modules(Rows& rows, const IsForgotten& is_forgotten) {
  std::erase_if(rows, [&](const auto& row) {
    return is_forgotten(ModuleId{static_cast<std::uint32_t>(row.first >> 32U)});
  });
}

// An interface, a trait, an abstract class: methods without a body, and nothing to construct.
bool is_abstract(const CodeFacts& code, const Class& type);
// A type with arguments: a client of something, of a table's rows, is its maker's alone.
bool is_generic(const CodeFacts& code, TypeId type);
// "Order" of "com.acme.Order".
inline std::string_view word_at_end(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}
inline std::uint64_t key_of(ProjectObject type) { return pack(type.module, type.type); }

class ClassTable {
 public:
  ClassTable(const CodeBase& base, Evaluation& evaluation)
      : pool_(base.pool),
        program_(base.program),
        modules_(base.modules),
        context_(base.context),
        evaluation_(evaluation) {}

  // The class of a module by its own name; the last word decides: nested classes stand in the same
  // table. None: no such class.
  [[nodiscard]] ProjectObject in_module(ModuleId module, std::string_view name) const;
  // A class by what an expression or a type names; none: it is no class of the project.
  ProjectObject named(ModuleId module, VariableId variable, std::string_view inner);
  // Of a name that neither its file nor its package has: the class of a base class, which classes
  // below that name without it.
  ProjectObject inherited(ModuleId module, VariableId variable);
  // A name that is taken for one of the package, where nothing of that is found.
  bool may_be_inherited(ModuleId module, VariableId variable);
  // A base class as its class names it.
  ProjectObject written(ModuleId module, ExprId expr);
  // The class of the project that a declaration names; none: it names another.
  ProjectObject declared(ModuleId module, TypeId type);
  // The path by which library models know a declared type; empty: it is the project's.
  std::string declared_path(ModuleId module, TypeId type);
  bool is_same_type(ModuleId one, TypeId left, ModuleId other, TypeId right, int depth);

  // Where languages let a class be written in several files, the classes of its name in the same
  // package and folder.
  const std::vector<ProjectObject>& parts_of(ProjectObject type);
  // A field of the class or of one above it, and the module in which that declares it; null: none.
  const Field* field(ProjectObject type, std::string_view name, ModuleId& module);
  // The classes that can stand for an abstract one, a few at most; the class itself where there are
  // none or too many. `as`: the type as the asking module writes it, whose arguments choose among
  // them.
  std::vector<ProjectObject> implementers_of(ProjectObject type, ModuleId asking = {},
                                             TypeId as = {});
  // What `type_is` asks of a class of the project, as third operand: itself and all below it. No
  // id: it is none, or of an interface that any class may have without saying so.
  ValueId classes_that_are(ProjectObject wanted);
  // By the name that a module's code calls it: "Order", "Shape.Circle".
  ValueId classes_that_are(ModuleId module, std::string_view type);

  void forget(const IsForgotten& is_forgotten);
  void end_units() { parts_.clear(); }

 private:
  // How a file names a type: by a class or an import of its own, and what stands in that.
  struct TypeName {
    std::uint32_t import = UINT32_MAX;  // the row of imports that it begins with
    std::string inner = {};             // what is named in that
    bool is_whole = false;              // the path begins with the import's own
  };
  TypeName name_of(ModuleId module, TypeId type);
  ProjectObject in_bases(ProjectObject type, std::string_view name, int depth);
  bool derives_as(ProjectObject one, ProjectObject base, ModuleId module, TypeId as);
  ValueId named_below(ProjectObject wanted);
  void index_subclasses(std::uint32_t unit);
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const { return program_.facts(module); }

  ValuePool& pool_;
  const Program& program_;
  ModuleStore& modules_;
  WalkContext& context_;
  Evaluation& evaluation_;
  std::unordered_map<std::uint64_t, ProjectObject> declared_;       // by module and type
  std::map<std::uint64_t, ProjectObject> inherited_;                // by module and variable
  std::unordered_map<std::uint64_t, std::vector<ProjectObject>> parts_, subclasses_;
  std::unordered_map<std::uint64_t, ValueId> classes_below_;
  std::set<std::uint32_t> units_with_subclasses_;
};

}  // namespace fnlint
