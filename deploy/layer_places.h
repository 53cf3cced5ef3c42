// Where a layer has to keep modules for its runtime to find them.
#pragma once

#include <string_view>

namespace fnlint {

// A path of a layer below the folder that holds modules, and whether a runtime looks into that.
struct LayerPlace {
  std::string_view inner = {};
  bool found = false;
};
LayerPlace layer_place(std::string_view path);

}  // namespace fnlint
