// The canonical spelling of numbers in the value pool.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// One spelling for each number: integers in decimal, other numbers in the shortest form that reads
// back. Understands what the languages write: "1_000", "0x1F", "0b11", "0o17", "1e3", "5L", "5n".
// What is no number is given back as it is.
std::string normal_number(std::string_view literal);
std::string number_text(double value);
std::optional<std::int64_t> integer_of(std::string_view normal);
std::optional<double> double_of(std::string_view normal);

}  // namespace fnlint
