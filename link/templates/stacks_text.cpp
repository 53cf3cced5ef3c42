// Prints each table row by row, and holds the words for kinds and relations.

#include "link/templates/stacks_text.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "values/compute.h"

#include <array>
#include <bit>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 38> kKinds{"other",
                                                  "function",
                                                  "layer",
                                                  "version",
                                                  "alias",
                                                  "event source mapping",
                                                  "event invoke config",
                                                  "permission",
                                                  "function url",
                                                  "scalable target",
                                                  "scaling policy",
                                                  "bucket",
                                                  "queue",
                                                  "topic",
                                                  "subscription",
                                                  "table",
                                                  "stream",
                                                  "bus",
                                                  "rule",
                                                  "schedule",
                                                  "pipe",
                                                  "state machine",
                                                  "api",
                                                  "role",
                                                  "policy",
                                                  "log group",
                                                  "parameter",
                                                  "secret",
                                                  "cluster",
                                                  "broker",
                                                  "user pool",
                                                  "delivery stream",
                                                  "stack",
                                                  "code signing config",
                                                  "capacity provider",
                                                  "topic rule",
                                                  "layer permission",
                                                  "?"};
constexpr std::array<std::string_view, 9> kRelations{"trigger", "forward",    "failure forward",
                                                     "grants",  "may invoke", "provisions",
                                                     "scales",  "attaches",   "refines"};
constexpr std::array<std::string_view, 10> kUnresolved{
    "parameter",   "import",    "handler", "code location",  "layer content",
    "role policy", "intrinsic", "include", "trigger source", "call target"};
constexpr std::array<std::string_view, 7> kCode{"unknown", "folder", "file",  "zip",
                                                "inline",  "image",  "remote"};
constexpr std::array<std::string_view, 4> kInvocations{"", "synchronous", "asynchronous", "polled"};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

std::string part_text(const ValuePool& pool, ValueId part) {
  const Value& row = pool[part];
  if (row.kind == ValueKind::Text) return std::string(pool[row.text]);
  if (row.kind == ValueKind::Hole) return cat("${", pool[row.text], "}");
  return cat("${", value_text(pool, part), "}");
}

std::string items_text(const ValuePool& pool, ValueId value) {
  std::string out;
  const bool record = pool.is(value, ValueKind::Record);
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    if (i > 0) out += ", ";
    if (record) out += cat(pool[pool.names(value)[i]], ": ");
    out += value_text(pool, pool.operands(value)[i]);
  }
  if (pool[value].ref != 0) out += out.empty() ? "..." : ", ...";
  return out;
}

std::string alternatives_text(const ValuePool& pool, ValueId value) {
  std::string out = "(";
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    if (i > 0) out += " | ";
    out += value_text(pool, pool.operands(value)[i]);
    const std::string when = guard_text(pool, pool.guards(value)[i]);
    if (!when.empty()) out += cat(' ', when);
  }
  return out + ')';
}

std::string bare_text(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Absent: return "absent";
    case ValueKind::Null: return "null";
    case ValueKind::Bool:
    case ValueKind::Number: return std::string(as_text(pool, value).value_or("?"));
    case ValueKind::Text: return in_quotes(pool[row.text]);
    case ValueKind::Hole: return cat("${", pool[row.text], "}");
    case ValueKind::Pattern: {
      std::string out;
      for (const ValueId part : pool.operands(value)) out += part_text(pool, part);
      return in_quotes(out);
    }
    case ValueKind::List: return cat('[', items_text(pool, value), ']');
    case ValueKind::Record: return cat('{', items_text(pool, value), '}');
    case ValueKind::Reference: {
      const ResourceId id{static_cast<std::uint32_t>(row.ref)};
      const std::string_view attribute = pool[row.text];
      return attribute.empty() ? std::string(pool.resource_name(id))
                               : cat(pool.resource_name(id), '.', attribute);
    }
    case ValueKind::OneOf: return alternatives_text(pool, value);
    case ValueKind::Computed: return cat(pool[row.text], '(', items_text(pool, value), ')');
    case ValueKind::Unknown: return cat("?", in_quotes(pool[row.text]));
    default: return describe(pool, value);
  }
}

std::string_view row_name(auto& names, std::size_t index) {
  return index < names.size() ? names[index] : std::string_view("?");
}

void add(std::string& line, std::string_view text) {
  if (!text.empty()) line += cat(", ", text);
}

class Printer {
 public:
  Printer(const ValuePool& pool, const Stacks& stacks) : pool_(pool), stacks_(stacks) {}
  std::string print();

 private:
  void resource(ResourceId id);
  void relation(const Relation& row);
  void statement(const Statement& row);
  void function(const DeclaredFunction& row);
  [[nodiscard]] std::string name(ResourceId id) const {
    return id.exists() ? full_address(pool_, stacks_, id) : std::string("nothing");
  }
  [[nodiscard]] std::string code(const CodeLocation& row) const;
  [[nodiscard]] std::string values(Slice<ValueId> slice) const;
  void line(const std::string& text) { out_ += text + '\n'; }

  const ValuePool& pool_;
  const Stacks& stacks_;
  std::string out_;
};

void Printer::resource(ResourceId id) {
  const Resource& row = stacks_[id];
  std::string text =
      cat("resource ", name(id), ": ", kind_name(row.kind), ' ', pool_[row.native_type]);
  if (!pool_.is(row.physical_name, ValueKind::Absent) && !row.external)
    add(text, cat("named ", value_text(pool_, row.physical_name)));
  if (row.generated && !row.external) add(text, "generated");
  if (row.external) add(text, "external");
  add(text, guard_text(pool_, row.exists));
  line(text);
  for (std::uint32_t i = 0; i < row.properties.count; ++i) {
    const Property& property = stacks_.properties[row.properties.first + i];
    std::string shown = cat("property ", name(id), ' ', pool_[property.path]);
    if (property.native_path.exists()) shown += cat(" (", pool_[property.native_path], ')');
    shown += cat(" = ", value_text(pool_, property.value));
    if (property.inherited) add(shown, "inherited");
    line(shown);
  }
}

void Printer::relation(const Relation& row) {
  std::string text = cat(relation_name(row.kind), ' ', name(row.from), " -> ", name(row.to));
  if (row.qualifier.exists()) text += cat(':', pool_[row.qualifier]);
  if (row.filter.exists()) add(text, value_text(pool_, row.filter));
  if (row.amount.exists()) add(text, value_text(pool_, row.amount));
  add(text, row_name(kInvocations, static_cast<std::size_t>(row.invocation)));
  if (row.batch_failures) add(text, "reports failures");
  if (row.declared_by.exists()) add(text, cat("by ", name(row.declared_by)));
  if (row.uncertainty != 0) add(text, cat("evidence ", static_cast<int>(row.uncertainty)));
  add(text, guard_text(pool_, row.when));
  line(text);
}

std::string Printer::values(Slice<ValueId> slice) const {
  std::string out;
  for (std::uint32_t i = 0; i < slice.count; ++i)
    out += (i > 0 ? ", " : "") + value_text(pool_, stacks_.statement_values[slice.first + i]);
  return out;
}

void Printer::statement(const Statement& row) {
  std::string text = cat("statement ", name(row.role), row.allows ? " allows " : " denies ");
  if (row.inverted) text += "other than ";
  text += cat(values(row.actions), " on ", values(row.resources));
  if (row.conditional) add(text, "conditional");
  line(text);
}

std::string Printer::code(const CodeLocation& row) const {
  std::string text{row_name(kCode, static_cast<std::size_t>(row.kind))};
  if (!row.path.empty() || row.kind == CodeKind::Folder)
    text += cat(' ', row.path.empty() ? "." : row.path);
  if (row.kind == CodeKind::Inline) text += cat(' ', in_quotes(row.inline_text));
  if (!row.reason.empty()) text += cat(": ", row.reason);
  if (row.built) add(text, "built");
  if (!row.build_method.empty()) add(text, cat("by ", row.build_method));
  for (const std::string& entry : row.entry_points) add(text, cat("entry ", entry));
  for (const std::string& entry : row.external) add(text, cat("external ", entry));
  return text;
}

void Printer::function(const DeclaredFunction& row) {
  std::string text = cat("function ", name(row.resource), ": ", value_text(pool_, row.handler),
                         ", ", value_text(pool_, row.runtime));
  add(text, row.role.exists() ? cat("role ", name(row.role)) : std::string("no role"));
  if (row.role_complete) text += " complete";
  if (row.default_role) text += " by default";
  if (row.image && row.code.kind != CodeKind::Image) add(text, "image");
  if (!row.publishes_alias.empty()) add(text, cat("publishes ", row.publishes_alias));
  add(text, code(row.code));
  line(text);
}

std::string Printer::print() {
  for (const Scope& scope : stacks_.scopes) {
    std::string text = cat("stack ", in_quotes(scope.name));
    text += scope.dialect == static_cast<std::uint16_t>(TemplateDialect::Sam) ? " SAM" : "";
    if (scope.parent != UINT32_MAX) add(text, "nested");
    if (!scope.complete) add(text, "broken");
    line(text);
  }
  for (std::uint32_t i = 0; i < stacks_.resources.size(); ++i) resource(ResourceId{i});
  for (const Relation& row : stacks_.relations) relation(row);
  for (const Statement& row : stacks_.statements) statement(row);
  for (const DeclaredFunction& row : stacks_.functions) function(row);
  for (const DeclaredLayer& row : stacks_.layers)
    line(cat("layer ", name(row.resource), ": ", code(row.code)));
  for (const Unresolved& row : stacks_.unresolved) {
    std::string text = cat("unresolved ", row_name(kUnresolved, static_cast<std::size_t>(row.kind)),
                           ": ", row.reason);
    if (!row.function.empty()) text += cat(" (", row.function, ')');
    line(text);
  }
  for (const LocatedProblem& row : stacks_.problems) line(cat("problem: ", row.message));
  return std::move(out_);
}

}  // namespace

std::string stacks_text(const ValuePool& pool, const Stacks& stacks) {
  return Printer(pool, stacks).print();
}

std::string_view kind_name(ResourceKind kind) {
  return row_name(kKinds, static_cast<std::size_t>(kind));
}

std::string_view relation_name(RelationKind kind) {
  return row_name(kRelations, static_cast<std::size_t>(kind));
}

std::string value_text(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return "none";
  const bool compound = pool.is(value, ValueKind::OneOf) || pool.is(value, ValueKind::List) ||
                        pool.is(value, ValueKind::Record);
  const bool overridable = !compound && (pool[value].uncertainty & kOverridable) != 0;
  return bare_text(pool, value) + (overridable ? "~" : "");
}

std::string guard_text(const ValuePool& pool, GuardId guard) {
  if (pool.always(guard)) return {};
  std::string out;
  for (const Test& test : pool[guard].tests) {
    const Choice& choice = pool.choice_row(test.choice);
    out += out.empty() ? "if " : " and ";
    out += pool[choice.subject];
    const bool negative = (test.allowed >> 63U) != 0;
    std::string names;
    for (std::size_t i = 0; i < choice.domain.size() && i < 63; ++i) {
      const bool listed = ((test.allowed >> i) & 1U) != 0;
      if (listed == negative) continue;
      const std::string_view value = pool[choice.domain[i]];
      names += cat(names.empty() ? ""
                   : negative    ? " nor "
                                 : " or ",
                   value.empty() ? "\"\"" : value);
    }
    out += cat(negative ? " is not " : " is ", names.empty() ? "anything" : names);
  }
  return out;
}

std::string full_address(const ValuePool& pool, const Stacks& stacks, ResourceId id) {
  const Resource& row = stacks[id];
  std::string out(pool[row.address]);
  if (row.external) return out;
  // Terraform's addresses are whole.
  const bool whole =
      row.scope < stacks.scopes.size() &&
      stacks::is_terraform(static_cast<TemplateDialect>(stacks.scopes[row.scope].dialect));
  if (whole) return out;
  std::uint32_t scope = row.scope;
  while (scope < stacks.scopes.size() && stacks.scopes[scope].parent != UINT32_MAX) {
    out = cat(stacks.scopes[scope].name, '/', out);
    scope = stacks.scopes[scope].parent;
  }
  return out;
}

}  // namespace fnlint
