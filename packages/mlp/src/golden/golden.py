"""Golden vectors of a network 5-7-6-3: forward, backward and ten steps of training, in float64.

    /usr/bin/python3 golden.py

writes golden.json beside this file. Weights and inputs are rounded to float32 first, so that a
network of either kind begins with the very same numbers.
"""

import json
import pathlib

import torch

SEED = 11
WIDTHS = [5, 7, 6, 3]
ROWS = 7
# The examples of each step: the last batch of an epoch is shorter.
BATCHES = [[0, 3], [3, 6], [6, 7]]
STEPS = 10
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
}

torch.manual_seed(SEED)
X = torch.randn(ROWS, WIDTHS[0]).double()
Y = torch.randint(0, WIDTHS[-1], (ROWS,))
# Biases too are not 0, so that leaving one out shows.
PARAMS = [
    [(torch.randn(n, m) / m**0.5).double(), (torch.randn(n) / 4).double()]
    for m, n in zip(WIDTHS, WIDTHS[1:])
]


def copies():
    return [[p.clone().requires_grad_() for p in layer] for layer in PARAMS]


def forward(g, params, x):
    a, h = [], [x]
    for k, (W, b) in enumerate(params):
        a.append(torch.nn.functional.linear(h[-1], W, b))
        h.append(a[-1] if k == len(params) - 1 else g(a[-1]))
    return a, h


def loss_of(g, params, x, y):
    return torch.nn.functional.cross_entropy(forward(g, params, x)[1][-1], y)


def one_pass(g):
    params, x = copies(), X.clone().requires_grad_()
    a, h = forward(g, params, x)
    loss = torch.nn.functional.cross_entropy(h[-1], Y)
    loss.backward()
    return {
        "a": [t.flatten().tolist() for t in a],
        "h": [t.flatten().tolist() for t in h],
        "loss": loss.item(),
        "grads": [[p.grad.flatten().tolist() for p in layer] for layer in params],
        "gradX": x.grad.flatten().tolist(),
    }


def losses(g, make):
    params = copies()
    optimizer = make([p for layer in params for p in layer])
    found = []
    for step in range(STEPS):
        start, end = BATCHES[step % len(BATCHES)]
        optimizer.zero_grad()
        loss = loss_of(g, params, X[start:end], Y[start:end])
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    return found


text = json.dumps({
    "torch": torch.__version__,
    "seed": SEED,
    "widths": WIDTHS,
    "x": X.flatten().tolist(),
    "y": Y.tolist(),
    "params": [[p.flatten().tolist() for p in layer] for layer in PARAMS],
    "batches": BATCHES,
    "passes": {name: one_pass(g) for name, g in ACTIVATIONS.items()},
    "losses": {
        name: {optimizer: losses(g, make) for optimizer, make in OPTIMIZERS.items()}
        for name, g in ACTIVATIONS.items()
    },
}, separators=(",", ":"))
(pathlib.Path(__file__).parent / "golden.json").write_text(text + "\n")
