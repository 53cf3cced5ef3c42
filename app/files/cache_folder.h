// The cache directory, as a key-value store.
#pragma once

#include "app/files/digest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// A folder of the user's in which contents are kept under keys, each in a file that nobody else can
// read. Several processes may use it at once. What is not used for long is removed where there is
// too much; other files in the folder are left alone.
class CacheFolder {
 public:
  static constexpr std::uint64_t kBytes = 64U << 20U;  // that all contents may have

  // Absolute; made where something is kept.
  explicit CacheFolder(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] std::string file_of(const Digest& key) const;
  // Nothing: there is none, or it is not as it was written, or somebody else wrote it.
  [[nodiscard]] std::optional<std::string> read(const Digest& key) const;
  // Empty on success, else the reason.
  [[nodiscard]] std::string write(const Digest& key, std::string_view content) const;

 private:
  void remove_oldest() const;

  std::string path_;
};

}  // namespace fnlint
