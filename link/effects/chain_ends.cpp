// Collects each end once, and words why a filter refused an event.

#include "link/effects/chain_ends.h"

#include "core/text.h"

namespace fnlint {

namespace {

constexpr std::size_t kEndsPerRun = 10'000;
constexpr std::size_t kShownBytes = 160;  // of an event or a filter that is shown

std::string shortened(std::string text) {
  if (text.size() <= kShownBytes) return text;
  std::size_t end = kShownBytes;  // not inside a character
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text + " ...";
}

}  // namespace

void ChainEnds::add(std::vector<ResourceId> path, std::string why, Span where) {
  if (!asked_ || ends_.size() >= kEndsPerRun) return;
  if (!known_.emplace(function_, effect_, where, why).second) return;
  ends_.push_back({.function = function_,
                   .effect = effect_,
                   .path = std::move(path),
                   .why = std::move(why),
                   .where = where});
}

std::string ChainEnds::refusal(const Relation& relation, const CausedEvent& event) const {
  const ValuePool& pool = *project_.pool;
  std::string what = "the event";
  if (event.key.exists())
    what = cat("the key ", describe(pool, event.key));
  else if (event.message.exists())
    what = cat("the event ", describe(pool, event.message));
  for (std::size_t i = 0; i < event.types.size(); ++i)
    what += cat(i == 0 ? " (" : " or ", event.types[i], i + 1 == event.types.size() ? ")" : "");
  const bool has_filter =
      relation.filter.exists() && pool[relation.filter].kind != ValueKind::Absent;
  if (!has_filter) return cat("it does not match ", shortened(what));
  return cat("its filter ", shortened(describe(pool, relation.filter)), " does not match ",
             shortened(what));
}

}  // namespace fnlint
