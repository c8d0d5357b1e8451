/**
 * What becomes of a node. released: it hosted something, and is given back. unused: it hosted nothing, and is given back. stays: it
 * hosts something, or is never given back. idle: it hosts nothing in the end, and is not given back. new: bought. rented: bought and
 * given back again.
 */
export type NodeFate = 'released' | 'unused' | 'stays' | 'idle' | 'new' | 'rented'
