// How a finding is recognised in the next run, though its line has moved.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The hash of each line's beginning that GitHub's code scanning knows alerts by
// (primaryLocationLineHash): of 100 UTF-16 units from the line's start on, blanks left out; then
// ':' and how many lines of the file have had that hash.
std::vector<std::string> line_hashes(std::string_view text);

// 16 hexadecimal digits of what names a finding whatever happens around it: its rule, its function
// and its context. Equal findings are told apart by `occurrence`, from 1.
std::string fingerprint_of(std::string_view rule, std::string_view function,
                           std::string_view identity, std::size_t occurrence);

}  // namespace fnlint
