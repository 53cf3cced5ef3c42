// Static types, as far as the file shows them.
#include "frontends/source/go/go_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr int kTypeSteps = 8;

constexpr std::array<std::string_view, 22> kBasicTypes{
    "any",   "bool",  "byte",   "comparable", "complex128", "complex64", "error",  "float32",
    "float64", "int", "int16",  "int32",      "int64",      "int8",      "rune",   "string",
    "uint",  "uint16", "uint32", "uint64",    "uint8",      "uintptr"};

bool is_basic(std::string_view name) {
  return std::find(kBasicTypes.begin(), kBasicTypes.end(), name) != kBasicTypes.end();
}

}  // namespace

NodeId GoLowering::bare_type(NodeId type) const {
  for (int i = 0; i < kTypeSteps && type != kNoNode; ++i) {
    if (is_go(type, GoSyn::PointerType) || is(type, Syn::WrappedType))
      type = first(type);
    else if (is(type, Syn::GenericType))
      type = child(type, SynField::Type);
    else
      break;
  }
  return type;
}

// "s3.Client" of *s3.Client is "Client": the name that an embedded field has.
std::string_view GoLowering::type_word(NodeId type) const {
  const NodeId bare = bare_type(type);
  if (is(bare, Syn::TypeName) || is(bare, Syn::Name)) return text(bare);
  if (is(bare, Syn::QualifiedType)) return text(child(bare, SynField::Name));
  return {};
}

NodeId GoLowering::underlying(NodeId type) const {
  for (int i = 0; i < kTypeSteps; ++i) {
    type = bare_type(type);
    if (is_go(type, GoSyn::TypeSpec)) {
      type = child(type, SynField::Type);
      continue;
    }
    if (!is(type, Syn::TypeName) && !is(type, Syn::Name)) return type;
    const auto spec = types_.find(text(type));
    if (spec == types_.end()) return type;
    type = child(spec->second, SynField::Type);
  }
  return kNoNode;
}

bool GoLowering::is_class(NodeId type) const {
  const NodeId bare = bare_type(type);
  if (is(bare, Syn::QualifiedType)) return true;
  NodeId spec = bare;
  if (is(bare, Syn::TypeName) || is(bare, Syn::Name)) {
    if (is_basic(text(bare)) || type_parameters_.contains(text(bare))) return false;
    const auto row = types_.find(text(bare));
    if (row == types_.end()) return true;  // another file's
    spec = row->second;
  }
  if (!is_go(spec, GoSyn::TypeSpec)) return false;
  const NodeId written = child(spec, SynField::Type);
  return is_go(written, GoSyn::StructType) ||
         methods_.contains(std::string(text(child(spec, SynField::Name)))) ||
         (is_go(underlying(written), GoSyn::StructType));
}

bool GoLowering::is_type_name(NodeId node) const {
  if (!is(node, Syn::Name) && !is(node, Syn::TypeName)) return false;
  const std::string_view name = text(node);
  const Binding bound = find(name);
  if (!bound.exists()) return is_basic(name) || types_.contains(name);
  const auto spec = types_.find(name);
  return spec != types_.end() && out_.variable(bound.variable).owner.index == 0;
}

void GoLowering::remember_type(VariableId variable, NodeId type) {
  if (type != kNoNode) variable_types_[variable.index] = type;
}

// The type of what an expression gives: a node that writes it, or a function itself.
NodeId GoLowering::static_type(NodeId node, int depth) const {
  if (node == kNoNode || depth > kTypeSteps) return kNoNode;
  switch (kind(node)) {
    case Syn::Parenthesized:
    case Syn::Unary: return static_type(last(node), depth + 1);
    case Syn::Lambda: return node;
    case Syn::Name: {
      const Binding bound = find(text(node));
      if (!bound.exists()) return kNoNode;
      const auto row = variable_types_.find(bound.variable.index);
      if (row != variable_types_.end()) return static_type(row->second, depth + 1);
      const auto function = functions_.find(text(node));
      const bool is_function =
          function != functions_.end() && out_.variable(bound.variable).owner.index == 0;
      return is_function ? function->second : kNoNode;
    }
    case Syn::Member:
      return field_type(static_type(child(node, SynField::Object), depth + 1),
                        text(child(node, SynField::Name)));
    case Syn::Index: return element_type(static_type(child(node, SynField::Object), depth + 1));
    case Syn::Call: {
      const NodeId callee = child(node, SynField::Function);
      const std::vector<NodeId> given = all_children(child(node, SynField::Arguments));
      if (is(callee, Syn::Name) && !find(text(callee)).exists() && !given.empty()) {
        if (text(callee) == "make" || text(callee) == "new") return given[0];
        if (text(callee) == "append") return static_type(given[0], depth + 1);
      }
      if (is_type_name(callee)) return callee;
      const Results results = results_of_call(node, depth + 1);
      return results.types.empty() ? kNoNode : results.types[0];
    }
    case Syn::TypeName:
    case Syn::QualifiedType:
    case Syn::GenericType:
    case Syn::WrappedType: return node;
    default: break;
  }
  switch (go_kind(node)) {
    case GoSyn::Composite:
    case GoSyn::Assertion:
    case GoSyn::Conversion: return child(node, SynField::Type);
    case GoSyn::SliceExpression: return static_type(child(node, SynField::Object), depth + 1);
    case GoSyn::PointerType:
    case GoSyn::SliceType:
    case GoSyn::ArrayType:
    case GoSyn::MapType:
    case GoSyn::ChannelType:
    case GoSyn::FunctionType:
    case GoSyn::InterfaceType:
    case GoSyn::StructType: return node;
    default: return kNoNode;
  }
}

bool GoLowering::is_struct(NodeId node, int depth) const {
  if (node == kNoNode || depth > kTypeSteps) return false;
  switch (kind(node)) {
    case Syn::Parenthesized:
    case Syn::WrappedType: return is_struct(last(node), depth + 1);
    case Syn::Unary:
      return text(child(node, SynField::Operator)) == "*" &&
             is_go(underlying(static_type(node)), GoSyn::StructType);
    case Syn::Name:
    case Syn::TypeName: {
      const Binding bound = find(text(node));
      const auto row = variable_types_.find(bound.variable.index);
      if (bound.exists() && row != variable_types_.end()) return is_struct(row->second, depth + 1);
      const auto spec = types_.find(text(node));
      return spec != types_.end() && is_struct(child(spec->second, SynField::Type), depth + 1);
    }
    case Syn::Member:
      return is_struct(
          field_type(static_type(child(node, SynField::Object)), text(child(node, SynField::Name))),
          depth + 1);
    case Syn::Index:
      return is_struct(element_type(static_type(child(node, SynField::Object))), depth + 1);
    default:
      return is_go(node, GoSyn::StructType) ||
             (is_go(node, GoSyn::Composite) && is_struct(child(node, SynField::Type), depth + 1));
  }
}

NodeId GoLowering::field_type(NodeId owner, std::string_view name) const {
  const NodeId type = underlying(owner);
  if (!is_go(type, GoSyn::StructType)) return kNoNode;
  for (const NodeId one :
       children_of(child(type, own(GoSyn::FieldList)), own(GoSyn::FieldDeclaration)))
    for (const NodeId at : named(one, SynField::Name))
      if (text(at) == name) return child(one, SynField::Type);
  return kNoNode;
}

NodeId GoLowering::element_type(NodeId type) const {
  const NodeId list = underlying(type);
  if (is_go(list, GoSyn::SliceType) || is_go(list, GoSyn::ArrayType))
    return child(list, SynField::Type);
  if (is_go(list, GoSyn::MapType) || is_go(list, GoSyn::ChannelType))
    return child(list, SynField::Value);
  return kNoNode;
}

NodeId GoLowering::method_of(NodeId owner, std::string_view name) const {
  const auto row = methods_.find(type_word(owner));
  if (row == methods_.end()) return kNoNode;
  const auto method = row->second.find(name);
  return method == row->second.end() ? kNoNode : method->second;
}

// The function's node where the file has it, or the type of what is called.
NodeId GoLowering::called_function(NodeId call, int depth) const {
  const NodeId callee = callee_node(call);
  if (is(callee, Syn::Member)) {
    const NodeId owner = static_type(child(callee, SynField::Object), depth + 1);
    const std::string_view name = text(child(callee, SynField::Name));
    const NodeId method = method_of(owner, name);
    return method != kNoNode ? method : underlying(field_type(owner, name));
  }
  if (is(callee, Syn::TypeName)) {  // of a generic call
    const auto function = functions_.find(text(callee));
    return function == functions_.end() ? kNoNode : function->second;
  }
  const NodeId type = static_type(callee, depth + 1);
  if (is(type, Syn::Function) || is(type, Syn::Lambda)) return type;
  const NodeId written = underlying(type);
  return is_go(written, GoSyn::FunctionType) ? written : kNoNode;
}

TypeId GoLowering::type_of(NodeId node) {
  switch (kind(node)) {
    case Syn::Name:
    case Syn::TypeName: {
      const std::string_view name = text(node);
      const Binding bound = find(name);
      if (bound.exists()) return out_.add_type(name, {}, bound.variable);
      if (is_basic(name) || type_parameters_.contains(name) || types_.contains(name))
        return out_.add_type(name);
      return named_type(name, {}, range(node));
    }
    case Syn::QualifiedType: {
      const std::string_view name = text(child(node, SynField::Name));
      const NodeId path = child(node, SynField::Path);
      const Binding bound = path == kNoNode ? Binding{} : find(text(path));
      const auto package = packages_.find(bound.variable.index);
      if (package == packages_.end()) return out_.add_type(text(node));
      out_.mark(bound.variable, kNamedInTypes);
      const VariableId named = import_member(package->second, name, range(node), text(path));
      return out_.add_type(import_path(named), {}, named);
    }
    case Syn::GenericType: return type(child(node, SynField::Type));
    case Syn::WrappedType: return type(first(node));
    default: break;
  }
  switch (go_kind(node)) {
    case GoSyn::PointerType: return type(first(node));
    case GoSyn::SliceType:
    case GoSyn::ArrayType: {
      const TypeId element = type(child(node, SynField::Type));
      return out_.add_type("list", element.exists() ? std::vector{element} : std::vector<TypeId>{});
    }
    case GoSyn::MapType: return out_.add_type("dict");
    default: return {};
  }
}

// What a variable without an initial value has.
ExprId GoLowering::zero_value(NodeId written, Range where) {
  NodeId type = written;
  while (is(type, Syn::WrappedType)) type = first(type);
  const bool is_pointer = is_go(type, GoSyn::PointerType);
  const NodeId form = underlying(type);
  if (is_pointer || form == kNoNode) return out_.null(where);
  if (is_go(form, GoSyn::MapType)) return out_.null(where);
  if (is_go(form, GoSyn::SliceType) || is_go(form, GoSyn::ArrayType)) return out_.list({}, where);
  if (is(form, Syn::TypeName) || is(form, Syn::Name)) {
    const std::string_view name = text(form);
    if (name == "string") return out_.text("", where);
    if (name == "bool") return out_.boolean(false, where);
    if (name == "error" || name == "any" || type_parameters_.contains(name))
      return out_.null(where);
    if (is_basic(name)) return out_.number("0", where);
  }
  const bool is_object = is(form, Syn::TypeName) || is(form, Syn::QualifiedType) ||
                         is_go(form, GoSyn::StructType);
  if (!is_object) return out_.null(where);
  if (is_go(bare_type(type), GoSyn::StructType)) return out_.record({}, where);
  return constructed(bare_type(type), kNoNode, where);
}

}  // namespace fnlint
