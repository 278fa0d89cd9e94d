import { literal } from './glsl/literals.ts'
import { storedType } from './glsl/program.ts'
import type { Runner } from './runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from './texture-storage.ts'

/** Replaces the elements of a buffer by those of `part`, which is empty afterwards. The elements around a view stay. */
export function putInto(runner: Runner, { storage, offset, size }: GpuBuffer, part: TextureStorage): void {
  if (size === storage.size) {
    runner.move(part, storage)
    return
  }
  // Textures are never written to: the whole of what the view looks into is drawn anew.
  const whole = runner.storage(storage.dtype, storage.size)
  runner.run({
    key: `put ${offset} ${size}`,
    inputs: [wholeOf(storage), wholeOf(part)],
    outputs: [whole],
    body: () => ({
      kind: 'element',
      source: `${storedType(storage.dtype)} element(int i) {
  return stored(i >= ${offset} && i < ${offset + size} ? at_b(i - ${offset}) : at_a(i));
}`,
    }),
  })
  runner.move(whole, storage)
  runner.release(part)
}

/** Draws constants, so that they need not be uploaded; `every`, `start` and `step` are those of `Backend.fill`. */
export function fill(
  runner: Runner,
  storage: TextureStorage,
  every: number,
  start: number,
  step: number,
): void {
  const { dtype } = storage
  const [first, zero] = [literal(dtype, start), literal(dtype, 0)]
  const value = step === 0 ? first : `${first} + i / ${every} * ${literal(dtype, step)}`
  runner.run({
    key: `fill ${every} ${start} ${step}`,
    inputs: [],
    outputs: [storage],
    body: () => ({
      kind: 'element',
      source: `${storedType(dtype)} element(int i) { return stored(i % ${every} == 0 ? ${value} : ${zero}); }`,
    }),
  })
}
