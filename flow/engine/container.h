// Containers of dependencies: what they hand out for a declared type, made by the methods and
// bindings of the project that provide it.
#pragma once

#include "flow/engine/analysis.h"
#include "flow/engine/type_resolver.h"
#include "flow/modules/code_base.h"
#include "flow/modules/provider_table.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

class Container final : public Dependencies {
 public:
  Container(const CodeBase& base, ClassTable& classes, TypeResolver& types,
            ProviderTable& providers, Analysis& analysis)
      : pool_(base.pool),
        program_(base.program),
        context_(base.context),
        classes_(classes),
        types_(types),
        providers_(providers),
        analysis_(analysis) {}

  ValueId provided(ProjectObject type) override;
  ValueId provided(ModuleId module, TypeId type, Slice<Annotation> notes,
                   std::string_view name) override;
  // What a parameter is given by whoever makes things by their types.
  ValueId given_to(ModuleId module, const Parameter& parameter);
  // What is given for a class: `injector.getInstance(Orders.class)`. No id: nothing says what.
  ValueId object_for(ModuleId module, ValueId type);
  // What a build makes of a component; no id: the symbol is none.
  ValueId generated_component(const ImportTarget& target, std::string_view symbol);
  // A method that a container writes. None: it is another one.
  std::optional<CallResult> call_component(const CallInput& invocation, ValueId receiver,
                                        std::string_view name);
  void forget_given();

 private:
  class InComponent;
  struct Provided {
    ValueId value = {};
    std::vector<Step> steps = {};  // that providing it takes
  };
  ValueId provided(const Asked& asked);
  ValueId wrapped(ModuleId module, TypeId type, Slice<Annotation> notes);
  const Provided& given_by_provider(const Provider& provider);
  void call_provider(const Provider& provider, Provided& given);

  ValuePool& pool_;
  const Program& program_;
  WalkContext& context_;
  ClassTable& classes_;
  TypeResolver& types_;
  ProviderTable& providers_;
  Analysis& analysis_;
  ProjectObject component_ = {};  // of which is asked what it provides
  std::map<std::pair<std::uint64_t, std::uint64_t>, Provided> given_;  // by it and the provider
  std::map<std::uint64_t, TypeResolver::Known> aside_;  // what was typed within other components
  std::vector<Step>* provided_steps_ = nullptr;  // where what providers do is kept, if anywhere
};

// A value, and what it is made of, as far as that was guessed: a client's table.
ValueId guessed_parts(ValuePool& pool, ValueId value, int depth);

}  // namespace fnlint
