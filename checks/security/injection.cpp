// What a stranger writes into an event is data. Put into the text of a statement, a command or
// code, it decides what that does.

#include "checks/event/event_view.h"
#include "checks/event/event_writers.h"
#include "checks/security/rules.h"
#include "checks/security/taint.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

struct Family {
  std::string_view sink = {}, rule = {};
  std::string_view into = {};  // "is put into the statement of"
  std::string_view harm = {};  // "can change what the statement does"
  std::string_view step = {};  // "The statement is run."
  bool may_be_all = false;     // a function may be there to run what it is sent
};
constexpr auto kFamilies = std::to_array<Family>({
    {"sql", "security-sql-injection", "is put into the statement of",
     "can change what the statement does", "The statement is run.", true},
    {"command", "security-command-injection", "is put into the command of",
     "can run commands of their own", "The command is run."},
    {"code", "security-code-injection", "is evaluated as code by",
     "can run code of their own in the function", "It is evaluated."},
    {"deserialize", "security-unsafe-deserialization", "is made into objects by",
     "can have the function run code of their choice", "The objects are made."},
    {"path", "security-path-traversal", "names the file of",
     "can have it written elsewhere, by '..' or an absolute path", "The file is named."},
    {"request", "security-request-forgery", "decides over the host of",
     "can have the function ask any address, also ones that only it can reach",
     "The request is sent."},
    {"expression", "security-nosql-injection", "is put into the expression of",
     "can change which items it matches", "The expression is evaluated."},
    {"nosql", "security-nosql-injection", "is the query of",
     "can put operators into it and so match what they choose", "The query is asked."},
});

// What of a query may be an object that the caller made: text fields of a request never are.
bool may_be_object(const ValuePool& pool, ValueId hole) {
  const std::string_view path = pool.text(hole);
  constexpr auto kTexts = std::to_array<std::string_view>(
      {"queryStringParameters.", "pathParameters.", "headers.", "rawPath", "path"});
  return std::ranges::none_of(kTexts, [&](std::string_view one) { return path.starts_with(one); });
}

// The query itself, one of several, or what is spread into it; not the values of its entries. Of a
// pipeline, what its stages match.
void collect_queries(const ValuePool& pool, ValueId value, int depth, std::vector<ValueId>& found) {
  constexpr int kDepth = 16;
  if (!value.exists() || depth > kDepth) return;
  const auto into = [&](ValueId one) { collect_queries(pool, one, depth + 1, found); };
  switch (pool[value].kind) {
    case ValueKind::Hole: found.push_back(value); return;
    case ValueKind::Record: into(entry_of(pool, value, kRest)); return;
    case ValueKind::OneOf:
      for (const ValueId one : pool.operands(value)) into(one);
      return;
    case ValueKind::List:
      for (const ValueId stage : pool.operands(value))
        into(pool.is(stage, ValueKind::Record) && entry_of(pool, stage, "$match").exists()
                 ? entry_of(pool, stage, "$match")
                 : stage);
      return;
    case ValueKind::Computed: break;
    default: return;
  }
  const Opcode opcode = pool.opcode(value);
  const auto operands = pool.operands(value);
  if (opcode == Opcode::Where && pool.is(operands[0], ValueKind::Hole)) {
    found.push_back(value);  // with what is known of it
  } else if (opcode == Opcode::Where) {
    into(operands[0]);
  } else if (opcode == Opcode::OrDefault) {
    for (const ValueId one : operands) into(one);
  } else if (!operands.empty() &&
             (opcode == Opcode::JsonDecode || opcode == Opcode::Get || opcode == Opcode::Member)) {
    into(operands[0]);
  }
}

std::vector<ValueId> queries_in(const ValuePool& pool, ValueId value) {
  std::vector<ValueId> found;
  collect_queries(pool, value, 0, found);
  return found;
}

// Nothing of the function's own stands around it: sent by whom it trusts, that is what it is for.
bool is_given_whole(const ValuePool& pool, ValueId value) {
  while (pool.is(value, ValueKind::Computed) && !pool.operands(value).empty() &&
         (pool.opcode(value) == Opcode::Where || pool.opcode(value) == Opcode::OrDefault ||
          pool.opcode(value) == Opcode::Strip))
    value = pool.operands(value)[0];
  return pool.is(value, ValueKind::Hole);
}

class Injection {
 public:
  Injection(const Project& project, Findings& findings)
      : project_(project), pool_(*project.pool), writers_(project), findings_(findings) {}

  void check(const LambdaFunction& function) {
    for (const Family& family : kFamilies) {
      std::set<Span> told;
      for (const CodeCall& call : function.sinks)
        if (pool_.text(call.key) == family.sink && !told.contains(call.where) &&
            check_call(function, family, call))
          told.insert(call.where);
    }
    check_page(function);
  }

 private:
  struct Brought {
    EventWriter writer = {};
    std::uint8_t uncertainty = 0;
  };

  [[nodiscard]] std::vector<BroughtIn> brought_in(const Taint& taint, const Family& family,
                                                  const CodeCall& call) const {
    if (family.sink == "request") return taint.in_host(call.value, call.holds);
    if (family.sink != "nosql") return taint.in(call.value, call.holds, &call);
    std::vector<BroughtIn> all;
    for (const ValueId query : queries_in(pool_, call.value)) {
      const std::vector<BroughtIn> here = taint.in(query, call.holds);
      all.insert(all.end(), here.begin(), here.end());
    }
    std::erase_if(all, [&](const BroughtIn& one) { return !may_be_object(pool_, one.hole); });
    return all;
  }

  // The surest of what was brought in, and who wrote it.
  [[nodiscard]] std::optional<Brought> surest(const LambdaFunction& function,
                                              const std::vector<BroughtIn>& all) const {
    std::optional<Brought> best;
    for (const BroughtIn& one : all) {
      std::optional<EventWriter> writer = writers_.of(function, pool_.text(one.hole));
      if (!writer) continue;
      const auto uncertainty = static_cast<std::uint8_t>(one.uncertainty | writer->uncertainty);
      if (!best || confidence_of(uncertainty) > confidence_of(best->uncertainty))
        best = Brought{.writer = std::move(*writer), .uncertainty = uncertainty};
    }
    return best;
  }

  bool check_call(const LambdaFunction& function, const Family& family, const CodeCall& call) {
    const Taint taint(pool_, function, family.sink);
    const std::optional<Brought> brought = surest(function, brought_in(taint, family, call));
    if (!brought) return false;
    constexpr std::uint8_t kOfValue = kUngated | kHeuristic | kCut;
    auto uncertainty = static_cast<std::uint8_t>(brought->uncertainty | call.uncertainty |
                                              (pool_[call.value].uncertainty & kOfValue));
    if (family.may_be_all && brought->writer.trigger == nullptr &&
        is_given_whole(pool_, call.value))
      uncertainty |= kUncertain;
    findings_.push_back(finding_of(function, family.rule, *brought, uncertainty, call.where)
                            .says(capital(brought->writer.field), ' ', family.into, " '", call.name,
                                  "': ", brought->writer.who, ' ', family.harm, '.')
                            .identified(function.name, ':', call.name)
                            .from_handler(function, call.path)
                            .step(call.where, family.step));
    return true;
  }

  // A page that is returned with what the event has brought, not escaped.
  void check_page(const LambdaFunction& function) {
    const Taint taint(pool_, function, "html");
    for (const ReturnedValue& returned : function.returns) {
      if (!is_page(returned.value)) continue;
      const ValueId body = answer_entry(pool_, returned.value, "body");
      if (!body.exists()) continue;
      const std::optional<Brought> brought = surest(function, taint.in(body, returned.holds));
      if (!brought) continue;
      const auto uncertainty =
          static_cast<std::uint8_t>(brought->uncertainty | returned.uncertainty);
      findings_.push_back(
          finding_of(function, "security-html-injection", *brought, uncertainty, returned.where)
              .says(capital(brought->writer.field),
                    " is put into the page that is returned: whoever makes somebody open such a "
                    "link runs scripts in their browser, as this site.")
              .identified(function.name, ":page"));
      return;
    }
  }

  [[nodiscard]] bool is_page(ValueId answer) const {
    const ValueId headers = answer_entry(pool_, answer, "headers");
    if (!headers.exists() || !pool_.is(headers, ValueKind::Record)) return false;
    for (std::size_t i = 0; i < pool_.names(headers).size(); ++i) {
      const auto text = as_text(pool_, pool_.operands(headers)[i]);
      if (lower(pool_[pool_.names(headers)[i]]) == "content-type" && text &&
          lower(*text).starts_with("text/html"))
        return true;
    }
    return false;
  }

  [[nodiscard]] static std::string capital(std::string text) {
    if (text.starts_with("the ")) text[0] = 'T';
    return text;
  }

  [[nodiscard]] FindingBuilder finding_of(const LambdaFunction& function, std::string_view rule,
                                          const Brought& brought, std::uint8_t uncertainty,
                                          Span where) const {
    auto finding = FindingBuilder(rule, uncertainty).about(function).at(where);
    if (brought.writer.trigger != nullptr)
      finding.related(brought.writer.trigger->where, "This brings the event.");
    return finding;
  }

  const Project& project_;
  const ValuePool& pool_;
  const EventWriters writers_;
  Findings& findings_;
};

}  // namespace

void injection(const Project& project, const Settings&, Findings& findings) {
  Injection check(project, findings);
  for (const LambdaFunction& function : project.functions)
    if (!function.sinks.empty() || !function.returns.empty()) check.check(function);
}

}  // namespace fnlint
