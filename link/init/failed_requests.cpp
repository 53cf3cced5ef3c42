// What is empty since nobody could be asked, and is taken for what was found.

#include "link/init/failed_requests.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/empty_answers.h"
#include "flow/syntax/error_handlers.h"
#include "link/handler/callee_rows.h"
#include "link/handler/sdk_names.h"
#include "tables/code_words.h"
#include "tables/known.h"
#include "tables/models.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

constexpr int kCallsBelow = 3;

// "putobject" of "s3.PutObject"
bool is_operation(std::string_view name) {
  static const std::set<std::string, std::less<>> all = [] {
    std::set<std::string, std::less<>> names;
    for (const Operation& one : operations())
      if (!is_local(one)) names.insert(flat_name(one.id.substr(one.id.find('.') + 1)));
    return names;
  }();
  return all.contains(flat_name(name));
}

// "requests.Get": not what is done in this process.
bool is_remote(std::string_view operation) {
  const Operation* const row = find_operation(operation);
  return row != nullptr && !is_local(*row);
}

class Requests {
 public:
  Requests(OwnCode& own, const Program& program, ModuleId module)
      : own_(own), program_(program), module_(module), code_(program.facts(module)) {}

  std::vector<FailedRequest> find() {
    std::vector<FailedRequest> found;
    for (std::uint32_t f = 1; f < code_.functions.size(); ++f) {
      const Function& function = code_.functions[f];
      const auto asks_there = [&](OpId call) { return asks(module_, FunctionId{f}, call, 0); };
      const EmptyAnswer partial = partial_answer(code_, function, asks_there);
      if (partial.handler.exists()) {
        found.push_back({.function = std::string(code_.string(function.name)),
                         .word = std::string(partial.word),
                         .handler = code_.op_ranges[partial.handler.index],
                         .partial = true});
        continue;
      }
      const EmptyAnswer empty = empty_answer(code_, function, asks_there);
      if (!empty.handler.exists()) continue;
      FailedRequest one{.function = std::string(code_.string(function.name)),
                        .word = std::string(empty.word),
                        .handler = code_.op_ranges[empty.handler.index]};
      if (find_use({.module = module_, .function = FunctionId{f}}, one, 0))
        found.push_back(std::move(one));
    }
    return found;
  }

 private:
  // Whether the call asks something outside of the process, itself or in what it leads to.
  [[nodiscard]] bool asks(ModuleId module, FunctionId in, OpId call, int depth) {
    const CodeFacts& code = program_.facts(module);
    const ExprId callee = code.calls[code.ops[call.index].detail].callee;
    if (!callee.exists() || is_log(code, callee)) return false;
    OwnTarget own = own_.named(module, in, callee);
    if (!own.module.exists()) own = own_.only_method(module, callee);
    if (own.module.exists()) return own.function.exists() && asks_below(own, depth + 1);
    const std::string_view name = name_of(code, callee);
    if (is_one_of(known::asking_calls(), name) || is_operation(name)) return true;
    const LibraryModel* const row = row_of_callee(code, callee);
    return row != nullptr && !path_by_imports(code, callee).empty() && !row->operation.empty() &&
           is_remote(row->operation);
  }
  [[nodiscard]] bool asks_below(const OwnTarget& own, int depth) {
    if (depth > kCallsBelow) return false;
    const CodeFacts& code = program_.facts(own.module);
    const Function& body = code.functions[own.function.index];
    for (OpId at = body.first; at.exists() && at < body.end; ++at.index)
      if (code.ops[at.index].kind == OpKind::Call && asks(own.module, own.function, at, depth))
        return true;
    return false;
  }
  // Whether somebody who calls it does not ask; all that do are functions that are known. Of what
  // gives it on as it is, the same.
  [[nodiscard]] bool find_use(const OwnTarget& of, FailedRequest& one, int depth) {
    if (depth > kCallsBelow) return false;
    const CodeFacts& own = program_.facts(of.module);
    const std::string_view name = own.string(own.functions[of.function.index].name);
    if (name.empty()) return false;
    bool used = false;
    for (const ModuleId each : program_.modules_of(program_.modules[module_.index].unit)) {
      const CodeFacts& code = program_.facts(each);
      for (std::uint32_t f = 0; f < code.functions.size(); ++f)
        for (OpId at = code.functions[f].first; at.exists() && at < code.functions[f].end;
             ++at.index) {
          if (code.ops[at.index].kind != OpKind::Call) continue;
          const ExprId callee = code.calls[code.ops[at.index].detail].callee;
          if (!callee.exists() || name_of(code, callee) != name) continue;
          OwnTarget target = own_.named(each, FunctionId{f}, callee);
          if (!target.module.exists()) target = own_.only_method(each, callee);
          if (target.module != of.module || target.function != of.function) return false;
          const EmptyAsked asked = empty_asked(code, at);
          const bool is_taken =
              asked == EmptyAsked::No ||
              (asked == EmptyAsked::Returned &&
               find_use({.module = each, .function = FunctionId{f}}, one, depth + 1));
          if (!is_taken || used) continue;
          used = true;
          if (asked == EmptyAsked::Returned) continue;
          one.user = each;
          one.use = code.op_ranges[at.index];
        }
    }
    return used;
  }

  OwnCode& own_;
  const Program& program_;
  const ModuleId module_;
  const CodeFacts& code_;
};

}  // namespace

std::vector<FailedRequest> failed_requests(OwnCode& own, const Program& program, ModuleId module) {
  return Requests(own, program, module).find();
}

bool is_quiet(OwnCode& own, const Program& program, ModuleId module, FunctionId in, OpId call,
              int depth) {
  const CodeFacts& code = program.facts(module);
  const Call& row = code.calls[code.ops[call.index].detail];
  if (!row.callee.exists()) return false;
  if (row.mode == CallMode::Construct || row.mode == CallMode::Annotate || is_log(code, row.callee))
    return true;
  const OwnTarget target = own.named(module, in, row.callee);
  if (target.type.exists()) return true;
  if (!target.function.exists()) {
    const LibraryModel* const model = row_of_callee(code, row.callee);
    return only_looks(model);
  }
  if (depth > kCallsBelow) return false;
  const CodeFacts& other = program.facts(target.module);
  const Function& body = other.functions[target.function.index];
  for (OpId at = body.first; at.exists() && at < body.end; ++at.index)
    if (other.ops[at.index].kind == OpKind::Call &&
        !is_quiet(own, program, target.module, target.function, at, depth + 1))
      return false;
  return true;
}

}  // namespace fnlint
