#pragma once
#include <aws/s3/S3Client.h>
#include <aws/s3/model/PutObjectRequest.h>
#include <map>
#include <string>

// What the functions of the shop have in common.
#define SHOP_REMEMBER(where, what) (where).emplace_back(what)
#define SHOP_BUCKET std::getenv("BUCKET")

namespace shop {

using ObjectStore = Aws::S3::S3Client;

inline std::vector<std::string> names;

template <class Client>
class Uploader {
 public:
  void put(std::string const& bucket, std::string const& key) {
    Aws::S3::Model::PutObjectRequest request;
    request.WithBucket(bucket).WithKey(key);
    client_.PutObject(request);
  }

 private:
  Client client_;
};

}  // namespace shop
