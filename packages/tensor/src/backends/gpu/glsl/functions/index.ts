import { exponentials } from './exponentials.ts'
import { floats } from './floats.ts'

/**
 * Functions of GLSL ES 3.00 that several kernels call, each after those that it calls itself; a function of one op alone stands beside
 * its kernel. GLSL's own functions promise little: of sin and cos an absolute error of 2⁻¹¹, nothing of NaN, of `log(0)` or of `tanh`
 * beyond 10. These use + − × and bits, and stay within two units in the last place wherever + − × are rounded as IEEE 754 asks.
 */
export const glslFunctions: Readonly<Record<string, string>> = { ...floats, ...exponentials }

/** The text of those functions that a piece of GLSL calls, and of those that they call. */
export function functionsCalledBy(source: string): string {
  const names = Object.keys(glslFunctions)
  const needed = new Set<string>()
  const visit = (text: string): void => {
    for (const name of names) {
      if (needed.has(name) || !new RegExp(`\\b${name}\\(`).test(text)) continue
      needed.add(name)
      visit(glslFunctions[name])
    }
  }
  visit(source)
  return names
    .filter((name) => needed.has(name))
    .map((name) => `${glslFunctions[name]}\n`)
    .join('')
}
