"""Which BLAS a library multiplies with, and with which kernel: what OpenBLAS picks is not always what the processor can do."""

import ctypes
import os
import re

# Wheels rename the functions of the OpenBLAS that they bring.
AFFIXES = [("", ""), ("", "64_"), ("scipy_", ""), ("scipy_", "64_")]


class Found(ctypes.Structure):
    """What dladdr fills in."""

    _fields_ = [
        ("file", ctypes.c_char_p),
        ("base", ctypes.c_void_p),
        ("symbol", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
    ]


def function(library, name):
    """`name` as it is found from a library, with whatever affixes; None where it is not."""
    for before, after in AFFIXES:
        try:
            return getattr(library, f"{before}{name}{after}")
        except AttributeError:
            continue
    return None


def multiplies_with(extension):
    """The file with the product that an extension module calls: several BLAS can be in one process, LAPACK brings its own."""
    module = ctypes.CDLL(extension)
    product = function(module, "cblas_sgemm") or function(module, "sgemm_")
    found = Found()
    if product is None or not ctypes.CDLL(None).dladdr(product, ctypes.byref(found)):
        return None
    return os.path.realpath(found.file.decode())


def described(extension):
    """{library, name, core, threads} of an extension module's BLAS; core and threads are OpenBLAS's. None where none is found."""
    file = multiplies_with(extension)
    if file is None:
        return None
    library = ctypes.CDLL(file)
    core, config, threads = (function(library, f"openblas_get_{what}") for what in ("corename", "config", "num_threads"))
    if core is None or config is None or threads is None:
        return {"library": file, "name": "/".join(file.split("/")[-2:]), "core": None, "threads": None}
    core.restype = config.restype = ctypes.c_char_p
    version = re.search(r"OpenBLAS [\d.]*\d", config().decode())
    return {
        "library": file,
        "name": version.group() if version else "OpenBLAS",
        "core": core().decode(),
        "threads": threads(),
    }
