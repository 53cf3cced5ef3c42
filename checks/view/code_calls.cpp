// Reads the arguments of a call, and those that its receiver was made with, by the selectors of the
// library model. Options that are not known may tell a timeout.

#include "checks/view/code_calls.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <utility>

namespace fnlint {

std::string_view call_of(const ValuePool& pool, ValueId value) {
  const std::string_view path = pool.text(value);
  if (!pool.is(value, ValueKind::Object) || !path.ends_with("()")) return {};
  return path.substr(0, path.size() - 2);
}

bool deletes_messages(const Effect& effect) {
  const std::string_view id = operations()[effect.operation].id;
  return id == "sqs.DeleteMessage" || id == "sqs.DeleteMessageBatch";
}

const Operation* operation_answering(const ValuePool& pool, ValueId value) {
  const std::string_view path = call_of(pool, value);
  const LibraryModel* const model =
      path.empty() ? nullptr : find_library_model(Language::Unknown, path);
  if (model == nullptr) return nullptr;
  return find_operation(model->command.empty() ? model->operation : model->command);
}

Span site_of(const LambdaFunction& function, std::uint64_t ref) {
  const auto& sites = function.value_sites;
  const auto at =
      std::ranges::lower_bound(sites, ref, {}, [](const auto& site) { return site.first; });
  return at != sites.end() && at->first == ref ? at->second : Span{};
}

ValueId argument_of(const ValuePool& pool, ValueId arguments, std::string_view selector) {
  if (!arguments.exists()) return {};
  for (const std::string_view one : split(selector, '|')) {
    ValueId at = arguments;
    for (const std::string_view part : split(one, '.'))
      if (at.exists()) at = entry_of(pool, at, part);
    if (at.exists() && pool[at].kind != ValueKind::Absent) return at;
  }
  return {};
}

namespace {

// What an object of a library was made with.
ValueId arguments_of(const ValuePool& pool, ValueId object) {
  if (!object.exists() || pool[object].kind != ValueKind::Object || pool.operands(object).empty())
    return {};
  return pool.operands(object)[0];
}

// "none|0|InfiniteTimeSpan", each as it is written.
bool is_no_limit(const ValuePool& pool, const LibraryModel& row, ValueId told) {
  if (pool[told].uncertainty != 0) return false;  // a default of what a deployment sets
  const ValueKind kind = pool[told].kind;
  std::string written;
  if (kind == ValueKind::Null) {
    if (row.endless) return true;
    written = "none";
  } else if (kind == ValueKind::Hole && pool[told].origin == Origin::Library) {
    written = pool.text(told).substr(pool.text(told).rfind('.') + 1);
  } else if (kind == ValueKind::Bool || kind == ValueKind::Number) {
    written = as_text(pool, told).value_or("");
  }
  return !written.empty() && std::ranges::any_of(split(row.endless_with, '|'),
                                                 [&](auto one) { return one == written; });
}

enum class Limit : std::uint8_t { Untold, Told, None };

// What a library's object that collects members was made with: nothing adds to it unseen.
ValueId collected_members(const ValuePool& pool, ValueId object) {
  std::string_view path = pool.text(object);
  if (pool[object].kind != ValueKind::Object || !path.ends_with("()")) return {};
  path.remove_suffix(2);
  const LibraryModel* const row = find_library_model(Language::Unknown, path);
  return row != nullptr && row->fluent ? arguments_of(pool, object) : ValueId{};
}

Limit limit_of(const ValuePool& pool, const LibraryModel& row, ValueId arguments, ValueId object) {
  if (!arguments.exists() || pool[arguments].kind != ValueKind::Record) return Limit::Told;
  for (std::string_view one : split(row.timeout, '|')) {
    one = one.substr(0, one.find('*'));
    constexpr std::string_view kReceiver = "receiver.";
    const bool of_object = one.starts_with(kReceiver);
    if (of_object) one.remove_prefix(kReceiver.size());
    const ValueId from = of_object ? arguments_of(pool, object) : arguments;
    if (const ValueId told = argument_of(pool, from, one); told.exists())
      return is_no_limit(pool, row, told) ? Limit::None : Limit::Told;
    // Options that are not known may hold it: `axios.get(url, options)`.
    const std::string_view options = one.substr(0, one.find('.'));
    const ValueId given = argument_of(pool, from, options);
    if (!given.exists() || options.size() == one.size()) continue;
    if (const ValueId members = collected_members(pool, given); members.exists()) {
      if (argument_of(pool, members, one.substr(options.size() + 1)).exists()) return Limit::Told;
      continue;
    }
    const Value& value = pool[given];
    const bool is_plain = value.kind == ValueKind::Text || value.kind == ValueKind::Pattern ||
                          value.kind == ValueKind::Number || value.kind == ValueKind::Function ||
                          (value.kind == ValueKind::Record && value.ref == 0);
    if (!is_plain) return Limit::Told;
  }
  for (const StringId name : pool.names(arguments))
    if (pool[name] == "**" || pool[name] == "*") return Limit::Told;
  return pool[arguments].ref == 1 ? Limit::Told : Limit::Untold;
}

}  // namespace

bool tells_timeout(const ValuePool& pool, const LibraryModel& row, ValueId arguments,
                   ValueId object) {
  return limit_of(pool, row, arguments, object) == Limit::Told;
}

bool says_no_timeout(const ValuePool& pool, const LibraryModel& row, ValueId arguments,
                     ValueId object) {
  return limit_of(pool, row, arguments, object) == Limit::Untold;
}

bool waits_for_ever(const ValuePool& pool, const LibraryModel& row, ValueId arguments,
                    ValueId object) {
  if (!row.endless && row.endless_with.empty()) return false;
  const Limit limit = limit_of(pool, row, arguments, object);
  return limit == Limit::None || (limit == Limit::Untold && row.endless);
}

bool opens_connection(const ValuePool& pool, const CodeCall& call) {
  if (call.library == UINT32_MAX) return false;
  constexpr std::string_view kConnection = "connection=";
  std::string_view tells = library_models()[call.library].tells;
  if (!tells.starts_with(kConnection)) return false;
  tells.remove_prefix(kConnection.size());
  return tells.starts_with('\'') || argument_of(pool, call.arguments, tells).exists();
}

}  // namespace fnlint
