# SPDX-License-Identifier: Apache-2.0
# What `make install` puts where: program, libraries, headers, compiled data, pkg-config files, CMake targets
# annals::annals and annals::record, man pages.
include(CMakePackageConfigHelpers)

install(FILES ${CMAKE_SOURCE_DIR}/include/annals.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TARGET annals)
  install(TARGETS annals RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(DIRECTORY ${CMAKE_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL FILES_MATCHING PATTERN "*.1")
endif()
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/annals/ DESTINATION ${CMAKE_INSTALL_DATADIR}/annals OPTIONAL
  FILES_MATCHING PATTERN "*.an")

# pc(<name> <library> <description> <pkg-config names that it needs>)
function(pc name library description)
  set(PC_NAME ${name})
  set(PC_LIBRARY ${library})
  set(PC_DESCRIPTION ${description})
  string(JOIN " " PC_PRIVATE ${ARGN})
  set(PC_REQUIRES "")
  if(name STREQUAL annals-record)
    set(PC_REQUIRES "annals = ${PROJECT_VERSION}")
  endif()
  configure_file(${CMAKE_SOURCE_DIR}/cmake/library.pc.in ${CMAKE_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

if(shared_libraries)
  install(TARGETS ${shared_libraries} EXPORT annals-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(FILES $<TARGET_FILE:annals-static> DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT annals-targets NAMESPACE annals:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/annals)
  configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/annals-config.cmake.in ${CMAKE_BINARY_DIR}/annals-config.cmake
    INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/annals)
  write_basic_package_version_file(${CMAKE_BINARY_DIR}/annals-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_BINARY_DIR}/annals-config.cmake ${CMAKE_BINARY_DIR}/annals-config-version.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/annals)
  pc(annals annals "News pages in, readings and stories out" libdeflate zlib libzstd libbrotlidec libutf8proc nettle)
endif()
if(TARGET annals-record-static)
  if(EXISTS ${CMAKE_SOURCE_DIR}/include/annals_record.h)
    install(FILES ${CMAKE_SOURCE_DIR}/include/annals_record.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  endif()
  install(FILES $<TARGET_FILE:annals-record-static> DESTINATION ${CMAKE_INSTALL_LIBDIR})
  pc(annals-record annals-record "The record of annals: SQLite, exports, server" sqlite3 libmicrohttpd)
endif()
