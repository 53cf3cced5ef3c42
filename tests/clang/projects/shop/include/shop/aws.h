#ifndef SHOP_AWS_H
#define SHOP_AWS_H
#include <aws/core/Aws.h>
#include <aws/core/utils/json/JsonSerializer.h>
#include <aws/lambda-runtime/runtime.h>
#include <aws/s3/S3Client.h>
#include <aws/s3/model/PutObjectRequest.h>
#include <aws/sns/SNSClient.h>
#include <aws/sns/model/PublishRequest.h>
#include <aws/dynamodb/DynamoDBClient.h>
#include <aws/dynamodb/model/PutItemRequest.h>
#include <memory>
#include <optional>
#include <string>

#define SHOP_ENV(name) std::getenv(#name)
#define SHOP_FIELD(type, name) \
 public:                       \
  type& name() { return name##_; } \
 private:                      \
  type name##_;
#define SHOP_HANDLER(function)                                   \
  int main() {                                                   \
    Aws::SDKOptions options;                                     \
    Aws::InitAPI(options);                                       \
    aws::lambda_runtime::run_handler(function);                  \
    Aws::ShutdownAPI(options);                                   \
    return 0;                                                    \
  }

namespace shop {
namespace rt = aws::lambda_runtime;
namespace s3 = Aws::S3;
using Json = Aws::Utils::Json::JsonValue;
using StorePtr = std::unique_ptr<s3::S3Client>;
constexpr const char* kOutput = "resized/";
}
#endif
