// The code form's tables: functions, ops, expressions, classes and imports of one file of any
// language.
#pragma once

#include "core/problem.h"
#include "core/span.h"
#include "model/expression.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The code form: structured control flow over calls in evaluation order; all else is pure
// expression. Every language is lowered to it, and every analysis reads only it.
// docs/internals/code-form.md has the rules that each frontend keeps.
using VariableId = Id<struct VariableTag>;
using FunctionId = Id<struct FunctionTag>;
using OpId = Id<struct OpTag>;
using ClassId = Id<struct ClassTag>;
using TypeId = Id<struct TypeTag>;

enum class Language : std::uint8_t {
  Unknown,
  Python,
  JavaScript,
  Java,
  Go,
  CSharp,
  Ruby,
  Rust,
  Cpp
};

enum class OpKind : std::uint8_t {
  Assign,
  Call,
  Await,
  Yield,
  Branch,
  Loop,
  Try,
  Block,
  Exit,
  Define,
  Opaque
};
// An op's nested ops are the ids up to its `end`: "before" is <, "inside" is an interval test.
struct Op {
  OpKind kind{};
  std::uint8_t reserved[3] = {};
  OpId end = {};
  std::uint32_t detail = 0;  // row in the kind's own table
};

enum class AssignMode : std::uint8_t { Set, Declare, Update, SetIfAbsent, Delete, Evaluate };
// The Result of a Define is the class; a frontend assigns it to the class name.
// target: Variable, Member, Index or Part. Update: `target update= value`. Evaluate: a value that
// is only read; no target. Delete: no value.
struct Assign {
  ExprId target = {}, value = {};
  AssignMode mode{};
  OperatorKind update{};
  std::uint16_t reserved = 0;
};

// Detached: `go f()`. Implicit: enter, close, operators. Decorator: a call that wraps the next
// definition. Annotate: metadata of a definition (argument 0) that runs no code, unless a library's
// model says that it wraps.
enum class CallMode : std::uint8_t { Plain, Construct, Detached, Decorator, Implicit, Annotate };
struct Call {
  ExprId callee = {};  // the receiver is the callee's base
  Slice<Operand> arguments = {};
  CallMode mode{};
  std::uint8_t reserved[3] = {};
  TypeId given = {};  // its only type argument: `answer.json::<Order>()`
};
struct Await {
  ExprId value = {};
};
struct Yield {
  ExprId value = {};
};
struct Block {
  StringId label = {};
};
// The label of what is done under a lock: `synchronized (x) { ... }`, `lock (x) { ... }`.
inline constexpr std::string_view kLockLabel = "<lock>";
struct Define {
  ClassId type = {};
};
struct Branch {  // then: (op, otherwise); else: [otherwise, end)
  ExprId condition = {};
  OpId otherwise = {};
};
enum class LoopKind : std::uint8_t { Each, While, AtLeastOnce, Forever };
struct Loop {  // Each: target takes each element of subject; While and AtLeastOnce: ends by a
               // Branch and a Break inside
  LoopKind kind{};
  std::uint8_t awaits_each = 0;
  std::uint16_t reserved = 0;
  ExprId target = {}, subject = {};
};
struct Catch {  // no types: catches everything
  Slice<TypeId> types = {};
  VariableId caught = {};
  OpId first = {}, end = {};
};
struct Try {
  Slice<Catch> catches = {};
  OpId body_end = {}, finally_first = {};
};
enum class ExitKind : std::uint8_t {
  Return,
  Raise,
  Break,
  Continue,
  Stop
};  // Stop: the process ends
struct Exit {
  ExitKind kind{};
  std::uint8_t panics = 0;  // Raise: no value that a caller could drop
  std::uint8_t reserved[2] = {};
  OpId target = {};  // the Loop or Block that is left
  ExprId value = {};
};
struct Opaque {
  StringId syntax = {};
  Slice<VariableId> may_write = {};
};

struct Type {
  StringId path = {};  // as far as the file's imports show: "aws-sdk.S3", "list"
  Slice<TypeId> arguments = {};
  VariableId named = {};  // what the path begins with, where it is a class or an import of the file
};
struct Annotation {
  StringId path = {};
  Slice<Operand> arguments = {};
};
enum class VariableKind : std::uint8_t {
  Local,
  Parameter,
  Receiver,
  Module,
  Import,
  Caught,
  Element
};
enum VariableFlags : std::uint16_t {
  kConstant = 1,
  kExported = 2,
  kFunctionStatic = 4,
  kThreadLocal = 8,
  kWrittenByInner = 16,
  kNamedInTypes = 32,  // an import that a type annotation names: used, though never read
  kUndeclared = 64,    // of the module: it is set somewhere, and nothing declares it
};
struct Variable {
  StringId name = {};
  FunctionId owner =
      {};  // a variable owned by another function is a capture; nothing else marks one
  TypeId type = {};
  VariableKind kind{};
  std::uint8_t reserved = 0;
  std::uint16_t flags = 0;
};
enum class RestKind : std::uint32_t { None, Positional, Named };  // *args, ...rest; **kwargs
struct Parameter {  // a destructured one is assigned by the function's first ops
  VariableId variable = {};
  ExprId fallback =
      {};  // Python evaluates it when the function is defined: then it lives as long as the module
  RestKind rest{};
  Slice<Annotation> annotations = {};
};
enum class FunctionKind : std::uint8_t {
  Plain,
  Method,
  StaticMethod,
  ClassMethod,
  Constructor,
  Accessor,
  ModuleInit,
  ClassInit,
  InstanceInit,
};
enum FunctionFlags : std::uint8_t {
  kAsync = 1,
  kGenerator = 2,
  kBroken = 4,      // a syntax error inside: nothing may rest on absence
  kArrow = 8,       // takes its receiver from the enclosing function
  kHidden = 16,     // not public: what is outside of its package or class cannot call it
  kExtension = 32,  // called as a method of its first argument
  kCopies = 64,     // has copies of what it captures: `move || ...`, `[=] { ... }`
  kByPosition = 128,  // no parameter has a keyword, in a language that tells those apart (Ruby)
};
struct Function {
  StringId name = {};
  FunctionId parent = {};
  ClassId owner = {};
  VariableId receiver = {};
  Slice<Parameter> parameters = {};
  TypeId returns = {};
  Slice<Annotation> annotations = {};
  OpId first = {}, end = {};
  FunctionKind kind{};
  std::uint8_t flags = 0;
  std::uint16_t gives_struct = 0;  // Go: its first result, itself and no pointer: never nil
  std::uint64_t fingerprint = 0;
};
struct Field {
  StringId name = {};
  TypeId type = {};
  std::uint8_t is_static = 0, is_constant = 0;
  std::uint8_t is_pointer = 0;  // Go: where it is not given, it is nil, whatever it points at
  std::uint8_t is_required = 0;  // what reads data as its class may refuse it without this one
  Slice<Annotation> annotations = {};
};
enum ClassFlags : std::uint32_t {
  kAbstractClass = 1,    // or an interface: there are only objects of what derives from it
  kHiddenClass = 2,      // not public
  kPartialClass = 4,     // other files may have more of it
  kNeedsArguments = 8,   // what constructs it and is no member takes arguments
};
struct Class {
  StringId name = {};
  std::uint32_t flags = 0;
  Slice<ExprId> bases = {};  // rows of CodeFacts::bases, expressions of the defining function
  Slice<TypeId> generic_bases = {};  // rows of CodeFacts::type_arguments: those with arguments
  Slice<Field> fields = {};
  Slice<FunctionId> methods = {};  // rows of CodeFacts::methods
  Slice<FunctionId> declared_methods = {};  // likewise: those of Java and Kotlin without a body
  FunctionId class_init = {}, instance_init = {};
  Slice<Annotation> annotations = {};
};

enum ImportFlags : std::uint32_t {
  kTypeOnly = 1,    // gone at run time
  kFallback = 2,    // inside an `except ImportError` or the like: not counted at init
  kStar = 4,        // every public name
  kEffectOnly = 8,  // binds nothing
  kReexport = 16,
  kRequire = 32,  // CommonJS: the whole module object, loaded where it stands
  kGuarded =
      64,  // not executed when the file is loaded by the runtime (`if __name__ == "__main__"`)
  kImplicit = 128,  // no import stands there: a name that the file neither declares nor imports. Its
                    // package, what encloses it or a kStar row may have it; `module` is empty
  kLate = 256,      // a call that gives the module once it is loaded: `import()`
};
// `module` is as written ("./lib/x", "..pkg.mod", "boto3"); `name` is the imported symbol, empty
// for the module itself
// ("default" for a JavaScript default import). Executed in a ModuleInit: paid at init.
struct Import {
  VariableId local = {};
  StringId module = {}, name = {};
  FunctionId executed_in = {};
  std::uint32_t flags = 0;
  Range where = {};
  OpId branch = {};  // the innermost one around it, in whose else part it stands if `otherwise`
  std::uint8_t otherwise = 0;
};

// A feature of the language that older runtimes do not have.
struct FeatureUse {
  StringId feature = {};
  StringId since = {};  // language version, "3.10"
  Range where = {};
};

enum class SuppressionReach : std::uint8_t { Line, NextNode, File };
// A comment "fnlint: ignore[rule, rule] reason", as read_suppression() reads it. `covers` is the
// line itself or the next node's range.
struct SuppressionComment {
  SuppressionReach reach{};
  std::vector<std::string> rules = {};  // none: it has no brackets
  std::string reason = {};
  Range where = {};   // the comment
  Range covers = {};  // what it silences; empty for the whole file
};

// A comment in a handler of errors.
struct HandlerComment {
  StringId text = {};
  Range where = {};
};

// Everything one source file says, without looking at any other file. Plain tables of ids;
// immutable once made. Function 0 is always the module's own initialiser (ModuleInit).
struct CodeFacts {
  Language language{};
  StringId package = {};            // that the file says it is in: "com.example", "Shop.Orders"
  std::string text = {};            // string table: interned texts one after another
  std::vector<Range> strings = {};  // by StringId, into `text`
  std::vector<Expr> exprs = {};
  std::vector<Operand> operands = {};
  std::vector<Op> ops = {};
  std::vector<Assign> assigns = {};
  std::vector<Call> calls = {};
  std::vector<Await> awaits = {};
  std::vector<Yield> yields = {};
  std::vector<Block> blocks = {};
  std::vector<Define> defines = {};
  std::vector<Branch> branches = {};
  std::vector<Loop> loops = {};
  std::vector<Try> tries = {};
  std::vector<Catch> catches = {};
  std::vector<Exit> exits = {};
  std::vector<Opaque> opaques = {};
  std::vector<Variable> variables = {};
  std::vector<VariableId> written = {};  // rows of Opaque::may_write
  std::vector<Parameter> parameters = {};
  std::vector<Type> types = {};
  std::vector<TypeId> type_arguments = {};
  std::vector<Function> functions = {};
  std::vector<Class> classes = {};
  std::vector<ExprId> bases = {};
  std::vector<FunctionId> methods = {};
  std::vector<Field> fields = {};
  std::vector<Import> imports = {};
  std::vector<Annotation> annotations = {};
  std::vector<Range> op_ranges = {}, expr_ranges = {}, operand_ranges = {},
                     function_ranges = {};  // parallel tables
  std::vector<Range> function_name_ranges = {};
  std::vector<FeatureUse> features = {};
  std::vector<SuppressionComment> suppressions = {};
  std::vector<HandlerComment> handler_comments = {};
  Problems problems = {};

  [[nodiscard]] std::string_view string(StringId id) const {
    if (!id.exists()) return {};
    const Range at = strings[id.index];
    return std::string_view(text).substr(at.begin, at.end - at.begin);
  }
  [[nodiscard]] std::span<const Operand> operands_of(Slice<Operand> slice) const {
    return std::span(operands).subspan(slice.first, slice.count);
  }
};

}  // namespace fnlint
