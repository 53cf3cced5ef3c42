#include "core/text.h"
#include "report/html.h"
#include "report/words.h"

#include <algorithm>
#include <map>

// The parts of which the page is made: sections, tables, bars.
namespace fnlint {

namespace {

constexpr std::size_t kMostRows = 2000;  // of what was not understood

std::string section_of(std::string_view id, std::string_view title, std::string_view content) {
  return cat("<section id=\"", id, "\" aria-labelledby=\"", id, "-title\">\n<h2 id=\"", id,
             "-title\">", title, "</h2>\n", content, "</section>\n");
}

std::string table_of(std::string_view caption, std::initializer_list<std::string_view> columns,
                     std::string_view rows) {
  std::string out = cat("<div class=\"wide\"><table><caption>", caption, "</caption>\n<thead><tr>");
  for (const std::string_view each : columns) out += cat("<th scope=\"col\">", each, "</th>");
  return cat(out, "</tr></thead>\n<tbody>\n", rows, "</tbody></table></div>\n");
}

std::string table_row(std::initializer_list<std::string_view> texts) {
  std::string out = "<tr>";
  for (const std::string_view each : texts) out += cat("<td>", each, "</td>");
  return out + "</tr>\n";
}

// A part of a whole that begins somewhere, in thousandths; a style would need to be allowed.
std::string bar(std::int64_t begin, std::int64_t length, std::int64_t whole,
                std::string_view kind) {
  whole = std::max<std::int64_t>(whole, 1);
  return cat(
      "<svg class=\"bar ", kind,
      "\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect x=\"",
      begin * 1000 / whole, "\" width=\"", length * 1000 / whole, "\" height=\"10\"/></svg>");
}

std::string init_rows(const InitPicture& picture, HtmlPage& page) {
  std::string rows;
  std::int64_t begin = 0;
  for (const InitRow& each : picture.rows) {
    std::string how = page.place(each.where);
    for (const PlacedText& link : each.chain)
      how += cat("<br><span class=\"about\">", html_text(link.message), ' ', page.place(link.where),
                 "</span>");
    rows += table_row({cat("<b>", html_text(each.name), "</b><br><span class=\"about\">",
                           html_text(each.use), "</span>"),
                       bar(begin, each.ms, picture.total, "step"), cat(each.ms, " ms"),
                       cat(each.mb, " MB"), how});
    begin += each.ms;
  }
  return rows;
}

std::string init_of(const InitPicture& picture, HtmlPage& page, bool open) {
  const std::string_view kind = picture.total > picture.budget ? "over" : "under";
  std::string out = cat("<details class=\"init\"", open ? " open" : "", "><summary><b>",
                        html_text(picture.function), "</b> ");
  if (picture.rows.empty())
    out += "<span class=\"about\">at an unknown cost</span>";
  else
    out += cat("<span class=\"", kind, "\">", picture.total, " ms of ", picture.budget,
               " ms</span>", bar(0, picture.total, std::max(picture.total, picture.budget), kind));
  out += "</summary>\n";
  if (!picture.rows.empty())
    out += table_of("What is loaded, in order",
                    {"package", "when", "takes", "files", "imported at"}, init_rows(picture, page));
  const auto list = [&](std::string_view title, const std::vector<PlacedText>& rows) {
    if (rows.empty()) return;
    out += cat("<h3>", title, "</h3>\n<ul>\n");
    for (const PlacedText& each : rows)
      out += cat("<li>", html_text(each.message), ' ', page.place(each.where), "</li>\n");
    out += "</ul>\n";
  };
  list("Loaded completely, at a cost that is not in the table", picture.sdks);
  list("Called before the first event", picture.work);
  if (!picture.advice.empty())
    out +=
        cat("<p class=\"remedy\"><b>What matters most</b> ", html_text(picture.advice), "</p>\n");
  return cat(out, "<p class=\"about\">", counted(picture.others, "other import"),
             ", cheap or not in the table of costs; ", picture.unused,
             " unused.</p>\n</details>\n");
}

bool has_init(const InitPicture& picture) {
  return !picture.rows.empty() || !picture.sdks.empty() || !picture.work.empty();
}

// Functions of which the same is to be said.
std::string named_groups(const std::map<std::string, std::vector<std::string_view>>& groups) {
  std::string out;
  for (const auto& [words, functions] : groups) {
    out += cat("<details><summary>", html_text(words), ": ", counted(functions.size(), "function"),
               "</summary><ul class=\"names\">\n");
    for (const std::string_view each : functions) out += cat("<li>", html_text(each), "</li>\n");
    out += "</ul></details>\n";
  }
  return out;
}

std::string unresolved_rows(HtmlPage& page) {
  std::string rows;
  const auto& unresolved = page.report.unresolved;
  for (std::size_t i = 0; i < std::min(unresolved.size(), kMostRows); ++i) {
    const auto& [each, places] = unresolved[i];
    rows += table_row({page.place(each.where), html_text(each.reason), html_text(each.function),
                       places == 1 ? std::string("once") : cat(places, " times")});
  }
  return rows;
}

}  // namespace

std::string html_inits(HtmlPage& page) {
  std::vector<const InitPicture*> inits;
  std::map<std::string, std::vector<std::string_view>> others;
  for (const InitPicture& each : page.report.pictures.inits) {
    if (has_init(each))
      inits.push_back(&each);
    else
      others[each.unknown.empty() ? "loads nothing expensive" : each.unknown].push_back(
          each.function);
  }
  std::ranges::stable_sort(inits, std::ranges::greater{}, &InitPicture::total);
  std::string out =
      "<p class=\"about\">What loads before the first event of every cold start, as estimated "
      "from a table of measured imports and the function's memory.</p>\n";
  for (const InitPicture* const each : inits) out += init_of(*each, page, each == inits.front());
  if (page.report.pictures.inits.empty()) out += "<p>No function was found.</p>\n";
  return section_of("inits", "Cold start", out + named_groups(others));
}

std::string html_unread(HtmlPage& page) {
  const Report& report = page.report;
  std::string out, rows;
  if (const std::string words = unread_words(report); !words.empty())
    out += cat("<p class=\"gap\">", html_text(words), ".</p>\n");
  if (report.open > 0)
    out += cat("<p>", report.open, " of ", counted(report.functions, "function"),
               ": some calls are unknown: that nothing is found behind them proves nothing.</p>\n");
  for (const ReportedProblem& each : report.problems)
    rows += table_row({page.place(each.where), word_of(each.level), html_text(each.message)});
  if (!rows.empty()) out += table_of("Problems", {"place", "level", "what"}, rows);
  if (!report.unresolved.empty())
    out += table_of("What was not understood", {"place", "why", "function", "how often"},
                    unresolved_rows(page));
  if (report.unresolved.size() > kMostRows)
    out += cat("<p class=\"gap\">and ", report.unresolved.size() - kMostRows, " more</p>\n");
  if (out.empty()) out = "<p class=\"none\">Everything that was found was read.</p>\n";
  return section_of("unread", "Not read", out);
}

std::string html_suppressed(HtmlPage& page) {
  std::string rows;
  for (const SuppressedFinding& each : page.report.suppressed)
    rows += table_row({page.place(each.finding.finding.where), html_text(each.finding.finding.rule),
                       html_text(each.finding.finding.message), page.place(each.where),
                       html_text(each.reason)});
  if (rows.empty()) rows = "<tr><td colspan=\"5\">nothing</td></tr>\n";
  return section_of(
      "silenced", "Silenced",
      table_of("Findings that are silenced", {"place", "rule", "what", "by", "why"}, rows));
}

}  // namespace fnlint
