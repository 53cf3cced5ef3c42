// The interpreter of deployment programs: classes, loops, open tests, budgets.

#include "flow/program/interpret.h"

#include "core/text.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/python/python.h"
#include "values/number_text.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>

namespace fnlint {

namespace {

// A program that is run for the calls of `kit.make` and its kin: one line each, with the conditions
// under which it is called.
class LittleRun : public InterpreterHost {
 public:
  LittleRun(const std::map<std::string, std::string>& modules, bool is_python) {
    std::map<std::string, ModuleId> ids;
    for (const auto& [name, text] : modules) {
      ids.emplace(name, ModuleId{static_cast<std::uint32_t>(names_.size())});
      names_.push_back(name);
      facts_.push_back(is_python ? lower_python(text)
                                 : lower_javascript(text, JavaScriptDialect::TypeScript));
    }
    for (const CodeFacts& facts : facts_) {
      ProgramModule module{.facts = &facts};
      for (const Import& row : facts.imports) module.imports.push_back(target(facts, row, ids));
      program_.modules.push_back(std::move(module));
    }
    program_.units.push_back({facts_.front().language, {}});
    Interpreter interpreter(program_, *this);
    interpreter.run(ids.at("main"));
    log_ += interpreter.stopped();
  }
  std::string take() { return std::move(log_); }

  DatumId call(Interpreter& program, const LibraryUse& use) override {
    std::string line(use.path);
    for (const Slot& one : use.arguments.given) line += ' ' + words(program, one.value, 0);
    for (const PathTest& test : program.path())
      line +=
          cat(" if ", test.holds ? "" : "not ", words(program, program.test_of(test.condition), 0));
    if (use.path == "kit.make" || use.path == "kit.Base") log_ += line.substr(4) + '\n';
    if (use.path == "<env>") return program.token("Ref", std::array{use.arguments.given[0].value});
    return {};
  }
  DatumId member(Interpreter& program, DatumId object, std::string_view name) override {
    if (program[object].text != "kit.input") return {};
    return program.token("Ref", std::array{program.text(std::string(name))});
  }
  std::string file_of(ModuleId module) override { return cat("/app/", names_[module.index], ".x"); }

 private:
  static ImportTarget target(const CodeFacts& facts, const Import& row,
                             const std::map<std::string, ModuleId>& ids) {
    std::string module(facts.string(row.module));
    const std::string name(facts.string(row.name));
    if (module == "<builtins>") return {.path = name};
    if (module.starts_with("./")) module.erase(0, 2);
    if (const auto own = ids.find(module); own != ids.end())
      return {.module = own->second, .whole = name.empty() || name == "*"};
    return {.path = name.empty() || name == "*" ? module : cat(module, '.', name)};
  }
  static std::string words(Interpreter& program, DatumId id, int depth) {
    const Datum& row = program[program.settled(id)];
    if (depth > 8) return "...";
    const auto inner = [&](std::string_view open, std::string_view close) {
      std::string text(open);
      for (const Slot& one : row.slots) {
        if (text.size() > 1) text += ' ';
        text += cat(one.name.empty() ? "" : one.name + '=', words(program, one.value, depth + 1));
      }
      return cat(text, row.open ? " ..." : "", close);
    };
    switch (row.kind) {
      case DatumKind::Absent: return "absent";
      case DatumKind::Null: return "null";
      case DatumKind::Bool: return row.truth ? "true" : "false";
      case DatumKind::Number: return number_text(row.number);
      case DatumKind::Text: return row.text;
      case DatumKind::List: return inner("[", "]");
      case DatumKind::Record: return inner("{", "}");
      case DatumKind::Token: return cat(row.text, inner("(", ")"));
      case DatumKind::Choice: {
        const std::string test = words(program, program.test_of(row.condition), depth + 1);
        return cat('<', test, " ? ", words(program, row.slots[0].value, depth + 1), " : ",
                   words(program, row.slots[1].value, depth + 1), '>');
      }
      case DatumKind::Unknown: return cat('?', row.text, '?');
      default: return "thing";
    }
  }

  std::deque<CodeFacts> facts_;
  std::vector<std::string> names_;
  Program program_;
  std::string log_;
};

std::string typescript(const std::string& text) {
  return '\n' + LittleRun({{"main", text}}, false).take();
}
std::string python(const std::string& text) {
  return '\n' + LittleRun({{"main", text}}, true).take();
}

}  // namespace

TEST(Interpret, ConstructorsOfTheProjectAreEnteredWithTheirProperties) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
interface Props { stage: string; memory?: number }
class Inner extends kit.Base {
  private readonly suffix = 'x';
  constructor(scope: any, id: string, readonly props: Props) {
    super(scope, id);
    this.add('fn');
  }
  add(name: string) {
    const { stage, memory = 128 } = this.props;
    kit.make(`${name}-${stage}-${this.suffix}`, memory, { ...this.props, last: true });
  }
}
new Inner(null, 'a', { stage: 'dev' });
new Inner(null, 'b', { stage: 'prod', memory: 512 });
)"),
            R"(
Base null a
make fn-dev-x 128 {stage=dev last=true}
Base null b
make fn-prod-x 512 {stage=prod memory=512 last=true}
)");
}

TEST(Interpret, PythonConstructorsTakeWhatIsNamed) {
  EXPECT_EQ(python(R"(
import kit

class Stack(kit.Base):
    def __init__(self, scope, id, *, stage="dev", **kwargs):
        super().__init__(scope, id, **kwargs)
        self.names = [n for n in ("a", "b")]
        for name in self.names:
            kit.make(f"{name}-{stage}", **kwargs)

if __name__ == "__main__":
    Stack(None, "S", stage="prod", env="x")
)"),
            R"(
Base null S x
make a-prod x
make b-prod x
)");
}

TEST(Interpret, AStaticFieldThatIsOnlyDeclaredIsUndefined) {
  EXPECT_EQ(typescript(R"(
import { make } from 'kit';
class Factory {
  private static one: Factory;
  static get(): Factory {
    if (Factory.one === undefined) { make('first'); this.one = new Factory(); }
    return this.one;
  }
  name = 'factory';
}
make(Factory.get().name);
make(Factory.get().name, Factory.never);
)"),
            R"(
make first
make factory
make factory absent
)");
}

TEST(Interpret, AClassKnowsItsName) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
class Shop extends kit.Base {}
function build(stack: typeof kit.Base) { kit.make(`${stack.name}-dev`); }
build(Shop);
)"),
            R"(
make Shop-dev
)");
}

TEST(Interpret, ATextHasItsCharacters) {
  EXPECT_EQ(typescript(R"(
import { make } from 'kit';
const name = 'orders';
make(name[0].toUpperCase() + name.slice(1), name.charAt(0), 'é'[0]);
)"),
            R"(
make Orders o ?a character of a text?
)");
  EXPECT_EQ(python(R"(
from kit import make
name = "orders"
make(name[0].upper() + name[1:], name[-1])
)"),
            R"(
make Orders s
)");
}

TEST(Interpret, LoopsOverKnownListsAreUnrolled) {
  EXPECT_EQ(typescript(R"(
import { make } from 'kit';
for (const [name, size] of Object.entries({ a: 1, b: 2 })) make(name, size);
['x', 'y'].forEach((name, i) => make(name, i));
['p', 'q'].filter(n => n !== 'p').map(n => n.toUpperCase()).forEach(n => make(n));
for (let i = 0; i < 3; i++) { if (i === 1) continue; make(i); }
)"),
            R"(
make a 1
make b 2
make x 0
make y 1
make Q
make 0
make 2
)");
}

TEST(Interpret, AnOpenTestIsFollowedBothWays) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
const stage = kit.input.stage;
let memory = 128;
if (stage === 'prod') { memory = 512; kit.make('only'); } else { kit.make('other', memory); }
kit.make('all', memory, stage === 'prod' ? 'x' : 'y');
if (stage === 'prod') kit.make('again', memory);
)"),
            R"(
make only if Fn::Equals(Ref(stage) prod)
make other 128 if not Fn::Equals(Ref(stage) prod)
make all <Fn::Equals(Ref(stage) prod) ? 512 : 128> <Fn::Equals(Ref(stage) prod) ? x : y>
make again 512 if Fn::Equals(Ref(stage) prod)
)");
}

TEST(Interpret, AnEarlyReturnHoldsForTheRestOfItsFunctionAlone) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
function build(on: boolean) {
  if (!on) return 'none';
  kit.make('built');
  return 'some';
}
kit.make('result', build(kit.input.on === 'yes'));
)"),
            R"(
make built if Fn::Equals(Ref(on) yes)
make result <Fn::Equals(Ref(on) yes) ? some : none>
)");
}

TEST(Interpret, AWayThatRaisesDeploysNothing) {
  EXPECT_EQ(python(R"(
import kit, os
stage = os.environ.get("STAGE")
if not stage:
    raise ValueError("STAGE is needed")
kit.make("app", stage)
)"),
            R"(
make app Ref(STAGE)
)");
}

TEST(Interpret, ABlockIsLeftWhereOneOfSeveralTestsHolds) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
function build(stage) {
  if (!stage || !['a', 'b'].includes(stage)) throw new Error('a stage is needed');
  kit.make('checked');
}
function perhaps(stage) {
  if (stage === 'c' || kit.odd(stage)) return;
  kit.make('kept');
}
build(kit.input.stage);
perhaps(kit.input.stage);
)"),
            R"(
make checked
make kept if not Fn::Or(Fn::Equals(Ref(stage) c) ?what kit.odd gives?)
)");
}

TEST(Interpret, PromisesStandForWhatTheyBring) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
async function load() { return { name: 'one' }; }
async function nothing() {}
load().then(found => kit.make(found.name)).catch(kit.make).finally(() => kit.make('end'));
nothing().then(() => kit.make('after'));
)"),
            R"(
make one
make end
make after
)");
}

TEST(Interpret, EntriesAreUnderNumbersAsWell) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
const made = {}, listed = [], mapped = new Map();
[7, 9].forEach((id, row) => {
  made[id] = `n${id}`;
  listed[row] = `l${id}`;
  mapped.set(id, `m${id}`);
});
listed[0] = 'first';
kit.make(...Object.values(made), made[9], ...listed, mapped.get(7));
)"),
            R"(
make n7 n9 n9 first l9 m7
)");
}

TEST(Interpret, ARestIsWithoutWhatIsTaken) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
const { entry, ...rest } = { entry: undefined, size: 1 };
kit.make({ entry: entry || 'main', ...rest });
)"),
            R"(
make {entry=main size=1}
)");
}

TEST(Interpret, WhatIsNotKnownIsAValue) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
import { load } from 'elsewhere';
const config = load();
kit.make(config.name, `x-${config.name}`);
for (const name of config.names) kit.make('each', name);
)"),
            R"(
make ?what elsewhere.load gives? ?what elsewhere.load gives?
make each ?an element of an unknown list? if ?whether there is an element?
)");
}

TEST(Interpret, ClassesHaveTheirNamesAndNothingThatTheyDoNotDeclare) {
  EXPECT_EQ(typescript(R"(
import * as kit from 'kit';
class Shop {}
class Store extends Shop { constructor() { super(); if (super.open !== undefined) kit.make('open'); } }
const stacks: (typeof Shop)[] = [Shop, Store];
for (const stack of stacks) kit.make(stack.name);
if (Shop.limit === undefined) kit.make('unlimited');
new Store();
)"),
            R"(
make Shop
make Store
make unlimited
)");
}

TEST(Interpret, ModulesOfTheProjectAreRunOnce) {
  LittleRun run({{"main", "import { build, NAME } from './lib';\nbuild(NAME);\nbuild('again');\n"},
                 {"lib",
                  "import * as kit from 'kit';\nkit.make('loaded');\nexport const NAME = 'n';\n"
                  "export function build(name: string) { kit.make(name, __dirname); }\n"}},
                false);
  EXPECT_EQ('\n' + run.take(), R"(
make loaded
make n /app
make again /app
)");
}

TEST(Interpret, ProgramsThatNeverEndAreLeft) {
  EXPECT_EQ(typescript("while (true) { let x = 1; }"),
            "\nthe program takes more steps than are followed");
  EXPECT_EQ(typescript("const f = (n: number): number => f(n + 1); f(0);"), "\n");
  EXPECT_EQ(python("s = 'x'\nwhile True:\n    s = s + s\n"),
            "\nthe program takes more steps than are followed");
  EXPECT_EQ(python("l = [1]\nfor i in range(5000):\n    l = l + l\n"), "\n");
}

TEST(Interpret, AlternativesDoNotMultiplyWithoutEnd) {
  std::string text = "import * as kit from 'kit';\nlet s = '';\n";
  for (int i = 0; i < 60; ++i)
    text += cat("if (kit.input.a", i, " === 'x') s = s + 'y'; else s = 'z' + s;\n");
  typescript(text + "kit.make(s);\n");
}

TEST(Interpret, ManyTestsInARowDoNotNestWithoutEnd) {
  std::string text = "import * as kit from 'kit';\nlet a: any = 1;\nfunction f() {\n";
  for (int i = 0; i < 1500; ++i)
    text += cat("if (kit.input.x", i, " === 'y') { a = ", i, "; if (kit.input.z", i,
                " === 'w') return; }\n");
  typescript(text + "}\nf();\nif (a) kit.make(a);\n");
}

TEST(Interpret, DeepNestingIsLeft) {
  std::string text = "import * as kit from 'kit';\nconst f = (g: any) => { g(); };\n";
  std::string inner = "kit.make('deep');";
  for (int i = 0; i < 100; ++i) inner = cat("f(() => { ", inner, " });");
  typescript(text + inner);
}

}  // namespace fnlint
