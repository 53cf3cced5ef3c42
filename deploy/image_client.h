// Can a container image take events at all?
#pragma once

#include "core/files.h"
#include "frontends/packages/dockerfile.h"
#include "model/package.h"
#include "model/resources.h"

#include <string_view>

namespace fnlint {

// Whether the image of a function has a runtime interface client: Lambda's own base images have
// one, and whatever names one in the Dockerfile or in what is copied from its context may bring it.
ImageClient image_client(const FileSystem& files, const CodeLocation& code, std::string_view text,
                         const Dockerfile& file, const DockerStage& stage);

}  // namespace fnlint
