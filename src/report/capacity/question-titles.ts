/** What each question about capacity is called, in texts and on pages. */
export const QUESTION_TITLES = {
  mix: 'The cheapest mix of nodes',
  horizon: 'What to commit to',
  reach: 'How far the fleet reaches',
  survive: 'What survives a loss',
  compaction: 'Compaction by random orders',
  curve: 'Cost against migrations',
  holes: 'Usable holes',
  'what-if': 'What changes would change',
  sweep: 'Every combination of changes'
} as const

/** The kind of an answer. */
export type QuestionKind = keyof typeof QUESTION_TITLES
