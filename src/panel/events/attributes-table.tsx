import type { Attribute } from '../../platform/contextual-attributes.ts';
import { t } from '../i18n.ts';
import { visible } from '../shared/text.ts';

/** Which contextual attributes were asked for, and what became of each. */
export function AttributesTable({ attributes }: { attributes: readonly Attribute[] }) {
  return (
    <table class="attributes">
      <tbody>
        {attributes.map(attribute => (
          <tr key={attribute.name}>
            <th scope="row">
              <code>{visible(attribute.name, 80)}</code>
            </th>
            <td data-tone={toneOf(attribute)}>{stateOf(attribute)}</td>
            <td>
              {attribute.value !== undefined && <code>{visible(JSON.stringify(attribute.value), 80)}</code>}
              {attribute.refused !== null && (
                <span data-tone="error"> {t('attributeRefused', visible(attribute.refused, 200))}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const STATES = {
  attached: 'attribute_attached',
  'rightly-absent': 'attribute_rightly_absent',
  absent: 'attribute_absent',
  'unknown-name': 'attribute_unknown_name',
} as const;

const REASONS = {
  'logged-out': 'absence_logged_out',
  'not-set-by-page': 'absence_not_set_by_page',
  'never-filled': 'absence_never_filled',
} as const;

function stateOf({ state, why, asked }: Attribute): string {
  if (state === 'attached' && asked === 'always') return t('attribute_always');
  return why === null ? t(STATES[state]) : `${t(STATES[state])}: ${t(REASONS[why])}`;
}

function toneOf({ state, refused }: Attribute): string {
  if (refused !== null || state === 'unknown-name') return 'error';
  return state === 'attached' ? 'good' : state === 'absent' ? 'warning' : 'quiet';
}
