// Calls, closures, literals, assignments; functions' parameters.
#include "frontends/source/rust/rust_lowering.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

ExprId RustLowering::expression_of(NodeId node) {
  if (node == kNoNode) return out_.unknown("missing", {});
  const Range where = range(node);
  if (is_flow(node)) {
    if (is(node, Rs::Plain)) return expression(block_of(node));
    if (const NodeId only = sole_value(node); only != kNoNode && !is_flow(only))
      return expression(only);
    if (is(node, Rs::If) && !needs_require(child(node, SynField::Condition))) {
      const NodeId yes = sole_value(child(node, SynField::Consequence));
      const NodeId otherwise = child(node, SynField::Alternative);
      const NodeId no = otherwise == kNoNode ? kNoNode : sole_value(first(otherwise));
      const NodeId condition = child(node, SynField::Condition);
      const bool is_pure = yes != kNoNode && no != kNoNode && !has_ops(yes) && !has_ops(no) &&
                           !is_flow(yes) && !is_flow(no) && condition != kNoNode;
      if (is_pure && !jumps(condition)) {
        const ExprId test = expression(condition);
        const ExprId then = expression(yes);
        return out_.choose(test, then, expression(no), where);
      }
    }
    return temporary(where, [&](ExprId target) {
      deliver(node, {.kind = Sink::Kind::Store, .target = target});
    });
  }
  switch (kind(node)) {
    case Syn::Name:
    case Syn::TypeName: {
      const bool is_nothing = text(node) == "None" || text(node) == "null";  // the latter in JSON
      if (is_nothing && !find(text(node)).exists()) return out_.null(where);
      return path_value(node);
    }
    case Syn::GenericType: return path_value(node);
    case Syn::This: return receiver(where);
    case Syn::Number: return out_.number(number_text(node), where);
    case Syn::List: return list_value(node);
    case Syn::Call:
    case Syn::Await: return postfix(node);
    case Syn::Return: deliver(node, {}); return out_.null(where);
    default: break;
  }
  switch (rust(node)) {
    case Rs::Path: return path_value(node);
    case Rs::Crate:
    case Rs::SuperPath: return out_.unknown("path", where);
    case Rs::Question:
    case Rs::FieldAccess:
    case Rs::IndexAccess:
    case Rs::Turbofish: return postfix(node);
    case Rs::Reference: return referred(node);
    case Rs::Unary: return unary_value(node);
    case Rs::Range:
      for (const NodeId inner : children(node))
        if (has_ops(inner)) static_cast<void>(expression(inner));
      return out_.unknown("range", where);
    case Rs::Assign: return assign_value(node);
    case Rs::AssignWith: return assign_with(node);
    case Rs::Closure: return closure_value(node);
    case Rs::Async: return async_block(node);
    case Rs::Construct: return construct_value(node);
    case Rs::Tuple: return list_value(node);
    case Rs::Unit: return out_.null(where);
    case Rs::Boolean: return out_.boolean(text(node) == "true", where);
    case Rs::RawText: return out_.text(literal_text(node), where);
    case Rs::Macro: return macro_value(node);
    case Rs::Break:
    case Rs::Continue: deliver(node, {}); return out_.null(where);
    case Rs::Yield: {
      const ExprId value = first(node) == kNoNode ? out_.null(where) : expression(first(node));
      return out_.result(out_.yield(value, where), where);
    }
    case Rs::LetTest:
    case Rs::LetChain:  // where no branch takes it
      return temporary(where, [&](ExprId target) {
        out_.assign(target, out_.boolean(false, where), where, AssignMode::Declare);
        const OpId block = out_.open_block("", where);
        require(node, block);
        out_.assign(target, out_.boolean(true, where), where);
        out_.close(block);
      });
    case Rs::Ignored:
    case Rs::Wildcard: return out_.unknown("missing", where);
    default: return ScopedLowering::expression_of(node);
  }
}

// --- Chains: a.b(c).await?.d

namespace {

// What begins and ends a walk over elements. In between, methods that Option has as well mean
// something else: they are called map_each and so on.
constexpr std::array<std::string_view, 24> kIterators = {
    "bytes",  "char_indices", "chars",     "chunks",     "chunks_exact", "drain",
    "enumerate", "filter_map", "flat_map",  "into_iter", "into_keys",    "into_par_iter",
    "into_values", "iter",    "iter_mut",  "keys",       "lines",        "par_iter",
    "split_whitespace", "values", "values_mut", "windows", "zip", "into_stream"};
constexpr std::array<std::string_view, 5> kShared = {"filter", "flatten", "inspect", "map", "take"};
constexpr std::array<std::string_view, 1> kEnding = {"find"};
constexpr std::array<std::string_view, 12> kPassing = {
    "boxed", "by_ref", "chain",     "cloned",  "copied",     "cycle",
    "fuse",  "peekable", "rev",     "skip",    "skip_while", "take_while"};

}  // namespace

ExprId RustLowering::postfix(NodeId node) {
  std::vector<NodeId> links;
  NodeId base = node;
  for (;;) {
    NodeId next = kNoNode;
    if (is(base, Syn::Call)) {
      next = child(base, SynField::Function);
      const NodeId callee = is(next, Rs::Turbofish) ? first(next) : next;
      if (is(callee, Syn::Name) || is(callee, Rs::Path)) break;  // path_call()
    } else if (is(base, Rs::FieldAccess)) {
      next = child(base, SynField::Value);
    } else if (is(base, Syn::Await) || is(base, Rs::Question) || is(base, Rs::Turbofish)) {
      next = first(base);
    } else if (is(base, Rs::IndexAccess)) {
      next = first(base);
    }
    if (next == kNoNode) break;
    links.push_back(base);
    base = next;
  }
  ExprId value;
  if (!is(base, Syn::Call))
    value = base == node ? out_.unknown("missing", range(node)) : expression(base);
  constexpr std::size_t kDepth = 100;  // a value any deeper is kept in a temporary
  std::size_t members = 0;
  const NodeId begin = is(base, Syn::Call) ? child(base, SynField::Function) : kNoNode;
  const Segments path = begin == kNoNode ? Segments{} : segments_of(begin);
  bool iterates = !path.empty() && path.back() == "iter";  // stream::iter(x)
  const std::size_t built = is(base, Syn::Call) ? build(base, links, value) : 0;
  for (auto at = links.rbegin() + static_cast<std::ptrdiff_t>(built); at != links.rend(); ++at) {
    const NodeId method = is(*at, Rs::FieldAccess) ? child(*at, SynField::Own) : kNoNode;
    const bool renamed = method != kNoNode && iterates &&
                         (is_one_of(kShared, text(method)) || is_one_of(kEnding, text(method)));
    if (renamed) {
      value = out_.member(value, cat(text(method), "_each"), range(*at));
    } else {
      value = link(*at, value);
    }
    if (method != kNoNode && !is_one_of(kShared, text(method)) &&
        !is_one_of(kPassing, text(method)))
      iterates = is_one_of(kIterators, text(method));
    const ExprKind form = out_.expr(value).kind;
    const bool grows = form == ExprKind::Member || form == ExprKind::Index || form == ExprKind::Part;
    members = grows ? members + 1 : 0;
    if (members < kDepth) continue;
    value = kept(value, range(*at));
    members = 0;
  }
  return value;
}

// Type::builder().a(x).b(y).build() of a type of this file that has no such function: a builder that
// is derived, so an object with these fields. How many links it takes.
std::size_t RustLowering::build(NodeId base, const std::vector<NodeId>& links, ExprId& value) {
  const Segments path = segments_of(child(base, SynField::Function));
  std::uint32_t type = kNone;
  if (path.size() == 2 && path[1] == "builder") {
    const Binding found = find(path[0]);
    if (found.variable.exists()) type = class_named(found.variable);
  }
  bool is_derived = type != kNone;
  if (is_derived)
    for (const Member& member : classes_[type].members)
      is_derived = is_derived && member.name != "builder";
  std::size_t end = 0;  // behind the call of build()
  for (std::size_t i = links.size(); is_derived && i-- > 0;) {
    if (!is(links[i], Rs::FieldAccess) || i == 0 || !is(links[i - 1], Syn::Call)) break;
    if (text(child(links[i], SynField::Own)) == "build") {
      end = links.size() - i + 1;
      break;
    }
    --i;
  }
  if (end == 0) {
    value = path_call(base);
    return 0;
  }
  std::vector<Operand> fields;
  for (std::size_t i = links.size(); i-- > links.size() - end;) {
    const std::string_view name = text(child(links[i], SynField::Own));
    --i;
    const std::vector<Operand> given = arguments(child(links[i], SynField::Arguments));
    if (given.size() == 1)
      fields.push_back(
          {.name = out_.string(name), .key = {}, .value = given[0].value, .spread = 0});
  }
  const Range where{range(base).begin, range(links[links.size() - end]).end};
  value = call_of(class_value(type, where), fields, where, CallMode::Construct);
  return end;
}

ExprId RustLowering::link(NodeId node, ExprId base) {
  const Range where = range(node);
  switch (kind(node)) {
    case Syn::Await: return out_.result(out_.await(base, where), where);
    case Syn::Call: {
      const NodeId callee = child(node, SynField::Function);
      const NodeId list = child(node, SynField::Arguments);
      if (is(callee, Rs::FieldAccess) && first(list) == kNoNode) {
        const std::string_view name = text(child(callee, SynField::Own));
        const Expr member = out_.expr(base);
        if (name == "clone" && member.kind == ExprKind::Member) {
          const Expr owner = out_.expr(ExprId{member.ref});
          if (owner.kind == ExprKind::Variable && shared_.contains(owner.ref))
            return ExprId{member.ref};
        }
        if ((name == "is_some" || name == "is_none") && member.kind == ExprKind::Member)
          return out_.operation(name == "is_some" ? OperatorKind::NotEqual : OperatorKind::Equal,
                                ExprId{member.ref}, out_.null(where), where);
        if ((name == "is_ok" || name == "is_err") && member.kind == ExprKind::Member) {
          const ExprId subject{member.ref};
          const Expr row = out_.expr(subject);
          if (row.kind == ExprKind::Variable && fallible_.contains(row.ref))
            return failed(subject, name == "is_err", where);
        }
      }
      const std::vector<Operand> given = arguments(list);
      if (is(callee, Rs::FieldAccess) && text(child(callee, SynField::Own)) == "push_str" &&
          given.size() == 1 && appends(base, given[0].value, where))
        return out_.null(where);
      return with_type(call_of(base, given, where), callee);
    }
    default: break;
  }
  if (is(node, Rs::FieldAccess)) {
    const NodeId name = child(node, SynField::Own);
    if (name == kNoNode) return base;
    if (is(name, Syn::Number)) return out_.index(base, out_.number(text(name), range(name)), where);
    return out_.member(base, text(name), where);
  }
  if (is(node, Rs::IndexAccess)) return index_value(node, base);
  return base;  // e?, f::<T>
}

// text.push_str(more), where text is a local: text += more.
bool RustLowering::appends(ExprId method, ExprId value, Range where) {
  const Expr row = out_.expr(method);
  if (row.kind != ExprKind::Member) return false;
  const ExprId target{row.ref};
  if (out_.expr(target).kind != ExprKind::Variable ||
      out_.variable(VariableId{out_.expr(target).ref}).owner != out_.current())
    return false;
  out_.assign(target, value, where, AssignMode::Update, OperatorKind::Add);
  return true;
}

// String::new(), Vec::with_capacity(n), HashMap::new(): literals of what is empty.
ExprId RustLowering::empty_collection(const Segments& path, Range where) {
  const bool makes = path.size() > 1 && (path.back() == "new" || path.back() == "with_capacity");
  const std::string_view type = makes ? path[path.size() - 2] : std::string_view{};
  const bool is_map = type == "HashMap" || type == "BTreeMap";
  if (!is_map && type != "Vec" && type != "String") return {};
  const Binding found = path.size() == 2 ? find(type) : Binding{};
  if (found.exists() && !import_path(found.variable).starts_with("std.")) return {};
  if (is_map) return out_.record({}, where);
  return type == "Vec" ? out_.list({}, where) : out_.text("", where);
}

// A call of a path: f(x), Type::new(x), Some(x).
ExprId RustLowering::path_call(NodeId node) {
  const Range where = range(node);
  NodeId callee = child(node, SynField::Function);
  if (is(callee, Rs::Turbofish)) callee = first(callee);
  const NodeId list = child(node, SynField::Arguments);
  if (is_constructor(node, "Ok") || is_constructor(node, "Some")) {
    const std::vector<Operand> given = arguments(list);
    return given.empty() ? out_.null(where) : given[0].value;
  }
  if (is_constructor(node, "Err")) {
    static_cast<void>(arguments(list));
    return out_.unknown("an error", where);
  }
  const Segments path = segments_of(callee);
  const bool is_shared = path.size() > 1 && path.back() == "clone" &&
                         (path[path.size() - 2] == "Arc" || path[path.size() - 2] == "Rc");
  if (is_shared) {  // Arc::clone(&x)
    const std::vector<Operand> given = arguments(list);
    return given.empty() ? out_.null(where) : given[0].value;
  }
  if (const ExprId empty = empty_collection(path, where); empty.exists()) {
    static_cast<void>(arguments(list));
    return empty;
  }
  const ExprId target = path_value(path, range(callee));
  const Expr row = out_.expr(target);
  // Type::default() that is derived, and Type(x) of a struct without field names
  const bool is_default = path.size() > 1 && path.back() == "default" && row.kind == ExprKind::Member;
  const ExprId owner = is_default ? ExprId{row.ref} : target;
  if (out_.expr(owner).kind == ExprKind::Variable) {
    const std::uint32_t type = class_named(VariableId{out_.expr(owner).ref});
    const auto has = [&](std::string_view name) {
      for (const Member& member : classes_[type].members)
        if (member.name == name) return true;
      return false;
    };
    if (type != kNone && !(is_default && has("default")))
      return call_of(owner, arguments(list), where, CallMode::Construct);
  }
  if (row.kind == ExprKind::Member && path.size() > 1 && !path.back().empty()) {
    const Expr base = out_.expr(ExprId{row.ref});
    const std::uint32_t type =
        base.kind == ExprKind::Variable ? class_named(VariableId{base.ref}) : kNone;
    const bool is_variant = type != kNone && is(classes_[type].node, Rs::Enum) &&
                            path.back()[0] >= 'A' && path.back()[0] <= 'Z';
    if (is_variant) return out_.list(arguments(list), where);
  }
  return with_type(call_of(target, arguments(list), where), child(node, SynField::Function));
}

// --- Functions

std::uint8_t RustLowering::function_flags(NodeId node) const {
  if (is(node, Rs::Async)) return static_cast<std::uint8_t>(kAsync);
  return has_modifier(node, "async") ? static_cast<std::uint8_t>(kAsync) : std::uint8_t{0};
}

// async { ... } is a task that begins where it stands.
ExprId RustLowering::async_block(NodeId node) {
  const Range where = range(node);
  return call_of(closure(node), {}, where);
}

void RustLowering::function_body(NodeId function, NodeId body) {
  const FunctionId id = out_.current();
  if (is(function, Rs::Async)) {
    const NodeId inner = block_of(function);
    return inner == kNoNode ? void() : block_contents(inner, {.kind = Sink::Kind::Return});
  }
  if (const NodeId returned = child(function, SynField::Result); returned != kNoNode) {
    const TypeId declared = type(returned);
    out_.set(id, &Function::returns, declared);
  }
  rust_parameters(id, child(function, SynField::Own));
  if (body == kNoNode || is(body, Rs::Wildcard)) return;
  if (is(body, Syn::Block))
    block_contents(body, {.kind = Sink::Kind::Return});
  else
    deliver(body, {.kind = Sink::Kind::Return});
}

// The pattern inside one that only takes a wrapper off, as web frameworks' parameters do.
NodeId RustLowering::unpacked(NodeId target, NodeId written) const {
  const NodeId type = child(target, SynField::Type);
  if (!is(target, Rs::VariantPattern) || type == kNoNode || !is(written, Syn::GenericType))
    return kNoNode;
  const Segments path = segments_of(type);
  if (path.empty() || path.back() != type_name(written)) return kNoNode;
  NodeId held = kNoNode;
  for (const NodeId part : children(target))
    if (part != type) {
      if (held != kNoNode) return kNoNode;
      held = part;
    }
  return held;
}

// What a pattern takes apart is assigned by the first ops.
void RustLowering::rust_parameters(FunctionId function, NodeId list) {
  std::vector<Parameter> parameters;
  std::vector<std::pair<NodeId, VariableId>> patterns;
  if (list != kNoNode) {
    for (const NodeId node : children(list)) {
      const bool is_plain = is(node, Syn::Parameter);
      if (is(node, Rs::SelfParameter) || is(node, Rs::Attribute)) continue;
      NodeId target = is_plain ? child(node, SynField::Pattern) : node;
      if (target == kNoNode || is(target, Syn::This)) continue;
      NodeId written = is_plain ? child(node, SynField::Type) : kNoNode;
      Slice<Annotation> notes;
      if (const NodeId held = unpacked(target, written); held != kNoNode) {  // State(s): State<T>
        notes = out_.add_annotations({{std::string(type_name(written)), {}}});
        target = held;
        written = first(child(written, Syn::TypeArguments));
      }
      const NodeId name = bound_name(target);
      const VariableId variable = out_.add_variable(name == kNoNode ? "" : text(name), function,
                                                    VariableKind::Parameter);
      if (written != kNoNode) {
        const TypeId declared = type(written);
        out_.set(variable, &Variable::type, declared);
        note_shared(variable, written, kNoNode);
      }
      if (name != kNoNode)
        bind(text(name), {.variable = variable});
      else
        patterns.emplace_back(target, variable);
      parameters.push_back(
          {.variable = variable, .fallback = {}, .rest = {}, .annotations = notes});
    }
  }
  out_.set_parameters(function, parameters);
  for (const auto& [target, variable] : patterns)
    destructure(target, out_.variable(variable, range(target)), range(target));
}

// --- Objects

// Foo { a, b: c, ..d }
ExprId RustLowering::construct_value(NodeId node) {
  const Range where = range(node);
  std::vector<Operand> fields;
  const NodeId body = child(node, SynField::Body), name = child(node, SynField::Name);
  const Segments path = name == kNoNode ? Segments{} : segments_of(name);
  if (body != kNoNode) {
    for (const NodeId entry : children(body)) {
      Operand row;
      if (is(entry, Rs::Shorthand)) {
        const NodeId same = last(entry);
        if (same == kNoNode) continue;
        row.name = out_.string(text(same));
        row.value = expression(same);
      } else if (is(entry, Rs::Initializer)) {
        const NodeId own = child(entry, SynField::Own);
        if (own == kNoNode) continue;
        const NodeId given = child(entry, SynField::Value);
        if (is_default(given)) row.value = default_of(field_type(path, text(own)), range(given));
        if (!row.value.exists()) row.value = expression_or_unknown(given, entry);
        row.name = out_.string(text(own));
      } else if (is(entry, Rs::Base) && first(entry) != kNoNode) {
        row.value = expression(first(entry));
        row.spread = 2;
      } else {
        continue;
      }
      fields.push_back(row);
    }
  }
  const bool is_variant = path.size() > 1 && !path[path.size() - 2].empty() &&
                          path[path.size() - 2][0] >= 'A' && path[path.size() - 2][0] <= 'Z';
  if (is_variant) return out_.record(fields, where);
  return call_of(path_value(path, name == kNoNode ? where : range(name)), fields, where,
                 CallMode::Construct);
}

// [a, b], (a, b); pairs of a macro's object are between braces.
ExprId RustLowering::list_value(NodeId node) {
  const Range where = range(node);
  if (is(node, Syn::List) && where.begin < text_.size() && text_[where.begin] == '{')
    return pair_list(node);
  std::vector<Operand> elements;
  for (const NodeId element : children(node)) {
    if (is(element, Rs::Attribute) || field(element) == SynField::Index) continue;
    elements.push_back({.name = {}, .key = {}, .value = expression(element), .spread = 0});
  }
  return out_.list(elements, where);
}

ExprId RustLowering::index_value(NodeId node, ExprId object) {
  const Range where = range(node);
  const NodeId at = last(node);
  if (at == first(node)) return object;
  if (is(unwrapped(at), Rs::Range)) return range_of(unwrapped(at), object);
  const ExprId index = expression(at);
  const Expr row = out_.expr(index);
  if (row.kind == ExprKind::Text) return out_.member(object, row.name, where);
  return out_.index(object, index, where);
}

// a[1..], a[..n], a[i..=j]
ExprId RustLowering::range_of(NodeId node, ExprId base) {
  const Range where = range(node);
  NodeId from = kNoNode, to = kNoNode;
  const std::size_t dots = text(node).find("..");
  const std::uint32_t mark = where.begin + static_cast<std::uint32_t>(
                                               dots == std::string_view::npos ? 0 : dots);
  for (const NodeId part : children(node))
    (range(part).end <= mark || range(part).begin < mark ? from : to) = part;
  const ExprId begin = from == kNoNode ? ExprId{} : expression(from);
  ExprId end = to == kNoNode ? ExprId{} : expression(to);
  const bool is_closed = text_.substr(mark, 3) == "..=";
  if (is_closed && end.exists())
    end = out_.operation(OperatorKind::Add, end, out_.number("1", where), where);
  return out_.part(base, begin, end, {}, where);
}

// --- Operators and assignments

// References and what they point at are the same here.
ExprId RustLowering::unary_value(NodeId node) {
  const Range where = range(node);
  const ExprId value = expression_or_unknown(last(node), node);
  switch (text_[where.begin]) {
    case '!': return out_.operation(OperatorKind::Not, value, {}, where);
    case '-':
      if (out_.expr(value).kind == ExprKind::Number)
        return out_.number(cat("-", out_.string(out_.expr(value).name)), where);
      return out_.operation(OperatorKind::Subtract, out_.number("0", where), value, where);
    default: return value;
  }
}

NodeId RustLowering::dereferenced(NodeId node) const {
  return is(node, Rs::Unary) && text(node).starts_with('*') ? last(node) : kNoNode;
}

void RustLowering::assign_to(NodeId node, ExprId value, Range where) {
  const NodeId target = unwrapped(node);
  if (is(target, Rs::Tuple) || is(target, Syn::List)) {
    const ExprId whole = kept(value, where);
    std::size_t position = 0;
    for (const NodeId element : children(target))
      assign_to(element, out_.index(whole, out_.number(std::to_string(position++), where), where),
                where);
    return;
  }
  if (is(target, Rs::Wildcard) || (is(target, Syn::Name) && text(target) == "_")) return;
  const ExprId place = target_place(target, target);
  const ExprKind form = out_.expr(place).kind;
  if (form == ExprKind::Variable || form == ExprKind::Member || form == ExprKind::Index)
    out_.assign(place, value, where);
}

ExprId RustLowering::assign_value(NodeId node) {
  const Range where = range(node);
  const NodeId target = child(node, SynField::Left), value = child(node, SynField::Right);
  const NodeId place = unwrapped(target);
  if (value != kNoNode && is_flow(value) && is(place, Syn::Name)) {
    const ExprId into = expression(place);
    if (out_.expr(into).kind == ExprKind::Variable) {
      deliver(value, {.kind = Sink::Kind::Store, .target = into});
      return out_.null(where);
    }
  }
  const ExprId given = expression_or_unknown(value, node);
  if (target != kNoNode) assign_to(target, given, where);
  return out_.null(where);
}

ExprId RustLowering::assign_with(NodeId node) {
  const Range where = range(node);
  const NodeId target = child(node, SynField::Left);
  std::string_view op = text(child(node, SynField::Operator));
  if (op.ends_with('=')) op.remove_suffix(1);
  const ExprId value = expression_or_unknown(child(node, SynField::Right), node);
  if (target == kNoNode) return out_.null(where);
  const ExprId place = target_place(target, target);
  const ExprKind form = out_.expr(place).kind;
  const std::optional<OperatorKind> how = operator_of(op);
  if (form == ExprKind::Variable || form == ExprKind::Member || form == ExprKind::Index)
    out_.assign(place, value, where, AssignMode::Update, how ? *how : OperatorKind::Add);
  return out_.null(where);
}

// --- Literals

// 1_000u64
std::string RustLowering::number_text(NodeId node) const {
  std::string digits;
  const std::string_view written = text(node);
  const bool is_hex = written.starts_with("0x");
  for (const char c : written) {
    const bool is_suffix = !is_hex && !written.starts_with("0b") && !written.starts_with("0o") &&
                           (c == 'u' || c == 'i' || c == 'f');
    if (is_suffix || (is_hex && (c == 'u' || c == 'i'))) break;
    if (c != '_') digits += c;
  }
  return digits;
}

std::string RustLowering::literal_text(NodeId node) const {
  std::string_view inner = text(node);
  const std::size_t quote = inner.find_first_of("\"'");
  if (quote == std::string_view::npos) return std::string(inner);
  const bool is_raw = is(node, Rs::RawText);
  const std::size_t hashes = is_raw ? inner.substr(0, quote).find('#') : std::string_view::npos;
  const std::size_t marks = hashes == std::string_view::npos ? 0 : quote - hashes;
  inner.remove_prefix(quote + 1);
  inner.remove_suffix(std::min(inner.size(), 1 + marks));
  if (is_raw) return std::string(inner);
  std::string joined;  // a backslash at a line's end leaves out the blanks that follow
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const bool continues = inner[i] == '\\' && i + 1 < inner.size() &&
                           (inner[i + 1] == '\n' || inner[i + 1] == '\r');
    if (!continues) {
      joined += inner[i];
      if (inner[i] == '\\' && i + 1 < inner.size()) joined += inner[++i];
      continue;
    }
    while (i + 1 < inner.size() && (inner[i + 1] == ' ' || inner[i + 1] == '\t' ||
                                    inner[i + 1] == '\n' || inner[i + 1] == '\r'))
      ++i;
  }
  return unescaped(joined);
}

}  // namespace fnlint
