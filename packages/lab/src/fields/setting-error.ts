import { UsageError } from '../errors.ts'
import type { FieldPath } from './problem.ts'

/** `bottleneckActivation` as the command line and names of files have it: `bottleneck-activation`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `bottleneckActivation` as the command line writes it: `--bottleneck-activation`. */
export const flagOf = (field: string | number): string => `--${kebab(String(field))}`

/**
 * A setting that fits its type but not the data. It names the flag; for an experiment that came from a document,
 * {@link path} tells where in it the setting is.
 */
export class SettingError extends UsageError {
  readonly path: FieldPath
  /** What is wrong, without the setting's name. */
  readonly problem: string

  constructor(path: FieldPath, problem: string) {
    super(`${flagOf(path[0])}: ${problem}`)
    this.path = path
    this.problem = problem
  }
}
