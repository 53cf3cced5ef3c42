#include "shop/store.h"
using namespace shop;
namespace {
struct Publisher {
  Aws::SNS::SNSClient client;
  void send(std::string const& text) {
    Aws::SNS::Model::PublishRequest request;
    request.SetTopicArn(SHOP_ENV(TOPIC));
    request.SetMessage(text);
    client.Publish(request);
  }
};
Publisher& publisher() {
  static Publisher one;
  return one;
}
rt::invocation_response handle(rt::invocation_request const& req) {
  each_record(req, [](auto const& record) { publisher().send(record.GetString("body")); });
  return rt::invocation_response::success("ok", "text/plain");
}
}
SHOP_HANDLER(handle)
