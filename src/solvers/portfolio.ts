/** Every solver, in the order in which they are asked: the strongest first. */
export const portfolio = ['highs', 'glpk', 'javascript-lp-solver'] as const

export type SolverName = (typeof portfolio)[number]
