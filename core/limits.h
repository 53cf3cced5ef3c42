// How much of any input is read and followed at most, so that no project can make a run endless.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fnlint {

// Every limit on input, in one place (docs/internals/run.md explains them). Exceeding one is a
// problem at a place, never a crash; budgets count steps, not seconds, so that a cut falls in the
// same place everywhere.
inline constexpr std::size_t kSourceBytes = 2U << 20U;
inline constexpr std::size_t kTemplateBytes = 16U << 20U;
inline constexpr std::size_t kHclBytes = 4U << 20U;  // its syntax tree takes a hundred times as much
inline constexpr std::size_t kPlanBytes = 256U << 20U;
inline constexpr std::size_t kNestingDepth = 200;
inline constexpr std::uint64_t kExpandedNodes = 2'000'000;
inline constexpr std::size_t kProblems = 100;  // of one file; further ones are not listed
inline constexpr std::size_t kArchiveEntries = 1'000'000;

inline constexpr std::size_t kAlternatives = 8;  // of a OneOf
inline constexpr std::size_t kGuardTests = 4;    // of one guard
inline constexpr std::size_t kPatternParts = 32;
inline constexpr std::size_t kPatternBytes = 1024;
inline constexpr std::size_t kTextBytes = 4096;     // of a text that is put together
inline constexpr std::size_t kTextInput = 1U << 16U;  // of a text that functions read
inline constexpr std::size_t kCollectionItems =
    64;                                    // of a List or Record value before it is joined
inline constexpr std::size_t kFacts = 64;  // that hold at one op
inline constexpr std::size_t kSummarySteps = 512;
inline constexpr std::size_t kJoinedRows = 20'000'000;  // of all that one body's branches join
// Calls between a function and what is done for it: the layers of a service are many, and each
// costs one more copy of its steps.
inline constexpr std::size_t kPathCalls = 16;
// Into the project's own functions, of all that one Lambda function does; one at depth n counts n + 1
// times, since recursion multiplies. Functions of a hundred public projects make fewer than 2'000.
inline constexpr std::size_t kFollowedCalls = 20'000;
inline constexpr std::size_t kCallDepth = 12;  // of project functions that a value flows through
inline constexpr std::size_t kComparedPairs = 64;
// Of one policy: a path to all others of each other, over a few thousand resources, is a question
// that nobody waits for. Those of one path are held at once.
inline constexpr std::size_t kPolicyItems = 50'000'000;
inline constexpr std::size_t kPathItems = 200'000;
inline constexpr std::size_t kImplementers = 4;  // of an interface that a call is followed into

// Of one project of sources: what is beyond is not found by name.
inline constexpr std::size_t kIndexedFolders = 20'000;
inline constexpr std::size_t kIndexedFiles = 20'000;
inline constexpr std::size_t kIndexedBytes = 64U << 20U;
inline constexpr std::size_t kProviderFiles = 64;  // of one module, for a container of dependencies
inline constexpr std::size_t kDerivingFiles = 8;     // that name one class or interface as a base
inline constexpr std::size_t kClassHeaderBytes = 1024;  // from `class` to its body
inline constexpr std::size_t kBuildFileBytes = 1U << 20U;

}  // namespace fnlint
