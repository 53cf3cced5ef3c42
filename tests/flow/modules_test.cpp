// What the program's code says of its names, asked without an engine: of what would have to be
// walked for, nothing is known.
#include "flow/modules/class_table.h"
#include "flow/modules/code_base.h"
#include "flow/modules/static_types.h"
#include "frontends/source/java/java.h"
#include "frontends/source/python/python.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint::testing {
namespace {

class NothingWalked final : public Evaluation {
 public:
  ValueId exported(ModuleId, std::string_view) override { return {}; }
  ValueId constant(ModuleId, ExprId) override { return {}; }
  ValueId written_member(ProjectObject, std::string_view) override { return {}; }
};

// One module alone, and the parts over it.
struct OneModule {
  explicit OneModule(CodeFacts code) : facts(std::move(code)) {
    program.units.resize(1);
    program.units[0].language = facts.language;
    program.units[0].modules["app"] = id;
    program.units[0].end = 1;
    ProgramModule row{&facts, 0, {}};
    for (const Import& import : facts.imports)
      row.imports.push_back({.path = std::string(facts.string(import.module))});
    program.modules.push_back(std::move(row));
  }
  OneModule(const OneModule&) = delete;
  OneModule& operator=(const OneModule&) = delete;

  ProjectObject named(std::string_view name) { return classes().in_module(id, name); }
  std::string name_of(ProjectObject type) {
    return type.type.exists() ? std::string(facts.string(facts.classes[type.type.index].name))
                              : std::string();
  }
  ModuleStore& modules() {
    if (!modules_) modules_.emplace(pool, program, index_);
    return *modules_;
  }
  ClassTable& classes() {
    if (!classes_) classes_.emplace(CodeBase{pool, program, index_, modules(), context}, nothing_);
    return *classes_;
  }
  StaticTypes& static_types() {
    if (!types_) types_.emplace(program, modules(), classes(), nothing_);
    return *types_;
  }

  const ModuleId id{0};
  const CodeFacts facts;
  Program program;
  ValuePool pool;
  WalkContext context;

 private:
  CodeIndex index_{program};
  NothingWalked nothing_;
  std::optional<ModuleStore> modules_;
  std::optional<ClassTable> classes_;
  std::optional<StaticTypes> types_;
};

TEST(Modules, WhatAFunctionRebindsIsNoConstant) {
  OneModule app(lower_python(R"(
LIMIT = 10
count = 0
def handler(event, context):
    global count
    count = count + LIMIT
    print(count)
)"));
  ModuleStore& modules = app.modules();
  const VariableId count = modules.named(app.id, "count"), limit = modules.named(app.id, "LIMIT");
  ASSERT_TRUE(count.exists() && limit.exists());
  EXPECT_TRUE(modules.is_rebound(modules.place(app.id, count)));
  EXPECT_FALSE(modules.is_rebound(modules.place(app.id, limit)));
  EXPECT_FALSE(modules.named(app.id, "event").exists());
}

TEST(Modules, AStoreThatIsFoundLateAsksForASecondRound) {
  OneModule app(lower_python("cache = {}\ndef handler(event, context):\n    return cache\n"));
  ModuleStore& modules = app.modules();
  const VariableId cache = modules.named(app.id, "cache");
  modules.state(app.id, cache).initial = app.pool.record({});
  EXPECT_TRUE(modules.wants_second_round().empty());
  modules.add_stored(modules.place(app.id, cache), app.pool.text_value("a"),
                     app.pool.text_value("b"), StoreKind::Append);
  EXPECT_TRUE(modules.is_walked_again(app.id));
  modules.begin_second_round();
  EXPECT_FALSE(modules.is_walked_again(app.id));
}

TEST(Modules, OfAnInterfaceTheClassesBelowItCanStandForIt) {
  OneModule app(lower_java(R"(
interface Store { void save(String key); }
abstract class Logged implements Store {}
class Bucket extends Logged { public void save(String key) { System.out.println(key); } }
class Table implements Store { public void save(String key) { System.out.println(key); } }
class Other { void run() { System.out.println(""); } }
)"));
  std::string names;
  for (const ProjectObject& one : app.classes().implementers_of(app.named("Store")))
    names += app.name_of(one) + ' ';
  EXPECT_EQ(names, "Bucket Table ");
  EXPECT_EQ(app.classes().implementers_of(app.named("Other")).size(), 1U);
  EXPECT_FALSE(app.named("Missing").type.exists());
}

TEST(Modules, AFieldIsFoundInTheClassThatDeclaresIt) {
  OneModule app(lower_java(R"(
class Base { protected Orders orders; }
class Orders { String id; }
class Derived extends Base { int count; }
)"));
  ModuleId home = app.id;
  const Field* field = app.classes().field(app.named("Derived"), "orders", home);
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(app.name_of(app.classes().declared(home, field->type)), "Orders");
  EXPECT_EQ(app.classes().field(app.named("Orders"), "orders", home), nullptr);
}

// The type of what a method is called on, through a field and a method's declared result.
TEST(Modules, DeclarationsGiveAReceiverItsType) {
  OneModule app(lower_java(R"(
class Order { String id() { return ""; } }
class Desk { Order first() { return null; } }
class Handler {
  private Desk desk;
  String handle() { return desk.first().id(); }
}
)"));
  std::string types;
  for (std::uint32_t i = 0; i < app.facts.ops.size(); ++i)
    if (app.facts.ops[i].kind == OpKind::Call)
      if (const auto type = app.static_types().of_receiver({app.id, OpId{i}}))
        types += app.name_of(type->own) + ' ';
  EXPECT_EQ(types, "Desk Order ");
}

TEST(Modules, CallsThatAreDeepCostForEachThatWaits) {
  WalkContext context;
  std::size_t calls = 0;
  while (context.spend_call(9)) ++calls;
  EXPECT_EQ(calls, kFollowedCalls / 10);
  context.begin_function();
  EXPECT_TRUE(context.spend_call(0));
}

TEST(Modules, ALibraryIsUnfollowedOnce) {
  WalkContext context;
  const Unfollowed one{.callee = StringId{7}, .at = {ModuleId{0}, OpId{1}}};
  const Unfollowed again{.callee = StringId{7}, .at = {ModuleId{0}, OpId{2}}};
  const Unfollowed other{.callee = StringId{3}, .at = {ModuleId{0}, OpId{3}}};
  context.note_unfollowed({one, again, other});
  const std::vector<Unfollowed> noted = context.take_unfollowed();
  ASSERT_EQ(noted.size(), 2U);
  EXPECT_EQ(noted[0].callee, other.callee);
  EXPECT_EQ(noted[1].at, one.at);
  EXPECT_TRUE(context.take_unfollowed().empty());
}

}  // namespace
}  // namespace fnlint::testing
