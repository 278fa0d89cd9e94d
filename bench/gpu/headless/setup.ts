import { gpu } from '@facet/tensor/gpu'
import createContext from 'gl'

gpu.useHeadless(createContext)
