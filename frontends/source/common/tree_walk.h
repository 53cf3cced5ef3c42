#pragma once

#include <tree_sitter/api.h>

#include <stdbool.h>
#include <stdint.h>

/* All nodes of a syntax tree, each before what is below it. tree-sitter's cursor finds them, too,
 * but looks at each child again for its next one, and climbs again for each field: the walk took
 * half as long as the parse. It knows the parser's own rows, so it is built with that; the lock
 * file holds both to one version. */
#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint32_t begin, end; /* bytes */
  TSSymbol symbol;
  TSFieldId field; /* 0: none */
  bool is_missing; /* the parser supplied it */
} WalkedNode;

/* `enter` says whether what is below the node is wanted; `leave` comes behind the last of that. */
void walk_tree(const TSTree* tree, void* self, bool (*enter)(void* self, const WalkedNode* node),
               void (*leave)(void* self));

#ifdef __cplusplus
}
#endif
