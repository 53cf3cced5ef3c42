// What depends on a runtime's language and version: the standard library, and how handlers look and
// are called.
#pragma once

#include "model/code.h"

#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// A part of a standard library, or of what a runtime brings along, that not every version of the
// runtime has. Versions are those of the runtime: "3.11", "18".
struct LibraryVersion {
  Language language = {};
  std::string_view path = {};  // "tomllib", "asyncio.TaskGroup"; "*.replaceAll": of any value
  std::string_view since = {}, until = {};  // the first that has it; the first that lacks it again
  bool package = false;                     // a package, which the function may bring itself
  std::string_view remedy = {};
};
// Sorted by language, then path.
std::span<const LibraryVersion> library_versions();
const LibraryVersion* find_library_version(Language language, std::string_view path);

// How the runtime of a language calls a handler.
struct HandlerContract {
  Language language = {};
  int given = -1;  // positional arguments that it is called with; -1: any handler takes them
  std::span<const std::string_view> named = {};  // arguments that it is called with by name
  bool by_file = false;  // a handler is a file and the name of a function in it
  bool may_be_async = true;
  bool may_generate = false;
  bool cold_tasks = false;  // an asynchronous function does nothing until it is awaited
  // Of a handler that is a method of a class: the types of the parameters that the runtime can
  // call it with, by their last words, one list a form; "*" is any, but for the context's where
  // others stand beside it. Empty: any.
  std::span<const std::string_view> forms = {};
  std::string_view context = {};
  bool only_public = false;    // it finds public methods of public classes alone
  bool one_overload = false;   // it finds no method of a name that several have
  bool awaits_tasks_only = false;  // an asynchronous method that gives no task is refused
  // A handler that names a class alone: the types that it must be of.
  std::span<const std::string_view> handler_types = {};
  // Annotations, by their last words: of methods that generated code calls in its own way; of
  // classes that get a constructor without arguments.
  std::span<const std::string_view> called_by_generated = {}, made_without_arguments = {};
  // Types of libraries, by their last words, that add no method to what is of them but those named
  // behind the colon: "RequestHandler:handleRequest".
  std::span<const std::string_view> plain_bases = {};
  // A handler without a promise is waited for until nothing is left running, and may tell a
  // callback that it has finished: by versions of the runtime before this one.
  std::string_view callbacks_until = {};
  // Methods of the context that tell the same as the callback.
  std::span<const std::string_view> context_answers = {};
  // Words by which code says that the runtime must not wait for that.
  std::span<const std::string_view> leaves_loop = {};
  // What JSON is not made of, by what gives it, and after the colon what it is: "set:a set".
  std::span<const std::string_view> unserializable = {};
  // Before this version, a promise that a handler gives is not looked at.
  std::string_view promises_since = {};
};
const HandlerContract* find_handler_contract(Language language);

// How a handler is known by its form, where no template names it. Words of names are in lower case,
// without '_'; of all lists none: that is not asked.
struct HandlerSignature {
  Language language = {};
  std::span<const std::string_view> names = {};  // "handler"; "*Handler": any that ends so
  std::span<const std::string_view> telling = {};  // of these, what nobody but AWS calls them
  std::span<const std::string_view> event = {}, context = {};  // words of the parameters' names
  std::span<const std::string_view> own = {}, others = {};  // libraries of AWS; of other platforms
  std::span<const std::string_view> runtime = {};  // libraries that a program hands its handler to
};
const HandlerSignature* find_handler_signature(Language language);

// What shows in a handler which events it takes: by SAM's name of the event's type, and of the
// property that names what they come from.
struct EventSign {
  std::string_view type = {}, source = {};
  std::span<const std::string_view> classes = {};  // of its first parameter, by their last words
  std::span<const std::string_view> members = {};  // of its records
};
std::span<const EventSign> event_signs();

// "python3.12" -> {3, 12}, "nodejs18.x" -> {18}, "java21" -> {21}; empty when it names none.
std::vector<int> version_of_runtime(std::string_view runtime);
std::vector<int> version_numbers(std::string_view text);  // "12.17" -> {12, 17}
// Whether a runtime of version `runtime` comes before `version`: parts that it does not name are
// its newest.
bool is_before(const std::vector<int>& runtime, std::string_view version);

}  // namespace fnlint
