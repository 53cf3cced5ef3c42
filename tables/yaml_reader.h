// Strict reading of the input files, since a typing error in a table must not pass silently.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::tables {

// A mistake in an input file, "file:line: what": it stops the build.
struct Mistake : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A map of an input file, read strictly: each known key is asked for once, then finish() objects to
// all others. Every objection names file and line.
class Entry {
 public:
  Entry(std::string file, const YAML::Node& node);

  std::string text(std::string_view key);           // required, not empty
  std::string optional_text(std::string_view key);  // empty when absent or null
  bool flag(std::string_view key);                  // false when absent
  std::optional<std::int64_t> number(std::string_view key);
  std::optional<std::int32_t> day(std::string_view key);  // YYYY-MM-DD as days since 1970-01-01
  std::vector<std::string> texts(std::string_view key);   // empty when absent
  std::vector<Entry> entries(std::string_view key);       // empty when absent
  std::optional<Entry> entry(std::string_view key);
  // The position of the value among `words`; required.
  std::size_t word(std::string_view key, const std::vector<std::string_view>& words);
  bool has(std::string_view key) const;
  // The value as it stands, for shapes that the above do not cover; undefined when absent.
  YAML::Node node(std::string_view key);

  // All of it: for maps whose keys are data.
  YAML::Node whole() const { return node_; }

  void finish() const;
  [[noreturn]] void object(std::string_view what) const;                           // at this map
  [[noreturn]] void object(const YAML::Node& where, std::string_view what) const;  // at a value
  const std::string& file() const { return file_; }
  int line() const { return node_.Mark().line + 1; }

 private:
  YAML::Node take(std::string_view key);
  std::string scalar(const YAML::Node& value, std::string_view key) const;

  std::string file_;
  YAML::Node node_;
  std::vector<std::string> known_;
};

// The whole of a file, which must be a map. `shown` is its name in objections.
Entry read_file(const std::string& path, const std::string& shown);

}  // namespace fnlint::tables
