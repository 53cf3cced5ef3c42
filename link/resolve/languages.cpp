// The table of languages: extensions, runtimes, finders. A new language begins here.

#include "link/resolve/languages.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kPythonRuntimes[] = {"python"};
constexpr std::string_view kNodeRuntimes[] = {"nodejs"};
constexpr std::string_view kJavaRuntimes[] = {"java"};
constexpr std::string_view kDotnetRuntimes[] = {"dotnet"};
constexpr std::string_view kRubyRuntimes[] = {"ruby"};
constexpr std::string_view kGoRuntimes[] = {"go1.x", "provided"};
constexpr std::string_view kSystemRuntime = "provided";
constexpr std::string_view kProvidedRuntimes[] = {kSystemRuntime};

// Where several languages share a runtime, those before go first.
const LanguageRow kLanguages[] = {
    {.language = Language::Python,
     .words = "Python",
     .runtimes = kPythonRuntimes,
     .layer_folder = "python",
     .is_deployed_as_written = true,
     .inline_dialect = SourceDialect::Python,
     .has_dotted_modules = true,
     .files = python_files},
    {.language = Language::JavaScript,
     .words = "JavaScript",
     .runtimes = kNodeRuntimes,
     .layer_folder = "nodejs",
     .names_output = true,
     .is_deployed_as_written = true,
     .inline_dialect = SourceDialect::JavaScript,
     .files = javascript_files},
    {.language = Language::Java,
     .words = "Java",
     .runtimes = kJavaRuntimes,
     .compiles_to_programs = true,
     .layer_folder = "java/lib",
     .names_output = true,
     .names_archive = true,
     .files = java_files,
     .target = java_target},
    {.language = Language::Ruby,
     .words = "Ruby",
     .runtimes = kRubyRuntimes,
     .layer_folder = "ruby/lib",
     .is_deployed_as_written = true,
     .files = ruby_files},
    {.language = Language::Go,
     .words = "Go",
     .runtimes = kGoRuntimes,
     .layer_folder = "",
     .names_output = true,
     .names_archive = true,
     .files = go_files},
    {.language = Language::Rust,
     .words = "Rust",
     .runtimes = kProvidedRuntimes,
     .layer_folder = "",
     .names_output = true,
     .names_archive = true,
     .files = rust_files},
    {.language = Language::Cpp,
     .words = "C++",
     .runtimes = kProvidedRuntimes,
     .layer_folder = "",
     .names_output = true,
     .names_archive = true,
     .files = cpp_files},
    {.language = Language::CSharp,
     .words = "C#",
     .runtimes = kDotnetRuntimes,
     .compiles_to_programs = true,
     .layer_folder = "dotnet",
     .names_output = true,
     .names_archive = true,
     .files = csharp_files,
     .target = dotnet_target},
};

}  // namespace

bool UnitRoots::may_hold(std::string_view file) const {
  const auto holds = [&](const std::string& folder) {
    return folder.empty() ||
           (file.starts_with(folder) && file.substr(folder.size()).starts_with('/'));
  };
  return language != Language::Python || file.empty() || holds(code) ||
         std::ranges::any_of(layers, holds);
}

std::span<const LanguageRow> language_rows() { return kLanguages; }

const LanguageRow& language_row(Language language) {
  static constexpr LanguageRow kUnknown{};
  const auto found = std::ranges::find(kLanguages, language, &LanguageRow::language);
  return found == std::ranges::end(kLanguages) ? kUnknown : *found;
}

std::vector<const LanguageRow*> languages_of(std::string_view runtime) {
  std::vector<const LanguageRow*> rows;
  for (const LanguageRow& row : kLanguages) {
    const bool fits = std::ranges::any_of(
        row.runtimes, [&](std::string_view start) { return runtime.starts_with(start); });
    if (fits || runtime.empty()) rows.push_back(&row);
  }
  for (const LanguageRow& row : kLanguages)
    if (row.compiles_to_programs && runtime.starts_with(kSystemRuntime)) rows.push_back(&row);
  return rows;
}

LanguageFiles& Languages::operator[](Language language) {
  std::unique_ptr<LanguageFiles>& files = made_[language];
  if (!files) files = language_row(language).files(builds_);
  return *files;
}

}  // namespace fnlint
