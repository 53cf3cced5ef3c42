// What a function's cold start is spent on.
#pragma once

#include "model/project.h"
#include "model/settings.h"
#include "report/pictures.h"

#include <string_view>

namespace fnlint {

// What is said where the table of costs has none of a function's language.
inline constexpr std::string_view kNoInitCosts =
    "what imports cost cannot be determined for this language";

// What a function does before its first event, and what that costs.
InitPicture init_picture(const Project& project, const LambdaFunction& function,
                         const Settings& settings);

// As its user knows it: in the template, or in the tool that makes the template.
std::string_view shown_name(const Project& project, const LambdaFunction& function);

}  // namespace fnlint
