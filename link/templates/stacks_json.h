// The linked stacks for programs.
#pragma once

#include "model/resources.h"
#include "values/pool.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace fnlint {

// A place in the form that the whole report has; null: places are left out.
using PlaceJson = std::function<nlohmann::ordered_json(Span)>;

// Stacks as `fnlint model --stage templates` shows them: everything of the tables, resources by
// address, values as JSON where they are known and in words where they are not.
nlohmann::ordered_json stacks_json(const ValuePool& pool, const Stacks& stacks,
                                   const PlaceJson& place = {});

// A value: a JSON value where it is a literal, else {"pattern": ..}, {"oneOf": [..]},
// {"resource": .., "attribute": ..} or {"unknown": ..}; {"overridable": ..} around a default.
nlohmann::ordered_json value_json(const ValuePool& pool, ValueId value);

}  // namespace fnlint
