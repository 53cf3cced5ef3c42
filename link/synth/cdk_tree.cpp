// The tree of constructs after it is made: the resource below a construct, who visits it, and
// values that are asked for when all is there.
#include "core/text.h"
#include "link/synth/cdk_app.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint::cdk {

namespace {

constexpr int kBases = 24;
constexpr std::string_view kResource = "<resource>";

std::string with_capital(std::string_view name) {
  std::string out(name);
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  return out;
}

}  // namespace

// The L1 construct that an L2 construct makes: the same row of the template, its own properties.
DatumId CdkApp::resource_of(DatumId construct) {
  const std::uint32_t row = made_row(construct);
  if (row == UINT32_MAX || last_of(class_of(construct)).starts_with("Cfn")) return construct;
  if (const Slot* known = p_->slot(construct, kResource)) return known->value;
  const DatumId resource = p_->object(std::string(kResource), {});
  rows_[resource.index] = row;
  addresses_[resource.index] = made_[row].address;
  p_->change(construct).slots.push_back({.name = std::string(kResource), .value = resource});
  return resource;
}

// cfnFunction.memorySize = 256
bool CdkApp::assign(Interpreter& program, DatumId object, std::string_view name,
                    const Slot& value) {
  p_ = &program;
  const std::uint32_t row = made_row(object);
  const bool is_resource =
      program[object].text == kResource || last_of(class_of(object)).starts_with("Cfn");
  if (row == UINT32_MAX || !is_resource || name.empty() || name.starts_with('_')) return false;
  const DatumId held = capital(value.value, made_[row].type, false, 0);
  Slot one{with_capital(camel(name)), held, value.key, value.where};
  const DatumId named = capital(program.record({one}), made_[row].type, false, 0);
  if (program[named].slots.empty()) return false;
  Names names;
  names.where = value.where;
  set_path(made_[row].properties, program[named].slots[0].name, {held, value.key, value.where},
           names);
  return true;
}

// x instanceof lambda.CfnFunction
std::optional<bool> CdkApp::is_a(Interpreter& program, DatumId object, std::string_view type) {
  p_ = &program;
  const std::string path = cdk_path(type);
  if (path.empty()) return {};
  const bool is_construct = addresses_.contains(object.index);
  if (path == "Construct" || path == "IConstruct") return is_construct;
  const std::uint32_t row = made_row(object);
  const bool is_resource =
      program[object].text == kResource || last_of(class_of(object)).starts_with("Cfn");
  if (path == "CfnResource" || path == "CfnElement") return is_resource;
  if (last_of(path).starts_with("Cfn"))
    return is_resource && row != UINT32_MAX && made_[row].type == cloudformation_type(path);
  if (program[object].text == kResource) return false;
  std::string cls = class_of(object);
  if (cls.empty()) return {};
  for (int i = 0; i < kBases && !cls.empty(); ++i) {
    if (cls == path) return true;
    const CdkClass* base = find_cdk_class(cls);
    if (base == nullptr) break;
    cls = base->base;
  }
  return false;
}

// CfnResource.isCfnResource(node)
DatumId CdkApp::type_test(const std::string& path, const LibraryUse& use) {
  const std::size_t dot = path.rfind('.');
  if (dot == path.npos || use.arguments.given.empty()) return {};
  const std::string type = cat("aws-cdk-lib.", path.substr(0, dot));
  if (with_capital(camel(last_of(path))) != cat("Is", last_of(type))) return {};
  const DatumId given = p_->settled(use.arguments.given[0].value);
  const auto known = p_->is(given, DatumKind::Object) ? is_a(*p_, given, type) : std::nullopt;
  return known ? p_->boolean(*known) : p_->unknown("a test of a type");
}

// --- node

DatumId CdkApp::construct_at(std::string_view address) const {
  DatumId found;
  for (const auto& [object, at] : addresses_)
    if (at == address && (*p_)[DatumId{object}].text != kResource &&
        (!found.exists() || object < found.index))
      found = DatumId{object};
  return found;
}

// Those that the program made so far, in the order in which it did.
DatumId CdkApp::children_of(DatumId node) {
  const Slot* of = p_->slot(node, "of");
  if (of == nullptr) return p_->unknown("the children of a construct");
  if ((*p_)[of->value].text == kResource) return p_->list({});
  const std::string above = address_of(of->value);
  std::vector<std::uint32_t> found;
  for (const auto& [object, at] : addresses_) {
    const std::size_t slash = at.rfind('/');
    const std::string_view parent = std::string_view(at).substr(0, slash == at.npos ? 0 : slash);
    if (parent == above && at != above && (*p_)[DatumId{object}].text != kResource)
      found.push_back(object);
  }
  std::ranges::sort(found);
  std::vector<Slot> slots;
  if (made_row(of->value) != UINT32_MAX)
    if (const DatumId own = resource_of(of->value); own != of->value)
      slots.push_back({.value = own});
  for (const std::uint32_t object : found) slots.push_back({.value = DatumId{object}});
  return p_->list(std::move(slots));
}

// What a nested stack says of itself; any other stack has none of that.
DatumId CdkApp::of_nested_stack(DatumId stack, std::string_view name) {
  const std::string address = address_of(stack);
  const std::size_t slash = address.rfind('/');
  const std::string above = stack_at(address.substr(0, slash == address.npos ? 0 : slash));
  if (name == "nestedStackResource")
    return p_->object("aws-cdk-lib.CfnStack", {{"logicalId", p_->text(address)}});
  if (name != "nestedStackParent") return {};
  const auto found = stacks_.find(above);
  return found != stacks_.end() ? found->second : p_->unknown("the stack around a nested stack");
}

DatumId CdkApp::node_value(const LibraryUse& use, std::string_view name) {
  const std::vector<Slot>& given = use.arguments.given;
  if (name == "tryGetContext" || name == "getContext") return context_value(use);
  if (use.language == Language::Go && given.empty())
    if (const DatumId value = member(*p_, use.receiver, name); value.exists()) return value;
  if (name == "addDependency" || name == "addMetadata" || name == "addValidation")
    return p_->absent();
  const Slot* of = p_->slot(use.receiver, "of");
  const auto id = given.empty() ? std::nullopt : p_->text_of(given[0].value);
  if (of != nullptr && id && (name == "findChild" || name == "tryFindChild")) {
    const std::string above = address_of(of->value);
    if (const DatumId child = construct_at(above.empty() ? *id : cat(above, '/', *id));
        child.exists())
      return child;
    if ((*id == "Resource" || *id == "Default") && made_row(of->value) != UINT32_MAX)
      return resource_of(of->value);
  }
  return p_->unknown(cat("what node.", name, " gives"));
}

// --- Aspects

bool CdkApp::adds_aspect(const LibraryUse& use, std::string_view name) {
  if (name != "add" || class_of(use.receiver) != "Aspects.of" || use.arguments.given.empty())
    return false;
  aspects_.push_back({p_->settled(entry(use.receiver, "0").value),
                      p_->settled(use.arguments.given[0].value), p_->path(), use.where});
  return true;
}

void CdkApp::visit(DatumId visitor, DatumId construct) {
  Arguments arguments;
  arguments.given = {{.name = "0", .value = construct}};
  const bool is_go = (*p_)[visitor].type.exists() &&
                     p_->program().facts((*p_)[visitor].module).language == Language::Go;
  p_->call_method(visitor, is_go ? "Visit" : "visit", arguments, (*p_)[visitor].where);
}

// Python's aspects are calls: "what cdk_nag.AwsSolutionsChecks gives".
bool changes_no_role(std::string_view path) {
  if (path.ends_with(" gives")) path.remove_suffix(6);
  const auto is_it = [&](std::string_view one) {
    return one.starts_with('*') ? path.ends_with(one.substr(1)) : path.find(one) != path.npos;
  };
  return std::ranges::any_of(cdk_inert(), is_it) ||
         std::ranges::find(cdk_inert_functions(), path) != cdk_inert_functions().end();
}

// What has no place in the tree is its root, or something that the program did not make itself.
bool CdkApp::is_whole_app(DatumId scope) const {
  const std::string type = p_->is(scope, DatumKind::Object) ? class_of(scope) : std::string();
  return type == "App" || type == "Stage";
}

// What stands at a place or below it, in the order in which it was made. Programs may have
// thousands of aspects.
std::vector<DatumId> CdkApp::constructs_below(const std::string& above) {
  if (known_places_ != addresses_.size()) {
    by_address_.clear();
    for (const auto& [object, address] : addresses_)
      if ((*p_)[DatumId{object}].text != kResource) by_address_.emplace_back(address, object);
    std::ranges::sort(by_address_);
    known_places_ = addresses_.size();
  }
  const auto from = [&](const std::string& address) {
    return std::ranges::lower_bound(by_address_, address, {},
                                    &std::pair<std::string, std::uint32_t>::first);
  };
  std::vector<DatumId> found;
  const auto take = [&](auto begin, auto end) {
    for (; begin != end; ++begin) found.push_back(DatumId{begin->second});
  };
  if (above.empty()) {
    take(by_address_.begin(), by_address_.end());
  } else {
    const char after = '/' + 1;
    auto at = from(above);
    for (; at != by_address_.end() && at->first == above; ++at)
      found.push_back(DatumId{at->second});
    take(from(above + '/'), from(above + after));
  }
  std::ranges::sort(found, {}, &DatumId::index);
  return found;
}

// Aspects visit what stands below their scope once all of it is made. What those of a library
// change is not known; those that only look change nothing.
void CdkApp::finish(Interpreter& program) {
  p_ = &program;
  if (!program.stopped().empty() || program.raised().module.exists()) open_all(program.raised());
  for (const auto& [cls, where] : transformed_)
    for (const DatumId one : constructs_below(""))
      if (cls.empty() || class_of(one) == cls) open_construct(one, {.where = where});
  for (std::size_t i = 0; i < aspects_.size(); ++i) {
    const Aspect aspect = aspects_[i];
    const DatumId visitor = aspect.visitor;
    const std::string above = address_of(aspect.scope);
    if (above.empty() && !is_whole_app(aspect.scope)) {
      note("what an aspect visits cannot be determined", aspect.where);
      continue;
    }
    const std::vector<DatumId> constructs = constructs_below(above);
    const bool is_own = program.is(visitor, DatumKind::Record) ||
                        (program.is(visitor, DatumKind::Object) && program[visitor].type.exists());
    if (!is_own) {
      const std::string path = program[visitor].text;
      if (changes_no_role(path)) continue;
      note(cat("what the aspect ", path, " changes cannot be determined"), aspect.where);
      const Handed to{.where = aspect.where};
      for (const DatumId one : constructs) open_construct(one, to);
      continue;
    }
    const std::size_t depth = program.path().size();
    for (const PathTest& test : aspect.path) program.enter(test.condition, test.holds);
    for (const DatumId one : constructs) {
      visit(visitor, one);
      if (made_row(one) != UINT32_MAX)
        if (const DatumId resource = resource_of(one); resource != one) visit(visitor, resource);
    }
    program.leave(depth);
  }
}

// Lazy.string({ produce: () => ... })
DatumId CdkApp::produced(DatumId lazy) {
  const DatumId given = p_->settled(entry(lazy, "0").value);
  if (!given.exists() || ++depth_ > kBases) return p_->unknown("a value that is made later");
  const DatumId value = p_->is(given, DatumKind::Function)
                            ? p_->call(given, {}, (*p_)[lazy].where)
                            : p_->call_method(given, "produce", {}, (*p_)[lazy].where);
  --depth_;
  return value.exists() ? p_->settled(value) : p_->unknown("a value that is made later");
}

}  // namespace fnlint::cdk
