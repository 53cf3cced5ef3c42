// Optional parts of the project model, which a run builds only for the rules that read them.
#pragma once

namespace fnlint {

// What rules read of a project that a run makes only where something reads it: a set of bits.
using Needs = unsigned;
inline constexpr Needs kNeedsPackages = 1;     // what functions and layers hold: add_packages()
inline constexpr Needs kNeedsLostModules = 2;  // modules that these lack: add_lost_modules()
inline constexpr Needs kNeedsSecretFiles = 4;  // what builds and deploys: add_repository_secrets()
inline constexpr Needs kNeedsCycles = 8;       // what events lead to: Project::cycles
inline constexpr Needs kNeedsUnusedRights = 16;  // what roles allow: Project::unused_rights
inline constexpr Needs kNeedsUniqueKeys = 32;    // what tables hold once: Project::unique_keys
inline constexpr Needs kNeedsAll = 63;

}  // namespace fnlint
