import { Fragment } from 'preact';
import { sign, visible } from './text.ts';
import './name.css';

/** The name of a stream, instrument or experiment, with a sign that is the same everywhere. */
export function Name({ name }: { name: string }) {
  return (
    <span class="name" title={visible(name)}>
      <Swatch name={name} />
      <bdi>{visible(name)}</bdi>
    </span>
  );
}

/** The sign of a stream, instrument or experiment. */
export function Swatch({ name }: { name: string }) {
  const { colour, shape } = sign(name);
  return <span class="swatch" data-colour={colour} data-shape={shape} />;
}

/** An identifier, of which the first 8 hex digits decide. */
export function Identifier({ id }: { id: string }) {
  return (
    <code class="identifier" title={visible(id)}>
      <b>{visible(id.slice(0, 8))}</b>
      <span>{visible(id.slice(8), 60)}</span>
    </code>
  );
}

/** A path into an event or a config, or a schema's URI: where it does not fit it breaks at its dots, or at its slashes. */
export function Path({ path }: { path: string }) {
  const ends = path.startsWith('/') ? /(?<=\/)/ : /(?<=\.)/;
  return (
    <bdi>
      {visible(path)
        .split(ends)
        .map((step, index) => (
          <Fragment key={index}>
            {index > 0 && <wbr />}
            {step}
          </Fragment>
        ))}
    </bdi>
  );
}
