#pragma once

#include "tables/yaml_reader.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::tables {

// A row of data/operations.yaml.
struct OperationRow {
  std::string id = {}, service = {}, name = {};  // "s3.PutObject", "s3", "PutObject"
  std::string literal = {};                      // what stands in the array
  std::string definitions = {};                  // arrays that the literal names
  std::string target = {};
  std::string returns = {}, under = {}, origin = {};  // of the calls made from it
  bool managed = false;                               // no operation of the service's API
  bool not_in_v2 = false;
  bool distinct = false;
};
// Sorted by id.
std::vector<OperationRow> read_operations(const std::filesystem::path& root);
// Definitions of operations() and find_operation().
std::string operations_table(const std::vector<OperationRow>& operations);

enum class ModelLanguage : std::uint8_t { Python, JavaScript };

// A row of LibraryModel: C++ literals by field name. Rows of one YAML entry share everything but
// the path.
struct ModelRow {
  ModelLanguage language{};
  std::string path = {};
  std::map<std::string, std::string, std::less<>> fields = {};
  std::string where = {};  // "data/models/x.yaml:3", for objections
};

// The rows of one entry of data/models: one for each path that its `call` spells, for a
// `decorator` also one for what a call with options gives ("x" and "x()").
std::vector<ModelRow> read_model(ModelLanguage language, Entry entry);
// The rows that a service of data/models/aws.yaml expands to, for all operations of its API.
std::vector<ModelRow> expand_service(Entry service, const std::vector<OperationRow>& operations);

}  // namespace fnlint::tables
