import type { DisagreementCode } from '../platform/explain/compare.ts';
import type { ConfigClient } from '../platform/explain/explain.ts';
import type { Explanation, SamplingCode } from '../platform/explain/explanation.ts';
import type { SamplingResult } from '../platform/sampling.ts';
import type { DecisionState, Reason, VerdictName } from '../record/lists.ts';
import type { Decision, Delivery, Json, Sampling, Verdict } from '../record/record.ts';
import { t } from './i18n.ts';
import { visible } from './shared/text.ts';

/** The words of the closed lists, as message keys have them. */
type Key<S extends string> = S extends `${infer A}-${infer B}` ? `${A}_${Key<B>}` : S;
const key = <S extends string>(word: S) => word.replaceAll('-', '_') as Key<S>;

const short = (id: string | null) => (id === null ? '–' : `${visible(id.slice(0, 8))}…`);
const json = (value: unknown) => visible(JSON.stringify(value) ?? '–', 80);

/** What decided, in one sentence; empty where the sampling says nothing. */
export function explainSampling(sampling: Sampling | SamplingResult): string {
  const { unit, id, value, rate, inSample } = sampling;
  if (inSample === null) return t('samplingUnknown', visible(unit ?? '–'));
  if (unit === null && rate === null) return t(inSample ? 'samplingNone' : 'samplingNot');
  return t(inSample ? 'samplingIn' : 'samplingOut', visible(unit ?? '–', 40), short(id), value ?? '–', json(rate));
}

/** Why the client did what it did with a call, in one sentence. */
export function explainDecision({ state, reason, sampling }: Decision): string {
  if (reason === 'out-of-sample' && sampling) return explainSampling(sampling);
  if (reason) return explainReason(reason, sampling);
  if (state === 'accepted' && sampling) return `${explainState(state)} ${explainSampling(sampling)}`;
  return explainState(state);
}

export function explainReason(reason: Reason, sampling: { unit: string | null; rate: unknown } | null): string {
  return t(`reason_${key(reason)}`, visible(sampling?.unit ?? '–'), json(sampling?.rate ?? null));
}

export const explainState = (state: DecisionState) => t(`decision_${state}`);
export const explainVerdict = ({ verdict }: Verdict) => t(`verdict_${key<VerdictName>(verdict)}`);

export function explainDelivery({ state, status }: Delivery): string {
  if (state !== 'answered' || status === null) return t(`delivery_${state}`);
  return t(status === 202 ? 'answerHasty' : isFailure(status) ? 'answerFailure' : 'answerSuccess', status);
}

/** Whether the intake's status says that it did not take everything: 207 is for a part (eventgate `routes/events.js`). */
export const isFailure = (status: number) => status === 207 || status >= 400;

/** Whether a client lets an identifier in, in one or two words. */
export const explainVerdictOf = ({ verdict }: Explanation) => t(`sampled_${key(verdict)}`);

/** Why, in one sentence. Values are in the order in which the sentence has them. */
export function explainWhy({ code, values }: Explanation): string {
  return t(`explain_${key<SamplingCode>(code)}`, ...Object.entries(values).map(([name, value]) => word(name, value)));
}

function word(name: string, value: Json): string {
  if (name === 'unit' && value === null) return t('noUnit');
  return typeof value === 'string' && !JSON_VALUES.includes(name) ? visible(value, 80) : json(value);
}
const JSON_VALUES = ['rate', 'sample', 'config'];

export const explainDisagreement = (code: DisagreementCode) => t(`disagree_${key<DisagreementCode>(code)}`);
export const samplingClient = (client: ConfigClient) => t(`samplingClient_${CLIENT_KEYS[client]}`);

const CLIENT_KEYS = {
  'mpl-js': 'mpl_js',
  'mpl-js-1.39': 'mpl_js',
  'test-kitchen-js': 'test_kitchen_js',
  java: 'java',
  kotlin: 'kotlin',
  swift: 'swift',
  php: 'php',
} as const satisfies { [C in ConfigClient]: string };
