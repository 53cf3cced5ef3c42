// Hands out steps by the size of a system's texts, lends more from a common rest, and opens the
// properties of what was left out.

#include "link/stacks/work_shares.h"

#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace fnlint::stacks {

namespace {

constexpr std::uint64_t kStepsPerExpr = 64;
constexpr std::uint64_t kBorrowed = kExpandedNodes / 4;

TextId root_text(const LinkContext& build, ScopeId scope) {
  if (!scope.exists()) return {};
  while (build.scopes[scope.index].parent.exists()) scope = build.scopes[scope.index].parent;
  return build.scopes[scope.index].text;
}

std::uint64_t spent_key(TextId root) { return hash_of(cat("spent ", root.index)); }

// The node once more, at the end of the tree.
void copy_node(LocatedTree& tree, const std::vector<Property>& rows, Node node,
               const Property* more) {
  const std::uint32_t row = tree.open(node.name(), Property(rows[node.row()]), node.when());
  for (const Node& child : node.children()) copy_node(tree, rows, child, nullptr);
  if (more != nullptr) tree.close(tree.open(kRest, *more, {}), more->value);
  tree.close(row, node.value());
}

}  // namespace

WorkShares::WorkShares(LinkContext& build) : build_(build), shared_(kExpandedNodes) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (std::uint32_t i = 0; i < build.scopes.size(); ++i) {
    const TextId root = root_text(build, ScopeId{i});
    const Scope& scope = build.scopes[i];
    const std::vector<TextId> texts =
        scope.is_module() ? scope.texts : std::vector<TextId>{scope.text};
    for (const TextId text : texts)
      if (seen.emplace(root.index, text.index).second)
        exprs_[root.index] += build.facts(text).exprs.size();
  }
}

WorkShares::~WorkShares() {
  end();
  build_.nodes_left = kExpandedNodes;
}

void WorkShares::begin(TextId root) { begin(root, build_.facts(root).exprs.size()); }

void WorkShares::begin(ScopeId scope) {
  const TextId root = root_text(build_, scope);
  if (!root.exists()) return;
  const auto known = exprs_.find(root.index);
  begin(root, known != exprs_.end() ? known->second : build_.facts(root).exprs.size());
}

void WorkShares::begin(TextId root, std::uint64_t exprs) {
  if (current_ == root) return;
  end();
  current_ = root;
  const auto [row, added] = shares_.try_emplace(root.index);
  if (added) row->second.own = kStepsPerExpr * exprs;
  const Share& share = row->second;
  given_ = share.own + std::min(shared_, kBorrowed - share.borrowed);
  build_.nodes_left = given_;
}

void WorkShares::end() {
  if (!current_) return;
  Share& share = shares_[current_->index];
  const std::uint64_t taken = given_ - build_.nodes_left;
  const std::uint64_t borrowed = taken - std::min(taken, share.own);
  share.own -= std::min(taken, share.own);
  share.borrowed += borrowed;
  shared_ -= borrowed;
  if (build_.nodes_left == 0) tell(*current_);
  current_.reset();
}

void WorkShares::tell(TextId root) {
  if (!build_.noted.insert(spent_key(root)).second) return;
  build_.problem(build_.span(root, {}),
                 "this makes more values than are followed: what else there is of it is left out");
  for (std::uint32_t i = 0; i < build_.scopes.size(); ++i)
    if (root_text(build_, ScopeId{i}) == root) build_.stacks.scopes[i].complete = false;
}

bool is_spent(const LinkContext& build, ScopeId scope) {
  const TextId root = root_text(build, scope);
  return root.exists() && build.noted.contains(spent_key(root));
}

void open_spent(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i) {
    const ResourceId id{i};
    if (!build.draft(id).is_whole() || !is_spent(build, build.draft(id).scope)) continue;
    Property rest{.path = build.pool.string(kRest)};
    rest.key = rest.where = build.resource(id).name;
    rest.value = build.pool.with_uncertainty(build.pool.unknown("more than is followed"), kCut);
    const std::uint32_t row = build.properties.size();
    if (const Node known = build.draft(id).properties) {
      copy_node(build.properties, build.stacks.properties, known, &rest);
    } else {
      build.properties.open("", {}, {});
      build.properties.close(build.properties.open(kRest, rest, {}), rest.value);
      build.properties.close(row, build.pool.absent());
    }
    build.draft(id).properties = build.properties.node(row);
    build.resource(id).properties = {row + 1, build.properties.size() - row - 1};
  }
}

}  // namespace fnlint::stacks
