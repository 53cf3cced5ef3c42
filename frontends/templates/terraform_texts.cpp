#include "core/characters.h"
#include "core/lines.h"
#include "core/text.h"
#include "frontends/templates/terraform.h"
#include "frontends/templates/terraform_reader.h"

#include <algorithm>
#include <array>
#include <map>

// HCL's texts and heredocs: escapes, indentation, and what is put in between.
namespace fnlint {

namespace {

void add_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x110000) {
    out += static_cast<char>(0xF0U | (code >> 18U));
    out += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

// The character of `digits` hexadecimal digits; nothing where they are none.
std::optional<std::uint32_t> hexadecimal(std::string_view digits) {
  std::uint32_t code = 0;
  for (const char c : digits) {
    const std::size_t value = std::string_view("0123456789abcdef").find(lower({&c, 1}));
    if (value == std::string_view::npos) return std::nullopt;
    code = code * 16 + static_cast<std::uint32_t>(value);
  }
  return code;
}

// What a backslash stands for; the number of bytes that it takes, 0 where it is no escape.
std::size_t escape(std::string_view text, std::string& out) {
  if (text.size() < 2) return 0;
  constexpr std::string_view kShort = "nrt\"\\", kMeant = "\n\r\t\"\\";
  if (const std::size_t at = kShort.find(text[1]); at != std::string_view::npos) {
    out += kMeant[at];
    return 2;
  }
  const std::size_t digits = text[1] == 'u' ? 4 : text[1] == 'U' ? 8 : 0;
  if (digits == 0 || text.size() < digits + 2) return 0;
  const auto code = hexadecimal(text.substr(2, digits));
  if (!code) return 0;
  add_utf8(out, *code);
  return digits + 2;
}

std::size_t indentation(std::string_view content) {
  std::size_t least = std::string_view::npos;
  for (std::size_t line = 0; line < content.size();) {
    std::size_t at = line;
    while (at < content.size() && (content[at] == ' ' || content[at] == '\t')) ++at;
    const bool empty = at == content.size() || content[at] == '\n' || content[at] == '\r';
    if (!empty) least = std::min(least, at - line);
    const std::size_t end = content.find('\n', line);
    if (end == std::string_view::npos) break;
    line = end + 1;
  }
  return least == std::string_view::npos ? 0 : least;
}

}  // namespace

struct TerraformReader::Piece {
  enum class Kind : std::uint8_t { Literal, Value, Choice, Loop };
  Kind kind = Kind::Literal;
  Range range = {};
  bool trim_left = false, trim_right = false;
  ExprId value = {};  // or the condition, or the collection
  std::string variables = {};
  std::vector<Piece> first = {}, second = {};
};

// How literal parts become text.
struct TerraformReader::Texts {
  bool escapes = false;      // of backslashes
  std::size_t indented = 0;  // what begins a line and is left out
  std::uint32_t begin = 0;   // of the content
};

ExprId TerraformReader::literal_piece(const Piece& piece, Texts& how) {
  Range range = piece.range;
  if (piece.trim_left)
    while (range.begin < range.end && is_blank(text_[range.begin])) ++range.begin;
  if (piece.trim_right)
    while (range.end > range.begin && is_blank(text_[range.end - 1])) --range.end;
  std::string out;
  std::vector<TextPlace> rows;
  bool moved = true;
  const auto mark = [&](std::uint32_t at) {
    if (moved) rows.push_back({static_cast<std::uint32_t>(out.size()), at});
    moved = false;
  };
  for (std::uint32_t at = range.begin; at < range.end;) {
    const bool line_start = at == how.begin || text_[at - 1] == '\n';
    if (line_start && how.indented > 0) {
      std::size_t left = how.indented;
      while (left > 0 && at < range.end && (text_[at] == ' ' || text_[at] == '\t')) {
        ++at;
        --left;
        moved = true;
      }
      if (at >= range.end) break;
    }
    const std::string_view rest = text_.substr(at, range.end - at);
    mark(at);
    if (how.escapes && rest.front() == '\\') {
      const std::size_t size = escape(rest, out);
      if (size > 0) {
        at += static_cast<std::uint32_t>(size);
        moved = true;
        continue;
      }
    }
    if (rest.starts_with("$${") || rest.starts_with("%%{")) {
      out += rest.front();
      out += '{';
      at += 3;
      moved = true;
      continue;
    }
    out += rest.front();
    ++at;
  }
  return builder_.text(out, fixed_.value_or(range),
                       fixed_ ? std::span<const TextPlace>{} : std::span<const TextPlace>(rows));
}

ExprId TerraformReader::text_of_pieces(std::vector<Piece>& pieces, Texts& how, Range where) {
  std::vector<Written> parts;
  const auto add = [&](ExprId value, Range range) {
    parts.push_back({{.value = value}, fixed_.value_or(range)});
  };
  for (Piece& piece : pieces) {
    const Range range = fixed_.value_or(piece.range);
    switch (piece.kind) {
      case Piece::Kind::Literal: add(literal_piece(piece, how), range); break;
      case Piece::Kind::Value: add(piece.value, range); break;
      case Piece::Kind::Choice: {
        const std::array operands{piece.value, text_of_pieces(piece.first, how, range),
                                  text_of_pieces(piece.second, how, range)};
        add(builder_.apply("choose.", operands, range), range);
        break;
      }
      case Piece::Kind::Loop: {
        const std::array operands{Operand{.value = piece.value},
                                  Operand{.value = text_of_pieces(piece.first, how, range)},
                                  Operand{}, Operand{}};
        const ExprId all = builder_.form(
            {.kind = ExprKind::Comprehend, .name = builder_.string(piece.variables)}, operands,
            range);
        add(builder_.apply("join", std::array{builder_.text("", range), all}, range), range);
        break;
      }
    }
  }
  if (parts.empty()) return builder_.text("", where);
  if (parts.size() == 1 && pieces[0].kind == Piece::Kind::Literal) {
    // The whole text has the place of its quotes, as other texts do.
    const ExprId only = parts[0].operand.value;
    builder_.facts.expr_ranges[only.index] = where;
    if (builder_.facts.expr_places[only.index].count == 0 && !fixed_) {
      auto& places = builder_.facts.text_places;
      builder_.facts.expr_places[only.index] = {static_cast<std::uint32_t>(places.size()), 1};
      places.push_back({0, pieces[0].range.begin});
    }
    return only;
  }
  return builder_.concat(parts, where);
}

void TerraformReader::add_piece(std::vector<Piece>& out, TSNode node) {
  const std::string_view type = ts_node_type(node);
  Piece piece{.range = range_of(node)};
  const std::vector<TSNode> children = syntax_children(node);
  if (type == "template_interpolation") {
    piece.kind = Piece::Kind::Value;
    for (const TSNode child : children)
      if (is_syntax(child, "expression")) piece.value = expression(child);
    if (!piece.value.exists()) piece.value = builder_.unknown("an empty expression", place(node));
    out.push_back(std::move(piece));
    return;
  }
  if (type != "template_directive" || children.empty()) {
    piece.kind = Piece::Kind::Value;
    piece.value = builder_.unknown("this could not be read", place(node));
    out.push_back(std::move(piece));
    return;
  }
  const std::size_t outer = bound_.size();
  std::vector<std::vector<TSNode>> sides(1);
  std::vector<Range> contents;
  std::uint32_t begin = piece.range.begin;
  const bool loop = is_syntax(children[0], "template_for");
  piece.kind = loop ? Piece::Kind::Loop : Piece::Kind::Choice;
  for (const TSNode part : syntax_children(children[0])) {
    const std::string_view kind = ts_node_type(part);
    if (kind == "template_for_start" || kind == "template_if_intro") {
      for (const TSNode child : syntax_children(part)) {
        if (is_syntax(child, "expression")) piece.value = expression(child);
        if (is_syntax(child, "identifier")) {
          piece.variables += cat(piece.variables.empty() ? "" : ",", source(child));
          bound_.emplace_back(source(child));
        }
      }
      begin = range_of(part).end;
    } else if (kind == "template_else_intro") {
      contents.push_back({begin, range_of(part).begin});
      sides.emplace_back();
      begin = range_of(part).end;
    } else if (kind == "template_if_end" || kind == "template_for_end") {
      contents.push_back({begin, range_of(part).begin});
      begin = range_of(part).end;
    } else {
      sides.back().push_back(part);
    }
  }
  if (contents.size() < sides.size()) contents.push_back({begin, piece.range.end});
  piece.first = pieces(sides[0], contents[0]);
  if (sides.size() > 1) piece.second = pieces(sides[1], contents[1]);
  bound_.resize(outer);
  if (!piece.value.exists()) piece.value = builder_.unknown("an empty expression", place(node));
  out.push_back(std::move(piece));
}

// The parser gives no node to blank space at the ends of literal parts: they are what lies between
// the others. A "~" beside a brace takes the blank space on its side away.
std::vector<TerraformReader::Piece> TerraformReader::pieces(Nodes nodes, Range content) {
  std::vector<Piece> out;
  if (depth_ == kNestingDepth) return out;
  ++depth_;
  std::uint32_t at = content.begin;
  bool trim = at >= 2 && text_[at - 1] == '}' && text_[at - 2] == '~';
  const auto literal = [&](std::uint32_t end) {
    const bool right = end + 2 < text_.size() && text_[end + 1] == '{' && text_[end + 2] == '~';
    if (at < end)
      out.push_back({.range = {at, end}, .trim_left = trim, .trim_right = right});
  };
  for (const TSNode node : nodes) {
    if (is_syntax(node, "template_literal")) continue;
    const Range range = range_of(node);
    if (range.begin < at || range.end > content.end) continue;
    literal(range.begin);
    add_piece(out, node);
    at = range.end;
    trim = at >= 2 && text_[at - 1] == '}' && text_[at - 2] == '~';
  }
  literal(content.end);
  --depth_;
  return out;
}

ExprId TerraformReader::quoted(TSNode node) {
  const Range range = range_of(node);
  Range content{range.begin + 1, range.end};
  if (content.end > content.begin && text_[content.end - 1] == '"') --content.end;
  if (content.begin > content.end) content.begin = content.end;
  std::vector<TSNode> inner;
  for (const TSNode child : syntax_children(node))
    if (!is_syntax(child, "quoted_template_start") && !is_syntax(child, "quoted_template_end"))
      inner.push_back(child);
  std::vector<Piece> parts = pieces(inner, content);
  // "${x}" is x, whatever it is.
  if (parts.size() == 1 && parts[0].kind == Piece::Kind::Value) return parts[0].value;
  Texts how{.escapes = true, .begin = content.begin};
  return text_of_pieces(parts, how, place(node));
}

ExprId TerraformReader::heredoc(TSNode node) {
  std::vector<TSNode> inner, names;
  bool flush = false;
  for (const TSNode child : syntax_children(node)) {
    if (is_syntax(child, "heredoc_start"))
      flush = source(child) == "<<-";
    else if (is_syntax(child, "heredoc_identifier"))
      names.push_back(child);
    else
      inner.push_back(child);
  }
  const Range range = range_of(node);
  if (names.empty()) return builder_.unknown("this could not be read", place(node));
  const std::size_t line = text_.find('\n', range_of(names[0]).end);
  Range content{static_cast<std::uint32_t>(std::min<std::size_t>(line, range.end - 1) + 1),
                range.end};
  if (names.size() > 1) content.end = range_of(names[1]).begin;
  while (content.end > content.begin &&
         (text_[content.end - 1] == ' ' || text_[content.end - 1] == '\t'))
    --content.end;
  if (content.begin > content.end) content.begin = content.end;
  Texts how{.begin = content.begin};
  if (flush)
    how.indented = indentation(text_.substr(content.begin, content.end - content.begin));
  std::vector<Piece> parts = pieces(inner, content);
  return text_of_pieces(parts, how, place(node));
}

std::optional<std::string> TerraformReader::plain_string(TSNode node) {
  const std::string_view written = source(node);
  if (written.size() < 2 || !written.starts_with('"') || !written.ends_with('"'))
    return std::nullopt;
  const std::string_view content = written.substr(1, written.size() - 2);
  if (content.find("${") != content.npos || content.find("%{") != content.npos) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t size = content[at] == '\\' ? escape(content.substr(at), out) : 0;
    if (size == 0) out += content[at];
    at += std::max<std::size_t>(size, 1);
  }
  return out;
}

ExprId TerraformReader::whole_template(std::string_view content, Range where) {
  if (content.find("${") == content.npos && content.find("%{") == content.npos)
    return builder_.text(content, where);
  constexpr std::string_view kBefore = "x = <<FNLINT_TEXT\n", kAfter = "\nFNLINT_TEXT\n";
  const std::string text = cat(kBefore, content, kAfter);
  const SyntaxTree tree = parse_syntax(tree_sitter_hcl(), text);
  if (!tree) return builder_.unknown("a text that takes too long to read", where);
  TerraformReader reader(builder_, text, free_names_, where);
  reader.depth_ = depth_ + 1;
  reader.bound_ = bound_;
  TSNode node = ts_tree_root_node(tree.get());
  for (const std::string_view type :
       {"body", "attribute", "expression", "template_expr", "heredoc_template"}) {
    bool found = false;
    for (const TSNode child : syntax_children(node)) {
      if (found || !is_syntax(child, type)) continue;
      node = child;
      found = true;
    }
    if (!found) return builder_.unknown("a text that could not be read", where);
  }
  std::vector<TSNode> inner;
  for (const TSNode child : syntax_children(node))
    if (!is_syntax(child, "heredoc_start") && !is_syntax(child, "heredoc_identifier"))
      inner.push_back(child);
  const auto begin = static_cast<std::uint32_t>(kBefore.size());
  std::vector<Piece> parts =
      reader.pieces(inner, {begin, begin + static_cast<std::uint32_t>(content.size())});
  if (parts.size() == 1 && parts[0].kind == Piece::Kind::Value) return parts[0].value;
  Texts how{.begin = begin};
  return reader.text_of_pieces(parts, how, where);
}

// The last of an object's equal keys stands; where all say the same, nothing is lost.
void TerraformReader::note_duplicates(std::span<const Written> entries) {
  const auto value_of = [&](const Written& entry) {
    if (!entry.operand.value.exists()) return std::string_view();
    const Range range = builder_.facts.expr_ranges[entry.operand.value.index];
    return text_.substr(range.begin, range.end - range.begin);
  };
  std::map<std::uint32_t, const Written*> places;
  for (const Written& entry : entries) {
    if (!entry.operand.name.exists()) continue;
    const auto [earlier, is_new] = places.try_emplace(entry.operand.name.index, &entry);
    if (is_new || (!value_of(entry).empty() && value_of(*earlier->second) == value_of(entry)))
      continue;
    const Place at = Lines(text_).place(earlier->second->range.begin);
    builder_.problem(
        entry.range,
        cat("duplicate key \"", builder_.facts.string(entry.operand.name).substr(0, 80),
            "\": it replaces the one at line ", at.line, ", column ", at.column));
    earlier->second = &entry;
  }
}

}  // namespace fnlint
