// Every place that the program is tried in, in the order of the document.
import { bundlers } from './runtimes/bundlers.mjs'
import { pages } from './runtimes/pages.mjs'
import { programs } from './runtimes/programs.mjs'
import { serversAndTests } from './runtimes/servers-and-tests.mjs'

export const runtimes = [...programs, ...bundlers, ...pages, ...serversAndTests]
