#include "core/text.h"
#include "link/stacks/arn.h"
#include "link/stacks/cloudformation_functions.h"

// What an ARN says that a template puts together out of the parts of a resource.
namespace fnlint::stacks {

namespace {

// The form of the ARN that a reference stands for; empty where it stands for something else.
std::string_view arn_form(const LinkContext& build, ValueId text) {
  if (!build.pool.is(text, ValueKind::Reference)) return {};
  const ResourceId id{static_cast<std::uint32_t>(build.pool[text].ref)};
  const ResourceType* type =
      find_resource_type(build.pool[build.stacks.resources[id.index].type]);
  if (type == nullptr) return {};
  const std::string_view attribute = build.pool.text(text);
  const bool arn = attribute == "Arn" || (attribute.empty() && type->ref == RefGives::Arn);
  return arn ? type->arn : std::string_view{};
}

}  // namespace

// Neither names nor pseudo parameters hold what ARNs are split at.
ValueId arn_parts(const LinkContext& build, ValueId text, ValueId separator) {
  ValuePool& pool = build.pool;
  const std::string_view form = arn_form(build, text);
  const auto between = as_text(pool, separator);
  if (form.empty() || !between || between->empty()) return {};
  const ResourceId id{static_cast<std::uint32_t>(pool[text].ref)};
  const ValueId whole = filled_pattern(pool, form, [&](std::string_view name) {
    return name == "name" ? pool.reference(id, "") : pool.hole(Origin::Pseudo, name);
  });
  std::vector<ValueId> items, item;
  for (const ValueId part : pool.operands(whole)) {
    if (!pool.is(part, ValueKind::Text)) {
      item.push_back(part);
      continue;
    }
    std::string_view rest = pool.text(part);
    for (std::size_t at = rest.find(*between); at != rest.npos; at = rest.find(*between)) {
      item.push_back(pool.text_value(rest.substr(0, at)));
      items.push_back(pool.concat(item));
      item.clear();
      rest.remove_prefix(at + between->size());
    }
    if (!rest.empty()) item.push_back(pool.text_value(rest));
  }
  items.push_back(item.size() == 1 ? item.front() : pool.concat(item));
  return pool.list(items);
}

}  // namespace fnlint::stacks
