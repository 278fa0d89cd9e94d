export type { KernelOperand as Operand } from './kernel-operand.ts'
