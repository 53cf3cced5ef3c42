#pragma once

#include "values/pool.h"

#include <functional>

namespace fnlint {

// Pure functions over values, evaluated as far as the operands are known, else kept as a Computed
// of that name. All distribute over OneOf (guards kept, within kAlternatives and kComparedPairs).

// Entry `name` of a record, field of an event or context (extends the hole's path), attribute of a
// library path (extends it: "boto3" -> "boto3.client"), else Computed "member"(base, name).
ValueId member(ValuePool& pool, ValueId base, std::string_view name);
// base[index]: a list's item by Number, a record's entry by Text, an event's element ("Records[]"),
// characters of a text; else Computed "index"(base, index).
ValueId index(ValuePool& pool, ValueId base, ValueId index);
// Any element of a list; the keys of a record are not its elements; else Computed "element"(base).
ValueId element(ValuePool& pool, ValueId base);
// base[from:to]: exact on known parts of texts and lists; no id: open end.
ValueId part(ValuePool& pool, ValueId base, ValueId from, ValueId to);
// record or list with one entry replaced or added; unknown key: open.
ValueId with_entry(ValuePool& pool, ValueId base, ValueId key, ValueId value);

// Named functions: data (library models) and frontends' operators refer to these names. See the
// table in compute.cpp.
//   text: replace(s, old, new, [count]) lower upper trim strip_prefix strip_suffix strip(s, chars)
//   lstrip rstrip split(s, sep)
//     rsplit join(sep, list) basename(s, [ending to leave off]) dirname stem(s: without directory
//     and extension) extension without_extension(s) path_join(parts...) posix path rules with
//     absolute restart ("path_join") and Node's normalising one
//     ("path_normal_join") url_decode(s) (identity) url_encode to_text hash(s) json_encode(v)
//     json_decode(s) format(template, args...) concat regex_replace(s, pattern, with) base64
//   tests: equal not_equal less less_equal not and or in(x, container) starts_with(s, p)
//   ends_with(s, p)
//     contains(s, p) matches(s, regex) is_null(x) has(record, key) type_is(x, type) truthy(x)
//   numbers: add subtract multiply divide modulo length
//   of library models: get(x, key, [otherwise]: where x has no such entry) enumerate(list: [number,
//   element]) zip(lists...) entries(record: [key, value]) keys(record) values(record)
//   split_extension(s: [path, extension]) split_path(s: [folder, name]) path_parse(s: Node's
//   record) matches_start(s, regex) matches_whole(s, regex)
// An unknown name stays Computed.
ValueId compute(ValuePool& pool, std::string_view name, std::span<const ValueId> operands);
[[nodiscard]] bool is_test(std::string_view name);

// Whether a test value holds: Yes, No, or Unknown when it could be either or cannot be read.
enum class Answer : std::uint8_t { No, Yes, Unknown };
Answer truth(ValuePool& pool, ValueId test);
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
};
class Substituter {
 public:
  Substituter(ValuePool& pool, const Substitution& substitution)
      : pool_(pool), substitution_(substitution) {}
  ValueId operator()(ValueId value);

 private:
  ValueId replaced(ValueId value);
  [[nodiscard]] std::uint8_t own_evidence(ValueId value) const;
  [[nodiscard]] std::vector<NamedValue> entries(ValueId value,
                                                std::span<const ValueId> operands) const;

  ValuePool& pool_;
  const Substitution& substitution_;
  std::unordered_map<std::uint32_t, ValueId> done_;
};

// Calls visit for the value and everything below it, each once, in a fixed order.
void for_each_below(const ValuePool& pool, ValueId value,
                    const std::function<void(ValueId)>& visit);
// Does any leaf have this origin? The taint question.
bool has_origin(const ValuePool& pool, ValueId value, Origin origin);
// Short words for messages: "acme-${AWS::AccountId}", "event Records[].s3.object.key",
// "Uploads.Arn".
std::string describe(const ValuePool& pool, ValueId value);

std::optional<std::int64_t> as_integer(const ValuePool& pool,
                                       ValueId value);  // Number, or Text that is one
std::optional<std::string_view> as_text(const ValuePool& pool,
                                        ValueId value);  // Text, Number or Bool literal

}  // namespace fnlint
