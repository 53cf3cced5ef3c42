// An archive that is sent with the call that makes the function: the platform takes no more than
// 50 MB that way. Whoever goes by a bucket is not concerned.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <map>
#include <optional>

namespace fnlint {

namespace {

constexpr std::uint64_t kUploadBytes = 52'428'800;  // AWS Lambda quotas
// A folder that is yet to be packed gets smaller by that, as a rule: sources and libraries do.
constexpr std::uint64_t kUsualRatio = 3;

struct Upload {
  std::string name = {};
  std::string_view what = {};  // that is uploaded: "the layer "
  const CodeLocation& code;
  const ContentSize& size;
};

std::optional<Finding> finding_of(const Upload& upload) {
  if (!upload.code.uploaded_directly) return std::nullopt;
  const bool packed = upload.size.zipped > kUploadBytes;
  const bool may_be = upload.size.source == SizeSource::Folder &&
                      upload.size.bytes > kUploadBytes * kUsualRatio;
  if (!packed && !may_be) return std::nullopt;
  const std::string limit = megabytes(kUploadBytes);
  return FindingBuilder("package-zip-direct-upload",
                        packed ? Confidence::Certain : Confidence::Possible)
      .at(upload.code.where)
      .says(packed ? cat("The archive of ", upload.what, "'", upload.name, "' (",
                         megabytes(upload.size.zipped), ") is uploaded directly, and is over the ",
                         limit, " that Lambda accepts that way.")
                   : cat("The content packaged for ", upload.what, "'", upload.name, "' (",
                         megabytes(upload.size.bytes),
                         ") is uploaded directly, and may still be over the ", limit,
                         " that Lambda accepts that way."))
      .identified(upload.name);
}

}  // namespace

void package_zip_direct_upload(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    const CodeLocation& code = project.stacks.functions[function.declared].code;
    std::optional<Finding> finding = finding_of({function.name, "", code, function.size});
    if (!finding) continue;
    finding->function = function.name;
    findings.push_back(std::move(*finding));
  }
  std::map<ResourceId, const ContentSize*> sizes;
  for (const LambdaFunction& function : project.functions)
    for (const LayerUse& use : function.layers) sizes.try_emplace(use.layer, &use.size);
  for (const DeclaredLayer& layer : project.stacks.layers) {
    const auto size = sizes.find(layer.resource);
    if (size == sizes.end()) continue;
    const std::string name(name_of(project, layer.resource));
    if (auto finding = finding_of({name, "the layer ", layer.code, *size->second}))
      findings.push_back(std::move(*finding));
  }
}

}  // namespace fnlint
