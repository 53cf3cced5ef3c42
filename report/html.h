// What the sections of the HTML page share, and the section that each file of the page writes.
#pragma once

#include "report/json_values.h"
#include "report/places.h"
#include "report/secrets.h"

#include <string>
#include <string_view>

namespace fnlint {

// Text as HTML shows it, on one line: no part of it is markup, in an element or in an attribute.
std::string html_text(std::string_view text);

// What the parts of a page share.
struct HtmlPage {
  HtmlPage(const Report& a_report, const TextStyle& a_style)
      : report(a_report), style(a_style), places(a_report), secrets(a_report, places) {}

  // "app.py:3:5", a link to the file; of an archive's file the place alone.
  std::string place(const Span& where);
  // The line with what is marked in it; empty: there is none to show.
  std::string source(const Span& where);

  const Report& report;
  const TextStyle& style;
  Places places;
  Secrets secrets;
};

// Sections of the page.
std::string html_findings(HtmlPage& page);
std::string html_suppressed(HtmlPage& page);
std::string html_inits(HtmlPage& page);
std::string html_packages(const Report& report);
std::string html_unread(HtmlPage& page);
// Of the graph, which the script draws; its title is an "h1" or an "h2".
std::string html_canvas(const GraphPicture& picture, std::string_view heading);

// What the script draws.
Json json_of(const GraphPicture& picture);
Json json_of(const std::vector<PackagePicture>& packages);

// The whole document. `body`: markup; `kind`: a class for it; `data`: for the script.
struct HtmlDocument {
  std::string title = {}, body = {};
  std::string_view kind = {};
  Json data = {};
};
std::string html_document(const HtmlDocument& document);

// "1.5 MB", "20 KB".
std::string html_size(std::uint64_t bytes);

extern const std::string_view kHtmlStyle;
// The scripts, one behind the other: what all use, and one for each part.
extern const std::string_view kHtmlScript, kHtmlGraphScript, kHtmlTreemapScript;

}  // namespace fnlint
