// No report repeats a credential that it reports.
#pragma once

#include "report/places.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// Decides what of a source line may be shown. A report is read by many: where one secret stands,
// texts beside it may be others, the key of an id.
class Secrets {
 public:
  Secrets(const Report& report, Places& places);

  // Of a whole line of a file, which begins at byte `start`, what may be a secret becomes stars.
  void hide(FileId file, std::uint32_t line, std::uint32_t start, std::string& text) const;

 private:
  void add(const Span& where, Places& places);

  std::map<std::pair<FileId, std::uint32_t>, std::vector<Range>> rows_ = {};  // by their lines
};

}  // namespace fnlint
