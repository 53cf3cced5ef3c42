#pragma once

#include "core/problem.h"
#include "core/span.h"
#include "model/expression.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// The template form: what one file declares, before anything is evaluated or joined.
namespace fnlint {

enum class TemplateDialect : std::uint8_t {
  Unknown,
  CloudFormation,
  Sam,
  CdkProgram,  // made from a program's source, not read from a template
  ServerlessFramework,
  Terraform,
  TerraformPlan,
  LambdaApi,  // answers of the Lambda API and requests to it
  Chalice,
  HandlerCode,  // handlers that no template names, known by their form
};

// A template input: a CloudFormation parameter.
struct Input {
  StringId name = {};
  StringId type = {};
  ExprId fallback = {};        // the default; no id: none
  Slice<ExprId> allowed = {};  // rows of TemplateFacts::allowed
  bool secret = false;         // NoEcho
  Range where = {};            // of the name
};

using LoopId = Id<struct LoopTag>;

// The expressions of a template. Intrinsic functions are Expr::Apply by their long name, short tags
// too. Operands by name of the function (a missing last operand is absent, never a placeholder):
//   Ref [Text name]                    in a ForEach the name may be its variable
//   Fn::GetAtt [resource, attribute]   "A.B.C" is A and B.C
//   Fn::Sub [Concat] or [Concat, Record of its variables]: the Concat's parts are Text, Ref,
//       Fn::GetAtt and Fn::Resolve; a variable of the record stands in the Concat as that
//       variable's own expression, so the value of a Fn::Sub is the value of its first operand,
//       which is a Text where nothing is to be put in
//   Fn::If [Text condition name, then, else]; Condition [Text condition name]
//   Fn::Equals [a, b]; Fn::And, Fn::Or [conditions ...]; Fn::Not [condition]
//   Fn::Join [separator, list]; Fn::Split [separator, text]; Fn::Select [index, list]
//   Fn::FindInMap [map, key, key] or [map, key, key, default]
//   Fn::ImportValue [name]; Fn::Base64 [text]; Fn::GetAZs [region]; Fn::Cidr [block, count, bits]
//   Fn::GetStackOutput [Record of StackName, OutputName, Region, RoleArn]
//   Fn::Length [list]; Fn::ToJsonString [value]
//   Fn::ForEach [Text variable, collection, Record]: only as a spread operand of a Record; its
//       entries are those of the inner record, once for each element
//   Fn::Transform [Text name, Record parameters]: also as a spread operand of a Record
//   Fn::Resolve [Text service, reference]: a dynamic reference "{{resolve:service:reference}}";
//       service is ssm, ssm-secure or secretsmanager, reference a Text or Concat. A reference that
//       a Fn::Join puts together stays in its texts; its value begins with "{{resolve:"
// A spread operand that is Unknown leaves its Record open.
// A Ref to a ForEach variable stands wherever the loop's body writes ${Variable} or &{Variable},
// also in plain texts and, as Operand::key, in keys.
// A shape that cannot be understood is Unknown, with a problem at its place.

// A Fn::ForEach around declarations, conditions or outputs.
struct ForEach {
  StringId name = {};      // of the loop
  StringId variable = {};  // what a Ref names inside
  ExprId collection = {};  // a List, or what gives one
  LoopId outer = {};       // the loop around this one
  Range where = {};
};

// One resource as written, unevaluated.
struct Declaration {
  StringId address = {};        // logical id as written
  ExprId address_in_loop = {};  // the logical id with the loop's variables in it; only in a loop
  LoopId loop = {};             // the innermost loop around it
  StringId type = {};           // no id: missing, said in a problem
  StringId condition = {};      // name of a condition; no id: none
  ExprId body = {};             // the Properties, a Record (or what stands in its place)
  ExprId attributes = {};  // every other key beside Type and Properties (Metadata, ...), a Record
  Range name_range = {};   // of the logical id
  Range type_range = {};   // of the type's text
  Range where = {};        // of the whole entry
};
struct NamedExpr {  // a mapping, a condition, an output
  StringId name = {};
  ExprId name_in_loop = {};  // as Declaration::address_in_loop
  LoopId loop = {};
  ExprId value = {};        // of an output: its Value
  ExprId export_name = {};  // outputs only
  StringId condition = {};  // outputs only: name of a condition
  Range where = {};         // of the name
};
enum class WantedKind : std::uint8_t {
  Include,
  NestedTemplate,
  Definition,
  Policy,
  Variable,
  ModuleFolder,    // every configuration file of that folder
  RegistryModule,  // a module by its address, which a table may know
  TemplateText,    // a file of text with places to fill in (templatefile)
};
// Another file that this template names, relative to the template's folder. An Include that stands
// for entries of a whole section names it ("Resources"; "" is the template itself): read_fragment()
// reads the file so. One without a section stands inside a value, as an Apply Fn::Transform.
// A Variable is named by a service of the Serverless Framework or a file of it: from the service's
// folder, and "*" stands for what is not known of a name.
struct Wanted {
  StringId path = {};
  WantedKind kind{};
  StringId section = {};
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
  std::vector<Range> expr_ranges = {};
  std::vector<Range> operand_ranges = {};  // of a record's key, a text's part, else empty
  // As many as exprs. Rows for a Text whose text is not simply the bytes of its range (quotes,
  // block scalars, escapes): see place_in().
  std::vector<Slice<TextPlace>> expr_places = {};
  std::vector<TextPlace> text_places = {};
  std::vector<Input> inputs = {};
  std::vector<ExprId> allowed = {};
  std::vector<ForEach> loops = {};
  std::vector<Declaration> declarations = {};
  std::vector<NamedExpr> mappings = {}, conditions = {}, outputs = {};
  std::vector<Wanted> wanted = {};
  std::vector<StringId> transforms = {};
  // Files that tags of the project's own name ("!Include a.yaml, b.yaml"): parts of this template,
  // put in by something that is not known. Paths from the template's folder.
  std::vector<StringId> parts = {};
  bool has_section_macros = false;  // a section has entries that a macro brings, unread
  ExprId globals = {};   // SAM's Globals section, a Record
  ExprId metadata = {};  // the template's own Metadata, a Record
  ExprId fragment = {};  // read_fragment() only: the file's value when it stands inside a value
  Problems problems = {};
  bool complete = true;  // false: the file is broken; nothing may rest on absence

  [[nodiscard]] const Expr& operator[](ExprId id) const { return exprs[id.index]; }
  [[nodiscard]] std::string_view string(StringId id) const {
    if (!id.exists()) return {};
    const Range at = strings[id.index];
    return std::string_view(text).substr(at.begin, at.end - at.begin);
  }
  [[nodiscard]] std::span<const Operand> operands_of(Slice<Operand> slice) const {
    return std::span(operands).subspan(slice.first, slice.count);
  }
  // The file offset of byte `offset` of a Text expression's text, so that a place in inline code is
  // a place in the template.
  [[nodiscard]] std::uint32_t place_in(ExprId text_expr, std::uint32_t offset) const;
};

}  // namespace fnlint
