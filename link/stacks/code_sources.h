// The finders of code that a run has made so far, kept with the linking.
#pragma once

#include "link/resolve/asset_manifests.h"
#include "link/resolve/asset_sources.h"
#include "link/resolve/image_sources.h"
#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Where code lies that a template names by what a build makes of it, as far as it has been looked
// for.
struct CodeSources {
  explicit CodeSources(BuildFacts& builds)
      : assets(builds), images(builds), manifests(builds.files()) {}
  AssetSources assets;
  ImageSources images;
  AssetManifests manifests;
};

[[nodiscard]] inline CodeSources& code_sources(LinkContext& build) {
  return build.code_sources.made_of(build.builds);
}

}  // namespace fnlint::stacks
