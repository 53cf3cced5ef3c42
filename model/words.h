// What kinds of the model are called outside of the program: in JSON, in policies and in messages.
#pragma once

#include "model/project.h"
#include "model/template.h"

#include <string_view>

namespace fnlint {

// The names of the model's kinds, as `fnlint model` prints them: snake_case.
std::string_view word_of(ResourceKind kind);
std::string_view word_of(RelationKind kind);
std::string_view word_of(CodeKind kind);
std::string_view word_of(UnresolvedKind kind);
std::string_view word_of(UnknownPart part);
std::string_view word_of(EdgeKind kind);
std::string_view word_of(Language language);
std::string_view word_of(TemplateDialect dialect);
std::string_view word_of(StoreKind kind);
std::string_view word_of(ResidualRead left);
std::string_view word_of(ImportUse use);

}  // namespace fnlint
