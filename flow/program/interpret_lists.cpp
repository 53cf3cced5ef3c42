// Methods of lists and records.

#include "core/text.h"
#include "flow/program/interpret_builtins.h"
#include "model/language_traits.h"

#include <algorithm>
#include <array>

namespace fnlint {

DatumId Builtins::pushed() {
  for (std::size_t i = 0; argument(i).exists(); ++i) p_.append(base_, argument(i), where_);
  return p_.absent();
}

// add(item), or add(index, item).
DatumId Builtins::added() {
  if (!argument(1).exists()) return pushed();
  const auto at = amount(0);
  std::vector<Slot> all = items();
  const bool is_known = at && *at >= 0 && *at <= static_cast<double>(all.size()) && !p_[base_].open;
  if (!is_known) {
    p_.change(base_).open = true;
    return p_.absent();
  }
  all.insert(all.begin() + static_cast<std::ptrdiff_t>(*at),
             {.value = argument(1), .key = where_, .where = where_});
  p_.change(base_).slots = std::move(all);
  return p_.absent();
}

DatumId Builtins::extended() {
  const DatumId other = argument(0);
  if (!p_.is(other, DatumKind::List)) {
    p_.change(base_).open = true;
    return p_.absent();
  }
  for (const Slot& one : std::vector<Slot>(p_[other].slots)) p_.append(base_, one.value, one.where);
  if (p_[other].open) p_.change(base_).open = true;
  return p_.absent();
}

DatumId Builtins::concatenated() {
  std::vector<Slot> out = items();
  bool is_open = p_[base_].open;
  for (std::size_t i = 0; argument(i).exists(); ++i) {
    const Datum row = p_[argument(i)];
    if (row.kind == DatumKind::List) {
      out.insert(out.end(), row.slots.begin(), row.slots.end());
      is_open = is_open || row.open;
    } else {
      out.push_back({.value = argument(i)});
    }
  }
  return p_.list(std::move(out), is_open);
}

DatumId Builtins::for_each() {
  for_items([&](const Slot& one, std::size_t i) { apply(argument(0), one.value, i); });
  return p_.absent();
}

// Of a map.
DatumId Builtins::for_each_entry() {
  const bool value_first = traits(p_.language()).maps_give_value_first;
  for_items([&](const Slot& one, std::size_t) {
    DatumId first = one.name.empty() ? p_.unknown("an unknown name") : p_.text(one.name);
    DatumId second = one.value;
    if (value_first) std::swap(first, second);
    p_.call(
        argument(0),
        {.given = {{.name = "0", .value = first}, {.name = "1", .value = second}}, .open = false},
        where_);
  });
  return p_.absent();
}

DatumId Builtins::mapped() {
  std::vector<Slot> out;
  for_items([&](const Slot& one, std::size_t i) {
    out.push_back({.value = apply(argument(0), one.value, i), .key = one.key, .where = one.where});
  });
  return p_.list(std::move(out), p_[base_].open);
}

DatumId Builtins::flat_mapped() { return flattened(mapped()); }
DatumId Builtins::flat() { return flattened(base_); }
DatumId Builtins::flattened(DatumId list) {
  std::vector<Slot> out;
  bool is_open = p_[list].open;
  for (const Slot& one : std::vector<Slot>(p_[list].slots)) {
    const Datum row = p_[p_.settled(one.value)];
    if (row.kind == DatumKind::List) {
      out.insert(out.end(), row.slots.begin(), row.slots.end());
      is_open = is_open || row.open;
    } else {
      out.push_back(one);
    }
  }
  return p_.list(std::move(out), is_open);
}

DatumId Builtins::filtered() {
  std::vector<Slot> out;
  bool is_open = p_[base_].open;
  std::size_t i = 0;
  for (const Slot& one : items()) {
    const DatumId keep = p_.truth(apply(argument(0), one.value, i++));
    if (!p_.is(keep, DatumKind::Bool)) {
      is_open = true;
    } else if (p_[keep].truth) {
      out.push_back(one);
    }
  }
  return p_.list(std::move(out), is_open);
}

DatumId Builtins::found() {
  std::size_t i = 0;
  for (const Slot& one : items()) {
    const DatumId keep = p_.truth(apply(argument(0), one.value, i++));
    if (!p_.is(keep, DatumKind::Bool)) return p_.unknown("an element that is looked for");
    if (p_[keep].truth) return one.value;
  }
  return p_[base_].open ? p_.unknown("an element that is looked for") : p_.absent();
}

DatumId Builtins::any() {
  bool is_open = p_[base_].open;
  std::size_t i = 0;
  for (const Slot& one : items()) {
    const DatumId is = p_.truth(apply(argument(0), one.value, i++));
    if (!p_.is(is, DatumKind::Bool)) {
      is_open = true;
    } else if (p_[is].truth) {
      return is;
    }
  }
  return is_open ? p_.unknown("a test of a list") : p_.boolean(false);
}

DatumId Builtins::reduced() {
  DatumId value = argument(1);
  std::size_t i = 0;
  for (const Slot& one : items()) {
    if (!value.exists()) {
      value = one.value;
      continue;
    }
    Arguments arguments;
    arguments.given = {{"0", value}, {"1", one.value}, {"2", p_.number(static_cast<double>(i++))}};
    value = p_.call(argument(0), arguments, where_);
  }
  return value.exists() ? value : p_.absent();
}

DatumId Builtins::list_joined() {
  const auto by = word(0);
  return joined(base_, by.value_or(","));
}

DatumId Builtins::joined(DatumId list, const std::string& by) {
  if (!p_.is(list, DatumKind::List) || p_[list].open) return open();
  std::vector<DatumId> parts;
  for (const Slot& one : std::vector<Slot>(p_[list].slots)) {
    if (!parts.empty()) parts.push_back(p_.text(by));
    parts.push_back(one.value);
  }
  return p_.concat(std::move(parts));
}

DatumId Builtins::list_part() {
  const std::vector<Slot> all = items();
  const double size = static_cast<double>(all.size());
  double from = amount(0).value_or(0), to = amount(1).value_or(size);
  if (from < 0) from += size;
  if (to < 0) to += size;
  from = std::clamp(from, 0.0, size);
  to = std::clamp(to, from, size);
  return p_.list({all.begin() + static_cast<std::ptrdiff_t>(from),
                  all.begin() + static_cast<std::ptrdiff_t>(to)},
                 p_[base_].open);
}

DatumId Builtins::pairs_of_list() {  // entries(), enumerate()
  std::vector<Slot> out;
  std::size_t i = 0;
  for (const Slot& one : items())
    out.push_back({.value = pair(p_.number(static_cast<double>(i++)), one.value)});
  return p_.list(std::move(out), p_[base_].open);
}

DatumId Builtins::reversed() {
  std::vector<Slot> out = items();
  std::ranges::reverse(out);
  return p_.list(std::move(out), p_[base_].open);
}

DatumId Builtins::popped() {
  if (p_[base_].slots.empty()) return none_left();
  const DatumId last = p_[base_].slots.back().value;
  p_.change(base_).slots.pop_back();
  return last;
}

DatumId Builtins::shifted() {
  if (p_[base_].slots.empty()) return none_left();
  const DatumId first = p_[base_].slots.front().value;
  p_.change(base_).slots.erase(p_.change(base_).slots.begin());
  return first;
}

DatumId Builtins::none_left() {
  return p_[base_].open ? p_.unknown("an element of an unknown list") : p_.absent();
}

DatumId Builtins::pair(DatumId first, DatumId second) {
  return p_.list({{.value = first}, {.value = second}});
}

DatumId Builtins::keys() {
  std::vector<Slot> out;
  for (const Slot& one : items()) out.push_back({.value = p_.text(one.name), .where = one.key});
  return p_.list(std::move(out), p_[base_].open);
}

DatumId Builtins::values() {
  std::vector<Slot> out;
  for (const Slot& one : items()) out.push_back({.value = one.value, .where = one.where});
  return p_.list(std::move(out), p_[base_].open);
}

DatumId Builtins::pairs() {
  std::vector<Slot> out;
  for (const Slot& one : items()) out.push_back({.value = pair(p_.text(one.name), one.value)});
  return p_.list(std::move(out), p_[base_].open);
}

DatumId Builtins::got() {
  const auto name = key(0);
  if (!name) return p_.unknown("an entry with an unknown name");
  if (const Slot* one = p_.slot(base_, *name)) return one->value;
  if (p_[base_].open) return p_.unknown(cat("'", *name, "' of an unknown record"));
  return argument(1).exists() ? argument(1) : p_.absent();
}

DatumId Builtins::taken_out() {
  const auto name = key(0);
  const DatumId value = got();
  if (name)
    std::erase_if(p_.change(base_).slots, [&](const Slot& one) { return one.name == *name; });
  else
    p_.change(base_).open = true;
  return value;
}

DatumId Builtins::entry_set() {
  const auto name = key(0);
  if (name && argument(1).exists())
    p_.set(base_, *name, argument(1), where_, where_);
  else
    p_.change(base_).open = true;
  return base_;
}

DatumId Builtins::entry_added() {
  const auto name = key(0);
  const Slot* const there = name ? p_.slot(base_, *name) : nullptr;
  return there != nullptr ? there->value : entry_set();
}

DatumId Builtins::updated() {
  for (const Slot& one : arguments_.given) {
    if (one.name != "0") {
      p_.set(base_, one.name, one.value, one.key, one.where);
      continue;
    }
    const DatumId other = p_.settled(one.value);
    if (!p_.is(other, DatumKind::Record) || p_[other].open) p_.change(base_).open = true;
    if (p_.is(other, DatumKind::Record))
      for (const Slot& each : std::vector<Slot>(p_[other].slots))
        p_.set(base_, each.name, each.value, each.key, each.where);
  }
  return p_.absent();
}

DatumId Builtins::copied() {
  return p_.is(base_, DatumKind::List) ? p_.list(items(), p_[base_].open)
                                       : p_.record(items(), p_[base_].open);
}

std::span<const Builtins::Row> Builtins::list_methods() {
  // clang-format off
  static constexpr std::array kRows{
      Row{"push", &Builtins::pushed},
      Row{"append", &Builtins::pushed},
      Row{"add", &Builtins::added},
      Row{"Add", &Builtins::added},
      Row{"addAll", &Builtins::extended},
      Row{"AddRange", &Builtins::extended},
      Row{"unshift", &Builtins::pushed},
      Row{"extend", &Builtins::extended},
      Row{"concat", &Builtins::concatenated},
      Row{"forEach", &Builtins::for_each},
      Row{"map", &Builtins::mapped},
      Row{"flatMap", &Builtins::flat_mapped},
      Row{"flat", &Builtins::flat},
      Row{"filter", &Builtins::filtered},
      Row{"find", &Builtins::found},
      Row{"some", &Builtins::any},
      Row{"reduce", &Builtins::reduced},
      Row{"join", &Builtins::list_joined},
      Row{"slice", &Builtins::list_part},
      Row{"includes", &Builtins::holds},
      Row{"has", &Builtins::holds},
      Row{"entries", &Builtins::pairs_of_list},
      Row{"values", &Builtins::itself},
      Row{"sort", &Builtins::itself},
      Row{"reverse", &Builtins::reversed},
      Row{"pop", &Builtins::popped},
      Row{"shift", &Builtins::shifted},
      Row{"copy", &Builtins::copied},
  };
  // clang-format on
  return kRows;
}

std::span<const Builtins::Row> Builtins::record_methods() {
  static constexpr std::array kRows{
      Row{"keys", &Builtins::keys},
      Row{"values", &Builtins::values},
      Row{"items", &Builtins::pairs},
      Row{"entries", &Builtins::pairs},
      Row{"get", &Builtins::got},
      Row{"pop", &Builtins::taken_out},
      Row{"remove", &Builtins::taken_out},
      Row{"set", &Builtins::entry_set},
      Row{"put", &Builtins::entry_set},
      Row{"Add", &Builtins::entry_set},
      Row{"putAll", &Builtins::updated},
      Row{"setdefault", &Builtins::entry_added},
      Row{"putIfAbsent", &Builtins::entry_added},
      Row{"TryAdd", &Builtins::entry_added},
      Row{"containsKey", &Builtins::holds},
      Row{"ContainsKey", &Builtins::holds},
      Row{"update", &Builtins::updated},
      Row{"copy", &Builtins::copied},
      Row{"has", &Builtins::holds},
      Row{"hasOwnProperty", &Builtins::holds},
      Row{"forEach", &Builtins::for_each_entry},
  };
  return kRows;
}

}  // namespace fnlint
