// Locates a resource's properties: evaluated, merged, under canonical paths.
#pragma once

#include "link/stacks/stack_build.h"

#include <functional>
#include <span>
#include <string>

namespace fnlint::stacks {

// How spelled paths become canonical ones.
using RenameTable = std::span<const Rename>;

// The value of `local` with its places, as a node of `tree`: functions are evaluated, a Fn::If that
// the inputs decide is its branch, one that is open is both, merged entry by entry, each with its
// guard. `global` is the value that a Globals section gives: maps are merged, lists joined with the
// global items first, anything else is the local one. No node when neither is there.
Node locate(LinkContext& build, ScopeId scope, LocatedTree& tree, const ExprClosure& local,
            const ExprClosure& global, RenameTable renames);
// The same, with those entries of `global` alone that `inherits` takes, and with the entries of
// `further` records that `local` and those before them do not have.
Node locate(LinkContext& build, ScopeId scope, LocatedTree& tree, const ExprClosure& local,
            const ExprClosure& global, RenameTable renames,
            const std::function<bool(std::string_view)>& inherits,
            std::span<const ExprClosure> further = {});

// A value that is not written as such: made from another resource's properties by a transform.
struct MadeProperty {
  std::string path = {};
  ValueId value = {};
  Span where = {};
};
Node locate_made(LocatedTree& tree, std::span<const MadeProperty> properties);

// The node at a path of entries below: "TopicRulePayload.Sql".
Node at_path(Node node, std::string_view path);
// All nodes at a path with "*" for any entry and "[]" after a list's name for any item.
std::vector<Node> all_at_path(Node node, std::string_view path);

}  // namespace fnlint::stacks
