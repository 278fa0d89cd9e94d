// All that every program has, as a file of one module. What programs carry as text is two, since the second alone differs between builds.
export * from './index'
export * from './linear-algebra/index'
export * from './ordering/index'
export * from './products'
export * from './spectral/index'
