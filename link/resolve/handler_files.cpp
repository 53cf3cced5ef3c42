// Asks each language of the runtime in turn, in the code's folder and then above it, and explains
// what was looked for.

#include "link/resolve/handler_files.h"

#include "core/glob.h"
#include "core/text.h"
#include "link/resolve/candidates.h"
#include "link/resolve/source_index.h"

#include <algorithm>

namespace fnlint {

namespace {

bool reads(DialectSet readable, Language language) {
  return std::ranges::any_of(dialect_rows(), [&](const DialectRow& row) {
    return row.language == language && readable.test(static_cast<std::size_t>(row.dialect));
  });
}

// Found by every language that the runtime may stand for, surest first.
HandlerFile find_here(Languages& languages, const HandlerQuery& query, DialectSet readable) {
  HandlerFile none;
  none.lack = ResolutionFailure::Code;
  none.reason = cat("code for ", query.runtime, " is not read");
  std::vector<HandlerFile> guesses, others;
  for (const LanguageRow* row : languages_of(query.runtime)) {
    if (!reads(readable, row->language)) continue;
    HandlerFile found = languages[row->language].find_handler(query);
    found.language = row->language;
    if (!found.path.empty() && !found.guess) return found;
    (found.path.empty() ? others : guesses).push_back(std::move(found));
  }
  if (guesses.size() == 1) return guesses.front();
  if (guesses.size() > 1) {
    none.reason =
        cat("it may be what is in '", guesses[0].path, "' or in '", guesses[1].path, '\'');
  } else if (!others.empty()) {
    const auto fits = [](const HandlerFile& one) { return one.lack != ResolutionFailure::Form; };
    const auto of_its_form = std::ranges::find_if(others, fits);
    none = of_its_form == others.end() ? others.front() : *of_its_form;
    if (others.size() > 1) {  // it may be of a language that is not known here
      none.lack = ResolutionFailure::Code;
      const bool is_there =
          query.code.kind != CodeKind::Unknown && query.code.kind != CodeKind::Zip;
      if (!query.runtime.empty() || !is_there) {
        none.language = Language::Unknown;
        none.reason = cat("no program that can be read in ", folder_words(query.root));
      } else if (std::ranges::count_if(others, fits) > 1) {
        none.reason = cat("no file of the handler '", query.handler, "' in ",
                          folder_words(query.root), ", whose runtime is unknown");
      }
    }
  }
  return none;
}

// What starts something else: a script for the Lambda Web Adapter, a binary.
void tell_of_other_file(const FileSystem& files, const HandlerQuery& query, HandlerFile& found) {
  if (files.kind(join_path(query.root, query.handler)) != EntryKind::File) return;
  found.language = Language::Unknown;
  found.lack = ResolutionFailure::Code;
  found.reason = cat('\'', query.handler, "' in ", folder_words(query.root),
                     " is not source code that fnlint reads");
}

// Whether the patterns that the template writes take a file, by its path in the code's folder.
bool is_packaged(const CodeLocation& code, std::string_view path) {
  if (code.kind == CodeKind::Zip) return false;
  bool result = !code.only_included;
  for (const PackagePattern& pattern : code.patterns) {
    std::string_view glob = pattern.glob;
    while (glob.starts_with("./")) glob.remove_prefix(2);
    if (Glob(cat('/', glob)).matches(path, false)) result = pattern.includes;
  }
  return result;
}

// "shop/handlers.buy" of the template in shop/: a build puts the folder itself into the package, so
// that the path is one from a folder above.
std::optional<HandlerFile> find_from_above(Languages& languages, const HandlerQuery& query,
                                           DialectSet readable) {
  const std::string inside = cat(query.root, '/');
  for (std::string_view folder = query.root; !folder.empty();) {
    folder = folder_of(folder);
    const std::string_view way =
        std::string_view(inside).substr(folder.empty() ? 0 : folder.size() + 1);
    const std::string first(way.substr(0, way.find('/')));
    if (!query.handler.starts_with(first) || query.handler.size() == first.size()) continue;
    HandlerQuery there = query;
    there.root = folder;
    HandlerFile found = find_here(languages, there, readable);
    if (!found.path.starts_with(inside)) continue;
    if (!is_packaged(query.code, std::string_view(found.path).substr(inside.size())))
      return std::nullopt;
    found.guess = guess_by(guesses::path_from_above());
    if (!found.root) found.root = folder;
    return found;
  }
  return std::nullopt;
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
  found.lack = ResolutionFailure::Form;
  found.looked_for = handler;
  found.wanted_form = form;
  found.reason = cat("the handler '", handler, "' is not of the form ", form);
}

HandlerFile find_handler(const FileSystem& files, Languages& languages, const HandlerQuery& query,
                         DialectSet readable) {
  HandlerFile found = find_here(languages, query, readable);
  if (found.path.empty()) tell_of_other_file(files, query, found);
  if (!found.path.empty()) return found;
  if (std::optional<HandlerFile> above = find_from_above(languages, query, readable))
    return *std::move(above);
  if (query.code.kind != CodeKind::Unknown) return found;
  // A template that another folder's build deploys: the path may be from there.
  const std::string start = existing_folder(files, query.root);
  if (start.empty() || start.size() + 1 >= query.root.size()) return found;
  const std::string_view rest = std::string_view(query.root).substr(start.size() + 1);
  const std::string first(rest.substr(0, rest.find('/')));
  const std::optional<std::string> above =
      nearest_above(folder_of(start), [&](const std::string& folder) {
        return files.kind(join_path(folder, first)) == EntryKind::Folder;
      });
  if (!above) return found;
  HandlerQuery there = query;
  const std::string root = join_path(*above, rest);
  there.root = root;
  HandlerFile moved = find_here(languages, there, readable);
  if (moved.path.empty()) return found;
  moved.guess = guess_by(guesses::place_above());
  if (!moved.root) moved.root = root;
  return moved;
}

}  // namespace fnlint
