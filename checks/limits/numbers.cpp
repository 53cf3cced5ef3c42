// Falls back to the platform's default where a resource does not set a property.

#include "checks/limits/numbers.h"

#include "checks/view/project_view.h"
#include "tables/platform.h"
#include "values/pool.h"

namespace fnlint {

Number number_at(const Project& project, ResourceId resource, std::string_view path) {
  const Property* property = property_of(project, resource, path);
  if (property == nullptr)
    return {platform_default((*project.pool)[project.stacks[resource].type], path), 0, nullptr};
  return {as_integer(*project.pool, property->value), (*project.pool)[property->value].uncertainty,
          property};
}

}  // namespace fnlint
