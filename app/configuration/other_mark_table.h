// How other linters write suppressions, as data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

// What a mark of another tool covers, as that tool's documentation has it.
enum class MarkReach : std::uint8_t {
  Line,         // its own
  LineAndNext,  // its own, and the one below
  NextLine,     // the one below
  Node,         // alone on a line: the block, entry or line of code that follows; else its line
  Resource,     // the resource in whose block it stands
  File,
  Head,    // the file, where nothing but comments stands above it
  Onward,  // the rest of the file, up to a mark that ends it
  End,     // ... which is this one
};

// How an id as it is written is compared with a rule's alias.
enum class IdForm : std::uint8_t { Same, Beginning, DottedEnd, DashedEnd, Plugin, Wildcard };

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

// A mark that a comment may have.
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
