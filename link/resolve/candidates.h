// The one place that orders what may be meant, and picks.
#pragma once

#include "model/guess.h"
#include "tables/guesses.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A file, folder or program that may be what is meant; without a guess it surely is.
template <class Thing>
struct Candidate {
  Thing thing{};
  Guess guess = {};
};
using PathCandidate = std::optional<Candidate<std::string>>;

// By a row of data/guesses.yaml, of the name that it goes by.
Guess guess_by(const GuessRow& row, std::string_view name = {});

// One row, and all that it points to: it is asked only where no better one decides.
template <class Thing>
struct Sign {
  const GuessRow* row = nullptr;
  std::string name = {};
  std::function<std::vector<Thing>()> points_to = {};
};

// What the best sign points to alone, of what fits. Several things decide nothing.
template <class Thing, class Fits>
std::optional<Candidate<Thing>> likeliest(std::vector<Sign<Thing>> signs, const Fits& fits) {
  std::ranges::stable_sort(signs, std::ranges::greater{},
                           [](const Sign<Thing>& sign) { return sign.row->score; });
  for (const Sign<Thing>& sign : signs) {
    std::vector<Thing> things = sign.points_to();
    std::erase_if(things, [&](const Thing& thing) { return !fits(thing); });
    std::ranges::sort(things);
    things.erase(std::unique(things.begin(), things.end()), things.end());
    if (things.size() == 1)
      return Candidate<Thing>{std::move(things.front()), guess_by(*sign.row, sign.name)};
  }
  return std::nullopt;
}
template <class Thing>
std::optional<Candidate<Thing>> likeliest(std::vector<Sign<Thing>> signs) {
  return likeliest(std::move(signs), [](const Thing&) { return true; });
}

}  // namespace fnlint
