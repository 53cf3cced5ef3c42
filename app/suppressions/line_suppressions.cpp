// Scans files without a parsed document (Terraform, TOML, Dockerfiles, requirements) for texts in
// which no comment begins, and for the entries that comments speak of.

#include "app/suppressions/suppression_comments.h"
#include "core/text.h"
#include "frontends/packages/manifests.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fnlint {

namespace {

// Strings are scalars; what begins a line with a name is a node, up to the line on which its last
// bracket closes, or that no backslash continues.
class LineScan {
 public:
  LineScan(std::string_view text, bool slashes) { out_.text = text, out_.slashes = slashes; }
  CommentedText scan() {
    const auto size = static_cast<std::uint32_t>(out_.text.size());
    for (std::uint32_t at = 0; at < size; ++at) at = step(at, size);
    depth_ = 0;
    close(size);
    return std::move(out_);
  }

 private:
  struct Open {
    std::uint32_t begin = 0;
    std::size_t depth = 0;
  };
  void close(std::uint32_t at) {
    while (!open_.empty() && open_.back().depth >= depth_) {
      out_.nodes.push_back({open_.back().begin, at});
      open_.pop_back();
    }
  }
  [[nodiscard]] bool begins_comment(std::uint32_t at) const {
    return out_.text[at] == '#' || (out_.slashes && out_.text.substr(at).starts_with("//"));
  }
  // Reads what begins there; gives the offset of its last character.
  std::uint32_t step(std::uint32_t at, std::uint32_t size) {
    const char c = out_.text[at];
    if (c == '\n') {
      const std::uint32_t end = std::min(at, 2U);  // of the line: its last two characters
      const std::string_view before = trim(out_.text.substr(at - end, end));
      if (before.ends_with('\\')) return at;  // "\\\r\n" too
      close(at);
      line_start_ = true;
      return at;
    }
    if (c == ' ' || c == '\t' || c == '\r') return at;
    if (begins_comment(at)) {
      while (at + 1 < size && out_.text[at + 1] != '\n') ++at;
      return at;
    }
    if (line_start_ && c != '}' && c != ']' && c != ')') open_.push_back({at, depth_});
    line_start_ = false;
    if (c == '{' || c == '[' || c == '(') ++depth_;
    if ((c == '}' || c == ']' || c == ')') && depth_ > 0) --depth_;
    return c == '"' ? scalar(at, size) : at;
  }
  std::uint32_t scalar(std::uint32_t at, std::uint32_t size) {
    const std::uint32_t begin = at++;
    while (at < size && out_.text[at] != '"' && out_.text[at] != '\n')
      at += out_.text[at] == '\\' ? 2 : 1;
    out_.scalars.push_back({begin, std::min(at + 1, size)});
    return at < size && out_.text[at] == '\n' ? at - 1 : at;
  }

  CommentedText out_ = {};
  std::vector<Open> open_ = {};
  std::size_t depth_ = 0;
  bool line_start_ = true;
};

struct Syntax {
  std::string_view ending = {};  // of a file's name
  LineSyntax syntax{};
};
constexpr std::array kSyntaxes{
    Syntax{".tf", LineSyntax::HashAndSlashes},      Syntax{".tofu", LineSyntax::HashAndSlashes},
    Syntax{".tfvars", LineSyntax::HashAndSlashes},  Syntax{".toml", LineSyntax::Hash},
    Syntax{"Pipfile", LineSyntax::Hash},            Syntax{"Gemfile", LineSyntax::Hash},
    Syntax{".lock", LineSyntax::Hash},              Syntax{"go.mod", LineSyntax::HashAndSlashes},
    Syntax{".gradle", LineSyntax::HashAndSlashes},  Syntax{".kts", LineSyntax::HashAndSlashes},
};

}  // namespace

LineSyntax line_syntax_of(std::string_view path) {
  const std::string_view name = file_name_of(path);
  const auto row = std::ranges::find_if(
      kSyntaxes, [name](const Syntax& each) { return name.ends_with(each.ending); });
  if (row != kSyntaxes.end()) return row->syntax;
  if (name.starts_with("Dockerfile") || name.ends_with("Dockerfile")) return LineSyntax::Hash;
  const ManifestForm* const form = manifest_form(name);
  return form != nullptr && form->read == read_requirements ? LineSyntax::Hash : LineSyntax::None;
}

CommentedText commented_lines(std::string_view text, bool slashes) {
  return LineScan(text, slashes).scan();
}

FileSuppressions line_suppressions(std::string_view text, bool slashes) {
  if (text.find("fnlint:") == std::string_view::npos) return {};
  return suppressions_in(commented_lines(text, slashes));
}

}  // namespace fnlint
