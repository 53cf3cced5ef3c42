// The library models of data/models, of all languages in one array that is searched by hash, with
// the families of classes and the members of services.

#include "core/text.h"
#include "tables/generate.h"
#include "tables/model_rows.h"
#include "tables/naming.h"
#include "tables/slot_hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>
#include <tuple>

namespace fnlint::tables {

namespace {

// The members of LibraryModel in their order, as designated initialisers want them.
constexpr std::array kFields =
    std::to_array<std::string_view>({"operation",  "command",     "effect_of",
                                     "members_in", "positions",   "target",
                                     "key",        "returns",     "computes",
                                     "of",         "gives",       "store",
                                     "into",       "store_key",   "store_value",
                                     "invokes",    "with",        "done",
                                     "times",      "wraps",       "calls_back_until",
                                     "guard",      "origin",      "kind",
                                     "task",       "or_callback", "raises",
                                     "under",      "tells",       "guard_of",
                                     "attribute",  "fluent",      "carries",
                                     "itself",     "entry",       "event_as",
                                     "work",       "starts",      "waits",
                                     "settles",    "completes",   "phase",
                                     "brief",      "lends",       "owns",
                                     "timeout",    "endless",     "endless_with",
                                     "lifetime",   "options",     "hooks",
                                     "runs_hooks", "asks",        "needs",
                                     "sent",       "unsent",      "unless",
                                     "when",       "keeps",       "holds",
                                     "sink",       "nothing",     "cleans"});
constexpr std::array kFamilyFields =
    std::to_array<std::string_view>({"begins", "contains", "ends", "kind", "fluent", "requests", "fills"});

template <class Fields, class Row>
std::string row_literal(std::string_view type, const Fields& names, const Row& row,
                        const std::string& path) {
  std::string out = "    " + std::string(type) + "{.language = Language::";
  out += std::string(row.language) + path;
  for (const std::string_view name : names) {
    const auto found = row.fields.find(name);
    if (found != row.fields.end()) out += ", ." + std::string(name) + " = " + found->second;
  }
  return out + "},\n";
}

// A member of a service as find_member() gives it.
struct MemberRow {
  std::string name = {};
  bool is_list = false, is_data = false;
};
using Members = std::map<std::pair<std::string, std::string>, MemberRow>;

struct Models {
  std::vector<ModelRow> rows = {};
  std::vector<FamilyRow> families = {};
  Members members = {};
};

void append(std::vector<ModelRow>& rows, std::vector<ModelRow> more) {
  std::ranges::move(more, std::back_inserter(rows));
}

// The members that selectors of the operations name, in the spelling of the service's API.
Members members_of(const std::vector<OperationRow>& operations) {
  Members members;
  for (const OperationRow& operation : operations)
    for (std::string name : operation.members) {
      bool is_list = false;
      while (name.ends_with("[]")) {
        name.resize(name.size() - 2);
        is_list = true;
      }
      if (name.empty() || (name[0] >= '0' && name[0] <= '9')) continue;
      MemberRow& row = members[{operation.service, member_form(name)}];
      row.name = name;
      row.is_list = row.is_list || is_list;
    }
  return members;
}

// `aliases`: what some SDK calls a member; `others`: members that no selector names; `data`: members
// whose entries are named by the user.
void add_member_names(Entry entry, Members& members) {
  const std::string service = entry.text("service");
  if (std::optional<Entry> aliases = entry.entry("aliases"))
    for (const auto& pair : aliases->whole()) {
      const std::string alias = member_form(pair.first.Scalar());
      const auto found = members.find({service, member_form(pair.second.Scalar())});
      if (found == members.end()) aliases->object(pair.second, "no selector has this member");
      const MemberRow row = found->second;
      members[{service, alias}] = row;
    }
  for (const std::string& name : entry.texts("others"))
    members.try_emplace({service, member_form(name)}, MemberRow{name, false, false});
  for (const std::string& name : entry.texts("data")) {
    MemberRow& row = members[{service, member_form(name)}];
    row.name = name;
    row.is_data = true;
    row.is_list = false;
  }
  entry.finish();
}

Models read_models(const std::filesystem::path& root,
                   const std::vector<OperationRow>& operations) {
  Models models;
  models.members = members_of(operations);
  std::vector<ServiceRow> services;
  std::vector<Entry> patterns;
  for (const Input& input : inputs(root, "data/models")) {
    Entry file = read_file(input.path, input.shown);
    for (Entry& service : file.entries("services"))
      services.push_back(read_service(service, operations));
    for (Entry& pattern : file.entries("sdks")) patterns.push_back(pattern);
    for (Entry& names : file.entries("members")) add_member_names(names, models.members);
    if (std::optional<Entry> families = file.entry("families")) {
      for (const ModelLanguage& language : kModelLanguages)
        for (Entry& entry : families->entries(language.key))
          models.families.push_back(read_family(language.name, entry));
      families->finish();
    }
    for (const ModelLanguage& language : kModelLanguages)
      for (Entry& entry : file.entries(language.key))
        append(models.rows, read_model(language.name, entry));
    file.finish();
  }
  for (Entry& pattern : patterns)
    append(models.rows, expand_pattern(pattern, services, operations));
  return models;
}

void check_operations(const std::vector<ModelRow>& rows,
                      const std::vector<OperationRow>& operations) {
  std::set<std::string> known;
  for (const OperationRow& operation : operations) known.insert(literal(operation.id));
  for (const ModelRow& row : rows)
    for (const char* field : {"operation", "command"}) {
      const auto found = row.fields.find(field);
      if (found != row.fields.end() && !known.contains(found->second))
        throw Mistake(row.where + ": no operation is called " +
                      found->second.substr(0, found->second.size() - 2));  // "..."sv
    }
}

// As the enum Language has them.
std::size_t order_of(std::string_view language) {
  const auto found = std::ranges::find(kModelLanguages, language, &ModelLanguage::name);
  return static_cast<std::size_t>(found - kModelLanguages.begin());
}

bool before(const ModelRow& a, const ModelRow& b) {
  return a.language != b.language ? order_of(a.language) < order_of(b.language) : a.path < b.path;
}

std::string families_table(std::vector<FamilyRow> families) {
  // The longest beginning first: what is more special wins.
  std::ranges::stable_sort(families, [](const FamilyRow& a, const FamilyRow& b) {
    return a.order.size() > b.order.size();
  });
  std::string text;
  for (const FamilyRow& row : families)
    text += row_literal("LibraryFamily", kFamilyFields, row, "");
  return "namespace {\nconstexpr std::array<LibraryFamily, " + std::to_string(families.size()) +
         "> kLibraryFamilies{{\n" + text + R"(}};
}  // namespace
const LibraryFamily* find_library_family(std::string_view path) {
  const auto begins_alike = [&](const LibraryFamily& row) {  // most do not
    return row.begins.empty() || (!path.empty() && path.front() == row.begins.front());
  };
  for (const LibraryFamily& row : kLibraryFamilies)
    if (begins_alike(row) && path.starts_with(row.begins) && path.ends_with(row.ends) &&
        path.find(row.contains) != path.npos)
      return &row;
  return nullptr;
}
LibraryClass library_class(std::string_view object_path) {
  for (std::string_view path = object_path; !path.empty();) {
    const LibraryModel* model = find_library_model(Language::Unknown, path);
    if (model != nullptr && model->kind != LibraryClass::None) return model->kind;
    if (!path.ends_with(')')) break;
    path = path.substr(0, path.rfind('('));
  }
  const LibraryFamily* family = find_library_family(object_path);
  if (family == nullptr || object_path.size() < family->begins.size() + family->ends.size())
    return LibraryClass::None;
  object_path.remove_prefix(family->begins.size());  // what a client gives is none itself
  object_path.remove_suffix(family->ends.size());
  return object_path.find('(') == object_path.npos ? family->kind : LibraryClass::None;
}
)";
}

std::string members_table(const Members& members) {
  std::string rows;
  for (const auto& [key, row] : members)
    rows += "    ServiceMember{.service = " + literal(key.first) + ", .form = " +
            literal(key.second) + ", .name = " + literal(row.name) + ", .is_list = " +
            literal(row.is_list) + ", .is_data = " + literal(row.is_data) + "},\n";
  return "namespace {\nconstexpr std::array<ServiceMember, " + std::to_string(members.size()) +
         "> kServiceMembers{{\n" + rows + R"(}};
}  // namespace
const ServiceMember* find_member(std::string_view service, std::string_view form) {
  const auto before = [](const ServiceMember& row, auto wanted) {
    return std::pair(row.service, row.form) < wanted;
  };
  const std::pair wanted(service, form);
  const auto found =
      std::lower_bound(kServiceMembers.begin(), kServiceMembers.end(), wanted, before);
  return found != kServiceMembers.end() && std::pair(found->service, found->form) == wanted
             ? &*found
             : nullptr;
}
)";
}

}  // namespace

std::string slot_table(const std::string& name, const std::vector<std::string>& paths) {
  const std::size_t size = std::bit_ceil(paths.size() * 2);
  std::vector<std::size_t> slots(size, 0);
  for (std::size_t row = 0; row < paths.size(); ++row) {
    const std::size_t hash = slot_hash(paths[row]);
    std::size_t slot = hash;
    while (slots[slot & (size - 1)] != 0) ++slot;
    slots[slot & (size - 1)] = (row + 1) << 16U | hash >> 48U;
  }
  std::string text;
  for (std::size_t i = 0; i < size; ++i)
    text += std::to_string(slots[i]) + (i % 20 == 19 ? ",\n" : ",");
  return "constexpr std::size_t k" + name + "Mask = " + std::to_string(size - 1) +
         ";\nconstexpr std::array<std::uint32_t, k" + name + "Mask + 1> k" + name + "Slots{{\n" +
         text + "}};\n";
}

// Behind the table of models, which has its own namespace.
constexpr std::string_view kFindModel = R"(}  // namespace
std::span<const LibraryModel> library_models() { return kLibraryModels; }
namespace {
// By path: a row's number and one, and 16 bits of the path's hash, which tell other paths apart
// without a look at the row; 0 for a free slot. Rows of several languages stand one after another.
const LibraryModel* row_of(Language language, std::string_view path) {
  constexpr std::array kAny = {Language::Python, Language::JavaScript, Language::Java, Language::Go,
                               Language::CSharp, Language::Ruby, Language::Rust, Language::Cpp};
  const LibraryModel* found = nullptr;
  const std::uint64_t hash = slot_hash(path);
  for (std::size_t place = hash;; ++place) {
    const std::uint32_t slot = kModelSlots[place & kModelMask];
    if (slot == 0) break;
    if ((slot & 0xFFFFU) != hash >> 48U) continue;
    const LibraryModel& row = kLibraryModels[(slot >> 16U) - 1U];
    if (row.path != path) continue;
    if (row.language == language) return &row;
    if (language != Language::Unknown) continue;
    if (found == nullptr || std::ranges::find(kAny, row.language) < std::ranges::find(kAny, found->language))
      found = &row;
  }
  return found;
}
// What stands before and behind "*", which is put together where most paths have room.
const LibraryModel* row_of_any(Language language, std::string_view begin, std::string_view end) {
  std::array<char, 256> path;
  const std::size_t size = begin.size() + 1 + end.size();
  if (size > path.size()) return row_of(language, std::string(begin) + '*' + std::string(end));
  char* const star = std::copy(begin.begin(), begin.end(), path.data());
  *star = '*';
  std::copy(end.begin(), end.end(), star + 1);
  return row_of(language, {path.data(), size});
}
}  // namespace
const LibraryModel* find_library_model(Language language, std::string_view path) {
  if (const LibraryModel* exact = row_of(language, path); exact != nullptr) return exact;
  const std::size_t last = path.rfind('.');
  if (last == path.npos || last == 0) return nullptr;
  if (path[last - 1] == ')') return row_of_any(language, path.substr(0, last + 1), {});
  const std::size_t member = path.rfind('.', last - 1);
  if (member == path.npos || member == 0 || path[member - 1] != ')') return nullptr;
  if (path.substr(member, last - member).find('(') != path.npos) return nullptr;
  return row_of_any(language, path.substr(0, member + 1), path.substr(last));
}
)";

std::string generate_models(const std::filesystem::path& root) {
  const std::vector<OperationRow> operations = read_operations(root);
  Models models = read_models(root, operations);
  std::vector<ModelRow>& rows = models.rows;
  check_operations(rows, operations);
  std::ranges::stable_sort(rows, before);
  const auto twice = std::ranges::adjacent_find(
      rows, [](const ModelRow& a, const ModelRow& b) { return !before(a, b); });
  if (twice != rows.end())
    throw Mistake(std::next(twice)->where + ": a row of " + in_quotes(twice->path) + " stands at " +
                  twice->where + " too");
  std::string text;
  std::vector<std::string> paths;
  for (const ModelRow& row : rows) paths.push_back(row.path);
  for (const ModelRow& row : rows)
    text += row_literal("LibraryModel", kFields, row, ", .path = " + literal(row.path));
  return operations_table(operations) + "namespace {\nconstexpr std::array<LibraryModel, " +
         std::to_string(rows.size()) + "> kLibraryModels{{\n" + text + "}};\n" +
         slot_table("Model", paths) + std::string(kFindModel) + families_table(models.families) +
         members_table(models.members);
}

}  // namespace fnlint::tables
