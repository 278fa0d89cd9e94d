import type { Runner } from './runner.ts'
import { wholeOf } from './texture-storage.ts'
import type { Transfer } from './transfer.ts'

const given = Float32Array.of(1.5, -2, Number.NaN, 3)
const words = Int32Array.of(-1, 2 ** 31 - 1, -(2 ** 24) - 1)

/**
 * A calculation whose result is known: NaN kept, whole numbers of 32 bits exact, quotients right.
 *
 * @throws Error where a device answers anything else, zeros for instance, as one does whose context is gone.
 */
export function selfTest(runner: Runner, transfer: Transfer): void {
  const check = (values: Float32Array | Int32Array, source: string, want: readonly number[]): void => {
    const dtype = values instanceof Float32Array ? 'float32' : 'int32'
    const [from, to] = [runner.storage(dtype, values.length), runner.storage(dtype, values.length)]
    transfer.upload(from, values)
    const body = { kind: 'element', source } as const
    runner.run({ key: `selfTest ${dtype}`, inputs: [wholeOf(from)], outputs: [to], body: () => body })
    const got = Array.from(transfer.readSync(wholeOf(to)))
    for (const storage of [from, to]) runner.release(storage)
    if (got.every((value, i) => Object.is(value, want[i]))) return
    throw new Error(
      `init: backend 'gpu': ${runner.device.description.renderer} computes [${got}], expected [${want}]; init({ backend: 'wasm' }) computes everywhere`,
    )
  }
  check(given, 'float element(int i) { return stored(quotient(at_a(i) + 1.0, 2.0)); }', [
    1.25,
    -0.5,
    Number.NaN,
    2,
  ])
  check(words, 'vec2 element(int i) { return stored(at_a(i) - 1); }', [-2, 2 ** 31 - 2, -(2 ** 24) - 2])
}
