/** The door for packages whose files hold JSON of their own beside a model: readers that name what is wrong. */
export * from './file/reading.ts'
