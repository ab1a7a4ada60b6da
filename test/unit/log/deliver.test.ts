import { expect, it } from 'vitest';
import { createDeliveries, GONE } from '../../../src/log/deliver.ts';

it('forgets a cleared call whose request may still come only with its page', () => {
  const deliveries = createDeliveries(() => null);
  const post = { index: 0, taken: false };
  deliveries.call(1, post, true);
  post.index = GONE;
  deliveries.prune(false);
  expect(deliveries.of(1)).toBe(post);
  deliveries.prune(true);
  expect(deliveries.of(1)).toBeUndefined();
  expect(deliveries.open()).toEqual([]);
});
