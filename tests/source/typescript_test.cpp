// What TypeScript adds, and what of it is gone at run time.
#include "tests/source/javascript_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(TypeScript, TypesLeaveNoTrace) {
  EXPECT_EQ(lowered_typescript(R"js(
interface A { x: string }
type B = A | undefined;
declare const G: number;
declare module "m" { class C {} }
function f(a: string): void;
function f(a: any): void { use(a as B, <A>a, a!.x, a satisfies A); }
abstract class K<T> { abstract m(): void; declare x: T; [key: string]: any; }
)js"),
            R"(
class K
  field x: T
module
  #0 declare f = function f
  #1 define K
  #2 declare K = r1
function f(a: any): void
  #3 call use(a, a, a.x, a)
)");
}

TEST(TypeScript, ImportsUsedOnlyInTypesAreTypeOnly) {
  EXPECT_EQ(lowered_typescript(R"js(
import type { Handler } from "aws-lambda";
import { SQSEvent } from "aws-lambda";
import { Client, type Options } from "./client";
import unused from "./unused";
import * as all from "./all";
import legacy = require("./legacy");
export const handler: Handler<SQSEvent, void> = async (event) => { new Client(all.x); };
)js"),
            R"(
import aws-lambda Handler as Handler type-only
import aws-lambda SQSEvent as SQSEvent type-only
import ./client Client as Client
import ./client Options as Options type-only
import ./unused default as unused type-only
import ./all * as all
import ./legacy * as legacy type-only require
module
  #0 declare handler = function handler
  #1 assign exports.handler = handler
function handler(event) async arrow
  #2 construct Client(all.x)
)");
}

TEST(TypeScript, TypesSayWhereTheyComeFrom) {
  EXPECT_EQ(lowered_typescript(R"js(
import { Event } from "events-lib";
import * as lib from "lib";
import sdk from "sdk";
function f(a: Event, b: lib.Inner[], c: sdk.Client | undefined): Promise<Event> { return f; }
function g(d: Map<string, Event>, e: A | B, h: { x: 1 }) {}
)js"),
            R"(
import events-lib Event as Event type-only
import lib * as lib type-only
import sdk default as sdk type-only
module
  #0 declare f = function f
  #1 declare g = function g
function f(a: events-lib.Event, b: Array[lib.Inner], c: sdk.Client): Promise[events-lib.Event]
  #2 exit return f
function g(d: Map[string, events-lib.Event], e: |[A, B], h)
)");
}

TEST(TypeScript, ParameterPropertiesAreFields) {
  EXPECT_EQ(lowered_typescript(R"js(
class Service { constructor(private readonly client: Client, public n = 1, plain: string) { start(plain); } }
)js"),
            R"(
class Service methods Service.constructor
  constant field client: Client
  field n
module
  #0 define Service
  #1 declare Service = r0
constructor Service.constructor(receiver this, client: Client, n = 1, plain: string)
  #2 assign this.client = client
  #3 assign this.n = n
  #4 call start(plain)
)");
}

TEST(TypeScript, EnumsAreObjects) {
  EXPECT_EQ(lowered_typescript(R"js(
enum Color { Red, Green = 5, Blue, Name = "n", Same = Red, Also = Color.Blue, Computed = f() , Later }
)js"),
            R"(
module
  #0 call f()
  #1 declare Color = {Red: 0, Green: 5, Blue: 6, Name: "n", Same: 0, Also: 6, Computed: r0, Later: unknown(enum)}
)");
}

TEST(TypeScript, NamespacesAreObjects) {
  EXPECT_EQ(lowered_typescript(R"js(
namespace Util.Inner { export const a = 1; const hidden = 2; export function f() { return a + hidden; } export interface I {} }
namespace OnlyTypes { export type T = string; }
)js"),
            R"(
module
  #0 declare Util = {}
  #1 assign Util.Inner if absent = {}
  #2 declare f = function f
  #3 declare a = 1
  #4 declare hidden = 2
  #5 assign Util.Inner.a = a
  #6 assign Util.Inner.f = f
function f()
  #7 exit return a + hidden
)");
}

TEST(TypeScript, ExportAssignmentSetsTheExports) {
  EXPECT_EQ(lowered_typescript(R"js(
import config = require("./config");
export = { handler, config };
)js"),
            R"(
import ./config * as config require
module
  #0 assign exports = {handler: handler, config: config}
)");
}

TEST(TypeScript, ImportAliasesAreConstants) {
  EXPECT_EQ(lowered_typescript(R"js(
import Short = Long.Path.Name;
use(Short);
)js"),
            R"(
module
  #0 declare Short = Long.Path.Name
  #1 call use(Short)
)");
}

TEST(TypeScript, InjectedTypesKeepTheirImports) {
  EXPECT_EQ(lowered_typescript(R"js(
import { Store } from "./store";
import { Other } from "./other";
@Injectable() export class A { constructor(private store: Store) {} m(o: Other) {} }
)js"),
            R"(
import ./store Store as Store
import ./other Other as Other type-only
class A methods A.constructor, A.m
  field store: ./store.Store
module
  #0 call Injectable()
  #1 define A
  #2 decorate r0(r1)
  #3 declare A = r2
  #4 assign exports.A = A
constructor A.constructor(receiver this, store: ./store.Store)
  #5 assign this.store = store
method A.m(receiver this, o: ./other.Other)
class init A.class(receiver this)
  #6 assign this.m = function A.m
)");
}

TEST(TypeScript, ParametersAndMethodsAreDecorated) {
  EXPECT_EQ(lowered_typescript(R"js(
class A { constructor(@Inject(TOKEN) a) {} @Get(":id") get(@Param("id") id: string) { return id; } }
)js"),
            R"(
class A methods A.constructor, A.get
module
  #0 define A
  #1 declare A = r0
constructor A.constructor(receiver this, a)
method A.get(receiver this, id: string)
  #2 exit return id
class init A.class(receiver this)
  #3 call Inject(TOKEN)
  #4 decorate r3(null)
  #5 call Param("id")
  #6 decorate r5(null)
  #7 call Get(":id")
  #8 decorate r7(function A.get)
  #9 assign this.get = r8
)");
}

TEST(TypeScript, ImportTypesInTypesParse) {
  EXPECT_EQ(lowered_typescript(R"js(
const real = await load<typeof import("./real")>("./real");
)js"),
            R"(
module
  #0 call load("./real")
  #1 await r0
  #2 declare real = r1
)");
}

TEST(TypeScript, ImportsOfValuesAreNoTypes) {
  EXPECT_EQ(lowered_typescript(R"js(
const run = () => import("./run").then((m) => m.default());
)js"),
            lowered_typescript(R"js(
const run = () => (import("./run")).then((m) => m.default());
)js"));
}

TEST(TypeScript, TypesThatTheGrammarDoesNotKnowAreNotThere) {
  for (const std::string_view text :
       {R"(export type * from "./model";)", R"(export type * as model from './model';)",
        "interface Sink<in T> { put(value: T): void }", "type Both<in out T> = T;",
        "class Cell<K, out V> { in = 1; out = 2; }", "type Named<out extends string> = out;",
        "const r = rows.filter(w => w) as import('./model').Row[];",
        "const r = rows satisfies import(\"./model\").Row[];",
        "let all: Map<string, import('./model').Row[]>;"})
    EXPECT_TRUE(lower_javascript(text, JavaScriptDialect::TypeScript).problems.empty()) << text;
  EXPECT_EQ(lowered_typescript("const rows = await sql<Row<Id>>`select ${id}`;\n"),
            lowered_typescript("const rows = await sql         `select ${id}`;\n"));
  EXPECT_EQ(lowered_typescript("const page = `<b>`;\nconst small = a < b;\n"),
            R"(
module
  #0 declare page = "<b>"
  #1 declare small = a < b
)");
}

TEST(TypeScript, AFieldMayHaveTheNameOfAKindOfField) {
  EXPECT_TRUE(javascript_facts("class C {\n  accessor = 'id'\n  name: string\n}\n",
                               JavaScriptDialect::TypeScript)
                  .problems.empty());
}

TEST(TypeScript, TextOfAnElementMayHaveAnAmpersand) {
  EXPECT_TRUE(javascript_facts("const a = <p>Bed & breakfast</p>;\nconst b = 1 & 2;\n",
                               JavaScriptDialect::Tsx)
                  .problems.empty());
}

TEST(TypeScript, OperatorsBindBeforeWhatFollowsTheirOperand) {
  EXPECT_EQ(lowered_typescript(R"js(
const body = await client.get<Body>(url).json();
if (event && event.body!.trim()) use(!list!.length, a + b!.c * d, a === b!.c);
)js"),
            R"(
module
  #0 call client.get(url)
  #1 call r0.json()
  #2 await r1
  #3 declare body = r2
  #4 block end #11
    #5 branch event else #6 end #7
    else
      #6 exit break -> #4
    #7 call event.body.trim()
    #8 branch r7 else #9 end #10
    else
      #9 exit break -> #4
    #10 call use(not list.length, a + (b.c * d), a == b.c)
)");
}

TEST(TypeScript, UsingInTypeScriptGivesBack) {
  EXPECT_EQ(lowered_typescript(R"js(
{ using file = open(); read(file); }
)js"),
            R"(
module
  #0 call open()
  #1 declare file = r0
  #2 try end #5
    #3 call read(file)
  finally
    #4 implicit file."Symbol.dispose"()
)");
}

}  // namespace
}  // namespace fnlint
