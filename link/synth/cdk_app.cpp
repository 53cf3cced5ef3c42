// A program of the CDK or SST as it is interpreted: what its calls, constructions and members are.

#include "link/synth/cdk_app.h"

#include "core/text.h"
#include "link/synth/cdk_addresses.h"
#include "tables/known.h"
#include "tables/models.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint::cdk {

namespace {

std::string small(std::string_view name) {
  std::string out(name);
  if (!out.empty()) out[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
  return out;
}

}  // namespace

CdkApp::CdkApp(const FileSystem& files, const DeploymentProgram& app,
               const std::vector<std::string>& paths, std::string_view definition)
    : files_(files), app_(app), paths_(paths), definition_(definition) {}

std::string CdkApp::file_of(ModuleId module) {
  const std::string& path = paths_[module.index];
  const std::string begins = app_.compiled_from.empty() ? "" : cat(app_.compiled_from, '/');
  if (app_.compiled_to.empty() || !path.starts_with(begins)) return absolute_path(path);
  return absolute_path(join_path(app_.compiled_to, path.substr(begins.size())));
}

void CdkApp::note(std::string reason, CodePlace where) {
  if (notes_.size() < 1000) notes_.emplace_back(std::move(reason), where);
}

std::string CdkApp::class_of(DatumId object) const {
  if (const Slot* is = p_->slot(object, "<is>"))
    if (const auto text = p_->text_of(is->value)) return std::string(*text);
  return cdk_path((*p_)[object].text);
}

std::string CdkApp::address_of(DatumId object) const {
  const auto found = addresses_.find(object.index);
  return found != addresses_.end() ? found->second : std::string();
}

// The rule for a member of a class, or of what that extends.
const CdkRule* CdkApp::rule_of(CdkUse use, std::string cls, std::string_view name) const {
  for (int i = 0; i < kDeepest && !cls.empty(); ++i) {
    const std::string path = name.empty() ? cls : cat(cls, '.', name);
    if (const CdkRule* rule = find_cdk_rule(use, path)) return rule;
    const CdkClass* row = find_cdk_class(cls);
    if (row == nullptr) return nullptr;
    cls = row->base;
  }
  return nullptr;
}

// --- Calls.

namespace {

// By the model of its language's own library, which Java's programs need not import.
bool reads_environment(const LibraryUse& use) {
  const bool is_java = use.language == Language::Java;
  const LibraryModel* const row =
      find_library_model(use.language, is_java ? cat("java.lang.", use.path) : use.path);
  return use.path == "<env>" || (row != nullptr && row->computes == "environment");
}

// Only what the CDK's classes are given for their roles.
constexpr bool is_of_cdk(std::string_view cls) {
  return !cls.empty() && !cls.starts_with("@awssolutions");
}
bool grants(std::string_view name) {
  return name.starts_with("grant") || name.starts_with("addTo");
}

bool gives_function_nothing(std::string_view cls) {
  return cls.starts_with("@awssolutions") &&
         std::ranges::any_of(cdk_callers(),
                             [&](std::string_view one) { return cls.ends_with(one); });
}

// Whether the tables have something of that name.
bool knows(std::string_view library) {
  const std::string path = cdk_path(library);
  return find_cdk_rule(CdkUse::New, path) != nullptr ||
         find_cdk_rule(CdkUse::Attach, path) != nullptr ||
         is_one_of(known::go_plain_constructs(), path) || path == "awslambda.Code" ||
         path == "awslambda.StartingPosition" || path == "Construct" ||
         path.ends_with(".Schedule") || has_cdk_values(path) ||
         !cloudformation_type(path).empty() || is_one_of(known::java_collections(), library);
}

// A name that a program uses without saying where it comes from, below a package of the CDK that it
// imports whole: unless it is the language's own.
bool may_be(std::string_view library) {
  const std::string name = last_of(library);
  // "Amazon" of Amazon.CDK.AWS.S3 is where a whole path begins.
  return is_class_name(name) && !library.starts_with(name + '.') && !cdk_path(library).empty() &&
         !is_one_of(known::own_classes(), name);
}

}  // namespace

DatumId CdkApp::call(Interpreter& program, const LibraryUse& use) {
  p_ = &program;
  if (++depth_ > kDeepest) {
    --depth_;
    return program.unknown("constructs that are nested too deeply");
  }
  DatumId value;
  if (reads_environment(use)) {
    value = environment(use.arguments);
  } else if (use.path == "<or>") {
    value = with_default(use.arguments);
  } else if (use.path == "<json>") {
    value = json_text(use.arguments);
  } else if (use.path == "<cwd>") {
    value = program.text(absolute_path(app_.folder));
  } else if (use.path == "<file>") {
    value = file_object(use.arguments);
  } else if (use.path == "<parsed>") {
    value = parsed(use.arguments);
  } else if (use.receiver.exists()) {
    value = method(use);
  } else {
    const std::string path = cdk_path(use.path);
    // Python and Kotlin construct without a word for it.
    const bool may_construct = use.language == Language::Python || use.language == Language::Java;
    const bool is_class = use.constructs || use.self.exists() ||
                          (may_construct && is_class_name(last_of(path))) ||
                          (use.language == Language::Go && go_constructs(use));
    if (use.path == "<known>") {
      const auto name = program.text_of(use.arguments.given[0].value);
      if (name && knows(*name)) value = use.arguments.given[0].value;
    } else if (use.path == "<may-be>") {
      const auto name = program.text_of(use.arguments.given[0].value);
      if (name && may_be(*name)) value = use.arguments.given[0].value;
    } else if (use.path.starts_with('$') && !use.constructs) {
      value = sst_call(use);
    } else if (DatumId made = collection(program, use); made.exists()) {
      value = made;
    } else if (DatumId own = go_value(use); own.exists()) {
      value = own;
    } else if (use.path == "fs.readFileSync" || use.path == "open" || use.path == "fs.readFile") {
      value = file_object(use.arguments);
    } else if (use.path == "JSON.parse" || use.path == "json.loads" || use.path == "json.load") {
      value = parsed(use.arguments);
    } else if (use.constructs && use.path.ends_with(".Builder")) {
      value = builder(use, 8);
    } else if (path.starts_with("awslambda.Runtime.") && path.ends_with(".toString")) {
      value = of_runtime(path.substr(0, path.rfind('.')), "name");
    } else if (path.empty() && !is_class) {
      if (!changes_no_role(use.path)) hand_over(use.arguments, use.where, Opened::All);
      value = program.unknown(cat("what ", use.path, " gives"));
    } else {
      value = is_class ? construct(path, use, use.self) : function(path, use);
    }
  }
  --depth_;
  return value;
}

namespace {

// What a reader knows a construct by whose id is not known: the name, file or handler that it is
// given, else its class.
std::string recognised_by(const Interpreter& program, const LibraryUse& use) {
  std::string name, file, handler;
  const auto look = [&](const Slot& slot) {
    const auto text = program.text_of(slot.value);
    if (!text || text->empty()) return;
    const std::string key = camel(slot.name);
    if (key.ends_with("Name")) name = *text;
    if (key == "entry") file = file_name_of(*text).substr(0, file_name_of(*text).find('.'));
    if (key == "handler" && !text->starts_with("index.")) handler = *text;
  };
  for (const Slot& one : use.arguments.given) {
    look(one);
    if (const DatumId given = program.settled(one.value); program.is(given, DatumKind::Record))
      for (const Slot& inner : program[given].slots) look(inner);
  }
  for (const std::string* known : {&name, &file, &handler})
    if (!known->empty() && *known != "index") return *known;
  return use.path.substr(use.path.find_last_of("./:") + 1);
}

}  // namespace

// The object's place in the tree of constructs: its scope's path and its own id.
bool CdkApp::place_in_tree(const LibraryUse& use, DatumId self) {
  DatumId scope, id;
  for (const Slot& one : use.arguments.given) {
    if (one.name == "0" || one.name == "scope") scope = p_->settled(one.value);
    if (one.name == "1" || one.name == "id" || one.name == "construct_id")
      id = p_->settled(one.value);
  }
  const bool is_of_provider = cdk_path(use.path).starts_with(kProvider);
  if (is_of_provider || cdk_path(use.path).starts_with("sst.")) {  // SST has names alone
    id = scope;
    scope = {};
  } else if (!p_->is(scope, DatumKind::Object)) {
    return true;
  }
  std::string name;
  bool is_known = false;
  if (const auto text = id.exists() ? p_->text_of(id) : std::nullopt) {
    name = *text;
    is_known = true;
  } else if (p_->is(id, DatumKind::Token)) {  // "Fn-${stage}"
    name.clear();
    const Datum& token = (*p_)[id];
    if (token.text == "Fn::Join" && token.slots.size() == 2)
      for (const Slot& part : (*p_)[token.slots[1].value].slots)
        name += std::string(p_->text_of(part.value).value_or("*"));
    if (name.empty()) name = "*";
  } else {
    name = recognised_by(*p_, use);
  }
  const std::string above = scope.exists() ? address_of(scope) : std::string();
  std::string address = above.empty() ? name : cat(above, '/', name);
  std::string here = address;
  for (const PathTest& test : p_->path()) here += cat('|', test.condition.index, test.holds);
  // Of the provider, those of one class alone have different names.
  const bool is_twice = is_known && taken_.contains(address) && !places_.insert(here).second;
  if (is_twice && !is_of_provider) return false;
  p_->hold(3 * address.size() + here.size());  // as long as the way down from the app is deep
  places_.insert(here);
  addresses_[self.index] = free_address(taken_, std::move(address));
  return true;
}

DatumId CdkApp::construct(std::string cls, const LibraryUse& use, DatumId self) {
  if (!self.exists()) self = p_->object(use.path, {});
  p_->change(self).where = use.where;
  if (cls != "App" && !place_in_tree(use, self)) return self;
  DatumId arguments = p_->record(use.arguments.given, use.arguments.open);
  p_->change(self).slots.push_back({.name = "<args>", .value = arguments});
  if (cls == "Stack" || cls == "NestedStack") stacks_[address_of(self)] = self;
  if (cls == "Stack") inherit_defaults(self);
  if (DatumId value = special_construct(cls, use, self); value.exists()) return value;
  if (const CdkRule* rule = find_cdk_rule(CdkUse::New, cls)) {
    Names names = names_of(*rule, use.arguments);
    names.self = self;
    names.where = use.where;
    apply(*rule, names);
    return self;
  }
  if (DatumId value = provider_resource(cls, use, self); value.exists()) return value;
  if (DatumId value = low_level(cls, use, self); value.exists()) return value;
  const bool is_construct = addresses_.contains(self.index);
  const bool is_own = cls.empty() && !use.self.exists();
  if (is_construct && (is_own || cls.starts_with("@awssolutions") || cls.starts_with(kSstStacks))) {
    note(cat("what the construct ", use.path, " makes cannot be determined"), use.where);
    pattern_function(use, self);
  }
  if (!gives_function_nothing(cls) && find_cdk_rule(CdkUse::Attach, cls) == nullptr)
    hand_to_construct(use, is_of_cdk(cls) ? Opened::Roles : Opened::All);
  return self;
}

// An object that collects properties; `ending`: what the path has behind the class.
DatumId CdkApp::builder(const LibraryUse& use, std::size_t ending) {
  const DatumId made = p_->object(use.path.substr(0, use.path.size() - ending), {});
  p_->change(made).slots.push_back({.name = "<building>", .value = p_->record({})});
  return made;
}

// Java: FunctionProps.builder().runtime(x).build(), Function.Builder.create(scope, id)...
DatumId CdkApp::built(const LibraryUse& use, DatumId properties) {
  const DatumId self = use.receiver;
  const std::string name = small(camel(use.path));
  if (name != "build") {
    if (!use.arguments.given.empty()) {
      const Slot& one = use.arguments.given.front();
      p_->set(properties, name, one.value, use.where, one.where);
    }
    return self;
  }
  const Slot* made = p_->slot(self, "<args>");
  if (made == nullptr) return properties;
  Arguments arguments;
  arguments.given = (*p_)[made->value].slots;
  // Behind what it was begun with: scope and id of a construct, the queue of an event source.
  const std::size_t before = arguments.given.empty() ? 2 : arguments.given.size();
  arguments.given.push_back({std::to_string(before), properties, use.where, use.where});
  const LibraryUse whole{.path = (*p_)[self].text,
                         .arguments = arguments,
                         .constructs = true,
                         .language = use.language,
                         .where = use.where};
  return construct(cdk_path(whole.path), whole, {});
}

// Changes of the resource's own properties: addPropertyOverride("Tags.0", x).
bool CdkApp::overrides(const LibraryUse& use, std::string_view name) {
  const std::uint32_t row = made_row(use.receiver);
  const bool whole = name == "addOverride";
  if ((!whole && name != "addPropertyOverride") || row == UINT32_MAX ||
      use.arguments.given.size() != 2)
    return false;
  const auto path = p_->text_of(use.arguments.given[0].value);
  if (!path || (whole && !path->starts_with("Properties."))) return true;
  Names names;
  names.where = use.where;
  set_path(made_[row].properties, std::string(whole ? path->substr(11) : *path),
           {use.arguments.given[1].value, use.where, use.where}, names);
  return true;
}

DatumId CdkApp::method(const LibraryUse& use) {
  const DatumId self = use.receiver;
  const std::string cls = class_of(self), name = small(camel(use.path));
  if (const Slot* building = p_->slot(self, "<building>")) return built(use, building->value);
  if (use.language == Language::Java && name.starts_with("get") && use.arguments.given.empty())
    if (const DatumId value = member(*p_, self, small(name.substr(3))); value.exists())
      return value;
  if ((*p_)[self].text == "<file>") return self;  // read(), toString()
  const bool may_be_member = use.language == Language::Go && use.arguments.given.empty();
  if ((*p_)[self].text == "<node>") return node_value(use, name);
  if (adds_aspect(use, name)) return p_->absent();
  if (sst_application_.exists())
    if (const DatumId value = stacks_method(use, cls, name); value.exists()) return value;
  if (cls.starts_with("sst."))
    if (const DatumId value = sst_method(use, cls, name); value.exists()) return value;
  if (const CdkRule* rule = rule_of(CdkUse::Call, cls, name)) {
    Names names = names_of(*rule, use.arguments);
    names.self = self;
    names.where = use.where;
    return apply(*rule, names);
  }
  if (may_be_member)  // Go has methods where others have properties
    if (const DatumId value = member(*p_, self, name); value.exists()) return value;
  if (name == "toString") return ref_of(self);
  if (name == "getAtt" && !use.arguments.given.empty())
    if (const auto attr = p_->text_of(use.arguments.given[0].value);
        attr && made_row(self) != UINT32_MAX)
      return reference(made_[made_row(self)].address, *attr);
  if (cls == "CfnMapping")
    if (const DatumId value = mapping(use, name); value.exists()) return value;
  if (overrides(use, name)) return p_->absent();
  if (name.starts_with("set") && use.arguments.given.size() == 1 &&
      assign(*p_, self, small(name.substr(3)), use.arguments.given[0]))
    return p_->absent();
  if (name == "toJsonString") return json_text(use.arguments);
  if (name == "formatArn" && !use.arguments.given.empty()) {
    const Slot& one = use.arguments.given.front();
    return formatted_arn(one.name == "0" ? one.value : p_->record(use.arguments.given));
  }
  if (!changes_no_role(name))
    hand_over(use.arguments, use.where,
              !is_of_cdk(cls) ? Opened::All
              : grants(name)  ? Opened::Rights
                              : Opened::Roles);
  const std::uint32_t row = granted_row(self);
  if (row != UINT32_MAX && name.starts_with("addTo"))
    add_statement(row, p_->unknown(cat("a statement of ", name)), use.where);
  // Of what is not known: a method that may give its object back, with what it was given.
  const Slot* links = p_->slot(self, "<links>");
  const DatumId list = links != nullptr ? links->value : p_->list({});
  if (links == nullptr) p_->change(self).slots.push_back({.name = "<links>", .value = list});
  for (const Slot& one : use.arguments.given) p_->append(list, one.value, use.where);
  const bool is_construct = made_row(self) != UINT32_MAX;
  return is_construct ? p_->unknown(cat("what ", name, " of ", cls, " gives")) : self;
}

// A static function of a class of the CDK.
DatumId CdkApp::function(const std::string& given, const LibraryUse& use) {
  std::string path = given;
  const std::size_t dot = path.rfind('.');
  if (use.language == Language::CSharp && dot != std::string::npos)
    path = cat(path.substr(0, dot + 1), small(path.substr(dot + 1)));
  if (use.path.ends_with(".Builder.create")) {
    const DatumId made = builder(use, 15);
    p_->change(made).slots.push_back(
        {.name = "<args>", .value = p_->record(use.arguments.given, use.arguments.open)});
    return made;
  }
  if (use.path.ends_with(".builder")) return builder(use, 8);
  if (path.starts_with("sst.")) return sst_static(use);
  if (path.starts_with(kProvider)) return provider_call(path, use);
  if (path.starts_with(kSstStacks))
    if (const DatumId value = stacks_call(use, path.substr(kSstStacks.size())); value.exists())
      return value;
  if (const DatumId test = type_test(path, use); test.exists()) return test;
  const std::string cls = path.substr(0, dot == std::string::npos ? 0 : dot);
  if (const CdkRule* rule = rule_of(CdkUse::Call, cls, path.substr(dot + 1))) {
    Names names = names_of(*rule, use.arguments);
    names.self = p_->object(use.path, {});
    names.where = use.where;
    apply(*rule, names);
    return names.self;
  }
  for (const std::string_view dialect : {".jsonata", ".jsonPath"})  // of tasks
    if (path.ends_with(dialect))
      if (const std::string task = path.substr(0, path.size() - dialect.size());
          find_cdk_rule(CdkUse::New, task) != nullptr)
        return construct(task, use, {});
  if (path == "Stack.of" && !use.arguments.given.empty())
    return stack_of(p_->settled(use.arguments.given[0].value));
  if (const DatumId value = call_value(path, use.arguments); value.exists()) return value;
  if (!changes_no_role(path))
    hand_over(use.arguments, use.where, grants(last_of(path)) ? Opened::Rights : Opened::Roles);
  // C# writes methods with a capital: the table does not.
  const std::string called =
      use.language == Language::CSharp ? small(last_of(use.path)) : std::string();
  const DatumId made = p_->object(
      called.empty() ? use.path : cat(use.path.substr(0, use.path.rfind('.') + 1), called), {});
  p_->change(made).slots.push_back(
      {.name = "<args>", .value = p_->record(use.arguments.given, use.arguments.open)});
  return made;
}

// The stack that a construct stands in: of those whose address its own begins with, the deepest.
DatumId CdkApp::stack_of(DatumId construct) const {
  std::string address = address_of(construct);
  for (int i = 0; i < kDeepest && !address.empty(); ++i) {
    if (const auto found = stacks_.find(address); found != stacks_.end()) return found->second;
    const std::size_t slash = address.rfind('/');
    address.resize(slash == std::string::npos ? 0 : slash);
  }
  return construct;
}

std::string CdkApp::stack_at(std::string_view address) const {
  while (!address.empty()) {
    const auto found = stacks_.find(std::string(address));
    if (found != stacks_.end() && class_of(found->second) == "Stack") return std::string(address);
    const std::size_t slash = address.rfind('/');
    address = address.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  return {};
}

// The account and region of a stack: what the program says, or what it is deployed to.
DatumId CdkApp::pseudo_parameter(DatumId object, std::string_view name) {
  const auto* const pseudo = known::row_of(known::stack_members(), name);
  if (pseudo == nullptr || !addresses_.contains(object.index)) return {};
  const bool is_name = name == "stackName", is_place = name == "region" || name == "account";
  if (is_name && class_of(object) == "NestedStack")
    return p_->unknown("the name of a nested stack");
  if (const Slot* own = p_->slot(object, "<args>"); own != nullptr && (is_name || is_place)) {
    const DatumId properties = entry(own->value, "2").value;
    const DatumId holder = properties.exists() ? properties : own->value;
    const DatumId env = is_place ? entry(holder, "env").value : holder;
    const DatumId given = env.exists() ? entry(env, name).value : DatumId{};
    if (given.exists() && (is_name || p_->text_of(given))) return p_->settled(given);
  }
  // Unless it is given, the stack's name is made of its place in the tree.
  if (is_name && stacks_.contains(address_of(object)))
    return p_->text(replace_all(address_of(object), "/", "-"));
  return p_->token("Ref", std::array{p_->text(std::string((*pseudo)[1]))});
}

std::string CdkApp::canonical(std::string_view path) {
  std::string known = cdk_path(path);
  return known.empty() ? std::string(path) : known;
}

// Of a runtime its name and family; of the families each: they are texts that begin the names.
DatumId CdkApp::of_runtime(const std::string& path, std::string_view name) {
  if (path == "awslambda.RuntimeFamily") {
    const CdkValue* family = find_cdk_value(cat(path, '.', name));
    return family != nullptr ? p_->text(std::string(family->text)) : DatumId{};
  }
  const CdkValue* runtime = find_cdk_value(path);
  if (runtime == nullptr || (name != "name" && name != "family")) return {};
  if (name == "name") return p_->text(std::string(runtime->text));
  std::string family(runtime->text.substr(0, runtime->text.find_first_of("0123456789.")));
  if (family == "dotnetcore") family = "dotnet";
  return p_->text(std::move(family));
}

DatumId CdkApp::member_of_library(std::string_view library, std::string_view written) {
  if (library == "process.env" || library == "os.environ") {
    if (library == "os.environ" && written == "get") return {};
    Arguments arguments;
    arguments.given = {{"0", p_->text(std::string(written))}};
    return environment(arguments);
  }
  if (library == "$app")
    return written == "stage" ? input("stage", {}) : p_->unknown("what $app has");
  const std::string path = cdk_path(library);
  if (path.starts_with("awslambda.Runtime")) return of_runtime(path, written);
  if (path != "Aws") return {};
  std::string name;  // "StackName" of "STACK_NAME"
  for (const std::string_view word : split(written, '_')) {
    std::string part = lower(word);
    if (!part.empty())
      part[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(part[0])));
    name += part;
  }
  if (name == "UrlSuffix") name = "URLSuffix";
  return p_->token("Ref", std::array{p_->text(cat("AWS::", name))});
}

DatumId CdkApp::member_of_node(DatumId node, std::string_view name) {
  const Slot* of = p_->slot(node, "of");
  if (name == "path" || name == "id" || name == "addr") {
    std::string path = of != nullptr ? address_of(of->value) : std::string();
    return p_->text(name == "id" ? path.substr(path.rfind('/') + 1) : path);
  }
  if (name == "defaultChild") return of != nullptr ? resource_of(of->value) : p_->absent();
  return name == "children" ? children_of(node) : DatumId{};
}

// What it was made with: the name of a metric, a function's runtime.
DatumId CdkApp::given_at_making(DatumId object, std::string_view name) {
  const Slot* own = p_->slot(object, "<args>");
  if (own == nullptr || class_of(object).empty()) return {};
  for (const Slot& one : (*p_)[own->value].slots) {
    const bool is_itself = camel(one.name) == name;
    const DatumId settled = p_->settled(one.value);
    if (!is_itself && !p_->is(settled, DatumKind::Record)) continue;
    const Slot* given = is_itself ? &one : p_->slot(settled, name);
    if (given != nullptr &&
        (p_->text_of(given->value) || p_->is(p_->settled(given->value), DatumKind::Library)))
      return p_->settled(given->value);
  }
  return {};
}

const ProgramInput* context_of(const Interpreter& program, const std::vector<ProgramInput>& inputs,
                               DatumId token) {
  const Datum& row = program[token];
  const bool is_input = row.kind == DatumKind::Token && row.text == "Ref";
  const auto name = is_input ? program.text_of(row.slots[0].value) : std::nullopt;
  const auto of = name ? std::ranges::find(inputs, *name, &ProgramInput::name) : inputs.end();
  return of != inputs.end() && of->of_context ? &*of : nullptr;
}

DatumId CdkApp::member(Interpreter& program, DatumId object, std::string_view written) {
  p_ = &program;
  const Datum row = program[object];
  if (row.kind == DatumKind::Library) return member_of_library(row.text, written);
  if (row.kind == DatumKind::Token) {  // a context may be a record, whose parts are given with it
    const ProgramInput* const of = context_of(program, inputs_, object);
    const bool is_part = of != nullptr && written != "length";
    return is_part ? input(cat(of->name, '.', written), {}, true) : DatumId{};
  }
  if (row.kind != DatumKind::Object) return {};
  const std::string name = small(camel(written));
  if (row.text == "<node>") return member_of_node(object, name);
  if (row.text == "<file>") return {};
  if (const Slot* field = program.slot(object, name)) return program.settled(field->value);
  if (const DatumId value = provider_member(object, name); value.exists()) return value;
  if (name == "node") return program.object("<node>", {{"of", object}});
  if (name == "cfnResourceType" && made_row(object) != UINT32_MAX)
    return program.text(made_[made_row(object)].type);
  if (name == "env" && addresses_.contains(object.index))
    return program.record({{.name = "region", .value = pseudo_parameter(object, "region")},
                           {.name = "account", .value = pseudo_parameter(object, "account")}});
  if (const DatumId value = pseudo_parameter(object, name); value.exists()) return value;
  const std::string cls = class_of(object);
  if (cls == "NestedStack" && name.starts_with("nestedStack")) return of_nested_stack(object, name);
  if (const CdkRule* rule = rule_of(CdkUse::Get, cls, name)) {
    Names names;
    names.self = object;
    names.where = program.place();
    const DatumId value = apply(*rule, names);
    program.change(object).slots.push_back({.name = std::string(written), .value = value});
    return value;
  }
  if ((name == "grantPrincipal" || name == "role") && addresses_.contains(object.index)) {
    const Slot* role = program.slot(object, "role");
    return role != nullptr ? program.settled(role->value) : object;
  }
  if (const DatumId value = attribute(object, name); value.exists()) return value;
  if (name == "envFromCfnOutputs") return program.absent();
  return given_at_making(object, name);
}

}  // namespace fnlint::cdk
