import { init } from '@facet/tensor'
import { isStarted } from '@facet/tensor/checks'

/** Of calls under way at once, one start serves all. */
let starting: Promise<unknown> | null = null

/** Starts the engine with its defaults where nobody has called `init`. */
export async function startEngine(): Promise<void> {
  if (isStarted()) return
  starting ??= init().finally(() => {
    starting = null
  })
  await starting
}
