// Tells comments that stand alone from those behind code, and takes their ranges from that.

#include "frontends/source/common/suppression.h"

#include "core/text.h"
#include "model/suppression.h"

#include <optional>
#include <utility>

namespace fnlint {

namespace {

// The line or lines that a range touches, without the last line's end.
Range lines_of(std::string_view text, Range where) {
  const std::size_t before =
      where.begin == 0 ? std::string_view::npos : text.find_last_of("\r\n", where.begin - 1);
  const std::size_t after = text.find_first_of("\r\n", where.end);
  return {static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1),
          static_cast<std::uint32_t>(after == std::string_view::npos ? text.size() : after)};
}

bool stands_alone(std::string_view text, Range where, Range lines) {
  return trim(text.substr(lines.begin, where.begin - lines.begin)).empty() &&
         trim(text.substr(where.end, lines.end - where.end)).empty();
}

}  // namespace

void add_suppressions(CodeBuilder& out, std::string_view text, const std::vector<Range>& comments,
                      const std::function<Range(std::uint32_t)>& next_node) {
  for (const Range where : comments) {
    std::optional<SuppressionText> read =
        read_suppression(text.substr(where.begin, where.end - where.begin));
    if (!read) continue;
    if (!read->mistake.empty()) {
      out.problem(where, std::move(read->mistake));
      continue;
    }
    SuppressionComment row{.reach = SuppressionReach::File,
                           .rules = std::move(read->rules),
                           .reason = std::move(read->reason),
                           .where = where};
    if (!read->whole_file) {
      row.reach = SuppressionReach::Line;
      row.covers = lines_of(text, where);
      if (stands_alone(text, where, row.covers)) {
        row.reach = SuppressionReach::NextNode;
        const Range next = next_node(where.end);
        row.covers = next == Range{} ? where : next;  // nothing follows: it will prove unused
      }
    }
    out.add_suppression(std::move(row));
  }
}

}  // namespace fnlint
