// Taint analysis over values: which parts of an event reach a sink unchecked and unescaped.
#pragma once

#include "checks/view/project_view.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What the event has brought into a value: not what decided over it, and not what was made of it so
// that nothing of its text is left.
struct BroughtIn {
  ValueId hole = {};
  std::uint8_t uncertainty = 0;
};

// Of one function, for one kind of `sink` (tables/models.h).
class Taint {
 public:
  Taint(const ValuePool& pool, const LambdaFunction& function, std::string_view kind);
  // All that stands in the text of a value where these facts hold, each hole once. What is said of
  // it behind the call that is given it comes too late.
  [[nodiscard]] std::vector<BroughtIn> in(ValueId value, const std::vector<Fact>& holds,
                                          const CodeCall* given_to = nullptr) const;
  // The same of what decides over the host of an address.
  [[nodiscard]] std::vector<BroughtIn> in_host(ValueId value, const std::vector<Fact>& holds) const;

 private:
  struct Walk;
  struct Cleaned {
    ValueId value = {};
    bool checked = false;  // by a schema that may say so
    const CodeCall* by = nullptr;
    bool with_parts = false;  // what is read of it, too
  };
  void walk(Walk& walk, ValueId value) const;
  void walk_all(Walk& walk, ValueId value, std::size_t from = 0) const;
  void walk_computed(Walk& walk, ValueId value) const;
  void walk_object(Walk& walk, ValueId value) const;
  void walk_found(Walk& walk, ValueId search, std::optional<std::int64_t> number) const;
  bool walk_part(Walk& walk, ValueId value) const;
  void walk_entry(Walk& walk, std::span<const ValueId> operands) const;
  void walk_doubted(Walk& walk, ValueId value, std::uint8_t doubt) const;
  // Goes on with a value where its own tests hold, too.
  bool under_tests(Walk& walk, ValueId value, const std::function<bool(ValueId)>& goes_on) const;
  bool walk_host(Walk& walk, ValueId value, std::string& before) const;
  void take(Walk& walk, ValueId hole) const;
  [[nodiscard]] bool is_tested(const Walk& walk, ValueId value) const;
  [[nodiscard]] std::optional<std::uint8_t> uncertainty_of_marks(const Walk& walk,
                                                              ValueId value) const;
  [[nodiscard]] bool cleans(std::string_view kinds) const;

  const ValuePool& pool_;
  const std::string_view kind_;
  std::vector<Cleaned> cleaned_ = {};
};

// What the facts say of something that the event has brought.
enum class Tested : std::uint8_t {
  Not,
  Checked,  // something was asked of it that may say that it is harmless
  Clean,    // it is one of a few, or of a form that does no harm
};
// `holds`: all that is known beside it.
Tested tested_by(const ValuePool& pool, ValueId hole, const Fact& fact, std::string_view kind,
                 std::span<const Fact> holds);

}  // namespace fnlint
