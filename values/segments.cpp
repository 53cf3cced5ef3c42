// Finds a separator in a text with holes, as long as no hole before it may hold one, too.

#include "values/segments.h"

namespace fnlint {
namespace {

// How much of a separator of several bytes a literal beside a hole may hold.
std::size_t overlap(std::string_view text, std::string_view separator, bool at_end) {
  for (std::size_t n = std::min(separator.size() - 1, text.size()); n > 0; --n) {
    if (at_end ? text.ends_with(separator.substr(0, n))
               : text.starts_with(separator.substr(separator.size() - n)))
      return n;
  }
  return 0;
}

bool may_hold_any_of(const ValuePool& pool, ValueId part, std::string_view separator) {
  return separator.size() > 1 || may_hold(pool, part, separator);
}

}  // namespace

Cut cut_first(ValuePool& pool, Operands parts, std::string_view separator) {
  Cut cut;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto after = parts.subspan(i + 1);
    if (!is_text(pool, parts[i])) {
      if (may_hold_any_of(pool, parts[i], separator)) {
        cut.exact = false;
        cut.rest.assign(parts.begin() + static_cast<std::ptrdiff_t>(i), parts.end());
        return cut;
      }
      cut.segment.push_back(parts[i]);
      continue;
    }
    const std::string_view text = pool.text(parts[i]);
    if (const std::size_t at = text.find(separator); at != std::string_view::npos) {
      cut.found = true;
      if (at > 0) cut.segment.push_back(pool.text_value(text.substr(0, at)));
      cut.rest.push_back(pool.text_value(text.substr(at + separator.size())));
      cut.rest.insert(cut.rest.end(), after.begin(), after.end());
      return cut;
    }
    const std::size_t doubtful = after.empty() ? 0 : overlap(text, separator, true);
    if (doubtful < text.size())
      cut.segment.push_back(pool.text_value(text.substr(0, text.size() - doubtful)));
    if (doubtful > 0) {
      cut.exact = false;
      cut.rest.push_back(pool.text_value(text.substr(text.size() - doubtful)));
      cut.rest.insert(cut.rest.end(), after.begin(), after.end());
      return cut;
    }
  }
  return cut;
}

Cut cut_last(ValuePool& pool, Operands parts, std::string_view separator) {
  Cut cut;
  const auto prepend = [](std::vector<ValueId>& to, ValueId part) { to.insert(to.begin(), part); };
  for (std::size_t n = parts.size(); n > 0; --n) {
    const ValueId part = parts[n - 1];
    const auto before = parts.first(n - 1);
    if (!is_text(pool, part)) {
      if (may_hold_any_of(pool, part, separator)) {
        cut.exact = false;
        cut.rest.assign(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(n));
        return cut;
      }
      prepend(cut.segment, part);
      continue;
    }
    const std::string_view text = pool.text(part);
    if (const std::size_t at = text.rfind(separator); at != std::string_view::npos) {
      cut.found = true;
      if (at + separator.size() < text.size())
        prepend(cut.segment, pool.text_value(text.substr(at + separator.size())));
      cut.rest.assign(before.begin(), before.end());
      cut.rest.push_back(pool.text_value(text.substr(0, at)));
      return cut;
    }
    const std::size_t doubtful = before.empty() ? 0 : overlap(text, separator, false);
    if (doubtful < text.size()) prepend(cut.segment, pool.text_value(text.substr(doubtful)));
    if (doubtful > 0) {
      cut.exact = false;
      cut.rest.assign(before.begin(), before.end());
      cut.rest.push_back(pool.text_value(text.substr(0, doubtful)));
      return cut;
    }
  }
  return cut;
}

}  // namespace fnlint
