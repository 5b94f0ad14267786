#include <sys/vfs.h>

#include "CStorage.h"

uint32_t cfile_system(const char *path) {
  struct statfs facts;
  return statfs(path, &facts) == 0 ? (uint32_t)facts.f_type : 0;
}
