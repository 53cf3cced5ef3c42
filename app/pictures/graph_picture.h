// From the linked model to the event graph that people see.
#pragma once

#include "app/pictures/model_json.h"
#include "report/graph.h"
#include "report/report.h"

#include <functional>
#include <string>
#include <vector>

namespace fnlint {

// The event graph of a linked project, with paths relative to its root; of no finding yet.
GraphPicture graph_picture(const LinkedModel& model);

// Gives functions of the picture their findings. `path_of`: as the picture has paths.
using PathOfFile = std::function<std::string(FileId file)>;
void add_findings(const std::vector<ReportedFinding>& findings, const PathOfFile& path_of,
                  GraphPicture& picture);

}  // namespace fnlint
