#include "core/characters.h"
#include "core/text.h"
#include "flow/program/interpret.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/known.h"

#include <algorithm>

// Calls of a program that is run to see what it makes: functions, constructors, methods.
namespace fnlint {

namespace {

std::string position(std::size_t i) { return std::to_string(i); }

bool is_position(std::string_view name) {
  return !name.empty() && name[0] >= '0' && name[0] <= '9';
}

// Python: of a base's constructor that is called by its name, the first argument is the object.
Arguments without_first(Arguments arguments) {
  if (!arguments.given.empty()) arguments.given.erase(arguments.given.begin());
  std::size_t next = 0;
  for (Slot& one : arguments.given)
    if (is_position(one.name)) one.name = position(next++);
  return arguments;
}

// The library's class of C#'s `new(...)` where nothing beside it says which: the one that the class
// of its last argument is for. Empty: that is not known.
std::string class_taking(const Interpreter& program, const Arguments& arguments) {
  if (arguments.given.empty() || arguments.open) return {};
  const DatumId last = program.settled(arguments.given.back().value);
  if (!program.is(last, DatumKind::Object)) return {};
  const std::string& path = program[last].text;
  for (const std::string_view ending : known::argument_class_endings())
    if (path.size() > ending.size() && path.ends_with(ending) &&
        is_letter_or_digit(path[path.size() - ending.size() - 1]))
      return path.substr(0, path.size() - ending.size());
  return {};
}

}  // namespace

void Interpreter::bind_parameters(FrameId frame, const Arguments& arguments) {
  const FunctionRef ref = at(frame).function;
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  std::vector<bool> taken(arguments.given.size());
  const auto given = [&](std::string_view name) -> const Slot* {
    for (std::size_t i = 0; i < arguments.given.size(); ++i)
      if (!name.empty() && arguments.given[i].name == name) {
        taken[i] = true;
        return &arguments.given[i];
      }
    return nullptr;
  };
  for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
    const Parameter parameter = code.parameters[function.parameters.first + i];
    const std::string name(code.string(code.variables[parameter.variable.index].name));
    DatumId value;
    if (parameter.rest == RestKind::Positional) {
      std::vector<Slot> rest;
      for (std::size_t k = i;; ++k) {
        const Slot* one = given(position(k));
        if (one == nullptr) break;
        rest.push_back({.value = one->value, .key = one->key, .where = one->where});
      }
      value = list(std::move(rest), arguments.open);
    } else if (parameter.rest == RestKind::Named) {
      std::vector<Slot> rest;
      for (std::size_t k = 0; k < arguments.given.size(); ++k) {
        if (!taken[k] && !is_position(arguments.given[k].name)) rest.push_back(arguments.given[k]);
      }
      value = record(std::move(rest), arguments.open);
    } else if (const Slot* named = given(name)) {
      value = named->value;
    } else if (const Slot* placed = given(position(i))) {
      value = placed->value;
    } else if (arguments.open) {
      value = unknown(cat("argument '", name, "'"));
    }
    const bool is_missing = !value.exists() || is(settled(value), DatumKind::Absent);
    if (is_missing && parameter.fallback.exists()) {
      const Expr& fallback = code.exprs[parameter.fallback.index];
      // It was called where the function is defined: by its class or module.
      const bool is_made =
          fallback.kind == ExprKind::Result && traits(code.language).shares_defaults;
      const auto from = is_made ? frames_.begin() : frames_.end();
      const auto definer = std::find_if(from, frames_.end(), [&](const Frame& each) {
        return each.function.module == at(frame).function.module &&
               each.results.contains(fallback.ref);
      });
      value = definer != frames_.end() ? settled(definer->results.at(fallback.ref))
                                       : evaluate(frame, parameter.fallback);
    }
    bind(frame, parameter.variable, value.exists() ? value : absent());
  }
}

DatumId Interpreter::returned(FrameId frame) {
  const std::vector<Return> returns = std::move(at(frame).returns);
  if (returns.empty()) return absent();
  DatumId value = returns.back().value;
  // What comes later holds where nothing before it returned.
  const bool always = returns.back().path.empty();
  if (!always && returns.size() == 1) {
    for (auto test = returns[0].path.rbegin(); test != returns[0].path.rend(); ++test)
      value = test->holds ? choice(test->condition, value, absent())
                          : choice(test->condition, absent(), value);
    return value;
  }
  for (std::size_t i = returns.size() - 1; i-- > 0;) {
    DatumId one = returns[i].value;
    for (auto test = returns[i].path.rbegin(); test != returns[i].path.rend(); ++test)
      one = test->holds ? choice(test->condition, one, value) : choice(test->condition, value, one);
    value = one;
  }
  return value;
}

DatumId Interpreter::call_function(DatumId callee, const Arguments& arguments, CodePlace where) {
  if (calls_ >= kFrames) return unknown("calls that are nested too deeply");
  if (!spend()) return unknown("limit");
  ++entered_;
  Datum row = (*this)[callee];
  const CodeFacts& code = facts(row.function.module);
  // Of several constructors the last is taken, as a rule the one that the others end in.
  const bool constructs =
      code.functions[row.function.function.index].kind == FunctionKind::Constructor;
  if (!arguments.open && !constructs) row.function.function = overload_of(row.function, arguments);
  const Function& function = code.functions[row.function.function.index];
  bytes_ += sizeof(Frame);
  frames_.push_back({.function = row.function,
                     .parent = row.frame,
                     .home = row.home,
                     .receiver = row.receiver,
                     .path = path_.size()});
  const FrameId frame{static_cast<std::uint32_t>(frames_.size() - 1)};
  const std::vector<PathTest> outer_path = path_;
  const Language outer = std::exchange(language_, code.language);
  const CodePlace outer_place = std::exchange(place_, where);
  ++calls_;
  bind_parameters(frame, arguments);
  function_body(frame);
  --calls_;
  path_ = outer_path;
  place_ = outer_place;
  language_ = outer;
  const DatumId value =
      (function.flags & kGenerator) != 0 ? list(std::move(at(frame).yields)) : returned(frame);
  return value;
}

DatumId Interpreter::construct(DatumId type, const Arguments& arguments, CodePlace where) {
  const std::string base = library_base(type);
  if (is_one_of(known::java_collections(), base)) {  // `new HashMap<>() {{ put("a", "b"); }}`
    const DatumId made = host_.call(*this, {.path = base,
                                            .arguments = arguments,
                                            .constructs = true,
                                            .language = language_,
                                            .where = where});
    if (is(made, DatumKind::Record) || is(made, DatumKind::List)) initialise(made, type);
    return made.exists() ? made : unknown(cat("a value of ", base));
  }
  const bool is_struct = traits(facts((*this)[type].module).language).types_are_structs;
  const DatumId value = object(is_struct ? std::string() : base, {});
  change(value).type = (*this)[type].type;
  change(value).module = (*this)[type].module;
  change(value).home = type;
  change(value).where = where;
  construct_into(value, type, arguments, where);
  if (traits(facts((*this)[type].module).language).makes_data_classes)
    run_behind_fields(value, type, where);
  return value;
}

void Interpreter::initialise(DatumId object_id, DatumId type) {
  const Datum row = (*this)[type];
  const Class& definition = facts(row.module).classes[row.type.index];
  if (!definition.instance_init.exists()) return;
  Datum init;
  init.kind = DatumKind::Function;
  init.function = {row.module, definition.instance_init};
  init.frame = row.frame;
  init.home = type;
  init.receiver = object_id;
  call_function(add(std::move(init)), {}, row.where);
}

void Interpreter::construct_into(DatumId object_id, DatumId type, const Arguments& arguments,
                                 CodePlace where) {
  if (!type.exists() || calls_ >= kFrames) return;
  const Datum row = (*this)[type];
  if (row.kind == DatumKind::Library) {
    const LibraryUse use{.path = row.text,
                         .self = object_id,
                         .arguments = arguments,
                         .constructs = true,
                         .language = language_,
                         .where = where};
    host_.call(*this, use);
    return;
  }
  if (row.kind != DatumKind::Class) return;
  const CodeFacts& code = facts(row.module);
  if (traits(code.language).types_are_structs) return fill_struct(object_id, type, arguments);
  const Class& definition = code.classes[row.type.index];
  FunctionId constructor;
  for (std::uint32_t i = 0; i < definition.methods.count; ++i) {
    const FunctionId method = code.methods[definition.methods.first + i];
    if (code.functions[method.index].kind == FunctionKind::Constructor) constructor = method;
  }
  const bool has_base = row.receiver.exists();
  if (!constructor.exists()) {
    if (has_base) construct_into(object_id, row.receiver, arguments, where);
    initialise(object_id, type);
    if (traits(code.language).makes_data_classes) fill_data(object_id, type, arguments, where);
    return;
  }
  if (!has_base) initialise(object_id, type);
  Datum call;
  call.kind = DatumKind::Function;
  call.function = {row.module, constructor};
  call.frame = row.frame;
  call.home = type;
  call.receiver = object_id;
  // The frame in which the class was defined holds what Python's class body binds.
  call_function(add(std::move(call)), arguments, where);
}

// --- Calls.

Arguments Interpreter::arguments_of(FrameId frame, const Call& row) {
  const ModuleId module = at(frame).function.module;
  const CodeFacts& code = facts(module);
  Arguments arguments;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < row.arguments.count; ++i) {
    const Operand one = code.operands[row.arguments.first + i];
    const DatumId value = evaluate(frame, one.value);
    const CodePlace where = place_of(frame, one.value);
    if (one.spread != 0) {
      std::vector<Slot> entries;
      spread_into(entries, value, arguments.open);
      for (Slot& entry : entries) {
        if (entry.name.empty()) entry.name = position(next++);
        arguments.given.push_back(std::move(entry));
      }
      continue;
    }
    CodePlace key{module, code.operand_ranges[row.arguments.first + i]};
    if (key.range == Range{}) key = where;
    const std::string name =
        one.name.exists() ? std::string(code.string(one.name)) : position(next++);
    arguments.given.push_back({name, value, key, where});
  }
  return arguments;
}

void Interpreter::call_op(FrameId frame, OpId at_op) {
  const ModuleId module = at(frame).function.module;
  const CodeFacts& code = facts(module);
  const Call row = code.calls[code.ops[at_op.index].detail];
  const CodePlace where{module, code.op_ranges[at_op.index]};
  const Expr& callee = code.exprs[row.callee.index];
  if (row.mode == CallMode::Annotate || row.mode == CallMode::Decorator) {
    const Arguments arguments = arguments_of(frame, row);
    keep_result(frame, at_op, arguments.given.empty() ? absent() : arguments.given.front().value);
    return;
  }
  const std::uint64_t entered = entered_;
  DatumId value;
  if (callee.kind == ExprKind::Member && row.mode != CallMode::Construct) {
    const std::string name(code.string(callee.name));
    const DatumId base = settled(evaluate(frame, ExprId{callee.ref}));
    const Arguments arguments = arguments_of(frame, row);
    if (name == kSuper) {
      const DatumId home = home_of(frame);
      if (home.exists()) {
        construct_into(base, (*this)[home].receiver, arguments, where);
        if (traits(code.language).fields_follow_super) initialise(base, home);
      }
      value = absent();
    } else {
      const bool skips =
          callee.detail == 1 && (is(base, DatumKind::Absent) || is(base, DatumKind::Null));
      value = skips ? absent() : call_method(base, name, arguments, where);
    }
  } else {
    const DatumId target = settled(evaluate(frame, row.callee));
    const Arguments arguments = arguments_of(frame, row);
    std::string made;
    if (row.mode == CallMode::Construct && is(target, DatumKind::Library))
      made = (*this)[target].text;
    else if (row.mode == CallMode::Construct && is(target, DatumKind::Unknown))
      made = class_taking(*this, arguments);
    if (!made.empty()) {
      value = call_library(std::move(made), {}, arguments, where, true);
    } else {
      value = call(target, arguments, where);
    }
  }
  outside_ = entered_ == entered;
  keep_result(frame, at_op, value.exists() ? value : absent());
}

// The receiver as the base class has it, of the class around the function.
DatumId Interpreter::super_of(FrameId frame, DatumId receiver) {
  Datum datum;
  datum.kind = DatumKind::Super;
  datum.home = home_of(frame);
  datum.receiver = receiver;
  return datum.home.exists() ? add(std::move(datum)) : absent();
}

DatumId Interpreter::member_of(FrameId frame, ExprId base, std::string_view name) {
  const DatumId value = evaluate(frame, base);
  if (name == kKeys) return keys_of(value);
  return name == kSuper ? super_of(frame, settled(value)) : member(value, name);
}

// What `for (const name in value)` goes over.
DatumId Interpreter::keys_of(DatumId given) {
  const DatumId value = settled(given);
  switch ((*this)[value].kind) {
    case DatumKind::Choice: return lifted(value, [&](DatumId one) { return keys_of(one); });
    case DatumKind::Absent:
    case DatumKind::Null: return list({}, false);
    case DatumKind::Record:
    case DatumKind::List: break;
    default: return unknown("the names of something unknown");
  }
  const bool is_list = is(value, DatumKind::List);
  std::vector<Slot> names;
  for (const Slot& one : std::vector<Slot>((*this)[value].slots))
    names.push_back(
        {.value = text(is_list ? std::to_string(names.size()) : one.name), .where = one.key});
  return list(std::move(names), (*this)[value].open);
}

DatumId Interpreter::call(DatumId given, const Arguments& arguments, CodePlace where) {
  const DatumId callee = settled(given);
  switch ((*this)[callee].kind) {
    case DatumKind::Function: return call_function(callee, arguments, where);
    case DatumKind::Class: return construct(callee, arguments, where);
    case DatumKind::Library: return call_library((*this)[callee].text, {}, arguments, where, false);
    case DatumKind::Choice:
      return lifted(callee, [&](DatumId one) { return call(one, arguments, where); });
    case DatumKind::Object:  // an object that is called
      return not_understood(cat("a call of ", (*this)[callee].text), arguments, where);
    case DatumKind::Unknown: return not_understood((*this)[callee].text, arguments, where);
    default: return not_understood("a call of something unknown", arguments, where);
  }
}

DatumId Interpreter::call_library(std::string path, DatumId receiver, const Arguments& arguments,
                                  CodePlace where, bool constructs) {
  if (!receiver.exists()) {
    const DatumId value = builtin_function(path, arguments, where);
    if (value.exists()) return value;
  }
  Arguments parts = arguments;
  if (traits(language_).types_are_structs)
    for (Slot& one : parts.given) one.value = library_part(one.value);
  const LibraryUse use{.path = path,
                       .receiver = receiver,
                       .arguments = parts,
                       .constructs = constructs,
                       .language = language_,
                       .where = where};
  const DatumId value = host_.call(*this, use);
  return value.exists() ? value : unknown(cat("what ", path, " gives"));
}

// What a promise brings stands for it: `load().then(deploy)`. No id: it is no call of a promise's.
DatumId Interpreter::settle_promise(DatumId base, std::string_view name, const Arguments& arguments,
                                    CodePlace where) {
  const bool is_then = name == "then", is_finally = name == "finally";
  if (!traits(language_).has_promises || (!is_then && !is_finally && name != "catch") ||
      is(base, DatumKind::Class) || slot(base, name) != nullptr)
    return {};
  const Datum& row = (*this)[base];
  if (row.kind == DatumKind::Object && row.type.exists() &&
      class_member(row.home, name, base).exists())
    return {};
  const DatumId next = arguments.given.empty() ? DatumId{} : settled(arguments.given[0].value);
  if ((!is_then && !is_finally) || !is(next, DatumKind::Function)) return base;
  const DatumId value =
      call(next, is_then ? Arguments{.given = {{"0", base}}} : Arguments{}, where);
  return is_then ? value : base;
}

DatumId Interpreter::call_method(DatumId given, std::string_view name_view,
                                 const Arguments& arguments, CodePlace where) {
  const std::string name(name_view);
  const DatumId base = settled(given);
  if (const DatumId value = settle_promise(base, name, arguments, where); value.exists())
    return value;
  if (is(base, DatumKind::Choice))
    return lifted(base, [&](DatumId one) {
      return is(one, DatumKind::Absent) || is(one, DatumKind::Null)
                 ? one
                 : call_method(one, name, arguments, where);
    });
  const Datum row = (*this)[base];
  if (row.kind == DatumKind::Super) {
    const DatumId parent = row.home.exists() ? (*this)[row.home].receiver : DatumId{};
    const DatumId method = class_member(parent, name, row.receiver);
    if (method.exists()) return call(method, arguments, where);
    return call_library(name, row.receiver, arguments, where, false);
  }
  if (row.kind == DatumKind::Object) {
    const Slot* field = slot(base, name);
    // `builder.jar(x)` that sets `jar`.
    const bool has_own_names =
        row.type.exists() && traits(facts(row.module).language).methods_have_own_names;
    DatumId method = has_own_names ? class_member(row.home, name, base) : DatumId{};
    if (!is(method, DatumKind::Function)) method = {};
    if (!method.exists() && field != nullptr) method = settled(field->value);
    if (!method.exists() && row.type.exists()) method = class_member(row.home, name, base);
    if (method.exists() && (is(method, DatumKind::Function) || is(method, DatumKind::Class) ||
                            is(method, DatumKind::Choice)))
      return call(method, arguments, where);
    for (const DatumId one : embedded(base)) {
      if (!is(one, DatumKind::Object) || nesting_ > kNested) continue;
      ++nesting_;
      const DatumId value = call_method(one, name, arguments, where);
      --nesting_;
      return value;
    }
    return call_library(name, base, arguments, where, false);
  }
  const bool is_type = row.kind == DatumKind::Class || row.kind == DatumKind::Library;
  if (is_type && name == "__init__" && !arguments.given.empty()) {
    construct_into(settled(arguments.given.front().value), base, without_first(arguments), where);
    return absent();
  }
  if (row.kind == DatumKind::Library) {
    const DatumId target = member(base, name);
    return call(target, arguments, where);
  }
  if (row.kind == DatumKind::Class || row.kind == DatumKind::Module) {
    const DatumId method = member(base, name);
    return method.exists() ? call(method, arguments, where)
                           : not_understood(cat("method ", name), arguments, where);
  }
  if (row.kind == DatumKind::Record) {
    if (const Slot* entry = slot(base, name)) {
      const DatumId method = settled(entry->value);
      if (is(method, DatumKind::Function) || is(method, DatumKind::Class) ||
          is(method, DatumKind::Library) || is(method, DatumKind::Choice))
        return call(method, arguments, where);
    }
  }
  if (row.kind == DatumKind::Function) {  // call, apply, bind
    if (name == "bind") return base;
    if (name == "call") return call(base, without_first(arguments), where);
  }
  const DatumId value = builtin_method(base, name, arguments, where);
  if (value.exists()) return value;
  if (row.kind == DatumKind::Function && traits(language_).functions_are_interfaces)
    return call(base, arguments, where);
  return unknown_method(base, name, arguments, where);
}

// A method that is not known may put something into the collection that it is called of.
DatumId Interpreter::unknown_method(DatumId base, std::string_view name, const Arguments& arguments,
                                    CodePlace where) {
  const Datum row = (*this)[base];
  const bool is_collection = row.kind == DatumKind::Record || row.kind == DatumKind::List;
  if (is_collection && !is_one_of(known::collection_questions(), name)) change(base).open = true;
  host_.missed(*this, name, arguments, where);
  return unknown(row.kind == DatumKind::Unknown ? row.text : cat("what ", name, " gives"));
}

// It may do anything with what it is given.
DatumId Interpreter::not_understood(const std::string& why, const Arguments& arguments,
                                    CodePlace where) {
  host_.missed(*this, why, arguments, where);
  return unknown(why);
}

}  // namespace fnlint
