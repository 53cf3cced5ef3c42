// The value that a declared type stands for, where nothing but the declaration says what it is.
#pragma once

#include "flow/engine/analysis.h"
#include "flow/modules/class_table.h"
#include "flow/modules/code_base.h"
#include "flow/state/project_object.h"
#include "values/pool.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

namespace fnlint {

// What a container of dependencies gives for a type: Container, as far as types ask it.
class Dependencies {
 public:
  Dependencies() = default;
  Dependencies(const Dependencies&) = delete;
  Dependencies& operator=(const Dependencies&) = delete;
  virtual ~Dependencies() = default;

  // For a class. No id: nothing provides it.
  virtual ValueId provided(ProjectObject type) = 0;
  // For a declared type, as its annotations and its name ask for it.
  virtual ValueId provided(ModuleId module, TypeId type, Slice<Annotation> notes,
                           std::string_view name) = 0;
};

class TypeResolver {
 public:
  TypeResolver(const CodeBase& base, ClassTable& classes, Dependencies& dependencies,
               Analysis& analysis)
      : pool_(base.pool),
        program_(base.program),
        context_(base.context),
        classes_(classes),
        dependencies_(dependencies),
        analysis_(analysis) {}

  // The value that a declared type stands for: an object of a library, an instance of a class of
  // the project (of an interface: of the one class that implements it). No id: it says nothing.
  ValueId typed(ModuleId module, TypeId type);
  // The same, but for what a container of dependencies provides: of a class itself.
  ValueId typed_alone(ModuleId module, TypeId type);
  // The value, or what its declared type stands for where nothing is known of it.
  ValueId refined(ValueId value, ModuleId module, TypeId type);
  // The same of what was open when its type was met; `place`: of the type.
  ValueId declared_later(ValueId value, std::string_view place);
  // A client that a member is by the declared types of what it is read of; no id: nothing says so.
  ValueId declared_client(ValueId base, std::string_view name);
  ValueId instance_of(ProjectObject type);
  // One of whose fields nothing is known.
  ValueId bare_instance(ProjectObject made);

  // What has been found, by types and by classes: a component of a container has its own.
  struct Known {
    std::unordered_map<std::uint64_t, ValueId> typed = {}, instances = {};
  };
  Known exchange(Known known) { return std::exchange(known_, std::move(known)); }
  void forget(const IsForgotten& is_forgotten);

 private:
  ValueId any_instance(ProjectObject type, std::span<const ProjectObject> all);
  ValueId made_instance(ProjectObject made, bool guessed);
  ValueId refined_each(ValueId value, ModuleId module, TypeId type);
  ValueId declared_instead(ValueId value, ModuleId module, TypeId type);
  bool is_plain(ValueId declared);
  bool is_service(ValueId declared);
  ProjectObject class_of_given(ValueId value, int depth);
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const { return program_.facts(module); }

  ValuePool& pool_;
  const Program& program_;
  WalkContext& context_;
  ClassTable& classes_;
  Dependencies& dependencies_;
  Analysis& analysis_;
  Known known_;
};

// What a declared type gives is an object of the project's.
bool is_object(const ValuePool& pool, ValueId declared);

}  // namespace fnlint
