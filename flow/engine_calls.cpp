#include "core/text.h"
#include "flow/body.h"
#include "flow/code_queries.h"
#include "flow/engine.h"
#include "flow/fluent.h"
#include "flow/library_call.h"
#include "flow/library_guards.h"
#include "flow/reads.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace fnlint {

namespace {

// A call's place as a value, so that a call kept for later still knows where it stands.
ValueId site_value(ValuePool& pool, CallSite at) {
  return pool.text_value(cat(at.module.index, ':', at.op.index));
}
CallSite call_site_of(const ValuePool& pool, ValueId value) {
  const std::vector<std::string_view> parts = split(pool.text(value), ':');
  CallSite at;
  if (parts.size() != 2) return at;
  std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), at.module.index);
  std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), at.op.index);
  return at;
}

}  // namespace

bool is_open(const ValuePool& pool, ValueId value) {
  constexpr auto bit = [](Origin origin) { return 1U << static_cast<unsigned>(origin); };
  return (pool.origins(value) & (bit(Origin::Parameter) | bit(Origin::Receiver) |
                                 bit(Origin::Capture) | bit(Origin::Global))) != 0;
}

const Summary& Engine::summary(FunctionRef ref) {
  static const Summary kUnknown{
      .steps = {}, .returned = {}, .on_return = {}, .evidence = kCut, .returns = true};
  const std::uint64_t key = pack(ref);
  const auto found = summaries_.find(key);
  if (found != summaries_.end()) return found->second;
  if (nesting_ >= kNesting || !in_progress_.insert(key).second) return kUnknown;
  ++nesting_;
  BodyResult result = walk_body(*this, ref);
  --nesting_;
  in_progress_.erase(key);
  if (result.place.exists()) returned_places_[key] = result.place;
  return summaries_.emplace(key, std::move(result.summary)).first->second;
}

ValueId Engine::substitute(ValueId value, const Substitution& substitution) {
  return value.exists() ? Substituter(pool_, substitution)(value) : value;
}

// Whether a library says that the annotation changes what it stands at.
bool Engine::wraps(const CallInput& annotation) const {
  const std::string path = library_path(annotation.callee);
  const LibraryModel* model =
      path.empty() ? nullptr : find_model_any(Language::Unknown, path);
  return model != nullptr && !model->wraps.empty();
}

Outcome Engine::call(const CallInput& invocation, int depth) {
  if (invocation.mode == CallMode::Annotate && !wraps(invocation)) {
    Outcome out;
    for (std::size_t i = 0; i < pool_.names(invocation.arguments).size(); ++i)
      if (pool_[pool_.names(invocation.arguments)[i]] == "0")
        out.value = pool_.operands(invocation.arguments)[i];
    return out;
  }
  if (depth > static_cast<int>(kCallDepth)) return call_unknown(invocation);
  const ValueKind kind = pool_[invocation.callee].kind;
  if (is_method(pool_, invocation.callee)) return call_method(invocation, depth);
  if (kind == ValueKind::OneOf) return call_alternatives(invocation, depth);
  if (kind == ValueKind::Function) return call_function(invocation, depth);
  if (kind == ValueKind::Object &&
      project_object(pool_, invocation.callee).kind == ProjectObject::Kind::Class)
    return construct(invocation, depth);
  return call_library(invocation, depth);
}

// A method by its name: the receiver tells whether it is the project's own, a library's, or any
// value's.
Outcome Engine::call_method(const CallInput& invocation, int depth) {
  const ValueId receiver = pool_.operands(invocation.callee)[0];
  const ValueId name = pool_.operands(invocation.callee)[1];
  CallInput settled = invocation;
  if (pool_[receiver].kind == ValueKind::OneOf) {
    std::vector<Alternative> methods;
    const std::vector<ValueId> receivers(pool_.operands(receiver).begin(),
                                         pool_.operands(receiver).end());
    const std::vector<GuardId> guards(pool_.guards(receiver).begin(), pool_.guards(receiver).end());
    for (std::size_t i = 0; i < receivers.size(); ++i) {
      const ValueKind kind = pool_[receivers[i]].kind;
      if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;  // it would raise
      methods.push_back({method_value(pool_, receivers[i], name), guards[i]});
    }
    if (methods.empty()) return call_unknown(invocation);
    settled.callee = pool_.one_of(methods);
    if (pool_[settled.callee].kind != ValueKind::OneOf) return call_method(settled, depth);
    Outcome out = call_alternatives(settled, depth);
    // Which of the classes that implement an interface it is, is decided elsewhere.
    const auto guessed = std::ranges::count_if(receivers, [&](ValueId one) {
      return project_object(pool_, one).kind == ProjectObject::Kind::Instance &&
             (pool_[one].evidence & kHeuristic) != 0;
    });
    if (guessed > 1)
      for (Step& step : out.steps) step.flags |= kGuessed;
    return out;
  }
  const bool is_given = pool_[receiver].kind == ValueKind::Hole &&
                        (pool_[receiver].origin == Origin::Event ||
                         pool_[receiver].origin == Origin::Context);
  if (is_given) {
    settled.callee = extension_method(receiver, pool_.text(name), invocation);
    if (settled.callee.exists()) return call(settled, depth);
    settled.callee = invocation.callee;
    if (Outcome outcome = call_event(invocation, receiver, name); outcome.value.exists()) {
      add_read(pool_, outcome.value, invocation.at, false, outcome.steps);
      return outcome;
    }
  }
  const bool sends =
      invocation.at.module.exists() && sends_messages(language(invocation.at.module));
  if (sends && pool_[receiver].kind == ValueKind::Function && pool_.text(name) == "call") {
    settled.callee = receiver;
    return call(settled, depth);
  }
  const ValueId member = member_of(receiver, std::string(pool_.text(name)));
  if (sends && is_attribute(receiver, member) && pool_.operands(invocation.arguments).empty()) {
    Outcome out;
    out.value = member;
    return out;
  }
  const ValueKind kind = pool_[member].kind;
  const bool is_own = kind == ValueKind::Function || kind == ValueKind::OneOf ||
                      project_object(pool_, member).kind == ProjectObject::Kind::Class;
  // A method of a library's object that a struct embeds.
  const bool is_promoted =
      kind == ValueKind::Computed && pool_.text(member) == "member" &&
      pool_.operands(member)[0] != receiver && depth < static_cast<int>(kCallDepth) &&
      project_object(pool_, receiver).kind == ProjectObject::Kind::Instance &&
      !library_path(pool_.operands(member)[0]).empty();
  if (is_promoted) {
    settled.callee = method_value(pool_, pool_.operands(member)[0], name);
    return call_method(settled, depth + 1);
  }
  if (is_own) {
    settled.callee = member;
    return call(settled, depth);
  }
  const ValueId extension = extension_method(receiver, pool_.text(name), invocation);
  if (!extension.exists()) return call_library(invocation, depth);
  settled.callee = extension;
  return call(settled, depth);
}

// What an object of the project has under a name, where that is no function.
bool Engine::is_attribute(ValueId receiver, ValueId member) const {
  if (project_object(pool_, receiver).kind == ProjectObject::Kind::None) return false;
  const Value& value = pool_[member];
  if (value.kind == ValueKind::OneOf)
    return std::ranges::none_of(pool_.operands(member), [&](ValueId one) {
      return pool_[one].kind == ValueKind::Function;
    });
  const bool unknown = value.kind == ValueKind::Computed && pool_.text(member) == "member" &&
                       pool_.operands(member)[0] == receiver;
  return !unknown && value.kind != ValueKind::Function && value.kind != ValueKind::Absent &&
         project_object(pool_, member).kind != ProjectObject::Kind::Class;
}

// Of functions of one name, those that take the arguments; no id: these are no overloads.
ValueId Engine::overload_for(ValueId callees, ValueId arguments) {
  std::vector<Alternative> fitting;
  const std::vector<ValueId> all(pool_.operands(callees).begin(), pool_.operands(callees).end());
  StringId name;
  for (const ValueId one : all) {
    if (pool_[one].kind != ValueKind::Function) return {};
    const FunctionRef ref = unpack(pool_[one].ref);
    const CodeFacts& code = facts(ref.module);
    const Function& function = code.functions[ref.function.index];
    if (!has_overloads(code.language) || !function.owner.exists()) return {};
    if (name.exists() && pool_[name] != code.string(function.name)) return {};
    name = pool_.string(code.string(function.name));
    if (takes(code, function, pool_.operands(arguments).size())) fitting.push_back({one, {}});
  }
  if (fitting.empty() || fitting.size() == all.size()) return {};
  return pool_.one_of(fitting);
}

Outcome Engine::call_alternatives(const CallInput& invocation, int depth) {
  if (const ValueId fitting = overload_for(invocation.callee, invocation.arguments);
      fitting.exists()) {
    CallInput settled = invocation;
    settled.callee = fitting;
    return call(settled, depth);
  }
  Outcome all;
  all.understood = false;
  std::vector<Alternative> values, waiting;
  std::vector<Step> unsettled;
  const std::vector<ValueId> callees(pool_.operands(invocation.callee).begin(),
                                     pool_.operands(invocation.callee).end());
  const std::vector<GuardId> guards(pool_.guards(invocation.callee).begin(),
                                    pool_.guards(invocation.callee).end());
  for (std::size_t i = 0; i < callees.size(); ++i) {
    const ValueKind kind = pool_[callees[i]].kind;
    if (kind == ValueKind::Null || kind == ValueKind::Absent) continue;
    CallInput one = invocation;
    one.callee = callees[i];
    Outcome outcome = call(one, depth);
    if (!outcome.understood) {
      unsettled.insert(unsettled.end(), outcome.steps.begin(), outcome.steps.end());
      if (outcome.value.exists()) waiting.push_back({outcome.value, guards[i]});
      continue;
    }
    if (outcome.value.exists()) values.push_back({outcome.value, guards[i]});
    all.task = all.task || outcome.task;
    if (outcome.started != UINT32_MAX) {
      all.started = outcome.started;
      all.told_by_callback = outcome.told_by_callback;
    }
    all.on_return = all.understood ? common(all.on_return, outcome.on_return) : outcome.on_return;
    all.understood = true;
    all.changes = outcome.changes;
    all.steps.insert(all.steps.end(), outcome.steps.begin(), outcome.steps.end());
  }
  if (!all.understood) all.steps = std::move(unsettled);
  if (values.empty()) values = std::move(waiting);
  all.value = values.empty() ? pool_.unknown("nothing callable") : pool_.one_of(values);
  return all;
}

ValueId Engine::bound_parameter(const CodeFacts& code, FunctionRef ref, std::size_t position,
                                ValueId arguments, std::size_t shift) {
  const Function& function = code.functions[ref.function.index];
  const Parameter& parameter = code.parameters[function.parameters.first + position];
  const std::string_view name = code.string(code.variables[parameter.variable.index].name);
  const auto names = pool_.names(arguments);
  const auto values = pool_.operands(arguments);
  const std::string wanted = std::to_string(position - shift);
  std::vector<ValueId> rest;
  ValueId spread, named_spread;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view given = pool_[names[i]];
    if (given == "*") spread = values[i];
    if (given == "**") named_spread = values[i];
    if (parameter.rest == RestKind::None && (given == wanted || (!name.empty() && given == name)))
      return values[i];
    std::size_t number = 0;
    const auto parsed = std::from_chars(given.data(), given.data() + given.size(), number);
    if (parsed.ptr == given.data() + given.size() && number + shift >= position)
      rest.push_back(values[i]);
  }
  if (parameter.rest == RestKind::Positional) return pool_.list(rest, spread.exists());
  if (parameter.rest == RestKind::Named) {
    std::vector<NamedValue> entries;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (const std::string_view given = pool_[names[i]];
          !given.empty() && (given[0] < '0' || given[0] > '9') && given[0] != '*')
        entries.push_back({names[i], values[i]});
    return pool_.record(entries, named_spread.exists());
  }
  if (named_spread.exists() && !name.empty()) {
    const ValueId value = member_of(named_spread, name);
    if (pool_[value].kind != ValueKind::Absent) return value;
  }
  if (spread.exists()) {
    const ValueId place = pool_.number(static_cast<std::int64_t>(position - shift));
    return index_of(spread, place);
  }
  if (pool_[arguments].ref == 1) return pool_.unknown("argument of a callback");
  if (sends_messages(code.language))
    if (const ValueId hash = loose_entries(code, function, position - shift, arguments);
        hash.exists())
      return hash;
  if (parameter.fallback.exists()) return default_value(*this, ref, parameter.fallback);
  return pool_.absent();
}

// `put(a: 1)` of a method without such a parameter hands over a record in the next place.
ValueId Engine::loose_entries(const CodeFacts& code, const Function& function,
                              std::size_t position, ValueId arguments) {
  std::vector<NamedValue> entries;
  std::size_t positional = 0;
  const std::vector<StringId> names(pool_.names(arguments).begin(), pool_.names(arguments).end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = pool_[names[i]];
    if (!name.empty() && name[0] >= '0' && name[0] <= '9') ++positional;
    if (name.empty() || (name[0] >= '0' && name[0] <= '9') || name[0] == '*' || name == "block")
      continue;
    for (std::uint32_t k = 0; k < function.parameters.count; ++k) {
      const Parameter& row = code.parameters[function.parameters.first + k];
      const bool takes_it = row.rest == RestKind::Named ||
                            code.string(code.variables[row.variable.index].name) == name;
      if (takes_it) return {};
    }
    entries.push_back({names[i], pool_.operands(arguments)[i]});
  }
  return entries.empty() || position != positional ? ValueId{} : pool_.record(entries);
}

// Arguments but for the first positional one.
ValueId without_first(ValuePool& pool, ValueId arguments) {
  std::vector<NamedValue> rest;
  for (std::size_t i = 0; i < pool.operands(arguments).size(); ++i) {
    std::size_t number = 0;
    const std::string_view name = pool[pool.names(arguments)[i]];
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool positional = !name.empty() && parsed.ptr == name.data() + name.size();
    if (positional && number == 0) continue;
    const StringId moved =
        positional ? pool.string(std::to_string(number - 1)) : pool.names(arguments)[i];
    rest.push_back({moved, pool.operands(arguments)[i]});
  }
  return pool.record(rest);
}

// A partial application: what was bound comes before the call's own arguments.
CallInput Engine::with_bound(const CallInput& invocation) {
  CallInput full = invocation;
  const ValueId callee = invocation.callee;
  for (std::size_t i = 0; i < pool_.operands(callee).size(); ++i) {
    if (pool_[pool_.names(callee)[i]] != "<bound>") continue;
    const std::vector<ValueId> bound(pool_.operands(pool_.operands(callee)[i]).begin(),
                                     pool_.operands(pool_.operands(callee)[i]).end());
    std::vector<NamedValue> arguments;
    for (std::size_t k = 0; k < bound.size(); ++k)
      arguments.push_back({pool_.string(std::to_string(k)), bound[k]});
    const std::vector<StringId> names(pool_.names(invocation.arguments).begin(),
                                      pool_.names(invocation.arguments).end());
    for (std::size_t k = 0; k < names.size(); ++k) {
      std::size_t number = 0;
      const std::string_view name = pool_[names[k]];
      const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
      const bool positional = !name.empty() && parsed.ptr == name.data() + name.size();
      const StringId moved =
          positional ? pool_.string(std::to_string(number + bound.size())) : names[k];
      arguments.push_back({moved, pool_.operands(invocation.arguments)[k]});
    }
    full.arguments = pool_.record(arguments);
    full.places = pool_.record({});
  }
  return full;
}

// `Base.__init__(self, name)`: a method that is read of its class takes its object as the first
// argument.
CallInput Engine::with_given_receiver(const CallInput& invocation) {
  const FunctionRef ref = unpack(pool_[invocation.callee].ref);
  const CodeFacts& code = facts(ref.module);
  const FunctionKind kind = code.functions[ref.function.index].kind;
  if (code.language != Language::Python ||
      (kind != FunctionKind::Method && kind != FunctionKind::Constructor))
    return invocation;
  std::vector<NamedValue> captures;
  bool of_class = false;
  for (std::size_t i = 0; i < pool_.operands(invocation.callee).size(); ++i) {
    const NamedValue one{pool_.names(invocation.callee)[i], pool_.operands(invocation.callee)[i]};
    const bool is_class = pool_[one.name] == kThis &&
                          project_object(pool_, one.value).kind == ProjectObject::Kind::Class;
    of_class = of_class || is_class;
    if (!is_class) captures.push_back(one);
  }
  const auto first = [&](ValueId record) {
    for (std::size_t i = 0; i < pool_.operands(record).size(); ++i)
      if (pool_[pool_.names(record)[i]] == "0") return pool_.operands(record)[i];
    return ValueId{};
  };
  const ValueId object = first(invocation.arguments);
  if (!of_class || !object.exists()) return invocation;
  captures.push_back({pool_.string(kThis), object});
  CallInput full = invocation;
  full.callee = pool_.function(pool_[invocation.callee].ref, captures);
  full.arguments = without_first(pool_, invocation.arguments);
  full.receiver_place = {};
  if (!invocation.places.exists()) return full;
  full.receiver_place = first(invocation.places);
  full.places = without_first(pool_, invocation.places);
  return full;
}

Outcome Engine::call_function(const CallInput& given, int depth) {
  const CallInput invocation = with_given_receiver(with_bound(given));
  const FunctionRef ref = unpack(pool_[invocation.callee].ref);
  const CodeFacts& code = facts(ref.module);
  if (invocation.at.module.exists())
    callers_[pack(ref)].insert(invocation.in_init
                                   ? 0
                                   : pack({invocation.at.module, invocation.from}));
  const Language outer_language = speak(code.language);
  const Function& function = code.functions[ref.function.index];
  const std::vector<StringId> capture_names(pool_.names(invocation.callee).begin(),
                                            pool_.names(invocation.callee).end());
  const std::vector<ValueId> capture_values(pool_.operands(invocation.callee).begin(),
                                            pool_.operands(invocation.callee).end());
  const auto captured = [&](std::string_view name) -> ValueId {
    for (std::size_t i = capture_names.size(); i-- > 0;)
      if (pool_[capture_names[i]] == name) return capture_values[i];
    return {};
  };
  FactSet guards;
  for (std::size_t i = 0; i < capture_names.size(); ++i)
    if (pool_[capture_names[i]] == "<guard>") add_fact(guards, {capture_values[i], true});

  const std::size_t shift = 0;
  const auto parameter = [&](ValueId leaf, ValueId arguments) -> ValueId {
    if (pool_[leaf].ref != pack(ref)) return {};
    std::size_t position = 0;
    const std::string_view text = pool_.text(leaf);
    std::from_chars(text.data(), text.data() + text.size(), position);
    if (position >= function.parameters.count) return {};
    const ValueId value = bound_parameter(code, ref, position, arguments, shift);
    // A call of the code that gives nothing means nothing; what constructs by types gives these.
    if (pool_[value].kind == ValueKind::Absent && invocation.at.module.exists()) return value;
    const VariableId variable = code.parameters[function.parameters.first + position].variable;
    return refined(value, ref.module, code.variables[variable.index].type);
  };
  const Summary& callee = summary(ref);
  Substitution values;
  values.leaf = [&](ValueId leaf) -> ValueId {
    const Value& value = pool_[leaf];
    if (value.kind != ValueKind::Hole) return {};
    if (value.origin == Origin::Parameter) return parameter(leaf, invocation.arguments);
    if (value.origin == Origin::Receiver && value.ref == pack(ref)) return captured(kThis);
    if (value.origin == Origin::Capture) return captured(std::to_string(value.ref));
    if (value.origin == Origin::Global) {
      const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
      const VariableId variable{static_cast<std::uint32_t>(value.ref)};
      if (module.index >= modules_.size() || !modules_[module.index].done) return {};
      const ValueId now = global(module, variable);
      return now == leaf ? ValueId{} : now;
    }
    return {};
  };
  values.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
    return recompute(name, operands, depth);
  };
  Substitution places;
  places.leaf = [&](ValueId leaf) -> ValueId {
    const Value& value = pool_[leaf];
    if (value.kind != ValueKind::Hole) return {};
    if (value.origin == Origin::Parameter && value.ref == pack(ref)) {
      if (!invocation.places.exists()) return pool_.absent();
      const auto names = pool_.names(invocation.places);
      std::size_t position = 0;
      const std::string_view text = pool_.text(leaf);
      std::from_chars(text.data(), text.data() + text.size(), position);
      const Parameter& row = code.parameters[function.parameters.first + position];
      const std::string_view name = code.string(code.variables[row.variable.index].name);
      for (std::size_t i = 0; i < names.size(); ++i)
        if (pool_[names[i]] == name || pool_[names[i]] == std::to_string(position - shift))
          return pool_.operands(invocation.places)[i];
      const bool is_given =
          pool_[bound_parameter(code, ref, position, invocation.arguments, shift)].kind !=
          ValueKind::Absent;
      if (code.language == Language::Python && row.fallback.exists() && is_given) {
        for (const StringId id : pool_.names(invocation.arguments))
          if (pool_[id] == name || pool_[id] == std::to_string(position - shift))
            return pool_.absent();
        return pool_.hole(Origin::Global, cat("default of ", name),
                          pack(ref) ^ (std::uint64_t{1} << 63U));
      }
      return pool_.absent();
    }
    if (value.origin == Origin::Receiver && value.ref == pack(ref))
      return invocation.receiver_place.exists() ? invocation.receiver_place : pool_.absent();
    return {};
  };
  places.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
    if (name == "member" && pool_[operands[0]].kind == ValueKind::Absent) return operands[0];
    if (name == "chained") {  // of a receiver that each call gives back: only a filled object
      const Value& place = pool_[operands[0]];
      const bool fills = place.kind == ValueKind::Hole && place.origin == Origin::Field &&
                         pool_[place.text] == "<filled>";
      return fills ? operands[0] : pool_.absent();
    }
    return pool_.computed(name, operands);
  };

  Outcome out;
  for (const Fact& guard : guards) out.steps.push_back(guard_step(guard.test, invocation));
  replay_steps(callee, values, places, invocation, guards, depth, out);
  Substituter substituter(pool_, values);
  out.value = callee.returned.exists() ? substituter(callee.returned) : pool_.absent();
  for (const Fact& fact : callee.on_return)
    assume(pool_, out.on_return, substituter(fact.test), fact.holds);
  if (const auto kept = returned_places_.find(pack(ref)); kept != returned_places_.end()) {
    const ValueId place = Substituter(pool_, places)(kept->second);
    if (pool_[place].kind != ValueKind::Absent) out.place = place;
  }
  out.returns = callee.returns;
  out.task = callee.task || leaves_task(ref);
  out.understood = callee.evidence == 0 || !callee.steps.empty() || callee.returned.exists();
  if ((callee.evidence & kCut) != 0) out.value = pool_.with_evidence(out.value, kCut);
  if (function.returns.exists()) out.value = refined(out.value, ref.module, function.returns);
  speak(outer_language);
  return out;
}

void Engine::replay_steps(const Summary& callee, const Substitution& values,
                          const Substitution& places, const CallInput& invocation,
                          std::span<const Fact> guards, int depth, Outcome& out) {
  Substituter substituter(pool_, values);
  Substituter placer(pool_, places);
  const std::vector<Step> steps = callee.steps;  // the table may grow while callees are walked
  for (const Step& step : steps) {
    if (out.steps.size() >= kSummarySteps) return;
    if (step.via.size() >= kCallDepth) continue;
    if (step.kind == StepKind::Return && invocation.at.module.exists()) continue;
    Step mine = step;
    if (step.kind == StepKind::Read && step.value.exists()) {
      mine.value = substituter(step.value);
      if (!is_whole(pool_, mine.value) && given_in(pool_, mine.value).empty()) continue;
    }
    mine.holds.clear();
    bool possible = true;
    for (const Fact& fact : step.holds) {
      const ValueId test = is_asked(pool_, fact.test) ? placer(fact.test) : substituter(fact.test);
      possible = possible && assume(pool_, mine.holds, test, fact.holds);
    }
    if (!possible) continue;
    for (const Fact& guard : guards) add_fact(mine.holds, guard);
    if (step.kind == StepKind::Store) {
      mine.subject = placer(step.subject);
      ValueId root = mine.subject;
      while (pool_[root].kind == ValueKind::Computed && !pool_.operands(root).empty())
        root = pool_.operands(root)[0];
      if (pool_[root].kind == ValueKind::Absent) continue;  // an object of the callee's own
    } else if (step.subject.exists()) {
      mine.subject = substituter(step.subject);
    }
    for (ValueId* part : {&mine.key, &mine.value, &mine.arguments, &mine.result})
      if (part->exists()) *part = substituter(*part);
    mine.via.clear();
    if (invocation.at.module.exists()) mine.via.push_back(invocation.at);
    mine.via.insert(mine.via.end(), step.via.begin(), step.via.end());
    if (step.kind == StepKind::Read) {
      add_replayed(pool_, std::move(mine), out.steps);
      continue;
    }
    if (step.kind != StepKind::Call) {
      out.steps.push_back(std::move(mine));
      continue;
    }
    const bool calls_back = (mine.flags & kGivenCallback) != 0;
    if (calls_back) {
      // A route's function is given parts of the event, whoever registers it.
      if (invocation.in_init || has_origin(pool_, step.arguments, Origin::Event)) {
        add_later(mine.at.module, mine.subject);
        continue;
      }
      mine.flags = static_cast<std::uint16_t>(mine.flags & ~kGivenCallback);
    }
    CallInput settled{.callee = mine.subject,
                      .arguments = mine.arguments,
                      .places = {},
                      .receiver_place = {},
                      .mode = CallMode::Plain,
                      .at = mine.at};
    if (is_method(pool_, mine.subject)) {
      const ValueId at = step.value.exists() ? placer(step.value) : ValueId{};
      if (at.exists() && pool_[at].kind != ValueKind::Absent) settled.receiver_place = at;
    }
    Outcome inner = call(settled, depth + 1);
    const bool dropped = (mine.flags & kResultUnused) != 0;
    if ((inner.task && dropped) || inner.started != UINT32_MAX) {
      Step left = mine;
      left.kind = StepKind::Start;
      left.library = inner.task ? UINT32_MAX : inner.started;
      if (inner.told_by_callback) left.flags |= kGivenCallback;
      out.steps.push_back(std::move(left));
    }
    for (Step& deeper : inner.steps) {
      if (out.steps.size() >= kSummarySteps) return;
      if (calls_back && deeper.kind == StepKind::Start) continue;  // what calls back was left, too
      std::vector<CallSite> via = mine.via;
      via.insert(via.end(), deeper.via.begin(), deeper.via.end());
      deeper.via = std::move(via);
      deeper.flags = static_cast<std::uint16_t>(deeper.flags | mine.flags);
      FactSet holds = mine.holds;
      if (deeper.kind != StepKind::Store && deeper.kind != StepKind::Call)
        std::erase_if(holds, [&](const Fact& fact) { return is_asked(pool_, fact.test); });
      for (const Fact& fact : deeper.holds) add_fact(holds, fact);
      deeper.holds = std::move(holds);
      out.steps.push_back(std::move(deeper));
    }
  }
}

ValueId Engine::recompute(std::string_view name, std::span<const ValueId> operands, int depth) {
  if (name == "member") return member_of(operands[0], std::string(pool_.text(operands[1])));
  if (name == "index") return index_of(operands[0], operands[1]);
  if (name == "element") return element(pool_, operands[0]);
  if (name == "method") return pool_.computed(name, operands);
  if (name == "environment")
    return environment_value(pool_, operands[0], operands.size() > 1 ? operands[1] : ValueId{});
  if (name == "call" && operands.size() >= 2) {
    CallInput invocation{.callee = operands[0], .arguments = operands[1]};
    if (operands.size() > 2) invocation.at = call_site_of(pool_, operands[2]);
    // A class can be made, whatever its attributes wait for.
    const bool is_class =
        project_object(pool_, operands[0]).kind == ProjectObject::Kind::Class;
    // So can a member of a builder be set, whatever its other members wait for.
    const bool is_builder =
        fnlint::is_method(pool_, operands[0]) && is_fluent(*this, pool_.operands(operands[0])[0]);
    const bool waits = !is_class && !is_builder && is_open(pool_, operands[0]);
    if (depth > static_cast<int>(kCallDepth) || waits) return pool_.computed(name, operands);
    return call(invocation, depth + 1).value;
  }
  return compute(pool_, name, operands);
}

// `event.get("name")`: what is not there is nothing, or the default.
void Engine::add_got(const LibraryCall& call, const LibraryModel& row, Outcome& out) {
  if (row.computes != "get" && row.computes != "first" && row.computes != "index") return;
  if (!out.value.exists() || out.value == call.receiver) return;
  const bool raises =
      sends_messages(call.language) && pool_.operands(call.invocation.arguments).size() < 2;
  add_read(pool_, out.value, call.invocation.at, row.computes == "get" && !raises, out.steps);
}

Outcome Engine::call_library(const CallInput& invocation, int depth) {
  const std::string path = library_path(invocation.callee);
  const bool is_method = fnlint::is_method(pool_, invocation.callee);
  const ValueId receiver = is_method ? pool_.operands(invocation.callee)[0] : ValueId{};
  const std::string method =
      is_method ? std::string(pool_.text(pool_.operands(invocation.callee)[1])) : std::string();
  const Language spoken =
      invocation.at.module.exists() ? language(invocation.at.module) : Language::Unknown;
  LibraryCall call{.engine = *this,
                   .invocation = invocation,
                   .language = spoken,
                   .path = path,
                   .method = method,
                   .receiver = receiver,
                   .depth = depth};
  const LibraryModel* exact = path.empty() ? nullptr : find_model_any(spoken, path);
  if (exact != nullptr) return apply_model(call, *exact);
  if (is_method)
    if (std::optional<Outcome> set = call_fluent(call)) return std::move(*set);
  const LibraryModel* generic = is_method ? find_model_any(spoken, cat("*.", method)) : nullptr;
  if (is_method && is_open(pool_, receiver) && path.empty()) {
    const bool pure = generic != nullptr && generic->operation.empty() &&
                      generic->store == StoreHow::None && generic->invokes.empty() &&
                      generic->effect_of.empty();
    Outcome out = call_unknown(invocation);
    // What is called like a method of a collection may be the project's own where it is asked of
    // the object itself, or where each value has a class.
    const bool of_own = has_origin(pool_, receiver, Origin::Receiver) ||
                        (spoken != Language::Python && spoken != Language::JavaScript);
    if (pure && !of_own) {
      out.steps.clear();
      add_got(call, *generic, out);
    }
    if (generic != nullptr && generic->store == StoreHow::Remove && generic->store_key.empty())
      out.changes.push_back({.into_receiver = true, .argument = {}, .how = StoreKind::Remove});
    if (generic != nullptr && generic->itself) out.place = invocation.receiver_place;
    const ValueId callback =
        generic != nullptr && !generic->invokes.empty() ? select(call, generic->invokes) : ValueId{};
    const bool is_callback = callback.exists() && pool_[callback].kind == ValueKind::Function;
    if (callback.exists() && (is_callback || !of_own)) {
      Outcome called = apply_model(call, *generic);
      called.value = out.value;
      return called;
    }
    return out;
  }
  if (generic != nullptr) {
    Outcome out = apply_model(call, *generic);
    if (is_method) add_got(call, *generic, out);
    return out;
  }
  if (!path.empty()) return unknown_library_call(call);
  Outcome out = call_unknown(invocation);
  if (sends_messages(spoken) && !is_open(pool_, invocation.callee)) run_callbacks(call, out);
  return out;
}

Outcome Engine::call_unknown(const CallInput& invocation) {
  Outcome out;
  out.understood = false;
  const std::array<ValueId, 3> operands{invocation.callee, invocation.arguments,
                                        site_value(pool_, invocation.at)};
  out.value = pool_.computed("call", operands);
  Step step;
  step.kind = StepKind::Call;
  step.at = invocation.at;
  step.subject = invocation.callee;
  step.value = invocation.receiver_place;
  step.arguments = invocation.arguments;
  step.result = out.value;
  out.steps.push_back(std::move(step));
  return out;
}

}  // namespace fnlint
