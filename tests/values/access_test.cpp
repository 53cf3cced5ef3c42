// Members, entries, items and parts of values.

#include "tests/values/values_test.h"
#include "values/summarised_lists.h"
#include "values/where.h"

namespace fnlint {
namespace {

class Access : public ValuesTest {
 protected:
  ValueId event(std::string_view path) { return pool.hole(Origin::Event, path); }
};

TEST_F(Access, member_reads_an_entry) {
  const ValueId value = record({{"a", text("x")}});
  EXPECT_EQ(member(pool, value, "a"), text("x"));
  EXPECT_EQ(member(pool, value, "b"), pool.absent());
}

TEST_F(Access, member_of_an_open_record_may_be_anything) {
  const ValueId value = record({{"a", text("x")}}, true);
  EXPECT_EQ(member(pool, value, "a"), text("x"));
  EXPECT_EQ(kind(member(pool, value, "b")), ValueKind::Computed);
}

TEST_F(Access, an_entry_under_a_test_is_chosen_by_it) {
  const ValueId value = record({{"true", text("own")}, {"false", text("other")}});
  const ValueId test = call("truthy", {event("own")});
  const ValueId chosen = choose(pool, test, text("own"), text("other"));
  EXPECT_EQ(call("get", {value, test}), chosen);
  EXPECT_EQ(index(pool, value, test), chosen);
  EXPECT_EQ(index(pool, value, pool.boolean(false)), text("other"));
}

TEST_F(Access, get_reads_a_list_by_its_places) {
  EXPECT_EQ(call("get", {list({text("a"), event("key")}), number(1)}), event("key"));
}

TEST_F(Access, member_looks_into_what_was_spread_into_a_record) {
  const ValueId value = record({{"a", text("x")}, {kRest, event("detail")}}, true);
  EXPECT_EQ(member(pool, value, "bucket"), event("detail.bucket"));
}

TEST_F(Access, member_extends_the_path_of_an_event_a_context_and_a_library) {
  EXPECT_EQ(member(pool, event(""), "Records"), event("Records"));
  EXPECT_EQ(member(pool, event("detail"), "bucket"), event("detail.bucket"));
  EXPECT_EQ(member(pool, pool.hole(Origin::Context, ""), "function_name"),
            pool.hole(Origin::Context, "function_name"));
  EXPECT_EQ(member(pool, pool.hole(Origin::Library, "boto3"), "client"),
            pool.hole(Origin::Library, "boto3.client"));
}

TEST_F(Access, a_part_may_be_told_by_its_length) {
  const ValueId whole = text("in/key.jpg");
  EXPECT_EQ(call("part_of_length", {whole, number(3), number(4)}), text("key."));
  EXPECT_EQ(call("part_of_length", {whole, number(3)}), text("key.jpg"));
}

TEST_F(Access, member_keeps_the_uncertainty_of_the_event) {
  const ValueId marked = pool.with_uncertainty(event("detail"), kHeuristic);
  EXPECT_EQ(uncertainty(member(pool, marked, "bucket")), kHeuristic);
}

TEST_F(Access, member_of_another_hole_is_kept) {
  EXPECT_EQ(show(member(pool, parameter("config"), "bucket")), "parameter config.bucket");
}

TEST_F(Access, member_of_nothing_is_nothing) {
  EXPECT_EQ(member(pool, pool.null(), "a"), pool.absent());
  EXPECT_EQ(member(pool, pool.absent(), "a"), pool.absent());
}

TEST_F(Access, member_distributes_over_alternatives) {
  const ValueId value = one_of({record({{"a", text("x")}}), record({{"a", text("y")}})});
  EXPECT_EQ(show(member(pool, value, "a")), "x or y");
}

TEST_F(Access, length_is_a_member_where_languages_have_it) {
  EXPECT_EQ(member(pool, list({text("a"), text("b")}), "length"), number(2));
  EXPECT_EQ(member(pool, text("abc"), "length"), number(3));
  EXPECT_EQ(show(member(pool, event("Records"), "length")), "length(event Records)");
}

TEST_F(Access, index_reads_items_from_both_ends) {
  const ValueId value = list({text("a"), text("b")});
  EXPECT_EQ(index(pool, value, number(0)), text("a"));
  EXPECT_EQ(index(pool, value, number(-1)), text("b"));
  EXPECT_EQ(index(pool, value, number(2)), pool.absent());
}

TEST_F(Access, index_of_an_open_list_knows_only_its_start) {
  const ValueId value = list({text("a")}, true);
  EXPECT_EQ(index(pool, value, number(0)), text("a"));
  EXPECT_EQ(kind(index(pool, value, number(1))), ValueKind::Computed);
  EXPECT_EQ(kind(index(pool, value, number(-1))), ValueKind::Computed);
}

TEST_F(Access, index_by_text_reads_an_entry) {
  EXPECT_EQ(index(pool, record({{"a", text("x")}}), text("a")), text("x"));
  EXPECT_EQ(index(pool, event(""), text("Records")), event("Records"));
  EXPECT_EQ(index(pool, record({{"1", text("x")}}), number(1)), text("x"));
}

TEST_F(Access, index_of_an_event_by_number_or_variable_is_an_element) {
  EXPECT_EQ(index(pool, event("Records"), number(0)), event("Records[]"));
  EXPECT_EQ(index(pool, event("Records"), parameter("i")), event("Records[]"));
  EXPECT_EQ(kind(index(pool, event(""), parameter("name"))), ValueKind::Computed);
  EXPECT_EQ(kind(index(pool, event("headers"), pattern("x-{?name}"))), ValueKind::Computed);
}

TEST_F(Access, index_of_a_text_is_a_character) {
  EXPECT_EQ(index(pool, text("abc"), number(1)), text("b"));
  EXPECT_EQ(index(pool, text("abc"), number(-1)), text("c"));
  EXPECT_EQ(index(pool, pattern("ab{h}"), number(1)), text("b"));
  EXPECT_EQ(kind(index(pool, pattern("ab{h}"), number(2))), ValueKind::Computed);
}

TEST_F(Access, element_is_any_item) {
  EXPECT_EQ(show(element(pool, list({text("a"), text("b")}))), "a or b");
  EXPECT_EQ(element(pool, event("Records")), event("Records[]"));
  EXPECT_EQ(element(pool, list({})), pool.absent());
  EXPECT_EQ(kind(element(pool, record({{"a", text("x")}}))), ValueKind::Computed);
}

TEST_F(Access, element_of_an_open_list_may_be_another_one) {
  const ValueId value = element(pool, list({text("a")}, true));
  EXPECT_EQ(show(value), "a or [a][]");
}

TEST_F(Access, element_passes_over_alternatives_without_elements) {
  EXPECT_EQ(element(pool, one_of({event("Records"), list({}), pool.null()})), event("Records[]"));
}

TEST_F(Access, part_cuts_literals_and_lists) {
  EXPECT_EQ(part(pool, text("abcdef"), number(1), number(3)), text("bc"));
  EXPECT_EQ(part(pool, text("abcdef"), {}, number(-2)), text("abcd"));
  EXPECT_EQ(part(pool, text("abcdef"), number(-2), {}), text("ef"));
  EXPECT_EQ(part(pool, text("ab"), number(5), {}), text(""));
  EXPECT_EQ(show(part(pool, list({number(1), number(2), number(3)}), number(1), {})), "[2, 3]");
  EXPECT_EQ(part(pool, hole("h"), {}, {}), hole("h"));
}

TEST_F(Access, part_cuts_the_known_ends_of_a_pattern) {
  const ValueId key = pattern("incoming/{h}.jpg");
  EXPECT_EQ(part(pool, key, number(9), {}), pattern("{h}.jpg"));
  EXPECT_EQ(part(pool, key, number(3), {}), pattern("oming/{h}.jpg"));
  EXPECT_EQ(part(pool, key, {}, number(-4)), pattern("incoming/{h}"));
  EXPECT_EQ(part(pool, key, number(-4), {}), text(".jpg"));
  EXPECT_EQ(part(pool, key, number(0), number(8)), text("incoming"));
  EXPECT_EQ(kind(part(pool, key, number(10), {})), ValueKind::Computed);
  EXPECT_EQ(kind(part(pool, key, {}, number(-5))), ValueKind::Computed);
}

TEST_F(Access, part_does_not_guess_about_characters_of_several_bytes) {
  EXPECT_EQ(kind(part(pool, text("\xC3\xA9t\xC3\xA9"), number(1), {})), ValueKind::Computed);
}

TEST_F(Access, part_of_an_open_list_stays_open) {
  const ValueId value = part(pool, list({number(1), number(2)}, true), number(1), {});
  EXPECT_EQ(show(value), "[2]");
  EXPECT_EQ(pool[value].ref, 1U);
}

TEST_F(Access, with_entry_replaces_or_adds) {
  const ValueId base = record({{"a", number(1)}});
  EXPECT_EQ(with_entry(pool, base, text("a"), number(2)), record({{"a", number(2)}}));
  EXPECT_EQ(with_entry(pool, base, text("b"), number(2)),
            record({{"a", number(1)}, {"b", number(2)}}));
  EXPECT_EQ(with_entry(pool, list({number(1)}), number(0), number(2)), list({number(2)}));
  EXPECT_EQ(with_entry(pool, list({number(1)}), number(1), number(2)),
            list({number(1), number(2)}));
}

TEST_F(Access, with_entry_under_an_unknown_key_opens_the_record_and_keeps_origins) {
  const ValueId value = with_entry(pool, record({{"a", number(1)}}), parameter("k"), hole("v"));
  EXPECT_EQ(pool[value].ref, 1U);
  EXPECT_EQ(member(pool, value, "a"), number(1));
  EXPECT_EQ(kind(member(pool, value, "b")), ValueKind::Computed);
  EXPECT_TRUE(has_origin(pool, value, Origin::Event));
}

TEST_F(Access, with_entry_of_a_hole_is_read_back) {
  const ValueId value = with_entry(pool, parameter("p"), text("a"), number(2));
  EXPECT_EQ(member(pool, value, "a"), number(2));
  EXPECT_EQ(member(pool, value, "b"), member(pool, parameter("p"), "b"));
}

// --- What library models name.

class Collections : public ValuesTest {};

TEST_F(Collections, get_reads_an_entry_or_what_stands_in_for_it) {
  const ValueId value = record({{"a", number(1)}});
  EXPECT_EQ(call("get", {value, text("a"), number(2)}), number(1));
  EXPECT_EQ(call("get", {value, text("b"), number(2)}), number(2));
  EXPECT_EQ(call("get", {value, text("b")}), pool.absent());
  EXPECT_EQ(kind(call("get", {record({}, true), text("b"), number(2)})), ValueKind::Computed);
}

TEST_F(Collections, get_of_an_event_may_give_the_default) {
  const ValueId event = pool.hole(Origin::Event, "");
  EXPECT_EQ(call("get", {event, text("Records"), list({})}), pool.hole(Origin::Event, "Records"));
  const ValueId value = call("get", {event, text("bucket"), text("main")});
  EXPECT_EQ(show(value), "event bucket or main");
  EXPECT_EQ(uncertainty(value), kConditional);
}

TEST_F(Collections, entries_keys_and_values_of_a_known_record) {
  const ValueId value = record({{"a", number(1)}, {"b", number(2)}});
  EXPECT_EQ(show(call("entries", {value})), "[[a, 1], [b, 2]]");
  EXPECT_EQ(show(call("keys", {value})), "[a, b]");
  EXPECT_EQ(show(call("values", {value})), "[1, 2]");
}

TEST_F(Collections, the_element_of_entries_of_a_hole_is_a_pair) {
  const ValueId one = element(pool, call("entries", {parameter("p")}));
  EXPECT_EQ(show(one), "[keys(parameter p)[], values(parameter p)[]]");
}

TEST_F(Collections, enumerate_numbers_the_items) {
  EXPECT_EQ(show(call("enumerate", {list({text("a"), text("b")})})), "[[0, a], [1, b]]");
  const ValueId one = element(pool, call("enumerate", {pool.hole(Origin::Event, "Records")}));
  EXPECT_EQ(index(pool, one, number(1)), pool.hole(Origin::Event, "Records[]"));
}

TEST_F(Collections, zip_pairs_as_many_as_the_shortest_has) {
  EXPECT_EQ(show(call("zip", {list({number(1), number(2)}), list({text("a")})})), "[[1, a]]");
  const ValueId one = element(pool, call("zip", {parameter("a"), parameter("b")}));
  EXPECT_EQ(show(one), "[parameter a[], parameter b[]]");
}

TEST_F(Collections, or_default_is_for_what_is_missing) {
  EXPECT_EQ(call("or_default", {pool.absent(), text("d")}), text("d"));
  EXPECT_EQ(call("or_default", {text("v"), text("d")}), text("v"));
  EXPECT_EQ(kind(call("or_default", {parameter("p"), text("d")})), ValueKind::Computed);
}

TEST_F(Collections, held_or_is_for_what_a_container_does_not_hold) {
  const std::array one{parameter("p")};
  EXPECT_EQ(call("held_or", {many(pool, one), text("d")}), pool.join(parameter("p"), text("d")));
  EXPECT_EQ(call("held_or", {text("v"), text("d")}), text("v"));
}

}  // namespace
}  // namespace fnlint
