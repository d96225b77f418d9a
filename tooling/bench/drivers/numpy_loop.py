"""numpy: forward, backward and update written by hand."""

import numpy as np

from serve import blas, serve, threads


class Numpy:
    def load(self, material):
        self.material = material
        self.layers = [(W.copy(), b.copy()) for W, b in material.layers]
        self.params = [p for layer in self.layers for p in layer]
        self.slots = [(np.zeros_like(p), np.zeros_like(p)) for p in self.params]
        self.t = 0
        return {"library": f"numpy {np.__version__}", "products": blas(), "threads": threads()}

    def forward(self, x):
        h = [x]
        for k, (W, b) in enumerate(self.layers):
            a = h[-1] @ W.T
            a += b
            if k < len(self.layers) - 1:
                np.maximum(a, 0, out=a)
            h.append(a)
        f = h.pop()
        f -= f.max(axis=1, keepdims=True)
        np.exp(f, out=f)
        f /= f.sum(axis=1, keepdims=True)
        return h, f

    def steps(self, count):
        m = self.material
        for _ in range(count):
            rows = m.next()
            h, grad = self.forward(m.x[rows])
            grad[np.arange(len(rows)), m.y[rows]] -= 1
            grad /= len(rows)
            grads = []
            for k in reversed(range(len(self.layers))):
                grads += [grad.sum(axis=0), grad.T @ h[k]]
                if k > 0:
                    grad = grad @ self.layers[k][0]
                    grad *= h[k] > 0
            self.update(grads[::-1])

    def update(self, grads):
        u = self.material.update
        rate = u["learningRate"]
        self.t += 1
        for p, g, (m, v) in zip(self.params, grads, self.slots):
            if u["kind"] == "adam":
                m *= 0.9
                m += np.float32(0.1) * g
                v *= 0.999
                g *= g
                v += np.float32(0.001) * g
                scale = rate / (1 - 0.9**self.t)
                root = np.sqrt(v)
                root /= (1 - 0.999**self.t) ** 0.5
                root += 1e-8
                p -= np.float32(scale) * m / root
            elif u["momentum"] > 0:
                m *= u["momentum"]
                m += g
                p -= np.float32(rate) * m
            else:
                g *= rate
                p -= g

    def predict(self, rows):
        return self.forward(self.material.test_x[:rows])[1]


serve(Numpy())
