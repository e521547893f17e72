# Write the header TO with the SHA-256 of what the library is compiled from, below SOURCE.
file(GLOB_RECURSE files RELATIVE ${SOURCE} ${SOURCE}/sim/*.c ${SOURCE}/sim/*.h ${SOURCE}/sim/*.def
  ${SOURCE}/output/*.c ${SOURCE}/output/*.h ${SOURCE}/include/*.h)
list(FILTER files EXCLUDE REGEX "^sim/cli/")
set(all "")
foreach(file ${files})
  file(SHA256 ${SOURCE}/${file} digest)
  string(APPEND all "${file} ${digest}\n")
endforeach()
string(SHA256 digest "${all}")
file(WRITE ${TO} "#define CF_SOURCE_DIGEST \"${digest}\"\n")
