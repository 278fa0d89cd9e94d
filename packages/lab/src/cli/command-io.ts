/** Where a command writes, and what may stop it: the process, or a test. */
export interface CommandIo {
  readonly stdout: { readonly columns?: number; readonly isTTY?: boolean; write(text: string): unknown }
  readonly stderr: { readonly columns?: number; readonly isTTY?: boolean; write(text: string): unknown }
  readonly signal: AbortSignal
  readonly now: () => Date
}

/** A log or a pipe has no width: lines are set for the common terminal then. */
const defaultColumns = 120

export const columnsOf = ({ columns }: { readonly columns?: number }): number => columns ?? defaultColumns
