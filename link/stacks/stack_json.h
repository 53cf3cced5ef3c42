// JSON and YAML in texts of a template, with unknown parts in them.
#pragma once

#include "link/stacks/stack_build.h"
#include "link/stacks/stack_texts.h"

namespace fnlint::stacks {

// JSON that a property holds as a text, as a value; a value that is none is given back as it is.
// Unknown where it is not readable.
ValueId json_value(LinkContext& build, ValueId value);

// The same of a text as long as it is, and of YAML.
ValueId json_value(LinkContext& build, const LongText& text);
ValueId yaml_value(LinkContext& build, const LongText& text);
// A value that is a text, with marks for what is not known of it.
LongText marked_text(const ValuePool& pool, ValueId value);

// The JSON text of a value; what is not known of it stays a hole.
ValueId json_text(ValuePool& pool, ValueId value);

// The value of a property that may be a map or JSON text of one.
ValueId document_value(LinkContext& build, const Node& node);

// JSON text as a located tree: what no literal of a template says lies at `where`. No node where it
// is not readable.
Node locate_json(LinkContext& build, const LongText& text, Span where);
Node locate_json_value(LinkContext& build, ValueId text, Span where);

}  // namespace fnlint::stacks
