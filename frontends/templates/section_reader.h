// The outer level of CloudFormation's templates: parameters, conditions, resources, outputs ...
#pragma once

#include "frontends/templates/expression_reader.h"
#include "frontends/templates/template_builder.h"

#include <functional>
#include <string_view>

namespace fnlint {

// The sections of a template, from the located tree.
class SectionReader {
 public:
  SectionReader(const Document& document, TemplateBuilder& builder)
      : document_(document), builder_(builder), expressions_(document, builder) {}

  void whole(NodeId root);                              // every section of a template
  void section(std::string_view name, NodeId content);  // "" is the template itself
  void value(NodeId content) { builder_.facts.fragment = expressions_.value(content); }
  void settle_dialect();

 private:
  using Reader = void (SectionReader::*)(const MapEntry&);
  // Calls `read` for each entry of a section's map, inside the loops that it stands in.
  void entries(std::string_view name, NodeId content, Reader read);
  void each(std::string_view name, const MapEntry& entry, Reader read);
  void loop(std::string_view name, const MapEntry& entry, Reader read);

  void parameter(const MapEntry& entry);
  void mapping(const MapEntry& entry);
  void condition(const MapEntry& entry);
  void resource(const MapEntry& entry);
  void output(const MapEntry& entry);
  void transform(NodeId content);
  void transform_name(NodeId content, std::string_view section);
  void properties(const MapEntry* entry, Declaration& declaration);
  void named_files(std::string_view type, NodeId resource);
  void want(NodeId path, WantedKind kind);
  void missing(Range where, std::string message);
  [[nodiscard]] bool is_text(NodeId id) const {
    return id.exists() && document_[id].kind == NodeKind::Text && document_[id].tag.empty();
  }
  NamedExpr named(const MapEntry& entry);

  const Document& document_;
  TemplateBuilder& builder_;
  ExpressionReader expressions_;
  LoopId loop_ = {};  // the innermost one
};

}  // namespace fnlint
