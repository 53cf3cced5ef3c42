// The program as the parts of the engine read it: what all of them share, and none owns alone.
#pragma once

#include "flow/modules/code_index.h"
#include "flow/modules/module_store.h"
#include "flow/modules/walk_context.h"
#include "flow/syntax/program.h"
#include "values/pool.h"

namespace fnlint {

struct CodeBase {
  ValuePool& pool;
  const Program& program;
  CodeIndex& index;
  ModuleStore& modules;
  WalkContext& context;
};

}  // namespace fnlint
