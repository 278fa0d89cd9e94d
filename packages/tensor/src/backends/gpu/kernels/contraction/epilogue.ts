import { texelComponents } from '../../glsl/program.ts'

/** What becomes of each element of a product: GLSL of `p` and its column, and, where asked for, of a second output. */
export interface Epilogue {
  readonly key: string
  /**
   * Declares `float epilogue(float p, int column)`, and `float state(float p, int column)` if it has states. `extra` is the name of the
   * one further input that it may read, by `at_<extra>(…)`.
   */
  readonly source: (extra: string) => string
  readonly hasStates: boolean
}

/** The product as it is. */
export const noEpilogue: Epilogue = {
  key: '',
  source: () => 'float epilogue(float p, int column) { return p; }\n',
  hasStates: false,
}

/** GLSL statements that return the epilogue of the products `p` of elements i … i + 3, in rows of n. */
export function epilogueOfFour(n: number, hasStates: boolean): string {
  const each = (f: string): string =>
    texelComponents.map((component, c) => `${f}(p.${component}, (i + ${c}) % ${n})`).join(', ')
  const states = hasStates ? `  more1 = vec4(${each('state')});\n` : ''
  return `${states}  return vec4(${each('epilogue')});\n`
}
