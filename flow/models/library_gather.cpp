// Folds such as `reduce`: puts the rounds of the callback together as a loop that fills an
// accumulator would.

#include "flow/models/library_gather.h"

#include "core/text.h"
#include "flow/models/library_select.h"
#include "values/places.h"
#include "values/summarised_lists.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

namespace {

// The arguments: what was given before, and the element. Where the former stands behind the latter,
// it is one object for all rounds, whatever the function gives: `list.each_with_object([]) { |one,
// all| }`.
struct Roles {
  std::string_view before = "0", element = "1";
  [[nodiscard]] bool is_one_object() const { return before == "1"; }
};

Roles roles_in(const LibraryModel& model) {
  return split(model.with, ',')[0].ends_with("[]") ? Roles{"1", "0"} : Roles{};
}

// A list or a record that the function fills and hands on: `(all, one) => { all[one.key] = one;
// return all; }`.
class Accumulator {
 public:
  // `each`: one call stands for those of all elements.
  Accumulator(const LibraryCall& call, ValueId begun, Roles roles, bool each)
      : pool_(call.engine.pool()), roles_(roles), each_(each) {
    if (!begun.exists() ||
        (!pool_.is(begun, ValueKind::Record) && !pool_.is(begun, ValueKind::List)))
      return;
    begun_ = filled_ = begun;
    place_ = pool_.hole(Origin::Field, "<accumulator>", call_site(call));
  }

  // Places of arguments with its own, as what was given before.
  [[nodiscard]] ValueId places(ValueId others) const {
    const NamedValue own{pool_.string(roles_.before), place_};
    return begun_.exists() ? pool_.record(std::span(&own, 1)) : others;
  }

  // True: the step is about nothing else.
  bool take(const Step& step) {
    if (!begun_.exists() || step.kind != StepKind::Store || !step.subject.exists() ||
        base_of(pool_, step.subject) != place_)
      return false;
    const auto parts = pool_.operands(step.subject);
    const bool is_entry = parts.size() == 2 && parts[0] == place_;
    const ValueId key = is_entry ? parts[1] : step.subject == place_ ? step.key : ValueId{};
    const bool appends = step.subject == place_ && step.store == StoreKind::Append;
    if (!step.value.exists() || appends != pool_.is(begun_, ValueKind::List))
      is_open_ = true;
    else if (appends)
      elements_.push_back(given(pool_, step.value, step.holds));
    else if (key.exists())
      filled_ = with_entry(pool_, filled_, key, entered(key, step));
    else
      is_open_ = true;
    return true;
  }

  // What it holds then, where that is what the function gives.
  [[nodiscard]] ValueId instead_of(ValueId returned) {
    if (!begun_.exists() || (returned != begun_ && !roles_.is_one_object())) return returned;
    const bool is_list = pool_.is(begun_, ValueKind::List);
    if (!is_list && !is_open_) return filled_;
    if (is_list && !is_open_ && !elements_.empty()) {
      const ValueId all = many(pool_, elements_);
      if (pool_.operands(begun_).empty()) return all;
      if (const ValueId more = with_elements(pool_, all, begun_); more.exists()) return more;
    }
    return pool_.hole(Origin::Element, "filled by a callback", pool_[place_].ref);
  }

 private:
  ValueId entered(ValueId key, const Step& step) {
    if (!pool_.is(key, ValueKind::Text)) return given(pool_, step.value, step.holds);
    if (!each_ && step.holds.empty()) return step.value;
    const ValueId before = named_entry(pool_, filled_, pool_.text(key));
    return pool_.join(before.exists() ? before : pool_.absent(), step.value);
  }

  ValuePool& pool_;
  const Roles roles_;
  const bool each_;
  ValueId begun_ = {}, filled_ = {}, place_ = {};
  std::vector<ValueId> elements_ = {};
  bool is_open_ = false;  // something is done to it besides
};

// One call; `each`: it stands for those of all elements.
CallResult round(const LibraryCall& call, const CallInput& given, Roles roles, bool each) {
  const ValueId begun = named_entry(call.engine.pool(), given.arguments, roles.before);
  Accumulator accumulator(call, begun, roles, each);
  CallInput input = given;
  input.places = accumulator.places(given.places);
  CallResult outcome = call.engine.call(input, call.depth + 1);
  std::erase_if(outcome.steps, [&](const Step& step) { return accumulator.take(step); });
  outcome.value = accumulator.instead_of(roles.is_one_object() ? begun : outcome.value);
  return outcome;
}

// Elements of a list of texts that is written down; none: it is no such list.
std::vector<ValueId> written_elements(const LibraryCall& call, const LibraryModel& model) {
  constexpr std::size_t kMost = 16;
  const ValuePool& pool = call.engine.pool();
  const std::string_view element = split(model.with, ',')[roles_in(model).is_one_object() ? 0 : 1];
  const ValueId list = select(call, element.substr(0, element.find("[]")));
  if (!list.exists() || !pool.is(list, ValueKind::List) || pool[list].ref == 1) return {};
  const auto elements = pool.operands(list);
  const auto is_text = [&](ValueId one) { return pool.is(one, ValueKind::Text); };
  if (elements.size() > kMost || !std::ranges::all_of(elements, is_text)) return {};
  return {elements.begin(), elements.end()};
}

}  // namespace

bool gathers(const LibraryModel& model) {
  if (model.times != Times::Each || model.returns != "result") return false;
  const std::vector<std::string_view> given = split(model.with, ',');
  return given.size() > 1 && given[1] != "?" &&
         given[0].ends_with("[]") != given[1].ends_with("[]");
}

CallResult gathered(const LibraryCall& call, const LibraryModel& model, const CallInput& each) {
  const std::vector<ValueId> elements = written_elements(call, model);
  const Roles roles = roles_in(model);
  if (elements.empty()) return round(call, each, roles, true);
  ValuePool& pool = call.engine.pool();
  const ValueId before = pool.text_value(roles.before), element = pool.text_value(roles.element);
  CallInput next = each;
  std::vector<Step> steps;
  CallResult last;
  for (const ValueId one : elements) {
    next.arguments = with_entry(pool, next.arguments, element, one);
    last = round(call, next, roles, false);
    std::ranges::move(last.steps, std::back_inserter(steps));
    if (!last.value.exists()) break;
    next.arguments = with_entry(pool, next.arguments, before, last.value);
  }
  last.steps = std::move(steps);
  return last;
}

}  // namespace fnlint
