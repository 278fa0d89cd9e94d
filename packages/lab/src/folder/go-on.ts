import { shellWord } from '../text/shell-word.ts'

/** The commands that go on with what a folder holds unfinished. */
export type GoOnCommand = 'run' | 'train'

/** The command line that goes on with what is in a folder; quoted for a shell where it must be. */
export const goOn = (command: GoOnCommand, folder: string): string =>
  `facet ${command} --resume ${shellWord(folder)}`
