#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/sam_events.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/external_resources.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"
#include "values/relations_to.h"

#include <algorithm>
#include <array>

// State machines: which functions their tasks call, with what, and what is tried again.
namespace fnlint::stacks {

namespace {

constexpr std::string_view kServices = ":states:::";

// Of errors of the function's own: those of Lambda's service are rare, and templates that programs
// make have them tried again unasked.
bool is_retried(const ValuePool& pool, const Node& state) {
  return std::ranges::any_of(state["Retry"].children(), [&](const Node& one) {
    const Node attempts = one["MaxAttempts"];
    if (attempts && as_text(pool, attempts.value()) == std::optional<std::string_view>("0"))
      return false;
    return std::ranges::any_of(one["ErrorEquals"].children(), [](const Node& error) {
      return !error.text().empty() && !error.text().starts_with("Lambda.");
    });
  });
}

// A state machine's states, with the substitutions of its resource put in.
class Definition {
 public:
  Definition(LinkContext& build, ResourceId id)
      : build_(build),
        id_(id),
        substitutions_(build.draft(id).properties["DefinitionSubstitutions"]) {}
  void relate_states(const Node& definition, std::uint32_t depth);
  // That some state may ask for the status of an answer.
  void ask_status() { asks_status_ = true; }
  void ask_for(std::string paths) { asks_for_ = std::move(paths); }

 private:
  void relate_task(const Node& state);
  void relate_service(const Node& state, const Node& arguments, std::string_view action);
  void relate_entries(const Node& state, const Node& arguments, const StateMachineTask& task);
  void relate_to(const Node& place, ValueId value, ResourceKind kind, std::string_view action,
                 ValueId sent = {}, ValueId key = {}, bool retried = false);
  ValueId key_in(const Node& arguments);
  ValueId given(ValueId arguments, int depth = 0);
  ValueId sent_by(const Node& entry);
  ValueId substituted(ValueId value);
  void substitute_text(std::string_view text, std::vector<ValueId>& parts);

  LinkContext& build_;
  ResourceId id_;
  Node substitutions_;
  bool asks_status_ = false;
  std::string asks_for_ = {};
};

void Definition::substitute_text(std::string_view text, std::vector<ValueId>& parts) {
  while (!text.empty()) {
    const std::size_t open = text.find("${");
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) break;
    if (open > 0) parts.push_back(build_.pool.text_value(text.substr(0, open)));
    const Node value = substitutions_[text.substr(open + 2, close - open - 2)];
    parts.push_back(value ? value.value()
                          : build_.pool.text_value(text.substr(open, close + 1 - open)));
    text.remove_prefix(close + 1);
  }
  if (!text.empty()) parts.push_back(build_.pool.text_value(text));
}

// Each "${Name}" of a text by what DefinitionSubstitutions gives.
ValueId Definition::substituted(ValueId value) {
  ValuePool& pool = build_.pool;
  if (!value.exists() || !substitutions_) return value;
  const bool pattern = pool.is(value, ValueKind::Pattern);
  if (!pattern && !pool.is(value, ValueKind::Text)) return value;
  std::vector<ValueId> parts;
  for (const ValueId part : pattern ? pool.operands(value) : std::span<const ValueId>(&value, 1)) {
    if (pool.is(part, ValueKind::Text))
      substitute_text(pool.text(part), parts);
    else
      parts.push_back(part);
  }
  return parts.size() == 1 ? parts.front() : pool.concat(parts);
}

void Definition::relate_to(const Node& place, ValueId value, ResourceKind kind,
                           std::string_view action, ValueId sent, ValueId key, bool retried) {
  const bool function = kind == ResourceKind::Function;
  Relation relation{.kind = function ? RelationKind::Trigger : RelationKind::Forward,
                    .declared_by = id_,
                    .when = place.when(),
                    .where = place.where()};
  if (function) {
    relation.invocation = Invocation::Synchronous;
    relation.input = sent;
  }
  std::vector<std::pair<std::string_view, ValueId>> entries{
      {"action", build_.pool.text_value(action)}};
  if (sent.exists() && !function) entries.emplace_back("sent", sent);
  if (key.exists()) entries.emplace_back("key", key);
  if (function) entries.clear();
  if (function && retried) entries.emplace_back(kRetriedTask, build_.pool.boolean(true));
  if (function && asks_status_) entries.emplace_back(kAsksStatus, build_.pool.boolean(true));
  if (function && !asks_for_.empty())
    entries.emplace_back(kAsksFor, build_.pool.text_value(asks_for_));
  if (function ? !entries.empty() : !action.empty())
    relation.filter = filter_record(build_.pool, entries);
  relate_all(build_, relation, {itself(build_, id_)},
             ends(build_, value, kind, place.where(), function ? Outside::Dropped : Outside::Kept));
}

// What a rule sees of an entry: the texts that the definition says; all else is known when it runs.
ValueId Definition::sent_by(const Node& entry) {
  ValuePool& pool = build_.pool;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kSeen{
      {{"Source", "source"}, {"DetailType", "detail-type"}}};
  std::vector<NamedValue> said;
  for (const auto& [name, seen] : kSeen) {
    const Node node = entry[name];
    const ValueId value = node ? substituted(node.value()) : ValueId{};
    const bool is_text = value.exists() && pool.is(value, ValueKind::Text);
    const std::string_view text = is_text ? pool.text(value) : std::string_view{};
    if (is_text && text.find("${") == text.npos && !text.starts_with("{%"))
      said.push_back({pool.string(seen), value});
  }
  return said.empty() ? ValueId{} : pool.record(said, true);
}

// The texts of States.Format('reports/{}.json', ...), with what fills them between.
// Source: Step Functions Developer Guide, "Intrinsic functions".
ValueId formatted(ValuePool& pool, std::string_view call) {
  constexpr std::string_view kFormat = "States.Format('", kFilled = "{}";
  if (!call.starts_with(kFormat)) return {};
  call.remove_prefix(kFormat.size());
  std::string_view text = call.substr(0, call.find('\''));
  if (text.size() == call.size() || text.find('\\') != text.npos) return {};
  std::vector<ValueId> parts;
  for (std::size_t at = text.find(kFilled); at != text.npos; at = text.find(kFilled)) {
    parts.push_back(pool.text_value(text.substr(0, at)));
    parts.push_back(pool.hole(Origin::Outside, "what the state machine computes"));
    text.remove_prefix(at + kFilled.size());
  }
  parts.push_back(pool.text_value(text));
  return pool.concat(parts);
}

// The key of the object that a task writes; no id: only the execution knows.
ValueId Definition::key_in(const Node& arguments) {
  ValuePool& pool = build_.pool;
  if (const Node computed = arguments["Key.$"])
    return formatted(pool, as_text(pool, computed.value()).value_or(""));
  const Node written = arguments["Key"];
  const ValueId key = written ? given(written.value()) : ValueId{};
  return key.exists() && !pool.is(key, ValueKind::Unknown) ? key : ValueId{};
}

// What a task gives, as it is written: what an expression gives is known when it runs.
// Source: Step Functions Developer Guide, "Manipulate parameters" and "Transforming data".
ValueId Definition::given(ValueId arguments, int depth) {
  ValuePool& pool = build_.pool;
  constexpr std::string_view kPath = ".$", kExpression = "{%";
  const auto computed = [&] { return pool.unknown("what the state machine computes"); };
  if (!arguments.exists() || depth > 16) return computed();
  const std::vector<ValueId> parts(pool.operands(arguments).begin(),
                                   pool.operands(arguments).end());
  if (pool.is(arguments, ValueKind::Record)) {
    std::vector<NamedValue> entries;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string_view name = pool[pool.names(arguments)[i]];
      if (name.ends_with(kPath))
        entries.push_back({pool.string(std::string(name.substr(0, name.size() - 2))), computed()});
      else
        entries.push_back({pool.names(arguments)[i], given(parts[i], depth + 1)});
    }
    return pool.record(entries, pool[arguments].ref != 0);
  }
  if (pool.is(arguments, ValueKind::List)) {
    std::vector<ValueId> items;
    for (const ValueId part : parts) items.push_back(given(part, depth + 1));
    return pool.list(items, pool[arguments].ref != 0);
  }
  const ValueId value = substituted(arguments);
  const auto begin = as_text(pool, value);
  return begin && begin->starts_with(kExpression) ? computed() : value;
}

// Each event goes to the bus that its entry names, or to the default one.
void Definition::relate_entries(const Node& state, const Node& arguments,
                                const StateMachineTask& task) {
  const std::string_view path = task.argument;
  const std::size_t dot = path.rfind('.');
  const ValueId other = build_.pool.reference(default_bus(build_), "");
  const std::vector<Node> entries = all_at_path(arguments, path.substr(0, dot));
  for (const Node& entry : entries) {
    const Node bus = entry[path.substr(dot + 1)];
    relate_to(bus ? bus : state["Resource"], bus ? substituted(bus.value()) : other, task.kind,
              task.action, sent_by(entry));
  }
  if (entries.empty() && arguments) relate_to(state["Resource"], other, task.kind, task.action);
}

// "lambda:invoke.waitForTaskToken" and its arguments.
void Definition::relate_service(const Node& state, const Node& arguments, std::string_view action) {
  const StateMachineTask* task = find_state_machine_task(action.substr(0, action.find('.')));
  if (task == nullptr) return;
  if (task->kind == ResourceKind::Bus) return relate_entries(state, arguments, *task);
  ValueId sent;
  if (task->kind == ResourceKind::Function)
    if (const Node payload = arguments["Payload"]; payload.has_children())
      sent = given(payload.value());
  const ValueId key = task->kind == ResourceKind::Bucket ? key_in(arguments) : ValueId{};
  for (const Node& argument : all_at_path(arguments, task->argument))
    relate_to(argument, substituted(argument.value()), task->kind, task->action, sent, key,
              task->kind == ResourceKind::Function && is_retried(build_.pool, state));
}

void Definition::relate_task(const Node& state) {
  const Node resource = state["Resource"];
  if (!resource) return;
  const ValueId value = substituted(resource.value());
  const ValuePool& pool = build_.pool;
  const ValueId last = pool.is(value, ValueKind::Pattern) ? pool.operands(value).back() : value;
  const std::string_view text =
      pool.is(last, ValueKind::Text) ? pool.text(last) : std::string_view{};
  Node arguments = state["Parameters"];
  if (!arguments) arguments = state["Arguments"];
  const std::size_t at = text.find(kServices);
  if (at != text.npos)
    relate_service(state, arguments, text.substr(at + kServices.size()));
  else  // a function's ARN: what the task is given is its event
    relate_to(resource, value, ResourceKind::Function, {},
              arguments.has_children() ? given(arguments.value()) : ValueId{}, {},
              is_retried(build_.pool, state));
}

void Definition::relate_states(const Node& definition, std::uint32_t depth) {
  if (depth > 20) return;
  for (const Node& state : definition["States"].children()) {
    if (state["Type"].text() == "Task") relate_task(state);
    for (const Node& branch : state["Branches"].children()) relate_states(branch, depth + 1);
    relate_states(state["Iterator"], depth + 1);
    relate_states(state["ItemProcessor"], depth + 1);
  }
}

// Whether some state may ask for the status of an answer, or a part of the definition is not known.
bool may_ask_status(const ValuePool& pool, const Node& node, int depth = 0) {
  constexpr int kNested = 40;
  constexpr std::string_view kStatus = "tatusCode";
  if (depth > kNested || node.name().find(kStatus) != std::string_view::npos) return true;
  if (node.has_children())
    return std::ranges::any_of(
        node.children(), [&](const Node& one) { return may_ask_status(pool, one, depth + 1); });
  bool may = false;
  if (node.value().exists())
    for_each_below(pool, node.value(), [&](ValueId id) {
      may = may ||
            (pool.is(id, ValueKind::Text) && pool.text(id).find(kStatus) != std::string_view::npos);
    });
  return may;
}

// The texts below a node, and the names of its entries.
std::string texts_below(const ValuePool& pool, const Node& node, int depth = 0) {
  constexpr int kNested = 40;
  if (!node || node.name() == "Next") return {};
  std::string texts = cat(node.name(), ' ');
  if (node.has_children() && depth < kNested) {
    for (const Node& one : node.children()) texts += texts_below(pool, one, depth + 1);
  } else if (node.value().exists()) {
    for_each_below(pool, node.value(), [&](ValueId id) {
      if (pool.is(id, ValueKind::Text)) texts += cat(pool.text(id), ' ');
    });
  }
  return texts;
}

// The paths that choices ask for, or that are taken out of what a task answers.
std::string asked_paths(const ValuePool& pool, const Node& level, int depth = 0) {
  constexpr int kNested = 20;
  constexpr std::array<std::string_view, 4> kAsking{"Choices", "ResultSelector", "Assign",
                                                    "Output"};
  std::string paths;
  if (depth > kNested) return paths;
  for (const Node& state : level["States"].children()) {
    for (const std::string_view name : kAsking) paths += texts_below(pool, state[name]);
    for (const Node& branch : state["Branches"].children())
      paths += asked_paths(pool, branch, depth + 1);
    paths += asked_paths(pool, state["Iterator"], depth + 1);
    paths += asked_paths(pool, state["ItemProcessor"], depth + 1);
  }
  return paths;
}

// The definition, wherever it is: a map, JSON text, or a local file.
Node definition_of(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  if (const Node inline_map = properties["Definition"]; inline_map.has_children())
    return inline_map;
  for (const std::string_view name : {"DefinitionString", "Definition"}) {
    const Node text = properties[name];
    const ExprClosure written = build.entry(build.body(build.draft(id)), name);
    if (!text || !written.exists()) continue;
    if (text.has_children()) return text;
    const LongText assembled = assemble_text(build, build.draft(id).scope, written, Holes::Marked);
    const Node located = locate_json(build, assembled, text.where());
    if (!located)
      build.unresolved(UnresolvedKind::Intrinsic, "the state machine's definition is not readable",
                       text.where(), build.address(id));
    return located;
  }
  Node file = properties["DefinitionUri"];
  if (!file) file = properties["DefinitionS3Location"];
  return located_file(build, id, file);
}

}  // namespace

void relate_state_machine(LinkContext& build, ResourceId id) {
  Definition definition(build, id);
  const Node states = definition_of(build, id);
  // Of a program, the order of the states is what its constructs say.
  const auto dialect =
      static_cast<TemplateDialect>(build.stacks.scopes[build.resource(id).scope].dialect);
  if (dialect == TemplateDialect::CdkProgram || may_ask_status(build.pool, states))
    definition.ask_status();
  definition.ask_for(asked_paths(build.pool, states));
  definition.relate_states(states, 0);
  if (dialect != TemplateDialect::CdkProgram) judge_definition(build, id, states);
}

void relate_sam_state_machine(LinkContext& build, ResourceId id) {
  relate_state_machine(build, id);
  relate_sam_events(build, id, itself(build, id));
}

Node located_file(LinkContext& build, ResourceId id, const Node& path) {
  if (!path) return {};
  const ResourceBuilder draft = build.draft(id);
  const auto text = as_text(build.pool, path.value());
  const std::string full =
      text ? join_path(folder_of(build[draft.text].source->path), *text) : std::string();
  const auto found =
      text ? build.fragments.find(fragment_key(full, false, {})) : build.fragments.end();
  if (found == build.fragments.end() || !build.facts(found->second).fragment.exists()) {
    build.unresolved(UnresolvedKind::Include,
                     cat("the file ", describe(build.pool, path.value()), " was not read"),
                     path.where(), build.address(id));
    return {};
  }
  const ExprClosure content{found->second, build.facts(found->second).fragment, draft.bindings,
                        build.resource(id).exists};
  return locate(build, draft.scope, build.attributes, content, {}, {});
}

}  // namespace fnlint::stacks
