// Joins the functions of one unit; several units at once.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/code.h"
#include "link/code/loaded_function.h"
#include "link/effects/call_permissions.h"
#include "link/handler/begins.h"
#include "link/init/code_faults.h"
#include "link/join/only_filled.h"
#include "model/project.h"
#include "values/environment_block.h"
#include "values/pool.h"
#include "values/relations_to.h"
#include "values/request_routes.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace fnlint {

class RunEnvironment;

// Joins the functions of whole units with what the templates say of them: their code's summaries
// with environment, triggers and roles put in. Several may work at once: each has a pool of its
// own, which is small, since all but the results is forgotten with the units.
class UnitJoin {
 public:
  UnitJoin(const ValuePool& whole, const Stacks& stacks, const LinkedCode& code,
           const RelationsTo& relations, Begins begins);

  // Joins functions of the units that came last, and all of those units that it is given one of:
  // rows of Stacks::functions and of `joined`.
  void join(std::span<const std::uint32_t> rows, std::vector<LambdaFunction>& joined);
  // Brings what join() made to the run's pool, and to the engine that is asked once all is joined.
  void hand_over(std::span<const std::uint32_t> rows, std::vector<LambdaFunction>& joined,
                 Engine& whole);

 private:
  void forget();  // the units before; not sooner, since then it is done by several threads at once
  [[nodiscard]] LoadedFunction load(std::uint32_t row);
  void take_ways(RunEnvironment& environment, LoadedFunction& loaded);
  void note_loaded(RunEnvironment& environment, const LoadedFunction& loaded);
  [[nodiscard]] LambdaFunction described(std::uint32_t row) const;
  [[nodiscard]] LambdaFunction joined(std::uint32_t row);

  std::unique_ptr<ValuePool> pool_;
  const Stacks& stacks_;
  const LinkedCode& code_;
  const RelationsTo& relations_;
  const RequestRoutes routes_;
  Begins begins_;
  Engine engine_;
  CallPermissions permissions_;
  CodeFaults code_faults_;
  std::map<std::uint32_t, LoadedFunction> loaded_ = {};      // of the units in work
  std::map<ModuleId, std::set<std::string>> handlers_ = {};  // likewise: names in a module
  const OtherSetters others_;
  OnlyFilled only_filled_;
};

}  // namespace fnlint
