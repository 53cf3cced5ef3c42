// Imports, and the paths that they give to the names of types.
#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kSpace = " \t\r\n\\";

// A dotted name as written, without the spaces that Python allows around its dots.
std::string without_spaces(std::string_view written) {
  std::string path;
  for (const char c : written)
    if (kSpace.find(c) == std::string_view::npos) path += c;
  return path;
}

bool is_name_part(char c) {
  return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool is_final(std::string_view path) {
  return path == "Final" || path == "typing.Final" || path == "typing_extensions.Final";
}

void PythonLowering::import_statement(NodeId node) {
  for (const NodeId part : nodes_.children(node)) {
    if (nodes_[part].field != static_cast<std::uint8_t>(PyField::Name)) continue;
    if (kind(part) == Py::AliasedImport) {
      const NodeId module = child(part, PyField::Name), alias = child(part, PyField::Alias);
      if (module == kNoNode || alias == kNoNode) continue;
      add_import(imported_variable(text(alias)), without_spaces(text(module)), "", 0, node);
      continue;
    }
    const std::string module = without_spaces(text(part));
    const std::string first = module.substr(0, module.find('.'));
    add_import(imported_variable(first), first, "", 0, node);
    if (first != module) add_import({}, module, "", kEffectOnly, node);
  }
}

void PythonLowering::import_from(NodeId node, std::string_view module) {
  const std::string path = without_spaces(module);
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::WildcardImport) {
      add_import({}, path, "", kStar, node);
      continue;
    }
    if (nodes_[part].field != static_cast<std::uint8_t>(PyField::Name)) continue;
    const bool aliased = kind(part) == Py::AliasedImport;
    const NodeId name = aliased ? child(part, PyField::Name) : part;
    const NodeId alias = aliased ? child(part, PyField::Alias) : part;
    if (name == kNoNode || alias == kNoNode) continue;
    add_import(imported_variable(text(alias)), path, text(name), 0, node);
  }
}

// Whether a comment says so on a line: `# noqa`, `# noqa: F401`, `# pylint: disable=unused-import`.
bool says_meant_unused(std::string_view line) {
  const std::size_t comment = line.find('#');
  if (comment == std::string_view::npos) return false;
  const std::string_view rest = line.substr(comment);
  const std::size_t mark = rest.find("noqa");
  if (mark != std::string_view::npos)
    return !rest.substr(mark + 4).starts_with(':') ||
           rest.find("F401", mark) != std::string_view::npos;
  return rest.find("pylint:") != std::string_view::npos &&
         (rest.find("unused-import") != std::string_view::npos ||
          rest.find("W0611") != std::string_view::npos);
}

// Whether a comment on one of the import's lines says that nothing has to use it.
bool PythonLowering::is_meant_unused(NodeId node) const {
  const Range where = range(node);
  const std::size_t end = std::min(text_.find('\n', where.end), text_.size());
  for (const std::string_view line : split(text_.substr(where.begin, end - where.begin), '\n'))
    if (says_meant_unused(line)) return true;
  return false;
}

void PythonLowering::add_import(VariableId local, std::string_view module, std::string_view name,
                                std::uint32_t flags, NodeId node) {
  if (local.exists()) imported_.push_back(local);
  if (local.exists() && is_meant_unused(node)) out_.mark(local, kExported);
  Import row;
  row.local = local;
  row.module = out_.string(module);
  if (!name.empty()) row.name = out_.string(name);
  row.executed_in = function_;
  row.flags = flags | import_flags_;
  row.where = range(node);
  out_.add_import(row);
}

// In a class body the import's variable is also the class's attribute.
VariableId PythonLowering::imported_variable(std::string_view name) {
  const StringId id = out_.string(trim(name));
  const PyName bound = scopes_.resolve(scope_, id);
  if (!bound.class_attribute) return bound.variable;
  const VariableId variable = scopes_.class_import(scope_, id);
  if (variable.exists())
    out_.assign(name_for(id, {}, true), out_.variable(variable, {}), {}, AssignMode::Declare);
  return variable;
}

VariableId PythonLowering::builtin(StringId name) {
  const auto [row, added] = builtins_.try_emplace(name.index);
  if (added) {
    row->second = out_.add_variable("", FunctionId{0}, VariableKind::Import);
    out_.set(row->second, &Variable::name, name);
    Import import;
    import.local = row->second;
    import.module = out_.string("<builtins>");
    import.name = name;
    import.executed_in = FunctionId{0};
    out_.add_import(import);
  }
  return row->second;
}

// "a.b.C" in full, by what the file's imports bind to `a`; as written where they do not say.
std::string PythonLowering::resolved_path(std::string_view dotted, bool is_annotation) {
  const std::size_t dot = dotted.find('.');
  const VariableId root = scopes_.resolve(scope_, out_.string(dotted.substr(0, dot))).variable;
  if (!root.exists()) return std::string(dotted);
  const std::string_view imported = scopes_.import_path(root);
  if (imported.empty()) return std::string(dotted);
  if (is_annotation) out_.mark(root, kNamedInTypes);
  return dot == std::string_view::npos ? std::string(imported)
                                       : joined_path(imported, dotted.substr(dot + 1));
}

std::string PythonLowering::type_path(NodeId node) {
  while (is(node, Py::ParenthesizedExpression)) node = nodes_.first_child(node);
  if (node == kNoNode) return {};
  for (NodeId at = node; at < nodes_[node].next; ++at)
    if (kind(at) != Py::Identifier && kind(at) != Py::Attribute && kind(at) != Py::DottedName)
      return {};
  return resolved_path(without_spaces(text(node)), false);
}

TypeId PythonLowering::type(NodeId node) {
  const Deeper deeper(depth_);
  return node == kNoNode || depth_ > kNestingDepth ? TypeId{} : type_of(node);
}

// What containers give a constructor is told by the classes that its parameters name.
TypeId PythonLowering::class_type(NodeId node) {
  NodeId name = node;
  while (is(name, Py::Type)) name = nodes_.first_child(name);
  const VariableId named = is(name, Py::Identifier)
                               ? scopes_.resolve(scope_, out_.string(text(name))).variable
                               : VariableId{};
  if (!named.exists()) return type(node);
  return out_.add_type(resolved_path(text(name), true), {}, named);
}

TypeId PythonLowering::type_of(NodeId node) {
  switch (kind(node)) {
    case Py::Type:
    case Py::ParenthesizedExpression: return type(nodes_.first_child(node));
    case Py::Identifier:
    case Py::Attribute:
    case Py::MemberType: return out_.add_type(resolved_path(without_spaces(text(node)), true));
    case Py::None: return out_.add_type("None");
    case Py::String:
    case Py::ConcatenatedString: {
      const std::optional<std::string> written = plain_text(node);
      std::string_view rest = written ? std::string_view(*written) : std::string_view{};
      return quoted_type(rest, 0);
    }
    case Py::Subscript: {
      std::vector<NodeId> arguments_of;
      for (const NodeId part : nodes_.children(node))
        if (nodes_[part].field == static_cast<std::uint8_t>(PyField::Subscript))
          arguments_of.push_back(part);
      return generic(child(node, PyField::Value), arguments_of);
    }
    case Py::GenericType: {
      std::vector<NodeId> arguments_of;
      const NodeId base = nodes_.first_child(node);
      const NodeId list = base == kNoNode ? kNoNode : nodes_.next_sibling(base);
      if (list != kNoNode)
        for (const NodeId part : nodes_.children(list)) arguments_of.push_back(part);
      return generic(base, arguments_of);
    }
    case Py::BinaryOperator:
      return union_of(child(node, PyField::Left), child(node, PyField::Right));
    case Py::UnionType: {
      const NodeId left = nodes_.first_child(node);
      NodeId right = left == kNoNode ? kNoNode : nodes_.next_sibling(left);
      if (is(right, Py::Pipe)) right = nodes_.next_sibling(right);
      return union_of(left, right);
    }
    default: return {};
  }
}

TypeId PythonLowering::generic(NodeId base, const std::vector<NodeId>& arguments_of) {
  const TypeId whole = type(base);
  if (!whole.exists()) return {};
  std::vector<TypeId> inner;
  for (const NodeId part : arguments_of)
    if (const TypeId one = type(part); one.exists()) inner.push_back(one);
  return out_.add_type(std::string(out_.type_path(whole)), inner);
}

TypeId PythonLowering::union_of(NodeId left, NodeId right) {
  std::vector<TypeId> members;
  for (const NodeId part : {left, right})
    if (const TypeId one = type(part); one.exists()) members.push_back(one);
  return members.empty() ? TypeId{} : out_.add_type("typing.Union", members);
}

// "list[a.B] | None": the part at the front of `rest`, which is taken off.
TypeId PythonLowering::quoted_type(std::string_view& rest, std::size_t depth) {
  if (depth > kNestingDepth) return {};
  std::vector<TypeId> members;
  for (;;) {
    rest = trim(rest);
    const std::size_t end = static_cast<std::size_t>(
        std::find_if_not(rest.begin(), rest.end(), is_name_part) - rest.begin());
    if (end == 0) break;
    const std::string path = resolved_path(rest.substr(0, end), true);
    rest = trim(rest.substr(end));
    std::vector<TypeId> inner;
    if (rest.starts_with('[')) {
      do {
        rest.remove_prefix(1);
        if (const TypeId one = quoted_type(rest, depth + 1); one.exists()) inner.push_back(one);
      } while (rest.starts_with(','));
      if (rest.starts_with(']')) rest = trim(rest.substr(1));
    }
    members.push_back(out_.add_type(path, inner));
    if (!rest.starts_with('|')) break;
    rest.remove_prefix(1);
  }
  if (members.size() < 2) return members.empty() ? TypeId{} : members[0];
  return out_.add_type("typing.Union", members);
}

}  // namespace fnlint
