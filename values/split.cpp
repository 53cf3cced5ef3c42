#include "values/segments.h"
#include "values/where.h"

// Texts cut at separators, and the pieces that are known of what is not.
namespace fnlint {
namespace {

struct Split {
  ValueId text = {};
  std::string_view separator = {};
  std::optional<std::int64_t> most = {};  // separators that are used
  bool from_end = false;                  // rsplit
};

std::optional<Split> split_of(const ValuePool& pool, std::string_view name, Operands operands) {
  if ((name != "split" && name != "rsplit") || operands.size() < 2) return std::nullopt;
  if (!is_text(pool, operands[1]) || pool.text(operands[1]).empty()) return std::nullopt;
  if (!is_text_like(pool[operands[0]].kind)) return std::nullopt;
  Split split{operands[0], pool.text(operands[1]), {}, name == "rsplit"};
  if (operands.size() > 2 && !is_nullish(pool, operands[2])) {
    split.most = as_integer(pool, operands[2]);
    if (!split.most) return std::nullopt;
    if (*split.most < 0) split.most.reset();
  }
  return split;
}

// The whole list, of a text that is known.
ValueId split_literal(ValuePool& pool, const Split& split) {
  const std::optional<std::string_view> text = known_text(pool, split.text);
  if (!text) return {};
  std::vector<ValueId> items;
  std::string_view left = *text;
  for (std::int64_t n = 0; !split.most || n < *split.most; ++n) {
    const std::size_t at =
        split.from_end ? left.rfind(split.separator) : left.find(split.separator);
    if (at == std::string_view::npos || items.size() > kCollectionItems) break;
    const std::string_view before = left.substr(0, at);
    const std::string_view after = left.substr(at + split.separator.size());
    items.push_back(pool.long_text(split.from_end ? after : before));
    left = split.from_end ? before : after;
  }
  items.push_back(pool.long_text(left));
  if (split.from_end) std::ranges::reverse(items);
  return pool.list(items);
}

ValueId split_again(ValuePool& pool, const Split& split, Operands parts,
                    std::optional<std::int64_t> most) {
  std::vector<ValueId> operands{pool.concat(parts), pool.text_value(split.separator)};
  if (most) operands.push_back(pool.number(*most));
  return compute(pool, split.from_end ? "rsplit" : "split", operands);
}

// Item `nth` from the end that is cut first.
ValueId item(ValuePool& pool, const Split& split, std::int64_t nth) {
  const auto all = parts_of(pool, split.text);
  std::vector<ValueId> parts(all.begin(), all.end());
  std::optional<std::int64_t> most = split.most;
  bool moved = false;
  for (;; --nth) {
    if (most == 0) return nth == 0 ? pool.concat(parts) : pool.absent();
    Cut cut = split.from_end ? cut_last(pool, parts, split.separator)
                             : cut_first(pool, parts, split.separator);
    if (!cut.exact) {
      const bool more = nth == 0 && !cut.segment.empty();
      if (!more && !moved) return {};
      const ValueId rest = split_again(pool, split, nth == 0 ? cut.rest : parts, most);
      const ValueId at = pool.number(split.from_end ? -nth - 1 : nth);
      cut.segment.insert(split.from_end ? cut.segment.begin() : cut.segment.end(),
                         call(pool, Opcode::Index, {rest, at}));
      return nth == 0 ? pool.concat(cut.segment) : call(pool, Opcode::Index, {rest, at});
    }
    if (nth == 0) return pool.concat(cut.segment);
    if (!cut.found) return pool.absent();
    parts = std::move(cut.rest);
    moved = true;
    if (most) --*most;
  }
}

// What stands before the last separator: a known start stays known.
ValueId before_last(ValuePool& pool, const Split& split) {
  const auto parts = parts_of(pool, split.text);
  const Cut cut = cut_last(pool, parts, split.separator);
  if (cut.exact) return pool.concat(cut.found ? cut.rest : cut.segment);
  if (!is_text(pool, parts.front())) return {};
  const std::string_view start = pool.text(parts.front());
  const std::size_t at = start.rfind(split.separator);
  if (at == std::string_view::npos || at == 0) return {};
  std::vector<ValueId> rest(parts.begin(), parts.end());
  rest.front() = pool.text_value(start.substr(at));
  const ValueId again = split_again(pool, split, rest, 1);
  return pool.concat(std::array{pool.text_value(start.substr(0, at)),
                                call(pool, Opcode::Index, {again, pool.number(0)})});
}

}  // namespace

ValueId compute_split(ValuePool& pool, Operands operands) {
  const std::optional<Split> split = split_of(pool, "split", operands);
  return split ? split_literal(pool, *split) : ValueId{};
}
ValueId compute_rsplit(ValuePool& pool, Operands operands) {
  const std::optional<Split> split = split_of(pool, "rsplit", operands);
  return split ? split_literal(pool, *split) : ValueId{};
}
// split(), told how many pieces there are at most.
ValueId compute_split_n(ValuePool& pool, Operands operands) {
  const std::optional<std::int64_t> pieces = as_integer(pool, operands[2]);
  if (!pieces) return {};
  if (*pieces == 0) return pool.list({});
  if (*pieces < 0) return call(pool, Opcode::Split, {operands[0], operands[1]});
  return call(pool, Opcode::Split, {operands[0], operands[1], pool.number(*pieces - 1)});
}

ValueId index_of_split(ValuePool& pool, ValueId value, std::int64_t at) {
  std::optional<Split> split = split_of(pool, pool.text(value), pool.operands(value));
  if (!split) return {};
  if (!split->most) {  // without a limit, both ways give the same list
    split->from_end = at < 0;
    return item(pool, *split, at < 0 ? -at - 1 : at);
  }
  if (split->from_end && at == 0 && *split->most == 1) return before_last(pool, *split);
  if (split->from_end) return item(pool, *split, at < 0 ? -at - 1 : *split->most - at);
  return at >= 0 || at == -1 ? item(pool, *split, at < 0 ? *split->most : at) : ValueId{};
}

bool is_split(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Computed) &&
         split_of(pool, pool.text(value), pool.operands(value)).has_value();
}

// How many pieces: those that are certain, and those of what lies between them.
ValueId length_of_split(ValuePool& pool, ValueId value) {
  const std::optional<Split> split = split_of(pool, pool.text(value), pool.operands(value));
  if (!split || split->most) return {};
  const auto all = parts_of(pool, split->text);
  std::vector<ValueId> parts(all.begin(), all.end());
  std::int64_t pieces = 0;
  for (const auto cut_one : {cut_first, cut_last}) {
    Cut cut = cut_one(pool, parts, split->separator);
    for (; cut.exact && cut.found; cut = cut_one(pool, parts, split->separator)) {
      parts = std::move(cut.rest);
      ++pieces;
    }
    if (cut.exact) return pool.number(pieces + 1);
  }
  if (pieces == 0) return {};
  const ValueId rest = pool.computed(
      Opcode::Split, std::array{pool.concat(parts), pool.text_value(split->separator)});
  return call(pool, Opcode::Add, {call(pool, Opcode::Length, {rest}), pool.number(pieces)});
}

// How often a text holds another.
ValueId compute_count(ValuePool& pool, Operands operands) {
  if (!split_of(pool, "split", operands)) return {};
  const ValueId pieces = compute(pool, Opcode::Split, operands);
  return call(pool, Opcode::Subtract, {call(pool, Opcode::Length, {pieces}), pool.number(1)});
}

ValueId part_of_split(ValuePool& pool, ValueId value, std::int64_t from) {
  const std::optional<Split> split = split_of(pool, pool.text(value), pool.operands(value));
  if (!split || split->most || from <= 0) return {};
  const auto all = parts_of(pool, split->text);
  std::vector<ValueId> parts(all.begin(), all.end());
  for (; from > 0; --from) {
    Cut cut = cut_first(pool, parts, split->separator);
    if (!cut.exact) return {};
    if (!cut.found) return pool.list({});
    parts = std::move(cut.rest);
  }
  return split_again(pool, *split, parts, {});
}

ValueId compute_join(ValuePool& pool, Operands operands) {
  const ValueId separator = operands[0], list = operands[1];
  if (pool.is(list, ValueKind::Computed)) {
    const std::optional<Split> split = split_of(pool, pool.text(list), pool.operands(list));
    return split && pool.text_value(split->separator) == separator ? split->text : ValueId{};
  }
  if (!pool.is(list, ValueKind::List) || !is_text_like(pool[separator].kind)) return {};
  std::vector<ValueId> parts;
  for (const ValueId item : pool.operands(list)) {
    if (!parts.empty()) parts.push_back(separator);
    parts.push_back(item);
  }
  if (pool[list].ref != 0) parts.push_back(pool.computed(Opcode::Join, operands));
  return pool.concat(parts);
}

// What a builder of a text holds, as the text.
ValueId compute_collected(ValuePool& pool, Operands operands) {
  const ValueId pieces = operands[0];
  if (pool.is(pieces, ValueKind::List))
    return call(pool, Opcode::Join, {pool.text_value(""), pieces});
  const bool may_be_list =
      pool.is(pieces, ValueKind::Hole) &&
      (pool[pieces].origin == Origin::Parameter || pool[pieces].origin == Origin::Receiver ||
       pool[pieces].origin == Origin::Capture || pool[pieces].origin == Origin::Global);
  return may_be_list ? ValueId{} : pieces;
}

namespace {

ValueId parted(ValuePool& pool, std::string_view split, Operands operands, bool last) {
  const ValueId pieces = call(pool, split, {operands[0], operands[1], pool.number(1)});
  const auto piece = [&](std::int64_t at) { return index(pool, pieces, pool.number(at)); };
  const std::array items{piece(0), operands[1], piece(last ? -1 : 1)};
  return pool.list(items);
}

}  // namespace

// What stands on the other side of a separator that is not there is taken for what is not known.
ValueId compute_partition(ValuePool& pool, Operands operands) {
  return parted(pool, "split", operands, false);
}
ValueId compute_rpartition(ValuePool& pool, Operands operands) {
  return parted(pool, "rsplit", operands, true);
}

ValueId compute_cut(ValuePool& pool, Operands operands) {
  const ValueId pieces = call(pool, Opcode::Split, {operands[0], operands[1], pool.number(1)});
  const std::array items{index(pool, pieces, pool.number(0)), index(pool, pieces, pool.number(1)),
                         call(pool, Opcode::Contains, {operands[0], operands[1]})};
  return pool.list(items);
}

namespace {

// What is left where the test holds, and nothing elsewhere.
ValueId left_where(ValuePool& pool, ValueId rest, ValueId test) {
  const Answer answer = truth(pool, test);
  if (answer == Answer::No) return pool.null();
  return answer == Answer::Yes ? rest
                               : pool.join(where(pool, rest, std::span(&test, 1)), pool.null());
}

}  // namespace

ValueId compute_cut_prefix(ValuePool& pool, Operands operands) {
  return left_where(pool, call(pool, Opcode::StripPrefix, {operands[0], operands[1]}),
                    call(pool, Opcode::StartsWith, {operands[0], operands[1]}));
}
ValueId compute_cut_suffix(ValuePool& pool, Operands operands) {
  return left_where(pool, call(pool, Opcode::StripSuffix, {operands[0], operands[1]}),
                    call(pool, Opcode::EndsWith, {operands[0], operands[1]}));
}

}  // namespace fnlint
