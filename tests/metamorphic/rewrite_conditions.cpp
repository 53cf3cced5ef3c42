#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <array>
#include <utility>

// `if test:` becomes `flag = test`, `if flag:`; or a word, an entry, an element of an enumeration
// or a function that stands for the test.
namespace fnlint::test {
namespace {

// What stands before the branch, what it tests then, and what the file needs besides. In these {c}
// is the condition, {n} a number that no other has, {i} the indentation.
struct Carried {
  Language language;
  std::string_view before, test;
  std::string_view besides = {};
};

constexpr std::array kFlags{
    Carried{Language::Python, "is_so_{n} = ({c})", "is_so_{n}"},
    Carried{Language::JavaScript, "const isSo{n} = ({c});", "isSo{n}"},
    Carried{Language::TypeScript, "const isSo{n} = ({c});", "isSo{n}"},
    Carried{Language::Java, "boolean isSo{n} = ({c});", "isSo{n}"},
    Carried{Language::Kotlin, "val isSo{n} = ({c})", "isSo{n}"},
    Carried{Language::CSharp, "var isSo{n} = ({c});", "isSo{n}"},
    Carried{Language::Go, "isSo{n} := ({c})", "isSo{n}"},
    Carried{Language::Ruby, "is_so_{n} = ({c})", "is_so_{n}"},
    Carried{Language::Rust, "let is_so_{n} = {c};", "is_so_{n}"},
    Carried{Language::Cpp, "const bool is_so_{n} = ({c});", "is_so_{n}"},
};

constexpr std::array kWords{
    Carried{Language::Python, "way_{n} = \"yes\" if ({c}) else \"no\"", "way_{n} == \"yes\""},
    Carried{Language::JavaScript, "const way{n} = ({c}) ? \"yes\" : \"no\";", "way{n} === \"yes\""},
    Carried{Language::TypeScript, "const way{n} = ({c}) ? \"yes\" : \"no\";", "way{n} === \"yes\""},
    Carried{Language::Java, "String way{n} = ({c}) ? \"yes\" : \"no\";", "way{n}.equals(\"yes\")"},
    Carried{Language::Kotlin, "val way{n} = if ({c}) \"yes\" else \"no\"", "way{n} == \"yes\""},
    Carried{Language::CSharp, "var way{n} = ({c}) ? \"yes\" : \"no\";", "way{n} == \"yes\""},
    Carried{Language::Go, "way{n} := \"no\"\n{i}if {c} {\n{i}\tway{n} = \"yes\"\n{i}}",
            "way{n} == \"yes\""},
    Carried{Language::Ruby, "way_{n} = ({c}) ? 'yes' : 'no'", "way_{n} == 'yes'"},
    Carried{Language::Rust, "let way_{n} = if {c} { \"yes\" } else { \"no\" };",
            "way_{n} == \"yes\""},
    Carried{Language::Cpp, "const std::string way_{n} = ({c}) ? \"yes\" : \"no\";",
            "way_{n} == \"yes\""},
};

constexpr std::array kEntries{
    Carried{Language::Python, "plan_{n} = {\"go\": bool({c})}", "plan_{n}[\"go\"]"},
    Carried{Language::JavaScript, "const plan{n} = { go: ({c}) };", "plan{n}.go"},
    Carried{Language::TypeScript, "const plan{n} = { go: ({c}) };", "plan{n}.go"},
    Carried{Language::Java,
            "java.util.Map<String, Boolean> plan{n} = java.util.Map.of(\"go\", {c});",
            "plan{n}.get(\"go\")"},
    Carried{Language::Kotlin, "val plan{n} = mapOf(\"go\" to ({c}))", "plan{n}.getValue(\"go\")"},
    Carried{
        Language::CSharp,
        "var plan{n} = new System.Collections.Generic.Dictionary<string, bool> { [\"go\"] = {c} };",
        "plan{n}[\"go\"]"},
    Carried{Language::Go, "plan{n} := map[string]bool{\"go\": ({c})}", "plan{n}[\"go\"]"},
    Carried{Language::Ruby, "plan_{n} = { go: ({c}) }", "plan_{n}[:go]"},
    Carried{Language::Rust, "let plan_{n} = std::collections::HashMap::from([(\"go\", {c})]);",
            "plan_{n}[\"go\"]"},
    Carried{Language::Cpp, "const std::map<std::string, bool> plan_{n}{{\"go\", {c}}};",
            "plan_{n}.at(\"go\")"},
};

constexpr std::array kEnumerations{
    Carried{Language::Python, "way_{n} = Way.GO if ({c}) else Way.STAY", "way_{n} is Way.GO",
            "import enum\n\n\nclass Way(enum.Enum):\n    GO = 1\n    STAY = 2\n\n\n"},
    Carried{Language::JavaScript, "const way{n} = ({c}) ? Way.Go : Way.Stay;", "way{n} === Way.Go",
            "const Way = Object.freeze({ Go: \"go\", Stay: \"stay\" });\n"},
    Carried{Language::TypeScript, "const way{n} = ({c}) ? Way.Go : Way.Stay;", "way{n} === Way.Go",
            "enum Way { Go, Stay }\n"},
    Carried{Language::Java, "Way way{n} = ({c}) ? Way.GO : Way.STAY;", "way{n} == Way.GO",
            "\n  enum Way { GO, STAY }\n"},
    Carried{Language::CSharp, "var way{n} = ({c}) ? Way.Go : Way.Stay;", "way{n} == Way.Go",
            "\nenum Way { Go, Stay }\n"},
    Carried{Language::Kotlin, "val way{n} = if ({c}) Way.GO else Way.STAY", "way{n} == Way.GO",
            "\nenum class Way { GO, STAY }\n"},
    Carried{Language::Go, "way{n} := wayStay\n{i}if {c} {\n{i}\tway{n} = wayGo\n{i}}",
            "way{n} == wayGo", "\ntype way int\n\nconst (\n\twayGo way = iota\n\twayStay\n)\n"},
    Carried{Language::Ruby, "way_{n} = ({c}) ? :go : :stay", "way_{n} == :go"},
    Carried{Language::Rust, "let way_{n} = if {c} { Way::Go } else { Way::Stay };",
            "way_{n} == Way::Go", "\n#[derive(PartialEq)]\nenum Way {\n    Go,\n    Stay,\n}\n"},
    Carried{Language::Cpp,
            "enum class Way{n} { Go, Stay };\n{i}const Way{n} way_{n} = ({c}) ? Way{n}::Go : "
            "Way{n}::Stay;",
            "way_{n} == Way{n}::Go"},
};

// Not in Java, where a lambda may not see what is assigned twice.
constexpr std::array kClosures{
    Carried{Language::Python, "holds_{n} = lambda: ({c})", "holds_{n}()"},
    Carried{Language::JavaScript, "const holds{n} = () => ({c});", "holds{n}()"},
    Carried{Language::TypeScript, "const holds{n} = () => ({c});", "holds{n}()"},
    Carried{Language::Kotlin, "val holds{n} = { {c} }", "holds{n}()"},
    Carried{Language::CSharp, "bool Holds{n}() => {c};", "Holds{n}()"},
    Carried{Language::Go, "holds{n} := func() bool { return {c} }", "holds{n}()"},
    Carried{Language::Ruby, "holds_{n} = -> { {c} }", "holds_{n}.call"},
    Carried{Language::Rust, "let holds_{n} = || {c};", "holds_{n}()"},
    Carried{Language::Cpp, "const auto holds_{n} = [&] { return {c}; };", "holds_{n}()"},
};

// Nothing but another way to write the test.
constexpr std::array kDoubleNegations{
    Carried{Language::Python, "", "not (not ({c}))"},
    Carried{Language::JavaScript, "", "!(!({c}))"},
    Carried{Language::TypeScript, "", "!(!({c}))"},
    Carried{Language::Java, "", "!(!({c}))"},
    Carried{Language::Kotlin, "", "!(!({c}))"},
    Carried{Language::CSharp, "", "!(!({c}))"},
    Carried{Language::Go, "", "!(!({c}))"},
    Carried{Language::Ruby, "", "!(!({c}))"},
    Carried{Language::Rust, "", "!(!({c}))"},
    Carried{Language::Cpp, "", "!(!({c}))"},
};

struct Filling {
  Piece condition = {};
  int number = 0;
  std::string indent = {};
};

Pieces filled_in(std::string_view text, const Filling& with) {
  Pieces pieces;
  std::string made;
  while (!text.empty()) {
    if (text.starts_with("{c}")) {
      pieces.push_back({.text = std::exchange(made, {})});
      pieces.push_back(with.condition);
    } else if (text.starts_with("{n}")) {
      made += std::to_string(with.number);
    } else if (text.starts_with("{i}")) {
      made += with.indent;
    } else {
      made += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(3);
  }
  pieces.push_back({.text = made});
  return pieces;
}

// Tests that wait, or may leave the function, are none for a function of their own; nor are those
// that have branches in them rewritten together with these.
bool can_be_carried(const Branch& branch, bool in_function) {
  if (contains(branch.condition, {"if_expression", "if", "if_statement"})) return false;
  return !in_function ||
         !contains(branch.condition, {"await_expression", "await", "yield", "yield_expression",
                                      "try_expression", "await_expression"});
}

// Where the file's own names begin: behind imports and what must stand first.
std::uint32_t behind_imports(const Source& source) {
  for (const TSNode node : named_children(source.root()))
    if (!is(node, {"import_statement", "import_from_statement", "future_import_statement"}) &&
        !(is(node, {"expression_statement"}) && contains(node, {"string"}) &&
          named_children(node).size() == 1 && !contains(node, {"call", "call_expression"})))
      return line_begin(source.text, range_of(node).begin);
  return static_cast<std::uint32_t>(source.text.size());
}

std::optional<std::uint32_t> place_besides(const Source& source) {
  switch (source.language) {
    case Language::Python:
    case Language::JavaScript:
    case Language::TypeScript: return behind_imports(source);
    case Language::Java: {
      for (const TSNode node : named_children(source.root()))
        if (is(node, {"class_declaration"})) return range_of(field(node, "body")).begin + 1;
      return std::nullopt;
    }
    default: return static_cast<std::uint32_t>(source.text.size());
  }
}

bool carry(const Source& source, const Carried& by, bool in_function, Rewritten& out) {
  Edits edits(source.path, source.text);
  int number = 0;
  for (const Branch& branch : branches_of(source)) {
    if (!can_be_carried(branch, in_function)) continue;
    const Range condition = range_of(branch.condition);
    const Filling with{edits.copy(condition), ++number, branch.indent};
    if (!by.before.empty()) {
      Pieces before = filled_in(by.before, with);
      before.push_back({.text = cat("\n", branch.indent)});
      edits.insert(range_of(branch.node).begin, std::move(before));
    }
    Pieces test = filled_in(by.test, with);
    if (!by.before.empty()) {
      std::string text;
      for (const Piece& piece : test) text += piece.text;
      test = {{text, source.path, condition}};
    }
    edits.replace(condition, std::move(test));
  }
  if (number == 0) return false;
  if (!by.besides.empty()) {
    const std::optional<std::uint32_t> place = place_besides(source);
    if (!place) return false;
    edits.insert(*place, std::string(by.besides));
  }
  put(out, source.path, edits);
  return true;
}

// What a file needs besides may be there once in a folder, which is a package to some languages.
bool shares_names(Language language) {
  return language == Language::Go || language == Language::CSharp || language == Language::Kotlin;
}

std::optional<Rewritten> carried(const Files& files, std::span<const Carried> rows,
                                 bool in_function = false) {
  Rewritten out;
  bool is_declared = false;
  for (const Source& source : plain_sources_of(files))
    for (const Carried& row : rows) {
      if (row.language != source.language) continue;
      const bool declares = !row.besides.empty() && shares_names(row.language);
      if (declares && is_declared) continue;
      if (carry(source, row, in_function, out) && declares) is_declared = true;
    }
  if (out.is_empty()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Rewritten> with_flags(const Files& files) { return carried(files, kFlags); }
std::optional<Rewritten> with_words(const Files& files) { return carried(files, kWords); }
std::optional<Rewritten> with_entries(const Files& files) { return carried(files, kEntries); }
std::optional<Rewritten> with_enumerations(const Files& files) {
  return carried(files, kEnumerations);
}
std::optional<Rewritten> with_closures(const Files& files) {
  return carried(files, kClosures, true);
}
std::optional<Rewritten> with_double_negation(const Files& files) {
  return carried(files, kDoubleNegations);
}

}  // namespace fnlint::test
