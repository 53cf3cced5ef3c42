#include "tables/generate.h"
#include "tables/template_rows.h"

#include <map>

// Types of resources with their kinds, who may invoke a function, and tasks of state machines.
namespace fnlint::tables {

namespace {

std::string type_literal(Entry& row, const std::string& type) {
  static const std::vector<std::string_view> kRefs{"name", "arn", "url", "id"};
  static const std::vector<std::string_view> kNames{"Name", "Arn", "Url", "Id"};
  std::string text = "    ResourceType{.type = " + literal(type);
  text += ", .kind = " + kind_literal(row, "kind");
  text += ", .name = " + literal(row.optional_text("name"));
  text += ", .ref = RefGives::" + std::string(kNames[row.word("ref", kRefs)]);
  text += ", .arn = " + literal(arn_pattern(row.optional_text("arn")));
  text += ", .key = " + literal(row.optional_text("key")) + "},\n";
  row.finish();
  return text;
}

}  // namespace

std::string generate_resource_types(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/resource_kinds.yaml").string(), "data/resource_kinds.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  for (Entry& row : file.entries("types")) {
    const std::string type = row.text("type");
    if (!rows.emplace(type, type_literal(row, type)).second)
      row.object("this type stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\nconstexpr std::array<ResourceType, " + std::to_string(rows.size()) +
         "> kResourceTypes{{\n" + text +
         "}};\n}  // namespace\n"
         "std::span<const ResourceType> resource_types() { return kResourceTypes; }\n" +
         finder_definition("ResourceType", "find_resource_type", "kResourceTypes", "type");
}

std::string generate_invokers(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/invokers.yaml").string(), "data/invokers.yaml");
  file.day("as_of");
  std::multimap<std::string, std::string> rows;
  for (Entry& row : file.entries("invokers")) {
    const std::string type = row.text("type");
    std::string text = "    Invoker{.type = " + literal(type) + ", .path = ";
    text += literal(row.text("path"));
    text += ", .invocation = " + invocation_literal(row, "invocation") + "},\n";
    row.finish();
    rows.emplace(type, text);
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\nconstexpr std::array<Invoker, " + std::to_string(rows.size()) +
         "> kInvokers{{\n" + text +
         "}};\n}  // namespace\nstd::span<const Invoker> invokers() { return kInvokers; }\n";
}

std::string generate_state_machine_tasks(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/state_machine_tasks.yaml").string(), "data/state_machine_tasks.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  for (Entry& row : file.entries("tasks")) {
    const std::string action = row.text("action");
    std::string text = "    StateMachineTask{.action = " + literal(action) + ", .argument = ";
    text += literal(row.text("argument")) + ", .kind = " + kind_literal(row, "kind") + "},\n";
    row.finish();
    if (!rows.emplace(action, text).second) row.object("this action stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [action, row] : rows) text += row;
  return "namespace {\nconstexpr std::array<StateMachineTask, " + std::to_string(rows.size()) +
         "> kStateMachineTasks{{\n" + text + "}};\n}  // namespace\n" +
         finder_definition("StateMachineTask", "find_state_machine_task", "kStateMachineTasks",
                           "action");
}

}  // namespace fnlint::tables
