#include "checks/idempotency_view.h"
#include "checks/list.h"

namespace fnlint {

void idempotency(const Project& project, const Settings&, Findings& findings) {
  idempotency_effects(project, findings);
  idempotency_layers(project, findings);
}

}  // namespace fnlint
