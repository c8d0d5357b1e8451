// Makes glpk.js be not installed in the thread that imports this.
import { register } from 'node:module'

const hook = `export async function resolve(specifier, context, next) {
  if (!specifier.startsWith('glpk.js')) return next(specifier, context)
  throw Object.assign(new Error('Cannot find package "glpk.js"'), { code: 'ERR_MODULE_NOT_FOUND' })
}`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
