// The order of the stages. Each is a method of the snapshot, which holds all that they hand on.

#include "app/run/pipeline.h"

#include "app/run/snapshot.h"

#include <utility>

namespace fnlint {

Run run_pipeline(PipelineOptions options, const FileSystem& files) {
  using Work = void (Snapshot::*)();
  constexpr Work kOrder[] = {&Snapshot::discover,       &Snapshot::compile_templates,
                             &Snapshot::link_templates, &Snapshot::compile_and_join_code,
                             &Snapshot::follow_events,  &Snapshot::measure_packages,
                             &Snapshot::check,          &Snapshot::finish_findings};
  Snapshot snapshot(std::move(options), files);
  for (const Work& work : kOrder) {
    if (snapshot.is_cancelled()) break;
    (snapshot.*work)();
  }
  return snapshot.taken_run();
}

}  // namespace fnlint
