// Joining of file paths, by Python's rules and by Node's, with parts that are not known.

#include "values/functions.h"

namespace fnlint {
namespace {

// The paths to join; a closed list stands for its items. Nothing when one is no text.
std::optional<std::vector<ValueId>> paths_of(const ValuePool& pool, Operands operands) {
  std::vector<ValueId> paths;
  for (const ValueId operand : operands) {
    if (pool.is(operand, ValueKind::List) && pool[operand].ref == 0) {
      const auto items = pool.operands(operand);
      paths.insert(paths.end(), items.begin(), items.end());
    } else {
      paths.push_back(operand);
    }
  }
  const auto no_text = [&](ValueId path) {
    if (is_text(pool, path)) return pool.text(path).size() > kTextBytes;
    return !is_text_like(pool[path].kind);
  };
  if (paths.empty() || std::ranges::any_of(paths, no_text)) return std::nullopt;
  return paths;
}

ValueId first_part(const ValuePool& pool, const ValueId& path) {
  return parts_of(pool, path).front();
}
ValueId last_part(const ValuePool& pool, const ValueId& path) {
  return parts_of(pool, path).back();
}

// --- Node's path.join: one path, then "." and ".." and empty names taken out.

using Name = std::vector<ValueId>;  // parts without a literal '/'

bool is_literal(const ValuePool& pool, const Name& name, std::string_view text) {
  return name.size() == 1 && is_text(pool, name[0]) && pool.text(name[0]) == text;
}
bool has_hole(const ValuePool& pool, const Name& name) {
  return std::ranges::any_of(name, [&](ValueId part) { return !is_text(pool, part); });
}

std::vector<Name> names_of(ValuePool& pool, Operands parts) {
  std::vector<Name> names(1);
  for (const ValueId part : parts) {
    if (!is_text(pool, part)) {
      names.back().push_back(part);
      continue;
    }
    std::string_view text = pool.text(part);
    for (;;) {
      const std::size_t at = text.find('/');
      if (const std::string_view piece = text.substr(0, at); !piece.empty())
        names.back().push_back(pool.text_value(piece));
      if (at == std::string_view::npos) break;
      names.emplace_back();
      text.remove_prefix(at + 1);
    }
  }
  return names;
}

// False when ".." would take away a name that is not known.
bool normalise(const ValuePool& pool, std::vector<Name>& names, bool absolute) {
  std::vector<Name> normal;
  for (Name& name : names) {
    if (name.empty() || is_literal(pool, name, ".")) continue;
    if (!is_literal(pool, name, "..")) {
      normal.push_back(std::move(name));
    } else if (normal.empty() || is_literal(pool, normal.back(), "..")) {
      if (!absolute) normal.push_back(std::move(name));
    } else {
      if (has_hole(pool, normal.back())) return false;
      normal.pop_back();
    }
  }
  names = std::move(normal);
  return true;
}

}  // namespace

// A hole in front of a later path is taken to be a relative path, and one before a '/' to end
// without one.
ValueId compute_path_join(ValuePool& pool, Operands operands) {
  const auto paths = paths_of(pool, operands);
  if (!paths) return {};
  std::vector<ValueId> joined{paths->front()};
  for (std::size_t i = 1; i < paths->size(); ++i) {
    const ValueId path = (*paths)[i], first = first_part(pool, path);
    const ValueId last = last_part(pool, joined.back());
    if (!is_text(pool, first) && pool.symbolic(first)) return {};
    if (is_text(pool, first) && pool.text(first).starts_with('/')) {
      joined = {path};
      continue;
    }
    if (!is_text(pool, last) && pool.symbolic(last)) return {};
    const bool nothing_yet = joined.size() == 1 && is_text(pool, last) && pool.text(last).empty();
    const bool slash = is_text(pool, last) && pool.text(last).ends_with('/');
    if (!nothing_yet && !slash) joined.push_back(pool.text_value("/"));
    joined.push_back(path);
  }
  return pool.concat(joined);
}

ValueId compute_path_normal_join(ValuePool& pool, Operands operands) {
  const auto paths = paths_of(pool, operands);
  if (!paths || std::ranges::any_of(*paths, [&](ValueId path) { return pool.symbolic(path); }))
    return {};
  const ValueId slash = pool.text_value("/");
  std::vector<ValueId> joined;
  for (const ValueId path : *paths) {
    if (is_text(pool, path) && pool.text(path).empty()) continue;
    if (!joined.empty()) joined.push_back(slash);
    joined.push_back(path);
  }
  const ValueId whole = pool.concat(joined);
  if (!is_text_like(pool[whole].kind)) return {};
  const ValueId first = first_part(pool, whole), last = last_part(pool, whole);
  const bool absolute = is_text(pool, first) && pool.text(first).starts_with('/');
  const bool ends_open = is_text(pool, last) && pool.text(last).ends_with('/');
  std::vector<Name> names = names_of(pool, parts_of(pool, whole));
  if (!normalise(pool, names, absolute)) return {};
  std::vector<ValueId> out;
  if (absolute) out.push_back(slash);
  for (const Name& name : names) {
    if (&name != &names.front()) out.push_back(slash);
    out.insert(out.end(), name.begin(), name.end());
  }
  if (names.empty()) return pool.text_value(absolute ? "/" : ends_open ? "./" : ".");
  if (ends_open) out.push_back(slash);
  return pool.concat(out);
}

}  // namespace fnlint
