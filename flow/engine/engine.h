// Function summaries on demand, and what applying one to a call's arguments takes and gives.
#pragma once

#include "flow/engine/analysis.h"
#include "flow/engine/container.h"
#include "flow/engine/handler_objects.h"
#include "flow/engine/member_lookup.h"
#include "flow/engine/module_loader.h"
#include "flow/engine/registrations.h"
#include "flow/engine/summary_store.h"
#include "flow/engine/type_resolver.h"
#include "flow/modules/class_table.h"
#include "flow/modules/code_base.h"
#include "flow/modules/provider_table.h"
#include "flow/modules/static_types.h"
#include "values/pool.h"
#include "values/transfer.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// Makes a Summary of each function that something reaches, callees first, over the code form and
// the library models. Knows no template. One engine serves one program; serial. It composes the
// parts, each of which owns what it has found.
class Engine final : public Analysis {
 public:
  Engine(ValuePool& pool, const Program& program);

  // Analysis.
  ValueId exported(ModuleId module, std::string_view name) override {
    return loader_.exported(module, name);
  }
  ValueId constant(ModuleId module, ExprId expr) override;
  ValueId written_member(ProjectObject type, std::string_view name) override {
    return members_.class_member(type, name, {});
  }
  CallResult call(const CallInput& invocation, int depth) override;
  const Summary& summary(FunctionRef function) override;
  ValueId class_value(ModuleId module, ClassId type) override {
    return members_.class_value(module, type);
  }
  ValueId attribute_of(ValueId base, const LibraryModel& model, const std::string& path,
                       std::span<const NamedValue> arguments) override;
  BodyResult walk(FunctionRef function, std::span<const ValueId> given) override;

  // The summary of what the runtime calls: its arguments are known from the beginning.
  const Summary& entered(FunctionRef function, ValueId arguments);
  // What an unknown call does by its receiver's declared type, where nobody is left to tell more of
  // the receiver; none: that says nothing.
  std::optional<CallResult> settled(const Step& step);
  // A Computed of this name anew, with what modules and library models know.
  ValueId recompute(std::string_view name, std::span<const ValueId> operands, int depth);

  // What nearly all users ask of the parts.
  ValueId member_of(ValueId base, std::string_view name) { return members_.member_of(base, name); }
  // The library path by which a model would know this value: empty when it has none.
  [[nodiscard]] std::string library_path(ValueId value) const;

  ValuePool& pool() { return base_.pool; }
  [[nodiscard]] const ValuePool& pool() const { return base_.pool; }
  [[nodiscard]] const Program& program() const { return base_.program; }
  [[nodiscard]] const CodeFacts& facts(ModuleId id) const { return base_.program.facts(id); }
  [[nodiscard]] Language language(ModuleId id) const { return facts(id).language; }

  // The parts.
  [[nodiscard]] const CodeBase& base() const { return base_; }
  CodeIndex& index() { return index_; }
  ModuleStore& modules() { return modules_; }
  WalkContext& context() { return context_; }
  ClassTable& classes() { return classes_; }
  StaticTypes& static_types() { return static_types_; }
  TypeResolver& types() { return types_; }
  Container& container() { return container_; }
  SummaryStore& summaries() { return summaries_; }
  Registrations& registrations() { return registrations_; }
  [[nodiscard]] const Registrations& registrations() const { return registrations_; }
  MemberLookup& members() { return members_; }
  ModuleLoader& loader() { return loader_; }
  HandlerObjects& handler_objects() { return handler_objects_; }

  // What was made of the units that want a second round is forgotten.
  void begin_second_round();
  // The program has grown by units of their own: their modules are walked in a first round.
  void begin_units();
  // What was made of the units so far is forgotten.
  void end_units();
  // Takes what functions of its units keep in module variables from an engine that has not ended
  // them, for whoever asks for those units again.
  void keep_stored(const Engine& other, ValueTransfer& transfer);
  // Takes what another engine of the program keeps so, of whose pool this one's is a copy.
  void keep_stored(const Engine& other);

 private:
  void forget_summaries(const IsForgotten& is_forgotten);
  std::optional<Summary> walked(FunctionRef function, std::span<const ValueId> given);

  WalkContext context_;
  CodeIndex index_;
  ModuleStore modules_;
  const CodeBase base_;
  ClassTable classes_;
  StaticTypes static_types_;
  ProviderTable providers_;
  Container container_;
  TypeResolver types_;
  SummaryStore summaries_;
  Registrations registrations_;
  MemberLookup members_;
  ModuleLoader loader_;
  HandlerObjects handler_objects_;
};

}  // namespace fnlint
