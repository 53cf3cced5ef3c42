#pragma once

#include "core/limits.h"
#include "frontends/documents/document.h"
#include "frontends/packages/manifests.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::manifests {

// What the readers of this folder share.

inline constexpr std::size_t kRows = 50'000;  // of one file
inline constexpr std::size_t kNeeds = 500'000;

// A place in a document; an absent one answers every question with nothing.
class Place {
 public:
  Place() = default;
  explicit Place(const Document& document)
      : document_(&document), id_(document.roots.empty() ? NodeId{} : document.roots.front()) {}
  Place(const Document& document, NodeId id) : document_(&document), id_(id) {}

  explicit operator bool() const { return id_.exists(); }
  [[nodiscard]] Place operator[](std::string_view key) const {
    return id_.exists() ? Place(*document_, document_->find(id_, key)) : Place();
  }
  [[nodiscard]] std::string_view text() const {
    if (!id_.exists() || is(NodeKind::List) || is(NodeKind::Map)) return {};
    return (*document_)[id_].text;
  }
  [[nodiscard]] bool is(NodeKind kind) const {
    return id_.exists() && (*document_)[id_].kind == kind;
  }
  [[nodiscard]] bool is_true() const { return is(NodeKind::Bool) && text() == "true"; }
  [[nodiscard]] Range range() const { return id_.exists() ? (*document_)[id_].range : Range{}; }
  [[nodiscard]] std::span<const MapEntry> entries() const {
    if (!is(NodeKind::Map)) return {};
    return document_->entries_of((*document_)[id_]);
  }
  [[nodiscard]] std::span<const NodeId> items() const {
    if (!is(NodeKind::List)) return {};
    return document_->items_of((*document_)[id_]);
  }
  [[nodiscard]] Place at(NodeId id) const { return {*document_, id}; }

 private:
  const Document* document_ = nullptr;
  NodeId id_ = {};
};

// Collects rows within the limits; needs are names until every row is known.
class Rows {
 public:
  Rows(Registry registry, bool lock) {
    list_.registry = registry;
    list_.lock = lock;
  }
  // The new row; of a row too many, one that is not kept.
  Dependency& add(std::string_view name, Range where);
  Dependency& add(Dependency row);
  // `by`, added before, needs what `key` will stand for.
  void needs(std::uint32_t by, std::string key);
  void key(std::string key, std::uint32_t row) { keys_.try_emplace(std::move(key), row); }
  [[nodiscard]] std::uint32_t last() const {
    return list_.rows.empty() ? 0 : static_cast<std::uint32_t>(list_.rows.size() - 1);
  }
  [[nodiscard]] std::optional<std::uint32_t> find(const std::string& key) const {
    const auto found = keys_.find(key);
    return found == keys_.end() ? std::nullopt : std::optional(found->second);
  }
  DependencyList& list() { return list_; }
  void take_problems(const Document& document);
  DependencyList finish();

 private:
  DependencyList list_;
  Dependency spare_;
  std::map<std::string, std::uint32_t> keys_;
  std::vector<std::pair<std::uint32_t, std::string>> needs_;
};

// An exact version as it is, or as a range of that registry may pin it ("==1.0", "[1.0]", "=1.0").
void set_version(Dependency& row, std::string_view written);
bool is_version(std::string_view text);  // begins with a digit and has no operator

}  // namespace fnlint::manifests
