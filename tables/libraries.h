// Whether a library call can matter beyond the process, for the many calls without a model.
#pragma once

#include "model/code.h"

#include <span>
#include <string_view>

namespace fnlint {

// Whether a path, as its language writes it, is of a library that asks nobody beyond the process
// and changes nothing there: what it says of a value it says of it again.
bool only_computes(Language language, std::string_view path);  // Unknown: of any language
// Whether that is so by what the library's published code can reach (data/derived_libraries.tsv),
// which tells nothing of what it calls back.
bool derived_to_compute(Language language, std::string_view path);
// Whether a path is of a library that acts outside of what a project describes: it starts none of
// its functions, changes none of its resources and uses none of its rights. What it gives is not
// known (data/outside_libraries.yaml).
bool acts_outside(Language language, std::string_view path);
// Whether what is made of a class is an error.
bool makes_error(std::string_view path);
// Whether a path is of one of AWS's SDKs, and whether its operation changes nothing: by its name's
// verb, in lower case and without '_'.
bool is_of_sdk(std::string_view path);
bool only_reads(std::string_view operation);
// Whether a path is of another service's SDK whose calls are named so.
bool is_of_service(std::string_view path);
// Whether an operation of an SDK leaves, done twice, what it leaves done once, and starts nothing
// else: by its name's verb, or its name.
bool leaves_the_same(std::string_view operation);
// Whether a method changes nothing but what it is called of, whatever that is; in lower case.
bool changes_itself_alone(std::string_view method);
// Whether a method ends what it is called of and tells nothing of what that held; in lower case.
bool only_releases(std::string_view method);

// How calls that ask a table, a database or a bucket for what is stored there are named: words of
// their paths in lower case.
std::span<const std::string_view> storing_services();  // Operation::service
std::span<const std::string_view> store_reads();
std::span<const std::string_view> store_gets();    // one thing by its key
std::span<const std::string_view> store_claims();  // writes that say whether it was there already
std::span<const std::string_view> store_claims_beside();  // likewise, second of a pair

}  // namespace fnlint
