// What a service does not take it refuses: a member without which an operation is nothing, one that
// it does not have, more entries than fit. Languages that look at names when they come to them say
// so only where the call is made.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/characters.h"
#include "core/text.h"
#include "model/package.h"
#include "tables/known.h"
#include "tables/quotas.h"
#include "tables/sdk_parameters.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace fnlint {

namespace {

constexpr std::string_view kRule = "handler-sdk-parameter-invalid";
// SDKs that send what they know of a request and leave out the rest.
constexpr std::string_view kLeavesOut = "@aws-sdk/";
// ... and whose clients may have members of their requests.
constexpr std::string_view kBinds = "aws-sdk.";
constexpr std::string_view kResource = "boto3.resource(", kRubyClient = ".Client()";

struct Members {
  std::vector<std::string_view> all = {}, required = {};
};
// By the row, and whether it is asked of a resource.
using KnownMembers = std::map<std::pair<const SdkParameters*, bool>, Members>;

Members members_of(const SdkParameters& row, bool of_resource) {
  Members members;
  for (std::string_view name : split(row.members, ' ')) {
    const std::size_t mark = name.find('!');
    const std::string_view plain = name.substr(0, mark);
    if (plain.empty()) continue;
    members.all.push_back(plain);
    if (mark != name.npos && !(of_resource && name.ends_with('?')))
      members.required.push_back(plain);
  }
  return members;
}

// Whether the code writes members as the API does, letter by letter.
bool is_exact(Language language) {
  return language == Language::Python || language == Language::JavaScript;
}
bool is_read(Language language) { return is_exact(language) || language == Language::Ruby; }

// A name that the code gives to a member, and no position, nor what is spread into the request.
bool is_given_name(std::string_view name) {
  return !name.empty() && name != kRest && name[0] != '*' && !is_digits(name);
}

// "TableName" as the language's SDK has it: "table_name".
std::string spelled(std::string_view name, Language language) {
  if (language != Language::Ruby) return std::string(name);
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins = i > 0 && is_upper(name[i]) &&
                        (!is_upper(name[i - 1]) || (i + 1 < name.size() && is_lower(name[i + 1])));
    if (begins) out += '_';
    out += lower(name.substr(i, 1));
  }
  return out;
}

std::string in_quotes(const std::vector<std::string_view>& names, Language language) {
  std::string out;
  for (const std::string_view name : names)
    out += cat(out.empty() ? "'" : ", '", spelled(name, language), '\'');
  return out;
}

std::string_view path_of(const Effect& effect) {
  return effect.library == UINT32_MAX ? std::string_view(effect.receiver)
                                      : library_models()[effect.library].path;
}

// One call of an operation.
class Request {
 public:
  Request(const Project& project, const LambdaFunction& function, const Effect& effect,
          const SdkParameters& row, KnownMembers& known, Findings& findings)
      : pool_(*project.pool),
        function_(function),
        effect_(effect),
        row_(row),
        path_(path_of(effect)),
        members_(effect.arguments),
        known_(known),
        findings_(findings) {
    // Of what no row describes, all that the call is given.
    const bool is_raw = effect.library == UINT32_MAX && pool_.is(members_, ValueKind::Record);
    const ValueId first = is_raw ? entry_of(pool_, members_, "0") : ValueId{};
    if (first.exists() && function.language != Language::Python) members_ = first;
  }

  void check() {
    if (!members_.exists() || !pool_.is(members_, ValueKind::Record)) return;
    const bool of_resource = path_.starts_with(kResource);
    const auto [at, is_new] = known_.try_emplace({&row_, of_resource});
    if (is_new) at->second = members_of(row_, of_resource);
    const Members& members = at->second;
    if (check_positions()) return;
    const bool named = check_names(members_, members, "");
    if (!named && effect_.members_whole && !has_bound_members())
      check_missing(members_, members.required, "", Confidence::Certain);
    for (const EntryLimit& limit : entry_limits())
      if (limit.operation == row_.id) check_list(limit);
    check_exclusive();
    check_typed_values();
  }
  // Also of requests whose members are spelled otherwise than the API's.
  void check_exclusive() {
    const auto* const row = known::row_of(known::exclusive_members(), row_.id);
    if (row == nullptr || !members_.exists() || !pool_.is(members_, ValueKind::Record)) return;
    std::string_view listed = (*row)[1];
    const bool exactly = listed.starts_with('!');
    if (exactly) listed.remove_prefix(1);
    std::vector<std::string_view> given;
    bool open = pool_[members_].ref != 0 || !effect_.members_whole;
    for (const std::string_view one : split(listed, '|'))
      if (const ValueId value = member(one); value.exists())
        (surely_given(value) ? given.push_back(one) : void(open = true));
    for (const StringId name : pool_.names(members_)) open = open || !is_given_name(pool_[name]);
    const std::vector<std::string_view> all = split(listed, '|');
    if (given.size() > 1)
      findings_.push_back(
          finding(given[1], Confidence::Certain)
              .says(row_.id, " is given ", in_quotes(given, function_.language),
                    " together, and takes only one of them: the call always fails."));
    else if (exactly && given.empty() && !open && !has_bound_members() &&
             !path_.starts_with(kResource))
      findings_.push_back(finding(all[0], Confidence::Certain)
                              .says(row_.id, " is given none of ",
                                    in_quotes(all, function_.language),
                                    ", and requires one: the call always fails."));
  }

 private:
  [[nodiscard]] ValueId member(std::string_view name) const {
    const auto names = pool_.names(members_);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (flat_name(pool_[names[i]]) == flat_name(name)) return pool_.operands(members_)[i];
    return {};
  }
  // Neither nothing, nor what may be nothing.
  [[nodiscard]] bool surely_given(ValueId value) const {
    const ValueKind kind = pool_[value].kind;
    if (function_.language == Language::Rust)  // only `set_…` takes an option
      return kind != ValueKind::Null && kind != ValueKind::Absent && kind != ValueKind::OneOf;
    return kind == ValueKind::Text || kind == ValueKind::Pattern || kind == ValueKind::Record ||
           kind == ValueKind::List || kind == ValueKind::Reference ||
           (kind == ValueKind::Hole && (pool_[value].origin == Origin::Environment ||
                                        pool_[value].origin == Origin::TemplateInput));
  }
  [[nodiscard]] bool has(ValueId record, std::string_view member) const {
    const auto names = pool_.names(record);
    return std::ranges::any_of(names, [&](StringId name) {
      return pool_[name] == member ||
             (!is_exact(function_.language) && flat_name(pool_[name]) == flat_name(member));
    });
  }

  FindingBuilder finding(std::string_view about, Confidence confidence) const {
    FindingBuilder built(kRule, effect_.uncertainty & ~(kUncertain | kConditional));
    built.at_most(confidence)
        .about(function_)
        .at(effect_.where)
        .identified(function_.name, ' ', row_.id, ' ', about)
        .with_steps(effect_.path);
    return built;
  }

  // Of a client that was made with members of all its requests: `new S3({ params: { Bucket } })`.
  [[nodiscard]] bool has_bound_members() const {
    const ValueId client = effect_.object;
    const bool binds = path_.starts_with(kBinds) && client.exists() &&
                       pool_.is(client, ValueKind::Object) && !pool_.operands(client).empty();
    const ValueId settings = binds ? entry_of(pool_, pool_.operands(client)[0], "0") : ValueId{};
    if (!settings.exists()) return false;
    return !pool_.is(settings, ValueKind::Record) || entry_of(pool_, settings, "params").exists();
  }

  // `s3.put_object(bucket, key)`
  bool check_positions() {
    if (function_.language != Language::Python || !entry_of(pool_, members_, "0").exists())
      return false;
    findings_.push_back(finding("0", Confidence::Certain)
                            .says(row_.id,
                                  " takes its parameters by their names alone, and is given one "
                                  "without: the call always fails."));
    return true;
  }

  // Whether one is not known.
  bool check_names(ValueId record, const Members& members, std::string_view list) {
    const std::vector<std::string_view>& known = members.all;
    bool found = false;
    for (const StringId id : pool_.names(record)) {
      const std::string_view name = pool_[id];
      if (!is_given_name(name)) continue;
      const std::string flat = flat_name(name);
      const auto same =
          std::ranges::find_if(known, [&](std::string_view one) { return flat_name(one) == flat; });
      if (same != known.end() && (*same == name || !is_exact(function_.language))) continue;
      if (is_one_of(known::parameters_of_sdks(), flat)) continue;
      const std::string_view meant = same != known.end() ? *same : nearest(name, known);
      // What an SDK leaves out may be there for something else.
      if (path_.starts_with(kLeavesOut) && meant.empty()) continue;
      found = true;
      const bool is_lacking = !meant.empty() && !has(record, meant);
      const bool is_needed = is_lacking && is_one_of(members.required, meant);
      say_unknown(name, is_lacking ? meant : std::string_view(), list, is_needed);
    }
    return found;
  }
  // Of a name that nothing is near the service may have more by now.
  void say_unknown(std::string_view name, std::string_view meant, std::string_view list,
                   bool is_needed) {
    const bool leaves_out = path_.starts_with(kLeavesOut);
    FindingBuilder built = finding(name, meant.empty() ? Confidence::Likely : Confidence::Certain);
    built.grade_if(leaves_out && !is_needed, Severity::Warning);
    built.says("'", spelled(name, function_.language), "' is no ",
               list.empty() ? "parameter of " : cat("member of an entry of ", list, " in "),
               row_.id);
    if (!meant.empty()) built.adds(", which has '", spelled(meant, function_.language), '\'');
    built.adds(leaves_out ? ": it is left out of what is sent."
                          : ": the SDK refuses the call before it sends anything.");
    findings_.push_back(std::move(built));
  }

  void check_missing(ValueId record, const std::vector<std::string_view>& required,
                     std::string_view list, Confidence confidence) {
    if (pool_[record].ref != 0) return;
    for (const StringId name : pool_.names(record))
      if (pool_[name] == kRest || pool_[name].starts_with('*')) return;
    std::vector<std::string_view> missing;
    for (const std::string_view one : required)
      if (!has(record, one)) missing.push_back(one);
    if (missing.empty()) return;
    FindingBuilder built = finding(missing[0], confidence);
    if (list.empty())
      built.says(row_.id, " is called without ", in_quotes(missing, function_.language),
                 ", which it requires: the call always fails.");
    else
      built.says("An entry of ", list, " has no ", in_quotes(missing, function_.language),
                 ", which ", row_.id, " requires of each: it is refused.");
    findings_.push_back(std::move(built));
  }

  // `client.put_item(Item={"id": "a"})`: what a table of boto3 takes, and its client does not.
  void check_typed_values() {
    const auto* const typed = known::row_of(known::typed_members(), row_.id);
    if (typed == nullptr || makes_typed_values() ||
        std::ranges::none_of(known::clients_of_typed_values(),
                             [&](std::string_view begin) { return path_.starts_with(begin); }))
      return;
    for (const std::string_view member : split((*typed)[1], '|')) {
      const ValueId values = entry_of(pool_, members_, member);
      if (!values.exists() || !pool_.is(values, ValueKind::Record)) continue;
      for (std::size_t i = 0; i < pool_.operands(values).size(); ++i) {
        const std::string_view name = pool_[pool_.names(values)[i]];
        const std::string_view words = plain_words(pool_.operands(values)[i]);
        if (words.empty() || !is_given_name(name)) continue;
        findings_.push_back(
            finding(member, Confidence::Certain)
                .says("'", name, "' in ", member, " of ", row_.id, " is ", words,
                      ", and this client takes values with their type around them, as in {\"S\": "
                      "\"a\"}: the call always fails."));
        return;
      }
    }
  }
  // A plain value may have become one on its way: what does that leaves its content what it is.
  [[nodiscard]] bool makes_typed_values() const {
    if (!function_.libraries || !function_.libraries->complete) return true;
    return std::ranges::any_of(function_.libraries->rows, [](const LibraryImport& row) {
      const std::string name = lower(cat(row.module, '.', row.name));
      return std::ranges::any_of(known::makers_of_typed_values(), [&](std::string_view part) {
        return name.find(part) != std::string::npos;
      });
    });
  }
  // What a value is that is no record for certain; empty: it may be one.
  [[nodiscard]] std::string_view plain_words(ValueId value) const {
    switch (pool_[value].kind) {
      case ValueKind::Text:
      case ValueKind::Pattern: return "a string";
      case ValueKind::Number: return "a number";
      case ValueKind::Bool: return "a boolean";
      case ValueKind::List: return "a list";
      case ValueKind::Hole:
        if (pool_[value].origin == Origin::Clock) return "a time";
        return pool_[value].origin == Origin::Fresh ? "an identifier" : "";
      default: return {};
    }
  }

  // The lists that the path leads to.
  void find_lists(ValueId value, std::string_view path, std::vector<ValueId>& lists) const {
    if (!value.exists()) return;
    if (path.empty()) return lists.push_back(value);
    if (!pool_.is(value, ValueKind::Record)) return;
    const std::string_view part = path.substr(0, path.find('.'));
    const std::string_view rest = part == path ? std::string_view() : path.substr(part.size() + 1);
    if (part != "*") return find_lists(entry_of(pool_, value, part), rest, lists);
    for (const ValueId one : pool_.operands(value)) find_lists(one, rest, lists);
  }

  void check_list(const EntryLimit& limit) {
    std::vector<ValueId> lists;
    find_lists(members_, limit.list, lists);
    std::size_t size = 0;
    for (const ValueId list : lists)
      if (pool_.is(list, ValueKind::List) && pool_[list].ref == 0)
        size += pool_.operands(list).size();
    if (static_cast<std::int64_t>(size) > limit.most)
      findings_.push_back(finding(limit.list, Confidence::Certain)
                              .says(row_.id, " is given ", size, " entries in ", limit.list,
                                    ", and takes ", limit.most,
                                    " at most: the call always fails."));
    if (effect_.entries.most > limit.most)
      findings_.push_back(
          finding(limit.list, effect_.entries.by_name ? Confidence::Likely : Confidence::Certain)
              .says(row_.id, " is given parts of ", effect_.entries.most, " entries as ",
                    limit.list, ", and takes ", limit.most,
                    " at most: the call fails for each such part."));
    const SdkParameters* const row = find_sdk_parameters(cat(limit.operation, ' ', limit.list));
    if (row == nullptr) return;
    Members members = members_of(*row, false);
    members.required.insert(members.required.end(), limit.needs.begin(), limit.needs.end());
    for (const ValueId list : lists) check_entries(list, members, limit.list);
  }
  void check_entries(ValueId list, const Members& members, std::string_view name) {
    if (!pool_.is(list, ValueKind::List)) return;
    for (const ValueId entry : pool_.operands(list)) {
      if (!pool_.is(entry, ValueKind::Record)) continue;
      if (!check_names(entry, members, name))
        check_missing(entry, members.required, name,
                      effect_.entries.written ? Confidence::Certain : Confidence::Likely);
    }
  }

  const ValuePool& pool_;
  const LambdaFunction& function_;
  const Effect& effect_;
  const SdkParameters& row_;
  const std::string_view path_;
  ValueId members_;
  KnownMembers& known_;
  Findings& findings_;
};

// What is known of a request that the code itself makes in the API's terms; null: it is none.
const SdkParameters* row_of(const Effect& effect) {
  if (effect.parameters != UINT32_MAX) return &sdk_parameters()[effect.parameters];
  return effect.library == UINT32_MAX ? nullptr
                                      : find_sdk_parameters(operations()[effect.operation].id);
}
bool is_in_api_terms(Language language, const Effect& effect) {
  if ((effect.flags & kGuessed) != 0) return false;
  const std::string_view path = path_of(effect);
  if (language == Language::Ruby && path.find(kRubyClient) == path.npos) return false;
  return std::ranges::any_of(known::sdks_in_api_terms(),
                             [&](std::string_view begin) { return path.starts_with(begin); });
}

}  // namespace

void handler_sdk_parameters(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a helper serves many functions
  KnownMembers known;
  for (const LambdaFunction& function : project.functions) {
    const bool reads_names = is_read(function.language);
    for (const std::vector<Effect>* all :
         {&function.effects, &function.unknown_calls, &function.requests})
      for (const Effect& effect : *all) {
        if (all == &function.requests && effect.parameters == UINT32_MAX) continue;
        const SdkParameters* const row = row_of(effect);
        if (row == nullptr || (effect.flags & kGuessed) != 0 || told.contains(effect.where))
          continue;
        const std::size_t before = findings.size();
        Request request(project, function, effect, *row, known, findings);
        if (!reads_names)
          request.check_exclusive();
        else if (is_in_api_terms(function.language, effect))
          request.check();
        if (findings.size() > before) told.insert(effect.where);
      }
  }
}

}  // namespace fnlint
