import { aBoolean, optionTable, withDefault } from '@facet/tensor/checks'

const auxOptions = optionTable('valueAndGrad', {
  /** Whether the function returns `[loss, aux]`. Default false. */
  aux: withDefault(aBoolean, false),
})

/** The option of a function that returns `[loss, aux]`. */
export interface WithAux {
  /** Says that the function returns `[loss, aux]`. */
  readonly aux: true
}

/** @throws TypeError for an unknown option and what is neither true nor false. */
export const wantsAux = (operation: string, options: WithAux | object = {}): boolean =>
  auxOptions.resolve(options, operation).aux
