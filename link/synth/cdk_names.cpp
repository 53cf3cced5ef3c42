// What programs of each language call the CDK's modules, classes and members, and the paths that
// they see.

#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint::cdk {

namespace {

// "awsapigatewayv2integrations.X" of Java's "aws_apigatewayv2_integrations.X" and C#'s
// "AwsApigatewayv2Integrations.X", as modules are called that came late.
std::string newer_path(std::string_view rest) {
  const std::size_t dot = rest.find('.');
  const bool is_class = rest.substr(0, dot) == "Aws";  // Aws.REGION
  if (is_class || dot == std::string_view::npos ||
      !(rest.starts_with("aws_") || rest.starts_with("Aws")))
    return std::string(rest);
  std::string module = lower(rest.substr(0, dot));
  std::erase(module, '_');
  return cat(module, rest.substr(dot));
}

// "awslambdaeventsources.SqsEventSource" of "services.lambda.eventsources.SqsEventSource".
std::string namespace_path(std::string_view rest, std::string_view services) {
  if (!rest.starts_with(services)) return newer_path(rest);
  const std::vector<std::string_view> parts = split(rest.substr(services.size()), '.');
  std::string path = "aws";
  std::size_t i = 0;
  const bool by_case = services == "services.";
  for (; i < parts.size(); ++i) {
    const bool is_inner = by_case ? !is_class_name(parts[i])
                                  : i == 0 || (is_one_of(known::inner_namespaces(), parts[i]) &&
                                               i + 1 < parts.size());
    if (!is_inner) break;
    path += lower(parts[i]);
  }
  for (; i < parts.size(); ++i) path += cat('.', parts[i]);
  return path;
}

constexpr std::string_view kAbove = "~";
constexpr int kFoldersAbove = 8;

}  // namespace

bool is_class_name(std::string_view name) {
  return !name.empty() && std::isupper(static_cast<unsigned char>(name.front())) != 0;
}

std::string last_of(std::string_view path) { return std::string(path.substr(path.rfind('.') + 1)); }

std::string camel(std::string_view name) {
  if (name.find('_') == std::string_view::npos ||
      !std::islower(static_cast<unsigned char>(name[0])))
    return std::string(name);
  std::string out;
  bool upper = false;
  for (const char c : name) {
    if (c == '_') {
      upper = !out.empty();
    } else {
      out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
      upper = false;
    }
  }
  return out;
}

std::string snake(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0 && !out.empty()) out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string cdk_path(std::string_view library) {
  if (library.starts_with("github.com/aws/")) return go_cdk_path(library);
  if (library.starts_with("sst.aws.")) return cat("sst.", library.substr(8));
  if (library.starts_with("aws.")) return cat(kProvider, library.substr(4));
  for (const std::string_view start : known::sst_stack_packages())
    if (library.starts_with(start)) {
      const std::string_view name = library.substr(start.size());
      return name == "Stack" ? std::string(name) : cat(kSstStacks, name);
    }
  for (const auto& [start, services] : known::namespaces())
    if (library.starts_with(start)) return namespace_path(library.substr(start.size()), services);
  for (const auto& [package, start] : known::flat_packages())
    if (library.starts_with(package)) return cat(start, last_of(library));
  std::string path = replace_all(library, "/", ".");
  bool known = false;
  for (const std::string_view start : known::libraries()) {
    if (!path.starts_with(start)) continue;
    path.erase(0, start.size());
    known = true;
    break;
  }
  for (const std::string_view start : {"@aws-solutions-constructs.", "cargo-lambda-cdk.",
                                       "rust.aws-cdk-lambda.", "rust-function-cdk."})
    if (path.starts_with(start)) known = true;
  if (!known) return {};
  if (path.starts_with("core.")) path.erase(0, 5);
  std::size_t dot = path.find('.');
  std::string module = path.substr(0, dot);
  if (dot == std::string::npos) return path;
  if (is_class_name(module)) return cat(module, '.', camel(path.substr(dot + 1)));
  std::erase_if(module, [](char c) { return c == '-' || c == '_'; });
  if (module.ends_with("alpha")) module.resize(module.size() - 5);
  std::string rest = path.substr(dot + 1);
  const std::size_t last = rest.rfind('.');
  const std::string name = camel(last == std::string::npos ? rest : rest.substr(last + 1));
  rest = last == std::string::npos ? name : cat(rest.substr(0, last + 1), name);
  return cat(module, '.', rest);
}

std::string absolute_path(std::string_view from_root) {
  std::string path;
  for (int i = 0; i < kFoldersAbove; ++i) path += cat('/', kAbove);
  return normal_path(cat(path, '/', from_root));
}

std::string path_from_root(std::string_view absolute) {
  std::vector<std::string_view> parts =
      split(absolute.substr(absolute.starts_with('/') ? 1 : 0), '/');
  int above = 0;
  while (above < kFoldersAbove && !parts.empty() && parts.front() == kAbove) {
    parts.erase(parts.begin());
    ++above;
  }
  std::string path;
  for (int i = above; i < kFoldersAbove; ++i) path += path.empty() ? ".." : "/..";
  for (const std::string_view part : parts) path += cat(path.empty() ? "" : "/", part);
  return path;
}

}  // namespace fnlint::cdk
