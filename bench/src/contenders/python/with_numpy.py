"""NumPy: products, layers and local maps; it has no gradients."""

import platform

import numpy as np


def start(threads):
    """Its version, the width in bits of the vectors that its own loops use, and the file that calls the BLAS."""
    inner = (getattr(np, "_core", None) or np.core)._multiarray_umath
    return f"numpy {np.__version__}, Python {platform.python_version()}", width(inner), inner.__file__


def width(inner):
    features = inner.__cpu_features__
    built = {*inner.__cpu_dispatch__, *inner.__cpu_baseline__}
    widths = {"AVX512_SKX": 512, "AVX512F": 512, "AVX2": 256}
    return max([128, *(bits for name, bits in widths.items() if name in built and features.get(name))])


def matmul(work, arrays):
    a = arrays["a"].T if work["layout"] == "tn" else arrays["a"]
    b = arrays["b"].T if work["layout"] == "nt" else arrays["b"]

    def run():
        return a @ b

    return [(None, run, run)]


def affine(work, arrays):
    x, weight, bias = arrays["x"], arrays["weight"], arrays["bias"]

    def without():
        y = x @ weight.T
        y += bias
        return np.maximum(y, 0, out=y)

    def with_codes():
        y = x @ weight.T
        y += bias
        code = np.packbits(y > 0, axis=1)
        return np.maximum(y, 0, out=y), code

    return [("with codes", with_codes, lambda: with_codes()[0]), ("without codes", without, without)]


def local_affine(work, arrays):
    count = len(work["sizes"]) - 1
    weights = [arrays[f"weight{i}"] for i in range(count)]
    biases = [arrays[f"bias{i}"] for i in range(count)]
    x = arrays["x"]

    def run():
        output, offset, columns = x, None, None
        for i, (weight, bias) in enumerate(zip(weights, biases)):
            hidden = i < count - 1
            output = output @ weight.T + bias
            offset = np.broadcast_to(bias, output.shape) if i == 0 else offset @ weight.T + bias
            if i == 0:
                columns = np.broadcast_to(weight.T, (len(x), *weight.T.shape))
            else:
                flat = columns.reshape(-1, weight.shape[1]) @ weight.T
                columns = flat.reshape(len(x), -1, weight.shape[0])
            if hidden:
                on = (output > 0).astype(np.float32)
                output, offset, columns = output * on, offset * on, columns * on[:, None, :]
        return np.swapaxes(columns, 1, 2), offset

    return [(None, run, lambda: np.concatenate([part.ravel() for part in run()]))]


def chain(work, arrays):
    a, b = arrays["a"], arrays["b"]

    def run():
        y = a
        for _ in range(work["length"]):
            y = y + b
        return y

    return [(None, run, run)]


prepare = {"matmul": matmul, "chain": chain, "affine": affine, "localAffine": local_affine}
