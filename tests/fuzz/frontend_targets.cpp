// Fuzz targets: sources of all dialects, templates, manifests, archives, bytes of code forms.

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/documents/samconfig.h"
#include "frontends/packages/dockerfile.h"
#include "frontends/packages/manifests.h"
#include "frontends/packages/zip_directory.h"
#include "frontends/source/common/validate.h"
#include "frontends/source/cpp/cpp.h"
#include "frontends/source/csharp/csharp.h"
#include "frontends/source/go/go.h"
#include "frontends/source/java/java.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/kotlin/kotlin.h"
#include "frontends/source/python/python.h"
#include "frontends/source/ruby/ruby.h"
#include "frontends/source/rust/rust.h"
#include "frontends/templates/dialects.h"
#include "model/code_bytes.h"
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace fnlint::fuzz {

namespace {

struct NamedFile {
  std::string_view path = {}, content = {};
};

NamedFile named_file(std::string_view input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  return {input.substr(0, end), input.substr(std::min(end + 1, input.size()))};
}

[[noreturn]] void break_off(std::string_view promise) {
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

template <JavaScriptDialect Dialect>
CodeFacts lower_script(std::string_view text) {
  return lower_javascript(text, Dialect);
}
CodeFacts lower_cpp_source(std::string_view text) { return lower_cpp(text); }

struct SourceForm {
  std::string_view extension = {};
  CodeFacts (*lower)(std::string_view text) = nullptr;
};
constexpr SourceForm kSources[] = {
    {".py", lower_python},
    {".js", lower_script<JavaScriptDialect::JavaScript>},
    {".ts", lower_script<JavaScriptDialect::TypeScript>},
    {".tsx", lower_script<JavaScriptDialect::Tsx>},
    {".java", lower_java},
    {".kt", lower_kotlin},
    {".go", lower_go},
    {".cs", lower_csharp},
    {".rb", lower_ruby},
    {".rs", lower_rust},
    {".cpp", lower_cpp_source},
};

void run_source(std::string_view input) {
  const NamedFile file = named_file(input);
  const auto* const form =
      std::ranges::find(kSources, extension_of(file.path), &SourceForm::extension);
  if (form == std::end(kSources)) return;
  const CodeFacts facts = form->lower(file.content);
  for (const std::string& fault : validate(facts)) break_off(fault);
  if (!read_code_bytes(code_bytes(facts))) break_off("the bytes of a code form are read back");
}

void run_template(std::string_view input) {
  const NamedFile file = named_file(input);
  (void)recognise(file.path, file.content);
  (void)read_template(file.path, file.content);
  (void)read_document(file.content);
  (void)read_toml(file.content);
  (void)read_samconfig(file.content, SamConfigFormat::Toml);
  (void)read_samconfig(file.content, SamConfigFormat::Yaml);
}

void run_archive(std::string_view bytes) {
  const ZipEnd end = find_zip_directory(bytes, bytes.size());
  if (!end.problem.empty() || end.offset > bytes.size() || end.bytes > bytes.size() - end.offset)
    return;
  constexpr std::size_t kLocalHeader = 30;
  for (const ArchiveEntry& entry :
       read_zip_directory(bytes.substr(end.offset, end.bytes), end).entries)
    if (entry.offset < bytes.size() && bytes.size() - entry.offset > kLocalHeader)
      (void)unpacked_start(bytes.substr(entry.offset + kLocalHeader), entry.method, 4096);
}

void run_package(std::string_view input) {
  const NamedFile file = named_file(input);
  if (extension_of(file.path) == ".zip") run_archive(file.content);
  if (const ManifestForm* form = manifest_form(file_name_of(file.path))) {
    const DependencyList list = form->read(file.content);
    (void)needed_rows(list, std::vector<bool>(list.rows.size(), true));
  }
  const Dockerfile docker = read_dockerfile(file.content);
  for (const DockerStage& stage : docker.stages) {
    (void)bottom_stage(docker, stage);
    (void)copied_into(docker, stage, "/var/task");
  }
}

void run_code_bytes(std::string_view input) {
  if (const auto facts = read_code_bytes(input)) (void)validate(*facts);
}

constexpr Target kTargets[] = {
    {"source", run_source},
    {"template", run_template},
    {"package", run_package},
    {"code_bytes", run_code_bytes},
};

}  // namespace

std::span<const Target> frontend_targets() { return kTargets; }

std::string named_input(std::string_view path, std::string_view content) {
  return cat(path, '\n', content);
}

std::string project_part(std::string_view path, std::string_view content) {
  return cat(kFileMark, path, '\n', content, content.ends_with('\n') ? "" : "\n");
}

}  // namespace fnlint::fuzz
