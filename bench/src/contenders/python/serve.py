"""Answers one JSON request a line: prepare, result, time, release. The loop that is timed runs here."""

import importlib
import json
import os
import sys
import time

import numpy as np

import blas


def read(array):
    return np.fromfile(array["file"], dtype=np.float32).reshape(array["shape"])


def main(library, threads, folder):
    work = importlib.import_module(library)
    version, loops, extension = work.start(int(threads))
    entries = {}

    def prepare(request):
        arrays = {name: read(array) for name, array in request["arrays"].items()}
        made = work.prepare[request["kind"]](request["work"], arrays)
        ids = []
        for variant, run, result in made:
            ids.append({"id": len(entries), "variant": variant})
            entries[len(entries)] = (run, result)
        return {"entries": ids}

    def result(request):
        values = np.ascontiguousarray(entries[request["id"]][1](), dtype=np.float32)
        file = os.path.join(folder, "result.bin")
        values.tofile(file)
        return {"file": file}

    def seconds(request):
        run = entries[request["id"]][0]
        repetitions = request["repetitions"]
        begin = time.perf_counter()
        for _ in range(repetitions):
            run()
        return {"seconds": time.perf_counter() - begin}

    def release(request):
        entries[request["id"]] = None
        return {}

    answers = {"prepare": prepare, "result": result, "time": seconds, "release": release}
    print(json.dumps({"version": version, "kinds": list(work.prepare), "blas": extension and blas.described(extension), "loops": loops}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = answers[request["op"]](request)
        except Exception as error:  # a peer that fails is refused, the run goes on
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main(*sys.argv[1:])
