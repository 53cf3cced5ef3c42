// Runs the program by the interpreter with the CDK as its host, and writes what it made as
// declarations, expressions and conditions.

#include "link/synth/synth.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/synth/cdk_app.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

using cdk::CdkApp;
using cdk::SynthesisedResource;

constexpr std::string_view kDeletionPolicy = "DeletionPolicy";

Datum without_deletion_policy(Datum properties) {
  std::erase_if(properties.slots, [](const Slot& one) { return one.name == kDeletionPolicy; });
  return properties;
}

// Writes what a program made as the facts of a template.
class DatumWriter {
 public:
  DatumWriter(Interpreter& program, CdkApp& app, const std::vector<std::uint32_t>& bases)
      : program_(program), app_(app), bases_(bases) {
    facts_.dialect = TemplateDialect::CdkProgram;
  }
  TemplateFacts run();

 private:
  StringId string(std::string_view text);
  ExprId add(Expr expr, std::vector<Operand> operands, Range where, std::vector<Range> ranges = {});
  ExprId text(std::string_view value, Range where);
  ExprId unknown(std::string_view why, Range where);
  ExprId apply(std::string_view function, const std::vector<ExprId>& operands, Range where);
  ExprId expr(DatumId value, CodePlace where, int depth);
  ExprId holder(const Datum& row, CodePlace where, int depth);
  ExprId condition_expr(DatumId test, Range where, int depth);
  std::string condition_name(ConditionId id);
  std::string condition_name(const std::vector<PathTest>& path);
  ExprId deletion_policy(DatumId properties, CodePlace where);
  void declare(const SynthesisedResource& made);
  Range range(CodePlace place) const {
    if (!place.module.exists()) return {};
    const std::uint32_t base = bases_[place.module.index];
    return {base + place.range.begin, base + place.range.end};
  }

  Interpreter& program_;
  CdkApp& app_;
  const std::vector<std::uint32_t>& bases_;
  TemplateFacts facts_;
  std::map<std::string, StringId, std::less<>> strings_;
  std::map<std::string, bool> conditions_;
  std::uint64_t nodes_left_ = kExpandedNodes;
  int named_ = 0;
};

StringId DatumWriter::string(std::string_view text) {
  const auto known = strings_.find(text);
  if (known != strings_.end()) return known->second;
  const auto begin = static_cast<std::uint32_t>(facts_.text.size());
  facts_.text += text;
  facts_.strings.push_back({begin, static_cast<std::uint32_t>(facts_.text.size())});
  const StringId id{static_cast<std::uint32_t>(facts_.strings.size() - 1)};
  strings_.emplace(text, id);
  return id;
}

ExprId DatumWriter::add(Expr expr, std::vector<Operand> operands, Range where,
                        std::vector<Range> ranges) {
  expr.operands = {static_cast<std::uint32_t>(facts_.operands.size()),
                   static_cast<std::uint32_t>(operands.size())};
  ranges.resize(operands.size());
  facts_.operands.insert(facts_.operands.end(), operands.begin(), operands.end());
  facts_.operand_ranges.insert(facts_.operand_ranges.end(), ranges.begin(), ranges.end());
  facts_.exprs.push_back(expr);
  facts_.expr_ranges.push_back(where);
  facts_.expr_places.push_back({static_cast<std::uint32_t>(facts_.text_places.size()), 0});
  return ExprId{static_cast<std::uint32_t>(facts_.exprs.size() - 1)};
}

ExprId DatumWriter::text(std::string_view value, Range where) {
  const ExprId id = add({.kind = ExprKind::Text, .name = string(value)}, {}, where);
  // The text begins behind its quotes.
  const std::uint32_t length = where.end - where.begin;
  const auto size = static_cast<std::uint32_t>(value.size());
  const std::uint32_t quotes = length > size ? (length - size) / 2 : 0;
  facts_.expr_places.back() = {static_cast<std::uint32_t>(facts_.text_places.size()), 1};
  facts_.text_places.push_back({0, where.begin + std::min<std::uint32_t>(quotes, 3)});
  return id;
}

ExprId DatumWriter::unknown(std::string_view why, Range where) {
  return add({.kind = ExprKind::Unknown, .name = string(why)}, {}, where);
}

ExprId DatumWriter::apply(std::string_view function, const std::vector<ExprId>& operands,
                          Range where) {
  std::vector<Operand> rows;
  for (const ExprId one : operands) rows.push_back({.value = one});
  return add({.kind = ExprKind::Apply, .name = string(function)}, std::move(rows), where);
}

ExprId DatumWriter::holder(const Datum& row, CodePlace where, int depth) {
  std::vector<Operand> operands;
  std::vector<Range> ranges;
  const bool is_record = row.kind == DatumKind::Record;
  for (const Slot& one : row.slots) {
    if (program_.is(one.value, DatumKind::Absent)) continue;
    const CodePlace at = one.where.module.exists() ? one.where : where;
    Operand operand{.value = expr(one.value, at, depth + 1)};
    if (is_record) operand.name = string(one.name);
    operands.push_back(operand);
    ranges.push_back(is_record ? range(one.key.module.exists() ? one.key : at) : Range{});
  }
  if (row.open) {
    operands.push_back(
        {.value = unknown("entries that the program computes", range(where)), .spread = 1});
    ranges.push_back({});
  }
  return add({.kind = is_record ? ExprKind::Record : ExprKind::List}, std::move(operands),
             range(where), std::move(ranges));
}

ExprId DatumWriter::expr(DatumId value, CodePlace where, int depth) {
  const Range at = range(where);
  if (depth > static_cast<int>(kNestingDepth) || nodes_left_ == 0)
    return unknown("a value that is too large", at);
  --nodes_left_;
  const Datum& row = program_[value];
  switch (row.kind) {
    case DatumKind::Absent: return apply("Ref", {text("AWS::NoValue", at)}, at);
    case DatumKind::Null: return add({.kind = ExprKind::Null}, {}, at);
    case DatumKind::Bool:
      return add({.kind = ExprKind::Bool, .detail = static_cast<std::uint8_t>(row.truth)}, {}, at);
    case DatumKind::Number:
      return add({.kind = ExprKind::Number, .name = string(number_text(row.number))}, {}, at);
    case DatumKind::Text: {
      // What stands on several lines has findings of its own in it.
      const bool is_long = row.where.module.exists() && row.text.find('\n') != std::string::npos;
      return text(row.text, is_long ? range(row.where) : at);
    }
    case DatumKind::List:
    case DatumKind::Record: return holder(row, where, depth);
    case DatumKind::Token: {
      static constexpr std::array<std::string_view, 4> kTests{"Fn::Equals", "Fn::Not", "Fn::And",
                                                              "Fn::Or"};
      if (std::ranges::find(kTests, row.text) != kTests.end()) {
        const std::string name = condition_name(program_.condition_of(value));
        return apply("Fn::If",
                     {text(name, at), add({.kind = ExprKind::Bool, .detail = 1}, {}, at),
                      add({.kind = ExprKind::Bool}, {}, at)},
                     at);
      }
      std::vector<ExprId> operands;
      for (const Slot& one : row.slots) operands.push_back(expr(one.value, where, depth + 1));
      return apply(row.text, operands, at);
    }
    case DatumKind::Choice: {
      const std::string name = condition_name(row.condition);
      const ExprId yes = expr(row.slots[0].value, where, depth + 1);
      const ExprId no = expr(row.slots[1].value, where, depth + 1);
      return apply("Fn::If", {text(name, at), yes, no}, at);
    }
    case DatumKind::Unknown: return unknown(row.text, at);
    default: return unknown("a value of the program", at);
  }
}

// A test as a condition of CloudFormation; what is not known of it stands for itself.
ExprId DatumWriter::condition_expr(DatumId test, Range where, int depth) {
  const Datum& row = program_[test];
  constexpr int kInOne = 3;  // deeper ones are conditions of their own, each written once
  if (row.kind == DatumKind::Token && depth < kInOne) {
    if (row.text == "Fn::Equals") {
      const ExprId a = expr(app_.plain(program_, row.slots[0].value), {}, depth + 1);
      const ExprId b = expr(app_.plain(program_, row.slots[1].value), {}, depth + 1);
      return apply("Fn::Equals", {a, b}, where);
    }
    if (row.text == "Fn::Not" || row.text == "Fn::And" || row.text == "Fn::Or") {
      std::vector<ExprId> operands;
      for (const Slot& one : row.slots)
        operands.push_back(condition_expr(one.value, where, depth + 1));
      return apply(row.text, operands, where);
    }
  }
  if (row.kind == DatumKind::Bool) {
    const ExprId a = text("a", where), b = text(row.truth ? "a" : "b", where);
    return apply("Fn::Equals", {a, b}, where);
  }
  const std::string name = condition_name(program_.condition_of(test));
  return apply("Condition", {text(name, where)}, where);
}

std::string DatumWriter::condition_name(ConditionId id) {
  const std::string name = cat("condition", id.index);
  if (!conditions_.emplace(name, true).second) return name;
  const DatumId test = program_.test_of(id);
  const Datum& row = program_[test];
  const Range where = range(row.where);
  const bool is_open = row.kind != DatumKind::Token;
  constexpr int kNamed = 100;  // conditions that name one another
  ++named_;
  const ExprId value =
      is_open || named_ > kNamed ? unknown(row.text, where) : condition_expr(test, where, 0);
  --named_;
  facts_.conditions.push_back({.name = string(name), .value = value, .where = where});
  return name;
}

std::string DatumWriter::condition_name(const std::vector<PathTest>& path) {
  if (path.size() == 1 && path[0].holds) return condition_name(path[0].condition);
  std::string name;
  std::vector<ExprId> all;
  for (const PathTest& test : path) {
    const std::string one = condition_name(test.condition);
    name += cat(name.empty() ? "" : "&", test.holds ? "" : "!", one);
    ExprId value = apply("Condition", {text(one, {})}, {});
    if (!test.holds) value = apply("Fn::Not", {value}, {});
    all.push_back(value);
  }
  if (!conditions_.emplace(name, true).second) return name;
  const ExprId value = all.size() == 1 ? all.front() : apply("Fn::And", all, {});
  facts_.conditions.push_back({.name = string(name), .value = value});
  return name;
}

// Constructs are told among their properties what stands beside them in a template.
ExprId DatumWriter::deletion_policy(DatumId properties, CodePlace where) {
  const Datum& row = program_[properties];
  if (row.kind != DatumKind::Record) return {};
  const auto at = std::ranges::find(row.slots, kDeletionPolicy, &Slot::name);
  return at == row.slots.end() ? ExprId{} : expr(app_.plain(program_, at->value), where, 0);
}

void DatumWriter::declare(const SynthesisedResource& made) {
  Declaration row{.address = string(made.address), .type = string(made.type)};
  row.where = row.name_range = row.type_range = range(made.name);
  if (!made.exists.empty()) row.condition = string(condition_name(made.exists));
  const DatumId properties = app_.plain(program_, made.properties);
  const ExprId kept = deletion_policy(properties, made.where);
  row.body = kept.exists() ? holder(without_deletion_policy(program_[properties]), made.where, 0)
                           : expr(properties, made.where, 0);
  // CDK's own output names its resources so: the two are recognised as one.
  const Range where = range(made.where);
  Datum metadata = program_[app_.plain(program_, made.metadata)];
  metadata.slots.push_back(
      {"aws:cdk:path", program_.text(cat(made.address, "/Resource")), made.where, made.where});
  if (const std::string stack = app_.stack_at(made.address); !stack.empty())
    metadata.slots.push_back({"aws:cdk:stack", program_.text(stack), made.where, made.where});
  const ExprId value = holder(metadata, made.where, 0);
  std::vector<Operand> attributes{{.name = string("Metadata"), .value = value}};
  if (kept.exists()) attributes.push_back({.name = string(kDeletionPolicy), .value = kept});
  row.attributes = add({.kind = ExprKind::Record}, attributes, where);
  facts_.declarations.push_back(row);
}

TemplateFacts DatumWriter::run() {
  for (const SynthesisedResource& made : app_.made()) declare(made);
  for (const cdk::ProgramInput& input : app_.inputs()) {
    Input row{.name = string(input.name),
              .type = string("String"),
              .secret = input.secret,
              .where = range(input.where)};
    if (input.fallback.exists() && !program_.is(input.fallback, DatumKind::Absent))
      row.fallback = expr(app_.plain(program_, input.fallback), input.where, 0);
    facts_.inputs.push_back(row);
  }
  for (const cdk::ProgramOutput& output : app_.outputs()) {
    NamedExpr row{.name = string(output.name)};
    row.value = expr(app_.plain(program_, output.value), output.where, 0);
    if (output.export_name.exists())
      row.export_name = expr(app_.plain(program_, output.export_name), output.where, 0);
    row.where = range(output.where);
    facts_.outputs.push_back(row);
  }
  return std::move(facts_);
}

// Where the last thing stands that a file's facts speak of.
std::uint32_t end_of(const CodeFacts& facts) {
  std::uint32_t end = 0;
  for (const std::vector<Range>* table :
       {&facts.expr_ranges, &facts.op_ranges, &facts.operand_ranges, &facts.function_ranges})
    for (const Range& range : *table) end = std::max(end, range.end);
  return end;
}

}  // namespace

SynthesisedTemplate synthesise(const Program& program, const std::vector<ModuleInfo>& modules,
                               const std::vector<std::string>& paths, ModuleId entry,
                               const DeploymentProgram& app, FileId file,
                               std::string_view definition, const FileSystem& files) {
  SynthesisedTemplate out;
  out.pieces.push_back({0, file});
  std::uint32_t base = static_cast<std::uint32_t>(definition.size()) + 1;
  std::vector<std::uint32_t> bases;
  for (const ModuleInfo& module : modules) {
    out.pieces.push_back({base, module.file});
    bases.push_back(base);
    base += end_of(*module.facts) + 1;
  }
  CdkApp host(files, app, paths, definition);
  Interpreter interpreter(program, host);
  interpreter.run(entry);
  host.start(interpreter);
  for (std::uint32_t i = 0; i < paths.size(); ++i)
    if (std::ranges::find(app.also, paths[i]) != app.also.end()) interpreter.run(ModuleId{i});
  host.finish(interpreter);
  out.facts = DatumWriter(interpreter, host, bases).run();
  const auto note = [&](const std::string& reason, CodePlace where) {
    const FileId at = where.module.exists() ? modules[where.module.index].file : file;
    out.unresolved.push_back(
        {.kind = UnresolvedKind::Intrinsic, .reason = reason, .where = {at, where.range}});
  };
  for (const auto& [reason, where] : host.notes()) note(reason, where);
  if (interpreter.raised().module.exists())
    note("the program fails here with what is known of it", interpreter.raised());
  if (!interpreter.stopped().empty())
    note(interpreter.stopped(), {});
  else if (interpreter.exhausted())
    note("the program makes more values than are followed", {});
  return out;
}

}  // namespace fnlint
