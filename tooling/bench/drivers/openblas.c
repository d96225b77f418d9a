// A network written by hand on OpenBLAS: about the most that a step can reach on this machine.

#include "serve.h"

// Of cblas.h, so that the library alone will do.
enum { ROW_MAJOR = 101, AS_IS = 111, TRANSPOSED = 112 };
void cblas_sgemm(int, int, int, int, int, int, float, const float *, int, const float *, int, float,
                 float *, int);
char *openblas_get_config(void);
char *openblas_get_corename(void);
int openblas_get_num_threads(void);

enum { LAYERS = 8, CHUNK = 256 }; // at most so many layers; so many rows are predicted at a time

static int depth, widths[LAYERS + 1], batch, at, t, adam;
static float rate, momentum;
static float *W[LAYERS], *b[LAYERS], *gradW[LAYERS], *gradB[LAYERS]; // b lies behind W, gradB behind gradW
static float *first[LAYERS], *second[LAYERS];                        // moments of both
static float *h[LAYERS + 1], *gradH[LAYERS + 1];
static float *probabilities;

static void build(const char *json) {
  batch = number(json, "batch");
  const char *update = value(json, "update");
  adam = strncmp(value(update, "kind"), "\"adam\"", 6) == 0;
  rate = number(update, "learningRate");
  momentum = adam ? 0 : number(update, "momentum");
  char *next = (char *)value(json, "widths");
  for (depth = -1; *next != ']'; depth++) {
    if (depth == LAYERS) fail("too many layers in", "widths");
    widths[depth + 1] = strtol(next + 1, &next, 10);
  }
  FILE *weights = file(json, "weights");
  int most = batch > CHUNK ? batch : CHUNK;
  for (int k = 0; k <= depth; k++) h[k] = floats((size_t)most * widths[k]);
  for (int k = 0; k < depth; k++) {
    size_t matrix = (size_t)widths[k] * widths[k + 1], count = matrix + widths[k + 1];
    W[k] = floats(count), b[k] = W[k] + matrix;
    gradW[k] = floats(count), gradB[k] = gradW[k] + matrix;
    if (adam || momentum) first[k] = floats(count);
    if (adam) second[k] = floats(count);
    gradH[k + 1] = floats((size_t)batch * widths[k + 1]);
    fill(W[k], sizeof(float), count, weights);
  }
  fclose(weights);
  classes = widths[depth];
  probabilities = floats((size_t)test.rows * classes);
}

// h(k) = relu(b + W h(k-1)), and the logits at the end.
static void forward(const float *x, int rows) {
  for (int k = 0; k < depth; k++) {
    int in = widths[k], out = widths[k + 1];
    cblas_sgemm(ROW_MAJOR, AS_IS, TRANSPOSED, rows, out, in, 1, k ? h[k] : x, in, W[k], in, 0,
                h[k + 1], out);
    for (int r = 0; r < rows; r++) {
      float *row = h[k + 1] + (size_t)r * out;
      if (k + 1 == depth)
        for (int j = 0; j < out; j++) row[j] += b[k][j];
      else
        for (int j = 0; j < out; j++) row[j] = row[j] + b[k][j] > 0 ? row[j] + b[k][j] : 0;
    }
  }
}

static void softmax(const float *a, float *f, int rows, int classes) {
  for (; rows > 0; rows--, a += classes, f += classes) {
    float max = a[0], sum = 0;
    for (int j = 1; j < classes; j++) max = a[j] > max ? a[j] : max;
    for (int j = 0; j < classes; j++) sum += f[j] = expf(a[j] - max);
    for (int j = 0; j < classes; j++) f[j] /= sum;
  }
}

static void backward(void) {
  for (int k = depth - 1; k >= 0; k--) {
    int in = widths[k], out = widths[k + 1];
    const float *grad = gradH[k + 1];
    cblas_sgemm(ROW_MAJOR, TRANSPOSED, AS_IS, out, in, batch, 1, grad, out, h[k], in, 0, gradW[k], in);
    memset(gradB[k], 0, out * sizeof(float));
    for (int r = 0; r < batch; r++)
      for (int j = 0; j < out; j++) gradB[k][j] += grad[(size_t)r * out + j];
    if (k == 0) return;
    cblas_sgemm(ROW_MAJOR, AS_IS, AS_IS, batch, in, out, 1, grad, out, W[k], in, 0, gradH[k], in);
    for (size_t i = 0; i < (size_t)batch * in; i++) gradH[k][i] = h[k][i] > 0 ? gradH[k][i] : 0;
  }
}

static void update(float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                   size_t count) {
  if (adam) {
    float scale = rate / (1 - pow(0.9, t)), root = 1 / sqrt(1 - pow(0.999, t));
    for (size_t i = 0; i < count; i++) {
      m[i] = 0.9f * m[i] + 0.1f * g[i];
      v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
      w[i] -= scale * m[i] / (sqrtf(v[i]) * root + 1e-8f);
    }
  } else if (momentum) {
    for (size_t i = 0; i < count; i++) {
      m[i] = momentum * m[i] + g[i];
      w[i] -= rate * m[i];
    }
  } else
    for (size_t i = 0; i < count; i++) w[i] -= rate * g[i];
}

static void step(void) {
  if (at + batch > orders) at = 0;
  const int *rows = order + at;
  at += batch, t++;
  for (int r = 0; r < batch; r++)
    memcpy(h[0] + (size_t)r * widths[0], train.x + (size_t)rows[r] * widths[0],
           widths[0] * sizeof(float));
  forward(h[0], batch);
  float *grad = gradH[depth];
  softmax(h[depth], grad, batch, classes);
  for (int r = 0; r < batch; r++) grad[r * classes + train.y[rows[r]]] -= 1;
  for (int i = 0; i < batch * classes; i++) grad[i] /= batch;
  backward();
  for (int k = 0; k < depth; k++)
    update(W[k], gradW[k], first[k], second[k], (size_t)(widths[k] + 1) * widths[k + 1]);
}

static const float *predict(int rows) {
  if (rows > test.rows) fail("there are not so many", "rows");
  for (int r = 0; r < rows; r += CHUNK) {
    int count = rows - r < CHUNK ? rows - r : CHUNK;
    forward(test.x + (size_t)r * widths[0], count);
    softmax(h[depth], probabilities + (size_t)r * classes, count, classes);
  }
  return probabilities;
}

static const char *products(void) {
  static char words[128];
  char version[32] = "";
  sscanf(openblas_get_config(), "OpenBLAS %31s", version);
  snprintf(words, sizeof words, "OpenBLAS %s %s, %d threads", version, openblas_get_corename(),
           openblas_get_num_threads());
  return words;
}
