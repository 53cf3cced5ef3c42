#include "app/suppressions.h"
#include "core/lines.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "model/suppression.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text)
      : text_(text), document_(read_document(text)), lines_(text) {
    for (const Node& node : document_.nodes) {
      if (node.kind != NodeKind::Map && node.kind != NodeKind::List) scalars_.push_back(node.range);
      for (const NodeId item : document_.items_of(node)) nodes_.push_back(document_[item].range);
      for (const MapEntry& entry : document_.entries_of(node))
        if (!entry.merged) {
          scalars_.push_back(entry.key_range);
          nodes_.push_back(range_of(entry));
        }
    }
    std::ranges::sort(scalars_);
    std::ranges::sort(nodes_, [](const Range& a, const Range& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
  }
  struct Hcl {};
  Reader(std::string_view text, Hcl) : text_(text), lines_(text), slashes_(true) { scan_hcl(); }
  std::vector<SuppressionComment> read() {
    comments();
    for (const NodeId root : document_.roots) metadata(root);
    return std::move(found_);
  }

 private:
  [[nodiscard]] Range range_of(const MapEntry& entry) const {
    return {entry.key_range.begin, std::max(entry.key_range.end, document_[entry.value].range.end)};
  }
  [[nodiscard]] bool in_scalar(std::uint32_t offset) const;
  [[nodiscard]] std::optional<std::uint32_t> comment_of(std::uint32_t line) const;
  [[nodiscard]] Range next_node(std::uint32_t offset) const;
  void comments();
  void scan_hcl();
  void metadata(NodeId root);
  [[nodiscard]] std::string reason_of(NodeId settings) const;
  void entry(NodeId owner, SuppressionReach reach, Range covers);

  std::string_view text_;
  Document document_;
  Lines lines_;
  std::vector<Range> scalars_ = {};  // sorted
  std::vector<Range> nodes_ = {};    // entries of maps and items of lists; sorted, the widest first
  std::vector<SuppressionComment> found_ = {};
  bool slashes_ = false;  // "//" begins a comment as well
};

// Strings are scalars; what begins a line with a name is a node, up to the line on which its last
// bracket closes.
void Reader::scan_hcl() {
  struct Open {
    std::uint32_t begin = 0;
    std::size_t depth = 0;
  };
  std::vector<Open> open;
  std::size_t depth = 0;
  bool line_start = true;
  const auto size = static_cast<std::uint32_t>(text_.size());
  const auto close = [&](std::uint32_t at) {
    while (!open.empty() && open.back().depth >= depth) {
      nodes_.push_back({open.back().begin, at});
      open.pop_back();
    }
  };
  for (std::uint32_t at = 0; at < size; ++at) {
    const char c = text_[at];
    if (c == '\n') {
      close(at);
      line_start = true;
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\r') continue;
    if (c == '#' || text_.substr(at).starts_with("//")) {
      while (at + 1 < size && text_[at + 1] != '\n') ++at;
      continue;
    }
    if (line_start && c != '}' && c != ']' && c != ')') open.push_back({at, depth});
    line_start = false;
    if (c == '{' || c == '[' || c == '(') ++depth;
    if ((c == '}' || c == ']' || c == ')') && depth > 0) --depth;
    if (c != '"') continue;
    const std::uint32_t begin = at++;
    while (at < size && text_[at] != '"' && text_[at] != '\n') at += text_[at] == '\\' ? 2 : 1;
    scalars_.push_back({begin, std::min(at + 1, size)});
    if (at < size && text_[at] == '\n') --at;
  }
  depth = 0;
  close(size);
  std::ranges::sort(nodes_, [](const Range& a, const Range& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
}

bool Reader::in_scalar(std::uint32_t offset) const {
  const auto after = std::ranges::upper_bound(scalars_, offset, {}, &Range::begin);
  return after != scalars_.begin() && offset < (after - 1)->end;
}

// Where a line's comment begins.
std::optional<std::uint32_t> Reader::comment_of(std::uint32_t line) const {
  const std::uint32_t start = lines_.start(line);
  const std::string_view content = lines_.line(line);
  const auto next = [&](std::size_t from) {
    const std::size_t hash = content.find('#', from);
    return slashes_ ? std::min(hash, content.find("//", from)) : hash;
  };
  for (std::size_t at = next(0); at != std::string_view::npos; at = next(at + 1)) {
    const bool begins = at == 0 || content[at - 1] == ' ' || content[at - 1] == '\t';
    const auto offset = static_cast<std::uint32_t>(start + at);
    if (begins && !in_scalar(offset)) return offset;
  }
  return {};
}

// What begins next, the widest of those that begin together.
Range Reader::next_node(std::uint32_t offset) const {
  const auto next = std::ranges::lower_bound(nodes_, offset, {}, &Range::begin);
  return next == nodes_.end() ? Range{} : *next;
}

void Reader::comments() {
  std::uint32_t last = 0;
  for (std::size_t at = text_.find("fnlint:"); at != std::string_view::npos;
       at = text_.find("fnlint:", at + 1)) {
    const std::uint32_t line = lines_.place(static_cast<std::uint32_t>(at)).line;
    const std::optional<std::uint32_t> begin = comment_of(line);
    if (line == last || !begin || *begin > at) continue;
    last = line;
    const std::uint32_t start = lines_.start(line);
    const auto end = static_cast<std::uint32_t>(start + lines_.line(line).size());
    const std::optional<SuppressionText> read =
        read_suppression(text_.substr(*begin, end - *begin));
    if (!read) continue;
    SuppressionComment comment{
        .rules = read->rules, .reason = read->reason, .where = {*begin, end}};
    if (read->whole_file) {
      comment.reach = SuppressionReach::File;
    } else if (trim(text_.substr(start, *begin - start)).empty()) {
      comment.reach = SuppressionReach::NextNode;
      comment.covers = next_node(end);
    } else {
      comment.covers = {start, end};
    }
    found_.push_back(std::move(comment));
  }
}

// {Metadata: {fnlint: {ignore: [...]}}} of one resource or of the template.
void Reader::entry(NodeId owner, SuppressionReach reach, Range covers) {
  const NodeId ignored = [&] {
    NodeId node = owner;
    for (const std::string_view key : {"Metadata", "fnlint", "ignore"})
      node = node.exists() ? document_.find(node, key) : node;
    return node;
  }();
  if (!ignored.exists()) return;
  const Node& node = document_[ignored];
  SuppressionComment comment{.reach = reach, .where = node.range, .covers = covers};
  const auto add = [&comment](const Node& rule) {
    if (rule.kind == NodeKind::Text) comment.rules.push_back(rule.text);
  };
  add(node);
  for (const NodeId item : document_.items_of(node)) add(document_[item]);
  comment.reason = reason_of(document_.find(document_.find(owner, "Metadata"), "fnlint"));
  if (!comment.rules.empty()) found_.push_back(std::move(comment));
}

// The reason beside a list of rules, and the last day: "reason until 2027-01-31".
std::string Reader::reason_of(NodeId settings) const {
  std::string words;
  const auto text_at = [&](std::string_view key) {
    const NodeId node = document_.find(settings, key);
    return node.exists() && document_[node].kind == NodeKind::Text ? document_[node].text
                                                                    : std::string();
  };
  words = text_at("reason");
  if (const std::string last = text_at("until"); !last.empty()) words += cat(" until ", last);
  return words;
}

void Reader::metadata(NodeId root) {
  entry(root, SuppressionReach::File, {});
  const NodeId resources = document_.find(root, "Resources");
  if (!resources.exists()) return;
  for (const MapEntry& resource : document_.entries_of(document_[resources]))
    entry(resource.value, SuppressionReach::NextNode, range_of(resource));
}

}  // namespace

std::vector<SuppressionComment> template_suppressions(std::string_view text) {
  if (text.find("fnlint") == std::string_view::npos) return {};
  return Reader(text).read();
}

std::vector<SuppressionComment> hcl_suppressions(std::string_view text) {
  if (text.find("fnlint") == std::string_view::npos) return {};
  return Reader(text, Reader::Hcl{}).read();
}

}  // namespace fnlint
