// Does an invocation read what an earlier one has left in a variable or field?
#pragma once

#include "flow/engine/engine.h"
#include "model/project.h"

#include <tsl/robin_map.h>

#include <map>
#include <set>
#include <vector>

namespace fnlint {

// What an invocation reads of module variables and of fields that functions assign, before and
// after it has assigned them.
class ResidualReads {
 public:
  // Of a handler that stands in this module.
  ResidualReads(Engine& engine, ModuleId module) : engine_(engine), module_(module) {}

  // It runs behind all that was taken `in_order` before. A route is none of that: the handler calls
  // it, once it has set what it sets.
  void take(const CallResult& outcome, bool in_order);
  // Of the variable or the field that a place is a part of.
  [[nodiscard]] ResidualRead left_by(const StateChange& change) const;
  // Calls that leave something running which reads it.
  [[nodiscard]] std::set<CallSite> read_by_pending(const StateChange& change) const;

 private:
  // Whether what an earlier invocation left is there as well.
  enum class Left : std::uint8_t { No, Perhaps, Yes };
  void add(ValueId place, bool whole, Left left, const std::vector<ValueId>& sets = {});
  static Left unless(bool set_before);
  void add_handed(const Step& call);
  void add_left(const std::vector<Step>& steps);
  [[nodiscard]] ResidualRead left_in(ValueId place) const;
  [[nodiscard]] ResidualRead left_in_variable(ValueId place) const;
  [[nodiscard]] ResidualRead left_in_field(ValueId place) const;
  [[nodiscard]] bool finds_above(ValueId entry) const;
  [[nodiscard]] bool is_behind_merges(ValueId place) const;

  Engine& engine_;
  const ModuleId module_;
  std::vector<ValueId> sets_;                  // assigned so far
  tsl::robin_map<std::uint32_t, Left> found_;  // read so far
  tsl::robin_map<std::uint32_t, Left> wholes_;  // the same where all that it holds may be read
  // Of these, what had been set of it wherever it was read with something else left.
  tsl::robin_map<std::uint32_t, std::vector<ValueId>> set_before_;
  std::set<ValueId> unmerged_;  // read where nothing was put into it before, or into what holds it
  std::map<ValueId, std::set<CallSite>> left_;  // places by what leaves running what reads them ...
  std::map<CallSite, std::set<CallSite>> starts_;  // ... or makes an object that these start
  bool finds_more_ = false;                     // reads that are not known ...
  bool finds_more_fields_ = false;              // ... of fields
};

}  // namespace fnlint
