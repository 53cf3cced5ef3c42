#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <algorithm>
#include <functional>

// Variables of functions get other names, wherever the file has them.
namespace fnlint::test {
namespace {

// What an identifier is where it stands: the variable, a name that has nothing to do with it (of a
// member, of an argument), or one that must stay as it is, with all others that are written so.
enum class Role : std::uint8_t { Use, Declaration, Other, Fixed };

struct Position {
  std::string_view parent, field;  // no field: any
  Role role = Role::Other;
};

constexpr Position kPython[]{
    {"attribute", "attribute", Role::Other},
    {"keyword_argument", "name", Role::Fixed},
    {"assignment", "left", Role::Declaration},
    {"pattern_list", "", Role::Declaration},
    {"tuple_pattern", "", Role::Declaration},
    {"for_statement", "left", Role::Declaration},
    {"for_in_clause", "left", Role::Declaration},
    {"parameters", "", Role::Declaration},
    {"lambda_parameters", "", Role::Declaration},
    {"typed_parameter", "", Role::Declaration},
    {"as_pattern_target", "", Role::Declaration},
    {"function_definition", "name", Role::Fixed},
    {"class_definition", "name", Role::Fixed},
    {"default_parameter", "name", Role::Fixed},
    {"typed_default_parameter", "name", Role::Fixed},
    {"dictionary_splat_pattern", "", Role::Fixed},
    {"dotted_name", "", Role::Fixed},
    {"aliased_import", "", Role::Fixed},
    {"global_statement", "", Role::Fixed},
    {"nonlocal_statement", "", Role::Fixed},
};
constexpr Position kJavaScript[]{
    {"variable_declarator", "name", Role::Declaration},
    {"formal_parameters", "", Role::Declaration},
    {"required_parameter", "pattern", Role::Declaration},
    {"arrow_function", "parameter", Role::Declaration},
    {"array_pattern", "", Role::Declaration},
    {"pair_pattern", "value", Role::Declaration},
    {"for_in_statement", "left", Role::Declaration},
    {"catch_clause", "parameter", Role::Declaration},
    {"function_declaration", "name", Role::Fixed},
    {"function_expression", "name", Role::Fixed},
    {"class_declaration", "name", Role::Fixed},
    {"import_specifier", "", Role::Fixed},
    {"import_clause", "", Role::Fixed},
    {"namespace_import", "", Role::Fixed},
    {"export_specifier", "", Role::Fixed},
};
constexpr Position kJava[]{
    {"method_invocation", "name", Role::Other},
    {"method_declaration", "name", Role::Other},
    {"field_access", "field", Role::Other},
    {"method_reference", "", Role::Fixed},
    {"element_value_pair", "key", Role::Other},
    {"variable_declarator", "name", Role::Declaration},
    {"formal_parameter", "name", Role::Declaration},
    {"enhanced_for_statement", "name", Role::Declaration},
    {"catch_formal_parameter", "name", Role::Declaration},
    {"lambda_expression", "parameters", Role::Declaration},
    {"inferred_parameters", "", Role::Declaration},
    {"scoped_identifier", "", Role::Fixed},
    {"enum_constant", "", Role::Fixed},
    {"switch_label", "", Role::Fixed},
    {"labeled_statement", "", Role::Fixed},
    {"annotation", "", Role::Fixed},
    {"marker_annotation", "", Role::Fixed},
};
constexpr Position kCSharp[]{
    {"member_access_expression", "name", Role::Other},
    {"member_binding_expression", "name", Role::Other},
    {"method_declaration", "name", Role::Other},
    {"argument", "name", Role::Fixed},
    {"name_colon", "", Role::Fixed},
    {"variable_declarator", "name", Role::Declaration},
    {"parameter", "name", Role::Declaration},
    {"foreach_statement", "left", Role::Declaration},
    {"catch_declaration", "name", Role::Declaration},
    {"property_declaration", "name", Role::Fixed},
    {"anonymous_object_creation_expression", "", Role::Fixed},
    {"qualified_name", "", Role::Fixed},
    {"local_function_statement", "name", Role::Fixed},
    {"enum_member_declaration", "", Role::Fixed},
    {"tuple_element", "name", Role::Fixed},
    {"tuple_expression", "", Role::Fixed},
    {"subpattern", "", Role::Fixed},
};
constexpr Position kGo[]{
    {"parameter_declaration", "name", Role::Declaration},
    {"var_spec", "name", Role::Declaration},
    {"literal_element", "", Role::Fixed},
    {"function_declaration", "name", Role::Fixed},
    {"const_spec", "name", Role::Fixed},
    {"import_spec", "", Role::Fixed},
    {"label_name", "", Role::Fixed},
};
constexpr Position kRuby[]{
    {"assignment", "left", Role::Declaration},
    {"left_assignment_list", "", Role::Declaration},
    {"block_parameters", "", Role::Declaration},
    {"lambda_parameters", "", Role::Declaration},
    {"method_parameters", "", Role::Declaration},
    {"exception_variable", "", Role::Declaration},
    {"call", "method", Role::Other},
    {"keyword_parameter", "", Role::Fixed},
    {"optional_parameter", "name", Role::Declaration},
    {"method", "name", Role::Fixed},
    {"singleton_method", "name", Role::Fixed},
    {"alias", "", Role::Fixed},
    {"keyword_pattern", "", Role::Fixed},
    {"array_pattern", "", Role::Fixed},
};
constexpr Position kRust[]{
    {"let_declaration", "pattern", Role::Declaration},
    {"parameter", "pattern", Role::Declaration},
    {"for_expression", "pattern", Role::Declaration},
    {"closure_parameters", "", Role::Declaration},
    {"tuple_pattern", "", Role::Declaration},
    {"shorthand_field_initializer", "", Role::Fixed},
    {"scoped_identifier", "", Role::Fixed},
    {"scoped_use_list", "", Role::Fixed},
    {"use_list", "", Role::Fixed},
    {"use_as_clause", "", Role::Fixed},
    {"use_declaration", "", Role::Fixed},
    {"function_item", "name", Role::Fixed},
    {"mod_item", "name", Role::Fixed},
    {"const_item", "name", Role::Fixed},
    {"static_item", "name", Role::Fixed},
    {"token_tree", "", Role::Fixed},
    {"macro_invocation", "", Role::Fixed},
};
constexpr Position kCpp[]{
    {"init_declarator", "declarator", Role::Declaration},
    {"parameter_declaration", "declarator", Role::Declaration},
    {"reference_declarator", "", Role::Declaration},
    {"pointer_declarator", "", Role::Declaration},
    {"for_range_loop", "declarator", Role::Declaration},
    {"function_declarator", "", Role::Fixed},
    {"qualified_identifier", "", Role::Fixed},
    {"enumerator", "", Role::Fixed},
    {"preproc_def", "", Role::Fixed},
    {"field_designator", "", Role::Fixed},
};

std::span<const Position> positions_of(Language language) {
  switch (language) {
    case Language::Python: return kPython;
    case Language::JavaScript:
    case Language::TypeScript: return kJavaScript;
    case Language::Java: return kJava;
    case Language::CSharp: return kCSharp;
    case Language::Go: return kGo;
    case Language::Ruby: return kRuby;
    case Language::Rust: return kRust;
    case Language::Cpp: return kCpp;
    case Language::Kotlin: return {};
  }
  return {};
}

TSNode outermost_function(TSNode node) {
  TSNode found = {};
  for (TSNode at = ts_node_parent(node); is_there(at); at = ts_node_parent(at))
    if (is_function(at)) found = at;
  return found;
}

bool is_member_of_a_type(const Source& source, TSNode node) {
  for (TSNode at = ts_node_parent(node); is_there(at); at = ts_node_parent(at)) {
    if (is(at, {"class_definition", "field_declaration", "record_declaration",
                "record_struct_declaration"}))
      return true;
    if (is(at, {"class_declaration"}) && source.language == Language::CSharp) return true;
    if (is_function(at)) return false;
  }
  return false;
}

bool is_left_in_go(TSNode node) {
  const TSNode list = ts_node_parent(node);
  return is(list, {"expression_list"}) &&
         is(ts_node_parent(list), {"short_var_declaration", "range_clause"}) &&
         ts_node_eq(field(ts_node_parent(list), "left"), list);
}

bool names_a_member_of_what_is_made(TSNode node) {
  const TSNode parent = ts_node_parent(node);
  return is(parent, {"assignment_expression"}) && ts_node_eq(field(parent, "left"), node) &&
         is(ts_node_parent(parent), {"initializer_expression"});
}

Role role_of(const Source& source, TSNode node) {
  const TSNode parent = ts_node_parent(node);
  Role role = Role::Use;
  for (const Position& row : positions_of(source.language))
    if (row.parent == kind(parent) &&
        (row.field.empty() || ts_node_eq(field(parent, row.field), node)))
      role = row.role;
  // A field that several children have is given for the first alone.
  if (source.language == Language::Go && is_left_in_go(node)) role = Role::Declaration;
  if (source.language == Language::CSharp && names_a_member_of_what_is_made(node))
    return Role::Other;
  if (role != Role::Declaration) return role;
  const bool is_own = !is_member_of_a_type(source, node) && is_there(outermost_function(node)) &&
                      !contains(parent, {"accessibility_modifier"});
  return is_own ? Role::Declaration : Role::Fixed;
}

struct Name {
  std::vector<Range> uses = {};
  std::vector<TSNode> functions = {};  // that have uses
  std::vector<TSNode> declared = {};   // functions that declare it
  bool is_fixed = false;
};

bool has(const std::vector<TSNode>& nodes, TSNode node) {
  return std::ranges::any_of(nodes, [&](TSNode each) { return ts_node_eq(each, node); });
}

void note(const Source& source, TSNode node, std::map<std::string, Name>& names) {
  Name& name = names[std::string(source.of(node))];
  if (!is(node, {"identifier", "implicit_parameter"})) {
    name.is_fixed = true;
    return;
  }
  const Role role = is(node, {"implicit_parameter"}) ? Role::Declaration : role_of(source, node);
  if (role == Role::Other) return;
  name.uses.push_back(range_of(node));
  name.is_fixed = name.is_fixed || role == Role::Fixed;
  const TSNode function = outermost_function(node);
  if (!is_there(function)) {
    name.is_fixed = true;
    return;
  }
  name.functions.push_back(function);
  if (role == Role::Declaration) name.declared.push_back(function);
}

// A text that is all of what an argument is given, or that has it in braces, may be the name.
void note_text(const Source& source, TSNode node, std::map<std::string, Name>& names) {
  const std::string text(source.of(node));
  if (source.language == Language::Python &&
      is(ts_node_parent(ts_node_parent(node)), {"keyword_argument"}))
    names[text].is_fixed = true;
  for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
    const std::size_t end = text.find_first_of(":}", at);
    if (end != text.npos) names[text.substr(at + 1, end - at - 1)].is_fixed = true;
  }
}

std::map<std::string, Name> names_of(const Source& source) {
  std::map<std::string, Name> names;
  for_each_node(source.root(), [&](TSNode node) {
    if (is(node,
           {"identifier", "implicit_parameter", "hash_key_symbol", "shorthand_property_identifier",
            "shorthand_property_identifier_pattern", "shorthand_field_identifier"}))
      note(source, node, names);
    if (is(node, {"string_content"})) note_text(source, node, names);
  });
  return names;
}

// That a package has the name, too, as Go's imports say only by the ends of their paths.
bool may_be_a_package(const Source& source, const std::string& name) {
  return source.language == Language::Go &&
         source.text.find(cat("/", name, "\"")) != std::string_view::npos;
}

// Go tells errors from other values by nothing but their types, which a file alone may not say;
// what they are called is a convention that is read.
bool says_that_it_is_an_error(const Source& source, const std::string& name) {
  return source.language == Language::Go &&
         (name == "e" || name.starts_with("err") || name.ends_with("rr") || name.ends_with("rror"));
}

bool is_renamed(const Source& source, const std::string& text, const Name& name) {
  return !name.is_fixed && !name.declared.empty() && text != "_" && text != "self" &&
         text != "this" && text != "cls" && !may_be_a_package(source, text) &&
         !says_that_it_is_an_error(source, text) &&
         std::ranges::all_of(name.functions,
                             [&](TSNode function) { return has(name.declared, function); });
}

// What is called with a name for its arguments is called so from other files, too.
bool is_passed_by_name(const Files& files, const std::string& name) {
  return std::ranges::any_of(files, [&](const auto& file) {
    return file.first.ends_with(".py") &&
           (file.second.find(cat("(", name, "=")) != std::string::npos ||
            file.second.find(cat(" ", name, "=")) != std::string::npos);
  });
}

}  // namespace

std::optional<Rewritten> with_renamed_variables(const Files& files) {
  Rewritten out;
  for (const Source& source : sources_of(files)) {
    if (source.text.find("locals()") != std::string_view::npos ||
        source.text.find("eval(") != std::string_view::npos)
      continue;
    Edits edits(source.path, source.text);
    int number = 0;
    for (const auto& [text, name] : names_of(source)) {
      if (!is_renamed(source, text, name)) continue;
      if (source.language == Language::Python && is_passed_by_name(files, text)) continue;
      ++number;
      for (const Range& use : name.uses) edits.replace(use, cat("local", number));
    }
    put(out, source.path, edits);
  }
  if (out.is_empty()) return std::nullopt;
  return out;
}

}  // namespace fnlint::test
