// Can any event of a source satisfy a filter's pattern?
#pragma once

#include "tables/event_shapes.h"
#include "values/pool.h"

#include <optional>
#include <set>
#include <string>

namespace fnlint {

// Why a filter's pattern can take no event of its source.
struct NeverMatches {
  std::string why = {};  // "there is no field 'detailType' in an event on a bus"
  std::uint8_t uncertainty = 0;
};

// What a source's records hold, for one source: the shape less the fields that this one never has.
struct FilterDomain {
  const EventShape* shape = nullptr;                // null: anything
  std::set<std::string, std::less<>> missing = {};  // "dynamodb.OldImage" ...
  std::string missing_because = {};                 // "the stream has keys only"
  bool nested = true;                               // fields of fields may be asked for
};

// Nothing where some event may match, or it is not known.
std::optional<NeverMatches> never_matches(const ValuePool& pool, ValueId pattern,
                                          const FilterDomain& domain);

}  // namespace fnlint
