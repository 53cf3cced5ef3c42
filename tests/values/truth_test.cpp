// Three-valued truth of tests and comparisons.

#include "tests/values/values_test.h"

#include <re2/re2.h>

namespace fnlint {
namespace {

class Truth : public ValuesTest {};

TEST_F(Truth, of_literals_is_what_languages_agree_on) {
  EXPECT_EQ(truth(pool, pool.boolean(true)), Answer::Yes);
  EXPECT_EQ(truth(pool, number(0)), Answer::No);
  EXPECT_EQ(truth(pool, text("")), Answer::No);
  EXPECT_EQ(truth(pool, text("a")), Answer::Yes);
  EXPECT_EQ(truth(pool, pool.null()), Answer::No);
  EXPECT_EQ(truth(pool, list({})), Answer::Unknown);
  EXPECT_EQ(truth(pool, list({number(0)})), Answer::Yes);
  EXPECT_EQ(truth(pool, pattern("a{h}")), Answer::Yes);
  EXPECT_EQ(truth(pool, hole("h")), Answer::Unknown);
}

TEST_F(Truth, of_alternatives_needs_them_to_agree) {
  EXPECT_EQ(truth(pool, one_of({text("a"), text("b")})), Answer::Yes);
  EXPECT_EQ(truth(pool, one_of({text("a"), text("")})), Answer::Unknown);
}

TEST_F(Truth, reads_a_test_that_was_only_kept) {
  const std::array operands{text("abc"), text("a")};
  EXPECT_EQ(truth(pool, pool.computed("starts_with", operands)), Answer::Yes);
}

TEST_F(Truth, of_a_test_that_is_not_understood_is_unknown) {
  const std::array operands{text("abc")};
  EXPECT_EQ(truth(pool, pool.computed("succeeded", operands)), Answer::Unknown);
}

TEST_F(Truth, not_turns_tests_around) {
  EXPECT_EQ(ask("not", {pool.boolean(true)}), Answer::No);
  EXPECT_EQ(ask("not", {hole("h")}), Answer::Unknown);
  EXPECT_EQ(call("not", {call("equal", {hole("h"), text("a")})}),
            call("not_equal", {hole("h"), text("a")}));
  EXPECT_EQ(call("not", {call("less", {hole("h"), number(5)})}),
            call("less_equal", {number(5), hole("h")}));
  const ValueId test = call("starts_with", {hole("h"), text("a")});
  EXPECT_EQ(call("not", {call("not", {test})}), test);
}

TEST_F(Truth, a_test_or_its_opposite_always_holds) {
  const ValueId test = call("equal", {hole("h"), text("a")});
  EXPECT_EQ(ask("or", {test, call("not_equal", {hole("h"), text("a")})}), Answer::Yes);
  EXPECT_EQ(ask("and", {test, call("not_equal", {hole("h"), text("a")})}), Answer::No);
}

TEST_F(Truth, to_be_in_a_list_of_one_is_to_be_that) {
  const ValueId only = list({hole("h")});
  EXPECT_EQ(call("in", {text("a"), only}), call("equal", {text("a"), hole("h")}));
  EXPECT_EQ(call("contains", {only, text("a")}), call("equal", {text("a"), hole("h")}));
}

TEST_F(Truth, a_default_is_not_what_it_is_compared_with) {
  const ValueId given = call("or_default", {hole("h"), text("b")});
  EXPECT_EQ(call("equal", {given, text("a")}), call("equal", {hole("h"), text("a")}));
  EXPECT_NE(call("equal", {given, text("b")}), call("equal", {hole("h"), text("b")}));
}

TEST_F(Truth, and_or_leave_out_what_decides_nothing) {
  const ValueId test = call("starts_with", {hole("h"), text("a")});
  const ValueId other = call("ends_with", {hole("h"), text("b")});
  EXPECT_EQ(ask("and", {test, pool.boolean(false)}), Answer::No);
  EXPECT_EQ(ask("or", {test, pool.boolean(true)}), Answer::Yes);
  EXPECT_EQ(call("and", {test, pool.boolean(true)}), test);
  EXPECT_EQ(call("or", {pool.boolean(false), test}), test);
  EXPECT_EQ(call("and", {test, test}), test);
  EXPECT_EQ(ask("and", {test, other}), Answer::Unknown);
  EXPECT_EQ(show(call("and", {test, other})),
            "and(starts_with(event h, a), ends_with(event h, b))");
}

TEST_F(Truth, two_spellings_of_a_comparison_are_one_value) {
  EXPECT_EQ(call("equal", {text("a"), hole("h")}), call("equal", {hole("h"), text("a")}));
}

class StartsWith : public ValuesTest {};

TEST_F(StartsWith, asks_the_known_start) {
  EXPECT_EQ(ask("starts_with", {pattern("out/{h}"), text("out/")}), Answer::Yes);
  EXPECT_EQ(ask("starts_with", {pattern("out/{h}"), text("in/")}), Answer::No);
  EXPECT_EQ(ask("starts_with", {pattern("o{h}"), text("out/")}), Answer::Unknown);
  EXPECT_EQ(ask("starts_with", {hole("h"), text("out/")}), Answer::Unknown);
  EXPECT_EQ(ask("starts_with", {text("out"), text("out/")}), Answer::No);
  EXPECT_EQ(ask("starts_with", {hole("h"), text("")}), Answer::Yes);
}

TEST_F(StartsWith, holds_of_a_text_and_itself) {
  EXPECT_EQ(ask("starts_with", {hole("h"), hole("h")}), Answer::Yes);
  EXPECT_EQ(ask("starts_with", {pattern("{?p}{h}"), parameter("p")}), Answer::Yes);
  EXPECT_EQ(ask("starts_with", {pattern("{?p}-{h}"), pattern("{?p}-")}), Answer::Yes);
  EXPECT_EQ(ask("starts_with", {pattern("{?p}-{h}"), pattern("{?p}/")}), Answer::No);
  EXPECT_EQ(ask("starts_with", {hole("h"), parameter("p")}), Answer::Unknown);
}

TEST_F(StartsWith, compares_case_sensitively) {
  EXPECT_EQ(ask("ends_with", {pattern("{h}.jpg"), text(".JPG")}), Answer::No);
}

TEST_F(StartsWith, takes_any_of_several) {
  const ValueId either = list({text("in/"), text("out/")});
  EXPECT_EQ(ask("starts_with", {pattern("out/{h}"), either}), Answer::Yes);
  EXPECT_EQ(ask("starts_with", {pattern("tmp/{h}"), either}), Answer::No);
  EXPECT_EQ(ask("starts_with", {hole("h"), either}), Answer::Unknown);
}

TEST_F(StartsWith, of_what_is_no_text_is_unknown) {
  EXPECT_EQ(ask("starts_with", {pool.unknown("why"), text("a")}), Answer::Unknown);
  EXPECT_EQ(ask("starts_with", {list({}), text("a")}), Answer::Unknown);
}

TEST_F(StartsWith, has_its_mirror_in_ends_with) {
  EXPECT_EQ(ask("ends_with", {pattern("{h}.jpg"), text(".jpg")}), Answer::Yes);
  EXPECT_EQ(ask("ends_with", {pattern("{h}.jpg"), text("a.jpg")}), Answer::Unknown);
  EXPECT_EQ(ask("ends_with", {pattern("x{h}"), hole("h")}), Answer::Yes);
}

class Contains : public ValuesTest {};

TEST_F(Contains, is_sure_of_known_literals_and_holes) {
  EXPECT_EQ(ask("contains", {pattern("a/out/{h}"), text("out/")}), Answer::Yes);
  EXPECT_EQ(ask("contains", {pattern("a/{h}/b"), hole("h")}), Answer::Yes);
  EXPECT_EQ(ask("contains", {pattern("a/{h}/b"), pattern("/{h}/")}), Answer::Yes);
  EXPECT_EQ(ask("contains", {pattern("a/{h}"), text("out/")}), Answer::Unknown);
  EXPECT_EQ(ask("contains", {text("abc"), text("x")}), Answer::No);
}

TEST_F(Contains, knows_what_a_hole_cannot_hold) {
  const ValueId name = call("basename", {hole("h")});
  EXPECT_EQ(ask("contains", {concat({text("out-"), name}), text("out/")}), Answer::No);
  EXPECT_EQ(ask("contains", {call("lower", {hole("h")}), text("OUT")}), Answer::No);
}

TEST_F(Contains, of_a_list_looks_at_its_items) {
  EXPECT_EQ(ask("contains", {list({text("a"), text("b")}), text("b")}), Answer::Yes);
}

TEST_F(Contains, in_reads_texts_lists_and_records) {
  EXPECT_EQ(ask("in", {text("out/"), pattern("a/out/{h}")}), Answer::Yes);
  EXPECT_EQ(ask("in", {text("b"), list({text("a"), text("b")})}), Answer::Yes);
  EXPECT_EQ(ask("in", {text("c"), list({text("a"), text("b")})}), Answer::No);
  EXPECT_EQ(ask("in", {text("c"), list({text("a"), hole("h")})}), Answer::Unknown);
  EXPECT_EQ(ask("in", {text("c"), list({text("a")}, true)}), Answer::Unknown);
  EXPECT_EQ(ask("in", {text("a"), record({{"a", number(1)}})}), Answer::Yes);
  EXPECT_EQ(ask("in", {text("Records"), pool.hole(Origin::Event, "")}), Answer::Unknown);
}

class Positions : public ValuesTest {};

TEST_F(Positions, are_known_in_known_texts) {
  EXPECT_EQ(call("index_of", {text("a/b"), text("/")}), number(1));
  EXPECT_EQ(call("index_of", {text("a/b"), text("x")}), number(-1));
  EXPECT_EQ(call("index_of", {text("a/b/c"), text("/")}), number(1));
  EXPECT_EQ(call("last_index_of", {text("a/b/c"), text("/")}), number(3));
  EXPECT_EQ(kind(call("last_index_of", {hole("h"), text("/")})), ValueKind::Computed);
}

TEST_F(Positions, compared_with_minus_one_or_zero_ask_for_containment) {
  const ValueId at = call("index_of", {hole("h"), text("out/")});
  const ValueId holds = call("contains", {hole("h"), text("out/")});
  EXPECT_EQ(call("not_equal", {at, number(-1)}), holds);
  EXPECT_EQ(call("less", {number(-1), at}), holds);
  EXPECT_EQ(call("less_equal", {number(0), at}), holds);
  EXPECT_EQ(call("equal", {at, number(-1)}), call("not", {holds}));
  EXPECT_EQ(call("less", {at, number(0)}), call("not", {holds}));
  EXPECT_EQ(call("less_equal", {at, number(-1)}), call("not", {holds}));
  EXPECT_EQ(call("equal", {at, number(0)}), call("starts_with", {hole("h"), text("out/")}));
  EXPECT_EQ(show(call("less", {at, number(5)})), "less(index_of(event h, out/), 5)");
  EXPECT_EQ(show(call("less", {number(0), at})), "less(0, index_of(event h, out/))");
}

class Matches : public ValuesTest {};

TEST_F(Matches, reads_literal_expressions_over_patterns) {
  EXPECT_EQ(ask("matches", {pattern("out/{h}"), text("^out/")}), Answer::Yes);
  EXPECT_EQ(ask("matches", {pattern("out/{h}"), text("^in/")}), Answer::No);
  EXPECT_EQ(ask("matches", {pattern("{h}.jpg"), text("\\.jpg$")}), Answer::Yes);
  EXPECT_EQ(ask("matches", {pattern("a/out/{h}"), text("out")}), Answer::Yes);
  EXPECT_EQ(ask("matches", {text("out"), text("^out$")}), Answer::Yes);
}

TEST_F(Matches, runs_other_expressions_over_known_texts_only) {
  EXPECT_EQ(ask("matches", {text("img-17.png"), text("\\d+\\.png$")}), Answer::Yes);
  EXPECT_EQ(ask("matches", {text("img.png"), text("\\d+\\.png$")}), Answer::No);
  EXPECT_EQ(ask("matches", {hole("h"), text("\\d+")}), Answer::Unknown);
  EXPECT_EQ(ask("matches", {text("a"), text("(?=a)")}), Answer::Unknown);
  EXPECT_EQ(ask("matches", {text("a"), text("(")}), Answer::Unknown);
}

TEST_F(Matches, may_be_held_to_the_start_or_the_whole) {
  EXPECT_EQ(ask("matches_start", {pattern("out/{h}"), text("out/")}), Answer::Yes);
  EXPECT_EQ(ask("matches_start", {text("x-out"), text("out")}), Answer::No);
  EXPECT_EQ(ask("matches_start", {text("7a"), text("\\d|x")}), Answer::Yes);
  EXPECT_EQ(ask("matches_whole", {text("out/"), text("out")}), Answer::No);
  EXPECT_EQ(ask("matches_whole", {text("77"), text("\\d+")}), Answer::Yes);
}

TEST_F(Matches, reads_the_literals_of_javascript) {
  EXPECT_EQ(ask("matches", {pattern("out/{h}"), pool.unknown("regex /^out\\//")}), Answer::Yes);
  EXPECT_EQ(ask("matches", {text("OUT/a"), pool.unknown("regex /^out\\//i")}), Answer::Yes);
}

class Null : public ValuesTest {};

TEST_F(Null, is_what_is_null_or_not_there) {
  EXPECT_EQ(ask("is_null", {pool.null()}), Answer::Yes);
  EXPECT_EQ(ask("is_null", {pool.absent()}), Answer::Yes);
  EXPECT_EQ(ask("is_null", {text("")}), Answer::No);
  EXPECT_EQ(ask("is_null", {hole("h")}), Answer::Unknown);
  EXPECT_EQ(ask("is_null", {call("lower", {hole("h")})}), Answer::No);
  EXPECT_EQ(ask("is_null", {call("member", {parameter("p"), text("a")})}), Answer::Unknown);
}

class Has : public ValuesTest {};

TEST_F(Has, is_exact_on_a_closed_record) {
  const ValueId value = record({{"a", number(1)}, {"b", pool.absent()}});
  EXPECT_EQ(ask("has", {value, text("a")}), Answer::Yes);
  EXPECT_EQ(ask("has", {value, text("b")}), Answer::No);
  EXPECT_EQ(ask("has", {value, text("c")}), Answer::No);
}

TEST_F(Has, is_unknown_where_more_may_be) {
  EXPECT_EQ(ask("has", {record({}, true), text("a")}), Answer::Unknown);
  EXPECT_EQ(ask("has", {pool.hole(Origin::Event, ""), text("Records")}), Answer::Unknown);
  EXPECT_EQ(ask("has", {record({{"a", one_of({number(1), pool.absent()})}}), text("a")}),
            Answer::Unknown);
}

TEST_F(Has, reads_what_was_put_into_a_hole) {
  const ValueId value = with_entry(pool, parameter("p"), text("a"), number(1));
  EXPECT_EQ(ask("has", {value, text("a")}), Answer::Yes);
  EXPECT_EQ(ask("has", {value, text("b")}), Answer::Unknown);
}

class TypeIs : public ValuesTest {};

TEST_F(TypeIs, knows_the_families_of_literals) {
  EXPECT_EQ(ask("type_is", {text("a"), text("str")}), Answer::Yes);
  EXPECT_EQ(ask("type_is", {text("a"), text("dict")}), Answer::No);
  EXPECT_EQ(ask("type_is", {record({}), text("builtins.dict")}), Answer::Yes);
  EXPECT_EQ(ask("type_is", {pool.null(), text("str")}), Answer::No);
  EXPECT_EQ(ask("type_is", {number(1), text("float")}), Answer::Unknown);
  EXPECT_EQ(ask("type_is", {hole("h"), text("str")}), Answer::Unknown);
  EXPECT_EQ(ask("type_is", {text("a"), text("acme.Name")}), Answer::Unknown);
}

TEST_F(TypeIs, asks_a_class_of_the_project_whether_the_objects_class_is_among_its_own) {
  const ValueId object = pool.object(1, "instance:0:2");
  EXPECT_EQ(ask("type_is", {object, text("Take"), list({text("0:1"), text("0:2")})}), Answer::Yes);
  EXPECT_EQ(ask("type_is", {object, text("Skip"), list({text("0:1")})}), Answer::No);
  EXPECT_EQ(ask("type_is", {hole("h"), text("Skip"), list({text("0:1")})}), Answer::Unknown);
}

TEST_F(TypeIs, knows_the_class_of_an_object_but_not_its_bases) {
  const ValueId object = pool.object(1, "acme.Store");
  EXPECT_EQ(ask("type_is", {object, text("acme.Store")}), Answer::Yes);
  EXPECT_EQ(ask("type_is", {object, text("acme.Base")}), Answer::Unknown);
}

class Equality : public ValuesTest {};

TEST_F(Equality, of_literals_is_exact) {
  EXPECT_EQ(equal(pool, text("a"), text("a")), Answer::Yes);
  EXPECT_EQ(equal(pool, text("a"), text("b")), Answer::No);
  EXPECT_EQ(equal(pool, number(1), number(2)), Answer::No);
  EXPECT_EQ(equal(pool, text("a"), pool.null()), Answer::No);
  EXPECT_EQ(equal(pool, pool.null(), pool.absent()), Answer::Yes);
  EXPECT_EQ(equal(pool, text("a"), list({})), Answer::No);
}

TEST_F(Equality, of_a_number_and_a_text_that_spells_it_differs_by_language) {
  EXPECT_EQ(equal(pool, text("5"), number(5)), Answer::Unknown);
  EXPECT_EQ(equal(pool, text("6"), number(5)), Answer::No);
}

TEST_F(Equality, of_holes_is_by_identity) {
  EXPECT_EQ(equal(pool, hole("h"), hole("h")), Answer::Yes);
  EXPECT_EQ(equal(pool, hole("h"), hole("i")), Answer::Unknown);
  EXPECT_EQ(equal(pool, hole("h"), text("a")), Answer::Unknown);
  EXPECT_EQ(equal(pool, pool.hole(Origin::Pseudo, "AWS::Region"),
                  pool.hole(Origin::TemplateInput, "Region")),
            Answer::Unknown);
}

TEST_F(Equality, of_an_unknown_is_unknown_even_with_itself) {
  const ValueId value = pool.unknown("why");
  EXPECT_EQ(equal(pool, value, value), Answer::Unknown);
  EXPECT_EQ(equal(pool, list({value}), list({value})), Answer::Unknown);
}

TEST_F(Equality, ignores_uncertainty) {
  EXPECT_EQ(equal(pool, pool.with_uncertainty(hole("h"), kHeuristic), hole("h")), Answer::Yes);
  const ValueId marked = concat({text("a-"), pool.with_uncertainty(hole("h"), kOverridable)});
  EXPECT_EQ(equal(pool, marked, pattern("a-{h}")), Answer::Yes);
}

TEST_F(Equality, of_patterns_aligns_equal_holes) {
  EXPECT_EQ(equal(pool, pattern("a-{x}-b"), pattern("a-{x}-b")), Answer::Yes);
  EXPECT_EQ(equal(pool, pattern("a-{x}-in"), pattern("a-{x}-out")), Answer::No);
  EXPECT_EQ(equal(pool, pattern("a-{x}-in"), pattern("a-{y}-in")), Answer::Unknown);
  EXPECT_EQ(equal(pool, pattern("a-{x}"), pattern("b-{x}")), Answer::No);
  EXPECT_EQ(equal(pool, pattern("{x}/a"), hole("x")), Answer::No);
  EXPECT_EQ(equal(pool, pattern("{x}{y}"), hole("x")), Answer::Unknown);
}

TEST_F(Equality, of_a_pattern_and_a_literal_asks_whether_it_can_be) {
  EXPECT_EQ(equal(pool, pattern("a-{x}-in"), text("a-7-in")), Answer::Unknown);
  EXPECT_EQ(equal(pool, pattern("a-{x}-in"), text("a-7-out")), Answer::No);
  EXPECT_EQ(equal(pool, pattern("a-{x}-in"), text("a-*-in")), Answer::Unknown);
  EXPECT_EQ(equal(pool, pattern("a*{x}"), text("ab")), Answer::No);
  EXPECT_EQ(equal(pool, call("lower", {hole("h")}), text("JPG")), Answer::No);
}

TEST_F(Equality, of_references_is_by_resource_and_attribute) {
  const ValueId uploads = pool.reference(ResourceId{1}, "");
  EXPECT_EQ(equal(pool, uploads, pool.reference(ResourceId{1}, "")), Answer::Yes);
  EXPECT_EQ(equal(pool, uploads, pool.reference(ResourceId{2}, "")), Answer::No);
  EXPECT_EQ(equal(pool, uploads, pool.reference(ResourceId{1}, "Arn")), Answer::Unknown);
  EXPECT_EQ(equal(pool, uploads, text("uploads")), Answer::Unknown);
  EXPECT_EQ(equal(pool, concat({uploads, text("/a")}), concat({uploads, text("/b")})), Answer::No);
}

TEST_F(Equality, of_functions_of_equal_operands_holds) {
  const ValueId marked = pool.with_uncertainty(hole("h"), kHeuristic);
  EXPECT_EQ(equal(pool, call("hash", {hole("h")}), call("hash", {marked})), Answer::Yes);
  EXPECT_EQ(equal(pool, call("hash", {hole("h")}), call("hash", {hole("i")})), Answer::Unknown);
}

TEST_F(Equality, of_collections_is_by_their_parts) {
  EXPECT_EQ(equal(pool, list({hole("h")}), list({hole("h")})), Answer::Yes);
  EXPECT_EQ(equal(pool, list({text("a")}), list({text("a"), text("b")})), Answer::No);
  EXPECT_EQ(equal(pool, list({text("a")}, true), list({text("a"), text("b")})), Answer::Unknown);
  EXPECT_EQ(equal(pool, record({{"a", number(1)}, {"b", number(2)}}),
                  record({{"b", number(2)}, {"a", number(1)}})),
            Answer::Yes);
  EXPECT_EQ(equal(pool, record({{"a", number(1)}}), record({{"a", number(2)}})), Answer::No);
  EXPECT_EQ(equal(pool, record({{"a", number(1)}}), record({})), Answer::No);
}

TEST_F(Equality, of_alternatives_compares_those_that_are_possible_together) {
  const std::array first{Alternative{text("a"), guard("Stage", 0)},
                         Alternative{text("b"), guard("Stage", 1)}};
  const ValueId value = pool.one_of(first);
  EXPECT_EQ(equal(pool, value, value), Answer::Yes);
  const ValueId free = one_of({text("a"), text("b")});
  EXPECT_EQ(equal(pool, free, free), Answer::Unknown);
  EXPECT_EQ(equal(pool, free, text("c")), Answer::No);
  EXPECT_EQ(equal(pool, free, text("a")), Answer::Unknown);
}

TEST_F(Equality, does_not_take_forever_on_shared_parts) {
  ValueId a = hole("a"), b = hole("b");
  for (int i = 0; i < 100; ++i) {
    a = list({a, a});
    b = list({b, b});
  }
  EXPECT_EQ(equal(pool, a, b), Answer::Unknown);
}

class Numbers : public ValuesTest {};

TEST_F(Numbers, are_added_and_compared) {
  EXPECT_EQ(call("add", {number(2), number(3)}), number(5));
  EXPECT_EQ(call("subtract", {number(2), number(3)}), number(-1));
  EXPECT_EQ(call("multiply", {number(2), number(3)}), number(6));
  EXPECT_EQ(call("add", {pool.number("0.5"), number(1)}), pool.number("1.5"));
  EXPECT_EQ(ask("less", {number(2), number(10)}), Answer::Yes);
  EXPECT_EQ(ask("less_equal", {pool.number("2.5"), number(2)}), Answer::No);
  EXPECT_EQ(ask("less", {text("a"), text("b")}), Answer::Yes);
}

TEST_F(Numbers, are_divided_where_languages_agree) {
  EXPECT_EQ(call("divide", {number(6), number(3)}), number(2));
  EXPECT_EQ(kind(call("divide", {number(7), number(2)})), ValueKind::Computed);
  EXPECT_EQ(kind(call("divide", {number(7), number(0)})), ValueKind::Computed);
  EXPECT_EQ(kind(call("divide", {number(INT64_MIN), number(-1)})), ValueKind::Computed);
  EXPECT_EQ(call("modulo", {number(7), number(2)}), number(1));
  EXPECT_EQ(kind(call("modulo", {number(-7), number(2)})), ValueKind::Computed);
}

TEST_F(Numbers, are_raised_and_combined_bit_by_bit) {
  EXPECT_EQ(call("floor_divide", {number(-7), number(2)}), number(-4));
  EXPECT_EQ(call("floor_divide", {number(7), number(2)}), number(3));
  EXPECT_EQ(kind(call("floor_divide", {number(7), number(0)})), ValueKind::Computed);
  EXPECT_EQ(call("power", {number(2), number(10)}), number(1024));
  EXPECT_EQ(kind(call("power", {number(10), number(40)})), ValueKind::Computed);
  EXPECT_EQ(call("bit_and", {number(6), number(3)}), number(2));
  EXPECT_EQ(call("bit_or", {number(6), number(3)}), number(7));
  EXPECT_EQ(call("bit_xor", {number(6), number(3)}), number(5));
  EXPECT_EQ(show(call("shift_left", {number(1), number(10)})), "1024");
  EXPECT_EQ(call("shift_right", {number(1024), number(3)}), number(128));
  EXPECT_EQ(kind(call("shift_left", {number(1), number(31)})), ValueKind::Computed);
  EXPECT_EQ(kind(call("bit_or", {number(-1), number(1)})), ValueKind::Computed);
}

TEST_F(Numbers, do_not_overflow) {
  EXPECT_EQ(kind(call("add", {number(INT64_MAX), number(1)})), ValueKind::Number);
  EXPECT_EQ(show(call("add", {number(INT64_MAX), number(1)})), "9.223372036854776e+18");
}

TEST_F(Numbers, are_collected_beside_a_hole) {
  const ValueId next = call("add", {hole("n"), number(1)});
  EXPECT_EQ(call("add", {next, number(2)}), call("add", {hole("n"), number(3)}));
  EXPECT_EQ(call("subtract", {next, number(1)}), hole("n"));
  EXPECT_EQ(call("add", {number(1), hole("n")}), next);
  EXPECT_EQ(ask("less", {hole("n"), next}), Answer::Yes);
  EXPECT_EQ(ask("equal", {hole("n"), next}), Answer::No);
  EXPECT_EQ(ask("less", {next, number(5)}), Answer::Unknown);
}

TEST_F(Numbers, added_to_a_text_are_a_text) {
  EXPECT_EQ(call("add", {text("a"), number(1)}), text("a1"));
  EXPECT_EQ(call("add", {pattern("a{h}"), text("b")}), pattern("a{h}b"));
  EXPECT_EQ(call("add", {list({number(1)}), list({number(2)})}), list({number(1), number(2)}));
  EXPECT_EQ(kind(call("add", {hole("a"), hole("b")})), ValueKind::Computed);
}

TEST_F(Numbers, length_counts_what_is_known) {
  EXPECT_EQ(call("length", {text("abc")}), number(3));
  EXPECT_EQ(call("length", {list({number(1)})}), number(1));
  EXPECT_EQ(kind(call("length", {list({number(1)}, true)})), ValueKind::Computed);
  EXPECT_EQ(kind(call("length", {pattern("a{h}")})), ValueKind::Computed);
}

TEST_F(Numbers, are_read_from_numbers_and_texts) {
  EXPECT_EQ(as_integer(pool, text("42")), 42);
  EXPECT_EQ(as_integer(pool, number(42)), 42);
  EXPECT_EQ(as_integer(pool, text("4 2")), std::nullopt);
  EXPECT_EQ(as_integer(pool, pool.number("1.5")), std::nullopt);
  EXPECT_EQ(as_text(pool, number(5)), "5");
  EXPECT_EQ(as_text(pool, hole("h")), std::nullopt);
}

// Of texts that are not known whole: what is said holds for whatever stands in the hole.
TEST_F(Matches, is_right_for_every_filling) {
  const std::array expressions = std::to_array<std::string_view>(
      {"",        "^out/",      "^out/.+\\.png$", "\\.(png|jpg)$", "^(a|b)/",
       "\\.png$", "^in/[^/]+$", "^(?:o|y)",       "\\Aout/",       "^a?b",
       "^ab?",    "^ab+",       "^a{2}",          "^[ab]b",        "x|^a",
       "^$",      "a$|b",       "\\d$",           "^o\\w\\W",      "png\\Z",
       "^[^]a]",  "^a(?=b)",    "^(?P<x>ab)/",    "^ab*",          "^OUT/",
       "\\.PNG$", "^\\S\\D",    "\\AOUT",         "^.{3}/",        "^(ou(t)?)/"});
  const std::array texts = std::to_array<std::string_view>(
      {"out/{h}", "{h}.png", "out/{h}.png", "a/{h}", "{h}", "ab{h}", "b{h}", "{h}z9", "o{h}/a"});
  const std::array fillings = std::to_array<std::string_view>(
      {"", "a", "b", "/", "x.png", "out/", "A", "in/a.png", "9", "ut", "bb", "OUT/", ".jpg", "]a"});
  for (const std::string_view expression : expressions)
    for (const bool folds : {false, true}) {
      const std::string source = (folds ? "(?i)" : "") + std::string(expression);
      const re2::RE2 compiled(source, re2::RE2::Quiet);
      for (const std::string_view notation : texts) {
        const Answer answer = ask("matches", {pattern(notation), text(source)});
        if (answer == Answer::Unknown || !compiled.ok()) continue;
        for (const std::string_view filling : fillings) {
          std::string whole(notation);
          whole.replace(whole.find("{h}"), 3, filling);
          EXPECT_EQ(re2::RE2::PartialMatch(whole, compiled), answer == Answer::Yes)
              << source << " of " << whole;
        }
      }
    }
}

}  // namespace
}  // namespace fnlint
