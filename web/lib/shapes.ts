import type { components } from './api-types.ts';

type Schemas = components['schemas'];

export type Sentence = Schemas['Sentence'];
export type Awaited = Schemas['Awaited'];
export type Law = Pick<
  Schemas['RegulationVersion'],
  'title' | 'bodies' | 'categories' | 'levels' | 'stages' | 'lists' | 'indicators'
>;
export type NamedList = Schemas['NamedList'];
export type Me = Schemas['Me'];
export type MyDay = Schemas['MyDay'];
export type CaseRow = Schemas['CaseRow'];
export type CaseView = Schemas['CaseView'];
export type StageSpan = Schemas['StageSpan'];
export type Duty = Schemas['Duty'];
export type DutyRow = Schemas['DutyRow'];
export type MyDayRow = Schemas['MyDayRow'];
export type Unblocking = MyDayRow['unblockedBy'][number];
export type Unreckoned = Schemas['DutyList']['unreckoned'][number];
export type EventView = Schemas['EventView'];
export type RequestView = Schemas['RequestView'];
export type NoticeView = Schemas['NoticeView'];
export type PossibleAction = Schemas['PossibleAction'];
export type AdoptCaseBody = Schemas['AdoptCaseBodyInput'];
export type ExplainView = Schemas['ExplainView'];
export type Preview = Schemas['Preview'];
export type CommandAnswer = Schemas['CommandAnswer'];
export type AgencyView = Schemas['AgencyView'];
export type StaffView = Schemas['StaffView'];
export type ProblemBody = Schemas['Problem'];
