// Writes a function with its handler and event, and leaves everything else open: nothing may be
// concluded from its absence.

#include "frontends/templates/handler_code.h"

#include "core/text.h"
#include "frontends/templates/template_builder.h"

#include <array>

namespace fnlint {

namespace {

// What the code does not say: each of it may be anything.
constexpr std::string_view kNotSaid = "no template says it";

ExprId open_record(TemplateBuilder& builder, std::vector<Written> entries, Range where) {
  Written rest;
  rest.operand.value = builder.unknown(kNotSaid, where);
  rest.operand.spread = 2;
  entries.push_back(rest);
  return builder.record(entries, where);
}

class HandlerTemplate {
 public:
  void declare(const DeployedHandler& row);
  TemplateFacts finish() && { return std::move(builder_.facts); }

 private:
  using Entries = std::vector<Written>;
  ExprId attributes(const DeployedHandler& row);

  TemplateBuilder builder_ = {};
};

// The runtime ends a module's name at its first dot: "list.get.ts" is another file once it is
// deployed.
ExprId HandlerTemplate::attributes(const DeployedHandler& row) {
  const Range where = row.where;
  Entries build, metadata, all;
  if (!row.bundled.empty()) {
    const std::array files{builder_.text(row.bundled, where)};
    builder_.add(build, "EntryPoints", builder_.list(files, where), where);
    builder_.add(metadata, "BuildMethod", builder_.text("esbuild", where), where);
    builder_.add(metadata, "BuildProperties", builder_.record(build, where), where);
    builder_.add(all, "Metadata", builder_.record(metadata, where), where);
  }
  return builder_.record(all, where);
}

void HandlerTemplate::declare(const DeployedHandler& row) {
  const Range where = row.where;
  const auto entry = [&](Entries& to, std::string_view name, ExprId value) {
    builder_.add(to, name, value, where);
  };
  Entries body;
  entry(body, "CodeUri", builder_.text(row.code, where));
  entry(body, "Handler", builder_.text(row.handler, where));
  entry(body, "Events", events_of_handler(builder_, row, where));
  builder_.facts.declarations.push_back({.address = builder_.string(row.address),
                                         .type = builder_.string("AWS::Serverless::Function"),
                                         .body = open_record(builder_, std::move(body), where),
                                         .attributes = attributes(row),
                                         .name_range = where,
                                         .type_range = where,
                                         .where = where});
}

}  // namespace

ExprId events_of_handler(TemplateBuilder& builder, const DeployedHandler& row, Range where) {
  if (row.event.empty()) return {};
  std::vector<Written> source, event, events;
  const std::string name = cat("the ", lower(row.source), " that starts ", row.address);
  builder.add(source, row.source,
              builder.apply(kEventSource, std::array{builder.text(name, where)}, where), where);
  builder.add(event, "Type", builder.text(row.event, where), where);
  builder.add(event, "Properties", open_record(builder, std::move(source), where), where);
  builder.add(events, "Event", builder.record(event, where), where);
  return builder.record(events, where);
}

TemplateFacts template_of_handlers(std::span<const DeployedHandler> handlers) {
  HandlerTemplate all;
  for (const DeployedHandler& row : handlers) all.declare(row);
  TemplateFacts facts = std::move(all).finish();
  facts.dialect = TemplateDialect::HandlerCode;
  facts.complete = false;
  return facts;
}

}  // namespace fnlint
