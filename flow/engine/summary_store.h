// The summaries of the functions in work, which of them are being made, and who calls whom.
#pragma once

#include "flow/modules/class_table.h"
#include "model/summary.h"
#include "values/pool.h"

#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace fnlint {

class SummaryStore {
 public:
  [[nodiscard]] const Summary* find(FunctionRef function) const;
  const Summary& keep(FunctionRef function, Summary summary);
  // Of what the runtime calls: its arguments are known from the beginning.
  struct Entered {
    ValueId arguments = {};
    Summary summary = {};
  };
  [[nodiscard]] const Entered* find_entered(FunctionRef function) const;
  const Summary& keep_entered(FunctionRef function, Entered entered);

  // Where the object lives that a function returns, if that is longer than the call:
  // `Registry::get()`. No id: nowhere.
  [[nodiscard]] ValueId returned_place(FunctionRef function) const;
  void keep_returned_place(FunctionRef function, ValueId place) {
    returned_places_[pack(function)] = place;
  }

  // A function in a circle of calls is asked for while it is walked. False: that is so.
  bool begin(FunctionRef function) { return in_progress_.insert(pack(function)).second; }
  void end(FunctionRef function) { in_progress_.erase(pack(function)); }
  [[nodiscard]] bool is_in_progress(FunctionRef function) const {
    return in_progress_.contains(pack(function));
  }

  void add_caller(FunctionRef callee, FunctionRef caller) {
    callers_[pack(callee)].insert(pack(caller));
  }
  void add_initialiser_as_caller(FunctionRef callee) { callers_[pack(callee)].insert(0); }
  // A factory of closures that live as long as the module: every chain of callers begins in an
  // initialiser.
  [[nodiscard]] bool is_called_at_init_only(FunctionRef function) const;

  // How many calls of a site to one callee are being settled inside of each other, but for this.
  int begin_round(CallSite at, ValueId callee) { return settling_[{pack(at), callee.index}]++; }
  void end_round(CallSite at, ValueId callee);

  // What calls gave that parameters' defaults are made of, where these live as long as the module.
  void keep_default(CallSite call, ValueId given) { defaults_[pack(call)] = given; }
  [[nodiscard]] ValueId kept_default(CallSite call) const;

  void forget(const IsForgotten& is_forgotten);

 private:
  std::unordered_map<std::uint64_t, Summary> summaries_;
  std::unordered_map<std::uint64_t, Entered> entered_;
  std::unordered_map<std::uint64_t, ValueId> returned_places_, defaults_;
  std::set<std::uint64_t> in_progress_;
  std::unordered_map<std::uint64_t, std::set<std::uint64_t>> callers_;  // initialisers as 0
  std::map<std::pair<std::uint64_t, std::uint32_t>, int> settling_;
};

}  // namespace fnlint
