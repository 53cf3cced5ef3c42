// The names that policies have beside those of properties, one row each.

#include "policies/attributes.h"

#include "policies/reach.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr auto kResource = ItemType::Resource;
constexpr auto kValue = ItemType::Value;
constexpr auto kTrigger = ItemType::Trigger;
constexpr auto kStatement = ItemType::Statement;
constexpr auto kEffect = ItemType::Effect;
constexpr auto kImport = ItemType::Import;
constexpr auto kScalar = ItemType::Scalar;
constexpr std::array kAttributes{
    Attribute{"name", kResource, kScalar, false, "", "its logical id, or address", reach::name},
    Attribute{"type", kResource, kScalar, false, "",
              "CloudFormation's type, whatever tool it is written for", reach::type},
    Attribute{"kind", kResource, kScalar, false, "", "its kind, as `resource` names it",
              reach::kind},
    Attribute{"tool", kResource, kScalar, false, "",
              "the template's: cloudformation, sam, terraform ...", reach::tool},
    Attribute{"generated", kResource, kScalar, false, "",
              "whether a transform makes it, and nobody wrote it", reach::generated},
    Attribute{"on_deletion", kResource, kScalar, false, "",
              "what becomes of it with its stack, where CloudFormation's DeletionPolicy or CDK's "
              "removalPolicy says so: Delete, Retain, Snapshot",
              reach::on_deletion},
    Attribute{"declared", kResource, kScalar, false, "",
              "whether a template of the run declares it; if not, nothing else of it is known",
              reach::declared},
    Attribute{"physical_name", kResource, kValue, false, "",
              "the name that the template gives it; absent where the platform makes one",
              reach::physical_name},
    Attribute{"refers_to", kResource, kResource, true, "", "the resources in its properties",
              reach::refers_to},
    Attribute{"referred_by", kResource, kResource, true, "",
              "the resources in whose properties it stands", reach::referred_by},
    Attribute{"others", kResource, kResource, true, "",
              "the other resources of its template, whether or not it is known what they name",
              reach::others},
    Attribute{"functions", kResource, kResource, true, "",
              "the functions that it triggers, configures, lets be invoked or is the role of",
              reach::functions},
    Attribute{"function", kResource, kResource, false, "", "the same where it is one, else unknown",
              reach::function},
    Attribute{"source", kResource, kResource, false, "event_source_mapping",
              "the queue, stream or table that it reads", reach::source},
    Attribute{"timeout", kResource, kValue, false, "function",
              "seconds, with the platform's default", reach::timeout},
    Attribute{"memory", kResource, kValue, false, "function", "MB, with the platform's default",
              reach::memory},
    Attribute{"language", kResource, kScalar, false, "function", "of its code: python, java ...",
              reach::language},
    Attribute{"image", kResource, kScalar, false, "function", "whether it is a container image",
              reach::image},
    Attribute{"built_image", kResource, kScalar, false, "function",
              "whether what deploys it builds its image, and gives each its tag: `sam build` by "
              "Metadata, the Serverless Framework by `path`",
              reach::built_image},
    Attribute{"code_by_scripts", kResource, kScalar, false, "function",
              "whether a script or pipeline of the project may update its code beside the template",
              reach::code_by_scripts},
    Attribute{"edge", kResource, kScalar, false, "function",
              "whether CloudFront runs it at the edge: a distribution names it, or its role trusts "
              "edgelambda.amazonaws.com",
              reach::edge},
    Attribute{"inline_code", kResource, kScalar, false, "function",
              "whether its code stands in the template", reach::inline_code},
    Attribute{"role", kResource, kResource, false, "function", "its execution role", reach::role},
    Attribute{"aliases", kResource, kResource, true, "function", "its aliases", reach::aliases},
    Attribute{"versions", kResource, kResource, true, "function", "its versions", reach::versions},
    Attribute{"urls", kResource, kResource, true, "function", "its function URLs", reach::urls},
    Attribute{"invoke_configs", kResource, kResource, true, "function",
              "its settings for asynchronous invocation", reach::invoke_configs},
    Attribute{"mappings", kResource, kResource, true, "function", "its event source mappings",
              reach::mappings},
    Attribute{"permissions", kResource, kResource, true, "function", "who may invoke it",
              reach::permissions},
    Attribute{"triggers", kResource, kTrigger, true, "function", "what invokes it",
              reach::triggers},
    Attribute{"layers", kResource, kResource, true, "function", "its layers", reach::layers},
    Attribute{"archive_of_several", kResource, kScalar, false, "function",
              "whether functions of other runtimes are given the same archive by its path",
              reach::archive_of_several},
    Attribute{"alarms", kResource, kResource, true, "function|queue|topic|table|stream",
              "the CloudWatch alarms that name it", reach::alarms},
    Attribute{"log_groups", kResource, kResource, true, "function",
              "the log group that it writes to", reach::log_groups},
    Attribute{"effects", kResource, kEffect, true, "function",
              "what its code does to the world: calls of services", reach::effects},
    Attribute{"imports", kResource, kImport, true, "function", "the packages that it loads at init",
              reach::imports},
    Attribute{"code_read", kResource, kScalar, false, "function",
              "whether its code was found and followed as a whole", reach::code_read},
    Attribute{"code_found", kResource, kScalar, false, "function", "whether its handler was found",
              reach::code_found},
    Attribute{"package_bytes", kResource, kScalar, false, "function", "its code's size, unzipped",
              reach::package_bytes, kNeedsPackages},
    Attribute{"statements", kResource, kStatement, true, "role",
              "all that its policies say, wherever they are written", reach::statements},
    Attribute{"resource", kValue, kResource, false, "", "the resource that the value refers to",
              reach::resource},
    Attribute{
        "gives", kValue, kScalar, false, "",
        "of a reference to a resource: name, arn, url or id, or the attribute that it asks for",
        reach::gives},
    Attribute{"rest", kValue, kScalar, false, "",
              "of a text that begins with a reference: what stands behind it", reach::rest},
    Attribute{"text_hashed", kValue, kValue, false, "",
              "of a hash that Terraform computes of a text, as base64sha256(): that text",
              reach::text_hashed},
    Attribute{"by_default", kValue, kScalar, false, "",
              "of a property: whether the call of a Terraform module leaves it to the default of "
              "the module's variable, or a service to that of the Serverless Framework",
              reach::by_default},
    Attribute{"replaceable", kValue, kScalar, false, "",
              "of a property: whether it is the default of an input, in whose place a deployment "
              "may give another",
              reach::replaceable},
    Attribute{"limits_callers", kValue, kScalar, false, "",
              "of a Condition of IAM: whether it names who may call, by account, organization, "
              "source or network",
              reach::limits_callers},
    Attribute{"keys", kValue, kScalar, true, "",
              "the names in a map, or in a list of Key and Value", reach::keys},
    Attribute{"kind", kTrigger, kScalar, false, "", "the kind of its source", reach::trigger_kind},
    Attribute{"source", kTrigger, kResource, false, "", "what sends the events",
              reach::trigger_source},
    Attribute{"function", kTrigger, kResource, false, "", "what is invoked",
              reach::trigger_function},
    Attribute{"declared_by", kTrigger, kResource, false, "",
              "the mapping, rule or subscription, where it is a resource of its own",
              reach::trigger_by},
    Attribute{"invocation", kTrigger, kScalar, false, "", "synchronous, asynchronous or polled",
              reach::trigger_invocation},
    Attribute{"batch_failures", kTrigger, kScalar, false, "",
              "whether the function reports the failed items of a batch", reach::trigger_failures},
    Attribute{"qualifier", kTrigger, kScalar, false, "", "the alias or version that is invoked",
              reach::trigger_qualifier},
    Attribute{"effect", kStatement, kScalar, false, "", "Allow or Deny", reach::effect_word},
    Attribute{"actions", kStatement, kValue, true, "", "its actions", reach::actions},
    Attribute{"limitable", kStatement, kValue, true, "",
              "those of its actions that can be allowed on some resources alone, but for what the "
              "platform needs for networks and logs",
              reach::limitable},
    Attribute{"resources", kStatement, kValue, true, "", "its resources", reach::resources},
    Attribute{"actions_on_all", kStatement, kValue, true, "",
              "those of its actions that read, change or start all of a kind in the account, as "
              "every parameter, secret or table",
              reach::actions_on_all},
    Attribute{"whole_kinds", kStatement, kValue, true, "",
              "those of its resources that are all of a kind, for one of its actions",
              reach::whole_kinds},
    Attribute{"inverted", kStatement, kScalar, false, "",
              "whether it says NotAction or NotResource", reach::inverted},
    Attribute{"conditional", kStatement, kScalar, false, "", "whether it has a Condition",
              reach::conditional},
    Attribute{"generated", kStatement, kScalar, false, "", "whether a tool adds it",
              reach::statement_generated},
    Attribute{"written", kStatement, kScalar, false, "",
              "whether its actions are written, and not what the name of a policy or a method "
              "stands for",
              reach::statement_written},
    Attribute{"role", kStatement, kResource, false, "", "the role", reach::statement_role},
    Attribute{"operation", kEffect, kScalar, false, "", "\"s3.PutObject\", \"http.Request\" ...",
              reach::operation},
    Attribute{"service", kEffect, kScalar, false, "", "\"s3\", \"http\" ...", reach::service},
    Attribute{"target", kEffect, kResource, false, "", "the resource that it is done to",
              reach::target},
    Attribute{"target_value", kEffect, kValue, false, "", "its name, address or ARN in the code",
              reach::target_value},
    Attribute{"arguments", kEffect, kValue, false, "",
              "what is given to it, by the operation's names: `arguments.Limit`", reach::arguments},
    Attribute{"in_loop", kEffect, kScalar, false, "", "whether each round of a loop does it again",
              reach::in_loop},
    Attribute{"at_once", kEffect, kScalar, false, "", "whether several of it run at once",
              reach::at_once},
    Attribute{"once", kEffect, kScalar, false, "",
              "whether what an earlier round or invocation got of it is kept and asked for first",
              reach::once},
    Attribute{"failure", kEffect, kScalar, false, "",
              "what becomes of its error: dropped, answered, or it passes to the runtime",
              reach::failure},
    Attribute{"ends_loop", kEffect, kScalar, false, "",
              "whether its error is answered around a loop that it stands in, and so ends it",
              reach::ends_loop},
    Attribute{"permission", kEffect, kScalar, false, "", "allowed or missing, by the role",
              reach::permission},
    Attribute{"name", kImport, kScalar, false, "", "\"pandas\"", reach::import_name},
};

}  // namespace

std::span<const Attribute> attributes() { return kAttributes; }

const Attribute* find_attribute(ItemType of, std::string_view name) {
  const auto found = std::ranges::find_if(
      kAttributes, [&](const Attribute& row) { return row.of == of && row.name == name; });
  return found == kAttributes.end() ? nullptr : &*found;
}

std::string_view word_of(ItemType type) {
  switch (type) {
    case ItemType::Resource: return "a resource";
    case ItemType::Value: return "a value";
    case ItemType::Trigger: return "a trigger";
    case ItemType::Statement: return "a statement";
    case ItemType::Effect: return "an effect";
    case ItemType::Import: return "an import";
    case ItemType::Scalar: return "a plain value";
  }
  return "";
}

}  // namespace fnlint
