// Keeps a stack of open containers, counts every node as often as aliases repeat it, and stops at
// the limit: a small file cannot unfold into a large tree.

#include "frontends/documents/tree_builder.h"

#include "core/text.h"
#include "frontends/documents/readable_text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace fnlint {
namespace {

constexpr std::size_t kSmallMap = 16;         // entries that are compared without a hash table
constexpr std::uint64_t kKeyBytesANode = 64;  // a copied key counts as its length in these

std::uint32_t row(std::size_t size) { return static_cast<std::uint32_t>(size); }

}  // namespace

bool TreeBuilder::key(std::string_view text, Range range, KeyKind kind) {
  Frame& frame = frames_.back();
  frame.entry = {std::string(text), range, {}, kind == KeyKind::Merge};
  frame.merges = frame.merges || kind == KeyKind::Merge;
  frame.state = State::WantsValue;
  frame.last_end = std::max(frame.last_end, range.end);
  return true;
}

bool TreeBuilder::add(Node scalar) {
  const Range range = scalar.range;
  const NodeId id{row(document_.nodes.size())};
  document_.nodes.push_back(std::move(scalar));
  last_ = {id, 1, 1};
  attach(last_, range.end);
  return count(1, range.begin);
}

bool TreeBuilder::reuse(const Finished& node, Range at) {
  if (frames_.size() + node.height > kNestingDepth + (merging() ? 1 : 0)) {
    end(at.begin,
        cat("nested more than ", kNestingDepth, " deep through aliases; not read further"));
    return false;
  }
  last_ = node;
  attach(node, at.end);
  return count(node.unfolded, at.begin);
}

bool TreeBuilder::open(Node container) {
  const std::uint32_t begin = container.range.begin;
  if (frames_.size() >= kNestingDepth) {
    end(begin, cat("nested more than ", kNestingDepth, " deep; not read further"));
    return false;
  }
  Frame frame;
  frame.is_key = at_key();
  frame.node.id = NodeId{row(document_.nodes.size())};
  frame.counted_before = counted_;
  frame.last_end = begin;
  const bool map = container.kind == NodeKind::Map;
  frame.state = map ? State::WantsKey : State::List;
  frame.first = map ? pending_entries_.size() : pending_items_.size();
  document_.nodes.push_back(std::move(container));
  frames_.push_back(std::move(frame));
  return count(1, begin);
}

void TreeBuilder::close_at_last_child() { close(frames_.back().last_end); }

void TreeBuilder::close(std::uint32_t end) {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  Node& node = document_.nodes[frame.node.id.index];
  if (frame.state == State::List) {
    node.items = {row(document_.items.size()), row(pending_items_.size() - frame.first)};
    document_.items.insert(document_.items.end(),
                           pending_items_.begin() + static_cast<std::ptrdiff_t>(frame.first),
                           pending_items_.end());
    pending_items_.resize(frame.first);
  } else {
    close_map(frame);
  }
  node.range.end = std::max(node.range.begin, end);
  frame.node.unfolded = counted_ - frame.counted_before;
  last_ = frame.node;
  if (frame.is_key) {
    problem(node.range, "a key must be text, not a list or a map; this entry is left out");
    frames_.back().state = State::DropsValue;
  } else {
    attach(frame.node, node.range.end);
  }
}

void TreeBuilder::close_map(Frame& frame) {
  drop_duplicates(frame.first);
  if (frame.merges) merge(frame);
  const auto first = pending_entries_.begin() + static_cast<std::ptrdiff_t>(frame.first);
  document_.nodes[frame.node.id.index].entries = {row(document_.entries.size()),
                                                  row(pending_entries_.size() - frame.first)};
  document_.entries.insert(document_.entries.end(), std::make_move_iterator(first),
                           std::make_move_iterator(pending_entries_.end()));
  pending_entries_.resize(frame.first);
}

// Puts a finished node into the container around it.
void TreeBuilder::attach(const Finished& node, std::uint32_t end) {
  if (frames_.empty()) {
    document_.roots.push_back(node.id);
    return;
  }
  Frame& frame = frames_.back();
  frame.last_end = std::max(frame.last_end, end);
  frame.node.height = std::max(frame.node.height, node.height + (merging() ? 0 : 1));
  if (frame.state == State::List) {
    pending_items_.push_back(node.id);
  } else if (frame.state == State::WantsValue) {
    frame.entry.value = node.id;
    pending_entries_.push_back(std::move(frame.entry));
    frame.state = State::WantsKey;
  } else {
    frame.state = State::WantsKey;
  }
}

// Whether the next value is a merge key's: its entries move up into the map around it.
bool TreeBuilder::merging() const {
  return !frames_.empty() && frames_.back().state == State::WantsValue &&
         frames_.back().entry.merged;
}

bool TreeBuilder::count(std::uint64_t nodes, std::size_t offset) {
  counted_ += std::min(nodes, most_);
  if (counted_ <= most_) return true;
  end(offset, cat("more than ", most_, " values; not read further"));
  return false;
}

// Of scalars alone: what is longer is seldom meant to stand twice.
bool TreeBuilder::says_the_same(NodeId a, NodeId b) const {
  const Node& one = document_.nodes[a.index];
  const Node& other = document_.nodes[b.index];
  return one.kind == other.kind && one.kind != NodeKind::List && one.kind != NodeKind::Map &&
         one.text == other.text && one.tag == other.tag;
}

// The last of a map's equal keys stands, as in what deploying tools read templates with.
void TreeBuilder::drop_duplicates(std::size_t first) {
  const std::size_t size = pending_entries_.size() - first;
  std::unordered_map<std::string_view, std::size_t> places;
  std::vector<bool> dropped;
  std::vector<std::size_t> firsts;  // of each key that stands there again and again
  const auto earlier = [&](std::size_t at) -> std::size_t {
    const std::string_view key = pending_entries_[at].key;
    if (size > kSmallMap) {
      const auto [known, is_new] = places.emplace(key, at);
      return is_new ? at : std::exchange(known->second, at);
    }
    for (std::size_t i = at; i > first; --i) {
      if (pending_entries_[i - 1].key == key) return i - 1;
    }
    return at;
  };
  if (size > kSmallMap) places.reserve(size);
  for (std::size_t i = first; i < pending_entries_.size(); ++i) {
    const std::size_t same = earlier(i);
    if (same == i || pending_entries_[i].merged) continue;
    const MapEntry& entry = pending_entries_[i];
    if (dropped.empty()) dropped.resize(size);
    if (firsts.empty()) firsts.resize(size, size);
    const std::size_t known = firsts[same - first];
    const std::size_t origin = known == size ? same : known;
    firsts[i - first] = origin;
    problem(entry.key_range,
            cat("duplicate key \"", entry.key.substr(0, 80), "\": it ",
                says_the_same(entry.value, pending_entries_[same].value) ? "says the same as"
                                                                         : "replaces",
                " the one at ", place(pending_entries_[origin].key_range.begin)));
    dropped[same - first] = true;
  }
  if (dropped.empty()) return;
  std::size_t kept = first;
  for (std::size_t i = first; i < first + size; ++i) {
    if (dropped[i - first]) continue;
    if (kept != i) pending_entries_[kept] = std::move(pending_entries_[i]);
    ++kept;
  }
  pending_entries_.resize(kept);
}

// Replaces each "<<" by those entries of its map, or maps, whose keys are not there yet.
void TreeBuilder::merge(Frame& frame) {
  const auto first = pending_entries_.begin() + static_cast<std::ptrdiff_t>(frame.first);
  std::vector<MapEntry> entries, merges;
  for (auto entry = first; entry != pending_entries_.end(); ++entry) {
    (entry->merged ? merges : entries).push_back(std::move(*entry));
  }
  pending_entries_.resize(frame.first);
  std::unordered_set<std::string> seen;
  for (const MapEntry& entry : entries) seen.insert(entry.key);
  std::uint64_t key_bytes = 0;
  const auto take = [&](NodeId source, Range at) {
    const Node& node = document_.nodes[source.index];
    if (node.kind != NodeKind::Map) {
      problem(at, "a merge key (<<) takes a map or a list of maps");
      return;
    }
    for (const MapEntry& entry : document_.entries_of(node)) {
      if (counted_ + key_bytes / kKeyBytesANode > most_) return;
      key_bytes += entry.key.size() + kKeyBytesANode;
      if (!seen.insert(entry.key).second) continue;
      entries.push_back({entry.key, entry.key_range, entry.value, true});
    }
  };
  for (const MapEntry& entry : merges) {
    const Node& value = document_.nodes[entry.value.index];
    if (value.kind == NodeKind::List) {
      for (const NodeId item : document_.items_of(value)) take(item, entry.key_range);
    } else {
      take(entry.value, entry.key_range);
    }
  }
  counted_ += key_bytes / kKeyBytesANode;
  std::move(entries.begin(), entries.end(), std::back_inserter(pending_entries_));
}

void TreeBuilder::end(std::size_t offset, std::string message) {
  document_.problems.push_back({character_at(file_, offset), std::move(message)});
}

std::string TreeBuilder::place(std::uint32_t offset) {
  if (!lines_) lines_.emplace(file_);
  const Place at = lines_->place(offset);
  return cat("line ", at.line, ", column ", at.column);
}

Document TreeBuilder::finish(bool complete) {
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (frame.state == State::WantsValue) {
      Node missing;
      missing.range = {frame.entry.key_range.end, frame.entry.key_range.end};
      add(std::move(missing));
    }
    close_at_last_child();
  }
  std::ranges::stable_sort(document_.problems, {},
                           [](const Problem& problem) { return problem.where.begin; });
  document_.complete = complete;
  return std::move(document_);
}

}  // namespace fnlint
