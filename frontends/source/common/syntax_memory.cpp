// Replaces tree-sitter's allocator by one that counts for the measurement of the calling thread.

#include "frontends/source/common/syntax_memory.h"

#include <tree_sitter/api.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace fnlint {

namespace {

// The parser's allocator is given no context: whose memory it is, the thread knows.
thread_local SyntaxMemory* counted = nullptr;

// Before each block; as large as the strictest alignment.
struct alignas(std::max_align_t) Header {
  std::size_t size = 0;
};

}  // namespace

struct SyntaxAllocator {
  static void* begun(Header* header, std::size_t size) {
    if (header == nullptr) std::abort();  // as the parser's own does: it cannot go on without
    header->size = size;
    if (counted != nullptr) counted->asked_for_ += size;
    return header + 1;
  }
  static void* allocate(std::size_t size) {
    return begun(static_cast<Header*>(std::malloc(sizeof(Header) + size)), size);
  }
  static void* allocate_zeroed(std::size_t count, std::size_t size) {
    return std::memset(allocate(count * size), 0, count * size);
  }
  static void* grow(void* block, std::size_t size) {
    if (block == nullptr) return allocate(size);
    auto* header = static_cast<Header*>(block) - 1;
    if (counted != nullptr) counted->given_back_ += header->size;
    header = static_cast<Header*>(std::realloc(header, sizeof(Header) + size));
    return begun(header, size);
  }
  static void release(void* block) {
    if (block == nullptr) return;
    Header* header = static_cast<Header*>(block) - 1;
    if (counted != nullptr) counted->given_back_ += header->size;
    std::free(header);
  }
};

SyntaxMemory::SyntaxMemory() : outer_(counted) {
  static const bool is_set = [] {
    ts_set_allocator(SyntaxAllocator::allocate, SyntaxAllocator::allocate_zeroed,
                     SyntaxAllocator::grow, SyntaxAllocator::release);
    return true;
  }();
  static_cast<void>(is_set);
  counted = this;
}

SyntaxMemory::~SyntaxMemory() { counted = outer_; }

}  // namespace fnlint
