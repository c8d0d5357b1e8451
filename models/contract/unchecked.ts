/**
 * What takes anything and checks it, and is meant to be given a `Shape`: editors complete its keys, while a value of unknown
 * type is welcome, too. (A union that names null, undefined and everything else is not merged into `unknown`.)
 */
export type Unchecked<Shape> = Shape | NonNullable<unknown> | null | undefined
