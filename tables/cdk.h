#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What the libraries of the AWS CDK make of the calls of a program, from data/cdk_constructs.yaml:
// constant data, as all of tables.h. The file says what the words of its rules mean.
namespace fnlint {

enum class CdkStepKind : std::uint8_t {
  Make,      // path: the id below the construct; value: type; subject: what it is called from here
  Set,       // subject: of which resource; path; value
  Metadata,  // the same, of the resource's metadata
  Field,     // path: of this object; value
  Attach,    // value: what is attached; subject: as what; path: to what, if not to this
  Grant,     // subject: to whom; path: actions; value: resources, separated by ';'
  If,        // value: up to End only where it is given ...
  Unless,    // ... or is not given
  End,
  Gives,   // value: what the call gives
  Let,     // path: a name; value: what it stands for from here on
  Like,    // path: a class whose rule holds for this too; value: the properties that it is given
  Each,    // path: a rule of a call, applied to each entry of the value: its name and itself
  Permit,  // value: what SST's functions are permitted, in its own words
};
struct CdkStep {
  CdkStepKind kind{};
  std::string_view subject = {}, path = {}, value = {};
};
enum class CdkUse : std::uint8_t { New, Call, Get, Attach };
struct CdkRule {
  CdkUse use{};
  std::string_view path = {};  // "awss3.Bucket.addEventNotification": as cdk_path() gives it
  std::span<const std::string_view> takes = {};  // the names of its arguments
  std::span<const CdkStep> steps = {};
};
// Sorted by use and path.
std::span<const CdkRule> cdk_rules();
const CdkRule* find_cdk_rule(CdkUse use, std::string_view path);

struct CdkClass {
  std::string_view path = {}, base = {};
};
const CdkClass* find_cdk_class(std::string_view path);  // one that extends another

struct CdkValue {  // of an enumeration
  std::string_view path = {}, text = {};
};
const CdkValue* find_cdk_value(std::string_view path);
bool has_cdk_values(std::string_view path);  // of the enumeration

struct CdkService {  // "kendra" is "Kendra" in CloudFormation's types
  std::string_view module = {}, name = {};
};
const CdkService* find_cdk_service(std::string_view module);

struct CdkAttribute {
  std::string_view key = {};  // "AWS::S3::Bucket.bucketArn"
  std::string_view attribute = {};
};
const CdkAttribute* find_cdk_attribute(std::string_view key);

struct CdkName {  // of a property of an L1 construct, where the CDK's words are not CloudFormation's
  std::string_view written = {}, name = {};
};
const CdkName* find_cdk_name(std::string_view written);

// Something that the CDK's own library brings: a part of a construct's path, or how a logical id
// begins.
struct CdkHelper {
  std::string_view begin = {}, end = {};
  bool is_id = false;
};
std::span<const CdkHelper> cdk_helpers();

// Constructs of pattern libraries that call the function which they are given, and add nothing to
// its role or variables: how their paths end.
std::span<const std::string_view> cdk_callers();
// Aspects and calls of libraries that change no role: parts of their paths ("*": how they end).
std::span<const std::string_view> cdk_inert();
// Functions of languages that change nothing: their paths.
std::span<const std::string_view> cdk_inert_functions();

}  // namespace fnlint
