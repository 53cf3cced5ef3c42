#include "shop/store.h"
namespace shop {
Store& Store::instance() {
  static Store store;
  return store;
}
void Store::save(std::string const& key, std::string const& body) {
  s3::Model::PutObjectRequest request;
  request.SetBucket(SHOP_ENV(BUCKET));
  request.SetKey(kOutput + key);
#ifdef SHOP_DRY_RUN
  (void)body;
#else
  client_->PutObject(request);
#endif
}
void Store::remember(std::string const& user) { users_.push_back(user); }
}
