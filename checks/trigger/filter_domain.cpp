// Walks a pattern alongside the shape of the source's events, and finds fields that do not exist,
// matchers that contradict the field's type, and values that it never has.

#include "checks/trigger/filter_domain.h"

#include "core/text.h"
#include "values/compute.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

using Never = std::optional<NeverMatches>;

constexpr std::array<std::string_view, 8> kMatchers{"anything-but", "cidr",    "equals-ignore-case",
                                                    "exists",       "numeric", "prefix",
                                                    "suffix",       "wildcard"};

Never no(std::string why, std::uint8_t uncertainty = 0) {
  return NeverMatches{std::move(why), uncertainty};
}

std::string quoted(std::string_view path) { return cat("'", path, "'"); }

// A field that is reached: what it holds, and where its own fields are listed.
struct Place {
  FieldHolds holds = FieldHolds::Any;
  std::span<const std::string_view> only = {};
  const EventShape* shape = nullptr;  // whose fields `inner` leads to
  std::string inner = {};             // path within `shape`
  std::string shown = {};             // path from the record
};

class Walk {
 public:
  Walk(const ValuePool& pool, const FilterDomain& domain) : pool_(pool), domain_(domain) {}

  Never record(ValueId pattern, const Place& at, int depth) {
    if (depth == 0) return std::nullopt;
    if (pool_.is(pattern, ValueKind::OneOf))
      return each(pattern, [&](ValueId one) { return record(one, at, depth - 1); });
    if (!pool_.is(pattern, ValueKind::Record)) return std::nullopt;
    const auto names = pool_.names(pattern);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string_view name = pool_[names[i]];
      const ValueId wanted = pool_.operands(pattern)[i];
      if (name == kRest) continue;
      if (Never never = name == "$or" ? any_record(wanted, at, depth - 1)
                                      : field(wanted, name, at, depth - 1))
        return never;
    }
    return std::nullopt;
  }

 private:
  // All alternatives have to be impossible.
  template <class Ask>
  Never each(ValueId one_of, Ask ask) {
    Never last;
    for (const ValueId one : pool_.operands(one_of)) {
      Never never = ask(one);
      if (!never) return std::nullopt;
      last = std::move(never);
      last->uncertainty |= pool_[one].uncertainty;
    }
    return last;
  }

  Never any_record(ValueId patterns, const Place& at, int depth) {
    if (!pool_.is(patterns, ValueKind::List) || pool_[patterns].ref != 0 ||
        pool_.operands(patterns).empty())
      return std::nullopt;
    return each(patterns, [&](ValueId one) { return record(one, at, depth); });
  }

  // Nothing where the record has no such field.
  std::optional<Place> child(const Place& at, std::string_view name) const {
    Place below{.shown = at.shown.empty() ? std::string(name) : cat(at.shown, ".", name)};
    if (at.holds == FieldHolds::Any) return below;
    if (at.holds == FieldHolds::Attributes) {  // names of the user, values by their types
      below.holds = FieldHolds::Record;
      below.shape = find_event_shape("attribute");
      return below;
    }
    below.shape = at.shape;
    below.inner = at.inner.empty() ? std::string(name) : cat(at.inner, ".", name);
    const auto row = std::ranges::find(at.shape->fields, below.inner, &EventField::path);
    if (row == at.shape->fields.end() || domain_.missing.contains(below.shown)) return std::nullopt;
    below.holds = row->holds;
    below.only = row->only;
    return below;
  }

  Never field(ValueId wanted, std::string_view name, const Place& at, int depth) {
    if (pool_.is(wanted, ValueKind::OneOf))
      return each(wanted, [&](ValueId one) { return field(one, name, at, depth - 1); });
    // "detail.bucket.name" is taken for the path that it spells.
    if (name.find('.') != name.npos && at.holds == FieldHolds::Record) return std::nullopt;
    const std::optional<Place> below = child(at, name);
    if (!below) return asks_absence(wanted) ? std::nullopt : no_field(name, at);
    if (pool_.is(wanted, ValueKind::Record)) return nested(wanted, *below, depth);
    if (pool_.is(wanted, ValueKind::List)) return list(wanted, *below);
    // Neither a list nor a map.
    const ValueKind kind = pool_[wanted].kind;
    const bool scalar = kind == ValueKind::Text || kind == ValueKind::Number ||
                        kind == ValueKind::Bool || kind == ValueKind::Null;
    if (!scalar) return std::nullopt;
    return no(cat("the value of ", quoted(below->shown), " is not a list, which is refused"),
              pool_[wanted].uncertainty);
  }

  Never no_field(std::string_view name, const Place& at) const {
    const std::string shown = at.shown.empty() ? std::string(name) : cat(at.shown, ".", name);
    if (domain_.missing.contains(shown))
      return no(cat("there is no ", quoted(shown), ", because ", domain_.missing_because));
    if (at.shape->source == "attribute")
      return no(cat(quoted(at.shown),
                    " holds its value under its type ('S', 'N', ...), not under '", name, "'"));
    return no(cat("there is no field ", quoted(shown), " in ", at.shape->words));
  }

  Never nested(ValueId wanted, const Place& at, int depth) {
    if (!domain_.nested)
      return no(cat(quoted(at.shown), " asks for fields of a message attribute, which is refused"));
    if (at.holds == FieldHolds::Any || at.holds == FieldHolds::Record ||
        at.holds == FieldHolds::Attributes)
      return record(wanted, at, depth);
    return no(cat(quoted(at.shown), " is not an object, so nothing below it matches"));
  }

  // [{"exists": false}]
  bool asks_absence(ValueId wanted) const {
    if (pool_.is(wanted, ValueKind::Record))  // all that it asks for below
      return std::ranges::all_of(pool_.operands(wanted),
                                 [&](ValueId one) { return asks_absence(one); });
    if (!pool_.is(wanted, ValueKind::List)) return !is_plain(wanted);
    return pool_[wanted].ref != 0 || std::ranges::any_of(pool_.operands(wanted), [&](ValueId one) {
             if (!pool_.is(one, ValueKind::Record)) return !is_plain(one);
             const auto names = pool_.names(one);
             return names.size() != 1 || (pool_[names[0]] == "exists" &&
                                          as_text(pool_, pool_.operands(one)[0]) != "true");
           });
  }

  bool is_plain(ValueId value) const {
    const ValueKind kind = pool_[value].kind;
    return kind == ValueKind::Text || kind == ValueKind::Number || kind == ValueKind::Bool ||
           kind == ValueKind::Null;
  }

  // One of the matchers has to be possible.
  Never list(ValueId wanted, const Place& at) {
    if (pool_[wanted].ref != 0) return std::nullopt;
    // An empty default waits for what a deployment gives.
    if (pool_.operands(wanted).empty() && (pool_[wanted].uncertainty & kOverridable) != 0)
      return std::nullopt;
    if (pool_.operands(wanted).empty())
      return no(cat("the list of ", quoted(at.shown), " is empty"));
    return each(wanted, [&](ValueId one) { return matcher(one, at); });
  }

  Never matcher(ValueId one, const Place& at) {
    if (pool_.is(one, ValueKind::OneOf))
      return each(one, [&](ValueId choice) { return matcher(choice, at); });
    if (pool_.is(one, ValueKind::Record)) return special(one, at);
    if (!is_plain(one)) return std::nullopt;
    switch (at.holds) {
      case FieldHolds::Any: return literal_star(one, at);
      case FieldHolds::Record:
      case FieldHolds::Attributes: return no_leaf(at);
      case FieldHolds::Number:
        if (pool_.is(one, ValueKind::Number)) return std::nullopt;
        return no(cat(quoted(at.shown), " is a number, not ", describe(pool_, one)));
      case FieldHolds::Bool:
        if (pool_.is(one, ValueKind::Bool)) return std::nullopt;
        return no(cat(quoted(at.shown), " is true or false, not ", describe(pool_, one)));
      case FieldHolds::Text:
      case FieldHolds::Texts: break;
    }
    if (!pool_.is(one, ValueKind::Text))
      return no(cat(quoted(at.shown), " is a string, not the ",
                    pool_.is(one, ValueKind::Number) ? "number " : "value ", describe(pool_, one)));
    if (at.only.empty()) return literal_star(one, at);
    if (std::ranges::find(at.only, pool_.text(one)) != at.only.end()) return std::nullopt;
    return no(cat(quoted(at.shown), " is never \"", pool_.text(one), "\", but ", listed(at.only)),
              pool_[one].uncertainty);
  }

  // "orders/*": compared as it is, where a matcher was meant.
  Never literal_star(ValueId one, const Place& at) const {
    if (!pool_.is(one, ValueKind::Text)) return std::nullopt;
    const std::string_view text = pool_.text(one);
    const bool is_within = text.size() > 1 && text.starts_with('*') && text.ends_with('*');
    if (is_within || (!text.starts_with('*') && !text.ends_with('*'))) return std::nullopt;
    const std::string_view meant = text == "*"           ? "{\"exists\": true} takes any value"
                                   : text.ends_with('*') ? "{\"prefix\": ...} takes what begins so"
                                                         : "{\"suffix\": ...} takes what ends so";
    return no(cat("a '*' in the list of ", quoted(at.shown), " stands for itself, as in \"", text,
                  "\"; ", meant),
              static_cast<std::uint8_t>(pool_[one].uncertainty | kHeuristic));
  }

  static Never no_leaf(const Place& at) {
    const std::string_view how =
        at.shape != nullptr && at.shape->source == "attribute"
            ? " holds its value under its type, as {\"S\": [...]}"
            : " is an object: a filter can match its fields, but not the whole";
    return no(cat(quoted(at.shown), how));
  }

  static std::string listed(std::span<const std::string_view> texts) {
    std::string all;
    for (std::size_t i = 0; i < texts.size() && i < 4; ++i)
      all += cat(i == 0 ? "" : i + 1 == texts.size() ? " or " : ", ", texts[i]);
    return texts.size() > 4 ? all + ", ..." : all;
  }

  Never special(ValueId one, const Place& at) {
    const auto names = pool_.names(one);
    if (names.size() != 1 || pool_[one].ref != 0) return std::nullopt;
    const std::string_view name = pool_[names[0]];
    const ValueId operand = pool_.operands(one)[0];
    if (std::ranges::find(kMatchers, name) == kMatchers.end())
      return no(cat("'", name, "' in the list of ", quoted(at.shown), " is not a matcher"));
    const bool wants_there =
        name == "exists" && as_text(pool_, operand) == std::optional<std::string_view>("true");
    if (name == "exists" && !wants_there) return std::nullopt;
    if (at.holds == FieldHolds::Any) return std::nullopt;
    if (at.holds == FieldHolds::Record || at.holds == FieldHolds::Attributes) return no_leaf(at);
    if (name == "numeric" && (at.holds == FieldHolds::Text || at.holds == FieldHolds::Texts))
      return no(cat(quoted(at.shown), " is a string",
                    at.shown.ends_with(".N") ? " that holds a number" : "",
                    ", so 'numeric' never matches it"));
    if ((name == "prefix" || name == "suffix") && !at.only.empty() &&
        pool_.is(operand, ValueKind::Text)) {
      const std::string_view end = pool_.text(operand);
      const bool some = std::ranges::any_of(at.only, [&](std::string_view text) {
        return name == "prefix" ? text.starts_with(end) : text.ends_with(end);
      });
      if (!some) return no(cat(quoted(at.shown), " never has the ", name, " \"", end, "\""));
    }
    return std::nullopt;
  }

  const ValuePool& pool_;
  const FilterDomain& domain_;
};

}  // namespace

Never never_matches(const ValuePool& pool, ValueId pattern, const FilterDomain& domain) {
  constexpr int kDepth = 32;
  Place record{.shape = domain.shape};
  if (domain.shape != nullptr) record.holds = FieldHolds::Record;
  if (pool.is(pattern, ValueKind::Text))
    return no("it is not a JSON object, which is refused", pool[pattern].uncertainty);
  return Walk(pool, domain).record(pattern, record, kDepth);
}

}  // namespace fnlint
