// The half of reading that all formats share: structure, limits, duplicate and merge keys.
#pragma once

#include "core/limits.h"
#include "core/lines.h"
#include "model/document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Builds a Document from what a reader meets in order: containers opened and closed, keys, values.
// Knows no syntax. Holds the limits on depth and unfolded size, keeps keys unique and resolves
// merge keys. A call that returns false has met a limit, with a problem: the reader stops.
class TreeBuilder {
 public:
  // What a finished node counts for when it is used again.
  struct Finished {
    NodeId id = {};
    std::uint64_t unfolded = 1;  // nodes below and with it
    std::uint32_t height = 1;
  };
  enum class KeyKind : std::uint8_t { Plain, Merge };

  // `most`: values of the whole tree, unfolded.
  explicit TreeBuilder(std::string_view file, std::uint64_t most = kExpandedNodes)
      : file_(file), most_(most) {}

  // Whether the next node is a map's key.
  [[nodiscard]] bool at_key() const {
    return !frames_.empty() && frames_.back().state == State::WantsKey;
  }
  bool key(std::string_view text, Range range, KeyKind kind = KeyKind::Plain);
  bool add(Node scalar);
  bool reuse(const Finished& node, Range at);
  bool open(Node container);      // its range is where it begins
  void close(std::uint32_t end);  // end of the file's text of it
  void close_at_last_child();     // for containers that no character ends
  [[nodiscard]] std::string_view text(NodeId scalar) const { return document_[scalar].text; }
  [[nodiscard]] const Finished& last() const { return last_; }  // added or closed last

  // What is wrong with one value; the reader goes on. Bounded in number.
  void problem(Range where, std::string message) {
    add_problem(document_.problems, where, std::move(message));
  }
  // Why the reader stops here.
  void end(std::size_t offset, std::string message);
  std::vector<Segment>& segments() { return document_.segments; }
  [[nodiscard]] std::string place(std::uint32_t offset);  // "line 3, column 5"

  // Closes what is open; a key without a value has Null.
  Document finish(bool complete);

 private:
  enum class State : std::uint8_t { List, WantsKey, WantsValue, DropsValue };
  struct Frame {
    Finished node = {};
    State state = State::List;
    bool is_key = false;  // a container in a key's place: read, but no part of the tree
    bool merges = false;
    std::size_t first = 0;  // of its items or entries that are still pending
    std::uint64_t counted_before = 0;
    std::uint32_t last_end = 0;  // of its last key or value
    MapEntry entry = {};         // the key that waits for its value
  };
  [[nodiscard]] bool merging() const;
  bool count(std::uint64_t nodes, std::size_t offset);
  void attach(const Finished& node, std::uint32_t end);
  void close_map(Frame& frame);
  void drop_duplicates(std::size_t first);
  [[nodiscard]] bool says_the_same(NodeId a, NodeId b) const;
  void merge(Frame& frame);

  std::string_view file_;
  std::uint64_t most_ = kExpandedNodes;
  Document document_;
  std::vector<Frame> frames_;
  std::vector<NodeId> pending_items_;
  std::vector<MapEntry> pending_entries_;
  std::uint64_t counted_ = 0;
  Finished last_ = {};
  std::optional<Lines> lines_;
};

}  // namespace fnlint
