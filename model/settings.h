// The thresholds and lists that a configuration may set for the rules, with their defaults and
// limits.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Days since 1970-01-01.
using Day = std::int32_t;

// What checks may compare with: the date and every threshold.
struct Settings {
  Day today = 0;
  std::int64_t init_import_ms = 300;
  std::int64_t init_import_mb = 50;
  std::int64_t init_total_ms = 1000;
  std::int64_t init_unused_ms = 5;
  std::int64_t package_bytes = 262'144'000;
  std::int64_t package_warn_percent = 100;  // 100: off
  std::int64_t runtime_soon_days = 180;
  std::int64_t account_concurrency = 1000;
  std::int64_t secrets_rotate = 0;  // 1: every secret is taken to be rotated
  std::int64_t log_retention_days = 365;
  std::int64_t private_apis = 0;                 // 1: APIs have to be private
  std::int64_t timeout_max = 0, memory_max = 0;  // seconds, MB; 0: any
  // Empty: any, but for the accounts, of which then only those are known that templates name.
  std::vector<std::string> allowed_runtimes = {}, allowed_architectures = {}, own_accounts = {};
  std::vector<std::string> required_tags = {};

  bool operator==(const Settings&) const = default;
};

// A threshold's key in `.fnlint.yaml`, the values that it may have, and what it says.
struct Threshold {
  std::string_view key = {};
  std::int64_t Settings::* field = nullptr;
  std::int64_t least = 0, most = 0;
  std::string_view text = {};
};
inline constexpr std::array kThresholds{
    Threshold{"init-import-ms", &Settings::init_import_ms, 1, 600'000,
              "milliseconds that importing one package at init may take"},
    Threshold{"init-import-mb", &Settings::init_import_mb, 1, 10'240,
              "MB that one package imported at init may have"},
    Threshold{"init-total-ms", &Settings::init_total_ms, 1, 600'000,
              "milliseconds that all imports at init may take together"},
    Threshold{"init-unused-ms", &Settings::init_unused_ms, 0, 600'000,
              "unused imports are reported from this many milliseconds on; 0 reports all"},
    Threshold{"package-bytes", &Settings::package_bytes, 1, 1LL << 40U,
              "bytes of a function and its layers, unzipped"},
    Threshold{"package-warn-percent", &Settings::package_warn_percent, 1, 100,
              "percentage of `package-bytes` from which on there is a warning; 100 turns it off"},
    Threshold{"runtime-soon-days", &Settings::runtime_soon_days, 0, 3650,
              "a runtime is reported this many days before its deprecation"},
    Threshold{"account-concurrency", &Settings::account_concurrency, 1, 10'000'000,
              "concurrency of the account"},
    Threshold{"secrets-rotate", &Settings::secrets_rotate, 0, 1,
              "1 treats every secret as rotated; 0 only those for which the project configures a "
              "rotation"},
    Threshold{"log-retention-days", &Settings::log_retention_days, 1, 3653,
              "days that logs have to be kept"},
    Threshold{"private-apis", &Settings::private_apis, 0, 1,
              "1: APIs may only be reached from within VPCs"},
    Threshold{"timeout-max", &Settings::timeout_max, 0, 900,
              "seconds that functions may have as their timeout; 0 allows any"},
    Threshold{"memory-max", &Settings::memory_max, 0, 10'240,
              "MB that functions may have; 0 allows any"},
};

// A list's key in `.fnlint.yaml`, and what it says.
struct SettingList {
  std::string_view key = {};
  std::vector<std::string> Settings::* field = nullptr;
  std::string_view text = {};
};
inline constexpr std::array kSettingLists{
    SettingList{"allowed-runtimes", &Settings::allowed_runtimes,
                "runtimes that functions may have; none allows any"},
    SettingList{"allowed-architectures", &Settings::allowed_architectures,
                "architectures that functions may have; none allows any"},
    SettingList{
        "own-accounts", &Settings::own_accounts,
        "numbers of the accounts that are not foreign, besides the one of a function's role"},
    SettingList{"required-tags", &Settings::required_tags,
                "names of tags that every function has to have; none asks for any one"},
};

}  // namespace fnlint
