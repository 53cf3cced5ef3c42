// Builds the expanded text from pieces, and translates offsets both ways by searching these.

#include "frontends/clang/expanded_text.h"

#include <algorithm>

namespace fnlint {

ExpandedText::ExpandedText(std::string_view file, std::vector<Replacement> parts,
                           const std::vector<Range>& skipped)
    : file_size_(static_cast<std::uint32_t>(file.size())) {
  std::string seen(file);
  for (const Range blank : skipped) {
    for (std::size_t at = blank.begin; at < blank.end && at < seen.size(); ++at)
      if (seen[at] != '\n' && seen[at] != '\r') seen[at] = ' ';
    changed_ = changed_ || blank.begin < blank.end;
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Replacement& a, const Replacement& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::uint32_t at = 0;
  for (const Replacement& part : parts) {
    if (part.begin < at || part.end <= part.begin || part.end > file_size_) continue;
    copy(seen, at, part.begin);
    replace(part);
    changed_ = true;
    at = part.end;
  }
  copy(seen, at, file_size_);
  std::sort(token_keys_.begin(), token_keys_.end());
}

void ExpandedText::append(std::string_view text, std::uint32_t begin, std::uint32_t end,
                          bool copied) {
  const auto from = static_cast<std::uint32_t>(text_.size());
  text_ += text;
  pieces_.push_back({from, static_cast<std::uint32_t>(text_.size()), begin, end, copied});
}

void ExpandedText::copy(std::string_view file, std::uint32_t begin, std::uint32_t end) {
  if (begin >= end) return;
  append(file.substr(begin, end - begin), begin, end, true);
  copies_.push_back(pieces_.back());
}

void ExpandedText::replace(const Replacement& part) {
  append(" ", part.begin, part.end, false);
  for (const Replacement::Token& token : part.tokens) {
    token_keys_.emplace_back(token.key, static_cast<std::uint32_t>(text_.size()));
    const auto size = static_cast<std::uint32_t>(token.text.size());
    const bool is_within =
        token.is_written && token.offset >= part.begin && token.offset + size <= part.end;
    if (is_within)
      append(token.text, token.offset, token.offset + size, true);
    else
      append(token.text, part.begin, part.end, false);
    append(" ", part.begin, part.end, false);
  }
}

const ExpandedText::Piece* ExpandedText::piece_of(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::uint32_t at, const Piece& piece) { return at < piece.text_begin; });
  return after == pieces_.begin() ? nullptr : &*(after - 1);
}

std::uint32_t ExpandedText::of_file(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(copies_.begin(), copies_.end(), offset,
                       [](std::uint32_t at, const Piece& piece) { return at < piece.file_begin; });
  if (after == copies_.begin() || offset >= (after - 1)->file_end) return kNowhere;
  return (after - 1)->text_begin + (offset - (after - 1)->file_begin);
}

std::uint32_t ExpandedText::of_token(std::uint32_t key) const {
  const auto found = std::lower_bound(token_keys_.begin(), token_keys_.end(),
                                      std::pair<std::uint32_t, std::uint32_t>{key, 0});
  return found != token_keys_.end() && found->first == key ? found->second : kNowhere;
}

Range ExpandedText::in_file(Range range) const {
  const auto begin_of = [this](std::uint32_t offset) {
    const Piece* piece = piece_of(offset);
    if (piece == nullptr) return offset;
    const std::uint32_t inside = offset - piece->text_begin;
    return std::min(piece->copied ? piece->file_begin + inside : piece->file_begin,
                    piece->file_end);
  };
  const auto end_of = [this](std::uint32_t offset) {  // what ends there belongs to what is before
    const Piece* piece = piece_of(offset == 0 ? 0 : offset - 1);
    if (piece == nullptr || offset == 0) return offset;
    const std::uint32_t inside = offset - piece->text_begin;
    return piece->copied ? std::min(piece->file_begin + inside, piece->file_end) : piece->file_end;
  };
  Range placed{begin_of(range.begin), range.end > range.begin ? end_of(range.end) : 0};
  placed.begin = std::min(placed.begin, file_size_);
  placed.end = std::min(std::max(placed.begin, placed.end), file_size_);
  return placed;
}

void ExpandedText::place(CodeFacts& facts) const {
  if (!changed_) return;
  for (std::vector<Range>* table : {&facts.op_ranges, &facts.expr_ranges, &facts.operand_ranges,
                                    &facts.function_ranges, &facts.function_name_ranges})
    for (Range& range : *table) range = in_file(range);
  for (Import& row : facts.imports) row.where = in_file(row.where);
  for (FeatureUse& row : facts.features) row.where = in_file(row.where);
  for (Problem& row : facts.problems) row.where = in_file(row.where);
  for (SuppressionComment& row : facts.suppressions) {
    row.where = in_file(row.where);
    if (row.covers != Range{}) row.covers = in_file(row.covers);
  }
  for (HandlerComment& row : facts.handler_comments) row.where = in_file(row.where);
  if (!facts.function_ranges.empty()) facts.function_ranges[0] = {0, file_size_};
}

}  // namespace fnlint
