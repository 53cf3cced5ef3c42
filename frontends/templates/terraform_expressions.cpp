#include "core/text.h"
#include "frontends/templates/terraform_form.h"
#include "frontends/templates/terraform_reader.h"

#include <algorithm>
#include <array>

// HCL's expressions in the template form: operators, references, calls, loops inside values.
namespace fnlint {

namespace {

struct OperatorRow {
  std::string_view text;
  OperatorKind kind;
  bool swapped = false;  // a > b is b < a
};
constexpr std::array kOperators{
    OperatorRow{"&&", OperatorKind::And},
    OperatorRow{"||", OperatorKind::Or},
    OperatorRow{"==", OperatorKind::Equal},
    OperatorRow{"!=", OperatorKind::NotEqual},
    OperatorRow{"<", OperatorKind::Less},
    OperatorRow{"<=", OperatorKind::LessEqual},
    OperatorRow{">", OperatorKind::Less, true},
    OperatorRow{">=", OperatorKind::LessEqual, true},
    OperatorRow{"+", OperatorKind::Add},
    OperatorRow{"-", OperatorKind::Subtract},
    OperatorRow{"*", OperatorKind::Multiply},
    OperatorRow{"/", OperatorKind::Divide},
    OperatorRow{"%", OperatorKind::Modulo},
};

const OperatorRow* operator_of(TSNode node) {
  if (ts_node_is_named(node)) return nullptr;
  const auto* const row =
      std::ranges::find(kOperators, std::string_view(ts_node_type(node)), &OperatorRow::text);
  return row != kOperators.end() ? row : nullptr;
}

constexpr char kTooDeep[] = "nested too deeply; not read";

// How many names behind a root belong to what it names.
struct Root {
  std::string_view name;
  std::size_t parts;
};
constexpr std::array kRoots{Root{"var", 1},       Root{"local", 1},  Root{"path", 1},
                            Root{"terraform", 1}, Root{"module", 1}, Root{"data", 2},
                            Root{"resource", 2}};  // which may be left out

// The identifier behind the dot; nothing for an index or a splat.
std::string_view attribute_name(TSNode node, std::string_view text) {
  if (!is_syntax(node, "get_attr")) return {};
  for (const TSNode child : syntax_children(node))
    if (is_syntax(child, "identifier")) return text_of(child, text);
  return {};
}

}  // namespace

std::vector<TSNode> syntax_children(TSNode node) {
  std::vector<TSNode> children;
  for_each_child(node, [&](TSNode child) {
    if (!is_syntax(child, "comment")) children.push_back(child);
  });
  return children;
}

bool is_syntax(TSNode node, std::string_view type) { return ts_node_type(node) == type; }

bool TerraformReader::is_bound(std::string_view name) const {
  return free_names_ || std::ranges::find(bound_, name) != bound_.end();
}

ExprId TerraformReader::reference(std::string_view name,
                                  std::initializer_list<std::string_view> parts, Range where) {
  std::vector<ExprId> operands;
  for (const std::string_view part : parts) operands.push_back(builder_.text(part, where));
  return builder_.apply(name, operands, where);
}

ExprId TerraformReader::expression(TSNode node) {
  if (builder_.full()) return builder_.overflow(place(node));
  if (depth_ == kNestingDepth)
    return builder_.wrong(place(node), kTooDeep);
  ++depth_;
  const std::vector<TSNode> children = syntax_children(node);
  const ExprId value =
      children.empty() ? builder_.unknown("an empty expression", place(node)) : terms(children);
  --depth_;
  return value;
}

// A term and what follows it: a.b[0].c
ExprId TerraformReader::terms(Nodes nodes) {
  if (nodes.empty()) return builder_.unknown("an empty expression", {});
  std::size_t at = 0;
  const std::uint32_t begin = range_of(nodes.front()).begin;
  ExprId value = primary(nodes, at);
  // Each link stands inside of the next.
  const std::size_t last = at + kNestingDepth;
  for (; at < nodes.size() && at < last; ++at) value = postfix(value, nodes[at], begin);
  return at == nodes.size() ? value : builder_.wrong(place(nodes[at]), kTooDeep);
}

ExprId TerraformReader::primary(Nodes nodes, std::size_t& at) {
  const TSNode node = nodes[at++];
  const std::string_view type = ts_node_type(node);
  if (type == "(") {
    const ExprId inner = at < nodes.size() ? expression(nodes[at]) : ExprId{};
    at = std::min(at + 2, nodes.size());
    return inner.exists() ? inner : builder_.unknown("an empty expression", place(node));
  }
  if (type == "variable_expr") return named(nodes, --at);
  if (type == "literal_value") return literal(node);
  if (type == "template_expr") {
    for (const TSNode child : syntax_children(node))
      return is_syntax(child, "heredoc_template") ? heredoc(child) : quoted(child);
  }
  if (type == "collection_value") return collection(node);
  if (type == "function_call") return call(node);
  if (type == "operation") return operation(node);
  if (type == "conditional") return conditional(node);
  if (type == "for_expr") return comprehension(node);
  if (type == "expression") return expression(node);
  return builder_.unknown("this could not be read", place(node));
}

// A name with those attributes that say what it means.
ExprId TerraformReader::named(Nodes nodes, std::size_t& at) {
  const TSNode node = nodes[at++];
  const std::string_view name = source(node);
  const auto part = [&](std::size_t i) {
    return at + i < nodes.size() ? attribute_name(nodes[at + i], text_) : std::string_view{};
  };
  const auto where = [&](std::size_t count) {
    Range range = range_of(node);
    if (count > 0) range.end = range_of(nodes[at + count - 1]).end;
    return fixed_.value_or(range);
  };
  if (is_bound(name) || part(0).empty()) return reference("name.", {name}, place(node));
  const auto* const root = std::ranges::find(kRoots, name, &Root::name);
  if (root == kRoots.end()) {
    const ExprId value = reference("resource.", {name, part(0)}, where(1));
    at += 1;
    return value;
  }
  ExprId value;
  if (root->parts == 1)
    value = reference(cat(name, "."), {part(0)}, where(1));
  else if (!part(1).empty())
    value = reference(cat(name, "."), {part(0), part(1)}, where(2));
  else
    value = builder_.unknown("a name that is not complete", where(1));
  at = std::min(at + root->parts, nodes.size());
  return value;
}

ExprId TerraformReader::postfix(ExprId base, TSNode node, std::uint32_t begin) {
  const Range where = fixed_.value_or(Range{begin, range_of(node).end});
  if (is_syntax(node, "get_attr"))
    return builder_.form({.kind = ExprKind::Member,
                          .ref = base.index,
                          .name = builder_.string(attribute_name(node, text_))},
                         {}, where);
  if (is_syntax(node, "index")) {
    for (const TSNode child : syntax_children(node)) {
      ExprId index;
      if (is_syntax(child, "legacy_index")) {
        index = builder_.number(source(child).substr(1), place(child));
      } else {
        for (const TSNode part : syntax_children(child))
          if (is_syntax(part, "expression")) index = expression(part);
      }
      if (!index.exists()) break;
      const std::array operands{Operand{.value = index}};
      return builder_.form({.kind = ExprKind::Index, .ref = base.index}, operands, where);
    }
  }
  if (is_syntax(node, "splat")) return splat(base, node, where);
  return builder_.unknown("this could not be read", place(node));
}

// x[*].a.b is [for each of x : each.a.b]; behind ".*" an index is one of the result.
ExprId TerraformReader::splat(ExprId base, TSNode node, Range where) {
  ExprId value = reference("name.", {"*"}, where);
  std::vector<TSNode> behind;
  std::size_t links = 0;
  for (const TSNode form : syntax_children(node)) {
    const bool full = is_syntax(form, "full_splat");
    for (const TSNode child : syntax_children(form)) {
      if (!is_syntax(child, "get_attr") && !is_syntax(child, "index")) continue;
      if (++links == kNestingDepth) return builder_.wrong(place(child), kTooDeep);
      if (!full && (!behind.empty() || is_syntax(child, "index")))
        behind.push_back(child);
      else
        value = postfix(value, child, where.begin);
    }
  }
  const std::array operands{Operand{.value = base}, Operand{.value = value}, Operand{}, Operand{}};
  ExprId result = builder_.form(
      {.kind = ExprKind::Comprehend, .detail = kSplat, .name = builder_.string("*")}, operands,
      where);
  for (const TSNode child : behind) result = postfix(result, child, where.begin);
  return result;
}

ExprId TerraformReader::literal(TSNode node) {
  for (const TSNode child : syntax_children(node)) {
    const std::string_view type = ts_node_type(child);
    if (type == "numeric_lit") return builder_.number(source(child), place(child));
    if (type == "bool_lit") return builder_.boolean(source(child) == "true", place(child));
    if (type == "null_lit") return builder_.null(place(child));
    if (type == "string_lit") return quoted(child);
  }
  return builder_.unknown("this could not be read", place(node));
}

ExprId TerraformReader::collection(TSNode node) {
  for (const TSNode child : syntax_children(node)) {
    if (is_syntax(child, "object")) return object(child);
    if (!is_syntax(child, "tuple")) continue;
    std::vector<ExprId> items;
    for (const TSNode item : syntax_children(child))
      if (is_syntax(item, "expression")) items.push_back(expression(item));
    return builder_.list(items, place(child));
  }
  return builder_.unknown("this could not be read", place(node));
}

// A bare name, a quoted one without anything in it, or an expression.
Operand TerraformReader::key_of(TSNode node) {
  const std::vector<TSNode> parts = syntax_children(node);
  if (parts.size() == 1 && is_syntax(parts[0], "variable_expr"))
    return {.name = builder_.string(source(parts[0]))};
  if (parts.size() == 1 && is_syntax(parts[0], "literal_value")) {
    const std::string_view written = source(parts[0]);
    if (!written.starts_with('"')) return {.name = builder_.string(written)};
    if (const auto name = plain_string(parts[0])) return {.name = builder_.string(*name)};
  }
  return {.key = expression(node)};
}

ExprId TerraformReader::object(TSNode node) {
  std::vector<Written> entries;
  for (const TSNode elem : syntax_children(node)) {
    if (!is_syntax(elem, "object_elem")) continue;
    std::vector<TSNode> sides;
    for (const TSNode child : syntax_children(elem))
      if (is_syntax(child, "expression")) sides.push_back(child);
    if (sides.size() != 2) continue;
    Operand entry = key_of(sides[0]);
    entry.value = expression(sides[1]);
    entries.push_back({entry, place(sides[0])});
  }
  note_duplicates(entries);
  return builder_.record(entries, place(node));
}

ExprId TerraformReader::call(TSNode node) {
  std::string_view name;
  std::vector<Operand> operands;
  for (const TSNode child : syntax_children(node)) {
    if (is_syntax(child, "identifier")) name = source(child);
    if (!is_syntax(child, "function_arguments")) continue;
    for (const TSNode argument : syntax_children(child)) {
      if (is_syntax(argument, "expression")) operands.push_back({.value = expression(argument)});
      if (is_syntax(argument, "ellipsis") && !operands.empty()) operands.back().spread = 1;
    }
  }
  if (!operands.empty()) want_file(name, operands.front().value, place(node));
  return builder_.form({.kind = ExprKind::Apply, .name = builder_.string(name)}, operands,
                       place(node));
}

// "NAME", or "${path.module}/NAME": from the module's folder. Nothing for any other path.
std::optional<std::string> TerraformReader::written_path(ExprId path) const {
  const TemplateFacts& facts = builder_.facts;
  const Expr& row = facts[path];
  if (row.kind == ExprKind::Text) return std::string(facts.string(row.name));
  const auto parts = facts.operands_of(row.operands);
  if (row.kind != ExprKind::Concat || parts.size() != 2) return std::nullopt;
  const Expr &folder = facts[parts[0].value], &name = facts[parts[1].value];
  if (folder.kind != ExprKind::Apply || facts.string(folder.name) != "path." ||
      name.kind != ExprKind::Text)
    return std::nullopt;
  std::string_view written = facts.string(name.name);
  while (written.starts_with('/')) written.remove_prefix(1);
  return std::string(written);
}

// Files whose text has to be read as more than text.
void TerraformReader::want_file(std::string_view function, ExprId argument, Range where) {
  const bool decoded = function == "yamldecode";
  if (!decoded && function != "templatefile") return;
  if (decoded) {
    const TemplateFacts& facts = builder_.facts;
    const Expr& inner = facts[argument];
    if (inner.kind != ExprKind::Apply || facts.string(inner.name) != "file" ||
        inner.operands.count == 0)
      return;
    argument = facts.operands_of(inner.operands)[0].value;
  }
  const auto path = written_path(argument);
  if (!path) return;
  builder_.facts.wanted.push_back(
      {.path = builder_.string(*path),
       .kind = decoded ? WantedKind::Definition : WantedKind::TemplateText,
       .where = where});
}

ExprId TerraformReader::operation(TSNode node) {
  const auto unary_or_binary = syntax_children(node);
  if (unary_or_binary.size() != 1) return builder_.unknown("this could not be read", place(node));
  if (depth_ == kNestingDepth) return builder_.wrong(place(node), kTooDeep);
  ++depth_;
  const std::vector<TSNode> nodes = syntax_children(unary_or_binary[0]);
  const auto make = [&](OperatorKind kind, ExprId left, ExprId right) {
    if (kind == OperatorKind::Equal)
      return builder_.apply("equals.", std::array{left, right}, place(node));
    if (kind == OperatorKind::NotEqual)
      left = builder_.apply("equals.", std::array{left, right}, place(node));
    if (kind == OperatorKind::NotEqual) {
      kind = OperatorKind::Not;
      right = {};
    }
    const std::array operands{Operand{.value = left}, Operand{.value = right}};
    const std::size_t count = right.exists() ? 2 : 1;
    return builder_.form(
        {.kind = ExprKind::Operator, .detail = static_cast<std::uint8_t>(kind)},
        std::span(operands).first(count), place(node));
  };
  ExprId value = builder_.unknown("this could not be read", place(node));
  if (is_syntax(unary_or_binary[0], "unary_operation") && nodes.size() > 1) {
    const ExprId operand = terms(std::span(nodes).subspan(1));
    const bool negative = is_syntax(nodes[0], "-");
    value = negative ? make(OperatorKind::Subtract, builder_.number("0", place(node)), operand)
                     : make(OperatorKind::Not, operand, {});
  } else {
    for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
      const OperatorRow* row = operator_of(nodes[i]);
      if (row == nullptr) continue;
      const ExprId left = terms(std::span(nodes).first(i));
      const ExprId right = terms(std::span(nodes).subspan(i + 1));
      value = row->swapped ? make(row->kind, right, left) : make(row->kind, left, right);
      break;
    }
  }
  --depth_;
  return value;
}

ExprId TerraformReader::conditional(TSNode node) {
  std::vector<ExprId> parts;
  for (const TSNode child : syntax_children(node))
    if (is_syntax(child, "expression")) parts.push_back(expression(child));
  if (parts.size() != 3) return builder_.unknown("this could not be read", place(node));
  return builder_.apply("choose.", parts, place(node));
}

ExprId TerraformReader::comprehension(TSNode node) {
  const std::size_t outer = bound_.size();
  std::string variables;
  ExprId collection, condition;
  std::vector<ExprId> values;
  std::uint8_t detail = 0;
  for (const TSNode form : syntax_children(node)) {
    if (is_syntax(form, "for_object_expr")) detail |= kGivesRecord;
    for (const TSNode child : syntax_children(form)) {
      const std::string_view type = ts_node_type(child);
      if (type == "ellipsis") detail |= kGroups;
      if (type == "expression") values.push_back(expression(child));
      if (type == "for_cond") {
        for (const TSNode part : syntax_children(child))
          if (is_syntax(part, "expression")) condition = expression(part);
      }
      if (type != "for_intro") continue;
      std::vector<std::string> names;
      for (const TSNode part : syntax_children(child)) {
        if (is_syntax(part, "expression")) collection = expression(part);
        if (is_syntax(part, "identifier")) names.emplace_back(source(part));
      }
      for (const std::string& name : names) variables += cat(variables.empty() ? "" : ",", name);
      bound_.insert(bound_.end(), names.begin(), names.end());
    }
  }
  bound_.resize(outer);
  const bool record = (detail & kGivesRecord) != 0;
  if (!collection.exists() || values.size() < (record ? 2U : 1U))
    return builder_.unknown("this could not be read", place(node));
  const std::array operands{Operand{.value = collection}, Operand{.value = values[record ? 1 : 0]},
                            Operand{.value = record ? values[0] : ExprId{}},
                            Operand{.value = condition}};
  return builder_.form(
      {.kind = ExprKind::Comprehend, .detail = detail, .name = builder_.string(variables)},
      operands, place(node));
}

// --- Blocks

ExprId TerraformReader::block_body(TSNode block) {
  for (const TSNode child : syntax_children(block))
    if (is_syntax(child, "body")) return body(child, place(block));
  return builder_.record({}, place(block));
}

// dynamic "NAME" { for_each = ...; iterator = ...; content { ... } }
ExprId TerraformReader::dynamic_block(TSNode block, std::string& name) {
  TSNode content_block{}, inner{};
  bool has_content = false, has_body = false;
  const std::vector<TSNode> head = syntax_children(block);
  for (const TSNode child : std::span(head).subspan(1)) {
    // A label may stand without quotes.
    if (is_syntax(child, "string_lit")) name = plain_string(child).value_or("");
    if (is_syntax(child, "identifier")) name = source(child);
    if (is_syntax(child, "body")) {
      inner = child;
      has_body = true;
    }
  }
  if (!has_body || name.empty()) return {};
  ExprId collection;
  std::string iterator = name;
  for (const TSNode entry : syntax_children(inner)) {
    const std::vector<TSNode> parts = syntax_children(entry);
    if (parts.empty()) continue;
    if (is_syntax(entry, "block") && source(parts[0]) == "content") {
      content_block = entry;
      has_content = true;
    }
    if (!is_syntax(entry, "attribute") || parts.size() < 3) continue;
    if (source(parts[0]) == "for_each") collection = expression(parts[2]);
    if (source(parts[0]) == "iterator") iterator = source(parts[2]);
  }
  if (!has_content || !collection.exists()) return {};
  bound_.push_back(iterator);
  const ExprId value = block_body(content_block);
  bound_.pop_back();
  const std::array operands{Operand{.value = collection}, Operand{.value = value}, Operand{},
                            Operand{}};
  return builder_.form(
      {.kind = ExprKind::Comprehend, .detail = kDynamic, .name = builder_.string(iterator)},
      operands, place(block));
}

ExprId TerraformReader::body(TSNode node, Range where) {
  std::vector<Written> own;
  return body(node, where, {}, own);
}

ExprId TerraformReader::body(TSNode node, Range where, std::span<const std::string_view> own_names,
                             std::vector<Written>& own) {
  if (depth_ == kNestingDepth) return builder_.wrong(where, kTooDeep);
  ++depth_;
  struct Blocks {
    std::string name = {};
    Range key = {}, where = {};
    std::vector<Operand> items = {};
  };
  std::vector<Written> entries;
  std::vector<Blocks> blocks;
  for (const TSNode child : syntax_children(node)) {
    const std::vector<TSNode> parts = syntax_children(child);
    if (parts.empty() || !is_syntax(parts[0], "identifier")) continue;
    std::string name(source(parts[0]));
    if (is_syntax(child, "attribute") && parts.size() >= 3) {
      const bool is_own = std::ranges::find(own_names, name) != own_names.end();
      const Operand entry{.name = builder_.string(name), .value = expression(parts[2])};
      (is_own ? own : entries).push_back({entry, place(parts[0])});
    } else if (is_syntax(child, "block")) {
      const bool dynamic = name == "dynamic";
      const Range key = place(parts[0]);
      if (std::ranges::find(own_names, name) != own_names.end()) {
        if (name == "lifecycle")
          own.push_back({{.name = builder_.string(name), .value = block_body(child)}, key});
        continue;
      }
      const ExprId value = dynamic ? dynamic_block(child, name) : block_body(child);
      if (!value.exists()) continue;
      auto row = std::ranges::find(blocks, name, &Blocks::name);
      if (row == blocks.end()) row = blocks.insert(blocks.end(), {name, key, place(child), {}});
      row->items.push_back({.value = value, .spread = dynamic ? 1U : 0U});
    }
  }
  for (const Blocks& row : blocks) {
    const ExprId list = builder_.form({.kind = ExprKind::List, .detail = kBlocks}, row.items, row.where);
    entries.push_back({{.name = builder_.string(row.name), .value = list}, row.key});
  }
  --depth_;
  return builder_.record(entries, where);
}

}  // namespace fnlint
