/** What keys do to a surface. */
export interface SurfaceKeys {
  /** By degrees. */
  turn(right: number, up: number): void
  zoomBy(factor: number): void
  whole(): void
}

const DEGREES = 5
const ZOOM = 1.25

const keys: ReadonlyMap<string, (surface: SurfaceKeys) => void> = new Map([
  ['ArrowLeft', (surface) => surface.turn(DEGREES, 0)],
  ['ArrowRight', (surface) => surface.turn(-DEGREES, 0)],
  ['ArrowUp', (surface) => surface.turn(0, -DEGREES)],
  ['ArrowDown', (surface) => surface.turn(0, DEGREES)],
  ['+', (surface) => surface.zoomBy(ZOOM)],
  ['=', (surface) => surface.zoomBy(ZOOM)],
  ['-', (surface) => surface.zoomBy(1 / ZOOM)],
  ['_', (surface) => surface.zoomBy(1 / ZOOM)],
  ['Home', (surface) => surface.whole()],
])

/** The keys in words, for whoever does not see the picture. */
export const keysInWords = 'Arrow keys turn the surface, plus and minus zoom, Home shows all of it.'

/** Does what a key says. @returns whether it says something */
export function pressKey(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  surface: SurfaceKeys,
): boolean {
  if (ctrlKey || metaKey || altKey) return false
  keys.get(key)?.(surface)
  return keys.has(key)
}
