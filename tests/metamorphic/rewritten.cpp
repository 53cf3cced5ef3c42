// Applies edits as pieces with their origins, and maps places through these.

#include "tests/metamorphic/rewritten.h"

#include <algorithm>
#include <utility>

namespace fnlint::test {
namespace {

bool is_copy(const Piece& piece) {
  return !piece.path.empty() && piece.text.size() == piece.from.end - piece.from.begin;
}

std::string text_of(const Pieces& pieces) {
  std::string text;
  for (const Piece& piece : pieces) text += piece.text;
  return text;
}

int line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::ranges::count(text.substr(0, offset), '\n'));
}

std::size_t offset_of(std::string_view text, int line, int column) {
  std::size_t at = 0;
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n', at);
    if (end == text.npos) return text.size();
    at = end + 1;
  }
  const std::size_t end = std::min(text.find('\n', at), text.size());
  return std::min(at + static_cast<std::size_t>(std::max(column, 1) - 1), end);
}

// How well a piece tells where an offset of a file is now. A place that is gone is behind what
// stood before it.
enum class Fit : std::uint8_t { None, Before, Made, Copied };
Fit fit(const Piece& piece, const std::string& path, std::size_t offset) {
  if (piece.path != path || piece.from.begin > offset) return Fit::None;
  if (offset >= piece.from.end) return Fit::Before;
  return is_copy(piece) ? Fit::Copied : Fit::Made;
}

}  // namespace

void Rewritten::put(const std::string& path, Pieces pieces) { texts_[path] = std::move(pieces); }

void Rewritten::put(const std::string& path, std::string text) {
  texts_[path] = {{.text = std::move(text)}};
}

Files Rewritten::texts() const {
  Files texts;
  for (const auto& [path, pieces] : texts_) texts[path] = text_of(pieces);
  return texts;
}

Files Rewritten::applied_to(Files files) const {
  for (const std::string& path : removed_) files.erase(path);
  for (auto& [path, text] : texts()) files[path] = text;
  return files;
}

std::set<Place> Rewritten::now(const Files& before, const Place& place, int column) const {
  const auto file = before.find(place.path);
  if (file == before.end()) return {place};
  const std::size_t offset = offset_of(file->second, place.line, column);
  std::set<Place> found;
  Place behind = place;  // what stands before a place that is gone
  std::uint32_t last = 0;
  for (const auto& [path, pieces] : texts_) {
    const std::string text = text_of(pieces);
    std::size_t at = 0;
    for (const Piece& piece : pieces) {
      const Fit here = fit(piece, place.path, offset);
      const std::size_t in_copy = at + (offset - piece.from.begin);
      if (here >= Fit::Made)
        found.insert({path, line_at(text, here == Fit::Copied ? in_copy : at)});
      at += piece.text.size();
      if (here != Fit::Before || piece.from.begin < last) continue;
      last = piece.from.begin;
      behind = {path, line_at(text, at)};
    }
  }
  return found.empty() ? std::set{behind} : found;
}

void Edits::insert(std::uint32_t at, std::string text) {
  edits_.push_back({{at, at}, {{.text = std::move(text)}}});
}
void Edits::insert(std::uint32_t at, Pieces pieces) {
  edits_.push_back({{at, at}, std::move(pieces)});
}
void Edits::replace(Range range, std::string text) {
  edits_.push_back({range, {{std::move(text), path_, range}}});
}
void Edits::replace(Range range, Pieces pieces) { edits_.push_back({range, std::move(pieces)}); }

Piece Edits::copy(Range range) const {
  return {std::string(text_.substr(range.begin, range.end - range.begin)), path_, range};
}

std::optional<Pieces> Edits::pieces() const {
  std::vector<const Edit*> sorted;
  for (const Edit& edit : edits_) sorted.push_back(&edit);
  // What is put in before a range stands before what takes its place.
  std::ranges::stable_sort(sorted, {}, [](const Edit* edit) {
    return std::pair(edit->range.begin, edit->range.begin != edit->range.end);
  });
  Pieces out;
  std::uint32_t at = 0;
  for (const Edit* edit : sorted) {
    if (edit->range.begin < at) return std::nullopt;
    if (at < edit->range.begin) out.push_back(copy({at, edit->range.begin}));
    out.insert(out.end(), edit->pieces.begin(), edit->pieces.end());
    at = edit->range.end;
  }
  if (at < text_.size()) out.push_back(copy({at, static_cast<std::uint32_t>(text_.size())}));
  return out;
}

void put(Rewritten& out, const std::string& path, const Edits& edits) {
  if (edits.is_empty()) return;
  if (std::optional<Pieces> pieces = edits.pieces()) out.put(path, std::move(*pieces));
}

}  // namespace fnlint::test
