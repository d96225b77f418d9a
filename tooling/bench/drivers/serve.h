// Answers the harness until it hangs up: the C twin of serve.ts. Who includes it says what a system does.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

struct part {
  float *x;
  int *y, rows, columns;
};

static struct part train, test;
static int *order, orders; // the rows of the mini-batches, one after another
static int classes;

static void build(const char *task); // the network
static void step(void);
static const float *predict(int rows); // the probabilities of the first rows of the test part
static const char *products(void);

static void fail(const char *why, const char *what) {
  printf("{\"error\":\"%s %s\"}\n", why, what);
  fflush(stdout);
  exit(1);
}

static float *floats(size_t count) {
  float *room = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (!room) fail("no memory", "");
  memset(room, 0, count * sizeof(float));
  return room;
}

// What stands behind "key": in the harness's own JSON, which has no spaces and no escapes.
static const char *value(const char *json, const char *key) {
  char pattern[32];
  snprintf(pattern, sizeof pattern, "\"%s\":", key);
  const char *found = strstr(json, pattern);
  if (!found) fail("there is no", key);
  return found + strlen(pattern);
}

static double number(const char *json, const char *key) { return strtod(value(json, key), NULL); }

static FILE *file(const char *json, const char *key) {
  char path[4096];
  if (sscanf(value(json, key), "\"%4095[^\"]", path) != 1) fail("no path for", key);
  FILE *opened = fopen(path, "rb");
  if (!opened) fail("cannot open", path);
  return opened;
}

static void fill(void *room, size_t size, size_t count, FILE *from) {
  if (fread(room, size, count, from) != count) fail("a file is too short", "");
}

static struct part readPart(const char *json) {
  struct part p = {.rows = number(json, "rows"), .columns = number(json, "columns")};
  size_t size = (size_t)p.rows * p.columns;
  p.x = floats(size);
  FILE *x = file(json, "x");
  if (strncmp(value(json, "kind"), "\"uint8\"", 7) == 0) {
    unsigned char *row = malloc(p.columns);
    for (size_t from = 0; from < size; from += p.columns) {
      fill(row, 1, p.columns, x);
      for (int j = 0; j < p.columns; j++) p.x[from + j] = row[j] / 255.0f;
    }
    free(row);
  } else
    fill(p.x, sizeof(float), size, x);
  fclose(x);
  p.y = malloc(p.rows * sizeof(int));
  FILE *y = file(json, "y");
  fill(p.y, sizeof(int), p.rows, y);
  fclose(y);
  return p;
}

static void readData(const char *json) {
  train = readPart(value(json, "train"));
  test = readPart(value(json, "test"));
  orders = 2 * train.rows;
  order = malloc(orders * sizeof(int));
  FILE *rows = file(json, "order");
  fill(order, sizeof(int), orders, rows);
  fclose(rows);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static double resident(void) {
  long total = 0, pages = 0;
  FILE *statm = fopen("/proc/self/statm", "r");
  if (!statm || fscanf(statm, "%ld %ld", &total, &pages) != 2) pages = 0;
  if (statm) fclose(statm);
  return (double)pages * sysconf(_SC_PAGESIZE);
}

int main(void) {
  static double dataResident;
  char *line = NULL;
  for (size_t room = 0; getline(&line, &room, stdin) > 0; fflush(stdout)) {
    double began = now();
    const char *op = value(line, "op");
    if (strncmp(op, "\"load\"", 6) == 0) {
      readData(line);
      double seconds = now() - began;
      dataResident = resident();
      build(line);
      printf("{\"dataSeconds\":%g,\"about\":{\"library\":\"C, compiler %s\",\"products\":\"%s\","
             "\"threads\":\"%s\",\"runtime\":\"machine code\"}}\n",
             seconds, __VERSION__, products(), getenv("OMP_NUM_THREADS"));
    } else if (strncmp(op, "\"prepare\"", 9) == 0) {
      printf("{}\n");
    } else if (strncmp(op, "\"steps\"", 7) == 0) {
      for (int steps = number(line, "steps"); steps > 0; steps--) step();
      printf("{\"seconds\":%.9f}\n", now() - began);
    } else if (strncmp(op, "\"loss\"", 6) == 0) {
      int rows = number(line, "rows");
      double sum = 0;
      const float *f = predict(rows);
      for (int r = 0; r < rows; r++) sum -= log(f[r * classes + test.y[r]]);
      printf("{\"loss\":%.12g}\n", sum / rows);
    } else if (strncmp(op, "\"predict\"", 9) == 0) {
      for (int calls = number(line, "calls"); calls > 0; calls--) predict(number(line, "rows"));
      printf("{\"seconds\":%.9f}\n", now() - began);
    } else if (strncmp(op, "\"memory\"", 8) == 0) {
      struct rusage usage;
      getrusage(RUSAGE_SELF, &usage);
      printf("{\"data\":%.0f,\"peak\":%.0f}\n", dataResident, usage.ru_maxrss * 1024.0);
    } else
      fail("unknown", "op");
  }
}
