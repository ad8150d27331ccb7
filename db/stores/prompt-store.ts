import { and, desc, eq, sql } from 'drizzle-orm';
import { digestBytes } from '../../domain/evidence/canonical.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { PromptReference } from '../../domain/prompts/prompt-reference.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { promptAliasMove, promptVersion } from '../schema/prompt.js';

export type PromptVersion = typeof promptVersion.$inferSelect;
/** Where an alias of authors points. */
export type PromptAlias = typeof promptAliasMove.$inferSelect;
/** A version of the list. */
export type PromptLine = Omit<PromptVersion, 'text'>;

/** A reference by number, by alias, or to the latest version. */
export type PromptAsked = PromptReference | { name: string };

export interface NewPromptAlias {
  project: string;
  name: string;
  alias: string;
  number: number;
  /** What the author saw; 0: that it was never set. */
  expectedRevision: number;
  author: string;
}

/** Prompts as authors keep them: every text a version, the same text the same version. */
export interface Prompts {
  push(prompt: {
    project: string;
    name: string;
    text: string;
    author: string;
  }): Promise<{ version: PromptVersion; isNew: boolean }>;
  /** The latest versions of a project (of one prompt, where named), latest first, without their texts. */
  list(project: string, name?: string): Promise<PromptLine[]>;
  /** @throws LifecycleError NOT_FOUND */
  find(project: string, asked: PromptAsked): Promise<PromptVersion>;
  aliases(project: string, name?: string): Promise<PromptAlias[]>;
  /** Compare-and-swap on the revision. @throws NOT_FOUND for a version that is not there; CONFLICT for a late one. */
  setAlias(move: NewPromptAlias): Promise<PromptAlias>;
}

const MOST = 500;

export const createPrompts = (db: Database): Prompts =>
  translated<Prompts>({
    push: (prompt) => db.transaction((tx) => push(tx, prompt)),
    list: (project, name) => {
      const { id, number, digest, author, pushedAt } = promptVersion;
      return db
        .select({ project: promptVersion.project, id, name: promptVersion.name, number, digest, author, pushedAt })
        .from(promptVersion)
        .where(and(eq(promptVersion.project, project), name === undefined ? undefined : eq(promptVersion.name, name)))
        .orderBy(desc(pushedAt))
        .limit(MOST);
    },
    find: (project, asked) => find(db, project, asked),
    aliases: (project, name) => currentAliases(db, project, name),
    setAlias: (move) => db.transaction((tx) => setAlias(tx, move)),
  });

async function push(
  tx: Transaction,
  { project, name, text, author }: Parameters<Prompts['push']>[0],
): Promise<{ version: PromptVersion; isNew: boolean }> {
  // One number after the other: held until commit.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`prompt/${project}/${name}`}, 0))`);
  const digest = digestBytes(text);
  const isOfName = and(eq(promptVersion.project, project), eq(promptVersion.name, name));
  const [same] = await tx
    .select()
    .from(promptVersion)
    .where(and(isOfName, eq(promptVersion.digest, digest)));
  if (same !== undefined) return { version: same, isNew: false };
  const [latest] = await tx
    .select({ number: promptVersion.number })
    .from(promptVersion)
    .where(isOfName)
    .orderBy(desc(promptVersion.number))
    .limit(1);
  const number = (latest?.number ?? 0) + 1;
  const id = `${name}@${number}`;
  const [version] = await tx
    .insert(promptVersion)
    .values({ project, id, name, number, digest, text, author })
    .returning();
  if (version === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a prompt and gave none back.');
  const event = { action: 'prompt.pushed', actor: author, subject: id, key: `${project}/${id}` } as const;
  await recordEvent(tx, { ...event, project, details: { digest, characters: text.length } });
  return { version, isNew: true };
}

async function find(db: Database | Transaction, project: string, asked: PromptAsked): Promise<PromptVersion> {
  const number = 'alias' in asked ? (await currentAlias(db, { project, ...asked }))?.number : numberIn(asked);
  const isAsked = and(
    eq(promptVersion.project, project),
    eq(promptVersion.name, asked.name),
    number === undefined ? undefined : eq(promptVersion.number, number),
  );
  const isUnknownAlias = 'alias' in asked && number === undefined;
  const [row] = isUnknownAlias
    ? []
    : await db.select().from(promptVersion).where(isAsked).orderBy(desc(promptVersion.number)).limit(1);
  if (row !== undefined) return row;
  throw new LifecycleError('NOT_FOUND', `There is no prompt ${inWords(asked)} in ${project}.`);
}

const numberIn = (asked: PromptAsked): number | undefined => ('number' in asked ? asked.number : undefined);

function inWords(asked: PromptAsked): string {
  if ('alias' in asked) return `${asked.name}:${asked.alias}`;
  return 'number' in asked ? `${asked.name}@${asked.number}` : asked.name;
}

async function currentAlias(
  db: Database | Transaction,
  { project, name, alias }: { project: string; name: string; alias: string },
): Promise<PromptAlias | undefined> {
  const [row] = await db
    .select()
    .from(promptAliasMove)
    .where(and(eq(promptAliasMove.project, project), eq(promptAliasMove.name, name), eq(promptAliasMove.alias, alias)))
    .orderBy(desc(promptAliasMove.revision))
    .limit(1);
  return row;
}

const currentAliases = (db: Database, project: string, name?: string): Promise<PromptAlias[]> =>
  db
    .selectDistinctOn([promptAliasMove.name, promptAliasMove.alias])
    .from(promptAliasMove)
    .where(and(eq(promptAliasMove.project, project), name === undefined ? undefined : eq(promptAliasMove.name, name)))
    .orderBy(promptAliasMove.name, promptAliasMove.alias, desc(promptAliasMove.revision));

async function setAlias(tx: Transaction, move: NewPromptAlias): Promise<PromptAlias> {
  const { project, name, alias, number, expectedRevision, author } = move;
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`prompt-alias/${project}/${name}:${alias}`}, 0))`,
  );
  await find(tx, project, { name, number });
  const before = await currentAlias(tx, move);
  const revision = before?.revision ?? 0;
  if (revision !== expectedRevision)
    throw new LifecycleError(
      'CONFLICT',
      `The alias ${name}:${alias} is at revision ${revision}, not ${expectedRevision}: another move came first. Read it and decide again.`,
      { revision },
    );
  if (before?.number === number) return before;
  const [row] = await tx
    .insert(promptAliasMove)
    .values({ project, name, alias, revision: revision + 1, number, author })
    .returning();
  if (row === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a move and gave none back.');
  await recordEvent(tx, {
    project,
    actor: author,
    action: 'prompt.alias-set',
    subject: `${name}:${alias}`,
    details: { revision: row.revision, from: before?.number ?? null, to: number },
    key: `${project}/${name}/${alias}/${row.revision}`,
  });
  return row;
}
