#include "core/text.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "values/whole_text.h"

#include <algorithm>
#include <charconv>

// What lies below a path of a service, and the entries of its maps, spreads and loops followed.
namespace fnlint::stacks {

namespace {

constexpr std::uint32_t kSpreads = 64;  // within each other
constexpr std::size_t kEntries = 1000;  // of one map

// The value below a map that is not written but computed.
Followed below_value(ValuePool& pool, const Followed& from, std::string_view key) {
  const ValueId found = member(pool, from.value, key);
  return {.progress = Progress::Done, .value = found, .uncertainty = from.uncertainty};
}

// The last entry of that name: what is spread after it may replace it.
ExprClosure entry_of(LinkContext& build, ScopeId scope, const ExprClosure& record,
                     std::string_view key, std::uint32_t depth) {
  ExprClosure found;
  const Slice<Operand> slice = build.expr(record).operands;
  for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) {
    const Operand operand = build.facts(record.text).operands[i];
    ExprClosure value = record;
    value.expr = operand.value;
    if (!value.exists()) continue;
    if (operand.spread == 0) {
      if (build.facts(record.text).string(operand.name) == key) found = value;
      continue;
    }
    if (depth >= kSpreads || build.nodes_left == 0) continue;
    --build.nodes_left;
    const Followed inner = resolved(build, scope, value);
    if (!inner.written.exists() || build.expr(inner.written).kind != ExprKind::Record) continue;
    const ExprClosure of_spread = entry_of(build, scope, inner.written, key, depth + 1);
    if (of_spread.exists()) found = of_spread;
  }
  return found;
}

}  // namespace

Followed path_below(LinkContext& build, ScopeId scope, const ExprClosure& map,
                    std::string_view path) {
  Followed current = resolved(build, scope, map);
  if (path.empty()) return current;
  for (const std::string_view key : split(path, '.')) {
    if (current.nothing()) return current;
    if (!current.written.exists()) {
      current = below_value(build.pool, current, key);
      continue;
    }
    const ExprKind kind = build.expr(current.written).kind;
    ExprClosure next;
    if (kind == ExprKind::Record) {
      next = entry_of(build, scope, current.written, key, 0);
    } else if (kind == ExprKind::List) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
      if (error == std::errc{} && end == key.data() + key.size())
        next = build.operand(current.written, index);
    } else if (kind == ExprKind::Apply || kind == ExprKind::Unknown) {
      current.value = value_of(build, scope, current.written);
      current.written = {};
      current = below_value(build.pool, current, key);
      continue;
    }
    if (!next.exists() || build.expr(next).kind == ExprKind::Null)
      return {.progress = Progress::Done, .uncertainty = current.uncertainty};
    next.uncertainty |= current.uncertainty;
    current = resolved(build, scope, next);
  }
  return current;
}

Followed service_path(LinkContext& build, ScopeId scope, std::string_view path) {
  const TextId text = build[scope].text;
  return path_below(build, scope, {text, build.facts(text).fragment}, path);
}

namespace {

// Of a loop's round, the name that this round gives.
std::string name_of_entry(LinkContext& build, ScopeId scope, const ExprClosure& map,
                          const Operand& operand) {
  if (!operand.key.exists()) return std::string(build.facts(map.text).string(operand.name));
  ExprClosure key = map;
  key.expr = operand.key;
  const ValueId value = value_of(build, scope, key);
  return whole_words(build.pool, value);
}

void add_entries(LinkContext& build, ScopeId scope, const Followed& maps, std::uint32_t depth,
                 std::vector<ServiceEntry>& found) {
  if (!maps.written.exists() || depth >= kSpreads || found.size() >= kEntries) return;
  if (build.nodes_left == 0) return;
  --build.nodes_left;
  const ExprClosure& at = maps.written;
  const Slice<Operand> slice = build.expr(at).operands;
  const ExprKind kind = build.expr(at).kind;
  if (kind != ExprKind::Record && kind != ExprKind::List) return;
  for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) {
    const Operand operand = build.facts(at.text).operands[i];
    ExprClosure value = at;
    value.expr = operand.value;
    if (!value.exists()) continue;
    if (operand.spread != 0 && build.function(value) == "Fn::ForEach") {
      for (const ExprClosure& turn : loop_turns(build, scope, value))
        add_entries(build, scope, {.written = turn}, depth + 1, found);
      continue;
    }
    if (kind == ExprKind::List || operand.spread != 0) {
      add_entries(build, scope, resolved(build, scope, value), depth + 1, found);
      continue;
    }
    const std::string name = name_of_entry(build, scope, at, operand);
    ServiceEntry entry{.name = name, .value = value};
    entry.key = build.span(at.text, build.facts(at.text).operand_ranges[i]);
    entry.where = build.span(value);
    if (entry.where.file == entry.key.file)
      entry.where.range.begin = std::min(entry.where.range.begin, entry.key.range.begin);
    const auto known = std::ranges::find(found, name, &ServiceEntry::name);
    if (known != found.end())
      *known = std::move(entry);
    else
      found.push_back(std::move(entry));
  }
}

}  // namespace

std::vector<ServiceEntry> entries_of(LinkContext& build, ScopeId scope, const Followed& maps) {
  std::vector<ServiceEntry> found;
  add_entries(build, scope, maps, 0, found);
  return found;
}

ValueId value_at(LinkContext& build, ScopeId scope, const Followed& at) {
  if (at.written.exists()) {
    ExprClosure written = at.written;
    written.uncertainty |= at.uncertainty;
    return value_of(build, scope, written);
  }
  return at.value.exists() ? at.value : build.pool.absent();
}

}  // namespace fnlint::stacks
