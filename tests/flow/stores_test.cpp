// What the engine keeps of walks: summaries and their callers, what was handed over for later.
#include "flow/engine/registrations.h"
#include "flow/engine/summary_store.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace fnlint::testing {
namespace {

FunctionRef function(std::uint32_t module, std::uint32_t index) {
  return {ModuleId{module}, FunctionId{index}};
}

TEST(SummaryStore, EveryChainOfCallersHasToBeginInAnInitialiser) {
  SummaryStore store;
  const FunctionRef made = function(0, 1), maker = function(0, 2), handler = function(0, 3);
  EXPECT_FALSE(store.is_called_at_init_only(made)) << "nobody is known to call it";
  store.add_caller(made, maker);
  store.add_initialiser_as_caller(maker);
  EXPECT_TRUE(store.is_called_at_init_only(made));
  store.add_caller(maker, maker);  // a circle adds no other beginning
  EXPECT_TRUE(store.is_called_at_init_only(made));
  store.add_caller(maker, handler);
  EXPECT_FALSE(store.is_called_at_init_only(made));
}

TEST(SummaryStore, OnlyWhatIsOfForgottenModulesGoes) {
  SummaryStore store;
  store.keep(function(0, 1), {.uncertainty = kCut});
  store.keep(function(1, 1), {});
  store.keep_returned_place(function(0, 1), ValueId{4});
  store.forget([](ModuleId module) { return module == ModuleId{0}; });
  EXPECT_EQ(store.find(function(0, 1)), nullptr);
  EXPECT_FALSE(store.returned_place(function(0, 1)).exists());
  EXPECT_NE(store.find(function(1, 1)), nullptr);
}

TEST(SummaryStore, AFunctionInACircleIsInProgress) {
  SummaryStore store;
  EXPECT_TRUE(store.begin(function(0, 1)));
  EXPECT_FALSE(store.begin(function(0, 1)));
  store.end(function(0, 1));
  EXPECT_FALSE(store.is_in_progress(function(0, 1)));
}

TEST(SummaryStore, RoundsOfACallAreCountedWhileTheyAreSettled) {
  SummaryStore store;
  const CallSite at{ModuleId{0}, OpId{5}};
  EXPECT_EQ(store.begin_round(at, ValueId{7}), 0);
  EXPECT_EQ(store.begin_round(at, ValueId{7}), 1);
  EXPECT_EQ(store.begin_round(at, ValueId{8}), 0) << "another callee";
  store.end_round(at, ValueId{7});
  store.end_round(at, ValueId{7});
  EXPECT_EQ(store.begin_round(at, ValueId{7}), 0);
}

TEST(Registrations, AreNotedOnceAndForgottenByModule) {
  Registrations noted;
  noted.begin_units(2);
  noted.add_entry(ModuleId{0}, ValueId{1});
  noted.add_entry(ModuleId{0}, ValueId{1});
  noted.add_hook(ModuleId{1}, {HookTime::Start, ValueId{2}});
  noted.add_hook(ModuleId{1}, {HookTime::Start, ValueId{2}});
  noted.add_hook(ModuleId{1}, {HookTime::Stop, ValueId{2}});
  noted.register_callback(ModuleId{1}, {.function = ValueId{3}});
  EXPECT_EQ(noted.entries(ModuleId{0}).size(), 1U);
  EXPECT_EQ(noted.hooks(ModuleId{1}).size(), 2U);
  EXPECT_TRUE(noted.is_registered(ValueId{3}));
  noted.forget(1, [](ModuleId) { return true; });
  EXPECT_FALSE(noted.is_registered(ValueId{3}));
  EXPECT_EQ(noted.entries(ModuleId{0}).size(), 1U) << "of a unit that is not in work";
}

}  // namespace
}  // namespace fnlint::testing
