// The output folder of `cdk synth`: its stacks, and which line of the program made each construct.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A call that was under way when a construct was made.
struct TraceFrame {
  std::string file = {};  // as the program saw it, on the machine that ran it
  std::uint32_t line = 0, column = 0;  // from 1
};

// What CDK says of one construct of an app.
struct ConstructNote {
  std::string path = {};        // "Prod/MediaStack/Tag/Resource"
  std::string logical_id = {};  // of the resource that it became; empty: it became none
  std::string template_file = {};  // of the stack that it became; empty: it is no stack
  std::vector<TraceFrame> frames = {};  // innermost first
};

// The output of `cdk synth`. Paths are relative to the folder of the manifest, and stay in it.
struct CloudAssembly {
  bool valid = false;
  struct Stack {
    std::string template_file = {};
    std::string path = {};  // of its construct
  };
  std::vector<Stack> stacks = {};
  std::vector<std::string> assemblies = {};      // folders of nested ones: stages
  std::vector<std::string> metadata_files = {};  // further notes, for read_construct_notes()
  std::vector<ConstructNote> notes = {};
};

// Any text: one that is no manifest of CDK's gives one that is not valid.
[[nodiscard]] CloudAssembly read_cloud_assembly(std::string_view manifest);
// Templates of nested stacks among the assets of a stack: "Media.assets.json".
[[nodiscard]] std::vector<std::string> read_nested_templates(std::string_view assets);
[[nodiscard]] std::vector<ConstructNote> read_construct_notes(std::string_view metadata);

// The place that one line of a stack trace of Node.js names: "new A (/app/lib/a.ts:12:5)"; a line
// of 0 where it names none.
[[nodiscard]] TraceFrame read_trace_line(std::string_view line);

}  // namespace fnlint
