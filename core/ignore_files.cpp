// Parses ignore files line by line, and lets the last line that matches decide.

#include "core/ignore_files.h"

#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kIgnoreLines = 10'000;  // of one file; what follows does not count

// Blanks at the end do not count unless a backslash stands before them.
std::string_view without_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t') &&
         !(line.size() > 1 && line[line.size() - 2] == '\\'))
    line.remove_suffix(1);
  return line;
}

// Git knows no path by `.` or `..`: such a line matches nothing.
bool matches_nothing(std::string_view line) {
  return line.empty() || line == "/" ||
         std::ranges::any_of(split(line, '/'),
                             [](std::string_view name) { return name == "." || name == ".."; });
}

}  // namespace

IgnoreFiles::Level IgnoreFiles::add(Level above, std::string_view folder, std::string_view text) {
  File file{above, folder.empty() ? 0 : split(folder, '/').size(), {}};
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::string_view line : split(text, '\n')) {
    line = without_end(line);
    if (line.empty() || line.front() == '#') continue;
    const bool negated = line.front() == '!';
    if (negated) line.remove_prefix(1);
    if (file.lines.size() == kIgnoreLines) break;
    if (!matches_nothing(line)) file.lines.push_back({Glob(line), negated});
  }
  if (file.lines.empty()) return above;
  files_.push_back(std::move(file));
  return files_.size();
}

bool IgnoreFiles::ignores(Level level, std::string_view path, bool is_folder) const {
  const std::vector<std::string_view> all = split(path, '/');
  while (level != 0) {
    const File& file = files_[level - 1];
    const auto names = std::span(all).subspan(std::min(file.depth, all.size()));
    for (auto line = file.lines.rbegin(); line != file.lines.rend(); ++line)
      if (line->glob.matches(names, is_folder)) return !line->negated;
    level = file.above;
  }
  return false;
}

bool IgnoredPaths::ignores(std::string_view path, bool is_folder) {
  return ignored_.ignores(level(folder_of(path)), path, is_folder);
}

bool IgnoredPaths::covers(std::string_view file) {
  if (ignores(file, false)) return true;
  for (std::string_view folder = folder_of(file); !folder.empty(); folder = folder_of(folder))
    if (ignores(folder, true)) return true;
  return false;
}

IgnoreFiles::Level IgnoredPaths::level(std::string_view folder) {
  if (const auto known = levels_.find(folder); known != levels_.end()) return known->second;
  return level_below(folder.empty() ? 0 : level(folder_of(folder)), folder);
}

IgnoreFiles::Level IgnoredPaths::level_below(IgnoreFiles::Level above, std::string_view folder) {
  const Result<std::string> text = files_.read(join_path(folder, name_), kSourceBytes);
  const IgnoreFiles::Level level = text ? ignored_.add(above, folder, text.value()) : above;
  levels_.insert_or_assign(std::string(folder), level);
  return level;
}

}  // namespace fnlint
