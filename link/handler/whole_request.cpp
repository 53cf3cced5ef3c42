// Follows a request's record through variables, spreads, commands and one caller, and gives up
// where something else might add to it.

#include "link/handler/whole_request.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "tables/models.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

constexpr int kSteps = 12;  // of variables, spread records and callers

// Names under which SDKs have operations, and those of what makes their commands.
const std::set<std::string_view>& names_of_operations(Language language) {
  static const auto kNames = [] {  // of the tables
    std::map<Language, std::set<std::string_view>> names;
    for (const LibraryModel& row : library_models())
      if (!row.operation.empty() || !row.command.empty() || !row.effect_of.empty())
        names[row.language].insert(row.path.substr(row.path.rfind('.') + 1));
    return names;
  }();
  static const std::set<std::string_view> kNone;
  const auto found = kNames.find(language);
  return found == kNames.end() ? kNone : found->second;
}

class WholeRequest {
 public:
  WholeRequest(std::span<const ModuleInfo> modules, const Step& step)
      : modules_(modules), step_(step) {}

  bool ask() {
    const Call* const call = call_at(step_.at);
    if (call == nullptr) return false;
    const CodeFacts& code = code_of(step_.at);
    const auto given = code.operands_of(call->arguments);
    const std::size_t outer = step_.via.size();
    static const LibraryModel kOfNoRow{.members_in = "0"};
    const LibraryModel& row =
        step_.library == UINT32_MAX ? kOfNoRow : library_models()[step_.library];
    if (!row.command.empty()) return !given.empty() && is_command(step_.at, given[0].value, outer);
    if (row.members_in.empty()) return are_whole(step_.at, given, outer);
    if (row.members_in != "0") return false;
    if (!given.empty() && !given[0].key.exists() && !given[0].name.exists())
      return given[0].spread == 0 && is_whole(step_.at, given[0].value, outer);
    return are_whole(step_.at, given, outer);  // named ones are a record
  }

 private:
  [[nodiscard]] const CodeFacts& code_of(CallSite at) const {
    return *modules_[at.module.index].facts;
  }
  // Null: it is none.
  [[nodiscard]] const Call* call_at(CallSite at) const {
    if (at.module.index >= modules_.size() || !at.op.exists()) return nullptr;
    const CodeFacts& code = code_of(at);
    const Op& op = code.ops[at.op.index];
    return op.kind == OpKind::Call ? &code.calls[op.detail] : nullptr;
  }

  // `client.send(new PutCommand({ ... }))`
  bool is_command(CallSite at, ExprId expr, std::size_t outer) {
    if (!expr.exists() || ++steps_ > kSteps) return false;
    const CodeFacts& code = code_of(at);
    const Expr& row = code.exprs[expr.index];
    if (row.kind == ExprKind::Result) {
      const Call* const made = call_at({at.module, OpId{row.ref}});
      const auto given =
          made == nullptr ? std::span<const Operand>() : code.operands_of(made->arguments);
      return made != nullptr && made->mode == CallMode::Construct && !given.empty() &&
             given[0].spread == 0 && is_whole({at.module, OpId{row.ref}}, given[0].value, outer);
    }
    if (row.kind != ExprKind::Variable) return false;
    const VariableId variable{row.ref};
    if (code.variables[row.ref].kind == VariableKind::Parameter)
      return given_by_caller(at, variable, outer, [&](CallSite by, ExprId given) {
        return is_command(by, given, outer - 1);
      });
    const ExprId value = sole_values(code)[row.ref];
    return value.exists() && is_command(at, value, outer);
  }

  bool are_whole(CallSite at, std::span<const Operand> given, std::size_t outer) {
    return std::ranges::all_of(given, [&](const Operand& one) {
      if (one.spread != 0) return is_whole(at, one.value, outer);
      const CodeFacts& code = code_of(at);
      const bool by_key = one.key.exists() && code.exprs[one.key.index].kind == ExprKind::Text;
      const std::string_view name =
          by_key ? code.string(code.exprs[one.key.index].name) : code.string(one.name);
      if (is_map(name) && !is_written(code, one.value)) return false;
      return !one.key.exists() || code_of(at).exprs[one.key.index].kind == ExprKind::Text;
    });
  }

  // Of a request, what its expressions are read with: an entry more or less decides.
  static bool is_map(std::string_view member) {
    return flat_name(member).starts_with("expressionattribute");
  }
  // A record that stands there, or a variable that is given nothing else.
  static bool is_written(const CodeFacts& code, ExprId expr) {
    if (!expr.exists()) return false;
    const Expr& row = code.exprs[expr.index];
    if (row.kind == ExprKind::Record) return true;
    if (row.kind != ExprKind::Variable) return false;
    const ExprId value = sole_values(code)[row.ref];
    return value.exists() && code.exprs[value.index].kind == ExprKind::Record;
  }
  bool is_whole(CallSite at, ExprId expr, std::size_t outer) {
    if (!expr.exists() || ++steps_ > kSteps) return false;
    const CodeFacts& code = code_of(at);
    const Expr& row = code.exprs[expr.index];
    const auto operands = code.operands_of(row.operands);
    if (row.kind == ExprKind::Record) return are_whole(at, operands, outer);
    if (row.kind == ExprKind::Choose)
      return std::ranges::all_of(
          operands.subspan(1), [&](const Operand& one) { return is_whole(at, one.value, outer); });
    if (row.kind != ExprKind::Variable) return false;
    const VariableId variable{row.ref};
    const Variable& held = code.variables[row.ref];
    if ((held.flags & kExported) != 0 || !is_kept(at, variable)) return false;
    if (held.kind == VariableKind::Parameter)
      return given_by_caller(at, variable, outer, [&](CallSite by, ExprId given) {
        return is_whole(by, given, outer - 1);
      });
    if (held.kind != VariableKind::Local && held.kind != VariableKind::Module) return false;
    bool is_set = false;
    for (const Assign& assign : code.assigns) {
      if (!is_variable(code, assign.target, variable)) continue;
      is_set = true;
      if (assign.mode == AssignMode::Delete || assign.mode == AssignMode::Update ||
          !is_whole(at, assign.value, outer))
        return false;
    }
    return is_set;
  }

  // What the call right outside gives for a parameter of the function around.
  template <class Ask>
  bool given_by_caller(CallSite at, VariableId parameter, std::size_t outer, const Ask& ask) {
    if (outer == 0) return false;
    const CodeFacts& code = code_of(at);
    const Variable& held = code.variables[parameter.index];
    const Function& function = code.functions[held.owner.index];
    const CallSite by = step_.via[outer - 1];
    const Call* const call = call_at(by);
    if (call == nullptr || function_around(code, at.op) != held.owner) return false;
    const auto given = code_of(by).operands_of(call->arguments);
    for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
      const Parameter& row = code.parameters[function.parameters.first + i];
      if (row.variable != parameter) continue;
      if (row.rest != RestKind::None || i >= given.size()) return false;
      const bool is_plain = std::ranges::all_of(given.first(i + 1), [](const Operand& one) {
        return one.spread == 0 && !one.name.exists() && !one.key.exists();
      });
      return is_plain && ask(by, given[i].value);
    }
    return false;
  }

  // Nothing gets the variable that may put something into what it holds: it is only set, read by
  // its members, written to a log or given to an SDK.
  [[nodiscard]] bool is_kept(CallSite at, VariableId variable) const {
    const CodeFacts& code = code_of(at);
    const FunctionId owner = code.variables[variable.index].owner;
    for (std::uint32_t i = 0; i < code.functions.size(); ++i) {
      const Function& function = code.functions[i];
      if (!function.first.exists() || !is_within(code, FunctionId{i}, owner)) continue;
      for (OpId op = function.first; op < function.end; ++op.index)
        if (!is_kept_by(code, at, op, variable)) return false;
    }
    return true;
  }
  [[nodiscard]] bool is_kept_by(const CodeFacts& code, CallSite at, OpId op,
                                VariableId variable) const {
    const Op& row = code.ops[op.index];
    if (row.kind == OpKind::Opaque) return !may_write(code, code.opaques[row.detail], variable);
    if (row.kind == OpKind::Assign) {
      const Assign& assign = code.assigns[row.detail];
      return !hands_on(code, assign.value, variable) && keeps_target(code, assign, variable);
    }
    bool kept = true;
    const bool looks = row.kind == OpKind::Call && only_looks(code, at, op);
    visit_expressions(code, op, [&](ExprId expr) {
      const bool whole = is_variable(code, expr, variable);
      kept = kept && ((whole && looks) || !hands_on(code, expr, variable));
    });
    return kept;
  }
  static bool may_write(const CodeFacts& code, const Opaque& opaque, VariableId variable) {
    const auto written =
        std::span(code.written).subspan(opaque.may_write.first, opaque.may_write.count);
    return std::ranges::find(written, variable) != written.end();
  }
  // `request.Key = ...`, and nothing within what it has.
  static bool keeps_target(const CodeFacts& code, const Assign& assign, VariableId variable) {
    const ExprId target = assign.target;
    if (!target.exists() || is_variable(code, target, variable)) return true;
    if (root_variable(code, target) != variable) return !hands_on(code, target, variable);
    const Expr& row = code.exprs[target.index];
    if (!is_variable(code, ExprId{row.ref}, variable)) return false;
    const ExprId key = text_key(code, target);
    if (row.kind != ExprKind::Member && !key.exists()) return false;
    const std::string_view name =
        key.exists() ? code.string(code.exprs[key.index].name) : code.string(row.name);
    return !is_map(name) || is_written(code, assign.value);
  }

  // Whether the variable stands in it otherwise than as what a member is read of.
  static bool hands_on(const CodeFacts& code, ExprId expr, VariableId variable) {
    if (!expr.exists()) return false;
    const Expr& row = code.exprs[expr.index];
    if (row.kind == ExprKind::Variable) return row.ref == variable.index;
    const bool reads = (row.kind == ExprKind::Member || row.kind == ExprKind::Index) &&
                       is_variable(code, ExprId{row.ref}, variable);
    if (has_base(row.kind) && !reads && hands_on(code, ExprId{row.ref}, variable)) return true;
    return std::ranges::any_of(code.operands_of(row.operands), [&](const Operand& one) {
      return hands_on(code, one.key, variable) || hands_on(code, one.value, variable);
    });
  }
  [[nodiscard]] bool only_looks(const CodeFacts& code, CallSite at, OpId op) const {
    const CallSite here{at.module, op};
    if (here == step_.at || std::ranges::find(step_.via, here) != step_.via.end()) return true;
    const ExprId callee = code.calls[code.ops[op.index].detail].callee;
    if (is_log(code, callee)) return true;
    const Expr& row = code.exprs[callee.index];
    const std::string_view name = row.kind == ExprKind::Variable
                                      ? code.string(code.variables[row.ref].name)
                                      : code.string(row.name);
    return names_of_operations(code.language).contains(name) || name == "stringify" ||
           name == "dumps";
  }

  std::span<const ModuleInfo> modules_;
  const Step& step_;
  int steps_ = 0;
};

}  // namespace

ValueId with_spread_members(ValuePool& pool, ValueId members) {
  constexpr std::string_view kSpread = "**";
  if (!pool.is(members, ValueKind::Record)) return members;
  std::vector<NamedValue> all;
  bool is_spread = false;
  for (std::size_t i = 0; i < pool.names(members).size(); ++i) {
    const ValueId one = pool.operands(members)[i];
    const bool known = pool[pool.names(members)[i]] == kSpread && pool.is(one, ValueKind::Record) &&
                       pool[one].ref == 0;
    is_spread = is_spread || known;
    if (!known) all.push_back({pool.names(members)[i], one});
    for (std::size_t j = 0; known && j < pool.names(one).size(); ++j)
      all.push_back({pool.names(one)[j], pool.operands(one)[j]});
  }
  return is_spread ? pool.record(all, pool[members].ref == 1) : members;
}

bool is_whole_request(std::span<const ModuleInfo> modules, const Step& step) {
  return WholeRequest(modules, step).ask();
}

}  // namespace fnlint
