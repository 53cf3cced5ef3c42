#include "values/segments.h"

// Paths of files: their last name, their folder, their extension.
namespace fnlint {
namespace {

bool is_path(const ValuePool& pool, ValueId value) {
  if (is_text(pool, value)) return pool.text(value).size() <= kTextBytes;
  return is_text_like(pool[value].kind);
}

// The parts after the last '/' that stands in a literal: what comes before cannot matter.
std::vector<ValueId> after_literal_slash(ValuePool& pool, Operands parts) {
  for (std::size_t n = parts.size(); n > 0; --n) {
    if (!is_text(pool, parts[n - 1])) continue;
    const std::string_view text = pool.text(parts[n - 1]);
    const std::size_t at = text.rfind('/');
    if (at == std::string_view::npos) continue;
    std::vector<ValueId> after{pool.text_value(text.substr(at + 1))};
    after.insert(after.end(), parts.begin() + static_cast<std::ptrdiff_t>(n), parts.end());
    return after;
  }
  return {parts.begin(), parts.end()};
}

// The last name of a path, split before its extension; no ids when a hole may hold the dot.
struct Extension {
  bool known = false;
  std::size_t bytes = 0;  // of the extension, at the end of the last part
};
Extension extension_of(ValuePool& pool, Operands parts) {
  const Cut name = cut_last(pool, parts, "/");
  const bool whole = name.exact;  // the name's start is known
  if (name.segment.empty()) return {};
  const ValueId last = name.segment.back();
  if (!is_text(pool, last)) return {};
  const std::string_view text = pool.text(last);
  const std::size_t dot = text.rfind('.');
  const bool alone = name.segment.size() == 1 && whole;
  if (dot == std::string_view::npos) return {alone, 0};
  // ".profile" has no extension; behind a hole the dot ends a name.
  if (alone && text.find_first_not_of('.') >= dot) return {true, 0};
  return {true, text.size() - dot};
}

}  // namespace

ValueId compute_basename(ValuePool& pool, Operands operands) {
  const ValueId path = operands[0];
  if (operands.size() > 1) {  // Node's takes a suffix away as well
    const ValueId name = call(pool, Opcode::Basename, {path});
    const bool none =
        pool.is(operands[1], ValueKind::Absent) || pool.is(operands[1], ValueKind::Null);
    return none || name == operands[1] ? name
                                       : call(pool, Opcode::StripSuffix, {name, operands[1]});
  }
  if (!is_path(pool, path)) return {};
  if (!may_hold(pool, path, "/")) return path;
  const auto parts = parts_of(pool, path);
  // What "a/" ends in, languages do not agree on.
  if (is_text(pool, parts.back()) && pool.text(parts.back()).ends_with('/')) return {};
  Cut cut = cut_last(pool, parts, "/");
  if (cut.exact) return pool.concat(cut.segment);
  std::vector<ValueId> rest = after_literal_slash(pool, cut.rest);
  const ValueId hole = pool.computed(Opcode::Basename, std::array{pool.concat(rest)});
  if (cut.segment.empty() && hole == pool.computed(Opcode::Basename, operands)) return {};
  cut.segment.insert(cut.segment.begin(), hole);
  return pool.concat(cut.segment);
}

ValueId compute_dirname(ValuePool& pool, Operands operands) {
  const ValueId path = operands[0];
  if (!is_path(pool, path)) return {};
  const auto parts = parts_of(pool, path);
  const Cut cut = cut_last(pool, parts, "/");
  if (cut.exact) {
    if (!cut.found) return {};  // "" or ".", by language
    const ValueId folder = pool.concat(cut.rest);
    const bool is_root = is_text(pool, folder) && pool.text(folder).empty();
    return is_root ? pool.text_value("/") : folder;
  }
  if (!is_text(pool, parts.front())) return {};
  const std::string_view start = pool.text(parts.front());
  const std::size_t at = start.rfind('/');
  if (at == std::string_view::npos || at == 0) return {};
  std::vector<ValueId> rest(parts.begin(), parts.end());
  rest.front() = pool.text_value(start.substr(at));
  // What stands before the last slash: "" where the rest has no other.
  const ValueId split = pool.computed(
      Opcode::Rsplit, std::array{pool.concat(rest), pool.text_value("/"), pool.number(1)});
  return pool.concat(std::array{pool.text_value(start.substr(0, at)),
                                pool.computed(Opcode::Index, std::array{split, pool.number(0)})});
}

bool is_folders_below(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) != Opcode::Index) return false;
  const ValueId split = pool.operands(value)[0], at = pool.operands(value)[1];
  if (pool.opcode(split) != Opcode::Rsplit || pool.operands(split).size() < 3 ||
      as_integer(pool, at) != std::optional<std::int64_t>(0))
    return false;
  const auto operands = pool.operands(split);
  return literal_beginning(pool, operands[0]).starts_with('/') &&
         as_text(pool, operands[1]) == std::optional<std::string_view>("/") &&
         as_integer(pool, operands[2]) == std::optional<std::int64_t>(1);
}

ValueId compute_extension(ValuePool& pool, Operands operands) {
  if (!is_path(pool, operands[0])) return {};
  const auto parts = parts_of(pool, operands[0]);
  const Extension extension = extension_of(pool, parts);
  if (!extension.known) return {};
  const std::string_view last = pool.text(parts.back());
  return pool.text_value(last.substr(last.size() - std::min(extension.bytes, last.size())));
}

ValueId compute_without_extension(ValuePool& pool, Operands operands) {
  const ValueId path = operands[0];
  if (!is_path(pool, path)) return {};
  const auto all = parts_of(pool, path);
  std::vector<ValueId> parts(all.begin(), all.end());
  const Extension extension = extension_of(pool, parts);
  if (extension.known) {
    if (extension.bytes == 0) return path;
    const std::string_view last = pool.text(parts.back());
    parts.back() = pool.text_value(last.substr(0, last.size() - extension.bytes));
    return pool.concat(parts);
  }
  if (!is_text(pool, parts.front())) return {};
  const std::string_view start = pool.text(parts.front());
  const std::size_t at = start.rfind('/');
  if (at == std::string_view::npos) return {};
  parts.front() = pool.text_value(start.substr(at + 1));
  const std::array rest{pool.concat(parts)};
  return pool.concat(std::array{pool.text_value(start.substr(0, at + 1)),
                                pool.computed(Opcode::WithoutExtension, rest)});
}

ValueId compute_with_extension(ValuePool& pool, Operands operands) {
  const ValueId without = call(pool, Opcode::WithoutExtension, {operands[0]});
  const std::optional<std::string_view> written = known_text(pool, operands[1]);
  const bool has_dot = written && (written->empty() || written->starts_with('.'));
  if (has_dot) return pool.concat(std::array{without, operands[1]});
  return pool.concat(std::array{without, pool.text_value("."), operands[1]});
}

ValueId compute_stem(ValuePool& pool, Operands operands) {
  if (!is_path(pool, operands[0])) return {};
  if (pool.opcode(operands[0]) == Opcode::Stem) return operands[0];
  const ValueId name = compute_basename(pool, operands);
  return name.exists() ? call(pool, Opcode::WithoutExtension, {name}) : ValueId{};
}

// By whole parts: "thumbs" begins "thumbs/a.png", and not "thumbs-old/a.png".
ValueId compute_path_starts_with(ValuePool& pool, Operands operands) {
  const ValueId slash = pool.text_value("/");
  const ValueId beginning = call(pool, Opcode::Rstrip, {operands[1], slash});
  return call(
      pool, "starts_with",
      {pool.concat(std::array{operands[0], slash}), pool.concat(std::array{beginning, slash})});
}

}  // namespace fnlint
