// The state of one run of a handler, shared by the units that settle its steps.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/loaded_function.h"
#include "link/effects/function_scope.h"
#include "link/handler/handler_context.h"
#include "link/handler/handler_reads.h"
#include "link/handler/later_reads.h"
#include "link/handler/read_places.h"
#include "link/handler/record_loops.h"
#include "link/handler/residual_reads.h"
#include "link/handler/run_environment.h"
#include "link/handler/stored_parameters.h"
#include "model/project.h"

#include <span>
#include <vector>

namespace fnlint {

// One run of a handler: its steps in order, settled by what the template says.
class HandlerRun {
 public:
  HandlerRun(const HandlerContext& context, ModuleId module)
      : context_(context),
        engine_(context.engine),
        pool_(context.engine.pool()),
        scope_(context.scope),
        environment_(context.environment),
        modules_(context.modules),
        stacks_(context.stacks),
        function_(context.function),
        module_(module),
        read_(context.engine.pool()),
        later_(context.engine),
        loops_(context.engine, context.modules),
        found_(context.engine, module),
        parameters_(context.engine, context.stacks, context.scope) {}

  void run(const LoadedFunction& loaded);

 private:
  [[nodiscard]] bool is_part_of_another(ValueId route, const LoadedFunction& loaded) const;
  [[nodiscard]] bool is_of_another(const LaterCall& later, ModuleId module,
                                   const LoadedFunction& loaded) const;
  void invoke(const LaterCall& entry, ValueId place, bool heuristic);
  void invoke_layers(const std::vector<ValueId>& hooks, bool heuristic);
  void invoke_registered(const LoadedFunction& loaded, ValueId callee);
  void take_passed(std::vector<Step>& steps, std::uint8_t uncertainty);
  void take_hooks(const std::vector<CallResult>& hooks);
  void take(const Step& step, std::uint8_t uncertainty);
  void take_answers(const Step& step, std::uint8_t uncertainty);
  void take_closed(const Step& step, std::uint8_t uncertainty);
  std::uint8_t uncertainty_of_way(const Step& step);
  [[nodiscard]] bool is_aside(const Step& step) const;
  void take_request(const Step& step, std::uint8_t uncertainty);
  void take_settled(const Step& step, std::uint8_t uncertainty);
  bool take_declared(const Step& step, std::uint8_t uncertainty);
  // What an effect is done with, as its step says it.
  struct EffectParts {
    ValueId target = {}, key = {}, arguments = {};
  };
  void take_effect(const Step& given, std::uint32_t operation, std::uint8_t uncertainty,
                   EffectParts parts);
  // An extension beside the function answers on this machine, and asks with the function's role.
  void take_asked_of_extension(const Step& step, std::uint32_t operation, std::uint8_t uncertainty,
                               ValueId address);
  [[nodiscard]] Effect effect_at(const Step& step, std::uint32_t operation,
                                 std::uint8_t uncertainty, const FactSet& holds) const;
  void settle_effect(const Step& step, const EffectParts& parts, Effect& effect);
  void add_to_targets(Effect effect);
  [[nodiscard]] ValueId table_of(ValueId statements) const;
  void take_change(const Step& step, std::uint8_t way);
  void note_reads(const Step& step);
  void note_later_reads(const Step& step);
  [[nodiscard]] const FactSet* settled_facts(const Step& step);
  [[nodiscard]] ValueId specialised_value(ValueId value) const;
  [[nodiscard]] Span span_of(CallSite at) const;
  [[nodiscard]] std::vector<PlacedText> path_of(const Step& step) const;
  struct LostErrors {
    // kErrorsDropped or kErrorsLogged, perhaps with kErrorsReturned; 0: they are not lost
    std::uint32_t how = 0;
    CallSite at = {};  // what the function that loses them has called
    bool by_caller = false;  // who called that function does not look at what it gives
  };
  [[nodiscard]] LostErrors lost_errors(const Step& step) const;
  void note_lost_errors(const Step& step, Effect& effect) const;
  [[nodiscard]] bool is_held(const Step& step) const;
  // `sites`: from the handler to what may fail.
  [[nodiscard]] LostErrors lost_errors_of(const Step& step, std::span<const CallSite> sites) const;
  [[nodiscard]] Span handler_around(CallSite at, std::string_view library) const;
  [[nodiscard]] bool lasts(ValueId value) const;
  [[nodiscard]] bool outlives(ValueId place) const;
  [[nodiscard]] ValueId read_of_result(const Step& step, const Operation& operation) const;

  const HandlerContext context_;
  Engine& engine_;
  ValuePool& pool_;
  FunctionScope& scope_;
  RunEnvironment& environment_;
  std::span<const ModuleInfo> modules_;
  const Stacks& stacks_;
  LambdaFunction& function_;
  const ModuleId module_;
  std::size_t order_ = 0;
  FactSubstitution settled_facts_;
  ReadPlaces read_;   // all that steps so far depend on
  LaterReads later_;  // of what they have assigned
  RecordLoops loops_;
  ValueMemo sited_;   // values whose places were noted
  ResidualReads found_;
  StoredParameters parameters_;
  std::set<CallSite> declared_at_ = {};
  int declared_depth_ = 0;  // calls around this one that declarations alone tell
  bool is_route_ = false;  // called by a library ...
  bool in_route_ = false;  // ... which may wait for more than the result
  FactSet passed_ = {};    // hold wherever middleware has let the event pass
  bool in_layer_ = false;  // in middleware: other layers may have changed the event before
  bool in_hook_ = false;   // in what runs as the application starts or stops
  ValueId given_ = {};     // what the handler gives back
  ValueId chosen_key_ = {},
          chosen_arguments_ = {};  // of the effect in work, where tests choose them
};

}  // namespace fnlint
