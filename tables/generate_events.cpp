// Events by their senders, and the fields that accessors of event classes read:
// data/sent_events.yaml, data/event_members.yaml, data/event_attributes.yaml.

#include "tables/generate.h"
#include "tables/model_rows.h"
#include "tables/naming.h"
#include "tables/template_rows.h"
#include "tables/yaml_reader.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint::tables {

namespace {

// Parent and normal form of an accessor, to the path below the parent.
using EventMembers = std::map<std::pair<std::string, std::string>, std::string>;

// Every step of a documented path is a field of the step before: "Records[].s3.object.key".
void add_path(std::string_view path, EventMembers& members) {
  std::size_t start = 0;
  while (start < path.size()) {
    const std::size_t dot = std::min(path.find('.', start), path.size());
    std::string_view name = path.substr(start, dot - start);
    const std::string parent(path.substr(0, start == 0 ? 0 : start - 1));
    if (name.ends_with("[]")) name.remove_suffix(2);
    if (name != "*") members.try_emplace({parent, member_form(name)}, name);
    start = dot + 1;
  }
}

}  // namespace

std::string generate_event_attributes(const std::filesystem::path& root) {
  const std::string shown = "data/event_attributes.yaml";
  Entry file = read_file((root / shown).string(), shown);
  std::map<std::string, std::string> sorted;
  for (Entry& row : file.entries("attributes")) {
    const std::string name = row.text("name");
    const std::string path = literal(row.optional_text("path"));
    if (!sorted.emplace(name, path + (row.flag("decoded") ? ", .decoded = true" : "")).second)
      row.object("this attribute stands here twice");
    row.finish();
  }
  file.finish();
  std::string rows;
  for (const auto& [name, rest] : sorted)
    rows += "    EventAttribute{.name = " + literal(name) + ", .path = " + rest + "},\n";
  return "namespace {\nconstexpr std::array<EventAttribute, " + std::to_string(sorted.size()) +
         "> kEventAttributes{{\n" + rows + R"(}};
}  // namespace
const EventAttribute* find_event_attribute(std::string_view name) {
  const auto found = std::ranges::lower_bound(kEventAttributes, name, {}, &EventAttribute::name);
  return found != kEventAttributes.end() && found->name == name ? &*found : nullptr;
}
)";
}

std::string generate_event_members(const std::filesystem::path& root) {
  const std::string shown = "data/event_members.yaml";
  Entry file = read_file((root / shown).string(), shown);
  EventMembers members;
  std::set<std::string> decoded;
  for (Entry& event : file.entries("events")) {
    event.text("event");
    for (const std::string& path : event.texts("paths")) add_path(path, members);
    event.finish();
  }
  for (Entry& row : file.entries("accessors")) {
    const std::string parent = row.optional_text("below"), path = row.optional_text("path");
    const bool is_decoded = row.flag("decoded");
    for (const std::string& name : row.texts("names")) {
      members[{parent, member_form(name)}] = path;
      if (is_decoded) decoded.insert(member_form(name));
    }
    row.finish();
  }
  std::set<std::string> elements;
  for (const std::string& name : file.texts("elements")) elements.insert(name);
  file.finish();
  std::string rows, names, decoded_names;
  for (const std::string& form : decoded) decoded_names += literal(form) + ", ";
  for (const auto& [key, path] : members)
    rows += "    EventMember{.parent = " + literal(key.first) + ", .form = " + literal(key.second) +
            ", .path = " + literal(path) + "},\n";
  for (const std::string& name : elements) names += literal(name) + ", ";
  return "namespace {\nconstexpr std::array<EventMember, " + std::to_string(members.size()) +
         "> kEventMembers{{\n" + rows + "}};\nconstexpr std::array<std::string_view, " +
         std::to_string(elements.size()) + "> kElements{" + names +
         "};\nconstexpr std::array<std::string_view, " + std::to_string(decoded.size()) +
         "> kDecodedForms{" + decoded_names + R"(};
}  // namespace
const EventMember* find_event_member(std::string_view parent, std::string_view form) {
  const auto before = [](const EventMember& row, auto wanted) {
    return std::pair(row.parent, row.form) < wanted;
  };
  const std::pair wanted(parent, form);
  const auto found = std::lower_bound(kEventMembers.begin(), kEventMembers.end(), wanted, before);
  return found != kEventMembers.end() && std::pair(found->parent, found->form) == wanted ? &*found
                                                                                         : nullptr;
}
bool gives_element(std::string_view method) {
  return std::ranges::binary_search(kElements, method);
}
bool gives_decoded(std::string_view form) {
  return std::ranges::binary_search(kDecodedForms, form);
}
)";
}

namespace {

std::string encoded_table(Entry& file, std::string& definitions) {
  std::string rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("encoded")) {
    std::string languages;
    std::size_t languages_count = 0;
    for (const std::string& key : row.texts("decoded_in")) {
      const auto found = std::ranges::find(kModelLanguages, key, &ModelLanguage::key);
      if (found == kModelLanguages.end()) row.object("there is no such language");
      languages += "Language::" + std::string(found->name) + ", ";
      ++languages_count;
    }
    const std::string name = "kDecodedIn" + std::to_string(count++);
    definitions += "constexpr std::array<Language, " + std::to_string(languages_count) + "> " +
                   name + "{" + languages + "};\n";
    rows += "    EncodedField{.kind = " + kind_literal(row, "kind") +
            ", .path = " + literal(row.text("path")) + ", .words = " + literal(row.text("words")) +
            ", .zipped = " + (row.flag("zipped") ? "true" : "false") + ", .decoded_in = " + name +
            "},\n";
    row.finish();
  }
  return "constexpr std::array<EncodedField, " + std::to_string(count) + "> kEncodedFields{{\n" +
         rows + "}};\n";
}

std::string given_table(Entry& file) {
  std::string rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("given")) {
    rows += "    GivenKeys{.kind = " + kind_literal(row, "kind");
    rows += ", .from = " + literal(row.optional_text("from")) +
            ", .path = " + literal(row.text("path")) +
            ", .operation = " + literal(row.text("operation")) +
            ", .entries = " + literal(row.optional_text("entries")) +
            ", .member = " + literal(row.text("member")) +
            ", .words = " + literal(row.text("words"));
    rows += "},\n";
    ++count;
    row.finish();
  }
  return "constexpr std::array<GivenKeys, " + std::to_string(count) + "> kGivenKeys{{\n" + rows +
         "}};\n";
}

}  // namespace

std::string generate_sent_events(const std::filesystem::path& root) {
  const std::string shown = "data/sent_events.yaml";
  Entry file = read_file((root / shown).string(), shown);
  file.day("as_of");
  static const std::vector<std::string_view> kForms{"proxy", "policy", "same-record"};
  static const std::vector<std::string_view> kNames{"Proxy", "Policy", "SameRecord"};
  std::string rows, sources, definitions;
  std::set<std::string> names;
  std::size_t count = 0;
  for (Entry& row : file.entries("shapes")) {
    const std::string name = row.text("name"), id = "kSentEvent" + std::to_string(names.size());
    if (!names.insert(name).second) row.object("this shape stands here twice");
    const std::string group = row.optional_text("group");
    rows += "    SentEvent{.name = " + literal(name) + ", .words = " + literal(row.text("words"));
    rows += ", .group = " + literal(group.empty() ? name : group);
    for (const std::string key : {"fields", "records", "types"})
      rows += ", ." + key + " = " + list_literal(row.texts(key), id + key, definitions);
    rows += ", .identifier = " + literal(row.optional_text("identifier"));
    rows += ", .answers = " + list_literal(row.texts("answers"), id + "answers", definitions);
    rows += ", .batch = " + std::to_string(row.number("batch").value_or(0));
    rows += ", .except = " + list_literal(row.texts("except"), id + "except", definitions);
    rows += ", .envelope = " + literal(row.optional_text("envelope"));
    rows += ", .carried_as = " + literal(row.optional_text("carried_as"));
    if (row.has("response"))
      rows += ", .response = ResponseForm::" + std::string(kNames[row.word("response", kForms)]);
    rows += ", .chosen = " + list_literal(row.texts("chosen"), id + "chosen", definitions);
    rows += ", .chosen_by = " + literal(row.optional_text("chosen_by"));
    rows += ", .strangers = " + literal(row.flag("strangers"));
    for (const std::string key : {"forms", "absent", "always"})
      rows += ", ." + key + " = " + list_literal(row.texts(key), id + key, definitions);
    rows += ", .nulls = " + literal(row.flag("nulls")) + "},\n";
    row.finish();
  }
  for (Entry& row : file.entries("sources")) {
    const std::string shape = row.text("shape");
    if (shape != "unknown" && !names.contains(shape)) row.object("no shape has this name");
    sources += "    ShapeOfSource{.kind = " + kind_literal(row, "kind") +
               ", .declared = " + literal(row.optional_text("declared")) +
               ", .type = " + literal(row.optional_text("type")) +
               ", .shape = " + literal(shape) + "},\n";
    ++count;
    row.finish();
  }
  const std::string encoded = encoded_table(file, definitions) + given_table(file);
  file.finish();
  return "namespace {\n" + definitions + encoded + "constexpr std::array<SentEvent, " +
         std::to_string(names.size()) + "> kSentEvents{{\n" + rows +
         "}};\nconstexpr std::array<ShapeOfSource, " + std::to_string(count) +
         "> kShapesOfSources{{\n" + sources + R"(}};
}  // namespace
std::span<const SentEvent> sent_events() { return kSentEvents; }
std::span<const ShapeOfSource> shapes_of_sources() { return kShapesOfSources; }
std::span<const EncodedField> encoded_fields() { return kEncodedFields; }
std::span<const GivenKeys> given_keys() { return kGivenKeys; }
const SentEvent* find_sent_event(std::string_view name) {
  const auto found = std::ranges::find(kSentEvents, name, &SentEvent::name);
  return found != kSentEvents.end() ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
