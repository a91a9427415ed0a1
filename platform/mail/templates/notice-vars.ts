import { z } from 'zod';

/**
 * All that a mail may say of a case. A mail lies in foreign servers for years, so this list is closed: numbers, days,
 * words of the regulation and a link; never a name, a birth date, an address, or anything a person typed.
 */
export const NoticeVars = z.strictObject({
  /** `2026-0014`; `null`: about a duty of the institution itself. */
  caseNumber: z
    .string()
    .regex(/^[\p{L}\p{N}/.-]{1,24}$/u)
    .nullable(),
  /** The duty's title as its regulation says it. */
  title: z.strictObject({ ru: oneLine(200), en: oneLine(200) }),
  /** Where the regulation demands it: `3.2`. */
  clause: oneLine(60).nullable(),
  dueOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
  /** The organisation that is awaited, by its own name: two agencies' mails about one duty would look the same. */
  agency: oneLine(120).optional(),
  /** A training case: the mail says so, lest anyone take it for a real family. */
  training: z.boolean().optional(),
  /** The request whose live link goes into an agency's mail. */
  requestId: z.uuid().optional(),
});
export type NoticeVars = z.infer<typeof NoticeVars>;

function oneLine(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\r\n]*$/);
}

/** What a mail is about; a notice's `template`. */
export const noticeTemplates = [
  'reminder',
  'dueToday',
  'overdue',
  'missed',
  'escalation',
  'answered',
  'failed',
  'undelivered',
  'request',
] as const;
export type NoticeTemplate = (typeof noticeTemplates)[number];
