import { aBoolean, optionTable, withDefault } from '@facet/tensor/checks'

const auxOptions = optionTable('valueAndGrad', {
  /** Whether the function returns `[loss, aux]`. Default false. */
  aux: withDefault(aBoolean, false),
})

/** The options of `valueAndGrad` where the function returns `[loss, aux]`. */
export interface WithAux {
  /** The function returns `[loss, aux]`. */
  readonly aux: true
}

/** Whether `aux` is set. @throws TypeError for an unknown option, and a value that is neither true nor false. */
export const wantsAux = (operation: string, options: WithAux | object = {}): boolean =>
  auxOptions.resolve(options, operation).aux
