// Imports, exports, and what compilers make of them.
#include "tests/source/javascript_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(JavaScriptModules, ImportsBindTheirNames) {
  EXPECT_EQ(lowered_javascript(R"js(
import whole, { a, b as c, default as d } from "one";
import * as space from "./two.js";
import "./effect";
use(whole, a, c, d, space);
)js"),
            R"(
import one default as whole
import one a as a
import one b as c
import one default as d
import ./two.js * as space
import ./effect effect-only
module
  #0 call use(whole, a, c, d, space)
feature modules since 12.17
)");
}

TEST(JavaScriptModules, RequireIsAnImportWhereItStands) {
  EXPECT_EQ(lowered_javascript(R"js(
const fs = require("fs");
const { readFile: read } = require("fs/promises");
function later() { return require("./heavy").run(); }
try { native = require("native"); } catch { native = require("fallback"); }
if (require.main === module) require("./cli")();
)js"),
            R"(
import fs * as $4 require
import fs/promises * as $5 require
import native * as $7 require
import fallback * as $8 fallback require
import ./cli * as $11 require guarded
import ./heavy * as $12 in later require
module
  #0 declare later = function later
  #1 declare fs = $4
  #2 declare read = $5.readFile
  #3 try end #6
    #4 assign native = $7
  catch
    #5 assign native = $8
  #6 branch false else #8
    #7 call $11()
function later()
  #8 call $12.run()
  #9 exit return r8
feature optional-catch-binding since 10.0
)");
}

TEST(JavaScriptModules, RequireWithAComputedNameIsACall) {
  EXPECT_EQ(lowered_javascript(R"js(
const plugin = require("./plugins/" + name);
function bundled(require) { require("./inner"); }
)js"),
            R"(
module
  #0 declare bundled = function bundled
  #1 call require(concat("./plugins/", name))
  #2 declare plugin = r1
function bundled(require)
  #3 call require("./inner")
)");
}

TEST(JavaScriptModules, DynamicImportsAreAwaited) {
  EXPECT_EQ(lowered_javascript(R"js(
async function f() { const m = await import("./lazy"); return m.run(await import(name)); }
)js"),
            R"(
import ./lazy * as $3 in f require
module
  #0 declare f = function f
function f() async locals m
  #1 await $3
  #2 declare m = r1
  #3 call import(name)
  #4 await r3
  #5 call m.run(r4)
  #6 exit return r5
feature async-function since 7.6
feature dynamic-import since 12.17
)");
}

TEST(JavaScriptModules, ExportsAreAssignedAtTheEnd) {
  EXPECT_EQ(lowered_javascript(R"js(
export const a = 1, { b, c: [d] } = o;
export function f() {}
export default async function g() {}
export class K {}
export { a as other, f as "some name" };
)js"),
            R"(
class K
module
  #0 declare f = function f
  #1 declare g = function g
  #2 declare a = 1
  #3 declare b = o.b
  #4 declare d = o.c[0]
  #5 define K
  #6 declare K = r5
  #7 assign exports.a = a
  #8 assign exports.b = b
  #9 assign exports.d = d
  #10 assign exports.f = f
  #11 assign exports.default = g
  #12 assign exports.K = K
  #13 assign exports.other = a
  #14 assign exports."some name" = f
function f()
function g() async
feature async-function since 7.6
feature modules since 12.17
)");
}

TEST(JavaScriptModules, DefaultExportsOfValuesAreAssignedAtOnce) {
  EXPECT_EQ(lowered_javascript(R"js(
export default async (event) => {};
)js"),
            R"(
module
  #0 assign exports.default = function default
function default(event) async arrow
feature modules since 12.17
feature async-function since 7.6
)");
}

TEST(JavaScriptModules, ReexportsAreImports) {
  EXPECT_EQ(lowered_javascript(R"js(
export { a, b as c, default } from "./x";
export * from "./y";
export * as z from "./z";
)js"),
            R"(
import ./x a as $1 re-export
import ./x b as $2 re-export
import ./x default as $3 re-export
import ./y * star re-export
import ./z * as $4 re-export
module
  #0 assign exports.a = $1
  #1 assign exports.c = $2
  #2 assign exports.default = $3
  #3 assign exports.z = $4
feature modules since 12.17
feature export-namespace since 12.17
)");
}

TEST(JavaScriptModules, CommonJsExportsAreMembers) {
  EXPECT_EQ(lowered_javascript(R"js(
exports.a = f;
module.exports.b = 1;
module["exports"].c = 2;
module.exports = { f };
exports = module.exports = handler;
)js"),
            R"(
module
  #0 assign exports.a = f
  #1 assign exports.b = 1
  #2 assign exports.c = 2
  #3 assign exports = {f: f}
  #4 assign exports = handler
  #5 assign exports = handler
)");
}

TEST(JavaScriptModules, TypeScriptOutputReadsAsItsSource) {
  EXPECT_EQ(lowered_javascript(R"js(
"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) { return mod; };
Object.defineProperty(exports, "__esModule", { value: true });
exports.handler = exports.helper = void 0;
const sdk_1 = __importDefault(require("sdk"));
const path = __importStar(require("path"));
const other_1 = require("./other");
Object.defineProperty(exports, "other", {
  enumerable: true, get: function () { return other_1.other; }
});
__exportStar(require("./star"), exports);
const handler = (event) => __awaiter(void 0, void 0, void 0, function* () {
  yield sdk_1.default.put(event);
  return (0, other_1.other)(event);
});
exports.handler = handler;
)js"),
            R"(
import sdk default as $6 require
import path * as $7 require
import ./other * as $8 require
import ./star star re-export require
module
  #0 declare __importDefault = (exports and exports.__importDefault) or function L1
  #1 assign exports.__esModule = true
  #2 assign exports.helper = null
  #3 assign exports.handler = null
  #4 declare sdk_1 = {default: $6}
  #5 declare path = $7
  #6 declare other_1 = $8
  #7 assign exports.other = other_1.other
  #8 declare handler = function handler
  #9 assign exports.handler = handler
function L1(mod)
  #10 exit return mod
function handler(event) async arrow
  #11 call sdk_1.default.put(event)
  #12 await r11
  #13 call other_1.other(event)
  #14 exit return r13
)");
}

TEST(JavaScriptModules, AwaiterWithParametersIsACall) {
  EXPECT_EQ(lowered_javascript(R"js(
const f = (a_1, ...rest) => __awaiter(void 0, [a_1, ...rest], void 0, function* (a, b = 1) {
  yield g(a, b);
});
)js"),
            R"(
module
  #0 declare f = function f
function f(a_1, *rest) arrow
  #1 call function L2(a_1, ...rest)
  #2 exit return r1
function L2(a, b = 1) async arrow in f
  #3 call g(a, b)
  #4 await r3
)");
}

TEST(JavaScriptModules, EsbuildOutputReadsAsItsSource) {
  EXPECT_EQ(lowered_javascript(R"js(
var index_exports = {};
__export(index_exports, { handler: () => handler });
module.exports = __toCommonJS(index_exports);
var import_sdk = __toESM(require("sdk"));
var handler = async () => { new import_sdk.Client(); };
0 && (module.exports = { handler });
)js"),
            R"(
import sdk * as $4 require
module
  #0 declare index_exports = {}
  #1 assign exports = index_exports
  #2 declare import_sdk = $4
  #3 declare handler = function handler
  #4 assign index_exports.handler = handler
  #5 assign exports.handler = handler
function handler() async arrow
  #6 construct import_sdk.Client()
feature async-function since 7.6
)");
}

}  // namespace
}  // namespace fnlint
