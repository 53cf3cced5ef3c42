// Reads the magic numbers and headers of ELF, PE and Mach-O.

#include "deploy/natives.h"

#include "core/text.h"

namespace fnlint {

namespace {

struct Machine {
  unsigned number;
  std::string_view name;
};
// e_machine of ELF's header: System V ABI; names as Lambda writes its architectures.
constexpr Machine kMachines[] = {{0x3E, "x86_64"}, {0xB7, "arm64"},   {0x03, "i386"},
                                 {0x28, "arm"},    {0xF3, "riscv"},   {0x15, "ppc64"},
                                 {0x16, "s390x"},  {0x08, "mips"}};

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

}  // namespace

std::optional<NativeForm> native_form(std::string_view start) {
  using namespace std::string_view_literals;
  if (start.starts_with("\x7f" "ELF"sv) && start.size() >= 20) {
    const bool big = byte_at(start, 5) == 2;
    const unsigned number = big ? byte_at(start, 18) << 8U | byte_at(start, 19)
                                : byte_at(start, 19) << 8U | byte_at(start, 18);
    for (const Machine& row : kMachines)
      if (row.number == number) return NativeForm{std::string(row.name), true};
    return NativeForm{cat("machine ", number), true};
  }
  if (start.starts_with("\xcf\xfa\xed\xfe"sv) || start.starts_with("\xce\xfa\xed\xfe"sv))
    return NativeForm{"macOS", false};
  // A Java class begins with the same four bytes as a universal binary; its next number is above 40.
  if (start.starts_with("\xca\xfe\xba\xbe"sv) && byte_at(start, 4) == 0 && byte_at(start, 5) == 0 &&
      byte_at(start, 6) == 0 && byte_at(start, 7) < 20 && byte_at(start, 7) > 0)
    return NativeForm{"macOS", false};
  if (start.starts_with("MZ"sv) && start.size() >= 64) return NativeForm{"Windows", false};
  return std::nullopt;
}

}  // namespace fnlint
