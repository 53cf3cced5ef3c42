// What the tests of formats print.
#pragma once

#include "report/arrange.h"
#include "report/report.h"

#include <array>
#include <deque>
#include <string>
#include <string_view>

namespace fnlint::test {

inline constexpr std::array<std::string_view, 1> kSources{"The developer guide"};
inline constexpr std::array<Remedy, 2> kRemedies{
    Remedy{"cloudformation", "Set Runtime to its successor"},
    Remedy{"terraform", "Set runtime to its successor"}};
inline constexpr Rule kLoop{.id = "loop-s3-recursion",
                            .category = "loop",
                            .severity = Severity::Error,
                            .since = "0.1.0",
                            .title = "Function is triggered by its own output",
                            .why = "Each run starts the next one",
                            .remedy = "Write to another bucket",
                            .sources = kSources};
inline constexpr Rule kRuntime{.id = "runtime-deprecated",
                               .category = "runtime",
                               .severity = Severity::Error,
                               .security = true,
                               .since = "0.1.0",
                               .title = "Runtime gets no security fixes",
                               .why = "It is past its end",
                               .remedy = "Use its successor",
                               .remedies = kRemedies};

inline constexpr Rule kSecret{.id = "secrets-in-env",
                              .category = "secrets",
                              .severity = Severity::Error,
                              .since = "0.1.0",
                              .title = "Credential in a variable",
                              .why = "It can be read",
                              .remedy = "Keep it in a store"};

// A report made by hand: texts and the places of words in them.
class Sample {
 public:
  Sample() { report.rules = {{&kLoop, kLoop.severity}, {&kRuntime, kRuntime.severity}, {&kSecret, kSecret.severity}}; }

  FileId file(std::string path, std::string text) {
    const std::string& kept = texts_.emplace_back(std::move(text));
    report.files.push_back({path, path, kept});
    return FileId{static_cast<std::uint32_t>(report.files.size() - 1)};
  }
  Span at(FileId file, std::string_view words) const {
    const auto begin = static_cast<std::uint32_t>(report.files[file.index].text.find(words));
    return {file, {begin, begin + static_cast<std::uint32_t>(words.size())}};
  }
  Finding& add(std::string_view rule, Span where, std::string message) {
    Finding finding{.rule = rule, .message = std::move(message), .where = where};
    report.findings.push_back({.finding = std::move(finding)});
    return report.findings.back().finding;
  }
  const Report& arranged() {
    for (ReportedFinding& each : report.findings)
      each.level = level_of(each.finding, *find_rule(report, each.finding.rule));
    arrange(report);
    return report;
  }

  Report report = {};

 private:
  std::deque<std::string> texts_ = {};
};

// Two findings in the order of places, the lesser one first; characters of one to four bytes.
inline Sample two_findings() {
  Sample sample;
  const FileId stack =
      sample.file("my app/a,b:c.yaml", "Runtime: nodejs12.x # é😀\nBucket: Photos\n");
  const FileId code = sample.file("src/app.py", "# é😀\ns3.put_object(\n  Bucket=b)\n");
  Finding& old =
      sample.add("runtime-deprecated", sample.at(stack, "nodejs12.x"), "nodejs12.x ended in 2023");
  old.confidence = Confidence::Likely;
  old.function = "Thumbs";
  Finding& loop = sample.add("loop-s3-recursion", sample.at(code, "s3.put_object(\n  Bucket=b)"),
                             "Thumbs writes 100% of Photos, its trigger");
  loop.flow = {{sample.at(stack, "Photos"), "Photos starts Thumbs"}};
  loop.related = {{sample.at(stack, "Bucket"), "the bucket"}};
  sample.report.problems = {{{stack, {33, 39}}, "no such parameter"}};
  sample.report.files_read = 2;
  sample.report.functions = sample.report.templates = 1;
  sample.report.version = "0.1.0";
  return sample;
}

// A report of two functions that no code was read of, one that was read in part, and why.
inline Sample blind() {
  Sample sample;
  const FileId stack = sample.file("a.yaml", "Thumbs:\n  CodeUri: src/apii\n  Broken: [\n");
  sample.report.functions = 5;
  sample.report.unread = 2;
  sample.report.partly = 1;
  sample.report.problems = {{sample.at(stack, "["), "not readable as YAML", Severity::Error}};
  sample.report.unresolved = {
      {{UnresolvedKind::CodeLocation, "src/apii is not there", "Thumbs", sample.at(stack, "src")}}};
  return sample;
}

}  // namespace fnlint::test
