/** Metadata of a file: what happens to rows before the model sees them, as files of `facet train` have it, and how the model was fitted. */
export const PREPARATION = 'facet.preparation'
export const FIT = 'facet.fit'

/** Names of tensors in a file. */
export const names = {
  trained: `${FIT}.trained`,
  heldOut: `${FIT}.heldOut`,
  reference: `${FIT}.reference`,
} as const
export const ONLINE = `${FIT}.online.`
