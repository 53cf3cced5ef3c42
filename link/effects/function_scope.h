// The substitution that puts a template's knowledge into a function's values and tests.
#pragma once

#include "flow/engine/engine.h"
#include "flow/state/facts.h"
#include "model/project.h"
#include "values/compute.h"
#include "values/properties.h"
#include "values/relations_to.h"
#include "values/request_routes.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Requests of one method: what tests that ask for it come to.
struct RequestOfMethod {
  RequestOfMethod(ValuePool& pool, std::string method);
  RequestOfMethod(const RequestOfMethod&) = delete;
  RequestOfMethod& operator=(const RequestOfMethod&) = delete;

  Substitution substitution;
  Substituter settled;
};

// A reference to a resource's ARN, or to its stream's, as the text that it stands for; no id: it is
// none.
ValueId written_arn(ValuePool& pool, const Stacks& stacks, ValueId value);

// What a function's template says to its code: environment, triggers, its own name.
class FunctionScope {
 public:
  FunctionScope(Engine& engine, const Stacks& stacks, const DeclaredFunction& function,
                const RelationsTo& relations, const RequestRoutes& routes);
  FunctionScope(const FunctionScope&) = delete;
  FunctionScope& operator=(const FunctionScope&) = delete;

  // Puts environment variables, fields of the event that name the trigger's source, and the
  // context's own names in place of holes. What was settled before is remembered.
  ValueId settle(ValueId value);
  // The same of a test. An input's empty default says that a deployment may do without it, not that
  // it does: it decides nothing.
  ValueId settle_test(ValueId test);
  // Whether one of the requests that the function's routes let through may take a way on which all
  // of this holds; where anything else calls it, or not all routes are known, any way may be taken.
  [[nodiscard]] bool may_be_requested(const FactSet& holds);
  // How tests are settled, where `unset` says what stands for a hole that stays, or no id. For as
  // long as the scope lives.
  Substitution settling_tests(std::function<ValueId(ValueId)> unset);
  [[nodiscard]] std::span<const Relation* const> triggers() const { return triggers_; }
  [[nodiscard]] const DeclaredFunction& declared() const { return function_; }

  // The value of an environment variable; no id when the template does not set it.
  [[nodiscard]] ValueId environment(std::string_view name) const;

 private:
  ValueId leaf(ValueId hole) const;
  void note_methods(const RequestRoutes& routes);
  [[nodiscard]] bool asks_method(ValueId test);
  ValueId recompute(std::string_view name, std::span<const ValueId> operands);
  [[nodiscard]] std::vector<ResourceId> sources_behind(ResourceId first, ResourceKind kind,
                                                       bool itself) const;
  [[nodiscard]] ValueId event_source(std::string_view path) const;
  [[nodiscard]] ValueId context(std::string_view path) const;

  Engine& engine_;
  ValuePool& pool_;
  const Stacks& stacks_;
  const DeclaredFunction& function_;
  const RelationsTo& relations_;
  std::vector<const Relation*> triggers_ = {};
  const Substitution settling_, settling_tests_;
  Substituter settled_, settled_tests_;
  std::vector<std::unique_ptr<RequestOfMethod>> requests_ = {};  // none: not known
  std::map<ValueId, bool> asks_method_ = {};
};

}  // namespace fnlint
