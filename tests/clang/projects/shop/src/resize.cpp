#include "shop/store.h"
using namespace shop;
static rt::invocation_response handle(rt::invocation_request const& req) {
  each_record(req, [](auto const& record) {
    auto key = record.GetObject("s3").GetObject("object").GetString("key");
    Store::instance().save(key, "x");
    Store::instance().remember(key);
  });
  return rt::invocation_response::success("ok", "text/plain");
}
SHOP_HANDLER(handle)
