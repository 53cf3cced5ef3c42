// From an expression of the code form or a template to its value: constants, operators, texts,
// records, and the leaves that only the context knows.

#include "values/evaluate.h"

#include "core/text.h"
#include "values/functions.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <array>

namespace fnlint {
std::string_view operator_function(OperatorKind kind) {
  switch (kind) {
    case OperatorKind::Not: return "not";
    case OperatorKind::And: return "and";
    case OperatorKind::Or: return "or";
    case OperatorKind::Equal: return "equal";
    case OperatorKind::NotEqual: return "not_equal";
    case OperatorKind::Less: return "less";
    case OperatorKind::LessEqual: return "less_equal";
    case OperatorKind::In: return "in";
    case OperatorKind::Add: return "add";
    case OperatorKind::Subtract: return "subtract";
    case OperatorKind::Multiply: return "multiply";
    case OperatorKind::Divide: return "divide";
    case OperatorKind::Modulo: return "modulo";
    case OperatorKind::Coalesce: return "coalesce";
    case OperatorKind::FloorDivide: return "floor_divide";
    case OperatorKind::Power: return "power";
    case OperatorKind::BitAnd: return "bit_and";
    case OperatorKind::BitOr: return "bit_or";
    case OperatorKind::BitXor: return "bit_xor";
    case OperatorKind::ShiftLeft: return "shift_left";
    case OperatorKind::ShiftRight: return "shift_right";
    case OperatorKind::Format: return "format";
  }
  return "operator";
}

namespace {

class Evaluation {
 public:
  Evaluation(ValuePool& pool, const ExprTables& tables, ExprContext& context)
      : pool_(pool), tables_(tables), context_(context) {}

  ValueId run(ExprId id) {
    if (!id.exists()) return pool_.absent();
    if (depth_ == kNestingDepth)
      return pool_.with_uncertainty(pool_.unknown("an expression nested too deeply"), kCut);
    ++depth_;
    const ValueId value = evaluated(id, tables_.exprs[id.index]);
    --depth_;
    return value;
  }

 private:
  std::string_view string(StringId id) const {
    if (!id.exists()) return {};
    const Range at = tables_.strings[id.index];
    return tables_.text.substr(at.begin, at.end - at.begin);
  }
  std::span<const Operand> operands_of(const Expr& expr) const {
    return tables_.operands.subspan(expr.operands.first, expr.operands.count);
  }
  ValueId operand(const Expr& expr, std::size_t i) {
    const auto operands = operands_of(expr);
    return i < operands.size() && operands[i].value.exists() ? run(operands[i].value) : ValueId{};
  }
  ValueId present(ValueId value) { return value.exists() ? value : pool_.absent(); }

  ValueId evaluated(ExprId id, const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::Null: return pool_.null();
      case ExprKind::Bool: return pool_.boolean(expr.detail != 0);
      case ExprKind::Number: return pool_.number(string(expr.name));
      case ExprKind::Text: return pool_.text_value(string(expr.name));
      case ExprKind::Member: {
        const ValueId base = run(ExprId{expr.ref});
        const ValueId value = context_.member_at(pool_, ExprId{expr.ref}, base, string(expr.name));
        context_.visited(id, base, value);
        return value;
      }
      case ExprKind::Index: {
        const ValueId base = run(ExprId{expr.ref});
        const ValueId value = context_.index_of(pool_, base, present(operand(expr, 0)));
        context_.visited(id, base, value);
        return value;
      }
      case ExprKind::Part: return part_of(expr);
      case ExprKind::Concat: return concat(expr);
      case ExprKind::Operator: return operation(expr);
      case ExprKind::Choose: return choice(expr);
      case ExprKind::List: return list(expr);
      case ExprKind::Record: return record(expr);
      case ExprKind::TypeTest: {
        return context_.is_of(pool_, run(ExprId{expr.ref}), string(expr.name));
      }
      case ExprKind::Apply:
      case ExprKind::Comprehend: return present(context_.apply(id, expr));
      case ExprKind::Unknown:
      case ExprKind::Variable:
      case ExprKind::Result:
      case ExprKind::ErrorOf:
      case ExprKind::Function: return present(context_.leaf(id, expr));
    }
    return pool_.unknown("an expression of an unknown kind");
  }

  ValueId part_of(const Expr& expr) {
    const ValueId base = run(ExprId{expr.ref});
    const ValueId from = operand(expr, 0), to = operand(expr, 1), step = operand(expr, 2);
    if (!step.exists() || step == pool_.number(1)) return part(pool_, base, from, to);
    return call(pool_, "slice", {base, from, to, step});
  }

  ValueId concat(const Expr& expr) {
    std::vector<ValueId> parts;
    for (const Operand& operand : operands_of(expr)) {
      parts.push_back(run(operand.value));
      if (!pool_.is(parts.back(), ValueKind::Object)) continue;
      if (const ValueId text = context_.text_of(parts.back()); text.exists()) parts.back() = text;
    }
    return pool_.concat(parts);
  }

  bool is_test_value(ValueId value) const {
    if (pool_.is(value, ValueKind::Bool)) return true;
    if (pool_.is(value, ValueKind::Computed)) return is_test(pool_.text(value));
    if (!pool_.is(value, ValueKind::OneOf)) return false;
    return std::ranges::all_of(pool_.operands(value),
                               [&](ValueId id) { return is_test_value(id); });
  }

  static bool asks(OperatorKind kind) {
    return kind == OperatorKind::Not || kind == OperatorKind::And || kind == OperatorKind::Or ||
           kind == OperatorKind::Coalesce || kind == OperatorKind::Equal ||
           kind == OperatorKind::NotEqual;
  }
  ValueId operation(const Expr& expr) {
    const auto kind = static_cast<OperatorKind>(expr.detail);
    const ValueId left = present(operand(expr, 0));
    const bool compares = kind == OperatorKind::Equal || kind == OperatorKind::NotEqual;
    if (asks(kind)) context_.asked(left);
    if (kind == OperatorKind::Not)
      return call(pool_, Opcode::Not, {context_.as_asked(pool_, left)});
    const bool picks =
        kind == OperatorKind::And || kind == OperatorKind::Or || kind == OperatorKind::Coalesce;
    const bool tests = picks && kind != OperatorKind::Coalesce;
    if (tests) context_.entered(context_.as_asked(pool_, left), kind == OperatorKind::And);
    const ValueId right = present(operand(expr, 1));
    if (tests) context_.left();
    if (compares) context_.asked(right);
    if (kind == OperatorKind::In) return context_.is_in(pool_, left, right);
    if (pool_.is(left, ValueKind::Object))
      if (const ValueId made = context_.operated(kind, left, right); made.exists()) return made;
    if (!picks) return call(pool_, operator_function(kind), {left, right});
    // `x && y == 1` is asked as a test, whatever x is; `x || false` is x, or nothing.
    const bool is_default = kind == OperatorKind::Or && pool_.is(right, ValueKind::Bool) &&
                            truth(pool_, right) == Answer::No && !is_test_value(left);
    if (kind != OperatorKind::Coalesce && is_test_value(right) && !is_default)
      return call(pool_, operator_function(kind), {context_.as_asked(pool_, left), right});
    return picked(kind, left, right);
  }

  // Does the left operand give way to the right one?
  Answer gives_way(OperatorKind kind, ValueId left) {
    if (kind == OperatorKind::Coalesce) return truth(pool_, call(pool_, Opcode::IsNull, {left}));
    const Answer answer = truth(pool_, left);
    if (kind == OperatorKind::And || answer == Answer::Unknown) return answer;
    return answer == Answer::Yes ? Answer::No : Answer::Yes;
  }

  // The one or the other, where the left one tells which.
  ValueId picked_by_test(OperatorKind kind, ValueId left, ValueId right) {
    if (kind == OperatorKind::Coalesce)
      return choose(pool_, call(pool_, Opcode::IsNull, {left}), right, left);
    const ValueId asked = context_.as_asked(pool_, left);
    return kind == OperatorKind::And ? choose(pool_, asked, right, left)
                                     : choose(pool_, asked, left, right);
  }

  // A variable, or the first of several that is set: `A || B` of `A || B || C`.
  [[nodiscard]] bool is_of_environment(ValueId value) const {
    while (pool_.opcode(value) == Opcode::OrDefault) value = pool_.operands(value)[0];
    return pool_.is(value, ValueKind::Hole) && pool_[value].origin == Origin::Environment;
  }

  // `x || y`, `x && y`, `x ?? y` as values: each alternative of x is decided alone.
  ValueId picked(OperatorKind kind, ValueId left, ValueId right) {
    const bool several = pool_.is(left, ValueKind::OneOf);
    const auto alternatives = several ? pool_.operands(left) : Operands(&left, 1);
    std::vector<Alternative> results;
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
      const ValueId one = alternatives[i];
      const GuardId guard = several ? pool_.guards(left)[i] : GuardId{};
      switch (gives_way(kind, one)) {
        case Answer::Yes: results.push_back({right, guard}); break;
        case Answer::No: results.push_back({one, guard}); break;
        case Answer::Unknown: {
          if (is_of_environment(one) &&
              kind != OperatorKind::And) {  // decided once the variables are known
            results.push_back({call(pool_, Opcode::OrDefault, {one, right}), guard});
            break;
          }
          results.push_back({picked_by_test(kind, one, right), guard});
          break;
        }
      }
    }
    return pool_.one_of(results);
  }

  // `x ? y : nothing`: y where x holds.
  ValueId chosen_by(ValueId condition, ValueId yes, ValueId no) {
    const bool is_yes = tells_nothing(pool_, no);
    if (is_yes == tells_nothing(pool_, yes)) return choose(pool_, condition, yes, no);
    const ValueId asked = as_condition(pool_, condition);
    const ValueId test = call(pool_, is_yes ? Opcode::Truthy : Opcode::Not, {asked});
    return is_yes ? pool_.join(where(pool_, yes, std::span(&test, 1)), no)
                  : pool_.join(yes, where(pool_, no, std::span(&test, 1)));
  }

  // Of several that no input tells apart, and some of which are not decided: whichever it is, it
  // tells which way is taken.
  bool is_one_question(ValueId condition) {
    bool is_open = false;
    for (std::size_t i = 0; i < pool_.operands(condition).size(); ++i) {
      if (!pool_.always(pool_.guards(condition)[i])) return false;
      is_open = is_open || truth(pool_, pool_.operands(condition)[i]) == Answer::Unknown;
    }
    return is_open;
  }

  ValueId choice(const Expr& expr) {
    const ValueId condition = context_.as_asked(pool_, present(operand(expr, 0)));
    context_.asked(condition);
    // Once each, however many alternatives the condition has: choices stand inside of choices.
    std::array<ValueId, 3> ways{};
    const auto way = [&](std::size_t i) {
      if (ways.at(i).exists()) return ways.at(i);
      context_.entered(condition, i == 1);
      ways.at(i) = present(operand(expr, i));
      context_.left();
      return ways.at(i);
    };
    const auto chosen = [&](Answer answer) -> ValueId {
      if (answer == Answer::Yes) return way(1);
      if (answer == Answer::No) return way(2);
      const ValueId yes = way(1), no = way(2);
      const ValueId test = chosen_test(pool_, condition, yes, no);
      return test.exists() ? test : chosen_by(condition, yes, no);
    };
    if (!pool_.is(condition, ValueKind::OneOf) || is_one_question(condition))
      return chosen(truth(pool_, condition));
    std::vector<Alternative> results;  // a condition over inputs: its guards carry over
    for (std::size_t i = 0; i < pool_.operands(condition).size(); ++i)
      results.push_back(
          {chosen(truth(pool_, pool_.operands(condition)[i])), pool_.guards(condition)[i]});
    return pool_.one_of(results);
  }

  // A list with what a loop has filled in it; no id: it has none, or something that is not known.
  ValueId filled_list(std::span<const Operand> operands, std::span<const ValueId> values) {
    ValueId list = many(pool_, {});
    bool is_filled = false;
    for (std::size_t i = 0; i < values.size() && list.exists(); ++i) {
      const bool is_spread = operands[i].spread != 0;
      is_filled = is_filled || (is_spread && is_summarised(pool_, values[i]));
      list =
          is_spread ? with_elements(pool_, list, values[i]) : with_element(pool_, list, values[i]);
    }
    return is_filled ? list : ValueId{};
  }

  // Behind a spread that is not known, places are lost: one last element stands for all the rest.
  ValueId list(const Expr& expr) {
    const auto operands = operands_of(expr);
    std::vector<ValueId> values, items, rest;
    for (const Operand& operand : operands) values.push_back(run(operand.value));
    if (operands.size() == 1 && operands[0].spread != 0)
      return compute(pool_, Opcode::Copied, values);
    if (std::ranges::any_of(operands, [](const Operand& one) { return one.spread != 0; }))
      if (const ValueId filled = filled_list(operands, values); filled.exists()) return filled;
    bool open = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const ValueId value = values[i];
      std::vector<ValueId>& to = open ? rest : items;
      if (operands[i].spread == 0) {
        to.push_back(value);
      } else if (pool_.is(value, ValueKind::List)) {
        to.insert(to.end(), pool_.operands(value).begin(), pool_.operands(value).end());
        open = open || pool_[value].ref != 0;
      } else if (!is_nullish(pool_, value)) {
        open = true;
        rest.push_back(element(pool_, value));
      }
    }
    if (rest.size() == 1) items.push_back(rest[0]);
    if (rest.size() > 1) items.push_back(any_of_rest(rest));
    return pool_.list(items, open);
  }

  // What stands behind a list of which nobody knows how long it is. Functions, and what callers may
  // give for one, are kept each: `pipeline([log, ...middlewares, handler])`.
  ValueId any_of_rest(std::span<const ValueId> rest) {
    constexpr std::size_t kKept = 8;
    const auto may_be_called = [&](ValueId one) {
      const Value& row = pool_[one];
      return row.kind == ValueKind::Function ||
             (row.kind == ValueKind::Hole &&
              (row.origin == Origin::Parameter || row.origin == Origin::Capture));
    };
    if (rest.size() > kKept || !std::ranges::any_of(rest, may_be_called))
      return pool_.any(rest, "elements of an unknown list");
    std::vector<Alternative> all;
    for (const ValueId one : rest) all.push_back({one, {}});
    return pool_.with_uncertainty(pool_.one_of(all), kCut);
  }

  ValueId record(const Expr& expr) {
    std::vector<ValueId> values;
    for (const Operand& operand : operands_of(expr)) values.push_back(run(operand.value));
    return record_of_ways(operands_of(expr), values, kAlternatives);
  }

  // `{"step": "copy", **({"skip": True} if own else {})}` is a record for each way. `most`: so many
  // in all, since several choices multiply; of further ones it is not known what they spread.
  ValueId record_of_ways(std::span<const Operand> operands, std::vector<ValueId> values,
                         std::size_t most) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool is_spread = operands[i].spread != 0 && operands[i].spread != kLeftOutOfSpread;
      if (!is_spread || !is_choice_of_records(values[i]) || pool_.operands(values[i]).size() > most)
        continue;
      const std::vector<ValueId> ways(pool_.operands(values[i]).begin(),
                                      pool_.operands(values[i]).end());
      const std::vector<GuardId> guards(pool_.guards(values[i]).begin(),
                                        pool_.guards(values[i]).end());
      const std::uint8_t uncertainty = pool_[values[i]].uncertainty;
      std::vector<Alternative> records;
      for (std::size_t w = 0; w < ways.size(); ++w) {
        values[i] = bare(pool_, ways[w]);
        const ValueId whole = record_of_ways(operands, values, most / ways.size());
        records.push_back({where(pool_, whole, conditions_above(ways[w])), guards[w]});
      }
      return pool_.with_uncertainty(pool_.one_of(records), uncertainty);
    }
    return record_of(operands, values);
  }

  bool is_choice_of_records(ValueId value) const {
    return pool_.is(value, ValueKind::OneOf) && pool_.conditioned(value) &&
           std::ranges::all_of(pool_.operands(value), [&](ValueId way) {
             const ValueId one = bare(pool_, way);
             return pool_.is(one, ValueKind::Record) || is_nullish(pool_, one);
           });
  }

  std::vector<ValueId> conditions_above(ValueId way) const {
    if (!is_where(pool_, way)) return {};
    const auto parts = pool_.operands(way);
    return {parts.begin() + 1, parts.end()};
  }

  ValueId record_of(std::span<const Operand> operands, std::span<const ValueId> values) {
    std::vector<NamedValue> entries;
    bool open = false;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const Operand& operand = operands[i];
      const ValueId value = values[i];
      if (operand.spread == kLeftOutOfSpread) {
        if (!operand.name.exists()) continue;  // any of them, perhaps
        const StringId left_out = pool_.string(string(operand.name));
        std::erase_if(entries, [&](const NamedValue& one) { return one.name == left_out; });
        // What else it was made from may have it.
        if (open) entries.push_back({left_out, pool_.null()});
      } else if (operand.spread != 0) {
        open = spread_into(pool_, entries, context_.spread_of(value)) || open;
      } else if (operand.name.exists()) {
        entries.push_back({pool_.string(string(operand.name)), value});
      } else {
        const ValueId whole =
            with_entry(pool_, pool_.record(entries, open), run(operand.key), value);
        open = read_back(whole, entries);
      }
    }
    return pool_.record(entries, open);
  }

  bool read_back(ValueId record, std::vector<NamedValue>& entries) const {
    entries.clear();
    for (std::size_t i = 0; i < pool_.names(record).size(); ++i)
      entries.push_back({pool_.names(record)[i], pool_.operands(record)[i]});
    return pool_[record].ref != 0;
  }

  ValuePool& pool_;
  const ExprTables& tables_;
  ExprContext& context_;
  std::size_t depth_ = 0;
};

}  // namespace

ValueId evaluate(ValuePool& pool, const ExprTables& tables, ExprId expr, ExprContext& context) {
  return Evaluation(pool, tables, context).run(expr);
}

}  // namespace fnlint
