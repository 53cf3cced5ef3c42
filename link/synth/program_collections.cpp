// Maps and lists of Java's and .NET's own libraries, as programs make them.

#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "tables/known.h"

namespace fnlint::cdk {

namespace {

// Map.of(key, value, ...), Map.ofEntries(Map.entry(key, value), ...)
DatumId map_of(Interpreter& program, const LibraryUse& use) {
  const std::vector<Slot>& given = use.arguments.given;
  if (use.path == "java.util.Map.of") {
    std::vector<Slot> out;
    bool open = use.arguments.open;
    for (std::size_t i = 0; i + 1 < given.size(); i += 2) {
      const auto name = program.text_of(given[i].value);
      open = open || !name;
      if (name)
        out.push_back({std::string(*name), given[i + 1].value, given[i].where, given[i + 1].where});
    }
    return program.record(std::move(out), open);
  }
  if (use.path == "java.util.Map.ofEntries") {
    std::vector<Slot> out;
    bool open = use.arguments.open;
    for (const Slot& one : given) {
      const DatumId row = program.settled(one.value);
      const Slot* const key = program.slot(row, "<key>");
      const Slot* const value = program.slot(row, "<value>");
      const auto name = key != nullptr ? program.text_of(key->value) : std::nullopt;
      open = open || !name;
      if (name) out.push_back({std::string(*name), value->value, key->where, value->where});
    }
    return program.record(std::move(out), open);
  }
  return {};
}

}  // namespace

DatumId collection(Interpreter& program, const LibraryUse& use) {
  const std::vector<Slot>& given = use.arguments.given;
  if (const DatumId map = map_of(program, use); map.exists()) return map;
  if (use.path == "java.util.Map.entry" && given.size() == 2)
    return program.object(use.path, {{"<key>", given[0].value, given[0].key, given[0].where},
                                     {"<value>", given[1].value, given[1].key, given[1].where}});
  if (use.path == "java.util.Objects.requireNonNull" && !given.empty())
    return program.settled(given[0].value);
  if (is_one_of(known::java_list_makers(), use.path))
    return program.list(given, use.arguments.open);
  const std::string name = last_of(use.path);
  const bool is_map = name == "HashMap" || name == "Dictionary" || name == "LinkedHashMap";
  if (!use.constructs || (!is_map && name != "ArrayList" && name != "List")) return {};
  for (const Slot& one : given) {
    const DatumId value = program.settled(one.value);
    const bool copies =
        is_map ? program.is(value, DatumKind::Record) : program.is(value, DatumKind::List);
    if (copies && is_map) return program.record(program[value].slots, program[value].open);
    if (copies) return program.list(program[value].slots, program[value].open);
    // Of something unknown the copy is unknown; a number is how much it may hold at first.
    if (!program.is(value, DatumKind::Number))
      return program.unknown("a copy of something unknown");
  }
  return is_map ? program.record({}) : program.list({});
}

}  // namespace fnlint::cdk
