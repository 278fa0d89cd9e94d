/** What keys do to a plane. */
export interface KeyGestures {
  /** By shares of what is seen. */
  moveBy(s: number, t: number): void
  zoomBy(factor: number): void
  whole(): void
  /** Moves the cross, by shares of what is seen, to the right and up. */
  walk(right: number, up: number): void
  selectAtCross(): void
}

const MOVE = 0.1
const WALK = 0.025
const ZOOM = 1.25

const arrows: ReadonlyMap<string, readonly [right: number, up: number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, 1]],
  ['ArrowDown', [0, -1]],
])

const keys: ReadonlyMap<string, (gestures: KeyGestures) => void> = new Map([
  ['+', (gestures) => gestures.zoomBy(ZOOM)],
  ['=', (gestures) => gestures.zoomBy(ZOOM)],
  ['-', (gestures) => gestures.zoomBy(1 / ZOOM)],
  ['_', (gestures) => gestures.zoomBy(1 / ZOOM)],
  ['Home', (gestures) => gestures.whole()],
  ['Enter', (gestures) => gestures.selectAtCross()],
])

/** The keys in words, for whoever does not see the picture. */
export const keysInWords =
  'Arrow keys move the plane, plus and minus zoom, Home shows all. Shift and arrow keys move the cross, Enter selects its region.'

/** Does what a key says. @returns whether it says something */
export function pressKey(
  {
    key,
    shiftKey,
    ctrlKey,
    metaKey,
    altKey,
  }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  gestures: KeyGestures,
): boolean {
  if (ctrlKey || metaKey || altKey) return false
  const arrow = arrows.get(key)
  if (arrow !== undefined) {
    const [right, up] = arrow
    if (shiftKey) gestures.walk(WALK * right, WALK * up)
    else gestures.moveBy(MOVE * right, MOVE * up)
    return true
  }
  keys.get(key)?.(gestures)
  return keys.has(key)
}
