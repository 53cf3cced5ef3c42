// The only way to write a template form: keeps its tables consistent while a reader goes on.
#pragma once

#include "core/limits.h"
#include "frontends/templates/engine_text.h"
#include "model/template.h"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// An operand to be, with the place it was written at: a record's key, a text's part.
struct Written {
  Operand operand = {};
  Range range = {};
};

// Writes the tables of one TemplateFacts. Knows the form's invariants, no section and no function.
// Operands must exist before what they are operands of.
class TemplateBuilder {
 public:
  TemplateFacts facts;
  bool serverless = false;  // its texts hold variables of the Serverless Framework
  bool compose = false;     // and "${service.output}"
  std::span<const EngineBlank> blanks = {};  // of a template engine in its text; by place
  std::set<std::uint32_t> blank_inputs = {};  // names of inputs that stand for some of these

  StringId string(std::string_view text);

  ExprId unknown(std::string_view why, Range where);
  ExprId null(Range where) { return add(ExprKind::Null, where); }
  ExprId boolean(bool value, Range where);
  ExprId number(std::string_view literal, Range where);
  // `rows`: where the text lies; none: at the range's begin.
  ExprId text(std::string_view text, Range where, std::span<const TextPlace> rows = {});
  ExprId list(std::span<const ExprId> items, Range where);
  ExprId record(std::span<const Written> entries, Range where);
  // Adds an entry of a record that is to be made; of no value: nothing.
  void add(std::vector<Written>& entries, std::string_view name, ExprId value, Range where);
  ExprId concat(std::span<const Written> parts, Range where);
  ExprId apply(std::string_view function, std::span<const ExprId> operands, Range where);
  // Of any other kind: everything of `row` but its operands is as it will be.
  ExprId form(const Expr& row, std::span<const Operand> operands, Range where);

  void problem(Range where, std::string message) {
    add_problem(facts.problems, where, std::move(message));
  }
  // The same, as a value.
  ExprId wrong(Range where, std::string message);

  // Whether a template has grown past kExpandedNodes expressions, which only a hostile one does:
  // what is not read yet is then Unknown, and the template not complete.
  [[nodiscard]] bool full() const { return facts.exprs.size() >= kExpandedNodes; }
  ExprId overflow(Range where);

 private:
  ExprId add(ExprKind kind, Range where, StringId name = {}, std::uint8_t detail = 0);
  ExprId add_with(ExprKind kind, Range where, std::span<const Written> operands,
                  StringId name = {});
  ExprId add_with(ExprKind kind, Range where, std::span<const ExprId> operands, StringId name = {});
  void grow_slots();

  ExprId overflow_ = {};
  std::vector<std::uint32_t>
      slots_;  // a hash table of string rows, open addressing; a power of two
};

}  // namespace fnlint
