/** Exactly the workflow types a worker registers: each export here is one, so nothing else may be exported. */
export { familyCase } from './family-case.ts';
export { noticeDispatcher } from './notice-dispatcher.ts';
