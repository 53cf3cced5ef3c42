// What a member of a value is: of an instance, its classes, of a module, of a library.
#pragma once

#include "flow/engine/analysis.h"
#include "flow/engine/container.h"
#include "flow/engine/summary_store.h"
#include "flow/engine/type_resolver.h"
#include "flow/modules/code_base.h"
#include "tables/models.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

class MemberLookup {
 public:
  MemberLookup(const CodeBase& base, ClassTable& classes, TypeResolver& types, Container& container,
               SummaryStore& summaries, Analysis& analysis);

  ValueId member_of(ValueId base, std::string_view name);
  ValueId member_of_each(ValueId base, std::string_view name);
  ValueId index_of(ValueId base, ValueId index);
  // Where methods may be called like fields, a call means the method.
  ValueId called_member(ValueId receiver, std::string_view name, ModuleId caller = {});
  // A member of a library's object: an attribute that a model describes, else the path one step on.
  ValueId library_member(ValueId base, std::string_view name);
  // Of a class or its bases, bound to the receiver, where there is one.
  ValueId class_member(ProjectObject type, std::string_view name, ValueId receiver, int depth = 0);
  // The field or property of `receiver` that a base class has, by a name that neither its file nor
  // its package has; no id: none.
  ValueId inherited_field(FunctionRef from, VariableId variable, ValueId receiver);
  // The class of a library that computes, which the project's derives from; no id: none.
  ValueId computing_base(ProjectObject type, int depth = 0);
  // What a library says that an operator, by its name in values/compute.h, gives over its object,
  // and what the object is as a text. No id: no row says so.
  ValueId operated(std::string_view function, ValueId left, ValueId right);
  ValueId text_of(ValueId object);
  // A function that an object of JavaScript holds, called on it: `routes.pay(event)`. Any other
  // value is as it is.
  ValueId bound_to_record(ValueId function, ValueId record);
  ValueId class_value(ModuleId module, ClassId type);

  void forget(const IsForgotten& is_forgotten);

 private:
  std::vector<NamedValue> loaded_attributes(ModuleId module, const Class& row);
  ValueId static_attribute(ProjectObject type, std::string_view name, ValueId initial);
  [[nodiscard]] ValueId given_first(ProjectObject type, std::string_view name, ValueId owner,
                                    ValueId receiver) const;
  ValueId own_member(ProjectObject type, std::string_view name, ValueId receiver, int depth);
  // What the base classes of a class have; `receiver`: as its base class has it.
  ValueId base_member(ProjectObject type, std::string_view name, ValueId receiver, int depth);
  ValueId member_of_library_base(ValueId base, Language language, std::string_view name,
                                 ValueId receiver);
  ValueId super_member(ValueId value, std::string_view name);
  ValueId instance_member(ValueId object, std::string_view name);
  ValueId bound_method(ValueId function, ValueId owner, ValueId receiver, int depth);
  [[nodiscard]] bool is_getter(ValueId value) const;
  ValueId known_member(ValueId base, std::string_view name);
  ValueId member_of_object(ValueId object, std::string_view name);
  ValueId member_of_path(ValueId library, std::string_view name);
  ValueId folder_member(std::string_view path, std::string_view name);
  ValueId written_name(ValueId callable);
  [[nodiscard]] std::string library_path(ValueId value) const;
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const {
    return base_.program.facts(module);
  }

  const CodeBase base_;
  ValuePool& pool_;
  WalkContext& context_;
  ClassTable& classes_;
  TypeResolver& types_;
  Container& container_;
  SummaryStore& summaries_;
  Analysis& analysis_;
  std::unordered_map<std::uint64_t, ValueId> classes_made_;
  std::unordered_map<std::uint32_t, ValueId> accessed_;  // what accessors give, by the bound method
  std::set<std::uint64_t> bases_in_progress_;            // classes of which a base is evaluated
  int accessors_ = 0;                                    // that are read in each other
};

}  // namespace fnlint
