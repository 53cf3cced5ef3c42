// aws-lambda-tools-defaults.json, as the template of one function.

#include "frontends/templates/lambda_tools.h"

#include "frontends/documents/document.h"
#include "frontends/templates/expression_reader.h"
#include "frontends/templates/finish.h"

#include <array>
#include <utility>

namespace fnlint {

namespace {

struct ToolSetting {
  std::string_view name, property;
};
constexpr std::array kToolSettings{ToolSetting{"function-runtime", "Runtime"},
                                   ToolSetting{"function-timeout", "Timeout"},
                                   ToolSetting{"function-memory-size", "MemorySize"},
                                   ToolSetting{"function-architecture", "Architectures"}};

NodeId settings_root(const Document& document) {
  const NodeId root = document.roots.empty() ? NodeId{} : document.roots.front();
  return root.exists() && document[root].kind == NodeKind::Map ? root : NodeId{};
}

std::string setting_text(const Document& document, NodeId root, std::string_view key) {
  const NodeId found = root.exists() ? document.find(root, key) : NodeId{};
  return found.exists() && document[found].kind == NodeKind::Text ? document[found].text
                                                                  : std::string();
}

}  // namespace

std::optional<std::string> handler_of_lambda_tools(std::string_view text) {
  const Document document = read_json(text);
  const NodeId root = settings_root(document);
  std::string handler = setting_text(document, root, "function-handler");
  if (handler.empty() || !setting_text(document, root, "template").empty()) return std::nullopt;
  return handler;
}

TemplateFacts template_of_lambda_tools(std::string_view text, const DeployedHandler& handler) {
  const Document document = read_json(text);
  TemplateBuilder builder;
  ExpressionReader expressions(document, builder);
  std::vector<Written> body;
  const NodeId root = settings_root(document);
  const MapEntry* named = root.exists() ? document.find_entry(root, "function-handler") : nullptr;
  const Range where = named != nullptr ? named->key_range : Range{};
  builder.add(body, "CodeUri", builder.text(handler.code, where), where);
  builder.add(body, "Handler", builder.text(handler.handler, where), where);
  builder.add(body, "Events", events_of_handler(builder, handler, where), where);
  for (const ToolSetting& row : kToolSettings) {
    const MapEntry* entry = root.exists() ? document.find_entry(root, row.name) : nullptr;
    if (entry == nullptr || document[entry->value].text.empty()) continue;
    ExprId value = expressions.value(entry->value);
    if (row.property == "Architectures")
      value = builder.list(std::array{value}, document[entry->value].range);
    builder.add(body, row.property, value, entry->key_range);
  }
  Written rest;
  rest.operand.value = builder.unknown("these settings do not say it", where);
  rest.operand.spread = 2;
  body.push_back(rest);
  builder.facts.declarations.push_back({.address = builder.string(handler.address),
                                        .type = builder.string("AWS::Serverless::Function"),
                                        .body = builder.record(body, where),
                                        .attributes = builder.record({}, where),
                                        .name_range = where,
                                        .type_range = where,
                                        .where = where});
  TemplateFacts facts = finish(builder, document);
  facts.dialect = TemplateDialect::HandlerCode;
  facts.complete = false;
  return facts;
}

}  // namespace fnlint
