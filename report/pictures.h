// Data for the drawn parts of a report: event graph, cold starts, package contents.
#pragma once

#include "model/finding.h"
#include "report/graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fnlint {

// An import that costs something when a function's modules are loaded.
struct InitRow {
  std::string name = {};
  std::string use = {};  // "some paths use it"
  std::int64_t ms = 0, mb = 0;
  Span where = {};
  std::vector<PlacedText> chain = {};  // imports from the handler's module down to it
};
// What a function does at each of its cold starts, before the first event.
struct InitPicture {
  std::string function = {};
  std::string unknown = {};            // why nothing is known of its imports; empty: it is
  std::vector<InitRow> rows = {};      // in the order in which they are loaded
  std::vector<PlacedText> sdks = {};   // loaded whole; they have no row
  std::vector<PlacedText> work = {};   // calls
  std::int64_t total = 0, budget = 0;  // ms
  std::size_t others = 0;              // imports without a row: cheap, or not in the table of costs
  std::size_t unused = 0;              // imports that nothing uses
  std::string advice = {};
};

struct PackagePart {
  std::string path = {};
  std::uint64_t bytes = 0;
  std::string words = {};  // why nobody needs it: "tests"
};
// What one package of functions, or a layer, will hold.
struct PackagePicture {
  std::vector<std::string> users = {};  // functions
  std::string layer = {};               // its name; empty: it is the functions' own code
  std::string unknown = {};             // why it is not measured; empty: it is
  std::uint64_t bytes = 0;
  std::uint64_t estimated = 0;  // what is to be installed yet, where tables know it; not in `bytes`
  std::vector<PackagePart> parts = {};     // folders, the largest first; not all of them
  std::vector<PackagePart> planned = {};   // of `estimated`
  std::vector<PackagePart> unneeded = {};  // inside of `parts`
  std::size_t dependencies = 0;
};

// What formats that draw show beside findings. The application makes it for them alone.
struct Pictures {
  GraphPicture graph = {};
  std::vector<InitPicture> inits = {};
  std::vector<PackagePicture> packages = {};
  std::uint64_t package_limit = 0;  // bytes that a function's package and layers may have
};

}  // namespace fnlint
