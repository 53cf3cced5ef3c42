// State that nothing ever reads, and so does no harm.
#pragma once

#include "flow/engine/engine.h"
#include "link/resolve/reached_names.h"
#include "model/project.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

// Names of a unit's code under which something is put in, and of which nothing that runs does
// anything else: no entry is read, and it is handed to nobody. A name that something else bears,
// too, counts with it.
class OnlyFilled {
 public:
  // By module: what handlers name there.
  using Handlers = std::map<ModuleId, std::set<std::string>>;
  OnlyFilled(Engine& engine, const Handlers& handlers) : engine_(engine), handlers_(handlers) {}
  // Of changes of which it is not known whether anybody reads what they leave.
  void settle(std::uint32_t unit, std::vector<StateChange>& changes);
  // The code of the units is gone.
  void forget() { used_.clear(); }

 private:
  bool is_only_filled(ValueId place, const ReachedNames& used) const;
  const ReachedNames& used_in(std::uint32_t unit);

  Engine& engine_;
  const Handlers& handlers_;
  std::map<std::uint32_t, ReachedNames> used_ = {};  // by unit
};

}  // namespace fnlint
