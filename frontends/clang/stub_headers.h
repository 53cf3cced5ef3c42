// Stand-ins for headers that are not in the project, so that its sources parse without them.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace fnlint {

// Small headers in the place of the standard library's, the Lambda runtime's and the SDK's, so that
// files mean the same on every machine and nothing outside of the project is read. They declare
// what names and types need, loosely: a function takes anything. What the SDK has for a service is
// made from what the file asks for: its client, its model classes and their setters follow one
// pattern, so that no list of them is kept.
class StubHeaders {
 public:
  // Adds what a file of the project asks for: includes, calls of members, paths of `Aws::`.
  void ask(std::string_view text);
  // `path` as it is included: "string", "aws/s3/S3Client.h".
  [[nodiscard]] static bool exists(std::string_view path);
  [[nodiscard]] std::string text(std::string_view path) const;

 private:
  [[nodiscard]] std::string object() const;
  [[nodiscard]] std::string service(std::string_view path) const;
  [[nodiscard]] std::string space_of(std::string_view folder) const;

  std::set<std::string, std::less<>> methods_ = {};  // called on something
  std::set<std::string, std::less<>> spaces_ = {};   // X of Aws::X
  std::set<std::string, std::less<>> members_ = {};  // "BucketCannedACL::private_"
};

// stub_standard.cpp, stub_sdk.cpp
extern const std::string_view kStandardStub, kRuntimeStub, kSdkStub;

}  // namespace fnlint
