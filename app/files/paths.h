// Relations between absolute paths.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// `path` as seen from `folder`, both absolute: "../b/c".
std::string relative_path(std::string_view path, std::string_view folder);
// `path` is `folder` or below it.
bool is_below(std::string_view path, std::string_view folder);

// Without symbolic links; empty where there is nothing.
std::string real_path(const std::string& path);

}  // namespace fnlint
