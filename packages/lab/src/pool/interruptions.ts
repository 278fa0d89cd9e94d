/** Signals that stop a run in order: Ctrl-C, an end that is asked for, a terminal that is closed. */
export const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
