// Lists files once, scans them when a name is asked for, and reads bases off class headers.

#include "link/resolve/source_index.h"

#include "core/characters.h"
#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/source_dialect.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

const std::vector<std::string> kNone;

// Calls visit with each word of a text and where it ends.
template <class Visit>
void for_each_word(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    visit(text.substr(at, end - at), end);
    at = end;
  }
}

// Where the body begins, or the next statement: not in a text, "${setting}".
std::size_t end_of_header(std::string_view header) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == '"' && (i == 0 || header[i - 1] != '\\')) is_quoted = !is_quoted;
    if (!is_quoted && (header[i] == '{' || header[i] == ';')) return i;
  }
  return is_quoted ? header.find_first_of("{;") : header.size();
}

// class C(…) : A, B<X> {   class C extends A implements B {
std::set<std::string_view> names_of_bases(std::string_view text) {
  std::set<std::string_view> bases;
  for_each_word(text, [&](std::string_view word, std::size_t end) {
    if (word != "class" && word != "record" && word != "struct" && word != "object") return;
    std::string_view header = text.substr(end, kClassHeaderBytes);
    header = header.substr(0, end_of_header(header));
    int depth = 0;
    std::size_t colon = 0;
    for (; colon < header.size() && (header[colon] != ':' || depth > 0); ++colon)
      depth += header[colon] == '(' ? 1 : header[colon] == ')' ? -1 : 0;
    bool after = false;
    for_each_word(header, [&](std::string_view name, std::size_t at) {
      after = after || at > colon || name == "extends" || name == "implements";
      if (after) bases.insert(name);
    });
  });
  return bases;
}

}  // namespace

std::vector<std::string> files_called(const FileSystem& files, const std::string& folder,
                                      const std::function<bool(std::string_view)>& takes,
                                      const std::function<bool(std::string_view)>& skips) {
  std::vector<std::string> found, open{folder};
  for (std::size_t i = 0; i < open.size() && i < kIndexedFolders; ++i) {
    const std::string at = open[i];
    for (const Entry& entry : files.list(at)) {
      if (entry.kind == EntryKind::Folder) {
        const std::string inner = join_path(at, entry.name);
        if (!entry.name.starts_with('.') && !entry.link &&
            !is_one_of(known::installed_folders(), entry.name) && !skips(inner))
          open.push_back(inner);
      } else if (takes(entry.name) && found.size() < kIndexedFiles) {
        found.push_back(join_path(at, entry.name));
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> files_below(const FileSystem& files, const std::string& folder,
                                     std::span<const std::string_view> extensions,
                                     const std::function<bool(std::string_view)>& skips) {
  const auto takes = [extensions](std::string_view name) {
    return is_one_of(extensions, extension_of(name));
  };
  return files_called(files, folder, takes, skips);
}

std::string existing_folder(const FileSystem& files, std::string_view path) {
  return nearest_above(path, [&](const std::string& at) {
           return at.empty() || files.kind(at) == EntryKind::Folder;
         })
      .value_or("");
}

bool contains_word(std::string_view text, std::string_view word) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (is_word(text[at]) || text[at] == '$');
  };
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  return false;
}

bool is_of_tests(std::string_view path) {
  for (const std::string_view part : split(path, '/'))
    if (is_one_of(known::source_test_folders(), part)) return true;
  const std::string_view name = file_name_of(path);
  return name.starts_with("test_") || name.find("_test.") != name.npos ||
         name.find(".test.") != name.npos || name.find(".spec.") != name.npos ||
         name.find("Test.") != name.npos || name.find("Tests.") != name.npos;
}

bool lies_below(std::string_view path, std::string_view folder) {
  return folder.empty() || path == folder ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

const std::vector<std::string>& SourceIndex::named(std::string_view stem) {
  if (!std::exchange(listed_, true)) {
    for (const std::string& file : sources_) {
      const std::string_view name = file_name_of(file);
      stems_[std::string(name.substr(0, name.find('.')))].push_back(file);
    }
  }
  const auto found = stems_.find(stem);
  return found == stems_.end() ? kNone : found->second;
}

const Declarations& SourceIndex::declarations(const std::string& file) {
  const auto [row, added] = read_.try_emplace(file);
  const std::optional<SourceDialect> dialect = dialect_of(file);
  if (!added || !dialect) return row->second;
  if (const Result<std::string> text = files_.read(file, kSourceBytes))
    row->second = scan_declarations(text.value(), *dialect);
  return row->second;
}

void SourceIndex::read_all() {
  if (std::exchange(all_, true)) return;
  std::size_t bytes = 0;
  for (const std::string& file : sources_) {
    const Result<std::string> text = files_.read(file, kSourceBytes);
    if (!text) {
      whole_ = false;
      continue;
    }
    bytes += text.value().size();
    if (bytes > kIndexedBytes) {
      whole_ = false;
      return;
    }
    const std::optional<SourceDialect> dialect = dialect_of(file);
    const auto [row, added] = read_.try_emplace(file);
    if (added && dialect) row->second = scan_declarations(text.value(), *dialect);
    const Declarations& found = row->second;
    for (const std::string_view base : names_of_bases(text.value()))
      if (std::vector<std::string>& at = bases_[std::string(base)]; at.size() < kDerivingFiles)
        at.push_back(file);
    spaces_.insert(found.package);
    stars_.insert(found.stars.begin(), found.stars.end());
    for (const Declared& one : found.names) {
      spaces_.insert(one.space);
      std::vector<std::string>& at = declared_[cat(one.space, ' ', one.name)];
      if (at.empty() || at.back() != file) at.push_back(file);
    }
  }
}

bool SourceIndex::is_whole() {
  read_all();
  return whole_ && sources_.size() < kIndexedFiles;
}

const std::vector<std::string>& SourceIndex::declaring(std::string_view space,
                                                       std::string_view name) {
  read_all();
  const auto found = declared_.find(cat(space, ' ', name));
  return found == declared_.end() ? kNone : found->second;
}

const std::set<std::string, std::less<>>& SourceIndex::spaces() {
  read_all();
  return spaces_;
}

bool SourceIndex::is_at_home(std::string_view space) {
  const auto start = [](std::string_view path) {  // "com.example" of "com.example.shop"
    const std::size_t dot = path.find('.');
    return path.substr(0, dot == std::string_view::npos ? dot : path.find('.', dot + 1));
  };
  return std::ranges::any_of(
      spaces(), [&](const std::string& one) { return start(one) == start(space); });
}

const std::vector<std::string>& SourceIndex::deriving(std::string_view base) {
  read_all();
  const auto found = bases_.find(base);
  return found == bases_.end() ? kNone : found->second;
}

std::vector<std::string> SourceIndex::standing_for(const std::string& file,
                                                   std::string_view name) {
  std::vector<std::string> found;
  std::vector<std::string> open;
  const auto open_if_abstract = [&](const std::string& at, std::string_view wanted) {
    for (const Declared& one : declarations(at).names)
      if (one.is_abstract && (wanted.empty() || one.name == wanted)) open.push_back(one.name);
  };
  open_if_abstract(file, name);
  for (std::size_t i = 0; i < open.size() && found.size() < kDerivingFiles; ++i)
    for (const std::string& other : deriving(open[i])) {
      if (other == file || std::ranges::find(found, other) != found.end()) continue;
      found.push_back(other);
      open_if_abstract(other, {});
    }
  return found;
}

const std::set<std::string, std::less<>>& SourceIndex::stars() {
  read_all();
  return stars_;
}

}  // namespace fnlint
