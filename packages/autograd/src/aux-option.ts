import { aBoolean, optionTable, withDefault } from '@facet/tensor/checks'

const auxOptions = optionTable('valueAndGrad', {
  /** Whether the function returns `[loss, aux]`. Default false. */
  aux: withDefault(aBoolean, false),
})

/** @throws TypeError for an unknown option and what is neither true nor false. */
export const wantsAux = (operation: string, options: { aux?: boolean } = {}): boolean =>
  auxOptions.resolve(options, operation).aux
