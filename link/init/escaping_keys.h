// Missing keys that end a batch although its loop handles errors record by record.
#pragma once

#include "link/init/own_code.h"

#include <string>
#include <vector>

namespace fnlint {

// In a loop over an event's records that is to go on where one of them fails: an entry of what a
// record holds, as a parser gives it, whose absence none of the handlers around it takes. Python.
struct EscapingKey {
  std::string key = {};
  Range where = {};    // the entry, or the call in the loop that comes to it in another module
  Range attempt = {};  // the try in the loop
};
std::vector<EscapingKey> escaping_keys(OwnCode& own, const Program& program, ModuleId module);

}  // namespace fnlint
