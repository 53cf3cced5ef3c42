// Functions that are values, and what is called as a method of them.
#include "flow/code_queries.h"
#include "flow/engine.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What a function that is a value has for methods. `all`: each calls it, whatever it is called, but
// for those that are named; otherwise those that are named do.
struct FunctionMethods {
  Language language{};
  bool all = false;
  std::span<const std::string_view> named = {};
};

// Of Java: what the interfaces of java.util.function, Comparator and Object have beside the one
// method that a lambda is, and what Kotlin lets be called of any value.
constexpr std::array<std::string_view, 20> kOfJava{
    "andThen",    "compose",   "negate", "and",      "or",       "reversed",  "thenComparing",
    "nullsFirst", "nullsLast", "equals", "hashCode", "toString", "getClass",  "notify",
    "notifyAll",  "wait",      "let",    "also",     "takeIf",   "takeUnless"};
constexpr std::array<std::string_view, 2> kOfCSharp{"Invoke", "DynamicInvoke"};
constexpr std::array<std::string_view, 2> kOfRuby{"call", "yield"};
constexpr std::array<std::string_view, 1> kOfPython{"__call__"};
constexpr std::array<FunctionMethods, 4> kMethods{{{Language::Java, true, kOfJava},
                                                   {Language::CSharp, false, kOfCSharp},
                                                   {Language::Ruby, false, kOfRuby},
                                                   {Language::Python, false, kOfPython}}};

bool calls_function(Language language, std::string_view method) {
  const auto row = std::ranges::find(kMethods, language, &FunctionMethods::language);
  if (row == kMethods.end()) return false;
  return row->all != (std::ranges::find(row->named, method) != row->named.end());
}

bool has_body(const Function& function) {
  return function.first.exists() && function.first != function.end;
}

}  // namespace

// Names of methods that abstract classes of a unit write out: of an interface, what its functions
// have beside the one that they are.
const std::set<std::string>& Engine::written_methods(std::uint32_t unit) {
  const auto [row, added] = written_methods_.try_emplace(unit);
  if (!added) return row->second;
  std::set<std::string> open;
  for (const ModuleId module : program_.modules_of(unit)) {
    const CodeFacts& code = facts(module);
    for (const Class& type : code.classes) {
      if ((type.flags & kAbstractClass) == 0) continue;
      for (std::uint32_t i = 0; i < type.methods.count; ++i) {
        const Function& method = code.functions[code.methods[type.methods.first + i].index];
        (has_body(method) ? row->second : open).emplace(code.string(method.name));
      }
    }
  }
  for (const std::string& name : open) row->second.erase(name);
  return row->second;
}

bool Engine::calls_itself(ValueId function, std::string_view method, const CallInput& invocation) {
  if (!pool_.is(function, ValueKind::Function) || !invocation.at.module.exists()) return false;
  const std::uint32_t unit = program_.modules[invocation.at.module.index].unit;
  return calls_function(language(invocation.at.module), method) &&
         !written_methods(unit).contains(std::string(method));
}

}  // namespace fnlint
