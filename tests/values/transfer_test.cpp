// Values moved between pools, and pools that forget.

#include "values/transfer.h"

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

// A pool with something in it, and a copy that works on its own.
class Transfer : public ValuesTest {
 protected:
  ValueId shared = record({{"bucket", text("photos")}, {"key", hole("key")}});
  std::unique_ptr<ValuePool> copy = pool.copy();
};

TEST_F(Transfer, keeps_what_both_had_from_the_beginning) {
  ValueTransfer transfer(*copy, pool);
  EXPECT_EQ(copy->text_value("photos"), text("photos"));
  EXPECT_EQ(transfer(shared), shared);
  EXPECT_EQ(transfer(ValueId{}), ValueId{});
}

TEST_F(Transfer, makes_equal_values_once_whoever_made_them) {
  text("only here");  // so that the two pools' ids differ
  const ValueId here = list({text("a"), shared});
  const std::array there{copy->text_value("a"), shared};
  const ValueId moved = ValueTransfer(*copy, pool)(copy->list(there));
  EXPECT_EQ(moved, here);
}

TEST_F(Transfer, brings_what_equals_nothing_once) {
  const ValueId here = pool.unknown("why");
  const ValueId there = copy->unknown("why");
  ValueTransfer transfer(*copy, pool);
  EXPECT_NE(transfer(there), here);
  EXPECT_EQ(transfer(there), transfer(there));
  EXPECT_NE(transfer(copy->unknown("why")), transfer(there));
}

TEST_F(Transfer, brings_guards_and_the_choices_that_they_ask) {
  const auto stage_is = [](ValuePool& of, std::uint64_t allowed) {
    const std::array domain{of.string("dev"), of.string("prod")};
    return of.guard({{of.choice(0, "Stage", domain), allowed}});
  };
  pool.choice(0, "Region", {});
  const std::array here{Alternative{text("a"), stage_is(pool, 1)},
                        Alternative{text("b"), stage_is(pool, 2)}};
  const std::array there{Alternative{copy->text_value("a"), stage_is(*copy, 1)},
                         Alternative{copy->text_value("b"), stage_is(*copy, 2)}};
  EXPECT_EQ(ValueTransfer(*copy, pool)(copy->one_of(there)), pool.one_of(here));
}

TEST_F(Transfer, forgets_what_a_copy_made_itself) {
  const std::size_t before = copy->size();
  const ValueId first = copy->text_value("first");
  const std::array marked{copy->with_uncertainty(shared, kHeuristic), first};
  copy->list(marked);
  copy->forget();
  EXPECT_EQ(copy->size(), before);
  EXPECT_EQ(copy->text_value("second"), first);  // its row
  EXPECT_EQ((*copy).text(first), "second");
  EXPECT_EQ(copy->text_value("photos"), text("photos"));
}

TEST_F(Transfer, forgets_what_was_noted_at_kept_values) {
  const ValueId marked = pool.with_uncertainty(shared, kHeuristic);
  const std::unique_ptr<ValuePool> other = pool.copy();
  const std::string plain = show(pool.plain(marked));
  const auto plain_there = [&] { return show(ValueTransfer(*other, pool)(other->plain(marked))); };
  EXPECT_EQ(plain_there(), plain);
  other->forget();
  other->text_value("in its place");
  EXPECT_EQ(plain_there(), plain);
}

TEST_F(Transfer, forgets_many_times_and_keeps_slices_whole) {
  for (int round = 0; round < 3; ++round) {
    std::vector<ValueId> items;
    for (int i = 0; i < 60; ++i) items.push_back(copy->number(round * 10'000 + i));
    std::vector<ValueId> lists;
    for (int i = 0; i < 200; ++i) {
      items[0] = copy->number(round * 10'000 + 1'000 + i);
      lists.push_back(copy->list(items));
    }
    for (const ValueId made : lists)
      EXPECT_TRUE(std::ranges::equal(copy->operands(made).subspan(1),
                                     std::span<const ValueId>(items).subspan(1)));
    copy->forget();
  }
}

}  // namespace
}  // namespace fnlint
