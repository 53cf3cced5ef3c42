// The law of the folders: data flows one way, and the #include lines show it. What CMake's link
// lists allow is said there; this holds header-only use to the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

// What each folder may include besides itself.
const std::map<std::string, std::vector<std::string>, std::less<>> kMayInclude{
    {"core", {}},
    {"model", {"core"}},
    {"tables", {"core", "model"}},
    {"values", {"core", "model"}},
    {"flow", {"core", "model", "values", "tables"}},
    {"frontends/documents", {"core", "model"}},
    // source: how a text is parsed by a grammar, syntax.h.
    {"frontends/templates", {"core", "model", "frontends/documents", "frontends/source"}},
    {"frontends/source", {"core", "model"}},
    {"frontends/clang", {"core", "model", "frontends/documents", "frontends/source"}},
    {"frontends/packages", {"core", "model", "frontends/documents"}},
    // documents: YAML in texts that templates put together.
    {"link",
     {"core", "model", "values", "flow", "tables", "frontends/documents", "frontends/packages"}},
    {"deploy", {"core", "model", "values", "tables", "frontends/packages"}},
    {"checks", {"core", "model", "values", "tables"}},
    {"policies", {"core", "model", "values", "tables", "checks"}},
    {"report", {"core", "model"}},
    {"app",
     {"core", "model", "tables", "values", "flow", "link", "deploy", "checks", "policies", "report",
      "frontends/documents", "frontends/templates", "frontends/source", "frontends/clang",
      "frontends/packages"}},
};

// The rooms of a folder: its folders, each with the others that it may include. A room includes
// only those above it, so none can be in a circle. What lies in the folder itself may include all.
struct Room {
  std::string name;
  std::vector<std::string> may_include = {};
};
const std::map<std::string, std::vector<Room>, std::less<>> kRooms{
    {"flow",
     {{"syntax"},
      {"state"},
      {"program", {"syntax"}},
      {"modules", {"state", "syntax"}},
      {"engine", {"modules", "state", "syntax"}},
      {"models", {"engine", "modules", "state", "syntax"}},
      {"calls", {"engine", "models", "modules", "state", "syntax"}},
      {"body", {"calls", "engine", "models", "modules", "state", "syntax"}}}},
    {"frontends/source",
     {{"common"},
      {"cpp", {"common"}},
      {"csharp", {"common"}},
      {"go", {"common"}},
      {"java", {"common"}},
      {"javascript", {"common"}},
      {"kotlin", {"common"}},
      {"python", {"common"}},
      {"ruby", {"common"}},
      {"rust", {"common"}}}},
    {"link",
     {{"resolve"},
      {"stacks", {"resolve"}},
      {"cloudformation", {"stacks"}},
      {"serverless", {"cloudformation", "resolve", "stacks"}},
      {"terraform", {"cloudformation", "resolve", "stacks"}},
      {"templates", {"cloudformation", "resolve", "serverless", "stacks", "terraform"}},
      {"synth", {"resolve", "templates"}},
      {"effects", {"stacks"}},
      {"code", {"effects", "resolve"}},
      {"handler", {"code", "effects", "stacks"}},
      {"init", {"code", "effects", "handler"}},
      {"join", {"code", "effects", "handler", "init", "resolve", "stacks"}}}},
    {"checks",
     {{"view"},
      {"alias", {"view"}},
      {"async", {"view"}},
      {"concurrency", {"view"}},
      {"event", {"view"}},
      {"idempotency", {"view"}},
      {"invocation", {"view"}},
      {"package", {"view"}},
      {"role", {"view"}},
      {"snapstart", {"view"}},
      {"state", {"event", "idempotency", "view"}},
      {"template", {"view"}},
      {"config", {"state", "view"}},
      {"handler", {"event", "idempotency", "view"}},
      {"layer", {"package", "view"}},
      {"limits", {"event", "view"}},
      {"loop", {"idempotency", "view"}},
      {"network", {"role", "view"}},
      {"runtime", {"package", "view"}},
      {"secrets", {"state", "view"}},
      {"security", {"event", "view"}},
      {"storage", {"event", "state", "view"}},
      {"trigger", {"event", "view"}},
      {"init", {"event", "idempotency", "package", "state", "view"}},
      {"reliability", {"event", "idempotency", "package", "view"}},
      {"cost", {"init", "package", "view"}}}},
    {"app",
     {{"files"},
      {"configuration", {"files"}},
      {"suppressions", {"configuration", "files"}},
      {"stages", {"files", "suppressions"}},
      {"pictures", {"configuration", "files", "stages"}},
      {"policy", {"configuration", "pictures"}},
      {"run", {"configuration", "files", "pictures", "stages", "suppressions"}},
      {"commands", {"configuration", "files", "pictures", "policy", "run", "suppressions"}}}},
};

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<fs::path> files_of(std::string_view folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".h" || extension == ".cpp") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool is_in(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// A place among the folders of sources: "link/stacks" is room "stacks" of "link".
struct Place {
  std::string folder, room;
};

Place place_of(const std::string& directory) {
  for (const auto& [folder, allowed] : kMayInclude) {
    if (directory == folder) return {folder, {}};
    if (directory.starts_with(folder + "/")) return {folder, directory.substr(folder.size() + 1)};
  }
  return {directory, {}};
}

// Of a room that is not in the law: nothing.
std::vector<std::string> rooms_below(const Place& place) {
  const auto rooms = kRooms.find(place.folder);
  std::vector<std::string> below;
  if (rooms == kRooms.end()) return below;
  for (const Room& room : rooms->second) {
    if (place.room.empty()) below.push_back(room.name);
    if (room.name == place.room) below = room.may_include;
  }
  return below;
}

// "model" of `#include "model/value.h"`; empty for any other line.
std::string included_folder(std::string_view line) {
  constexpr std::string_view kStart = "#include \"";
  if (!line.starts_with(kStart)) return {};
  line.remove_prefix(kStart.size());
  const auto slash = line.substr(0, line.find('"')).rfind('/');
  return slash == line.npos ? "(not rooted at the repository)" : std::string(line.substr(0, slash));
}

std::string without_comment(std::string_view line) {
  return std::string(line.substr(0, line.find("//")));
}

TEST(Layering, EveryIncludePointsDownTheFlowOfData) {
  for (const auto& [folder, allowed] : kMayInclude) {
    for (const fs::path& file : files_of(folder)) {
      const Place own = place_of(fs::relative(file.parent_path(), kRoot).string());
      const std::vector<std::string> below = rooms_below(own);
      for (const std::string& line : lines_of(file)) {
        const Place target = place_of(included_folder(line));
        if (target.folder.empty()) continue;
        const bool may = target.folder != folder
                             ? is_in(allowed, target.folder)
                             : target.room == own.room || is_in(below, target.room);
        EXPECT_TRUE(may) << fs::relative(file, kRoot) << " must not have " << line;
      }
    }
  }
}

TEST(Layering, ARoomIncludesOnlyThoseBeforeIt) {
  for (const auto& [folder, rooms] : kRooms) {
    std::vector<std::string> before;
    for (const Room& room : rooms) {
      for (const std::string& name : room.may_include)
        EXPECT_TRUE(is_in(before, name)) << folder << "/" << room.name << " before " << name;
      before.push_back(room.name);
    }
  }
}

TEST(Layering, EveryFolderOfSourcesHasItsPlaceInTheLaw) {
  for (const auto& entry : fs::directory_iterator(kRoot / "frontends")) {
    if (entry.is_directory()) {
      EXPECT_TRUE(kMayInclude.contains("frontends/" + entry.path().filename().string())) << entry;
    }
  }
}

TEST(Layering, EveryRoomIsInTheLawAndHasNoRooms) {
  for (const auto& [folder, allowed] : kMayInclude) {
    const std::vector<std::string> rooms = rooms_below({folder, {}});
    std::size_t found = 0;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (!entry.is_directory()) continue;
      const std::string room = fs::relative(entry.path(), kRoot / folder).string();
      EXPECT_TRUE(is_in(rooms, room)) << folder << "/" << room;
      ++found;
    }
    EXPECT_EQ(found, rooms.size()) << folder;
  }
}

// Whether a name of a dialect stands in the line, in whatever case.
bool names_dialect(std::string line) {
  for (char& c : line) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return std::ranges::any_of(std::vector<std::string>{"terraform", "serverless", "service",
                                                      "cloudformation", "sam", "cdk", "chalice"},
                             [&](const std::string& word) { return line.find(word) != line.npos; });
}

// What all dialects of templates share has of each a type that it does not know, and one member.
TEST(Layering, TheStateOfALinkingHasNoneOfADialect) {
  static const std::regex kMember(R"(\s*(?:struct \w+;|OwnState<\w+> \w+;)\s*)");
  for (const std::string& line : lines_of(kRoot / "link/stacks/stack_build.h")) {
    const std::string code = without_comment(line);
    EXPECT_TRUE(!names_dialect(code) || std::regex_match(code, kMember)) << line;
  }
}

// The state of a dialect is included by its own room, and by those whose words become what it
// keeps.
TEST(Layering, TheStateOfADialectIsSeenByItsRoom) {
  const std::map<std::string, std::vector<std::string>> kSeenBy{
      {"link/cloudformation/cloudformation_state.h", {"cloudformation", "serverless", "templates"}},
      {"link/serverless/serverless_service.h", {"serverless"}},
      {"link/terraform/terraform_module.h", {"terraform"}},
      {"link/terraform/terraform_evaluation.h", {"terraform"}}};
  for (const fs::path& file : files_of("link")) {
    const std::string room = place_of(fs::relative(file.parent_path(), kRoot).string()).room;
    const std::vector<std::string> lines = lines_of(file);
    for (const auto& [header, rooms] : kSeenBy)
      EXPECT_TRUE(is_in(rooms, room) || !is_in(lines, "#include \"" + header + '"'))
          << fs::relative(file, kRoot) << " must not include " << header;
  }
}

// What comes in, what goes out, what always holds, and where to add what.
TEST(Layering, EveryFolderAndEveryRoomSaysWhatItIsFor) {
  constexpr std::size_t kPage = 60;  // lines
  std::vector<fs::path> said;
  for (const auto& [folder, allowed] : kMayInclude) said.push_back(kRoot / folder);
  for (const auto& [folder, rooms] : kRooms)
    for (const Room& room : rooms) said.push_back(kRoot / folder / room.name);
  for (const fs::path& folder : said) {
    const std::vector<std::string> lines = lines_of(folder / "README.md");
    EXPECT_FALSE(lines.empty())
        << fs::relative(folder, kRoot)
        << " has no README.md: say what comes in, what goes out, what always holds and where to add";
    EXPECT_LE(lines.size(), kPage)
        << fs::relative(folder, kRoot) << ": what is more than a page belongs to the heads of files";
  }
}

// An SDK's meaning is a row of data/models, never a branch of a frontend: cached facts would age
// with it.
TEST(Layering, SourceFrontendsNameNoService) {
  constexpr std::string_view kServices[] = {"boto3",      "aws-sdk", "aws_sdk", "dynamodb",
                                            "powertools", "middy",   "sqs",     "put_object"};
  for (const fs::path& file : files_of("frontends/source")) {
    for (const std::string& line : lines_of(file)) {
      std::string text = without_comment(line);
      for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
      for (const std::string_view service : kServices)
        EXPECT_EQ(text.find(service), std::string::npos)
            << fs::relative(file, kRoot) << ": " << line;
    }
  }
}

// What an unnamed namespace of the file declares at its outermost level: constants, types and
// functions, these with their parameters, since overloads may stand beside each other.
std::vector<std::string> unnamed_names(const std::vector<std::string>& lines) {
  static const std::regex kConstant(
      R"((?:inline |static )?const(?:expr)? [^=({]*?\b(k\w+)(?:\[\])?\s*[={].*)"),
      kType(R"((?:struct|class|enum class) (\w+).*)"),
      kFunction(
          R"((?!constexpr|const |using|struct|class|enum|template|return|namespace)[\w:<>,&* ]+? (\w+)\((.*?)(?:\).*|,)?)"),
      kParameterName(R"(\s\w+(?=,|$))");
  std::vector<std::string> names;
  bool is_unnamed = false;
  for (const std::string& line : lines) {
    if (line == "namespace {") is_unnamed = true;
    if (line.starts_with("}  // namespace")) is_unnamed = false;
    if (!is_unnamed || line.empty() || line.starts_with(' ') || line.starts_with('/')) continue;
    std::smatch match;
    if (std::regex_match(line, match, kConstant) || std::regex_match(line, match, kType))
      names.push_back(match[1]);
    else if (std::regex_match(line, match, kFunction) &&
             line.find("::" + match[1].str()) == line.npos)
      names.push_back(match[1].str() + '(' +
                      std::regex_replace(match[2].str(), kParameterName, "") + ')');
  }
  return names;
}

// Several sources of a folder are compiled as one, and which ones differs by preset.
TEST(Sources, NamesInUnnamedNamespacesOfAFolderDiffer) {
  for (const auto& [folder, allowed] : kMayInclude) {
    std::map<std::string, fs::path> first;
    for (const fs::path& file : files_of(folder)) {
      if (file.extension() != ".cpp" || file.filename() == "main.cpp") continue;
      for (const std::string& name : unnamed_names(lines_of(file))) {
        const auto [known, is_new] = first.emplace(name, file);
        EXPECT_TRUE(is_new || known->second == file)
            << name << " in " << fs::relative(known->second, kRoot) << " and "
            << fs::relative(file, kRoot);
      }
    }
  }
}

TEST(Sources, NoFileIsLongerThan600Lines) {
  const auto expect_short = [](const fs::path& file) {
    EXPECT_LE(lines_of(file).size(), 600U) << fs::relative(file, kRoot);
  };
  for (const auto& [folder, allowed] : kMayInclude)
    for (const fs::path& file : files_of(folder)) expect_short(file);
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "tests"))
    if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
      expect_short(entry.path());
}

TEST(Lock, NamesNoRegistryAndPinsByHash) {
  std::size_t packages = 0, hashes = 0;
  for (const std::string& line : lines_of(kRoot / "package-lock.json")) {
    EXPECT_EQ(line.find("\"resolved\""), std::string::npos) << line;
    packages += line.find("\"node_modules/") != std::string::npos;
    hashes += line.find("\"integrity\": \"sha512-") != std::string::npos;
  }
  EXPECT_GT(packages, 0U);
  EXPECT_EQ(packages, hashes);
}

}  // namespace
