// Lays two partly known texts side by side and trims what is surely equal at both ends, so that
// only the part in which they may differ is left to judge.

#include "values/alignment.h"

namespace fnlint {
namespace {

std::vector<TextPart> text_parts(const ValuePool& pool, ValueId value) {
  std::vector<TextPart> parts;
  for (const ValueId part : parts_of(pool, value)) {
    const std::optional<std::string_view> literal = as_text(pool, part);
    if (!literal)
      parts.push_back({{}, part});
    else if (!literal->empty())
      parts.push_back({*literal, {}});
  }
  // Between a folder and a slash, folders may stand or not: the slash comes first all the same.
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    TextPart& next = parts[i + 1];
    if (!parts[i].hole.exists() || !next.literal.starts_with('/') ||
        !is_folders_below(pool, parts[i].hole))
      continue;
    const TextPart slash{next.literal.substr(0, 1), {}};
    next.literal.remove_prefix(1);
    parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(i++), slash);
  }
  std::erase_if(parts,
                [](const TextPart& part) { return !part.hole.exists() && part.literal.empty(); });
  return parts;
}

void drop(std::vector<TextPart>& parts, bool at_start, std::size_t bytes) {
  TextPart& end = at_start ? parts.front() : parts.back();
  if (bytes < end.literal.size()) {
    if (at_start)
      end.literal.remove_prefix(bytes);
    else
      end.literal.remove_suffix(bytes);
  } else {
    parts.erase(at_start ? parts.begin() : parts.end() - 1);
  }
}

}  // namespace

Alignment::Alignment(ValuePool& pool, ValueId a, ValueId b)
    : pool_(pool), a_(text_parts(pool, a)), b_(text_parts(pool, b)) {}

// True: something equal was taken away. False: the ends differ. Nothing: no more can be said.
std::optional<bool> Alignment::step(bool at_start) {
  if (a_.empty() || b_.empty()) return std::nullopt;
  const TextPart& x = at_start ? a_.front() : a_.back();
  const TextPart& y = at_start ? b_.front() : b_.back();
  if (x.hole.exists() != y.hole.exists()) return std::nullopt;
  if (x.hole.exists()) {
    if (!same_part(pool_, x.hole, y.hole)) return std::nullopt;
    drop(a_, at_start, 0);
    drop(b_, at_start, 0);
    return true;
  }
  const std::size_t common = std::min(x.literal.size(), y.literal.size());
  const auto end = [&](std::string_view text) {
    return at_start ? text.substr(0, common) : text.substr(text.size() - common);
  };
  if (end(x.literal) != end(y.literal)) return false;
  drop(a_, at_start, common);
  drop(b_, at_start, common);
  return true;
}

bool Alignment::trim_start() {
  std::optional<bool> equal = true;
  while (equal.has_value() && *equal) equal = step(true);
  return !equal.has_value();
}
bool Alignment::trim_end() {
  std::optional<bool> equal = true;
  while (equal.has_value() && *equal) equal = step(false);
  return !equal.has_value();
}

bool is_longer_than_nothing(const ValuePool& pool, std::span<const TextPart> parts) {
  return std::ranges::any_of(parts, [&](const TextPart& part) {
    if (!part.hole.exists()) return !part.literal.empty();
    const Value& hole = pool[part.hole];
    return hole.kind == ValueKind::Reference ||
           (hole.kind == ValueKind::Hole && hole.origin == Origin::Pseudo);
  });
}

std::vector<Piece> pieces_of(const ValuePool& pool, ValueId value) {
  return pieces_of(pool, text_parts(pool, value));
}

std::vector<Piece> pieces_of(const ValuePool& pool, std::span<const TextPart> parts) {
  std::vector<Piece> pieces;
  for (const TextPart& part : parts) {
    if (part.hole.exists())
      pieces.push_back({{}, excludes_of(pool, part.hole), true});
    else
      pieces.push_back({part.literal, {}, false});
  }
  return pieces;
}

std::optional<std::string> literal_of(std::span<const TextPart> parts) {
  std::string literal;
  for (const TextPart& part : parts) {
    if (part.hole.exists()) return std::nullopt;
    literal += part.literal;
  }
  return literal;
}

}  // namespace fnlint
