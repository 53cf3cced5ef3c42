// Splits choices into ways, merges the entries of all ways under their guards, and joins a
// resource's own properties with global and spread ones.

#include "link/stacks/stack_properties.h"

#include "core/text.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_conditions.h"
#include "values/whole_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kSpreadEntries = 4096;  // of one map, from what is spread into it

// What an expression is in the branches that are possible: none of them is a Fn::If.
struct Ways {
  std::vector<ExprClosure> written = {};
  std::vector<GuardId> absent = {};  // branches in which it is not there
};

struct PropertyEntry {
  std::string name = {}, path = {};
  std::string native = {};  // where it is not the path
  Span key = {};
  std::optional<Ways> local = {}, global = {};
  GuardId when = {};
};

struct RecordEntry {
  std::string name = {};
  Span key = {};
  ExprClosure value = {};
};

class Locator {
 public:
  Locator(LinkContext& build, ScopeId scope, LocatedTree& tree, RenameTable renames,
          const std::function<bool(std::string_view)>& inherits,
          std::span<const ExprClosure> further)
      : build_(build),
        scope_(scope),
        tree_(tree),
        renames_(renames),
        inherits_(inherits),
        further_(further) {}

  Ways settle(const ExprClosure& at, bool top = false);
  // Adds the entry's node; the value is Absent, and there is no node, where it is never there.
  ValueId add(PropertyEntry entry, std::uint32_t depth);

 private:
  [[nodiscard]] bool is_absent(const ExprClosure& at, bool top) const;
  [[nodiscard]] std::optional<ExprClosure> follow(const ExprClosure& at) const {
    const auto step = dialect_of(build_, at.text).follow;
    return step != nullptr ? step(build_, scope_, at) : std::nullopt;
  }
  void branch(const ExprClosure& at, std::vector<ExprClosure>& open);
  void take(const ExprClosure& next, bool top, std::vector<ExprClosure>& open, Ways& ways);
  std::vector<RecordEntry> entries(const ExprClosure& record, std::uint32_t depth);
  void spread(const ExprClosure& at, std::uint32_t depth, std::vector<RecordEntry>& out);
  void add_further(std::vector<RecordEntry>& rows);
  std::string key_of(const ExprClosure& record, const Operand& operand);
  PropertyEntry below(const PropertyEntry& parent, std::string_view name) const;
  ValueId add_entries(const PropertyEntry& parent, std::span<const ExprClosure> ways,
                      std::uint32_t depth);
  ValueId add_items(const PropertyEntry& parent, std::span<const ExprClosure> ways, bool joined,
                    std::uint32_t depth);
  void add_rest();
  [[nodiscard]] bool is_unread(const Ways& ways, const std::optional<Ways>& global) const;
  ValueId whole_value(const Ways& ways, ValueId composed);
  void merge(Ways& into, Ways from) const;
  bool all_of(std::span<const ExprClosure> ways, ExprKind kind) const {
    return std::ranges::all_of(
        ways, [&](const ExprClosure& way) { return build_.expr(way).kind == kind; });
  }

  LinkContext& build_;
  ScopeId scope_;
  LocatedTree& tree_;
  RenameTable renames_;
  const std::function<bool(std::string_view)>& inherits_;
  std::span<const ExprClosure> further_;
  bool is_open_ = false;  // of the record whose entries are read: some are not known
};

void Locator::branch(const ExprClosure& at, std::vector<ExprClosure>& open) {
  const Condition condition = condition_of_choice(build_, scope_, at);
  for (const bool holds : {false, true}) {  // the last one pushed is taken first
    if (condition.decided && *condition.decided != holds) continue;
    ExprClosure next = build_.operand(at, holds ? 1 : 2);
    if (!next.exists()) continue;
    if (!condition.decided) {
      const auto when = both(build_, at.when, guard_of(build_.pool, condition, holds));
      if (!when) continue;
      next.when = *when;
      if (condition.open) next.uncertainty |= kConditional;
    }
    open.push_back(next);
  }
}

// A property that is null is one that is not there; deeper in, null may be meant.
bool Locator::is_absent(const ExprClosure& at, bool top) const {
  if (top && build_.expr(at).kind == ExprKind::Null) return true;
  return build_.function(at) == "Ref" && build_.literal(build_.operand(at, 0)) == "AWS::NoValue";
}

// What is one of the ways, or leads on to them.
void Locator::take(const ExprClosure& next, bool top, std::vector<ExprClosure>& open, Ways& ways) {
  const std::string_view function = build_.function(next);
  const bool full = ways.written.size() + open.size() >= kAlternatives;
  if (function == "Fn::If" && !full) {
    branch(next, open);
  } else if (is_absent(next, top)) {
    ways.absent.push_back(next.when);
  } else if (const auto followed = follow(next); followed && !full) {
    open.push_back(*followed);
  } else if (function == "Fn::Transform") {
    const auto content = included(build_, scope_, next);
    if (content && content->exists())
      open.push_back(*content);
    else
      ways.written.push_back(next);
  } else {
    ways.written.push_back(next);
  }
}

Ways Locator::settle(const ExprClosure& at, bool top) {
  Ways ways;
  std::vector<ExprClosure> open;
  for (ExprClosure next = at;;) {
    take(next, top, open, ways);
    if (open.empty()) return ways;
    next = open.back();
    open.pop_back();
  }
}

std::string Locator::key_of(const ExprClosure& record, const Operand& operand) {
  if (!operand.key.exists()) return std::string(build_.facts(record.text).string(operand.name));
  ExprClosure key = record;
  key.expr = operand.key;
  return whole_words(build_.pool, value_of(build_, scope_, key));
}

void Locator::spread(const ExprClosure& at, std::uint32_t depth, std::vector<RecordEntry>& out) {
  const std::string_view function = build_.function(at);
  if (depth >= kNestingDepth) return;
  if (function == "Fn::ForEach") {
    for (const ExprClosure& turn : loop_turns(build_, scope_, at)) {
      for (RecordEntry& entry : entries(turn, depth + 1)) {
        if (build_.nodes_left == 0) return;
        --build_.nodes_left;
        out.push_back(std::move(entry));
      }
    }
  } else if (function == "Fn::Transform") {
    const auto content = included(build_, scope_, at);
    const bool is_read =
        content && content->exists() && build_.expr(*content).kind == ExprKind::Record;
    is_open_ = is_open_ || !is_read;
    if (!is_read) return;
    for (RecordEntry& entry : entries(*content, depth + 1)) out.push_back(std::move(entry));
  } else if (build_.nodes_left == 0) {
    return;
  } else if (const auto followed = follow(at)) {
    --build_.nodes_left;
    for (RecordEntry& entry : entries(*followed, depth + 1)) {
      if (out.size() >= kSpreadEntries) return;
      out.push_back(std::move(entry));
    }
  } else if (build_.expr(at).kind == ExprKind::Unknown) {
    is_open_ = true;  // more may follow that is not known
  }
}

std::vector<RecordEntry> Locator::entries(const ExprClosure& record, std::uint32_t depth) {
  std::vector<RecordEntry> found;
  if (build_.expr(record).kind != ExprKind::Record) return found;
  const TemplateFacts& facts = build_.facts(record.text);
  const Slice<Operand> slice = build_.expr(record).operands;
  found.reserve(slice.count);
  for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) {
    const Operand& operand = facts.operands[i];
    ExprClosure value = record;
    value.expr = operand.value;
    if (!value.exists()) continue;
    if (operand.spread != 0) {
      spread(value, depth, found);
    } else {
      found.push_back(
          {key_of(record, operand), build_.span(record.text, facts.operand_ranges[i]), value});
    }
  }
  return found;
}

void Locator::add_further(std::vector<RecordEntry>& rows) {
  for (const ExprClosure& record : further_)
    for (RecordEntry& entry : entries(record, 0))
      if (std::ranges::find(rows, entry.name, &RecordEntry::name) == rows.end())
        rows.push_back(std::move(entry));
}

PropertyEntry Locator::below(const PropertyEntry& parent, std::string_view name) const {
  const auto inside = [&](std::string_view path) {
    return path.empty() ? std::string(name) : cat(path, ".", name);
  };
  PropertyEntry entry{.name = std::string(name)};
  entry.path = inside(parent.path);
  if (!parent.native.empty()) entry.native = inside(parent.native);
  const std::string& native = entry.native.empty() ? entry.path : entry.native;
  if (const auto rename = std::ranges::find(renames_, native, &Rename::native);
      rename != renames_.end()) {
    if (entry.native.empty()) entry.native = std::move(entry.path);
    entry.path = rename->canonical;
  }
  entry.when = parent.when;
  return entry;
}

void Locator::merge(Ways& into, Ways from) const {
  if (into.written.empty() && into.absent.empty()) {
    into = std::move(from);
    return;
  }
  into.written.insert(into.written.end(), from.written.begin(), from.written.end());
  into.absent.insert(into.absent.end(), from.absent.begin(), from.absent.end());
}

// Where a name stands among the entries, or their number where it does not.
class EntryPlaces {
 public:
  explicit EntryPlaces(const std::vector<PropertyEntry>& entries) : entries_(entries) {}
  std::size_t of(const std::string& name) {
    if (entries_.size() < kFew)
      return static_cast<std::size_t>(std::ranges::find(entries_, name, &PropertyEntry::name) -
                                      entries_.begin());
    for (std::size_t i = by_name_.size(); i < entries_.size(); ++i)
      by_name_.emplace(entries_[i].name, i);
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? entries_.size() : found->second;
  }

 private:
  static constexpr std::size_t kFew = 16;  // up to which looking at each costs less than a table

  const std::vector<PropertyEntry>& entries_;
  std::unordered_map<std::string, std::size_t> by_name_;
};

// The entries of all ways by name, in the order in which they are first met.
ValueId Locator::add_entries(const PropertyEntry& parent, std::span<const ExprClosure> ways,
                             std::uint32_t depth) {
  std::vector<PropertyEntry> children;
  EntryPlaces places(children);
  std::vector<std::size_t> seen;  // ways that have the child
  is_open_ = false;
  for (std::size_t w = 0; w < ways.size(); ++w) {
    const bool merged = ways.size() == 2 && ways[1].inherited && !ways[0].inherited;
    std::vector<RecordEntry> rows = entries(ways[w], depth);
    if (parent.path.empty() && w == 0) add_further(rows);
    for (RecordEntry& entry : rows) {
      if (ways[w].inherited && parent.path.empty() && inherits_ && !inherits_(entry.name)) continue;
      const std::size_t place = places.of(entry.name);
      if (place == children.size()) {
        children.push_back(below(parent, entry.name));
        children.back().key = entry.key;
        seen.push_back(0);
        // Missing in the ways before.
        if (!merged)
          for (std::size_t before = 0; before < w; ++before) {
            if (!children.back().local) children.back().local = Ways{};
            children.back().local->absent.push_back(ways[before].when);
          }
      }
      PropertyEntry& child = children[place];
      std::optional<Ways>& side = merged && w == 1 ? child.global : child.local;
      if (!side) side = Ways{};
      merge(*side, settle(entry.value, parent.path.empty()));
      seen[place] = w + 1;
    }
    if (merged) continue;
    for (std::size_t i = 0; i < children.size(); ++i)
      if (seen[i] != w + 1) children[i].local->absent.push_back(ways[w].when);
  }
  const bool is_open = is_open_;
  std::vector<NamedValue> values;
  values.reserve(children.size());
  for (PropertyEntry& child : children) {
    const StringId name = build_.pool.string(child.name);
    const ValueId value = add(std::move(child), depth + 1);
    if (!build_.pool.is(value, ValueKind::Absent)) values.push_back({name, value});
  }
  if (is_open && parent.path.empty()) add_rest();
  return build_.pool.record(values, is_open);
}

// The rows of a resource say that there may be more of them.
void Locator::add_rest() {
  const Property rest{.path = build_.pool.string(kRest)};
  const std::uint32_t row = tree_.open(kRest, rest, {});
  tree_.close(row, build_.pool.unknown("a transform may add properties"));
}

// Whether something stands in the place of a whole body, or of what it inherits, that cannot be
// read: what a transform or another file gives.
bool Locator::is_unread(const Ways& ways, const std::optional<Ways>& global) const {
  const auto is_open = [&](const ExprClosure& way) {
    const ExprKind kind = build_.expr(way).kind;
    return kind == ExprKind::Apply || kind == ExprKind::Unknown;
  };
  return std::ranges::any_of(ways.written, is_open) ||
         (global && std::ranges::any_of(global->written, is_open));
}

// Items by their position; `joined`: the ways' items follow one another.
ValueId Locator::add_items(const PropertyEntry& parent, std::span<const ExprClosure> ways,
                           bool joined, std::uint32_t depth) {
  std::vector<Ways> items;
  for (std::size_t w = 0; w < ways.size(); ++w) {
    const std::size_t start = joined ? items.size() : 0;
    const std::size_t count = build_.operands(ways[w]).size();
    for (std::size_t i = 0; i < count; ++i) {
      if (start + i >= items.size()) {
        items.emplace_back();
        if (!joined)
          for (std::size_t before = 0; before < w; ++before)
            items.back().absent.push_back(ways[before].when);
      }
      const ExprClosure item = build_.operand(ways[w], i);
      if (item.exists()) merge(items[start + i], settle(item));
    }
    if (joined) continue;
    for (std::size_t i = count; i < items.size(); ++i) items[i].absent.push_back(ways[w].when);
  }
  std::vector<ValueId> values;
  for (Ways& item : items) {
    if (item.written.empty()) continue;
    PropertyEntry child = below(parent, std::to_string(values.size()));
    child.key = build_.span(item.written.front());
    child.local = std::move(item);
    const ValueId value = add(std::move(child), depth + 1);
    if (!build_.pool.is(value, ValueKind::Absent)) values.push_back(value);
  }
  return build_.pool.list(values);
}

// `composed`: made of the children, where there is one way; no id where the value is no container.
ValueId Locator::whole_value(const Ways& ways, ValueId composed) {
  if (ways.written.size() == 1 && ways.absent.empty())
    return composed.exists() ? composed : value_of(build_, scope_, ways.written.front());
  std::vector<Alternative> alternatives;
  for (const ExprClosure& way : ways.written) {
    const bool one = ways.written.size() == 1 && composed.exists();
    alternatives.push_back({one ? composed : value_of(build_, scope_, way), way.when});
  }
  for (const GuardId when : ways.absent) alternatives.push_back({build_.pool.absent(), when});
  return build_.pool.one_of(alternatives);
}

ValueId Locator::add(PropertyEntry entry, std::uint32_t depth) {
  const Ways ways = entry.local ? std::move(*entry.local) : entry.global.value_or(Ways{});
  if (ways.written.empty() || depth > kNestingDepth || build_.nodes_left == 0)
    return build_.pool.absent();
  // Its place in the tree, under a path that is as long as it is.
  build_.nodes_left -= std::min<std::uint64_t>(build_.nodes_left, 2 + entry.path.size() / 32);
  // Maps and lists of both sides are put together; a function counts as a plain value.
  bool merged = false;
  if (entry.local && entry.global && ways.written.size() == 1 && ways.absent.empty() &&
      entry.global->written.size() == 1 && entry.global->absent.empty()) {
    const ExprKind kind = build_.expr(ways.written[0]).kind;
    merged = kind == build_.expr(entry.global->written[0]).kind &&
             (kind == ExprKind::Record || kind == ExprKind::List);
  }
  const ExprClosure& first = ways.written.front();
  if (ways.written.size() == 1) entry.when = first.when;
  Property property{.path = build_.pool.string(entry.path), .key = entry.key};
  if (!entry.native.empty() && entry.native != entry.path)
    property.native_path = build_.pool.string(entry.native);
  property.where = build_.span(first);
  property.inherited = first.inherited;
  const std::uint32_t row = tree_.open(entry.name, property, entry.when);
  std::vector<ExprClosure> sides = ways.written;
  ValueId composed;
  if (entry.path.empty() && is_unread(ways, entry.global)) add_rest();
  if (all_of(sides, ExprKind::Record)) {
    if (merged) sides.push_back(entry.global->written[0]);
    composed = add_entries(entry, sides, depth);
  } else if (all_of(sides, ExprKind::List)) {
    if (merged) sides.insert(sides.begin(), entry.global->written[0]);
    composed = add_items(entry, sides, merged, depth);
  }
  const ValueId value = whole_value(ways, composed);
  tree_.close(row, value);
  return value;
}

}  // namespace

Node locate(LinkContext& build, ScopeId scope, LocatedTree& tree, const ExprClosure& local,
            const ExprClosure& global, RenameTable renames) {
  return locate(build, scope, tree, local, global, renames, {});
}

Node locate(LinkContext& build, ScopeId scope, LocatedTree& tree, const ExprClosure& local,
            const ExprClosure& global, RenameTable renames,
            const std::function<bool(std::string_view)>& inherits,
            std::span<const ExprClosure> further) {
  Locator locator(build, scope, tree, renames, inherits, further);
  PropertyEntry entry{.when = local.when};
  if (local.exists()) entry.local = locator.settle(local);
  if (global.exists()) entry.global = locator.settle(global);
  const std::uint32_t row = tree.size();
  locator.add(std::move(entry), 0);
  return tree.size() > row ? tree.node(row) : Node{};
}

Node locate_made(LocatedTree& tree, std::span<const MadeProperty> properties) {
  const std::uint32_t root = tree.open("", {}, {});
  for (const MadeProperty& made : properties) {
    Property property{.path = tree.pool().string(made.path)};
    property.key = property.where = made.where;
    const std::uint32_t row = tree.open(made.path, property, {});
    tree.close(row, made.value);
  }
  tree.close(root, tree.pool().absent());
  return tree.node(root);
}

Node at_path(Node node, std::string_view path) {
  for (const std::string_view part : split(path, '.')) node = node[part];
  return node;
}

std::vector<Node> all_at_path(Node node, std::string_view path) {
  std::vector<Node> found;
  if (node) found.push_back(node);
  for (const std::string_view part : split(path, '.')) {
    const bool items = part.ends_with("[]");
    const std::string_view name = items ? part.substr(0, part.size() - 2) : part;
    std::vector<Node> next;
    for (const Node& from : found) {
      if (name == "*") {
        for (const Node& child : from.children()) next.push_back(child);
      } else if (const Node child = from[name]) {
        if (!items) next.push_back(child);
        for (const Node& item : items ? child.children() : std::vector<Node>{})
          next.push_back(item);
      }
    }
    found = std::move(next);
  }
  return found;
}

}  // namespace fnlint::stacks
