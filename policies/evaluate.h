// Evaluation of a policy over a project, branch by branch of the template.
#pragma once

#include "policies/policy.h"
#include "values/pool.h"

#include <tsl/robin_map.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

using Verdict = Answer;

struct Judged {
  World world = {};
  Verdict verdict{};
  Item decided = {};  // that was compared last; Absent: nothing was
};

// What a policy is asked about: `item` is `subject`, or below it.
struct AskedItems {
  Item subject = {}, item = {};
};

// What one step of a path leads to, before branches are told apart.
struct Entry {
  Item item = {};
  bool is_there = false;  // or may be
  bool open = false;      // and there may be more
};

// Evaluates paths, expressions and conditions branch by branch of the template: each result holds
// in its own world. A pure function of the view.
class Evaluator {
 public:
  explicit Evaluator(const PolicyView& view) : view_(view) {}

  [[nodiscard]] std::vector<Reached> reach(const ItemPath& path, const AskedItems& asked,
                                           const World& world) const;
  [[nodiscard]] std::vector<Judged> judge(const Condition& condition, const AskedItems& asked,
                                          const World& world) const;
  // What a condition says in every branch, asked with little; Unknown: ask it branch by branch.
  [[nodiscard]] Verdict surely(const Condition& condition, const AskedItems& asked) const;
  [[nodiscard]] std::string text_of(const TextTemplate& text, const AskedItems& asked,
                                    const World& world) const;
  // Whether it has looked at more than one policy may. What it says from then on is nothing.
  [[nodiscard]] bool is_spent() const { return is_spent_; }
  // What was found of the subject holds for one alone.
  void forget_subject() const { of_subject_.clear(); }

 private:
  struct SubjectVerdict {
    const Condition* condition = nullptr;
    Verdict verdict{};
  };
  struct ComparedHash {
    std::size_t operator()(const std::pair<const Condition*, ValueId>& key) const {
      return (reinterpret_cast<std::uintptr_t>(key.first) >> 4U) * 0x9E3779B97F4A7C15U ^
             key.second.index * 0xC2B2AE3D27D4EB4FU;
    }
  };

  void look_at(std::size_t items, std::size_t held) const;
  bool straight(bool of_subject, std::span<const PathStep> steps, const AskedItems& asked,
                Reached& to) const;
  bool straight(const ItemPath& path, const AskedItems& asked, Reached& to) const {
    return straight(path.of_subject, path.steps, asked, to);
  }
  [[nodiscard]] bool is_nowhere(const ItemPath& path, const AskedItems& asked) const;
  [[nodiscard]] Verdict surely_now(const Condition& condition, const AskedItems& asked) const;
  [[nodiscard]] Verdict surely_some(const Condition& condition, const AskedItems& asked) const;
  [[nodiscard]] Verdict surely_one(const Condition& condition, const AskedItems& asked,
                                   const Item& item) const;
  [[nodiscard]] std::optional<Verdict> surely_in_turn(const Condition& condition,
                                                      const AskedItems& asked) const;
  [[nodiscard]] Verdict surely_each(const Condition& condition, const AskedItems& asked,
                                    const Attribute& last, const Reached& from,
                                    Reached& found) const;
  [[nodiscard]] Verdict surely_compared(const Condition& condition, const AskedItems& asked) const;
  void follow(const Item& item, const PathStep& step, std::vector<Reached>& ways) const;
  void follow_all(std::span<const Item> items, const PathStep& step,
                  std::vector<Reached>& ways) const;
  [[nodiscard]] Entry entry(const Item& item, const PathStep& step) const;
  [[nodiscard]] Entry paired(const Item& item, const PathStep& step) const;
  [[nodiscard]] Reached take_spare() const;
  [[nodiscard]] std::vector<Reached> branches(const Item& item, const PathStep* spread,
                                              const World& world) const;
  void add_items(const Item& list, const PathStep* spread, Reached& to) const;
  void add(const Item& item, std::vector<Reached>& ways) const;
  [[nodiscard]] bool is_choice(const Item& item) const;
  [[nodiscard]] bool is_nothing(const Item& item) const;
  template <class Further>
  void grow(std::vector<Reached>& ways, const Further& further) const;
  [[nodiscard]] std::vector<Reached> evaluate(const Expression& expression, const AskedItems& asked,
                                              const World& world) const;
  [[nodiscard]] std::vector<Reached> difference(const Expression& expression,
                                                const AskedItems& asked, const World& world) const;
  [[nodiscard]] Item part_of(std::span<const Item> operands) const;
  [[nodiscard]] Item arithmetic(const Expression& expression, std::span<const Item> operands) const;
  [[nodiscard]] std::vector<Judged> judge_all(const Condition& condition, const AskedItems& asked,
                                              const World& world, Verdict ends) const;
  [[nodiscard]] bool may_hold_of_others(const Condition& condition, const AskedItems& asked,
                                        const World& world) const;
  [[nodiscard]] std::vector<Judged> judge_items(const Condition& condition, const AskedItems& asked,
                                                const World& world) const;
  [[nodiscard]] static Judged judge_presence(const ValuePool& pool, const Condition& condition,
                                             const Reached& left);
  [[nodiscard]] Judged judge_pairs(const Condition& condition, const Reached& left,
                                   std::span<const Item> rights, World world) const;
  [[nodiscard]] std::vector<Judged> judge_comparison(const Condition& condition,
                                                     const AskedItems& asked,
                                                     const World& world) const;
  [[nodiscard]] Verdict compare_one(const Condition& condition, const Item& left,
                                    const Item& right) const;
  [[nodiscard]] Verdict compare(const Condition& condition, const Item& left,
                                const Item& right) const;
  [[nodiscard]] Verdict compared(const Condition& condition, const Item& left,
                                 const Item& right) const;
  [[nodiscard]] std::string words(const Item& item) const;

  const PolicyView& view_;
  mutable std::size_t looked_at_ = 0;
  mutable bool is_spent_ = false;
  mutable Reached here_ = {}, next_ = {};  // of straight(), which is asked often
  mutable std::vector<Reached> spare_ = {};
  mutable std::vector<SubjectVerdict> of_subject_ = {};
  mutable tsl::robin_map<std::pair<const Condition*, ValueId>, Verdict, ComparedHash> compared_ =
      {};
};

// What an expression is that the policy says itself: a number or a text.
std::optional<Item> literal_of(const Expression& expression);
bool is_container(const ValuePool& pool, ValueId value);  // a map or a list
// What an item rests on; of a container each entry says it for itself.
std::uint8_t rests_on(const ValuePool& pool, const Item& item);
// What an item is as a text or a number, where the templates say it. Of a text with AWS's own
// parameters in it ("arn:${AWS::Partition}:..."), that of an ordinary account.
std::optional<std::string_view> text_of(const PolicyView& view, const Item& item);
std::optional<double> number_of(const PolicyView& view, const Item& item);
std::optional<double> number_in(std::string_view text);

}  // namespace fnlint
