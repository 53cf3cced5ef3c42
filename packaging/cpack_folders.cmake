# Run by CPack before it packs what was installed: Debian has names of its own for two of the files.
if(CPACK_GENERATOR STREQUAL "DEB")
  set(share "${CPACK_TEMPORARY_INSTALL_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}/share")
  file(RENAME "${share}/zsh/site-functions" "${share}/zsh/vendor-completions")
  file(RENAME "${share}/doc/fnlint/LICENSE" "${share}/doc/fnlint/copyright")
endif()
