// The parts of a call that a row of a library's model names, and the objects that it gives.
#include "flow/models/library_select.h"

#include "core/parts.h"
#include "core/text.h"
#include "flow/engine/class_notes.h"
#include "flow/models/fluent.h"
#include "tables/libraries.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What a library object was made with: its constructor's or factory's arguments, and the object it
// came from.
ValueId made_with(const ValuePool& pool, ValueId object, std::string_view name) {
  if (pool[object].kind != ValueKind::Object) return {};
  const auto operands = pool.operands(object);
  if (name == "receiver") return operands.size() > 1 ? operands[1] : ValueId{};
  return operands.empty() ? ValueId{} : named_entry(pool, operands[0], name);
}

// It was made with fewer arguments, all of which are known.
bool is_made_without(const ValuePool& pool, ValueId object, std::string_view position) {
  if (!is_digits(position) || !pool.is(object, ValueKind::Object)) return false;
  const auto operands = pool.operands(object);
  return !operands.empty() && pool.is(operands[0], ValueKind::Record) &&
         pool[operands[0]].ref == 0 && !pool.names(operands[0]).empty();
}

ValueId step_into(const LibraryCall& call, ValueId value, std::string_view name) {
  ValuePool& pool = call.engine.pool();
  if (is_where(pool, value)) {
    const ValueId inner = step_into(call, pool.operands(value)[0], name);
    return inner.exists() ? where(pool, inner, pool.operands(value).subspan(1)) : inner;
  }
  if (pool[value].kind == ValueKind::OneOf) {
    std::vector<Alternative> alternatives;
    const std::vector<ValueId> operands(pool.operands(value).begin(), pool.operands(value).end());
    const std::vector<GuardId> guards(pool.guards(value).begin(), pool.guards(value).end());
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const ValueId inner = step_into(call, operands[i], name);
      if (inner.exists()) alternatives.push_back({inner, guards[i]});
    }
    return alternatives.empty() ? ValueId{} : pool.one_of(alternatives);
  }
  if (name.starts_with('@')) return noted_of_class(call.engine, value, name.substr(1));
  if (const ValueId made = made_with(pool, value, name); made.exists()) return made;
  if (const ValueId spread = made_with(pool, value, "**"); spread.exists() && !is_digits(name))
    if (const ValueId given = step_into(call, spread, name); given.exists()) return given;
  if (is_made_without(pool, value, name)) return {};
  if (const ValueId set = fluent_member(call.engine.base(), value, name); set.exists()) return set;
  if (is_fluent(call.engine.base(), value)) return {};
  if (pool[value].kind == ValueKind::Record) {
    if (const ValueId found = named_entry(pool, value, name); found.exists()) return found;
    const ValueId rest = is_digits(name) ? ValueId{} : named_entry(pool, value, kRest);
    const ValueId spread = rest.exists() ? step_into(call, rest, name) : ValueId{};
    if (spread.exists()) return spread;
    return pool[value].ref == 1 ? pool.unknown(cat("entry ", name)) : ValueId{};
  }
  if (pool[value].kind == ValueKind::Text || pool[value].kind == ValueKind::Pattern) return {};
  if (is_digits(name)) {
    const ValueId at = pool.number(name);
    return call.engine.members().index_of(value, at);
  }
  return call.engine.member_of(value, name);
}

ValueId keys_of(ValuePool& pool, ValueId value) {
  if (pool[value].kind == ValueKind::Record && pool[value].ref == 0) {
    const std::vector<StringId> names(pool.names(value).begin(), pool.names(value).end());
    std::vector<ValueId> keys;
    for (const StringId name : names) keys.push_back(pool.text_value(pool[name]));
    return pool.list(keys);
  }
  const std::array<ValueId, 1> operands{value};
  return compute(pool, Opcode::Keys, operands);
}

// The positional arguments from one on ("0+"), as a list; "0*": one alone that is no text is the
// list itself.
ValueId arguments_from(const LibraryCall& call, std::string_view selector) {
  ValuePool& pool = call.engine.pool();
  const auto first = static_cast<std::size_t>(selector[0] - '0');
  std::vector<ValueId> given;
  while (true) {
    const ValueId next =
        named_entry(pool, call.invocation.arguments, std::to_string(first + given.size()));
    if (!next.exists()) break;
    given.push_back(next);
  }
  const auto is_text = [&](ValueId id) {
    return pool[id].kind == ValueKind::Text || pool[id].kind == ValueKind::Pattern;
  };
  if (given.empty()) return {};
  const bool is_list = selector.ends_with('*') && given.size() == 1 && !is_text(given[0]);
  return is_list ? given[0] : pool.list(given);
}

// "0+", "0*"
bool is_positions(std::string_view part) {
  return part.size() == 2 && is_digits(part.substr(0, 1)) &&
         (part.ends_with('+') || part.ends_with('*'));
}

// What a call that runs a function is given beside it: `run(key, f)`, `run(name, key, f)`,
// `run(f, argument)`; no id: it shows no function.
ValueId beside_function(const LibraryCall& call) {
  const ValuePool& pool = call.engine.pool();
  const auto given = [&](std::size_t position) {
    return named_entry(pool, call.invocation.arguments, std::to_string(position));
  };
  const auto is_function = [&](ValueId one) { return function_in(pool, one).exists(); };
  const auto is_method = [&](ValueId one) { return is_own_method(pool, one); };
  const auto beside = [&](const auto& is_it) {
    std::size_t at = 0;
    while (given(at).exists() && !is_it(given(at))) ++at;
    return given(at).exists() ? given(at == 0 ? 1 : at - 1) : ValueId{};
  };
  const ValueId found = beside(is_function);
  return found.exists() ? found : beside(is_method);
}

// The arguments that are given by name, as a record; no id: there are none.
ValueId named_arguments(const LibraryCall& call) {
  ValuePool& pool = call.engine.pool();
  const ValueId given = call.invocation.arguments;
  std::vector<NamedValue> named;
  bool open = false;
  for (std::size_t i = 0; i < pool.names(given).size(); ++i) {
    const StringId name = pool.names(given)[i];
    const std::string_view text = pool[name];
    if (text == "**") open = spread_into(pool, named, pool.operands(given)[i]) || open;
    if (!text.empty() && text[0] != '*' && !position_of(text))
      named.push_back({name, pool.operands(given)[i]});
  }
  return named.empty() ? ValueId{} : pool.record(named, open);
}

// What a decorator is put on; no id: it was given options, as in `@capture("orders")`.
ValueId decorated(const LibraryCall& call) {
  const ValuePool& pool = call.engine.pool();
  const ValueId given = named_entry(pool, call.invocation.arguments, "0");
  if (!given.exists()) return {};
  switch (pool[given].kind) {
    case ValueKind::Absent:
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Number:
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::List:
    case ValueKind::Record: return {};
    default: return given;
  }
}

// What is written out in a row; no id: it names something.
ValueId written_out(ValuePool& pool, std::string_view selector) {
  if (selector.size() >= 2 && selector.front() == '\'' && selector.back() == '\'')
    return pool.text_value(selector.substr(1, selector.size() - 2));
  if (selector.starts_with('#') && is_digits(selector.substr(1)))
    return pool.number(selector.substr(1));
  if (selector == "[]") return pool.list({});
  if (selector == "{}") return pool.record({});
  return selector == "nothing" ? pool.null() : ValueId{};
}

// The words with which a selector may begin (tables/models.h).
struct FirstWord {
  std::string_view word;
  ValueId (*value)(const LibraryCall& call);
};
constexpr std::array kFirstWords{
    FirstWord{"receiver", [](const LibraryCall& call) { return call.receiver; }},
    FirstWord{"@event",
              [](const LibraryCall& call) { return call.engine.pool().hole(Origin::Event, ""); }},
    FirstWord{"@fresh", [](const LibraryCall& call) { return found_by(call, Origin::Fresh); }},
    FirstWord{"@beside", beside_function},
    FirstWord{"decorated", decorated},
    FirstWord{"arguments", [](const LibraryCall& call) { return call.invocation.arguments; }},
    FirstWord{"named", named_arguments},
};

// An argument, or a member of a request, by its name or position; also where it is spread.
ValueId argument_of(const LibraryCall& call, std::string_view part) {
  const ValuePool& pool = call.engine.pool();
  const bool of_members = call.members.exists() && !is_digits(part);
  const ValueId source = of_members ? call.members : call.invocation.arguments;
  ValueId value = step_into(call, source, part);
  if (value.exists() || pool[source].kind != ValueKind::Record) return value;
  const ValueId spread = named_entry(pool, source, "**");
  if (spread.exists()) value = step_into(call, spread, part);
  const ValueId list = named_entry(pool, source, "*");
  if (!value.exists() && list.exists() && is_digits(part))
    value = call.engine.members().index_of(list, call.engine.pool().number(part));
  return value;
}

ValueId first_part(const LibraryCall& call, std::string_view part) {
  ValuePool& pool = call.engine.pool();
  for (const FirstWord& row : kFirstWords)
    if (part == row.word) return row.value(call);
  if (is_positions(part)) return arguments_from(call, part);
  if (part == "?") return pool.hole(Origin::CallResult, call.path, call_site(call));
  if (call.result.exists() && part == "result") return call.result;
  if (call.result.exists() && part == "results")
    return pool.list(std::span(&call.result, 1));  // one stands for all
  return argument_of(call, part);
}

ValueId select_one(const LibraryCall& call, std::string_view selector) {
  ValuePool& pool = call.engine.pool();
  selector = trim(selector);
  if (const ValueId literal = written_out(pool, selector); literal.exists()) return literal;
  ValueId value;
  bool first = true;
  for (std::string_view part : parts_of(selector, '.')) {
    const bool each = part.ends_with("[]");
    if (each) part.remove_suffix(2);
    value = first          ? first_part(call, part)
            : part.empty() ? keys_of(pool, value)
                           : step_into(call, value, part);
    first = false;
    if (!value.exists()) return {};
    if (each) value = element(pool, value);
  }
  if (value.exists() && pool[value].kind == ValueKind::Absent) return {};
  return value;
}

}  // namespace

ValueId select(const LibraryCall& call, std::string_view selector) {
  for (const std::string_view one : parts_of(selector, '|'))
    if (const ValueId value = select_one(call, one); value.exists()) return value;
  return {};
}

bool is_met(const LibraryCall& call, std::string_view condition) {
  constexpr std::string_view kIs = " is ";
  const std::size_t is = condition.find(kIs);
  ValueId asked = select(call, condition.substr(0, is));
  const std::string_view wanted = condition.substr(is + kIs.size());
  if (!asked.exists()) return wanted == "nothing";
  if (wanted == "no list") return !call.engine.pool().is(asked, ValueKind::List);
  // Of a function, what it gives whatever it is given: `(message, certificate, chain) => true`.
  if (call.engine.pool().is(asked, ValueKind::Function))
    asked = call.engine
                .call({.callee = asked, .arguments = call.engine.pool().record({}, true)},
                      call.depth + 1)
                .value;
  if (!asked.exists()) return false;
  const std::optional<std::string_view> text = as_text(call.engine.pool(), asked);
  const std::string word = text ? std::string(*text) : call.engine.library_path(asked);
  const std::vector<std::string_view> words = split(wanted, '|');
  return std::ranges::find(words, word) != words.end();
}

std::string_view selector_in(std::string_view pattern) {
  const std::size_t open = pattern.find('{'), close = pattern.find('}');
  const bool names_one = open < close && close != std::string_view::npos;
  return names_one ? pattern.substr(open + 1, close - open - 1) : std::string_view();
}

std::string expand_path(const LibraryCall& call, std::string_view pattern) {
  std::string path;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    path.append(pattern.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const ValueId value = select(call, pattern.substr(open + 1, close - open - 1));
    const std::optional<std::string_view> text =
        value.exists() ? as_text(call.engine.pool(), value) : std::nullopt;
    path.append(text ? *text : "?");
    pattern.remove_prefix(close + 1);
  }
  return path;
}

ValueId make_object(const LibraryCall& call, std::string_view path,
                    std::string_view positions) {
  std::vector<ValueId> operands{call.invocation.arguments};
  if (!positions.empty())
    operands[0] = positional_members(call.engine.pool(), positions, call.invocation.arguments);
  if (call.receiver.exists()) operands.push_back(call.receiver);
  return call.engine.pool().object(call_site(call), path, operands);
}

ValueId found_by(const LibraryCall& call, Origin origin) {
  return call.engine.pool().hole(origin, call.path.empty() ? call.method : call.path,
                                 call_site(call));
}

bool is_own_method(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) != Opcode::Member) return false;
  const ValueId base = pool.operands(value)[0];
  return pool.is(base, ValueKind::Hole) && pool[base].origin == Origin::Receiver;
}

// The functions among what is called or wrapped, through alternatives and unknown wrappers.
ValueId function_in(const ValuePool& pool, ValueId value, int depth) {
  if (!value.exists() || depth > 4) return {};
  value = bare(pool, value);
  const Value& row = pool[value];
  if (row.kind == ValueKind::Function) return value;
  if (row.kind == ValueKind::OneOf) {
    for (const ValueId one : pool.operands(value))
      if (const ValueId found = function_in(pool, one, depth + 1); found.exists()) return found;
  }
  return {};
}

namespace {

// "pandas.read_csv" of "pandas.read_csv().groupby().sum".
std::string_view called_name(std::string_view path) { return path.substr(0, path.find("()")); }

// "updateservice" of "update_service", "UpdateServiceAsync" and "UpdateServiceCommand".
std::string operation_name(std::string_view name) {
  for (const std::string_view end : {"Command", "Async", "WithContext", "Pages"})
    if (name.size() > end.size() && name.ends_with(end)) name.remove_suffix(end.size());
  std::string form = lower(name);
  std::erase(form, '_');
  return form;
}

// "S3Client().getObject().metadata": what an operation gave is data, whose methods act on nothing
// beyond it. A collection that is filtered is none yet.
bool is_of_result(Language language, std::string_view path) {
  constexpr int kLookedAt = 6;  // an operation stands near the beginning; chains may be long
  std::size_t at = path.find("().");
  for (int i = 0; i < kLookedAt && at != path.npos; ++i, at = path.find("().", at + 1)) {
    const std::string_view called = path.substr(0, at);
    const LibraryModel* row = find_library_model(language, called);
    if (row != nullptr && !row->operation.empty()) return true;
    const bool is_named = is_of_sdk(called) || is_of_service(called);
    if (!is_named || called.find('(') == called.npos) continue;
    const std::string operation = operation_name(last_of(called));
    if (operation != "filter" && (only_reads(operation) || leaves_the_same(operation))) return true;
  }
  return false;
}

// What is gathered before a client or a request is made: `Builder::from(config)`, `.builder()`, a
// value of a request's.
bool is_of_builder(std::string_view path) {
  constexpr std::array kMakes =
      std::to_array<std::string_view>({"uilder()", "Builder.", ".types.", ".model.", ".config."});
  if (path.starts_with("aws_config.")) return true;
  return std::ranges::any_of(kMakes,
                             [&](std::string_view part) { return path.find(part) != path.npos; });
}

}  // namespace

bool is_regex_literal(const ValuePool& pool, ValueId value) {
  return value.exists() && pool.is(value, ValueKind::Hole) &&
         pool[value].origin == Origin::Outside && pool.text(value).starts_with(kRegexMark);
}

std::string_view last_of(std::string_view path) {
  const std::size_t at = path.find_last_of(".:/");
  return at == path.npos ? path : path.substr(at + 1);
}

std::string_view unknown_in(Language language, std::string_view path) {
  const std::string_view last = last_of(path);
  if (path.starts_with('.')) return {};  // a module of the project that is not there: told as that
  // What a row of every value's methods gives, and another such method of it.
  if (path.starts_with("*.") && find_library_model(language, cat("*.", last)) != nullptr) return {};
  if (makes_error(path) || only_computes(language, path) || is_of_result(language, path)) return {};
  if (!is_of_sdk(path)) {
    const bool reads = is_of_service(path) && only_reads(operation_name(last));
    return reads || changes_itself_alone(lower(last)) ? std::string_view() : called_name(path);
  }
  const bool is_command = last.ends_with("Command");
  const bool is_of_client = path.find('(') != path.npos && !is_of_builder(path);
  if (!is_command && !is_of_client) return {};  // a client, a request, a configuration is made
  const std::string operation = operation_name(last);
  const bool is_known =
      only_reads(operation) || leaves_the_same(operation) || changes_itself_alone(lower(last));
  return is_known ? std::string_view() : path;
}

}  // namespace fnlint
