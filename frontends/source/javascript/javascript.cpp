// Parses and lowers a file, or says why it cannot be read.

#include "frontends/source/javascript/javascript.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/javascript/javascript_lowering.h"
#include "frontends/source/javascript/javascript_tree.h"

namespace fnlint {

namespace {

// A file that says nothing but why it could not be read.
CodeFacts unread(std::string_view text, std::string message) {
  CodeBuilder code(Language::JavaScript);
  const Range whole{0, static_cast<std::uint32_t>(std::min(text.size(), kSourceBytes))};
  const FunctionId module = code.add_function("", {}, FunctionKind::ModuleInit, whole, {});
  code.mark(module, kBroken);
  code.add_variable("exports", module, VariableKind::Module);
  code.begin_body(module);
  code.end_body();
  code.problem({}, std::move(message));
  return code.finish();
}

}  // namespace

CodeFacts lower_javascript(std::string_view text, JavaScriptDialect dialect) {
  if (text.size() > kSourceBytes)
    return unread(text, cat("larger than ", kSourceBytes >> 20U, " MB; not read"));
  const JsTree tree = JsTree::parse(text, dialect);
  if (tree.empty()) return unread(text, "too complex to be parsed");
  return JavaScriptLowering(tree, dialect).run();
}

}  // namespace fnlint
