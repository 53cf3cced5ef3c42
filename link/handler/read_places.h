// The places on which something depended so far, for questions about order.
#pragma once

#include "values/pool.h"

#include <tsl/robin_set.h>

#include <string>
#include <unordered_set>

namespace fnlint {

// What an invocation has depended on so far.
class ReadPlaces {
 public:
  explicit ReadPlaces(const ValuePool& pool) : pool_(&pool) {}

  void note(ValueId value);
  // Whether a variable or field was read: a field's value is known by its class ("Cache.items").
  [[nodiscard]] bool contains(ValueId place) const;

 private:
  const ValuePool* pool_;
  tsl::robin_set<std::uint32_t> values_;
  std::unordered_set<std::string> fields_;  // "items"
};

}  // namespace fnlint
