#include "tables/generate.h"
#include "tables/yaml_reader.h"

// data/quotas.yaml: what operations take at most.
namespace fnlint::tables {

namespace {

std::int64_t required(Entry& row, const char* key) {
  const std::optional<std::int64_t> number = row.number(key);
  if (!number) row.object(std::string("the number \"") + key + "\" is missing");
  return *number;
}

std::string payload_literal(Entry row) {
  std::string out = "    PayloadLimit{.operation = " + literal(row.text("operation"));
  out += ", .member = " + literal(row.text("member"));
  out += ", .when = " + literal(row.optional_text("when"));
  out += ", .most = " + std::to_string(required(row, "most")) + "},\n";
  row.finish();
  return out;
}

std::string payload_table(Entry& file) {
  const std::vector<Entry> payloads = file.entries("payloads");
  std::string rows;
  for (const Entry& row : payloads) rows += payload_literal(row);
  return "namespace {\nconstexpr std::array<PayloadLimit, " + std::to_string(payloads.size()) +
         "> kPayloadLimits{{\n" + rows +
         "}};\n}  // namespace\n"
         "std::span<const PayloadLimit> payload_limits() { return kPayloadLimits; }\n";
}

std::string entry_table(Entry& file) {
  std::string definitions, rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("entries")) {
    rows += "    EntryLimit{.operation = " + literal(row.text("operation"));
    rows += ", .list = " + literal(row.text("list"));
    rows += ", .most = " + std::to_string(required(row, "most"));
    rows += ", .needs = " + list_literal(row.texts("needs"),
                                         "kNeedsOfEntry" + std::to_string(count++), definitions);
    rows += "},\n";
    row.finish();
  }
  return "namespace {\n" + definitions + "constexpr std::array<EntryLimit, " +
         std::to_string(count) + "> kEntryLimits{{\n" + rows +
         "}};\n}  // namespace\n"
         "std::span<const EntryLimit> entry_limits() { return kEntryLimits; }\n";
}

}  // namespace

std::string generate_quotas(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/quotas.yaml").string(), "data/quotas.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  const std::string payloads = payload_table(file) + entry_table(file);
  std::optional<Entry> numbers = file.entry("numbers");
  if (!numbers) file.object("the key \"numbers\" is missing");
  std::string members;
  for (const char* key : {"environment_bytes", "response_bytes", "layers", "unreserved_concurrency",
                          "default_memory", "processor_memory", "init_seconds"})
    members += std::string(" .") + key + " = " + std::to_string(required(*numbers, key)) + ',';
  members += " .mount_root = " + literal(file.text("mount_root"));
  numbers->finish();
  file.finish();
  return payloads + "namespace {\nconstexpr Quotas kQuotas{" + members +
         "};\n}  // namespace\nconst Quotas& quotas() { return kQuotas; }\n";
}

}  // namespace fnlint::tables
