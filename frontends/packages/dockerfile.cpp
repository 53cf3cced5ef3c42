// Parses instructions, expands build arguments and variables, and traces copies through the stages
// back to the build context.

#include "frontends/packages/dockerfile.h"

#include "core/characters.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>

namespace fnlint {

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;
constexpr std::size_t kStages = 100;
constexpr std::size_t kTracedCopies = 10'000;  // through all stages: each may name several sources
constexpr std::size_t kInstructions = 5000;

// $NAME, ${NAME}, ${NAME:-otherwise}, ${NAME:+instead}. What is not known stays as it is written.
std::string expanded(std::string_view text, const Variables& known) {
  std::string result;
  for (std::size_t at = 0; at < text.size() && result.size() < kTextInput;) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '$') {
      result += '$';
      at += 2;
      continue;
    }
    if (text[at] != '$' || at + 1 >= text.size()) {
      result += text[at++];
      continue;
    }
    const bool braced = text[at + 1] == '{';
    const std::size_t begin = at + (braced ? 2 : 1);
    std::size_t end = begin;
    while (end < text.size() && is_word(text[end])) ++end;
    const auto found = known.find(text.substr(begin, end - begin));
    const bool set = found != known.end();
    if (!braced) {
      result += set ? std::string_view(found->second) : text.substr(at, end - at);
      at = std::max(end, at + 1);
      if (end == begin) result += "";
      continue;
    }
    const std::size_t close = text.find('}', end);
    if (close == text.npos) return result + std::string(text.substr(at));
    const std::string_view rest = text.substr(end, close - end);
    if (rest.starts_with(":-"))
      result += set && !found->second.empty() ? std::string_view(found->second) : rest.substr(2);
    else if (rest.starts_with(":+"))
      result += set ? rest.substr(2) : std::string_view{};
    else
      result += set ? std::string_view(found->second) : text.substr(at, close + 1 - at);
    at = close + 1;
  }
  return result;
}

std::string_view without_quotes(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front())
    return text.substr(1, text.size() - 2);
  return text;
}

std::vector<std::string_view> shell_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) != text.npos;) {
    char quote = 0;
    std::size_t end = at;
    for (; end < text.size(); ++end) {
      const char c = text[end];
      if (quote != 0)
        quote = c == quote ? '\0' : quote;
      else if (c == '"' || c == '\'')
        quote = c;
      else if (c == ' ' || c == '\t')
        break;
    }
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// ["a", "b"], or nothing for the shell's form.
std::optional<std::vector<std::string>> json_words(std::string_view text) {
  const nlohmann::json list = parse_json(text);
  if (!list.is_array()) return std::nullopt;
  std::vector<std::string> words;
  for (const nlohmann::json& item : list) {
    if (!item.is_string()) return std::nullopt;
    words.push_back(item.get<std::string>());
  }
  return words;
}

struct Instruction {
  std::string name = {};  // lower case
  std::string text = {};  // of the rest, lines joined
  Range where = {};
};

// Instructions with their continued lines; comments and here-documents left out.
class Instructions {
 public:
  explicit Instructions(std::string_view text) : text_(text) {
    const std::string start = lower(text.substr(0, 200));
    const std::size_t at = start.find("escape=`");
    if (at != start.npos && start.substr(0, at).find_first_not_of("# \t\r\n") == start.npos)
      escape_ = '`';
  }
  bool next(Instruction& instruction) {
    while (at_ < text_.size()) {
      instruction = {};
      std::size_t begin = at_;  // comments before it are no part of it
      std::string joined;
      bool more = true, first = true;
      while (more && at_ < text_.size()) {
        if (first) begin = at_;
        std::string_view line = trim(take_line());
        if (line.starts_with('#') || (line.empty() && !first)) continue;
        more = line.ends_with(escape_);
        if (more) line.remove_suffix(1);
        joined.append(joined.empty() ? "" : " ").append(trim(line));
        first = false;
      }
      if (joined.empty()) continue;
      skip_documents(joined);
      const std::string_view rest = trim(joined);
      const std::size_t space = std::min(rest.find_first_of(" \t"), rest.size());
      instruction.name = lower(rest.substr(0, space));
      instruction.text = trim(rest.substr(space));
      const std::size_t shown = text_.find_first_not_of(" \t\r\n", begin);
      const std::size_t end = std::min(text_.find_first_of("\r\n", shown), text_.size());
      instruction.where = {static_cast<std::uint32_t>(std::min(shown, end)),
                           static_cast<std::uint32_t>(end)};
      return true;
    }
    return false;
  }

 private:
  std::string_view take_line() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view line = text_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }
  void skip_documents(std::string_view joined) {
    for (std::size_t at = 0; (at = joined.find("<<", at)) != joined.npos;) {
      at += 2;
      std::size_t begin = at + (at < joined.size() && joined[at] == '-' ? 1 : 0);
      const bool quoted = begin < joined.size() && (joined[begin] == '"' || joined[begin] == '\'');
      begin += quoted ? 1 : 0;
      std::size_t end = begin;
      while (end < joined.size() && is_word(joined[end])) ++end;
      if (end == begin) continue;
      const std::string_view mark = joined.substr(begin, end - begin);
      while (at_ < text_.size() && trim(take_line()) != mark) {
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char escape_ = '\\';
};

class Reader {
 public:
  Reader(std::string_view text, const Variables& arguments)
      : text_(text), arguments_(arguments) {}

  Dockerfile read() {
    Instructions instructions(text_);
    Instruction one;
    for (std::size_t count = 0; instructions.next(one); ++count) {
      if (count == kInstructions) {
        add_problem(file_.problems, one.where, "too many instructions");
        break;
      }
      if (one.name == "from")
        from(one);
      else if (one.name == "arg")
        argument(one);
      else if (!file_.stages.empty())
        take(one, file_.stages.back());
    }
    return std::move(file_);
  }

 private:
  void argument(const Instruction& one) {
    for (const std::string_view word : shell_words(one.text)) {
      const std::size_t equals = word.find('=');
      const std::string name(word.substr(0, equals));
      Variables& scope = file_.stages.empty() ? global_ : local_;
      if (const auto given = arguments_.find(name); given != arguments_.end())
        scope[name] = given->second;
      else if (equals != word.npos)
        scope[name] = expanded(without_quotes(word.substr(equals + 1)), seen());
      else if (const auto before = global_.find(name); before != global_.end())
        scope[name] = before->second;
    }
  }
  [[nodiscard]] Variables seen() const {
    if (file_.stages.empty()) return global_;
    Variables all = local_;
    for (const auto& [name, value] : file_.stages.back().environment) all[name] = value;
    return all;
  }

  void from(const Instruction& one) {
    if (file_.stages.size() == kStages) return;
    DockerStage stage;
    stage.base_where = one.where;
    std::vector<std::string_view> words = shell_words(one.text);
    while (!words.empty() && words.front().starts_with("--")) {
      if (words.front().starts_with("--platform="))
        stage.platform = expanded(words.front().substr(11), global_);
      words.erase(words.begin());
    }
    if (words.empty()) return;
    stage.base = expanded(without_quotes(words[0]), global_);
    const std::size_t at = text_.find(words[0], one.where.begin);
    if (at != text_.npos && at < one.where.end)
      stage.base_where = {static_cast<std::uint32_t>(at),
                          static_cast<std::uint32_t>(at + words[0].size())};
    if (words.size() >= 3 && lower(words[1]) == "as") stage.name = words[2];
    if (const auto row = row_of(stage.base)) {
      const DockerStage& before = file_.stages[*row];
      stage.base_stage = *row;
      stage.entry_point = before.entry_point;
      stage.command = before.command;
      stage.command_where = before.command_where;
      stage.folder = before.folder;
      stage.environment = before.environment;
    } else if (!runtime_of_image(stage.base).empty()) {
      stage.folder = "/var/task";
      stage.environment["LAMBDA_TASK_ROOT"] = "/var/task";
    }
    local_ = {};
    file_.stages.push_back(std::move(stage));
  }
  [[nodiscard]] std::optional<std::uint32_t> row_of(std::string_view name) const {
    for (std::uint32_t i = 0; i < file_.stages.size(); ++i)
      if ((!file_.stages[i].name.empty() && lower(file_.stages[i].name) == lower(name)) ||
          name == std::to_string(i))
        return i;
    return std::nullopt;
  }

  void take(const Instruction& one, DockerStage& stage) {
    if (one.name == "copy" || one.name == "add") {
      copy(one, stage);
    } else if (one.name == "run") {
      stage.runs.push_back(expanded(one.text, seen()));
    } else if (one.name == "workdir") {
      stage.folder = join_path(stage.folder, expanded(without_quotes(one.text), seen()));
    } else if (one.name == "env") {
      environment(one, stage);
    } else if (one.name == "cmd") {
      stage.command = json_words(one.text).value_or(std::vector<std::string>{});
      stage.command_where = one.where;
    } else if (one.name == "entrypoint") {
      stage.entry_point = json_words(one.text).value_or(std::vector<std::string>{});
      stage.command = {};
    }
  }
  void environment(const Instruction& one, DockerStage& stage) {
    const std::vector<std::string_view> words = shell_words(one.text);
    if (words.size() >= 2 && words[0].find('=') == std::string_view::npos) {  // ENV NAME value
      const std::string_view rest = trim(std::string_view(one.text).substr(words[0].size()));
      stage.environment[std::string(words[0])] = expanded(without_quotes(rest), seen());
      return;
    }
    for (const std::string_view word : words)
      if (const std::size_t equals = word.find('='); equals != word.npos)
        stage.environment[std::string(word.substr(0, equals))] =
            expanded(without_quotes(word.substr(equals + 1)), seen());
  }
  void copy(const Instruction& one, DockerStage& stage) {
    DockerCopy row;
    row.where = one.where;
    std::string_view rest = one.text;
    while (rest.starts_with("--")) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (rest.starts_with("--from=")) row.from = expanded(rest.substr(7, end - 7), seen());
      rest = trim(rest.substr(end));
    }
    std::vector<std::string> words;
    if (const auto listed = json_words(rest)) {
      words = *listed;
    } else {
      for (const std::string_view word : shell_words(rest))
        words.emplace_back(without_quotes(word));
    }
    if (words.size() < 2) return;
    for (std::string& word : words) word = expanded(word, seen());
    const bool into_folder = words.back().ends_with('/') || words.size() > 2;
    row.to = join_path(stage.folder, words.back());
    if (into_folder && row.to != "/") row.to += '/';
    words.pop_back();
    row.sources = std::move(words);
    stage.copies.push_back(std::move(row));
  }

  std::string_view text_;
  const Variables& arguments_;
  Dockerfile file_;
  Variables global_, local_;
};

// Names of images and the runtimes that they are: AWS Lambda Developer Guide, "Create a Lambda
// function using a container image".
struct ImageRow {
  std::string_view image, runtime, end;
};
constexpr std::array kImages{
    ImageRow{"python", "python", ""},  ImageRow{"nodejs", "nodejs", ".x"},
    ImageRow{"java", "java", ""},      ImageRow{"dotnet", "dotnet", ""},
    ImageRow{"ruby", "ruby", ""},      ImageRow{"provided", "provided.", ""},
    ImageRow{"go", "go", ".x"},
};

bool is_version_character(char c) { return (c >= '0' && c <= '9') || c == '.'; }

class Tracing {
 public:
  explicit Tracing(const Dockerfile& file) : file_(file) {}

  // What of the context lies below `folder` of a stage.
  void trace(const DockerStage& stage, std::string_view folder, std::size_t depth) {
    if (depth > kStages) return;
    for (const DockerCopy& copy : stage.copies)
      for (const std::string& source : copy.sources)
        if (steps_left_ > 0) follow(stage, copy, source, folder, depth);
    if (stage.base_stage < file_.stages.size())
      trace(file_.stages[stage.base_stage], folder, depth + 1);
  }
  std::vector<std::string> found = {};

 private:
  static bool is_below(std::string_view path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && (folder.ends_with('/') ||
                                                           path[folder.size()] == '/'));
  }
  void follow(const DockerStage& own, const DockerCopy& copy, std::string_view source,
              std::string_view folder, std::size_t depth) {
    --steps_left_;
    std::string to = copy.to;
    if (to.size() > 1 && to.ends_with('/')) to.pop_back();
    std::string path;  // what of the source it is about
    if (is_below(to, folder))
      path = source;
    else if (is_below(folder, to) && extension_of(source).empty())  // a folder that holds it
      path = join_path(source, folder.substr(std::min(folder.size(), to.size() + (to == "/" ? 0 : 1))));
    else
      return;
    if (path.find_first_of("*?[$") != path.npos) path = std::string(folder_of(path));
    if (copy.from.empty()) {
      while (path.starts_with('/')) path.erase(0, 1);
      add(normal_path(path.empty() ? "." : path));
      return;
    }
    // A stage copies from those before it alone: what is called like a later one is an image.
    const auto before =
        std::span(file_.stages).first(static_cast<std::size_t>(&own - file_.stages.data()));
    for (const DockerStage& stage : before)
      if (!stage.name.empty() && lower(stage.name) == lower(copy.from)) {
        if (seen_.emplace(&stage, path).second)
          trace(stage, join_path("/", path), depth + 1);
        return;
      }
    std::uint32_t number = 0;
    for (const DockerStage& stage : before)
      if (std::to_string(number++) == copy.from && seen_.emplace(&stage, path).second)
        trace(stage, join_path("/", path), depth + 1);
  }
  void add(std::string path) {
    if (path.starts_with("..")) return;
    if (std::ranges::find(found, path) == found.end()) found.push_back(std::move(path));
  }

  const Dockerfile& file_;
  std::set<std::pair<const DockerStage*, std::string>> seen_;
  std::size_t steps_left_ = kTracedCopies;
};

}  // namespace

const DockerStage* Dockerfile::built(std::string_view target) const {
  if (stages.empty()) return nullptr;
  if (target.empty()) return &stages.back();
  for (const DockerStage& stage : stages)
    if (lower(stage.name) == lower(target)) return &stage;
  return nullptr;
}

Dockerfile read_dockerfile(std::string_view text, const Variables& arguments) {
  return Reader(text.substr(0, kSourceBytes), arguments).read();
}

std::string runtime_of_image(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const std::size_t colon = image.rfind(':');
  const std::size_t slash = image.rfind('/');
  if (colon == image.npos || slash == image.npos || colon < slash) return {};
  std::string_view name = image.substr(slash + 1, colon - slash - 1);
  const std::string_view tag = image.substr(colon + 1), place = image.substr(0, slash);
  const bool hub = name.starts_with("aws-lambda-") && place.ends_with("amazon");
  if (hub)
    name.remove_prefix(std::string_view("aws-lambda-").size());
  else if (!place.ends_with("public.ecr.aws/lambda"))
    return {};
  for (const ImageRow& row : kImages) {
    if (row.image != name) continue;
    if (name == "provided") {
      const std::string_view system = tag.substr(0, tag.find_first_of("-."));
      return system == "alami" ? std::string("provided") : cat(row.runtime, system);
    }
    std::size_t end = 0;
    while (end < tag.size() && is_version_character(tag[end])) ++end;
    if (end == 0) return {};
    std::string_view version = tag.substr(0, end);
    if (tag.substr(end).starts_with("al2")) end += 3, version = tag.substr(0, end);  // java:8.al2
    while (version.ends_with('.')) version.remove_suffix(1);
    // A dated tag: "3.12.2024.05.01.10"; a runtime's own has two numbers at most.
    const std::size_t dot = version.find('.');
    if (dot != version.npos) {
      const std::size_t second = version.find('.', dot + 1);
      version = version.substr(0, second);
      if (version.size() - dot - 1 >= 4) version = version.substr(0, dot);  // "20.2024"
    }
    const bool one_number = name == "nodejs" || name == "dotnet" || name == "go";
    if (one_number) version = version.substr(0, version.find('.'));
    return cat(row.runtime, version, row.end);
  }
  return {};
}

const DockerStage& bottom_stage(const Dockerfile& file, const DockerStage& stage) {
  const DockerStage* at = &stage;
  while (at->base_stage < file.stages.size() && &file.stages[at->base_stage] < at)
    at = &file.stages[at->base_stage];
  return *at;
}

std::vector<std::string> copied_into(const Dockerfile& file, const DockerStage& stage,
                                     std::string_view folder) {
  Tracing tracing(file);
  tracing.trace(stage, folder, 0);
  return tracing.found;
}

}  // namespace fnlint
