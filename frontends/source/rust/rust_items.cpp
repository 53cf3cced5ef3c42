// Functions, types, statics, modules and `use`: what a file, a mod or a block declares.
#include "frontends/source/rust/rust_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Macros of the language that hold statics.
bool holds_thread_locals(std::string_view macro) { return macro == "thread_local"; }

}  // namespace

// #[test], #[cfg(test)], #[tokio::test]
bool RustLowering::is_test_only(NodeId attribute) const {
  std::string written;
  for (const char c : text(attribute))
    if (c != ' ' && c != '\n' && c != '\t') written += c;
  const std::string_view inside = std::string_view(written).substr(0, written.find_last_of(']'));
  return inside == "#[test" || inside.ends_with("::test") || inside.starts_with("#[cfg(test") ||
         inside.starts_with("#[cfg(all(test") || inside.starts_with("#[tokio::test") ||
         inside == "#[rstest";
}

bool RustLowering::is_item(NodeId node) const {
  switch (rust(node)) {
    case Rs::FunctionItem:
    case Rs::Struct:
    case Rs::Enum:
    case Rs::Union:
    case Rs::Trait:
    case Rs::Impl:
    case Rs::Const:
    case Rs::Static:
    case Rs::TypeAlias:
    case Rs::Mod:
    case Rs::Use:
    case Rs::MacroDefinition:
    case Rs::Ignored: return true;
    default: return false;
  }
}

// The items of a file, a mod or a block, but for tests; those of thread_local! among them.
std::vector<NodeId> RustLowering::items_of(NodeId holder) const {
  std::vector<NodeId> found;
  bool skips = false;
  for (const NodeId node : children(holder)) {
    if (is(node, Rs::Attribute)) {
      skips = skips || is_test_only(node);
      continue;
    }
    const NodeId macro = is(node, Syn::ExpressionStatement) ? first(node) : node;
    if (!skips && is_item(node)) found.push_back(node);
    if (!skips && is(macro, Rs::Macro))
      for (const NodeId inner : children(macro_tokens(macro)))
        if (is(inner, Rs::Static)) found.push_back(inner);
    skips = false;
  }
  return found;
}

// Foo of Foo<T>, &Foo, a::Foo.
std::string_view RustLowering::type_name(NodeId type) const {
  for (std::size_t depth = 0; type != kNoNode && depth < kNestingDepth; ++depth) {
    if (is(type, Syn::TypeName) || is(type, Syn::Name)) return text(type);
    if (is(type, Rs::Path)) {
      type = child(type, SynField::Name);
    } else if (is(type, Syn::GenericType) || is(type, Syn::WrappedType)) {
      type = first(type);
    } else {
      break;
    }
  }
  return {};
}

void RustLowering::declare_file(NodeId file) { declare_items(file); }

// Names first: items may stand in any order.
void RustLowering::declare_items(NodeId holder) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return;
  const std::vector<NodeId> items = items_of(holder);
  if (items.empty()) return;
  for (const NodeId node : items) declare_item(node);
  for (const NodeId node : items) {
    const NodeId body = is(node, Rs::Mod) ? child(node, SynField::Body) : kNoNode;
    const NodeId name = child(node, SynField::Name);
    if (body == kNoNode || name == kNoNode) continue;
    const ScopeId around = scope_;
    const ScopeId inside = open_scope();
    mod_scopes_[node] = inside;
    mods_[{around, text(name)}] = inside;
    scope_ = inside;
    declare_items(body);
    scope_ = around;
  }
  for (const NodeId node : items)
    if (is(node, Rs::Use)) use_clause(child(node, SynField::Declaration), {});
  std::map<std::string_view, NodeId> types;
  for (const NodeId node : items)
    if (item_variables_.contains(node) && !is(node, Rs::FunctionItem))
      types.try_emplace(text(child(node, SynField::Name)), node);
  for (const NodeId node : items) {
    if (!is(node, Rs::Impl)) continue;
    const auto type = types.find(type_name(child(node, SynField::Type)));
    if (type != types.end() && !is(type->second, Rs::Static) && !is(type->second, Rs::Const))
      implementations_[type->second].push_back(node);
  }
  for (const NodeId node : items) declare_type(node);
}

void RustLowering::declare_item(NodeId node) {
  const NodeId name_node = child(node, SynField::Name);
  if (name_node == kNoNode) return;
  const std::string_view name = text(name_node);
  const bool is_module_level = out_.current().index == 0;
  if (is(node, Rs::TypeAlias)) {
    aliases_.try_emplace(name, child(node, SynField::Type));
    return;
  }
  if (is(node, Rs::Mod)) {
    if (child(node, SynField::Body) == kNoNode) add_use(name, cat("self.", name), range(node));
    return;
  }
  const bool is_value = is(node, Rs::Const) || is(node, Rs::Static);
  const bool is_type = is(node, Rs::Struct) || is(node, Rs::Enum) || is(node, Rs::Union) ||
                       is(node, Rs::Trait);
  if (!is_value && !is_type && !is(node, Rs::FunctionItem)) return;
  std::uint16_t flags = 0;
  if (!is(node, Rs::Static)) flags |= kConstant;
  if (is_module_level && child(node, Syn::Modifier) != kNoNode) flags |= kExported;
  const NodeId holder = nodes_[node].parent;
  if (is(holder, Rs::Tokens) && holds_thread_locals(macro_name(nodes_[holder].parent)))
    flags |= kThreadLocal;
  const bool outlives = is_module_level || is(node, Rs::Static);
  VariableId variable;
  if (outlives) {
    if (!is_module_level) flags |= kFunctionStatic;
    variable = out_.add_variable(name, FunctionId{0}, VariableKind::Module, flags);
    if (name != "_") bind(name, {.variable = variable});
  } else {
    variable = declare_local(name, flags);
  }
  item_variables_[node] = variable;
  if (is(node, Rs::FunctionItem) && is_module_level && scope_ == 0 && name == "main") {
    main_ = variable;
    main_name_ = range(name_node);
    main_is_async_ = (function_flags(node) & kAsync) != 0;
  }
}

// Once all names are known: fields' types may name any of them.
void RustLowering::declare_type(NodeId node) {
  const bool is_type = is(node, Rs::Struct) || is(node, Rs::Enum) || is(node, Rs::Union) ||
                       is(node, Rs::Trait);
  if (is_type) {
    const auto variable = item_variables_.find(node);
    if (variable == item_variables_.end()) return;
    const std::uint32_t row =
        declare_class(node, text(child(node, SynField::Name)), variable->second);
    item_classes_[node] = row;
    class_rows_[variable->second.index] = row;
  } else if (is(node, Rs::Impl)) {
    const std::string_view name = type_name(child(node, SynField::Type));
    for (const auto& [type, blocks] : implementations_)
      if (std::find(blocks.begin(), blocks.end(), node) != blocks.end()) return;
    item_classes_[node] = declare_class(node, name, {});  // of a type of another file
  }
}

void RustLowering::file_body(NodeId file) {
  define_items(file);
  for (const NodeId node : children(file))
    if (!is_item(node) && !is(node, Rs::Attribute) && !is(node, Rs::Macro) &&
        !(is(node, Syn::ExpressionStatement) && is(first(node), Rs::Macro)))
      statement(node);  // half written
  if (!main_.exists()) return;
  const ExprId made = call_of(out_.variable(main_, main_name_), {}, main_name_);
  if (main_is_async_) out_.await(made, main_name_);
}

void RustLowering::define_items(NodeId holder) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return;
  const std::vector<NodeId> items = items_of(holder);
  for (const NodeId node : items)
    if (is(node, Rs::FunctionItem)) define_function_item(node);
  for (const NodeId node : items)
    if (const auto row = item_classes_.find(node); row != item_classes_.end())
      define_class(row->second);
  for (const NodeId node : items) {
    const NodeId body = is(node, Rs::Mod) ? child(node, SynField::Body) : kNoNode;
    if (body == kNoNode) continue;
    const auto inside = mod_scopes_.find(node);
    if (inside == mod_scopes_.end()) continue;
    const ScopeId around = scope_;
    scope_ = inside->second;
    define_items(body);
    scope_ = around;
  }
  for (const NodeId node : items)
    if (is(node, Rs::Const) || is(node, Rs::Static)) static_item(node);
}

void RustLowering::define_function_item(NodeId node) {
  const auto variable = item_variables_.find(node);
  if (variable == item_variables_.end()) return;
  const NodeId name = child(node, SynField::Name);
  const FunctionId id = define_function(node, text(name), FunctionKind::Plain, name);
  out_.assign(out_.variable(variable->second, range(name)), out_.function(id, range(node)),
              range(node), AssignMode::Declare);
}

void RustLowering::static_item(NodeId node) {
  const auto variable = item_variables_.find(node);
  if (variable == item_variables_.end()) return;
  if (const NodeId written = child(node, SynField::Type); written != kNoNode) {
    const TypeId declared = type(written);
    out_.set(variable->second, &Variable::type, declared);
  }
  const NodeId value = child(node, SynField::Value);
  if (value == kNoNode) return;
  ExprId initial =
      is_default(value) ? default_of(child(node, SynField::Type), range(value)) : ExprId{};
  if (!initial.exists()) initial = expression(value);
  out_.assign(out_.variable(variable->second, range(child(node, SynField::Name))), initial,
              range(node), AssignMode::Declare);
}

// --- use a::{self, b as c, d::*}

void RustLowering::use_clause(NodeId node, std::string path) {
  const Deeper deeper(depth_);
  if (node == kNoNode || depth_ > kNestingDepth) return;
  const auto joined = [&](NodeId tail) {
    std::string whole = path;
    for (const std::string_view segment : segments_of(tail)) {
      if (!whole.empty()) whole += '.';
      whole += segment;
    }
    return whole;
  };
  switch (rust(node)) {
    case Rs::UseAs: {
      const NodeId target = child(node, SynField::Path);
      const std::string whole = is(target, Syn::This) ? path : joined(target);
      const NodeId alias = child(node, SynField::Alias);
      const std::string_view local = alias == kNoNode ? "" : text(alias);
      return add_use(local == "_" ? "" : local, whole, range(node));
    }
    case Rs::ScopedUseList: {
      const NodeId prefix = child(node, SynField::Path);
      return use_clause(child(node, SynField::Own), prefix == kNoNode ? path : joined(prefix));
    }
    case Rs::UseList:
      for (const NodeId inner : children(node)) use_clause(inner, path);
      return;
    case Rs::UseWildcard: {
      const std::string module = first(node) == kNoNode ? path : joined(first(node));
      const bool is_around = scope_ != 0 && out_.current().index == 0 && module == "super";
      if (is_around) return;  // a mod inside this file sees what stands around it
      has_star_ = true;
      static_cast<void>(add_import("", module, "", kStar, range(node)));
      return;
    }
    default: break;
  }
  if (is(node, Syn::This) && !path.empty()) {
    const std::size_t dot = path.rfind('.');
    return add_use(dot == std::string::npos ? path : path.substr(dot + 1), path, range(node));
  }
  const Segments segments = segments_of(node);
  if (segments.empty()) return;
  add_use(segments.back(), joined(node), range(node));
}

void RustLowering::add_use(std::string_view local, std::string_view path, Range where) {
  const std::size_t dot = path.rfind('.');
  const std::string_view module = path.substr(0, dot);
  const std::string_view name = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  // What another mod of this file has.
  Segments segments = split(path, '.');
  ScopeId inside = segments[0] == "super" || segments[0] == "self" ? scope_ : 0;
  std::size_t at = segments[0] == "crate" || segments[0] == "self" ? 1 : 0;
  const bool is_above = segments[0] == "super" && scope_ != 0 && out_.current().index == 0;
  if (is_above && segments.size() == 2 && local == name) return;  // seen from here anyway
  bool is_inside = false;
  for (; at + 1 < segments.size(); ++at) {
    const auto mod = mods_.find({inside, segments[at]});
    if (mod == mods_.end()) break;
    inside = mod->second;
    is_inside = true;
  }
  if (is_inside && at + 1 == segments.size()) {
    const ScopeId around = std::exchange(scope_, inside);
    const Binding found = find(name);
    scope_ = around;
    if (found.exists()) return bind(local.empty() ? name : local, found);
  }
  const VariableId variable = add_import(local, module, name, 0, where);
  if (scope_ != 0 && variable.exists()) bind(local, {.variable = variable});
}

// --- Members of classes.

void RustLowering::method_member(NodeId item, std::vector<Member>& members) const {
  const NodeId name = child(item, SynField::Name);
  if (name == kNoNode) return;
  if (is(item, Rs::Const)) {
    members.push_back({.kind = MemberKind::Field,
                       .node = item,
                       .name = std::string(text(name)),
                       .name_node = name,
                       .type = child(item, SynField::Type),
                       .value = child(item, SynField::Value),
                       .is_static = true,
                       .is_constant = true});
    return;
  }
  if (!is(item, Rs::FunctionItem)) return;
  const NodeId parameters = child(item, SynField::Own);
  bool takes_self = false;
  if (parameters != kNoNode)
    for (const NodeId parameter : children(parameters)) {
      const NodeId pattern = child(parameter, SynField::Pattern);
      takes_self = takes_self || is(parameter, Rs::SelfParameter) || is(pattern, Syn::This);
    }
  members.push_back(
      {.kind = MemberKind::Method,
       .node = item,
       .name = std::string(text(name)),
       .name_node = name,
       .is_static = !takes_self,
       .function_kind = takes_self ? FunctionKind::Method : FunctionKind::StaticMethod});
}

// Variants without fields are texts of their own.
void RustLowering::enum_members(NodeId body, std::vector<Member>& members) const {
  for (const NodeId variant : children(body)) {
    const NodeId name = child(variant, SynField::Name);
    const bool is_plain = is(variant, Rs::Variant) && child(variant, SynField::Body) == kNoNode;
    if (!is_plain || name == kNoNode) continue;
    members.push_back({.kind = MemberKind::Field,
                       .node = variant,
                       .name = std::string(text(name)),
                       .name_node = name,
                       .value = variant,
                       .is_static = true,
                       .is_constant = true});
  }
}

// #[serde(default)], #[serde(skip)], #[serde(flatten)]: data may be without it.
bool RustLowering::has_default(NodeId attribute) const {
  const std::string_view written = text(attribute);
  return written.find("serde") != written.npos &&
         (written.find("default") != written.npos || written.find("skip") != written.npos ||
          written.find("flatten") != written.npos);
}

// The same of a whole struct.
bool RustLowering::is_defaulted(NodeId item) const {
  const NodeId holder = nodes_[item].parent;
  if (holder == kNoNode) return false;
  bool found = false;
  for (const NodeId node : children(holder)) {
    if (node == item) return found;
    found = is(node, Rs::Attribute) && (found || has_default(node));
  }
  return false;
}

bool RustLowering::is_optional(NodeId type) const {
  const Segments path = is(type, Syn::GenericType) ? segments_of(first(type)) : Segments{};
  return !path.empty() && path.back() == "Option";
}

std::vector<ScopedLowering::Member> RustLowering::class_members(NodeId node) {
  std::vector<Member> members;
  const NodeId body = child(node, SynField::Body);
  if (is(body, Rs::Fields)) {
    bool may_be_lacking = is_defaulted(node);
    const bool all = may_be_lacking;
    for (const NodeId row : children(body)) {
      may_be_lacking = may_be_lacking || (is(row, Rs::Attribute) && has_default(row));
      const NodeId name = child(row, SynField::Name), type = child(row, SynField::Type);
      if (name == kNoNode) continue;
      members.push_back({.kind = MemberKind::Field,
                         .node = row,
                         .name = std::string(text(name)),
                         .name_node = name,
                         .type = type,
                         .is_required = !may_be_lacking && !is_optional(type)});
      may_be_lacking = all;
    }
  } else if (is(body, Rs::TupleFields)) {
    std::size_t position = 0;
    for (const NodeId row : children(body))
      if (field(row) == SynField::Type)
        members.push_back({.kind = MemberKind::Field,
                           .node = row,
                           .name = std::to_string(position++),
                           .type = row});
  } else if (is(node, Rs::Enum) && body != kNoNode) {
    enum_members(body, members);
  } else if (body != kNoNode) {  // a trait, or an implementation for a type of another file
    for (const NodeId item : items_of(body)) method_member(item, members);
  }
  if (const auto blocks = implementations_.find(node); blocks != implementations_.end())
    for (const NodeId block : blocks->second)
      if (const NodeId inner = child(block, SynField::Body); inner != kNoNode)
        for (const NodeId item : items_of(inner)) method_member(item, members);
  return members;
}

// Traits of the project: their methods with a body are inherited.
std::vector<NodeId> RustLowering::base_types(NodeId node) const {
  std::vector<NodeId> bases;
  const auto blocks = implementations_.find(node);
  if (blocks == implementations_.end()) return bases;
  for (const NodeId block : blocks->second) {
    const NodeId trait = child(block, SynField::Superclass);
    const Segments path = trait == kNoNode ? Segments{} : segments_of(trait);
    if (path.empty()) continue;
    const Binding found = find(path[0]);
    if (!found.exists()) {
      if (path[0] == "crate" || path[0] == "self" || path[0] == "super") bases.push_back(trait);
      continue;
    }
    const std::string import = import_path(found.variable);
    if (!import.starts_with("std.") && !import.starts_with("core.")) bases.push_back(trait);
  }
  return bases;
}

ExprId RustLowering::field_value(const Member& member) {
  if (is(member.value, Rs::Variant)) return out_.text(member.name, range(member.node));
  return expression(member.value);
}

}  // namespace fnlint
