#pragma once

#include <cstdint>
#include <string>

namespace fnlint {

// Days since 1970-01-01.
using Day = std::int32_t;

// What checks may compare with: the date and every threshold. Each field's key in `.fnlint.yaml`
// stands beside it.
struct Settings {
  Day today = 0;
  bool possible = false;                     // findings of confidence `possible` are wanted
  std::int64_t init_import_ms = 300;         // init-import-ms
  std::int64_t init_import_mb = 50;          // init-import-mb
  std::int64_t init_total_ms = 1000;         // init-total-ms
  std::int64_t package_bytes = 262'144'000;  // package-bytes
  std::int64_t package_warn_percent = 100;   // package-warn-percent; 100: off
  std::int64_t runtime_soon_days = 180;      // runtime-soon-days
  std::int64_t account_concurrency = 1000;   // account-concurrency
};

}  // namespace fnlint
