// A changed project that knows where each place has gone.
#pragma once

#include "core/span.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::test {

using Files = std::map<std::string, std::string>;  // of a project, by path

// A part of a rewritten text. What is as long as the range that it comes from is a copy of it; all
// places of any other range are the part's beginning. Without a path it is new.
struct Piece {
  std::string text = {};
  std::string path = {};
  Range from = {};
};
using Pieces = std::vector<Piece>;

struct Place {
  std::string path = {};
  int line = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

// What has become of a project: the files that are changed or new, and those that are gone.
class Rewritten {
 public:
  void put(const std::string& path, Pieces pieces);
  void put(const std::string& path, std::string text);
  void remove(const std::string& path) { removed_.insert(path); }
  [[nodiscard]] bool is_empty() const { return texts_.empty() && removed_.empty(); }
  [[nodiscard]] Files texts() const;
  [[nodiscard]] const std::set<std::string>& removed() const { return removed_; }
  // Of the project as it was, as it is now.
  [[nodiscard]] Files applied_to(Files files) const;
  // Where a place of the project as it was is now: wherever something stands that was made of it.
  // The column counts from 1, as the line does.
  [[nodiscard]] std::set<Place> now(const Files& before, const Place& place, int column) const;

 private:
  std::map<std::string, Pieces> texts_;
  std::set<std::string> removed_;
};

// Changes of one text, in any order. None may overlap another; what is put in at one place stands
// in the order of the calls.
class Edits {
 public:
  Edits(std::string path, std::string_view text) : path_(std::move(path)), text_(text) {}
  void insert(std::uint32_t at, std::string text);
  void insert(std::uint32_t at, Pieces pieces);
  void replace(Range range, std::string text);
  void replace(Range range, Pieces pieces);
  [[nodiscard]] Piece copy(Range range) const;
  [[nodiscard]] bool is_empty() const { return edits_.empty(); }
  // Nothing where edits overlap.
  [[nodiscard]] std::optional<Pieces> pieces() const;

 private:
  struct Edit {
    Range range = {};
    Pieces pieces = {};
  };
  std::string path_;
  std::string_view text_;
  std::vector<Edit> edits_;
};

// Puts the edits' text there, if there are any and none overlap.
void put(Rewritten& out, const std::string& path, const Edits& edits);

}  // namespace fnlint::test
