#include "checks/code_calls.h"

#include "checks/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <utility>

namespace fnlint {

void place_call(const LambdaFunction& function, const CodeCall& call, std::string what,
                Finding& finding) {
  finding.where = call.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', call.name);
  add_path_from(function, call.path, finding);
  finding.flow.push_back({call.where, std::move(what)});
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

}  // namespace

bool tells_timeout(const ValuePool& pool, const LibraryModel& row, ValueId arguments,
                   ValueId object) {
  if (!arguments.exists() || pool[arguments].kind != ValueKind::Record) return true;
  for (std::string_view one : split(row.timeout, '|')) {
    one = one.substr(0, one.find('*'));
    constexpr std::string_view kReceiver = "receiver.";
    const bool of_object = one.starts_with(kReceiver);
    if (of_object) one.remove_prefix(kReceiver.size());
    const ValueId from = of_object ? arguments_of(pool, object) : arguments;
    if (argument_of(pool, from, one).exists()) return true;
    // Options that are not known may hold it: `axios.get(url, options)`.
    const std::string_view options = one.substr(0, one.find('.'));
    const ValueId given = argument_of(pool, from, options);
    if (!given.exists() || options.size() == one.size()) continue;
    const Value& value = pool[given];
    const bool is_plain = value.kind == ValueKind::Text || value.kind == ValueKind::Pattern ||
                          value.kind == ValueKind::Number || value.kind == ValueKind::Function ||
                          (value.kind == ValueKind::Record && value.ref == 0);
    if (!is_plain) return true;
  }
  for (const StringId name : pool.names(arguments))
    if (pool[name] == "**" || pool[name] == "*") return true;
  return pool[arguments].ref == 1;
}

}  // namespace fnlint
