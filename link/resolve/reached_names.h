// Which names can running code read? Found by names alone, without resolving a call.
#pragma once

#include "model/code.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Names of variables and fields that code reads which may run: modules' initialisers, handlers, and
// what these name, hand over or construct. A function counts as run where anything that runs bears
// its name, so that what this leaves out surely does not run. The facts outlive it.
class ReachedNames {
 public:
  void add(const CodeFacts& code);
  // What the runtime calls: "handler", "Shop.handle".
  void add_root(std::string_view symbol);
  // All of the unit is added.
  void settle();

  // Anything else is done with it than to put something in.
  [[nodiscard]] bool is_read(std::string_view name) const { return read_.contains(name); }
  // Anything else than to read or call a member of it.
  [[nodiscard]] bool is_handed_on(std::string_view name) const { return handed_on_.contains(name); }

 private:
  using Names = std::set<std::string, std::less<>>;
  struct File {
    const CodeFacts* code = nullptr;
    std::uint32_t first = 0;                  // row of its function 0
    std::vector<std::vector<OpId>> ops = {};  // by function
  };
  struct Row {
    std::uint32_t file = 0;
    FunctionId function = {};
    bool reached = false;
  };
  static bool note(std::string_view name, Names& names);  // whether it is new
  void reach(std::uint32_t row);
  void reach_named(std::string_view used);
  void name(std::string_view used);
  void run(const File& file, FunctionId function);
  void take_named(const File& file, ExprId expr);
  void take_read(const CodeFacts& code, OpId at);
  void take(const CodeFacts& code, ExprId expr);
  void take_below(const CodeFacts& code, const Expr& row);
  void take_target(const CodeFacts& code, const Expr& target);
  [[nodiscard]] bool is_called_by_others(const CodeFacts& code, const Function& function) const;

  std::vector<File> files_ = {};
  std::vector<Row> rows_ = {};  // of all functions
  std::vector<std::uint32_t> open_ = {};
  std::multimap<std::string, std::uint32_t, std::less<>> by_name_ = {};
  Names classes_ = {}, named_ = {}, read_ = {}, handed_on_ = {};
};

}  // namespace fnlint
