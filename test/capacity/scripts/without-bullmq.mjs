// Makes bullmq be not installed in the process that imports this first.
import { register } from 'node:module'

const hook = `export async function resolve(specifier, context, next) {
  if (specifier !== 'bullmq') return next(specifier, context)
  throw Object.assign(new Error("Cannot find package 'bullmq'"), { code: 'ERR_MODULE_NOT_FOUND' })
}`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
