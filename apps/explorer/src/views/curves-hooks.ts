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

/** The size of an element in pixels as it changes, 0 before it is known. */
export function useSize() {
  const ref = useRef<HTMLDivElement | null>(null)
  const [size, set] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current!
    const measure = () => set({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, ...size }
}
