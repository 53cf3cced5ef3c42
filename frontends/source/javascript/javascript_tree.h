// The parsed file, with flags that tell the lowering in advance what lies below a node.
#pragma once

#include "core/id.h"
#include "core/problem.h"
#include "frontends/source/common/syntax_nodes.h"
#include "frontends/source/javascript/javascript_dialect.h"
#include "frontends/source/javascript/javascript_nodes.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace fnlint {

// The first four are passed on to the nodes around, all but kJsBroken up to the next function.
enum JsFlags : std::uint16_t {
  kJsOps = 1,       // something in it becomes an op
  kJsWrites = 2,    // an assignment in it changes a variable or member
  kJsContinue = 4,  // a `continue` in it
  kJsBroken = 8,    // a syntax error in it
  kJsType = 16,     // stands in a type
  kJsJumps = 32,    // a test by && || ! of which a part runs code only sometimes
};

using JsId = Id<struct JsNodeTag>;

bool is_function(Js kind);  // has a body of its own: what it holds does not run where it stands

// The syntax tree of one file, with what is known of a node before it is lowered. Does not own the
// text. An id that names nothing has no children, an empty range and the kind None.
class JsTree {
 public:
  class Iterator {
   public:
    Iterator(const JsTree& tree, std::uint32_t at) : tree_(&tree), at_(at) {}
    JsId operator*() const { return JsId{at_}; }
    Iterator& operator++() {
      at_ = (*tree_->nodes_)[at_].next;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const JsTree* tree_;
    std::uint32_t at_;
  };
  struct Children {
    Iterator first, last;
    [[nodiscard]] Iterator begin() const { return first; }
    [[nodiscard]] Iterator end() const { return last; }
  };

  // Parses with the grammar that reads the text with the fewest errors. Empty when the parser gave
  // up.
  static JsTree parse(std::string_view text, JavaScriptDialect dialect);

  [[nodiscard]] bool empty() const { return !nodes_; }
  [[nodiscard]] std::uint32_t size() const { return nodes_->size(); }
  [[nodiscard]] Js kind(JsId id) const {
    return id.exists() ? static_cast<Js>((*nodes_)[id.index].kind) : Js::None;
  }
  [[nodiscard]] JsField field(JsId id) const {
    return id.exists() ? static_cast<JsField>((*nodes_)[id.index].field) : JsField::None;
  }
  [[nodiscard]] Range range(JsId id) const {
    return id.exists() ? (*nodes_)[id.index].range : Range{};
  }
  [[nodiscard]] std::uint32_t next(JsId id) const { return (*nodes_)[id.index].next; }
  [[nodiscard]] std::string_view text(JsId id) const {
    const Range at = range(id);
    return text_.substr(at.begin, at.end - at.begin);
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] bool has(JsId id, JsFlags flag) const {
    return id.exists() && (flags_[id.index] & flag) != 0;
  }
  [[nodiscard]] Children children(JsId id) const {
    if (!id.exists()) return {{*this, 0}, {*this, 0}};
    return {{*this, id.index + 1}, {*this, next(id)}};
  }
  [[nodiscard]] JsId child(JsId id, JsField field) const;  // the first with that field, or none
  [[nodiscard]] JsId child(JsId id, Js kind) const;        // the first of that kind, or none
  [[nodiscard]] JsId first_child(JsId id) const;
  [[nodiscard]] JsId last_child(JsId id) const;
  [[nodiscard]] JsId first_from(std::uint32_t offset) const;  // the outermost that begins there
  [[nodiscard]] std::string_view name_of(JsId id) const;      // the grammar's

  [[nodiscard]] const std::vector<Range>& comments() const { return nodes_->comments(); }
  [[nodiscard]] bool is_broken() const { return error_count() > 0; }
  [[nodiscard]] Problems errors() const;  // the first few

 private:
  static JsTree parse_with(const Grammar& grammar, std::string_view masked, std::string_view text);
  [[nodiscard]] std::size_t error_count() const { return nodes_->faults().size(); }
  bool mend_awaits();
  void mend_operands();
  [[nodiscard]] bool is_misread(JsId node) const;
  void set_flags();
  [[nodiscard]] bool jumps(JsId node) const;
  [[nodiscard]] bool is_in_type(const SyntaxFault& fault) const;

  std::string_view text_;
  std::optional<SyntaxNodes> nodes_;
  std::vector<std::uint16_t> flags_;  // by node
};

}  // namespace fnlint
