// Definite assignment: variables that may still be unset where they are read, and why.
#pragma once

#include "model/code.h"
#include "model/code_fault.h"

#include <functional>
#include <string_view>
#include <vector>

namespace fnlint {

struct UnboundRead {
  VariableId variable = {};
  Range where = {};  // of the variable as it is read
  UnboundBy by{};
  OpId cause = {};             // Failure: the Try. Branch: the Branch, or the Block of a match
  bool in_loop = false;        // the value of an earlier round may be there instead
  bool while_failing = false;  // it is read in a handler, or in a part that runs at the end
  bool is_null = false;        // it is null, None or undefined, and a part of it is asked for
};

// How a call may end: whether it returns at all, whether it may fail, and whether an error of the
// class that a handler names may come of it.
struct CallEnds {
  std::function<bool(OpId)> comes_back = {};
  std::function<bool(OpId)> may_fail = {};
  std::function<bool(OpId, std::string_view)> may_raise = {};
};

// The first read of each variable of a function that may have no value there, for a language where
// that raises (definite assignment, as the Java Language Specification, chapter 16, has it). What
// tests ask that has to do with the reason is taken for an answer to it; loops run at least once.
// Sorted by place.
std::vector<UnboundRead> unbound_reads(const CodeFacts& code, FunctionId function,
                                       const CallEnds& ends);
// The same of variables that are declared without a value, or as null or None, and keep that where
// their assignment failed: the first read of a part of each.
std::vector<UnboundRead> null_reads(const CodeFacts& code, FunctionId function,
                                    const CallEnds& ends);

// A call of which nobody expects that it fails: `self.rows.copy()`, `datetime.now()`.
bool is_harmless(const CodeFacts& code, OpId call);

}  // namespace fnlint
