// Interns texts and appends rows. Endless chains of members are cut, since each link would be a
// path as long as the chain.

#include "frontends/source/common/code_builder.h"

#include "core/text.h"

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

constexpr std::uint32_t kChainLinks = 256;  // `a.b.c()`: three

template <class T>
std::uint32_t size_of(const std::vector<T>& table) {
  return static_cast<std::uint32_t>(table.size());
}

template <class T>
Slice<T> append(std::vector<T>& table, const std::vector<T>& rows) {
  const Slice<T> slice{size_of(table), size_of(rows)};
  table.insert(table.end(), rows.begin(), rows.end());
  return slice;
}

bool is_place(ExprKind kind) {
  return kind == ExprKind::Variable || kind == ExprKind::Member || kind == ExprKind::Index ||
         kind == ExprKind::Part;
}

Operand value_operand(ExprId value) { return {.name = {}, .key = {}, .value = value, .spread = 0}; }

}  // namespace

StringId CodeBuilder::string(std::string_view text) {
  const auto [row, added] =
      interned_.try_emplace(std::string(text), StringId{size_of(facts_.strings)});
  if (added) {
    const auto begin = static_cast<std::uint32_t>(facts_.text.size());
    facts_.text.append(text);
    facts_.strings.push_back({begin, static_cast<std::uint32_t>(facts_.text.size())});
    texts_.push_back(row->first);
  }
  return row->second;
}

std::uint32_t CodeBuilder::links_before(ExprKind kind, std::uint32_t ref) const {
  switch (kind) {
    case ExprKind::Member:
    case ExprKind::Index:
    case ExprKind::Part: return links_[ref];
    case ExprKind::Result: {
      const Op& op = facts_.ops[ref];
      if (op.kind != OpKind::Call) return 0;
      const ExprId callee = facts_.calls[op.detail].callee;
      return callee.exists() ? links_[callee.index] : 0;
    }
    // What frontends put long expressions into, part by part.
    case ExprKind::Variable: {
      const auto kept = links_of_temporaries_.find(ref);
      return kept != links_of_temporaries_.end() ? kept->second : 0;
    }
    default: return 0;
  }
}

// What a link stands for is a path as long as the chain: all of them together are its square.
ExprId CodeBuilder::cut_chain(Range where) {
  if (!told_of_chain_)
    problem(where, cat("a chain of more than ", kChainLinks, " members and calls is not followed"));
  told_of_chain_ = true;
  return unknown("a long chain", where);
}

ExprId CodeBuilder::add(ExprKind kind, Range where, std::uint32_t ref, StringId name,
                        std::uint8_t detail) {
  std::uint32_t links = links_before(kind, ref);
  if (links >= kChainLinks && kind != ExprKind::Variable) {
    const ExprId cut = cut_chain(where);
    if (kind == ExprKind::Result) return cut;
    ref = cut.index;
    links = 0;
  }
  links_.push_back(links + 1);
  facts_.exprs.push_back(
      {.kind = kind, .detail = detail, .reserved = 0, .ref = ref, .name = name, .operands = {}});
  facts_.expr_ranges.push_back(where);
  return ExprId{size_of(facts_.exprs) - 1};
}

Slice<Operand> CodeBuilder::add_operands(const std::vector<Operand>& operands,
                                         const std::vector<Range>& ranges) {
  facts_.operand_ranges.resize(facts_.operands.size() + operands.size());
  std::copy(ranges.begin(), ranges.end(),
            facts_.operand_ranges.end() - static_cast<std::ptrdiff_t>(operands.size()));
  return append(facts_.operands, operands);
}

ExprId CodeBuilder::add_with(ExprKind kind, Range where, const std::vector<Operand>& operands,
                             std::uint32_t ref) {
  const Slice<Operand> slice = add_operands(operands);
  const ExprId id = add(kind, where, ref);
  facts_.exprs[id.index].operands = slice;
  return id;
}

ExprId CodeBuilder::unknown(std::string_view why, Range where) {
  return add(ExprKind::Unknown, where, UINT32_MAX, string(why));
}
ExprId CodeBuilder::null(Range where) { return add(ExprKind::Null, where); }
ExprId CodeBuilder::boolean(bool value, Range where) {
  return add(ExprKind::Bool, where, UINT32_MAX, {}, value ? 1 : 0);
}
ExprId CodeBuilder::number(std::string_view literal, Range where, bool big) {
  const ExprId id = add(ExprKind::Number, where, UINT32_MAX, string(literal));
  if (big) facts_.exprs[id.index].detail = 1;
  return id;
}
ExprId CodeBuilder::text(std::string_view unescaped, Range where) {
  return add(ExprKind::Text, where, UINT32_MAX, string(unescaped));
}
ExprId CodeBuilder::variable(VariableId variable, Range where) {
  return add(ExprKind::Variable, where, variable.index);
}
ExprId CodeBuilder::result(OpId op, Range where) { return add(ExprKind::Result, where, op.index); }
ExprId CodeBuilder::error_of(OpId call, Range where) {
  return add(ExprKind::ErrorOf, where, call.index);
}
ExprId CodeBuilder::member(ExprId base, std::string_view name, Range where, bool optional) {
  return add(ExprKind::Member, where, base.index, string(name), optional ? 1 : 0);
}
ExprId CodeBuilder::member(ExprId base, StringId name, Range where) {
  return add(ExprKind::Member, where, base.index, name);
}
ExprId CodeBuilder::entry(ExprId base, StringId name, Range where, bool optional) {
  return add(ExprKind::Member, where, base.index, name, optional ? 1 : 2);
}
ExprId CodeBuilder::index(ExprId base, ExprId index, Range where, bool optional) {
  const ExprId id = add_with(ExprKind::Index, where, {value_operand(index)}, base.index);
  facts_.exprs[id.index].detail = optional ? 1 : 0;
  return id;
}
ExprId CodeBuilder::part(ExprId base, ExprId from, ExprId to, ExprId step, Range where) {
  return add_with(ExprKind::Part, where,
                  {value_operand(from), value_operand(to), value_operand(step)}, base.index);
}
ExprId CodeBuilder::concat(const std::vector<ExprId>& parts, Range where) {
  std::vector<Operand> operands;
  operands.reserve(parts.size());
  for (const ExprId part : parts) operands.push_back(value_operand(part));
  return add_with(ExprKind::Concat, where, operands);
}
ExprId CodeBuilder::operation(OperatorKind kind, ExprId left, ExprId right, Range where) {
  std::vector<Operand> operands{value_operand(left)};
  if (right.exists()) operands.push_back(value_operand(right));
  const ExprId id = add_with(ExprKind::Operator, where, operands);
  facts_.exprs[id.index].detail = static_cast<std::uint8_t>(kind);
  return id;
}
ExprId CodeBuilder::choose(ExprId condition, ExprId then, ExprId otherwise, Range where) {
  return add_with(ExprKind::Choose, where,
                  {value_operand(condition), value_operand(then), value_operand(otherwise)});
}
ExprId CodeBuilder::list(const std::vector<Operand>& elements, Range where) {
  return add_with(ExprKind::List, where, elements);
}
ExprId CodeBuilder::set(const std::vector<Operand>& elements, Range where) {
  const ExprId id = list(elements, where);
  facts_.exprs[id.index].detail = 1;
  return id;
}
ExprId CodeBuilder::record(const std::vector<Operand>& entries, Range where,
                           const std::vector<Range>& key_ranges) {
  const Slice<Operand> slice = add_operands(entries, key_ranges);
  const ExprId id = add(ExprKind::Record, where);
  facts_.exprs[id.index].operands = slice;
  return id;
}
ExprId CodeBuilder::function(FunctionId function, Range where) {
  return add(ExprKind::Function, where, function.index);
}
ExprId CodeBuilder::type_test(ExprId base, std::string_view type, Range where) {
  return add(ExprKind::TypeTest, where, base.index, string(type));
}

VariableId CodeBuilder::add_variable(std::string_view name, FunctionId owner, VariableKind kind,
                                     std::uint16_t flags) {
  facts_.variables.push_back({.name = string(name),
                              .owner = owner,
                              .type = {},
                              .kind = kind,
                              .reserved = 0,
                              .flags = flags});
  return VariableId{size_of(facts_.variables) - 1};
}
VariableId CodeBuilder::temporary(FunctionId owner) {
  const VariableId id = add_variable("", owner, VariableKind::Local);
  links_of_temporaries_[id.index] = 0;
  return id;
}

FunctionId CodeBuilder::add_function(std::string_view name, FunctionId parent, FunctionKind kind,
                                     Range where, Range name_range) {
  Function row;
  row.name = string(name);
  row.parent = parent;
  row.kind = kind;
  facts_.functions.push_back(row);
  facts_.function_ranges.push_back(where);
  facts_.function_name_ranges.push_back(name_range);
  return FunctionId{size_of(facts_.functions) - 1};
}
void CodeBuilder::set_parameters(FunctionId id, const std::vector<Parameter>& parameters) {
  facts_.functions[id.index].parameters = append(facts_.parameters, parameters);
}
ClassId CodeBuilder::add_class(std::string_view name) {
  Class row;
  row.name = string(name);
  facts_.classes.push_back(row);
  return ClassId{size_of(facts_.classes) - 1};
}
void CodeBuilder::set_class(ClassId id, const std::vector<ExprId>& bases,
                            const std::vector<Field>& fields,
                            const std::vector<FunctionId>& methods) {
  Class& row = facts_.classes[id.index];
  row.bases = append(facts_.bases, bases);
  row.fields = append(facts_.fields, fields);
  row.methods = append(facts_.methods, methods);
}
void CodeBuilder::set_declared_methods(ClassId id, const std::vector<FunctionId>& methods) {
  facts_.classes[id.index].declared_methods = append(facts_.methods, methods);
}
void CodeBuilder::set_generic_bases(ClassId id, const std::vector<TypeId>& bases) {
  facts_.classes[id.index].generic_bases = append(facts_.type_arguments, bases);
}
TypeId CodeBuilder::add_type(std::string_view path, const std::vector<TypeId>& arguments,
                             VariableId named) {
  facts_.types.push_back({.path = string(path),
                          .arguments = append(facts_.type_arguments, arguments),
                          .named = named});
  return TypeId{size_of(facts_.types) - 1};
}
Slice<Annotation> CodeBuilder::add_annotations(
    const std::vector<std::pair<std::string, std::vector<Operand>>>& rows) {
  std::vector<Annotation> added;
  for (const auto& [path, arguments] : rows)
    added.push_back({.path = string(path), .arguments = add_operands(arguments)});
  return append(facts_.annotations, added);
}
void CodeBuilder::add_feature(std::string_view feature, std::string_view since, Range where) {
  facts_.features.push_back({.feature = string(feature), .since = string(since), .where = where});
}

void CodeBuilder::begin_body(FunctionId function) {
  current_ = function;
  facts_.functions[function.index].first = next_op();
}
void CodeBuilder::end_body() {
  facts_.functions[current_.index].end = next_op();
  current_ = {};
}

OpId CodeBuilder::add_op(OpKind kind, std::size_t detail, Range where) {
  const OpId id = next_op();
  facts_.ops.push_back({.kind = kind,
                        .reserved = {},
                        .end = OpId{id.index + 1},
                        .detail = static_cast<std::uint32_t>(detail)});
  facts_.op_ranges.push_back(where);
  return id;
}

// Broken code assigns to what is no place, as in `f()++`: what it gives is only read.
OpId CodeBuilder::assign(ExprId target, ExprId value, Range where, AssignMode mode,
                         OperatorKind update) {
  if (target.exists() && !is_place(expr(target).kind)) {
    if (!value.exists()) value = target;
    target = {};
    mode = AssignMode::Evaluate;
  }
  if (target.exists() && value.exists() && expr(target).kind == ExprKind::Variable)
    if (const auto kept = links_of_temporaries_.find(expr(target).ref);
        kept != links_of_temporaries_.end())
      kept->second = links_[target.index] = links_[value.index];
  facts_.assigns.push_back(
      {.target = target, .value = value, .mode = mode, .update = update, .reserved = 0});
  return add_op(OpKind::Assign, facts_.assigns.size() - 1, where);
}
OpId CodeBuilder::call(ExprId callee, const std::vector<Operand>& arguments, Range where,
                       CallMode mode) {
  const Slice<Operand> slice = add_operands(arguments);
  facts_.calls.push_back(
      {.callee = callee, .arguments = slice, .mode = mode, .reserved = {}, .given = {}});
  return add_op(OpKind::Call, facts_.calls.size() - 1, where);
}
void CodeBuilder::give_type(ExprId result, TypeId type) {
  const Expr& row = expr(result);
  if (row.kind != ExprKind::Result || facts_.ops[row.ref].kind != OpKind::Call) return;
  facts_.calls[facts_.ops[row.ref].detail].given = type;
}
OpId CodeBuilder::await(ExprId value, Range where) {
  facts_.awaits.push_back({value});
  return add_op(OpKind::Await, facts_.awaits.size() - 1, where);
}
OpId CodeBuilder::yield(ExprId value, Range where) {
  facts_.yields.push_back({value});
  return add_op(OpKind::Yield, facts_.yields.size() - 1, where);
}
OpId CodeBuilder::define(ClassId type, Range where) {
  facts_.defines.push_back({type});
  return add_op(OpKind::Define, facts_.defines.size() - 1, where);
}
OpId CodeBuilder::opaque(std::string_view syntax, const std::vector<VariableId>& may_write,
                         Range where) {
  facts_.opaques.push_back(
      {.syntax = string(syntax), .may_write = append(facts_.written, may_write)});
  return add_op(OpKind::Opaque, facts_.opaques.size() - 1, where);
}
OpId CodeBuilder::exit(ExitKind kind, OpId target, ExprId value, Range where) {
  facts_.exits.push_back({.kind = kind, .target = target, .value = value});
  return add_op(OpKind::Exit, facts_.exits.size() - 1, where);
}
OpId CodeBuilder::panic(ExprId value, Range where) {
  const OpId at = exit(ExitKind::Raise, {}, value, where);
  facts_.exits.back().panics = 1;
  return at;
}

OpId CodeBuilder::open_branch(ExprId condition, Range where) {
  facts_.branches.push_back({.condition = condition, .otherwise = {}});
  const OpId branch = add_op(OpKind::Branch, facts_.branches.size() - 1, where);
  arms_.push_back({branch});
  return branch;
}
void CodeBuilder::otherwise(OpId branch) {
  for (Arm& arm : arms_)
    if (arm.branch == branch) arm.otherwise = true;
  facts_.branches[facts_.ops[branch.index].detail].otherwise = next_op();
}
OpId CodeBuilder::open_loop(LoopKind kind, ExprId target, ExprId subject, Range where,
                            bool awaits_each) {
  facts_.loops.push_back({.kind = kind,
                          .awaits_each = static_cast<std::uint8_t>(awaits_each ? 1 : 0),
                          .reserved = 0,
                          .target = target,
                          .subject = subject});
  return add_op(OpKind::Loop, facts_.loops.size() - 1, where);
}
OpId CodeBuilder::open_block(std::string_view label, Range where) {
  facts_.blocks.push_back({string(label)});
  return add_op(OpKind::Block, facts_.blocks.size() - 1, where);
}
OpId CodeBuilder::open_try(Range where) {
  facts_.tries.push_back({});
  const OpId id = add_op(OpKind::Try, facts_.tries.size() - 1, where);
  tries_.push_back({.op = id});
  return id;
}

CodeBuilder::OpenTry& CodeBuilder::open_try_of(OpId attempt) {
  while (tries_.back().op != attempt) tries_.pop_back();  // an inner one was left unclosed
  return tries_.back();
}
void CodeBuilder::end_part(OpenTry& attempt) {
  Try& row = facts_.tries[facts_.ops[attempt.op.index].detail];
  if (!attempt.body_ended) row.body_end = next_op();
  attempt.body_ended = true;
  if (attempt.in_catch) attempt.catches.back().end = next_op();
  attempt.in_catch = false;
}
void CodeBuilder::open_catch(OpId attempt, const std::vector<TypeId>& types, VariableId caught) {
  OpenTry& open = open_try_of(attempt);
  end_part(open);
  open.catches.push_back({.types = append(facts_.type_arguments, types),
                          .caught = caught,
                          .first = next_op(),
                          .end = {}});
  open.in_catch = true;
}
void CodeBuilder::open_finally(OpId attempt) {
  OpenTry& open = open_try_of(attempt);
  end_part(open);
  facts_.tries[facts_.ops[attempt.index].detail].finally_first = next_op();
  open.finally_open = true;
}

void CodeBuilder::close(OpId op) {
  Op& row = facts_.ops[op.index];
  row.end = next_op();
  if (row.kind == OpKind::Branch) {
    Branch& branch = facts_.branches[row.detail];
    if (!branch.otherwise.exists()) branch.otherwise = row.end;
    std::erase_if(arms_, [&](const Arm& arm) { return arm.branch == op; });
  }
  if (row.kind == OpKind::Try) {
    OpenTry& open = open_try_of(op);
    end_part(open);
    Try& attempt = facts_.tries[row.detail];
    if (!open.finally_open) attempt.finally_first = row.end;
    attempt.catches = append(facts_.catches, open.catches);
    tries_.pop_back();
  }
}

CodeFacts CodeBuilder::finish() { return std::move(facts_); }

}  // namespace fnlint
