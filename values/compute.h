#pragma once

#include "values/pool.h"
#include "values/value_memo.h"

#include <functional>

namespace fnlint {

// Pure functions over values, evaluated as far as the operands are known, else kept as a Computed
// of that name. All distribute over OneOf (guards kept, within kAlternatives and kComparedPairs).
//
// Where the answer rests on a hole that may still be replaced (ValuePool::symbolic), a function
// waits as Computed and is computed anew by substitution. Where it rests on a hole that will not,
// each outcome that differs at the known ends becomes an alternative, kConditional.

// Entry `name` of a record, field of an event or context (extends the hole's path), attribute of a
// library path (extends it: "boto3" -> "boto3.client"), else Computed "member"(base, name).
ValueId member(ValuePool& pool, ValueId base, std::string_view name);
// The member that JavaScript's `typeof` is read as (frontends/source/javascript/javascript.h).
inline constexpr std::string_view kTypeof = "<typeof>";
// base[index]: a list's item by Number, a record's entry by Text, an event's element ("Records[]"),
// characters of a text; else Computed "index"(base, index).
ValueId index(ValuePool& pool, ValueId base, ValueId index);
// Any element of a list; the keys of a record are not its elements; else Computed "element"(base).
ValueId element(ValuePool& pool, ValueId base);
// base[from:to]: exact on known parts of texts and lists; no id: open end.
ValueId part(ValuePool& pool, ValueId base, ValueId from, ValueId to);
// record or list with one entry replaced or added; unknown key: open.
ValueId with_entry(ValuePool& pool, ValueId base, ValueId key, ValueId value);
// Puts the entries of a record after those that are there; whether the record is open from there
// on. One that is not known may replace what stands before it.
bool spread_into(ValuePool& pool, std::vector<NamedValue>& entries, ValueId record);
// What is not known whole, with the entries of `changes`, a record, put over its own.
ValueId changed(ValuePool& pool, ValueId whole, ValueId changes);

// Named functions: data (library models) and frontends' operators refer to these names; the table
// is in function_table.cpp. A regular expression is a Text, or an Unknown "regex /source/flags".
//   texts: replace(s, old, new, [count]) regex_replace(s, pattern, with) lower upper trim
//     strip(s, [chars]) lstrip rstrip strip_prefix(s, p) strip_suffix(s, p) split(s, sep, [most])
//     rsplit(s, sep, [most]) split_n(s, sep, pieces: all where < 0)
//     partition(s, sep): [before, sep, after] rpartition join(sep, list)
//     cut(s, sep): [before, after, found] cut_prefix(s, p): the rest, or nothing; cut_suffix
//     collected(x: of a list of pieces their text) concat appended(s, parts...: s where it is a
//     list) format(template, args...: {} or %) printf to_text index_of(s, p) last_index_of(s, p)
//     url_decode (identity) url_encode hash base64 base64_decode (identity) unzip (identity)
//     repeat(s, n) json_encode json_decode
//     taken(s, [regex]): what a parser takes out of a text, its parts under whatever names; what a
//     search finds by the expression. url_form(s): likewise; as a text it is encoded again
//   paths, by posix rules: basename(s, [suffix]) dirname stem (without directory and extension)
//     extension without_extension with_extension(path, extension) path_join(parts...: an absolute
//     part begins anew) path_normal_join(parts...: Node's) split_path: [folder, name]
//     split_extension: [path, extension] path_parse: Node's record path_starts_with: by whole parts
//   tests: equal not_equal less less_equal not and or truthy is_null is_empty is_not_empty
//     is_present in(x, container)
//     starts_with(s, p: a text or a list of them) ends_with contains matches(s, regex: somewhere)
//     matches_start matches_whole has(record, key) has_items(x) type_is(x, type)
//   numbers: add (also of texts and lists) subtract multiply divide modulo floor_divide power
//     bit_and bit_or bit_xor shift_left shift_right length
//     index_of(s, part): -1 where it is not; count(s, part) seconds(weeks, days, ..., seconds)
//   several: any_of(list, test), all_of, none_of: whether the test, asked of element(list),
//     holds of one, of each, of none; any_of(tests): of a list of tests
//   conditions of a write, which link/effects/table_writes.cpp reads: attribute_absent(name)
//     attribute_differs(name, value) attribute_equals(name, value)
//   conditions (values/where.h): where(value, tests...) filtered(list, tests...)
//     chosen(test, yes, no), of tests
//   collections: member index element first last part part_of_length(x, from, [length]) with_entry
//     merge(records...: a later entry of a name wins)
//     get(x, key, [otherwise])
//     held_or(x, otherwise: where x is null, or holds nothing: of an optional)
//     or_default(x, otherwise: where x is null) keys values entries: [key, value] from_entries
//     copied: a list with the elements of another; entered: what `with` gives of it
//     enumerate: [number, element] zip(lists...) map(key, value, key, value, ...)
// A path in a hole is taken to be relative, and to end without a slash. An unknown name stays
// Computed.
ValueId compute(ValuePool& pool, std::string_view name, std::span<const ValueId> operands);
ValueId compute(ValuePool& pool, Opcode opcode, std::span<const ValueId> operands);
// Whether what it gives is a yes or a no.
[[nodiscard]] bool is_test(std::string_view name);
[[nodiscard]] bool is_test(Opcode opcode);
[[nodiscard]] bool is_test(const ValuePool& pool, ValueId value);

// Whether a test value holds: Yes, No, or Unknown when it could be either or cannot be read.
Answer truth(ValuePool& pool, ValueId test);
// `test ? yes : no`, where these are true and false: the test, or its opposite. No id: they are
// not.
ValueId chosen_test(ValuePool& pool, ValueId test, ValueId yes, ValueId no);
// Equality of two values for every run: equal ids of known kinds and equal holes are Yes; different
// literals No; patterns are compared with their equal holes aligned.
Answer equal(ValuePool& pool, ValueId a, ValueId b);

// Replaces leaves: `leaf` is asked for every Hole and Object and returns no id to keep it;
// everything above is computed anew with `recompute` (name, operands) for Computed values, by
// default compute() with member, index and element mapped to the functions above. Shared parts are
// done once.
struct Substitution {
  std::function<ValueId(ValueId leaf)> leaf;
  std::function<ValueId(std::string_view name, std::span<const ValueId> operands)>
      recompute;  // may be empty
  // What is left of a OneOf, before its alternatives are replaced; may be empty.
  std::function<ValueId(ValueId choice)> left = {};
  // Which values may change at all: the others are kept without a look below them. None: all in
  // which there is a leaf, or something computed.
  bool (ValuePool::*concerns)(ValueId) const = nullptr;
};
class Substituter {
 public:
  Substituter(ValuePool& pool, const Substitution& substitution)
      : pool_(pool), substitution_(substitution) {}
  ValueId operator()(ValueId value);
  // What stands for leaves is another now.
  void forget() { done_ = {}; }

 private:
  [[nodiscard]] bool may_change(ValueId value) const;
  ValueId replaced(ValueId value);
  [[nodiscard]] std::uint8_t own_uncertainty(ValueId value) const;
  [[nodiscard]] std::vector<NamedValue> entries(ValueId value,
                                                std::span<const ValueId> operands) const;

  ValuePool& pool_;
  const Substitution& substitution_;
  ValueMemo done_;
};

// The value once nothing more will be replaced: what waited is computed as far as it goes.
ValueId finished(ValuePool& pool, ValueId value);

// Calls visit for the value and everything below it, each once, in a fixed order.
void for_each_below(const ValuePool& pool, ValueId value,
                    const std::function<void(ValueId)>& visit);
// `seen`: without what was visited before, which it adds to.
void for_each_below(const ValuePool& pool, ValueId value, ValueMemo& seen,
                    const std::function<void(ValueId)>& visit);
// Counts the value and everything below it, each once, up to the limit.
bool has_more_parts_than(const ValuePool& pool, ValueId value, std::size_t limit);
// Does any leaf have this origin? The taint question.
bool has_origin(const ValuePool& pool, ValueId value, Origin origin);
// Is any part of it computed so?
bool has_opcode(const ValuePool& pool, ValueId value, Opcode opcode);
// Short words for messages: "acme-${AWS::AccountId}", "event Records[].s3.object.key",
// "Uploads.Arn".
std::string describe(const ValuePool& pool, ValueId value);

std::optional<std::int64_t> as_integer(const ValuePool& pool,
                                       ValueId value);  // Number, or Text that is one
std::optional<std::string_view> as_text(const ValuePool& pool,
                                        ValueId value);  // Text, Number or Bool literal
// The text itself, or the literal that a Pattern begins with; else empty.
std::string_view literal_beginning(const ValuePool& pool, ValueId value);
// Whether it surely begins so, but for blanks and the case of letters.
bool begins_with(const ValuePool& pool, ValueId value, std::string_view beginning);

}  // namespace fnlint
