#pragma once
#include "shop/aws.h"
#define COMMA ,
#include <map>
#include <vector>
namespace shop {
class Store {
 public:
  static Store& instance();
  void save(std::string const& key, std::string const& body);
  void remember(std::string const& user);
 private:
  StorePtr client_ = std::make_unique<s3::S3Client>();
  std::vector<std::string> users_;
  SHOP_FIELD(std::map<std::string COMMA std::string>, tags)
};
template <class F> void each_record(rt::invocation_request const& req, F&& f) {
  Json json(req.payload);
  auto records = json.View().GetArray("Records");
  for (unsigned i = 0; i < records.GetLength(); ++i) f(records[i]);
}
}
