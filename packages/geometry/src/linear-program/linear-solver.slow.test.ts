import { test } from 'vitest'
import { feasibleProgramsAreAsHighs, wholeProgramsAreAsHighs } from '../testing/linear-programs.ts'

test('thousands of programs of small whole numbers have the status and value that HiGHS finds', () =>
  wholeProgramsAreAsHighs(6000))

test('thousands of random programs of up to 8 variables and 96 rows have the value that HiGHS finds', () =>
  feasibleProgramsAreAsHighs(2000))
