// Failed runs that end as a success, so that the platform neither retries nor reports them.
#pragma once

#include "model/code.h"

#include <functional>

namespace fnlint {

// The handler of errors around all that a function does, where it tells no more than a log of them
// and the function comes to its end as if nothing had failed.
struct LostWork {
  OpId handler = {};  // the first op of it, else the try; no id: there is none
  bool logged = false;
  bool gives_nothing = false;  // the function returns nothing on any way
  bool last_alone = false;  // where errors are values: what the last call gives, which `handler` is
};
// `is_quiet`: whether a call does nothing that is missed where it is not done.
LostWork lost_work(const CodeFacts& code, const Function& function,
                   const std::function<bool(OpId)>& is_quiet);

}  // namespace fnlint
