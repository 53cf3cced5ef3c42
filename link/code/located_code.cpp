// Asks the languages of the runtime whether they deploy what is written, or what is built of it.

#include "link/code/located_code.h"

#include "link/resolve/languages.h"

#include <algorithm>

namespace fnlint {

bool is_made_by_a_build(const CodeLocation& code, std::string_view runtime) {
  if (code.path.empty()) return false;
  return std::ranges::any_of(languages_of(runtime), [&](const LanguageRow* row) {
    return code.kind == CodeKind::Unknown
               ? row->names_output
               : (code.kind == CodeKind::Zip || code.kind == CodeKind::Remote) &&
                     row->names_archive;
  });
}

bool holds_sources(const FileSystem& files, const CodeLocation& code, std::string_view runtime) {
  return code.kind == CodeKind::Zip &&
         std::ranges::any_of(languages_of(runtime), &LanguageRow::is_deployed_as_written) &&
         !files.list(code.path).empty();
}

}  // namespace fnlint
