// The vocabulary of policies beyond plain properties: each name with its type and its meaning.
#pragma once

#include "model/needs.h"
#include "policies/item.h"
#include "policies/policy_view.h"

#include <span>
#include <string_view>

namespace fnlint {

// A name that is not a property's own: `function.timeout`, `mapping.source`.
struct Attribute {
  std::string_view name = {};
  ItemType of{}, gives{};
  bool many = false;  // written with "[*]" behind it
  std::string_view kinds =
      {};                      // of a resource: the kinds that have it, "function|role"; empty: all
  std::string_view says = {};  // for docs/model.md
  void (*reach)(const PolicyView& view, const Item& item, Reached& to) = nullptr;
  Needs needs = 0;
};
std::span<const Attribute> attributes();
const Attribute* find_attribute(ItemType of, std::string_view name);
std::string_view word_of(ItemType type);

}  // namespace fnlint
