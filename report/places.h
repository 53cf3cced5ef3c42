// Spans as the regions and paths that formats print.
#pragma once

#include "core/lines.h"
#include "report/report.h"

#include <memory>
#include <vector>

namespace fnlint {

// Lines and columns from 1, the end exclusive.
struct Region {
  Place begin = {}, end = {};
};

// Turns spans into lines and columns. Line tables are made for those files that are asked for.
class Places {
 public:
  explicit Places(const Report& report) : report_(report), lines_(report.files.size()) {}

  // A region is never empty where its line has a character to mark.
  [[nodiscard]] Region region(const Span& where);
  // What an edit takes out, which may be nothing, or end with a line.
  [[nodiscard]] Region edited_region(const Span& where, bool in_bytes = false);
  // The same, its columns in bytes.
  [[nodiscard]] Region byte_region(const Span& where);
  [[nodiscard]] const Lines* lines(FileId file);  // null: no such file
  // "." for a span without a file.
  [[nodiscard]] std::string_view path(const Span& where) const;
  [[nodiscard]] std::string_view repository_path(const Span& where) const;
  // The path inside of the archive that repository_path() is; empty: it is no archive.
  [[nodiscard]] std::string_view inner_path(const Span& where) const;

 private:
  [[nodiscard]] Range marked(const Span& where, const Lines& lines) const;

  const Report& report_;
  std::vector<std::unique_ptr<Lines>> lines_;
};

}  // namespace fnlint
