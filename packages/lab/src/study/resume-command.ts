/** The command that goes on with the experiment in a folder. */
export const resumeCommand = (folder: string): string =>
  `facet run --resume ${/^[\w./@%+=:,~-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`}`
