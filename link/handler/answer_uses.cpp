// Follows an answer, its content and its status through variables, members and callers, until
// something looks at the status or the content is used without.

#include "link/handler/answer_uses.h"

#include "core/text.h"
#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "link/handler/callee_rows.h"
#include "tables/code_words.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "tables/models.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace fnlint {

namespace {

// What a value is of the answer: nothing, the answer itself, its content or a part of that, its
// status.
constexpr std::uint8_t kNoPart = 0, kAnswer = 1, kContent = 2, kStatus = 4;

bool names(std::string_view name, std::string_view words) {
  for (const std::string_view word : split(words, '|'))
    if (word == name) return true;
  return false;
}

// Follows the answer and its content through one module.
class AnswerReader {
 public:
  AnswerReader(const CodeFacts& code, const AnswerMembers& members)
      : code_(code),
        members_(members),
        ops_(code.ops.size(), kNoPart),
        variables_(code.variables.size(), kNoPart),
        values_(sole_values(code)) {}

  // What the function around the call gives back.
  std::uint8_t follow(OpId call, std::uint8_t part) {
    around_ = function_around(code_, call);
    const std::vector<OpId> holding = ops_holding(code_, call);
    const bool is_in_loop = std::ranges::any_of(
        holding, [&](OpId op) { return code_.ops[op.index].kind == OpKind::Loop; });
    // A variable may have had something else before, but for one that outlives the function.
    const auto is_before = [&](OpId at) {
      return part == kAnswer && !is_in_loop && at < call && around_.exists() &&
             code_.functions[around_.index].first <= at && !names_lasting(at);
    };
    add(ops_[call.index], part);
    constexpr int kRounds = 6;
    for (int round = 0; round < kRounds && grew_; ++round) {
      grew_ = false;
      for (OpId at{0}; at.index < code_.ops.size(); ++at.index)
        if (!is_before(at)) read(at);
    }
    return returned_;
  }
  // Somebody looks at the status, or at what the content says of it; or that is not known.
  [[nodiscard]] bool is_asked() const { return asked_; }
  [[nodiscard]] bool is_parsed() const { return first_parsed_.exists(); }
  [[nodiscard]] OpId used() const { return used_; }
  [[nodiscard]] bool is_touched() const { return touched_; }

 private:
  void add(std::uint8_t& to, std::uint8_t part) {
    const auto sum = static_cast<std::uint8_t>(to | part);
    grew_ = grew_ || sum != to;
    to = sum;
  }
  void use(OpId at) {
    if (!used_.exists()) used_ = at;
  }
  [[nodiscard]] std::string_view text_of(ExprId expr) const {
    if (!expr.exists()) return {};
    const Expr& row = code_.exprs[expr.index];
    return row.kind == ExprKind::Text ? code_.string(row.name) : std::string_view();
  }
  [[nodiscard]] bool is_dropped(OpId call) {
    if (!uses_) uses_ = call_uses(code_);
    return uses_->results[call.index] == ResultUse::Dropped;
  }
  [[nodiscard]] static bool raises_for_status(std::string_view name) {
    const std::string flat = lower(name);
    return flat == "value" || flat.find("raise") != flat.npos || flat.find("ensure") != flat.npos ||
           flat.find("error") != flat.npos;
  }
  [[nodiscard]] bool names_lasting(OpId at) const {
    bool found = false;
    visit_expressions(code_, at, [&](ExprId expr) {
      visit_parts(code_, expr, [&](const Expr& row) {
        found =
            found || (row.kind == ExprKind::Variable && code_.variables[row.ref].owner != around_ &&
                      variables_[row.ref] != kNoPart);
      });
    });
    return found;
  }
  // Its headers, its address: something of it is wanted.
  void note_touched(std::string_view name) {
    touched_ =
        touched_ || (!in_log_ && !names(name, members_.content) && !names(name, members_.status) &&
                     !is_one_of(known::releasing_methods(), name));
  }
  // `data.error`: who reads it looks for failures.
  void note_field(std::string_view field) {
    asked_ = asked_ || is_one_of(known::telling_fields(), lower(field));
  }

  std::uint8_t member(const Expr& row, int depth) {
    const std::uint8_t base = part_of(ExprId{row.ref}, depth + 1);
    const std::string_view name = code_.string(row.name);
    if ((base & kAnswer) != 0) {
      note_touched(name);
      if (names(name, members_.content)) return kContent;
      return names(name, members_.status) ? kStatus : kNoPart;
    }
    if ((base & kStatus) != 0) return kStatus;
    if ((base & kContent) != 0) note_field(name);
    return base;
  }
  std::uint8_t index(const Expr& row, int depth) {
    const std::uint8_t base = part_of(ExprId{row.ref}, depth + 1);
    if (base == kNoPart) return kNoPart;
    const auto operands = code_.operands_of(row.operands);
    const std::string_view name = text_of(operands.empty() ? ExprId{} : operands[0].value);
    // `response["Payload"]` of a dict
    if ((base & kAnswer) != 0 && names(name, members_.content)) return kContent;
    if ((base & kAnswer) != 0 && names(name, members_.status)) return kStatus;
    note_field(name);
    // Where what is wanted is not there, that raises.
    asked_ =
        asked_ || (members_.missing_tells && raises_if_missing(code_.language) && !name.empty());
    return kContent;
  }
  std::uint8_t any_of(Slice<Operand> operands, int depth) {
    std::uint8_t found = kNoPart;
    for (const Operand& operand : code_.operands_of(operands))
      found |= part_of(operand.value, depth + 1);
    return found;
  }
  std::uint8_t operated(const Expr& row, int depth) {
    const std::uint8_t found = any_of(row.operands, depth);
    switch (static_cast<OperatorKind>(row.detail)) {
      case OperatorKind::Equal:
      case OperatorKind::NotEqual:
        asked_ = asked_ || (!in_log_ && tells(found, row.operands));
        return kNoPart;
      case OperatorKind::Not:
      case OperatorKind::Less:
      case OperatorKind::LessEqual:
      case OperatorKind::In: ask(in_log_ ? kNoPart : found); return kNoPart;
      default: return found;
    }
  }
  // Where an error stands in the place of the content, that there is one says nothing, nor what is
  // missing in it: `if (payload)`, `key in payload`.
  void ask(std::uint8_t part) {
    const auto told = static_cast<std::uint8_t>(members_.missing_tells ? part : part & kStatus);
    asked_ = asked_ || told != kNoPart;
  }
  // ... but a mark of success that all of it is compared with.
  bool tells(std::uint8_t part, Slice<Operand> compared) {
    if (part == kNoPart || members_.missing_tells || (part & kStatus) != 0) return part != kNoPart;
    return std::ranges::any_of(code_.operands_of(compared), [&](const Operand& operand) {
      if (!operand.value.exists()) return false;
      const ExprKind kind = code_.exprs[operand.value.index].kind;
      const bool is_field = kind == ExprKind::Index ||
                            (kind == ExprKind::Member && !is_content_of_answer(operand.value));
      return !is_field && (part_of(operand.value) & kContent) != 0;
    });
  }
  // `answer.Payload`, and not a field of that.
  bool is_content_of_answer(ExprId expr) {
    return (part_of(ExprId{code_.exprs[expr.index].ref}) & kAnswer) != 0;
  }
  std::uint8_t part_of(ExprId expr, int depth = 0) {
    constexpr int kDepth = 40;
    if (!expr.exists() || depth > kDepth) return kNoPart;
    const Expr& row = code_.exprs[expr.index];
    switch (row.kind) {
      case ExprKind::Variable: return variables_[row.ref];
      case ExprKind::Result: return ops_[row.ref];
      case ExprKind::Member: return member(row, depth);
      case ExprKind::Index: return index(row, depth);
      case ExprKind::Part: return part_of(ExprId{row.ref}, depth + 1);
      case ExprKind::Operator: return operated(row, depth);
      case ExprKind::TypeTest: ask(part_of(ExprId{row.ref}, depth + 1)); return kNoPart;
      case ExprKind::Choose: {
        const auto operands = code_.operands_of(row.operands);
        if (!operands.empty()) test(operands[0].value);
        return any_of(row.operands, depth);
      }
      case ExprKind::Concat:
      case ExprKind::List:
      case ExprKind::Record: return any_of(row.operands, depth);
      default: return kNoPart;
    }
  }
  void test(ExprId condition) { ask(part_of(condition)); }

  void read(OpId at) {
    const Op& op = code_.ops[at.index];
    switch (op.kind) {
      case OpKind::Assign: return read_assign(code_.assigns[op.detail]);
      case OpKind::Call: return read_call(code_.calls[op.detail], at);
      case OpKind::Await: return add(ops_[at.index], part_of(code_.awaits[op.detail].value));
      case OpKind::Yield:
        asked_ = part_of(code_.yields[op.detail].value) != kNoPart || asked_;
        return;
      case OpKind::Branch: return test(code_.branches[op.detail].condition);
      case OpKind::Loop: return read_loop(code_.loops[op.detail], at);
      case OpKind::Exit: return read_exit(code_.exits[op.detail], at);
      default: return;
    }
  }
  void read_exit(const Exit& left, OpId at) {
    if (left.kind != ExitKind::Return) return;  // an error that quotes it
    const std::uint8_t part = part_of(left.value);
    asked_ = asked_ || (part & kStatus) != 0 ||
             (around_.exists() && is_refused(left.value, code_.functions[around_.index].returns));
    if (part != kNoPart && function_around(code_, at) == around_) returned_ |= part;
  }
  void read_loop(const Loop& row, OpId at) {
    const std::uint8_t part = part_of(row.subject);
    if (part == kNoPart) return;
    use(at);
    asked_ = asked_ || (part & kAnswer) != 0;
    if (const VariableId root = root_variable(code_, row.target); root.exists())
      add(variables_[root.index], kContent);
  }
  // Read as a type that an error's content does not fit: that fails.
  [[nodiscard]] bool refuses(const Call& row, TypeId type) const {
    if (!type.exists() || !is_one_of(known::refusing_decoders(), last_name(row.callee)))
      return false;
    const Type& read = code_.types[type.index];
    const std::string_view path = code_.string(read.path);
    for (const Class& one : code_.classes) {
      if (code_.string(one.name) != path) continue;
      const auto fields = std::span(code_.fields).subspan(one.fields.first, one.fields.count);
      return std::ranges::any_of(fields, [](const Field& field) { return field.is_required != 0; });
    }
    // Of another file: Java's classes need no field, Kotlin names them at the call itself.
    const bool may_need =
        code_.language == Language::Rust || (code_.language == Language::Java && type == row.given);
    return may_need && read.named.exists() && !path.starts_with("serde_json.") &&
           !path.starts_with("std.") && !path.starts_with("kotlin");
  }
  // What a value is, where it stands for the result of such a call, is of a declared type.
  [[nodiscard]] bool is_refused(ExprId value, TypeId type) const {
    constexpr int kSteps = 4;
    for (int step = 0; step < kSteps && value.exists() && type.exists(); ++step) {
      const Expr& row = code_.exprs[value.index];
      if (row.kind != ExprKind::Result) return false;
      const Op& op = code_.ops[row.ref];
      if (op.kind == OpKind::Call)
        return (ops_[row.ref] & kContent) != 0 && refuses(code_.calls[op.detail], type);
      if (op.kind != OpKind::Await) return false;
      value = code_.awaits[op.detail].value;
    }
    return false;
  }
  void read_assign(const Assign& row) {
    const std::uint8_t part = part_of(row.value);
    if (!row.target.exists()) return;
    const VariableId root = root_variable(code_, row.target);
    if (part == kNoPart) return;
    asked_ = asked_ || (root.exists() && is_refused(row.value, code_.variables[root.index].type));
    const bool whole = code_.exprs[row.target.index].kind == ExprKind::Variable;
    const bool is_own = root.exists() &&
                        code_.variables[root.index].kind != VariableKind::Receiver &&
                        (code_.variables[root.index].flags & kExported) == 0;
    if (!is_own || (!whole && (part & kAnswer) != 0)) {
      asked_ = true;  // whoever finds it there may
      return;
    }
    add(variables_[root.index], whole ? part : kContent);
  }

  void read_call(const Call& row, OpId at) {
    const Expr& callee = code_.exprs[row.callee.index];
    const std::string_view name =
        callee.kind == ExprKind::Member ? code_.string(callee.name) : std::string_view();
    const std::uint8_t base =
        callee.kind == ExprKind::Member ? part_of(ExprId{callee.ref}) : kNoPart;
    if (is_one_of(known::settling_methods(), name) && base != kNoPart)
      return read_settled(row, at, name, base);
    if ((base & kAnswer) != 0) read_method(name, row.arguments.count != 0, at);
    asked_ = asked_ || (base & kStatus) != 0;
    if ((base & kContent) != 0) read_content_method(row, at);
    if (base == kNoPart) part_of(row.callee);
    read_arguments(row, at);
    asked_ = asked_ || ((ops_[at.index] & kContent) != 0 && refuses(row, row.given));
  }
  void note_parsed(OpId at) {
    if (!first_parsed_.exists() || at < first_parsed_) first_parsed_ = at;
  }
  // `answer.json()`, `answer.raise_for_status()`
  void read_method(std::string_view name, bool is_given, OpId at) {
    if (names(name, members_.status)) {
      // What it tells may go to a log alone.
      asked_ = asked_ || is_dropped(at) || raises_for_status(name) || is_given;
      add(ops_[at.index], kStatus);
    }
    note_touched(name);
    if (!names(name, members_.content)) return;
    if (is_one_of(known::parsing_methods(), name)) note_parsed(at);
    add(ops_[at.index], kContent);
  }
  // `data.get("error")`, `rows.map((row) => ...)`
  void read_content_method(const Call& row, OpId at) {
    add(ops_[at.index], kContent);
    asked_ = asked_ || (members_.missing_tells && insists_on_part(row));
    if (is_one_of(known::parsing_methods(), last_name(row.callee))) {
      note_parsed(at);
      fill(row);
    }
    for (const Operand& operand : code_.operands_of(row.arguments)) {
      if (!operand.value.exists()) continue;
      note_field(text_of(operand.value));
      give(operand.value, kContent);
    }
  }
  // `data.get("id").context("no id")?`, `data.getString("id")`: an error does not have it, and
  // fails there.
  [[nodiscard]] bool insists_on_part(const Call& row) {
    const std::string_view name = code_.string(code_.exprs[row.callee.index].name);
    if (is_one_of(known::insisting_getters(), name)) return names_part(row);
    if (!is_one_of(known::insisting_methods(), name)) return false;
    constexpr int kSteps = 4;  // `data["id"].as_str().unwrap()`
    ExprId of{code_.exprs[row.callee.index].ref};
    for (int step = 0; step < kSteps && of.exists(); ++step) {
      const Expr& at = code_.exprs[of.index];
      if (at.kind == ExprKind::Index) return true;
      if (at.kind != ExprKind::Result || code_.ops[at.ref].kind != OpKind::Call) return false;
      const Call& before = code_.calls[code_.ops[at.ref].detail];
      const Expr& callee = code_.exprs[before.callee.index];
      const bool is_of_content =
          callee.kind == ExprKind::Member && (part_of(ExprId{callee.ref}) & kContent) != 0;
      if (!is_of_content || names_part(before)) return is_of_content;
      of = ExprId{callee.ref};
    }
    return false;
  }
  [[nodiscard]] bool names_part(const Call& row) const {
    const auto given = code_.operands_of(row.arguments);
    return !given.empty() && !text_of(given[0].value).empty();
  }
  void give(ExprId function, std::uint8_t part) {
    const Expr& row = code_.exprs[function.index];
    if (row.kind != ExprKind::Function) return;
    const Slice<Parameter> parameters = code_.functions[row.ref].parameters;
    if (parameters.count != 0)
      add(variables_[code_.parameters[parameters.first].variable.index], part);
  }
  [[nodiscard]] std::uint8_t given_back(const Function& function) {
    std::uint8_t part = kNoPart;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index)
      if (code_.ops[at.index].kind == OpKind::Exit &&
          code_.exits[code_.ops[at.index].detail].kind == ExitKind::Return)
        part |= part_of(code_.exits[code_.ops[at.index].detail].value);
    return part;
  }
  // `fetch(url).then((answer) => answer.json())`
  void read_settled(const Call& row, OpId at, std::string_view name, std::uint8_t base) {
    const auto operands = code_.operands_of(row.arguments);
    if (name != "then") return add(ops_[at.index], base);
    if (operands.empty() || !operands[0].value.exists()) return;
    const Expr& done = code_.exprs[operands[0].value.index];
    if (done.kind != ExprKind::Function) {
      asked_ = true;
      return;
    }
    give(operands[0].value, base);
    add(ops_[at.index], given_back(code_.functions[done.ref]));
  }

  void read_arguments(const Call& row, OpId at) {
    const bool logs = is_log(code_, row.callee);
    in_log_ = logs;
    std::uint8_t part = kNoPart;
    for (const Operand& operand : code_.operands_of(row.arguments)) part |= part_of(operand.value);
    in_log_ = false;
    if (logs || part == kNoPart) return;
    const LibraryModel* const model = row_of_callee(code_, row.callee);
    // A schema refuses the content of an error, once that is data; what reads a text as data does not.
    const bool is_data = first_parsed_.exists() && first_parsed_ < at;
    asked_ = asked_ || (is_data && (model == nullptr || model->cleans == "checked") &&
                        is_one_of(known::validating_methods(), last_name(row.callee)));
    if (is_one_of(known::parsing_methods(), last_name(row.callee))) note_parsed(at);
    if ((part & (kAnswer | kStatus)) != 0) {
      asked_ = true;  // whoever gets it may look
      return;
    }
    if (has_error_values(code_.language) &&
        is_one_of(known::parsing_methods(), last_name(row.callee))) {
      fill(row);
      return add(ops_[at.index], kContent);
    }
    if (only_looks(model) || (model != nullptr && model->store == StoreHow::Append))
      return add(ops_[at.index], kContent);
    if (model == nullptr && hand_on(row, at)) return;
    use(at);
  }
  // To a function that may look at it: of the file, or of nobody knows where. What a library is
  // given of which no row is known is taken to be in what it gives.
  bool hand_on(const Call& row, OpId at) {
    const VariableId root = root_variable(code_, row.callee);
    if (!root.exists()) return false;
    const Variable& variable = code_.variables[root.index];
    const bool plain = code_.exprs[row.callee.index].kind == ExprKind::Variable;
    if (variable.kind == VariableKind::Import &&
        (!is_of_project(root) ||
         only_computes(code_.language, path_by_imports(code_, row.callee)))) {
      add(ops_[at.index], kContent);
      return true;
    }
    if (!plain && is_librarys_parser(root)) {
      asked_ = true;  // it may refuse what is none of its form
      return true;
    }
    if (!plain && variable.kind != VariableKind::Receiver && variable.kind != VariableKind::Import)
      return false;
    const ExprId value = values_[root.index];
    if (!plain || !value.exists() || code_.exprs[value.index].kind != ExprKind::Function) {
      asked_ = true;
      return true;
    }
    const Function& function = code_.functions[code_.exprs[value.index].ref];
    const auto operands = code_.operands_of(row.arguments);
    for (std::uint32_t i = 0; i < function.parameters.count && i < operands.size(); ++i)
      add(variables_[code_.parameters[function.parameters.first + i].variable.index],
          part_of(operands[i].value));
    add(ops_[at.index], given_back(function));
    return true;
  }
  // `const parser = new FeedParser()`, of a library.
  [[nodiscard]] bool is_librarys_parser(VariableId object) const {
    const ExprId value = values_[object.index];
    if (!value.exists() || code_.exprs[value.index].kind != ExprKind::Result) return false;
    const Op& op = code_.ops[code_.exprs[value.index].ref];
    if (op.kind != OpKind::Call) return false;
    const ExprId callee = code_.calls[op.detail].callee;
    const VariableId from = root_variable(code_, callee);
    return from.exists() && code_.variables[from.index].kind == VariableKind::Import &&
           !is_of_project(from) && lower(last_name(callee)).find("parse") != std::string::npos;
  }
  // `json.Unmarshal(body, &order)`
  void fill(const Call& row) {
    if (!has_error_values(code_.language)) return;
    for (const Operand& operand : code_.operands_of(row.arguments)) {
      const VariableId root =
          operand.value.exists() ? root_variable(code_, operand.value) : VariableId{};
      if (root.exists() && variables_[root.index] == kNoPart) add(variables_[root.index], kContent);
    }
  }
  [[nodiscard]] std::string_view last_name(ExprId callee) const {
    const std::string_view name = name_of(code_, callee);
    return name.substr(name.rfind('.') + 1);
  }
  // Where modules are named by paths, others are packages; elsewhere it may be either.
  [[nodiscard]] bool is_of_project(VariableId local) const {
    return std::ranges::any_of(code_.imports, [&](const Import& row) {
      if (row.local != local) return false;
      const std::string_view module = code_.string(row.module);
      if (module == "<builtins>") return false;
      return code_.language != Language::JavaScript || module.starts_with('.') ||
             module.starts_with('/') || module.starts_with('~') || module.starts_with("@/");
    });
  }

  const CodeFacts& code_;
  const AnswerMembers& members_;
  std::vector<std::uint8_t> ops_, variables_;
  std::vector<ExprId> values_;
  std::optional<CallUses> uses_ = {};
  FunctionId around_ = {};
  OpId first_parsed_ = {};
  OpId used_ = {};
  std::uint8_t returned_ = kNoPart;
  bool grew_ = false, asked_ = false, touched_ = false, in_log_ = false;
};

// `session.hooks`, `Retry(status_forcelist=...)`: what raises stands elsewhere.
bool may_raise_elsewhere(const CodeFacts& code) {
  return std::ranges::any_of(code.strings, [&](const Range& one) {
    return is_one_of(known::raising_settings(),
                     std::string_view(code.text).substr(one.begin, one.end - one.begin));
  });
}

}  // namespace

std::optional<AnswerMembers> answer_members(std::string_view library_path) {
  for (const auto& [begin, methods, content, status] : known::answers_that_do_not_raise()) {
    if (!library_path.starts_with(begin)) continue;
    const std::string_view method = library_path.substr(begin.size());
    if (methods.empty() || names(method, methods)) return AnswerMembers{content, status};
  }
  return std::nullopt;
}

std::optional<AnswerMembers> members_of_called(std::string_view operation) {
  for (const auto& [id, content, status] : known::answers_with_an_error_beside())
    if (id == operation) return AnswerMembers{content, status, false};
  return std::nullopt;
}

UncheckedAnswer unchecked_answer(std::span<const ModuleInfo> modules, const Step& request,
                                 const AnswerMembers& members) {
  CallSite at = request.at;
  std::size_t outer = request.via.size();
  std::uint8_t part = kAnswer;
  UncheckedAnswer found{.unseen = true};
  while (true) {
    if (at.module.index >= modules.size() || modules[at.module.index].facts == nullptr) return {};
    const ModuleInfo& module = modules[at.module.index];
    if (may_raise_elsewhere(*module.facts)) return {};
    AnswerReader reader(*module.facts, members);
    const std::uint8_t returned = reader.follow(at.op, part);
    if (reader.is_asked()) return {};
    found.parsed = found.parsed || reader.is_parsed();
    if (reader.used().exists() && !found.used.file.exists())
      found.used = {module.file, module.facts->op_ranges[reader.used().index]};
    found.unseen =
        found.unseen && !reader.is_touched() && !reader.is_parsed() && !found.used.file.exists();
    if (returned == kNoPart) return found;
    if (outer == 0) {
      if ((returned & kAnswer) != 0) return {};
      if (!found.used.file.exists())
        found.used = {module.file, module.facts->op_ranges[at.op.index]};
      found.unseen = false;
      return found;
    }
    part = returned;
    at = request.via[--outer];
  }
}

}  // namespace fnlint
