/*
 * Counts the bytes of every array that is made with `new` after this file is imported, which has to be before anything
 * that remembers the constructors: import it first. The sum over a call is an upper bound of what it held at any time.
 */

let bytes = 0

/** Bytes made so far. */
export const allocated = (): number => bytes

const names = [
  'Float64Array',
  'Float32Array',
  'Int32Array',
  'Uint32Array',
  'Uint16Array',
  'Uint8Array',
  'ArrayBuffer',
] as const

for (const name of names) {
  const type = globalThis[name]
  Object.defineProperty(globalThis, name, {
    configurable: true,
    writable: true,
    value: new Proxy(type, {
      construct(target, made: unknown[], newTarget) {
        const array: ArrayBufferLike | ArrayBufferView = Reflect.construct(target, made, newTarget)
        // A view of other bytes takes none.
        if (!(made[0] instanceof type && name === 'ArrayBuffer') && !isBuffer(made[0]))
          bytes += array.byteLength
        return array
      },
    }),
  })
}

function isBuffer(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]'
}
