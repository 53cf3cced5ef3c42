#pragma once

#include <csignal>
#include <cstddef>
#include <string>
#include <string_view>

namespace fnlint {

// What POSIX leaves to the systems, in one place: all that is Linux's own stands in system.cpp,
// each time beside what another system has for it.

// The path of the program that runs; empty: not known.
std::string own_program();

// What tells the program that runs, with the libraries that it has loaded, from those that were
// made of other sources: their build ids, or a digest of its file; empty: not known.
std::string build_of_program();

// Between fork and exec: this process is ended when the one that started it ends. Linux alone.
void end_with_parent();

// Two connected ends that programs started later do not inherit; false: there are none.
bool connect_ends(int (&ends)[2]);

// Writes what can be taken now. Returns the number of bytes, or -1 with errno; raises no SIGPIPE.
std::ptrdiff_t send_now(int end, std::string_view bytes);

// Waits at most a second for one of the signals, which are blocked. Returns it; 0 or less: none
// came.
int signal_within_second(const sigset_t& signals);

// The stack of threads that are started later. Elsewhere than on Linux it stays as it is.
void set_thread_stack(std::size_t bytes);

}  // namespace fnlint
