import type { PlacedPoint } from '../state/state.ts'
import type { CardFacts } from '../work/messages.ts'
import { regionText } from './region-card-text.ts'

/** What decides whether something is said. */
export interface Said {
  readonly isRunning: boolean
  readonly selected: PlacedPoint | null
  /** Of the newest frame. */
  readonly card: CardFacts | null
  readonly problem: string | null
}

const isAt = (a: PlacedPoint | null, b: PlacedPoint | null): boolean =>
  a?.plane === b?.plane && a?.s === b?.s && a?.t === b?.t

/**
 * Speaks up only where something ended or was asked for: the summary when training pauses or ends, the region when one is selected and its card is there, and
 * problems. Never with every picture.
 */
export class Announcer {
  #before: Said = { isRunning: false, selected: null, card: null, problem: null }
  /** A selected point whose card has not come yet. */
  #awaited: PlacedPoint | null = null

  /** @returns what is to be said now; `null` for nothing new */
  hear(now: Said, summary: string): string | null {
    const before = this.#before
    this.#before = now
    if (!isAt(now.selected, before.selected)) this.#awaited = now.selected
    if (now.problem !== null && now.problem !== before.problem) return now.problem
    if (this.#awaited !== null && now.card !== null && isAt(now.card.at, this.#awaited)) {
      this.#awaited = null
      return regionText(now.card)
    }
    return before.isRunning && !now.isRunning ? summary : null
  }
}
