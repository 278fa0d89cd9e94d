import { useLayoutEffect, useRef } from 'preact/hooks'
import { useStore } from '../session/hooks.ts'
import type { CardFacts } from '../work/messages.ts'
import { RegionChip } from './region-card-chip.tsx'
import { regionName, wallText } from './region-card-text.ts'

/** Where keys go from one button of so many. */
const keys: Readonly<Record<string, (from: number, last: number) => number>> = {
  ArrowDown: (from, last) => Math.min(from + 1, last),
  ArrowUp: (from) => Math.max(from - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** Walls of a region, the longest first, each a step to the region behind it. Arrow keys go along the list. */
export function RegionNeighbours({ neighbours, code }: Pick<CardFacts, 'neighbours' | 'code'>) {
  const { dispatch } = useStore()
  const list = useRef<HTMLUListElement>(null)
  const focused = useRef(-1)
  const buttons = () => [...list.current!.querySelectorAll('button')]
  // Whoever walked keeps a place in the list, also where the next region has fewer walls and the button is gone.
  useLayoutEffect(() => {
    const there = buttons()
    if (focused.current >= there.length) there.at(-1)?.focus({ preventScroll: true })
  })
  return (
    <ul
      ref={list}
      class="card-neighbours"
      onFocusIn={({ target }) => void (focused.current = buttons().indexOf(target as HTMLButtonElement))}
      onFocusOut={() => {
        // Later: a button that is taken away loses the focus before the list is whole again.
        setTimeout(() => {
          if (!list.current?.contains(document.activeElement)) focused.current = -1
        })
      }}
      onKeyDown={(event) => {
        const there = buttons()
        const to = keys[event.key]?.(there.indexOf(event.target as HTMLButtonElement), there.length - 1)
        if (to === undefined) return
        event.preventDefault()
        there[to].focus()
      }}
    >
      {neighbours.map((neighbour, i) => (
        <li key={i}>
          <button type="button" onClick={() => dispatch(['view', { selected: neighbour.at }])}>
            <span>{wallText(neighbour, code)}</span>
            <span class="to">
              <span aria-hidden="true">→ </span>
              <RegionChip hash={neighbour.hash} /> region {regionName(neighbour.hash)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
