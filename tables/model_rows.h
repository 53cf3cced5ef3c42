// The generator's own form of library models and operations, before they become C++.
#pragma once

#include "tables/yaml_reader.h"

#include <array>
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
  std::vector<std::string> members = {};  // parts of its selectors: "Entries[]", "Bucket"
  std::string returns = {}, under = {}, origin = {};  // of the calls made from it
  std::string positions = {};  // of the SDKs that take members by position
  bool managed = false;                               // no operation of the service's API
  bool not_in_v2 = false;
  bool distinct = false;
  bool pages = false;  // gives one page after another
};
// Sorted by id.
std::vector<OperationRow> read_operations(const std::filesystem::path& root);
// Definitions of operations() and find_operation().
std::string operations_table(const std::vector<OperationRow>& operations);

// Keys of data/models/*.yaml, and the names of model/code.h's Language that they are.
struct ModelLanguage {
  std::string_view key = {}, name = {};
};
inline constexpr std::array<ModelLanguage, 9> kModelLanguages{{{"python", "Python"},
                                                               {"javascript", "JavaScript"},
                                                               {"java", "Java"},
                                                               {"kotlin", "Java"},
                                                               {"go", "Go"},
                                                               {"csharp", "CSharp"},
                                                               {"ruby", "Ruby"},
                                                               {"rust", "Rust"},
                                                               {"cpp", "Cpp"}}};

// A row of LibraryModel: C++ literals by field name. Rows of one YAML entry share everything but
// the path.
struct ModelRow {
  std::string_view language = {};  // of kModelLanguages' names
  std::string path = {};
  std::map<std::string, std::string, std::less<>> fields = {};
  std::string where = {};  // "data/models/x.yaml:3", for objections
};

// The rows of one entry of data/models: one for each path that its `call` spells, for a
// `decorator` also one for what a call with options gives ("x" and "x()").
std::vector<ModelRow> read_model(std::string_view language, Entry entry);
std::string place(const Entry& entry);  // "data/models/x.yaml:3"

// A row of LibraryFamily.
struct FamilyRow {
  std::string_view language = {};
  std::string order = {};
  std::map<std::string, std::string, std::less<>> fields = {};
};
FamilyRow read_family(std::string_view language, Entry entry);

// A service of data/models/aws.yaml: its id, and what each SDK calls it.
struct ServiceRow {
  std::string id = {};
  std::map<std::string, std::vector<std::string>, std::less<>> columns = {};
  std::string where = {};
};
ServiceRow read_service(Entry entry, const std::vector<OperationRow>& operations);
// The rows of data/models that an SDK's pattern makes of the services, one for each client or, with
// "<Op>" in its call, for each operation of their APIs. In its texts stand: <column> (and
// <column|head>, |tail>: before and after the last '.'; |lower>), <id>, <operation>, <Op>, <op>,
// <snake_op>. `when` and `unless` name flags of the operation.
std::vector<ModelRow> expand_pattern(Entry entry, const std::vector<ServiceRow>& services,
                                     const std::vector<OperationRow>& operations);

}  // namespace fnlint::tables
