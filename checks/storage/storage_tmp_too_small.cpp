// /tmp holds what the template sets, 512 MB unless it says otherwise; what does not fit is refused
// in the middle of the work.

#include "checks/storage/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/file_use.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <charconv>

namespace fnlint {

namespace {

constexpr std::uint64_t kMegabyte = 1024ULL * 1024ULL;
constexpr std::uint64_t kDefaultMegabytes = 512;

std::uint64_t unsigned_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

// Bytes that a content has at least: of a text its own, of a number that many (`bytes(n)`).
std::uint64_t content_bytes(const ValuePool& pool, ValueId content, int depth = 0) {
  constexpr int kDepth = 6;
  if (!content.exists() || depth > kDepth) return 0;
  const Value& row = pool[content];
  if (row.kind == ValueKind::Text) return pool.text(content).size();
  if (row.kind == ValueKind::Number) return unsigned_number(pool.text(content));
  const auto operands = pool.operands(content);
  if (pool.opcode(content) != Opcode::Multiply || operands.size() != 2) return 0;
  const std::uint64_t a = content_bytes(pool, operands[0], depth + 1),
                      b = content_bytes(pool, operands[1], depth + 1);
  return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

// A model that is downloaded by name.
std::uint64_t bytes_of_model(const ValuePool& pool, ValueId name) {
  const auto text = name.exists() ? as_text(pool, name) : std::nullopt;
  if (!text) return 0;
  const LibraryModel* row =
      find_library_model(Language::Unknown, cat("pretrained(", *text, ")"));
  constexpr std::string_view kTells = "megabytes='";
  if (row == nullptr || !row->tells.starts_with(kTells)) return 0;
  std::string_view megabytes = row->tells.substr(kTells.size());
  megabytes.remove_suffix(1);
  return unsigned_number(megabytes) * kMegabyte;
}

// What one call writes below /tmp at least.
struct FileBytes {
  std::uint64_t bytes = 0;
  std::string what = {};
  Span where = {};
  std::uint8_t uncertainty = 0;
};

FileBytes amount_of(const ValuePool& pool, std::uint32_t operation, std::uint32_t library,
                    ValueId target, ValueId key, ValueId arguments) {
  FileBytes amount;
  if (operation == UINT32_MAX) return amount;
  const std::vector<KnownPath> paths = known_paths(pool, target);
  if (paths.size() != 1 || !is_in_folder(paths.front().text, "/tmp")) return amount;
  const std::string_view id = operations()[operation].id;
  const std::string_view tells =
      library != UINT32_MAX ? library_models()[library].tells : std::string_view();
  constexpr std::string_view kContent = "content=";
  if (id == "file.Fetch") {
    amount.bytes = bytes_of_model(pool, key);
    amount.what = cat("the model '", as_text(pool, key).value_or(""), "'");
  } else if (id == "file.Fill") {
    amount.bytes = content_bytes(pool, key);
  } else if (tells.starts_with(kContent)) {
    amount.bytes = content_bytes(pool, argument_of(pool, arguments, tells.substr(kContent.size())));
  }
  if (amount.what.empty()) amount.what = cat("'", paths.front().text, "'");
  return amount;
}

struct Size {
  std::uint64_t megabytes = kDefaultMegabytes;
  const Property* property = nullptr;
  bool known = true;
};

Size size_of(const Project& project, const LambdaFunction& function) {
  Size size;
  size.property = property_of(project, function.resource, "EphemeralStorage.Size");
  if (size.property == nullptr) return size;
  size.megabytes = unsigned_number(as_text(*project.pool, size.property->value).value_or(""));
  size.known = size.megabytes != 0;
  return size;
}

void report(const LambdaFunction& function, const FileBytes& amount, const Size& size,
            Findings& findings) {
  auto finding = FindingBuilder("storage-tmp-too-small", amount.uncertainty)
                     .about(function)
                     .at(amount.where)
                     .says(amount.what, " takes at least ", amount.bytes / kMegabyte,
                           " MB of /tmp, which holds ", size.megabytes, " MB",
                           size.property == nullptr ? " unless the template says otherwise" : "",
                           ": the disk is full before all of it is written.")
                     .identified(function.name, ':', amount.what);
  if (size.property != nullptr)
    finding.related(anchor_of(*size.property), "The size of /tmp is set here.");
  findings.push_back(std::move(finding));
}

}  // namespace

void storage_tmp_too_small(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    const Size size = size_of(project, function);
    if (!size.known) continue;
    std::vector<FileBytes> amounts;
    for (const CodeCall& call : function.init_work) {
      amounts.push_back(
          amount_of(pool, call.operation, call.library, call.value, call.key, call.arguments));
      amounts.back().where = call.where;
      amounts.back().uncertainty = call.uncertainty;
    }
    for (const Effect& effect : function.effects) {
      amounts.push_back(amount_of(pool, effect.operation, effect.library, effect.target_value,
                                  effect.key, effect.arguments));
      amounts.back().where = effect.where;
      amounts.back().uncertainty = effect.uncertainty;
    }
    for (FileBytes& amount : amounts) {
      if (amount.bytes <= size.megabytes * kMegabyte) continue;
      if (size.property != nullptr) amount.uncertainty |= pool[size.property->value].uncertainty;
      report(function, amount, size, findings);
    }
  }
}

}  // namespace fnlint
