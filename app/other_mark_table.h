#pragma once

#include "app/other_marks.h"

#include <span>
#include <string_view>

namespace fnlint {

enum class MarkPlace : std::uint8_t { First, AfterHash, Anywhere };  // of a comment

// How ids are written behind a mark's word.
struct MarkIds {
  MarkPlace place{};                 // of the word
  std::string_view before_ids = {};  // one of these stands before ids; empty: they follow at once
  bool bare = false;                 // without ids it speaks of all of the tool
  bool blanks = false;               // ids may be parted by blanks alone
  std::string_view all = {};         // an id that means all
  IdForm form = IdForm::Same;
};

struct MarkRow {
  std::string_view tool = {};   // whose aliases count: "sonar-" is each that begins so
  std::string_view tool2 = {};  // ... and of this one
  std::string_view word = {};
  MarkIds ids = {};
  MarkReach reach{};
  std::string_view source = {};
};

std::span<const MarkRow> mark_rows();

}  // namespace fnlint
