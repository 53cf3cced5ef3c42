// Work grows with the input, not faster: of each hostile tree at n, 2n and 4n the bytes that a
// whole run asks of the heap. Counted, not timed; what copies or looks through the same again and
// again at each link of a chain asks for them again and again.
#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"
#include "tests/hostile/trees.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iterator>
#include <new>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::atomic<std::size_t> asked_bytes{0};

void* counted(std::size_t bytes) {
  asked_bytes.fetch_add(bytes, std::memory_order_relaxed);
  if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
// The buffers of sorts are asked for so: whoever frees must have allocated.
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  asked_bytes.fetch_add(bytes, std::memory_order_relaxed);
  return std::malloc(bytes == 0 ? 1 : bytes);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace fnlint::hostile {
namespace {

std::vector<Tree> trees_of(Size size) {
  std::vector<Tree> trees = source_trees(size);
  for (auto* more : {template_trees, program_trees})
    for (Tree& tree : more(size)) trees.push_back(std::move(tree));
  return trees;
}

std::size_t bytes_to_lint(const Tree& tree) {
  const test::MemoryFileSystem files(tree.files);
  std::vector<const Rule*> all_rules;
  for (const Rule& rule : rules()) all_rules.push_back(&rule);
  PipelineOptions options{.rules = all_rules};
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  options.possible = true;
  options.join_threads = 1;
  const std::size_t before = asked_bytes;
  (void)run_pipeline(options, files);
  return asked_bytes - before;
}

// Of the languages and tools: the first word of their trees' names.
std::vector<std::string> groups() {
  std::set<std::string> names;
  for (const Tree& tree : trees_of({1, 1})) names.insert(tree.name.substr(0, tree.name.find('-')));
  return {names.begin(), names.end()};
}

class Growth : public testing::TestWithParam<std::string> {};

// A run of each size, beyond what the smallest takes.
struct Sizes {
  std::string name = {};
  double one = 0, two = 0, four = 0;
  double twice = 2, fourfold = 4;  // how much larger the files are
};

std::size_t size_of(const Tree& tree) {
  std::size_t size = 0;
  for (const auto& [path, text] : tree.files) size += text.size();
  return size;
}

// What is known to grow faster, up to a budget. This list only shrinks.
// Ruby: each `&&` keeps its value in a variable that all later joins copy (kJoinedRows).
constexpr std::string_view kFaster[] = {"ruby-ands"};

// What says as much at each of the sizes does not grow, and is left out.
std::vector<Sizes> sizes_of(const std::string& group, Size size, bool doublings) {
  const auto sized = [&](std::size_t factor) {
    return trees_of({size.many * factor, size.levels * factor});
  };
  const std::vector<Tree> none = trees_of({1, 1}), one = sized(1), two = sized(2), four = sized(4);
  std::vector<Sizes> all;
  for (std::size_t i = 0; i < one.size(); ++i) {
    const bool is_doubling = one[i].name.find("double") != std::string::npos || group == "cdk";
    if (!one[i].name.starts_with(group + "-") || is_doubling != doublings ||
        one[i].files == two[i].files)
      continue;
    const auto base = static_cast<double>(bytes_to_lint(none[i]));
    const auto beyond = [&](const Tree& tree) {
      return std::max(static_cast<double>(bytes_to_lint(tree)) - base, 0.0);
    };
    const auto size_at_one = static_cast<double>(size_of(one[i]));
    all.push_back({one[i].name, beyond(one[i]), beyond(two[i]), beyond(four[i]),
                   std::max(2.0, static_cast<double>(size_of(two[i])) / size_at_one),
                   std::max(4.0, static_cast<double>(size_of(four[i])) / size_at_one)});
  }
  return all;
}

constexpr double kSlack = 1.3;          // tables that double when they are full
constexpr double kNoise = 1024 * 1024;  // texts up to their limit, which say their whole path

void expect_proportion(const std::string& group, Size size) {
  for (const Sizes& tree : sizes_of(group, size, false)) {
    if (std::ranges::find(kFaster, tree.name) != std::end(kFaster)) continue;
    EXPECT_LE(tree.two, tree.twice * kSlack * tree.one + kNoise)
        << tree.name << " of " << size.many;
    EXPECT_LE(tree.four, tree.fourfold * kSlack * tree.one + kNoise)
        << tree.name << " of " << size.many;
  }
}

// Within the limits on depth, where nothing is cut.
TEST_P(Growth, OfNestingsIsInProportion) { expect_proportion(GetParam(), {40, 10}); }
TEST_P(Growth, OfChainsIsInProportion) { expect_proportion(GetParam(), {1000, 15}); }

// What is twice as much at each level, a text or a program's own work, ends at a budget: four times
// the levels take no more than twice what two times take.
TEST_P(Growth, OfDoublingsEnds) {
  for (const Sizes& tree : sizes_of(GetParam(), {40, 15}, true))
    EXPECT_LE(tree.four, 2 * kSlack * tree.two + kNoise) << tree.name;
}

INSTANTIATE_TEST_SUITE_P(Hostile, Growth, testing::ValuesIn(groups()),
                         [](const auto& group) { return group.param; });

}  // namespace
}  // namespace fnlint::hostile
