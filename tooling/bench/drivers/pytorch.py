"""PyTorch: nn.Sequential, cross_entropy, and its own optimizers."""

import torch

from serve import blas, serve, threads


class PyTorch:
    def load(self, material):
        torch.set_num_threads(int(threads()))
        self.material = material
        linear, modules = torch.nn.Linear, []
        for W, b in material.layers:
            layer = linear(W.shape[1], W.shape[0])
            with torch.no_grad():
                layer.weight.copy_(torch.from_numpy(W))
                layer.bias.copy_(torch.from_numpy(b))
            modules += [layer, torch.nn.ReLU()]
        self.net = torch.nn.Sequential(*modules[:-1])
        self.x, self.y = torch.from_numpy(material.x), torch.from_numpy(material.y)
        self.test_x = torch.from_numpy(material.test_x)
        u = material.update
        if u["kind"] == "adam":
            self.optimizer = torch.optim.Adam(self.net.parameters(), lr=u["learningRate"])
        else:
            self.optimizer = torch.optim.SGD(
                self.net.parameters(), lr=u["learningRate"], momentum=u["momentum"]
            )
        return {"library": f"PyTorch {torch.__version__}", "products": blas(), "threads": threads()}

    def steps(self, count):
        cross_entropy = torch.nn.functional.cross_entropy
        for _ in range(count):
            rows = torch.from_numpy(self.material.next())
            loss = cross_entropy(self.net(self.x[rows]), self.y[rows])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()

    @torch.no_grad()
    def predict(self, rows):
        return torch.softmax(self.net(self.test_x[:rows]), 1)


serve(PyTorch())
