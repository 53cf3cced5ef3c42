// The fate of an error, whatever carries it: does the caller ever learn that something failed?
#pragma once

#include "flow/syntax/error_end.h"
#include "model/summary.h"

#include <string_view>

namespace fnlint {

// Where errors are values, they are dropped where nothing looks at the one that the call gives, if it
// gives one (calls_what_fails).
ErrorEnd error_end(const CodeFacts& code, OpId op);
// The same of an error that comes out of a library's call: not all let those out that they get.
ErrorEnd error_end(const CodeFacts& code, OpId op, std::string_view library);
// The path of the row that describes the step's call; empty: none does.
std::string_view library_of(const Step& step);
// The try around an op whose handler takes any error of it, or whose last part takes it away; no
// id: there is none.
OpId taken_by(const CodeFacts& code, OpId op, std::string_view library = {});
// The exit of the last part of a try that takes away an error of the op that is on its way to the
// caller: `try: put() finally: return done`. No id: there is none.
OpId taken_away_by(const CodeFacts& code, OpId op);
// Whether a comment in the handlers of a try says that what failed is not to end what is around it.
bool is_meant_to_be_lost(const CodeFacts& code, OpId attempt);
// Whether an op stands in what is done at last, however the try before it ends.
bool is_in_finally(const CodeFacts& code, OpId op);
// The same of a step's own call: where its row says that its error comes out of a later call on what
// it gives (`row.Scan(&id)`), of that.
ErrorEnd error_end(const CodeFacts& code, const Step& step);
// What a handler of errors around the op, or where errors are values a branch, raises at its end,
// whatever becomes of the op: an error of the op hides none. No id: there is no such handler.
OpId raised_after(const CodeFacts& code, OpId op);
// Whether what follows is done where the call at the op fails, just as where it does not:
// `await put(row).catch(() => {})`.
bool goes_on_anyway(const CodeFacts& code, OpId op);

// Whether the call is one of the function around the op `inside`, which raises or gives back an error.
bool calls_what_fails(const CodeFacts& code, OpId call, const CodeFacts& callee_code, OpId inside);

}  // namespace fnlint
