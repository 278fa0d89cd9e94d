/** Where a command writes, and what may stop it: the process, or a test. */
export interface CommandIo {
  readonly stdout: { readonly columns?: number; readonly isTTY?: boolean; write(text: string): unknown }
  readonly stderr: { readonly columns?: number; readonly isTTY?: boolean; write(text: string): unknown }
  readonly signal: AbortSignal
  readonly now: () => Date
  /** Variables of the environment, where a scheduler says which shard is to be run; default: none. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Errors are shown with their stacks; default false. */
  readonly isDebugging?: boolean
  /** Told before a command that writes files: it goes on where nobody reads its output any more. */
  readonly keepWorking?: () => void
}

/** A log or a pipe has no width, and some terminals say 0: lines are set for the common terminal then. */
const defaultColumns = 120

export const columnsOf = ({ columns }: { readonly columns?: number }): number => columns || defaultColumns
