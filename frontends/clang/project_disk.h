#pragma once

#include "frontends/clang/project_files.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/VirtualFileSystem.h>
#pragma GCC diagnostic pop

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace fnlint {

// Files: stub headers and what lies below the root; everything else does not exist.

class TextFile : public llvm::vfs::File {
 public:
  TextFile(llvm::vfs::Status status, std::string text)
      : status_(std::move(status)), text_(std::move(text)) {}
  llvm::ErrorOr<llvm::vfs::Status> status() override { return status_; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, int64_t,
                                                               bool, bool) override {
    return llvm::MemoryBuffer::getMemBufferCopy(text_, name);
  }
  std::error_code close() override { return {}; }

 private:
  llvm::vfs::Status status_;
  std::string text_;
};

class ProjectDisk : public llvm::vfs::FileSystem {
 public:
  explicit ProjectDisk(ProjectFiles& files) : files_(files) {}
  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override {
    return status_of(path.str());
  }
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(
      const llvm::Twine& path) override {
    const std::string name = path.str();
    llvm::ErrorOr<llvm::vfs::Status> status = status_of(name);
    if (!status) return status.getError();
    if (status->isDirectory()) return std::make_error_code(std::errc::is_a_directory);
    const std::string* text = files_.text(name);
    if (text == nullptr) return missing();
    return std::make_unique<TextFile>(*status, *text);
  }
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine&, std::error_code& error) override {
    error = missing();
    return {};
  }
  llvm::ErrorOr<std::string> getCurrentWorkingDirectory() const override { return files_.root(); }
  std::error_code setCurrentWorkingDirectory(const llvm::Twine&) override { return {}; }

 private:
  static std::error_code missing() {
    return std::make_error_code(std::errc::no_such_file_or_directory);
  }

  llvm::ErrorOr<llvm::vfs::Status> status_of(const std::string& path) {
    using llvm::sys::fs::file_type;
    const bool folder = files_.is_folder(path);
    const std::string* text = folder ? nullptr : files_.text(path);
    if (!folder && text == nullptr) return missing();
    const auto [row, added] = numbers_.try_emplace(path, numbers_.size() + 1);
    return llvm::vfs::Status(path, llvm::sys::fs::UniqueID(0x666e, row->second),
                             llvm::sys::TimePoint<>(), 0, 0, text == nullptr ? 0 : text->size(),
                             folder ? file_type::directory_file : file_type::regular_file,
                             llvm::sys::fs::all_read);
  }

  ProjectFiles& files_;
  std::map<std::string, std::uint64_t> numbers_;
};

}  // namespace fnlint
