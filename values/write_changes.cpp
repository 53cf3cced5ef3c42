// Resolves the placeholders in an update's clauses, or reads the item of a put, to tell what
// happens to each attribute.

#include "values/write_changes.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

// "a" of "a.b", either way.
bool is_within(std::string_view one, std::string_view other) {
  return one.starts_with(other) &&
         (one.size() == other.size() || one[other.size()] == '.' || one[other.size()] == '[');
}

}  // namespace

ValueId entry_in(const ValuePool& pool, ValueId record, std::string_view name) {
  if (!record.exists() || !pool.is(record, ValueKind::Record)) return {};
  for (std::size_t i = pool.names(record).size(); i-- > 0;)
    if (pool[pool.names(record)[i]] == name) return pool.operands(record)[i];
  return {};
}

WriteChanges::WriteChanges(const ValuePool& pool, ValueId members)
    : pool_(pool),
      members_(members),
      item_(entry_in(pool, members, "Item")),
      key_(entry_in(pool, members, "Key")) {
  const ValueId text = entry_in(pool, members, "UpdateExpression");
  is_update_ = text.exists() || entry_in(pool, members, "AttributeUpdates").exists();
  if (text.exists() && pool.is(text, ValueKind::Text)) update_ = update_expression(pool.text(text));
}

std::optional<std::string> WriteChanges::path(std::string_view written) const {
  std::string path;
  for (const std::string_view part : split(written, '.')) {
    const std::size_t end = std::min(part.find('['), part.size());
    std::string_view name = part.substr(0, end);
    if (name.starts_with('#')) {
      const ValueId known =
          entry_in(pool_, entry_in(pool_, members_, "ExpressionAttributeNames"), name);
      if (!known.exists() || !pool_.is(known, ValueKind::Text)) return std::nullopt;
      name = pool_.text(known);
    }
    path += cat(path.empty() ? "" : ".", name, part.substr(end));
  }
  return path;
}

ValueId WriteChanges::value(std::string_view placeholder) const {
  return entry_in(pool_, entry_in(pool_, members_, "ExpressionAttributeValues"), placeholder);
}

bool WriteChanges::is_key(std::string_view path) const {
  return entry_in(pool_, key_, path).exists();
}

WriteChanges::Touch WriteChanges::touch(const std::string& path) const {
  if (item_.exists()) return put(path);
  if (!is_update_) return {key_.exists() ? Change::Removed : Change::Unknown};
  if (!update_.understood) return {Change::Unknown};
  Touch found;
  for (const UpdateExpression::Field& field : update_.fields)
    note(path, field.name, set(field), found);
  for (const std::string_view one : update_.added) note(path, one, {Change::Added}, found);
  for (const std::string_view one : update_.removed) note(path, one, {Change::Removed}, found);
  for (const std::string_view one : update_.taken_from) note(path, one, {Change::Unknown}, found);
  return found;
}

WriteChanges::Touch WriteChanges::put(const std::string& path) const {
  if (!pool_.is(item_, ValueKind::Record)) return {Change::Unknown};
  if (const ValueId one = entry_in(pool_, item_, path); one.exists()) return {Change::Set, one};
  const bool is_whole = pool_[item_].ref == 0 && path.find_first_of(".[") == path.npos;
  return {is_whole ? Change::Removed : Change::Unknown};
}

void WriteChanges::note(const std::string& path, std::string_view written, Touch touch,
                        Touch& found) const {
  const std::optional<std::string> named = this->path(written);
  if (!named) found = {Change::Unknown};
  if (!named || found.change == Change::Unknown) return;
  if (*named == path)
    found = touch;
  else if (is_within(*named, path) || is_within(path, *named))
    found = {Change::Unknown};
}

// "n - :c", "if_not_exists(n, :zero) + :c" of the same attribute; any other sum is not known.
WriteChanges::Touch WriteChanges::set(const UpdateExpression::Field& field) const {
  std::string_view text = trim(field.value);
  if (is_placeholder(text)) {
    const ValueId given = value(text);
    return given.exists() ? Touch{Change::Set, given} : Touch{Change::Unknown};
  }
  constexpr std::string_view kDefault = "if_not_exists";
  const std::size_t open = text.find('(');
  if (text.starts_with(kDefault) && open != text.npos) text = trim(text.substr(open + 1));
  if (!text.starts_with(field.name)) return {Change::Unknown};
  std::string_view rest = trim(text.substr(field.name.size()));
  if (rest.starts_with(',') && rest.find(')') != rest.npos)
    rest = trim(rest.substr(rest.find(')') + 1));
  return {rest.starts_with('-')   ? Change::Lowered
          : rest.starts_with('+') ? Change::Raised
                                  : Change::Unknown};
}

}  // namespace fnlint
