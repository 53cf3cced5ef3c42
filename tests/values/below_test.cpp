// Substitution, walks over the parts of a value, and values in words.

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class Substitute : public ValuesTest {
 protected:
  // Puts `value` in place of `from`.
  ValueId substitute(ValueId in, ValueId from, ValueId value) {
    const Substitution substitution{
        .leaf = [&](ValueId leaf) { return leaf == from ? value : ValueId{}; }, .recompute = {}};
    Substituter substituter(pool, substitution);
    return substituter(in);
  }
};

TEST_F(Substitute, replaces_a_leaf_everywhere) {
  const ValueId value = record({{"a", list({parameter("p")})}, {"b", pattern("x-{?p}")}});
  EXPECT_EQ(show(substitute(value, parameter("p"), text("y"))), "{a: [y], b: x-y}");
}

TEST_F(Substitute, computes_anew_what_waited) {
  const ValueId key = parameter("key");
  const ValueId written = call("replace", {key, text("incoming/"), text("done/")});
  const ValueId value = substitute(written, key, pattern("incoming/{h}"));
  EXPECT_EQ(ask("starts_with", {value, text("done/")}), Answer::Yes);
}

TEST_F(Substitute, reads_members_of_what_is_put_in) {
  const ValueId value = member(pool, index(pool, parameter("p"), text("a")), "b");
  const ValueId given = record({{"a", record({{"b", number(7)}})}});
  EXPECT_EQ(substitute(value, parameter("p"), given), number(7));
}

TEST_F(Substitute, decides_tests) {
  const ValueId test = call("starts_with", {parameter("p"), text("out/")});
  EXPECT_EQ(substitute(test, parameter("p"), pattern("out/{h}")), pool.boolean(true));
}

TEST_F(Substitute, keeps_what_is_not_replaced) {
  const ValueId value = list({call("hash", {hole("h")}), one_of({text("a"), hole("i")})});
  EXPECT_EQ(substitute(value, parameter("p"), text("x")), value);
}

TEST_F(Substitute, keeps_the_uncertainty_of_what_is_replaced) {
  const ValueId marked = pool.with_uncertainty(parameter("p"), kHeuristic);
  EXPECT_EQ(uncertainty(substitute(marked, marked, text("x"))), kHeuristic);
}

TEST_F(Substitute, unites_alternatives_that_become_equal) {
  const ValueId value = one_of({parameter("p"), text("a")});
  EXPECT_EQ(substitute(value, parameter("p"), text("a")), text("a"));
}

TEST_F(Substitute, asks_for_objects_and_goes_below_those_that_stay) {
  const std::array operands{parameter("p")};
  const ValueId object = pool.object(1, "acme.Store", operands);
  EXPECT_EQ(substitute(list({object}), object, text("x")), list({text("x")}));
  const std::array replaced{text("y")};
  EXPECT_EQ(substitute(object, parameter("p"), text("y")), pool.object(1, "acme.Store", replaced));
}

TEST_F(Substitute, goes_into_captures_and_tasks) {
  const std::array captures{NamedValue{pool.string("x"), parameter("p")}};
  const ValueId value = pool.task(pool.function(5, captures));
  const std::array given{NamedValue{pool.string("x"), text("y")}};
  EXPECT_EQ(substitute(value, parameter("p"), text("y")), pool.task(pool.function(5, given)));
}

TEST_F(Substitute, lets_the_caller_recompute) {
  const ValueId value = call("call", {parameter("f"), text("x")});
  const Substitution substitution{
      .leaf = [](ValueId) { return ValueId{}; },
      .recompute =
          [&](std::string_view name, std::span<const ValueId> operands) {
            return name == "call" ? operands[1] : compute(pool, name, operands);
          }};
  EXPECT_EQ(Substituter(pool, substitution)(value), text("x"));
}

TEST_F(Substitute, does_shared_parts_once) {
  ValueId value = parameter("p");
  for (int i = 0; i < 100; ++i) value = list({value, value});
  int asked = 0;
  const Substitution substitution{.leaf =
                                      [&](ValueId) {
                                        ++asked;
                                        return text("x");
                                      },
                                  .recompute = {}};
  Substituter(pool, substitution)(value);
  EXPECT_EQ(asked, 1);
}

class Finished : public ValuesTest {};

TEST_F(Finished, computes_what_waited) {
  const ValueId value = call("replace", {pattern("data/{?p}"), text("raw"), text("clean")});
  ASSERT_EQ(kind(value), ValueKind::Computed);
  EXPECT_EQ(ask("starts_with", {finished(pool, value), text("data/")}), Answer::Yes);
}

TEST_F(Finished, keeps_equal_holes_equal_and_their_origins) {
  const ValueId value = finished(pool, list({parameter("p"), parameter("p")}));
  EXPECT_FALSE(pool.symbolic(value));
  EXPECT_EQ(equal(pool, pool.operands(value)[0], pool.operands(value)[1]), Answer::Yes);
  EXPECT_TRUE(has_origin(pool, value, Origin::Parameter));
}

class Below : public ValuesTest {};

TEST_F(Below, visits_each_value_once_in_a_fixed_order) {
  const ValueId value = list({text("a"), list({text("b"), text("a")})});
  std::string order;
  for_each_below(pool, value,
                 [&](ValueId id) { order += kind(id) == ValueKind::Text ? pool.text(id) : "["; });
  EXPECT_EQ(order, "[a[b");
}

class Describe : public ValuesTest {};

TEST_F(Describe, says_values_in_short_words) {
  EXPECT_EQ(show(concat({text("acme-"), pool.hole(Origin::Pseudo, "AWS::AccountId")})),
            "acme-${AWS::AccountId}");
  EXPECT_EQ(show(pool.hole(Origin::Event, "Records[].s3.object.key")),
            "event Records[].s3.object.key");
  EXPECT_EQ(show(pool.hole(Origin::Environment, "BUCKET")), "environment variable BUCKET");
  EXPECT_EQ(show(pool.hole(Origin::Library, "boto3.client")), "boto3.client");
  EXPECT_EQ(show(pool.hole(Origin::Clock, "")), "time");
  EXPECT_EQ(show(pool.unknown("a dynamic import")), "unknown (a dynamic import)");
  EXPECT_EQ(show(one_of({text("a"), text("b")})), "a or b");
  EXPECT_EQ(show(list({text("a"), record({{"k", number(1)}})})), "[a, {k: 1}]");
}

TEST_F(Describe, names_resources) {
  pool.name_resource(ResourceId{1}, "Uploads");
  EXPECT_EQ(show(pool.reference(ResourceId{1}, "Arn")), "Uploads.Arn");
  EXPECT_EQ(show(pool.reference(ResourceId{1}, "")), "Uploads");
}

TEST_F(Describe, stays_short) {
  ValueId value = text(std::string(100, 'a'));
  for (int i = 0; i < 150; ++i) value = list({value, value});
  EXPECT_LE(show(value).size(), 200U);
  EXPECT_LE(show(text(std::string(100'000, 'a'))).size(), 200U);
}

}  // namespace
}  // namespace fnlint
