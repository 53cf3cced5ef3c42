#include "checks/checks.h"

#include "checks/list.h"

#include <array>

namespace fnlint {

namespace {

// The whole list, in alphabetical order; a test holds it against rules/*.yaml.
constexpr std::array kChecks{
    Check{concurrency_above_reserved,
          {"concurrency-autoscaling-above-reserved", "concurrency-provisioned-above-reserved"}},
    Check{idempotency_missing, {"idempotency-missing"}},
    Check{init_imports, {"init-heavy-import", "init-whole-sdk-import"}},
    Check{layer_too_many, {"layer-too-many"}},
    Check{loop_recursion, {"loop-s3-recursion"}},
    Check{package_size, {"layer-oversized", "package-oversized"}},
    Check{runtime_lifecycle, {"runtime-deprecated", "runtime-deprecating-soon", "runtime-unknown"}},
    Check{state_global, {"state-mutable-global", "state-request-data-in-global"}},
};

}  // namespace

std::span<const Check> all_checks() { return kChecks; }

}  // namespace fnlint
