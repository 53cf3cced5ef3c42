// Building fnlint-clang on demand, by a program that only the user can name.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace fnlint {

// FNLINT_CLANG_SETUP names a program of the user's that brings fnlint-clang up to date, run where a
// run meets its first file of C++. Why the named one is not run: a relative path would be looked
// for in the current folder, and one below `root` could come with the project that is linted.
// Empty: it may be run, and `path` is set to where it really lies.
std::string clang_setup_refusal(const std::string& setup, const std::string& root,
                                std::string& path);

// Runs it, with what it prints on the error stream. It and all that it starts are gone afterwards,
// also where it runs longer than it may or the user interrupts. Returns what went wrong, in words.
std::string run_clang_setup(const std::string& path, std::chrono::seconds most);

}  // namespace fnlint
