#pragma once

#include "model/guard.h"
#include "model/project.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// What a path of a policy leads to. Policies see the linked project as a graph of items: resources,
// the values of their properties, and the relations, statements and effects that join them. Items
// are copied a lot, so they own nothing: texts are the project's, the policy's or PolicyView's.
namespace fnlint {

enum class ItemType : std::uint8_t { Resource, Value, Trigger, Statement, Effect, Import, Scalar };

// Unknown: something is there, or not, and the templates do not say what.
enum class Presence : std::uint8_t { Absent, Unknown, There };

struct Item {
  ItemType type = ItemType::Scalar;
  Presence presence = Presence::There;
  // Resource: itself. Value: whose property it is, if it is one, with its path there.
  ResourceId resource = {};
  std::string_view path = {};
  ValueId value = {};
  std::uint32_t function = UINT32_MAX;  // Effect, Import: row of Project::functions
  const Relation* trigger = nullptr;
  const Statement* statement = nullptr;
  const Effect* effect = nullptr;
  const InitImport* import = nullptr;
  // Scalar: a text or a number.
  std::string_view text = {};
  std::optional<double> number = {};
  std::uint8_t uncertainty = 0;
  Span where = {};  // none: that of the property or the resource
};

// One branch of the template, and what the way so far rests on.
struct World {
  std::vector<Test> tests = {};
  std::uint8_t uncertainty = 0;
};

// What a path leads to in one branch. Open: there may be more.
struct Reached {
  World world = {};
  std::vector<Item> items = {};
  bool open = false;
};

}  // namespace fnlint
