#pragma once

#include "model/project.h"
#include "values/pool.h"

namespace fnlint {

// Where a client is kept that an invocation makes, for those that come after.

// `if key not in cache: load(key)`, where on each way that makes the client, and finds something,
// an entry of that key is put into the same map, which outlives the invocation.
bool asks_for_entry_it_puts(const ValuePool& pool, const LambdaFunction& function,
                            const CodeCall& call);
// `if (!this.client) this.client = new S3();` of an object that itself was made where a variable of
// the module, or a field that lasts, held none, and is kept there.
bool is_kept_in_kept_object(const ValuePool& pool, const LambdaFunction& function,
                            const CodeCall& call);

}  // namespace fnlint
