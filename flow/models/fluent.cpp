// Builders, requests with setters, struct literals and configuring lambdas: all of them collect
// members in one object, which the operation's selectors then read.

#include "flow/models/fluent.h"

#include "core/characters.h"
#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/places.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <cctype>

namespace fnlint {

namespace {

constexpr int kMemberDepth = 8;  // of an operation's members that are spelled anew

// "bucketName" and "bucket_name" as the services write most of their members.
std::string upper_camel(std::string_view name) {
  std::string out;
  bool up = true;
  for (const char c : name) {
    if (c == '_' || c == '-') {
      up = true;
      continue;
    }
    out += up ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    up = false;
  }
  return out;
}

std::vector<NamedValue> entries_of(const ValuePool& pool, ValueId record) {
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < pool.operands(record).size(); ++i)
    entries.push_back({pool.names(record)[i], pool.operands(record)[i]});
  return entries;
}

// What an object was made with; no id: it is none, or keeps nothing.
ValueId members_of(const ValuePool& pool, ValueId object) {
  if (pool[object].kind != ValueKind::Object || pool.operands(object).empty()) return {};
  const ValueId first = pool.operands(object)[0];
  return pool[first].kind == ValueKind::Record ? first : ValueId{};
}

// Members of requests in the names that a service's API gives them.
class MemberSpelling {
 public:
  MemberSpelling(Engine& engine, std::string_view service)
      : engine_(engine), pool_(engine.pool()), service_(service) {}

  ValueId spell(ValueId value, bool is_data = false, int depth = 0) {
    const ValueKind kind = pool_[value].kind;
    if (depth > kMemberDepth) return value;
    if (kind == ValueKind::OneOf) return spell_any(value, is_data, depth);
    if (kind == ValueKind::List) {
      std::vector<ValueId> items;
      const std::vector<ValueId> old(pool_.operands(value).begin(), pool_.operands(value).end());
      for (const ValueId item : old) items.push_back(spell(item, is_data, depth + 1));
      return pool_.list(items, pool_[value].ref == 1);
    }
    if (kind == ValueKind::Computed) return spell_elements(value, is_data, depth);
    const bool is_object = is_fluent(engine_.base(), value);
    if (kind != ValueKind::Record && !is_object) return value;
    const ValueId record = is_object ? members_of(pool_, value) : value;
    if (!record.exists()) return is_object ? pool_.record({}, true) : value;
    std::vector<NamedValue> entries = entries_of(pool_, record);
    for (NamedValue& entry : entries) spell_entry(entry, is_object, is_data && !is_object, depth);
    return pool_.record(entries, pool_[record].ref == 1);
  }

 private:
  // What a loop appended, or is met under tests.
  ValueId spell_elements(ValueId value, bool is_data, int depth) {
    const bool is_list = is_summarised(pool_, value);
    const Opcode opcode = pool_.opcode(value);
    if (!is_list && opcode != Opcode::Given && opcode != Opcode::Where) return value;
    std::vector<ValueId> operands(pool_.operands(value).begin(), pool_.operands(value).end());
    for (ValueId& one : std::span(operands).first(is_list ? operands.size() : 1))
      one = spell(one, is_data, depth + 1);
    return pool_.computed(opcode, operands);
  }

  void spell_entry(NamedValue& entry, bool is_object, bool by_user, int depth) {
    const std::string name(pool_[entry.name]);
    const ServiceMember* member =
        by_user ? nullptr : find_member(service_, member_form(name));
    if (member != nullptr)
      entry.name = pool_.string(member->name);
    else if (is_object && !is_digits(name))
      entry.name = pool_.string(upper_camel(name));
    entry.value = spell(entry.value, by_user || (member != nullptr && member->is_data), depth + 1);
    const bool one = pool_[entry.value].kind == ValueKind::Record;
    if (member != nullptr && member->is_list && one)
      entry.value = pool_.list(std::span(&entry.value, 1));
  }

  // One record of what each alternative sets.
  ValueId spell_any(ValueId value, bool is_data, int depth) {
    std::vector<NamedValue> all;
    std::vector<Alternative> alternatives;
    bool records = true;
    const std::vector<ValueId> old(pool_.operands(value).begin(), pool_.operands(value).end());
    for (std::size_t i = 0; i < old.size(); ++i) {
      const ValueKind kind = pool_[old[i]].kind;
      if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;
      const ValueId one = spell(old[i], is_data, depth + 1);
      alternatives.push_back({one, pool_.guards(value)[i]});
      records = records && pool_[one].kind == ValueKind::Record && one != old[i];
      if (!records) continue;
      for (const NamedValue& entry : entries_of(pool_, one)) {
        const auto found = std::ranges::find(all, entry.name, &NamedValue::name);
        if (found == all.end())
          all.push_back(entry);
        else
          found->value = pool_.join(found->value, entry.value);
      }
    }
    if (records && !all.empty()) return pool_.record(all, true);
    return alternatives.empty() ? value : pool_.one_of(alternatives);
  }

  Engine& engine_;
  ValuePool& pool_;
  std::string_view service_;
};

// What a call on a fluent object gives its member.
ValueId given_value(const LibraryCall& call, const std::vector<ValueId>& arguments,
                    std::string& name, CallResult& out) {
  Engine& engine = call.engine;
  ValuePool& pool = engine.pool();
  if (arguments.size() == 1) {
    const bool fills = pool[arguments[0]].kind == ValueKind::Function;
    return fills ? filled_anew(call, arguments[0], out) : arguments[0];
  }
  const ValueKind first = pool[arguments[0]].kind;
  const bool is_entry = arguments.size() == 2 && first != ValueKind::Object &&
                        first != ValueKind::Record && first != ValueKind::List;
  if (!is_entry) return pool.list(arguments);
  if (name.size() > 5 && name.ends_with("Entry")) name.resize(name.size() - 5);
  const ValueId old = fluent_member(engine.base(), call.receiver, name);
  const bool has_entries = old.exists() && pool[old].kind == ValueKind::Record;
  return with_entry(pool, has_entries ? old : pool.record({}), arguments[0], arguments[1]);
}

// Builders are set by their members' names; an object that a constructor made has words before
// them, and its other methods mean something else.
bool has_bare_setters(const Engine& engine, ValueId object) {
  const std::string_view path = engine.pool().text(object);
  if (path == kFilled) return true;
  const std::string_view maker = path.substr(0, path.rfind('('));
  if (find_model_any(engine.base().context.language(), maker) != nullptr)
    return true;  // a row says that it is fluent
  const std::string_view last = maker.substr(maker.rfind('.') + 1);
  return !last.empty() && !is_upper(last.front());
}

// Of what a caller gave, or gives to a function that fills it: other objects that outlive the call
// are not told from collections surely enough to say that they change.
bool is_filled_place(const ValuePool& pool, ValueId place) {
  while (pool[place].kind == ValueKind::Computed && !pool.operands(place).empty())
    place = pool.operands(place)[0];
  const Value& row = pool[place];
  return row.kind == ValueKind::Hole &&
         (row.origin == Origin::Parameter || row.origin == Origin::Field);
}

// A store at a member of `place`, or, by the language's own scoping, at a name that nothing
// declares inside a function whose receiver is filled: the name that is set.
std::string member_stored(Engine& engine, const Step& step, ValueId place) {
  const ValuePool& pool = engine.pool();
  if (step.kind != StepKind::Store || !step.subject.exists()) return {};
  const Value& subject = pool[step.subject];
  if (pool.opcode(step.subject) == Opcode::Member && pool.operands(step.subject)[0] == place)
    return std::string(pool.text(pool.operands(step.subject)[1]));
  if (subject.kind != ValueKind::Hole || subject.origin != Origin::Global) return {};
  const ModuleId module{static_cast<std::uint32_t>(subject.ref >> 32U)};
  if (module.index >= engine.program().modules.size()) return {};
  const std::uint32_t row =
      engine.modules().import_of(module, VariableId{static_cast<std::uint32_t>(subject.ref)});
  const bool undeclared =
      row != UINT32_MAX && (engine.facts(module).imports[row].flags & kImplicit) != 0;
  return undeclared ? std::string(pool.text(step.subject)) : std::string();
}

bool is_request(const Engine& engine, ValueId value) {
  const ValuePool& pool = engine.pool();
  value = bare(pool, value);
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::OneOf)
    return std::ranges::any_of(pool.operands(value),
                               [&](ValueId one) { return is_request(engine, one); });
  return kind == ValueKind::Record || kind == ValueKind::Function ||
         is_fluent(engine.base(), value);
}

}  // namespace

bool is_fluent(const CodeBase& base, ValueId object) {
  const ValuePool& pool = base.pool;
  if (pool[object].kind != ValueKind::Object) return false;
  const std::string_view path = pool.text(object);
  if (path == kFilled) return true;
  if (!path.ends_with(')')) return false;
  const LibraryModel* made =
      find_model_any(base.context.language(), path.substr(0, path.rfind('(')));
  if (made != nullptr) return made->fluent;
  const LibraryFamily* family = find_library_family(path);
  return family != nullptr && family->fluent;
}

std::string member_name(std::string_view name, std::string_view word) {
  const bool begins = name.size() > word.size() &&
                      lower(name.substr(0, word.size())) == word &&
                      (is_upper(name[word.size()]) || name[word.size()] == '_');
  if (!begins) return std::string(name);
  name.remove_prefix(word.size());
  while (name.size() > 1 && name.front() == '_') name.remove_prefix(1);
  return std::string(name);
}

std::string member_form(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '_' && c != '-')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

ValueId fluent_member(const CodeBase& base, ValueId object, std::string_view name) {
  const ValuePool& pool = base.pool;
  const ValueId members = members_of(pool, object);
  if (!members.exists() || pool.operands(members).empty() || !is_fluent(base, object)) return {};
  const std::string form = member_form(name), plain = member_form(member_name(name, "get"));
  for (std::size_t i = pool.operands(members).size(); i-- > 0;) {
    const std::string other = member_form(pool[pool.names(members)[i]]);
    if (other == form || other == plain) return pool.operands(members)[i];
  }
  return {};
}

ValueId with_member(const CodeBase& base, ValueId object, std::string_view name, ValueId value) {
  ValuePool& pool = base.pool;
  std::vector<ValueId> operands(pool.operands(object).begin(), pool.operands(object).end());
  std::vector<NamedValue> entries;
  const ValueId old = members_of(pool, object);
  const std::string form = member_form(name);
  if (old.exists())
    for (const NamedValue& entry : entries_of(pool, old)) {
      if (member_form(pool[entry.name]) != form) {
        entries.push_back(entry);
        continue;
      }
      // Set once more: a list that is given one by one.
      const bool grows = is_fluent(base, value) && value != entry.value &&
                         (is_fluent(base, entry.value) ||
                          pool[entry.value].kind == ValueKind::List);
      if (!grows) continue;
      std::vector<ValueId> items{entry.value};
      if (pool[entry.value].kind == ValueKind::List)
        items.assign(pool.operands(entry.value).begin(), pool.operands(entry.value).end());
      items.push_back(value);
      value = pool.list(items);
    }
  entries.push_back({pool.string(name), value});
  const ValueId record = pool.record(entries, old.exists() && pool[old].ref == 1);
  if (operands.empty())
    operands.push_back(record);
  else
    operands[0] = record;
  return pool.object(pool[object].ref, std::string(pool.text(object)), operands);
}

std::optional<CallResult> call_fluent(const LibraryCall& call) {
  Engine& engine = call.engine;
  ValuePool& pool = engine.pool();
  if (!call.receiver.exists() || !is_fluent(engine.base(), call.receiver)) return std::nullopt;
  std::vector<ValueId> arguments;
  for (const NamedValue& argument : entries_of(pool, call.invocation.arguments))
    if (is_digits(pool[argument.name])) arguments.push_back(argument.value);
  CallResult out;
  if (arguments.empty()) {
    out.value = fluent_member(engine.base(), call.receiver, call.method);
    // What builds a client gives something else than itself.
    const bool builds = library_class(pool.text(call.receiver)) == LibraryClass::Client &&
                        pool.operands(call.invocation.arguments).empty();
    if (!out.value.exists() && builds) {
      const std::array<ValueId, 2> operands{call.invocation.arguments, call.receiver};
      out.value = pool.object(call_site(call), cat(call.path, "()"), operands);
    }
    return out.value.exists() ? std::optional(out) : std::nullopt;
  }
  const LibraryModel* of_any = find_library_model(call.language, cat("*.", call.method));
  if (of_any != nullptr && of_any->fluent && !of_any->invokes.empty()) return std::nullopt;
  std::string name = call.method;
  for (const std::string_view word : {"with", "set", "add"}) name = member_name(name, word);
  if (name == call.method && !has_bare_setters(engine, call.receiver)) return std::nullopt;
  const ValueId value = given_value(call, arguments, name, out);
  out.value = with_member(engine.base(), call.receiver, name, value);
  out.returns_receiver = true;
  const ValueId key = pool.text_value(name);
  out.changes.push_back({.into_receiver = true,
                         .argument = {},
                         .how = StoreKind::Assign,
                         .key = key,
                         .value = value});
  const ValueId place = call.invocation.receiver_place;
  if (place.exists() && is_filled_place(pool, place)) {
    const std::array<ValueId, 2> operands{place, key};
    Step step;
    step.kind = StepKind::Store;
    step.at = call.invocation.at;
    step.subject = pool.computed(Opcode::Member, operands);
    step.value = value;
    out.steps.push_back(std::move(step));
  }
  return out;
}

namespace {

// `request.headers["Accept"] = kind`: a store of an entry in a member of `place`. The object with
// it; no id: it is none.
ValueId with_entry_stored(Engine& engine, const Step& step, ValueId place, ValueId object) {
  ValuePool& pool = engine.pool();
  const ValueId held = step.subject;
  const bool is_entry = step.kind == StepKind::Store && step.store == StoreKind::PutKey &&
                        step.key.exists() && step.value.exists() && held.exists() &&
                        pool.opcode(held) == Opcode::Member && pool.operands(held)[0] == place;
  if (!is_entry) return {};
  const std::string name(pool.text(pool.operands(held)[1]));
  const ValueId old = fluent_member(engine.base(), object, name);
  const bool has_entries = old.exists() && pool.is(old, ValueKind::Record);
  return with_member(engine.base(), object, name,
                     with_entry(pool, has_entries ? old : pool.record({}), step.key, step.value));
}

}  // namespace

ValueId filled_by(const LibraryCall& call, ValueId function, ValueId object, CallResult& out) {
  Engine& engine = call.engine;
  ValuePool& pool = engine.pool();
  const ValueId place = pool.hole(Origin::Field, "<filled>", call_site(call));
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  captures.push_back({pool.string(kThis), object});
  const NamedValue argument{pool.string("0"), object}, lives{pool.string("0"), place};
  CallInput inner;
  inner.callee = pool.function(pool[function].ref, captures);
  inner.arguments = pool.record(std::span(&argument, 1));
  inner.places = pool.record(std::span(&lives, 1));
  inner.receiver_place = place;
  inner.at = call.invocation.at;
  CallResult outcome = engine.call(inner, call.depth + 1);
  for (Step& step : outcome.steps) {
    const ValueId changed = with_entry_stored(engine, step, place, object);
    const std::string name = member_stored(engine, step, place);
    if (changed.exists())
      object = changed;
    else if (!name.empty() && step.value.exists())
      object = with_member(engine.base(), object, name, step.value);
    else if (name.empty() && (step.kind != StepKind::Store || !step.subject.exists() ||
                              base_of(pool, step.subject) != place))
      out.steps.push_back(std::move(step));
  }
  const bool is_same = outcome.value.exists() &&
                       pool[outcome.value].kind == ValueKind::Object &&
                       pool[outcome.value].ref == pool[object].ref &&
                       pool.text(outcome.value) == pool.text(object);
  const ValueId returned = is_same ? members_of(pool, outcome.value) : ValueId{};
  if (returned.exists())
    for (const NamedValue& entry : entries_of(pool, returned))
      object = with_member(engine.base(), object, std::string(pool[entry.name]), entry.value);
  return object;
}

ValueId filled_anew(const LibraryCall& call, ValueId function, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const ValueId nothing = pool.record({});
  return filled_by(call, function, pool.object(call_site(call), kFilled, std::span(&nothing, 1)),
                   out);
}

bool fills_requests(const LibraryCall& call) {
  if (!call.receiver.exists()) return false;
  const LibraryFamily* asked = find_library_family(call.engine.library_path(call.receiver));
  return asked != nullptr && asked->fills;
}

ValueId positional_members(ValuePool& pool, std::string_view positions, ValueId arguments) {
  const std::vector<std::string_view> names = split(positions, ',');
  std::vector<NamedValue> entries;
  for (const NamedValue& argument : entries_of(pool, arguments)) {
    const std::string_view name = pool[argument.name];
    const std::size_t at = is_digits(name) && name.size() < 3 ? std::stoul(std::string(name)) : 99;
    if (at < names.size())
      entries.push_back({pool.string(names[at]), argument.value});
    else
      entries.push_back(argument);  // beyond the names: values of a statement
  }
  return pool.record(entries);
}

// `urlopen(request, timeout=3)`: what the request says, and what the call does besides.
static ValueId with_request(Engine& engine, ValueId given, ValueId arguments) {
  ValuePool& pool = engine.pool();
  if (given == arguments || pool[given].kind == ValueKind::Record) return given;
  const ValueId members = is_fluent(engine.base(), given) ? members_of(pool, given) : ValueId{};
  if (!members.exists()) return arguments;  // an address, where a request may stand as well
  std::vector<NamedValue> entries = entries_of(pool, members);
  for (const NamedValue& argument : entries_of(pool, arguments))
    if (argument.value != given) entries.push_back(argument);
  return pool.record(entries, pool[members].ref == 1);
}

// What the receiver has collected, and what the call is given besides: a prepared statement's
// values.
static ValueId beside_own(ValuePool& pool, ValueId collected, ValueId arguments) {
  if (!collected.exists()) return arguments;
  if (!pool.is(collected, ValueKind::Record)) return collected;
  std::vector<NamedValue> entries = entries_of(pool, collected);
  for (const NamedValue& argument : entries_of(pool, arguments)) entries.push_back(argument);
  return pool.record(entries, pool[collected].ref == 1);
}

ValueId operation_members(const LibraryCall& call, const LibraryModel& model,
                          const Operation& operation, CallResult& out) {
  Engine& engine = call.engine;
  ValuePool& pool = engine.pool();
  const ValueId arguments = call.invocation.arguments;
  ValueId given = model.members_in.empty() ? ValueId{} : select(call, model.members_in);
  if (!given.exists()) given = arguments;
  if (pool[given].kind == ValueKind::Function) {
    given = filled_anew(call, given, out);
  } else if (!model.positions.empty() && given != arguments && !is_request(engine, given)) {
    given = positional_members(pool, model.positions, arguments);
  }
  if (traits(call.language).options_are_named) return with_request(engine, given, arguments);
  if (traits(call.language).sdk_takes_service_names)
    return is_fluent(engine.base(), given) ? beside_own(pool, members_of(pool, given), arguments)
                                           : given;
  ValueId spelled = MemberSpelling(engine, operation.service).spell(given);
  const bool is_beside =
      model.members_in == "receiver" || (model.members_in == "block" && given != arguments);
  if (is_beside) spelled = beside_own(pool, spelled, arguments);
  const ValueKind kind = pool[spelled].kind;
  const bool may_have_members = kind == ValueKind::Record || kind == ValueKind::Hole ||
                                kind == ValueKind::Computed || kind == ValueKind::OneOf;
  return may_have_members ? spelled : arguments;
}

}  // namespace fnlint
