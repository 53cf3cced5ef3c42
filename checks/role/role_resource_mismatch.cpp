// A statement is allowed to name an action and a resource that do not go together, and then allows
// nothing by it: an object's action on a bucket, a key's on its alias.

#include "checks/role/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/said_arn.h"
#include "checks/view/value_cases.h"
#include "core/glob.h"
#include "core/text.h"
#include "tables/iam_actions.h"
#include "tables/known.h"
#include "tables/models.h"
#include "values/actions.h"
#include "values/answers.h"
#include "values/read_whole.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

using Forms = std::vector<std::string_view>;  // of ARNs; the tables have them

// The forms of what an action is done to.
Forms forms_of(std::string_view action) {
  const std::size_t colon = std::min(action.find(':'), action.size() - 1);
  const std::string prefix = lower(action.substr(0, colon));
  Forms forms;
  for (const IamResources& row : iam_resources())
    if (row.prefix == prefix && lists_action(row.actions, action.substr(colon + 1)))
      forms.push_back(row.arn);
  return forms;
}

// Such an action is allowed by a statement on "*" alone. Of further services the reference does not
// say it well enough: codestar-connections:UseConnection is done to a connection.
bool is_done_to_nothing(std::string_view action) {
  const std::size_t colon = std::min(action.find(':'), action.size() - 1);
  const std::string prefix = lower(action.substr(0, colon));
  const IamService* const service = find_iam_service(prefix);
  return service != nullptr && !is_one_of(known::services_of_the_account(), prefix) &&
         lists_action(service->actions, action.substr(colon + 1)) &&
         std::ranges::any_of(iam_resources(),
                             [&](const IamResources& row) { return row.prefix == prefix; });
}

// The resources of one statement, for the forms that are asked of them.
class Resources {
 public:
  // Not known as a whole: nothing can be said.
  Resources(const Project& project, const Statement& row) {
    const SaidArn said(project);
    std::size_t size = 0;
    for (std::uint32_t i = 0; i < row.resources.count; ++i)
      for (const ValueCase& one :
           cases_of(*project.pool, project.stacks.statement_values[row.resources.first + i])) {
        arns_.push_back(said.of(one.value));
        uncertainty_ |= one.uncertainty;
        size += arns_.back().size();
        if (arns_.back().empty() || size > kLargestPolicy) known_ = false;
        if (!known_) return;
      }
    known_ = !arns_.empty();
  }
  [[nodiscard]] bool is_known() const { return known_; }
  [[nodiscard]] std::uint8_t uncertainty() const { return uncertainty_; }
  [[nodiscard]] bool has_all() const {
    return std::ranges::any_of(arns_, [](const std::string& arn) {
      return arn.find_first_not_of('*') == std::string::npos;
    });
  }
  bool has_one_of(const Forms& forms) {
    return std::ranges::any_of(forms, [&](std::string_view form) {
      const auto [row, is_new] = met_.emplace(form, false);
      if (is_new)
        row->second = std::ranges::any_of(
            arns_, [&](const std::string& arn) { return patterns_meet(form, arn); });
      return row->second;
    });
  }

  // Whether one of these forms is here that others' names begin, as an object's does with its
  // bucket's.
  [[nodiscard]] bool has_below(const Resources& others, const Forms& forms) const {
    return std::ranges::any_of(arns_, [&](const std::string& arn) {
      const auto meets = [&](std::string_view form) { return patterns_meet(form, arn); };
      return std::ranges::any_of(forms, meets) &&
             std::ranges::any_of(others.arns_, [&](const std::string& other) {
               return patterns_meet(cat(other, "*"), arn);
             });
    });
  }

 private:
  // Characters of all policies within a role; a larger one is refused. Source: IAM User Guide, IAM
  // and AWS STS quotas.
  static constexpr std::size_t kLargestPolicy = 10'240;
  std::vector<std::string> arns_;
  std::uint8_t uncertainty_ = 0;
  bool known_ = true;
  std::map<std::string_view, bool> met_;
};

// `s3:ListAllMyBuckets` on `arn:aws:s3:::*`.
bool is_asked_of_all(Resources& resources, std::string_view action) {
  const auto* const row = known::row_of(known::asked_of_the_whole_service(), lower(action));
  return row != nullptr && resources.has_one_of({(*row)[1]});
}

class Mismatches {
 public:
  Mismatches(const Project& project, Findings& findings) : project_(project), findings_(findings) {
    for (const Statement& row : project.stacks.statements)
      if (row.allows && row.role.exists()) by_role_[row.role].push_back(&row);
    for (const Relation& row : project.stacks.relations)
      if (row.kind == RelationKind::Grants) users_[row.to].insert(row.from);
  }

  void look(const Statement& row) {
    if (row.generated || row.named || row.inverted || !row.allows || !row.role.exists()) return;
    Resources resources(project_, row);
    if (!resources.is_known()) return;
    const Stacks& stacks = project_.stacks;
    std::vector<Misfit> misfits;
    for (std::uint32_t i = row.actions.first; i < row.actions.first + row.actions.count; ++i) {
      const auto action = as_text(*project_.pool, stacks.statement_values[i]);
      if (!action || action->empty() || action->find_first_of("*?$") != action->npos) continue;
      Forms forms = forms_of(*action);
      const Span where = stacks.statement_places[i];
      const bool fits = forms.empty() ? resources.has_all() || !is_done_to_nothing(*action) ||
                                            is_asked_of_all(resources, *action)
                                      : resources.has_one_of(forms);
      if (where.file.exists() && !fits) misfits.push_back({*action, where, std::move(forms)});
    }
    // Where other actions fit, or another statement allows it, nobody may need this one there.
    const bool is_void = misfits.size() == row.actions.count;
    for (const Misfit& one : misfits) tell(row, one, resources, is_void);
  }

 private:
  struct Misfit {
    std::string_view action = {};
    Span where = {};
    Forms forms = {};
  };
  // Whether the role may have the action by another statement, on what lies below these resources.
  bool is_allowed_elsewhere(const Statement& row, const Resources& mine,
                            const Misfit& misfit) const {
    const ValuePool& pool = *project_.pool;
    return std::ranges::any_of(by_role_.at(row.role), [&](const Statement* const other) {
      if (other == &row) return false;
      if (other->inverted) return true;
      Answer acts = Answer::No;
      for (std::uint32_t i = 0; i < other->actions.count; ++i)
        for (const ValueCase& one :
             cases_of(pool, project_.stacks.statement_values[other->actions.first + i]))
          acts = either_of(acts, action_matches(pool, one.value, misfit.action));
      if (acts == Answer::No) return false;
      const Resources theirs(project_, *other);
      return !theirs.is_known() ||
             (misfit.forms.empty() ? theirs.has_all() : theirs.has_below(mine, misfit.forms));
    });
  }

  // No client of the service is imported, nor anything from which one might come: what else is not
  // known of the code does not ask for the action, as far as names tell.
  static bool has_no_client(const LambdaFunction& function, std::string_view action) {
    const std::string prefix = lower(action.substr(0, action.find(':')));
    const auto* const words = known::row_of(known::names_of_clients(), prefix);
    if (words == nullptr || !function.resolved || !function.libraries ||
        !function.libraries->complete || function.libraries->by_name)
      return false;
    return std::ranges::none_of(function.libraries->rows, [&](const LibraryImport& row) {
      const std::string name = lower(cat(row.module, '.', row.name));
      return name.find((*words)[1]) != name.npos ||
             is_one_of(known::whole_sdks(), lower(row.module.substr(0, row.module.find('.'))));
    });
  }

  // Whether code may need the action: it does, or some of what runs with the role is not read as a
  // whole. Else nothing is refused that anybody asks for.
  bool may_be_needed(const Statement& row, const Misfit& misfit) const {
    const auto users = users_.find(row.role);
    if (users == users_.end()) return true;
    const std::string wanted = lower(misfit.action);
    const auto needs = [&](const auto& call) {
      if (lower(call.missing_action) == wanted) return true;
      if (call.operation == UINT32_MAX || call.permission == Permission::Allowed) return false;
      return std::ranges::any_of(operations()[call.operation].actions, [&](std::string_view any) {
        return std::ranges::any_of(split(any, '|'),
                                   [&](std::string_view one) { return lower(one) == wanted; });
      });
    };
    return std::ranges::any_of(project_.functions, [&](const LambdaFunction& function) {
      return users->second.contains(function.resource) &&
             ((!is_read_whole(function) && !has_no_client(function, misfit.action)) ||
              std::ranges::any_of(function.effects, needs) ||
              std::ranges::any_of(function.unknown_calls, needs) ||
              std::ranges::any_of(function.requests, needs) ||
              std::ranges::any_of(function.init_work, needs));
    });
  }

  void tell(const Statement& row, const Misfit& misfit, const Resources& mine, bool is_void) {
    if (!told_.emplace(misfit.where, std::string(misfit.action)).second) return;
    is_void = is_void && may_be_needed(row, misfit) && !is_allowed_elsewhere(row, mine, misfit);
    const bool to_nothing = misfit.forms.empty();
    if (to_nothing && !is_void) return;  // copied along with the others: nobody may need it
    auto uncertainty = mine.uncertainty();
    if (to_nothing) uncertainty |= kHeuristic;  // the reference has gaps
    findings_.push_back(
        FindingBuilder("role-resource-mismatch", uncertainty)
            .at(misfit.where)
            .says("'", misfit.action, "' is done to ",
                  to_nothing ? cat("no resource: only a statement on '*' allows it, and this one "
                                   "allows nothing by it.")
                             : cat(label_of(misfit.forms),
                                   ": no resource of this statement is one, so it allows nothing "
                                   "by it."))
            .identified(name_of(project_, row.role), ':', misfit.action)
            .grade_if(!is_void, Severity::Note)
            .caused_by({.key = cat(misfit.where.file.index, ' ',
                                   to_nothing ? std::string_view("*") : misfit.forms.front(),
                                   is_void ? " void" : ""),
                        .apart = 1,
                        .also = cat("'", misfit.action, "' is not allowed here, either.")}));
  }
  // Any partition, region and account; a resource has a name, of which "*" might be more.
  static std::string words_of_form(std::string_view form) {
    constexpr int kColons = 5;  // before the resource
    std::string words;
    int colons = 0;
    for (const char c : form) {
      colons += c == ':' ? 1 : 0;
      words += c != '+' ? std::string(1, c) : colons < kColons ? "*" : "NAME";
    }
    return words;
  }
  // The plainest ones first.
  static std::string label_of(Forms forms) {
    constexpr std::size_t kShown = 2;
    std::ranges::sort(forms, {}, &std::string_view::size);
    std::string words;
    for (std::size_t i = 0; i < std::min(forms.size(), kShown); ++i) {
      words += i == 0 ? "" : forms.size() > kShown ? ", " : " or ";
      words += words_of_form(forms[i]);
    }
    return forms.size() > kShown ? cat(words, " and others") : words;
  }

  const Project& project_;
  Findings& findings_;
  std::map<ResourceId, std::vector<const Statement*>> by_role_;
  std::map<ResourceId, std::set<ResourceId>> users_ = {};  // functions of a role
  std::set<std::pair<Span, std::string>> told_;
};

}  // namespace

void role_resource_mismatch(const Project& project, const Settings&, Findings& findings) {
  Mismatches mismatches(project, findings);
  for (const Statement& row : project.stacks.statements) mismatches.look(row);
}

}  // namespace fnlint
