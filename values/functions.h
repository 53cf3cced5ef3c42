// The internal interface of this folder: what the function table calls, and the helpers for partly
// known texts, paths and numbers that its units share.
#pragma once

#include "values/compute.h"

namespace fnlint {

// The functions behind compute(), for this folder alone. Each takes operands that are no OneOf
// (except where its row in the table says so), and gives no id when the operands are not known well
// enough: the value then stays Computed.
using Operands = std::span<const ValueId>;

// Access (access.cpp).
ValueId compute_member(ValuePool& pool, Operands operands);
ValueId compute_index(ValuePool& pool, Operands operands);
ValueId compute_element(ValuePool& pool, Operands operands);
ValueId compute_entered(ValuePool& pool, Operands operands);
ValueId compute_part(ValuePool& pool, Operands operands);
ValueId compute_part_of_length(ValuePool& pool, Operands operands);
ValueId compute_with_entry(ValuePool& pool, Operands operands);
ValueId compute_merge(ValuePool& pool, Operands operands);
ValueId compute_length(ValuePool& pool, Operands operands);

// Texts (replace.cpp, anchored.cpp, strip.cpp, texts.cpp, split.cpp, format.cpp).
ValueId compute_replace(ValuePool& pool, Operands operands);
ValueId compute_regex_replace(ValuePool& pool, Operands operands);
ValueId compute_strip_prefix(ValuePool& pool, Operands operands);
ValueId compute_strip_suffix(ValuePool& pool, Operands operands);
ValueId compute_strip(ValuePool& pool, Operands operands);
ValueId compute_lstrip(ValuePool& pool, Operands operands);
ValueId compute_rstrip(ValuePool& pool, Operands operands);
ValueId compute_lower(ValuePool& pool, Operands operands);
ValueId compute_upper(ValuePool& pool, Operands operands);
ValueId compute_chosen(ValuePool& pool, Operands operands);
ValueId compute_appended(ValuePool& pool, Operands operands);
ValueId compute_concat(ValuePool& pool, Operands operands);
ValueId compute_to_text(ValuePool& pool, Operands operands);
ValueId compute_same(ValuePool& pool, Operands operands);
ValueId compute_url_decode(ValuePool& pool, Operands operands);
ValueId compute_repeat(ValuePool& pool, Operands operands);
ValueId compute_url_encode(ValuePool& pool, Operands operands);
ValueId compute_json_decode(ValuePool& pool, Operands operands);
ValueId compute_split(ValuePool& pool, Operands operands);
ValueId compute_rsplit(ValuePool& pool, Operands operands);
ValueId compute_partition(ValuePool& pool, Operands operands);
ValueId compute_rpartition(ValuePool& pool, Operands operands);
ValueId compute_seconds(ValuePool& pool, Operands operands);
ValueId compute_count(ValuePool& pool, Operands operands);
ValueId compute_cut(ValuePool& pool, Operands operands);
ValueId compute_cut_prefix(ValuePool& pool, Operands operands);
ValueId compute_cut_suffix(ValuePool& pool, Operands operands);
ValueId compute_split_n(ValuePool& pool, Operands operands);
ValueId compute_join(ValuePool& pool, Operands operands);
ValueId compute_collected(ValuePool& pool, Operands operands);
ValueId compute_format(ValuePool& pool, Operands operands);
ValueId compute_printf(ValuePool& pool, Operands operands);
// Item `index` (a slice) of split(s, sep) and rsplit(s, sep), where the texts are not known whole.
ValueId index_of_split(ValuePool& pool, ValueId split, std::int64_t index);
bool is_split(const ValuePool& pool, ValueId value);
ValueId length_of_split(ValuePool& pool, ValueId split);
ValueId part_of_split(ValuePool& pool, ValueId split, std::int64_t from);

// Collections, and what library models name (collections.cpp).
ValueId compute_converted(ValuePool& pool, Operands operands);
ValueId compute_copied(ValuePool& pool, Operands operands);
ValueId compute_from_entries(ValuePool& pool, Operands operands);
ValueId compute_get(ValuePool& pool, Operands operands);
ValueId compute_enumerate(ValuePool& pool, Operands operands);
ValueId compute_zip(ValuePool& pool, Operands operands);
ValueId compute_map(ValuePool& pool, Operands operands);
ValueId compute_entries(ValuePool& pool, Operands operands);
ValueId compute_keys(ValuePool& pool, Operands operands);
ValueId compute_values(ValuePool& pool, Operands operands);
ValueId compute_split_extension(ValuePool& pool, Operands operands);
ValueId compute_split_path(ValuePool& pool, Operands operands);
ValueId compute_path_parse(ValuePool& pool, Operands operands);
ValueId compute_path_starts_with(ValuePool& pool, Operands operands);
ValueId compute_or_default(ValuePool& pool, Operands operands);
ValueId compute_held_or(ValuePool& pool, Operands operands);
// Tests of several (several.cpp).
ValueId compute_any(ValuePool& pool, Operands operands);
ValueId compute_all(ValuePool& pool, Operands operands);
ValueId compute_none(ValuePool& pool, Operands operands);
// Conditions (where.cpp).
ValueId compute_where(ValuePool& pool, Operands operands);
ValueId compute_filtered(ValuePool& pool, Operands operands);
// element() of a Computed enumerate, zip or entries; no id for others.
ValueId element_of_function(ValuePool& pool, ValueId list);
ValueId without_empty(ValuePool& pool, ValueId value);

// Paths (paths.cpp, path_join.cpp).
ValueId compute_basename(ValuePool& pool, Operands operands);
ValueId compute_dirname(ValuePool& pool, Operands operands);
// The folders below a known one that dirname leaves of a path: nothing, or a text that begins with
// '/'.
bool is_folders_below(const ValuePool& pool, ValueId value);
ValueId compute_stem(ValuePool& pool, Operands operands);
ValueId compute_extension(ValuePool& pool, Operands operands);
ValueId compute_without_extension(ValuePool& pool, Operands operands);
ValueId compute_path_join(ValuePool& pool, Operands operands);
ValueId compute_path_normal_join(ValuePool& pool, Operands operands);

// Tests (truth.cpp, type_is.cpp).
ValueId compute_equal(ValuePool& pool, Operands operands);
ValueId compute_not_equal(ValuePool& pool, Operands operands);
ValueId compute_less(ValuePool& pool, Operands operands);
ValueId compute_less_equal(ValuePool& pool, Operands operands);
ValueId compute_not(ValuePool& pool, Operands operands);
ValueId compute_and(ValuePool& pool, Operands operands);
ValueId compute_or(ValuePool& pool, Operands operands);
ValueId compute_in(ValuePool& pool, Operands operands);
ValueId compute_starts_with(ValuePool& pool, Operands operands);
ValueId compute_ends_with(ValuePool& pool, Operands operands);
ValueId compute_contains(ValuePool& pool, Operands operands);
ValueId compute_matches(ValuePool& pool, Operands operands);
ValueId compute_matches_start(ValuePool& pool, Operands operands);
ValueId compute_matches_whole(ValuePool& pool, Operands operands);
ValueId compute_is_empty(ValuePool& pool, Operands operands);
ValueId compute_is_not_empty(ValuePool& pool, Operands operands);
ValueId compute_is_null(ValuePool& pool, Operands operands);
ValueId compute_is_present(ValuePool& pool, Operands operands);
ValueId compute_has(ValuePool& pool, Operands operands);
ValueId compute_has_items(ValuePool& pool, Operands operands);
ValueId compute_type_is(ValuePool& pool, Operands operands);
// What `typeof` gives; no id: it is not known.
ValueId name_of_type(ValuePool& pool, ValueId value);
// Whether a type is one that languages have for plain values: a text, a number, a list, a map.
bool is_plain_type(std::string_view type);
ValueId compute_truthy(ValuePool& pool, Operands operands);

// Positions (positions.cpp).
ValueId compute_index_of(ValuePool& pool, Operands operands);
ValueId compute_last_index_of(ValuePool& pool, Operands operands);
ValueId compute_first(ValuePool& pool, Operands operands);
ValueId compute_last(ValuePool& pool, Operands operands);
ValueId compute_with_extension(ValuePool& pool, Operands operands);
// What a comparison of an index_of with 0 or -1 asks of the text; no id for other comparisons.
// Whether a value is the last position of a part in a text; the one after it.
bool is_last_position(const ValuePool& pool, ValueId value, ValueId text, std::string_view part);
bool is_after_last(const ValuePool& pool, ValueId value, ValueId text, std::string_view part);
ValueId position_test(ValuePool& pool, std::string_view test, ValueId a, ValueId b);

// Numbers (numbers.cpp).
ValueId compute_add(ValuePool& pool, Operands operands);
ValueId compute_subtract(ValuePool& pool, Operands operands);
ValueId compute_multiply(ValuePool& pool, Operands operands);
ValueId compute_divide(ValuePool& pool, Operands operands);
ValueId compute_modulo(ValuePool& pool, Operands operands);
ValueId compute_floor_divide(ValuePool& pool, Operands operands);
ValueId compute_power(ValuePool& pool, Operands operands);
ValueId compute_bit_and(ValuePool& pool, Operands operands);
ValueId compute_bit_or(ValuePool& pool, Operands operands);
ValueId compute_bit_xor(ValuePool& pool, Operands operands);
ValueId compute_shift_left(ValuePool& pool, Operands operands);
ValueId compute_shift_right(ValuePool& pool, Operands operands);
// `base + offset` with as much as is known of the offset: add(add(n, 1), 2) is {n, 3}.
struct Linear {
  ValueId base = {};  // no id: a plain integer
  std::int64_t offset = 0;
};
Linear linear_of(const ValuePool& pool, ValueId value);

// What a function gives, whatever its operands: a test is a boolean, a text is never null.
enum class Gives : std::uint8_t { Any, Text, Test, Number };
Gives gives(Opcode opcode);

// --- Helpers (parts.cpp).
// Text, Pattern, or one thing that may stand in a Pattern.
bool is_text_like(ValueKind kind);
bool is_nullish(const ValuePool& pool, ValueId value);  // absent or null
bool is_text(const ValuePool& pool, ValueId value);     // a Text literal
// A Text that is short enough to be worked on.
std::optional<std::string_view> known_text(const ValuePool& pool, ValueId value);
// The parts of a text-like value: a Pattern's, or the value itself.
Operands parts_of(const ValuePool& pool, const ValueId& value);
// The bytes that a hole cannot hold.
std::string_view excludes_of(const ValuePool& pool, ValueId part);
bool may_hold(const ValuePool& pool, ValueId part, std::string_view text);
// Do the two stand for the same run-time text?
bool same_part(ValuePool& pool, ValueId a, ValueId b);
ValueId call(ValuePool& pool, std::string_view name, std::initializer_list<ValueId> operands);
ValueId call(ValuePool& pool, Opcode opcode, std::initializer_list<ValueId> operands);

// Whether a value is a text, or what comes of one.
inline bool is_textual(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Text) || pool.is(value, ValueKind::Pattern)) return true;
  return gives(pool.opcode(value)) == Gives::Text;
}

}  // namespace fnlint
