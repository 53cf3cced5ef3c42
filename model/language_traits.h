// The semantics of each source language as data, so that no analysis asks for a language by name.
#pragma once

#include "model/code.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

// In the place of an item that was not found: nothing, of which whatever is asked fails; an empty
// map, of which any entry raises that is read; an empty map whose entries are nothing, so that what
// is done with one fails; what fails nothing where it is read, and says itself that it is empty.
enum class MissingItem : std::uint8_t { Nothing, RaisingMap, EmptyMap, Harmless };

// What of a language matters to what code of it means, one row a language. What a flag does not say
// is not so, or not known to be; of a language that is unknown, nothing is said.
struct LanguageTraits {
  Language language = Language::Unknown;
  // By which the tables of data/ name it.
  std::string_view word = {};

  // Errors.

  // A call that fails gives an error beside its value, and goes on (Effective Go, Errors).
  bool errors_are_values = false;
  // A call that fails gives a Result (std::result): `match` and `if let`, of which the code form
  // makes handlers, take it apart, `?` hands it on, and `unwrap` raises.
  bool errors_are_results = false;
  // A call may give a promise, which what `then` and `catch` are given is called for; an error of
  // it is one of the code only where it is waited for (ECMA-262, Promise Objects).
  bool has_promises = false;
  // The class that code asks for where it does not know whether a call has given a task.
  std::string_view task_class = {};
  // A wait for several tasks may give the errors of those that failed, in the place of values:
  // `Promise.allSettled`, `asyncio.gather(..., return_exceptions=True)`.
  bool waits_give_errors = false;
  // A callback is given the error, or nothing, before all else (Node.js, Errors, Error-first
  // callbacks).
  bool callbacks_take_errors = false;
  // A call may give what the function that it is given raises, as a value: `runCatching`
  // (kotlin.Result).
  bool has_catching_calls = false;
  // What operators raise has types of its own, so that the type of a handler tells whether it is
  // there for a call: KeyError, ZeroDivisionError (Library Reference, Built-in Exceptions).
  bool operator_errors_have_types = false;
  // Operators convert what they are given, and fail for nothing that stands there (ECMA-262, Type
  // Conversion).
  bool operators_take_anything = false;
  // The models of its libraries say which calls write to a log.
  bool log_calls_are_known = false;

  // What is not there.

  // `undefined` stands for what is not given, beside null (ECMA-262, undefined).
  bool has_undefined = false;
  // What is written as null is the same as what is not given: `nil`, the zero value of what may be
  // it (Go specification, The zero value).
  bool null_is_not_given = false;
  // Any method may be called on null, which is an object (Ruby, NilClass).
  bool null_has_methods = false;
  // A method of the project may be called on null, and gets it as its receiver (Go specification,
  // Calls, Method values).
  bool methods_take_null = false;
  // Reading an entry of null is not what fails: of a map that is nil it is the zero value (Go
  // specification, Index expressions); of a pointer, what lies there.
  bool null_has_entries = false;
  // An entry that a record does not have raises when it is read by its name.
  bool raises_if_missing = false;
  // It is nothing instead.
  bool is_nothing_if_missing = false;
  // What the SDK's answer has in the place of an item that was not found.
  MissingItem missing_item = MissingItem::Nothing;
  // A variable of the environment that is not set is an empty text (Go, os.Getenv).
  bool missing_variable_is_empty = false;
  // An empty list or map is false where it stands as a test (Library Reference, Truth Value
  // Testing).
  bool empty_is_false = false;

  // Copies and references.

  // What one variable is given of another is a copy, or is moved, and not the same object.
  bool copies_objects = false;
  // What is a copy is assigned as one, before it is changed: what is left shares its object.
  bool assigns_copies = false;
  // What a function gives of state that outlives it may be a copy.
  bool returns_copies = false;
  // A variable holds a copy of what a call gives, unless it is declared as a reference, which the
  // code form does not say (C++, auto).
  bool variables_copy_results = false;
  // What a call gives may be put into a variable that was declared before: `var door Door;
  // Unmarshal(data, &door)`.
  bool fills_declared = false;
  // A function that is given a record, and is not read, may change it: it is the same object there.
  bool hands_on_records = false;
  // An argument says that it is lent to be changed: `&mut x`.
  bool lends = false;
  // A lock is read as what it keeps, so that `*lock = v` changes what is inside of a variable.
  bool locks_are_content = false;
  // A library that is given the address of a text reads it, and writes nothing there.
  bool libraries_read_addresses = false;
  // A list is emptied by setting its length.
  bool has_settable_length = false;
  // A parameter's default is one object for all calls, made where the function is defined (Language
  // Reference, Function definitions).
  bool shares_defaults = false;
  // What takes the rest of the arguments is made anew by each call; elsewhere a list that is given
  // whole may be it.
  bool collects_arguments = false;

  // Types and classes.

  // Parameters, variables and fields have types that are declared, and kept.
  bool declares_types = false;
  // Data is mostly the language's own lists and maps: what is called like a method of those is
  // taken for it.
  bool has_untyped_data = false;
  // A class is a struct: it has no constructor and no base class, but embeds others, whose members
  // are its own, and its fields begin as zero (Go specification, Struct types, The zero value).
  bool types_are_structs = false;
  // A class is of each interface whose methods it has, and does not say so (Go specification,
  // Implementing an interface).
  bool interfaces_are_implicit = false;
  // A class gets methods of modules that it includes, and is of those (Ruby, Module#include).
  bool includes_modules = false;
  // A class is written in one place: another one of its name is another class.
  bool classes_are_whole = false;
  // A variant of an enumeration is made by a call of its name: `Fault::Refused(reason)` (Rust
  // Reference, Enumerations).
  bool variants_hold_values = false;
  // A call of a type converts what it is given: `Name(value)` (Go specification, Conversions).
  bool calls_convert = false;
  // Containers make the objects of a program, and give them to fields and parameters by type and
  // annotation (Jakarta Dependency Injection).
  bool injects_components = false;

  // Members.

  // Members of a class that holds data are read and set by methods, `getId()` and `setId(id)`, of a
  // record by `id()` (JavaBeans; Java Language Specification, 8.10.3), which may be generated.
  bool has_accessor_methods = false;
  // `Type::method` as a value gets the object as its first argument (Java Language Specification,
  // 15.13; Kotlin specification, Callable references).
  bool references_take_receiver = false;
  // A name that stands in a class may be a field or a class that a base class has, in whatever file
  // (Java Language Specification, 8.2; C# specification, Member lookup).
  bool names_are_inherited = false;
  // A method and a field of a class may have one name (Java Language Specification, 6.1).
  bool methods_have_own_names = false;
  // What an object gives by a key is none of its attributes: `rows["items"]` is not `rows.items`.
  bool entries_are_no_members = false;
  // A function that is an entry of an object gets that as its receiver when it is called there
  // (ECMA-262, this).
  bool entries_get_receiver = false;
  // A static method has the class as its receiver.
  bool static_methods_get_class = false;
  // A property that is read of the class is the property itself, and runs nothing (Descriptor
  // Guide, Invocation from a class).
  bool properties_need_objects = false;
  // A field of a primitive type that nothing is assigned to is zero, or false (Java Language
  // Specification, 4.12.5; C#, Default values).
  bool primitives_begin_as_zero = false;
  // A field that begins as null is that until code of the project sets it: nothing injects it.
  bool null_fields_stay_null = false;
  // A class of a library may give the objects of those below it attributes that no code sets, and
  // take them by name: a model of pydantic.
  bool fields_are_open = false;
  // What is read of a table may be an object of the project's class, made by a mapper.
  bool maps_items = false;
  // The attribute by which functions and classes tell what they were called when they were written.
  std::string_view name_attribute = {};
  // The attribute by which a member of an enumeration, which stands for what it is worth, tells that
  // (Python documentation, enum).
  std::string_view worth_attribute = {};
  // The member by which a class tells its name, as the programs that are run ask for it.
  std::string_view class_name_member = {};
  // Members of lists that are their lengths.
  std::span<const std::string_view> length_members = {};

  // Construction.

  // An object of a class is made by a literal, which runs none of its code.
  bool constructs_by_literals = false;
  // What gives an object of a class that does not write it: `#[derive(Default)]`.
  std::string_view derived_constructor = {};
  // A construction sets members beside what its constructor takes: `new Order { Id = id }`.
  bool has_object_initializers = false;
  // A plain function may be called by `new`, and makes an object then (ECMA-262, The new Operator).
  bool functions_construct = false;
  // The method that makes an object, or gives one that the class keeps, before the constructor
  // fills it.
  std::string_view maker_method = {};
  // The fields that the body of a class declares, as if they were the class's own, are what its
  // construction takes, with their defaults; a method may run behind that (Library Reference,
  // dataclasses).
  bool makes_data_classes = false;
  // Fields begin where the constructor of the base class has been called (ECMA-262, SuperCall).
  bool fields_follow_super = false;
  // Methods and inner classes are there before any field of the class begins.
  bool methods_come_first = false;

  // Calls.

  // Functions of one name that differ in their parameters stand beside each other.
  bool has_overloads = false;
  // An attribute is read by a call without arguments, and a function is called by its method
  // "call"; a class's own methods may stand beside its instances' of the same name, as "self.name";
  // entries that no parameter is named after are one argument.
  bool sends_messages = false;
  // A method that is read of its class takes its object as the first argument.
  bool takes_receiver_first = false;
  // A decorator may be given a descriptor of the method, in whose place stands what it leaves
  // there, and one that gives nothing leaves what it decorates as it is.
  bool decorates_by_descriptor = false;
  // Options of a call are arguments with names beside the others: `urlopen(request, timeout=3)`.
  bool options_are_named = false;
  // Functions that go by what another one gives are no methods of the list: `filter(fits, rows)`.
  bool filters_by_functions = false;
  // A function that is a value is an object of an interface with one method, whatever that is
  // called (Java Language Specification, 9.8; Kotlin, SAM conversions).
  bool functions_are_interfaces = false;
  // Methods that such an object has beside the one that it is.
  std::span<const std::string_view> methods_beside_call = {};
  // Methods of a function that is a value that call it.
  std::span<const std::string_view> methods_that_call = {};
  // The method that is called where an object is called that is no function.
  std::string_view call_operator = {};
  // A function is given its receiver by its methods `call` and `apply` (ECMA-262,
  // Function.prototype).
  bool has_call_and_apply = false;

  // Modules and programs.

  // A module gives what it puts into its variable `exports`, the whole of which is what an import
  // without a name gets (Node.js, Modules: CommonJS modules).
  bool has_exports_object = false;
  // An import binds a name of the file that it stands in: to assign that changes nothing of the
  // other module.
  bool imports_bind_own_names = false;
  // An import runs where it stands, and may find nothing to load (Language Reference, The import
  // statement).
  bool imports_are_statements = false;
  // What a module imports is a name of its own, which others may import of it.
  bool exports_imports = false;
  // What looks like a builtin may be what `from module import *` has brought.
  bool stars_hide_builtins = false;
  // The files of a folder are one package, in any of which a type's methods may stand (Go
  // specification, Packages).
  bool packages_are_folders = false;
  // A program begins with a class's method `main`, which no module's own code calls (Java Language
  // Specification, 12.1.4).
  bool starts_by_main = false;

  // Libraries and texts.

  // The SDK takes the parameters of an operation by the names that the service gives them.
  bool sdk_takes_service_names = false;
  // What a loop over a map gets, as a function of values/compute.h; empty: nothing is known of it.
  std::string_view loop_over_map = {};
  // What goes through a map by `forEach` is given the value before the key (ECMA-262,
  // Map.prototype.forEach).
  bool maps_give_value_first = false;
  // `replace` of a text replaces each occurrence, as far as programs are run; elsewhere the first
  // alone.
  bool replaces_all = false;
  // Functions of the standard library are named by their packages, `strings.TrimPrefix`, and
  // interpreted by those names.
  bool library_functions_have_packages = false;
  // What values are called where they become a part of a text.
  std::string_view true_text = "true";
  std::string_view false_text = "false";
  std::string_view null_text = "null";
};

namespace trait_rows {

inline constexpr std::array<std::string_view, 2> kLengthsOfCSharp{"Length", "Count"};
// What the interfaces of java.util.function, Comparator and Object have beside the one method that
// a lambda is, and what Kotlin lets be called of any value.
inline constexpr std::array<std::string_view, 20> kBesideCallOfJava{
    "andThen",    "compose",   "negate", "and",      "or",       "reversed",  "thenComparing",
    "nullsFirst", "nullsLast", "equals", "hashCode", "toString", "getClass",  "notify",
    "notifyAll",  "wait",      "let",    "also",     "takeIf",   "takeUnless"};
inline constexpr std::array<std::string_view, 1> kThatCallOfPython{"__call__"};
inline constexpr std::array<std::string_view, 2> kThatCallOfCSharp{"Invoke", "DynamicInvoke"};
inline constexpr std::array<std::string_view, 2> kThatCallOfRuby{"call", "yield"};

inline constexpr std::array<LanguageTraits, static_cast<std::size_t>(Language::Cpp) + 1> kRows{{
    {},
    {.language = Language::Python,
     .word = "python",
     .waits_give_errors = true,
     .operator_errors_have_types = true,
     .log_calls_are_known = true,
     .raises_if_missing = true,
     .empty_is_false = true,
     .hands_on_records = true,
     .shares_defaults = true,
     .collects_arguments = true,
     .has_untyped_data = true,
     .classes_are_whole = true,
     .entries_are_no_members = true,
     .properties_need_objects = true,
     .null_fields_stay_null = true,
     .fields_are_open = true,
     .name_attribute = "__name__",
     .worth_attribute = "value",
     .maker_method = "__new__",
     .makes_data_classes = true,
     .takes_receiver_first = true,
     .options_are_named = true,
     .filters_by_functions = true,
     .methods_that_call = trait_rows::kThatCallOfPython,
     .call_operator = "__call__",
     .imports_bind_own_names = true,
     .imports_are_statements = true,
     .exports_imports = true,
     .stars_hide_builtins = true,
     .sdk_takes_service_names = true,
     .loop_over_map = "keys",
     .replaces_all = true,
     .true_text = "True",
     .false_text = "False",
     .null_text = "None"},
    {.language = Language::JavaScript,
     .word = "javascript",
     .has_promises = true,
     .task_class = "Promise",
     .waits_give_errors = true,
     .callbacks_take_errors = true,
     .operators_take_anything = true,
     .log_calls_are_known = true,
     .has_undefined = true,
     .is_nothing_if_missing = true,
     .hands_on_records = true,
     .has_settable_length = true,
     .collects_arguments = true,
     .has_untyped_data = true,
     .classes_are_whole = true,
     .entries_get_receiver = true,
     .static_methods_get_class = true,
     .null_fields_stay_null = true,
     .class_name_member = "name",
     .functions_construct = true,
     .fields_follow_super = true,
     .decorates_by_descriptor = true,
     .has_call_and_apply = true,
     .has_exports_object = true,
     .imports_bind_own_names = true,
     .sdk_takes_service_names = true,
     .loop_over_map = "entries",
     .maps_give_value_first = true},
    {.language = Language::Java,
     .word = "java",
     .has_catching_calls = true,
     .missing_item = MissingItem::EmptyMap,
     .declares_types = true,
     .classes_are_whole = true,
     .injects_components = true,
     .has_accessor_methods = true,
     .references_take_receiver = true,
     .names_are_inherited = true,
     .methods_have_own_names = true,
     .primitives_begin_as_zero = true,
     .methods_come_first = true,
     .has_overloads = true,
     .functions_are_interfaces = true,
     .methods_beside_call = trait_rows::kBesideCallOfJava,
     .call_operator = "invoke",
     .starts_by_main = true},
    {.language = Language::Go,
     .word = "go",
     .errors_are_values = true,
     .null_is_not_given = true,
     .methods_take_null = true,
     .null_has_entries = true,
     .missing_item = MissingItem::EmptyMap,
     .missing_variable_is_empty = true,
     .copies_objects = true,
     .assigns_copies = true,
     .returns_copies = true,
     .fills_declared = true,
     .libraries_read_addresses = true,
     .declares_types = true,
     .types_are_structs = true,
     .interfaces_are_implicit = true,
     .calls_convert = true,
     .constructs_by_literals = true,
     .packages_are_folders = true,
     .library_functions_have_packages = true},
    {.language = Language::CSharp,
     .word = "csharp",
     .missing_item = MissingItem::RaisingMap,
     .declares_types = true,
     .names_are_inherited = true,
     .primitives_begin_as_zero = true,
     .maps_items = true,
     .length_members = trait_rows::kLengthsOfCSharp,
     .has_object_initializers = true,
     .methods_come_first = true,
     .has_overloads = true,
     .methods_that_call = trait_rows::kThatCallOfCSharp},
    {.language = Language::Ruby,
     .word = "ruby",
     .log_calls_are_known = true,
     .null_has_methods = true,
     .is_nothing_if_missing = true,
     .hands_on_records = true,
     .collects_arguments = true,
     .includes_modules = true,
     .sends_messages = true,
     .methods_that_call = trait_rows::kThatCallOfRuby},
    {.language = Language::Rust,
     .word = "rust",
     .errors_are_results = true,
     .missing_item = MissingItem::Harmless,
     .copies_objects = true,
     .returns_copies = true,
     .lends = true,
     .locks_are_content = true,
     .declares_types = true,
     .variants_hold_values = true,
     .constructs_by_literals = true,
     .derived_constructor = "default"},
    {.language = Language::Cpp,
     .word = "cpp",
     .null_has_entries = true,
     .missing_item = MissingItem::Harmless,
     .copies_objects = true,
     .variables_copy_results = true,
     .declares_types = true,
     .has_overloads = true},
}};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (kRows[i].language != static_cast<Language>(i)) return false;
  return true;
}
static_assert(are_in_order());

}  // namespace trait_rows

// The row of the language.
constexpr const LanguageTraits& traits(Language language) {
  return trait_rows::kRows[static_cast<std::size_t>(language)];
}

}  // namespace fnlint
