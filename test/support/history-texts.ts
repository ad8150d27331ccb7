import { Client, Connection } from '@temporalio/client';

/** Everything that the histories of a namespace hold, as text: names, payloads, failures. By workflow id. */
export async function historyTexts(where: { address: string; namespace: string }): Promise<Map<string, string>> {
  const connection = await Connection.connect({ address: where.address });
  const { workflow } = new Client({ connection, namespace: where.namespace });
  const texts = new Map<string, string>();
  for await (const { workflowId, runId } of workflow.list()) {
    const history = await workflow.getHandle(workflowId, runId).fetchHistory();
    texts.set(workflowId, (texts.get(workflowId) ?? '') + textsIn(history).join('\n'));
  }
  await connection.close();
  return texts;
}

/** Every text of a value, however deep; bytes are read as UTF-8, which is what payloads hold. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
