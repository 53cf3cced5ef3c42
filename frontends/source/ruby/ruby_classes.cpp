// Classes and modules of Ruby, as their bodies open them: rows, methods of the class itself, what a
// body says of itself by calls.

#include "core/text.h"
#include "frontends/source/ruby/ruby_scopes.h"

namespace fnlint {

RbClassId RubyScopes::class_row(RbClassId outer, std::string_view name, NodeId node) {
  const std::string path =
      outer == kNoRuby ? std::string(name) : cat(classes_[outer].path, '.', name);
  const auto [known, added] =
      class_rows_.try_emplace(path, static_cast<RbClassId>(classes_.size()));
  if (!added) return known->second;
  RbClass row;
  row.name = std::string(name);
  row.path = path;
  row.outer = outer;
  row.id = out_.add_class(name);
  row.init =
      out_.add_function(name, outer == kNoRuby ? scopes_[current()].function : classes_[outer].init,
                        FunctionKind::ClassInit, nodes_[node].range, nodes_[node].range);
  functions_.push_back({.node = node, .type = known->second});
  const RbScopeId scope = add_scope({.kind = RbScopeKind::Class,
                                     .parent = current(),
                                     .function = row.init,
                                     .type = known->second});
  functions_.back().scope = scope;
  out_.set(row.init, &Function::owner, row.id);
  const VariableId receiver = out_.add_variable("self", row.init, VariableKind::Receiver);
  out_.set(row.init, &Function::receiver, receiver);
  out_.set(row.id, &Class::class_init, row.init);
  row.variable = bind_global(path, kOfFile);
  if (outer != kNoRuby) classes_[outer].constants.insert(row.name);
  classes_.push_back(std::move(row));
  return known->second;
}

RbClassId RubyScopes::class_by_path(NodeId name, RbScopeId scope) {
  RbScopeId at = self_scope(scope);
  while (scopes_[at].kind == RbScopeKind::Method) at = self_scope(scopes_[at].parent);
  RbClassId outer = scopes_[at].type;
  const std::string written(text(name));
  std::string_view rest = written;
  if (rest.starts_with("::")) {
    outer = kNoRuby;
    rest.remove_prefix(2);
  }
  std::vector<std::string> parts;
  for (std::size_t end = rest.find("::"); end != std::string_view::npos; end = rest.find("::")) {
    parts.emplace_back(trim(rest.substr(0, end)));
    rest.remove_prefix(end + 2);
  }
  parts.emplace_back(trim(rest));
  if (parts.size() > kNestingDepth) parts.resize(kNestingDepth);
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    for (RbClassId around = outer; i == 0 && around != kNoRuby; around = classes_[around].outer) {
      const std::string there = cat(classes_[around].path, '.', parts[0]);
      if (class_rows_.contains(there)) outer = around;
    }
    if (i == 0 && outer != kNoRuby &&
        !class_rows_.contains(cat(classes_[outer].path, '.', parts[0])) &&
        class_rows_.contains(parts[0]))
      outer = kNoRuby;
    const bool is_part = outer != kNoRuby && i > 0 &&
                         !class_rows_.contains(cat(classes_[outer].path, '.', parts[i]));
    const RbClassId part = class_row(outer, parts[i], name);
    if (is_part) classes_[outer].inner.push_back(part);
    outer = part;
  }
  const bool is_path = parts.size() > 1;
  const bool is_new = !class_rows_.contains(
      outer == kNoRuby ? parts.back() : cat(classes_[outer].path, '.', parts.back()));
  const RbClassId made = class_row(outer, parts.back(), name);
  if (is_path && is_new) classes_[outer].inner.push_back(made);
  return made;
}

void RubyScopes::add_body(RbClassId type, NodeId node, NodeId body) {
  RbClass& row = classes_[type];
  if (row.first == kNoNode) row.first = node;
  if (body != kNoNode) row.bodies.push_back(body);
  class_at_[node] = type;
  RbScopeId scope = functions_[row.init.index].scope;
  if (row.bodies.size() > 1) {  // a body of its own names, in the same function
    RbScope again = scopes_[scope];
    again.parent = current();
    scope = add_scope(again);
  }
  enter(node, scope);
}

void RubyScopes::define_class(NodeId node) {
  const NodeId name = child(node, RbField::Name);
  if (name == kNoNode || scopes_[current()].depth >= kNestingDepth) return;
  const RbScopeId around = current();
  const RbClassId type = class_by_path(name, around);
  const NodeId superclass = child(node, RbField::Superclass);
  if (superclass != kNoNode && nodes_.first_child(superclass) != kNoNode)
    classes_[type].bases.emplace_back(nodes_.first_child(superclass), around);
  add_body(type, node, child(node, RbField::Body));
}

void RubyScopes::define_singleton(NodeId node) {
  const RbScope around = scopes_[self_scope(current())];
  if (around.type == kNoRuby || around.depth >= kNestingDepth) return;
  const RbScopeId scope = add_scope({.kind = RbScopeKind::Singleton,
                                     .parent = current(),
                                     .function = around.function,
                                     .type = around.type});
  singleton_at_[node] = scope;
  enter(node, scope);
}

// `Point = Struct.new(:x, :y) do ... end`, `Failed = Class.new(StandardError)`.
void RubyScopes::define_made_class(NodeId call, NodeId block) {
  if (scopes_[current()].depth >= kNestingDepth || class_at_.contains(call)) return;
  const NodeId holder = nodes_[call].parent;
  const NodeId left =
      holder != kNoNode && kind(holder) == Rb::Assignment ? child(holder, RbField::Left) : kNoNode;
  const RbScope& around = scopes_[self_scope(current())];
  const bool named = left != kNoNode && kind(left) == Rb::Constant;
  const std::string name = named ? std::string(text(left)) : cat("anonymous ", classes_.size());
  const RbClassId type =
      class_row(around.kind == RbScopeKind::Class ? around.type : kNoRuby, name, call);
  const std::string_view maker = text(child(call, RbField::Receiver));
  const NodeId arguments = child(call, RbField::Arguments);
  if (arguments != kNoNode)
    for (const NodeId argument : nodes_.children(arguments)) {
      const bool is_field = kind(argument) == Rb::SimpleSymbol;
      if (is_field) {
        const std::string field(text(argument).substr(1));
        classes_[type].fields.push_back(field);
        classes_[type].attributes.insert(field);
      }
      if (maker == "Class" &&
          (kind(argument) == Rb::Constant || kind(argument) == Rb::ScopeResolution))
        classes_[type].bases.emplace_back(argument, current());
    }
  if (block == kNoNode) {
    classes_[type].first = call;
    class_at_[call] = type;
    return;
  }
  const NodeId body = child(block, RbField::Body);
  add_body(type, call, body);
  open_.back().end = nodes_[block].next;
}

void RubyScopes::make_static(RbClass& type, std::string_view name) {
  for (const auto& [function, method] : type.methods) {
    if (method != name) continue;
    out_.set(function, &Function::kind, FunctionKind::ClassMethod);
    scopes_[functions_[function.index].scope].is_static = true;
    type.static_methods.emplace_back(function, method);
    type.static_names.insert(method);
  }
  std::erase_if(type.methods, [name](const auto& row) { return row.second == name; });
  type.method_names.erase(std::string(name));
}

// What a class body says of itself by calls: attributes, mixins, module functions.
void RubyScopes::directive(NodeId call) {
  const NodeId method = child(call, RbField::Method);
  if (method == kNoNode) return;
  const std::string_view name = text(method);
  if (name == "block_given?") return uses_block(current());
  const RbScopeId at = current();
  const RbScope& scope = scopes_[at];
  const bool in_body = scope.kind == RbScopeKind::Class || scope.kind == RbScopeKind::Singleton;
  if (!in_body || scope.type == kNoRuby) return;
  const NodeId arguments = child(call, RbField::Arguments);
  RbClass& type = classes_[scope.type];
  const bool is_attribute = name == "attr_accessor" || name == "attr_reader" ||
                            name == "attr_writer" || name == "attr" || name == "cattr_accessor" ||
                            name == "mattr_accessor" || name == "class_attribute";
  const bool is_static =
      scope.kind == RbScopeKind::Singleton || name.starts_with('c') || name.starts_with('m');
  if (arguments == kNoNode) return;
  modes_.erase(name == "module_function" ? at : kNoRuby);
  for (const NodeId argument : nodes_.children(arguments)) {
    if (name == "module_function" && kind(argument) == Rb::SimpleSymbol)
      make_static(type, text(argument).substr(1));
    if (is_attribute && kind(argument) == Rb::SimpleSymbol)
      (is_static ? type.static_attributes : type.attributes)
          .insert(std::string(text(argument).substr(1)));
    const bool is_constant =
        kind(argument) == Rb::Constant || kind(argument) == Rb::ScopeResolution;
    if ((name == "include" || name == "extend" || name == "prepend") && is_constant)
      type.bases.emplace_back(argument, at);
    if (name == "extend" && kind(argument) == Rb::Self) modes_[at] = 'f';
  }
}

}  // namespace fnlint
