// Collects which folders are called by which modules, and judges the others by arguments that
// nothing gives, by files of values, and by scripts and tools that name them.

#include "link/terraform/terraform_roots.h"

#include "core/characters.h"
#include "core/text.h"
#include "link/resolve/build_commands.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

bool has_declaration(const LinkContext& build, const std::vector<TextId>& texts,
                     std::string_view type) {
  return std::ranges::any_of(texts, [&](TextId text) {
    const TemplateFacts& facts = build.facts(text);
    return std::ranges::any_of(
        facts.declarations, [&](const Declaration& one) { return facts.string(one.type) == type; });
  });
}

bool is_of_trials(std::string_view folder) {
  return std::ranges::any_of(split(folder, '/'), [](std::string_view part) {
    return is_one_of(known::terraform_trial_folders(), part);
  });
}

bool is_in_text(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const auto goes_on = [&](std::size_t i) {
      return i < text.size() && (is_word(text[i]) || text[i] == '-');
    };
    if ((at == 0 || !goes_on(at - 1)) && !goes_on(end)) return true;
  }
  return false;
}

}  // namespace

std::string_view literal_source(const LinkContext& build, TextId text,
                                const Declaration& declaration) {
  const ExprClosure attributes{text, declaration.attributes};
  return build.literal(build.entry(attributes, "source")).value_or(std::string_view{});
}

std::string module_folder(std::string_view caller, std::string_view source) {
  std::string folder = normal_path(join_path(caller, source));
  return folder == "." ? std::string() : folder;
}

TerraformCallers called_folders(const LinkContext& build, const TerraformFolders& folders) {
  TerraformCallers called;
  for (const auto& [folder, texts] : folders) {
    for (const TextId text : texts) {
      for (const Declaration& declaration : build.facts(text).declarations) {
        const std::string_view source = literal_source(build, text, declaration);
        if (build.facts(text).string(declaration.type) != "module" ||
            !is_local(folders, folder, source))
          continue;
        const std::string target = module_folder(folder, source);
        if (target != folder) called[target].insert(folder);
      }
    }
  }
  return called;
}

bool UnplannedRoots::lacks_arguments(const std::string& folder) {
  const auto texts = folders_.find(folder);
  if (texts == folders_.end() || !seen_.insert(folder).second) return false;
  return std::ranges::any_of(texts->second, [&](TextId text) {
    return std::ranges::any_of(build_.facts(text).declarations, [&](const Declaration& one) {
      if (build_.facts(text).string(one.type) != "module") return false;
      const std::string_view source = literal_source(build_, text, one);
      if (!is_local(folders_, folder, source)) return false;
      const std::string target = module_folder(folder, source);
      return lacks(target, {text, one.body}) || lacks_arguments(target);
    });
  });
}

bool UnplannedRoots::lacks(const std::string& target, const ExprClosure& call) const {
  std::set<std::string_view> given;
  for (const Operand& operand : build_.operands(call))
    if (operand.name.exists()) given.insert(build_.facts(call.text).string(operand.name));
  const auto texts = folders_.find(target);
  return texts != folders_.end() && std::ranges::any_of(texts->second, [&](TextId text) {
           const TemplateFacts& facts = build_.facts(text);
           return std::ranges::any_of(facts.inputs, [&](const Input& input) {
             return !input.fallback.exists() && !given.contains(facts.string(input.name));
           });
         });
}

// Files of values lie beside a configuration, or below it.
bool UncalledModules::is_deployed(const std::string& folder) const {
  const auto texts = folders_.find(folder);
  if (texts == folders_.end()) return false;
  const std::string below = folder.empty() ? folder : cat(folder, "/");
  return has_declaration(build_, texts->second, kTerraformProvider) ||
         has_declaration(build_, texts->second, kTerraformBackend) ||
         std::ranges::any_of(values_, [&](const auto& row) {
           return row.first == folder || row.first.starts_with(below);
         });
}

bool UncalledModules::is_called_by_deployed(const std::string& folder) const {
  std::set<std::string> seen;
  std::vector<std::string> asked{folder};
  while (!asked.empty()) {
    const auto callers = called_.find(asked.back());
    asked.pop_back();
    if (callers == called_.end()) continue;
    for (const std::string& caller : callers->second) {
      if (!seen.insert(caller).second || is_of_trials(caller)) continue;
      if (!called_.contains(caller) && is_deployed(caller)) return true;
      asked.push_back(caller);
    }
  }
  return false;
}

bool UncalledModules::has_called_sibling(const std::string& folder) const {
  return !folder.empty() && std::ranges::any_of(called_, [&](const auto& row) {
    return row.first != folder && folder_of(row.first) == folder_of(folder) &&
           is_called_by_deployed(row.first);
  });
}

bool UncalledModules::asks_for_values(const std::string& folder) const {
  const auto texts = folders_.find(folder);
  return texts != folders_.end() && std::ranges::any_of(texts->second, [&](TextId text) {
           return std::ranges::any_of(build_.facts(text).inputs,
                                      [](const Input& row) { return !row.fallback.exists(); });
         });
}

bool UncalledModules::other_tools_call() {
  if (!other_tools_) {
    const auto calls = [](std::string_view name) {
      return std::ranges::any_of(known::terraform_outer_files(),
                                 [&](std::string_view one) { return name.ends_with(one); });
    };
    other_tools_ =
        !files_called(build_.files, "", calls, [](std::string_view) { return false; }).empty();
  }
  return *other_tools_;
}

bool UncalledModules::scripts_name(const std::string& folder) {
  if (!scripts_) {
    scripts_.emplace();
    for (const BuildScript& script : build_.builds.scripts())
      if (is_in_text(script.text, "terraform") || is_in_text(script.text, "tofu"))
        scripts_->push_back(script.text);
  }
  return std::ranges::any_of(
      *scripts_, [&](std::string_view text) { return is_in_text(text, file_name_of(folder)); });
}

bool UncalledModules::contains(const std::string& folder) {
  return asks_for_values(folder) && !is_deployed(folder) && has_called_sibling(folder) &&
         !other_tools_call() && !scripts_name(folder);
}

}  // namespace fnlint::stacks
