import { expect, it } from 'vitest'
import { epochLine, trainingProgress } from './progress-line.ts'

const record = (epoch: number) => ({ epoch, train: { loss: 0.123456 }, validation: 0.5 })

it('shows epoch, loss, held-out error and time left', () => {
  expect(epochLine(record(4), 125, 12)).toBe('epoch   5/125  loss 0.1235  validation 0.5000  12 s left')
  expect(epochLine({ epoch: 9, train: { loss: 2 } }, 10, 0)).toBe('epoch 10/10  loss 2.000')
})

it('writes some twenty lines into a log, the last epoch among them', () => {
  const lines: string[] = []
  const progress = trainingProgress(125, { write: (text: string) => lines.push(text) })
  for (let epoch = 0; epoch < 125; epoch++) progress.epoch(record(epoch), 1)
  expect(lines.length).toBe(18)
  expect(lines[lines.length - 1]).toContain('epoch 125/125')
})
