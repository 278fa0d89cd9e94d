import { type Action, reduce } from '../state/reducer.ts'
import type { State } from '../state/state.ts'

/** The one state of the page, and who wants to know of its changes. */
export class Store {
  #state: State
  readonly #listeners = new Set<(state: State, before: State) => void>()

  constructor(state: State) {
    this.#state = state
  }

  get state(): State {
    return this.#state
  }

  readonly dispatch = (action: Action): void => {
    const before = this.#state
    this.#state = reduce(before, action)
    if (this.#state === before) return
    for (const listener of [...this.#listeners]) listener(this.#state, before)
  }

  /** @returns what ends it */
  subscribe(listener: (state: State, before: State) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
