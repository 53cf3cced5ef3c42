// Instances of classes whose method is a handler, which live as long as the module.
#pragma once

#include "flow/engine/analysis.h"
#include "flow/engine/module_loader.h"
#include "flow/engine/type_resolver.h"
#include "flow/modules/code_base.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace fnlint {

// An instance of a handler's class, which lives as long as the module, and where it lives.
struct HandlerObject {
  ValueId instance = {}, place = {};
  std::vector<Step> steps = {};  // of its construction, at init
  std::vector<Unfollowed> unfollowed = {};
};

class HandlerObjects {
 public:
  HandlerObjects(const CodeBase& base, TypeResolver& types, ModuleLoader& loader,
                 Analysis& analysis)
      : base_(base), types_(types), loader_(loader), analysis_(analysis) {}

  // The one instance of a handler's class: constructed without arguments when it is first asked
  // for.
  const HandlerObject& of(ModuleId module, ClassId type);
  void forget(const IsForgotten& is_forgotten) { forget_of_modules(made_, is_forgotten); }

 private:
  CallResult constructed(ModuleId module, ClassId type, HandlerObject& made);
  ValueId with_left_fields(ProjectObject type, ValueId instance, ValueId place);

  const CodeBase base_;
  TypeResolver& types_;
  ModuleLoader& loader_;
  Analysis& analysis_;
  std::unordered_map<std::uint64_t, HandlerObject> made_;  // by class
};

}  // namespace fnlint
