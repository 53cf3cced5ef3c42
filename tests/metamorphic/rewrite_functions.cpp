#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <algorithm>

// A function's work moves to a helper behind it, which it calls with what it was given:
//   def f(a):            def f(a):
//       work(a)              return inner_f(a)
//
//                        def inner_f(a):
//                            work(a)
namespace fnlint::test {
namespace {

struct Function {
  TSNode node = {}, body = {};
  std::string name = {};
  std::vector<std::string> parameters = {};  // as they are handed on
  std::string arguments() const {
    std::string all;
    for (const std::string& one : parameters) all += (all.empty() ? "" : ", ") + one;
    return all;
  }
};

bool is_snake(Language language) {
  return language == Language::Python || language == Language::Ruby || language == Language::Rust ||
         language == Language::Cpp;
}

std::string inner_name(const Source& source, std::string name) {
  if (is_snake(source.language)) return cat("inner_", name);
  name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
  return cat(source.language == Language::CSharp ? "Inner" : "inner", name);
}

// The variable of a parameter that is no more than that; empty for any other.
std::string variable_of(const Source& source, TSNode parameter) {
  if (is(parameter, {"identifier"})) return std::string(source.of(parameter));
  if (source.of(parameter).find('=') != std::string_view::npos ||
      source.of(parameter).starts_with("[") || contains(parameter, {"accessibility_modifier"}))
    return {};
  TSNode name = {};
  if (is(parameter, {"typed_parameter"})) name = named_children(parameter).front();
  if (is(parameter, {"required_parameter", "parameter"}) && is_there(field(parameter, "pattern")))
    name = field(parameter, "pattern");
  else if (is(parameter, {"formal_parameter", "parameter"}))
    name = field(parameter, "name");
  if (is(parameter, {"parameter_declaration"})) {
    name = field(parameter, source.language == Language::Go ? "name" : "declarator");
    while (is(name, {"reference_declarator"})) name = named_children(name).back();
  }
  if (is(parameter, {"parameter"}) && !is_there(name))  // Kotlin
    name = named_children(parameter).front();
  if (!is(name, {"identifier"}) || source.of(name) == "_") return {};
  for (const TSNode child : named_children(parameter))
    if (is(child, {"modifier", "parameter_modifier"})) return {};
  return std::string(source.of(name));
}

bool take_parameters(const Source& source, TSNode list, Function& function) {
  for (const TSNode parameter : named_children(list)) {
    if (is(parameter, {"self_parameter"})) continue;
    if (source.language == Language::Go && named_children(parameter).size() > 2)  // a, b T
      return false;
    std::string variable = variable_of(source, parameter);
    if (is(parameter, {"keyword_parameter"}) && named_children(parameter).size() == 1) {
      const std::string name(source.of(named_children(parameter).front()));
      variable = cat(name, ": ", name);
    }
    if (variable.empty()) return false;
    function.parameters.push_back(std::move(variable));
  }
  return true;
}

TSNode parameters_of(TSNode function) {
  if (is_there(field(function, "parameters"))) return field(function, "parameters");
  if (is_there(field(function, "declarator")))
    return field(field(function, "declarator"), "parameters");
  for (const TSNode child : named_children(function))
    if (is(child, {"function_value_parameters"})) return child;
  return {};
}

// Members of what may have other members, too; functions of a file.
bool stands_free(const Source& source, TSNode node) {
  TSNode parent = ts_node_parent(node);
  if (is(parent, {"decorated_definition", "export_statement"})) parent = ts_node_parent(parent);
  if (is(parent, {"module", "program", "source_file", "translation_unit"}))
    return source.language != Language::Java;
  if (is(parent, {"declaration_list"}) && source.language == Language::Rust)
    return is(ts_node_parent(parent), {"impl_item"}) &&
           !is_there(field(ts_node_parent(parent), "trait"));
  if (is(parent, {"declaration_list"}) && source.language == Language::CSharp)
    return is(ts_node_parent(parent), {"class_declaration"});
  if (is(parent, {"class_body"}))
    return source.language == Language::Java ||
           (source.language == Language::Kotlin &&
            source.text.substr(0, range_of(ts_node_parent(parent)).begin).find("interface ") ==
                std::string_view::npos);
  return is(parent, {"body_statement"}) && is(ts_node_parent(parent), {"class", "module"});
}

constexpr std::string_view kNotWrapped[]{"main", "init", "initialize", "__init__", "Main"};

std::optional<Function> function_of(const Source& source, TSNode node) {
  if (!is(node, {"function_definition", "function_declaration", "method_declaration",
                 "function_item", "method"}) ||
      !stands_free(source, node))
    return {};
  Function function{.node = node, .body = field(node, "body")};
  TSNode name = field(node, "name");
  if (source.language == Language::Cpp) name = field(field(node, "declarator"), "declarator");
  if (source.language == Language::Kotlin)
    for (const TSNode child : named_children(node))
      if (is(child, {"function_body"})) function.body = named_children(child).front();
  if (!is(name, {"identifier", "field_identifier"}) || !is_there(function.body) ||
      is_there(field(node, "type_parameters")) || contains(node, {"type_parameters"}))
    return {};
  function.name = source.of(name);
  const TSNode list = parameters_of(node);
  if (std::ranges::find(kNotWrapped, function.name) != std::end(kNotWrapped) ||
      (is_there(list) && !take_parameters(source, list, function)) ||
      contains(function.body, {"yield", "yield_statement", "super", "arguments"}) ||
      source.of(function.body).find("arguments") != std::string_view::npos)
    return {};
  return function;
}

std::string indent_before(const Source& source, TSNode node) {
  const std::uint32_t begin = range_of(node).begin, line = line_begin(source.text, begin);
  const std::size_t blanks = source.text.substr(line).find_first_not_of(" \t");
  return std::string(source.text.substr(line, blanks));
}

bool has_word(std::string_view head, std::string_view word) {
  return head.starts_with(cat(word, " ")) || head.find(cat(" ", word, " ")) != head.npos;
}

// The head of a function up to its body, with another name, and without what only the outer has.
std::string inner_head(const Source& source, const Function& function) {
  TSNode from = function.node, name = field(function.node, "name");
  if (source.language == Language::Cpp)
    name = field(field(function.node, "declarator"), "declarator");
  if (source.language == Language::Java) from = field(function.node, "type");
  if (source.language == Language::CSharp) from = field(function.node, "returns");
  std::string before(
      source.text.substr(range_of(from).begin, range_of(name).begin - range_of(from).begin));
  const std::string_view after =
      source.text.substr(range_of(name).end, range_of(function.body).begin - range_of(name).end);
  const std::string_view head = source.text.substr(
      range_of(function.node).begin, range_of(name).begin - range_of(function.node).begin);
  if (source.language == Language::Java || source.language == Language::CSharp) {
    if (source.language == Language::CSharp && has_word(head, "async")) before = "async " + before;
    if (has_word(head, "static")) before = "static " + before;
    before = "private " + before;
  }
  if (source.language == Language::Kotlin)
    before = cat("private ", has_word(head, "suspend") ? "suspend " : "", "fun ");
  return cat(before, inner_name(source, function.name), after);
}

bool is_async(const Source& source, const Function& function) {
  const std::uint32_t begin = range_of(function.node).begin;
  return has_word(source.text.substr(begin, range_of(function.body).begin - begin), "async");
}

bool gives_something(const Source& source, const Function& function) {
  const auto type = [&](std::string_view name) { return source.of(field(function.node, name)); };
  switch (source.language) {
    case Language::Java:
    case Language::Cpp: return type("type") != "void";
    case Language::CSharp:
      return type("returns") != "void" &&
             !(is_async(source, function) && type("returns") == "Task");
    case Language::Go: return is_there(field(function.node, "result"));
    case Language::Kotlin: return source.of(function.node).find("):") != std::string_view::npos;
    case Language::Ruby:
    case Language::Rust: return false;  // the last value is given as it is
    default: return true;
  }
}

// What a method's helper is called of: "s." for a receiver s; nothing where that has no name.
std::optional<std::string> receiver_of(const Source& source, const Function& function) {
  const TSNode node = function.node;
  if (source.language == Language::Go && is(node, {"method_declaration"})) {
    const std::vector<TSNode> receivers = named_children(field(node, "receiver"));
    const TSNode name = receivers.size() == 1 ? field(receivers[0], "name") : TSNode{};
    if (!is_there(name)) return std::nullopt;
    return cat(source.of(name), ".");
  }
  if (source.language != Language::Rust) return "";
  if (contains(field(node, "parameters"), {"self_parameter"})) return "self.";
  return is(ts_node_parent(node), {"declaration_list"}) ? "Self::" : "";
}

// "return inner(a)": what the outer function does now.
std::optional<std::string> call_of(const Source& source, const Function& function) {
  const std::optional<std::string> receiver = receiver_of(source, function);
  if (!receiver) return std::nullopt;
  const bool awaits = is_async(source, function);
  if (awaits && source.language == Language::CSharp &&
      source.of(field(function.node, "returns")) == "void")
    return std::nullopt;
  const std::string call =
      cat(*receiver, inner_name(source, function.name), "(", function.arguments(), ")");
  const bool is_word = source.language == Language::Python || source.language == Language::CSharp;
  const bool ends = source.language != Language::Python && source.language != Language::Go &&
                    source.language != Language::Ruby && source.language != Language::Rust &&
                    source.language != Language::Kotlin;
  return cat(gives_something(source, function) ? "return " : "", awaits && is_word ? "await " : "",
             call, awaits && source.language == Language::Rust ? ".await" : "", ends ? ";" : "");
}

// What the call gives, and does, is what the body did.
void insert_call(const Source& source, const Function& function, std::uint32_t at,
                 std::string before, std::string call, std::string after, Edits& edits) {
  edits.insert(at, Pieces{{.text = std::move(before)},
                          {std::move(call), source.path, range_of(function.node)},
                          {.text = std::move(after)}});
}

bool wrap_python(const Source& source, const Function& function, const std::string& call,
                 Edits& edits) {
  if (!indent_of(source, function.body)) return false;
  TSNode colon = {};
  for_each_child(function.node, [&](TSNode child) {
    if (kind(child) == ":") colon = child;
  });
  const std::uint32_t end = range_of(colon).end;
  const std::string indent = indent_before(source, function.node);
  const std::string_view head =
      source.text.substr(range_of(function.node).begin, end - range_of(function.node).begin);
  const std::size_t name = head.find(cat("def ", function.name));
  insert_call(source, function, end, cat("\n", indent, "    "), call,
              cat("\n\n\n", indent, head.substr(0, name), "def inner_", head.substr(name + 4)),
              edits);
  return true;
}

bool wrap_ruby(const Source& source, const Function& function, const std::string& call,
               Edits& edits) {
  const TSNode list = field(function.node, "parameters");
  const std::uint32_t end = range_of(is_there(list) ? list : field(function.node, "name")).end;
  if (!indent_of(source, function.body)) return false;
  const std::string indent = indent_before(source, function.node);
  insert_call(source, function, end, cat("\n", indent, "  "), call,
              cat("\n", indent, "end\n\n", indent, "def inner_", function.name,
                  is_there(list) ? source.of(list) : std::string_view()),
              edits);
  return true;
}

bool wrap(const Source& source, const Function& function, Edits& edits) {
  const std::optional<std::string> call = call_of(source, function);
  if (!call) return false;
  if (source.language == Language::Python) return wrap_python(source, function, *call, edits);
  if (source.language == Language::Ruby) return wrap_ruby(source, function, *call, edits);
  if (!source.of(function.body).starts_with("{")) return false;
  const std::string indent = indent_before(source, function.node);
  const std::string head = inner_head(source, function);
  if (source.language == Language::Cpp)  // is declared before it is called
    edits.insert(range_of(function.node).begin,
                 cat(head.substr(0, head.find_last_not_of(" \n") + 1), ";\n\n"));
  insert_call(source, function, range_of(function.body).begin + 1, cat("\n", indent, "  "), *call,
              cat("\n", indent, "}\n\n", indent, head, "{"), edits);
  return true;
}

// --- JavaScript's functions that are values of what a module exports.

bool is_exported_value(TSNode value) {
  const TSNode parent = ts_node_parent(value);
  if (is(parent, {"variable_declarator"}))
    return is(ts_node_parent(ts_node_parent(parent)), {"export_statement"});
  return is(parent, {"assignment_expression"}) &&
         is(field(parent, "left"), {"member_expression"}) &&
         is(ts_node_parent(ts_node_parent(parent)), {"program"});
}

bool wrap_value(const Source& source, TSNode node, int number, Edits& edits) {
  if (!is(node, {"arrow_function", "function_expression"}) || !is_exported_value(node))
    return false;
  Function function{.node = node, .body = field(node, "body")};
  const TSNode list = field(node, "parameters");
  if (!is(function.body, {"statement_block"}) || !is_there(list) ||
      contains(node, {"this", "type_parameters", "super"}) || is_there(field(node, "name")) ||
      source.of(function.body).find("arguments") != std::string_view::npos ||
      !take_parameters(source, list, function))
    return false;
  const std::string name = cat("inner", number);
  const std::string_view head = source.text.substr(
      range_of(node).begin, range_of(function.body).begin - range_of(node).begin);
  insert_call(source, function, range_of(function.body).begin + 1, "\n  ",
              cat("return ", name, "(", function.arguments(), ");"),
              cat("\n};\n\nconst ", name, " = ", head, "{"), edits);
  return true;
}

}  // namespace

std::optional<Rewritten> with_wrapped_functions(const Files& files) {
  Rewritten out;
  for (const Source& source : plain_sources_of(files)) {
    Edits edits(source.path, source.text);
    int number = 0;
    for_each_node(source.root(), [&](TSNode node) {
      if (wrap_value(source, node, number + 1, edits)) ++number;
      if (const std::optional<Function> function = function_of(source, node))
        wrap(source, *function, edits);
    });
    put(out, source.path, edits);
  }
  if (out.is_empty()) return std::nullopt;
  return out;
}

}  // namespace fnlint::test
