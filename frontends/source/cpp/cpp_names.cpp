// Paths with `::`, namespaces, aliases, what the file has of them.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string joined(const std::vector<std::string>& around, const std::vector<std::string>& path,
                   std::size_t count) {
  std::string out;
  for (const std::string& part : around) out += cat(out.empty() ? "" : "::", part);
  for (std::size_t i = 0; i < count; ++i) out += cat(out.empty() ? "" : "::", path[i]);
  return out;
}

}  // namespace

CppLowering::Path CppLowering::path_of(NodeId node) const {
  Path path;
  for (std::size_t step = 0; node != kNoNode && step < kNestingDepth; ++step) {
    if (is(node, Cpp::Qualified)) {
      const NodeId scope = child(node, CppField::Scope);
      if (scope != kNoNode)
        for (std::string& part : path_of(scope)) path.push_back(std::move(part));
      node = child(node, SynField::Name);
    } else if (is(node, Cpp::TemplateType) || is(node, Cpp::TemplateFunction)) {
      node = child(node, SynField::Name);
    } else if (is(node, Cpp::DependentName)) {
      node = last(node);
    } else if (is(node, Cpp::NestedName)) {
      for (const NodeId part : children(node))
        for (std::string& name : path_of(part)) path.push_back(std::move(name));
      return path;
    } else if (is(node, Cpp::OperatorName)) {
      std::string name;
      for (const char letter : text(node))
        if (letter != ' ' && letter != '\n' && letter != '\t') name += letter;
      path.push_back(std::move(name));
      return path;
    } else if (is(node, Cpp::OperatorCast)) {
      path.push_back(cat("operator ", text(child(node, SynField::Type))));
      return path;
    } else {
      if (is(node, Syn::Name) || is(node, Syn::TypeName) || is(node, Cpp::DestructorName))
        path.emplace_back(text(node));
      return path;
    }
  }
  return path;
}

// The namespaces (and, for what is defined outside of its class, the class) that each node stands
// in: parents come before what is in them.
void CppLowering::mark_spaces() {
  spaces_.assign(1, {});
  space_of_.assign(nodes_.size(), 0);
  for (NodeId at = 0; at < nodes_.size(); ++at) {
    const NodeId parent = nodes_[at].parent;
    if (parent != kNoNode) space_of_[at] = space_of_[parent];
    Path inner;
    if (is(at, Cpp::Namespace)) inner = path_of(child(at, SynField::Name));
    if (is(at, Syn::Function)) {
      const Declarator what = declarator(child(at, CppField::Declarator));
      if (is(what.name, Cpp::Qualified)) inner = path_of(what.name);
      if (!inner.empty()) inner.pop_back();
    }
    const Path& around = spaces_[space_of_[at]];
    if (inner.empty() || around.size() + inner.size() > kNestingDepth) continue;
    inner.insert(inner.begin(), around.begin(), around.end());
    space_of_[at] = static_cast<std::uint32_t>(spaces_.size());
    spaces_.push_back(std::move(inner));
  }
}

// The innermost namespace around that has the path, then those that the file uses.
const CppLowering::Global* CppLowering::global(const Path& path, NodeId at,
                                               std::string& found) const {
  if (globals_.empty() || path.empty()) return nullptr;
  Path around = namespace_of(at);
  for (;;) {
    found = joined(around, path, path.size());
    if (const auto row = globals_.find(found); row != globals_.end()) return &row->second;
    if (around.empty()) break;
    around.pop_back();
  }
  for (const Path& used : used_namespaces_) {
    found = joined(used, path, path.size());
    if (const auto row = globals_.find(found); row != globals_.end()) return &row->second;
  }
  found.clear();
  return nullptr;
}

// Of "a::b::c".
CppLowering::Path CppLowering::path_in(std::string_view text) {
  Path path;
  while (!text.empty()) {
    const std::size_t end = text.find("::");
    path.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 2);
  }
  return path;
}

CppLowering::Path CppLowering::known_path(NodeId at) const {
  if (at == kNoNode || known_.empty()) return {};
  const CppName* known = known_.at(range(at).begin, CppName::Kind::Path);
  return known == nullptr ? Path{} : path_in(known->path);
}

CppLowering::Path CppLowering::unaliased(Path path, NodeId at) const {
  if (Path known = known_path(at); !known.empty()) return known;
  for (std::size_t step = 0; step < kAliasSteps; ++step) {
    bool changed = false;
    for (std::size_t count = path.size(); count > 0 && !changed; --count) {
      std::string found;
      const Path head(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(count));
      const Global* row = global(head, at, found);
      if (row == nullptr || row->alias.empty() || row->alias == head) continue;
      Path next = row->alias;
      next.insert(next.end(), path.begin() + static_cast<std::ptrdiff_t>(count), path.end());
      path = std::move(next);
      changed = true;
    }
    if (!changed) break;
  }
  return path;
}

bool CppLowering::is_all_caps(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string CppLowering::dotted_path(const Path& path) {
  std::string out;
  for (const std::string& part : path) out += cat(out.empty() ? "" : ".", part);
  return out;
}

ExprId CppLowering::literal_value(std::string_view literal, Range where) {
  if (literal.starts_with('"')) return out_.text(literal.substr(1, literal.size() - 2), where);
  if (literal == "true" || literal == "false") return out_.boolean(literal == "true", where);
  return out_.number(literal, where);
}

// The value that a path names: of the file as far as it is known there, the rest as members.
ExprId CppLowering::path_value(const Path& written, NodeId node) {
  const Range where = range(node);
  if (written.empty()) return out_.unknown("name", where);
  if (written.size() == 1) {
    if (is_unknown_parameter(written[0], node))
      return out_.unknown("a template's parameter", where);
    if (const Binding local = find(written[0]); local.exists())
      return binding_value(local, written[0], where);
  }
  const Path path = unaliased(written, node);
  if (path == Path{"std", "nullopt"}) return out_.null(where);
  for (std::size_t count = path.size(); count > 0; --count) {
    const Path head(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(count));
    std::string found;
    const Global* row = global(head, node, found);
    if (row == nullptr) continue;
    ExprId value;
    if (row->declared_only) {
      std::string dotted = replace_all(found, "::", ".");
      for (std::size_t i = count; i < path.size(); ++i) dotted += cat(".", path[i]);
      return out_.variable(implicit_import(dotted, where), where);
    }
    if (!row->literal.empty() && count == path.size()) return literal_value(row->literal, where);
    if (row->in_class != kNone)
      value = class_value(row->in_class, where);
    else if (row->variable.exists())
      value = out_.variable(row->variable, where);
    else
      continue;
    for (std::size_t i = count; i < path.size(); ++i) value = out_.member(value, path[i], where);
    return value;
  }
  return out_.variable(implicit_import(dotted_path(path), where), where);
}

void CppLowering::use_namespace(const Path& path, Range where) {
  if (path.empty()) return;
  const std::string dotted = dotted_path(path);
  if (std::find(used_namespaces_.begin(), used_namespaces_.end(), path) == used_namespaces_.end())
    used_namespaces_.push_back(path);
  if (starred_.insert(dotted).second) add_import("", dotted, "", kStar, where);
}

// --- Names that no scope has.

const ScopedLowering::Member* CppLowering::field_named(std::string_view name) const {
  if (class_ == kNone) return nullptr;
  for (const Member& member : classes_[class_].members)
    if (member.kind == MemberKind::Field && member.name == name) return &member;
  return nullptr;
}

namespace {

// How members are told from other names where the class stands elsewhere: by custom.
bool looks_like_field(std::string_view name) {
  return name.size() > 1 && (name.ends_with('_') || name.starts_with("m_") || name[0] == '_');
}

}  // namespace

ExprId CppLowering::unknown_name(std::string_view name, NodeId node) {
  const Range where = range(node);
  std::string found;
  const Path path{std::string(name)};
  if (known_.at(where.begin, CppName::Kind::Field) != nullptr && class_ != kNone)
    return out_.member(receiver(where), name, where);
  if (!known_path(node).empty()) return path_value(path, node);
  if (is_template_parameter(name)) return out_.unknown("a template's parameter", where);
  if (global(path, node, found) != nullptr || class_ == kNone) return path_value(path, node);
  // What a class inherits, or what it has in the header where it is declared.
  std::uint32_t row = class_;
  bool elsewhere = partial_.contains(classes_[row].node);
  for (std::size_t step = 0; step < kAliasSteps; ++step) {
    const std::vector<NodeId> bases = base_types(classes_[row].node);
    if (bases.empty()) break;
    const Global* base = global(unaliased(path_of(bases[0]), bases[0]), bases[0], found);
    if (base == nullptr || base->in_class == kNone) {
      elsewhere = true;
      break;
    }
    row = base->in_class;
    for (const Member& member : classes_[row].members)
      if (member.name == name && member.kind != MemberKind::Class)
        return out_.member(receiver(where), name, where);
  }
  if (!elsewhere) return path_value(path, node);
  const NodeId parent = nodes_[node].parent;
  const bool is_object =
      ((is(parent, Syn::Member) || is(parent, Syn::Index)) && field(node) == SynField::Object) ||
      (is(parent, Syn::Assignment) && field(node) == SynField::Left) || is(parent, Syn::Update);
  const bool is_plain = !name.empty() && name[0] >= 'a' && name[0] <= 'z';
  if ((looks_like_field(name) && !is_all_caps(name)) ||
      (is_object && is_plain && partial_.contains(classes_[class_].node)))
    return out_.member(receiver(where), name, where);
  return path_value(path, node);
}

ExprId CppLowering::called_name(NodeId name) { return name_value(text(name), name); }

}  // namespace fnlint
