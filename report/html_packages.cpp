#include "core/text.h"
#include "report/html.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>

// What packages and layers hold, on the page.
namespace fnlint {

namespace {

constexpr std::size_t kMostParts = 20;

std::string users_words(const PackagePicture& picture) {
  constexpr std::size_t kNamed = 3;
  std::string words;
  for (std::size_t i = 0; i < std::min(kNamed, picture.users.size()); ++i)
    words += cat(i > 0 ? ", " : "", picture.users[i]);
  if (picture.users.size() > kNamed) words += cat(" and ", picture.users.size() - kNamed, " more");
  return picture.layer.empty() ? words : cat("layer ", picture.layer, " of ", words);
}

// A title and a list of the largest parts; what is left of the whole comes last.
std::string part_list(std::string_view title, const std::vector<PackagePart>& parts,
                      std::uint64_t whole) {
  if (whole == 0) return {};
  std::string out = cat("<h3>", title, "</h3>\n<ul class=\"parts\">\n");
  for (std::size_t i = 0; i < std::min(kMostParts, parts.size()); ++i) {
    const PackagePart& each = parts[i];
    out += cat("<li><b>", html_text(each.path), "</b> ", html_size(each.bytes),
               each.words.empty() ? "" : ", ", html_text(each.words), "</li>\n");
    whole -= std::min(whole, each.bytes);
  }
  if (whole > 0) out += cat("<li>everything else ", html_size(whole), "</li>\n");
  return out + "</ul>\n";
}

std::vector<PackagePart> largest_first(std::vector<PackagePart> parts) {
  std::ranges::stable_sort(parts, std::ranges::greater{}, &PackagePart::bytes);
  return parts;
}

std::string part_lists(const PackagePicture& picture) {
  std::uint64_t unneeded = 0;
  for (const PackagePart& each : picture.unneeded) unneeded += each.bytes;
  return cat(part_list("In the project", picture.parts, picture.bytes),
             part_list("To be installed, as far as sizes are known", largest_first(picture.planned),
                       picture.estimated),
             part_list("No invocation needs", largest_first(picture.unneeded), unneeded));
}

std::string package_of(const PackagePicture& picture, std::size_t row, bool open) {
  std::string out = cat("<details class=\"package\"", open ? " open" : "", "><summary><b>",
                        html_text(users_words(picture)), "</b> <span>",
                        html_size(picture.bytes + picture.estimated), "</span></summary>\n");
  if (picture.users.size() > 1) {
    out += cat("<details><summary>", counted(picture.users.size(), "function"),
               "</summary><ul class=\"names\">\n");
    for (const std::string& each : picture.users) out += cat("<li>", html_text(each), "</li>\n");
    out += "</ul></details>\n";
  }
  out += cat("<div class=\"treemap\" data-package=\"", row, "\"></div>\n", part_lists(picture));
  if (picture.dependencies > 0)
    out += cat("<p class=\"about\">", counted(picture.dependencies, "installed or named package"),
               "</p>\n");
  return out + "</details>\n";
}

}  // namespace

Json json_of(const std::vector<PackagePicture>& packages) {
  const auto parts_of = [](const std::vector<PackagePart>& parts) {
    Json list = Json::array();
    for (const PackagePart& each : parts)
      list.push_back(
          {{"path", one_line(each.path)}, {"bytes", each.bytes}, {"words", one_line(each.words)}});
    return list;
  };
  Json list = Json::array();
  for (const PackagePicture& each : packages)
    list.push_back({{"bytes", each.bytes},
                    {"estimated", each.estimated},
                    {"parts", parts_of(each.parts)},
                    {"planned", parts_of(each.planned)},
                    {"unneeded", parts_of(each.unneeded)}});
  return list;
}

std::string html_packages(const Report& report) {
  const std::vector<PackagePicture>& packages = report.pictures.packages;
  std::vector<std::size_t> rows;
  std::vector<const PackagePicture*> unknown;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (packages[i].unknown.empty())
      rows.push_back(i);
    else
      unknown.push_back(&packages[i]);
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, [&](std::size_t i) {
    return packages[i].bytes + packages[i].estimated;
  });
  std::string out =
      "<section id=\"packages\" aria-labelledby=\"packages-title\">\n"
      "<h2 id=\"packages-title\">Packages</h2>\n";
  if (report.pictures.package_limit > 0)
    out +=
        cat("<p class=\"about\">What is deployed, unzipped; with its layers a function may have ",
            html_size(report.pictures.package_limit), ".</p>\n");
  for (const std::size_t i : rows) out += package_of(packages[i], i, i == rows.front());
  if (!unknown.empty()) out += "<details><summary>Not measured</summary><ul class=\"names\">\n";
  for (const PackagePicture* const each : unknown)
    out += cat("<li><b>", html_text(users_words(*each)), "</b>: ", html_text(each->unknown),
               "</li>\n");
  if (!unknown.empty()) out += "</ul></details>\n";
  if (packages.empty()) out += "<p>No function was found.</p>\n";
  return out + "</section>\n";
}

}  // namespace fnlint
