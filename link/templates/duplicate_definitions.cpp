// A row for each tool that writes templates from sources: how their texts belong together, and what
// each calls a resource. The output wins, scope by scope.

#include "link/templates/duplicate_definitions.h"

#include "core/text.h"
#include "link/serverless/serverless.h"
#include "link/templates/merged_output.h"
#include "link/templates/same_template.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fnlint::stacks {

namespace {

std::string own_address(const LinkContext& build, ResourceId id) {
  return std::string(build.address(id));
}

std::string_view path_of(const LinkContext& build, TextId text) { return build[text].source->path; }

// The nearest folder at or above a file that holds one of this name; nothing where none does.
std::optional<std::string> folder_with(const LinkContext& build, std::string_view file,
                                       std::string_view name) {
  for (std::string folder(folder_of(file));; folder = std::string(folder_of(folder))) {
    if (build.files.kind(join_path(folder, name)) == EntryKind::File) return folder;
    if (folder.empty()) return std::nullopt;
  }
}

// --- CDK: the program of an app, and its stacks' templates.

// "Media/Tag": the path of the construct that a resource belongs to. Programs are read with the
// same paths in their resources' metadata.
std::string construct_path(const LinkContext& build, ResourceId id) {
  std::string path(build.construct_path(id));
  for (const std::string_view last : {"/Resource", "/Default"})
    if (path.ends_with(last)) return path.substr(0, path.size() - last.size());
  return path;
}

bool is_synthesised_of(const LinkContext& build, TextId output, TextId source) {
  const auto app = folder_with(build, path_of(build, source), "cdk.json");
  return app && app == folder_with(build, path_of(build, output), "cdk.json");
}

// Each stack of a program is a template of its own; only some may have been synthesised.
std::vector<std::string> stacks_of(const LinkContext& build,
                                   const std::vector<ResourceId>& source) {
  std::set<std::string> stacks;
  for (const ResourceId id : source)
    if (const std::string_view stack = build.metadata(id, "aws:cdk:stack"); !stack.empty())
      stacks.emplace(stack);
  return {stacks.begin(), stacks.end()};
}

// --- Terraform: the configuration of a folder, and plans of it. Addresses are the same.

bool is_any(const LinkContext&, TextId) { return true; }

bool is_plan_of(const LinkContext& build, TextId output, TextId source) {
  const std::string_view plan = folder_of(path_of(build, output)),
                         configuration = folder_of(path_of(build, source));
  const auto below = [](std::string_view inner, std::string_view outer) {
    return outer.empty() || inner == outer || inner.starts_with(cat(outer, "/"));
  };
  return below(plan, configuration) || below(configuration, plan);
}

// --- Serverless Framework: the service, and the stack that it is compiled to.

bool is_compiled(const LinkContext& build, TextId output) {
  return file_name_of(folder_of(path_of(build, output))) == ".serverless";
}

bool is_compiled_of(const LinkContext& build, TextId output, TextId source) {
  return folder_of(path_of(build, output)) ==
         join_path(folder_of(path_of(build, source)), ".serverless");
}

// The logical id of a function: "my-job" is MyDashjobLambdaFunction.
std::string compiled_name(const LinkContext& build, ResourceId id) {
  const std::string address = own_address(build, id);
  constexpr std::string_view kEnd = "LambdaFunction";
  if (build.stacks[id].kind != ResourceKind::Function || address.ends_with(kEnd)) return address;
  std::string name = replace_all(replace_all(address, "-", "Dash"), "_", "Underscore");
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return cat(name, kEnd);
}

constexpr std::array kDescriptions{
    Description{TemplateDialect::CdkProgram, TemplateDialect::CloudFormation, is_synthesised,
                is_synthesised_of, construct_path, construct_path, stacks_of},
    Description{TemplateDialect::CdkProgram, TemplateDialect::Sam, is_synthesised,
                is_synthesised_of, construct_path, construct_path, stacks_of},
    Description{TemplateDialect::Terraform, TemplateDialect::TerraformPlan, is_any, is_plan_of,
                own_address, own_address},
    Description{TemplateDialect::ServerlessFramework, TemplateDialect::CloudFormation, is_compiled,
                is_compiled_of, compiled_name, own_address},
};

// A root scope with all that is declared in it and below it.
struct Family {
  TextId text = {};
  std::vector<ResourceId> resources = {};
};

std::vector<Family> families(const LinkContext& build) {
  std::map<std::uint32_t, Family> by_root;
  for (std::uint32_t i = 0; i < build.stacks.resources.size(); ++i) {
    if (!build.drafts[i].is_whole()) continue;
    ScopeId root = build.drafts[i].scope;
    while (build.scopes[root.index].parent.exists()) root = build.scopes[root.index].parent;
    Family& family = by_root[root.index];
    family.text = build.scopes[root.index].text;
    family.resources.push_back(ResourceId{i});
  }
  std::vector<Family> all;
  for (auto& [root, family] : by_root)
    if (family.text.exists()) all.push_back(std::move(family));
  return all;
}

using NamedResources =
    std::map<std::pair<std::string_view, std::string>, ResourceId>;  // type and name

// Everything that the superseded scopes declare, or a transform makes of it.
void supersede_resources(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i)
    if (build[build.drafts[i].scope].superseded) build.stacks.resources[i].superseded = true;
}

// The part that an address lies in: the longest that it begins with.
std::string_view part_of(const std::vector<std::string>& parts, std::string_view address) {
  std::string_view found;
  for (const std::string& part : parts) {
    const bool is_below = address.starts_with(part) &&
                          (address.size() == part.size() || address[part.size()] == '/');
    if (is_below && part.size() >= found.size()) found = part;
  }
  return found;
}

// Of a source whose parts are written one by one: the parts with a twin. Its scope is superseded
// once all of them are.
void supersede_parts(LinkContext& build, const Family& source,
                     const std::vector<std::string>& parts) {
  std::set<std::string_view> described;
  for (const ResourceId id : source.resources)
    if (build.stacks[id].twin.exists()) described.insert(part_of(parts, build.address(id)));
  if (described.empty()) return;
  bool all = true;
  for (const std::string& part : parts) all = all && described.contains(part);
  for (const ResourceId id : source.resources) {
    if (all) build[build.draft(id).scope].superseded = true;
    if (described.contains(part_of(parts, build.address(id)))) build.resource(id).superseded = true;
  }
}

// What a tool wrote may have been made long ago: it says something else of a function than its
// source does.
bool contradicts(const LinkContext& build, ResourceId output, ResourceId source) {
  if (build.stacks[output].kind != ResourceKind::Function) return false;
  const auto says = [&build](ResourceId id, std::string_view property) {
    const ExprClosure service = said_by_service(build, id);
    return build.literal(service.exists()
                             ? build.entry(service, lower(property))
                             : build.entry(build.body(build.drafts[id.index]), property));
  };
  for (const std::string_view property : {"Runtime", "Handler"}) {
    const bool is_built = !build.metadata(source, "BuildMethod").empty();
    if (property == "Handler" && is_built) continue;  // a bundle's is another
    const auto there = says(output, property), here = says(source, property);
    if (there && here && *there != *here) return true;
  }
  return false;
}

bool is_assembly(const LinkContext& build, TextId text) {
  return build.texts[text.index].source->constructs != nullptr;
}

using Pairs = std::vector<std::pair<ResourceId, ResourceId>>;  // of output and source

Pairs pairs_of(const LinkContext& build, const Description& row, const Family& output,
               const Family& source) {
  NamedResources names;
  for (const ResourceId id : source.resources)
    if (std::string name = row.name_in_source(build, id); !name.empty())
      names.emplace(std::pair(build.pool[build.stacks[id].type], std::move(name)), id);
  Pairs pairs;
  for (const ResourceId id : output.resources) {
    std::string name = row.name_in_output(build, id);
    const auto found = names.find({build.pool[build.stacks[id].type], std::move(name)});
    if (found != names.end()) pairs.emplace_back(id, found->second);
  }
  return pairs;
}

void supersede(LinkContext& build, const Family& family) {
  for (const ResourceId id : family.resources) build[build.draft(id).scope].superseded = true;
}

void pair_up(LinkContext& build, const Description& row, const Family& output,
             const Family& source) {
  const Pairs pairs = pairs_of(build, row, output, source);
  if (row.parts != nullptr && !is_assembly(build, output.text)) {
    // What the assembly describes already, a template beside it does not describe again.
    bool again = false;
    for (const auto& [there, here] : pairs) {
      const ResourceId first = build.stacks[here].twin;
      if (!first.exists() || build.draft(first).text == build.draft(there).text) continue;
      build.resource(there).twin = first;
      again = true;
    }
    if (again) return supersede(build, output);
  }
  for (const auto& [there, here] : pairs) {
    build.described_twice->twins[there.index] = here;
    Resource& twin = build.resource(here);
    if (!twin.twin.exists()) twin.twin = there;
    if (row.parts == nullptr) build[build.draft(here).scope].superseded = true;
  }
}

// The tool has not run since the source was changed, or it wrote this of another source beside it.
bool is_outdated(const LinkContext& build, const Description& row, const Family& output,
                 const Family& source) {
  if (row.parts != nullptr) return false;  // asked of each of them
  return std::ranges::any_of(pairs_of(build, row, output, source), [&](const auto& pair) {
    return contradicts(build, pair.first, pair.second);
  });
}

void leave_out(LinkContext& build, const Family& output, const Family& source,
               std::string_view why) {
  supersede(build, output);
  build.problem({build[output.text].source->file, {}},
                cat(path_of(build, output.text), " is out of date: ", why,
                    path_of(build, source.text), ". The source is linted"));
}

bool has_function(const LinkContext& build, const Family& family) {
  return std::ranges::any_of(family.resources, [&](ResourceId id) {
    return build.stacks[id].kind == ResourceKind::Function;
  });
}

// A stack that the tool wrote once beside its program, and of which the program has no function any
// more: what is deployed is the program. Of an assembly its manifest says that it is this app's.
bool is_left_behind(const LinkContext& build, const Description& row, const Family& output,
                    const Family& source) {
  if (row.parts == nullptr || is_assembly(build, output.text) || !has_function(build, output) ||
      !has_function(build, source))
    return false;
  return std::ranges::none_of(pairs_of(build, row, output, source), [&](const auto& pair) {
    return build.stacks[pair.first].kind == ResourceKind::Function;
  });
}

const Property* nearest_property(const LinkContext& build, const Resource& twin,
                                 std::string_view path, bool& exact) {
  const Slice<Property> rows = twin.properties;
  exact = true;
  for (;; exact = false) {
    for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i)
      if (build.pool[build.stacks.properties[i].path] == path) return &build.stacks.properties[i];
    const std::size_t dot = path.rfind('.');
    if (dot == std::string_view::npos) return nullptr;
    path = path.substr(0, dot);
  }
}

void place_in_twin(LinkContext& build, Resource& output, const Resource& twin) {
  const Span name = twin.name;
  for (std::uint32_t i = 0; i < output.properties.count; ++i) {
    Property& row = build.stacks.properties[output.properties.first + i];
    bool exact = false;
    const Property* there = nearest_property(build, twin, build.pool[row.path], exact);
    // What the source says otherwise is not there. A bundle's handler is named by its bundler.
    const bool differs = there != nullptr && exact && there->value != row.value &&
                         build.pool.is(there->value, ValueKind::Text) &&
                         build.pool.is(row.value, ValueKind::Text) &&
                         build.pool[row.path] != "Handler";
    if (differs) continue;
    row.key = there != nullptr ? there->key : name;
    row.where = there == nullptr ? name : exact ? there->where : there->key;
    row.inherited = there != nullptr && there->inherited;
    if (there != nullptr && exact) row.native_path = there->native_path;
  }
  output.name = name;
  output.where = twin.where;
}

void place_at(LinkContext& build, Resource& output, Span where) {
  for (std::uint32_t i = 0; i < output.properties.count; ++i) {
    Property& row = build.stacks.properties[output.properties.first + i];
    row.key = row.where = where;
  }
  output.name = output.where = where;
}

}  // namespace

void mark_copies(LinkContext& build) {
  const std::vector<TextId> sources = copies_of(build);
  for (std::uint32_t i = 0; i < sources.size(); ++i)
    if (sources[i].exists()) build.instantiated[i] = true;
  const std::vector<bool> merged = merged_texts(build);
  for (std::uint32_t i = 0; i < merged.size(); ++i)
    if (merged[i]) build.instantiated[i] = true;
  build.described_twice->copies = build.instantiated;
}

void find_twins(LinkContext& build) {
  build.described_twice->twins.assign(build.stacks.resources.size(), {});
  const std::vector<Family> all = families(build);
  const auto of_dialect = [&](TemplateDialect dialect) {
    std::vector<const Family*> found;
    for (const Family& family : all)
      if (build.facts(family.text).dialect == dialect) found.push_back(&family);
    std::ranges::stable_partition(
        found, [&](const Family* family) { return is_assembly(build, family->text); });
    return found;
  };
  for (const Description& row : kDescriptions) {
    const std::vector<const Family*> sources = of_dialect(row.source);
    if (sources.empty()) continue;
    for (const Family* output : of_dialect(row.output)) {
      if (!row.may_be_output(build, output->text)) continue;
      std::vector<const Family*> described, changed, left;
      for (const Family* source : sources) {
        if (!row.is_output_of(build, output->text, source->text)) continue;
        if (is_outdated(build, row, *output, *source))
          changed.push_back(source);
        else if (is_left_behind(build, row, *output, *source))
          left.push_back(source);
        else
          described.push_back(source);
      }
      for (const Family* source : described) pair_up(build, row, *output, *source);
      if (!described.empty()) continue;
      if (!changed.empty())
        leave_out(build, *output, *changed.front(),
                  "its functions have different handlers or runtimes than those of ");
      else if (!left.empty())
        leave_out(build, *output, *left.front(), "none of its functions is one of ");
    }
    if (row.parts == nullptr) continue;
    for (const Family* source : sources)
      supersede_parts(build, *source, row.parts(build, source->resources));
  }
  supersede_resources(build);
}

void place_in_sources(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.described_twice->twins.size(); ++i) {
    Resource& row = build.stacks.resources[i];
    if (row.superseded) continue;
    if (const ResourceId twin = build.described_twice->twins[i]; twin.exists()) {
      place_in_twin(build, row, build.stacks[twin]);
    } else if (const Construct* made = build.construct(ResourceId{i});
               made != nullptr && made->where.file.exists()) {
      place_at(build, row, made->where);
    }
  }
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i)
    if (const std::string path = construct_path(build, ResourceId{i}); !path.empty())
      build.stacks.resources[i].shown = build.pool.string(path);
  for (Resource& row : build.stacks.resources) {
    if (!row.superseded) continue;
    row.properties = {};
    row.kind = ResourceKind::Other;
  }
}

}  // namespace fnlint::stacks
