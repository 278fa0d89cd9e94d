import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Milliseconds between changes that are shown. */
const SLOW = 125

/** A value that is shown at most eight times a second; the last one always arrives. */
export function useSlowly<T>(value: T): T {
  const [shown, show] = useState(value)
  const newest = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  newest.current = value
  useEffect(() => {
    if (value === shown || timer.current !== null) return
    timer.current = setTimeout(() => {
      timer.current = null
      show(newest.current)
    }, SLOW)
  }, [value, shown])
  useEffect(() => () => clearTimeout(timer.current ?? undefined), [])
  return shown
}

/** The width of an element in pixels as it changes, 0 before it is known. */
export function useWidth(): { readonly ref: { current: HTMLDivElement | null }; readonly width: number } {
  const ref = useRef<HTMLDivElement | null>(null)
  const [width, set] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current!
    set(element.clientWidth)
    const observer = new ResizeObserver(() => set(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}
