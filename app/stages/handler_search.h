// Functions for projects that keep their templates elsewhere.
#pragma once

#include "app/files/discovery.h"
#include "app/files/source_files.h"
#include "app/stages/template_stage.h"

#include <cstddef>

namespace fnlint {

struct HandlersOfCode {
  std::size_t count = 0;
  bool cut = false;  // there is more code than is looked into
};

// Where no template has a function: the handlers that the code has by their form, as functions of
// templates that say nothing else. Adds these to `templates`, one a file that has handlers, with
// the file as their place.
HandlersOfCode add_handlers_of_code(const SearchRequest& request, const FileSystem& files,
                                    SourceFiles& sources, CompiledTemplates& templates);

}  // namespace fnlint
