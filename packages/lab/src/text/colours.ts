import picocolors from 'picocolors'

export type Colours = ReturnType<typeof picocolors.createColors>

/** Colours for a stream: none unless it is a terminal that has them (and `NO_COLOR` is not set). */
export const coloursOf = ({ isTTY }: { readonly isTTY?: boolean }): Colours =>
  picocolors.createColors(isTTY === true && picocolors.isColorSupported)

export const noColours: Colours = picocolors.createColors(false)
