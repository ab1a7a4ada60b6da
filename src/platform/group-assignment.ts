/** Which group the server assigns to a logged-in user, computed anew. */

/** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hex digits. */
export type Sha256 = (text: string) => Promise<string>;

/** By Web Crypto: only in secure contexts (an extension's pages are) and in Node. */
export const subtleSha256: Sha256 = async text => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
};

export interface Assignment {
  /** `experiment.subject_id` of the user's events, 64 hex digits. */
  subject: string;
  /** The subject's first 6 digits as a number from 0 to below 1. */
  hash: number;
  /** `hash` laid along the groups: the whole part says which group, the rest is compared with the rate. */
  scaled: number;
  /** The rest of `scaled`. */
  fraction: number;
  inSample: boolean;
  /** Null where the user is out of sample, or there are no groups. */
  group: string | null;
  /** In English. */
  sentence: string;
}

/**
 * @param user the central user id (of CentralAuth), as the server has it
 * @param experiment with its groups in the order of the API; `rate` from 0 to 1 (the server throws at others)
 * Source: mediawiki-extensions-TestKitchen includes/Coordination/UserSplitterInstrumentation.php,
 * LoggedInExperimentsEnrollmentAuthority.php. 2^24 is the divisor, so that rate 1 takes everybody.
 */
export async function assignmentOf(
  user: string | number,
  experiment: { name: string; groups: readonly string[]; rate: number },
  sha256: Sha256 = subtleSha256,
): Promise<Assignment> {
  const { name, groups, rate } = experiment;
  const subject = await sha256(`${user}${name}`);
  const hash = parseInt(subject.slice(0, 6), 16) / 2 ** 24;
  const scaled = hash * Math.max(1, groups.length);
  const fraction = scaled % 1;
  const inSample = fraction < rate;
  const group = inSample ? (groups[Math.trunc(scaled)] ?? null) : null;
  const compared = `of the hash ${hash} over ${groups.length} groups, ${fraction} is left, ${inSample ? 'below' : 'not below'} the rate ${rate}`;
  const sentence = inSample ? `In group "${group ?? 'none'}": ${compared}.` : `Not enrolled: ${compared}.`;
  return { subject, hash, scaled, fraction, inSample, group, sentence };
}
