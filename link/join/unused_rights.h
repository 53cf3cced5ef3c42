// Statements that a role could do without.
#pragma once

#include "link/code/code_words.h"
#include "link/join/touched_resources.h"
#include "model/project.h"
#include "values/relations_to.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// A call of a library: the library's first word, "" for any, and the last part of its name.
struct NameOfCall {
  std::string root = {}, name = {};
  friend auto operator<=>(const NameOfCall&, const NameOfCall&) = default;
};
using NamesOfCalls = std::map<Language, std::set<NameOfCall>>;

using ActionNames = std::set<std::string_view>;

// In lower case.
struct NeededActions {
  std::set<std::string> named = {};
  std::vector<std::string> patterns = {};
  void add(std::string_view action);
};

// Collects what of each role's statements any function with that role may need: asked function by
// function, while its code is in work. What is left is needed by none.
class UnusedRights {
 public:
  UnusedRights(const ValuePool& pool, const Stacks& stacks, const RelationsTo& relations);

  void add(const LinkedCode& code, const DeclaredFunction& declared,
           const LambdaFunction& function);
  // In the order of the places.
  [[nodiscard]] std::vector<UnusedRight> take();

 private:
  // What the tables say of an action, in lower case.
  struct Action {
    std::string name = {};
    std::string word = {};                         // its name as CodeWords has it
    bool exempt = false;                           // never unused
    bool is_glob = false;
    std::vector<std::string> of_service = {};      // code that uses the service has one of them
    const NamesOfCalls* calls = nullptr;           // that need it
    std::vector<std::string_view> called_by = {};  // code with one of the names may need it
    std::vector<std::string_view> by_others = {};  // among these: a service does it for the code
  };
  struct Right {
    std::string action = {};
    const Action* known = nullptr;
    Span where = {};
    bool used = false;
  };
  // What stands at one place, in however many roles: a statement, or a policy by its name.
  struct Group {
    std::vector<Right> rights = {};
    std::set<ResourceId> roles = {};
    std::map<ResourceId, Span> resources = {};  // by their place there
    TouchedResources touched = {};              // by all functions with one of the roles
    bool policy = false, known = true;
    bool by_program = false;      // a method of the CDK grants it
    bool resources_known = true;  // all that it allows these on is declared here
  };

  const Action& action(std::string_view text);
  void add_statement(const Statement& row);
  [[nodiscard]] static bool is_needed(const Action& action, const NeededActions& needs,
                                      const CodeWords& words, Language language);
  static void add_touched_by(const TouchedResources& touched, const CodeWords& words, Group& group);
  [[nodiscard]] bool is_asked(const Group& group) const;
  void add_resources(const Statement& row, Group& group) const;
  [[nodiscard]] std::optional<UnusedRight> left_of(Span place, const Group& group);
  [[nodiscard]] std::optional<UnusedRight> untouched_by(Span place, const Group& group) const;
  [[nodiscard]] std::vector<ResourceId> users_of(const Group& group) const;
  [[nodiscard]] std::set<ResourceId> named_elsewhere() const;
  [[nodiscard]] bool is_trusted_by_functions_alone(ResourceId role) const;
  [[nodiscard]] std::vector<std::string_view> platform_needs(const LambdaFunction& function) const;
  [[nodiscard]] bool has_property(ResourceId resource, std::string_view part) const;
  [[nodiscard]] bool is_known_layer(ValueId layer) const;
  [[nodiscard]] bool runs_code_alone(const LambdaFunction& function) const;

  const ValuePool& pool_;
  const Stacks& stacks_;
  const RelationsTo& relations_;
  std::map<std::string, Action> actions_ = {};
  std::map<ValueId, const Action*> by_value_ = {};
  std::map<Span, Group> groups_ = {};
  std::map<ResourceId, std::vector<Group*>> by_role_ = {};
  std::map<ResourceId, std::vector<ResourceId>> functions_ = {};  // that have the role
  std::map<ResourceId, std::size_t> asked_ = {};
  // The narrower template of what is allowed and used: many roles have the same.
  std::map<std::pair<ActionNames, ActionNames>, std::string> narrower_ = {};
};

}  // namespace fnlint
