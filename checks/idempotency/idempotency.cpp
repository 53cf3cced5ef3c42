#include "checks/idempotency/idempotency_view.h"
#include "checks/idempotency/rules.h"

// The checks of repetition: what is asked of every function that is triggered at least once.
namespace fnlint {

void idempotency(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  idempotency_effects(project, relations, findings);
  idempotency_layers(project, relations, findings);
  idempotency_marks(project, relations, findings);
}

}  // namespace fnlint
