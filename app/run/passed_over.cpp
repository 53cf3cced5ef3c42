// Looks through templates and other tools' files for the reason why no function was found.

#include "app/run/passed_over.h"

#include "core/text.h"
#include "link/resolve/image_code.h"

#include <algorithm>

namespace fnlint {

namespace {

// What deploys functions whatever else it does; of other dialects, a file without any is nothing
// unusual.
std::string_view label_of(TemplateDialect dialect) {
  switch (dialect) {
    case TemplateDialect::CdkProgram: return "no function of this program could be determined";
    case TemplateDialect::Chalice: return "no function of this Chalice app could be determined";
    case TemplateDialect::ServerlessFramework:
      return "no function of this service could be determined";
    default: return {};
  }
}

}  // namespace

std::vector<Unresolved> passed_over(const CompiledTemplates& templates, const SearchResult& found,
                                    BuildFacts& builds, SourceFiles& sources,
                                    const std::vector<Unresolved>& told) {
  std::vector<Unresolved> rows;
  const auto note = [&rows](FileId file, std::string reason) {
    rows.push_back({.kind = UnresolvedKind::CodeLocation,
                    .reason = std::move(reason),
                    .where = {file, {}}});
  };
  for (const TemplateSource& source : templates.sources) {
    const std::string_view words = label_of(source.facts->dialect);
    const bool is_told = std::ranges::any_of(
        told, [&](const Unresolved& one) { return one.where.file == source.file; });
    if (!words.empty() && !source.fragment && !is_told && !templates.broken.contains(source.file))
      note(source.file, std::string(words));
  }
  for (const std::string& path : found.other_tools)
    note(sources.place(path), std::string(words_of_other_tool(file_name_of(path))));
  for (const std::string& path : found.docker_files) {
    const ImageCode image = image_code(builds, {.kind = CodeKind::Image,
                                               .path = std::string(folder_of(path)),
                                               .docker_file = path});
    if (!image.runtime.empty())
      note(sources.place(path),
           cat("an image for Lambda (", image.runtime, ") that no template deploys"));
  }
  return rows;
}

}  // namespace fnlint
