/** What the pointer is over on one of the planes, or on the surface. */
export interface Hovered {
  readonly plane: 'input' | 'latent' | 'surface'
  readonly hash: readonly [number, number]
  /** Samples whose dots are in the region. */
  readonly rows: readonly number[]
}

/** What one picture says to the others; it changes with every move of the pointer and is no part of the state. */
class HoverLink {
  #hovered: Hovered | null = null
  readonly #listeners = new Set<() => void>()

  get hovered(): Hovered | null {
    return this.#hovered
  }

  set(hovered: Hovered | null): void {
    const [a, b] = [this.#hovered, hovered]
    const isSame =
      a?.plane === b?.plane && a?.hash.join() === b?.hash.join() && a?.rows.join() === b?.rows.join()
    if (isSame) return
    this.#hovered = hovered
    for (const listener of [...this.#listeners]) listener()
  }

  /** @returns what ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

/** Of the page: there is one pointer. */
export const hoverLink = new HoverLink()
