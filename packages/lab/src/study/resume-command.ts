import { goOn } from '../folder/go-on.ts'

/** The command that goes on with the experiment in a folder. */
export const resumeCommand = (folder: string): string => goOn('run', folder)
