// The table of dialects in the order in which they are asked. A new one is a row here.

#include "frontends/templates/dialects.h"

#include "core/text.h"
#include "frontends/templates/architect.h"
#include "frontends/templates/chalice.h"
#include "frontends/templates/cloudformation.h"
#include "frontends/templates/lambda_api.h"
#include "frontends/templates/serverless.h"
#include "frontends/templates/terraform.h"
#include "frontends/templates/zappa.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

// One row a tool whose files are templates. The first that recognises a file reads it, so those
// that go by a file's name stand before those that go by content alone.
struct Reader {
  // By name alone; null: any file may be one, and its content is asked.
  bool (*is_name)(std::string_view name);
  TemplateDialect (*recognise)(std::string_view path, std::string_view text);
  TemplateFacts (*read)(std::string_view path, std::string_view text);
};

// cdk.json names a program; what that makes is not in any file.
bool is_cdk_definition(std::string_view name) { return name == "cdk.json"; }

// A build's file that has the CDK among what it depends on, where nothing but its program says
// more: what the file is called or ends with, and what stands in it. Which sources make an app
// there is data of the linker, which frontends do not see: app_builds.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kAppBuilds{
    {{"pom.xml", "software.amazon.awscdk"},
     {"build.gradle", "software.amazon.awscdk"},
     {"build.gradle.kts", "software.amazon.awscdk"},
     {".csproj", "Amazon.CDK"},
     {"go.mod", "aws-cdk-go"},
     {"package.json", "aws-cdk-lib"},
     {"requirements.txt", "aws-cdk-lib"},
     {"pyproject.toml", "aws-cdk-lib"}}};
bool is_app_build(std::string_view name) {
  return std::ranges::any_of(kAppBuilds,
                             [&](const auto& row) { return is_file_called(name, row.first); });
}
TemplateDialect recognise_app_build(std::string_view path, std::string_view text) {
  const bool is_one = std::ranges::any_of(kAppBuilds, [&](const auto& row) {
    return is_file_called(file_name_of(path), row.first) && text.find(row.second) != text.npos;
  });
  return is_one ? TemplateDialect::CdkProgram : TemplateDialect::Unknown;
}

// The configuration of SST names its program or is it.
bool is_sst_name(std::string_view name) {
  return name == "sst.config.ts" || name == "sst.config.js" || name == "sst.config.mts" ||
         name == "sst.config.mjs" || name == "sst.json";
}
TemplateFacts program_facts(std::string_view, std::string_view) {
  TemplateFacts facts;
  facts.dialect = TemplateDialect::CdkProgram;
  return facts;
}

// Somebody's notes with parts of templates: a template says so itself there.
bool is_note(std::string_view path, std::string_view text) {
  return path.ends_with(".txt") && text.find("AWSTemplateFormatVersion") == text.npos &&
         text.find("Transform") == text.npos;
}

constexpr std::array kReaders{
    Reader{.is_name = is_terraform_name, .recognise = recognise_terraform, .read = read_terraform},
    Reader{
        .is_name = nullptr,
        .recognise = [](std::string_view,
                        std::string_view text) { return recognise_terraform_plan(text); },
        .read = [](std::string_view, std::string_view text) { return read_terraform_plan(text); }},
    Reader{.is_name = is_zappa_name, .recognise = recognise_zappa, .read = read_zappa},
    Reader{.is_name = is_architect_name, .recognise = recognise_architect, .read = read_architect},
    Reader{.is_name = is_chalice_name, .recognise = recognise_chalice, .read = read_chalice},
    Reader{.is_name = nullptr,
           .recognise = [](std::string_view,
                           std::string_view text) { return recognise_lambda_api(text); },
           .read = [](std::string_view, std::string_view text) { return read_lambda_api(text); }},
    Reader{.is_name = is_serverless_name,
           .recognise = recognise_serverless,
           .read =
               [](std::string_view path, std::string_view text) {
                 return is_serverless_compose(path) ? read_serverless_compose(text)
                                                    : read_serverless(text);
               }},
    Reader{.is_name = is_cdk_definition,
           .recognise =
               [](std::string_view path, std::string_view text) {
                 // The app may be named where the tool is called.
                 const bool is_program = text.find("\"app\"") != std::string_view::npos ||
                                         text.find("\"context\"") != std::string_view::npos;
                 return is_cdk_definition(file_name_of(path)) && is_program
                            ? TemplateDialect::CdkProgram
                            : TemplateDialect::Unknown;
               },
           .read = program_facts},
    Reader{.is_name = is_app_build, .recognise = recognise_app_build, .read = program_facts},
    Reader{.is_name = is_sst_name,
           .recognise =
               [](std::string_view path, std::string_view text) {
                 const bool is_program = file_name_of(path) == "sst.json" ||
                                         text.find("$config(") != std::string_view::npos ||
                                         text.find("stacks(") != std::string_view::npos ||
                                         text.find("stacks:") != std::string_view::npos;
                 return is_sst_name(file_name_of(path)) && is_program ? TemplateDialect::CdkProgram
                                                                      : TemplateDialect::Unknown;
               },
           .read = program_facts},
    Reader{
        .is_name = nullptr,
        .recognise =
            [](std::string_view path, std::string_view text) {
              return is_note(path, text) ? TemplateDialect::Unknown
                                         : recognise_cloudformation(text);
            },
        .read = [](std::string_view, std::string_view text) { return read_cloudformation(text); }},
};

}  // namespace

TemplateDialect recognise(std::string_view path, std::string_view text) {
  for (const Reader& reader : kReaders) {
    const TemplateDialect dialect = reader.recognise(path, text);
    if (dialect != TemplateDialect::Unknown) return dialect;
  }
  return TemplateDialect::Unknown;
}

bool is_template_name(std::string_view name) {
  return std::ranges::any_of(kReaders, [name](const Reader& reader) {
    return reader.is_name != nullptr && reader.is_name(name);
  });
}

TemplateFacts read_template(std::string_view path, std::string_view text) {
  for (const Reader& reader : kReaders)
    if (reader.recognise(path, text) != TemplateDialect::Unknown) return reader.read(path, text);
  return read_cloudformation(text);
}

}  // namespace fnlint
