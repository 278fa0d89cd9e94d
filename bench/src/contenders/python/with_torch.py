"""PyTorch, eager: products, layers, local maps and whole training steps."""

import platform
import re

import torch
import torch.nn.functional as F

from torch_conv import conv
from torch_step import step


def start(threads):
    """Its version with what it was built on, the width in bits of the vectors that its own loops use, and the file that calls the BLAS."""
    torch.set_num_threads(threads)
    # Warms up the BLAS, which Debian's loads with the library and others with the first product.
    torch.ones(64, 64) @ torch.ones(64, 64)
    built = torch.__config__.show()
    parts = [f"torch {torch.__version__}", f"Python {platform.python_version()}"]
    parts.append(f"{torch.get_num_threads()} thread{'' if torch.get_num_threads() == 1 else 's'}")
    dnn = re.search(r"MKL-DNN v([\d.]+)", built)
    if dnn:
        parts.append(f"oneDNN {dnn.group(1)} {'on' if torch.backends.mkldnn.is_available() else 'off'}")
    capability = re.search(r"CPU capability usage: (\w+)", built)
    name = capability.group(1) if capability else "unknown"
    parts.append(f"own loops {name}")
    return ", ".join(parts), {"AVX512": 512, "AVX2": 256}.get(name, 128), torch._C.__file__


def tensors(arrays):
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def matmul(work, arrays):
    held = tensors(arrays)
    a = held["a"].t() if work["layout"] == "tn" else held["a"]
    b = held["b"].t() if work["layout"] == "nt" else held["b"]

    def run():
        return a @ b

    return [(None, run, lambda: run().numpy())]


def affine(work, arrays):
    held = tensors(arrays)
    x, weight, bias = held["x"], held["weight"], held["bias"]

    def without():
        return F.linear(x, weight, bias).relu_()

    def with_codes():
        y = F.linear(x, weight, bias)
        return y > 0, y.relu_()

    return [
        ("with codes", with_codes, lambda: with_codes()[1].numpy()),
        ("without codes", without, lambda: without().numpy()),
    ]


def local_affine(work, arrays):
    held = tensors(arrays)
    count = len(work["sizes"]) - 1
    layers = [(held[f"weight{i}"], held[f"bias{i}"]) for i in range(count)]
    x = held["x"]

    def run():
        output, offset, columns = x, None, None
        for i, (weight, bias) in enumerate(layers):
            output = F.linear(output, weight, bias)
            offset = bias.expand(len(x), -1) if i == 0 else F.linear(offset, weight, bias)
            columns = weight.t().expand(len(x), -1, -1) if i == 0 else F.linear(columns, weight)
            if i < count - 1:
                on = (output > 0).float()
                output, offset, columns = output * on, offset * on, columns * on[:, None, :]
        return columns.transpose(1, 2), offset

    return [(None, run, lambda: torch.cat([part.flatten() for part in run()]).numpy())]


def chain(work, arrays):
    held = tensors(arrays)
    a, b = held["a"], held["b"]

    def run():
        y = a
        for _ in range(work["length"]):
            y = y + b
        return y

    return [(None, run, lambda: run().numpy())]


prepare = {"matmul": matmul, "chain": chain, "affine": affine, "localAffine": local_affine, "step": step, "conv": conv}
