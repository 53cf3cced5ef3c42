// The resource schemas of CloudFormation, reduced to what properties may be called and hold.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace fnlint {

// What CloudFormation accepts for the properties of a resource (data/resource_schemas.yaml).
enum class SchemaKind : std::uint8_t { Any, Map, Flag, Text, Integer, Number, List, Object };

struct SchemaProperty {
  std::string_view name = {};
  std::uint16_t shape = 0;  // of schema_shape()
  bool required = false;
};
struct SchemaShape {
  SchemaKind kind{};
  bool open = false;     // Object: other names are accepted
  std::uint16_t of = 0;  // List, Map: the shape of what it holds; 0: any
  // Of a number, of a text's characters, of a list's entries.
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  std::string_view pattern = {};  // RE2, somewhere in the text
  std::span<const std::string_view> options = {};
  std::span<const SchemaProperty> properties = {};
  std::span<const SchemaProperty> by_type = {};   // Object: which it is, its entry Type says
  std::span<const std::string_view> one_of = {};  // Object: names of which one is required
};
struct ResourceSchema {
  std::string_view type = {};
  std::uint16_t shape = 0;
};

std::span<const ResourceSchema> resource_schemas();                 // by type
const ResourceSchema* find_resource_schema(std::string_view type);  // null: nothing is known
std::span<const SchemaShape> schema_shapes();
inline const SchemaShape& schema_shape(std::uint16_t row) { return schema_shapes()[row]; }

}  // namespace fnlint
