// The public JSON form of the model, for tools and for the curious.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/source_files.h"
#include "app/stages/code_stage.h"
#include "app/stages/template_stage.h"
#include "model/project.h"
#include "model/settings.h"

#include <string>

namespace fnlint {

// What a run has made of its input, stage by stage.
struct LinkedModel {
  const SourceFiles& files;
  const CompiledTemplates& templates;
  const Project& project;
  const Settings& settings;
};

// One JSON object. Paths are relative to the root, lines and columns count from 1. Keys may be
// added in later versions; "version" changes when one is removed or means something else.
std::string model_json(const LinkedModel& model, ModelStage stage);

}  // namespace fnlint
