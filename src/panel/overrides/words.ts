import { targetOf } from '../../overrides/rules.ts';
import type { Force, Rule } from '../../record/override.ts';
import { t } from '../i18n.ts';
import { visible } from '../shared/text.ts';

/** What a rule does, in words; what it is about stands beside it. */
export function effectOf(rule: Rule): string {
  if ('population' in rule) return t('effect_population', populationApi(rule.population), sampleOf(rule.sample));
  if ('sample' in rule) return sampleOf(rule.sample);
  if ('session' in rule) return t('effect_session', visible(rule.session));
  if ('pageview' in rule) return t('effect_pageview', visible(rule.pageview));
  if ('experiment' in rule) {
    if (rule.group === null) return t('effect_none');
    return t(`effect_${rule.as}`, visible(rule.group));
  }
  if ('config' in rule) return t('effect_config', visible(JSON.stringify(rule.value), 200));
  if ('exposures' in rule) return t('effect_exposures');
  return t('cookies' in rule ? 'effect_cookies' : 'effect_hasty');
}

/** What a rule is about: its kind, and a name where there is one to be shown. */
export function subjectOf(rule: Rule): { kind: string; name: string } {
  const { kind, name } = targetOf(rule);
  return { kind: t(`kind_${kind as 'stream'}`), name: kind === 'population' ? '' : name };
}

export const populationApi = (unit: 'session' | 'pageview') =>
  unit === 'session' ? 'sessionInSample' : 'pageviewInSample';

function sampleOf(sample: Force): string {
  return typeof sample === 'number' ? t('effect_rate', sample) : t(sample === 'in' ? 'effect_in' : 'effect_out');
}
