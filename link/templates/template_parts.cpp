// Indexes the names that each text declares or misses, and joins it with those that it needs.

#include "link/templates/template_parts.h"

#include "core/text.h"
#include "link/templates/duplicate_definitions.h"

#include <algorithm>
#include <numeric>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kTemplateParts = 1000;
constexpr std::size_t kShortestStem = 4;

// Names of one kind do not meet those of another: "R" what a Ref may name, "C" conditions, "M"
// maps, and "S" what SAM makes more resources of, whose names begin with its own.
std::string key_of(char kind, std::string_view name) { return cat(kind, name); }

// A literal first operand is a name.
std::string_view named_by(const TemplateFacts& facts, const Expr& expr) {
  const auto operands = facts.operands_of(expr.operands);
  if (operands.empty() || !operands.front().value.exists()) return {};
  const Expr& first = facts[operands.front().value];
  return first.kind == ExprKind::Text ? facts.string(first.name) : std::string_view{};
}

char kind_of(std::string_view function) {
  if (function == "Ref" || function == "Fn::GetAtt") return 'R';
  if (function == "Fn::If" || function == "Condition") return 'C';
  return function == "Fn::FindInMap" ? 'M' : '\0';
}

// What SAM makes without being asked, and what AWS gives every template.
bool is_implied(std::string_view name) {
  return name.starts_with("AWS::") || name.starts_with("ServerlessRestApi") ||
         name.starts_with("ServerlessHttpApi");
}

class Parts {
 public:
  Parts(const LinkContext& build, const std::set<std::string, std::less<>>& nested)
      : build_(build), group_(build.texts.size()) {
    std::iota(group_.begin(), group_.end(), 0U);
    for (std::uint32_t i = 0; i < build.texts.size(); ++i)
      if (is_template(TextId{i}, nested)) index(i);
  }
  TemplateParts found();

 private:
  bool is_template(TextId text, const std::set<std::string, std::less<>>& nested) const;
  void index(std::uint32_t text);
  std::set<std::string> missing(std::uint32_t text) const;
  const std::vector<std::uint32_t>* declaring(const std::string& key) const;
  bool declares(std::uint32_t text, const std::string& key) const;
  void join(std::uint32_t text, const std::set<std::string>& names);
  std::uint32_t root_of(std::uint32_t text);
  bool is_one(const std::vector<TextId>& texts) const;

  const LinkContext& build_;
  std::vector<std::uint32_t> templates_ = {};
  std::map<std::string, std::vector<std::uint32_t>> declared_ = {};
  std::vector<std::set<std::string>> declares_ = {};  // parallel to templates_
  std::vector<std::uint32_t> group_;                  // union-find
};

bool Parts::is_template(TextId text, const std::set<std::string, std::less<>>& nested) const {
  const TemplateSource& source = *build_[text].source;
  const TemplateFacts& facts = build_.facts(text);
  if (facts.dialect != TemplateDialect::CloudFormation && facts.dialect != TemplateDialect::Sam)
    return false;
  if (source.fragment || source.constructs != nullptr || build_.described_twice->copies[text.index])
    return false;
  if (!facts.complete || nested.contains(source.path)) return false;
  // A macro of the project's own, or an included file, may bring any name.
  const auto is_macro = [&](StringId name) { return !facts.string(name).starts_with("AWS::"); };
  return std::ranges::none_of(facts.transforms, is_macro) &&
         std::ranges::none_of(facts.wanted, [](const Wanted& wanted) {
           return wanted.kind == WantedKind::Include && wanted.section.exists();
         });
}

void Parts::index(std::uint32_t text) {
  const TemplateFacts& facts = build_.facts(TextId{text});
  std::set<std::string> names;
  for (const Input& row : facts.inputs) names.insert(key_of('R', facts.string(row.name)));
  for (const Declaration& row : facts.declarations)
    names.insert(key_of('R', facts.string(row.address)));
  for (const Declaration& row : facts.declarations)
    if (facts.string(row.type).starts_with("AWS::Serverless::"))
      declared_[key_of('S', facts.string(row.address))].push_back(text);
  for (const NamedExpr& row : facts.conditions) names.insert(key_of('C', facts.string(row.name)));
  for (const NamedExpr& row : facts.mappings) names.insert(key_of('M', facts.string(row.name)));
  for (const std::string& name : names) declared_[name].push_back(text);
  templates_.push_back(text);
  declares_.push_back(std::move(names));
}

// The texts that declare a name, or what SAM makes it of.
const std::vector<std::uint32_t>* Parts::declaring(const std::string& key) const {
  if (const auto found = declared_.find(key); found != declared_.end()) return &found->second;
  if (key.front() != 'R') return nullptr;
  for (std::size_t size = key.size() - 1; size > kShortestStem; --size)
    if (const auto found = declared_.find(key_of('S', key.substr(1, size - 1)));
        found != declared_.end())
      return &found->second;
  return nullptr;
}

bool Parts::declares(std::uint32_t text, const std::string& key) const {
  const auto* texts = declaring(key);
  return texts != nullptr && std::ranges::binary_search(*texts, text);
}

// What a template asks for and does not declare.
std::set<std::string> Parts::missing(std::uint32_t text) const {
  const TemplateFacts& facts = build_.facts(TextId{text});
  std::set<std::string_view> variables;
  for (const ForEach& loop : facts.loops) variables.insert(facts.string(loop.variable));
  std::set<std::string> names;
  const auto ask = [&](char kind, std::string_view name) {
    name = name.substr(0, name.find('.'));
    if (kind == '\0' || name.empty() || is_implied(name) || variables.contains(name)) return;
    if (!declares(text, key_of(kind, name))) names.insert(key_of(kind, name));
  };
  for (const Expr& expr : facts.exprs)
    if (expr.kind == ExprKind::Apply) ask(kind_of(facts.string(expr.name)), named_by(facts, expr));
  for (const Declaration& row : facts.declarations) ask('C', facts.string(row.condition));
  for (const NamedExpr& row : facts.outputs) ask('C', facts.string(row.condition));
  return names;
}

std::uint32_t Parts::root_of(std::uint32_t text) {
  while (group_[text] != text) text = group_[text] = group_[group_[text]];
  return text;
}

// Joins a part with the texts that declare its names in the nearest folder that has all of them.
void Parts::join(std::uint32_t text, const std::set<std::string>& names) {
  std::string_view folder = build_.texts[text].source->path;
  while (!folder.empty()) {
    folder = folder_of(folder);
    const std::string below = folder.empty() ? "" : cat(folder, "/");
    std::set<std::uint32_t> others;
    bool all = true;
    for (const std::string& name : names) {
      const std::vector<std::uint32_t>* texts = declaring(name);
      if (texts == nullptr) return;
      std::size_t here = 0;
      for (const std::uint32_t other : *texts) {
        if (!build_.texts[other].source->path.starts_with(below)) continue;
        others.insert(other);
        ++here;
      }
      if (here > 1) return;  // which one is meant is not known
      all = all && here == 1;
    }
    if (!all) continue;
    for (const std::uint32_t other : others) group_[root_of(other)] = root_of(text);
    return;
  }
}

// One of them has the parameters, and nothing is declared twice.
bool Parts::is_one(const std::vector<TextId>& texts) const {
  std::set<std::string_view> names;
  std::size_t heads = 0;
  for (const TextId text : texts) {
    if (!build_.facts(text).inputs.empty()) ++heads;
    const auto at = std::ranges::lower_bound(templates_, text.index) - templates_.begin();
    for (const std::string& name : declares_[static_cast<std::size_t>(at)])
      if (!names.insert(name).second) return false;
  }
  return heads == 1;
}

TemplateParts Parts::found() {
  TemplateParts parts{.of = std::vector<std::vector<TextId>>(build_.texts.size()),
                      .alone = std::vector<bool>(build_.texts.size())};
  for (const std::uint32_t text : templates_) {
    if (!build_.facts(TextId{text}).inputs.empty()) continue;
    const auto names = missing(text);
    if (names.empty()) continue;
    join(text, names);
    if (std::ranges::any_of(names, [&](const auto& name) { return declaring(name) == nullptr; }))
      continue;
    parts.alone[text] = true;
    for (const std::string& name : names)
      for (const std::uint32_t other : *declaring(name)) parts.alone[other] = true;
  }
  std::map<std::uint32_t, std::vector<TextId>> groups;
  for (const std::uint32_t text : templates_) groups[root_of(text)].push_back(TextId{text});
  for (auto& [root, texts] : groups) {
    if (texts.size() < 2 || texts.size() > kTemplateParts || !is_one(texts)) continue;
    std::ranges::stable_partition(texts,
                                  [&](TextId text) { return !build_.facts(text).inputs.empty(); });
    for (const TextId text : texts) {
      parts.of[text.index] = texts;
      parts.alone[text.index] = false;
    }
  }
  return parts;
}

}  // namespace

TemplateParts template_parts(const LinkContext& build,
                             const std::set<std::string, std::less<>>& nested) {
  return Parts(build, nested).found();
}

}  // namespace fnlint::stacks
