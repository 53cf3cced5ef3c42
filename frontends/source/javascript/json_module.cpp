// Reads the file as a JavaScript module that exports it, and moves all places back.

#include "frontends/source/javascript/json_module.h"

#include "core/encoding.h"
#include "core/text.h"
#include "frontends/source/javascript/javascript.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kExports = "module.exports = ";

// Of the module's text to places of the file, which begins behind what is put before it.
class JsonPlaces {
 public:
  JsonPlaces(std::size_t skipped, std::size_t size)
      : skipped_(static_cast<std::uint32_t>(skipped)), size_(static_cast<std::uint32_t>(size)) {}

  void place(Range& range) const { range = {placed(range.begin), placed(range.end)}; }
  void place(CodeFacts& facts) const {
    for (std::vector<Range>* table : {&facts.op_ranges, &facts.expr_ranges, &facts.operand_ranges,
                                      &facts.function_ranges, &facts.function_name_ranges})
      for (Range& range : *table) place(range);
    for (Import& row : facts.imports) place(row.where);
    for (Problem& row : facts.problems) place(row.where);
  }

 private:
  [[nodiscard]] std::uint32_t placed(std::uint32_t offset) const {
    const auto before = static_cast<std::uint32_t>(kExports.size());
    return std::min(size_, (offset < before ? 0 : offset - before) + skipped_);
  }
  std::uint32_t skipped_ = 0, size_ = 0;
};

}  // namespace

CodeFacts lower_json_module(std::string_view text) {
  const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  CodeFacts facts =
      lower_javascript(cat(kExports, text.substr(skipped), ";"), JavaScriptDialect::JavaScript);
  JsonPlaces(skipped, text.size()).place(facts);
  facts.features.clear();
  facts.suppressions.clear();
  return facts;
}

}  // namespace fnlint
