// The keys of `.fnlint.yaml` in one table, so that reader, schema and reference agree.
#pragma once

#include "app/configuration/configuration.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace fnlint {

// What a key's value is, by where it is kept.
using SelectorsKey = std::vector<std::string> Configuration::*;
using LevelsKey = Levels Configuration::*;
using PathIgnoresKey = std::vector<PathIgnore> Configuration::*;
using GlobsKey = std::vector<PlacedGlob> Configuration::*;
using TextsKey = std::vector<std::pair<std::string, std::string>> Configuration::*;
using PathsKey = std::vector<PlacedPath> Configuration::*;
using PathKey = std::string Configuration::*;
using FormatKey = const Format* Configuration::*;
using LevelKey = std::optional<Severity> Configuration::*;
using ConfidenceKey = std::optional<Confidence> Configuration::*;
using TruthKey = bool Configuration::*;
using NumberKey = const Threshold*;
using ListKey = const SettingList*;
struct ExtendKey {};
using KeyValue =
    std::variant<ExtendKey, SelectorsKey, LevelsKey, PathIgnoresKey, GlobsKey, TextsKey, PathsKey,
                 PathKey, FormatKey, LevelKey, ConfidenceKey, TruthKey, NumberKey, ListKey>;

// One key of `.fnlint.yaml`. The reader, the schema and the reference are made from these.
struct ConfigurationKey {
  std::string_view name = {};
  KeyValue value = {};
  std::string_view text = {};      // what it says
  std::string_view fallback = {};  // the word that holds where nobody says another
  bool adds = false;               // to the list of the key that it is named for, behind "extend-"
  bool of_run = false;  // says something of a run as a whole: it counts in the root's file alone
};

// All of them, the thresholds and lists of settings last.
std::span<const ConfigurationKey> configuration_keys();

// "select" of "extend-select".
std::string_view key_that_is_meant(const ConfigurationKey& key);

}  // namespace fnlint
