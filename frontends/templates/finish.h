// The last step of every reader that starts from a document.
#pragma once

#include "frontends/documents/document.h"
#include "frontends/templates/template_builder.h"

namespace fnlint {

// What a reader has built from a document: with the document's own problems, in the order of their
// places, and complete only where the document is.
[[nodiscard]] TemplateFacts finish(TemplateBuilder& builder, const Document& document);

}  // namespace fnlint
