// The entry to the JavaScript and TypeScript frontend, and the conventions of its code form.
#pragma once

#include "frontends/source/javascript/javascript_dialect.h"
#include "model/code.h"

#include <string_view>

namespace fnlint {

// One ECMAScript or TypeScript file in the code form. Never throws and always returns facts:
// whatever cannot be read is a problem at its place. `language` is JavaScript for all dialects.
//
// What the other frontends do not have:
// - `undefined`, `null` and `void 0` are all Null; a JSX element is Record {type, props}.
// - o["name"] is Member(o, "name"). Of pseudo members, "<keys>" are the names that `for (k in o)`
//   visits, "<typeof>" is what typeof gives, "<super>" is the object seen as its base class
//   (called: the base constructor) and "<set x>" is the setter of x.
// - A condition with calls under && or || becomes Branches that leave Blocks, not a temporary, so
//   that every test that was passed holds in the guarded part.
// - Helpers of compilers (`__importDefault(require("x"))`, `__awaiter(…)`, `__exportStar`) are read
//   as what they were compiled from.
// - features: each once a file, where it first stands, with the first Node.js version that has it;
//   for plain JavaScript only, because TypeScript is compiled to what its target has.
CodeFacts lower_javascript(std::string_view text, JavaScriptDialect dialect);

}  // namespace fnlint
