#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The folder that a build packs into an archive of that name, by names alone: of the folders with
// the file that a handler names, the one that is called like the archive ("es_loader.zip": es_loader,
// es-loader/src) or whose path is ("me_info_show.zip": me/info/show). The nearest to `near`, a
// folder; several where that does not decide.
//   files    all sources of the project
//   modules  the handler's file below the folder: "index.js", "index.ts"
//   archive  the path or key of the archive; its last folder counts where its own name says nothing
std::vector<std::string> folders_named_after(std::span<const std::string> files,
                                             std::span<const std::string> modules,
                                             std::string_view archive, std::string_view near);

}  // namespace fnlint
