#include "values/request_data.h"

#include "values/compute.h"

#include <cctype>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// However a language spells it: function_name, functionName, getFunctionName, FunctionName.
bool is_of_the_environment(std::string_view context_path) {
  std::string name;
  for (const char letter : context_path)
    if (letter != '_') name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  std::string_view plain = name;
  if (plain.starts_with("get")) plain.remove_prefix(3);
  for (const std::string_view one : {"functionname", "functionversion", "memorylimitinmb",
                                     "loggroupname", "logstreamname", "logger"})
    if (plain == one) return true;
  return false;
}

}  // namespace

bool is_request_data(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return false;
  if (has_origin(pool, value, Origin::Event)) return true;
  if (!has_origin(pool, value, Origin::Context)) return false;
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) {
    const Value& row = pool[id];
    found = found || (row.kind == ValueKind::Hole && row.origin == Origin::Context &&
                      !is_of_the_environment(pool.text(id)));
  });
  return found;
}

}  // namespace fnlint
