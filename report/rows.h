// Findings and problems as one list, for formats that know no difference between them.
#pragma once

#include "report/places.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The rule that problems have in formats with one kind of row.
inline constexpr std::string_view kProblem = "problem";

// What a format with one kind of row has to say: a finding, or a problem.
struct Row {
  const ReportedFinding* finding = nullptr;  // null: a problem
  Severity level = Severity::Warning;
  std::string_view rule = {};
  Span where = {};
  std::string_view path = {};  // as code hosts have it, whatever it holds
  Region region = {};
  // Of a file in an archive, which has no lines that a host could show: `region` is its start then,
  // and the message begins with the place in it.
  bool in_archive = false;
  std::string message = {};  // one line
  std::string remedy = {};   // one line; empty: none
};

// A place and what is said of it.
Row row_at(const Span& where, std::string_view message, Places& places);

// The worst first; of one level findings before problems.
std::vector<Row> rows_of(const Report& report, Places& places);

// A row's message and what to do about it, as sentences on one line.
std::string in_full(const Row& row);

}  // namespace fnlint
