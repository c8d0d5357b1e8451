import type { GivenUpMove, HeldReplica, MoveReason, NodeReason } from '../../../models/contract/result.js'

/** Nodes that stay, by reason, behind their number: `3 with pinned replicas`. */
export const KEPT: Record<NodeReason['code'], string> = {
  'not-releasable': 'not releasable',
  'hosts-pinned': 'with pinned replicas',
  'hosts-gang': 'with a gang',
  'hosts-in-flight': 'with copies in flight',
  headroom: 'with headroom',
  'budget-exhausted': 'beyond the budget',
  'migration-blocked': 'blocked in migration',
  'saves-nothing': 'saving nothing',
  gate: 'stopped by the gate',
  'no-room-elsewhere': 'without room elsewhere',
  'not-executable': 'that cannot be drained',
  'not-proven': 'that more search might release'
}

/** Why a node that is active in the end was not released: a sentence without its subject. */
export const STAYS: Record<NodeReason['code'], string> = {
  'not-releasable': 'stays: the problem says that it is never given back',
  'hosts-pinned': 'stays: pinned replicas are on it',
  'hosts-gang': 'stays: a gang is on it, and gangs are not moved yet',
  'hosts-in-flight': 'stays: copies on it are still starting',
  headroom: 'stays for the headroom that is kept free on it',
  'budget-exhausted': 'stays: emptying it takes more migrations than the budget allows',
  'migration-blocked': 'stays: no safe way was found for moves off it',
  'saves-nothing': 'stays: releasing it saves nothing',
  gate: 'stays: the gate forbids the moves',
  'no-room-elsewhere': 'stays: no cheaper placement does without it',
  'not-executable': 'stays: where Ray Serve itself would start the replacements, draining it cannot be executed',
  'not-proven': 'stays, and nothing proves that it must'
}

/** Why a replica was held where it is: a phrase behind its name, and a sentence whose subject is `It`. */
export const HELD: Record<HeldReplica['code'], { readonly phrase: string; readonly sentence: string }> = {
  gang: {
    phrase: 'member of a gang',
    sentence: 'It is held: it is one of a gang, and gangs are not moved yet.'
  },
  starting: {
    phrase: 'still starting',
    sentence: 'It is held: it is still starting.'
  },
  'migration-blocked': {
    phrase: 'no safe way to move it',
    sentence: 'It is held: no safe way was found to move it.'
  }
}

/** Why a move is not made. */
export const GIVEN_UP: Record<GivenUpMove['reason'], string> = {
  blocked: 'blocked',
  'all-or-nothing': 'as others are blocked and cut is not allowed',
  gang: 'as its gang stays',
  'final-rule': 'as a rule would be worse without others that stay',
  deadline: 'as it would end after the deadline',
  pointless: 'as it serves nothing any more'
}

/** What a migration is about, as a sentence names it: empty where nothing is said. */
interface About {
  readonly node: string
  readonly rule: string
  readonly others: string
}

/** What a migration is for: a phrase behind a number of them or of one, and a sentence whose subject is `It`. */
export const PURPOSE: Record<
  MoveReason['code'],
  { readonly phrase: string; readonly sentence: (about: About) => string }
> = {
  'empty-node': {
    phrase: 'to empty a node',
    sentence: ({ node }) => `It moves so that ${node} is empty in the end and can be released.`
  },
  'must-empty': {
    phrase: 'from a node that must be empty',
    sentence: ({ node }) => `It moves because ${node} must be empty.`
  },
  repair: {
    phrase: 'to repair what was broken',
    sentence: ({ node, rule }) =>
      `It moves because where it runs${node === '' ? '' : `, on ${node}`}, ${rule === '' ? 'a limit' : rule} is broken.`
  },
  'make-room': {
    phrase: 'to make room for others',
    sentence: ({ node, others }) => `It moves to make room on ${node} for ${others}.`
  },
  headroom: {
    phrase: 'to keep room free',
    sentence: ({ node }) => `It moves to make room for the headroom on ${node}.`
  },
  'keep-rule': {
    phrase: 'to keep a rule',
    sentence: ({ rule }) => `It moves because ${rule} needs it elsewhere.`
  },
  gang: {
    phrase: 'with the gang',
    sentence: ({ others }) => `It moves with its gang: ${others}.`
  },
  'none-found': {
    phrase: 'without a need that was found',
    sentence: () =>
      'Nothing was found that needs this move alone: with it taken back, every rule would still hold. It came of the search.'
  }
}

/** Of an infeasible problem, where it is not known what contradicts what. */
export const NO_CONFLICT_FOUND = 'Which parts of the problem contradict each other could not be found.'
