// The linked stacks for people and tests.
#pragma once

#include "model/resources.h"
#include "values/pool.h"

#include <string>

namespace fnlint {

// Stacks in words, one line for each row, in their order:
//   stack "" SAM
//   resource Thumbs: function AWS::Serverless::Function, named acme-thumbs, if Stage is prod
//   property Thumbs Code (CodeUri) = "src/"
//   trigger Uploads -> Thumbs, {events: ["s3:ObjectCreated:*"]}, asynchronous
//   statement ThumbsRole allows "s3:GetObject" on "arn:${AWS::Partition}:s3:::${Uploads}/*"
//   function Thumbs: "app.handler", "python3.13", role ThumbsRole, folder src
// Addresses of nested stacks have their stacks before them: "Child/Thumbs".
std::string stacks_text(const ValuePool& pool, const Stacks& stacks);

// One value in full: "~" behind what a deployment may replace, "?" before what is not known.
std::string value_text(const ValuePool& pool, ValueId value);
// "if Stage is prod and condition Big holds"; empty for always.
std::string guard_text(const ValuePool& pool, GuardId guard);

std::string_view kind_name(ResourceKind kind);      // "function", "state machine"
std::string_view relation_name(RelationKind kind);  // "trigger", "failure forward"
// The resource's address with the nested stacks that it lies in.
std::string full_address(const ValuePool& pool, const Stacks& stacks, ResourceId id);

}  // namespace fnlint
