#include "tables/generate.h"
#include "tables/template_rows.h"

#include <array>
#include <charconv>
#include <map>

// data/resource_schemas.yaml: properties that CloudFormation's types accept.
namespace fnlint::tables {

namespace {

constexpr std::array<std::string_view, 8> kShapeWords{"any",     "map",    "flag", "text",
                                                      "integer", "number", "list", "object"};
constexpr std::array<std::string_view, 8> kShapeKinds{"Any",     "Map",    "Flag", "Text",
                                                      "Integer", "Number", "List", "Object"};

// Shapes as rows, each once: most properties are of a few.
class Shapes {
 public:
  Shapes() { row_of("SchemaShape{}"); }  // 0: any

  // `of`: what "@Name" refers to.
  std::size_t add(const Entry& file, const YAML::Node& shape, const YAML::Node& of);
  std::string definitions() const;
  void next_resource() { named_.clear(); }

 private:
  std::size_t named(const Entry& file, const YAML::Node& at, const YAML::Node& of);
  std::string parts(const Entry& file, const YAML::Node& shape, const YAML::Node& of);
  std::string properties(const Entry& file, const YAML::Node& map, const YAML::Node& of);
  std::string array_of(const std::string& type, const std::string& text, std::size_t count);
  std::size_t row_of(const std::string& text);

  std::vector<std::string> rows_ = {};
  std::map<std::string, std::size_t> known_ = {}, named_ = {};
  std::map<std::string, std::string> arrays_ = {};  // by their text
  std::string definitions_ = {};
};

std::size_t Shapes::row_of(const std::string& text) {
  const auto [place, is_new] = known_.emplace(text, rows_.size());
  if (is_new) rows_.push_back(text);
  return place->second;
}

std::string Shapes::array_of(const std::string& type, const std::string& text, std::size_t count) {
  const auto [place, is_new] =
      arrays_.emplace(type + text, "kSchemaRow" + std::to_string(arrays_.size()));
  if (is_new)
    definitions_ += "constexpr std::array<" + type + ", " + std::to_string(count) + "> " +
                    place->second + "{{" + text + "}};\n";
  return place->second;
}

std::string texts_of(const Entry& file, const YAML::Node& list) {
  if (!list.IsSequence()) file.object(list, "a list is expected");
  std::string text;
  for (const auto& one : list) text += literal(one.Scalar()) + ", ";
  return text;
}

// "text 1..64" as members of a SchemaShape.
std::string shape_members(const Entry& file, const YAML::Node& at) {
  const std::string& text = at.Scalar();
  const std::string word = text.substr(0, text.find(' '));
  const auto kind = std::ranges::find(kShapeWords, word);
  if (kind == kShapeWords.end()) file.object(at, "\"" + word + "\" is no kind of shape");
  std::string out = ".kind = SchemaKind::";
  out += kShapeKinds[static_cast<std::size_t>(kind - kShapeWords.begin())];
  if (word == text) return out;
  const std::string range = text.substr(word.size() + 1);
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos) file.object(at, "a range is \"L..M\"");
  const auto limit = [&](const char* name, const std::string& number) {
    if (number.empty()) return;
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size())
      file.object(at, "\"" + number + "\" is no number");
    out += std::string(", .") + name + " = " + number;
  };
  limit("least", range.substr(0, dots));
  limit("most", range.substr(dots + 2));
  return out;
}

std::string Shapes::properties(const Entry& file, const YAML::Node& map, const YAML::Node& of) {
  std::string text;
  for (const auto& pair : map) {
    std::string name = pair.first.Scalar();
    const bool required = name.starts_with('!');
    if (required) name.erase(0, 1);
    text += "{" + literal(name) + ", " + std::to_string(add(file, pair.second, of)) + ", " +
            literal(required) + "}, ";
  }
  return array_of("SchemaProperty", text, map.size());
}

// The members in the order of the struct.
std::string Shapes::parts(const Entry& file, const YAML::Node& shape, const YAML::Node& of) {
  for (const auto& pair : shape) {
    static constexpr std::array<std::string_view, 8> kKeys{
        "is", "in", "of", "pattern", "properties", "by_type", "one_of", "open"};
    if (std::ranges::find(kKeys, pair.first.Scalar()) == kKeys.end())
      file.object(pair.first, "unknown key \"" + pair.first.Scalar() + "\"");
  }
  if (!shape["is"]) file.object(shape, "the key \"is\" is missing");
  const std::string head = shape_members(file, shape["is"]);
  const std::size_t comma = std::min(head.find(','), head.size());
  std::string out = head.substr(0, comma);
  if (shape["open"]) out += ", .open = true";
  if (shape["of"]) out += ", .of = " + std::to_string(add(file, shape["of"], of));
  out += head.substr(comma);
  if (shape["pattern"]) out += ", .pattern = " + literal(shape["pattern"].Scalar());
  const auto list = [&](const char* key, const char* member) {
    if (shape[key])
      out += std::string(", .") + member + " = " +
             array_of("std::string_view", texts_of(file, shape[key]), shape[key].size());
  };
  list("in", "options");
  if (shape["properties"]) out += ", .properties = " + properties(file, shape["properties"], of);
  if (shape["by_type"]) out += ", .by_type = " + properties(file, shape["by_type"], of);
  list("one_of", "one_of");
  return out;
}

std::size_t Shapes::named(const Entry& file, const YAML::Node& at, const YAML::Node& of) {
  const std::string name = at.Scalar().substr(1);
  if (const auto found = named_.find(name); found != named_.end()) return found->second;
  if (!of || !of[name]) file.object(at, "there is no shape \"" + name + "\"");
  named_[name] = 0;  // one that holds itself is anything there
  return named_[name] = add(file, of[name], of);
}

std::size_t Shapes::add(const Entry& file, const YAML::Node& shape, const YAML::Node& of) {
  if (shape.IsScalar() && shape.Scalar().starts_with('@')) return named(file, shape, of);
  if (shape.IsScalar()) return row_of("SchemaShape{" + shape_members(file, shape) + "}");
  if (!shape.IsMap()) file.object(shape, "a shape is a text or a map");
  return row_of("SchemaShape{" + parts(file, shape, of) + "}");
}

std::string Shapes::definitions() const {
  std::string text;
  for (const std::string& row : rows_) text += "    " + row + ",\n";
  return definitions_ + "constexpr std::array<SchemaShape, " + std::to_string(rows_.size()) +
         "> kSchemaShapes{{\n" + text + "}};\n";
}

}  // namespace

std::string generate_resource_schemas(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/resource_schemas.yaml").string(), "data/resource_schemas.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  Shapes shapes;
  std::map<std::string, std::string> rows;
  for (Entry& row : file.entries("resources")) {
    const std::string type = row.text("type");
    const YAML::Node shape = row.node("shape"), of = row.node("shapes");
    if (!shape.IsDefined()) row.object("the key \"shape\" is missing");
    shapes.next_resource();
    const std::string text =
        "    {" + literal(type) + ", " + std::to_string(shapes.add(row, shape, of)) + "},\n";
    row.finish();
    if (!rows.emplace(type, text).second) row.object("this type stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\n" + shapes.definitions() + "constexpr std::array<ResourceSchema, " +
         std::to_string(rows.size()) + "> kResourceSchemas{{\n" + text +
         "}};\n}  // namespace\n"
         "std::span<const ResourceSchema> resource_schemas() { return kResourceSchemas; }\n"
         "std::span<const SchemaShape> schema_shapes() { return kSchemaShapes; }\n" +
         finder_definition("ResourceSchema", "find_resource_schema", "kResourceSchemas", "type");
}

}  // namespace fnlint::tables
