// Reads .env files as dotenv does, with the rules of each version of the framework, and follows
// outputs between services and stacks.

#include "link/serverless/serverless_inputs.h"

#include "core/characters.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "link/serverless/serverless.h"
#include "link/serverless/serverless_names.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_exchange.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kEnvironmentNames = 1000;

bool is_name(char c) { return is_word(c) || c == '.' || c == '-'; }

// $NAME and ${NAME} of a value that is not in single quotes; names that nothing gives stay.
std::string expanded(std::string_view value, const EnvironmentFile& known) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && value.substr(i + 1, 1) == "$") continue;
    const bool escaped = i > 0 && value[i - 1] == '\\';
    if (value[i] != '$' || escaped) {
      out += value[i];
      continue;
    }
    const bool braced = value.substr(i + 1, 1) == "{";
    const std::size_t begin = i + (braced ? 2 : 1);
    std::size_t end = begin;
    while (end < value.size() && is_word(value[end])) ++end;
    const auto found = known.find(value.substr(begin, end - begin));
    if (found == known.end() || end == begin) {
      out += value[i];
      continue;
    }
    out += found->second;
    i = braced && value.substr(end, 1) == "}" ? end : end - 1;
    if (out.size() > kTextInput) break;
  }
  return out;
}

// NAME=value lines as dotenv reads them; what is there already stays.
void read_environment(std::string_view text, EnvironmentFile& to) {
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.starts_with("export ")) line = trim(line.substr(7));
    std::size_t end = 0;
    while (end < line.size() && is_name(line[end])) ++end;
    std::string_view rest = trim(line.substr(end));
    if (end == 0 || !rest.starts_with('=') || to.size() >= kEnvironmentNames) continue;
    const std::string name(line.substr(0, end));
    rest = trim(rest.substr(1));
    const char quote = rest.empty() ? '\0' : rest.front();
    const std::size_t close =
        quote == '"' || quote == '\'' || quote == '`' ? rest.find(quote, 1) : rest.npos;
    if (close != rest.npos)
      rest = rest.substr(1, close - 1);
    else
      rest = trim(rest.substr(0, rest.find('#')));
    if (!to.contains(name))
      to.emplace(name,
                 close != rest.npos && quote == '\'' ? std::string(rest) : expanded(rest, to));
  }
}

bool read_environment_file(const LinkContext& build, const std::string& path, EnvironmentFile& to) {
  if (build.files.kind(path) != EntryKind::File) return false;
  const Result<std::string> text = build.files.read(path, kTextInput);
  if (text) read_environment(text.value(), to);
  return static_cast<bool>(text);
}

int major_in(std::string_view version) {
  const std::size_t digit = version.find_first_of("0123456789");
  return digit == version.npos ? 0 : version[digit] - '0';
}

// The version of the framework that the nearest package.json asks for; 0: none does.
int installed_major(LinkContext& build, std::string folder) {
  for (;; folder = std::string(folder_of(folder))) {
    if (const nlohmann::json* manifest = build.builds.package(folder))
      for (const char* list : {"dependencies", "devDependencies"})
        if (const auto found = manifest->find(list);
            found != manifest->end() && found->is_object())
          if (const int major = major_in(found->value("serverless", nlohmann::json("")).dump());
              major != 0)
            return major;
    if (folder.empty()) return 0;
  }
}

// Version 4 reads .env files unless it is told not to; others where they are told so.
std::vector<std::string> further_files(LinkContext& build, Service& service, bool& reads,
                                       bool& v4) {
  v4 = framework_major(build, service) == 4;
  const Followed use = service_path(build, service.scope, "useDotenv");
  const ValueId value = value_at(build, service.scope, use);
  const auto text = as_text(build.pool, value);
  reads = text ? text != "false" : v4 || build.pool.is(value, ValueKind::List);
  std::vector<std::string> further;
  if (text && text != "true" && text != "false") further.emplace_back(*text);
  if (build.pool.is(value, ValueKind::List))
    for (const ValueId one : build.pool.operands(value))
      if (const auto path = as_text(build.pool, one)) further.emplace_back(*path);
  return further;
}

EnvironmentFile environment_of(LinkContext& build, Service& service) {
  EnvironmentFile found;
  bool reads = false, v4 = false;
  const std::vector<std::string> further = further_files(build, service, reads, v4);
  if (!reads) return found;
  const std::string stage(as_text(build.pool, stage_of(build, service.scope)).value_or(""));
  // The stage's own file goes before the general one; before version 4 it stands in its place.
  const auto of_folder = [&](const std::string& folder) {
    if (!read_environment_file(build, join_path(folder, cat(".env.", stage)), found) || v4)
      read_environment_file(build, join_path(folder, ".env"), found);
  };
  of_folder(service.folder);
  for (const std::string& path : further) {
    const std::string full = join_path(service.folder, path);
    if (full.starts_with("..")) continue;
    if (build.files.kind(full) == EntryKind::Folder)
      of_folder(full);
    else
      read_environment_file(build, full, found);
  }
  return found;
}

// --- serverless-compose.yml

std::vector<TextId> compose_texts(const LinkContext& build) {
  std::vector<TextId> texts;
  for (std::uint32_t i = 0; i < build.texts.size(); ++i)
    if (is_serverless_compose(*build.texts[i].source))
      texts.push_back(TextId{i});
  return texts;
}

std::string folder_of_service(LinkContext& build, ScopeId scope, TextId compose,
                              const ExprClosure& entry) {
  const Followed path = path_below(build, scope, entry, "path");
  const auto text = as_text(build.pool, value_at(build, scope, path));
  if (!text) return "..";
  std::string full = normal_path(join_path(folder_of(build[compose].source->path), *text));
  return full == "." ? std::string() : full;
}

}  // namespace

bool is_serverless_compose(const TemplateSource& source) {
  return !source.fragment && source.facts->dialect == TemplateDialect::ServerlessFramework &&
         file_name_of(source.path).starts_with("serverless-compose.");
}

int framework_major(LinkContext& build, const Service& service) {
  const ValueId version =
      value_at(build, service.scope, service_path(build, service.scope, "frameworkVersion"));
  const auto text = as_text(build.pool, version);
  return text ? major_in(*text) : installed_major(build, service.folder);
}

bool reads_dotenv(LinkContext& build, ScopeId scope) {
  Service* const service = service_of(build, scope);
  bool reads = false, v4 = false;
  if (service != nullptr) further_files(build, *service, reads, v4);
  return reads;
}

std::optional<std::string> dotenv_value(LinkContext& build, ScopeId scope, std::string_view name) {
  Service* service = service_of(build, scope);
  if (service == nullptr) return std::nullopt;
  if (!service->environment) {
    service->environment.emplace();  // what is asked for meanwhile has no value
    EnvironmentFile found = environment_of(build, *service);
    service->environment = std::move(found);
  }
  const auto row = service->environment->find(name);
  return row != service->environment->end() ? std::optional(row->second) : std::nullopt;
}

Followed compose_parameter(LinkContext& build, ScopeId scope, std::string_view name) {
  Service* service = service_of(build, scope);
  const std::string stage(as_text(build.pool, stage_of(build, scope)).value_or(""));
  for (const TextId text : compose_texts(build)) {
    const ExprClosure root{text, build.facts(text).fragment};
    if (!root.exists()) continue;
    const Followed services = path_below(build, scope, root, "services");
    for (const ServiceEntry& entry : entries_of(build, scope, services)) {
      if (folder_of_service(build, scope, text, entry.value) != service->folder) continue;
      Followed found = path_below(build, scope, entry.value, cat("params.", name));
      if (!found.nothing()) return found;
      for (const std::string& of_stage : {stage, std::string("default")}) {
        found = path_below(build, scope, root, cat("stages.", of_stage, ".params.", name));
        if (found.nothing()) continue;
        found.uncertainty |= kOverridable;
        return found;
      }
    }
  }
  return {.progress = Progress::Done};
}

ValueId compose_output(LinkContext& build, const ExprClosure& at, std::string_view service,
                       std::string_view output) {
  const ExprClosure root{at.text, build.facts(at.text).fragment};
  for (const auto& [scope, other] : build.serverless->by_scope) {
    const ScopeId id{scope};
    const Followed entry = path_below(build, id, root, cat("services.", service));
    if (!entry.written.exists()) return {};
    if (folder_of_service(build, id, at.text, entry.written) == other.folder)
      return service_output(build, id, output);
  }
  return {};
}

ValueId service_output(LinkContext& build, ScopeId scope, std::string_view output) {
  if (build[scope].outputs.contains(output)) return output_value(build, scope, output);
  constexpr std::string_view kFunction = "LambdaFunctionQualifiedArn";
  const Service* service = service_of(build, scope);
  if (service == nullptr) return {};
  for (const ServiceFunction& function : service->functions)
    if (output == cat(function.id, kFunction))
      return build.pool.reference(function.function, "Arn");
  for (const ServiceLayer& layer : service->layers)
    if (output == cat(normal_name(layer.entry.name), "LambdaLayerQualifiedArn"))
      return build.pool.reference(layer.layer, "");
  const ResourceId bucket = made_resource(build, *service, "ServerlessDeploymentBucket");
  if (output == "ServerlessDeploymentBucketName" && bucket.exists())
    return build.pool.reference(bucket, "");
  return {};
}

ValueId output_of_stack(LinkContext& build, ScopeId asking, ValueId address) {
  ValuePool& pool = build.pool;
  // The output is what follows the last dot; the stack's name may hold what is not known.
  const bool pattern = pool.is(address, ValueKind::Pattern);
  std::vector<ValueId> parts{address};
  if (pattern) parts.assign(pool.operands(address).begin(), pool.operands(address).end());
  const auto last = as_text(pool, parts.back());
  const std::size_t dot = last ? last->rfind('.') : std::string_view::npos;
  if (dot == std::string_view::npos) return {};
  const std::string output(last->substr(dot + 1));
  parts.back() = pool.text_value(last->substr(0, dot));
  const ValueId stack = pool.concat(parts);
  std::vector<ScopeId> open;
  for (const auto& [scope, service] : build.serverless->by_scope) {
    const ScopeId other{scope};
    if (other == asking || !service_output(build, other, output).exists()) continue;
    const Answer same = equal(pool, stack_name(build, other), stack);
    if (same == Answer::Yes) return service_output(build, other, output);
    if (same == Answer::Unknown) open.push_back(other);
  }
  if (open.size() == 1)
    return pool.with_uncertainty(service_output(build, open.front(), output), kHeuristic);
  // A template's stack has the name that whoever deploys it gives it.
  ScopeId found;
  for (std::uint32_t i = 0; i < build.scopes.size() && build.declared; ++i) {
    const Scope& scope = build.scopes[i];
    if (scope.superseded || scope.parent.exists() || scope.is_module() ||
        is_service(build, ScopeId{i}) || !scope.outputs.contains(output))
      continue;
    if (found.exists()) return {};
    found = ScopeId{i};
  }
  if (!found.exists() || !open.empty()) return {};
  return pool.with_uncertainty(output_value(build, found, output), kHeuristic);
}

}  // namespace fnlint::stacks
