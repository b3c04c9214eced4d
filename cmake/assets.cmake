# SPDX-License-Identifier: Apache-2.0
# cmake -DFOLDER=web/dist -DOUTPUT=assets.c -P cmake/assets.cmake: every file of FOLDER as bytes of a C table (src/serve/serve.h).
# index.html is "/index.html", everything else lies below /assets/, whether FOLDER has a folder of that name or not.
set(types html=text/html js=text/javascript css=text/css svg=image/svg+xml json=application/json png=image/png ico=image/x-icon
  woff2=font/woff2 txt=text/plain)
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(arrays "")
set(rows "")
set(count 0)
foreach(file IN LISTS files)
  string(REGEX MATCH "[^.]*$" ending "${file}")
  set(type "")
  foreach(pair IN LISTS types)
    if(pair MATCHES "^${ending}=(.*)$")
      set(type "${CMAKE_MATCH_1}")
    endif()
  endforeach()
  if(type MATCHES "^text/|json") # a semicolon would part a list
    string(APPEND type "; charset=utf-8")
  endif()
  if(type STREQUAL "") # maps and the like stay outside
    continue()
  endif()
  file(READ ${FOLDER}/${file} hex HEX)
  file(SHA256 ${FOLDER}/${file} hash)
  string(SUBSTRING ${hash} 0 32 hash)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "^assets/" "" path "${file}")
  if(NOT path STREQUAL "index.html")
    set(path "assets/${path}")
  endif()
  string(APPEND arrays "static const unsigned char asset_${count}[] = {\n${bytes}0};\n")
  string(APPEND rows "    {\"/${path}\", \"${type}\", \"\\\"${hash}\\\"\", asset_${count}, sizeof asset_${count} - 1},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT} "/* Made by cmake/assets.cmake. */\n#include \"serve/serve.h\"\n\n${arrays}"
  "const sv_asset sv_assets[] = {\n${rows}    {0}};\nconst size_t sv_asset_count = ${count};\n")
