#include "report/json_values.h"
#include "report/unicode.h"
#include "report/words.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

// An object whose members differ: none is looked for before it is added.
class Members {
 public:
  explicit Members(std::size_t count) { all_.reserve(count); }
  Members& add(const char* name, Json value) {
    all_.emplace_back(name, std::move(value));
    return *this;
  }
  Json take() { return Json(std::move(all_)); }

 private:
  Json::object_t all_ = {};
};

Json steps_of(const std::vector<PlacedText>& steps, Places& places) {
  Json list = Json::array();
  for (const PlacedText& step : steps) {
    const Place place = places.region(step.where).begin;
    list.push_back(Members(4)
                       .add("path", places.path(step.where))
                       .add("line", place.line)
                       .add("column", place.column)
                       .add("message", step.message)
                       .take());
  }
  return list;
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

Json suppressed_of(const Report& report, Places& places) {
  Json list = Json::array();
  for (const SuppressedFinding& each : report.suppressed) {
    const Place place = places.region(each.where).begin;
    Json row = json_of(report, each.finding, places);
    row["suppression"] = {{"path", places.path(each.where)},
                          {"line", place.line},
                          {"column", place.column},
                          {"reason", each.reason}};
    list.push_back(std::move(row));
  }
  return list;
}

Json fixes_of(const Finding& finding, Places& places) {
  Json list = Json::array();
  for (const Fix& fix : finding.fixes) {
    Json edits = Json::array();
    for (const TextEdit& edit : fix.edits) {
      const Region region = places.edited_region(edit.where);
      edits.push_back({{"path", places.path(edit.where)},
                       {"line", region.begin.line},
                       {"column", region.begin.column},
                       {"endLine", region.end.line},
                       {"endColumn", region.end.column},
                       {"text", edit.text}});
    }
    list.push_back({{"title", fix.title},
                    {"safe", fix.safety == FixSafety::Safe},
                    {"edits", std::move(edits)}});
  }
  return list;
}

}  // namespace

Json json_of(const Report& report, const ReportedFinding& reported, Places& places) {
  const Finding& finding = reported.finding;
  const Region region = places.region(finding.where);
  return Members(17)
      .add("rule", finding.rule)
      .add("severity", word_of(reported.level))
      .add("confidence", word_of(finding.confidence))
      .add("message", finding.message)
      .add("path", places.path(finding.where))
      .add("line", region.begin.line)
      .add("column", region.begin.column)
      .add("endLine", region.end.line)
      .add("endColumn", region.end.column)
      .add("function", finding.function.empty() ? Json(nullptr) : Json(finding.function))
      .add("remedy", remedy_of(report, finding))
      .add("related", steps_of(finding.related, places))
      .add("flow", steps_of(finding.flow, places))
      .add("fixable", !finding.fixes.empty())
      .add("fixes", fixes_of(finding, places))
      .add("fingerprint", reported.fingerprint)
      .take();
}

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

class JsonWriter {
 public:
  explicit JsonWriter(int indent) : indent_(indent) {}
  void write(const Json& value) {
    if (value.is_object()) return members(value.get_ref<const Json::object_t&>());
    if (value.is_array()) return items(value.get_ref<const Json::array_t&>());
    if (value.is_string()) return text(value.get_ref<const std::string&>());
    if (value.is_boolean()) return word(value.get_ref<const bool&>() ? "true" : "false");
    if (value.is_null()) return word("null");
    if (value.is_number_unsigned()) return number(value.get<std::uint64_t>());
    out_ += value.dump();
  }
  std::string take() { return std::move(out_); }
  // Members and items that are made one by one as they are written.
  using Part = std::pair<const char*, std::function<void()>>;
  void write_parts(const std::vector<Part>& parts) {
    in_brackets('{', '}', parts, [this](const Part& part) {
      out_.append(1, '"').append(part.first).append(indent_ < 0 ? "\":" : "\": ");
      part.second();
    });
  }
  template <class Rows, class Make>
  void write_each(const Rows& rows, const Make& json_of_one) {
    in_brackets('[', ']', rows, [&](const auto& row) { write(json_of_one(row)); });
  }

 private:
  void word(std::string_view word) { out_ += word; }
  void number(std::uint64_t number) {
    std::array<char, 20> digits;
    out_.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
  }
  void text(const std::string& text) {
    if (is_plain(text))
      out_.append(1, '"').append(text).append(1, '"');
    else
      out_ += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  void members(const Json::object_t& all) {
    in_brackets('{', '}', all, [this](const auto& member) {
      text(member.first);
      out_ += indent_ < 0 ? ":" : ": ";
      write(member.second);
    });
  }
  void items(const Json::array_t& all) {
    in_brackets('[', ']', all, [this](const Json& item) { write(item); });
  }
  template <class All, class Write>
  void in_brackets(char begin, char end, const All& all, const Write& write_one) {
    out_ += begin;
    ++depth_;
    bool is_first = true;
    for (const auto& one : all) {
      if (!is_first) out_ += ',';
      is_first = false;
      break_line();
      write_one(one);
    }
    --depth_;
    if (!all.empty()) break_line();
    out_ += end;
  }
  void break_line() {
    if (indent_ >= 0) out_.append(1, '\n').append(static_cast<std::size_t>(indent_ * depth_), ' ');
  }

  std::string out_ = {};
  int indent_ = 0, depth_ = 0;
};

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
  const auto finding_of = [&](const ReportedFinding& one) { return json_of(report, one, places); };
  std::vector<JsonWriter::Part> parts{
      {"version", [&] { out.write(1); }},
      {"findings", [&] { out.write_each(report.findings, finding_of); }},
      {"problems", [&] { out.write_each(report.problems, problem_of); }},
      {"unresolved", [&] { out.write(unresolved_of(report, places)); }}};
  if (report.show_suppressed)
    parts.emplace_back("suppressed", [&] { out.write(suppressed_of(report, places)); });
  if (report.show_statistics)
    parts.emplace_back("statistics", [&] { out.write(statistics_of(report)); });
  parts.emplace_back("summary", [&] { out.write(summary()); });
  out.write_parts(parts);
  return finished(out.take()) + '\n';
}

}  // namespace fnlint
