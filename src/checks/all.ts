/** The list of all checks, in the order in which their findings stand. */

import { bareSubmit } from './all/bare-submit.ts';
import { changedEvent } from './all/changed-event.ts';
import { emailAddress } from './all/email-address.ts';
import { eventSize } from './all/event-size.ts';
import { eventTime } from './all/event-time.ts';
import { forcedInProduction } from './all/forced-in-production.ts';
import { framesDiffer } from './all/frames-differ.ts';
import { freeText } from './all/free-text.ts';
import { fullUrl } from './all/full-url.ts';
import { funnelOrder } from './all/funnel-order.ts';
import { hoisting } from './all/hoisting.ts';
import { identifierFormat } from './all/identifier-format.ts';
import { invalidSample } from './all/invalid-sample.ts';
import { ipAddress } from './all/ip-address.ts';
import { joiningIdentifier } from './all/joining-identifier.ts';
import { legacyRate } from './all/legacy-rate.ts';
import { missingAttribute } from './all/missing-attribute.ts';
import { oldSchema } from './all/old-schema.ts';
import { preciseLocation } from './all/precise-location.ts';
import { privatePageTitle } from './all/private-page-title.ts';
import { refusedAttribute } from './all/refused-attribute.ts';
import { repeatedEvent } from './all/repeated-event.ts';
import { searchText } from './all/search-text.ts';
import { sessionChanges } from './all/session-changes.ts';
import { tooManyEvents } from './all/too-many-events.ts';
import { twoTimes } from './all/two-times.ts';
import { unknownAttribute } from './all/unknown-attribute.ts';
import { unregisteredStream } from './all/unregistered-stream.ts';
import { userAgent } from './all/user-agent.ts';
import { userId } from './all/user-id.ts';
import { userName } from './all/user-name.ts';
import { wrongIntake } from './all/wrong-intake.ts';
import type { Check } from './types.ts';

export const CHECKS: readonly Check[] = [
  missingAttribute,
  unknownAttribute,
  refusedAttribute,
  bareSubmit,
  eventTime,
  twoTimes,
  oldSchema,
  unregisteredStream,
  hoisting,
  funnelOrder,
  repeatedEvent,
  tooManyEvents,
  legacyRate,
  invalidSample,
  eventSize,
  changedEvent,
  sessionChanges,
  framesDiffer,
  identifierFormat,
  wrongIntake,
  forcedInProduction,
  userName,
  userId,
  ipAddress,
  emailAddress,
  preciseLocation,
  fullUrl,
  userAgent,
  searchText,
  privatePageTitle,
  freeText,
  joiningIdentifier,
];
