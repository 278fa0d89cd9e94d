/** A store that is there, opened for one call. */
export interface OpenStore {
  /** All or nothing: where it fails, or ends in the middle, what was under this name before is still there. */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** The bytes, or null where the name is not there. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>
  names(): Promise<string[]>
  /** Nothing happens where the name is not there. */
  remove(name: string): Promise<void>
  /** What is said where so many bytes have no room: how much there is, how much is used, and what to do. */
  room(bytes: number): Promise<string>
  close(): void
}

/** A place in a browser that keeps models from one visit to the next. */
export interface Store {
  /** @throws Error where this page, worker or program has no such store: why. */
  open(): Promise<OpenStore>
}

/** A number in an error message: `1,234,567`. */
export const counted = (value: number): string => value.toLocaleString('en')

/** What a browser says of the room that it gives to a page's origin, for all of its stores but localStorage together, where so many bytes have none. */
export async function originRoom(bytes: number): Promise<string> {
  const { quota, usage } = (await globalThis.navigator?.storage?.estimate?.().catch(() => null)) ?? {}
  if (quota === undefined || usage === undefined) return 'the browser does not say how much room there is'
  const free = Math.max(0, quota - usage)
  const told = `of ${counted(quota)} bytes that this page's origin may use, ${counted(usage)} are used and ${counted(free)} are free (navigator.storage.estimate())`
  // Chromium tells every page that 10 GiB are free, whatever there is.
  return free < bytes
    ? told
    : `${told}, yet the browser refuses: the disk may be full, or this page may use less than is told`
}
