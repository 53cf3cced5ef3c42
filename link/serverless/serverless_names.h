#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint::stacks {

// How the Serverless Framework makes logical ids (lib/plugins/aws/lib/naming.js).

// A function's, layer's or authorizer's name in a logical id: "resize-big" is "ResizeDashbig".
std::string normal_name(std::string_view name);
// Letters and digits alone, the first one large: of buckets, topics, queues.
std::string normal_word(std::string_view name);
// The path of an API's resource: "users/{id}" is "UsersIdVar".
std::string normal_path_name(std::string_view path);
// "GET" is "Get".
std::string normal_method(std::string_view method);
// The key of a websocket's route: "$connect" is "Sconnect".
std::string normal_route(std::string_view route);

// "{function}LambdaPermission{source}S3" with its parts put in; a part that is not given is empty.
std::string filled_name(std::string_view form,
                        std::span<const std::pair<std::string_view, std::string>> parts);

}  // namespace fnlint::stacks
