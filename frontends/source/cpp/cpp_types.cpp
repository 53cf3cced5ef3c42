// Declarators, the shapes of types, and what a declaration makes.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

template <std::size_t N>
bool is_in_sorted(const std::array<std::string_view, N>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// Names of types of the standard library and of those that follow its names.
constexpr std::array<std::string_view, 37> kScalars{
    "DWORD",        "byte",         "char16_t",    "char32_t", "clock_t",   "double_t",
    "float_t",      "int16_t",      "int32_t",     "int64_t",  "int8_t",    "int_fast16_t",
    "int_fast32_t", "int_fast64_t", "int_fast8_t", "intmax_t", "intptr_t",  "nullptr_t",
    "off_t",        "pid_t",        "ptrdiff_t",   "size_t",   "size_type", "socklen_t",
    "ssize_t",      "streamoff",    "streamsize",  "time_t",   "uchar",     "uint",
    "uint16_t",     "uint32_t",     "uint64_t",    "uint8_t",  "uintmax_t", "uintptr_t",
    "wchar_t"};
constexpr std::array<std::string_view, 9> kTexts{"String",    "StringView",  "basic_string",
                                                 "string",    "string_view", "u16string",
                                                 "u32string", "u8string",    "wstring"};
constexpr std::array<std::string_view, 29> kLists{"Array",
                                                  "Deque",
                                                  "FlatSet",
                                                  "List",
                                                  "MultiSet",
                                                  "Queue",
                                                  "Set",
                                                  "Stack",
                                                  "UnorderedSet",
                                                  "Vector",
                                                  "array",
                                                  "btree_set",
                                                  "deque",
                                                  "flat_hash_set",
                                                  "flat_set",
                                                  "forward_list",
                                                  "initializer_list",
                                                  "list",
                                                  "multiset",
                                                  "priority_queue",
                                                  "queue",
                                                  "set",
                                                  "small_vector",
                                                  "span",
                                                  "stack",
                                                  "unordered_multiset",
                                                  "unordered_set",
                                                  "valarray",
                                                  "vector"};
constexpr std::array<std::string_view, 6> kPointers{"atomic",     "optional",   "reference_wrapper",
                                                    "shared_ptr", "unique_ptr", "weak_ptr"};

bool is_iterator(std::string_view name) {
  return name == "iterator" || name == "const_iterator" || name == "reverse_iterator";
}

}  // namespace

// --- Declarators.

CppLowering::Declarator CppLowering::declarator(NodeId node) const {
  Declarator out;
  for (std::size_t step = 0; node != kNoNode && step < kNestingDepth; ++step) {
    switch (static_cast<Cpp>(nodes_[node].kind)) {
      case Cpp::InitDeclarator:
        out.value = child(node, SynField::Value);
        node = child(node, CppField::Declarator);
        continue;
      case Cpp::PointerDeclarator: {
        out.pointer = true;
        out.constant_pointer = has_word(node, Cpp::Qualifier, "const");
        if (out.function != kNoNode) out.function = kNoNode;  // a pointer to a function
        node = child(node, CppField::Declarator);
        continue;
      }
      case Cpp::ReferenceDeclarator:
        out.reference = true;
        if (out.function != kNoNode) out.function = kNoNode;
        node = last(node);
        continue;
      case Cpp::ArrayDeclarator:
        out.array = true;
        node = child(node, CppField::Declarator);
        continue;
      case Cpp::FunctionDeclarator:  // what stands before it is of the result
        out = {.function = node, .value = out.value};
        node = child(node, CppField::Declarator);
        continue;
      case Cpp::AttributedDeclarator:
      case Cpp::ParenthesizedDeclarator:
      case Cpp::VariadicDeclarator: {
        NodeId inner = kNoNode;
        for (const NodeId part : children(node))
          if (!is(part, Syn::None)) {
            inner = part;
            break;
          }
        node = inner;
        continue;
      }
      case Cpp::OperatorCast:
        out.cast = true;
        out.name = node;
        out.function = child(node, CppField::Declarator);
        return out;
      case Cpp::StructuredBinding: out.binding = node; return out;
      case Cpp::OperatorName:
      case Cpp::DestructorName:
      case Cpp::Qualified:
      case Cpp::TemplateFunction: out.name = node; return out;
      default:
        if (is(node, Syn::Name) || is(node, Syn::TypeName)) out.name = node;
        return out;
    }
  }
  return out;
}

std::vector<CppLowering::Declarator> CppLowering::declarators(NodeId declaration) const {
  std::vector<Declarator> found;
  for (const NodeId node : children(declaration)) {
    if (nodes_[node].field == static_cast<std::uint8_t>(CppField::Declarator))
      found.push_back(declarator(node));
    else if (field(node) == SynField::Value && !found.empty())
      found.back().value = node;
  }
  return found;
}

bool CppLowering::has_word(NodeId node, Cpp kind, std::string_view word) const {
  if (node != kNoNode)
    for (const NodeId part : children(node))
      if (is(part, kind) && text(part) == word) return true;
  return false;
}

// --- Types.

// The first type among a template's arguments.
NodeId CppLowering::pointee(NodeId type_node) const {
  NodeId node = type_node;
  while (is(node, Cpp::Qualified)) node = child(node, SynField::Name);
  if (is(node, Cpp::DependentName)) node = last(node);
  const NodeId list = child(node, Cpp::TemplateArguments);
  const NodeId argument = list == kNoNode ? kNoNode : first(list);
  if (is(argument, Cpp::TypeDescriptor)) return child(argument, SynField::Type);
  return kNoNode;
}

CppLowering::TypeShape CppLowering::shape_of(NodeId type_node, std::size_t aliases) const {
  if (is(type_node, Cpp::TypeDescriptor)) type_node = child(type_node, SynField::Type);
  TypeShape out{.shape = Shape::Unknown, .node = type_node};
  if (type_node == kNoNode || aliases > kAliasSteps) return out;
  const auto of = [&](Shape shape) {
    out.shape = shape;
    return out;
  };
  if (is(type_node, Cpp::Primitive) || is(type_node, Cpp::Enum)) return of(Shape::Scalar);
  if (is(type_node, Syn::Class)) return of(Shape::Object);
  if (is(type_node, Cpp::Auto) || is(type_node, Cpp::Decltype)) return out;
  const Path written = path_of(type_node);
  if (written.empty() || (written.size() == 1 && is_unknown_parameter(written[0], type_node)))
    return out;
  std::string found;
  if (const Global* known = global(written, type_node, found)) {
    if (known->is_enum) return of(Shape::Scalar);
    if (known->type != kNoNode && known->type < type_node)
      return shape_of(known->type, aliases + 1);
    if (known->alias.empty()) return of(Shape::Object);
  }
  const Path path = unaliased(written, type_node);
  const std::string_view name = path.back();
  const Shape shape = shape_of_name(name);
  if (shape == Shape::Pointer || shape == Shape::List) out.element = pointee(type_node);
  if (shape == Shape::Pointer && out.element != kNoNode) out.node = out.element;
  return of(shape);
}

// By the last part of a type's path.
CppLowering::Shape CppLowering::shape_of_name(std::string_view name) {
  if (is_iterator(name)) return Shape::Unknown;
  if (is_in_sorted(kScalars, name)) return Shape::Scalar;
  if (is_in_sorted(kTexts, name)) return Shape::Text;
  if (is_in_sorted(kPointers, name) || name.ends_with("_ptr") || name.ends_with("Ptr"))
    return Shape::Pointer;
  if (is_in_sorted(kLists, name)) return Shape::List;
  if (name.ends_with("map") || name.ends_with("Map")) return Shape::Map;
  if (lower(name).find("stream") != std::string::npos) return Shape::Stream;
  return Shape::Object;
}

bool CppLowering::is_number_type(std::string_view path) {
  if (path.find('.') == std::string_view::npos && is_in_sorted(kScalars, path)) return true;
  for (const std::string_view word :
       {"int", "long", "short", "unsigned", "signed", "char", "bool", "float", "double"})
    if (path.starts_with(word) && (path.size() == word.size() || path[word.size()] == ' '))
      return true;
  return is_in_sorted(kScalars, path.substr(path.rfind('.') + 1));
}

TypeId CppLowering::declared_type(NodeId type_node) {
  const TypeShape shape = shape_of(type_node);
  return type(shape.shape == Shape::Pointer ? shape.node : type_node);
}

TypeId CppLowering::known_type(NodeId name) {
  const Range where = range(name);
  const CppName* known = known_.at(where.begin, CppName::Kind::Type);
  if (known == nullptr) return {};
  std::string found;
  const Path path = path_in(known->path);
  const std::string dotted = dotted_path(path);
  const Global* own = global(path, name, found);
  if (own != nullptr && own->variable.exists() && !own->declared_only)
    return out_.add_type(dotted, {}, own->variable);
  return out_.add_type(dotted, {}, implicit_import(dotted, where));
}

TypeId CppLowering::type_of(NodeId node) {
  if (is(node, Cpp::Primitive)) return out_.add_type(text(node));
  if (is(node, Cpp::TypeDescriptor)) return type(child(node, SynField::Type));
  const bool named = is(node, Syn::TypeName) || is(node, Syn::Name) || is(node, Cpp::Qualified) ||
                     is(node, Cpp::TemplateType);
  if (!named) return {};
  const Path written = path_of(node);
  if (written.empty() || (written.size() == 1 && is_unknown_parameter(written[0], node))) return {};
  const Path path = unaliased(written, node);
  if (path.size() == 1 && is_in_sorted(kScalars, path[0])) return out_.add_type(path[0]);
  std::vector<TypeId> arguments;
  NodeId tail = node;
  while (is(tail, Cpp::Qualified)) tail = child(tail, SynField::Name);
  if (const NodeId list = child(tail, Cpp::TemplateArguments); list != kNoNode)
    for (const NodeId argument : children(list))
      if (const TypeId one = type(argument); one.exists()) arguments.push_back(one);
  if (path.size() == 1)
    if (const Binding local = find(path[0]); local.variable.exists())
      return out_.add_type(path[0], arguments, local.variable);
  std::string found;
  const Global* known = global(path, node, found);
  if (known != nullptr && known->variable.exists() && !known->declared_only)
    return out_.add_type(replace_all(found, "::", "."), arguments, known->variable);
  const std::string dotted = known != nullptr ? replace_all(found, "::", ".") : dotted_path(path);
  return out_.add_type(dotted, arguments, implicit_import(dotted, range(node)));
}

// --- What is made.

ExprId CppLowering::braces(NodeId node, Shape shape) {
  const Deeper deeper(depth_);
  const Range where = range(node);
  if (depth_ > kNestingDepth) return too_deep(node);
  std::vector<Operand> entries;
  bool pairs = shape == Shape::Map || shape == Shape::Object;
  bool named = false;
  for (const NodeId part : children(node)) {
    if (is(part, Cpp::DesignatedValue)) {
      const NodeId designator = child(part, CppField::Designator);
      NodeId name = designator;
      while (is(name, Cpp::Designator) && first(name) != kNoNode) name = first(name);
      const NodeId value = child(part, SynField::Value);
      if (value == kNoNode) continue;
      named = true;
      const StringId key = out_.string(name == kNoNode ? "" : text(name));
      entries.push_back({.name = key, .value = expression(value)});
      continue;
    }
    const bool is_pair = shape == Shape::Map && is(part, Cpp::Braces) && first(part) != kNoNode &&
                         nodes_.next_sibling(first(part)) != kNoNode;
    if (!is_pair) {
      pairs = false;
      entries.push_back({.value = expression(part)});
      continue;
    }
    const ExprId key = expression(first(part));
    const ExprId value = expression(nodes_.next_sibling(first(part)));
    Operand row{.value = value};
    if (out_.expr(key).kind == ExprKind::Text)
      row.name = out_.expr(key).name;
    else
      row.key = key;
    entries.push_back(row);
  }
  if (named || (pairs && shape == Shape::Map)) {
    std::erase_if(entries,
                  [](const Operand& row) { return !row.name.exists() && !row.key.exists(); });
    return out_.record(entries, where);
  }
  return out_.list(entries, where);
}

namespace {

bool is_plain_number(const CodeBuilder& out, ExprId value) {
  return out.expr(value).kind == ExprKind::Number;
}

}  // namespace

// `arguments`: an argument list, braces, or the parameters of what only looks like a prototype.
ExprId CppLowering::made_of(NodeId type_node, NodeId arguments_node, Range where) {
  const TypeShape shape = shape_of(type_node);
  if (is(arguments_node, Cpp::Braces) && (shape.shape == Shape::List || shape.shape == Shape::Map))
    return braces(arguments_node, shape.shape);
  std::vector<Operand> given;
  if (is(arguments_node, Syn::Parameters)) {
    for (const NodeId parameter : children(arguments_node))
      if (const NodeId name = child(parameter, SynField::Type); name != kNoNode)
        given.push_back({.value = path_value(path_of(name), name)});
  } else if (is(arguments_node, Cpp::Braces)) {
    for (const NodeId part : children(arguments_node)) {
      const bool named = is(part, Cpp::DesignatedValue);
      const NodeId value = named ? child(part, SynField::Value) : part;
      if (value == kNoNode) continue;
      Operand row;
      if (named) {
        NodeId name = child(part, CppField::Designator);
        while (is(name, Cpp::Designator) && first(name) != kNoNode) name = first(name);
        if (name != kNoNode) row.name = out_.string(text(name));
      }
      row.value = expression(value);
      given.push_back(row);
    }
  } else {
    given = arguments(arguments_node);
  }
  switch (shape.shape) {
    case Shape::Scalar: return given.empty() ? out_.number("0", where) : given.front().value;
    case Shape::Unknown:
      return given.empty() ? out_.unknown("a value of that type", where) : given.front().value;
    case Shape::Text:
    case Shape::Stream:
      if (given.empty()) return out_.text("", where);
      return is_plain_number(out_, given.front().value) && given.size() > 1
                 ? out_.unknown("repeated text", where)
                 : given.front().value;
    case Shape::List:  // of a size, or from other elements
      if (given.empty() || is_plain_number(out_, given.front().value)) return out_.list({}, where);
      return given.front().value;
    case Shape::Map: return given.empty() ? out_.record({}, where) : given.front().value;
    case Shape::Pointer: return given.empty() ? out_.null(where) : given.front().value;
    case Shape::Object: break;
  }
  const Path path =
      is(type_node, Syn::Class) ? path_of(child(type_node, SynField::Name)) : path_of(type_node);
  if (path.empty()) return out_.unknown("an object of a type without a name", where);
  return call_of(path_value(path, type_node), given, where, CallMode::Construct);
}

// An object that is only declared is made all the same; numbers and pointers are not set.
ExprId CppLowering::default_value(NodeId type_node, const Declarator& what, Range where) {
  const TypeShape shape = shape_of(type_node);
  if (what.reference || what.pointer || what.function != kNoNode) return {};
  if (what.array) return out_.list({}, where);
  if (shape.shape == Shape::Scalar || shape.shape == Shape::Unknown ||
      shape.shape == Shape::Pointer)
    return {};
  return made_of(type_node, kNoNode, where);
}

ExprId CppLowering::initial_value(NodeId type_node, const Declarator& what, Range where) {
  if (what.value == kNoNode) return default_value(type_node, what, where);
  const TypeShape shape = shape_of(type_node);
  const bool listed = is(what.value, Cpp::Braces);
  if (what.array) return listed ? braces(what.value, Shape::List) : expression(what.value);
  const bool constructs =
      listed || is(what.value, Syn::Arguments) || is(what.value, Syn::Parameters);
  if (!constructs) {
    const ExprId value = expression(what.value);
    return is_copied(type_node, what) ? copy_of(value, where) : value;
  }
  if (what.pointer || what.reference) {
    const NodeId only = first(what.value);
    return only == kNoNode ? out_.null(where) : expression(only);
  }
  if (shape.shape == Shape::Unknown && listed) {
    const NodeId only = first(what.value);
    if (only != kNoNode && nodes_.next_sibling(only) == kNoNode) return expression(only);
    return braces(what.value, Shape::Unknown);
  }
  const ExprId value = made_of(type_node, what.value, where);
  const bool container = shape.shape == Shape::List || shape.shape == Shape::Map;
  return container && !listed ? copy_of(value, where) : value;
}

// Objects are copied where they are declared by value from what has a name.
bool CppLowering::is_copied(NodeId type_node, const Declarator& what) const {
  if (what.pointer || what.reference || what.array) return false;
  NodeId value = unwrapped(what.value);
  if (is(value, Cpp::PointerExpression)) {
    if (text(value).starts_with('&')) return false;
    value = unwrapped(child(value, SynField::Object));
  }
  if (!is(value, Syn::Name) && !is(value, Syn::Member) && !is(value, Syn::Index) &&
      !is(value, Cpp::Qualified))
    return false;
  switch (shape_of(type_node).shape) {
    case Shape::List:
    case Shape::Map:
    case Shape::Text:
    case Shape::Object:
    case Shape::Unknown: break;
    default: return false;
  }
  if (!is(value, Syn::Name)) return true;
  const Binding bound = find(text(value));
  if (!bound.variable.exists()) return true;
  return !references_.contains(bound.variable.index) || shape_of(type_node).shape != Shape::Unknown;
}

ExprId CppLowering::copy_of(ExprId value, Range where) {
  const ExprKind form = out_.expr(value).kind;
  if (form != ExprKind::Variable && form != ExprKind::Member && form != ExprKind::Index)
    return value;
  if (form == ExprKind::Variable) {  // functions and constants of libraries
    const Variable variable = out_.variable(VariableId{out_.expr(value).ref});
    if (variable.kind == VariableKind::Import || (variable.flags & kConstant) != 0) return value;
  }
  return out_.choose(out_.boolean(true, where), value, out_.null(where), where);
}

}  // namespace fnlint
