// Reads objects as blocks or arguments, texts as templates with interpolations.

#include "frontends/templates/terraform_json.h"

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/terraform_form.h"
#include "frontends/templates/terraform_reader.h"
#include "frontends/templates/text_source.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Blocks and arguments look alike in JSON: what is a block is known by what its type declares.
class TerraformJson {
 public:
  TerraformJson(TemplateBuilder& builder, const Document& document)
      : builder_(builder), document_(document), reader_(builder, {}) {}

  void file(NodeId root);
  void values(NodeId root);

 private:
  using Own = std::span<const std::string_view>;
  ExprId value(NodeId node, bool templates);
  ExprId text(NodeId node, bool templates);
  ExprId record(NodeId node, bool templates);
  void dynamic_blocks(NodeId node, std::vector<Written>& entries);
  template <class Visit>
  void objects(NodeId node, const Visit& visit);
  template <class Visit>
  void entries(NodeId node, const Visit& visit);
  void declaration(const MapEntry& entry, NodeId body, std::string_view block,
                   std::string_view type, Range type_range);
  void section(const MapEntry& entry);

  TemplateBuilder& builder_;
  const Document& document_;
  TerraformReader reader_;
};

ExprId TerraformJson::text(NodeId node, bool templates) {
  const Node& row = document_[node];
  const bool marked = row.text.find("${") != row.text.npos || row.text.find("%{") != row.text.npos;
  if (templates && marked) return reader_.whole_template(row.text, row.range);
  return scalar_of(builder_, document_, node);
}

ExprId TerraformJson::record(NodeId node, bool templates) {
  std::vector<Written> out;
  for (const MapEntry& entry : document_.entries_of(document_[node])) {
    if (entry.key == "//") continue;  // a comment
    if (templates && entry.key == "dynamic") {
      dynamic_blocks(entry.value, out);
      continue;
    }
    Operand operand{.value = value(entry.value, templates)};
    if (templates && entry.key.find("${") != entry.key.npos)
      operand.key = reader_.whole_template(entry.key, entry.key_range);
    else
      operand.name = builder_.string(entry.key);
    out.push_back({operand, entry.key_range});
  }
  return builder_.record(out, document_[node].range);
}

ExprId TerraformJson::value(NodeId node, bool templates) {
  if (!node.exists()) return {};
  const Node& row = document_[node];
  if (builder_.full()) return builder_.overflow(row.range);
  if (row.kind == NodeKind::Text) return text(node, templates);
  if (row.kind == NodeKind::Map) return record(node, templates);
  if (row.kind != NodeKind::List) return scalar_of(builder_, document_, node);
  std::vector<ExprId> items;
  for (const NodeId item : document_.items_of(row)) items.push_back(value(item, templates));
  return builder_.list(items, row.range);
}

// An object, or each of a list of objects.
template <class Visit>
void TerraformJson::objects(NodeId node, const Visit& visit) {
  if (!node.exists()) return;
  if (document_[node].kind == NodeKind::Map) {
    visit(node);
  } else if (document_[node].kind == NodeKind::List) {
    for (const NodeId item : document_.items_of(document_[node]))
      if (document_[item].kind == NodeKind::Map) visit(item);
  }
}

template <class Visit>
void TerraformJson::entries(NodeId node, const Visit& visit) {
  objects(node, [&](NodeId object) {
    for (const MapEntry& entry : document_.entries_of(document_[object]))
      if (entry.key != "//") visit(entry);
  });
}

void TerraformJson::dynamic_blocks(NodeId node, std::vector<Written>& to) {
  entries(node, [&](const MapEntry& named) {
    std::vector<Operand> items;
    objects(named.value, [&](NodeId block) {
      const NodeId each = document_.find(block, "for_each");
      NodeId content;
      objects(document_.find(block, "content"), [&](NodeId one) { content = one; });
      if (!each.exists() || !content.exists()) return;
      const NodeId iterator = document_.find(block, "iterator");
      const std::string name = iterator.exists() ? document_[iterator].text : named.key;
      const ExprId collection = value(each, true);
      reader_.bind(name);
      const ExprId body = value(content, true);
      reader_.unbind();
      const std::array operands{Operand{.value = collection}, Operand{.value = body}, Operand{},
                                Operand{}};
      items.push_back({.value = builder_.form({.kind = ExprKind::Comprehend,
                                               .detail = kDynamic,
                                               .name = builder_.string(name)},
                                              operands, document_[block].range),
                       .spread = 1});
    });
    const ExprId list =
        builder_.form({.kind = ExprKind::List, .detail = kBlocks}, items,
                      document_[named.value].range);
    to.push_back({{.name = builder_.string(named.key), .value = list}, named.key_range});
  });
}

void TerraformJson::declaration(const MapEntry& entry, NodeId body, std::string_view block,
                                std::string_view type, Range type_range) {
  const Own own_names = terraform_own_names(block);
  std::vector<Written> own;
  std::vector<Written> out;
  for (const MapEntry& each : document_.entries_of(document_[body])) {
    if (each.key == "//") continue;
    if (each.key == "dynamic") {
      dynamic_blocks(each.value, out);
      continue;
    }
    const bool is_own = std::ranges::find(own_names, each.key) != own_names.end();
    const Operand operand{.name = builder_.string(each.key), .value = value(each.value, true)};
    (is_own ? own : out).push_back({operand, each.key_range});
  }
  const std::string_view prefix = block == "data" ? "data." : "";
  const bool own_address = block == kTerraformBackend || block == kTerraformProvider;
  Declaration row{
      .address = builder_.string(own_address ? entry.key : cat(prefix, type, ".", entry.key)),
      .type = builder_.string(cat(prefix, type))};
  row.body = builder_.record(out, document_[body].range);
  row.attributes = builder_.record(own, document_[body].range);
  row.name_range = entry.key_range;
  row.type_range = type_range;
  row.where = {entry.key_range.begin, document_[body].range.end};
  builder_.facts.declarations.push_back(row);
  if (block == "module") want_terraform_module(builder_, row);
}

void TerraformJson::section(const MapEntry& entry) {
  const std::string& name = entry.key;
  if (name == "resource" || name == "data") {
    entries(entry.value, [&](const MapEntry& type) {
      entries(type.value, [&](const MapEntry& named) {
        objects(named.value, [&](NodeId body) {
          declaration(named, body, name, type.key, type.key_range);
        });
      });
    });
  } else if (name == "provider") {
    entries(entry.value, [&](const MapEntry& named) {
      objects(named.value, [&](NodeId body) {
        declaration(named, body, kTerraformProvider, kTerraformProvider, named.key_range);
      });
    });
  } else if (name == "module") {
    entries(entry.value, [&](const MapEntry& named) {
      objects(named.value, [&](NodeId body) {
        declaration(named, body, "module", "module", named.key_range);
      });
    });
  } else if (name == "terraform") {
    entries(entry.value, [&](const MapEntry& own) {
      const auto backend = [&](const MapEntry& kind) {
        objects(kind.value, [&](NodeId body) {
          declaration(kind, body, kTerraformBackend, kTerraformBackend, kind.key_range);
        });
      };
      if (own.key == "backend") entries(own.value, backend);
      if (own.key == "cloud") backend(own);
    });
  } else if (name == "variable") {
    entries(entry.value, [&](const MapEntry& named) {
      Input row{.name = builder_.string(named.key), .where = named.key_range};
      objects(named.value, [&](NodeId body) {
        if (const NodeId type = document_.find(body, "type"); type.exists()) {
          row.type = builder_.string(document_[type].text);
          if (gives_terraform_defaults(document_[type].text))
            allow_terraform_type(builder_, row,
                                 reader_.whole_template(cat("${", document_[type].text, "}"),
                                                        document_[type].range));
        }
        row.fallback = value(document_.find(body, "default"), false);
        const NodeId secret = document_.find(body, "sensitive");
        row.secret = secret.exists() && document_[secret].text == "true";
      });
      builder_.facts.inputs.push_back(row);
    });
  } else if (name == "output") {
    entries(entry.value, [&](const MapEntry& named) {
      NamedExpr row{.name = builder_.string(named.key), .where = named.key_range};
      objects(named.value,
              [&](NodeId body) { row.value = value(document_.find(body, "value"), true); });
      builder_.facts.outputs.push_back(row);
    });
  } else if (name == "locals") {
    entries(entry.value, [&](const MapEntry& named) {
      NamedExpr row{.name = builder_.string(named.key), .where = named.key_range};
      row.value = value(named.value, true);
      builder_.facts.mappings.push_back(row);
    });
  }
}

void TerraformJson::file(NodeId root) {
  entries(root, [&](const MapEntry& entry) { section(entry); });
}

void TerraformJson::values(NodeId root) {
  entries(root, [&](const MapEntry& named) {
    NamedExpr row{.name = builder_.string(named.key), .where = named.key_range};
    row.value = value(named.value, false);
    builder_.facts.mappings.push_back(row);
  });
}

}  // namespace

ExprId scalar_of(TemplateBuilder& builder, const Document& document, NodeId node) {
  const Node& row = document[node];
  switch (row.kind) {
    case NodeKind::Null: return builder.null(row.range);
    case NodeKind::Bool: return builder.boolean(row.text == "true", row.range);
    case NodeKind::Number: return builder.number(row.text, row.range);
    case NodeKind::Text: {
      std::vector<TextPlace> places;
      TextSource(document, node).add_locations(0, row.text.size(), 0, places);
      return builder.text(row.text, row.range, places);
    }
    default: return {};
  }
}

void read_terraform_json(TemplateBuilder& builder, std::string_view text, bool values) {
  const Document document = read_json(text);
  for (const Problem& problem : document.problems)
    builder.problem(problem.where, problem.message);
  builder.facts.complete = document.complete;
  if (document.roots.empty()) return;
  TerraformJson json(builder, document);
  if (values)
    json.values(document.roots.front());
  else
    json.file(document.roots.front());
}

}  // namespace fnlint
