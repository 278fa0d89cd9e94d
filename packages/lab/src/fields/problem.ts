/** Where in a document a value is: `['regularizers', 'denoising', 'sigma', 0]`. */
export type FieldPath = readonly (string | number)[]

/** One thing that is wrong with a document. */
export interface Problem {
  readonly path: FieldPath
  readonly message: string
  /** Whether it is the field's name that is wrong, not its value. */
  readonly ofName?: boolean
}

/** `regularizers.denoising.sigma[0]`. */
export const pathText = (path: FieldPath): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
