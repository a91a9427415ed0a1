import type { Keyring } from '../crypto/keyring.ts';

/**
 * The Message-ID of a notice: the same over all its retries, so that a mail which arrives twice after a cut connection
 * can be told as one; keyed, so that it says nothing of the case.
 */
export function messageIdOf(keyring: Keyring, caseId: string, noticeKey: string): string {
  return `<${keyring.mac('message id', `${caseId}|${noticeKey}`).toString('hex').slice(0, 40)}@kurator>`;
}

/** The thread of a case's mails: every notice refers to it, so a mail program shows them together. */
export function threadIdOf(keyring: Keyring, caseId: string): string {
  return `<case.${keyring.mac('mail thread', caseId).toString('hex').slice(0, 32)}@kurator>`;
}

/** A notice's key as it may be shown outside: in a header, to find the row of a mail. */
export function noticeMark(keyring: Keyring, caseId: string, noticeKey: string): string {
  return keyring.mac('notice mark', `${caseId}|${noticeKey}`).toString('hex').slice(0, 32);
}
