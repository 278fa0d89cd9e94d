export { type LoadUcrOptions, loadUcr } from './ucr/load-ucr.ts'
