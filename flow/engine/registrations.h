// What modules hand to libraries and to the runtime to be called later: routes, hooks, entries.
#pragma once

#include "flow/modules/class_table.h"
#include "flow/state/project_object.h"
#include "model/summary.h"
#include "values/pool.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace fnlint {

// When a server calls what an application registered for its own life: as it starts, as it stops,
// or around both (a generator, which yields in between).
enum class HookTime : std::uint8_t { Start, Stop, Around };
struct AppHook {
  HookTime time{};
  ValueId function = {};
  friend bool operator==(const AppHook&, const AppHook&) = default;
};

// A function that a library calls when an event comes, and what it gives it where that is known.
struct LaterCall {
  ValueId function = {};
  ValueId arguments = {};
  ClassId handler = {};  // of a class of the same module: it is called for that handler alone
};

class Registrations {
 public:
  // Functions that initialisers handed to a library to be called later (routes): for handlers of
  // these modules.
  [[nodiscard]] const std::vector<LaterCall>& later(ModuleId module) const {
    return rows_[module.index].later;
  }
  void register_callback(ModuleId module, LaterCall call) {
    rows_[module.index].later.push_back(call);
  }
  [[nodiscard]] bool is_registered(ValueId function) const;

  // Functions that a module handed to a library for the life of its application.
  [[nodiscard]] const std::vector<AppHook>& hooks(ModuleId module) const {
    return rows_[module.index].hooks;
  }
  void add_hook(ModuleId module, AppHook hook);

  // What a module's initialiser (main, called at its end) handed to the runtime to be called with
  // each event: `entry` of a library model. A function, or an object with a method for it.
  [[nodiscard]] const std::vector<ValueId>& entries(ModuleId module) const {
    return rows_[module.index].entries;
  }
  void add_entry(ModuleId module, ValueId function);

  // Calls that hand functions to a library which no row describes: it may call them at once, or
  // keep them for later (routes, commands of a bot, dependencies of a route).
  void add_handover(CallSite at) { handovers_.insert(at); }
  [[nodiscard]] bool escapes(CallSite at) const { return handovers_.contains(at); }

  // Objects of the class are made anew for each request: by a framework that calls their methods.
  void set_per_request(ProjectObject type) { per_request_.insert(key_of(type)); }
  [[nodiscard]] bool is_per_request(ProjectObject type) const {
    return type.kind != ProjectObject::Kind::None && per_request_.contains(key_of(type));
  }

  void begin_units(std::size_t modules) { rows_.resize(modules); }
  // `first`: the first module of the units in work.
  void forget(std::size_t first, const IsForgotten& is_forgotten);
  void end_units() { handovers_.clear(); }

 private:
  struct Row {
    std::vector<LaterCall> later = {};
    std::vector<AppHook> hooks = {};
    std::vector<ValueId> entries = {};
  };
  std::vector<Row> rows_;  // by module
  std::set<CallSite> handovers_;
  std::set<std::uint64_t> per_request_;  // classes
};

}  // namespace fnlint
