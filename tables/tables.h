#pragma once

#include "model/rule.h"
#include "model/settings.h"

#include <optional>
#include <span>
#include <string_view>

// The rules and the dated tables of the outside world, made from rules/*.yaml and data/*.yaml when
// fnlint is built (generate.cpp). All of it is constant data: reading a table costs nothing at
// start.
namespace fnlint {

// Sorted by id.
std::span<const Rule> rules();
const Rule* find_rule(std::string_view id);  // null: no such rule

// Lists that policies name: "in: table:NAME" (data/policy_tables.yaml). Sorted by name.
struct PolicyTable {
  std::string_view name = {};
  std::span<const std::string_view> rows = {};  // sorted
};
std::span<const PolicyTable> policy_tables();

// One identifier of AWS's list of runtimes. A date that AWS has not stated is absent.
struct Runtime {
  std::string_view id = {};
  std::string_view language = {};  // python, nodejs, java, dotnet, ruby, go, custom
  bool image_only = false;         // never a value of a function's Runtime property
  bool in_api = false;             // the API's model accepts it
  bool preview = false;            // accepted, not yet generally available
  bool no_module_detection = false;  // Node.js does not look into a file for what kind it is
  std::optional<Day> released = {};
  std::optional<Day> deprecated = {};
  std::optional<Day> block_create = {};
  std::optional<Day> block_update = {};
  std::string_view successor = {};  // empty: the newest of its language
  std::string_view move = {};       // what that asks for beside the code
};

// In the order of data/runtimes.yaml: by language, older before newer.
std::span<const Runtime> runtimes();
const Runtime* find_runtime(std::string_view id);
Day runtimes_as_of();  // the day that the table was last compared with its sources

enum class Ecosystem : std::uint8_t { Python, JavaScript };
enum class Weight : std::uint8_t { Exempt, Light, Medium, Heavy, VeryHeavy };

// What importing a package at init costs. `module` is an importable path; a last part "*" stands
// for any one part ("azure.*"). The row with the longest module that an import begins with is the
// one that counts.
struct HeavyImport {
  Ecosystem ecosystem = {};
  std::string_view module = {};
  Weight weight = Weight::Light;
  std::optional<std::int32_t> ms = {};  // at a full processor; absent: not measured
  std::optional<std::int64_t> size_kib =
      {};                         // of the installed package, with its dependencies for JavaScript
  bool estimated = false;         // size and class are recalled, not measured
  std::string_view lighter = {};  // what to use instead; may be empty
  bool shaken = false;            // a bundler leaves out what nothing uses of it
  std::span<const std::string_view> drop_in = {};   // names that `lighter` has, too; "*": all
  std::span<const std::string_view> contains = {};  // modules of other rows that it loads itself
};

// Sorted by ecosystem, then module.
std::span<const HeavyImport> heavy_imports();

}  // namespace fnlint
