// Parts of ARNs, addresses and URIs: names, kinds and qualifiers, also where some of it is unknown.
#pragma once

#include "model/resources.h"
#include "values/compute.h"

#include <functional>
#include <string>
#include <string_view>

namespace fnlint {

// A text in which {Name} stands for a value.
ValueId filled_pattern(ValuePool& pool, std::string_view pattern,
                       const std::function<ValueId(std::string_view name)>& fill);

// The literal parts of a text in their order, each run of holes as one kSkeletonHole: what two
// names that are built alike have in common.
inline constexpr char kSkeletonHole = '\x01';
std::string skeleton_of(const ValuePool& pool, ValueId name);
// Whether a pattern has this one, without making its own: it is asked of all names of a kind.
bool has_skeleton(const ValuePool& pool, ValueId pattern, std::string_view skeleton);

// The name inside an ARN, a queue's URL or an "s3://" address, without what follows a bucket's,
// table's or function's name; the value itself where it is none of these.
ValueId name_in(ValuePool& pool, ValueId value, ResourceKind kind);

// What follows a function's name: the alias or version in "name:live", "${Function.Arn}:live". No
// id: nothing does. $LATEST is nothing.
ValueId qualifier_in(ValuePool& pool, ValueId value);

// The kind of resource that an ARN speaks of; Other where the value is no ARN of a known kind.
ResourceKind kind_of_arn(ValuePool& pool, ValueId value);

// The function's ARN or name inside an API integration's URI; the value itself where it is no such
// URI.
ValueId function_in_uri(ValuePool& pool, ValueId value);

// What an address of an object names inside its bucket: the key of "s3://bucket/key". Any other
// value as it is.
ValueId key_in_address(ValuePool& pool, ValueId value);

// What an address on this machine names by a parameter of its query: "orders" of
// "http://localhost:2773/secretsmanager/get?secretId=orders". No id: it is another address, or the
// path is another one.
ValueId named_in_query(ValuePool& pool, ValueId address, std::string_view path,
                       std::string_view parameter);

}  // namespace fnlint
