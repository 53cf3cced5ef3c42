// Archives read as folders, and archives that lie.

#include "frontends/packages/archive_files.h"

#include "core/text.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

namespace fnlint {
namespace {

using test::MemoryFileSystem;

std::string little_endian(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
  return out;
}

std::string deflated(const std::string& text) {
  std::string packed(compressBound(text.size()) + 64, '\0');
  z_stream stream = {};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

struct Member {
  std::string name = {}, text = {};
  bool stored = false;
  std::uint32_t mode = 0100644;
  std::uint16_t flags = 0;
  std::uint32_t claimed = UINT32_MAX;  // unpacked bytes, where that is a lie
};

// PKWARE APPNOTE 4.3.
std::string zip_of(const std::vector<Member>& members) {
  std::string archive, directory;
  for (const Member& one : members) {
    const std::string data = one.stored ? one.text : deflated(one.text);
    const std::uint64_t bytes = one.claimed == UINT32_MAX ? one.text.size() : one.claimed;
    const std::string head = little_endian(20, 2) + little_endian(one.flags, 2) +
                             little_endian(one.stored ? 0 : 8, 2) + little_endian(0, 8) +
                             little_endian(data.size(), 4) + little_endian(bytes, 4) +
                             little_endian(one.name.size(), 2) + little_endian(0, 2);
    directory += "PK\x01\x02" + little_endian(0x0314, 2) + head + little_endian(0, 6) +
                 little_endian(one.mode << 16U, 4) + little_endian(archive.size(), 4) + one.name;
    archive += "PK\x03\x04" + head + one.name + data;
  }
  const std::string end = "PK\x05\x06" + little_endian(0, 4) + little_endian(members.size(), 2) +
                          little_endian(members.size(), 2) + little_endian(directory.size(), 4) +
                          little_endian(archive.size(), 4) + little_endian(0, 2);
  return archive + directory + end;
}

std::string listed(const FileSystem& files, std::string_view folder) {
  std::string names;
  for (const Entry& entry : files.list(folder))
    names += cat(entry.name, entry.kind == EntryKind::Folder ? "/ " : " ");
  return names;
}

const std::string kText = "def handler(event, context):\n    return 'a long enough text a long enough'\n";

TEST(ArchiveFiles, AnArchiveIsAFileWhoseFilesHavePaths) {
  const MemoryFileSystem disk{
      {"build/shop.zip", zip_of({{"app.py", kText}, {"lib/a.py", "a = 1\n", true},
                                 {"lib/deep/b.py", "b"}, {"lib-2/c.py", "c"}, {"empty/", ""}})},
      {"build/app.py", "other"}};
  const ArchiveFiles files(disk);
  EXPECT_EQ(files.kind("build/shop.zip"), EntryKind::File);
  EXPECT_EQ(files.kind("build/shop.zip/app.py"), EntryKind::File);
  EXPECT_EQ(files.kind("build/shop.zip/lib"), EntryKind::Folder);
  EXPECT_EQ(files.kind("build/shop.zip/li"), EntryKind::Missing);
  EXPECT_EQ(files.kind("build/app.py"), EntryKind::File);
  EXPECT_EQ(listed(files, "build"), "app.py shop.zip ");
  EXPECT_EQ(listed(files, "build/shop.zip"), "app.py lib/ lib-2/ ");
  EXPECT_EQ(listed(files, "build/shop.zip/lib"), "a.py deep/ ");
  EXPECT_EQ(files.read("build/shop.zip/app.py", 1000).value(), kText);
  EXPECT_EQ(files.read("build/shop.zip/lib/a.py", 1000).value(), "a = 1\n");
  EXPECT_EQ(files.read_start("build/shop.zip/app.py", 3).value(), "def");
  EXPECT_EQ(files.read("build/app.py", 1000).value(), "other");
  EXPECT_EQ(files.resolved("build/shop.zip/app.py"), "build/shop.zip/app.py");
  EXPECT_EQ(files.resolved("build/shop.zip/none.py"), "");
}

TEST(ArchiveFiles, NothingLeadsOutOfAnArchive) {
  const MemoryFileSystem disk{
      {"a.zip", zip_of({{"../out.py", "x"}, {"/root.py", "x"}, {"./in.py", "x"},
                        {"b/../c.py", "x"}, {"link.py", "in.py", true, 0120777},
                        {"inner.zip", zip_of({{"x.py", "x"}}), true}})}};
  const ArchiveFiles files(disk);
  EXPECT_EQ(listed(files, "a.zip"), "c.py in.py inner.zip ");
  EXPECT_EQ(files.kind("a.zip/inner.zip/x.py"), EntryKind::Missing);
  EXPECT_EQ(files.kind("a.zip/../out.py"), EntryKind::Missing);
}

TEST(ArchiveFiles, WhatCannotBeUnpackedSaysWhy) {
  const std::string large(100'000, 'a');
  const MemoryFileSystem disk{{"a.zip", zip_of({{"large.py", large},
                                                {"locked.py", kText, false, 0100644, 1},
                                                {"less.py", kText, false, 0100644, 0, 500}})},
                              {"none.zip", "no archive"},
                              {"cut.zip", zip_of({{"a.py", kText}}).substr(20)}};
  const ArchiveFiles files(disk);
  EXPECT_EQ(files.read("a.zip/large.py", 1000).error(), "is larger than 1000 bytes");
  EXPECT_EQ(files.read("a.zip/large.py", 100'000).value(), large);
  EXPECT_EQ(files.read("a.zip/locked.py", 1000).error(), "is encrypted");
  EXPECT_EQ(files.read("a.zip/less.py", 1000).error(), "is damaged in its archive");
  EXPECT_EQ(files.read("a.zip/none.py", 1000).error(), "does not exist");
  EXPECT_EQ(listed(files, "none.zip"), "");
  EXPECT_EQ(listed(files, "cut.zip"), "");
}

TEST(ArchiveFiles, ADirectoryThatLiesIsNotBelieved) {
  // The same bytes for two names, and more than deflate can make.
  std::string twice = zip_of({{"a.py", kText}, {"b.py", kText}});
  const std::size_t second = twice.rfind("PK\x01\x02");
  twice.replace(second + 42, 4, std::string(4, '\0'));
  const MemoryFileSystem disk{
      {"twice.zip", twice},
      {"bomb.zip", zip_of({{"a.py", kText, false, 0100644, 0, 0xF0000000U}})}};
  const ArchiveFiles files(disk);
  EXPECT_EQ(listed(files, "twice.zip"), "");
  EXPECT_EQ(listed(files, "bomb.zip"), "");
}

TEST(ArchiveFiles, AnyBytesAreReadOrRefused) {
  const std::string sound = zip_of({{"app.py", kText}, {"lib/a.py", "a = 1\n", true}});
  std::mt19937 random(11);
  for (int round = 0; round < 5000; ++round) {
    std::string archive = sound;
    for (int i = 0; i < 4; ++i)
      archive[random() % archive.size()] = static_cast<char>(random() % 256);
    if (round % 3 == 0) archive.resize(random() % archive.size());
    const MemoryFileSystem disk{{"a.zip", archive}};
    const ArchiveFiles files(disk);
    for (const Entry& entry : files.list("a.zip")) {
      const Result<std::string> text = files.read(cat("a.zip/", entry.name), 100'000);
      if (text) {
        EXPECT_LE(text.value().size(), 100'000U);
      }
      static_cast<void>(files.list(cat("a.zip/", entry.name)));
    }
  }
}

}  // namespace
}  // namespace fnlint
