// Kinds of command line options, each with its own checks and messages.
#pragma once

#include "app/configuration/choices.h"
#include "core/text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// What a word of the command line may be, in the order in which it is told.
template <class Value>
using Words = std::vector<std::pair<std::string_view, Value>>;

template <class Value>
std::vector<std::string_view> label_of(const Words<Value>& words) {
  std::vector<std::string_view> known;
  for (const auto& [word, value] : words) known.push_back(word);
  return known;
}

template <class Value>
std::string_view word_of(const Words<Value>& words, Value value) {
  return std::ranges::find(words, value, &Words<Value>::value_type::second)->first;
}

template <class Value>
const Value* find_word(const Words<Value>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word, &Words<Value>::value_type::first);
  return found == words.end() ? nullptr : &found->second;
}

// An option whose value is one of a few words.
template <class Target, class Value>
CLI::Option* add_word(CLI::App& app, const std::string& option, Target& target,
                      const Words<Value>& words, const std::string& help) {
  std::string choices;
  for (const auto& [word, value] : words) choices += cat(choices.empty() ? "" : "|", word);
  return app
      .add_option_function<std::string>(
          option,
          [option, &target, &words](const std::string& word) {
            const Value* const found = find_word(words, word);
            if (found == nullptr)
              throw CLI::ValidationError(
                  option, cat("must be ", choice_of(label_of(words)), ", not '", word, '\'',
                              suggestion(word, label_of(words))));
            target = *found;
          },
          help)
      ->type_name(choices)
      ->take_last();
}

// An option that may be given again, each time with one value or several after commas.
inline void add_list(CLI::App& app, const std::string& option, std::vector<std::string>& target,
                     const std::string& type, const std::string& help) {
  app.add_option(option, target, help)->type_name(type)->delimiter(',')->allow_extra_args(false);
}

// An option with a text, of which the last one counts. An empty one is a variable of a script that
// is not set, and no way to leave the option out.
template <class Target>
void add_text(CLI::App& app, const std::string& option, Target& target, const std::string& type,
              const std::string& help) {
  app.add_option_function<std::string>(
         option,
         [option, type, &target](const std::string& text) {
           if (text.empty()) throw CLI::ValidationError(option, cat("must be ", type, ", not ''"));
           target = text;
         },
         help)
      ->type_name(type)
      ->take_last();
}

// An option that may be given again, each time with a value of two parts.
inline void add_pairs(
    CLI::App& app, const std::string& option, char between, const std::string& type,
    const std::string& help,
    const std::function<std::string(const std::string&, const std::string&)>& take) {
  app.add_option_function<std::vector<std::string>>(
         option,
         [=](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             const std::size_t at = text.find(between);
             if (at == 0 || at == std::string::npos)
               throw CLI::ValidationError(option, cat("must be ", type, ", not '", text, '\''));
             if (const std::string error = take(text.substr(0, at), text.substr(at + 1));
                 !error.empty())
               throw CLI::ValidationError(option, error);
           }
         },
         help)
      ->type_name(type)
      ->allow_extra_args(false);
}

}  // namespace fnlint
