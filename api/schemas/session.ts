import { z } from 'zod';
import { roles } from '../../domain/access/role.ts';
import { minPasswordLength } from '../../platform/auth/auth.ts';
import { Day, Instant } from './common.ts';
import { DutyRow } from './duty.ts';
import { UnblockedBy } from './explain.ts';
import { Unknown } from './unknown.ts';

export const Me = z
  .object({
    staffId: z.uuid(),
    name: z.string(),
    role: z.enum(roles),
    body: z.string().nullable(),
    department: z.string().nullable(),
    agency: z.string().nullable(),
    institution: z.object({
      id: z.uuid(),
      name: z.string(),
      zone: z.string(),
      regulation: z.object({ id: z.string(), version: z.number().int() }).describe('what a new case follows'),
    }),
    today: Day,
    may: z
      .array(z.string())
      .describe('actions that my role may do in some relation: the pages show the doors that open'),
    mailbox: z.boolean().describe('this installation keeps its mails on a page'),
  })
  .meta({ id: 'Me' });

/** A duty of my day, with what has to be there before it can be recorded as done: a form that would be refused is not offered. */
export const MyDayRow = DutyRow.extend({ unblockedBy: UnblockedBy }).meta({ id: 'MyDayRow' });

export const MyDay = z
  .object({
    today: Day,
    ...Unknown.shape,
    unassigned: z
      .number()
      .int()
      .describe('open cases without a curator, or whose curator has left, for whoever may assign one; else 0'),
    groups: z.object({
      overdue: z.array(MyDayRow),
      today: z.array(MyDayRow),
      week: z.array(MyDayRow),
      undated: z.array(MyDayRow).describe('demanded without a day'),
      awaited: z.array(MyDayRow).describe('what others owe in my cases'),
      later: z.array(MyDayRow).describe('mine, due after this week'),
    }),
  })
  .meta({ id: 'MyDay' });

export const SignIn = z
  .object({ email: z.email().max(254), password: z.string().min(1).max(128) })
  .meta({ id: 'SignIn' });

export const SetPassword = z
  .object({
    token: z.string().min(1).max(100).describe('what stands behind the # of the one-time link'),
    newPassword: z.string().min(minPasswordLength).max(128),
  })
  .meta({ id: 'SetPassword' });

export const SignedIn = z.object({ user: z.object({ name: z.string(), email: z.string() }) }).meta({ id: 'SignedIn' });

export const Session = SignedIn.extend({ expiresAt: Instant }).meta({ id: 'Session' });
