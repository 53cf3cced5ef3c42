// The pool: equal values are one, uncertainty is kept, size and depth are bounded.

#include "values/pool.h"

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class Pool : public ValuesTest {};

TEST_F(Pool, makes_equal_values_once) {
  EXPECT_EQ(text("a"), text("a"));
  EXPECT_NE(text("a"), text("b"));
  EXPECT_EQ(list({text("a"), number(1)}), list({text("a"), number(1)}));
  EXPECT_EQ(record({{"a", number(1)}}), record({{"a", number(1)}}));
  EXPECT_EQ(hole("key"), hole("key"));
  EXPECT_NE(text("1"), number(1));
}

TEST_F(Pool, tells_holes_apart_by_origin_name_and_place) {
  EXPECT_NE(pool.hole(Origin::Event, "key"), pool.hole(Origin::Context, "key"));
  EXPECT_NE(pool.hole(Origin::Event, "key"), pool.hole(Origin::Event, "name"));
  EXPECT_NE(pool.hole(Origin::Event, "key", 1), pool.hole(Origin::Event, "key", 2));
}

TEST_F(Pool, makes_a_new_unknown_each_time) { EXPECT_NE(pool.unknown("why"), pool.unknown("why")); }

TEST_F(Pool, knows_what_a_test_can_be_read_of) {
  for (const Origin origin : {Origin::Event, Origin::Context, Origin::Environment,
                              Origin::Parameter, Origin::TemplateInput, Origin::Pseudo})
    EXPECT_TRUE(pool.readable(list({text("a"), pool.hole(origin, "x")})));
  const std::array result{text("f"), list({})};
  for (const ValueId unread : {pool.unknown("why"), pool.hole(Origin::CallResult, "x", 1),
                               pool.hole(Origin::Global, "x", 1), pool.object(1, "boto3.client"),
                               pool.computed("call", result)}) {
    EXPECT_FALSE(pool.readable(unread));
    EXPECT_FALSE(pool.readable(record({{"a", list({unread})}})));
  }
  EXPECT_TRUE(pool.readable(pool.computed("returned", result)));
}

TEST_F(Pool, spells_each_number_in_one_way) {
  EXPECT_EQ(pool.number("5.0"), pool.number("5"));
  EXPECT_EQ(pool.number("1_000"), number(1000));
  EXPECT_EQ(pool.number("0x1F"), number(31));
  EXPECT_EQ(pool.number("0b101"), number(5));
  EXPECT_EQ(pool.number("0o17"), number(15));
  EXPECT_EQ(pool.number("3.0e2"), number(300));
  EXPECT_EQ(pool.number("5L"), number(5));
  EXPECT_EQ(pool.number("10n"), number(10));
  EXPECT_EQ(pool.number("-7"), number(-7));
  EXPECT_EQ(pool.number("-0"), number(0));
  EXPECT_EQ(show(pool.number("0.50")), "0.5");
  EXPECT_EQ(show(pool.number("1e999")), "1e999");
  EXPECT_EQ(show(pool.number("many")), "many");
}

TEST_F(Pool, gives_views_that_stay_valid_while_it_grows) {
  const ValueId first = list({text("a"), text("b")});
  const auto items = pool.operands(first);
  const Value& row = pool[first];
  for (int i = 0; i < 20'000; ++i) list({number(i), number(i + 1)});
  EXPECT_EQ(items.data(), pool.operands(first).data());
  EXPECT_EQ(&row, &pool[first]);
  EXPECT_EQ(items[0], text("a"));
}

TEST_F(Pool, keeps_a_long_slice_in_one_piece) {
  std::vector<ValueId> many;
  for (int i = 0; i < 10'000; ++i) many.push_back(number(i));
  StableRows<ValueId> rows;
  rows.append(text("a"));
  const Slice<ValueId> slice = rows.append(std::span<const ValueId>(many));
  EXPECT_TRUE(std::ranges::equal(rows[slice], many));
}

TEST_F(Pool, lets_a_later_entry_of_a_record_win) {
  const ValueId value = record({{"a", number(1)}, {"b", number(2)}, {"a", number(3)}});
  EXPECT_EQ(show(value), "{a: 3, b: 2}");
}

TEST_F(Pool, cuts_long_lists_and_records_but_remembers_where_the_rest_came_from) {
  std::vector<ValueId> items;
  std::vector<NamedValue> entries;
  for (int i = 0; i < 100; ++i) {
    items.push_back(i == 90 ? pool.hole(Origin::Secret, "password") : number(i));
    entries.push_back({pool.string(std::to_string(i)), items.back()});
  }
  const ValueId long_list = pool.list(items);
  EXPECT_EQ(pool.operands(long_list).size(), kCollectionItems);
  EXPECT_EQ(pool[long_list].ref, 1U);
  EXPECT_TRUE((uncertainty(long_list) & kCut) != 0);
  EXPECT_TRUE(has_origin(pool, long_list, Origin::Secret));
  EXPECT_EQ(member(pool, pool.record(entries), "10"), number(10));
  EXPECT_TRUE(has_origin(pool, pool.record(entries), Origin::Secret));
  EXPECT_EQ(ask("in", {text("x"), long_list}), Answer::Unknown);
}

TEST_F(Pool, unites_the_uncertainty_of_operands) {
  const ValueId first = pool.with_uncertainty(text("a"), kOverridable);
  const ValueId second = pool.with_uncertainty(hole("h"), kHeuristic);
  EXPECT_EQ(uncertainty(list({first, second})), kOverridable | kHeuristic);
  EXPECT_EQ(uncertainty(concat({first, second})), kOverridable | kHeuristic);
  EXPECT_EQ(uncertainty(record({{"a", first}})), kOverridable);
  EXPECT_EQ(uncertainty(pool.task(second)), kHeuristic);
  EXPECT_EQ(uncertainty(call("lower", {first})), kOverridable);
  EXPECT_EQ(uncertainty(call("equal", {first, text("b")})), kOverridable);
}

TEST_F(Pool, leaves_an_entry_the_uncertainty_of_its_own) {
  const ValueId value =
      record({{"a", pool.with_uncertainty(text("x"), kOverridable)}, {"b", text("y")}});
  EXPECT_EQ(uncertainty(member(pool, value, "a")), kOverridable);
  EXPECT_EQ(uncertainty(member(pool, value, "b")), 0);
}

TEST_F(Pool, marks_the_elements_of_what_is_marked) {
  const ValueId value = pool.with_uncertainty(one_of({text("a"), text("b")}), kConditional);
  for (const ValueId one : pool.operands(value)) EXPECT_EQ(uncertainty(one), kConditional);
  EXPECT_EQ(uncertainty(value), kConditional);
}

TEST_F(Pool, finds_the_plain_value_below_all_uncertainty) {
  const ValueId inner = pool.with_uncertainty(text("a"), kOverridable);
  const ValueId value = pool.with_uncertainty(list({inner, text("b")}), kCut);
  EXPECT_EQ(pool.plain(value), list({text("a"), text("b")}));
  EXPECT_EQ(pool.plain(text("a")), text("a"));
}

TEST_F(Pool, cuts_values_that_nest_too_deeply) {
  ValueId value = text("a");
  for (int i = 0; i < 1000; ++i) value = list({value, value});
  EXPECT_TRUE((uncertainty(value) & kCut) != 0);
  EXPECT_EQ(equal(pool, value, value), Answer::Unknown);
}

TEST_F(Pool, knows_which_origins_stand_below_a_value) {
  const ValueId value = record({{"a", list({hole("x")})}, {"b", pool.hole(Origin::Clock, "now")}});
  EXPECT_TRUE(has_origin(pool, value, Origin::Event));
  EXPECT_TRUE(has_origin(pool, value, Origin::Clock));
  EXPECT_FALSE(has_origin(pool, value, Origin::Secret));
  EXPECT_TRUE(has_origin(pool, call("hash", {value}), Origin::Event));
}

TEST_F(Pool, keeps_the_names_that_resources_are_given) {
  pool.name_resource(ResourceId{3}, "Uploads");
  EXPECT_EQ(pool.resource_name(ResourceId{3}), "Uploads");
  EXPECT_EQ(pool.resource_name(ResourceId{4}), "");
}

// --- Alternatives.

class OneOf : public ValuesTest {};

TEST_F(OneOf, is_the_value_itself_when_one_is_left) {
  EXPECT_EQ(one_of({text("a"), text("a")}), text("a"));
  EXPECT_EQ(pool.join(text("a"), {}), text("a"));
  EXPECT_EQ(pool.join({}, text("a")), text("a"));
}

TEST_F(OneOf, flattens_and_unites_equal_alternatives) {
  const ValueId inner = one_of({text("a"), text("b")});
  EXPECT_EQ(one_of({inner, text("b"), text("c")}), one_of({text("a"), text("b"), text("c")}));
}

TEST_F(OneOf, joins_the_guards_of_nested_alternatives) {
  const std::array inner{Alternative{text("a"), guard("Stage", 0)},
                         Alternative{text("b"), guard("Stage", 1)}};
  const std::array outer{Alternative{pool.one_of(inner), guard("Stage", 0)},
                         Alternative{text("c"), guard("Stage", 1)}};
  const ValueId value = pool.one_of(outer);
  ASSERT_EQ(kind(value), ValueKind::OneOf);
  EXPECT_EQ(show(value), "a or c");
}

TEST_F(OneOf, widens_the_guard_of_an_equal_alternative) {
  const std::array alternatives{Alternative{text("a"), guard("Stage", 0)},
                                Alternative{text("b"), guard("Stage", 1)},
                                Alternative{text("a"), guard("Stage", 1)}};
  const ValueId value = pool.one_of(alternatives);
  ASSERT_EQ(pool.operands(value).size(), 2U);
  const Guard& merged = pool[pool.guards(value)[0]];
  ASSERT_EQ(merged.tests.size(), 1U);
  EXPECT_EQ(merged.tests[0].allowed, 3U);
}

TEST_F(OneOf, keeps_both_uncertaintys_of_an_equal_alternative) {
  const ValueId value = one_of({text("a"), pool.with_uncertainty(text("a"), kOverridable)});
  EXPECT_EQ(show(value), "a");
  EXPECT_EQ(uncertainty(value), kOverridable);
}

TEST_F(OneOf, becomes_a_pattern_of_the_common_ends_over_the_limit) {
  std::vector<Alternative> many;
  for (int i = 10; i < 20; ++i) many.push_back({text("logs-" + std::to_string(i) + ".txt"), {}});
  const ValueId value = pool.one_of(many);
  EXPECT_EQ(kind(value), ValueKind::Pattern);
  EXPECT_EQ(show(value), "logs-1${unknown (too many alternatives)}.txt");
  EXPECT_TRUE((uncertainty(value) & kCut) != 0);
}

TEST_F(OneOf, does_not_let_the_common_ends_overlap) {
  std::vector<Alternative> many;
  for (std::size_t i = 2; i < 12; ++i) many.push_back({text(std::string(i, 'a')), {}});
  const ValueId value = pool.one_of(many);
  EXPECT_EQ(ask("equal", {value, text("aa")}), Answer::Unknown);
}

TEST_F(OneOf, cuts_common_ends_between_characters_only) {
  std::vector<Alternative> many;
  for (int i = 0; i < 10; ++i)
    many.push_back({text(std::string("x\xC3") + static_cast<char>(0xA0 + i)), {}});
  EXPECT_EQ(show(pool.one_of(many)), "x${unknown (too many alternatives)}");
}

TEST_F(OneOf, keeps_the_origins_of_what_is_cut) {
  std::vector<Alternative> many;
  for (int i = 0; i < 9; ++i) many.push_back({text(std::to_string(i)), {}});
  many.push_back({pool.hole(Origin::Secret, "password"), {}});
  EXPECT_TRUE(has_origin(pool, pool.one_of(many), Origin::Secret));
}

TEST_F(OneOf, with_guards_that_exclude_each_other_is_one_value) {
  const std::array exclusive{Alternative{text("a"), guard("Stage", 0)},
                             Alternative{text("b"), guard("Stage", 1)}};
  EXPECT_TRUE(pool.identified(pool.one_of(exclusive)));
  EXPECT_FALSE(pool.identified(one_of({text("a"), text("b")})));
}

// --- Guards.

class Guards : public ValuesTest {};

TEST_F(Guards, exclude_each_other_on_different_values_of_one_input) {
  EXPECT_FALSE(pool.both(guard("Stage", 0), guard("Stage", 1)));
  EXPECT_TRUE(pool.both(guard("Stage", 0), guard("Region", 1)));
  EXPECT_EQ(*pool.both(guard("Stage", 0), guard("Stage", 0)), guard("Stage", 0));
}

TEST_F(Guards, merge_by_choice_and_intersect) {
  const std::array domain{pool.string("a"), pool.string("b"), pool.string("c")};
  const std::uint32_t stage = pool.choice(0, "Stage", domain);
  const GuardId merged = *pool.both(pool.guard({{stage, 3}}), pool.guard({{stage, 6}}));
  ASSERT_EQ(pool[merged].tests.size(), 1U);
  EXPECT_EQ(pool[merged].tests[0].allowed, 2U);
}

TEST_F(Guards, without_a_test_always_hold) {
  EXPECT_TRUE(pool.always({}));
  EXPECT_TRUE(pool.always(pool.guard({})));
  EXPECT_EQ(*pool.both({}, guard("Stage", 0)), guard("Stage", 0));
  EXPECT_FALSE(pool.always(guard("Stage", 0)));
}

TEST_F(Guards, that_allow_every_value_and_any_other_always_hold) {
  const std::array domain{pool.string("a"), pool.string("b")};
  const std::uint32_t stage = pool.choice(0, "Stage", domain);
  EXPECT_TRUE(pool.always(pool.guard({{stage, 3 | 1ULL << 63U}})));
  EXPECT_FALSE(pool.always(pool.guard({{stage, 3}})));
}

TEST_F(Guards, of_tests_that_contradict_never_hold) {
  const GuardId never =
      pool.guard({pool[guard("Stage", 0)].tests[0], pool[guard("Stage", 1)].tests[0]});
  EXPECT_TRUE(pool.never(never));
  EXPECT_FALSE(pool.both(never, guard("Region", 0)));
  const std::array alternatives{Alternative{text("a"), never}, Alternative{text("b"), {}}};
  EXPECT_EQ(pool.one_of(alternatives), text("b"));
}

TEST_F(Guards, of_too_many_tests_are_dropped_and_the_value_is_conditional) {
  GuardId guard_of_four = guard("A", 0);
  for (const char* input : {"B", "C", "D"})
    guard_of_four = *pool.both(guard_of_four, guard(input, 0));
  const std::array inner{Alternative{text("a"), guard_of_four}, Alternative{text("b"), {}}};
  const std::array outer{Alternative{pool.one_of(inner), guard("E", 0)}};
  const ValueId value = pool.one_of(outer);
  EXPECT_TRUE(pool.always(pool.guards(value)[0]));
  EXPECT_EQ(uncertainty(pool.operands(value)[0]), kConditional);
}

TEST_F(Guards, share_the_row_of_an_equal_choice) {
  const std::array domain{pool.string("a")};
  EXPECT_EQ(pool.choice(1, "Stage", domain), pool.choice(1, "Stage", domain));
  EXPECT_NE(pool.choice(1, "Stage", domain), pool.choice(2, "Stage", domain));
}

// --- Texts that are put together.

class Concat : public ValuesTest {};

TEST_F(Concat, of_literals_is_a_text) {
  EXPECT_EQ(concat({text("a"), number(5), text("/"), pool.boolean(true)}), text("a5/true"));
  EXPECT_EQ(concat({}), text(""));
}

TEST_F(Concat, of_one_hole_is_the_hole) { EXPECT_EQ(concat({text(""), hole("h")}), hole("h")); }

TEST_F(Concat, flattens_and_merges_literals) {
  const ValueId inner = pattern("b{h}c");
  EXPECT_EQ(concat({text("a"), inner, text("d")}), pattern("ab{h}cd"));
}

TEST_F(Concat, keeps_what_is_no_text_as_its_text) {
  EXPECT_EQ(show(concat({text("a"), list({number(1)})})), "a${to_text([1])}");
}

TEST_F(Concat, distributes_over_alternatives) {
  EXPECT_EQ(
      show(concat({one_of({text("a"), text("b")}), text("-"), one_of({text("x"), text("y")})})),
      "a-x or a-y or b-x or b-y");
}

TEST_F(Concat, takes_only_alternatives_that_are_possible_together) {
  const std::array first{Alternative{text("a"), guard("Stage", 0)},
                         Alternative{text("b"), guard("Stage", 1)}};
  const std::array second{Alternative{text("x"), guard("Stage", 0)},
                          Alternative{text("y"), guard("Stage", 1)}};
  EXPECT_EQ(show(concat({pool.one_of(first), pool.one_of(second)})), "ax or by");
}

TEST_F(Concat, over_the_limit_of_alternatives_blurs_one_of_them) {
  const ValueId five = one_of({text("1"), text("2"), text("3"), text("4"), text("5")});
  const ValueId value = concat({text("a-"), five, text("/"), five, text(".txt")});
  EXPECT_TRUE((uncertainty(value) & kCut) != 0);
  EXPECT_EQ(ask("starts_with", {value, text("a-")}), Answer::Yes);
  EXPECT_EQ(ask("ends_with", {value, text(".txt")}), Answer::Yes);
}

TEST_F(Concat, keeps_the_ends_of_a_text_that_grows_too_long) {
  const ValueId value = concat({text(std::string(3000, 'a')), text(std::string(3000, 'b'))});
  EXPECT_EQ(kind(value), ValueKind::Pattern);
  EXPECT_TRUE((uncertainty(value) & kCut) != 0);
  EXPECT_EQ(ask("starts_with", {value, text("aaa")}), Answer::Yes);
  EXPECT_EQ(ask("ends_with", {value, text("bbb")}), Answer::Yes);
  EXPECT_EQ(ask("contains", {value, text("ab")}), Answer::Unknown);
}

TEST_F(Concat, keeps_a_cut_literal_from_standing_twice) {
  const ValueId value =
      concat({text(std::string(300, 'a')), hole("h"), text(std::string(800, 'b'))});
  ASSERT_TRUE((uncertainty(value) & kCut) != 0);
  std::size_t bytes = 0;
  for (const ValueId part : pool.operands(value))
    bytes += kind(part) == ValueKind::Text ? pool.text(part).size() : 0;
  EXPECT_LE(bytes, 1100U);
  const ValueId alone = concat({text(std::string(1500, 'a')), hole("h")});
  EXPECT_EQ(ask("equal", {alone, text(std::string(1500, 'a'))}), Answer::Unknown);
}

TEST_F(Concat, of_very_many_parts_keeps_both_ends_and_the_origins_between) {
  std::vector<ValueId> parts;
  for (int i = 0; i < 200; ++i) {
    parts.push_back(text("p" + std::to_string(i)));
    parts.push_back(i == 100 ? pool.hole(Origin::Secret, "s") : hole(std::to_string(i)));
  }
  const ValueId value = pool.concat(parts);
  EXPECT_LE(pool.operands(value).size(), kPatternParts);
  EXPECT_EQ(ask("starts_with", {value, text("p0")}), Answer::Yes);
  EXPECT_TRUE(has_origin(pool, value, Origin::Secret));
}

TEST_F(Concat, of_a_huge_literal_alone_is_the_literal) {
  const ValueId huge = text(std::string(1U << 20U, 'a'));
  EXPECT_EQ(concat({huge}), huge);
}

TEST_F(Concat, does_not_copy_a_huge_literal_for_each_text_that_holds_it) {
  const ValueId huge = text(std::string(1U << 20U, 'a') + "end");
  for (int i = 0; i < 3000; ++i) {  // three gigabytes, if each were made
    const ValueId value = concat({text(std::to_string(i)), huge, hole("h")});
    ASSERT_TRUE((uncertainty(value) & kCut) != 0);
  }
  EXPECT_EQ(ask("ends_with", {concat({number(1), huge}), text("aend")}), Answer::Yes);
}

TEST_F(Concat, does_not_exhaust_memory_when_a_text_doubles) {
  ValueId value = text("abcdefgh");
  for (int i = 0; i < 200; ++i) value = concat({value, value});
  EXPECT_TRUE((uncertainty(value) & kCut) != 0);
}

}  // namespace
}  // namespace fnlint
