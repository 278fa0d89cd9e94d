import { readFileSync } from 'node:fs'

/** The processor's flags, as Linux names them; none elsewhere. */
export function processorFlags(): ReadonlySet<string> {
  try {
    const [, flags = ''] = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? []
    return new Set(flags.trim().split(/\s+/))
  } catch {
    return new Set()
  }
}

/** Those that decide which kernels a library may use. */
const deciding = /^(sse4_2|avx|avx2|fma|avx512(f|bw|dq|vl|cd|_bf16|_vnni)|amx_(tile|bf16)|asimd|sve|sve2)$/

/** Of the flags those that matter to numbers, in alphabetical order. */
export const decidingFlags = (flags = processorFlags()): string[] =>
  [...flags].filter((flag) => deciding.test(flag)).sort()
