// What names stand for: constants, `self`, methods that are called without an object.
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint {

namespace {

constexpr std::size_t kBaseClasses = 32;  // that are looked through for one name

// Constants of the language and of the library that comes with it. Sorted.
constexpr std::array<std::string_view, 91> kCoreConstants{
    "ARGV",          "ArgumentError", "Array",         "Base64",        "BasicObject",
    "Benchmark",     "BigDecimal",    "CGI",           "CSV",           "Class",
    "Comparable",    "Complex",       "ConditionVariable",              "Data",
    "Date",          "DateTime",      "Digest",        "Dir",           "ENV",
    "EOFError",      "ERB",           "Encoding",      "Enumerable",    "Enumerator",
    "Errno",         "Etc",           "Exception",     "FalseClass",    "Fiber",
    "File",          "FileUtils",     "Float",         "Forwardable",   "GC",
    "Hash",          "IO",            "IOError",       "IPAddr",        "IndexError",
    "Integer",       "JSON",          "Kernel",        "KeyError",      "LoadError",
    "Logger",        "Marshal",       "MatchData",     "Math",          "Method",
    "Module",        "Monitor",       "Mutex",         "NameError",     "Net",
    "NilClass",      "NoMethodError", "NotImplementedError",            "Numeric",
    "Object",        "ObjectSpace",   "Open3",         "OpenSSL",       "OpenStruct",
    "Pathname",      "Proc",          "Process",       "Psych",         "Queue",
    "RUBY_VERSION",  "Random",        "Range",         "RangeError",    "Rational",
    "Regexp",        "RuntimeError",  "STDERR",        "STDOUT",        "SecureRandom",
    "Set",           "Shellwords",    "Singleton",     "SizedQueue",    "StandardError",
    "String",        "StringIO",      "StringScanner", "Struct",        "Symbol",
    "Tempfile",      "Thread",        "Time",
};
// Those behind "Time" in the order of the alphabet.
constexpr std::array<std::string_view, 8> kMoreConstants{
    "Timeout", "TrueClass", "TypeError", "URI", "WeakRef", "YAML", "ZeroDivisionError", "Zlib"};

constexpr std::array<std::string_view, 60> kKernel{
    "Array", "BigDecimal", "Complex", "Float", "Hash", "Integer", "Rational", "String", "URI",
    "__callee__", "__dir__", "__method__", "at_exit", "autoload", "binding", "caller", "catch",
    "class", "clone", "define_singleton_method", "dup", "eval", "exec", "fork", "format", "freeze",
    "frozen?", "gets", "global_variables", "hash", "inspect", "instance_eval",
    "instance_variable_get", "instance_variable_set", "itself", "local_variables", "method",
    "object_id", "open", "p", "pp", "print", "printf", "public_send", "putc", "puts", "rand",
    "require", "require_relative", "respond_to?", "send", "sleep", "spawn", "sprintf", "srand", "system", "tap", "then", "throw",
    "trap"};

bool is_core_constant(std::string_view name) {
  return std::ranges::binary_search(kCoreConstants, name) ||
         std::ranges::binary_search(kMoreConstants, name);
}

}  // namespace

RbClassId RubyLowering::self_class() const {
  return scopes_.scope(scopes_.self_scope(scope_)).type;
}

bool RubyLowering::self_is_class() const {
  const RbScope& scope = scopes_.scope(scopes_.self_scope(scope_));
  return scope.kind != RbScopeKind::Method || scope.is_static;
}

ExprId RubyLowering::self(Range where) {
  const RbScope& scope = scopes_.scope(scopes_.self_scope(scope_));
  const VariableId receiver = out_.function(scope.function).receiver;
  return receiver.exists() ? out_.variable(receiver, where) : out_.unknown("self", where);
}

// A class of the file. While classes are being defined those around are reached through their own
// initialisers; later by the module's variable.
ExprId RubyLowering::class_value(RbClassId type, Range where) {
  const RbClass& row = scopes_.classes()[type];
  if (function_ == row.init) return self(where);
  const FunctionKind how = out_.function(function_).kind;
  const bool at_init = how == FunctionKind::ClassInit || how == FunctionKind::ModuleInit;
  if (at_init && row.outer != kNoRuby)
    return out_.member(class_value(row.outer, where), row.name, where);
  return out_.variable(row.variable, where);
}

ExprId RubyLowering::builtin(std::string_view name, Range where) {
  const auto [row, added] = imported_.try_emplace(std::string(name));
  if (added) {
    row->second = out_.add_variable(name, FunctionId{0}, VariableKind::Import);
    out_.add_import({.local = row->second,
                     .module = out_.string("<builtins>"),
                     .name = out_.string(name),
                     .executed_in = FunctionId{0},
                     .flags = 0,
                     .where = where});
  }
  return out_.variable(row->second, where);
}

// A name that another file or a library has.
ExprId RubyLowering::outside(std::string_view name, Range where) {
  const auto [row, added] = imported_.try_emplace(std::string(name));
  if (added) {
    row->second = out_.add_variable(name, FunctionId{0}, VariableKind::Import);
    out_.add_import({.local = row->second,
                     .module = out_.string(""),
                     .name = out_.string(name),
                     .executed_in = FunctionId{0},
                     .flags = kImplicit,
                     .where = where});
  }
  return out_.variable(row->second, where);
}

// "A::B" as "A.B"; none: it is not made of constants alone.
std::optional<std::string> RubyLowering::constant_path(NodeId node) const {
  std::string_view written = text(node);
  if (written.starts_with("::")) written.remove_prefix(2);
  if (written.empty() || std::isupper(static_cast<unsigned char>(written[0])) == 0)
    return std::nullopt;
  for (const char c : written)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_' && c != ':')
      return std::nullopt;
  return replace_all(std::string(written), "::", ".");
}

RbClassId RubyLowering::known_class(NodeId node, RbScopeId scope) const {
  if (kind(node) != Rb::Constant && kind(node) != Rb::ScopeResolution) return kNoRuby;
  const std::optional<std::string> path = constant_path(node);
  if (!path) return kNoRuby;
  if (!text(node).starts_with("::"))
    for (RbClassId around = scopes_.scope(scope).type; around != kNoRuby;
         around = scopes_.classes()[around].outer) {
      const RbClassId found =
          scopes_.class_named(cat(scopes_.classes()[around].path, '.', *path));
      if (found != kNoRuby) return found;
    }
  return scopes_.class_named(*path);
}

// Looked for in the classes around, in their bases, then in the file; what is nowhere is of another
// file or a library.
ExprId RubyLowering::constant(std::string_view name, NodeId node) {
  const Range where = range(node);
  for (RbClassId around = scopes_.scope(scope_).type; around != kNoRuby;
       around = scopes_.classes()[around].outer) {
    const RbClass& row = scopes_.classes()[around];
    if (row.constants.contains(std::string(name))) {
      const RbClassId inner = scopes_.class_named(cat(row.path, '.', name));
      return inner != kNoRuby ? class_value(inner, where)
                              : out_.member(class_value(around, where), name, where);
    }
    for (const auto& [base, scope] : row.bases) {
      const RbClassId known = known_class(base, scope);
      if (known != kNoRuby && scopes_.classes()[known].constants.contains(std::string(name)))
        return out_.member(class_value(known, where), name, where);
    }
  }
  if (const RbClassId known = scopes_.class_named(name); known != kNoRuby)
    return class_value(known, where);
  if (const VariableId variable = scopes_.global(name); variable.exists())
    return out_.variable(variable, where);
  return is_core_constant(name) ? builtin(name, where) : outside(name, where);
}

ExprId RubyLowering::scope_resolution(NodeId node) {
  const NodeId scope = child(node, RbField::Scope), name = child(node, RbField::Name);
  const Range where = range(node);
  if (name == kNoNode) return out_.unknown("missing", where);
  if (scope == kNoNode) {
    const RbClassId known = scopes_.class_named(text(name));
    if (known != kNoRuby) return class_value(known, where);
    return is_core_constant(text(name)) ? builtin(text(name), where) : outside(text(name), where);
  }
  const RbClassId holder = known_class(scope, scope_);
  if (holder == kNoRuby) return out_.member(expression(scope), text(name), where);
  const RbClass& row = scopes_.classes()[holder];
  const RbClassId inner = scopes_.class_named(cat(row.path, '.', text(name)));
  if (inner != kNoRuby) return class_value(inner, where);
  if (row.constants.contains(std::string(text(name))))
    return out_.member(class_value(holder, where), text(name), where);
  return outside(cat(row.path, '.', text(name)), where);  // modules are open: another file's part
}

TypeId RubyLowering::type(NodeId node) {
  const std::optional<std::string> path = constant_path(node);
  return out_.add_type(path ? *path : std::string("<computed>"));
}

// --- Methods that are called without an object.

bool RubyLowering::declares(RbClassId type, std::string_view name, bool is_static,
                            std::size_t& seen, bool& open) const {
  const RbClass& row = scopes_.classes()[type];
  const std::string wanted(name);
  if ((is_static ? row.static_names : row.method_names).contains(wanted)) return true;
  if (seen > 0 && row.method_names.contains(wanted)) return true;  // mixed into the class itself
  if (++seen > kBaseClasses) return false;
  for (const auto& [base, scope] : row.bases) {
    const RbClassId known = known_class(base, scope);
    if (known == kNoRuby || known == type)
      open = true;
    else if (declares(known, name, is_static, seen, open))
      return true;
  }
  return false;
}

bool RubyLowering::has_attribute(RbClassId type, std::string_view name, bool is_static) const {
  std::size_t seen = 0;
  return has_attribute(type, name, is_static, seen);
}
bool RubyLowering::has_attribute(RbClassId type, std::string_view name, bool is_static,
                                 std::size_t& seen) const {
  const RbClass& row = scopes_.classes()[type];
  const std::string wanted(name);
  const bool here = (is_static ? row.static_attributes : row.attributes).contains(wanted);
  if (here) return !(is_static ? row.static_names : row.method_names).contains(wanted);
  if (++seen > kBaseClasses) return false;
  for (const auto& [base, scope] : row.bases) {
    const RbClassId known = known_class(base, scope);
    if (known != kNoRuby && known != type && has_attribute(known, name, is_static, seen))
      return true;
  }
  return false;
}

// An attribute and its variable are one field: "x" for `@x` where `attr_accessor :x` stands.
std::string RubyLowering::field_name(std::string_view variable, RbClassId type,
                                     bool is_static) const {
  const std::string_view name = variable.substr(variable.find_first_not_of('@'));
  return std::string(has_attribute(type, name, is_static) ? name : variable);
}

ExprId RubyLowering::own_method(std::string_view name, Range where) {
  const RbClassId type = self_class();
  bool open = false;
  std::size_t seen = 0;
  if (type != kNoRuby && declares(type, name, self_is_class(), seen, open))
    return out_.member(self(where), name, where);
  if (const VariableId variable = scopes_.global(name); variable.exists())
    return out_.variable(variable, where);
  if (std::ranges::find(kKernel, name) != kKernel.end()) return builtin(name, where);
  if (type != kNoRuby) return out_.member(self(where), name, where);  // of a base, or a subclass
  return outside(name, where);
}

}  // namespace fnlint
