// Every place that the program is tried in, in the order of the document.
import { bundlers } from './runtimes/bundlers.mjs'
import { programs } from './runtimes/programs.mjs'

export const runtimes = [...programs, ...bundlers]
