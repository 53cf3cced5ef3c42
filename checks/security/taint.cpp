// What of the event stands in a value, and what was asked of it before.

#include "checks/security/taint.h"

#include "core/text.h"
#include "values/implied.h"
#include "values/pool.h"
#include "values/regex_text.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

struct Taint::Walk {
  std::vector<Fact> holds;
  const CodeCall* given_to = nullptr;
  std::vector<BroughtIn> found = {};
  ValueMemo seen = {};
  int conditions = 0;  // that the value in work is met under
  int steps = 0;
};

namespace {

// What becomes of the operands' texts.
enum class Passes : std::uint8_t { Nothing, First, All };

constexpr auto kAll = std::to_array<Opcode>(
    {Opcode::Concat, Opcode::Join, Opcode::PathJoin, Opcode::PathNormalJoin, Opcode::OrDefault,
     Opcode::HeldOr, Opcode::Collected, Opcode::Printf, Opcode::Many, Opcode::Zip, Opcode::Merge});
constexpr auto kFirst =
    std::to_array<Opcode>({Opcode::Lower,          Opcode::Upper,       Opcode::Trim,
                           Opcode::Strip,          Opcode::Lstrip,      Opcode::Rstrip,
                           Opcode::ToText,         Opcode::UrlDecode,   Opcode::Base64Decode,
                           Opcode::JsonDecode,     Opcode::JsonEncode,  Opcode::Unzip,
                           Opcode::Element,        Opcode::First,       Opcode::Last,
                           Opcode::Member,         Opcode::Index,       Opcode::Part,
                           Opcode::PartOfLength,   Opcode::Split,       Opcode::Rsplit,
                           Opcode::SplitN,         Opcode::Partition,   Opcode::Rpartition,
                           Opcode::StripPrefix,    Opcode::StripSuffix, Opcode::Copied,
                           Opcode::Entered,        Opcode::Repeat,      Opcode::Values,
                           Opcode::Keys,           Opcode::Entries,     Opcode::Dirname,
                           Opcode::Stem,           Opcode::Basename,    Opcode::Extension,
                           Opcode::SplitPath,      Opcode::Enumerate,   Opcode::Cut,
                           Opcode::CutPrefix,      Opcode::CutSuffix,   Opcode::WithoutExtension,
                           Opcode::SplitExtension, Opcode::FromEntries, Opcode::Taken});

// What gives a part of something that a text was taken apart into.
constexpr auto kPart = std::to_array<Opcode>(
    {Opcode::Member, Opcode::Index, Opcode::Get, Opcode::Element, Opcode::First, Opcode::Last,
     Opcode::Entries, Opcode::Values, Opcode::Keys, Opcode::FromEntries, Opcode::Taken});

bool is_search(const ValuePool& pool, ValueId value) {
  const Opcode opcode = pool.opcode(value);
  return (opcode == Opcode::Taken && pool.operands(value).size() > 1) ||
         ((opcode == Opcode::Matches || opcode == Opcode::MatchesStart ||
           opcode == Opcode::MatchesWhole) &&
          pool.operands(value).size() > 1);
}

// "length", "index": numbers that a search tells of what it found.
bool is_count_of_found(const ValuePool& pool, ValueId part) {
  constexpr std::array<std::string_view, 8> kCounts{"length", "Length", "index",   "Index",
                                                    "size",   "Count",  "Success", "lastIndex"};
  const auto operands = pool.operands(part);
  return pool.opcode(part) == Opcode::Member && operands.size() > 1 &&
         std::ranges::find(kCounts, pool.text(operands[1])) != kCounts.end();
}

Passes what_passes(Opcode opcode) {
  if (std::ranges::find(kAll, opcode) != kAll.end()) return Passes::All;
  return std::ranges::find(kFirst, opcode) != kFirst.end() ? Passes::First : Passes::Nothing;
}

// "%d", ":05d", ":.2f": what is written so is a number.
bool is_number_layout(std::string_view layout) {
  constexpr std::string_view kLetters = "dioxXeEfFgGu";
  return (layout.starts_with('%') || layout.starts_with(':')) &&
         kLetters.find(layout.back()) != std::string_view::npos;
}

// `'SELECT %d' % n`: no placeholder takes a text.
bool has_text_placeholder(std::string_view text) {
  for (std::size_t at = text.find('%'); at != text.npos && at + 1 < text.size();
       at = text.find('%', at + 2)) {
    const std::size_t end = text.find_first_not_of("0123456789.+-# ", at + 1);
    if (end != text.npos && std::string_view("sra({<").find(text[end]) != text.npos) return true;
  }
  return false;
}

bool is_numeral(const ValuePool& pool, ValueId value) { return pool.is(value, ValueKind::Number); }
bool is_written(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Text) || pool.is(value, ValueKind::Pattern);
}

// What is left of `re.sub(r"[^a-z]", "", name)` is of a few letters.
bool keeps_few_letters(const ValuePool& pool, ValueId pattern) {
  const auto text = as_text(pool, pattern);
  const std::string_view known = text                                ? *text
                                 : pool.is(pattern, ValueKind::Hole) ? pool.text(pattern)
                                                                     : std::string_view();
  return known.find("[^") != std::string_view::npos ||
         known.find("\\W") != std::string_view::npos || known.find("\\D") != std::string_view::npos;
}

// What ends a text or a name in quotes: of standard SQL, MySQL and SQL Server.
constexpr std::string_view kQuotes = "'\"`]";

// What is left of a danger of SQL where quotes are replaced: the text cannot end the quotes that it
// stands in, if it does, and if no backslash goes before. Doubled, that is what is meant; one quote
// alone, as JavaScript's `replace` takes it, helps nothing.
std::uint8_t doubt_of_replaced(const ValuePool& pool, std::span<const ValueId> operands) {
  if (operands.size() != 3) return 0;
  const ValueId old = operands[1];
  const auto text = as_text(pool, old), with = as_text(pool, operands[2]);
  const std::string_view known = text                            ? *text
                                 : pool.is(old, ValueKind::Hole) ? pool.text(old)
                                                                 : std::string_view();
  const bool is_doubled = with && text && known.size() == 1 &&
                          kQuotes.find(known) != kQuotes.npos && *with == cat(known, known);
  if (is_doubled) return kUncertain;
  if (known.find('\'') == std::string_view::npos) return 0;
  return with && with->find('\'') != std::string_view::npos ? kUncertain : kHeuristic;
}

// In the same run of the same function, and written behind it.
bool stands_behind(const CodeCall& one, const CodeCall& other) {
  const auto same = [](const PlacedText& a, const PlacedText& b) { return a.where == b.where; };
  return one.where.file == other.where.file && one.where.range.begin > other.where.range.end &&
         std::ranges::equal(one.path, other.path, same);
}

// What a value may stand for: `query.size ?? 10`, a field of one of two records.
std::vector<ValueId> may_stand_for(const ValuePool& pool, ValueId value) {
  std::vector<ValueId> found{value};
  for (std::size_t i = 0; i < found.size() && found.size() < 16; ++i) {
    const ValueId one = found[i];
    const bool chooses = pool.is(one, ValueKind::OneOf) || pool.opcode(one) == Opcode::OrDefault ||
                         pool.opcode(one) == Opcode::Where;
    if (!chooses) continue;
    const auto operands = pool.operands(one);
    found.insert(found.end(), operands.begin(), operands.end());
  }
  return found;
}

}  // namespace

Taint::Taint(const ValuePool& pool, const LambdaFunction& function, std::string_view kind)
    : pool_(pool), kind_(kind) {
  for (const CodeCall& call : function.sinks) {
    const std::string_view what = pool.text(call.key);
    if (what == kVerified) cleaned_.push_back({call.value, false, &call, true});
    if (!what.starts_with(kCleaned)) continue;
    const std::string_view kinds = what.substr(kCleaned.size());
    if (cleans(kinds)) cleaned_.push_back({call.value, false, &call});
    if (kinds == "checked") cleaned_.push_back({call.value, true, &call});
    if (kinds == kHarmlessField || kinds == kCheckedField)
      for (const ValueId field : may_stand_for(pool, call.value))
        cleaned_.push_back({field, kinds == kCheckedField, &call});
  }
}

bool Taint::cleans(std::string_view kinds) const {
  return std::ranges::any_of(split(kinds, ','),
                             [&](std::string_view one) { return one == "all" || one == kind_; });
}

// None: it is clean.
std::optional<std::uint8_t> Taint::uncertainty_of_marks(const Walk& walk, ValueId value) const {
  const std::string_view path = pool_.is(value, ValueKind::Hole) ? pool_.text(value) : "";
  std::uint8_t uncertainty = 0;
  for (const Cleaned& mark : cleaned_) {
    if (mark.checked && walk.given_to != nullptr && stands_behind(*mark.by, *walk.given_to))
      continue;
    const bool is_hole = pool_.is(mark.value, ValueKind::Hole) && !path.empty();
    const std::string_view of = is_hole ? pool_.text(mark.value) : std::string_view();
    const bool same = mark.value == value || (is_hole && of == path) ||
                      (mark.with_parts && is_hole && path.starts_with(cat(of, ".")));
    if (same && !mark.checked) return std::nullopt;
    if (mark.checked && (same || (is_hole && path.starts_with(of)))) uncertainty |= kUncertain;
  }
  return uncertainty;
}

void Taint::take(Walk& walk, ValueId hole) const {
  if (pool_[hole].origin != Origin::Event) return;
  const std::optional<std::uint8_t> marks = uncertainty_of_marks(walk, hole);
  if (!marks) return;
  BroughtIn one{.hole = hole,
                .uncertainty = static_cast<std::uint8_t>(*marks | pool_[hole].uncertainty)};
  for (const Fact& fact : walk.holds) {
    const Tested tested = tested_by(pool_, hole, fact, kind_, walk.holds);
    if (tested == Tested::Clean) return;
    if (tested == Tested::Checked) one.uncertainty |= kUncertain;
  }
  const auto same = [&](const BroughtIn& other) { return other.hole == hole; };
  if (std::ranges::none_of(walk.found, same)) walk.found.push_back(one);
}

// A part of what was brought may be what was tested: `for key in body: if key in COLUMNS`.
bool Taint::is_tested(const Walk& walk, ValueId value) const {
  return pool_.is(value, ValueKind::Computed) &&
         std::ranges::any_of(walk.holds, [&](const Fact& fact) {
           return tested_by(pool_, value, fact, kind_, walk.holds) == Tested::Clean;
         });
}

void Taint::walk_all(Walk& walk, ValueId value, std::size_t from) const {
  const auto operands = pool_.operands(value);
  for (std::size_t i = from; i < operands.size(); ++i) this->walk(walk, operands[i]);
}

// What is found below may have become harmless.
void Taint::walk_doubted(Walk& walk, ValueId value, std::uint8_t doubt) const {
  Walk below{.holds = walk.holds,
             .given_to = walk.given_to,
             .conditions = walk.conditions,
             .steps = walk.steps};
  this->walk(below, value);
  walk.steps = below.steps;
  for (BroughtIn& one : below.found) {
    one.uncertainty |= doubt;
    const auto same = [&](const BroughtIn& other) { return other.hole == one.hole; };
    if (std::ranges::none_of(walk.found, same)) walk.found.push_back(one);
  }
}

bool Taint::under_tests(Walk& walk, ValueId value,
                        const std::function<bool(ValueId)>& goes_on) const {
  const auto operands = pool_.operands(value);
  const std::size_t before = walk.holds.size();
  for (const ValueId test : operands.subspan(1)) walk.holds.push_back({test, true});
  ++walk.conditions;
  const bool result = goes_on(operands[0]);
  --walk.conditions;
  walk.holds.resize(before);
  return result;
}

// What a function of a library gives that no row lets through is nobody's choice; one that cleans
// does so for some sinks.
void Taint::walk_object(Walk& walk, ValueId value) const {
  std::string_view path = pool_.text(value);
  if (path.ends_with("()")) path.remove_suffix(2);
  const LibraryModel* row = find_library_model(Language::Unknown, path);
  if (row != nullptr && row->carries && !pool_.operands(value).empty()) {
    const ValueId given = pool_.operands(value)[0];
    for (std::size_t i = 0; i < pool_.names(given).size(); ++i)
      if (pool_[pool_.names(given)[i]] == "0") this->walk(walk, pool_.operands(given)[i]);
    return;
  }
  if (row == nullptr || row->cleans.empty() || cleans(row->cleans)) return;
  if (!pool_.operands(value).empty()) walk_all(walk, pool_.operands(value)[0]);
}

// What was put under a key that is not known may be what another is asked for; it is where whoever
// chose it has also chosen the key.
void Taint::walk_entry(Walk& walk, std::span<const ValueId> operands) const {
  this->walk(walk, operands[0]);
  Walk of_key{.holds = walk.holds, .steps = walk.steps};
  this->walk(of_key, operands[1]);
  walk.steps = of_key.steps;
  if (of_key.found.empty()) return walk_doubted(walk, operands[2], kHeuristic);
  this->walk(walk, operands[2]);
}

// A part of the text that was searched: of all that it found, the whole or the group of that
// number.
void Taint::walk_found(Walk& walk, ValueId search, std::optional<std::int64_t> number) const {
  const auto operands = pool_.operands(search);
  const std::optional<Regex> regex = regex_of(pool_, operands[1]);
  if (!regex) return walk_doubted(walk, operands[0], kUncertain);
  std::vector<std::string_view> parts = captures_of(regex->source);
  const auto count = static_cast<std::int64_t>(parts.size());
  if (parts.empty() || number == 0)
    parts = {regex->source};
  else if (number && *number > 0 && *number <= count)
    parts = {parts[static_cast<std::size_t>(*number) - 1]};
  const auto finds = [](FoundByRegex what) {
    return [what](std::string_view part) { return found_by_regex(part) == what; };
  };
  if (std::ranges::all_of(parts, finds(FoundByRegex::Anything)))
    return this->walk(walk, operands[0]);
  if (!std::ranges::all_of(parts, finds(FoundByRegex::Named)))
    walk_doubted(walk, operands[0], kHeuristic);
}

// A part of what a text was taken apart into; false: it is of something else.
bool Taint::walk_part(Walk& walk, ValueId value) const {
  const Opcode opcode = pool_.opcode(value);
  if (opcode == Opcode::Taken && is_search(pool_, value)) return walk_found(walk, value, {}), true;
  if (std::ranges::find(kPart, opcode) == kPart.end()) return false;
  const ValueId whole = bare(pool_, pool_.operands(value)[0]);
  if (is_search(pool_, whole)) {
    const bool by_number = opcode == Opcode::Index && pool_.opcode(whole) != Opcode::Taken;
    if (!is_count_of_found(pool_, value))
      walk_found(walk, whole,
                 by_number ? as_integer(pool_, pool_.operands(value)[1]) : std::nullopt);
    return true;
  }
  if (pool_.opcode(whole) != Opcode::UrlForm) return false;
  this->walk(walk, pool_.operands(whole)[0]);
  return true;
}

void Taint::walk_computed(Walk& walk, ValueId value) const {
  const auto operands = pool_.operands(value);
  const Opcode opcode = pool_.opcode(value);
  if (operands.empty() || walk_part(walk, value)) return;
  switch (opcode) {
    case Opcode::Where:
    case Opcode::Given:
    case Opcode::Filtered:
      under_tests(walk, value, [&](ValueId one) { return this->walk(walk, one), true; });
      return;
    case Opcode::Get:
      this->walk(walk, operands[0]);
      if (operands.size() > 2) this->walk(walk, operands[2]);
      return;
    case Opcode::Add:
      if (std::ranges::none_of(operands, [&](ValueId one) { return is_numeral(pool_, one); }))
        walk_all(walk, value);
      return;
    case Opcode::Modulo: {
      const bool formats =
          is_written(pool_, operands[0]) && (pool_.is(operands[0], ValueKind::Pattern) ||
                                             has_text_placeholder(pool_.text(operands[0])));
      return formats ? walk_all(walk, value) : void();
    }
    case Opcode::Format: {
      const auto layout = as_text(pool_, operands[0]);
      const bool is_one = layout && operands.size() == 2 && !layout->empty();
      return is_one && is_number_layout(*layout) ? void() : walk_all(walk, value);
    }
    case Opcode::RegexReplace:
      if (operands.size() > 1 && keeps_few_letters(pool_, operands[1])) return;
      [[fallthrough]];
    case Opcode::Replace:
      if (const std::uint8_t doubt = kind_ == "sql" ? doubt_of_replaced(pool_, operands) : 0;
          doubt != 0)
        return walk_doubted(walk, operands[0], doubt);
      this->walk(walk, operands[0]);
      if (operands.size() > 2) this->walk(walk, operands[2]);
      return;
    case Opcode::Basename: return kind_ == "path" ? void() : this->walk(walk, operands[0]);
    case Opcode::WithEntry: return walk_entry(walk, operands);
    default: break;
  }
  const Passes how = what_passes(opcode);
  if (how == Passes::All) walk_all(walk, value);
  if (how == Passes::First) this->walk(walk, operands[0]);
}

void Taint::walk(Walk& walk, ValueId value) const {
  constexpr std::uint32_t kEvent = 1U << static_cast<unsigned>(Origin::Event);
  constexpr int kSteps = 4096;
  if (!value.exists() || (pool_.origins(value) & kEvent) == 0 || ++walk.steps > kSteps) return;
  const Value& row = pool_[value];
  if (row.kind == ValueKind::Hole) return take(walk, value);
  // What was met under other tests is asked again.
  if (row.kind == ValueKind::Computed && walk.seen.find(value) != nullptr && walk.conditions == 0)
    return;
  if (walk.conditions == 0) walk.seen.add(value, value);
  if (!uncertainty_of_marks(walk, value) || is_tested(walk, value)) return;
  switch (row.kind) {
    case ValueKind::Pattern:
    case ValueKind::List:
    case ValueKind::Record:
    case ValueKind::Task:
    case ValueKind::OneOf: return walk_all(walk, value);
    case ValueKind::Computed: return walk_computed(walk, value);
    case ValueKind::Object: return walk_object(walk, value);
    default: return;
  }
}

std::vector<BroughtIn> Taint::in(ValueId value, const std::vector<Fact>& holds,
                                 const CodeCall* given_to) const {
  Walk walk{.holds = holds, .given_to = given_to};
  this->walk(walk, value);
  return walk.found;
}

// Whether what follows may still belong to the host. `before`: what is known of the address so far.
bool Taint::walk_host(Walk& walk, ValueId value, std::string& before) const {
  const auto is_past_host = [&] {
    const std::size_t scheme = before.find("://");
    return scheme == before.npos ? !before.empty() && before.find('/') != before.npos
                                 : before.find_first_of("/?#", scheme + 3) != before.npos;
  };
  if (pool_.is(value, ValueKind::Text)) {
    before += pool_.text(value);
    return !is_past_host();
  }
  if (pool_.is(value, ValueKind::Computed) && pool_.opcode(value) == Opcode::Where)
    return under_tests(walk, value, [&](ValueId one) { return walk_host(walk, one, before); });
  if (pool_.opcode(value) == Opcode::Taken && pool_.operands(value).size() == 1)  // new URL(text)
    return walk_host(walk, pool_.operands(value)[0], before);
  const bool joins = pool_.is(value, ValueKind::Computed) &&
                     (pool_.opcode(value) == Opcode::Concat || pool_.opcode(value) == Opcode::Add);
  if (pool_.is(value, ValueKind::Pattern) || joins) {
    for (const ValueId part : pool_.operands(value))
      if (!walk_host(walk, part, before)) return false;
    return true;
  }
  if (pool_.is(value, ValueKind::OneOf)) {
    std::optional<std::string> open;  // so far, of one that does not end the host
    for (const ValueId one : pool_.operands(value)) {
      std::string same = before;
      if (walk_host(walk, one, same) && !open) open = std::move(same);
    }
    if (open) before = *open;
    return open.has_value();
  }
  this->walk(walk, value);
  return false;
}

std::vector<BroughtIn> Taint::in_host(ValueId value, const std::vector<Fact>& holds) const {
  Walk walk{.holds = holds};
  std::string before;
  walk_host(walk, value, before);
  return walk.found;
}

}  // namespace fnlint
