// Respect for what users have already told other linters.
#pragma once

#include "app/files/source_files.h"
#include "app/suppressions/suppressions.h"
#include "model/document.h"

#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// What other tools are told in a file, as suppressions of the rules that have those tools' ids as
// aliases: comments ("checkov:skip=", "nosemgrep", "NOSONAR", "noqa" and others, see
// other_mark_table.cpp), and entries of a template's Metadata.
std::vector<Suppression> other_suppressions(FileId file, std::string_view path,
                                            std::string_view text, std::span<const Rule> rules,
                                            Day today);

// The part of them that Metadata is.
std::vector<Suppression> other_metadata(FileId file, const Document& document,
                                        std::span<const Rule> rules);

// Of the files in which findings of rules with aliases stand, or through which their flow leads.
std::vector<Suppression> other_suppressions_of(const Findings& findings, const SourceFiles& files,
                                               std::span<const Rule> rules, Day today);

}  // namespace fnlint
