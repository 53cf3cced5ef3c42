#pragma once

#include "link/stacks/stack_build.h"

#include <string>
#include <vector>

// One system that stands in the project twice is one system: a program and what it synthesised,
// HCL and its plan, serverless.yml and its compiled stack, a template and its packaged copy.
namespace fnlint::stacks {

struct DescribedTwice {
  std::vector<bool> copies = {};       // by text: it is a copy or a part of another
  std::vector<ResourceId> twins = {};  // by resource of an output: the same one of its source
};

// A tool that writes its output beside its source: one row for each in duplicate_definitions.cpp.
struct Description {
  TemplateDialect source{}, output{};
  // Whether the text of a root scope may be the tool's output at all. Asked once for each.
  bool (*may_be_output)(const LinkContext&, TextId output);
  // Whether it is what the tool makes of that source.
  bool (*is_output_of)(const LinkContext&, TextId output, TextId source);
  // What a resource is called in both. Empty: it has no counterpart.
  std::string (*name_in_source)(const LinkContext&, ResourceId);
  std::string (*name_in_output)(const LinkContext&, ResourceId);
  // The parts of a source that its tool writes one by one, by how addresses in them begin: what is
  // in none of those with a twin stays. Null: the source is one.
  std::vector<std::string> (*parts)(const LinkContext&,
                                    const std::vector<ResourceId>& source) = nullptr;
};

// Marks the texts that are copies or parts of others, which become no stacks. Before any scope is
// made.
void mark_copies(LinkContext& build);

// Finds which resources are described twice. The output wins: every scope of a source that has a
// resource in common with its output is superseded, with all that it declares. A scope that the
// output knows nothing of stays; an output that says something else of a function than every source
// does is outdated, and is superseded itself. After all resources are declared, before anything is
// evaluated.
void find_twins(LinkContext& build);

// Puts what outputs say in the places where their sources say it: the same property of the twin,
// else the nearest one around it, else the twin's name; or where a program made the resource.
// Leaves superseded resources without properties. After properties are located, before relations.
void place_in_sources(LinkContext& build);

}  // namespace fnlint::stacks
