// The binary form of cached runs.
#pragma once

#include "app/configuration/rule_registry.h"
#include "app/run/pipeline.h"
#include "app/run/witness.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a run found, and what it asked for that.
struct KeptRun {
  std::vector<Question> questions = {};
  Run run = {};
};

// All of it but how long it took. A text that a question has answered is not written again.
std::string bytes_of(KeptRun& kept);

// Asks a question again; false: the answer is another one. `text` takes what was read; null: it is
// not wanted.
using AskAgain = std::function<bool(const Question& question, std::string* text)>;
// The run, if all answers are still the same. Nothing as well for bytes that are none of ours.
// Its rules are of `rules`.
std::optional<KeptRun> kept_run(std::string_view bytes, const RuleRegistry& rules,
                                const AskAgain& ask);

}  // namespace fnlint
