import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** One tab and what it shows. */
export interface Tab {
  readonly name: string
  readonly title: string
  readonly content: () => ComponentChildren
}

interface TabsProps {
  readonly label: string
  readonly tabs: readonly Tab[]
  /** Name of the one that is shown first. */
  readonly initial: string
}

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** One of several at a time. Arrow keys go from tab to tab, Home to the first, End to the last. */
export function Tabs({ label, tabs, initial }: TabsProps) {
  const [chosen, choose] = useState(initial)
  const at = Math.max(
    0,
    tabs.findIndex(({ name }) => name === chosen),
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    const { name } = tabs[move(at, tabs.length)]
    choose(name)
    document.getElementById(`tab-${name}`)?.focus()
  }
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ name, title }, i) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={i === at}
            aria-controls="panel"
            tabIndex={i === at ? 0 : -1}
            onClick={() => choose(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby={`tab-${tabs[at].name}`}>
        {tabs[at].content()}
      </div>
    </>
  )
}
