#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/problem.h"
#include "core/span.h"
#include "model/expression.h"

namespace fnlint {

enum class TemplateDialect : std::uint8_t { Unknown, CloudFormation, Sam };

// A template input: a CloudFormation parameter.
struct Input {
  StringId name = {};
  StringId type = {};
  ExprId fallback = {};        // the default; no id: none
  Slice<ExprId> allowed = {};  // rows of TemplateFacts::allowed
  bool secret = false;         // NoEcho
  Range where = {};
};

// One resource as written, unevaluated. Intrinsic functions are Expr::Apply by their long name
// ("Fn::Sub", "Ref", "Condition"); a Fn::Sub's operands are the text's parts as a Concat, or that
// and the record of its variables.
struct Declaration {
  StringId address = {};  // logical id
  StringId type = {};
  StringId condition = {};  // name of a condition; no id: none
  ExprId body = {};         // the Properties, a Record
  ExprId attributes =
      {};  // every other key beside Type and Properties (Metadata, DependsOn, ...), a Record
  Range name_range = {};  // of the logical id
  Range where = {};       // of the whole entry
};
struct NamedExpr {  // a mapping, a condition, an output
  StringId name = {};
  ExprId value = {};
  ExprId export_name = {};  // outputs only
  Range where = {};
};
enum class WantedKind : std::uint8_t { Include, NestedTemplate, Definition, Policy };
struct Wanted {  // another file that this template names, relative to the template's folder
  StringId path = {};
  WantedKind kind{};
  Range where = {};
};

// Byte offsets of a text inside a document: `text_begin` on lies at `file_begin` on, until the next
// row.
struct TextPlace {
  std::uint32_t text_begin = 0, file_begin = 0;
};

// Everything one template says, without looking at any other file.
struct TemplateFacts {
  TemplateDialect dialect{};
  std::string text = {};
  std::vector<Range> strings = {};
  std::vector<Expr> exprs = {};
  std::vector<Operand> operands = {};
  std::vector<Range> expr_ranges = {}, operand_ranges = {};  // operand: of the key, else empty
  std::vector<Slice<TextPlace>> expr_places =
      {};  // Text expressions whose text is not simply their bytes
  std::vector<TextPlace> text_places = {};
  std::vector<Input> inputs = {};
  std::vector<ExprId> allowed = {};
  std::vector<Declaration> declarations = {};
  std::vector<NamedExpr> mappings = {}, conditions = {}, outputs = {};
  std::vector<Wanted> wanted = {};
  std::vector<StringId> transforms = {};
  ExprId globals = {};   // SAM's Globals section, a Record
  ExprId metadata = {};  // the template's own Metadata, a Record
  Problems problems = {};
  bool complete = true;  // false: the file is broken; nothing may rest on absence

  [[nodiscard]] std::string_view string(StringId id) const {
    if (!id.exists()) return {};
    const Range at = strings[id.index];
    return std::string_view(text).substr(at.begin, at.end - at.begin);
  }
  [[nodiscard]] std::span<const Operand> operands_of(Slice<Operand> slice) const {
    return std::span(operands).subspan(slice.first, slice.count);
  }
};

}  // namespace fnlint
