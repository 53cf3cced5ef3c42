// The graph in which loops are searched, with its strongly connected components.
#pragma once

#include "model/project.h"

#include <vector>

namespace fnlint {

// What events may go along, whatever they hold: triggers and forwards of the templates, and effects
// of code that reach a resource of the run.
class EventGraph {
 public:
  explicit EventGraph(const Project& project);

  // Relations by the resource that they leave or enter.
  [[nodiscard]] const std::vector<const Relation*>& leaving(ResourceId at) const {
    return leaving_[at.index];
  }
  [[nodiscard]] const std::vector<const Relation*>& entering(ResourceId at) const {
    return entering_[at.index];
  }
  // Some code calls it by its name.
  [[nodiscard]] bool is_called(ResourceId function) const { return called_[function.index]; }
  // Both lie on one cycle: in one strongly connected component.
  [[nodiscard]] bool together(ResourceId a, ResourceId b) const {
    return components_[a.index] == components_[b.index] && on_cycle(a);
  }
  [[nodiscard]] std::uint32_t component_of(ResourceId at) const { return components_[at.index]; }
  [[nodiscard]] bool on_cycle(ResourceId at) const { return cyclic_[components_[at.index]]; }

 private:
  void find_components(const std::vector<std::vector<std::uint32_t>>& next);

  std::vector<std::vector<const Relation*>> leaving_, entering_;
  std::vector<std::uint32_t> components_;
  std::vector<bool> called_, cyclic_;
};

// An effect that causes events at a resource of the run.
bool causes_events(const Effect& effect);

}  // namespace fnlint
