// The formats json and jsonl: every finding with all that is known of it, for programs.

#include "report/json_values.h"
#include "report/unicode.h"
#include "report/words.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

// Most texts are written as they are: printable ASCII without quotes and backslashes.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain = {};
  for (std::size_t c = ' '; c < 0x7f; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();
bool is_plain(std::string_view text) {
  for (const char c : text)
    if (!kPlain[static_cast<unsigned char>(c)]) return false;
  return true;
}

// Writes one part after another, so that no report is built beside its text.
class JsonWriter {
 public:
  explicit JsonWriter(int indent) : indent_(indent) {}
  void open(char bracket) {
    out_ += bracket;
    ++depth_;
    is_first_ = true;
  }
  void close(char bracket) {
    --depth_;
    if (!is_first_) break_line();
    is_first_ = false;
    out_ += bracket;
  }
  void item() {  // before each item of an array
    if (!is_first_) out_ += ',';
    is_first_ = false;
    break_line();
  }
  void key(std::string_view name) {  // before each member of an object
    item();
    text(name);
    out_ += indent_ < 0 ? ":" : ": ";
  }
  void word(std::string_view word) { out_ += word; }
  void flag(bool flag) { word(flag ? "true" : "false"); }
  void number(std::uint64_t number) {
    std::array<char, 20> digits;
    out_.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
  }
  void text(std::string_view text) {
    if (is_plain(text))
      out_.append(1, '"').append(text).append(1, '"');
    else
      out_ += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  void write(const Json& value) {
    if (value.is_object()) return members(value.get_ref<const Json::object_t&>());
    if (value.is_array()) return items(value.get_ref<const Json::array_t&>());
    if (value.is_string()) return text(value.get_ref<const std::string&>());
    if (value.is_boolean()) return flag(value.get_ref<const bool&>());
    if (value.is_null()) return word("null");
    if (value.is_number_unsigned()) return number(value.get<std::uint64_t>());
    out_ += value.dump();
  }
  std::string take() { return std::move(out_); }

 private:
  void members(const Json::object_t& all) {
    open('{');
    for (const auto& [name, value] : all) {
      key(name);
      write(value);
    }
    close('}');
  }
  void items(const Json::array_t& all) {
    open('[');
    for (const Json& one : all) {
      item();
      write(one);
    }
    close(']');
  }
  void break_line() {
    constexpr std::string_view kLine = "\n                                ";
    if (indent_ < 0) return;
    const auto blanks = static_cast<std::size_t>(indent_ * depth_);
    out_ += kLine.substr(0, blanks + 1);
    if (blanks >= kLine.size()) out_.append(blanks + 1 - kLine.size(), ' ');
  }

  std::string out_ = {};
  int indent_ = 0, depth_ = 0;
  bool is_first_ = true;
};

// What json and jsonl say of findings.
class FindingWriter {
 public:
  FindingWriter(const Report& report, Places& places, JsonWriter& out)
      : report_(report), places_(places), out_(out) {}
  void write(const ReportedFinding& reported);
  void write(const SuppressedFinding& suppressed);

 private:
  void members(const ReportedFinding& reported);
  void text(std::string_view name, std::string_view value) {
    out_.key(name);
    out_.text(value);
  }
  void number(std::string_view name, std::uint64_t value) {
    out_.key(name);
    out_.number(value);
  }
  void place(const Span& where) {
    const Place begin = places_.region(where).begin;
    text("path", places_.path(where));
    number("line", begin.line);
    number("column", begin.column);
  }
  void region(std::string_view path, const Region& region) {
    text("path", path);
    number("line", region.begin.line);
    number("column", region.begin.column);
    number("endLine", region.end.line);
    number("endColumn", region.end.column);
  }
  void steps(std::string_view name, const std::vector<PlacedText>& steps);
  void fixes(const std::vector<Fix>& fixes);

  const Report& report_;
  Places& places_;
  JsonWriter& out_;
};

void FindingWriter::steps(std::string_view name, const std::vector<PlacedText>& steps) {
  out_.key(name);
  out_.open('[');
  for (const PlacedText& step : steps) {
    out_.item();
    out_.open('{');
    place(step.where);
    text("message", step.message);
    out_.close('}');
  }
  out_.close(']');
}

void FindingWriter::fixes(const std::vector<Fix>& fixes) {
  out_.key("fixes");
  out_.open('[');
  for (const Fix& fix : fixes) {
    out_.item();
    out_.open('{');
    text("title", fix.title);
    out_.key("safe");
    out_.flag(fix.safety == FixSafety::Safe);
    out_.key("edits");
    out_.open('[');
    for (const TextEdit& edit : fix.edits) {
      out_.item();
      out_.open('{');
      region(places_.path(edit.where), places_.edited_region(edit.where));
      text("text", edit.text);
      out_.close('}');
    }
    out_.close(']');
    out_.close('}');
  }
  out_.close(']');
}

void FindingWriter::members(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  text("rule", finding.rule);
  text("severity", word_of(reported.level));
  text("confidence", word_of(finding.confidence));
  text("message", finding.message);
  region(places_.path(finding.where), places_.region(finding.where));
  out_.key("function");
  if (finding.function.empty())
    out_.word("null");
  else
    out_.text(finding.function);
  text("remedy", remedy_of(report_, finding));
  steps("related", finding.related);
  steps("flow", finding.flow);
  out_.key("fixable");
  out_.flag(!finding.fixes.empty());
  fixes(finding.fixes);
  text("fingerprint", reported.fingerprint);
}

void FindingWriter::write(const ReportedFinding& reported) {
  out_.open('{');
  members(reported);
  out_.close('}');
}

void FindingWriter::write(const SuppressedFinding& suppressed) {
  out_.open('{');
  members(suppressed.finding);
  out_.key("suppression");
  out_.open('{');
  place(suppressed.where);
  text("reason", suppressed.reason);
  out_.close('}');
  out_.close('}');
}

Json statistics_of(const Report& report) {
  std::map<std::string_view, std::size_t> counts;
  for (const auto* const some : {&report.findings, &report.cut})
    for (const ReportedFinding& each : *some) ++counts[each.finding.rule];
  Json rows = Json::array();
  for (const auto& [rule, count] : counts) rows.push_back({{"rule", rule}, {"count", count}});
  return rows;
}

Json unresolved_of(const Report& report, Places& places) {
  Json list = Json::array();
  for (const auto& [each, count] : report.unresolved) {
    const Place place = places.region(each.where).begin;
    list.push_back({{"path", places.path(each.where)},
                    {"line", place.line},
                    {"column", place.column},
                    {"function", each.function.empty() ? Json(nullptr) : Json(each.function)},
                    {"reason", each.reason},
                    {"places", count}});
  }
  return list;
}

std::string finished(std::string text) {
  break_log_commands(text, "\\u0023");  // JSON's own spelling of "#"
  return text;
}

}  // namespace

std::string dumped(const Json& value, int indent) {
  JsonWriter writer(indent);
  writer.write(value);
  return finished(writer.take());
}

std::string jsonl_report(const Report& report) {
  Places places(report);
  JsonWriter out(-1);
  FindingWriter findings(report, places, out);
  for (const ReportedFinding& finding : report.findings) {
    findings.write(finding);
    out.word("\n");
  }
  return finished(out.take());
}

std::string json_report(const Report& report) {
  Places places(report);
  const auto problem_of = [&](const ReportedProblem& problem) {
    const Place place = places.region(problem.where).begin;
    return Json{{"path", places.path(problem.where)},
                {"line", place.line},
                {"column", place.column},
                {"severity", word_of(problem.level)},
                {"message", problem.message}};
  };
  const auto summary = [&] {
    return Json{{"files", report.files_read},
                {"functions", report.functions},
                {"unread", report.unread},
                {"partly", report.partly},
                {"open", report.open},
                {"templates", report.templates},
                {"findings", report.findings.size() + report.cut.size()},
                {"cut", report.cut.size()}};
  };
  JsonWriter out(2);
  FindingWriter findings(report, places, out);
  const auto write_each = [&](std::string_view name, const auto& rows, const auto& write) {
    out.key(name);
    out.open('[');
    for (const auto& row : rows) {
      out.item();
      write(row);
    }
    out.close(']');
  };
  const auto write = [&](std::string_view name, const Json& value) {
    out.key(name);
    out.write(value);
  };
  out.open('{');
  write("version", 1);
  write_each("findings", report.findings, [&](const auto& row) { findings.write(row); });
  write_each("problems", report.problems, [&](const auto& row) { out.write(problem_of(row)); });
  write("unresolved", unresolved_of(report, places));
  if (report.show_suppressed)
    write_each("suppressed", report.suppressed, [&](const auto& row) { findings.write(row); });
  if (report.show_statistics) write("statistics", statistics_of(report));
  write("summary", summary());
  out.close('}');
  return finished(out.take()) + '\n';
}

}  // namespace fnlint
