// A finished run as formats see it, and the entry point of each format.
#pragma once

#include "model/resources.h"
#include "model/rule.h"
#include "report/pictures.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Where the project's pages stand: the one place that names it.
inline constexpr std::string_view kSite = "https://fnlint.github.io/";

struct ReportedFile {
  std::string path = {};             // relative to the working directory, with '/'
  std::string repository_path = {};  // what code hosts resolve: relative to the repository
  std::string_view text = {};        // empty where it could not be read
  // Of a file in an archive: its path there. `repository_path` is then the archive's, since that is
  // what code hosts have.
  std::string inner = {};
  // What it is written in, the most particular first: "sam", "cloudformation" (kRemedyWords).
  std::vector<std::string_view> written_in = {};
};

// A rule in effect, with the severity that the configuration gives it.
struct ReportedRule {
  const Rule* rule = nullptr;
  Severity severity = Severity::Warning;
  bool configured = false;  // the user chose the severity: it goes before a finding's own
};

struct ReportedFinding {
  Finding finding = {};
  Severity level = Severity::Warning;  // after the confidence
  std::string fingerprint = {};
};

// A finding that a comment or a template's Metadata silences.
struct SuppressedFinding {
  ReportedFinding finding = {};
  Span where = {};  // of what silences it
  std::string reason = {};
};

// What could not be read or was cut off. One that is an Error has made a template or a handler
// unreadable.
struct ReportedProblem {
  Span where = {};
  std::string message = {};
  Severity level = Severity::Warning;
};

// What was not understood for one reason in one file, at the first of its places.
struct ReportedUnresolved {
  Unresolved unresolved = {};
  std::size_t places = 1;
};

// All that a format may say. Made by the application; arrange() puts it in order.
struct Report {
  std::vector<ReportedFile> files = {};  // by FileId
  std::vector<ReportedRule> rules = {};  // by id
  std::vector<ReportedFinding> findings = {};
  std::vector<SuppressedFinding> suppressed = {};
  std::vector<ReportedFinding> cut = {};  // findings that are counted, and not told
  std::vector<ReportedProblem> problems = {};
  std::vector<ReportedUnresolved> unresolved = {};
  Pictures pictures = {};        // where a format draws
  bool show_unresolved = false;  // by formats for people; machines get it all
  bool show_statistics = false;
  bool show_suppressed = false;
  bool all_rules = false;  // SARIF describes those in effect, and not alone those that fired
  std::size_t files_read = 0, functions = 0, templates = 0;
  std::size_t unread = 0, partly = 0;  // of the functions: whose code was not read; not all of it
  std::size_t open = 0;                // ... whose code was read, and calls what nothing describes
  std::string version = {};
  std::string today = {};     // "2026-03-01": what dated tables were compared with
  std::string category = {};  // what was linted, relative to the repository; "" for all of it
  std::string sarif_category = {};  // goes before it
};

// "3 findings: 1 error, 2 warnings in 1 function, 1 template, 2 files"
std::string summary_words(const Report& report);
// "3 of 12 functions: code not found; 2 read in part"; empty: all code was read.
std::string unread_words(const Report& report);

// "17 more findings are not shown (--max-findings 3)"; empty: all are.
std::string cut_words(const Report& report);
std::size_t count_of(const Report& report, Severity level);  // with those that are cut

const ReportedRule* find_rule(const Report& report, std::string_view id);
// Of a project's own rule: the page about such rules.
std::string rule_page(const Rule& rule);
std::string rule_page(const Report& report, std::string_view id);
Severity level_of(const Finding& finding, const ReportedRule& rule);
// What to do about it, in the words of the file that it stands in; empty: the rule is not known.
std::string_view remedy_of(const Report& report, const Finding& finding);

struct TextStyle {
  bool color = false;
  bool quiet = false;         // findings and problems alone, no summary
  bool fingerprints = false;  // each finding's, for `explain --finding`
  bool links = false;         // the rule's id leads to its page, a place to its file
  std::string files = {};     // the address of the folder that paths are told from; empty: none
  std::size_t columns = 0;    // lines are broken before so many; 0: one line each
  std::string line_template = {};  // of the format template; empty: its own
  std::string way = {};       // from the output's folder to where paths begin: "", "../shop"
};

// Each returns the whole output, its last line ended. Bytes that are not UTF-8 and control
// characters are replaced in all of them.
std::string text_report(const Report& report, const TextStyle& style);
std::string concise_report(const Report& report);
std::string grouped_report(const Report& report, const TextStyle& style);
std::string pylint_report(const Report& report);
std::string template_report(const Report& report, const TextStyle& style);
std::string text_problems(const Report& report, const TextStyle& style);  // their part of it
std::string json_report(const Report& report);
std::string jsonl_report(const Report& report);
std::string sarif_report(const Report& report);
std::string github_report(const Report& report);
// Findings and problems that GitHub does not show among a step's annotations.
std::size_t hidden_annotations(const Report& report);
std::string gitlab_report(const Report& report);       // Code Quality
std::string gitlab_sast_report(const Report& report);  // of rules that are about security
std::string azure_report(const Report& report);
std::string teamcity_report(const Report& report);
std::string junit_report(const Report& report);
std::string checkstyle_report(const Report& report);
std::string sonar_report(const Report& report);
std::string rdjson_report(const Report& report);
std::string rdjsonl_report(const Report& report);
std::string html_report(const Report& report, const TextStyle& style);
// Of at most so many bytes: the worst first, and how many found no room.
inline constexpr std::size_t kCommentBytes = 65'000;  // what a comment on GitHub may have
std::string markdown_report(const Report& report, std::size_t bytes = kCommentBytes);

}  // namespace fnlint
