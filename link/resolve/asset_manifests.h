// From the hash under which CDK uploads an asset to its files.
#pragma once

#include "core/files.h"

#include <map>
#include <string>
#include <string_view>

namespace fnlint {

// What CDK uploads under one name: a folder or archive, or the context that an image is built from.
struct Asset {
  std::string path = {};  // from the folder of the manifest
  bool image = false;
  std::string docker_file = {};    // from the context; empty: its own
  std::string docker_target = {};  // empty: the last stage
};

// The *.assets.json beside templates, each read when it is first asked for.
class AssetManifests {
 public:
  explicit AssetManifests(const FileSystem& files) : files_(files) {}

  // By the key of an object in the assets' bucket, or the tag of an image; null: none is known.
  const Asset* find(std::string_view folder, std::string_view name);

 private:
  using Assets = std::map<std::string, Asset, std::less<>>;
  void read(const std::string& path, Assets& assets) const;

  const FileSystem& files_;
  std::map<std::string, Assets, std::less<>> folders_ = {};
};

}  // namespace fnlint
