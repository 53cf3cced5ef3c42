// The groundwork of all syntactic analyses: which variables ops write, which parts expressions
// have, what assignments and calls change, and where control cannot go on.

#include "flow/syntax/code_queries.h"

#include "core/text.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"
#include "tables/libraries.h"
#include "tables/models.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

void sort_unique(std::vector<VariableId>& variables) {
  std::sort(variables.begin(), variables.end());
  variables.erase(std::unique(variables.begin(), variables.end()), variables.end());
}

}  // namespace

void add_variables(const CodeFacts& code, ExprId expr, std::vector<VariableId>& out) {
  visit_parts(code, expr, [&](const Expr& row) {
    if (row.kind == ExprKind::Variable) out.push_back(VariableId{row.ref});
  });
}

void add_results(const CodeFacts& code, ExprId expr, std::vector<OpId>& out) {
  visit_parts(code, expr, [&](const Expr& row) {
    if (row.kind == ExprKind::Result) out.push_back(OpId{row.ref});
  });
}

bool is_variable(const CodeFacts& code, ExprId expr, VariableId variable) {
  return expr.exists() && variable.exists() && code.exprs[expr.index].kind == ExprKind::Variable &&
         code.exprs[expr.index].ref == variable.index;
}

VariableId root_variable(const CodeFacts& code, ExprId target) {
  while (target.exists()) {
    const Expr& row = code.exprs[target.index];
    if (row.kind == ExprKind::Variable) return VariableId{row.ref};
    if (!has_base(row.kind)) return {};
    target = ExprId{row.ref};
  }
  return {};
}

WrittenVariables written_variables(const CodeFacts& code, OpId first, OpId end) {
  WrittenVariables out;
  const auto add_target = [&](ExprId target) {
    const VariableId root = root_variable(code, target);
    if (!root.exists()) return;
    const bool whole = code.exprs[written_through(code, target).index].kind == ExprKind::Variable;
    (whole ? out.assigned : out.touched).push_back(root);
  };
  for (OpId at = first; at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Assign) add_target(code.assigns[op.detail].target);
    if (op.kind == OpKind::Loop) add_target(code.loops[op.detail].target);
    if (op.kind == OpKind::Call) {  // a mutator may change its receiver
      const Expr& callee = code.exprs[code.calls[op.detail].callee.index];
      const VariableId root =
          callee.kind == ExprKind::Member ? root_variable(code, ExprId{callee.ref}) : VariableId{};
      if (root.exists()) out.touched.push_back(root);
    }
    if (op.kind == OpKind::Opaque) {
      const Slice<VariableId> slice = code.opaques[op.detail].may_write;
      out.assigned.insert(out.assigned.end(), code.written.begin() + slice.first,
                          code.written.begin() + slice.first + slice.count);
    }
  }
  sort_unique(out.assigned);
  sort_unique(out.touched);
  return out;
}

namespace {

// What one turn of a loop writes, and hands on to the next one.
class Turn {
 public:
  Turn(const CodeFacts& code, OpId loop) : code_(code), loop_(loop) {}

  std::vector<VariableId> carried() {
    Written written;
    if (region({loop_.index + 1}, code_.ops[loop_.index].end, written)) carry(written);
    return {carried_.begin(), carried_.end()};
  }

 private:
  using Written = std::set<VariableId>;

  // Adds what is written on the ways that come to the end; false: none does.
  bool region(OpId first, OpId end, Written& written) {
    for (OpId at = first; at < end; at = code_.ops[at.index].end)
      if (!step(at, written)) return false;
    return true;
  }

  bool step(OpId at, Written& written) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Exit) return exit(code_.exits[op.detail], written);
    if (op.kind == OpKind::Branch) {
      const OpId otherwise = code_.branches[op.detail].otherwise;
      Written of_no = written;
      const bool yes = region({at.index + 1}, otherwise, written);
      const bool no = region(otherwise, op.end, of_no);
      if (!yes) written.clear();
      if (no) written.merge(of_no);
      return yes || no;
    }
    const std::vector<VariableId> inside = written_variables(code_, at, op.end).assigned;
    written.insert(inside.begin(), inside.end());
    if (op.end.index > at.index + 1) carry(written);  // it may go on from anywhere in it
    return true;
  }

  // Out of a block inside of the loop the turn goes on.
  bool exit(const Exit& row, const Written& written) {
    const bool leaves = !row.target.exists() || row.target < loop_ ||
                        (row.target == loop_ && row.kind != ExitKind::Continue);
    if (!leaves) carry(written);
    return false;
  }

  void carry(const Written& written) { carried_.insert(written.begin(), written.end()); }

  const CodeFacts& code_;
  OpId loop_;
  Written carried_;
};

}  // namespace

std::vector<VariableId> carried_variables(const CodeFacts& code, OpId loop) {
  return Turn(code, loop).carried();
}

bool only_grows(const CodeFacts& code, OpId op, VariableId variable) {
  const auto is_it = [&](ExprId expr) {
    const Expr& row = code.exprs[expr.index];
    return row.kind == ExprKind::Variable && row.ref == variable.index;
  };
  const auto grows = [&](const Assign& row) {
    if (row.mode == AssignMode::Update) return row.update == OperatorKind::Add;
    if (!row.value.exists()) return false;
    const Expr& value = code.exprs[row.value.index];
    const auto operands = code.operands_of(value.operands);
    if (value.kind == ExprKind::List) return operands.empty();
    return value.kind == ExprKind::Operator &&
           static_cast<OperatorKind>(value.detail) == OperatorKind::Add && is_it(operands[0].value);
  };
  for (OpId at{op.index + 1}; at < code.ops[op.index].end; ++at.index) {
    const Op& one = code.ops[at.index];
    if (one.kind == OpKind::Opaque) return false;
    if (one.kind == OpKind::Loop && code.loops[one.detail].target.exists() &&
        is_it(code.loops[one.detail].target))
      return false;
    if (one.kind == OpKind::Assign && code.assigns[one.detail].target.exists() &&
        is_it(code.assigns[one.detail].target) && !grows(code.assigns[one.detail]))
      return false;
  }
  return true;
}

bool is_only_awaited(const CodeFacts& code, OpId call) {
  const auto is_result = [&](ExprId expr) {
    const Expr& row = code.exprs[expr.index];
    return row.kind == ExprKind::Result && row.ref == call.index;
  };
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Await && is_result(code.awaits[op.detail].value)) continue;
    if (op.kind == OpKind::Assign) {
      const Assign& row = code.assigns[op.detail];
      if (row.mode == AssignMode::Evaluate && row.value.exists() && is_result(row.value)) continue;
    }
    bool is_used = false;
    visit_expressions(code, at, [&](ExprId expr) {
      visit_parts(code, expr, [&](const Expr& part) {
        is_used = is_used || (part.kind == ExprKind::Result && part.ref == call.index);
      });
    });
    if (is_used) return false;
  }
  return true;
}

bool is_followed_by(const CodeFacts& code, OpId call, std::string_view methods) {
  VariableId held;  // takes the last result of the chain
  const auto is_last = [&](ExprId expr) {
    const Expr& row = code.exprs[expr.index];
    return row.kind == ExprKind::Result     ? row.ref == call.index
           : row.kind == ExprKind::Variable ? held.exists() && row.ref == held.index
                                            : false;
  };
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Assign) {
      const Assign& row = code.assigns[op.detail];
      const bool takes = row.target.exists() && row.value.exists() && is_last(row.value) &&
                         code.exprs[row.target.index].kind == ExprKind::Variable;
      if (takes) held = VariableId{code.exprs[row.target.index].ref};
    }
    if (op.kind != OpKind::Call) continue;
    const Expr& callee = code.exprs[code.calls[op.detail].callee.index];
    if (callee.kind != ExprKind::Member || !is_last(ExprId{callee.ref})) continue;
    const std::vector<std::string_view> names = split(methods, '|');
    if (std::ranges::find(names, code.string(callee.name)) != names.end()) return true;
    call = at;
  }
  return false;
}

std::vector<std::vector<VariableId>> all_captures(const CodeFacts& code) {
  std::vector<std::vector<VariableId>> used(code.functions.size());
  for (std::size_t f = 0; f < code.functions.size(); ++f) {
    const Function& function = code.functions[f];
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index)
      visit_expressions(code, at, [&](ExprId expr) { add_variables(code, expr, used[f]); });
    for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
      const ExprId fallback = code.parameters[function.parameters.first + i].fallback;
      if (fallback.exists()) add_variables(code, fallback, used[f]);
    }
  }
  for (std::size_t f = code.functions.size(); f-- > 0;) {  // inner functions have the larger ids
    std::vector<VariableId>& mine = used[f];
    std::erase_if(mine, [&](VariableId id) {
      const FunctionId owner = code.variables[id.index].owner;
      const bool is_static = (code.variables[id.index].flags & kFunctionStatic) != 0;
      return owner.index == f || owner.index == 0 || !owner.exists() || is_static;
    });
    sort_unique(mine);
    const FunctionId parent = code.functions[f].parent;
    if (parent.exists() && parent.index < f)
      used[parent.index].insert(used[parent.index].end(), mine.begin(), mine.end());
  }
  return used;
}

std::vector<bool> rebound_module_variables(const CodeFacts& code) {
  std::vector<bool> rebound(code.variables.size(), false);
  for (std::size_t f = 1; f < code.functions.size(); ++f) {
    const Function& function = code.functions[f];
    if (function.kind == FunctionKind::ClassInit) continue;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      const Op& op = code.ops[at.index];
      if (op.kind != OpKind::Assign) continue;
      const ExprId target = written_through(code, code.assigns[op.detail].target);
      if (!target.exists() || code.exprs[target.index].kind != ExprKind::Variable) continue;
      const VariableId variable{code.exprs[target.index].ref};
      const Variable& row = code.variables[variable.index];
      const bool is_static = (row.flags & kFunctionStatic) != 0 &&
                             code.assigns[op.detail].mode != AssignMode::Declare;
      if (row.owner.index == 0 || is_static) rebound[variable.index] = true;
    }
  }
  return rebound;
}

namespace {

// Parameters and variables that are written through, by their place in `code.variables`.
std::set<std::uint32_t> pointers_written(const CodeFacts& code) {
  std::set<std::uint32_t> pointers;
  for (const Assign& row : code.assigns) {
    const ExprId through = written_through(code, row.target);
    if (through != row.target && code.exprs[through.index].kind == ExprKind::Variable)
      pointers.insert(code.exprs[through.index].ref);
  }
  return pointers;
}

// Fields whose address is written through: `p := &x.field; *p = v`, `add(&x.field)`.
void add_fields_written_through(const CodeFacts& code, std::set<std::string, std::less<>>& fields) {
  const std::set<std::uint32_t> pointers = pointers_written(code);
  if (pointers.empty()) return;
  const auto add = [&](ExprId field) {
    if (field.exists() && code.exprs[field.index].kind == ExprKind::Member)
      fields.emplace(code.string(code.exprs[field.index].name));
  };
  std::set<std::pair<std::string_view, std::uint32_t>> written;  // a function's name, a position
  for (const Function& function : code.functions)
    for (std::uint32_t i = 0; i < function.parameters.count; ++i)
      if (pointers.contains(code.parameters[function.parameters.first + i].variable.index))
        written.emplace(code.string(function.name), i);
  for (const Assign& row : code.assigns)
    if (row.target.exists() && code.exprs[row.target.index].kind == ExprKind::Variable &&
        pointers.contains(code.exprs[row.target.index].ref))
      add(row.value);
  for (const Call& row : code.calls) {
    const std::string_view name = name_of(code, row.callee);
    std::uint32_t position = 0;
    for (const Operand& given : code.operands_of(row.arguments))
      if (written.contains({name, position++})) add(given.value);
  }
}

}  // namespace

ExprId text_key(const CodeFacts& code, ExprId place) {
  if (!place.exists() || code.exprs[place.index].kind != ExprKind::Index) return {};
  const auto operands = code.operands_of(code.exprs[place.index].operands);
  const ExprId key = operands.empty() ? ExprId{} : operands[0].value;
  return key.exists() && code.exprs[key.index].kind == ExprKind::Text ? key : ExprId{};
}

void add_assigned_fields(const CodeFacts& code, std::set<std::string, std::less<>>& fields) {
  add_fields_written_through(code, fields);
  for (std::size_t f = 1; f < code.functions.size(); ++f) {
    const Function& function = code.functions[f];
    if (function.kind == FunctionKind::ClassInit || function.kind == FunctionKind::InstanceInit)
      continue;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      const Op& op = code.ops[at.index];
      if (op.kind != OpKind::Assign) continue;
      const ExprId target = code.assigns[op.detail].target;
      if (const ExprId key = text_key(code, target); key.exists())
        fields.emplace(code.string(code.exprs[key.index].name));
      if (!target.exists() || code.exprs[target.index].kind != ExprKind::Member) continue;
      const Expr& base = code.exprs[code.exprs[target.index].ref];
      const bool is_own = base.kind == ExprKind::Variable &&
                          VariableId{base.ref} == function.receiver &&
                          function.kind == FunctionKind::Constructor;
      if (!is_own) fields.emplace(code.string(code.exprs[target.index].name));
    }
  }
}

std::vector<bool> parts_of_values(const CodeFacts& code) {
  std::vector<bool> parts(code.exprs.size(), false);
  for (const Expr& row : code.exprs) {
    const auto kind = static_cast<OperatorKind>(row.detail);
    const bool gives_operand = row.kind == ExprKind::Operator &&
                               (kind == OperatorKind::And || kind == OperatorKind::Or ||
                                kind == OperatorKind::Coalesce || kind == OperatorKind::In);
    const bool holds = row.kind == ExprKind::List || row.kind == ExprKind::Record ||
                       row.kind == ExprKind::Concat || row.kind == ExprKind::Choose;
    if (!gives_operand && !holds) continue;
    for (const Operand& operand : code.operands_of(row.operands))
      if (operand.value.exists()) parts[operand.value.index] = true;
  }
  return parts;
}

namespace {

// What a call without arguments closes; no id: it is no such call.
ExprId released_by(const CodeFacts& code, OpId op) {
  if (code.ops[op.index].kind != OpKind::Call) return {};
  const Call& call = code.calls[code.ops[op.index].detail];
  if (!call.callee.exists() || call.arguments.count != 0) return {};
  const Expr& callee = code.exprs[call.callee.index];
  const bool is_release =
      callee.kind == ExprKind::Member && only_releases(lower(code.string(callee.name)));
  return is_release ? ExprId{callee.ref} : ExprId{};
}

// What a test asks whether it is there; no id: it asks something else.
ExprId asked_to_be_there(const CodeFacts& code, ExprId test) {
  const Expr& row = code.exprs[test.index];
  if (row.kind == ExprKind::Variable || row.kind == ExprKind::Member) return test;
  const auto kind = static_cast<OperatorKind>(row.detail);
  if (row.kind != ExprKind::Operator ||
      (kind != OperatorKind::NotEqual && kind != OperatorKind::Equal))
    return {};
  const auto operands = code.operands_of(row.operands);
  const auto is_null = [&](ExprId one) {
    return one.exists() && code.exprs[one.index].kind == ExprKind::Null;
  };
  for (const std::size_t i : {0U, 1U})
    if (operands.size() == 2 && is_null(operands[1 - i].value)) return operands[i].value;
  return {};
}

bool all_release(const CodeFacts& code, OpId first, OpId end) {
  bool any = false;
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    const OpKind kind = code.ops[at.index].kind;
    if (kind == OpKind::Await || kind == OpKind::Branch || kind == OpKind::Block) continue;
    if (!released_by(code, at).exists()) return false;
    any = true;
  }
  return any;
}

}  // namespace

std::vector<bool> reads_to_release(const CodeFacts& code) {
  std::vector<bool> reads(code.exprs.size(), false);
  for (OpId op{0}; op.index < code.ops.size(); ++op.index) {
    ExprId one = released_by(code, op);
    const Op& row = code.ops[op.index];
    if (row.kind == OpKind::Branch && all_release(code, OpId{op.index + 1}, row.end))
      one = asked_to_be_there(code, code.branches[row.detail].condition);
    if (one.exists()) reads[one.index] = true;
  }
  return reads;
}

bool surely_raises(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at.exists() && at < end; at = code.ops[at.index].end) {
    const Op& op = code.ops[at.index];
    if (op.kind != OpKind::Exit) continue;
    const ExitKind kind = code.exits[op.detail].kind;
    return kind == ExitKind::Raise || kind == ExitKind::Stop;
  }
  return false;
}

bool puts_into_receiver(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member) return false;
  const LibraryModel* row = find_library_model(code.language, cat("*.", code.string(callee.name)));
  return row != nullptr && row->into == "receiver" &&
         (row->store == StoreHow::Append || row->store == StoreHow::PutKey);
}

bool is_of_program_alone(const CodeFacts& code, const Op& branch) {
  if (branch.kind != OpKind::Branch) return false;
  const ExprId condition = code.branches[branch.detail].condition;
  if (!condition.exists()) return false;
  const Expr& test = code.exprs[condition.index];
  if (test.kind == ExprKind::Bool) return test.detail == 0;
  if (test.kind != ExprKind::Operator ||
      static_cast<OperatorKind>(test.detail) != OperatorKind::Equal)
    return false;
  bool found = false;
  visit_parts(code, condition, [&](const Expr& part) {
    found = found || (part.kind == ExprKind::Text && code.string(part.name) == "__main__");
  });
  return found;
}

std::string_view name_of(const CodeFacts& code, const Expr& row) {
  if (row.kind == ExprKind::Member) return code.string(row.name);
  if (row.kind == ExprKind::Variable) return code.string(code.variables[row.ref].name);
  return {};
}
std::string_view name_of(const CodeFacts& code, ExprId expr) {
  return expr.exists() ? name_of(code, code.exprs[expr.index]) : std::string_view();
}

std::vector<std::string_view> caught_types(const CodeFacts& code, const Catch& handler) {
  std::vector<std::string_view> types;
  const auto rows =
      std::span(code.type_arguments).subspan(handler.types.first, handler.types.count);
  for (const TypeId type : rows) types.push_back(code.string(code.types[type.index].path));
  return types;
}

bool reads_error(const CodeFacts& code, OpId call) {
  return std::ranges::any_of(code.exprs, [&](const Expr& expr) {
    return expr.kind == ExprKind::ErrorOf && expr.ref == call.index;
  });
}

bool takes(const CodeFacts& code, const Function& function, std::size_t given) {
  std::size_t least = 0;
  for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
    const Parameter& parameter = code.parameters[function.parameters.first + i];
    if (parameter.rest != RestKind::None) return given + 1 >= function.parameters.count;
    if (!parameter.fallback.exists()) ++least;
  }
  return given >= least && given <= function.parameters.count;
}

std::vector<FunctionId> overloads_taking(const CodeFacts& code, FunctionId method,
                                         std::size_t given) {
  const Function& function = code.functions[method.index];
  std::vector<FunctionId> all;
  if (!traits(code.language).has_overloads || !function.owner.exists()) return all;
  const Class& owner = code.classes[function.owner.index];
  for (std::uint32_t i = 0; i < owner.methods.count; ++i) {
    const FunctionId other = code.methods[owner.methods.first + i];
    const Function& row = code.functions[other.index];
    if (row.kind == function.kind && code.string(row.name) == code.string(function.name) &&
        takes(code, row, given))
      all.push_back(other);
  }
  return all;
}

FunctionId overload_taking(const CodeFacts& code, FunctionId method, std::size_t given) {
  const Function& function = code.functions[method.index];
  if (!traits(code.language).has_overloads || !function.owner.exists() ||
      takes(code, function, given))
    return method;
  const Class& owner = code.classes[function.owner.index];
  for (std::uint32_t i = 0; i < owner.methods.count; ++i) {
    const FunctionId other = code.methods[owner.methods.first + i];
    const Function& row = code.functions[other.index];
    if (row.kind == function.kind && code.string(row.name) == code.string(function.name) &&
        takes(code, row, given))
      return other;
  }
  return method;
}

namespace {

// The ops around one, outermost first.
std::vector<OpId> ops_around(const CodeFacts& code, OpId first, OpId op) {
  std::vector<OpId> around;
  for (OpId at = first; at < op;) {
    const bool holds = op < code.ops[at.index].end;
    if (holds) around.push_back(at);
    at = holds ? OpId{at.index + 1} : code.ops[at.index].end;
  }
  return around;
}

// Where the sequence ends that `op`, an op of `around`, stands in.
OpId end_of_sequence(const CodeFacts& code, OpId around, OpId op) {
  const Op& row = code.ops[around.index];
  if (row.kind != OpKind::Branch) return row.end;
  const OpId otherwise = code.branches[row.detail].otherwise;
  return op < otherwise ? otherwise : row.end;
}

bool falls_through(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit &&
        code.exits[code.ops[at.index].detail].kind == ExitKind::Continue)
      return true;
  return false;
}

}  // namespace

bool may_end_early(const CodeFacts& code, OpId loop) {
  for (OpId at{loop.index + 1}; at < code.ops[loop.index].end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Exit) continue;
    const Exit& exit = code.exits[code.ops[at.index].detail];
    if (exit.kind == ExitKind::Return) return true;
    if (exit.kind == ExitKind::Break && !(loop < exit.target)) return true;
  }
  return false;
}

bool leaves_loops(const CodeFacts& code, OpId first, OpId op) {
  std::vector<OpId> around = ops_around(code, first, op);
  const auto is_of = [&](OpKind kind) {
    return [&code, kind](OpId at) { return code.ops[at.index].kind == kind; };
  };
  around.erase(around.begin(), std::ranges::find_if(around, is_of(OpKind::Loop)));
  // What fails may be tried once more.
  if (around.empty() || std::ranges::any_of(around, is_of(OpKind::Try))) return false;
  OpId inner = op;
  while (!around.empty()) {
    const OpId end = end_of_sequence(code, around.back(), inner);
    OpId left = {};
    for (OpId at = code.ops[inner.index].end; at < end && !left.exists();
         at = code.ops[at.index].end) {
      const Op& row = code.ops[at.index];
      if (falls_through(code, at, row.end)) return false;
      if (row.kind != OpKind::Exit) continue;
      if (code.exits[row.detail].kind != ExitKind::Break) return true;
      left = code.exits[row.detail].target;
    }
    if (!left.exists() && code.ops[around.back().index].kind == OpKind::Loop) return false;
    inner = left.exists() ? left : around.back();
    around.erase(std::ranges::find_if(around, [&](OpId at) { return at >= inner; }), around.end());
  }
  return true;
}

ExprId value_beside_error(const CodeFacts& code, OpId exit) {
  if (exit.index == 0 || !traits(code.language).errors_are_values) return {};
  const Op& before = code.ops[exit.index - 1];
  if (before.kind != OpKind::Assign || code.op_ranges[exit.index - 1] != code.op_ranges[exit.index])
    return {};
  const Assign& row = code.assigns[before.detail];
  return row.mode == AssignMode::Evaluate ? row.value : ExprId{};
}

bool is_beside_error(const CodeFacts& code, OpId exit) {
  if (exit.index == 0 || !traits(code.language).errors_are_values) return false;
  const Op& before = code.ops[exit.index - 1];
  const Range range = code.op_ranges[exit.index];
  if (before.kind == OpKind::Exit && code.exits[before.detail].kind == ExitKind::Raise &&
      code.op_ranges[exit.index - 1] == range)
    return true;
  const ExprId value = code.exits[code.ops[exit.index].detail].value;
  if (!value.exists() || code.exprs[value.index].kind != ExprKind::Result) return false;
  return code.op_ranges[code.exprs[value.index].ref].end == range.end;
}

}  // namespace fnlint
