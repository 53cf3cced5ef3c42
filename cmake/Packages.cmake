# What is installed, and the .deb and .rpm that CPack makes of it: see scripts/release.
include(GNUInstallDirs)

# The program prints its completions itself; a cross build runs it by CMAKE_CROSSCOMPILING_EMULATOR.
set(completions)
foreach(row bash:fnlint.bash zsh:_fnlint fish:fnlint.fish)
  string(REPLACE ":" ";" row "${row}")
  list(GET row 0 shell)
  list(GET row 1 name)
  set(file "${PROJECT_BINARY_DIR}/completions/${name}")
  add_custom_command(OUTPUT "${file}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/completions"
    COMMAND fnlint completions ${shell} > "${file}"
    DEPENDS fnlint VERBATIM)
  list(APPEND completions "${file}")
endforeach()
add_custom_target(fnlint_completions DEPENDS ${completions})

install(TARGETS fnlint)
install(FILES docs/fnlint.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
set(completions "${PROJECT_BINARY_DIR}/completions")
install(FILES "${completions}/fnlint.bash" RENAME fnlint OPTIONAL
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${completions}/_fnlint" OPTIONAL
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES "${completions}/fnlint.fish" OPTIONAL
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES LICENSE README.md THIRD_PARTY_NOTICES.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")

set(CPACK_GENERATOR "DEB;RPM")
set(CPACK_PACKAGE_NAME fnlint)
set(CPACK_PACKAGE_VENDOR "The fnlint authors")
set(CPACK_PACKAGE_CONTACT "The fnlint authors <fnlint@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "linter for AWS Lambda projects")
set(CPACK_PACKAGE_DESCRIPTION
  "fnlint reads handler code, templates and packages together, and finds the mistakes that are in none of them alone.")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://fnlint.github.io/")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/packaging/cpack_folders.cmake")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS git)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE Apache-2.0)
set(CPACK_RPM_PACKAGE_AUTOREQPROV OFF)
set(CPACK_RPM_COMPRESSION_TYPE xz)
# The binary is the one of the other packages, and no date is that of the build.
set(CPACK_RPM_SPEC_MORE_DEFINE "%define __os_install_post %{nil}
%define _build_id_links none
%define debug_package %{nil}
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _buildhost localhost")
# Folders that other packages own, too.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/share/man /usr/share/man/man1 /usr/share/doc
  /usr/share/bash-completion /usr/share/bash-completion/completions
  /usr/share/zsh /usr/share/zsh/site-functions /usr/share/fish /usr/share/fish/vendor_completions.d)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
  set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE arm64)
  set(CPACK_RPM_PACKAGE_ARCHITECTURE aarch64)
endif()
include(CPack)
