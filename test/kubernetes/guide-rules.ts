import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Rule } from './api-server/requests/permissions.js'

const guide = readFileSync(new URL('../../docs/kubernetes.md', import.meta.url), 'utf8')

/** The permissions that docs/kubernetes.md says suffice. */
export const { rules: guideRules }: { rules: Rule[] } = parse(/```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '')
