/** A system whose clusters are imported: what it prints of one becomes a Problem. */
export type ImportedSystem = 'kubernetes' | 'ray'

/** Keys that only answers of Ray's dashboard have. */
const RAY_KEYS = ['raylet', 'proxies', 'node_manager_address', 'actor_id', 'applications']

/** Who prints values that look like this one, before it is checked; of a list its first entry tells. undefined: none that is known. */
export function printedBy(value: unknown): ImportedSystem | undefined {
  const sample: unknown = Array.isArray(value) ? value[0] : value
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) return undefined
  const has = (key: string) => Object.hasOwn(sample, key)
  if (has('kind') && (has('apiVersion') || has('metadata') || has('items'))) return 'kubernetes'
  if (RAY_KEYS.some(has) || (has('node_id') && has('resources_total'))) return 'ray'
  // A file may hold several answers, by their URLs.
  return isWrapped(sample) || Object.keys(sample).some((key) => /^(GET )?\/(api|nodes)\b/.test(key)) ? 'ray' : undefined
}

/** An answer of the dashboard, which is wrapped: what it says is under `data`. */
function isWrapped(value: object): boolean {
  if (!('data' in value)) return false
  const { data } = value
  const says = (key: string) => typeof data === 'object' && data !== null && Object.hasOwn(data, key)
  return 'result' in value || says('summary') || says('result')
}
