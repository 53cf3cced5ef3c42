// HCL's values in the template form; its parts are terraform_expressions.cpp and
// terraform_texts.cpp.
#pragma once

#include "frontends/source/common/syntax.h"
#include "frontends/templates/template_builder.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The nodes below one, comments left out. What the parser could not fit in is among them.
[[nodiscard]] std::vector<TSNode> syntax_children(TSNode node);
[[nodiscard]] bool is_syntax(TSNode node, std::string_view type);

// HCL expressions to the template form.
class TerraformReader {
 public:
  // `free_names`: every name is a variable of the template (templatefile). `fixed`: the text is no
  // part of the file; everything in it lies there.
  TerraformReader(TemplateBuilder& builder, std::string_view text, bool free_names = false,
                  std::optional<Range> fixed = std::nullopt)
      : builder_(builder), text_(text), free_names_(free_names), fixed_(fixed) {}

  ExprId expression(TSNode node);
  // The body of a block; entries that Terraform itself reads go to `own`.
  ExprId body(TSNode node, Range where, std::span<const std::string_view> own_names,
              std::vector<Written>& own);
  ExprId body(TSNode node, Range where);
  // A whole text with ${...} and %{...}: what stands between quotes or in a heredoc.
  ExprId whole_template(std::string_view content, Range where);

  [[nodiscard]] std::string_view source(TSNode node) const { return text_of(node, text_); }
  [[nodiscard]] Range place(TSNode node) const { return fixed_.value_or(range_of(node)); }
  // The text of a quoted string without anything to evaluate in it.
  [[nodiscard]] std::optional<std::string> plain_string(TSNode node);
  void note_faults(TSNode root);
  // A name that is a variable until it is unbound.
  void bind(std::string_view name) { bound_.emplace_back(name); }
  void unbind() { bound_.pop_back(); }

 private:
  using Nodes = std::span<const TSNode>;
  struct Piece;
  struct Texts;

  ExprId reference(std::string_view name, std::initializer_list<std::string_view> parts,
                   Range where);
  ExprId terms(Nodes nodes);
  ExprId primary(Nodes nodes, std::size_t& at);
  ExprId named(Nodes nodes, std::size_t& at);
  ExprId postfix(ExprId base, TSNode node, std::uint32_t begin);
  ExprId splat(ExprId base, TSNode node, Range where);
  ExprId literal(TSNode node);
  ExprId collection(TSNode node);
  ExprId object(TSNode node);
  ExprId call(TSNode node);
  [[nodiscard]] std::optional<std::string> written_path(ExprId path) const;
  void want_file(std::string_view function, ExprId argument, Range where);
  void note_duplicates(std::span<const Written> entries);
  ExprId operation(TSNode node);
  ExprId conditional(TSNode node);
  ExprId comprehension(TSNode node);
  ExprId block_body(TSNode block);
  ExprId dynamic_block(TSNode block, std::string& name);
  Operand key_of(TSNode node);

  // Texts (terraform_texts.cpp).
  ExprId quoted(TSNode node);
  ExprId heredoc(TSNode node);
  std::vector<Piece> pieces(Nodes nodes, Range content);
  void add_piece(std::vector<Piece>& out, TSNode node);
  ExprId text_of_pieces(std::vector<Piece>& pieces, Texts& how, Range where);
  ExprId literal_piece(const Piece& piece, Texts& how);

  bool is_bound(std::string_view name) const;

  TemplateBuilder& builder_;
  std::string_view text_;
  bool free_names_;
  std::optional<Range> fixed_;
  std::vector<std::string> bound_ = {"each", "count", "self"};
  std::size_t depth_ = 0;
};

extern "C" const TSLanguage* tree_sitter_hcl();

}  // namespace fnlint
