#pragma once

#include "checks/event/event_view.h"

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// Questions about what stands, as text, in what queues and topics carry.

// One of the shapes that messages of a queue or a topic have, and what brings them there.
struct CarriedShape {
  const Relation* brought_by = nullptr;
  const SentEvent* shape = nullptr;
};
// What is brought to queues and topics, found out once for each.
class CarriedShapes {
 public:
  CarriedShapes(const Project& project, const RelationsTo& relations)
      : project_(project), relations_(relations) {}
  // Of all that is brought to the resource; none: that is not known, since others may send to it.
  const std::vector<CarriedShape>& of(ResourceId resource);

 private:
  // Who may send to what, over the whole project.
  struct Senders {
    explicit Senders(const Project& project);
    std::set<std::pair<ResourceKind, ResourceId>>
        written;                                          // by functions; no id: by its name alone
    std::map<ResourceId, std::vector<ResourceId>> named_by;  // what refers to each resource
    std::set<ResourceId> functions;                       // whose code is known
  };
  [[nodiscard]] bool only_connects(ResourceId at, ResourceId named) const;
  [[nodiscard]] bool has_other_senders(ResourceId resource);
  bool add_brought(const Relation& relation, std::vector<CarriedShape>& shapes);
  [[nodiscard]] std::vector<CarriedShape> found(ResourceId resource);

  const Project& project_;
  const RelationsTo& relations_;
  std::map<ResourceId, std::vector<CarriedShape>> known_;
  std::optional<Senders> senders_;  // made when they are first asked for
};

// What a function reads of a text inside of its event, where nothing that comes there has it.
struct CarriedMismatch {
  const InputRead* read = nullptr;
  const Relation* trigger = nullptr;  // of the function
  std::vector<CarriedShape> shapes = {};
  std::string_view inside = {};  // the path below the text
};
// The first of them; no `read`: none is sure.
CarriedMismatch carried_mismatch(const Project& project, CarriedShapes& carried,
                                 const LambdaFunction& function,
                                 const std::vector<TriggerShape>& shapes);

}  // namespace fnlint
