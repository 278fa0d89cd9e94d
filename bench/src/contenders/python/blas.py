"""Which BLAS this process runs on, and with which kernel: what OpenBLAS picked is not always what the processor can do."""

import ctypes
import re

NAMES = re.compile(r"blas|mkl_rt|blis|atlas|cblas", re.I)
# Wheels rename the functions of the OpenBLAS that they bring.
AFFIXES = [("", ""), ("", "64_"), ("scipy_", ""), ("scipy_", "64_")]


def mapped():
    """Files of this process that could be a BLAS, in the order of their mapping."""
    with open("/proc/self/maps") as maps:
        files = [line.split(maxsplit=5)[5].strip() for line in maps if ".so" in line]
    return [file for file in dict.fromkeys(files) if NAMES.search(file.rsplit("/", 1)[-1])]


def described():
    """{library, config, core, threads} of the first OpenBLAS, else the files alone; None where there is none."""
    files = mapped()
    for file in files:
        library = ctypes.CDLL(file)
        for before, after in AFFIXES:
            try:
                core = getattr(library, f"{before}openblas_get_corename{after}")
                config = getattr(library, f"{before}openblas_get_config{after}")
                threads = getattr(library, f"{before}openblas_get_num_threads{after}")
            except AttributeError:
                continue
            core.restype = config.restype = ctypes.c_char_p
            version = re.search(r"OpenBLAS [\d.]+\d", config().decode())
            return {
                "library": file,
                "name": version.group() if version else "OpenBLAS",
                "core": core().decode(),
                "threads": threads(),
            }
    if not files:
        return None
    return {"library": files[0], "name": files[0].rsplit("/", 1)[-1], "core": None, "threads": None}
