// Paths (a::b::C::new) and types.
#include "frontends/source/rust/rust_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What every file sees without `use`, as far as programs name it.
constexpr std::array<std::string_view, 22> kPrelude = {
    "AsMut",  "AsRef",   "Box",  "Clone", "Default", "Drop",   "Err",       "From",
    "Into",   "Iterator", "None", "Ok",    "Option",  "Result", "Some",      "String",
    "ToOwned", "ToString", "TryFrom", "TryInto", "Vec", "drop"};
constexpr std::array<std::string_view, 18> kPrimitives = {
    "bool", "char", "f32", "f64", "i128", "i16", "i32",  "i64",   "i8",
    "isize", "str", "u128", "u16", "u32", "u64", "u8", "usize", "()"};

// Types that stand for what they hold.
constexpr std::array<std::string_view, 15> kTransparent = {
    "Arc", "Box", "Cell",    "Cow",    "Mutex",  "MutexGuard", "Option", "Pin",
    "Rc",  "Ref", "RefCell", "RefMut", "Result", "RwLock",     "OnceCell"};

// Whose default holds the default of what they hold.
constexpr std::array<std::string_view, 10> kHolders = {
    "Arc", "Box", "Cell", "Lazy", "LazyCell", "LazyLock", "Mutex", "Rc", "RefCell", "RwLock"};

bool is_around(std::string_view segment) {
  return segment == "crate" || segment == "self" || segment == "super";
}

// Where the module ends: the first type's name, or the last segment.
std::size_t name_index(const std::vector<std::string_view>& path, std::size_t from) {
  for (std::size_t i = from; i < path.size(); ++i)
    if (begins_upper(path[i])) return i;
  return path.size() - 1;
}

std::string dotted(const std::vector<std::string_view>& path, std::size_t from, std::size_t end) {
  std::string out;
  for (std::size_t i = from; i < end; ++i) {
    if (!out.empty()) out += '.';
    out += path[i];
  }
  return out;
}

}  // namespace

RustLowering::Segments RustLowering::segments_of(NodeId node) const {
  Segments segments;
  for (std::size_t depth = 0; node != kNoNode && depth < 4 * kNestingDepth; ++depth) {
    if (is(node, Rs::Path)) {
      if (const NodeId name = child(node, SynField::Name); name != kNoNode)
        segments.push_back(text(name));
      node = child(node, SynField::Path);
    } else if (is(node, Syn::GenericType) || is(node, Rs::Bracketed) ||
               is(node, Syn::WrappedType) || is(node, Rs::Turbofish)) {
      node = first(node);
    } else {
      segments.push_back(text(node));
      break;
    }
  }
  std::reverse(segments.begin(), segments.end());
  for (std::string_view& segment : segments)
    if (segment.starts_with("r#")) segment.remove_prefix(2);
  return segments;
}

std::uint32_t RustLowering::class_named(VariableId variable) const {
  const auto row = class_rows_.find(variable.index);
  return row == class_rows_.end() ? kNone : row->second;
}

// A name of a module is a row of its own in the imports, so that it can lead to another file.
RustLowering::Place RustLowering::place_of(const Segments& path, Range where, bool is_type) {
  const std::string_view head = path[0];
  if (head == "Self") return {.variable = {}, .in_class = class_, .used = 1};
  ScopeId inside = scope_;
  std::size_t at = 0;
  if (head == "crate" || (head == "self" && path.size() > 1)) {
    inside = head == "crate" ? 0 : scope_;
    at = 1;
  } else if (head == "super") {
    const bool is_inside = scope_ != 0 && !mods_.empty();
    if (is_inside) at = 1;  // the scopes around are seen from here
  }
  bool is_inside = false;
  while (at + 1 < path.size()) {
    auto mod = mods_.find({inside, path[at]});
    for (ScopeId outer = inside; mod == mods_.end() && at == 0;) {
      outer = scope_around(outer);
      if (outer == kNone) break;
      mod = mods_.find({outer, path[at]});
    }
    if (mod == mods_.end()) break;
    inside = mod->second;
    is_inside = true;
    ++at;
  }
  const bool looks_here = is_inside || at == 0 || (is_around(head) && main_.exists()) ||
                          (head == "super" && at == 1) || head == "self";
  Binding found;
  if (looks_here) {
    const ScopeId around = std::exchange(scope_, inside);
    found = find(path[at]);
    scope_ = around;
  }
  if (found.exists()) {
    const std::string module = import_path(found.variable);
    const bool leads_on = !module.empty() && !begins_upper(path[at]) && at + 1 < path.size();
    if (!leads_on) return {.variable = found.variable, .in_class = kNone, .used = at + 1};
    const std::size_t name = name_index(path, at + 1);
    std::string whole = module;
    if (name > at + 1) whole = cat(whole, '.', dotted(path, at + 1, name));
    return {.variable = import_member(whole, path[name], where), .in_class = kNone, .used = name + 1};
  }
  if (path.size() == 1) {
    if (is_one_of(kPrelude, head) || is_one_of(kPrimitives, head))
      return {.variable = builtin(head), .in_class = kNone, .used = 1};
    if (is_type && !has_star_) return {.variable = {}, .in_class = kNone, .used = 1};
    return {.variable = implicit_import(head, where), .in_class = kNone, .used = 1};
  }
  if (!is_around(head) && begins_upper(head)) {
    const bool is_prelude = is_one_of(kPrelude, head);
    const VariableId variable = is_prelude          ? builtin(head)
                                : is_type && !has_star_ ? VariableId{}
                                                        : implicit_import(head, where);
    return {.variable = variable, .in_class = kNone, .used = 1};
  }
  if (is_one_of(kPrimitives, head))
    return {.variable = builtin(head), .in_class = kNone, .used = 1};
  const std::size_t name = name_index(path, 1);
  return {.variable = import_member(dotted(path, 0, name), path[name], where),
          .in_class = kNone,
          .used = name + 1};
}

ExprId RustLowering::path_value(NodeId node) {
  lend(node);
  return path_value(segments_of(node), range(node));
}

ExprId RustLowering::path_value(const Segments& path, Range where) {
  if (path.empty()) return out_.unknown("path", where);
  if (path.size() == 1 && path[0] == "self") return receiver(where);
  const Place place = place_of(path, where, false);
  ExprId value;
  if (place.in_class != kNone)
    value = class_value(place.in_class, where);
  else if (place.variable.exists())
    value = out_.variable(place.variable, where);
  else
    value = out_.unknown(path[0], where);
  for (std::size_t i = place.used; i < path.size(); ++i) value = out_.member(value, path[i], where);
  return value;
}

TypeId RustLowering::path_type(const Segments& path, const std::vector<TypeId>& arguments,
                               Range where) {
  if (path.empty()) return {};
  if (path.size() == 1)
    if (const auto alias = aliases_.find(path[0]); alias != aliases_.end() && depth_ < 32) {
      const Deeper deeper(depth_);
      if (const TypeId meant = type(alias->second); meant.exists()) return meant;
    }
  const Place place = place_of(path, where, true);
  VariableId named = place.variable;
  if (place.in_class != kNone) named = classes_[place.in_class].variable;
  std::string whole = named.exists() ? import_path(named) : std::string();
  if (whole.empty()) whole = named.exists() ? std::string(out_.string(out_.variable(named).name))
                                            : std::string(path[0]);
  for (std::size_t i = place.used; i < path.size(); ++i) whole = cat(whole, '.', path[i]);
  return out_.add_type(whole, arguments, named);
}

// f::<T>(x)
ExprId RustLowering::with_type(ExprId value, NodeId callee) {
  const NodeId list = is(callee, Rs::Turbofish) ? child(callee, Syn::TypeArguments) : kNoNode;
  if (list != kNoNode && first(list) == last(list)) out_.give_type(value, type(first(list)));
  return value;
}

TypeId RustLowering::type_of(NodeId node) {
  switch (kind(node)) {
    case Syn::TypeName:
    case Syn::Name: {
      const std::string_view name = text(node);
      if (is_one_of(kPrimitives, name)) return out_.add_type(name);
      return path_type({name}, {}, range(node));
    }
    case Syn::WrappedType:
      for (const NodeId inner : children(node))
        if (const TypeId one = type(inner); one.exists()) return one;
      return {};
    case Syn::GenericType: {
      const NodeId base = first(node), list = child(node, Syn::TypeArguments);
      const Segments path = base == kNoNode ? Segments{} : segments_of(base);
      if (!path.empty() && is_one_of(kTransparent, path.back())) return type(first(list));
      std::vector<TypeId> arguments;
      if (list != kNoNode)
        for (const NodeId argument : children(list))
          if (const TypeId one = type(argument); one.exists()) arguments.push_back(one);
      return path_type(path, arguments, range(base));
    }
    default: break;
  }
  switch (rust(node)) {
    case Rs::Path: return path_type(segments_of(node), {}, range(node));
    case Rs::ArrayType: return type(child(node, SynField::Type));
    default: return {};
  }
}

// Default::default, RwLock::default(), Mutex::new(Default::default()): what a type begins with.
bool RustLowering::is_default(NodeId value) const {
  for (std::size_t depth = 0; value != kNoNode && depth < kNestingDepth; ++depth) {
    const bool is_call = is(value, Syn::Call);
    const Segments path = segments_of(is_call ? child(value, SynField::Function) : value);
    if (path.size() < 2) return false;
    const std::string_view owner = path[path.size() - 2];
    if (path.back() == "default") return owner == "Default" || is_one_of(kHolders, owner);
    if (!is_call || path.back() != "new" || !is_one_of(kHolders, owner)) return false;
    value = first(child(value, SynField::Arguments));
  }
  return false;
}

// What a value of the type begins with; no id: it is not known here.
ExprId RustLowering::default_of(NodeId type, Range where) {
  for (std::size_t depth = 0; depth < kNestingDepth && is(type, Syn::GenericType); ++depth) {
    const Segments path = segments_of(first(type));
    if (path.empty() || !is_one_of(kHolders, path.back())) break;
    type = first(child(type, Syn::TypeArguments));
  }
  const std::string_view name = type_name(type);
  if (name == "HashMap" || name == "BTreeMap") return out_.record({}, where);
  if (name == "Vec" || name == "VecDeque") return out_.list({}, where);
  if (name == "String") return out_.text("", where);
  const Binding found = name.empty() ? Binding{} : find(name);
  const std::uint32_t row = found.exists() ? class_named(found.variable) : kNone;
  if (row == kNone) return {};
  return call_of(class_value(row, where), {}, where, CallMode::Construct);
}

// What a field of a struct of this file is declared as.
NodeId RustLowering::field_type(const Segments& path, std::string_view field) {
  const bool is_self = path.size() == 1 && path[0] == "Self";
  const Binding found = path.empty() || is_self ? Binding{} : find(path.back());
  const std::uint32_t row = is_self ? class_ : found.exists() ? class_named(found.variable) : kNone;
  if (row == kNone) return kNoNode;
  for (const Member& member : classes_[row].members)
    if (member.kind == MemberKind::Field && member.name == field) return member.type;
  return kNoNode;
}

// Whether copies of a struct of this file have a part in common.
bool RustLowering::has_shared_part(std::string_view type) {
  const Binding found = find(type);
  const std::uint32_t row = found.exists() ? class_named(found.variable) : kNone;
  return row != kNone && std::ranges::any_of(classes_[row].members, [&](const Member& member) {
           return member.kind == MemberKind::Field && is(member.type, Syn::GenericType) &&
                  is_counted(type_name(member.type));
         });
}

}  // namespace fnlint
