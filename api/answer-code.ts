import type { RefusalCodeWord } from '../domain/case/refusal-codes.ts';
import type { RecordsRefusalCode } from '../platform/records/refusals.ts';
import type { ProblemCode } from './problems.ts';

/** A stable code by which an answer refuses. */
export type AnswerCode = ProblemCode | RefusalCodeWord | RecordsRefusalCode;
