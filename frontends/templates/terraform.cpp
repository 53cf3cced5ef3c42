// Reads the blocks of an HCL file into inputs, locals, outputs and declarations, and recognises
// which files are configuration, values or plans.

#include "frontends/templates/terraform.h"

#include "core/text.h"
#include "frontends/documents/readable_text.h"
#include "frontends/templates/terraform_json.h"
#include "frontends/templates/terraform_older.h"
#include "frontends/templates/terraform_reader.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 4> kConfigurations{".tf", ".tofu", ".tf.json", ".tofu.json"};

}  // namespace

std::span<const std::string_view> terraform_own_names(std::string_view block) {
  static constexpr std::array<std::string_view, 7> kResource{
      "connection", "count",       "depends_on", "for_each",
      "lifecycle",  "provider",    "provisioner"};
  static constexpr std::array<std::string_view, 6> kModule{"count",     "depends_on", "for_each",
                                                           "providers", "source",     "version"};
  return block == "module" ? std::span<const std::string_view>(kModule)
                           : std::span<const std::string_view>(kResource);
}

void TerraformReader::note_faults(TSNode root) {
  if (!ts_node_has_error(root)) return;
  builder_.facts.complete = false;
  std::vector<TSNode> open{root};
  while (!open.empty()) {
    const TSNode node = open.back();
    open.pop_back();
    if (ts_node_is_missing(node) || ts_node_is_error(node)) {
      Range where = place(node);
      // The first line says it; an error may reach to the end of the file.
      const std::size_t line = text_.find('\n', where.begin);
      where.end = std::max(where.begin + 1,
                           std::min(where.end, static_cast<std::uint32_t>(std::min(line, text_.size()))));
      if (where.end > text_.size()) where = {where.begin, where.begin};
      builder_.problem(where, ts_node_is_missing(node)
                                  ? cat("'", ts_node_type(node), "' is missing here")
                                  : std::string("this could not be read as HCL"));
      continue;
    }
    if (!ts_node_has_error(node)) continue;
    std::vector<TSNode> children = syntax_children(node);
    open.insert(open.end(), children.rbegin(), children.rend());
  }
}

void want_terraform_module(TemplateBuilder& builder, const Declaration& module) {
  TemplateFacts& facts = builder.facts;
  for (const Operand& entry : facts.operands_of(facts[module.attributes].operands)) {
    if (facts.string(entry.name) != "source" || !entry.value.exists()) continue;
    const Expr& source = facts[entry.value];
    if (source.kind != ExprKind::Text) return;
    const std::string_view path = facts.string(source.name);
    const bool local = path.starts_with("./") || path.starts_with("../");
    facts.wanted.push_back({.path = source.name,
                            .kind = local ? WantedKind::ModuleFolder : WantedKind::RegistryModule,
                            .where = facts.expr_ranges[entry.value.index]});
  }
}

namespace {

// The blocks of one file, into the tables.
class TerraformFile {
 public:
  TerraformFile(TemplateBuilder& builder, std::string_view text)
      : builder_(builder), text_(text), reader_(builder, text) {}

  void read(TSNode root, bool values) {
    values_ = values;
    reader_.note_faults(root);
    // What an error tore out of its body stands below it.
    std::vector<TSNode> open{root};
    while (!open.empty()) {
      const TSNode node = open.back();
      open.pop_back();
      const std::string_view type = ts_node_type(node);
      if (type == "block") {
        block(node);
      } else if (type == "attribute") {
        if (values_) named(builder_.facts.mappings, node);
      } else if (type == "config_file" || type == "body" || type == "ERROR") {
        std::vector<TSNode> children = syntax_children(node);
        open.insert(open.end(), children.rbegin(), children.rend());
      }
    }
  }

 private:
  struct Head {
    std::string type = {};
    std::vector<std::string> labels = {};
    Range type_range = {}, name_range = {};
    TSNode body = {};
    bool has_body = false;
  };

  Head head_of(TSNode block) {
    Head head;
    for (const TSNode child : syntax_children(block)) {
      const bool identifier = is_syntax(child, "identifier");
      if (identifier && head.type.empty()) {
        head.type = reader_.source(child);
        head.type_range = head.name_range = range_of(child);
      } else if (identifier || is_syntax(child, "string_lit")) {
        head.labels.push_back(identifier ? std::string(reader_.source(child))
                                         : reader_.plain_string(child).value_or(""));
        if (head.labels.size() == 1) head.type_range = range_of(child);
        head.name_range = range_of(child);
      } else if (is_syntax(child, "body")) {
        head.body = child;
        head.has_body = true;
      }
    }
    return head;
  }

  void named(std::vector<NamedExpr>& to, TSNode attribute) {
    const std::vector<TSNode> parts = syntax_children(attribute);
    if (parts.size() < 3) return;
    NamedExpr row{.name = builder_.string(reader_.source(parts[0]))};
    row.value = reader_.expression(parts[2]);
    row.where = range_of(parts[0]);
    to.push_back(row);
  }

  // The attribute of a block, unread; nothing where there is none.
  std::optional<TSNode> attribute(const Head& head, std::string_view name) {
    if (!head.has_body) return std::nullopt;
    for (const TSNode child : syntax_children(head.body)) {
      if (!is_syntax(child, "attribute")) continue;
      const std::vector<TSNode> parts = syntax_children(child);
      if (parts.size() >= 3 && reader_.source(parts[0]) == name) return parts[2];
    }
    return std::nullopt;
  }

  void input(const Head& head) {
    if (head.labels.empty()) return;
    Input row{.name = builder_.string(head.labels[0]), .where = head.name_range};
    if (const auto type = attribute(head, "type")) {
      row.type = builder_.string(reader_.source(*type));
      if (gives_terraform_defaults(reader_.source(*type))) allow_terraform_type(builder_, row, reader_.expression(*type));
    }
    if (const auto fallback = attribute(head, "default"))
      row.fallback = reader_.expression(*fallback);
    if (const auto secret = attribute(head, "sensitive"))
      row.secret = reader_.source(*secret) == "true";
    builder_.facts.inputs.push_back(row);
  }

  void output(const Head& head) {
    if (head.labels.empty()) return;
    NamedExpr row{.name = builder_.string(head.labels[0]), .where = head.name_range};
    if (const auto value = attribute(head, "value")) row.value = reader_.expression(*value);
    builder_.facts.outputs.push_back(row);
  }

  void declaration(const Head& head, TSNode block, std::string_view address, std::string_view type) {
    Declaration row{.address = builder_.string(address), .type = builder_.string(type)};
    row.name_range = head.name_range;
    row.type_range = head.type_range;
    row.where = range_of(block);
    std::vector<Written> own;
    row.body = head.has_body ? reader_.body(head.body, range_of(block),
                                            terraform_own_names(head.type), own)
                             : builder_.record({}, range_of(block));
    row.attributes = builder_.record(own, range_of(block));
    builder_.facts.declarations.push_back(row);
    if (type == "module") want_terraform_module(builder_, row);
  }

  // terraform { backend "s3" {...} }, or the `cloud` block.
  void settings(const Head& settings) {
    for (const TSNode child : syntax_children(settings.body)) {
      if (!is_syntax(child, "block")) continue;
      const Head head = head_of(child);
      if (head.type == "backend" && head.labels.size() == 1)
        declaration(head, child, head.labels[0], kTerraformBackend);
      else if (head.type == "cloud")
        declaration(head, child, "cloud", kTerraformBackend);
    }
  }

  void block(TSNode node) {
    const Head head = head_of(node);
    const auto& labels = head.labels;
    if (head.type == "terraform" && head.has_body) {
      settings(head);
    } else if (head.type == "variable") {
      input(head);
    } else if (head.type == "output") {
      output(head);
    } else if (head.type == "locals" && head.has_body) {
      for (const TSNode child : syntax_children(head.body))
        if (is_syntax(child, "attribute")) named(builder_.facts.mappings, child);
    } else if (head.type == "resource" && labels.size() == 2) {
      declaration(head, node, cat(labels[0], ".", labels[1]), labels[0]);
    } else if (head.type == "data" && labels.size() == 2) {
      declaration(head, node, cat("data.", labels[0], ".", labels[1]), cat("data.", labels[0]));
    } else if (head.type == "provider" && labels.size() == 1) {
      declaration(head, node, labels[0], kTerraformProvider);
    } else if (head.type == "module" && labels.size() == 1) {
      declaration(head, node, cat("module.", labels[0]), "module");
    }
  }

  TemplateBuilder& builder_;
  std::string_view text_;
  TerraformReader reader_;
  bool values_ = false;
};

TemplateFacts finished(TemplateBuilder& builder) {
  builder.facts.dialect = TemplateDialect::Terraform;
  std::ranges::stable_sort(builder.facts.problems, {},
                           [](const Problem& each) { return each.where.begin; });
  return std::move(builder.facts);
}

}  // namespace

void allow_terraform_type(TemplateBuilder& builder, Input& input, ExprId type) {
  input.allowed = {static_cast<std::uint32_t>(builder.facts.allowed.size()), 1};
  builder.facts.allowed.push_back(type);
}

bool gives_terraform_defaults(std::string_view type) {
  return type.find("optional(") != type.npos;
}

bool is_terraform_values(std::string_view name) {
  return name.ends_with(".tfvars") || name.ends_with(".tfvars.json");
}

bool is_terraform_name(std::string_view name) {
  return is_terraform_values(name) ||
         std::ranges::any_of(kConfigurations,
                             [&](std::string_view ending) { return name.ends_with(ending); });
}

TemplateDialect recognise_terraform(std::string_view path, std::string_view text) {
  if (!is_terraform_name(path) || text.find('\0') != text.npos) return TemplateDialect::Unknown;
  return TemplateDialect::Terraform;
}

TemplateFacts read_terraform(std::string_view path, std::string_view text) {
  TemplateBuilder builder;
  const bool values = is_terraform_values(path);
  if (path.ends_with(".json")) {
    read_terraform_json(builder, text, values);
    return finished(builder);
  }
  const ReadableText readable(text, kHclBytes, builder.facts.problems);
  const SyntaxTree tree =
      readable.refused() ? SyntaxTree{} : parse_syntax(tree_sitter_hcl(), readable.text());
  if (!tree) {
    if (!readable.refused()) builder.problem({}, "the file takes too long to read; not read");
    builder.facts.complete = false;
    return finished(builder);
  }
  // Places are those of the file: a byte order mark counts.
  const bool has_faults = ts_node_has_error(ts_tree_root_node(tree.get()));
  if (readable.skipped() > 0 || has_faults) {
    std::string whole = std::string(readable.skipped(), ' ') + std::string(readable.text());
    if (has_faults) whole = with_older_syntax(whole);
    const SyntaxTree again = parse_syntax(tree_sitter_hcl(), whole);
    if (again) TerraformFile(builder, whole).read(ts_tree_root_node(again.get()), values);
    return finished(builder);
  }
  TerraformFile(builder, readable.text()).read(ts_tree_root_node(tree.get()), values);
  return finished(builder);
}

TemplateFacts read_terraform_text(std::string_view text) {
  TemplateBuilder builder;
  const ReadableText readable(text, kHclBytes, builder.facts.problems);
  const Range whole{0, static_cast<std::uint32_t>(text.size())};
  if (!readable.refused()) {
    TerraformReader reader(builder, readable.text(), true);
    builder.facts.fragment = reader.whole_template(readable.text(), whole);
  }
  return finished(builder);
}

}  // namespace fnlint
