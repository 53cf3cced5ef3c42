#pragma once

#include "flow/engine.h"
#include "model/project.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Names of a unit's code under which something is put in, and of which nothing else is done: no
// entry is read, and it is handed to nobody. A name that something else bears, too, counts with it.
class OnlyFilled {
 public:
  explicit OnlyFilled(Engine& engine) : engine_(engine) {}
  // Of changes of which it is not known whether anybody reads what they leave.
  void settle(std::uint32_t unit, std::vector<StateChange>& changes);
  // The code of the units is gone.
  void forget() { used_.clear(); }

 private:
  using Names = std::set<std::string, std::less<>>;
  bool contains(std::uint32_t unit, std::string_view name);

  Engine& engine_;
  std::map<std::uint32_t, Names> used_ = {};  // by unit: the names of all that is used otherwise
};

}  // namespace fnlint
