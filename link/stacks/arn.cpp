// Takes texts apart at separators that stand in literals, so that holes stay whole.

#include "link/stacks/arn.h"

#include "core/text.h"
#include "tables/templates.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace fnlint {

namespace {

// A text's parts: literals as texts, everything else as it is.
std::vector<ValueId> parts_of(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Pattern)) return {value};
  return {pool.operands(value).begin(), pool.operands(value).end()};
}

std::optional<std::string_view> literal(const ValuePool& pool, ValueId part) {
  if (pool.is(part, ValueKind::Text)) return pool.text(part);
  return std::nullopt;
}

ValueId joined(ValuePool& pool, std::span<const ValueId> parts) {
  return parts.size() == 1 ? parts.front() : pool.concat(parts);
}

// "arn:partition:service:region:account:resource"
struct Arn {
  std::string_view service = {};
  std::vector<ValueId> resource = {};
};

std::optional<Arn> arn_in(ValuePool& pool, ValueId value) {
  const std::vector<ValueId> parts = parts_of(pool, value);
  const auto start = literal(pool, parts.front());
  if (!start || !start->starts_with("arn:")) return std::nullopt;
  Arn arn;
  int colons = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto text = literal(pool, parts[i]);
    std::size_t from = 0;
    while (text && colons < 5) {
      const std::size_t colon = text->find(':', from);
      if (colons == 2) arn.service = text->substr(from, colon == text->npos ? colon : colon - from);
      if (colon == text->npos) break;
      from = colon + 1;
      ++colons;
    }
    if (colons < 5) continue;
    if (text && from < text->size()) arn.resource.push_back(pool.text_value(text->substr(from)));
    if (!text) arn.resource.push_back(parts[i]);
    arn.resource.insert(arn.resource.end(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                        parts.end());
    return arn;
  }
  return std::nullopt;
}

// What stands before and after the name in the ARN of a kind of resource.
struct ArnForm {
  std::string_view service = {}, before = {};
};
ArnForm form_of(const ResourceType& type) {
  ArnForm form;
  std::string_view rest = type.arn;
  for (int i = 0; i < 5 && !rest.empty(); ++i) {
    const std::size_t colon = [&] {  // "{AWS::Region}" holds colons of its own
      int depth = 0;
      for (std::size_t at = 0; at < rest.size(); ++at) {
        if (rest[at] == '{') ++depth;
        if (rest[at] == '}') --depth;
        if (rest[at] == ':' && depth == 0) return at;
      }
      return rest.size() - 1;
    }();
    if (i == 2) form.service = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
  }
  form.before = rest.substr(0, rest.find('{'));
  return form;
}

void cut_after(ValuePool& pool, std::vector<ValueId>& parts, std::string_view ends) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto text = literal(pool, parts[i]);
    const std::size_t at = text ? text->find_first_of(ends) : std::string_view::npos;
    if (at == std::string_view::npos) continue;
    const ValueId kept = pool.text_value(text->substr(0, at));
    parts.resize(i);
    if (at > 0) parts.push_back(kept);
    return;
  }
}

// Keeps what follows the last separator that stands in a literal.
void keep_after_last(ValuePool& pool, std::vector<ValueId>& parts, char separator) {
  for (std::size_t i = parts.size(); i-- > 0;) {
    const auto text = literal(pool, parts[i]);
    const std::size_t at = text ? text->rfind(separator) : std::string_view::npos;
    if (at == std::string_view::npos) continue;
    const ValueId kept = pool.text_value(text->substr(at + 1));
    parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    if (!pool.text(kept).empty()) parts.insert(parts.begin(), kept);
    return;
  }
}

bool has_path(ResourceKind kind) {
  return kind == ResourceKind::Role || kind == ResourceKind::Rule ||
         kind == ResourceKind::Schedule || kind == ResourceKind::Policy;
}

// The name among the parts of an ARN's resource.
ValueId name_of(ValuePool& pool, std::vector<ValueId> parts, std::string_view before,
                ResourceKind kind) {
  if (parts.empty()) return pool.absent();
  if (const auto text = literal(pool, parts.front()); text && text->starts_with(before)) {
    const ValueId rest = pool.text_value(text->substr(before.size()));
    if (pool.text(rest).empty())
      parts.erase(parts.begin());
    else
      parts.front() = rest;
  }
  if (has_path(kind)) keep_after_last(pool, parts, '/');
  if (kind == ResourceKind::Bucket || kind == ResourceKind::Table) cut_after(pool, parts, "/");
  if (kind == ResourceKind::Cluster) cut_after(pool, parts, "/");
  if (kind == ResourceKind::Function || kind == ResourceKind::Layer ||
      kind == ResourceKind::LogGroup || kind == ResourceKind::Broker)
    cut_after(pool, parts, ":");
  if (parts.empty()) return pool.absent();
  return joined(pool, parts);
}

const ResourceType* type_of_kind(ResourceKind kind, std::string_view service) {
  for (const ResourceType& type : resource_types())
    if (type.kind == kind && !type.arn.empty() && form_of(type).service == service) return &type;
  return nullptr;
}

bool is_queue_url(std::string_view start) {
  return start.starts_with("https://sqs.") || start.starts_with("https://queue.") ||
         start.starts_with("http://sqs.") || start.find(".queue.amazonaws.com") != start.npos;
}

}  // namespace

ValueId filled_pattern(ValuePool& pool, std::string_view pattern,
                       const std::function<ValueId(std::string_view name)>& fill) {
  std::vector<ValueId> parts;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    if (open > 0) parts.push_back(pool.text_value(pattern.substr(0, open)));
    if (open == pattern.npos) break;
    const std::size_t close = pattern.find('}', open);
    if (close == pattern.npos) break;
    parts.push_back(fill(pattern.substr(open + 1, close - open - 1)));
    pattern.remove_prefix(close + 1);
  }
  if (parts.empty()) return pool.text_value("");
  return joined(pool, parts);
}

std::string skeleton_of(const ValuePool& pool, ValueId name) {
  std::string out;
  for (const ValueId part : parts_of(pool, name)) {
    if (const auto text = as_text(pool, part))
      out += *text;
    else if (!out.ends_with(kSkeletonHole))
      out += kSkeletonHole;
  }
  return out;
}

bool has_skeleton(const ValuePool& pool, ValueId pattern, std::string_view skeleton) {
  bool in_hole = false;  // holes beside each other are one
  for (const ValueId part : pool.operands(pattern)) {
    if (const auto text = as_text(pool, part)) {
      if (!skeleton.starts_with(*text)) return false;
      skeleton.remove_prefix(text->size());
      in_hole = in_hole && text->empty();
    } else if (!in_hole) {
      if (!skeleton.starts_with(kSkeletonHole)) return false;
      skeleton.remove_prefix(1);
      in_hole = true;
    }
  }
  return skeleton.empty();
}

ResourceKind kind_of_arn(ValuePool& pool, ValueId value) {
  const std::optional<Arn> arn = arn_in(pool, value);
  if (!arn) return ResourceKind::Other;
  const auto text = arn->resource.empty() ? std::nullopt : literal(pool, arn->resource.front());
  ResourceKind found = ResourceKind::Other;
  std::size_t longest = 0;
  for (const ResourceType& type : resource_types()) {
    if (type.arn.empty()) continue;
    const ArnForm form = form_of(type);
    if (form.service != arn->service) continue;
    if (!form.before.empty() && !(text && text->starts_with(form.before))) continue;
    if (found != ResourceKind::Other && form.before.size() <= longest) continue;
    found = type.kind;
    longest = form.before.size();
  }
  return found;
}

ValueId name_in(ValuePool& pool, ValueId value, ResourceKind kind) {
  if (const std::optional<Arn> arn = arn_in(pool, value)) {
    const ResourceType* type = type_of_kind(kind, arn->service);
    return type == nullptr ? value : name_of(pool, arn->resource, form_of(*type).before, kind);
  }
  std::vector<ValueId> parts = parts_of(pool, value);
  const auto start = literal(pool, parts.front());
  if (!start) {
    // "${Function.Arn}:live", "${Bucket.Arn}/*"
    const auto next = parts.size() > 1 ? literal(pool, parts[1]) : std::nullopt;
    const bool follows = next && (next->starts_with(':') || next->starts_with('/'));
    return follows && pool.is(parts.front(), ValueKind::Reference) ? parts.front() : value;
  }
  if (kind == ResourceKind::Queue && is_queue_url(*start)) {
    keep_after_last(pool, parts, '/');
    return parts.empty() ? value : joined(pool, parts);
  }
  if (kind == ResourceKind::Bucket && start->starts_with("s3://")) {
    parts.front() = pool.text_value(start->substr(5));
    if (pool.text(parts.front()).empty()) parts.erase(parts.begin());
    cut_after(pool, parts, "/");
    return parts.empty() ? value : joined(pool, parts);
  }
  // "name:alias" and "account:function:name"
  if (kind == ResourceKind::Function && start->find(':') != start->npos &&
      start->find('/') == start->npos) {
    if (const std::size_t marked = start->find("function:"); marked != start->npos)
      return name_of(pool, parts, start->substr(0, marked + 9), kind);
    return name_of(pool, parts, "", kind);
  }
  return value;
}

ValueId qualifier_in(ValuePool& pool, ValueId value) {
  constexpr std::string_view kBefore = "function:";
  std::vector<ValueId> parts = parts_of(pool, value);
  if (const std::optional<Arn> arn = arn_in(pool, value)) parts = arn->resource;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto text = literal(pool, parts[i]);
    if (!text) continue;
    const std::size_t marked = text->find(kBefore);
    const std::size_t at = text->find(':', marked == text->npos ? 0 : marked + kBefore.size());
    if (at == text->npos) continue;
    const ValueId first = pool.text_value(text->substr(at + 1));
    std::vector<ValueId> rest(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end());
    if (!pool.text(first).empty()) rest.insert(rest.begin(), first);
    if (rest.empty()) return {};
    const ValueId qualifier = joined(pool, rest);
    return as_text(pool, qualifier) == "$LATEST" ? ValueId{} : qualifier;
  }
  return {};
}

ValueId function_in_uri(ValuePool& pool, ValueId value) {
  constexpr std::string_view kBefore = "/functions/", kAfter = "/invocations";
  std::vector<ValueId> inside;
  bool open = false;
  for (const ValueId part : parts_of(pool, value)) {
    const auto text = literal(pool, part);
    if (!text) {
      if (open) inside.push_back(part);
      continue;
    }
    std::string_view rest = *text;
    if (!open) {
      const std::size_t at = rest.find(kBefore);
      if (at == rest.npos) continue;
      open = true;
      rest.remove_prefix(at + kBefore.size());
    }
    const std::size_t end = rest.find(kAfter);
    const std::string_view kept = rest.substr(0, end);
    if (!kept.empty()) inside.push_back(pool.text_value(kept));
    if (end != rest.npos) break;
  }
  if (!open || inside.empty()) return value;
  return joined(pool, inside);
}

ValueId key_in_address(ValuePool& pool, ValueId value) {
  constexpr std::string_view kScheme = "s3://";
  if (!value.exists()) return value;
  if (pool.is(value, ValueKind::OneOf)) {
    const std::vector<ValueId> all(pool.operands(value).begin(), pool.operands(value).end());
    const std::vector<GuardId> guards(pool.guards(value).begin(), pool.guards(value).end());
    std::vector<Alternative> keys;
    for (std::size_t i = 0; i < all.size(); ++i)
      keys.push_back({key_in_address(pool, all[i]), guards[i]});
    return pool.one_of(keys);
  }
  const std::vector<ValueId> parts = parts_of(pool, value);
  const auto start = literal(pool, parts.front());
  if (!start || !start->starts_with(kScheme)) return value;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto text = literal(pool, parts[i]);
    if (!text) continue;
    if (i == 0) text->remove_prefix(kScheme.size());
    const std::size_t slash = text->find('/');
    if (slash == text->npos) continue;
    std::vector<ValueId> key;
    if (slash + 1 < text->size()) key.push_back(pool.text_value(std::string(text->substr(slash + 1))));
    key.insert(key.end(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end());
    return key.empty() ? pool.text_value("") : joined(pool, key);
  }
  return value;  // the bucket alone, or a key that is not known
}

ValueId named_in_query(ValuePool& pool, ValueId address, std::string_view path,
                       std::string_view parameter) {
  const std::vector<ValueId> parts = parts_of(pool, address);
  const auto start = literal(pool, parts.front());
  if (!start ||
      (!start->starts_with("http://localhost") && !start->starts_with("http://127.0.0.1")))
    return {};
  bool is_there = false;
  std::vector<ValueId> named;
  bool is_inside = false;
  for (const ValueId part : parts) {
    auto text = literal(pool, part);
    if (!text) {
      const bool is_encoded = pool.is(part, ValueKind::Computed) && pool.text(part) == "url_encode";
      if (is_inside) named.push_back(is_encoded ? pool.operands(part)[0] : part);
      continue;
    }
    std::string_view rest = *text;
    if (!is_inside) {
      is_there = is_there || rest.find(path) != rest.npos;
      std::size_t at = rest.find(cat('?', parameter, '='));
      if (at == rest.npos) at = rest.find(cat('&', parameter, '='));
      if (!is_there || at == rest.npos) continue;
      rest.remove_prefix(at + parameter.size() + 2);
      is_inside = true;
    }
    const std::size_t end = rest.find('&');
    if (!rest.substr(0, end).empty()) named.push_back(pool.text_value(rest.substr(0, end)));
    if (end != rest.npos) break;
  }
  return named.empty() ? ValueId{} : joined(pool, named);
}

}  // namespace fnlint
