#pragma once

#include "model/document.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

// Text to located tree. Never fails: what is wrong with the text is in Document::problems, each at
// its place, and what was read before an error stands (Document::complete is false then). Offsets
// are bytes of `text` as given, a byte order mark included. A text without any content has no
// roots.

// Which plain words are booleans.
enum class YamlWords : std::uint8_t {
  Yaml11,  // also yes, no, on and off: CloudFormation, SAM and most tools in Python, Ruby and Go
  Core,    // true and false alone: YAML 1.2's core schema, as js-yaml 3 and 4 have it
};

// YAML, any number of documents; apart from `words` 1.1, as CloudFormation reads it. Bytes that are
// not UTF-8 are read as
// '?' and reported once; UTF-16 is refused.
[[nodiscard]] Document read_yaml(std::string_view text, YamlWords words = YamlWords::Yaml11);

// One JSON value.
[[nodiscard]] Document read_json(std::string_view text);
// The same without the entries of the outermost map that have these keys: most of a large file may
// be of no use.
[[nodiscard]] Document read_json_without(std::string_view text,
                                         std::span<const std::string_view> keys);

// One table. Other values than texts, numbers and booleans are Text, as written.
[[nodiscard]] Document read_toml(std::string_view text);

// Either: text that begins as JSON is tried as JSON first, and stays JSON, with its problem, where
// it does not become readable as YAML.
[[nodiscard]] Document read_document(std::string_view text, YamlWords words = YamlWords::Yaml11);

}  // namespace fnlint
