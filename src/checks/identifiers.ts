/** Identifiers in events of the Metrics Platform. */

import { textAt } from '../platform/json.ts';
import type { JsonObject } from '../record/record.ts';

export const sessionOf = (event: JsonObject): string | null =>
  textAt(event, 'performer', 'session_id') ?? textAt(event, 'app_session_id');

export const platformOf = (event: JsonObject): string | null => textAt(event, 'agent', 'client_platform');
