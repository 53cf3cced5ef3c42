// What a body reads of the event, the context and the environment, where its expressions say so.
#include "flow/body/input_reads.h"

#include "core/text.h"
#include "flow/body/call_errors.h"
#include "flow/engine/reads.h"
#include "flow/models/fluent.h"
#include "model/language_traits.h"
#include "tables/events.h"
#include "tables/known.h"

namespace fnlint {

namespace {

bool says_absence(std::string_view type) {
  type = type.substr(type.rfind('.') == std::string_view::npos ? 0 : type.rfind('.') + 1);
  return is_one_of(known::absence_errors(), type);
}

// A handler for what is not there; one that takes any error is, where it sets something instead.
bool goes_on_without(const CodeFacts& code, const Catch& handler) {
  if (surely_raises(code, handler.first, handler.end)) return false;
  if (traits(code.language).errors_are_results) return true;  // `if let`, `match`: it is written so
  if (std::ranges::any_of(caught_types(code, handler), says_absence)) return true;
  for (OpId at = handler.first; at.exists() && at < handler.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind != OpKind::Assign) continue;
    const Assign& row = code.assigns[op.detail];
    if (row.mode == AssignMode::Set && row.target.exists() &&
        code.exprs[row.target.index].kind == ExprKind::Variable)
      return true;
  }
  return false;
}

// Whether an accessor gives a field of the event out of its URL form.
bool is_decoded(const Engine& engine, Language language, ValueId base, std::string_view name) {
  if (gives_decoded(member_form(name))) return true;
  const ValuePool& pool = engine.pool();
  if (const std::string path = engine.library_path(base); !path.empty()) {
    const LibraryModel* model = find_model_any(language, cat(path, '.', name));
    return model != nullptr && model->attribute && model->computes == "url_decode";
  }
  const bool is_event = pool.is(base, ValueKind::Hole) && pool[base].origin == Origin::Event &&
                        pool.text(base).empty();
  const EventAttribute* attribute = is_event ? find_event_attribute(name) : nullptr;
  return attribute != nullptr && attribute->decoded;
}

}  // namespace

// Where the texts of a function stand in which an absence is caught.
const std::vector<Range>& InputReads::caught_absence() {
  if (absence_known_) return caught_absence_;
  absence_known_ = true;
  for (OpId at = scope_.function.first; at.exists() && at < scope_.function.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Try) continue;
    const Try& row = code_.tries[op.detail];
    bool caught = false;
    for (std::uint32_t i = 0; i < row.catches.count && !caught; ++i)
      caught = goes_on_without(code_, code_.catches[row.catches.first + i]);
    if (!caught) continue;
    Range body{UINT32_MAX, 0};
    // Of a match, only what comes first is its subject: a `?` further in leaves the function.
    const bool is_match = traits(code_.language).errors_are_results;
    for (OpId inner{at.index + 1}; inner < row.body_end; ++inner.index) {
      const Range& range = code_.op_ranges[inner.index];
      const bool is_call = code_.ops[inner.index].kind == OpKind::Call;
      if (is_match && !is_call) continue;
      body = {std::min(body.begin, range.begin), std::max(body.end, range.end)};
      if (is_match) break;
    }
    caught_absence_.push_back(body);
  }
  return caught_absence_;
}

bool InputReads::is_absence_caught(const Range& at) {
  return std::ranges::any_of(caught_absence(), [&](const Range& range) {
    return at.begin >= range.begin && at.end <= range.end;
  });
}

bool InputReads::is_required(ValueId variable) const {
  return std::ranges::any_of(
      required_, [&](ValueId one) { return is_same_variable(pool_, one, variable); });
}

// `os.environ["X"] if "X" in os.environ else ...`, `a and b` in one expression.
bool InputReads::is_asked_here(ValueId value) const {
  return std::ranges::any_of(asked_here_, [&](ValueId one) {
    const Fact fact{one, true};
    return is_asked_for(pool_, std::span(&fact, 1), value);
  });
}

void InputReads::expect_absence(ValueId asked) {
  if (noted_.empty()) return;
  constexpr std::size_t kLookedAt = 32;
  std::vector<ValueId> open{asked};
  for (std::size_t i = 0; i < open.size() && i < kLookedAt; ++i) {
    const ValueId one = open[i];
    if (!one.exists() || is_variable(pool_, one)) continue;
    const auto found = std::find_if(noted_.rbegin(), noted_.rend(),
                                    [&](const NotedRead& row) { return row.value == one; });
    if (found == noted_.rend()) {
      const auto operands = pool_.operands(one);
      open.insert(open.end(), operands.begin(), operands.end());
    } else if (!found->raises) {
      summary_.steps()[found->step].flags |= kAbsenceExpected;
    }
  }
}

void InputReads::add_asked(ValueId variable, ExprId condition, bool fails, const BodyState& state) {
  if (summary_.steps().size() >= kSummarySteps / 2 ||
      !read_exprs_.insert({variable.index, condition.index}).second)
    return;
  Step step;
  step.kind = StepKind::Read;
  step.at = summary_.here();
  if (condition.exists()) step.key = pool_.number(static_cast<std::int64_t>(condition.index));
  step.value = variable;
  step.holds = facts_of_given(pool_, state.facts);
  step.flags = fails ? kAbsenceFails : kAbsenceExpected;
  step.flags |= summary_.flags_of_read(state.facts);
  summary_.steps().push_back(std::move(step));
}

namespace {

// The number that an entry is asked for by: `rows[0]`. No id: it is no such expression.
ExprId asked_number(const CodeFacts& code, const Expr& row) {
  if (row.kind != ExprKind::Index || row.operands.count == 0) return {};
  const ExprId asked = code.operands[row.operands.first].value;
  return asked.exists() && code.exprs[asked.index].kind == ExprKind::Number ? asked : ExprId{};
}

}  // namespace

void InputReads::note_part(ExprId id, ValueId base, ValueId value, BodyState& state) {
  const Expr& row = code_.exprs[id.index];
  // What was read elsewhere and has a name here.
  const bool read_here = pool_.is(base, ValueKind::Hole) && pool_[base].origin == Origin::Library;
  if (is_variable(pool_, value) && !read_here) return;
  const ExprId number = asked_number(code_, row);
  ValueId read = value;
  if (number.exists())
    read = pool_.computed(
        kItem, std::array{base, pool_.number(code_.string(code_.exprs[number.index].name))});
  // An accessor that takes the key out of its URL form leads to the key all the same.
  if (row.kind == ExprKind::Member &&
      is_decoded(engine_, code_.language, base, code_.string(row.name)))
    read = pool_.computed(kDecoded, std::span(&value, 1));
  const std::vector<GivenValue> given = given_in(pool_, read);
  if (given.empty()) return;
  const bool raises = row.kind == ExprKind::Index && traits(code_.language).raises_if_missing;
  const bool optional = row.kind == ExprKind::Member && row.detail == 1;
  for (const GivenValue& one : given)
    note(id, ExprId{row.ref}, one.value, one.absence_expected || optional, raises, state);
  if (raises && is_variable(pool_, value) && has_room_for_call(pool_, state.facts))
    add_fact(state.facts, variable_found(pool_, value));
  if (number.exists()) last_ = {};  // the element's own members do not replace it
}

void InputReads::note(ExprId id, ExprId base, ValueId value, bool expected, bool raises,
                      const BodyState& state) {
  if (!read_exprs_.insert({value.index, id.index}).second) return;
  // A longer path takes the place of what it goes on from.
  const bool falls_through = last_.exists && last_.expr == base;
  if (!falls_through && (own_ >= kOwnReads || summary_.steps().size() >= kSummarySteps / 2)) {
    cut();
    return;
  }
  if (!falls_through) {
    ++own_;
    summary_.steps().emplace_back();
    noted_.push_back({});
    last_.row = noted_.size() - 1;
    noted_.back().step = summary_.steps().size() - 1;
  }
  NotedRead& noted = noted_[last_.row];
  Step& step = summary_.steps()[noted.step];
  noted.value = value;
  noted.raises = raises;
  const bool was_expected = (step.flags & kAbsenceExpected) != 0;
  step = {};
  step.kind = StepKind::Read;
  step.at = summary_.here();
  step.key = pool_.number(static_cast<std::int64_t>(id.index));
  step.value = value;
  step.holds = facts_of_given(pool_, state.facts);
  step.flags |= summary_.flags_of_read(state.facts);
  const bool asked_before = !is_required(value) && is_asked_for(pool_, state.facts, value);
  if (expected || was_expected || asked_before || is_asked_here(value) ||
      is_absence_caught(code_.expr_ranges[id.index]))
    step.flags |= kAbsenceExpected;
  else if (raises)
    step.flags |= kAbsenceFails;
  last_.expr = id;
  last_.exists = true;
}

void InputReads::cut() {
  if (std::exchange(is_cut_, true) || summary_.steps().size() >= kSummarySteps) return;
  Step step;
  step.kind = StepKind::Read;
  step.at = summary_.here();
  summary_.steps().push_back(std::move(step));
}

void InputReads::take(const Step& given, const BodyState& state) {
  if (!given.value.exists()) return cut();
  if (!taken_.insert({given.value, given.at, given.key}).second) return;
  if (taken_.size() + own_ > kReadSteps) return cut();
  Step mine = given;
  for (const Fact& fact : facts_of_given(pool_, state.facts)) add_fact(mine.holds, fact);
  if (!is_required(mine.value) && is_asked_for(pool_, state.facts, mine.value))
    mine.flags |= kAbsenceExpected;
  mine.flags |= summary_.flags_of_read(state.facts);
  const bool here = mine.via.empty();
  // Of a call that stands here: a test may ask for what it gives.
  if (here || is_variable(pool_, mine.value)) {
    // What is read of a Result raises where that is unwrapped, behind the tests.
    const bool raises =
        (mine.flags & kAbsenceFails) != 0 && !traits(code_.language).errors_are_results;
    noted_.push_back({mine.value, summary_.steps().size(), raises});
    const CallSite at = here ? mine.at : mine.via.front();
    if (at.module == scope_.me.module && at.op.exists() &&
        is_absence_caught(code_.op_ranges[at.op.index]))
      mine.flags |= kAbsenceExpected;
  }
  summary_.steps().push_back(std::move(mine));
}

}  // namespace fnlint
