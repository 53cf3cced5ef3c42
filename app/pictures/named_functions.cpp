// Compares a name with addresses, display names and their last parts, and suggests near ones.

#include "app/pictures/named_functions.h"

#include "app/pictures/init_picture.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

std::vector<const LambdaFunction*> functions_named(const Project& project, std::string_view name) {
  std::vector<const LambdaFunction*> whole, last;
  for (const LambdaFunction& function : project.functions) {
    const std::string_view shown = shown_name(project, function);
    if (function.name == name || shown == name) whole.push_back(&function);
    if (shown.ends_with(name) && shown.size() > name.size() &&
        std::string_view("/.").find(shown[shown.size() - name.size() - 1]) !=
            std::string_view::npos)
      last.push_back(&function);
  }
  return whole.empty() ? last : whole;
}

std::string nothing_named(const Project& project, std::string_view name) {
  if (project.functions.empty()) return "no template here declares a function";
  std::vector<std::string_view> names;
  for (const LambdaFunction& function : project.functions)
    names.push_back(shown_name(project, function));
  const std::string_view close = nearest(name, names);
  std::string message = cat("no function is named '", name, '\'');
  if (!close.empty()) return cat(message, "; did you mean '", close, "'?");
  constexpr std::size_t kListed = 10;
  message += "; there are";
  for (std::size_t i = 0; i < names.size() && i < kListed; ++i)
    message += cat(i == 0 ? " '" : ", '", names[i], '\'');
  return names.size() > kListed ? message + " ..." : message;
}

std::string label_of(const NotFollowed& part) {
  switch (part.part) {
    case UnknownPart::Library:
    case UnknownPart::Callee: return cat("what ", part.what, " does");
    case UnknownPart::Module: return cat("the module ", part.what);
    case UnknownPart::Computed: return "modules whose names the code computes";
    case UnknownPart::Syntax: return "what is after a syntax error";
  }
  return {};
}

}  // namespace fnlint
