// Write-only collections: a promise that is pushed to such a list is as good as dropped.
#pragma once

#include "model/code.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace fnlint {

// What calls give that is put into collections of local variables which nothing reads.
class Collected {
 public:
  explicit Collected(const CodeFacts& code) : code_(code), idle_reads_(code.variables.size(), 0) {}

  // `tasks = []`, `tasks = new Set()`: a collection that stands nowhere else.
  void note_assign(const Assign& row);
  // `tasks.push(start(x))`
  void note_call(const Call& row);
  // A part of any expression: `tasks.length` reads no element.
  void note_part(const Expr& row);
  // The calls, each with the variable; sorted. `reads`: how often each variable is read.
  std::vector<std::pair<OpId, VariableId>> left(std::span<const std::uint32_t> reads);

 private:
  const CodeFacts& code_;
  std::vector<std::uint32_t> idle_reads_;  // by variable: those of no element
  std::vector<VariableId> others_ = {};    // that are given something else than a new collection
  std::vector<std::pair<OpId, VariableId>> put_ = {};
};

}  // namespace fnlint
