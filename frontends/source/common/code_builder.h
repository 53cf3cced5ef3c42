// The only way to write a code form: keeps its tables consistent while a frontend lowers a file.
#pragma once

#include "model/code.h"

#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace fnlint {

// Writes the tables of one file's CodeFacts. Knows the form's invariants, no language.
//
// A function's ops are consecutive, so a frontend lowers one function at a time: a function
// expression reserves its id with add_function() and is lowered after the function around it (keep
// a work list). Nested ops are written between open_*() and close(). Expressions are free: they
// belong to whatever refers to them.
class CodeBuilder {
 public:
  explicit CodeBuilder(Language language) { facts_.language = language; }

  StringId string(std::string_view text);

  // Expressions. Each operand must already exist.
  ExprId unknown(std::string_view why, Range where);
  ExprId null(Range where);
  ExprId boolean(bool value, Range where);
  ExprId number(std::string_view literal, Range where, bool big = false);
  ExprId text(std::string_view unescaped, Range where);
  ExprId variable(VariableId variable, Range where);
  ExprId result(OpId call_await_or_yield, Range where);
  ExprId error_of(OpId call, Range where);
  ExprId member(ExprId base, std::string_view name, Range where, bool optional = false);
  ExprId member(ExprId base, StringId name, Range where);
  ExprId entry(ExprId base, StringId name, Range where, bool optional);  // base["name"]
  ExprId index(ExprId base, ExprId index, Range where, bool optional = false);
  ExprId part(ExprId base, ExprId from, ExprId to, ExprId step, Range where);
  ExprId concat(const std::vector<ExprId>& parts, Range where);
  ExprId operation(OperatorKind kind, ExprId left, ExprId right, Range where);  // Not: no right
  ExprId choose(ExprId condition, ExprId then, ExprId otherwise, Range where);
  ExprId list(const std::vector<Operand>& elements, Range where);
  ExprId set(const std::vector<Operand>& elements, Range where);
  ExprId record(const std::vector<Operand>& entries, Range where,
                const std::vector<Range>& key_ranges = {});
  ExprId function(FunctionId function, Range where);
  ExprId type_test(ExprId base, std::string_view type, Range where);
  // Rows are given by value and changed by name: a reference into a table that grows would not
  // outlive the next row.
  [[nodiscard]] Expr expr(ExprId id) const { return facts_.exprs[id.index]; }
  [[nodiscard]] Range range(ExprId id) const { return facts_.expr_ranges[id.index]; }
  // Valid as long as the builder.
  [[nodiscard]] std::string_view string(StringId id) const {
    return id.exists() ? texts_[id.index] : std::string_view{};
  }
  [[nodiscard]] std::vector<Operand> operands_of(ExprId id) const {
    const std::span<const Operand> rows = facts_.operands_of(expr(id).operands);
    return {rows.begin(), rows.end()};
  }

  // Variables, functions, classes, imports.
  VariableId add_variable(std::string_view name, FunctionId owner, VariableKind kind,
                          std::uint16_t flags = 0);
  VariableId temporary(FunctionId owner);
  [[nodiscard]] Variable variable(VariableId id) const { return facts_.variables[id.index]; }
  template <class Field>
  void set(VariableId id, Field Variable::* field, const std::type_identity_t<Field>& value) {
    facts_.variables[id.index].*field = value;
  }
  void mark(VariableId id, std::uint16_t flags) { facts_.variables[id.index].flags |= flags; }
  FunctionId add_function(std::string_view name, FunctionId parent, FunctionKind kind, Range where,
                          Range name_range);
  [[nodiscard]] Function function(FunctionId id) const { return facts_.functions[id.index]; }
  template <class Field>
  void set(FunctionId id, Field Function::* field, const std::type_identity_t<Field>& value) {
    facts_.functions[id.index].*field = value;
  }
  void mark(FunctionId id, std::uint8_t flags) { facts_.functions[id.index].flags |= flags; }
  [[nodiscard]] std::uint32_t function_count() const {
    return static_cast<std::uint32_t>(facts_.functions.size());
  }
  [[nodiscard]] Range function_range(FunctionId id) const {
    return facts_.function_ranges[id.index];
  }
  void set_parameters(FunctionId id, const std::vector<Parameter>& parameters);
  ClassId add_class(std::string_view name);
  [[nodiscard]] Class class_of(ClassId id) const { return facts_.classes[id.index]; }
  template <class Field>
  void set(ClassId id, Field Class::* field, const std::type_identity_t<Field>& value) {
    facts_.classes[id.index].*field = value;
  }
  void set_declared_methods(ClassId id, const std::vector<FunctionId>& methods);
  void set_generic_bases(ClassId id, const std::vector<TypeId>& bases);
  void set_class(ClassId id, const std::vector<ExprId>& bases, const std::vector<Field>& fields,
                 const std::vector<FunctionId>& methods);
  TypeId add_type(std::string_view path, const std::vector<TypeId>& arguments = {},
                  VariableId named = {});
  Slice<Annotation> add_annotations(
      const std::vector<std::pair<std::string, std::vector<Operand>>>& rows);
  void set_package(std::string_view name) { facts_.package = string(name); }
  // Where it stands among branches is added here.
  void add_import(Import import) {
    if (!arms_.empty()) {
      import.branch = arms_.back().branch;
      import.otherwise = arms_.back().otherwise;
    }
    facts_.imports.push_back(import);
  }
  [[nodiscard]] bool is_generic(TypeId id) const {
    return id.exists() && facts_.types[id.index].arguments.count > 0;
  }
  [[nodiscard]] std::string_view type_path(TypeId id) const {
    return id.exists() ? string(facts_.types[id.index].path) : std::string_view{};
  }
  void add_feature(std::string_view feature, std::string_view since, Range where);
  void add_suppression(SuppressionComment comment) {
    facts_.suppressions.push_back(std::move(comment));
  }
  void problem(Range where, std::string message) {
    facts_.problems.push_back({where, std::move(message)});
  }

  // Ops of the function being written.
  void begin_body(FunctionId function);
  void end_body();
  [[nodiscard]] FunctionId current() const { return current_; }

  // A target that is no place: the value is evaluated only.
  OpId assign(ExprId target, ExprId value, Range where, AssignMode mode = AssignMode::Set,
              OperatorKind update = OperatorKind::Add);
  OpId evaluate(ExprId value, Range where) {
    return assign({}, value, where, AssignMode::Evaluate);
  }
  void give_type(ExprId result, TypeId type);  // to the call that gives it
  OpId call(ExprId callee, const std::vector<Operand>& arguments, Range where,
            CallMode mode = CallMode::Plain);
  OpId await(ExprId value, Range where);
  OpId yield(ExprId value, Range where);
  OpId define(ClassId type, Range where);
  OpId opaque(std::string_view syntax, const std::vector<VariableId>& may_write, Range where);
  OpId exit(ExitKind kind, OpId target, ExprId value, Range where);
  OpId panic(ExprId value, Range where);

  OpId open_branch(ExprId condition, Range where);
  void otherwise(OpId branch);  // what follows is the else part; without a call there is none
  OpId open_loop(LoopKind kind, ExprId target, ExprId subject, Range where,
                 bool awaits_each = false);
  OpId open_block(std::string_view label, Range where);
  OpId open_try(Range where);
  void open_catch(OpId attempt, const std::vector<TypeId>& types,
                  VariableId caught);  // the body, or the catch before, ends
  void open_finally(OpId attempt);
  void close(OpId op);

  [[nodiscard]] const CodeFacts& facts() const { return facts_; }
  CodeFacts finish();

 private:
  struct Arm {  // of a branch that is open
    OpId branch = {};
    bool otherwise = false;
  };
  struct OpenTry {
    OpId op = {};
    std::vector<Catch> catches = {};
    bool body_ended = false, in_catch = false, finally_open = false;
  };
  ExprId add(ExprKind kind, Range where, std::uint32_t ref = UINT32_MAX, StringId name = {},
             std::uint8_t detail = 0);
  ExprId cut_chain(Range where);
  [[nodiscard]] std::uint32_t links_before(ExprKind kind, std::uint32_t ref) const;
  ExprId add_with(ExprKind kind, Range where, const std::vector<Operand>& operands,
                  std::uint32_t ref = UINT32_MAX);
  Slice<Operand> add_operands(const std::vector<Operand>& operands,
                              const std::vector<Range>& ranges = {});
  OpId add_op(OpKind kind, std::size_t detail, Range where);
  [[nodiscard]] OpId next_op() const { return OpId{static_cast<std::uint32_t>(facts_.ops.size())}; }
  OpenTry& open_try_of(OpId attempt);
  void end_part(OpenTry& attempt);

  CodeFacts facts_;
  std::unordered_map<std::string, StringId> interned_;
  std::vector<std::string_view> texts_;  // by StringId: keys of interned_, which do not move
  std::vector<std::uint32_t> links_;     // by ExprId: members and calls that it is a chain of
  std::unordered_map<std::uint32_t, std::uint32_t> links_of_temporaries_;  // by VariableId
  bool told_of_chain_ = false;
  std::vector<OpenTry> tries_;
  std::vector<Arm> arms_;
  FunctionId current_ = {};
};

}  // namespace fnlint
