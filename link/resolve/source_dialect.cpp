// The table of extensions.

#include "link/resolve/source_dialect.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kPythonExtensions[] = {".py"};
constexpr std::string_view kJavaScriptExtensions[] = {".js", ".mjs", ".cjs", ".jsx"};
constexpr std::string_view kTypeScriptExtensions[] = {".ts", ".mts", ".cts"};
constexpr std::string_view kTsxExtensions[] = {".tsx"};
constexpr std::string_view kJavaExtensions[] = {".java"};
constexpr std::string_view kKotlinExtensions[] = {".kt"};
constexpr std::string_view kGoExtensions[] = {".go"};
constexpr std::string_view kCSharpExtensions[] = {".cs"};
constexpr std::string_view kRubyExtensions[] = {".rb"};
constexpr std::string_view kRustExtensions[] = {".rs"};
constexpr std::string_view kCppExtensions[] = {".cpp", ".cc",  ".cxx", ".h",
                                               ".hpp", ".hxx", ".hh",  ".ipp"};

constexpr DialectRow kSourceDialects[] = {
    {SourceDialect::Python, Language::Python, kPythonExtensions},
    {SourceDialect::JavaScript, Language::JavaScript, kJavaScriptExtensions},
    {SourceDialect::TypeScript, Language::JavaScript, kTypeScriptExtensions},
    {SourceDialect::Tsx, Language::JavaScript, kTsxExtensions},
    {SourceDialect::Java, Language::Java, kJavaExtensions},
    {SourceDialect::Kotlin, Language::Java, kKotlinExtensions},
    {SourceDialect::Go, Language::Go, kGoExtensions},
    {SourceDialect::CSharp, Language::CSharp, kCSharpExtensions},
    {SourceDialect::Ruby, Language::Ruby, kRubyExtensions},
    {SourceDialect::Rust, Language::Rust, kRustExtensions},
    {SourceDialect::Cpp, Language::Cpp, kCppExtensions},
};

}  // namespace

std::span<const DialectRow> dialect_rows() { return kSourceDialects; }

std::optional<SourceDialect> dialect_of(std::string_view path) {
  const std::string_view extension = extension_of(path);
  for (const DialectRow& row : kSourceDialects)
    if (std::ranges::find(row.extensions, extension) != row.extensions.end()) return row.dialect;
  return std::nullopt;
}

}  // namespace fnlint
