// Follows exports, constants, spreads and choices in the code form without running it; what only a
// run could tell becomes a variable.

#include "frontends/templates/program_document.h"

#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace fnlint {
namespace {

constexpr std::string_view kProgram = "${program:}";
// What is put together of other parts may double at each step; more than this it does not become.
constexpr std::size_t kParts = 4096;

class ProgramReader {
 public:
  explicit ProgramReader(const CodeFacts& facts) : facts_(facts), done_(facts.exprs.size()) {}

  Document read() {
    collect();
    if (whole_.exists()) {
      document_.roots.push_back(convert(whole_, 0));
    } else {
      std::vector<MapEntry> entries;
      for (const auto& [name, value] : exports_)
        entries.push_back({.key = name,
                           .key_range = facts_.expr_ranges[value.index],
                           .value = convert(value, 0)});
      // export * from "./other"
      for (const Import& row : facts_.imports) {
        if ((row.flags & kReexport) == 0 || (row.flags & kStar) == 0) continue;
        entries.push_back({.key = cat("${spread ", entries.size(), "}"),
                           .key_range = row.where,
                           .value = text(cat("${import(", facts_.string(row.module), "):}"),
                                         row.where)});
      }
      document_.roots.push_back(map(std::move(entries), {}));
    }
    document_.problems = facts_.problems;
    return std::move(document_);
  }

 private:
  struct Assigned {
    ExprId value = {};
    std::uint32_t times = 0;
    std::vector<std::pair<std::string, ExprId>> members = {};  // assigned afterwards
  };

  [[nodiscard]] const Expr& expr(ExprId id) const { return facts_.exprs[id.index]; }
  [[nodiscard]] std::string_view name_of(std::uint32_t variable) const {
    return variable < facts_.variables.size()
               ? facts_.string(facts_.variables[variable].name)
               : std::string_view{};
  }

  // What the module's own statements assign; what stands inside others may not happen.
  void collect() {
    if (facts_.functions.empty()) return;
    const Function& init = facts_.functions.front();
    for (OpId op = init.first; op.exists() && op.index < init.end.index;) {
      const Op& row = facts_.ops[op.index];
      if (row.kind == OpKind::Assign) assign(facts_.assigns[row.detail]);
      op.index = std::max(op.index + 1, row.end.index);
    }
  }
  // The framework calls what is exported. What a function returns where it has one way to its end.
  NodeId returned(FunctionId id, Range range, std::uint32_t depth) {
    const Function& function = facts_.functions[id.index];
    if ((function.flags & kGenerator) != 0) return text(std::string(kProgram), range);
    ExprId result;
    for (OpId op = function.first; op.exists() && op.index < function.end.index; ++op.index) {
      const Op& row = facts_.ops[op.index];
      if (row.kind != OpKind::Exit || facts_.exits[row.detail].kind != ExitKind::Return) continue;
      if (result.exists()) return text(std::string(kProgram), range);
      result = facts_.exits[row.detail].value;
    }
    if (!result.exists()) return text(std::string(kProgram), range);
    for (OpId op = function.first; op.index < function.end.index;) {
      const Op& row = facts_.ops[op.index];
      if (row.kind == OpKind::Assign) assign(facts_.assigns[row.detail]);
      op.index = std::max(op.index + 1, row.end.index);
    }
    return convert(result, depth);
  }
  void assign(const Assign& row) {
    if (!row.target.exists() || !row.value.exists() || row.mode == AssignMode::Update) return;
    const Expr& target = expr(row.target);
    if (target.kind == ExprKind::Variable) {
      if (name_of(target.ref) == "exports") whole_ = row.value;
      Assigned& known = assigned_[target.ref];
      known.value = row.value;
      ++known.times;
    }
    if (target.kind != ExprKind::Member || target.ref >= facts_.exprs.size()) return;
    const Expr& base = facts_.exprs[target.ref];
    if (base.kind != ExprKind::Variable) return;
    const std::string name(facts_.string(target.name));
    if (name_of(base.ref) == "exports") {
      if (name == "default" || name != "__esModule") exports_.insert_or_assign(name, row.value);
    } else {
      assigned_[base.ref].members.emplace_back(name, row.value);
    }
  }

  NodeId add(Node node) {
    document_.nodes.push_back(std::move(node));
    return NodeId{static_cast<std::uint32_t>(document_.nodes.size() - 1)};
  }
  NodeId scalar(NodeKind kind, std::string text, Range range) {
    return add({.kind = kind, .range = range, .text = std::move(text)});
  }
  NodeId text(std::string text, Range range) {
    return scalar(NodeKind::Text, std::move(text), range);
  }
  NodeId map(std::vector<MapEntry> entries, Range range) {
    Node node{.kind = NodeKind::Map, .range = range};
    node.entries = {static_cast<std::uint32_t>(document_.entries.size()),
                    static_cast<std::uint32_t>(entries.size())};
    for (MapEntry& entry : entries) document_.entries.push_back(std::move(entry));
    return add(std::move(node));
  }
  NodeId list(const std::vector<NodeId>& items, Range range) {
    Node node{.kind = NodeKind::List, .range = range};
    node.items = {static_cast<std::uint32_t>(document_.items.size()),
                  static_cast<std::uint32_t>(items.size())};
    document_.items.insert(document_.items.end(), items.begin(), items.end());
    return add(std::move(node));
  }

  NodeId convert(ExprId id, std::uint32_t depth) {
    const Range range = facts_.expr_ranges[id.index];
    if (depth >= kNestingDepth || begun_.contains(id.index) ||
        document_.nodes.size() >= kExpandedNodes)
      return text(std::string(kProgram), range);
    if (done_[id.index].exists()) return done_[id.index];
    begun_.emplace(id.index, true);
    const NodeId result = converted(id, range, depth + 1);
    begun_.erase(id.index);
    done_[id.index] = result;
    return result;
  }

  NodeId converted(ExprId id, Range range, std::uint32_t depth) {
    const Expr& row = expr(id);
    const std::string_view name = facts_.string(row.name);
    switch (row.kind) {
      case ExprKind::Null: return scalar(NodeKind::Null, {}, range);
      case ExprKind::Bool: return scalar(NodeKind::Bool, row.detail != 0 ? "true" : "false", range);
      case ExprKind::Number: return scalar(NodeKind::Number, std::string(name), range);
      case ExprKind::Text: return text(std::string(name), range);
      case ExprKind::Concat: return concat(row, range, depth);
      case ExprKind::List: return items(row, range, depth);
      case ExprKind::Record: return record(row, range, depth);
      case ExprKind::Variable: return variable(row.ref, range, depth);
      case ExprKind::Member: return member(row, range, depth);
      case ExprKind::Operator: return otherwise(row, range, depth);
      case ExprKind::Choose: return choice(row, range, depth);
      case ExprKind::Result: return call(row.ref, range, depth);
      case ExprKind::Function:
        if (depth == 1) return returned(FunctionId{row.ref}, range, depth);
        return text(std::string(kProgram), range);
      default: return text(std::string(kProgram), range);
    }
  }

  NodeId concat(const Expr& row, Range range, std::uint32_t depth) {
    std::string all;
    for (const Operand& part : facts_.operands_of(row.operands)) {
      const Node& node = document_[convert(part.value, depth)];
      const bool plain = node.kind == NodeKind::Text || node.kind == NodeKind::Number ||
                         node.kind == NodeKind::Bool;
      all += plain ? std::string_view(node.text) : kProgram;
      if (all.size() > kTextInput) return text(std::string(kProgram), range);
    }
    return text(std::move(all), range);
  }

  NodeId items(const Expr& row, Range range, std::uint32_t depth) {
    std::vector<NodeId> found;
    for (const Operand& operand : facts_.operands_of(row.operands)) {
      if (found.size() > kParts) break;
      const NodeId item = convert(operand.value, depth);
      const Node node = document_[item];
      if (operand.spread != 0 && is_choice(node)) {
        spread_items(node, found);
      } else if (operand.spread != 0 && node.kind == NodeKind::List) {
        const auto inner = document_.items_of(node);
        found.insert(found.end(), inner.begin(), inner.end());
      } else {
        found.push_back(item);
      }
    }
    return list(found, range);
  }

  static void put(std::vector<MapEntry>& entries, MapEntry entry) {
    if (entries.size() > kParts) return;
    const auto known = std::ranges::find(entries, entry.key, &MapEntry::key);
    if (known != entries.end())
      *known = std::move(entry);
    else
      entries.push_back(std::move(entry));
  }

  // The entries of a record; those of another map that is spread are its own. One that is spread
  // from elsewhere is put in under a merge key, which link follows.
  NodeId record(const Expr& row, Range range, std::uint32_t depth) {
    std::vector<MapEntry> entries;
    std::uint32_t at = row.operands.first;
    for (const Operand& operand : facts_.operands_of(row.operands)) {
      const Range key_range = facts_.operand_ranges[at++];
      if (operand.spread == kLeftOutOfSpread) {
        const std::string_view left_out = facts_.string(operand.name);
        std::erase_if(entries, [&](const MapEntry& entry) { return entry.key == left_out; });
        continue;
      }
      const NodeId value = convert(operand.value, depth);
      if (operand.spread != 0) {
        const Node node = document_[value];
        if (is_choice(node)) {
          spread_entries(node, entries);
        } else if (node.kind == NodeKind::Map) {
          const auto inner = document_.entries_of(node);
          for (const MapEntry& entry : std::vector<MapEntry>(inner.begin(), inner.end()))
            put(entries, entry);
        } else if (node.kind == NodeKind::Text) {
          put(entries, {.key = cat("${spread ", entries.size(), "}"),
                        .key_range = node.range,
                        .value = value});
        }
        continue;
      }
      std::string key(facts_.string(operand.name));
      if (operand.key.exists()) {
        const Node& computed = document_[convert(operand.key, depth)];
        if (computed.kind != NodeKind::Text && computed.kind != NodeKind::Number) continue;
        key = computed.text;
      }
      put(entries, {.key = std::move(key), .key_range = key_range, .value = value});
    }
    return map(std::move(entries), range);
  }

  NodeId variable(std::uint32_t ref, Range range, std::uint32_t depth) {
    for (const Import& row : facts_.imports) {
      if (row.local.index != ref || (row.flags & kTypeOnly) != 0) continue;
      const std::string_view module = facts_.string(row.module);
      if (module == "<builtins>") break;
      const std::string_view name = facts_.string(row.name);  // "*": all that it exports
      return text(cat("${import(", module, "):", name == "*" ? "" : name, "}"), range);
    }
    const auto found = assigned_.find(ref);
    if (found == assigned_.end() || found->second.times != 1)
      return text(std::string(kProgram), range);
    const NodeId value = convert(found->second.value, depth);
    if (found->second.members.empty() || document_[value].kind != NodeKind::Map) return value;
    const auto inner = document_.entries_of(document_[value]);
    std::vector<MapEntry> entries(inner.begin(), inner.end());
    for (const auto& [name, member] : found->second.members)
      put(entries, {.key = name,
                    .key_range = facts_.expr_ranges[member.index],
                    .value = convert(member, depth)});
    const Range whole = document_[value].range;
    return map(std::move(entries), whole);
  }

  // "process.env.X" as a path of names; empty for anything else.
  [[nodiscard]] std::string path_of(ExprId id) const {
    std::string path;
    for (std::size_t step = 0; step < kNestingDepth; ++step) {
      const Expr& row = expr(id);
      if (row.kind == ExprKind::Variable) return cat(name_of(row.ref), path);
      if (row.kind != ExprKind::Member || row.ref >= facts_.exprs.size()) return {};
      path.insert(0, cat(".", facts_.string(row.name)));
      id = ExprId{row.ref};
    }
    return {};
  }

  NodeId member(const Expr& row, Range range, std::uint32_t depth) {
    const std::string_view name = facts_.string(row.name);
    if (row.ref >= facts_.exprs.size()) return text(std::string(kProgram), range);
    const ExprId base{row.ref};
    if (path_of(base) == "process.env") return text(cat("${env:", name, "}"), range);
    const Node node = document_[convert(base, depth)];
    if (node.kind == NodeKind::Map)
      for (const MapEntry& entry : document_.entries_of(node))
        if (entry.key == name) return entry.value;
    if (node.kind == NodeKind::Text && node.text.starts_with("${import(") &&
        node.text.ends_with('}') && node.text.find('}') + 1 == node.text.size()) {
      const bool all = node.text.ends_with(":}");
      return text(cat(std::string_view(node.text).substr(0, node.text.size() - 1), all ? "" : ".",
                      name, "}"),
                  range);
    }
    return text(std::string(kProgram), range);
  }

  // process.env.X || "a", process.env.X ?? "a".
  NodeId otherwise(const Expr& row, Range range, std::uint32_t depth) {
    const auto kind = static_cast<OperatorKind>(row.detail);
    const auto operands = facts_.operands_of(row.operands);
    const bool choice = kind == OperatorKind::Or || kind == OperatorKind::Coalesce;
    if (kind == OperatorKind::Add && operands.size() == 2) return concat(row, range, depth);
    if (kind == OperatorKind::And && operands.size() == 2)
      return if_else(operands[0].value, convert(operands[1].value, depth), nothing(range), range,
                     depth);
    if (!choice || operands.size() != 2) return text(std::string(kProgram), range);
    const Node first = document_[convert(operands[0].value, depth)];
    const NodeId second = convert(operands[1].value, depth);
    const Node& other = document_[second];
    const bool variable = first.kind == NodeKind::Text && first.text.starts_with("${env:") &&
                          first.text.find('}') + 1 == first.text.size();
    const std::string_view start = std::string_view(first.text).substr(0, first.text.size() - 1);
    if (variable && other.kind == NodeKind::Text && other.text.find_first_of("'${}") == other.text.npos)
      return text(cat(start, ", '", other.text, "'}"), range);
    if (variable && other.kind == NodeKind::Number) return text(cat(start, ", ", other.text, "}"), range);
    return text(std::string(kProgram), range);
  }

  NodeId function(std::string name, const std::vector<NodeId>& operands, Range range) {
    std::vector<MapEntry> entries;
    entries.push_back({.key = std::move(name), .key_range = range, .value = list(operands, range)});
    return map(std::move(entries), range);
  }
  NodeId nothing(Range range) {
    std::vector<MapEntry> entries;
    entries.push_back({.key = "Ref", .key_range = range, .value = text("AWS::NoValue", range)});
    return map(std::move(entries), range);
  }

  // A test of the environment as a condition; of anything else only the program knows.
  NodeId test(ExprId id, std::uint32_t depth) {
    const Expr& row = expr(id);
    const Range range = facts_.expr_ranges[id.index];
    const auto operands = facts_.operands_of(row.operands);
    if (row.kind == ExprKind::Operator && depth < kNestingDepth) {
      const auto kind = static_cast<OperatorKind>(row.detail);
      if (kind == OperatorKind::Not && operands.size() == 1)
        return function("Fn::Not", {test(operands[0].value, depth + 1)}, range);
      const bool equal = kind == OperatorKind::Equal;
      if ((equal || kind == OperatorKind::NotEqual) && operands.size() == 2) {
        const NodeId same =
            function("Fn::Equals",
                     {convert(operands[0].value, depth), convert(operands[1].value, depth)}, range);
        return equal ? same : function("Fn::Not", {same}, range);
      }
    }
    const auto held = row.kind == ExprKind::Variable ? assigned_.find(row.ref) : assigned_.end();
    if (held != assigned_.end() && held->second.times == 1 && depth < kNestingDepth)
      return test(held->second.value, depth + 1);
    const Node value = document_[convert(id, depth)];
    if (value.kind == NodeKind::Bool)
      return function("Fn::Equals", {text(value.text, range), text("true", range)}, range);
    if (!is_environment(value)) return text(std::string(kProgram), range);
    const NodeId given = text(cat(value.text.substr(0, value.text.size() - 1), ", ''}"), range);
    return function("Fn::Not", {function("Fn::Equals", {given, text("", range)}, range)}, range);
  }
  // ${env:NAME}
  static bool is_environment(const Node& node) {
    return node.kind == NodeKind::Text && node.text.starts_with("${env:") &&
           node.text.find_first_of("},") + 1 == node.text.size();
  }

  // What of a choice is there where its test holds, and where not.
  NodeId if_else(ExprId id, NodeId yes, NodeId no, Range range, std::uint32_t depth) {
    const NodeId decides = test(id, depth);
    return function("Fn::If", {decides, yes, no}, range);
  }
  NodeId choice(const Expr& row, Range range, std::uint32_t depth) {
    const auto operands = facts_.operands_of(row.operands);
    if (operands.size() != 3) return text(std::string(kProgram), range);
    const NodeId yes = convert(operands[1].value, depth), no = convert(operands[2].value, depth);
    return if_else(operands[0].value, yes, no, range, depth);
  }

  [[nodiscard]] bool is_choice(const Node& node) const {
    return node.kind == NodeKind::Map && node.entries.count == 1 &&
           document_.entries_of(node).front().key == "Fn::If";
  }
  // The test, and either way.
  [[nodiscard]] std::array<NodeId, 3> parts_of(const Node& choice) const {
    const auto parts = document_.items_of(document_[document_.entries_of(choice).front().value]);
    return {parts[0], parts[1], parts[2]};
  }
  // `...(process.env.X ? [a] : [])`: each item is there where its way is taken.
  void spread_items(const Node& choice, std::vector<NodeId>& found) {
    const Range range = choice.range;
    const std::array<NodeId, 3> parts = parts_of(choice);
    for (const std::size_t way : {1U, 2U}) {
      const Node given = document_[parts[way]];
      if (given.kind != NodeKind::List) continue;
      const auto inner = document_.items_of(given);
      for (const NodeId item : std::vector<NodeId>(inner.begin(), inner.end())) {
        const NodeId none = nothing(range);
        found.push_back(
            function("Fn::If", {parts[0], way == 1 ? item : none, way == 1 ? none : item}, range));
      }
    }
  }
  // `...(process.env.X && {a})`, the same of entries; the other way keeps what stood before.
  void spread_entries(const Node& choice, std::vector<MapEntry>& entries) {
    const std::array<NodeId, 3> parts = parts_of(choice);
    for (const std::size_t way : {1U, 2U}) {
      const Node given = document_[parts[way]];
      if (given.kind == NodeKind::Text)
        put(entries, {.key = cat("${spread ", entries.size(), "}"),
                      .key_range = given.range,
                      .value = parts[way]});
      if (given.kind != NodeKind::Map || is_nothing(given)) continue;
      const auto inner = document_.entries_of(given);
      for (const MapEntry& entry : std::vector<MapEntry>(inner.begin(), inner.end())) {
        const auto before = std::ranges::find(entries, entry.key, &MapEntry::key);
        const NodeId other = before != entries.end() ? before->value : nothing(entry.key_range);
        put(entries, {.key = entry.key,
                      .key_range = entry.key_range,
                      .value = function("Fn::If",
                                        {parts[0], way == 1 ? entry.value : other,
                                         way == 1 ? other : entry.value},
                                        entry.key_range)});
      }
    }
  }
  [[nodiscard]] bool is_nothing(const Node& node) const {
    return node.entries.count == 1 && document_.entries_of(node).front().key == "Ref";
  }

  NodeId call(std::uint32_t op, Range range, std::uint32_t depth) {
    if (op < facts_.ops.size() && facts_.ops[op].kind == OpKind::Await) {
      const ExprId awaited = facts_.awaits[facts_.ops[op].detail].value;
      if (awaited.exists()) return convert(awaited, depth);
    }
    if (op < facts_.ops.size() && facts_.ops[op].kind == OpKind::Call) {
      const Call& row = facts_.calls[facts_.ops[op].detail];
      const auto arguments = facts_.operands_of(row.arguments);
      if (arguments.size() == 1 && arguments[0].value.exists() &&
          path_of(arguments[0].value) == "__dirname")
        return text("${folder:}", range);
      // What the framework hands to an exported function, to ask for a variable.
      const bool asks = row.callee.exists() && path_of(row.callee) == "resolveVariable" &&
                        arguments.size() == 1 && arguments[0].value.exists() &&
                        expr(arguments[0].value).kind == ExprKind::Text;
      if (asks)
        return text(cat("${", facts_.string(expr(arguments[0].value).name), "}"), range);
    }
    return text(std::string(kProgram), range);
  }

  const CodeFacts& facts_;
  std::vector<NodeId> done_;
  std::map<std::uint32_t, bool> begun_ = {};
  std::map<std::uint32_t, Assigned> assigned_ = {};
  std::map<std::string, ExprId, std::less<>> exports_ = {};
  ExprId whole_ = {};
  Document document_ = {};
};

}  // namespace

Document document_of_program(const CodeFacts& facts) { return ProgramReader(facts).read(); }

}  // namespace fnlint
