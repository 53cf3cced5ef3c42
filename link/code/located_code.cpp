// Asks the languages of the runtime whether they deploy what is written, or what is built of it.

#include "link/code/located_code.h"

#include "core/text.h"
#include "link/resolve/candidates.h"
#include "link/resolve/languages.h"

#include <algorithm>
#include <utility>

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

const LanguageRow* inline_language(std::string_view runtime) {
  if (runtime.empty()) return nullptr;
  for (const LanguageRow* row : languages_of(runtime))
    if (row->inline_dialect) return row;
  return nullptr;
}

bool is_named_so(const HandlerFile& found, std::string_view root, std::string_view handler) {
  const std::string_view extension = extension_of(found.path);
  std::string_view stem = std::string_view(found.path);
  stem.remove_suffix(extension.size());
  const std::size_t slash = handler.rfind('/');
  const std::size_t dot = handler.find('.', slash == std::string_view::npos ? 0 : slash);
  const std::string wanted = join_path(root, handler.substr(0, dot));
  return found.language != Language::JavaScript || wanted == stem;
}

std::vector<Guess> guesses_of(const CodeLocation& code, const Guess& handler) {
  std::vector<Guess> all;
  const bool is_led_to = code.kind != CodeKind::Zip && code.kind != CodeKind::Unknown;
  const bool is_elsewhere = is_led_to && !code.reason.empty();
  const auto add = [&](Guess guess, bool doubted) {
    guess.doubted = doubted;
    all.push_back(std::move(guess));
  };
  if (code.guess)
    add(code.guess, is_elsewhere || code.kind == CodeKind::Inline);
  else if (is_elsewhere)
    add(guess_by(guesses::deployed_elsewhere()), true);
  if (handler) add(handler, true);
  return all;
}

}  // namespace fnlint
