// Links templates that a test writes down, and prints what the stacks have.
#pragma once

#include "core/text.h"
#include "frontends/templates/cloudformation.h"
#include "frontends/templates/dialects.h"
#include "frontends/templates/serverless.h"
#include "frontends/templates/terraform.h"
#include "link/templates/stacks_text.h"
#include "link/templates/templates.h"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::test {

// A project as a test writes it down: its files, and the stacks that its templates make.
class StackProject : public FileSystem {
 public:
  StackProject() = default;
  // One template, template.yaml, with these Resources (indented by two).
  explicit StackProject(std::string_view resources) {
    files_["template.yaml"] = cat(kSam, "Resources:\n", resources);
  }

  static constexpr std::string_view kSam = "Transform: AWS::Serverless-2016-10-31\n";

  StackProject& file(std::string path, std::string text) {
    files_[std::move(path)] = std::move(text);
    return *this;
  }
  StackProject& given(std::string name, std::string value) {
    parameters_.given[std::move(name)] = std::move(value);
    return *this;
  }
  StackProject& given_for(const std::string& path, std::string name, std::string value) {
    parameters_.by_template[path][std::move(name)] = std::move(value);
    return *this;
  }

  const Stacks& stacks() {
    if (!linked_) link();
    return stacks_;
  }
  ValuePool& pool() { return *pool_; }

  // The lines of the stacks' text that begin so.
  std::string lines(std::string_view start) {
    std::string found;
    const std::string text = stacks_text(*pool_, stacks());
    for (const std::string_view line : split(text, '\n'))
      if (line.starts_with(start)) found += cat(line, "\n");
    return found;
  }
  // The value of a property in words; empty where there is none.
  std::string property(std::string_view resource, std::string_view path) {
    const ValueId value = property_value(resource, path);
    return value.exists() ? value_text(*pool_, value) : std::string();
  }
  ValueId property_value(std::string_view resource, std::string_view path) {
    const Property* row = property_row(resource, path);
    return row != nullptr ? row->value : ValueId{};
  }
  const Property* property_row(std::string_view resource, std::string_view path) {
    const ResourceId id = find(resource);
    if (!id.exists()) return nullptr;
    const Slice<Property> rows = stacks()[id].properties;
    for (std::uint32_t i = 0; i < rows.count; ++i)
      if ((*pool_)[stacks_.properties[rows.first + i].path] == path)
        return &stacks_.properties[rows.first + i];
    return nullptr;
  }
  ResourceId find(std::string_view address) {
    for (std::uint32_t i = 0; i < stacks().resources.size(); ++i)
      if (full_address(*pool_, stacks_, ResourceId{i}) == address) return ResourceId{i};
    return {};
  }
  const DeclaredFunction* function(std::string_view address) {
    for (const DeclaredFunction& row : stacks().functions)
      if (row.resource == find(address)) return &row;
    return nullptr;
  }
  // The text that a place spans.
  std::string_view text_at(Span span) const {
    for (const TemplateSource& source : sources_)
      if (source.file == span.file)
        return std::string_view(files_.at(source.path))
            .substr(span.range.begin, span.range.end - span.range.begin);
    return {};
  }

  EntryKind kind(std::string_view path) const override {
    if (files_.contains(path)) return EntryKind::File;
    const std::string start = path.empty() ? std::string() : cat(path, '/');
    const auto below = files_.lower_bound(start);
    return below != files_.end() && below->first.starts_with(start) ? EntryKind::Folder
                                                                    : EntryKind::Missing;
  }
  std::vector<Entry> list(std::string_view folder) const override {
    const std::string start = folder.empty() ? std::string() : cat(folder, '/');
    std::vector<Entry> entries;
    for (auto at = files_.lower_bound(start); at != files_.end() && at->first.starts_with(start);
         ++at) {
      const std::string_view rest = std::string_view(at->first).substr(start.size());
      const std::string name(rest.substr(0, rest.find('/')));
      const EntryKind is = rest == name ? EntryKind::File : EntryKind::Folder;
      if (entries.empty() || entries.back().name != name)
        entries.push_back({.name = name, .kind = is, .bytes = at->second.size()});
    }
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
  }
  Result<std::string> read(std::string_view path, std::size_t) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return Error{"does not exist"};
    return found->second;
  }

 private:
  // As the pipeline does it: templates first, then what they name.
  void link() {
    for (const auto& [path, text] : files_)
      if (recognise(path, text) != TemplateDialect::Unknown) add(path, text, false, false, "");
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      const TemplateFacts& facts = *sources_[i].facts;
      for (const Wanted& wanted : facts.wanted) {
        const bool variable = wanted.kind == WantedKind::Variable;
        const std::string base = variable && sources_[i].variable
                                     ? sources_[i].base
                                     : std::string(folder_of(sources_[i].path));
        const std::string path = join_path(base, facts.string(wanted.path));
        if (variable) {
          add_variable(base, path);
          continue;
        }
        const auto found = files_.find(path);
        if (found == files_.end()) continue;
        const bool nested = wanted.kind == WantedKind::NestedTemplate;
        const bool section = wanted.kind == WantedKind::Include && wanted.section.exists();
        if (wanted.kind == WantedKind::TemplateText)
          add(path, found->second, true, true, "templatefile");
        else
          add(path, found->second, !nested, section, std::string(facts.string(wanted.section)));
      }
    }
    BuildFacts builds(*this);
    stacks_ = link_templates(*pool_, sources_, parameters_, builds);
    linked_ = true;
  }
  // "*" of a name is any file's.
  void add_variable(const std::string& base, const std::string& path) {
    const std::size_t star = path.find('*');
    for (const auto& [name, text] : files_) {
      const bool fits = star == path.npos ? name == path
                                          : name.starts_with(path.substr(0, star)) &&
                                                name.ends_with(path.substr(star + 1));
      if (!fits || !known_.insert(cat(name, "\n${}", base)).second) continue;
      facts_.push_back(read_serverless_file(name, text));
      TemplateSource source{.path = name, .facts = &facts_.back(), .fragment = true};
      source.file = FileId{static_cast<std::uint32_t>(sources_.size())};
      source.variable = true;
      source.base = base;
      sources_.push_back(source);
    }
  }
  void add(const std::string& path, const std::string& text, bool fragment, bool has_section,
           const std::string& section) {
    if (!known_.insert(cat(path, '\n', fragment, has_section, section)).second) return;
    facts_.push_back(!fragment     ? read_template(path, text)
                     : section == "templatefile" ? read_terraform_text(text)
                     : has_section ? read_fragment(text, section)
                                   : read_fragment(text));
    TemplateSource source{.path = path, .facts = &facts_.back(), .fragment = fragment};
    source.file = FileId{static_cast<std::uint32_t>(sources_.size())};
    source.has_section = has_section;
    source.section = section;
    sources_.push_back(source);
  }

  std::map<std::string, std::string, std::less<>> files_;
  TemplateParameters parameters_;
  std::deque<TemplateFacts> facts_;
  std::vector<TemplateSource> sources_;
  std::set<std::string> known_;
  std::unique_ptr<ValuePool> pool_ = std::make_unique<ValuePool>();
  Stacks stacks_;
  bool linked_ = false;
};

}  // namespace fnlint::test
