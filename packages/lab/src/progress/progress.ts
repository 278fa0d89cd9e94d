/** What is shown while jobs run. `job` is an index into the list of jobs. */
export interface Progress {
  started(job: number): void
  /** `fraction` of the job is done, 0 to 1. */
  advanced(job: number, fraction: number): void
  /** The job begins again; `why` says what became of its worker. */
  repeated(job: number, why: string): void
  /** The job ended; `note` says how (its error, or what failed). */
  ended(job: number, note: string): void
  /** Nothing more comes; leaves the terminal tidy. */
  stop(): void
}

/** A job by the name that a person knows it by. */
export interface NamedJob {
  readonly label: string
  readonly group: string
  readonly cost: number
}

/** Where progress goes: a terminal, a log, or a test's list. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}
