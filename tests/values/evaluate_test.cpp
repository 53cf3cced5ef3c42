// The evaluator that templates and code share.

#include "values/evaluate.h"

#include "tests/values/values_test.h"
#include "values/where.h"

#include <map>

namespace fnlint {
namespace {

// Expressions written down in tests; variables have the values that the test gives them.
class Evaluate : public ValuesTest, public ExprContext {
 protected:
  ExprId add(Expr expr, std::initializer_list<Operand> operands = {}) {
    expr.operands = {static_cast<std::uint32_t>(operands_.size()),
                     static_cast<std::uint32_t>(operands.size())};
    operands_.insert(operands_.end(), operands.begin(), operands.end());
    exprs_.push_back(expr);
    return ExprId{static_cast<std::uint32_t>(exprs_.size() - 1)};
  }
  StringId name(std::string_view text) {
    const auto begin = static_cast<std::uint32_t>(text_.size());
    text_ += text;
    strings_.push_back({begin, static_cast<std::uint32_t>(text_.size())});
    return StringId{static_cast<std::uint32_t>(strings_.size() - 1)};
  }
  ExprId literal(std::string_view text) {
    return add({.kind = ExprKind::Text, .name = name(text)});
  }
  ExprId digits(std::string_view text) {
    return add({.kind = ExprKind::Number, .name = name(text)});
  }
  ExprId variable(std::uint32_t ref, ValueId value) {
    variables_[ref] = value;
    return add({.kind = ExprKind::Variable, .ref = ref});
  }
  ExprId operation(OperatorKind kind, ExprId left, ExprId right) {
    return add({.kind = ExprKind::Operator, .detail = static_cast<std::uint8_t>(kind)},
               {{.value = left}, {.value = right}});
  }
  ValueId run(ExprId id) {
    const ExprTables tables{exprs_, operands_, text_, strings_};
    return evaluate(pool, tables, id, *this);
  }

 private:
  ValueId leaf(ExprId, const Expr& expr) override { return variables_[expr.ref]; }
  ValueId apply(ExprId, const Expr&) override { return pool.unknown("a function"); }

  std::vector<Expr> exprs_;
  std::vector<Operand> operands_;
  std::string text_;
  std::vector<Range> strings_;
  std::map<std::uint32_t, ValueId> variables_;
};

TEST_F(Evaluate, reads_literals) {
  EXPECT_EQ(run(literal("a")), text("a"));
  EXPECT_EQ(run(digits("0x10")), number(16));
  EXPECT_EQ(run(add({.kind = ExprKind::Bool, .detail = 1})), pool.boolean(true));
  EXPECT_EQ(run(add({.kind = ExprKind::Null})), pool.null());
}

TEST_F(Evaluate, asks_the_context_for_what_is_not_pure) {
  EXPECT_EQ(run(variable(1, hole("h"))), hole("h"));
  EXPECT_EQ(kind(run(add({.kind = ExprKind::Apply, .name = name("Fn::Sub")}))), ValueKind::Unknown);
}

TEST_F(Evaluate, reads_members_indexes_and_parts) {
  const ExprId base = variable(1, record({{"a", list({text("xyz")})}}));
  const ExprId member = add({.kind = ExprKind::Member, .ref = base.index, .name = name("a")});
  const ExprId item = add({.kind = ExprKind::Index, .ref = member.index}, {{.value = digits("0")}});
  EXPECT_EQ(run(item), text("xyz"));
  const ExprId tail =
      add({.kind = ExprKind::Part, .ref = item.index}, {{.value = digits("1")}, {}, {}});
  EXPECT_EQ(run(tail), text("yz"));
  const ExprId stepped =
      add({.kind = ExprKind::Part, .ref = item.index}, {{}, {}, {.value = digits("2")}});
  EXPECT_EQ(kind(run(stepped)), ValueKind::Computed);
}

TEST_F(Evaluate, puts_texts_together) {
  EXPECT_EQ(run(add({.kind = ExprKind::Concat},
                    {{.value = literal("a/")}, {.value = variable(1, hole("h"))}})),
            pattern("a/{h}"));
  EXPECT_EQ(run(operation(OperatorKind::Add, literal("a/"), variable(1, hole("h")))),
            pattern("a/{h}"));
}

TEST_F(Evaluate, computes_tests) {
  EXPECT_EQ(run(operation(OperatorKind::Equal, digits("2"), digits("2.0"))), pool.boolean(true));
  EXPECT_EQ(run(operation(OperatorKind::Less, digits("2"), digits("1"))), pool.boolean(false));
  const ExprId in = operation(OperatorKind::In, literal("a"), variable(1, hole("h")));
  EXPECT_EQ(show(run(in)), "in(a, event h)");
  EXPECT_EQ(run(add({.kind = ExprKind::Operator, .detail = 0}, {{.value = literal("")}})),
            pool.boolean(true));
}

TEST_F(Evaluate, joins_tests_into_tests) {
  const ExprId first = operation(OperatorKind::Equal, variable(1, hole("h")), literal("a"));
  const ExprId second = operation(OperatorKind::Equal, variable(2, hole("i")), literal("b"));
  EXPECT_EQ(show(run(operation(OperatorKind::And, first, second))),
            "and(equal(event h, a), equal(event i, b))");
  EXPECT_EQ(show(run(operation(OperatorKind::And, variable(1, hole("h")), second))),
            "and(event h, equal(event i, b))");
}

TEST_F(Evaluate, lets_a_known_operand_decide) {
  EXPECT_EQ(run(operation(OperatorKind::Or, literal("a"), literal("b"))), text("a"));
  EXPECT_EQ(run(operation(OperatorKind::Or, literal(""), literal("b"))), text("b"));
  EXPECT_EQ(run(operation(OperatorKind::And, literal("a"), literal("b"))), text("b"));
  EXPECT_EQ(run(operation(OperatorKind::And, add({.kind = ExprKind::Null}), literal("b"))),
            pool.null());
  EXPECT_EQ(run(operation(OperatorKind::Coalesce, literal(""), literal("b"))), text(""));
  EXPECT_EQ(run(operation(OperatorKind::Coalesce, add({.kind = ExprKind::Null}), literal("b"))),
            text("b"));
}

TEST_F(Evaluate, gives_both_operands_where_the_first_is_not_known) {
  const ValueId value = run(operation(OperatorKind::Or, variable(1, hole("h")), literal("b")));
  EXPECT_EQ(show(value), "event h or b");
  EXPECT_EQ(uncertainty(value), 0);  // the first tells which
  EXPECT_EQ(conditions_of(pool, pool.operands(value)[0]), std::vector{call("truthy", {hole("h")})});
  EXPECT_EQ(conditions_of(pool, pool.operands(value)[1]), std::vector{call("not", {hole("h")})});
}

TEST_F(Evaluate, decides_each_alternative_alone) {
  const std::array set{Alternative{text("a"), guard("Stage", 0)},
                       Alternative{pool.absent(), guard("Stage", 1)}};
  const ValueId value =
      run(operation(OperatorKind::Coalesce, variable(1, pool.one_of(set)), literal("b")));
  EXPECT_EQ(show(value), "a or b");
  EXPECT_EQ(uncertainty(value), 0);
  EXPECT_EQ(pool.guards(value)[1], guard("Stage", 1));
}

TEST_F(Evaluate, chooses_by_the_condition) {
  const auto choose = [&](ValueId condition) {
    return run(add({.kind = ExprKind::Choose}, {{.value = variable(1, condition)},
                                                {.value = literal("then")},
                                                {.value = literal("else")}}));
  };
  EXPECT_EQ(choose(pool.boolean(true)), text("then"));
  EXPECT_EQ(choose(pool.boolean(false)), text("else"));
  EXPECT_EQ(show(choose(hole("h"))), "then or else");
  const std::array stages{Alternative{pool.boolean(false), guard("Stage", 0)},
                          Alternative{pool.boolean(true), guard("Stage", 1)}};
  const ValueId guarded = choose(pool.one_of(stages));
  EXPECT_EQ(show(guarded), "else or then");
  EXPECT_EQ(pool.guards(guarded)[0], guard("Stage", 0));
}

TEST_F(Evaluate, makes_lists_with_spreads) {
  const ExprId known = variable(1, list({text("a"), text("b")}));
  EXPECT_EQ(show(run(add({.kind = ExprKind::List},
                         {{.value = known, .spread = 1}, {.value = literal("c")}}))),
            "[a, b, c]");
}

TEST_F(Evaluate, loses_places_behind_a_spread_that_is_not_known) {
  const ExprId unknown = variable(1, pool.hole(Origin::Secret, "s"));
  const ValueId value =
      run(add({.kind = ExprKind::List},
              {{.value = literal("a")}, {.value = unknown, .spread = 1}, {.value = literal("c")}}));
  EXPECT_EQ(pool[value].ref, 1U);
  EXPECT_EQ(index(pool, value, number(0)), text("a"));
  EXPECT_NE(index(pool, value, number(1)), text("c"));
  EXPECT_TRUE(has_origin(pool, value, Origin::Secret));
}

TEST_F(Evaluate, makes_records_with_spreads) {
  const ExprId known = variable(1, record({{"a", text("x")}, {"b", text("y")}}));
  const ValueId value =
      run(add({.kind = ExprKind::Record},
              {{.value = known, .spread = 1}, {.name = name("b"), .value = literal("z")}}));
  EXPECT_EQ(show(value), "{a: x, b: z}");
}

TEST_F(Evaluate, looks_into_a_record_that_was_spread) {
  const ExprId event = variable(1, pool.hole(Origin::Event, "detail"));
  const ValueId value =
      run(add({.kind = ExprKind::Record}, {{.name = name("a"), .value = literal("x")},
                                           {.value = event, .spread = 1},
                                           {.name = name("b"), .value = literal("y")}}));
  EXPECT_EQ(pool[value].ref, 1U);
  EXPECT_EQ(show(member(pool, value, "a")), "x or event detail.a");
  EXPECT_EQ(member(pool, value, "b"), text("y"));
  EXPECT_EQ(member(pool, value, "c"), pool.hole(Origin::Event, "detail.c"));
}

TEST_F(Evaluate, opens_a_record_with_a_key_that_is_not_known) {
  const ValueId value =
      run(add({.kind = ExprKind::Record}, {{.name = name("a"), .value = literal("x")},
                                           {.key = variable(1, hole("k")), .value = literal("y")},
                                           {.key = literal("b"), .value = literal("z")}}));
  EXPECT_EQ(pool[value].ref, 1U);
  EXPECT_EQ(member(pool, value, "a"), text("x"));
  EXPECT_EQ(member(pool, value, "b"), text("z"));
}

TEST_F(Evaluate, asks_for_types) {
  const ExprId base = literal("a");
  EXPECT_EQ(run(add({.kind = ExprKind::TypeTest, .ref = base.index, .name = name("str")})),
            pool.boolean(true));
}

TEST_F(Evaluate, cuts_expressions_that_nest_too_deeply) {
  ExprId expr = literal("a");
  for (int i = 0; i < 5000; ++i) expr = operation(OperatorKind::Add, expr, literal("b"));
  EXPECT_TRUE((uncertainty(run(expr)) & kCut) != 0);
}

}  // namespace
}  // namespace fnlint
