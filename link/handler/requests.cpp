// What code asks AWS for beside the operations that rows describe: no event comes of it, but the
// function's role has to allow it.
#include "link/handler/requests.h"

#include "core/text.h"
#include "link/effects/call_permissions.h"
#include "link/handler/handler_calls.h"
#include "link/handler/sdk_error_fields.h"
#include "link/handler/sdk_names.h"
#include "link/handler/whole_request.h"
#include "link/stacks/names.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "tables/sdk_parameters.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace fnlint {

namespace {

// A copy: none while it is looked for among the operations of another name.
const Operation* operation_named(const SdkName& name) {
  for (const Operation& row : operations()) {
    const std::size_t dot = row.id.find('.');
    if (operation_form(row.id.substr(dot + 1)) == name.operation && !row.actions.empty() &&
        action_prefix(row.service) == name.prefix)
      return &row;
  }
  return nullptr;
}

// Of what a call is given that is the operation itself; several services of one prefix may have one
// of that name.
std::uint32_t parameters_of(const SdkName& name) {
  static const auto kRows = [] {  // of the tables
    std::map<std::pair<std::string_view, std::string>, std::uint32_t> rows;
    const std::span<const SdkParameters> all = sdk_parameters();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      const std::size_t dot = all[i].id.find('.');
      if (all[i].id.find(' ') != std::string_view::npos) continue;
      const auto [at, is_new] = rows.try_emplace(
          {action_prefix(all[i].id.substr(0, dot)), operation_form(all[i].id.substr(dot + 1))}, i);
      if (!is_new) at->second = UINT32_MAX;
    }
    return rows;
  }();
  const auto found = kRows.find({name.prefix, name.operation});
  return name.prefix.empty() || found == kRows.end() ? UINT32_MAX : found->second;
}

class Request {
 public:
  Request(ValuePool& pool, const CodeCall& call, ValueId client, std::string_view path)
      : pool_(pool), call_(call), client_(client), path_(path) {}

  [[nodiscard]] Effect read() {
    Effect effect{.key = {},
                  .arguments = call_.arguments,
                  .holds = call_.holds,
                  .uncertainty = call_.uncertainty,
                  .flags = call_.flags,
                  .receiver = std::string(path_),
                  .object = client_,
                  .where = call_.where};
    SdkName name = sdk_name(path_);
    const NamingCall* const row = naming();
    if (row == nullptr) effect.parameters = parameters_of(name);
    if (row != nullptr) {
      const std::string named = operation_in(*row);
      if (!named.empty()) effect.receiver = named;
      const SdkName inner = sdk_name(named);
      name = {.prefix = inner.prefix.empty() ? name.prefix : inner.prefix,
              .operation = inner.operation};
      effect.arguments = members_of(*row);
    }
    operation_ = name.operation.empty() ? nullptr : operation_named(name);
    if (operation_ != nullptr) {
      effect.operation = static_cast<std::uint32_t>(operation_ - operations().data());
      if (row != nullptr) effect.receiver = row->words;
    }
    find_target(name, effect);
    return effect;
  }
  [[nodiscard]] ResourceKind kind() const { return kind_; }

 private:
  [[nodiscard]] const NamingCall* naming() const {
    for (const NamingCall& row : naming_calls())
      if (path_.ends_with(row.method)) return &row;
    return nullptr;
  }
  // Of one of the names "a|b": an argument, or one of what made the receiver.
  [[nodiscard]] ValueId selected(std::string_view selector) const {
    constexpr std::string_view kReceiver = "receiver.";
    for (std::string_view name : split(selector, '|')) {
      ValueId record = call_.arguments;
      if (name.starts_with(kReceiver)) {
        name.remove_prefix(kReceiver.size());
        const bool is_made = client_.exists() && pool_.is(client_, ValueKind::Object) &&
                             !pool_.operands(client_).empty();
        record = is_made ? pool_.operands(client_)[0] : ValueId{};
      }
      if (const ValueId found = member_of(pool_, record, name); found.exists()) return found;
    }
    return {};
  }
  // As the path of a call of it; empty: which one is not known.
  [[nodiscard]] std::string operation_in(const NamingCall& row) const {
    const std::string_view client = path_.substr(0, path_.size() - row.method.size());
    if (row.operation.starts_with("=")) {
      const std::string_view id = row.operation.substr(1);
      return cat("boto3.client(", id.substr(0, id.find('.')), ")", id.substr(id.find('.')));
    }
    const ValueId named = selected(row.operation);
    if (!named.exists()) return {};
    if (pool_.is(named, ValueKind::Object)) return std::string(pool_.text(named));
    const auto text = as_text(pool_, named);
    return text ? cat(client, *text) : std::string();
  }
  [[nodiscard]] ValueId members_of(const NamingCall& row) const {
    if (row.members.empty()) {
      const ValueId named = selected(row.operation);
      const bool is_command =
          named.exists() && pool_.is(named, ValueKind::Object) && !pool_.operands(named).empty();
      return is_command ? pool_.operands(named)[0] : call_.arguments;
    }
    const ValueId members = selected(row.members);
    return members.exists() && pool_.is(members, ValueKind::Record) ? members : call_.arguments;
  }
  // A member of the call: by its name, or of the one structure that is handed over.
  [[nodiscard]] ValueId member(ValueId arguments, std::string_view name) const {
    if (const ValueId found = member_of(pool_, arguments, name); found.exists()) return found;
    for (const std::string_view at : {"0", "1"})
      if (const ValueId found = member_of(pool_, member_of(pool_, arguments, at), name);
          found.exists())
        return found;
    return {};
  }
  // By what the service's other operations call what they work on.
  void find_target(const SdkName& name, Effect& effect) {
    if (name.prefix.empty()) return;
    for (const Operation& row : operations()) {
      const bool is_like =
          operation_ != nullptr ? &row == operation_ : action_prefix(row.service) == name.prefix;
      if (!is_like || row.target_kind == ResourceKind::Other) continue;
      for (const std::string_view selector : split(row.target, '|')) {
        effect.target_value = member(effect.arguments, selector);
        if (!effect.target_value.exists()) continue;
        kind_ = row.target_kind;
        if (operation_ != nullptr) effect.key = member(effect.arguments, row.key);
        return;
      }
    }
  }

  ValuePool& pool_;
  const CodeCall& call_;
  const ValueId client_;
  const std::string_view path_;
  const Operation* operation_ = nullptr;
  ResourceKind kind_{};
};

}  // namespace

void add_request(const HandlerContext& context, const Step& step, std::uint8_t uncertainty,
                 const std::vector<PlacedText>& before) {
  ValuePool& pool = context.engine.pool();
  const std::optional<CodeCall> call =
      call_of_step(context.engine, context.scope, context.modules, step, uncertainty);
  if (!call) return;
  const std::string path(pool.text(step.value));
  const ValueId client = step.subject.exists() ? context.scope.settle(step.subject) : ValueId{};
  Request request(pool, *call, client, path);
  Effect effect = request.read();
  effect.path = before;
  effect.members_whole = effect.parameters != UINT32_MAX && is_whole_request(context.modules, step);
  note_error_field(context.modules, step, effect);
  std::ranges::copy(call->path, std::back_inserter(effect.path));
  const auto is_same = [&](const Effect& one) {
    return one.where == effect.where && one.receiver == effect.receiver &&
           one.target_value == effect.target_value && one.key == effect.key;
  };
  if (std::ranges::any_of(context.function.requests, is_same)) return;
  if (effect.target_value.exists()) {
    const std::vector<Match> matches =
        find_resource(pool, context.stacks, effect.target_value, request.kind());
    if (matches.size() == 1) effect.target = matches[0].resource;
  }
  context.function.requests.push_back(std::move(effect));
}

void add_copied(ValuePool& pool, const Stacks& stacks, LambdaFunction& function) {
  const Operation* const read = find_operation("s3.GetObject");
  for (const std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list) {
      const bool copies = std::ranges::any_of(copy_rights(), [&](const CopyRight& row) {
        return std::ranges::find(row.operations, operations()[effect.operation].id) !=
               row.operations.end();
      });
      if (!copies || read == nullptr) continue;
      Effect source = effect;
      source.operation = static_cast<std::uint32_t>(read - operations().data());
      source.receiver = cat("what ", operations()[effect.operation].id, " copies");
      source.target_value = copied_bucket(pool, effect);
      source.target = {};
      source.key = {};
      if (source.target_value.exists()) {
        const std::vector<Match> matches =
            find_resource(pool, stacks, source.target_value, ResourceKind::Bucket);
        if (matches.size() == 1) source.target = matches[0].resource;
      }
      function.requests.push_back(std::move(source));
    }
}

}  // namespace fnlint
