// Follows the answer of a lookup to the first use that fails if nothing was found, unless a test
// comes before it. What fails depends on the language.

#include "flow/syntax/missing_item.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "model/language_traits.h"
#include "tables/code_words.h"
#include "tables/known.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

namespace fnlint {

namespace {

// Follows one answer through the function around its call, in the order of what is written.
class ItemUse {
 public:
  ItemUse(const CodeFacts& code, OpId call, std::string_view member)
      : code_(code), member_(member), answers_{call.index} {
    if (member.empty()) return;
    const MissingItem missing = traits(code.language).missing_item;
    if (missing == MissingItem::RaisingMap) fails_ = Fails::Entry;
    if (missing == MissingItem::EmptyMap) fails_ = Fails::UseOfEntry;
  }
  // The answer itself is what may be nothing.
  static ItemUse of_search(const CodeFacts& code, OpId call, std::string_view fails) {
    ItemUse use(code, call, {});
    use.is_whole_ = true;
    use.spared_ = fails.starts_with('!');
    use.by_entry_ = fails == "[]";
    use.by_text_ = fails == "[text]";
    if (fails != "*" && !use.by_entry_ && !use.by_text_)
      use.names_ = split(fails.substr(use.spared_ ? 1 : 0), '|');
    return use;
  }

  Range find(OpId call) {
    const FunctionId around = function_around(code_, call);
    if (!around.exists()) return {};
    const OpId end = code_.functions[around.index].end;
    // What asks behind the first use comes too late.
    for (OpId at{call.index + 1}; at < end && !asked_; ++at.index) {
      take(at);
      if (is_whole_ && use_.begin != use_.end && !asked_) break;
    }
    return asked_ || use_.begin == use_.end || is_captured(around) ? Range{} : use_;
  }

 private:
  // Of an item that is not there: whatever is asked of it; any entry; what is done with an entry,
  // for the map itself is empty.
  enum class Fails : std::uint8_t { Anything, Entry, UseOfEntry };

  // A function inside may ask.
  [[nodiscard]] bool is_captured(FunctionId around) const {
    const Function& row = code_.functions[around.index];
    bool captured = false;
    for (OpId at{0}; !captured && at.index < code_.ops.size(); ++at.index) {
      if (row.first <= at && at < row.end) continue;
      visit_expressions(code_, at, [&](ExprId expr) {
        visit_parts(code_, expr, [&](const Expr& part) {
          captured =
              captured || (part.kind == ExprKind::Variable &&
                           (item_names_.contains(part.ref) || answer_names_.contains(part.ref) ||
                            entry_names_.contains(part.ref)));
        });
      });
    }
    return captured;
  }
  [[nodiscard]] bool is_answer(ExprId expr) const {
    if (!expr.exists()) return false;
    const Expr& row = code_.exprs[expr.index];
    if (row.kind == ExprKind::Result) return answers_.contains(row.ref);
    return row.kind == ExprKind::Variable && answer_names_.contains(row.ref);
  }
  // `answer.Item`, `answer["Item"]`
  [[nodiscard]] bool reads_item(ExprId expr) const {
    const Expr& row = code_.exprs[expr.index];
    if ((row.kind != ExprKind::Member && row.kind != ExprKind::Index) ||
        !is_answer(ExprId{row.ref}))
      return false;
    if (row.kind == ExprKind::Member) return lower(code_.string(row.name)) == lower(member_);
    const auto operands = code_.operands_of(row.operands);
    return !operands.empty() && is_named(operands[0].value);
  }
  [[nodiscard]] bool is_named(ExprId key) const {
    return key.exists() && code_.exprs[key.index].kind == ExprKind::Text &&
           code_.string(code_.exprs[key.index].name) == member_;
  }
  [[nodiscard]] bool is_item(ExprId expr) const {
    if (!expr.exists()) return false;
    if (is_whole_) return is_answer(expr);
    const Expr& row = code_.exprs[expr.index];
    if (row.kind == ExprKind::Variable) return item_names_.contains(row.ref);
    if (row.kind == ExprKind::Result) return items_.contains(row.ref);
    return reads_item(expr);
  }
  // `item["name"]`, `item.get("name")`, where that is nothing.
  [[nodiscard]] bool is_entry(ExprId expr) const {
    if (!expr.exists() || fails_ != Fails::UseOfEntry) return false;
    const Expr& row = code_.exprs[expr.index];
    if (row.kind == ExprKind::Variable) return entry_names_.contains(row.ref);
    if (row.kind == ExprKind::Result) return entries_.contains(row.ref);
    return is_by_key(expr) && is_item(ExprId{row.ref});
  }
  // `item["name"]`, which may be the same as `item.name` in what was read.
  [[nodiscard]] bool is_by_key(ExprId expr) const {
    constexpr std::uint32_t kEntry = 2;
    const Expr& row = code_.exprs[expr.index];
    return row.kind == ExprKind::Index || (row.kind == ExprKind::Member && row.detail == kEntry);
  }
  [[nodiscard]] bool raises_at_once(ExprId expr) const {
    return traits(code_.language).raises_if_missing &&
           code_.exprs[expr.index].kind == ExprKind::Index && reads_item(expr);
  }

  // `found.name`, `found[0]`: what is asked of nothing that way fails, or may be how it is asked.
  [[nodiscard]] bool fails_on_nothing(const Expr& row) const {
    if (by_entry_) return row.kind == ExprKind::Index;
    if (by_text_) return is_by_text(row);
    if (names_.empty()) return true;
    const std::string_view name = code_.string(row.name);
    return row.kind == ExprKind::Member &&
           (std::ranges::find(names_, name) != names_.end()) != spared_;
  }
  [[nodiscard]] bool is_by_text(const Expr& row) const {
    constexpr std::uint32_t kEntry = 2;
    const auto operands = code_.operands_of(row.operands);
    return (row.kind == ExprKind::Member && row.detail == kEntry) ||
           (row.kind == ExprKind::Index && operands.size() == 1 && operands[0].value.exists() &&
            code_.exprs[operands[0].value.index].kind == ExprKind::Text);
  }
  void take_read(ExprId expr, OpId at) {
    const Expr& row = code_.exprs[expr.index];
    if (is_entry(ExprId{row.ref})) {
      asked_ = asked_ || row.detail == 1;
      return note_use(expr, at);
    }
    if (!is_item(ExprId{row.ref})) return;
    if (is_whole_ && code_.string(row.name).starts_with('<')) asked_ = true;  // typeof
    if (fails_ == Fails::UseOfEntry && is_by_key(expr)) return;
    if (fails_ != Fails::Anything && !is_by_key(expr)) asked_ = true;
    if (row.detail == 1 || !fails_on_nothing(row)) asked_ = true;
    note_use(expr, at);
  }
  void note_use(ExprId expr, OpId at) {
    if (use_.begin == use_.end && !is_attempted(code_, at)) use_ = code_.expr_ranges[expr.index];
  }

  void scan(ExprId expr, OpId at, int depth = 0) {
    constexpr int kDepth = 60;
    if (!expr.exists() || depth > kDepth) return;
    const Expr& row = code_.exprs[expr.index];
    const auto operands = code_.operands_of(row.operands);
    const auto is_either = [&](ExprId one) {
      return is_item(one) || is_answer(one) || is_entry(one);
    };
    const auto any_is = [&] {
      return std::ranges::any_of(operands,
                                 [&](const Operand& one) { return is_either(one.value); });
    };
    switch (row.kind) {
      case ExprKind::Member:
      case ExprKind::Index:
        if (raises_at_once(expr)) note_use(expr, at);
        take_read(expr, at);
        scan(ExprId{row.ref}, at, depth + 1);
        break;
      case ExprKind::TypeTest:
      case ExprKind::Part: asked_ = asked_ || is_either(ExprId{row.ref}); break;
      case ExprKind::Operator:
      case ExprKind::Choose: asked_ = asked_ || any_is(); break;
      default: break;
    }
    for (const Operand& one : operands) scan(one.value, at, depth + 1);
  }

  void take(OpId at) {
    const Op& op = code_.ops[at.index];
    switch (op.kind) {
      case OpKind::Await:
        if (is_answer(code_.awaits[op.detail].value)) answers_.insert(at.index);
        return scan(code_.awaits[op.detail].value, at);
      case OpKind::Assign: return take_assign(code_.assigns[op.detail], at);
      case OpKind::Call: return take_call(code_.calls[op.detail], at);
      case OpKind::Branch: {
        const ExprId asks = code_.branches[op.detail].condition;
        std::set<std::uint32_t> bases;  // `row.total > 0` reads, and asks nothing of the row itself
        if (is_whole_)
          visit_parts(code_, asks, [&](const Expr& part) {
            if (has_base(part.kind) && part.kind != ExprKind::TypeTest && part.detail != 1 &&
                !code_.string(part.name).starts_with('<'))
              bases.insert(part.ref);
          });
        visit_parts(code_, asks, [&](const Expr& part) {
          if (bases.contains(static_cast<std::uint32_t>(&part - code_.exprs.data()))) return;
          asked_ = asked_ ||
                   (part.kind == ExprKind::Variable &&
                    (item_names_.contains(part.ref) || answer_names_.contains(part.ref) ||
                     entry_names_.contains(part.ref))) ||
                   (is_whole_ && part.kind == ExprKind::Result && answers_.contains(part.ref));
        });
        return scan(asks, at);
      }
      default: visit_expressions(code_, at, [&](ExprId expr) { scan(expr, at); });
    }
  }

  void take_assign(const Assign& row, OpId at) {
    const bool to_name =
        row.target.exists() && code_.exprs[row.target.index].kind == ExprKind::Variable;
    // It may be something else from here on.
    if (to_name && is_whole_ && !is_answer(row.value) &&
        answer_names_.contains(code_.exprs[row.target.index].ref)) {
      scan(row.value, at);
      asked_ = asked_ || use_.begin == use_.end;
      return;
    }
    if (to_name && is_answer(row.value)) answer_names_.insert(code_.exprs[row.target.index].ref);
    if (to_name && row.value.exists() && is_item(row.value))
      item_names_.insert(code_.exprs[row.target.index].ref);
    if (to_name && is_entry(row.value)) entry_names_.insert(code_.exprs[row.target.index].ref);
    scan(row.value, at);
    if (!to_name) scan(row.target, at);
  }

  // `answer.item()`, `answer.getItem()`; `item.get("name")`. What else is called on them asks.
  bool takes_by_method(const Expr& callee, bool is_given, OpId at) {
    if (fails_ != Fails::UseOfEntry || callee.kind != ExprKind::Member) return false;
    const std::string name = lower(code_.string(callee.name));
    if (is_answer(ExprId{callee.ref})) {
      const bool is_asked_for = name == lower(member_) || name == cat("get", lower(member_));
      if (is_asked_for) items_.insert(at.index);
      asked_ = asked_ || !is_asked_for;
      return true;
    }
    if (!is_item(ExprId{callee.ref})) return false;
    if (name == "get" && is_given) entries_.insert(at.index);
    asked_ = asked_ || name != "get";
    return true;
  }

  void take_call(const Call& row, OpId at) {
    const auto given = code_.operands_of(row.arguments);
    const Expr& callee = code_.exprs[row.callee.index];
    if (takes_by_method(callee, !given.empty(), at)) return;
    if (callee.kind == ExprKind::Member && is_answer(ExprId{callee.ref}) && !given.empty() &&
        !is_whole_ &&
        is_named(given[0].value)) {  // `answer.get("Item")`, with something in its place or not
      if (given.size() > 1) asked_ = true;
      items_.insert(at.index);
      return;
    }
    // What it is given to may ask, or take it as it is; a log does neither.
    const bool is_told =
        is_log(code_, row.callee) || (callee.kind == ExprKind::Variable &&
                                      is_one_of(known::log_calls(), name_of(code_, callee)));
    for (const Operand& one : given) {
      asked_ = asked_ ||
               (!is_told && (is_item(one.value) || is_answer(one.value) || is_entry(one.value)));
      scan(one.value, at);
    }
    scan(row.callee, at);
  }

  const CodeFacts& code_;
  const std::string_view member_;
  bool is_whole_ = false, spared_ = false, by_entry_ = false, by_text_ = false;
  Fails fails_ = Fails::Anything;
  std::vector<std::string_view> names_ = {};      // methods that fail; spared_: that do not
  std::set<std::uint32_t> answers_, items_ = {}, entries_ = {};  // ops whose results these are
  std::set<std::uint32_t> answer_names_ = {}, item_names_ = {}, entry_names_ = {};  // variables
  Range use_ = {};
  bool asked_ = false;
};

}  // namespace

Range missing_item_use(const CodeFacts& code, OpId call, std::string_view member) {
  const bool is_read = traits(code.language).missing_item != MissingItem::Harmless;
  return is_read && call.exists() ? ItemUse(code, call, member).find(call) : Range{};
}

Range search_use(const CodeFacts& code, OpId call, std::string_view fails) {
  return call.exists() && !fails.empty() ? ItemUse::of_search(code, call, fails).find(call)
                                         : Range{};
}

}  // namespace fnlint
