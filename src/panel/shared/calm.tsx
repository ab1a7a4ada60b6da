import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds between two announcements. */
const EVERY = 10_000;
/** So long a text must stand still before it is told. */
const STILL = 1_000;

/** Tells a screen reader what changes in sight while events come: the newest text, now and then, never each. */
export function Calm({ text }: { text: string }) {
  const [told, setTold] = useState('');
  const last = useRef(-Infinity);
  useEffect(() => {
    const wait = Math.max(STILL, last.current + EVERY - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setTold(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span class="unseen" role="status">
      {told}
    </span>
  );
}
