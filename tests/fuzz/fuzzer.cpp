// One libFuzzer program a target: FNLINT_FUZZ_TARGET names one of a frontend, FNLINT_FUZZ_PROJECT
// is the whole program.

#include "tests/fuzz/targets.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
#ifdef FNLINT_FUZZ_PROJECT
  static const fnlint::fuzz::Target target = fnlint::fuzz::project_target();
#else
  static const fnlint::fuzz::Target target =
      *std::ranges::find(fnlint::fuzz::frontend_targets(), std::string_view(FNLINT_FUZZ_TARGET),
                         &fnlint::fuzz::Target::name);
#endif
  target.run({reinterpret_cast<const char*>(data), size});
  return 0;
}
