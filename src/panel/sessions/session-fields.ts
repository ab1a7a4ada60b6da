import { fieldsOf } from '../../log/query/list.ts';
import type { SessionSummary } from '../../log/types.ts';

const streamsOf = ({ byStream }: SessionSummary): string[] => [...byStream.keys()];
const pagesOf = ({ loads }: SessionSummary): string[] => loads.map(({ url }) => url);
const count = (session: SessionSummary, of: 'accepted' | 'dropped') =>
  [...session.byStream.values()].reduce((sum, counts) => sum + counts[of], 0);

/** What can be asked of sessions. */
export const SESSION_FIELDS = fieldsOf<SessionSummary>({
  named: {
    session: { of: ({ session }) => session },
    pageview: { of: ({ loads }) => loads.flatMap(({ pageview }) => pageview ?? []) },
    page: { of: pagesOf },
    stream: { of: streamsOf },
    calls: { of: ({ records }) => records, number: true },
    accepted: { of: session => count(session, 'accepted'), number: true },
    dropped: { of: session => count(session, 'dropped'), number: true },
  },
  words: session => [session.session ?? '', ...streamsOf(session), ...pagesOf(session)],
});
