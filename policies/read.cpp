// Policies as they are written: strictly, each mistake at its place.

#include "core/text.h"
#include "model/rule.h"
#include "model/words.h"
#include "policies/evaluate.h"
#include "policies/policy.h"
#include "tables/tables.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

struct NamedOperator {
  std::string_view name = {};
  Operator by{};
};
constexpr std::array kOperators{
    NamedOperator{"exists", Operator::Exists},
    NamedOperator{"equals", Operator::Equals},
    NamedOperator{"not_equals", Operator::NotEquals},
    NamedOperator{"in", Operator::In},
    NamedOperator{"not_in", Operator::NotIn},
    NamedOperator{"matches", Operator::Matches},
    NamedOperator{"not_matches", Operator::NotMatches},
    NamedOperator{"starts_with", Operator::StartsWith},
    NamedOperator{"ends_with", Operator::EndsWith},
    NamedOperator{"contains", Operator::Contains},
    NamedOperator{"less_than", Operator::LessThan},
    NamedOperator{"at_most", Operator::AtMost},
    NamedOperator{"more_than", Operator::MoreThan},
    NamedOperator{"at_least", Operator::AtLeast},
    NamedOperator{"is", Operator::HasType},
};
constexpr std::array<std::string_view, 5> kTypes{"bool", "list", "map", "number", "text"};
constexpr std::array<std::string_view, 14> kKeys{
    "resource", "tools",   "each", "where", "require",  "report", "message",
    "at",       "related", "once", "guess", "severity", "note",   "fix"};

// In a requirement what is absent is never wrong, also below a "not"; in a condition, and as one
// of several ways to fulfil a requirement, it never compares.
enum class Context : std::uint8_t { Condition, Requirement, NoRequirement };

Context flipped(Context context) {
  if (context == Context::Requirement) return Context::NoRequirement;
  return context == Context::NoRequirement ? Context::Requirement : context;
}

class PolicyReader {
 public:
  PolicyReader(const Document& document, Problems& problems)
      : document_(document), problems_(problems) {}

  std::optional<Policy> read(std::string_view rule, NodeId node, NodeId remedy);

 private:
  template <class... Parts>
  void object(Range where, const Parts&... parts) {
    ++mistakes_;
    add_problem(problems_, where, cat(parts...));
  }
  template <class... Parts>
  void object(NodeId node, const Parts&... parts) {
    object(document_[node].range, parts...);
  }
  template <class T>
  T taken(Result<T> made, NodeId node) {
    if (made) return std::move(made.value());
    object(node, made.error());
    return {};
  }
  [[nodiscard]] bool is_scalar(NodeId node) const {
    const NodeKind kind = document_[node].kind;
    return kind == NodeKind::Text || kind == NodeKind::Number || kind == NodeKind::Bool;
  }
  std::string text(NodeId node, std::string_view key) {
    if (is_scalar(node)) return document_[node].text;
    object(node, '\'', key, "' is a text");
    return {};
  }
  std::vector<NodeId> listed(NodeId node) const {
    if (document_[node].kind != NodeKind::List) return {node};
    const auto items = document_.items_of(document_[node]);
    return {items.begin(), items.end()};
  }
  bool flag(NodeId map, std::string_view key) {
    const NodeId node = document_.find(map, key);
    if (!node.exists()) return false;
    if (document_[node].kind != NodeKind::Bool) object(node, '\'', key, "' is true or false");
    return document_[node].text == "true";
  }
  ItemPath path(NodeId node, std::string_view key, const PathTypes& types) {
    return taken(parse_path(text(node, key), types), node);
  }
  void resources(NodeId node, Policy& policy);
  void resource(NodeId node, Policy& policy);
  void conditions(NodeId node, const PathTypes& types, Policy& policy);
  void words(NodeId node, NodeId remedy, const PathTypes& types, Policy& policy);
  void tool(NodeId node, Policy& policy);
  Condition condition(NodeId node, const PathTypes& types, Context context);
  Condition combined(NodeId node, const PathTypes& types, Context context, ConditionKind kind);
  std::optional<Condition> quantified(NodeId node, const PathTypes& types, Context context);
  Condition compared(NodeId node, const PathTypes& types, Context context);
  Condition one_comparison(const NamedOperator& by, NodeId value, const PathTypes& types);
  Expression operand(NodeId node, const PathTypes& types);
  void options(NodeId node, Condition& made);
  void notes(NodeId node, const PathTypes& types, Policy& policy);
  PolicyFix fix(NodeId node);
  std::optional<Severity> severity(NodeId node);

  const Document& document_;
  Problems& problems_;
  std::size_t mistakes_ = 0;
};

std::optional<ResourceKind> kind_of(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(ResourceKind::LayerPermission); ++i)
    if (word_of(static_cast<ResourceKind>(i)) == word) return static_cast<ResourceKind>(i);
  return std::nullopt;
}

std::string meant(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view close = nearest(word, known);
  return close.empty() ? std::string() : cat("; did you mean '", close, "'?");
}

void PolicyReader::resource(NodeId node, Policy& policy) {
  const std::string word = text(node, "resource");
  // Also a tool's own word, of what CloudFormation has none for.
  const bool is_type = word.find("::") != word.npos || word.starts_with("aws_");
  if (word.empty()) return;
  if (is_type || word == "any") {
    if (const std::string why = wrong_type(word); !why.empty()) object(node, why);
    policy.types.push_back(word == "any" ? "*" : word);
  } else if (const auto kind = kind_of(word)) {
    policy.kinds.push_back(*kind);
  } else {
    std::vector<std::string_view> known;
    for (int i = 1; i <= static_cast<int>(ResourceKind::LayerPermission); ++i)
      known.push_back(word_of(static_cast<ResourceKind>(i)));
    object(node, "there is no kind of resource '", word, "'", meant(word, known));
  }
}

void PolicyReader::resources(NodeId node, Policy& policy) {
  for (const NodeId one : listed(node)) resource(one, policy);
}

void PolicyReader::tool(NodeId node, Policy& policy) {
  const std::string word = text(node, "tools");
  std::vector<std::string_view> known;
  for (int i = 1; i <= static_cast<int>(TemplateDialect::HandlerCode); ++i)
    known.push_back(word_of(static_cast<TemplateDialect>(i)));
  if (std::ranges::find(known, word) == known.end())
    return object(node, "there is no template tool '", word, "'", meant(word, known));
  policy.tools.push_back(word);
  if (word == "terraform") policy.tools.emplace_back("terraform-plan");
}

// A literal, or "= " and an expression.
Expression PolicyReader::operand(NodeId node, const PathTypes& types) {
  if (!is_scalar(node)) {
    object(node, "a text, a number, true, false or '= EXPRESSION' is expected here");
    return {};
  }
  const Node& row = document_[node];
  if (row.kind == NodeKind::Text && row.text.starts_with("= "))
    return taken(parse_expression(std::string_view(row.text).substr(2), types), node);
  Expression made{.kind = ExpressionKind::Text, .text = row.text};
  if (row.kind == NodeKind::Number)
    if (const auto number = double_of(normal_number(row.text))) {
      made.kind = ExpressionKind::Number;
      made.number = *number;
    }
  return made;
}

void PolicyReader::options(NodeId node, Condition& made) {
  constexpr std::string_view kTable = "table:";
  for (const NodeId one : listed(node)) {
    const std::string word = text(one, "in");
    if (!word.starts_with(kTable)) {
      made.options.push_back(word);
      continue;
    }
    const std::string_view name = std::string_view(word).substr(kTable.size());
    const auto tables = policy_tables();
    const auto found = std::ranges::find(tables, name, &PolicyTable::name);
    if (found != tables.end()) {
      made.options.insert(made.options.end(), found->rows.begin(), found->rows.end());
      continue;
    }
    std::vector<std::string_view> known;
    for (const PolicyTable& table : tables) known.push_back(table.name);
    object(one, "there is no table '", name, "'", meant(name, known));
  }
  std::ranges::sort(made.options);
}

Condition PolicyReader::one_comparison(const NamedOperator& by, NodeId value,
                                       const PathTypes& types) {
  Condition made{.kind = ConditionKind::Compare, .by = by.by};
  switch (by.by) {
    case Operator::Exists:
      if (document_[value].kind != NodeKind::Bool) object(value, "'exists' is true or false");
      made.wanted = document_[value].text == "true";
      break;
    case Operator::In:
    case Operator::NotIn: options(value, made); break;
    case Operator::Matches:
    case Operator::NotMatches: {
      re2::RE2::Options quiet;
      quiet.set_log_errors(false);
      auto regex = std::make_shared<const re2::RE2>(text(value, by.name), quiet);
      if (!regex->ok()) object(value, "this regular expression cannot be read: ", regex->error());
      made.regex = std::move(regex);
      break;
    }
    case Operator::HasType:
      made.right.text = text(value, by.name);
      if (std::ranges::find(kTypes, made.right.text) == kTypes.end())
        object(value, "'is' names a type: bool, list, map, number or text");
      break;
    case Operator::LessThan:
    case Operator::AtMost:
    case Operator::MoreThan:
    case Operator::AtLeast:
      made.right = operand(value, types);
      if (made.right.kind == ExpressionKind::Text && !number_in(made.right.text)) {
        const bool is_path = static_cast<bool>(parse_expression(made.right.text, types));
        object(value, "'", by.name, "' compares numbers, and '", made.right.text, "' is none",
               is_path ? cat("; did you mean '= ", made.right.text, "'?") : std::string());
      }
      break;
    default: made.right = operand(value, types);
  }
  return made;
}

Condition PolicyReader::compared(NodeId node, const PathTypes& types, Context context) {
  Condition made{.kind = ConditionKind::All};
  Expression left;
  const std::size_t before = mistakes_;
  const NodeId attribute = document_.find(node, "attribute");
  if (attribute.exists())
    left = taken(parse_expression(text(attribute, "attribute"), types), attribute);
  for (const MapEntry& entry : document_.entries_of(document_[node])) {
    if (entry.key == "attribute") continue;
    const auto by = std::ranges::find(kOperators, entry.key, &NamedOperator::name);
    if (by == kOperators.end()) {
      std::vector<std::string_view> known{"attribute", "all",   "any", "not",
                                          "some",      "every", "no",  "that"};
      for (const NamedOperator& row : kOperators) known.push_back(row.name);
      object(entry.key_range, "a condition has no '", entry.key, "'", meant(entry.key, known));
      continue;
    }
    Condition one = one_comparison(*by, entry.value, types);
    one.left = left;
    one.absent = context == Context::Requirement;
    made.parts.push_back(std::move(one));
  }
  if (mistakes_ > before) return made;
  if (!attribute.exists() || left.kind == ExpressionKind::Number)
    object(node, "'attribute' is missing");
  if (made.parts.empty()) object(node, "nothing is compared: an operator is missing");
  if (made.parts.size() == 1) return std::move(made.parts.front());
  return made;
}

std::optional<Condition> PolicyReader::quantified(NodeId node, const PathTypes& types,
                                                  Context context) {
  constexpr std::array<std::pair<std::string_view, ConditionKind>, 3> kWords{
      {{"some", ConditionKind::Some},
       {"every", ConditionKind::Every},
       {"no", ConditionKind::None}}};
  for (const auto& [word, kind] : kWords) {
    const NodeId over = document_.find(node, word);
    if (!over.exists()) continue;
    const std::size_t before = mistakes_;
    Condition made{.kind = kind, .over = path(over, word, types)};
    const bool is_path = mistakes_ == before;
    const NodeId that = document_.find(node, "that");
    for (const MapEntry& entry : document_.entries_of(document_[node]))
      if (entry.key != word && entry.key != "that")
        object(entry.key_range, "beside '", word, "' stands 'that' alone");
    if (!that.exists()) {
      object(node, "'that' is missing: what is asked of each");
      return made;
    }
    if (!is_path) return made;
    const PathTypes inner{types.subject, type_at(made.over, types), types.of_subject,
                          names_at(made.over, types)};
    made.parts.push_back(
        condition(that, inner, kind == ConditionKind::None ? flipped(context) : context));
    return made;
  }
  return std::nullopt;
}

Condition PolicyReader::combined(NodeId node, const PathTypes& types, Context context,
                                 ConditionKind kind) {
  Condition made{.kind = kind};
  if (kind == ConditionKind::Any) context = Context::Condition;
  for (const NodeId one : listed(node)) made.parts.push_back(condition(one, types, context));
  if (made.parts.empty()) object(node, "a list of conditions is empty");
  return made;
}

Condition PolicyReader::condition(NodeId node, const PathTypes& types, Context context) {
  if (document_[node].kind == NodeKind::List)
    return combined(node, types, context, ConditionKind::All);
  if (document_[node].kind != NodeKind::Map) {
    object(node, "a condition is a map: {attribute: Timeout, at_most: 60}");
    return {};
  }
  constexpr std::array<std::pair<std::string_view, ConditionKind>, 3> kWords{
      {{"all", ConditionKind::All}, {"any", ConditionKind::Any}, {"not", ConditionKind::Not}}};
  for (const auto& [word, kind] : kWords) {
    const MapEntry* const entry = document_.find_entry(node, word);
    if (entry == nullptr) continue;
    if (document_.entries_of(document_[node]).size() > 1)
      object(node, "'", word, "' stands alone in its map");
    if (kind != ConditionKind::Not) return combined(entry->value, types, context, kind);
    Condition made{.kind = kind};
    made.parts.push_back(condition(entry->value, types, flipped(context)));
    return made;
  }
  if (std::optional<Condition> made = quantified(node, types, context)) return std::move(*made);
  return compared(node, types, context);
}

void PolicyReader::notes(NodeId node, const PathTypes& types, Policy& policy) {
  for (const NodeId one : listed(node)) {
    const NodeId at = document_.find(one, "at"), say = document_.find(one, "say");
    if (!at.exists() || !say.exists()) {
      object(one, "a related place has 'at' and 'say'");
      continue;
    }
    policy.related.push_back(
        {path(at, "at", types), taken(parse_template(text(say, "say"), types), say)});
  }
}

// `{remove: true, safe: true}`, `{set: TLS_1_2}`
PolicyFix PolicyReader::fix(NodeId node) {
  PolicyFix fix{.removes = flag(node, "remove")};
  const NodeId set = document_.find(node, "set");
  if (set.exists()) fix.value = text(set, "set");
  if (fix.removes == set.exists())
    object(node, "a fix has one of 'remove: true' and 'set', the value that the property gets");
  if (flag(node, "safe")) fix.safety = FixSafety::Safe;
  return fix;
}

std::optional<Severity> PolicyReader::severity(NodeId node) {
  const std::string word = text(node, "severity");
  if (word == "error") return Severity::Error;
  if (word == "warning") return Severity::Warning;
  if (word == "note") return Severity::Note;
  object(node, "a severity is error, warning or note");
  return std::nullopt;
}

bool is_of_subject(const Expression& expression) {
  if (expression.kind == ExpressionKind::Path) return expression.path.of_subject;
  return std::ranges::all_of(expression.operands, is_of_subject);
}

// What is read where the policy is judged and told.
Needs needs_of(const ItemPath& path) {
  Needs all = 0;
  for (const PathStep& step : path.steps)
    if (step.attribute != nullptr) all |= step.attribute->needs;
  return all;
}
Needs needs_of(const Expression& expression) {
  Needs all = needs_of(expression.path);
  for (const Expression& one : expression.operands) all |= needs_of(one);
  return all;
}
Needs needs_of(const TextTemplate& text) {
  Needs all = 0;
  for (const Expression& one : text.parts) all |= needs_of(one);
  return all;
}
Needs needs_of(const Condition& condition) {
  Needs all = needs_of(condition.over) | needs_of(condition.left) | needs_of(condition.right);
  for (const Condition& part : condition.parts) all |= needs_of(part);
  return all;
}
Needs needs_of(const Policy& policy) {
  Needs all = needs_of(policy.each) | needs_of(policy.where) | needs_of(policy.wrong) |
              needs_of(policy.message) | needs_of(policy.remedy) | needs_of(policy.at);
  for (const PolicyNote& note : policy.related) all |= needs_of(note.at) | needs_of(note.text);
  return all;
}

// Conditions whose answer is the same whichever item of the subject is asked about.
void mark_of_subject(Condition& condition) {
  for (Condition& part : condition.parts) mark_of_subject(part);
  switch (condition.kind) {
    case ConditionKind::Compare:
      condition.of_subject = is_of_subject(condition.left) && is_of_subject(condition.right);
      break;
    case ConditionKind::Some:
    case ConditionKind::Every:
    case ConditionKind::None: condition.of_subject = condition.over.of_subject; break;
    default: condition.of_subject = std::ranges::all_of(condition.parts, &Condition::of_subject);
  }
}

void PolicyReader::conditions(NodeId node, const PathTypes& types, Policy& policy) {
  if (const NodeId where = document_.find(node, "where"); where.exists()) {
    policy.where = condition(where, types, Context::Condition);
    policy.has_where = true;
  }
  const NodeId require = document_.find(node, "require"), report = document_.find(node, "report");
  if (require.exists() == report.exists())
    object(node, "one of 'require' (what has to hold) and 'report' (what is wrong) is needed");
  policy.has_wrong = true;
  if (report.exists()) policy.wrong = condition(report, types, Context::Condition);
  if (!require.exists()) return;
  policy.wrong = {.kind = ConditionKind::Not};
  policy.wrong.parts.push_back(condition(require, types, Context::Requirement));
}

void PolicyReader::words(NodeId node, NodeId remedy, const PathTypes& types, Policy& policy) {
  if (const NodeId message = document_.find(node, "message"); message.exists())
    policy.message = taken(parse_template(text(message, "message"), types), message);
  else
    object(node, "'message' is missing");
  if (remedy.exists()) policy.remedy = taken(parse_template(text(remedy, "remedy"), types), remedy);
  if (const NodeId at = document_.find(node, "at"); at.exists()) policy.at = path(at, "at", types);
  if (const NodeId related = document_.find(node, "related"); related.exists())
    notes(related, types, policy);
}

std::optional<Policy> PolicyReader::read(std::string_view rule, NodeId node, NodeId remedy) {
  Policy policy{.rule = rule, .written = document_[node].range};
  if (document_[node].kind != NodeKind::Map) {
    object(node, "a policy is a map");
    return std::nullopt;
  }
  for (const MapEntry& entry : document_.entries_of(document_[node]))
    if (std::ranges::find(kKeys, entry.key) == kKeys.end())
      object(entry.key_range, "a policy has no '", entry.key, "'",
             meant(entry.key, {kKeys.begin(), kKeys.end()}));
  const auto find = [&](std::string_view key) { return document_.find(node, key); };
  if (const NodeId resource = find("resource"); resource.exists())
    resources(resource, policy);
  else
    object(node, "'resource' is missing: the kinds of resources that the policy is about");
  if (const NodeId tools = find("tools"); tools.exists())
    for (const NodeId one : listed(tools)) tool(one, policy);
  PathTypes types;
  if (mistakes_ == 0) types.of_subject = types.of_item = names_of(policy.kinds, policy.types);
  const std::size_t before = mistakes_;
  if (const NodeId each = find("each"); each.exists()) {
    policy.each = path(each, "each", types);
    types.of_item = names_at(policy.each, types);
    types.item = type_at(policy.each, types);
  }
  // Of what is asked about otherwise nothing is known.
  if (mistakes_ == before) {
    conditions(node, types, policy);
    words(node, remedy, types, policy);
  }
  policy.once = flag(node, "once");
  policy.guess = flag(node, "guess");
  if (const NodeId one = find("fix"); one.exists()) policy.fix = fix(one);
  if (const NodeId one = find("severity"); one.exists()) policy.severity = severity(one);
  if (mistakes_ > 0) return std::nullopt;
  policy.needs = needs_of(policy);
  if (!policy.each.steps.empty()) {
    mark_of_subject(policy.where);
    mark_of_subject(policy.wrong);
  }
  return policy;
}

}  // namespace

Policies read_policies(std::string_view rule, const Document& document, NodeId node,
                       Problems& problems, NodeId remedy) {
  Policies read;
  const bool is_list = document[node].kind == NodeKind::List;
  const std::vector<NodeId> single{node};
  const std::span<const NodeId> all =
      is_list ? document.items_of(document[node]) : std::span<const NodeId>(single);
  for (const NodeId one : all) {
    std::optional<Policy> policy = PolicyReader(document, problems).read(rule, one, remedy);
    if (policy) read.push_back(std::make_shared<const Policy>(std::move(*policy)));
  }
  return read.size() == all.size() ? read : Policies();
}

}  // namespace fnlint
