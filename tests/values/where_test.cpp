// Values that are met under tests, and what asks for those tests.

#include "values/where.h"

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class Conditions : public ValuesTest {
 protected:
  ValueId met(ValueId value, ValueId test) { return where(pool, value, std::span(&test, 1)); }
  ValueId key = hole("Records[].key");
  ValueId fresh = call("not", {call("starts_with", {key, text("out/")})});
};

TEST_F(Conditions, what_is_always_so_is_none) {
  EXPECT_EQ(met(key, pool.boolean(true)), key);
  EXPECT_EQ(met(pool.absent(), fresh), pool.absent());
}

TEST_F(Conditions, go_through_functions_and_not_into_tests) {
  const ValueId made = call("basename", {met(key, fresh)});
  EXPECT_TRUE(is_where(pool, made));
  EXPECT_EQ(call("starts_with", {met(key, fresh), text("in/")}),
            call("starts_with", {key, text("in/")}));
}

TEST_F(Conditions, are_taken_from_texts_records_and_one_element) {
  const ValueId met_key = met(key, fresh);
  const ValueId path = pool.concat(std::array{text("out/"), met_key});
  const Conditioned text_of_it = taken_apart(pool, path);
  EXPECT_EQ(text_of_it.value, pool.concat(std::array{text("out/"), key}));
  EXPECT_EQ(text_of_it.tests, std::vector{fresh});
  EXPECT_EQ(taken_apart(pool, list({met_key})).tests, std::vector{fresh});
  EXPECT_TRUE(taken_apart(pool, list({met_key, text("other")})).tests.empty());
}

TEST_F(Conditions, of_alternatives_are_those_of_all) {
  const ValueId other = hole("Records[].name");
  EXPECT_EQ(taken_apart(pool, one_of({met(key, fresh), met(other, fresh)})).tests,
            std::vector{fresh});
  EXPECT_TRUE(taken_apart(pool, one_of({met(key, fresh), other})).tests.empty());
}

// Values share parts: asked on each way to it, a part would be asked 2^100 times.
TEST_F(Conditions, are_asked_once_of_a_part_that_stands_in_many_places) {
  ValueId shared = met(key, fresh);
  for (int i = 0; i < 100; ++i)
    shared = pool.record(std::array{NamedValue{pool.string("left"), shared},
                                    NamedValue{pool.string("right"), shared}});
  EXPECT_EQ(conditions_of(pool, shared), std::vector{fresh});
  EXPECT_FALSE(is_path_dependent(pool, shared));
}

TEST_F(Conditions, of_a_filtered_list_are_those_of_its_elements) {
  const ValueId records = hole("Records");
  const ValueId test = call("truthy", {hole("Records[].key")});
  const ValueId some = filtered(pool, records, test);
  EXPECT_EQ(taken_apart(pool, element(pool, some)).value, element(pool, records));
  EXPECT_EQ(taken_apart(pool, element(pool, some)).tests, std::vector{test});
  EXPECT_EQ(taken_apart(pool, index(pool, some, number(0))).tests, std::vector{test});
  EXPECT_EQ(filtered(pool, records, pool.boolean(true)), records);
}

// An Optional stands for what it holds: where its filter's test fails there is nothing.
TEST_F(Conditions, one_thing_that_is_filtered_is_there_where_the_test_holds) {
  const ValueId test = call("truthy", {hole("wanted")});
  const ValueId one = filtered(pool, text("a"), test);
  EXPECT_EQ(call("is_null", {one}), call("not", {test}));
}

// ... of the event, too, where the test asks about it, and about no element of it.
TEST_F(Conditions, one_thing_of_the_event_that_is_filtered_is_there_where_the_test_holds) {
  const ValueId is_there = call("not", {call("is_null", {filtered(pool, key, fresh)})});
  EXPECT_EQ(is_there, call("and", {fresh, call("not", {call("is_null", {key})})}));
}

TEST_F(Conditions, a_filtered_list_waits_for_what_is_filtered) {
  const ValueId parameter = pool.hole(Origin::Parameter, "0:records", 7);
  const ValueId test = call("truthy", {member(pool, element(pool, parameter), "key")});
  const ValueId some = filtered(pool, parameter, test);
  const Substitution given{
      .leaf = [&](ValueId leaf) { return leaf == parameter ? hole("Records") : ValueId{}; },
      .recompute = {}};
  const Conditioned one = taken_apart(pool, element(pool, Substituter(pool, given)(some)));
  EXPECT_EQ(one.value, hole("Records[]"));
  EXPECT_EQ(one.tests, std::vector{call("truthy", {hole("Records[].key")})});
}

TEST_F(Conditions, tests_of_several_are_of_each_literal) {
  const ValueId prefixes = list({text("a/"), text("b/")});
  const ValueId each = call("starts_with", {key, element(pool, prefixes)});
  const ValueId either =
      call("or", {call("starts_with", {key, text("a/")}), call("starts_with", {key, text("b/")})});
  EXPECT_EQ(call("any_of", {prefixes, each}), either);
  EXPECT_EQ(call("none_of", {prefixes, each}), call("not", {either}));
  EXPECT_EQ(call("any_of", {list({each})}), either);
  EXPECT_EQ(call("any_of", {list({}), each}), pool.boolean(false));
  const ValueId records = hole("Records");
  EXPECT_EQ(truth(pool, call("any_of", {records, fresh})), Answer::Unknown);
  EXPECT_EQ(truth(pool, call("any_of", {records, pool.boolean(true)})), Answer::Yes);
}

TEST_F(Conditions, an_anchored_expression_is_asked_of_the_ends_that_are_known) {
  const auto asked = [&](std::string_view of, std::string_view regex) {
    return truth(pool, call("matches", {pattern(of), text(regex)}));
  };
  EXPECT_EQ(asked("out/{h}.png", "^in/(.+)\\.png$"), Answer::No);
  EXPECT_EQ(asked("in/{h}.png", "^in/(.+)\\.png$"), Answer::Unknown);
  EXPECT_EQ(asked("in/{h}.txt", "^in/(.+)\\.png$"), Answer::No);
  EXPECT_EQ(asked("{h}.webp", "\\.(jpe?g|png)$"), Answer::No);
  EXPECT_EQ(asked("{h}.jpeg", "\\.(jpe?g|png)$"), Answer::Yes);
  EXPECT_EQ(asked("{h}g", "\\.(jpe?g|png)$"), Answer::Unknown);
  EXPECT_EQ(asked("out/{h}", "^(in|raw)/"), Answer::No);
  EXPECT_EQ(asked("raw/{h}", "^(in|raw)/"), Answer::Yes);
  EXPECT_EQ(asked("out/{h}", "^in|h$"), Answer::Unknown);
  EXPECT_EQ(asked("ins/{h}", "^ins?/"), Answer::Yes);
  EXPECT_EQ(asked("out/{h}", "^(?!in/)"), Answer::Unknown);
}

TEST_F(Conditions, a_search_that_finds_nothing_gives_nothing) {
  const ValueId found = call("matches", {hole("key"), text("^in/(.+)$")});
  EXPECT_EQ(call("equal", {found, pool.null()}), call("not", {found}));
  EXPECT_EQ(call("is_null", {found}), call("not", {found}));
}

TEST_F(Conditions, say_whether_there_is_something) {
  const ValueId some = one_of({pool.null(), met(key, fresh)});
  EXPECT_EQ(call("is_null", {some}),
            call("not", {call("and", {fresh, call("not", {call("is_null", {key})})})}));
  const ValueId named = one_of({pool.null(), met(text("out/a"), fresh)});
  EXPECT_EQ(call("truthy", {named}), fresh);
  EXPECT_EQ(call("equal", {named, pool.null()}), call("not", {fresh}));
  EXPECT_EQ(as_condition(pool, named), fresh);
}

TEST_F(Conditions, leave_what_is_met_under_those_that_hold) {
  const ValueId some = one_of({pool.null(), met(key, fresh)});
  const ValueId request = pool.concat(std::array{text("out/"), some});
  const auto answered = [&](Answer answer) {
    return simplified_under(pool, request, [=](std::span<const ValueId>) { return answer; });
  };
  EXPECT_EQ(answered(Answer::Yes), pool.concat(std::array{text("out/"), met(key, fresh)}));
  EXPECT_EQ(answered(Answer::No), pool.concat(std::array{text("out/"), pool.null()}));
  EXPECT_EQ(answered(Answer::Unknown), request);
}

TEST_F(Conditions, leave_nothing_where_no_other_way_is_taken) {
  const ValueId some = one_of({pool.null(), met(key, fresh)});
  const ValueId other = call("not", {fresh});
  const auto holds = [&](std::span<const ValueId> tests) {
    const bool is_other = std::ranges::find(tests, other) != tests.end();
    return is_other ? Answer::No : Answer::Unknown;
  };
  EXPECT_EQ(simplified_under(pool, some, holds), met(key, fresh));
}

TEST_F(Conditions, that_hold_once_a_leaf_is_known_leave_no_way_with_nothing) {
  const ValueId some = one_of({pool.null(), met(text("out/a"), fresh), text("other")});
  const auto with_key = [&](std::string_view name) {
    const Substitution substitution{
        .leaf = [&](ValueId leaf) { return leaf == key ? text(name) : ValueId{}; },
        .recompute = {}};
    return Substituter(pool, substitution)(some);
  };
  EXPECT_EQ(with_key("in/a"), one_of({text("out/a"), text("other")}));
  EXPECT_EQ(with_key("out/b"), one_of({pool.null(), text("other")}));
}

// `key ?? "other"` of what turns out to be nothing.
TEST_F(Conditions, that_fail_once_a_leaf_is_nothing_leave_that_way_out) {
  const ValueId is_there = call("not_equal", {key, pool.null()});
  const ValueId some = one_of({met(key, is_there), met(text("other"), call("not", {is_there}))});
  const auto with_key = [&](ValueId value) {
    const Substitution substitution{
        .leaf = [&](ValueId leaf) { return leaf == key ? value : ValueId{}; }, .recompute = {}};
    return Substituter(pool, substitution)(some);
  };
  EXPECT_EQ(with_key(pool.null()), text("other"));
  EXPECT_EQ(with_key(text("mine")), text("mine"));
}

}  // namespace
}  // namespace fnlint
