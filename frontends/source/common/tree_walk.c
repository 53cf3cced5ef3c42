#include "frontends/source/common/tree_walk.h"

#include "language.h"
#include "subtree.h"
#include "tree.h"

/* A node whose children are gone through. Hidden ones are those that the grammar gives no name:
 * what they hold stands in their place, and has their field where it has none of its own. */
typedef struct {
  Subtree node;
  uint32_t child;      /* the next one */
  uint32_t structural; /* its number without comments and the like */
  uint32_t end;        /* of what is behind it */
  const TSSymbol* aliases;
  const TSFieldMapEntry *fields, *fields_end;
  TSFieldId field; /* of a hidden node */
  bool is_visible;
} OpenNode;

typedef Array(OpenNode) OpenNodes;

static void open_node(OpenNodes* open, const TSLanguage* language, Subtree node, uint32_t begin,
                      TSFieldId field, bool is_visible) {
  const uint32_t production = node.ptr->production_id;
  OpenNode row = {.node = node, .end = begin, .field = field, .is_visible = is_visible};
  row.aliases = ts_language_alias_sequence(language, production);
  ts_language_field_map(language, production, &row.fields, &row.fields_end);
  array_push(open, row);
}

static TSFieldId field_of(const OpenNode* parent, uint32_t child) {
  for (const TSFieldMapEntry* row = parent->fields; row < parent->fields_end; ++row)
    if (!row->inherited && row->child_index == child) return row->field_id;
  return parent->is_visible ? 0 : parent->field;
}

static TSSymbol public_symbol(const TSLanguage* language, TSSymbol symbol) {
  return symbol == ts_builtin_sym_error ? symbol : language->public_symbol_map[symbol];
}

void walk_tree(const TSTree* tree, void* self, bool (*enter)(void* self, const WalkedNode* node),
               void (*leave)(void* self)) {
  const TSLanguage* const language = tree->language;
  const Subtree root = tree->root;
  const uint32_t start = ts_subtree_padding(root).bytes;
  const WalkedNode first = {.begin = start,
                            .end = start + ts_subtree_size(root).bytes,
                            .symbol = public_symbol(language, ts_subtree_symbol(root)),
                            .is_missing = ts_subtree_missing(root)};
  if (!enter(self, &first)) return;
  if (ts_subtree_child_count(root) == 0) {
    leave(self);
    return;
  }
  OpenNodes open = array_new();
  open_node(&open, language, root, start, 0, true);
  while (open.size > 0) {
    OpenNode* const parent = array_back(&open);
    if (parent->child == parent->node.ptr->child_count) {
      const bool was_visible = parent->is_visible;
      open.size--;
      if (was_visible) leave(self);
      continue;
    }
    const Subtree child = ts_subtree_children(parent->node)[parent->child];
    const uint32_t begin =
        parent->child == 0 ? parent->end : parent->end + ts_subtree_padding(child).bytes;
    const bool is_extra = ts_subtree_extra(child);
    const uint32_t number = parent->structural;
    parent->end = begin + ts_subtree_size(child).bytes;
    parent->child++;
    if (!is_extra) parent->structural++;
    const TSSymbol alias = is_extra || parent->aliases == NULL ? 0 : parent->aliases[number];
    const bool is_visible = ts_subtree_visible(child) || alias != 0;
    if (!is_visible && ts_subtree_visible_child_count(child) == 0) continue;
    const TSFieldId field = is_extra ? 0 : field_of(parent, number);
    if (!is_visible) {
      open_node(&open, language, child, begin, field, false);
      continue;
    }
    const WalkedNode node = {
        .begin = begin,
        .end = parent->end,
        .symbol = public_symbol(language, alias != 0 ? alias : ts_subtree_symbol(child)),
        .field = field,
        .is_missing = ts_subtree_missing(child)};
    if (!enter(self, &node)) continue;
    if (ts_subtree_child_count(child) > 0)
      open_node(&open, language, child, begin, 0, true);
    else
      leave(self);
  }
  array_delete(&open);
}
