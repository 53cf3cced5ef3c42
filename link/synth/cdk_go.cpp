// The CDK as programs in Go name it: jsii's names of packages and members.
#include "core/characters.h"
#include "core/text.h"
#include "link/synth/cdk_app.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint::cdk {

namespace {

constexpr std::string_view kCdk = "github.com/aws/aws-cdk-go/";
constexpr std::string_view kConstructsModule = "github.com/aws/constructs-go/constructs.";

// "NewFunction", not "News".
bool makes(std::string_view name) {
  return name.starts_with("New") && name.size() > 3 && is_upper(name[3]);
}

// "NODEJS_18_X": a constant of its class, which Go calls.
bool is_constant(std::string_view name) {
  return !name.empty() && is_upper(name[0]) && std::none_of(name.begin(), name.end(), is_lower);
}

// "Code.fromAsset" of "Code_FromAsset", "CfnSchedule.TargetProperty" of
// "CfnSchedule_TargetProperty", "Function" of "NewFunction".
std::string member_path(std::string_view name) {
  if (makes(name)) {
    name.remove_prefix(3);
    if (name.ends_with("_Override")) name.remove_suffix(9);
  }
  const std::size_t bar = name.find('_');
  const bool is_parted = name.find('.') != std::string_view::npos;
  if (is_parted || bar == std::string_view::npos || bar + 1 >= name.size())
    return std::string(name);
  std::string member(name.substr(bar + 1));
  if (!is_constant(member) && !member.ends_with("Property") && !member.ends_with("Props"))
    member[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(member[0])));
  return cat(name.substr(0, bar), '.', member);
}

// Where the package's path ends and its member begins.
std::size_t member_dot(std::string_view library) {
  const std::size_t slash = library.rfind('/');
  return library.find('.', slash == std::string_view::npos ? 0 : slash);
}

}  // namespace

std::string go_cdk_path(std::string_view library) {
  if (library.starts_with(kConstructsModule))
    return member_path(library.substr(kConstructsModule.size()));
  if (!library.starts_with(kCdk)) return {};
  const std::size_t dot = member_dot(library);
  if (dot == std::string_view::npos) return {};
  const std::string member = member_path(library.substr(dot + 1));
  std::string package(library.substr(kCdk.size(), dot - kCdk.size()));
  if (package == "awscdk") return member;
  if (package.starts_with("awscdk/")) {
    package.erase(0, 7);
  } else if (package.starts_with("awscdk")) {  // awscdklambdagoalpha
    package.replace(0, 6, "aws");
    if (package.ends_with("alpha")) package.resize(package.size() - 5);
  }
  return cat(replace_all(package, "/", "."), '.', member);
}

// NewThing(scope, id, props): of libraries that are not the CDK's, where it is given a scope.
bool CdkApp::go_constructs(const LibraryUse& use) const {
  const std::size_t dot = member_dot(use.path);
  if (dot == std::string::npos || !makes(std::string_view(use.path).substr(dot + 1))) return false;
  if (!cdk_path(use.path).empty()) return true;
  return !use.arguments.given.empty() &&
         addresses_.contains(p_->settled(use.arguments.given[0].value).index);
}

// What is no construct: pointers, lists of pointers, structs of properties, constants.
DatumId CdkApp::go_value(const LibraryUse& use) {
  if (use.language != Language::Go || use.receiver.exists()) return {};
  const std::size_t dot = member_dot(use.path);
  if (dot == std::string::npos) return {};
  const std::string_view package = std::string_view(use.path).substr(0, dot);
  const std::string_view name = std::string_view(use.path).substr(dot + 1);
  // Structs of other libraries may be filled from values that are known, too.
  if (use.constructs) return p_->record(use.arguments.given, use.arguments.open);
  const bool is_jsii = package == "github.com/aws/jsii-runtime-go";
  if (is_jsii || package == "github.com/aws/aws-sdk-go/aws" ||
      package == "github.com/aws/aws-sdk-go-v2/aws") {
    static constexpr std::array<std::string_view, 5> kLists{"Strings", "Numbers", "Bools",
                                                            "PtrSlice", "StringSlice"};
    if (name == "Sprintf") return p_->printed(use.arguments);
    if (name == "Close") return p_->absent();
    const bool is_list = std::ranges::find(kLists, name) != kLists.end();
    if (is_list && name != "StringSlice") return p_->list(use.arguments.given, use.arguments.open);
    if (!use.arguments.given.empty()) return p_->settled(use.arguments.given[0].value);
    return {};
  }
  const std::size_t bar = name.find('_');
  if (bar == std::string_view::npos || !use.arguments.given.empty() || cdk_path(use.path).empty() ||
      !is_constant(name.substr(bar + 1)))
    return {};
  return p_->member(p_->library(std::string(use.path.substr(0, dot + 1 + bar))),
                    name.substr(bar + 1));
}

}  // namespace fnlint::cdk
