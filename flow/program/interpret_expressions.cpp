#include "core/text.h"
#include "flow/program/interpret.h"
#include "model/language_traits.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>

// Expressions of a program that is run to see what it makes, carried into choices.
namespace fnlint {

namespace {

constexpr int kLifted = 6;  // choices inside choices that operations are carried into

// A byte of a text that has no other characters than those of one byte.
std::optional<std::string> character_of(std::string_view text, double at) {
  const double size = static_cast<double>(text.size());
  const bool plain =
      std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
  if (at < 0) at += size;
  if (!plain || !(at >= 0 && at < size)) return std::nullopt;
  return std::string(1, text[static_cast<std::size_t>(at)]);
}

}  // namespace

DatumId Interpreter::lifted(DatumId id, const std::function<DatumId(DatumId)>& make) {
  if (calls_ > kFrames || nesting_ > kNested) return unknown("choices inside choices");
  const Datum row = (*this)[id];
  int depth = 0;
  for (DatumId inner = id; is(inner, DatumKind::Choice) && depth <= kLifted; ++depth)
    inner = (*this)[inner].slots[1].value;
  if (depth > kLifted || !spend()) return unknown("too many alternatives");
  ++nesting_;
  const std::size_t before = enter(row.condition, true);
  const DatumId yes = make(settled(row.slots[0].value));
  leave(before);
  enter(row.condition, false);
  const DatumId no = make(settled(row.slots[1].value));
  leave(before);
  --nesting_;
  return choice(row.condition, yes, no);
}

DatumId Interpreter::evaluate(FrameId frame, ExprId id) {
  if (!id.exists()) return absent();
  if (nesting_ > kNested || exhausted()) {
    stop("the program is nested too deeply, or makes too many values");
    return unknown("limit");
  }
  ++nesting_;
  const CodeFacts& code = facts(at(frame).function.module);
  const DatumId value = evaluate_row(frame, id, code.exprs[id.index]);
  --nesting_;
  return value;
}

DatumId Interpreter::evaluate_row(FrameId frame, ExprId id, const Expr& expr) {
  const CodeFacts& code = facts(at(frame).function.module);
  switch (expr.kind) {
    case ExprKind::Null:
      return traits(code.language).null_is_not_given ||
                     (traits(code.language).has_undefined && code.string(expr.name) == "undefined")
                 ? absent()
                 : null();
    case ExprKind::Bool: return boolean(expr.detail == 1);
    case ExprKind::Number: return number(double_of(code.string(expr.name)).value_or(0));
    case ExprKind::Text: {
      const DatumId made = text(std::string(code.string(expr.name)));
      data_[made.index].where = {at(frame).function.module, code.expr_ranges[id.index]};
      return made;
    }
    case ExprKind::Variable: return settled(read(frame, VariableId{expr.ref}));
    case ExprKind::Result: {
      const auto found = at(frame).results.find(expr.ref);
      return found != at(frame).results.end() ? settled(found->second) : absent();
    }
    case ExprKind::ErrorOf: return null();
    case ExprKind::Member: return member_of(frame, ExprId{expr.ref}, code.string(expr.name));
    case ExprKind::Index: {
      const DatumId base = evaluate(frame, ExprId{expr.ref});
      return index(base, evaluate(frame, code.operands[expr.operands.first].value));
    }
    case ExprKind::Part: return part(frame, expr);
    case ExprKind::Concat: {
      std::vector<DatumId> parts;
      for (const Operand& one : code.operands_of(expr.operands))
        parts.push_back(evaluate(frame, one.value));
      const DatumId made = concat(std::move(parts));
      if (is(made, DatumKind::Text))
        data_[made.index].where = {at(frame).function.module, code.expr_ranges[id.index]};
      return made;
    }
    case ExprKind::Operator: return operate(frame, expr);
    case ExprKind::Choose: return choose(frame, expr);
    case ExprKind::List: return literal_list(frame, expr);
    case ExprKind::Record: return literal_record(frame, expr);
    case ExprKind::Function: return closure(frame, FunctionId{expr.ref});
    case ExprKind::TypeTest: {
      const DatumId value = evaluate(frame, ExprId{expr.ref});
      const bool is_object = is(value, DatumKind::Object);
      const auto known =
          is_object ? host_.is_a(*this, value, code.string(expr.name)) : std::optional<bool>();
      return known ? boolean(*known) : unknown("a test of a type");
    }
    default: break;
  }
  static_cast<void>(id);
  const std::string_view why = code.string(expr.name);
  return unknown(why.empty() ? "syntax that is not understood" : std::string(why));
}

void Interpreter::spread_into(std::vector<Slot>& entries, DatumId given, bool& open) {
  const DatumId value = settled(given);
  if (is(value, DatumKind::Choice) && exhausted()) {
    open = true;
    return;
  }
  if (is(value, DatumKind::Choice)) {
    // Entries of both ways, each where its way holds.
    const Datum row = (*this)[value];
    for (const bool holds : {true, false}) {
      std::vector<Slot> inner;
      const std::size_t before = enter(row.condition, holds);
      spread_into(inner, row.slots[holds ? 0 : 1].value, open);
      leave(before);
      for (Slot& one : inner) {
        const auto old = std::ranges::find(entries, one.name, &Slot::name);
        const DatumId other = old != entries.end() && !one.name.empty() ? old->value : absent();
        one.value = holds ? choice(row.condition, one.value, other)
                          : choice(row.condition, other, one.value);
        if (old != entries.end() && !one.name.empty()) {
          *old = one;
        } else {
          entries.push_back(one);
        }
      }
    }
    return;
  }
  const Datum& row = (*this)[value];
  if (row.kind == DatumKind::Record || row.kind == DatumKind::List ||
      row.kind == DatumKind::Object) {
    open = open || row.open;
    for (const Slot& one : row.slots) {
      if (entries.size() >= kItems) break;
      const auto old = std::ranges::find(entries, one.name, &Slot::name);
      if (row.kind != DatumKind::List && old != entries.end()) {
        *old = one;
      } else {
        entries.push_back(one);
      }
    }
  } else if (is_deployed(row.kind) || row.kind == DatumKind::Library) {
    open = true;
  }
}

DatumId Interpreter::literal_list(FrameId frame, const Expr& expr) {
  const CodeFacts& code = facts(at(frame).function.module);
  std::vector<Slot> items;
  bool open = false;
  for (const Operand& one : code.operands_of(expr.operands)) {
    const DatumId value = evaluate(frame, one.value);
    const CodePlace where = place_of(frame, one.value);
    if (one.spread != 0) {
      spread_into(items, value, open);
    } else if (items.size() < kItems) {
      items.push_back({.value = value, .key = where, .where = where});
    }
  }
  return list(std::move(items), open);
}

DatumId Interpreter::literal_record(FrameId frame, const Expr& expr) {
  const CodeFacts& code = facts(at(frame).function.module);
  std::vector<Slot> entries;
  bool open = false;
  for (std::uint32_t i = 0; i < expr.operands.count; ++i) {
    const Operand one = code.operands[expr.operands.first + i];
    const DatumId value = evaluate(frame, one.value);
    if (one.spread != 0 && one.spread != kLeftOutOfSpread) {
      spread_into(entries, value, open);
      continue;
    }
    std::string name(code.string(one.name));
    if (one.key.exists()) {
      const auto known = name_of(evaluate(frame, one.key));
      if (!known) {
        open = true;
        host_.missed(*this, "an entry with an unknown name", {.given = {{"0", value}}}, place_);
        continue;
      }
      name = *known;
    }
    if (one.spread == kLeftOutOfSpread) {
      std::erase_if(entries, [&](const Slot& entry) { return entry.name == name; });
      continue;
    }
    CodePlace key{at(frame).function.module, code.operand_ranges[expr.operands.first + i]};
    const CodePlace where = place_of(frame, one.value);
    if (key.range == Range{}) key = where;
    const auto old = std::ranges::find(entries, name, &Slot::name);
    if (old != entries.end()) {
      *old = {name, value, key, where};
    } else if (entries.size() < kItems) {
      entries.push_back({name, value, key, where});
    }
  }
  return record(std::move(entries), open);
}

DatumId Interpreter::member(DatumId given, std::string_view name) {
  const DatumId base = settled(given);
  if (!base.exists()) return absent();
  const std::string wanted(name);
  switch ((*this)[base].kind) {
    case DatumKind::Choice: return lifted(base, [&](DatumId one) { return member(one, wanted); });
    case DatumKind::Absent:
    case DatumKind::Null: return absent();
    case DatumKind::Module: return exported((*this)[base].module, wanted, 0);
    case DatumKind::Super:
    case DatumKind::Class: {
      const bool above = is(base, DatumKind::Super);
      // What a class is called: `new stack(app, stack.name)`.
      const bool named = !above && slot(base, wanted) == nullptr &&
                         (wanted == "__name__" ||
                          (!wanted.empty() && wanted == traits(language_).class_name_member));
      if (named) return text((*this)[base].text);
      // A static field that is declared and never set has no value.
      const DatumId found = class_member(above ? (*this)[(*this)[base].home].receiver : base,
                                         wanted, above ? (*this)[base].receiver : base);
      return found.exists() ? found : absent();
    }
    case DatumKind::Object: {
      if (const Slot* field = slot(base, wanted)) return settled(field->value);
      if ((*this)[base].type.exists())
        if (const DatumId found = class_member((*this)[base].home, wanted, base);
            found.exists() && !is(found, DatumKind::Absent))
          return found;
      const bool is_struct = (*this)[base].type.exists() &&
                             traits(facts((*this)[base].module).language).types_are_structs;
      if (is_struct) {
        const DatumId inner = promoted(base, wanted);
        return inner.exists() ? inner : zero_field(base, wanted);
      }
      const DatumId known = host_.member(*this, base, wanted);
      if (known.exists()) return known;
      if ((*this)[base].type.exists() && !is_filled_by_library((*this)[base].home)) return absent();
      return unknown(cat("member '", wanted, "' of ", (*this)[base].text));
    }
    case DatumKind::Library: {
      const DatumId known = host_.member(*this, base, wanted);
      return known.exists() ? known : library(cat((*this)[base].text, '.', wanted));
    }
    case DatumKind::Record: {
      if (const Slot* entry = slot(base, wanted)) return settled(entry->value);
      if ((*this)[base].open) return unknown(cat("'", wanted, "' of an unknown record"));
      return absent();
    }
    default: break;
  }
  const DatumId known = builtin_member(base, wanted);
  if (known.exists()) return known;
  const Datum& row = (*this)[base];
  if (row.kind == DatumKind::Unknown) return unknown(row.text);
  if (row.kind == DatumKind::Token) return unknown(cat("'", wanted, "' of a deployed value"));
  return absent();
}

// What Python's Path calls the parts of a path.
DatumId Interpreter::part_of_path(std::string path, std::string_view name) {
  if (name == "parent") return text(std::string(folder_of(path)));
  if (path.find('/') == std::string::npos) return {};
  const std::string file(file_name_of(path)), extension(extension_of(file));
  if (name == "name") return text(file);
  if (name == "suffix") return text(extension);
  if (name == "stem") return text(file.substr(0, file.size() - extension.size()));
  if (name != "parents") return {};
  std::vector<Slot> above;
  for (std::string at = std::move(path); !at.empty() && at != "/";) {
    at = std::string(folder_of(at));
    above.push_back({{}, text(at)});
  }
  return list(std::move(above));
}

DatumId Interpreter::character(DatumId base, double at) {
  const auto known = character_of((*this)[base].text, at);
  return known ? text(*known) : unknown("a character of a text");
}

DatumId Interpreter::index(DatumId given, DatumId given_key) {
  const DatumId base = settled(given), key = settled(given_key);
  if (is(base, DatumKind::Choice))
    return lifted(base, [&](DatumId one) { return index(one, key); });
  if (is(key, DatumKind::Choice)) return lifted(key, [&](DatumId one) { return index(base, one); });
  if (is(base, DatumKind::List) && is(key, DatumKind::Number)) {
    const Datum& row = (*this)[base];
    const double count = static_cast<double>(row.slots.size());
    double at_index = (*this)[key].number;
    if (at_index < 0) at_index += count;
    if (at_index >= 0 && at_index < count)
      return settled(row.slots[static_cast<std::size_t>(at_index)].value);
    return row.open ? unknown("an element of an unknown list") : absent();
  }
  if (is(base, DatumKind::Text) && is(key, DatumKind::Number))
    return character(base, (*this)[key].number);
  if (const auto name = text_of(key)) return member(base, std::string(*name));
  if (is(key, DatumKind::Number)) return member(base, number_text((*this)[key].number));
  return unknown("an element with an unknown key");
}

DatumId Interpreter::part(FrameId frame, const Expr& expr) {
  const CodeFacts& code = facts(at(frame).function.module);
  const DatumId base = evaluate(frame, ExprId{expr.ref});
  const auto operands = code.operands_of(expr.operands);
  Arguments arguments;
  for (std::size_t i = 0; i < operands.size() && i < 2; ++i)
    arguments.given.push_back({std::to_string(i), operands[i].value.exists()
                                                      ? evaluate(frame, operands[i].value)
                                                      : (i == 0 ? number(0) : absent())});
  const DatumId value = builtin_method(base, "slice", arguments, place_);
  return value.exists() ? value : unknown("part of something unknown");
}

DatumId Interpreter::concat(std::vector<DatumId> parts) {
  std::vector<DatumId> joined;
  std::string run;
  const auto flush = [&] {
    if (!run.empty()) joined.push_back(text(std::exchange(run, {})));
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const DatumId part = settled(parts[i]);
    const Datum& row = (*this)[part];
    switch (row.kind) {
      case DatumKind::Text: run += row.text; break;
      case DatumKind::Number: run += number_text(row.number); break;
      case DatumKind::Bool:
        run += row.truth ? traits(language_).true_text : traits(language_).false_text;
        break;
      case DatumKind::Null: run += traits(language_).null_text; break;
      case DatumKind::Choice:
        return lifted(part, [&](DatumId one) {
          std::vector<DatumId> chosen = parts;
          chosen[i] = one;
          return concat(std::move(chosen));
        });
      case DatumKind::Token:
        flush();
        joined.push_back(part);
        break;
      case DatumKind::Unknown: return unknown(row.text);
      default: return unknown("a text with something that is no text");
    }
    if (run.size() > kText) return unknown("a text that is too long");
  }
  if (joined.empty()) return text(std::move(run));
  flush();
  if (joined.size() == 1) return joined.front();
  std::vector<Slot> items;
  for (const DatumId one : joined) items.push_back({.value = one});
  const std::array<DatumId, 2> operands{text(""), list(std::move(items))};
  return token("Fn::Join", operands);
}

DatumId Interpreter::equal(DatumId first, DatumId second) {
  const DatumId a = settled(first), b = settled(second);
  if (a == b) return boolean(true);
  if (is(a, DatumKind::Choice)) return lifted(a, [&](DatumId one) { return equal(one, b); });
  if (is(b, DatumKind::Choice)) return lifted(b, [&](DatumId one) { return equal(a, one); });
  const Datum &x = (*this)[a], &y = (*this)[b];
  const auto is_nothing = [](const Datum& row) {
    return row.kind == DatumKind::Absent || row.kind == DatumKind::Null;
  };
  if (x.kind == DatumKind::Unknown || y.kind == DatumKind::Unknown)
    return unknown("a comparison with something unknown");
  if (is_nothing(x) || is_nothing(y)) return boolean(is_nothing(x) && is_nothing(y));
  const auto is_text = [](const Datum& row) {
    return row.kind == DatumKind::Text || row.kind == DatumKind::Token;
  };
  if (x.kind == DatumKind::Token || y.kind == DatumKind::Token)
    return is_text(x) && is_text(y) ? token("Fn::Equals", std::array{a, b})
                                    : unknown("a comparison with a deployed value");
  if (x.kind != y.kind) return boolean(false);
  if (x.kind == DatumKind::Text) return boolean(x.text == y.text);
  if (x.kind == DatumKind::Library)
    return boolean(x.text == y.text || host_.canonical(x.text) == host_.canonical(y.text));
  if (x.kind == DatumKind::Number) return boolean(x.number == y.number);
  if (x.kind == DatumKind::Bool) return boolean(x.truth == y.truth);
  return boolean(false);
}

DatumId Interpreter::contains(DatumId given, DatumId holder_given) {
  const DatumId item = settled(given), holder = settled(holder_given);
  if (is(holder, DatumKind::List)) {
    bool open = (*this)[holder].open;
    for (const Slot& one : std::vector<Slot>((*this)[holder].slots)) {
      const DatumId same = equal(item, one.value);
      if (!is(same, DatumKind::Bool)) {
        open = true;
      } else if ((*this)[same].truth) {
        return same;
      }
    }
    return open ? unknown("whether a list has an element") : boolean(false);
  }
  const auto name = text_of(item);
  if (is(holder, DatumKind::Record) && name)
    return (*this)[holder].open && slot(holder, *name) == nullptr
               ? unknown("whether a record has an entry")
               : boolean(slot(holder, *name) != nullptr);
  if (const auto text_in = text_of(holder); text_in && name)
    return boolean(text_in->find(*name) != std::string_view::npos);
  return unknown("whether an unknown value has an element");
}

// `a or b`, `a and b`, `a ?? b`: one of the two values.
DatumId Interpreter::either(FrameId frame, const Expr& expr) {
  const CodeFacts& code = facts(at(frame).function.module);
  const auto operands = code.operands_of(expr.operands);
  const ExprId other = operands[1].value;
  const DatumId first = settled(evaluate(frame, operands[0].value));
  const auto kind = static_cast<OperatorKind>(expr.detail);
  if (kind == OperatorKind::Coalesce) {
    const bool nothing = is(first, DatumKind::Absent) || is(first, DatumKind::Null);
    if (nothing) return evaluate(frame, other);
    if (is(first, DatumKind::Choice))
      return lifted(first, [&](DatumId one) {
        return is(one, DatumKind::Absent) || is(one, DatumKind::Null) ? evaluate(frame, other)
                                                                      : one;
      });
    if (!is(first, DatumKind::Token)) return first;
  }
  if (is(first, DatumKind::Token) && kind != OperatorKind::And && (*this)[first].text == "Ref") {
    // An input of the program with a default.
    const std::array<DatumId, 2> both{first, evaluate(frame, other)};
    Arguments arguments;
    for (std::size_t i = 0; i < 2; ++i) arguments.given.push_back({std::to_string(i), both[i]});
    const LibraryUse use{.path = "<or>", .arguments = arguments, .where = place_};
    if (const DatumId value = host_.call(*this, use); value.exists()) return value;
  }
  const DatumId test = truth(first);
  const bool wants = kind == OperatorKind::And;
  if (is(test, DatumKind::Bool))
    return (*this)[test].truth == wants ? evaluate(frame, other) : first;
  const auto [condition, sense] = decision_of(test);
  const std::size_t before = enter(condition, wants == sense);
  const DatumId second = evaluate(frame, other);
  leave(before);
  // Of two tests: a test.
  const DatumId second_truth = truth(second);
  const bool both_tests = !is(first, DatumKind::Unknown) || is(second, DatumKind::Bool);
  if (both_tests && is(first, DatumKind::Token) && (*this)[first].text.starts_with("Fn::") &&
      first == test && !is(second_truth, DatumKind::Unknown)) {
    if (is(second_truth, DatumKind::Bool)) {
      if (!is(second, DatumKind::Bool))
        return wants == sense ? choice(condition, second, boolean(!wants))
                              : choice(condition, boolean(!wants), second);
      return (*this)[second_truth].truth == wants ? first : boolean(!wants);
    }
    return token(wants ? "Fn::And" : "Fn::Or", std::array{first, second_truth});
  }
  return wants == sense ? choice(condition, second, first) : choice(condition, first, second);
}

DatumId Interpreter::choose(FrameId frame, const Expr& expr) {
  const CodeFacts& code = facts(at(frame).function.module);
  const auto operands = code.operands_of(expr.operands);
  if (operands.size() < 3) return unknown("a choice");
  const DatumId test = truth(evaluate(frame, operands[0].value));
  if (is(test, DatumKind::Bool))
    return evaluate(frame, operands[(*this)[test].truth ? 1 : 2].value);
  const auto [condition, sense] = decision_of(test);
  const std::size_t before = enter(condition, true);
  const DatumId yes = evaluate(frame, operands[sense ? 1 : 2].value);
  leave(before);
  enter(condition, false);
  const DatumId no = evaluate(frame, operands[sense ? 2 : 1].value);
  leave(before);
  return choice(condition, yes, no);
}

DatumId Interpreter::operate(FrameId frame, const Expr& expr) {
  const CodeFacts& code = facts(at(frame).function.module);
  const auto kind = static_cast<OperatorKind>(expr.detail);
  const auto operands = code.operands_of(expr.operands);
  if (operands.empty()) return unknown("an operator");
  if (kind == OperatorKind::Not) return negated(evaluate(frame, operands[0].value));
  if (operands.size() < 2) return unknown("an operator");
  if (kind == OperatorKind::And || kind == OperatorKind::Or || kind == OperatorKind::Coalesce)
    return either(frame, expr);
  const DatumId a = evaluate(frame, operands[0].value);
  return compute(kind, a, evaluate(frame, operands[1].value));
}

DatumId Interpreter::compute(OperatorKind kind, DatumId first, DatumId second) {
  const DatumId a = settled(first), b = settled(second);
  if (kind == OperatorKind::Equal) return equal(a, b);
  if (kind == OperatorKind::NotEqual) return negated(equal(a, b));
  if (kind == OperatorKind::In) return contains(a, b);
  if (is(a, DatumKind::Choice))
    return lifted(a, [&](DatumId one) { return compute(kind, one, b); });
  if (is(b, DatumKind::Choice))
    return lifted(b, [&](DatumId one) { return compute(kind, a, one); });
  const Datum &x = (*this)[a], &y = (*this)[b];
  if (x.kind == DatumKind::Number && y.kind == DatumKind::Number) {
    const double m = x.number, n = y.number;
    switch (kind) {
      case OperatorKind::Add: return number(m + n);
      case OperatorKind::Subtract: return number(m - n);
      case OperatorKind::Multiply: return number(m * n);
      case OperatorKind::Divide: return n == 0 ? unknown("a division by zero") : number(m / n);
      case OperatorKind::FloorDivide:
        return n == 0 ? unknown("a division by zero") : number(std::floor(m / n));
      case OperatorKind::Modulo:
        return n == 0 ? unknown("a division by zero") : number(std::fmod(m, n));
      case OperatorKind::Power: return number(std::pow(m, n));
      case OperatorKind::Less: return boolean(m < n);
      case OperatorKind::LessEqual: return boolean(m <= n);
      default: return unknown("a computation");
    }
  }
  if (kind == OperatorKind::Add && x.kind == DatumKind::List && y.kind == DatumKind::List) {
    std::vector<Slot> items = x.slots;
    items.insert(items.end(), y.slots.begin(), y.slots.end());
    return list(std::move(items), x.open || y.open);
  }
  const auto is_text = [](const Datum& row) {
    return row.kind == DatumKind::Text || row.kind == DatumKind::Token;
  };
  if (kind == OperatorKind::Add && (is_text(x) || is_text(y))) return concat({a, b});
  // pathlib: Path(__file__).parent / "handler"
  if (kind == OperatorKind::Divide && x.kind == DatumKind::Text && y.kind == DatumKind::Text)
    return text(join_path(x.text, y.text));
  if (x.kind == DatumKind::Text && y.kind == DatumKind::Text) {
    if (kind == OperatorKind::Less) return boolean(x.text < y.text);
    if (kind == OperatorKind::LessEqual) return boolean(x.text <= y.text);
  }
  return unknown(x.kind == DatumKind::Unknown ? x.text : "a computation over something unknown");
}

}  // namespace fnlint
