// Settings that a framework injects: from the annotation to the environment variable that overrides
// it.

#include "flow/calls/configured_values.h"

#include "core/parts.h"
#include "flow/engine/reads.h"
#include "tables/models.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// An argument of an annotation, as its library's row names it; no id: it was not given.
ValueId annotated(Evaluation& evaluation, const CodeFacts& code, ModuleId module,
                  const Annotation& note, std::string_view told, std::string_view name) {
  for (const std::string_view one : parts_of(told, ',')) {
    if (!one.starts_with(name) || !one.substr(name.size()).starts_with('=')) continue;
    for (const std::string_view wanted : parts_of(one.substr(name.size() + 1), '|')) {
      std::size_t position = 0;
      for (const Operand& given : code.operands_of(note.arguments)) {
        const bool is_it = given.name.exists() ? code.string(given.name) == wanted
                                               : std::to_string(position++) == wanted;
        if (is_it) return evaluation.constant(module, given.value);
      }
    }
  }
  return {};
}

// A variable of the environment sets a setting under its name in capitals, whose parts '_' parts.
std::string variable_of_setting(std::string_view setting) {
  std::string name;
  for (const char c : setting) {
    const bool is_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    name += !is_word ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

}  // namespace

ValueId configured_value(const CodeBase& base, Evaluation& evaluation, ModuleId module,
                         Slice<Annotation> annotations) {
  const CodeFacts& code = base.program.facts(module);
  ValuePool& pool = base.pool;
  for (std::uint32_t i = 0; i < annotations.count; ++i) {
    const Annotation& note = code.annotations[annotations.first + i];
    const LibraryModel* row = find_library_model(code.language, code.string(note.path));
    if (row == nullptr || row->tells.empty()) continue;
    const ValueId told = annotated(evaluation, code, module, note, row->tells, "variable");
    const auto text = told.exists() ? as_text(pool, told) : std::nullopt;
    if (!text || text->empty()) continue;
    std::string_view setting = *text;
    ValueId fallback = annotated(evaluation, code, module, note, row->tells, "default");
    if (setting.starts_with("${") && setting.ends_with('}')) {  // "${name:otherwise}"
      setting = setting.substr(2, setting.size() - 3);
      const std::size_t colon = setting.find(':');
      if (colon != std::string_view::npos) fallback = pool.text_value(setting.substr(colon + 1));
      setting = setting.substr(0, colon);
    }
    const bool is_plain = setting.find_first_of("${}#:/ ") == std::string_view::npos;
    if (is_plain)
      return environment_value(pool, pool.text_value(variable_of_setting(setting)), fallback);
  }
  return {};
}

}  // namespace fnlint
