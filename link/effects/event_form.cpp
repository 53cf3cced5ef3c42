// Adds the fields of the source's shape to a record, as holes where nothing is known.

#include "link/effects/event_form.h"

#include "core/text.h"
#include "tables/event_shapes.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

const EventShape* shape_of(ResourceKind source) {
  switch (source) {
    case ResourceKind::Bucket: return find_event_shape("notification");
    case ResourceKind::Queue: return find_event_shape("queue");
    case ResourceKind::Topic: return find_event_shape("topic");
    case ResourceKind::Stream: return find_event_shape("stream");
    case ResourceKind::Table: return find_event_shape("table");
    case ResourceKind::Bus: return find_event_shape("bus");
    default: return nullptr;
  }
}

}  // namespace

ValueId in_known_form(ValuePool& pool, ValueId record, ResourceKind source, std::string_view path,
                      std::uint64_t round) {
  const EventShape* shape = shape_of(source);
  const bool is_record = record.exists() && pool.is(record, ValueKind::Record);
  const bool is_other = record.exists() && !is_record && !pool.is(record, ValueKind::Hole) &&
                        !pool.is(record, ValueKind::Unknown);
  if (shape == nullptr || is_other) return record;
  std::vector<NamedValue> entries;
  for (const EventField& field : shape->fields)
    if (field.path.find('.') == field.path.npos)
      entries.push_back({pool.string(field.path),
                         pool.hole(Origin::Event,
                                   path.empty() ? std::string(field.path)
                                                : cat(path, '.', field.path),
                                   round)});
  for (std::size_t i = 0; is_record && i < pool.names(record).size(); ++i) {
    const NamedValue known{pool.names(record)[i], pool.operands(record)[i]};
    const auto row = std::ranges::find(entries, known.name, &NamedValue::name);
    if (row != entries.end()) row->value = known.value;
  }
  return pool.record(entries);
}

}  // namespace fnlint
