// The effect of a DynamoDB write on single attributes.
#pragma once

#include "values/pool.h"
#include "values/update_expression.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// What a Put, an Update or a Delete of DynamoDB does to the attributes of its item.
class WriteChanges {
 public:
  enum class Change : std::uint8_t { None, Set, Added, Raised, Lowered, Removed, Unknown };
  struct Touch {
    Change change = Change::None;
    ValueId value = {};  // Set
  };

  // `members`: of the write, with the names and values of its expressions.
  WriteChanges(const ValuePool& pool, ValueId members);

  // The attribute's path, by the names that stand for its parts; nothing: they are not known.
  [[nodiscard]] std::optional<std::string> path(std::string_view written) const;
  // What stands for ":value"; no id: not known.
  [[nodiscard]] ValueId value(std::string_view placeholder) const;
  [[nodiscard]] bool is_key(std::string_view path) const;
  [[nodiscard]] Touch touch(const std::string& path) const;

 private:
  [[nodiscard]] Touch put(const std::string& path) const;
  void note(const std::string& path, std::string_view written, Touch touch, Touch& found) const;
  [[nodiscard]] Touch set(const UpdateExpression::Field& field) const;

  const ValuePool& pool_;
  const ValueId members_;
  ValueId item_ = {}, key_ = {};
  bool is_update_ = false;
  UpdateExpression update_ = {};
};

// The entry of a record; no id where there is none.
ValueId entry_in(const ValuePool& pool, ValueId record, std::string_view name);

}  // namespace fnlint
