// Recognises services for AWS, collects the files that their variables name, and reads a service as
// one expression, since only linking can tell its parts apart.

#include "frontends/templates/serverless.h"

#include "core/encoding.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/engine_text.h"
#include "frontends/templates/finish.h"
#include "frontends/templates/program_document.h"
#include "frontends/templates/section_reader.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {
namespace {

constexpr std::string_view kImport = "import ", kSpread = "${spread ";
constexpr std::string_view kCompose = "serverless-compose.";
constexpr std::array<std::string_view, 3> kExtensions{".yml", ".yaml", ".json"};
constexpr std::array<std::string_view, 5> kPrograms{".js", ".cjs", ".mjs", ".ts", ".mts"};
constexpr std::array<std::string_view, 4> kSections{"Parameters", "Mappings", "Conditions",
                                                    "Outputs"};

bool is_document(std::string_view path) {
  return std::ranges::find(kExtensions, extension_of(path)) != kExtensions.end();
}

std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

// What follows "key:" in a line, without quotes and comment; nothing when it is another line.
std::optional<std::string_view> value_in(std::string_view line, std::string_view key) {
  line = trim(line);
  if (line.starts_with('{')) line = trim(line.substr(1));  // of a JSON object's first line
  if (line.ends_with(',')) line.remove_suffix(1);
  const bool quoted = line.starts_with('"') || line.starts_with('\'');
  if (quoted) line.remove_prefix(1);
  if (!line.starts_with(key)) return std::nullopt;
  line.remove_prefix(key.size());
  if (quoted && !line.empty()) line.remove_prefix(1);
  line = trim(line);
  if (!line.starts_with(':')) return std::nullopt;
  line.remove_prefix(1);
  if (const std::size_t comment = line.find(" #"); comment != line.npos)
    line = line.substr(0, comment);
  line = trim(line);
  if (line.size() >= 2 && (line.front() == '"' || line.front() == '\'') &&
      line.back() == line.front())
    line = line.substr(1, line.size() - 2);
  return line;
}

// The first line of the outermost map that has this key: where it begins.
std::size_t find_key(std::string_view text, std::string_view key, bool braces) {
  for (std::size_t line = 0; line < text.size();) {
    const std::string_view here = line_at(text, line);
    const bool outermost = !here.empty() && here.front() != ' ' && here.front() != '\t';
    if ((outermost || braces) && value_in(here, key)) return line;
    line += here.size() + 1;
  }
  return text.npos;
}

// The provider's name as far as it can be seen without parsing: the key's own value, or the first
// "name" in the lines below it. Empty where it comes from elsewhere.
std::string_view provider_name(std::string_view text, std::size_t provider) {
  const std::string_view first = line_at(text, provider);
  const std::string_view own = value_in(first, "provider").value_or("");
  if (!own.empty() && own.front() != '{') return own.find('$') == own.npos ? own : "";
  if (const std::size_t name = own.find("name:"); name != own.npos) {
    const std::string_view rest = trim(own.substr(name + 5));
    return rest.substr(0, rest.find_first_of(",} "));
  }
  std::size_t line = provider + first.size() + 1;
  const std::size_t margin = first.find_first_not_of(" \t");
  while (line < text.size()) {
    const std::string_view here = line_at(text, line);
    const std::size_t indent = here.find_first_not_of(" \t\r");
    if (indent != here.npos && here[indent] != '#' && here[indent] != '}' && indent <= margin)
      break;
    if (const auto name = value_in(here, "name"); name && indent != here.npos) return *name;
    line += here.size() + 1;
  }
  return {};
}

// Every file that a "${file(...)}" names; parts that are not literal are "*".
void want_files(TemplateBuilder& builder) {
  TemplateFacts& facts = builder.facts;
  for (std::uint32_t row = 0; row < facts.exprs.size(); ++row) {
    const Expr& expr = facts.exprs[row];
    const std::string_view function = facts.string(expr.name);
    const bool imports = function == "sls:import";
    if (expr.kind != ExprKind::Apply || (function != "sls:file" && !imports)) continue;
    if (expr.operands.count < 2) continue;
    const Expr& path = facts[facts.operands_of(expr.operands)[1].value];
    std::string name;
    if (path.kind == ExprKind::Text) name = facts.string(path.name);
    if (path.kind == ExprKind::Concat) {
      for (const Operand& part : facts.operands_of(path.operands)) {
        const Expr& piece = facts[part.value];
        name += piece.kind == ExprKind::Text ? facts.string(piece.name) : std::string_view("*");
      }
    }
    if (imports) name.insert(0, kImport);
    if (name.empty() || name.front() == '/' || name.front() == '~') continue;
    // A name of which nothing is known would be every file.
    if (!imports && name.find('*') != name.npos && extension_of(name).size() < 2) continue;
    if (!imports && extension_of(name).find('*') != name.npos) continue;
    facts.wanted.push_back({.path = builder.string(name),
                            .kind = WantedKind::Variable,
                            .where = facts.expr_ranges[row]});
  }
}

// What a program spreads into an object comes as an entry of its own kind.
void mark_spreads(TemplateFacts& facts) {
  for (Operand& operand : facts.operands) {
    if (!facts.string(operand.name).starts_with(kSpread)) continue;
    operand.spread = 1;
    operand.name = {};
  }
}

void read_sections(SectionReader& reader, const Document& document, NodeId map) {
  for (const std::string_view name : kSections) {
    const NodeId section = document.find(map, name);
    if (section.exists() && document[section].kind == NodeKind::Map && document[section].tag.empty())
      reader.section(name, section);
  }
}

TemplateFacts finish_service(TemplateBuilder& builder, const Document& document) {
  want_files(builder);
  TemplateFacts& facts = builder.facts;
  mark_spreads(facts);
  facts.dialect = TemplateDialect::ServerlessFramework;
  return finish(builder, document);
}

TemplateFacts read_text_file(std::string_view text) {
  TemplateBuilder builder;
  builder.facts.fragment =
      builder.text(text, {0, static_cast<std::uint32_t>(text.size())});
  builder.facts.dialect = TemplateDialect::ServerlessFramework;
  return std::move(builder.facts);
}

}  // namespace

bool is_serverless_compose(std::string_view path) {
  return file_name_of(path).starts_with(kCompose) && is_document(path);
}

bool is_serverless_name(std::string_view name) {
  return name.starts_with("serverless") && (is_document(name) || is_program(name));
}

TemplateDialect recognise_serverless(std::string_view path, std::string_view text) {
  if (!is_serverless_name(file_name_of(path))) return TemplateDialect::Unknown;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (is_program(path)) {
    const auto says = [&](std::string_view word) { return text.find(word) != text.npos; };
    const bool service = says("provider") && says("service") && says("aws") &&
                         (says("module.exports") || says("export default"));
    return service ? TemplateDialect::ServerlessFramework : TemplateDialect::Unknown;
  }
  const bool braces = trim(text).starts_with('{');
  if (is_serverless_compose(path))
    return find_key(text, "services", braces) != text.npos ? TemplateDialect::ServerlessFramework
                                                           : TemplateDialect::Unknown;
  const std::size_t provider = find_key(text, "provider", braces);
  if (provider == text.npos || find_key(text, "service", braces) == text.npos)
    return TemplateDialect::Unknown;
  const std::string_view name = provider_name(text, provider);
  const bool other = !name.empty() && name != "aws" && name.find('$') == name.npos;
  return other ? TemplateDialect::Unknown : TemplateDialect::ServerlessFramework;
}

bool is_program(std::string_view path) {
  return std::ranges::find(kPrograms, extension_of(path)) != kPrograms.end();
}

namespace {

TemplateFacts read_service(Document document, const EngineText& engine = {}) {
  TemplateBuilder builder;
  builder.blanks = engine.blanks;
  builder.facts.complete = !engine.statements;
  if (engine.statements) builder.facts.problems.push_back(*engine.statements);
  builder.serverless = true;
  SectionReader reader(document, builder);
  if (!document.roots.empty()) {
    const NodeId root = document.roots.front();
    reader.value(root);
    const NodeId resources = document.find(root, "resources");
    if (resources.exists()) {
      read_sections(reader, document, resources);
      for (const NodeId item : document.items_of(document[resources]))
        read_sections(reader, document, item);
    }
  }
  return finish_service(builder, document);
}

}  // namespace

TemplateFacts read_serverless(std::string_view text) {
  Document document = read_document(text, YamlWords::Core);
  std::optional<Range> sign = find_cookiecutter(text);
  if (!sign && !document.problems.empty()) sign = find_engine_sign(text);
  if (!sign) return read_service(std::move(document));
  const EngineText engine = without_engine(text);
  document = read_document(engine.text, YamlWords::Core);
  if (document.problems.empty()) return read_service(std::move(document), engine);
  TemplateFacts facts;
  facts.dialect = TemplateDialect::ServerlessFramework;
  facts.complete = false;
  facts.problems.push_back({*sign, "input of a template engine, not a service yet: not read"});
  return facts;
}

TemplateFacts read_serverless_compose(std::string_view text) {
  Document document = read_document(text, YamlWords::Core);
  TemplateBuilder builder;
  builder.serverless = builder.compose = true;
  if (!document.roots.empty())
    SectionReader(document, builder).value(document.roots.front());
  return finish_service(builder, document);
}

TemplateFacts read_serverless_program(const CodeFacts& facts) {
  Document document = document_of_program(facts);
  // "export default" of a service is the service.
  const NodeId root = document.roots.front();
  const NodeId service = document.find(root, "default");
  if (document.find(service, "provider").exists()) document.roots.front() = service;
  return read_service(std::move(document));
}

TemplateFacts read_serverless_file(std::string_view path, std::string_view text) {
  if (!is_document(path)) return read_text_file(text);
  Document document = read_document(text, YamlWords::Core);
  TemplateBuilder builder;
  builder.serverless = true;
  SectionReader reader(document, builder);
  if (!document.roots.empty()) {
    reader.value(document.roots.front());
    read_sections(reader, document, document.roots.front());
  }
  return finish_service(builder, document);
}

}  // namespace fnlint
