#include "link/handler_files.h"

#include "core/limits.h"
#include "core/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fnlint {

namespace {

bool reads(DialectSet readable, Language language) {
  return std::ranges::any_of(dialect_rows(), [&](const DialectRow& row) {
    return row.language == language && readable.test(static_cast<std::size_t>(row.dialect));
  });
}

}  // namespace

HandlerParts split_handler(std::string_view handler, HandlerDot place) {
  const std::size_t slash = handler.rfind('/');
  const std::size_t from = slash == std::string_view::npos ? 0 : slash + 1;
  const std::size_t dot =
      place == HandlerDot::Last ? handler.rfind('.') : handler.find('.', from);
  if (dot == std::string_view::npos || dot < from) return {};
  return {std::string(handler.substr(0, dot)), std::string(handler.substr(dot + 1))};
}

std::string folder_words(std::string_view folder) {
  return cat('\'', folder.empty() ? "." : folder, '\'');
}

void lacks_form(HandlerFile& found, std::string_view handler, std::string_view form) {
  found.lack = HandlerLack::Form;
  found.looked_for = handler;
  found.reason = cat("the handler '", handler, "' is not of the form ", form);
}

HandlerFile find_handler(Languages& languages, const HandlerQuery& query, DialectSet readable) {
  HandlerFile none;
  none.lack = HandlerLack::Code;
  none.reason = cat("code for ", query.runtime, " is not read");
  std::vector<HandlerFile> guesses;
  bool is_first = true;
  for (const LanguageRow* row : languages_of(query.runtime)) {
    if (!reads(readable, row->language)) continue;
    HandlerFile found = languages[row->language].find_handler(query);
    found.language = row->language;
    if (!found.path.empty() && !found.heuristic) return found;
    if (!found.path.empty()) guesses.push_back(found);
    if (is_first) none = std::move(found);
    is_first = false;
  }
  if (guesses.size() == 1) return guesses.front();
  if (guesses.empty()) return none;
  none = {};
  none.lack = HandlerLack::Code;
  none.reason = cat("it may be what is in '", guesses[0].path, "' or in '", guesses[1].path, '\'');
  return none;
}

std::string image_handler(const FileSystem& files, std::string_view context) {
  const Result<std::string> text = files.read(join_path(context, "Dockerfile"), kSourceBytes);
  if (!text) return {};
  std::string handler;
  for (std::string_view line : split(text.value(), '\n')) {
    line = trim(line);
    if (!lower(line.substr(0, 4)).starts_with("cmd ")) continue;
    const nlohmann::json command = nlohmann::json::parse(trim(line.substr(4)), nullptr, false);
    if (command.is_array() && !command.empty() && command[0].is_string())
      handler = command[0].get<std::string>();
  }
  return handler;
}

}  // namespace fnlint
