/** Type of a vector in a WebAssembly module. */
const v128 = 0x7b
const codeSection = 10

/**
 * Whether a module computes on vectors: whether any of its functions has a local variable of type `v128`. Compilers keep
 * vectors in locals wherever there is a loop.
 *
 * @throws RangeError for bytes that are no WebAssembly module.
 */
export function hasVectors(bytes: Uint8Array): boolean {
  if (bytes.length < 8 || String.fromCharCode(...bytes.subarray(0, 4)) !== '\0asm') {
    throw new RangeError(`hasVectors: expected a WebAssembly module, got ${bytes.length} bytes that are none`)
  }
  let at = 8
  /** An unsigned LEB128 number. */
  const count = () => {
    let [value, shift] = [0, 1]
    for (;;) {
      const byte = bytes[at++]
      value += (byte & 127) * shift
      if (byte < 128) return value
      shift *= 128
    }
  }
  while (at < bytes.length) {
    const section = bytes[at++]
    const size = count()
    if (section !== codeSection) {
      at += size
      continue
    }
    for (let functions = count(); functions > 0; functions--) {
      const length = count()
      const end = at + length
      for (let groups = count(); groups > 0; groups--) {
        count()
        if (bytes[at++] === v128) return true
      }
      at = end
    }
    return false
  }
  return false
}

const bytesOf = (source: unknown): Uint8Array | null => {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  return source instanceof ArrayBuffer || source instanceof SharedArrayBuffer ? new Uint8Array(source) : null
}

/**
 * Whether vectors are in any module that `work` compiles: a library that falls back to its plain build without a word is
 * found out by this.
 */
export async function compilesVectors(work: () => Promise<void>): Promise<boolean> {
  const { compile, instantiate, Module } = WebAssembly
  let found = false
  const look = (source: unknown) => {
    const bytes = bytesOf(source)
    if (bytes !== null) found ||= hasVectors(bytes)
  }
  const watched = <F extends (...args: never[]) => unknown>(f: F): F =>
    ((...args: Parameters<F>) => {
      look(args[0])
      return f(...args)
    }) as F
  Object.assign(WebAssembly, {
    compile: watched(compile),
    instantiate: watched(instantiate as never),
    Module: new Proxy(Module, {
      construct(target, args: [BufferSource]) {
        look(args[0])
        return new target(...args)
      },
    }),
  })
  try {
    await work()
  } finally {
    Object.assign(WebAssembly, { compile, instantiate, Module })
  }
  return found
}

/** @throws Error where a peer runs without vectors: its times would flatter us. */
export function expectVectors(library: string, found: boolean): void {
  if (!found) throw new Error(`${library}: expected kernels with SIMD, got modules without a vector in them`)
}
