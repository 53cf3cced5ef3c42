#include "core/text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/xml_values.h"

#include <map>

// Checkstyle's XML.
namespace fnlint {

namespace {

std::string_view checkstyle_severity(Severity level) {
  return level == Severity::Error ? "error" : level == Severity::Warning ? "warning" : "info";
}

}  // namespace

std::string checkstyle_report(const Report& report) {
  Places places(report);
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("checkstyle");
  set_attribute(root, "version", "4.3");  // the one whose form this is, and all readers know
  std::map<std::string_view, pugi::xml_node> files;
  for (const Row& row : rows_of(report, places)) {
    pugi::xml_node& file = files[row.path];
    if (!file) {
      file = root.append_child("file");
      set_attribute(file, "name", row.path);
    }
    pugi::xml_node error = file.append_child("error");
    set_attribute(error, "line", row.region.begin.line);
    set_attribute(error, "column", row.region.begin.column);
    set_attribute(error, "severity", checkstyle_severity(row.level));
    set_attribute(error, "message", in_full(row));
    set_attribute(error, "source", cat("fnlint.", row.rule));
  }
  return written(document);
}

}  // namespace fnlint
