export { inlineExecutor as createExecutor } from './inline-executor.js'
