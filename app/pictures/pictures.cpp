// Puts graph, cold starts and packages together, each package once for all functions that share it.

#include "app/pictures/pictures.h"

#include "app/pictures/graph_picture.h"
#include "app/pictures/init_picture.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/package.h"

#include <map>
#include <tuple>

namespace fnlint {

namespace {

// Functions that are deployed with the same content have one picture of it, and so has a layer.
class PackagePainter {
 public:
  explicit PackagePainter(const Project& project) : project_(project) {}

  std::vector<PackagePicture> pictures() {
    for (const LambdaFunction& function : project_.functions) {
      const std::string user(shown_name(project_, function));
      add(user, {}, function.size, function.package.get());
      for (const LayerUse& use : function.layers)
        if (use.layer.exists())
          add(user, name_of(project_, use.layer), use.size, use.package.get());
    }
    return std::move(pictures_);
  }

 private:
  using Key = std::tuple<const Package*, std::uint64_t, std::string, std::string>;

  void add(const std::string& user, const std::string& layer, const ContentSize& size,
           const Package* package) {
    const bool is_known = size.source != SizeSource::Unknown;
    const auto [row, is_new] = rows_.try_emplace(
        Key{is_known ? package : nullptr, size.bytes, layer, is_known ? "" : size.reason},
        pictures_.size());
    if (is_new) pictures_.push_back(is_known ? measured(size, package) : PackagePicture{});
    PackagePicture& picture = pictures_[row->second];
    picture.layer = layer;
    picture.users.push_back(user);
    if (!is_known) picture.unknown = size.reason.empty() ? "is not in the project" : size.reason;
  }

  static PackagePicture measured(const ContentSize& size, const Package* package) {
    PackagePicture picture{.bytes = size.bytes, .estimated = size.estimated};
    if (package == nullptr) return picture;
    for (const MeasuredPart& part : package->parts)
      picture.parts.push_back({part.path, part.bytes});
    for (const MeasuredPart& part : package->planned)
      picture.planned.push_back({part.path, part.bytes});
    for (const UnneededPart& part : package->unneeded)
      picture.unneeded.push_back({part.path, part.bytes, part.words});
    picture.dependencies = package->dependencies.size();
    return picture;
  }

  const Project& project_;
  std::vector<PackagePicture> pictures_ = {};
  std::map<Key, std::size_t> rows_ = {};
};

}  // namespace

Pictures pictures_of(const LinkedModel& model) {
  Pictures pictures{.graph = graph_picture(model)};
  for (const LambdaFunction& function : model.project.functions)
    pictures.inits.push_back(init_picture(model.project, function, model.settings));
  pictures.packages = PackagePainter(model.project).pictures();
  pictures.package_limit = static_cast<std::uint64_t>(model.settings.package_bytes);
  return pictures;
}

}  // namespace fnlint
