# Write the header TO with the bytes of page.css and page.js below SOURCE, as they stand.
set(header "")
foreach(name css js)
  file(READ ${SOURCE}/output/page.${name} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND header "static const char page_${name}[] = {${bytes}0};\n")
endforeach()
file(WRITE ${TO} "${header}")
