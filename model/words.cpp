// One fixed spelling for each enumerator that is ever printed.

#include "model/words.h"

namespace fnlint {

std::string_view word_of(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::Other: return "other";
    case ResourceKind::Function: return "function";
    case ResourceKind::Layer: return "layer";
    case ResourceKind::Version: return "version";
    case ResourceKind::Alias: return "alias";
    case ResourceKind::EventSourceMapping: return "event_source_mapping";
    case ResourceKind::EventInvokeConfig: return "event_invoke_config";
    case ResourceKind::Permission: return "permission";
    case ResourceKind::FunctionUrl: return "function_url";
    case ResourceKind::ScalableTarget: return "scalable_target";
    case ResourceKind::ScalingPolicy: return "scaling_policy";
    case ResourceKind::Bucket: return "bucket";
    case ResourceKind::Queue: return "queue";
    case ResourceKind::Topic: return "topic";
    case ResourceKind::Subscription: return "subscription";
    case ResourceKind::Table: return "table";
    case ResourceKind::Stream: return "stream";
    case ResourceKind::Bus: return "bus";
    case ResourceKind::Rule: return "rule";
    case ResourceKind::Schedule: return "schedule";
    case ResourceKind::Pipe: return "pipe";
    case ResourceKind::StateMachine: return "state_machine";
    case ResourceKind::Api: return "api";
    case ResourceKind::Role: return "role";
    case ResourceKind::Policy: return "policy";
    case ResourceKind::LogGroup: return "log_group";
    case ResourceKind::Parameter: return "parameter";
    case ResourceKind::Secret: return "secret";
    case ResourceKind::Cluster: return "cluster";
    case ResourceKind::Broker: return "broker";
    case ResourceKind::UserPool: return "user_pool";
    case ResourceKind::DeliveryStream: return "delivery_stream";
    case ResourceKind::Stack: return "stack";
    case ResourceKind::CodeSigningConfig: return "code_signing_config";
    case ResourceKind::CapacityProvider: return "capacity_provider";
    case ResourceKind::TopicRule: return "topic_rule";
    case ResourceKind::LayerPermission: return "layer_permission";
  }
  return {};
}

std::string_view word_of(RelationKind kind) {
  switch (kind) {
    case RelationKind::Trigger: return "trigger";
    case RelationKind::Forward: return "forward";
    case RelationKind::FailureForward: return "failure_forward";
    case RelationKind::Grants: return "grants";
    case RelationKind::MayInvoke: return "may_invoke";
    case RelationKind::Provisions: return "provisions";
    case RelationKind::Scales: return "scales";
    case RelationKind::Attaches: return "attaches";
    case RelationKind::Refines: return "refines";
  }
  return {};
}

std::string_view word_of(CodeKind kind) {
  switch (kind) {
    case CodeKind::Unknown: return "unknown";
    case CodeKind::Folder: return "folder";
    case CodeKind::File: return "file";
    case CodeKind::Zip: return "zip";
    case CodeKind::Inline: return "inline";
    case CodeKind::Image: return "image";
    case CodeKind::Remote: return "remote";
  }
  return {};
}

std::string_view word_of(UnknownPart part) {
  switch (part) {
    case UnknownPart::Library: return "library";
    case UnknownPart::Callee: return "callee";
    case UnknownPart::Module: return "module";
    case UnknownPart::Computed: return "computed_import";
    case UnknownPart::Syntax: return "syntax";
  }
  return {};
}

std::string_view word_of(UnresolvedKind kind) {
  switch (kind) {
    case UnresolvedKind::Parameter: return "parameter";
    case UnresolvedKind::Import: return "import";
    case UnresolvedKind::Handler: return "handler";
    case UnresolvedKind::CodeLocation: return "code_location";
    case UnresolvedKind::LayerContent: return "layer_content";
    case UnresolvedKind::RolePolicy: return "role_policy";
    case UnresolvedKind::Intrinsic: return "intrinsic";
    case UnresolvedKind::Include: return "include";
    case UnresolvedKind::TriggerSource: return "trigger_source";
    case UnresolvedKind::CallTarget: return "call_target";
    case UnresolvedKind::CodeLimit: return "code_limit";
    case UnresolvedKind::NotFollowed: return "not_followed";
  }
  return {};
}

std::string_view word_of(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::Trigger: return "trigger";
    case EdgeKind::Effect: return "effect";
    case EdgeKind::Forward: return "forward";
    case EdgeKind::FailureForward: return "failure_forward";
  }
  return {};
}

std::string_view word_of(Language language) {
  switch (language) {
    case Language::Unknown: return "unknown";
    case Language::Python: return "python";
    case Language::JavaScript: return "javascript";
    case Language::Java: return "java";
    case Language::Go: return "go";
    case Language::CSharp: return "csharp";
    case Language::Ruby: return "ruby";
    case Language::Rust: return "rust";
    case Language::Cpp: return "cpp";
  }
  return {};
}

std::string_view word_of(TemplateDialect dialect) {
  switch (dialect) {
    case TemplateDialect::Unknown: return "unknown";
    case TemplateDialect::CloudFormation: return "cloudformation";
    case TemplateDialect::Sam: return "sam";
    case TemplateDialect::CdkProgram: return "cdk-program";
    case TemplateDialect::ServerlessFramework: return "serverless-framework";
    case TemplateDialect::Terraform: return "terraform";
    case TemplateDialect::TerraformPlan: return "terraform-plan";
    case TemplateDialect::LambdaApi: return "lambda-api";
    case TemplateDialect::Chalice: return "chalice";
    case TemplateDialect::HandlerCode: return "code";
  }
  return {};
}

std::string_view word_of(StoreKind kind) {
  switch (kind) {
    case StoreKind::Assign: return "assign";
    case StoreKind::SetIfAbsent: return "set_if_absent";
    case StoreKind::Update: return "update";
    case StoreKind::Append: return "append";
    case StoreKind::PutKey: return "put_key";
    case StoreKind::Remove: return "remove";
    case StoreKind::Clear: return "clear";
    case StoreKind::Delete: return "delete";
  }
  return {};
}

std::string_view word_of(ResidualRead left) {
  switch (left) {
    case ResidualRead::Unknown: return "unknown";
    case ResidualRead::NotRead: return "not_read";
    case ResidualRead::OnlyKept: return "only_kept";
    case ResidualRead::Replaced: return "replaced";
    case ResidualRead::Perhaps: return "perhaps";
    case ResidualRead::Merged: return "merged";
    case ResidualRead::Read: return "read";
  }
  return {};
}

std::string_view word_of(ImportUse use) {
  switch (use) {
    case ImportUse::Never: return "never";
    case ImportUse::Unseen: return "unseen";
    case ImportUse::SomePaths: return "some_paths";
    case ImportUse::EveryPath: return "every_path";
  }
  return {};
}

}  // namespace fnlint
