// Fills holes with environment variables, names and ARNs of triggering resources, and the context;
// and decides which requests can take a path.

#include "link/effects/function_scope.h"

#include "core/text.h"
#include "link/effects/event_content.h"
#include "link/stacks/names.h"
#include "tables/known.h"
#include "tables/templates.h"
#include "values/presence.h"
#include "values/request_data.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace fnlint {

namespace {

// Fields of an event that name its source, by the source's kind.
struct SourceField {
  ResourceKind kind;
  std::string_view path;
  std::string_view attribute;  // of the source; "" is what Ref gives
};
constexpr SourceField kSourceFields[] = {
    {ResourceKind::Bucket, "Records[].s3.bucket.name", ""},
    {ResourceKind::Bucket, "Records[].s3.bucket.arn", "Arn"},
    {ResourceKind::Bucket, "detail.bucket.name", ""},
    {ResourceKind::Bucket, "detail.requestParameters.bucketName", ""},
    {ResourceKind::Queue, "Records[].eventSourceARN", "Arn"},
    {ResourceKind::Topic, "Records[].Sns.TopicArn", ""},
    {ResourceKind::Stream, "Records[].eventSourceARN", "Arn"},
    {ResourceKind::Table, "Records[].eventSourceARN", "StreamArn"},
};

// What asks for parts of a text.
constexpr std::string_view kTakesApart[] = {
    "split",        "rsplit",     "split_n",        "partition", "rpartition",
    "cut",          "cut_prefix", "cut_suffix",     "replace",   "strip_prefix",
    "strip_suffix", "part",       "part_of_length", "basename",  "path_parse"};

bool is_method_of_request(const ValuePool& pool, ValueId id) {
  return pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event && pool[id].ref == 0 &&
         is_one_of(known::request_methods(), pool.text(id));
}

}  // namespace

ValueId written_arn(ValuePool& pool, const Stacks& stacks, ValueId value) {
  if (!pool.is(value, ValueKind::Reference)) return {};
  const ResourceId id{static_cast<std::uint32_t>(pool[value].ref)};
  const std::string attribute(pool.text(value));
  const bool is_arn = attribute.ends_with("Arn") || attribute.ends_with("ARN") ||
                      (attribute.empty() && stacks[id].kind == ResourceKind::Topic);
  const ResourceType* type = is_arn ? find_resource_type(pool[stacks[id].type]) : nullptr;
  if (type == nullptr || type->arn.empty()) return {};
  const ValueId named = stacks[id].physical_name;
  const bool is_named = named.exists() && !pool.is(named, ValueKind::Absent);
  const ValueId arn = arn_with_name(pool, *type, is_named ? named : pool.reference(id, "Name"));
  if (attribute != "StreamArn" || stacks[id].kind != ResourceKind::Table) return arn;
  const std::array parts{arn, pool.text_value("/stream/"),
                         pool.hole(Origin::Outside, "stream label", id.index)};
  return pool.concat(parts);
}

RequestOfMethod::RequestOfMethod(ValuePool& pool, std::string method)
    : substitution{.leaf =
                       [&pool, method = std::move(method)](ValueId hole) {
                         return is_method_of_request(pool, hole) ? pool.text_value(method)
                                                                 : ValueId{};
                       },
                   .recompute = {}},
      settled(pool, substitution) {}

FunctionScope::FunctionScope(Engine& engine, const Stacks& stacks, const DeclaredFunction& function,
                             const RelationsTo& relations, const RequestRoutes& routes)
    : engine_(engine),
      pool_(engine.pool()),
      stacks_(stacks),
      function_(function),
      relations_(relations),
      settling_{.leaf = [this](ValueId hole) { return leaf(hole); },
                .recompute =
                    [this](std::string_view name, std::span<const ValueId> operands) {
                      return recompute(name, operands);
                    },
                .concerns = &ValuePool::waits},
      settling_tests_(settling_tests([](ValueId) { return ValueId{}; })),
      settled_(pool_, settling_),
      settled_tests_(pool_, settling_tests_) {
  std::ranges::copy_if(relations[function.resource], std::back_inserter(triggers_),
                       [](const Relation* one) { return one->kind == RelationKind::Trigger; });
  note_methods(routes);
}

void FunctionScope::note_methods(const RequestRoutes& routes) {
  std::set<std::string> methods;
  for (const Relation* const trigger : triggers_) {
    const std::vector<RequestRoute> of_trigger = routes.of(*trigger);
    if (of_trigger.empty()) return;
    for (const RequestRoute& route : of_trigger) {
      if (route.method.empty()) return;
      methods.insert(route.method);
    }
  }
  for (const std::string& method : methods)
    requests_.push_back(std::make_unique<RequestOfMethod>(pool_, method));
}

bool FunctionScope::asks_method(ValueId test) {
  const auto [known, is_new] = asks_method_.try_emplace(test);
  if (is_new && has_origin(pool_, test, Origin::Event))
    for_each_below(pool_, test, [&](ValueId id) {
      if (is_method_of_request(pool_, id)) known->second = true;
    });
  return known->second;
}

bool FunctionScope::may_be_requested(const FactSet& holds) {
  if (requests_.empty()) return true;
  FactSet asking;
  for (const Fact& fact : holds)
    if (asks_method(fact.test)) asking.push_back(fact);
  return asking.empty() ||
         std::ranges::any_of(requests_, [&](const std::unique_ptr<RequestOfMethod>& request) {
           return std::ranges::none_of(asking, [&](const Fact& fact) {
             const Answer answer = truth(pool_, request->settled(fact.test));
             return answer == (fact.holds ? Answer::No : Answer::Yes);
           });
         });
}

ValueId FunctionScope::environment(std::string_view name) const {
  // What its build has written there stands for the variable, whoever sets that. The build's own
  // settings are not read.
  for (const auto& [method, variable, value] : known::variables_of_builds())
    if (variable == name && method == function_.code.build_method)
      return pool_.with_uncertainty(pool_.text_value(std::string(value)), kHeuristic);
  const Property* variable =
      find_property(pool_, stacks_, function_.resource, cat("Environment.Variables.", name));
  if (variable != nullptr) return variable->value;
  if (name == "LAMBDA_TASK_ROOT") return pool_.text_value("/var/task");
  if (name.starts_with("Resource."))
    if (const Property* linked =
            find_property(pool_, stacks_, function_.resource, cat("Linked.", name.substr(9))))
      return linked->value;
  if (name == "AWS_LAMBDA_FUNCTION_NAME") return pool_.reference(function_.resource, "");
  if (name == "AWS_REGION" || name == "AWS_DEFAULT_REGION")
    return pool_.hole(Origin::Pseudo, "AWS::Region");
  return {};
}

// What the resource passes on that comes from one of the kind, itself included.
std::vector<ResourceId> FunctionScope::sources_behind(ResourceId first, ResourceKind kind,
                                                      bool itself) const {
  constexpr std::size_t kHops = 3;
  std::vector<ResourceId> found, level{first};
  for (std::size_t hop = 0; hop <= kHops && !level.empty(); ++hop) {
    std::vector<ResourceId> next;
    for (const ResourceId at : level) {
      const bool counts = stacks_[at].kind == kind && (itself || hop > 0);
      if (counts && std::ranges::find(found, at) == found.end()) found.push_back(at);
      for (const Relation* const forward : relations_[at])
        if (forward->kind == RelationKind::Forward && forward->from.exists())
          next.push_back(forward->from);
    }
    level = std::move(next);
  }
  return found;
}

ValueId FunctionScope::event_source(std::string_view path) const {
  std::vector<Alternative> sources;
  const std::string_view inner = path_inside(path);
  const bool is_inside = inner.size() != path.size();
  for (const SourceField& field : kSourceFields) {
    if (field.path != inner) continue;
    for (const Relation* trigger : triggers_) {
      if (!trigger->from.exists()) continue;
      const bool passes_on = is_inside || (stacks_[trigger->from].kind == ResourceKind::Bus &&
                                           field.kind == ResourceKind::Bucket);
      if (passes_on)
        for (const ResourceId source : sources_behind(trigger->from, field.kind, !is_inside))
          sources.push_back({pool_.reference(source, field.attribute), {}});
      else if (stacks_[trigger->from].kind == field.kind)
        sources.push_back({pool_.reference(trigger->from, field.attribute), {}});
    }
  }
  return sources.empty() ? ValueId{} : pool_.one_of(sources);
}

ValueId FunctionScope::context(std::string_view path) const {
  const std::string field = context_field(path);
  if (field == "functionname") return pool_.reference(function_.resource, "");
  if (field == "invokedfunctionarn") return pool_.reference(function_.resource, "Arn");
  return {};
}

ValueId FunctionScope::leaf(ValueId id) const {
  const Value& value = pool_[id];
  if (value.kind != ValueKind::Hole) return {};
  switch (value.origin) {
    case Origin::Environment: return environment(pool_.text(id));
    case Origin::Event: return value.ref == 0 ? event_source(pool_.text(id)) : ValueId{};
    case Origin::Context: return context(pool_.text(id));
    default: return {};
  }
}

ValueId FunctionScope::recompute(std::string_view name, std::span<const ValueId> operands) {
  if (name == "or_default") {
    const Value& set = pool_[operands[0]];
    const bool is_set = !(set.kind == ValueKind::Hole && set.origin == Origin::Environment) &&
                        set.kind != ValueKind::Absent;
    return is_set ? operands[0] : operands[1];
  }
  if (!operands.empty() && std::ranges::find(kTakesApart, name) != std::end(kTakesApart))
    if (const ValueId arn = written_arn(pool_, stacks_, operands[0]); arn.exists()) {
      std::vector<ValueId> written(operands.begin(), operands.end());
      written[0] = arn;
      return engine_.recompute(name, written, 0);
    }
  const ValueId value = engine_.recompute(name, operands, 0);
  // Whoever is called, a call that comes back is no condition.
  return is_returned(pool_, value) ? pool_.boolean(true) : value;
}

ValueId FunctionScope::settle(ValueId value) { return settled_(value); }

ValueId FunctionScope::settle_test(ValueId test) {
  if (variable_read(pool_, test).exists()) return pool_.boolean(true);
  const ValueId settled = settled_(test);
  const bool is_decided = pool_.is(settled, ValueKind::Bool) || pool_.operands(settled).empty();
  if (!is_decided || !has_origin(pool_, test, Origin::Environment)) return settled;
  return settled_tests_(test);
}

Substitution FunctionScope::settling_tests(std::function<ValueId(ValueId)> unset) {
  return {.leaf =
              [this, unset = std::move(unset)](ValueId hole) {
                const ValueId set = leaf(hole);
                if (!set.exists()) return unset(hole);
                return may_be_left_out(pool_, set) ? pool_.join(set, hole) : set;
              },
          .recompute = settling_.recompute};
}

}  // namespace fnlint
