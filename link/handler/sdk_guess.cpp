// Accepts a method's name that means one operation in all models, where the call names its
// resource.

#include "link/handler/sdk_guess.h"

#include "core/text.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

struct Method {
  Language language{};
  std::string_view name = {};
  const LibraryModel* model = nullptr;
  bool unique = true;  // every SDK row of that method name performs the same operation
};

// SDK methods by name. A constant of the tables, made at the first call that needs it.
const std::map<std::pair<Language, std::string_view>, Method>& methods() {
  static const auto kMethods = [] {
    std::map<std::pair<Language, std::string_view>, Method> table;
    for (const LibraryModel& model : library_models()) {
      if (model.operation.empty() || model.path.starts_with("*")) continue;
      const Operation* operation = find_operation(model.operation);
      if (operation == nullptr || operation->target.empty() ||
          operation->target_kind == ResourceKind::Other)
        continue;
      const std::string_view name = model.path.substr(model.path.rfind('.') + 1);
      const auto [row, added] =
          table.try_emplace({model.language, name}, Method{model.language, name, &model, true});
      if (!added && row->second.model->operation != model.operation) row->second.unique = false;
    }
    return table;
  }();
  return kMethods;
}

ValueId entry(const ValuePool& pool, ValueId record, std::string_view names) {
  if (!record.exists() || pool[record].kind != ValueKind::Record) return {};
  for (const std::string_view name : split(names, '|'))
    for (std::size_t i = pool.names(record).size(); i-- > 0;)
      if (pool[pool.names(record)[i]] == name) return pool.operands(record)[i];
  return {};
}

}  // namespace

SdkGuess guess_sdk_call(Engine& engine, const Step& step) {
  ValuePool& pool = engine.pool();
  if (!step.subject.exists() || !step.at.module.exists()) return {};
  if (pool.opcode(step.subject) != Opcode::Member) return {};
  const std::string_view name = pool.text(pool.operands(step.subject)[1]);
  const auto found = methods().find({engine.language(step.at.module), name});
  if (found == methods().end() || !found->second.unique) return {};
  const Operation* operation = find_operation(found->second.model->operation);
  ValueId members = step.arguments;
  if (found->second.language == Language::JavaScript) members = entry(pool, step.arguments, "0");
  const ValueId target = entry(pool, members, operation->target);
  if (!target.exists()) return {};  // without the resource's own name it may be anything
  return {.operation = static_cast<std::uint32_t>(operation - operations().data()),
          .target = target,
          .key = entry(pool, members, operation->key),
          .members = members};
}

}  // namespace fnlint
