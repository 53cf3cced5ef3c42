// The table of output formats; a new one is a row of it.

#include "report/formats.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// A format that looks the same wherever it is read.
template <std::string (*Write)(const Report&)>
std::string plain(const Report& report, const TextStyle&) {
  return Write(report);
}

std::string comment(const Report& report, const TextStyle&) { return markdown_report(report); }

constexpr std::array kFormats{
    Format{.name = "text",
           .use = "people",
           .write = text_report,
           .tells_cut = true,
           .tells_statistics = true},
    Format{.name = "concise",
           .use = "people, editors: a line a finding",
           .write = plain<concise_report>,
           .tells_unread = false},
    Format{.name = "grouped",
           .use = "people: the findings of each file",
           .write = grouped_report,
           .tells_cut = true},
    Format{.name = "markdown", .use = "job summaries, comments on pull requests", .write = comment},
    Format{.name = "html",
           .use = "people: a page with the event graph, cold starts, packages",
           .write = html_report,
           .tells_suppressed = true,
           .draws = true},
    Format{.name = "json",
           .use = "scripts: one object with everything",
           .write = plain<json_report>,
           .tells_cut = true,
           .tells_statistics = true,
           .tells_suppressed = true},
    Format{.name = "jsonl",
           .use = "scripts, as a stream: one finding per line",
           .write = plain<jsonl_report>,
           .tells_problems = false,
           .tells_unread = false},
    Format{.name = "sarif",
           .use = "code scanning, editors",
           .write = plain<sarif_report>,
           .tells_cut = true,
           .tells_suppressed = true},
    Format{.name = "github",
           .use = "GitHub: annotations of a workflow",
           .write = plain<github_report>},
    Format{.name = "gitlab",
           .use = "GitLab: Code Quality",
           .write = plain<gitlab_report>,
           .tells_unread = false},
    Format{.name = "gitlab-sast",
           .use = "GitLab: SAST, only security rules",
           .write = plain<gitlab_sast_report>},
    Format{.name = "azure", .use = "Azure Pipelines", .write = plain<azure_report>},
    Format{.name = "teamcity", .use = "TeamCity: inspections", .write = plain<teamcity_report>},
    Format{.name = "junit", .use = "Jenkins and most CI systems", .write = plain<junit_report>},
    Format{.name = "pylint",
           .use = "Jenkins, and other readers of Pylint's output",
           .write = plain<pylint_report>,
           .tells_unread = false},
    Format{.name = "checkstyle",
           .use = "Jenkins, reviewdog and others",
           .write = plain<checkstyle_report>,
           .tells_unread = false},
    Format{.name = "sonar",
           .use = "SonarQube: generic issues",
           .write = plain<sonar_report>,
           .tells_unread = false},
    Format{
        .name = "rdjson", .use = "reviewdog", .write = plain<rdjson_report>, .tells_unread = false},
    Format{.name = "rdjsonl",
           .use = "reviewdog, as a stream",
           .write = plain<rdjsonl_report>,
           .tells_unread = false},
    Format{.name = "template",
           .use = "whatever --output-template says of each finding",
           .write = template_report,
           .tells_unread = false},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto* const found = std::ranges::find(kFormats, name, &Format::name);
  return found == kFormats.end() ? nullptr : found;
}

}  // namespace fnlint
