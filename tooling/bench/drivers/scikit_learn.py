"""scikit-learn: MLPClassifier.partial_fit, one call for each mini-batch."""

import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

from serve import blas, serve, threads


class ScikitLearn:
    def load(self, material):
        warnings.filterwarnings("ignore")
        self.material = m = material
        u = m.update
        self.classes = np.arange(m.widths[-1])
        self.net = MLPClassifier(
            m.widths[1:-1], activation="relu", solver=u["kind"], alpha=0, batch_size=m.batch,
            learning_rate_init=u["learningRate"], momentum=u.get("momentum", 0),
            nesterovs_momentum=False, shuffle=False, epsilon=1e-8,
        )
        # The network exists only after a first fit: fit once, then begin again from the given weights.
        self.net.partial_fit(m.x[: m.batch], m.y[: m.batch], self.classes)
        if m.widths[-1] > 2:
            for k, (W, b) in enumerate(m.layers):
                self.net.coefs_[k][...] = W.T
                self.net.intercepts_[k][...] = b
        optimizer = self.net._optimizer
        optimizer.t = 0
        for name in ("velocities", "ms", "vs"):
            if hasattr(optimizer, name):
                setattr(optimizer, name, [np.zeros_like(p) for p in self.net.coefs_ + self.net.intercepts_])
        return {"library": f"scikit-learn {sklearn.__version__}", "products": blas(), "threads": threads()}

    def steps(self, count):
        m = self.material
        for _ in range(count):
            rows = m.next()
            self.net.partial_fit(m.x[rows], m.y[rows])

    def predict(self, rows):
        return self.net.predict_proba(self.material.test_x[:rows])


serve(ScikitLearn())
