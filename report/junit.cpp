// Build servers agree on little of this format: counts that are right, a suite a file, and places
// both in attributes and in words. Times are left out: equal runs give equal reports.
#include "core/text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/words.h"
#include "report/xml_values.h"

#include <map>

namespace fnlint {

namespace {

struct Suite {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  pugi::xml_node node = {};
};

class JUnitWriter {
 public:
  JUnitWriter() : root_(document_.append_child("testsuites")) {
    set_attribute(root_, "name", "fnlint");
  }
  // A run without findings is a test that has passed: an empty report is an error to some.
  void reading(std::string_view unread);
  void row(const Row& row);
  std::string text();

 private:
  Suite& suite(std::string_view name);

  pugi::xml_document document_ = {};
  pugi::xml_node root_ = {};
  std::map<std::string_view, Suite> suites_ = {};
};

Suite& JUnitWriter::suite(std::string_view name) {
  Suite& suite = suites_[name];
  if (!suite.node) {
    suite.node = root_.append_child("testsuite");
    set_attribute(suite.node, "name", name);
  }
  ++suite.tests;
  return suite;
}

void JUnitWriter::reading(std::string_view unread) {
  Suite& run = suite("fnlint");
  pugi::xml_node test = run.node.append_child("testcase");
  set_attribute(test, "name", "all code was read");
  set_attribute(test, "classname", "fnlint");
  if (unread.empty()) return;
  ++run.skipped;
  set_attribute(test.append_child("skipped"), "message", unread);
}

// A finding has failed; what could not be read is an error where it hides a template or a handler,
// and else something that was passed over.
void JUnitWriter::row(const Row& row) {
  Suite& file = suite(row.path);
  const std::string place = cat(row.region.begin.line, ':', row.region.begin.column);
  pugi::xml_node test = file.node.append_child("testcase");
  set_attribute(test, "name", cat(row.rule, " (", place, ')'));
  set_attribute(test, "classname", row.path);
  set_attribute(test, "file", row.path);
  set_attribute(test, "line", row.region.begin.line);
  const bool is_skipped = row.finding == nullptr && row.level != Severity::Error;
  const char* const outcome = row.finding != nullptr ? "failure" : is_skipped ? "skipped" : "error";
  ++(row.finding != nullptr ? file.failures : is_skipped ? file.skipped : file.errors);
  pugi::xml_node told = test.append_child(outcome);
  set_attribute(told, "message", row.message);
  if (is_skipped) return;
  set_attribute(told, "type", word_of(row.level));
  told.text().set(xml_line(cat(row.path, ':', place, ": ", in_full(row))).c_str());
}

std::string JUnitWriter::text() {
  Suite all;
  for (auto& [name, suite] : suites_) {
    set_attribute(suite.node, "tests", suite.tests);
    set_attribute(suite.node, "failures", suite.failures);
    set_attribute(suite.node, "errors", suite.errors);
    set_attribute(suite.node, "skipped", suite.skipped);
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
  }
  set_attribute(root_, "tests", all.tests);
  set_attribute(root_, "failures", all.failures);
  set_attribute(root_, "errors", all.errors);
  return written(document_);
}

}  // namespace

std::string junit_report(const Report& report) {
  Places places(report);
  JUnitWriter writer;
  writer.reading(report.functions == 0 ? std::string("no functions found") : unread_words(report));
  for (const Row& row : rows_of(report, places)) writer.row(row);
  return writer.text();
}

}  // namespace fnlint
