/* The state of tree-sitter-ruby's scanner, between two tokens. The grammar writes the length of a
 * heredoc's word into one byte; of a longer word it later reads other bytes than it wrote, beyond the
 * buffer even. A state that does not read back to its own length is not kept: the parser goes on as
 * at the beginning of a file, and says that it found an error. */
#include <stdint.h>

unsigned ruby_scanner_serialize(void *payload, char *buffer); /* the grammar's, by its other name */

static int reads_back(const unsigned char *state, unsigned length) {
  enum { kLiteral = 5, kHeredoc = 3 }; /* bytes of a literal; of a heredoc before its word's length */
  unsigned at = 1U + kLiteral * state[0];
  if (at >= length) return 0;
  unsigned heredocs = state[at++];
  for (; heredocs > 0; --heredocs) {
    at += kHeredoc;
    if (at >= length) return 0;
    at += 1U + state[at];
  }
  return at == length;
}

unsigned tree_sitter_ruby_external_scanner_serialize(void *payload, char *buffer) {
  const unsigned length = ruby_scanner_serialize(payload, buffer);
  return length > 0 && reads_back((const unsigned char *)buffer, length) ? length : 0;
}
