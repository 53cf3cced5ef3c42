// Writes templates, resources, functions, effects and cycles as JSON, each value in words.

#include "app/pictures/model_json.h"

#include "checks/state/state_verdict.h"
#include "core/lines.h"
#include "core/text.h"
#include "frontends/source/common/code_text.h"
#include "model/package.h"
#include "model/words.h"
#include "report/json_values.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/pool.h"
#include "values/read_whole.h"

#include <nlohmann/json.hpp>

#include <map>

namespace fnlint {

namespace {

class ModelWriter {
 public:
  explicit ModelWriter(const LinkedModel& model)
      : model_(model), project_(model.project), pool_(*model.project.pool) {}
  Json write(ModelStage stage);

 private:
  Json place(const Span& where);
  Json value(ValueId id) const { return id.exists() ? Json(describe(pool_, id)) : Json(nullptr); }
  Json address(ResourceId id) const {
    return id.exists() ? Json(pool_[project_.stacks[id].address]) : Json(nullptr);
  }
  Json facts(const std::vector<Fact>& facts) const;
  Json path(const std::vector<PlacedText>& steps);

  Json templates();
  Json declarations(const TemplateSource& source);
  Json sources();
  Json resource(const Resource& row);
  Json relation(const Relation& row);
  Json declared(const DeclaredFunction& row);
  static Json guess(const Guess& row) {
    return {{"sign", row.sign}, {"score", row.score}, {"reason", row.reason}};
  }
  Json resolution(const LambdaFunction& function);
  Json function(const LambdaFunction& function);
  Json effect(const Effect& row);
  Json cycle(const Cycle& row);
  Json unresolved(const std::vector<Unresolved>& rows);
  template <class Row>
  Json all(const std::vector<Row>& rows, Json (ModelWriter::*one)(const Row&)) {
    Json list = Json::array();
    for (const Row& row : rows) list.push_back((this->*one)(row));
    return list;
  }

  const LinkedModel& model_;
  const Project& project_;
  const ValuePool& pool_;
  std::map<FileId, Lines> lines_ = {};
};

Json ModelWriter::place(const Span& where) {
  if (!where.file.exists()) return nullptr;
  const Lines& lines = lines_.try_emplace(where.file, model_.files.text(where.file)).first->second;
  const Place begin = lines.place(where.range.begin);
  return {{"path", model_.files.path(where.file)}, {"line", begin.line}, {"column", begin.column}};
}

Json ModelWriter::path(const std::vector<PlacedText>& steps) {
  Json list = Json::array();
  for (const PlacedText& step : steps) {
    Json row = place(step.where);
    row["message"] = step.message;
    list.push_back(std::move(row));
  }
  return list;
}

Json ModelWriter::facts(const std::vector<Fact>& facts) const {
  Json list = Json::array();
  for (const Fact& fact : facts)
    list.push_back(cat(fact.holds ? "" : "not ", describe(pool_, fact.test)));
  return list;
}

Json ModelWriter::declarations(const TemplateSource& source) {
  Json list = Json::array();
  for (const Declaration& row : source.facts->declarations)
    list.push_back({{"address", source.facts->string(row.address)},
                    {"type", source.facts->string(row.type)},
                    {"place", place({source.file, row.name_range})}});
  return list;
}

Json ModelWriter::templates() {
  Json list = Json::array();
  for (const TemplateSource& source : model_.templates.sources) {
    const TemplateFacts& facts = *source.facts;
    Json inputs = Json::array();
    for (const Input& input : facts.inputs)
      inputs.push_back({{"name", facts.string(input.name)}, {"type", facts.string(input.type)}});
    list.push_back({{"path", source.path},
                    {"dialect", word_of(facts.dialect)},
                    {"fragment", source.fragment},
                    {"complete", facts.complete},
                    {"inputs", std::move(inputs)},
                    {"resources", declarations(source)}});
  }
  return list;
}

Json ModelWriter::sources() {
  Json list = Json::array();
  for (const ModuleInfo& module : project_.modules) {
    const CodeFacts& facts = *module.facts;
    Json functions = Json::array(), imports = Json::array();
    for (std::size_t i = 0; i < facts.functions.size(); ++i)
      functions.push_back({{"name", facts.string(facts.functions[i].name)},
                           {"place", place({module.file, facts.function_ranges[i]})}});
    for (const Import& row : facts.imports)
      imports.push_back({{"module", facts.string(row.module)},
                         {"name", facts.string(row.name)},
                         {"place", place({module.file, row.where})}});
    list.push_back({{"path", model_.files.path(module.file)},
                    {"language", word_of(facts.language)},
                    {"functions", std::move(functions)},
                    {"imports", std::move(imports)},
                    {"opaque", facts.opaques.size()},
                    {"code", code_text(facts)}});
  }
  return list;
}

Json ModelWriter::resource(const Resource& row) {
  Json properties = Json::array();
  for (std::uint32_t i = 0; i < row.properties.count; ++i) {
    const Property& property = project_.stacks.properties[row.properties.first + i];
    Json entry{{"path", pool_[property.path]},
               {"value", value(property.value)},
               {"place", place(property.where)}};
    if (property.inherited) entry["inherited"] = true;
    properties.push_back(std::move(entry));
  }
  Json out{{"address", pool_[row.address]},    {"scope", project_.stacks.scopes[row.scope].name},
           {"type", pool_[row.native_type]},   {"kind", word_of(row.kind)},
           {"generated", row.generated},       {"conditional", !pool_.always(row.exists)},
           {"name", value(row.physical_name)}, {"place", place(row.name)}};
  out["properties"] = std::move(properties);
  return out;
}

Json ModelWriter::relation(const Relation& row) {
  return {{"kind", word_of(row.kind)},
          {"from", address(row.from)},
          {"to", address(row.to)},
          {"declaredBy", address(row.declared_by)},
          {"filter", value(row.filter)},
          {"amount", value(row.amount)},
          {"conditional", !pool_.always(row.when)},
          {"place", place(row.where)}};
}

Json ModelWriter::declared(const DeclaredFunction& row) {
  Json code{{"kind", word_of(row.code.kind)}};
  if (!row.code.path.empty()) code["path"] = row.code.path;
  if (!row.code.reason.empty()) code["reason"] = row.code.reason;
  if (row.code.guess) code["guess"] = guess(row.code.guess);
  return {{"function", address(row.resource)}, {"handler", value(row.handler)},
          {"runtime", value(row.runtime)},     {"code", std::move(code)},
          {"role", address(row.role)},         {"image", row.image}};
}

Json ModelWriter::resolution(const LambdaFunction& function) {
  Json out{{"function", function.name},
           {"language", word_of(function.language)},
           {"resolved", function.resolved}};
  if (function.resolved) {
    out["handler"] = place(function.handler_where);
  } else {
    out["reason"] = function.unresolved;
  }
  for (const Guess& row : function.guesses) out["guesses"].push_back(guess(row));
  out["complete"] = is_read_whole(function);
  Json& parts = out["notFollowed"] = Json::array();
  for (const NotFollowed& one : function.not_followed)
    parts.push_back({{"part", word_of(one.part)}, {"what", one.what}, {"place", place(one.where)}});
  return out;
}

Json ModelWriter::effect(const Effect& row) {
  const std::span<const Operation> known = operations();
  return {
      {"operation", row.operation < known.size() ? Json(known[row.operation].id) : Json(nullptr)},
      {"target", address(row.target)},
      {"targetValue", value(row.target_value)},
      {"key", value(row.key)},
      {"arguments", value(row.arguments)},
      {"holds", facts(row.holds)},
      {"evidence", row.uncertainty},
      {"place", place(row.where)},
      {"path", path(row.path)}};
}

Json ModelWriter::function(const LambdaFunction& function) {
  Json out = resolution(function);
  out["runtime"] = function.runtime;
  out["effects"] = all(function.effects, &ModelWriter::effect);
  out["unknownCalls"] = all(function.unknown_calls, &ModelWriter::effect);
  Json changes = Json::array(), imports = Json::array();
  for (const StateChange& row : function.changes)
    changes.push_back({{"name", row.name},
                       {"how", word_of(row.how)},
                       {"key", value(row.key)},
                       {"value", value(row.value)},
                       {"initial", value(row.initial)},
                       {"left", word_of(row.left)},
                       {"readBefore", row.read_before},
                       {"foundNew", row.found_new},
                       {"holds", facts(row.holds)},
                       {"order", row.order},
                       {"reason", judge(pool_, function, row).reason.name},
                       {"place", place(row.where)}});
  for (const InitImport& row : function.imports)
    imports.push_back({{"path", row.path},
                       {"symbol", row.symbol},
                       {"use", word_of(row.use)},
                       {"place", place(row.where)}});
  Json reads = Json::array(), returns = Json::array();
  for (const InputRead& row : function.reads)
    reads.push_back({{"value", value(row.value)},
                     {"atInit", row.phase != CallPhase::Invocation},
                     {"absenceExpected", row.absence_expected},
                     {"holds", facts(row.holds)},
                     {"place", place(row.where)},
                     {"path", path(row.path)}});
  for (const ReturnedValue& row : function.returns)
    returns.push_back(
        {{"value", value(row.value)}, {"holds", facts(row.holds)}, {"place", place(row.where)}});
  out["reads"] = std::move(reads);
  out["readsKnown"] = function.reads_known;
  out["returns"] = std::move(returns);
  out["returnsKnown"] = function.returns_known;
  out["changes"] = std::move(changes);
  out["imports"] = std::move(imports);
  out["bytes"] =
      function.size.source == SizeSource::Unknown ? Json(nullptr) : Json(function.size.bytes);
  out["layers"] = function.layers.size();
  return out;
}

Json ModelWriter::cycle(const Cycle& row) {
  Json steps = Json::array();
  for (const CycleStep& step : row.steps)
    steps.push_back({{"kind", word_of(step.kind)},
                     {"from", address(step.from)},
                     {"to", address(step.to)},
                     {"place", place(step.where)}});
  return {{"denied", row.denied},
          {"byPermission", row.by_permission},
          {"stoppedByPlatform", row.stopped_by_platform},
          {"steps", std::move(steps)}};
}

Json ModelWriter::unresolved(const std::vector<Unresolved>& rows) {
  Json list = Json::array();
  for (const Unresolved& row : rows)
    list.push_back({{"kind", word_of(row.kind)},
                    {"reason", row.reason},
                    {"function", row.function.empty() ? Json(nullptr) : Json(row.function)},
                    {"place", place(row.where)}});
  return list;
}

Json ModelWriter::write(ModelStage stage) {
  Json out{{"version", 1}};
  switch (stage) {
    case ModelStage::Compile:
      out["templates"] = templates();
      out["sources"] = sources();
      break;
    case ModelStage::Templates:
      out["resources"] = all(project_.stacks.resources, &ModelWriter::resource);
      out["relations"] = all(project_.stacks.relations, &ModelWriter::relation);
      out["functions"] = all(project_.stacks.functions, &ModelWriter::declared);
      out["unresolved"] = unresolved(project_.stacks.unresolved);
      break;
    case ModelStage::Code:
      out["functions"] = all(project_.functions, &ModelWriter::resolution);
      out["unresolved"] = unresolved(project_.unresolved);
      break;
    case ModelStage::Join:
      out["functions"] = all(project_.functions, &ModelWriter::function);
      out["relations"] = all(project_.stacks.relations, &ModelWriter::relation);
      out["cycles"] = all(project_.cycles, &ModelWriter::cycle);
      out["unresolved"] = unresolved(project_.unresolved);
      break;
  }
  return out;
}

}  // namespace

std::string model_json(const LinkedModel& model, ModelStage stage) {
  return dumped(ModelWriter(model).write(stage), 2) + '\n';
}

}  // namespace fnlint
