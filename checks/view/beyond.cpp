// Decides by the path of calls that made an object: operations, methods of clients and unknown
// libraries ask somebody else.

#include "checks/view/beyond.h"

#include "tables/libraries.h"
#include "tables/models.h"

#include <algorithm>
#include <string_view>

namespace fnlint {

namespace {

bool is_service_kind(LibraryClass kind) {
  return kind == LibraryClass::Client || kind == LibraryClass::Session ||
         kind == LibraryClass::Pool;
}

// A part of a library's path that ends before '(' at `at`: a call that asks beyond the process. Of
// an object whose library has no row, a method may.
bool asks_beyond(std::string_view path, std::size_t at) {
  const std::string_view called = path.substr(0, at);
  const LibraryModel* const row = find_library_model(Language::Unknown, called);
  if (row != nullptr) return !row->operation.empty();
  const std::size_t made = called.rfind(").");
  if (made == called.npos) return false;
  const std::string_view object = called.substr(0, made + 1);
  if (is_service_kind(library_class(object))) return true;
  const std::string_view maker = object.substr(0, object.rfind('('));
  return !maker.starts_with('*') && library_class(object) == LibraryClass::None &&
         find_library_model(Language::Unknown, maker) == nullptr;
}

}  // namespace

bool comes_from_beyond(const ValuePool& pool, ValueId id) {
  if (!pool.is(id, ValueKind::Object)) return false;
  const std::string_view path = pool.text(id);
  if (path.find(':') != path.npos || only_computes(Language::Unknown, path)) return false;
  for (std::size_t at = path.find('('); at != path.npos; at = path.find('(', at + 1))
    if (asks_beyond(path, at)) return true;
  return false;
}

}  // namespace fnlint
