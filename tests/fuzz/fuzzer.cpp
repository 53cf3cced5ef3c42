// One libFuzzer program a target: FNLINT_FUZZ_TARGET names it.

#include "tests/fuzz/targets.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using fnlint::fuzz::Target;
  static const Target& target = *std::ranges::find(
      fnlint::fuzz::targets(), std::string_view(FNLINT_FUZZ_TARGET), &Target::name);
  target.run({reinterpret_cast<const char*>(data), size});
  return 0;
}
