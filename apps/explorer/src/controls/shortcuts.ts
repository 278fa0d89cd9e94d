import { useEffect, useRef } from 'preact/hooks'

/** What a key does, and what the help says of it. */
export interface Shortcut {
  /** As `KeyboardEvent.key` says it. */
  readonly key: string
  readonly spelled: string
  readonly what: string
  act(): void
}

const typing = 'input, textarea, select, [contenteditable]'
/** Space presses these by itself. */
const pressed = 'button, summary, a, [role="tab"]'

/** Whether a key is meant for the page, and not for what has the focus. */
const isFree = ({ target, key, defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !defaultPrevented &&
  !ctrlKey &&
  !metaKey &&
  !altKey &&
  !(
    target instanceof Element &&
    (target.closest(typing) !== null || (key === ' ' && target.closest(pressed) !== null))
  )

/** Keys of the whole page. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts)
  newest.current = shortcuts
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const shortcut = isFree(event) && newest.current.find(({ key }) => key === event.key)
      if (!shortcut) return
      event.preventDefault()
      shortcut.act()
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
}
