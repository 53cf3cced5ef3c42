// A template for handlers that only their code shows, so that they are linked like any other.
#pragma once

#include "frontends/templates/template_builder.h"
#include "model/template.h"

#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// The function of an expression that stands for the source of a handler's events: [Text name].
inline constexpr std::string_view kEventSource = "EventSource";

// A handler that no template names, as one would name it.
struct DeployedHandler {
  std::string address = {};             // of the function
  std::string handler = {}, code = {};  // the Handler; the folder of the code, from the file's own
  std::string bundled = {};  // the file that only a bundler makes a module of; empty: any may be
  // SAM's type of the events that it takes, and the property that names their source; empty: not
  // known.
  std::string event = {}, source = {};
  Range where = {};  // of its name in the code
};

// What is known to start it, as SAM's events; no id: nothing.
[[nodiscard]] ExprId events_of_handler(TemplateBuilder& builder, const DeployedHandler& row,
                                       Range where);

// A template of SAM that has these functions and leaves open all that no code says.
[[nodiscard]] TemplateFacts template_of_handlers(std::span<const DeployedHandler> handlers);

}  // namespace fnlint
