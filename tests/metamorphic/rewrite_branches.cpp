#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <algorithm>

// Where branches stand: their work behind else, behind an early exit, or an else for what follows
// an exit.
namespace fnlint::test {
namespace {

// A rewriting of one branch; false where it is none for it.
using RewriteBranch = bool (*)(const Source&, const Branch&, Edits&);

bool overlaps(Range a, Range b) { return a.begin < b.end && b.begin < a.end; }

// Of branches inside of each other the outermost is rewritten.
std::optional<Rewritten> rewritten_branches(const Files& files, RewriteBranch rewrite,
                                            bool takes_in_the_rest = false) {
  Rewritten out;
  for (const Source& source : plain_sources_of(files)) {
    Edits edits(source.path, source.text);
    std::vector<Range> done;
    for (const Branch& branch : branches_of(source)) {
      const Range own = range_of(branch.node);
      const Range block = range_of(ts_node_parent(statement_of(branch.node)));
      if (std::ranges::any_of(done, [&](Range each) { return overlaps(each, own); })) continue;
      if (rewrite(source, branch, edits))
        done.push_back({own.begin, takes_in_the_rest ? block.end : own.end});
    }
    put(out, source.path, edits);
  }
  if (out.is_empty()) return std::nullopt;
  return out;
}

bool is_braced(TSNode body) { return is(body, {"block", "statement_block", "compound_statement"}); }

void negate(const Source& source, const Branch& branch, Edits& edits) {
  edits.replace(range_of(branch.condition), negated(source, branch.condition));
}

// The blanks before the first statement of a body that begins a line; without, it is on the line of
// its branch.
std::optional<std::string> indent_of_body(const Source& source, const Branch& branch) {
  return indent_of(source, branch.body);
}

bool put_in_else(const Source& source, const Branch& branch, Edits& edits) {
  if (is_there(branch.otherwise) || branch.is_modifier || branch.is_negated) return false;
  const std::uint32_t body = range_of(branch.body).begin;
  if (source.language == Language::Python) {
    const std::optional<std::string> indent = indent_of_body(source, branch);
    const std::string between = indent ? *indent : std::string(" ");
    edits.insert(body, cat("pass\n", branch.indent, "else:", indent ? "\n" : "", between));
  } else if (source.language == Language::Ruby) {
    edits.insert(body, cat("\n", branch.indent, "else"));
  } else {
    edits.insert(body, "{\n" + branch.indent + "} else ");
  }
  negate(source, branch, edits);
  return true;
}

// --- An exit in place of a branch that is the last that its function or round does.

bool gives_nothing(const Source& source, TSNode function) {
  switch (source.language) {
    case Language::Python:
    case Language::JavaScript:
    case Language::TypeScript: return true;
    case Language::Ruby: return is(function, {"method"});
    case Language::Java:
      return is(function, {"method_declaration"}) && source.of(field(function, "type")) == "void";
    case Language::CSharp: {
      const TSNode type = field(function, "returns");
      return is_there(type) && (source.of(type) == "void" ||
                                (source.of(type) == "Task" &&
                                 source.of(function).find("async ") != std::string_view::npos));
    }
    case Language::Go:
      return is(function, {"function_declaration", "method_declaration", "func_literal"}) &&
             !is_there(field(function, "result"));
    case Language::Rust:
      return is(function, {"function_item"}) && !is_there(field(function, "return_type"));
    case Language::Cpp:
      return is(function, {"function_definition"}) && source.of(field(function, "type")) == "void";
    case Language::Kotlin: return false;
  }
  return false;
}

bool is_last(TSNode statement) {
  const std::vector<TSNode> all = named_children(ts_node_parent(statement));
  return !all.empty() && ts_node_eq(all.back(), statement);
}

// "return" or "continue", by what the block is the body of.
std::string exit_of(const Source& source, TSNode block) {
  TSNode owner = ts_node_parent(block);
  if (is(block, {"statement_list"})) owner = ts_node_parent(owner);  // Go
  if (!is_there(owner)) return {};
  if (is(owner, {"do_block"})) return "next";
  if (is_loop(owner) && !is_there(field(owner, "alternative")))
    return source.language == Language::Ruby ? "" : "continue";
  if (is_function(owner) && gives_nothing(source, owner)) return "return";
  return {};
}

bool ends_statements(Language language) {
  return language != Language::Python && language != Language::Ruby && language != Language::Go &&
         language != Language::Kotlin;
}

// Takes the blanks away by which the body's lines stand deeper than its branch.
bool take_back(const Source& source, const Branch& branch, const std::string& deeper,
               Edits& edits) {
  const Range body = range_of(branch.body);
  if (has_long_text(source, body) || !deeper.starts_with(branch.indent)) return false;
  const auto more = static_cast<std::uint32_t>(deeper.size() - branch.indent.size());
  for (std::uint32_t line = line_end(source.text, body.begin) + 1; line < body.end;
       line = line_end(source.text, line) + 1)
    if (source.text.substr(line).starts_with(deeper)) edits.replace({line, line + more}, Pieces{});
  return true;
}

bool exit_early_by_indent(const Source& source, const Branch& branch, const std::string& exit,
                          Edits& edits) {
  const std::optional<std::string> deeper = indent_of_body(source, branch);
  if (!deeper) return false;
  Edits tried = edits;
  if (!take_back(source, branch, *deeper, tried)) return false;
  tried.insert(range_of(branch.body).begin, cat(exit, "\n", branch.indent));
  negate(source, branch, tried);
  edits = tried;
  return true;
}

bool exit_early_in_ruby(const Source& source, const Branch& branch, const std::string& exit,
                        Edits& edits) {
  const Range whole = range_of(branch.node);
  if (source.text.substr(0, whole.end).substr(whole.end - 3) != "end") return false;
  edits.replace({whole.begin, range_of(branch.condition).begin}, cat(exit, " unless ("));
  edits.insert(range_of(branch.condition).end, ")");
  edits.replace({whole.end - 3, whole.end}, Pieces{});
  return true;
}

bool exit_early(const Source& source, const Branch& branch, Edits& edits) {
  const TSNode statement = statement_of(branch.node);
  if (is_there(branch.otherwise) || branch.is_modifier || branch.is_negated || !is_last(statement))
    return false;
  const std::string exit = exit_of(source, ts_node_parent(statement));
  if (exit.empty()) return false;
  if (source.language == Language::Python) return exit_early_by_indent(source, branch, exit, edits);
  if (source.language == Language::Ruby) return exit_early_in_ruby(source, branch, exit, edits);
  if (!is_braced(branch.body) || source.language == Language::Kotlin) return false;
  // The block stays, so that its names stay its own.
  edits.insert(range_of(branch.body).begin,
               cat("{\n", branch.indent, "  ", exit, ends_statements(source.language) ? ";" : "",
                   "\n", branch.indent, "}\n", branch.indent));
  negate(source, branch, edits);
  return true;
}

// --- An else for what follows an exit.

bool is_exit(TSNode statement) {
  if (is(statement, {"expression_statement"})) {
    const std::vector<TSNode> inner = named_children(statement);
    return inner.size() == 1 && is_exit(inner.front());
  }
  return is(statement,
            {"return_statement", "continue_statement", "raise_statement", "throw_statement",
             "return_expression", "continue_expression", "return", "next"});
}

bool always_exits(TSNode body) {
  if (is_exit(body)) return true;
  std::vector<TSNode> statements = named_children(body);
  if (statements.size() == 1 && is(statements.front(), {"statement_list"}))
    statements = named_children(statements.front());
  return !statements.empty() && is_exit(statements.back());
}

// From the first statement after the branch to the last of the block.
std::vector<TSNode> following(TSNode statement) {
  std::vector<TSNode> all = named_children(ts_node_parent(statement)), after;
  const auto at =
      std::ranges::find_if(all, [&](TSNode each) { return ts_node_eq(each, statement); });
  if (at != all.end()) after.assign(at + 1, all.end());
  return after;
}

// What is seen in all of a block wherever it stands there.
bool declares_for_all(TSNode statement) {
  return is(statement, {"function_declaration", "class_declaration", "local_function_statement",
                        "generator_function_declaration", "export_statement", "function_item",
                        "use_declaration", "const_item"}) ||
         contains(statement, {"heredoc_body"});
}

bool indent_rest(const Source& source, const Branch& branch, Range rest, Edits& edits) {
  const std::uint32_t end_of_branch = line_end(source.text, range_of(branch.body).end);
  if (has_long_text(source, {end_of_branch, rest.end}) || rest.begin < end_of_branch) return false;
  for (std::uint32_t line = end_of_branch + 1; line < rest.end;
       line = line_end(source.text, line) + 1)
    if (line_end(source.text, line) > line) edits.insert(line, "    ");
  edits.insert(end_of_branch, cat("\n", branch.indent, "else:"));
  return true;
}

bool add_else(const Source& source, const Branch& branch, Edits& edits) {
  const TSNode statement = statement_of(branch.node);
  const std::vector<TSNode> rest = following(statement);
  if (is_there(branch.otherwise) || branch.is_modifier || rest.empty() ||
      !always_exits(branch.body) || std::ranges::any_of(rest, declares_for_all) ||
      source.language == Language::Kotlin)
    return false;
  const Range range{range_of(rest.front()).begin, range_of(rest.back()).end};
  const std::uint32_t end = range_of(branch.node).end;
  if (source.language == Language::Python) return indent_rest(source, branch, range, edits);
  if (source.language == Language::Ruby) {
    if (source.text.substr(end - 3, 3) != "end") return false;
    edits.replace({end - 3, end}, std::string("else"));
    edits.insert(line_end(source.text, range.end), cat("\n", branch.indent, "end"));
    return true;
  }
  // A statement without its end would take the else for its own.
  if (!is_braced(branch.body) && source.text[end - 1] != ';') return false;
  edits.insert(end, " else {");
  edits.insert(range.end, cat("\n", branch.indent, "}"));
  return true;
}

}  // namespace

std::optional<Rewritten> with_work_in_else(const Files& files) {
  return rewritten_branches(files, put_in_else);
}
std::optional<Rewritten> with_early_exits(const Files& files) {
  return rewritten_branches(files, exit_early);
}
std::optional<Rewritten> with_else_after_exits(const Files& files) {
  return rewritten_branches(files, add_else, true);
}

}  // namespace fnlint::test
