// The frame of the HTML page: escaping, navigation, header, and the content policy that lets only
// its own scripts run.

#include "report/html.h"

#include "core/text.h"
#include "report/excerpt.h"
#include "report/sha256.h"
#include "report/unicode.h"
#include "report/uri.h"
#include "report/words.h"

#include <fmt/core.h>

#include <algorithm>

namespace fnlint {

namespace {

std::string without_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

// Blanks are kept.
std::string html_code(std::string_view text) {
  std::string out = without_markup(text);
  break_log_commands(out, "&#35;");
  return out;
}

// JSON that may stand inside a script element.
std::string script_text(const Json& value) {
  return replace_all(dumped(value, -1), "<", "\\u003c");
}

struct NavEntry {
  std::string_view id = {}, title = {};
  std::size_t count = 0;
};

std::string navigation(const Report& report) {
  std::vector<NavEntry> entries = {
      {"findings", "Findings", report.findings.size()},
      {"graph", "Event graph", report.pictures.graph.edges.size()},
      {"inits", "Cold start", report.pictures.inits.size()},
      {"packages", "Packages", report.pictures.packages.size()},
      {"unread", "Not read", report.problems.size() + report.unresolved.size()}};
  if (report.show_suppressed) entries.push_back({"silenced", "Silenced", report.suppressed.size()});
  std::string out = "<nav aria-label=\"Sections\"><ul>\n";
  for (const NavEntry& each : entries)
    out += cat("<li><a href=\"#", each.id, "\">", each.title, " <span class=\"count\">", each.count,
               "</span></a></li>\n");
  return out + "</ul></nav>\n";
}

std::string html_header(const Report& report) {
  std::string about = report.category.empty() ? std::string() : cat(report.category, ", ");
  about += report.today;
  if (!report.version.empty()) about += cat(about.empty() ? "" : ", ", "fnlint ", report.version);
  std::string out = "<header>\n<h1>fnlint</h1>\n";
  out += cat("<p class=\"about\">", html_text(about), "</p>\n");
  out += cat("<p class=\"summary\">", html_text(summary_words(report)), ".</p>\n");
  if (const std::string words = unread_words(report); !words.empty())
    out += cat("<p class=\"gap\">", html_text(words), ". <a href=\"#unread\">Why</a></p>\n");
  return out + "</header>\n";
}

constexpr std::string_view kHelp =
    R"(<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Keys</h2>
<dl><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous finding</dd>
<dt><kbd>Enter</kbd></dt><dd>open or close it</dd>
<dt><kbd>e</kbd></dt><dd>open or close all that are shown</dd>
<dt><kbd>/</kbd></dt><dd>search</dd>
<dt><kbd>Esc</kbd></dt><dd>leave the search; again: show everything</dd>
<dt><kbd>?</kbd></dt><dd>these keys</dd></dl>
<form method="dialog"><button>Close</button></form></dialog>
)";

}  // namespace

std::string html_text(std::string_view text) { return html_code(one_line(text)); }

std::string html_size(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1024, kMega = 1024 * 1024;
  if (bytes < kKilo) return cat(bytes, " B");
  if (bytes < kMega) return cat(bytes / kKilo, " KB");
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / static_cast<double>(kMega));
}

std::string HtmlPage::place(const Span& where) {
  const Place begin = places.region(where).begin;
  const std::string_view path = places.path(where);
  const std::string shown = cat(html_text(path), ':', begin.line, ':', begin.column);
  if (!where.file.exists() || !places.inner_path(where).empty())
    return cat("<span class=\"place\">", shown, "</span>");
  const std::string way = style.way.empty() ? std::string(path) : cat(style.way, '/', path);
  return cat("<a class=\"place\" href=\"", html_text(uri_of(way)), "#L", begin.line, "\">", shown,
             "</a>");
}

std::string HtmlPage::source(const Span& where) {
  const Lines* const lines = places.lines(where.file);
  const std::uint32_t number = places.region(where).begin.line;
  if (lines == nullptr || trim(lines->line(number)).empty()) return {};
  const std::uint32_t start = lines->start(number);
  std::string line(lines->line(number));
  secrets.hide(where.file, number, start, line);
  const std::size_t begin = where.range.begin - start;
  MarkedLine shown = marked_line(line, begin, std::max(where.range.end, where.range.begin) - start);
  shown.before.erase(0, shown.before.find_first_not_of(' '));  // a phone has no room for it
  return cat("<pre><span class=\"number\">", number, "</span><code>", html_code(shown.before),
             "<mark>", html_code(shown.marked), "</mark>", html_code(shown.after),
             "</code></pre>\n");
}

std::string html_document(const HtmlDocument& document) {
  const std::string script =
      cat("\n\"use strict\";\n", kHtmlScript, kHtmlGraphScript, kHtmlTreemapScript);
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out +=
      cat("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "script-src 'sha256-",
          sha256_base64(script), "'; style-src 'sha256-", sha256_base64(kHtmlStyle),
          "'; base-uri 'none'; form-action 'none'\">\n");
  out +=
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";
  out += cat("<title>", html_text(document.title), "</title>\n<style>", kHtmlStyle,
             "</style>\n</head>\n<body class=\"", document.kind, "\">\n", document.body);
  out += cat("<script id=\"data\" type=\"application/json\">", script_text(document.data),
             "</script>\n<script>", script, "</script>\n</body>\n</html>\n");
  return out;
}

std::string html_report(const Report& report, const TextStyle& style) {
  HtmlPage page(report, style);
  HtmlDocument document{.title = cat("fnlint: ", counted(report.findings.size(), "finding")),
                        .kind = "report"};
  GraphPicture graph = report.pictures.graph;
  graph.base = style.way;
  document.data = {{"graph", json_of(graph)}, {"packages", json_of(report.pictures.packages)}};
  document.body =
      cat("<a class=\"skip\" href=\"#findings\">To the findings</a>\n", html_header(report),
          navigation(report), "<main>\n", html_findings(page), html_canvas(graph, "h2"),
          html_inits(page), html_packages(report), html_unread(page),
          report.show_suppressed ? html_suppressed(page) : std::string(), "</main>\n", kHelp);
  return html_document(document);
}

std::string html_graph(const GraphPicture& picture) {
  return html_document({.title = cat("fnlint: ", picture.title),
                        .body = cat("<main>\n", html_canvas(picture, "h1"), "</main>\n"),
                        .kind = "drawing",
                        .data = {{"graph", json_of(picture)}}});
}

}  // namespace fnlint
