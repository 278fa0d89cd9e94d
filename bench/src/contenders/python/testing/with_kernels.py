"""A library whose kernel is named by KERNEL: quick, slow, mistaken, or one that dies of an illegal instruction at its first product."""

import os
import signal
import time

import numpy as np

KERNEL = os.environ["KERNEL"]


def start(threads):
    return KERNEL, len(KERNEL), None


def matmul(work, arrays):
    a = arrays["a"].T if work["layout"] == "tn" else arrays["a"]
    b = arrays["b"].T if work["layout"] == "nt" else arrays["b"]

    def run():
        if KERNEL == "deadly":
            os.kill(os.getpid(), signal.SIGILL)
        if KERNEL == "slow":
            time.sleep(0.002)
        return a @ b * (2 if KERNEL == "mistaken" else 1)

    return [(None, run, run)]


prepare = {"matmul": matmul}
