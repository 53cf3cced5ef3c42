#include <aws/core/Aws.h>
#include <aws/core/utils/json/JsonSerializer.h>
#include <aws/lambda-runtime/runtime.h>
#include <shop/uploader.h>

using namespace aws::lambda_runtime;

static shop::Uploader<shop::ObjectStore> uploader;

static invocation_response handler(invocation_request const& req) {
  Aws::Utils::Json::JsonValue json(req.payload);
  auto records = json.View().GetArray("Records");
  for (size_t i = 0; i < records.GetLength(); ++i) {
    auto key = records[i].GetObject("s3").GetObject("object").GetString("key");
    SHOP_REMEMBER(shop::names, key);
    uploader.put(SHOP_BUCKET, "small/" + key);
  }
  return invocation_response::success("ok", "text/plain");
}

int main() {
  Aws::SDKOptions options;
  Aws::InitAPI(options);
  run_handler(handler);
  Aws::ShutdownAPI(options);
}
