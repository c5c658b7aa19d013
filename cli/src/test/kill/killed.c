// SPDX-License-Identifier: Apache-2.0
//
// Kills a process before one of its changes to files: loaded with LD_PRELOAD, it counts the calls
// that make, rename, remove or open for writing what is in a folder.
//
//   KILLED_IN=FOLDER     the folder; nothing else is counted
//   KILLED_BEFORE=N      the call, from 1; without it none
//   KILLED_COUNT=FILE    gets a line for each call
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static void before(const char *call, const char *path) {
  const char *folder = getenv("KILLED_IN");
  if (folder == NULL || path == NULL || strncmp(path, folder, strlen(folder)) != 0) {
    return;
  }
  int number = __sync_add_and_fetch(&calls, 1);
  const char *count = getenv("KILLED_COUNT");
  if (count != NULL) {
    static int (*open_next)(const char *, int, ...);
    open_next = next("open64");
    int log = open_next(count, O_WRONLY | O_APPEND | O_CREAT, 0644);
    dprintf(log, "%d %s %s\n", number, call, path);
    close(log);
  }
  const char *at = getenv("KILLED_BEFORE");
  if (at != NULL && atoi(at) == number) {
    kill(getpid(), SIGKILL);
  }
}

int rename(const char *from, const char *to) {
  int (*call)(const char *, const char *) = next("rename");
  before("rename", to);
  return call(from, to);
}

int unlink(const char *path) {
  int (*call)(const char *) = next("unlink");
  before("unlink", path);
  return call(path);
}

int rmdir(const char *path) {
  int (*call)(const char *) = next("rmdir");
  before("rmdir", path);
  return call(path);
}

int mkdir(const char *path, mode_t mode) {
  int (*call)(const char *, mode_t) = next("mkdir");
  before("mkdir", path);
  return call(path, mode);
}

int open64(const char *path, int flags, ...) {
  int (*call)(const char *, int, ...) = next("open64");
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  if (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) {
    before("open", path);
  }
  return call(path, flags, mode);
}

int fsync(int file) {
  int (*call)(int) = next("fsync");
  char link[32];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  before("fsync", path);
  return call(file);
}
