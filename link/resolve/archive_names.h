// Which folder of the project would a build pack into an archive of this name?
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

// A zip or a jar, also where nothing but the ending is known: "orders/.zip" of
// "orders/${Version}.zip".
bool is_archive_name(std::string_view path);

// "es-loader", "ES_Loader" and "esLoader" are one name.
bool is_same_name(std::string_view a, std::string_view b);
// Those that share the most of their paths with a folder.
std::vector<std::string> nearest(std::vector<std::string> folders, std::string_view near);

// Those whose last names are a path's own, as many as any has and at least so many:
// "src/orders/create" for "dist/orders/create", beside "src/carts/create". Names that say nothing
// do not count.
std::vector<std::string> ending_like(std::vector<std::string> paths, std::string_view path,
                                     std::size_t least);

// Whether the last folder of a path is called after what many folders are for ("dist").
bool says_nothing(std::string_view folder);

// The nearest folders with the file that a handler names, whatever they are called.
std::vector<std::string> folders_with_module(std::span<const std::string> files,
                                             std::span<const std::string> modules,
                                             std::string_view near);
// Whether the only file of such a name is surely the handler's: it is called like the archive, or
// its name says what it is ("index" and "handler" do not).
bool is_telling_module(std::string_view module, std::string_view archive);

}  // namespace fnlint
