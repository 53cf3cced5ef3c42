#include "core/limits.h"
#include "core/text.h"
#include "link/stacks/stack_json.h"
#include "link/terraform/terraform_evaluation.h"
#include "tables/known.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

// Terraform's functions over lists, maps and numbers, each alternative by itself.
namespace fnlint::stacks {

namespace {

constexpr std::size_t kLoopElements = 256;  // of a list that a function makes
constexpr std::size_t kCombinations = 64;  // of alternatives of one call's arguments

bool is_null(const ValuePool& pool, ValueId id) {
  return pool.is(id, ValueKind::Null) || pool.is(id, ValueKind::Absent);
}

bool is_closed(const ValuePool& pool, ValueId id) {
  const ValueKind kind = pool[id].kind;
  return (kind == ValueKind::List || kind == ValueKind::Record) && pool[id].ref == 0;
}

std::vector<ValueId> items(const ValuePool& pool, ValueId id) {
  const auto all = pool.operands(id);
  return {all.begin(), all.end()};
}

std::optional<double> as_number(const ValuePool& pool, ValueId id) {
  const auto text = as_text(pool, id);
  if (!text || text->empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

ValueId number(ValuePool& pool, double value) {
  if (std::floor(value) == value && std::abs(value) < 9e15)
    return pool.number(static_cast<std::int64_t>(value));
  return pool.number(fmt::format("{}", value));
}

// --- Lists and maps

ValueId flatten(ValuePool& pool, ValueId list, std::size_t depth, std::vector<ValueId>& out,
                bool& open) {
  for (const ValueId item : items(pool, list)) {
    if (pool.is(item, ValueKind::List) && depth < kNestingDepth)
      flatten(pool, item, depth + 1, out, open);
    else
      out.push_back(item);
  }
  open = open || pool[list].ref != 0;
  return {};
}

ValueId apply_flatten(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!pool.is(args[0], ValueKind::List)) return {};
  std::vector<ValueId> out;
  bool open = false;
  flatten(pool, args[0], 0, out, open);
  return pool.list(out, open);
}

ValueId apply_concat(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  std::vector<ValueId> out;
  bool open = false;
  for (const ValueId list : args) {
    if (pool.is(list, ValueKind::List)) {
      const auto more = items(pool, list);
      out.insert(out.end(), more.begin(), more.end());
      open = open || pool[list].ref != 0;
    } else if (!is_null(pool, list)) {
      open = true;
      out.push_back(element(pool, list));
    }
  }
  return pool.list(out, open);
}

ValueId apply_merge(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  std::vector<NamedValue> out;
  bool open = false;
  for (const ValueId record : args) {
    if (is_null(pool, record)) continue;
    if (!pool.is(record, ValueKind::Record)) {
      out.push_back({pool.string(kRest), record});
      open = true;
      continue;
    }
    open = open || pool[record].ref != 0;
    for (std::size_t i = 0; i < pool.operands(record).size(); ++i)
      out.push_back({pool.names(record)[i], pool.operands(record)[i]});
  }
  return pool.record(out, open);
}

ValueId apply_lookup(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto key = args.size() > 1 ? as_text(pool, args[1]) : std::nullopt;
  if (!key || !pool.is(args[0], ValueKind::Record)) return {};
  const ValueId found = member(pool, args[0], *key);
  if (!pool.is(found, ValueKind::Absent)) return found;
  return args.size() > 2 ? args[2] : found;
}

ValueId apply_element(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto at = args.size() > 1 ? as_integer(pool, args[1]) : std::nullopt;
  if (!at || !is_closed(pool, args[0]) || pool.operands(args[0]).empty()) return {};
  const auto count = static_cast<std::int64_t>(pool.operands(args[0]).size());
  return pool.operands(args[0])[static_cast<std::size_t>(((*at % count) + count) % count)];
}

// The first that is there: not null, and for texts not empty.
ValueId apply_coalesce(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  std::vector<Alternative> ways;
  for (const ValueId one : args) {
    const auto text = as_text(pool, one);
    if (is_null(pool, one) || (text && text->empty())) continue;
    ways.push_back({one, {}});
    const ValueKind kind = pool[one].kind;
    const bool certain = kind != ValueKind::Hole && kind != ValueKind::Unknown &&
                         kind != ValueKind::Computed && kind != ValueKind::OneOf;
    if (certain) break;
  }
  if (ways.empty()) return pool.absent();  // an error, and so no value for try()
  if (ways.size() == 1) return ways[0].value;
  return pool.with_uncertainty(pool.one_of(ways), kConditional);
}

ValueId apply_coalescelist(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  for (const ValueId one : args) {
    if (!is_closed(pool, one) && !is_null(pool, one)) return {};
    if (!is_null(pool, one) && !pool.operands(one).empty()) return one;
  }
  return pool.list({});
}

ValueId apply_compact(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!pool.is(args[0], ValueKind::List)) return {};
  std::vector<ValueId> out;
  for (const ValueId one : items(pool, args[0]))
    if (!is_null(pool, one) && as_text(pool, one) != "") out.push_back(one);
  return pool.list(out, pool[args[0]].ref != 0);
}

ValueId distinct(ValuePool& pool, std::span<const ValueId> all, bool open) {
  std::vector<ValueId> out;
  for (const ValueId one : all)
    if (std::ranges::find(out, one) == out.end()) out.push_back(one);
  return pool.list(out, open);
}

// Of a set the order is that of its texts.
ValueId apply_toset(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!pool.is(args[0], ValueKind::List)) return args[0];
  std::vector<ValueId> all = items(pool, args[0]);
  const bool texts =
      std::ranges::all_of(all, [&](ValueId id) { return as_text(pool, id).has_value(); });
  if (texts)
    std::ranges::stable_sort(all, {}, [&](ValueId id) { return *as_text(pool, id); });
  return distinct(pool, all, pool[args[0]].ref != 0);
}

ValueId apply_distinct(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!pool.is(args[0], ValueKind::List)) return {};
  return distinct(pool, items(pool, args[0]), pool[args[0]].ref != 0);
}

ValueId apply_keys(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!pool.is(args[0], ValueKind::Record)) return {};
  std::vector<std::string_view> names;
  for (const StringId name : pool.names(args[0]))
    if (pool[name] != kRest) names.push_back(pool[name]);
  std::ranges::sort(names);
  std::vector<ValueId> out;
  for (const std::string_view name : names) out.push_back(pool.text_value(name));
  return pool.list(out, pool[args[0]].ref != 0);
}

ValueId apply_values(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!pool.is(args[0], ValueKind::Record)) return {};
  std::map<std::string_view, ValueId> sorted;
  for (std::size_t i = 0; i < pool.operands(args[0]).size(); ++i)
    if (pool[pool.names(args[0])[i]] != kRest)
      sorted[pool[pool.names(args[0])[i]]] = pool.operands(args[0])[i];
  std::vector<ValueId> out;
  for (const auto& [name, value] : sorted) out.push_back(value);
  return pool.list(out, pool[args[0]].ref != 0);
}

ValueId apply_zipmap(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (args.size() < 2 || !is_closed(pool, args[0]) || !is_closed(pool, args[1])) return {};
  std::vector<NamedValue> out;
  const std::size_t count =
      std::min(pool.operands(args[0]).size(), pool.operands(args[1]).size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto name = as_text(pool, pool.operands(args[0])[i]);
    if (!name) return {};
    out.push_back({pool.string(*name), pool.operands(args[1])[i]});
  }
  return pool.record(out);
}

ValueId apply_length(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (is_closed(pool, args[0]))
    return pool.with_uncertainty(
        pool.number(static_cast<std::int64_t>(pool.operands(args[0]).size())),
        pool[args[0]].uncertainty);
  return compute(pool, Opcode::Length, args.first(1));
}

ValueId apply_contains(FunctionCall& call, Arguments args) {
  if (args.size() < 2) return {};
  return compute(call.build.pool, "in", std::array{args[1], args[0]});
}

ValueId apply_index(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (args.size() < 2 || !is_closed(pool, args[0])) return {};
  const auto all = pool.operands(args[0]);
  const auto at = std::ranges::find(all, args[1]);
  if (at == all.end()) return {};
  return pool.number(static_cast<std::int64_t>(at - all.begin()));
}

ValueId apply_reverse(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!is_closed(pool, args[0])) return {};
  std::vector<ValueId> all = items(pool, args[0]);
  std::ranges::reverse(all);
  return pool.list(all);
}

ValueId apply_slice(FunctionCall& call, Arguments args) {
  if (args.size() < 3) return {};
  return part(call.build.pool, args[0], args[1], args[2]);
}

ValueId apply_sort(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!is_closed(pool, args[0])) return {};
  std::vector<ValueId> all = items(pool, args[0]);
  if (!std::ranges::all_of(all, [&](ValueId id) { return as_text(pool, id).has_value(); }))
    return {};
  std::ranges::stable_sort(all, {}, [&](ValueId id) { return *as_text(pool, id); });
  return pool.list(all);
}

ValueId apply_range(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  std::vector<std::int64_t> bounds;
  for (const ValueId arg : args) {
    const auto value = as_integer(pool, arg);
    if (!value) return {};
    bounds.push_back(*value);
  }
  const std::int64_t from = bounds.size() > 1 ? bounds[0] : 0;
  const std::int64_t to = bounds.size() > 1 ? bounds[1] : bounds[0];
  const std::int64_t step = bounds.size() > 2 ? bounds[2] : (from <= to ? 1 : -1);
  if (step == 0) return {};
  std::vector<ValueId> out;
  for (std::int64_t at = from; (step > 0 ? at < to : at > to) && out.size() < kLoopElements;
       at += step)
    out.push_back(pool.number(at));
  return pool.list(out);
}

ValueId apply_setproduct(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  std::vector<std::vector<ValueId>> rows(1);
  for (const ValueId list : args) {
    if (!is_closed(pool, list)) return {};
    std::vector<std::vector<ValueId>> next;
    for (const auto& row : rows) {
      for (const ValueId one : items(pool, list)) {
        if (next.size() >= kLoopElements) break;
        next.push_back(row);
        next.back().push_back(one);
      }
    }
    rows = std::move(next);
  }
  std::vector<ValueId> out;
  for (const auto& row : rows) out.push_back(pool.list(row));
  return pool.list(out);
}

ValueId apply_setunion(FunctionCall& call, Arguments args) {
  const std::array joined{apply_concat(call, args)};
  return apply_toset(call, joined);
}

ValueId apply_setintersection(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  for (const ValueId list : args)
    if (!is_closed(pool, list)) return {};
  std::vector<ValueId> out;
  for (const ValueId one : items(pool, args[0])) {
    const bool in_all = std::ranges::all_of(args, [&](ValueId list) {
      return std::ranges::find(pool.operands(list), one) != pool.operands(list).end();
    });
    if (in_all) out.push_back(one);
  }
  return pool.list(out);
}

ValueId apply_setsubtract(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (args.size() < 2 || !is_closed(pool, args[0]) || !is_closed(pool, args[1])) return {};
  std::vector<ValueId> out;
  for (const ValueId one : items(pool, args[0]))
    if (std::ranges::find(pool.operands(args[1]), one) == pool.operands(args[1]).end())
      out.push_back(one);
  return pool.list(out);
}

ValueId apply_chunklist(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto size = args.size() > 1 ? as_integer(pool, args[1]) : std::nullopt;
  if (!size || *size <= 0 || !is_closed(pool, args[0])) return {};
  std::vector<ValueId> out, chunk;
  for (const ValueId one : items(pool, args[0])) {
    chunk.push_back(one);
    if (static_cast<std::int64_t>(chunk.size()) < *size) continue;
    out.push_back(pool.list(chunk));
    chunk.clear();
  }
  if (!chunk.empty()) out.push_back(pool.list(chunk));
  return pool.list(out);
}

ValueId apply_one(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (!pool.is(args[0], ValueKind::List)) return args[0];
  if (pool.operands(args[0]).empty()) return pool.null();
  return pool.operands(args[0]).front();
}

// any: one is true; all: none is not.
ValueId quantified(FunctionCall& call, Arguments args, bool any) {
  ValuePool& pool = call.build.pool;
  if (!is_closed(pool, args[0])) return {};
  ValueId result = pool.boolean(!any);
  for (const ValueId one : items(pool, args[0]))
    result = compute(pool, any ? "or" : "and", std::array{result, one});
  return result;
}
ValueId apply_alltrue(FunctionCall& call, Arguments args) { return quantified(call, args, false); }
ValueId apply_anytrue(FunctionCall& call, Arguments args) { return quantified(call, args, true); }

ValueId apply_matchkeys(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  for (const ValueId list : args)
    if (!is_closed(pool, list)) return {};
  if (args.size() < 3) return {};
  std::vector<ValueId> out;
  const std::size_t count = std::min(pool.operands(args[0]).size(), pool.operands(args[1]).size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto wanted = pool.operands(args[2]);
    if (std::ranges::find(wanted, pool.operands(args[1])[i]) != wanted.end())
      out.push_back(pool.operands(args[0])[i]);
  }
  return pool.list(out);
}

// --- Numbers

template <class Pick>
ValueId picked_number(FunctionCall& call, Arguments args, Pick pick) {
  ValuePool& pool = call.build.pool;
  std::optional<double> best;
  for (const ValueId arg : args) {
    const auto value = as_number(pool, arg);
    if (!value) return {};
    best = best ? pick(*best, *value) : *value;
  }
  return best ? number(pool, *best) : ValueId{};
}
ValueId apply_min(FunctionCall& call, Arguments args) {
  return picked_number(call, args, [](double a, double b) { return std::min(a, b); });
}
ValueId apply_max(FunctionCall& call, Arguments args) {
  return picked_number(call, args, [](double a, double b) { return std::max(a, b); });
}
ValueId apply_sum(FunctionCall& call, Arguments args) {
  if (!is_closed(call.build.pool, args[0])) return {};
  const std::vector<ValueId> all = items(call.build.pool, args[0]);
  return picked_number(call, all, [](double a, double b) { return a + b; });
}
template <class Change>
ValueId changed_number(FunctionCall& call, Arguments args, Change change) {
  const auto value = as_number(call.build.pool, args[0]);
  return value ? number(call.build.pool, change(*value)) : ValueId{};
}
ValueId apply_ceil(FunctionCall& call, Arguments args) {
  return changed_number(call, args, [](double v) { return std::ceil(v); });
}
ValueId apply_floor(FunctionCall& call, Arguments args) {
  return changed_number(call, args, [](double v) { return std::floor(v); });
}
ValueId apply_abs(FunctionCall& call, Arguments args) {
  return changed_number(call, args, [](double v) { return std::abs(v); });
}

// --- Types

ValueId same(FunctionCall&, Arguments args) { return args[0]; }

ValueId apply_tostring(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  if (is_null(pool, args[0])) return args[0];
  return pool.concat(args.first(1));
}
ValueId apply_tonumber(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto text = as_text(pool, args[0]);
  if (!text) return args[0];
  return as_number(pool, args[0]) ? pool.number(*text) : pool.absent();
}
ValueId apply_tobool(FunctionCall& call, Arguments args) {
  ValuePool& pool = call.build.pool;
  const auto text = as_text(pool, args[0]);
  if (text == "true" || text == "false") return pool.boolean(text == "true");
  return args[0];
}

// --- Encodings

ValueId apply_jsonencode(FunctionCall& call, Arguments args) {
  return json_text(call.build.pool, args[0]);
}

// --- What the platform of a run decides

ValueId apply_fresh(FunctionCall& call, Arguments) {
  const std::uint64_t place = call.at.expr.index + (std::uint64_t{call.at.text.index} << 32U);
  return call.build.pool.hole(Origin::Fresh, "uuid", place);
}
ValueId apply_clock(FunctionCall& call, Arguments) {
  return call.build.pool.hole(Origin::Clock, "timestamp", 0);
}

struct NamedFunction {
  std::string_view name;
  ValueId (*apply)(FunctionCall&, Arguments);
};
constexpr std::array kFunctions{
    NamedFunction{"abs", apply_abs},
    NamedFunction{"alltrue", apply_alltrue},
    NamedFunction{"anytrue", apply_anytrue},
    NamedFunction{"ceil", apply_ceil},
    NamedFunction{"chunklist", apply_chunklist},
    NamedFunction{"coalesce", apply_coalesce},
    NamedFunction{"coalescelist", apply_coalescelist},
    NamedFunction{"compact", apply_compact},
    NamedFunction{"concat", apply_concat},
    NamedFunction{"contains", apply_contains},
    NamedFunction{"distinct", apply_distinct},
    NamedFunction{"element", apply_element},
    NamedFunction{"flatten", apply_flatten},
    NamedFunction{"floor", apply_floor},
    NamedFunction{"index", apply_index},
    NamedFunction{"issensitive", nullptr},
    NamedFunction{"jsonencode", apply_jsonencode},
    NamedFunction{"keys", apply_keys},
    NamedFunction{"length", apply_length},
    NamedFunction{"lookup", apply_lookup},
    NamedFunction{"matchkeys", apply_matchkeys},
    NamedFunction{"max", apply_max},
    NamedFunction{"merge", apply_merge},
    NamedFunction{"min", apply_min},
    NamedFunction{"nonsensitive", same},
    NamedFunction{"one", apply_one},
    NamedFunction{"plantimestamp", apply_clock},
    NamedFunction{"range", apply_range},
    NamedFunction{"reverse", apply_reverse},
    NamedFunction{"sensitive", same},
    NamedFunction{"setintersection", apply_setintersection},
    NamedFunction{"setproduct", apply_setproduct},
    NamedFunction{"setsubtract", apply_setsubtract},
    NamedFunction{"setunion", apply_setunion},
    NamedFunction{"slice", apply_slice},
    NamedFunction{"sort", apply_sort},
    NamedFunction{"sum", apply_sum},
    NamedFunction{"timestamp", apply_clock},
    NamedFunction{"tobool", apply_tobool},
    NamedFunction{"tolist", same},
    NamedFunction{"tomap", same},
    NamedFunction{"tonumber", apply_tonumber},
    NamedFunction{"toset", apply_toset},
    NamedFunction{"tostring", apply_tostring},
    NamedFunction{"uuid", apply_fresh},
    NamedFunction{"values", apply_values},
    NamedFunction{"yamlencode", apply_jsonencode},
    NamedFunction{"zipmap", apply_zipmap},
};
static_assert(std::ranges::is_sorted(kFunctions, {}, &NamedFunction::name));

}  // namespace

ValueId over_alternatives(FunctionCall& call, std::string_view name, TerraformFunction apply,
                          std::vector<ValueId> args, std::size_t from) {
  ValuePool& pool = call.build.pool;
  std::size_t ways_of_all = 1;
  for (const ValueId arg : args)
    if (pool.is(arg, ValueKind::OneOf))
      ways_of_all = std::min(ways_of_all * pool.operands(arg).size(), kCombinations + 1);
  if (ways_of_all > kCombinations) return {};
  for (std::size_t i = from; i < args.size(); ++i) {
    if (!pool.is(args[i], ValueKind::OneOf)) continue;
    const ValueId several = args[i];
    std::vector<Alternative> ways;
    for (std::size_t w = 0; w < pool.operands(several).size(); ++w) {
      args[i] = pool.operands(several)[w];
      const ValueId one = over_alternatives(call, name, apply, args, i + 1);
      ways.push_back({one.exists() ? one : pool.computed(name, args), pool.guards(several)[w]});
    }
    return pool.one_of(ways);
  }
  return apply(call, args);
}

ValueId terraform_function(FunctionCall& call, std::string_view name) {
  ValuePool& pool = call.build.pool;
  if (name.starts_with("core::")) name.remove_prefix(6);
  if (is_lazy_function(name)) return terraform_lazy_function(call, name);
  const auto row = std::ranges::lower_bound(kFunctions, name, {}, &NamedFunction::name);
  const bool known = row != kFunctions.end() && row->name == name;
  if (known && row->apply != nullptr && name != "uuid" && call.arguments.empty() &&
      row->apply != apply_clock)
    return name == "merge" ? pool.record({}) : pool.list({});
  if (known && row->apply != nullptr) {
    // An alternative counts for itself only where what it is decides.
    const ValueId found = name == "coalesce"
                              ? row->apply(call, call.arguments)
                              : over_alternatives(call, row->name, row->apply, call.arguments);
    return found.exists() ? found : pool.computed(name, call.arguments);
  }
  if (known || is_one_of(known::functions_kept(), name) || name.find("::") != name.npos)
    return pool.computed(name, call.arguments);
  return terraform_text_function(call, name);
}

}  // namespace fnlint::stacks
