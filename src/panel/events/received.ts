import { useEffect, useState } from 'preact/hooks';
import { at, isJsonObject, textAt } from '../../platform/json.ts';
import { asReceived } from '../../platform/provenance.ts';
import type { JsonObject, Record } from '../../record/record.ts';
import type { Panel } from '../store.ts';
import { usePanel } from '../shared/use-panel.ts';

export type Received = ReturnType<typeof asReceived>;

/** The event as the intake will have it; null until its schema is read, and where nobody `wants` it or has the schema. */
export function useReceived(record: Record, wants: boolean): Received | null {
  const panel = usePanel();
  const { event } = record;
  const [received, setReceived] = useState<Received | null>(null);
  useEffect(() => {
    if (!wants) return;
    let isOver = false;
    void read(panel, record).then(answer => {
      if (!isOver) setReceived(answer);
    });
    return () => {
      isOver = true;
    };
  }, [wants, event]);
  return wants ? received : null;
}

async function read(panel: Panel, { event, page }: Record): Promise<Received | null> {
  const uri = textAt(event, '$schema');
  if (!isJsonObject(event) || uri === null) return null;
  const load = panel.log.loads.find(one => one.load === page.load);
  const [answer, streams] = await Promise.all([panel.readSchema(uri), load ? panel.configs(load) : null]);
  if (!answer.found) return null;
  const config = at(streams?.configs ?? undefined, textAt(event, 'meta', 'stream') ?? '');
  return asReceived(event, answer.schema as JsonObject, isJsonObject(config) ? config : null);
}
