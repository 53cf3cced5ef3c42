// The names that SDKs give to services and operations, and IAM to what allows them.
#include "link/handler/sdk_names.h"

#include "core/text.h"
#include "tables/iam_actions.h"
#include "tables/permissions.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

std::string word_of(std::string_view name) {
  std::string word = lower(name);
  std::erase_if(word, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
  return word;
}

// "ec2" of "boto3.client(ec2).describe_instances" and "@aws-sdk/client-ec2.EC2Client()".
std::string_view service_in(std::string_view path) {
  for (const std::string_view begin : sdk_paths()) {
    if (!path.starts_with(begin)) continue;
    path.remove_prefix(begin.size());
    return path.substr(0, path.find_first_of(".()/"));
  }
  return {};
}

}  // namespace

std::string_view action_prefix(std::string_view service) {
  static const std::map<std::string_view, std::string_view> kPrefixes = [] {  // of the tables
    std::map<std::string_view, std::string_view> prefixes;
    for (const SdkService& row : sdk_services())
      for (const std::string_view name : split(row.names, ' ')) prefixes.emplace(name, row.prefix);
    for (const SdkAlias& row : sdk_aliases()) prefixes.emplace(row.name, row.prefix);
    return prefixes;
  }();
  const auto found = kPrefixes.find(word_of(service));
  if (found != kPrefixes.end()) return found->second;
  const IamService* const same = find_iam_service(service);
  return same != nullptr ? same->prefix : std::string_view();
}

std::string operation_form(std::string_view name) {
  for (const std::string_view end : {"Command", "Async", "WithContext", "Pages", "Request"})
    if (name.size() > end.size() && name.ends_with(end)) name.remove_suffix(end.size());
  for (const std::string_view begin : {"Presign", "presign"})
    if (name.size() > begin.size() && name.starts_with(begin)) name.remove_prefix(begin.size());
  std::string form = lower(name);
  std::erase(form, '_');
  return form;
}

SdkName sdk_name(std::string_view path) {
  const std::size_t last = path.find_last_of(".:/");
  const std::string_view name = last == path.npos ? path : path.substr(last + 1);
  return {.prefix = action_prefix(service_in(path)),
          .operation = operation_form(name.substr(0, name.find('(')))};
}

std::vector<std::string> actions_of(const SdkName& name) {
  std::vector<std::string> actions;
  const IamService* const service = find_iam_service(name.prefix);
  if (name.prefix.empty() || service == nullptr) return actions;
  for (const AllowedOtherwise& row : operations_allowed_otherwise())
    if (lower(row.action) == cat(name.prefix, ':', name.operation))
      actions.assign(row.by.begin(), row.by.end());
  for (const std::string_view one : split(service->actions, ' '))
    if (lower(one) == name.operation) actions = {cat(name.prefix, ':', one)};
  return actions;
}

}  // namespace fnlint
